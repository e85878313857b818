/* The printed form of a record as a table: what stands on the paper, line by line, with the places of the values.
 *
 * A text is printed as it is; {key} is the value of the record's field, {a|b} the first of the two that has one,
 * {resident.key} the resident's.  Besides: {resident.age} on the record's day, {resident.place} where he lives (address.h),
 * {resident.tail} the last eight digits of the file number (the cover alone has all of it), {resident.doctor_phone} the
 * responsible doctor's, {clinic.name}, {clinic.phone}.  A list is printed one item a line, a code with
 * its number and words; {key#} prints the box with the code and all codes beside it, as the paper does, {key@} the
 * code alone.  A line of a text
 * that begins with ? is left out when none of its values is there.  {list.2.key} is a value of the second item of a list.
 *
 * A follow-up's layout is filled four times side by side, once for each visit of the year; there PAPER_PAIRS and
 * PAPER_TABLE have no place, and a row's label says what may be answered. */
#ifndef CUNYI_PAPER_H
#define CUNYI_PAPER_H

#include "app/clinic/kind.h"

enum paper_part {
	PAPER_TITLE, /* the form's name, centred */
	PAPER_LINE,  /* text without a frame; a missing value is a line to write on */
	PAPER_BOX,   /* label and framed text */
	PAPER_CUT,   /* here the stub is cut off */
	PAPER_PAGE,  /* the next sheet of paper; the label is its name */
	PAPER_SECTION, /* the rows from here on stand beside this label, written once; without one: beside nothing */
	PAPER_GROUP, /* within a section the same */
	PAPER_ASK,   /* for each field of keys a row: its label, what may be answered and the text, the answer in a box */
	PAPER_QUESTION, /* the same, with the words that are read out: the field's number and its help */
	PAPER_MARKS, /* the same without the label: the section says it */
	PAPER_FACT,  /* a row of label and framed text; without a label the text goes over both */
	PAPER_PAIRS, /* the fields of keys in one row, each with its label */
	PAPER_TABLE, /* a list: a column for each field of its items, a row for each item, at least so many lines */
};

struct paper_line {
	enum paper_part part;
	struct term label; /* of a box */
	struct term text;
	uint8_t lines;     /* at least so tall */
	const char *keys;  /* "height weight" */
};

/* Short ways to write the lines of a layout. */
#define PAPER_T(zh_, en_) { .part = PAPER_TITLE, .text = { zh_, en_ } }
#define PAPER_L(zh_, en_) { .part = PAPER_LINE, .text = { zh_, en_ } }
#define PAPER_S(zh_, en_) { .part = PAPER_SECTION, .label = { zh_, en_ } }
#define PAPER_G(zh_, en_) { .part = PAPER_GROUP, .label = { zh_, en_ } }
#define PAPER_A(keys_) { .part = PAPER_ASK, .keys = keys_ }
#define PAPER_Q(keys_) { .part = PAPER_QUESTION, .keys = keys_ }
#define PAPER_A_TEXT(keys_, zh_, en_) { .part = PAPER_ASK, .keys = keys_, .text = { zh_, en_ } }
#define PAPER_F(label_zh_, label_en_, zh_, en_) { .part = PAPER_FACT, .label = { label_zh_, label_en_ }, .text = { zh_, en_ } }
#define PAPER_P(keys_) { .part = PAPER_PAIRS, .keys = keys_ }

struct paper_layout {
	enum kind_id kind;
	const struct paper_line *lines;
	size_t n;
};

/* What stands below the tables of an agreement. */
extern const struct paper_layout contract_terms_paper;

/* NULL: the kind has no printed form of its own; its fields are printed in their order. */
const struct paper_layout *paper_layout_of(enum kind_id kind);

#endif
