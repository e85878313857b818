/* The printed form of a record as a table: what stands on the paper, line by line, with the places of the values.
 *
 * A text is printed as it is; {key} is the value of the record's field, {a|b} the first of the two that has one,
 * {resident.key} the resident's.  Besides: {resident.age} on the record's day, {resident.place} village, group and door,
 * {resident.tail} the last eight digits of the file number, {clinic.name}.  A list is printed one item a line, a code with
 * its number and words; {key#} prints the box with the code and all codes beside it, as the paper does.  A line of a text
 * that begins with ? is left out when none of its values is there. */
#ifndef CUNYI_PAPER_H
#define CUNYI_PAPER_H

#include "app/clinic/kind.h"

enum paper_part {
	PAPER_TITLE, /* the form's name, centred */
	PAPER_LINE,  /* text without a frame; a missing value is a line to write on */
	PAPER_BOX,   /* label and framed text */
	PAPER_CUT,   /* here the stub is cut off */
};

struct paper_line {
	enum paper_part part;
	struct term label; /* of a box */
	struct term text;
	uint8_t lines;     /* at least so tall */
};

struct paper_layout {
	enum kind_id kind;
	const struct paper_line *lines;
	size_t n;
};

/* NULL: the kind has no printed form of its own; its fields are printed in their order. */
const struct paper_layout *paper_layout_of(enum kind_id kind);

#endif
