/* What the files of the printed forms share: one sheet being filled. */
#ifndef CUNYI_PAPER_SERVICE_INT_H
#define CUNYI_PAPER_SERVICE_INT_H

#include "app/clinic/paper.h"
#include "app/service/paper.h"

enum { PAPER_COLS = 20,
	PAPER_LABEL_COLS = 4,
	PAPER_COL_WIDTH = 2,
	PAPER_VISITS = 4 };

/* A word that stands once beside the rows it is about. */
struct paper_mark {
	const char *word; /* NULL: none */
	size_t first; /* row */
	bool begun;
};

struct paper {
	struct app *app;
	enum kind_id kind;
	const struct record *rec, *resident; /* resident NULL: not about one, or not known */
	struct arena *mem;
	struct report *report;
	struct sheet *sh; /* being filled */
	struct paper_mark section, group;
	/* side by side, the newest last; n_visits 0: one record over the whole width */
	const struct record *visits[PAPER_VISITS];
	size_t n_visits;
};

/* Fills a text of a layout.  blank stands for a value that is missing. */
void paper_fill(struct paper *p, const char *text, const char *blank, struct sbuf *out);
/* A value as the paper has it. */
void paper_value(struct paper *p, const struct field *f, const struct value *v, struct sbuf *out);
/* An amount without zeros behind it: a hand reads 1.00 as 100. */
void paper_amount(const struct field *f, const struct value *v, struct sbuf *out);
/* The words of a code; "" without one. */
const char *paper_word(const struct field *f, const char *code);
/* "1良好 2一般 3差" */
void paper_legend(const struct field *f, struct sbuf *out);
/* A new sheet of the paper's columns, on one page. */
void paper_begin(struct paper *p, const char *name);
/* The lines of a layout. */
void paper_lines(struct paper *p, const struct paper_line *lines, size_t n);
/* A line whose part is one of the rows of a table (PAPER_SECTION and further). */
void paper_row(struct paper *p, const struct paper_line *line);
/* A row for a field: PAPER_ASK without a layout. */
void paper_ask(struct paper *p, const struct field *f, const char *text);
/* Ends the present section and group. */
void paper_marks_end(struct paper *p);
/* A row: label and text, framed. */
void paper_box(struct paper *p, const char *label, const char *text, unsigned lines);
/* A row of a table; what stands beside its first cell is centred. */
void paper_cells(struct paper *p, enum cell_style first, const uint8_t *cols, const char *const *text, size_t n);
/* A row over the whole width. */
void paper_wide(struct paper *p, enum cell_style style, const char *text, unsigned lines);

/* The fields of a form in their order. */
void paper_fields(struct paper *p);
/* The prescription sheets of a visit; none without drugs. */
void paper_prescriptions(struct paper *p);
/* An agreement: its codes, the parties of the layout, tables of packages, items and fees, terms and signatures. */
bool paper_contract(struct paper *p, const struct paper_layout *layout, struct err *err);
/* Somebody who moved away: the sheet that goes with his file to the next place. */
bool paper_handover(struct paper *p, struct err *err);
/* A follow-up: the visits of its year side by side; a combined one: the form of each programme. */
bool paper_followup(struct paper *p, struct err *err);

#endif
