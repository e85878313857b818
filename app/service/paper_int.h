/* What the files of the printed forms share: one sheet being filled. */
#ifndef CUNYI_PAPER_SERVICE_INT_H
#define CUNYI_PAPER_SERVICE_INT_H

#include "app/clinic/paper.h"
#include "app/service/paper.h"

enum { PAPER_COLS = 12, PAPER_LABEL_COLS = 2, PAPER_COL_WIDTH = 6 };

struct paper {
	struct app *app;
	enum kind_id kind;
	const struct record *rec, *resident; /* resident NULL: not about one, or not known */
	struct arena *mem;
	struct report *report;
	struct sheet *sh; /* being filled */
};

/* Fills a text of a layout.  blank stands for a value that is missing. */
void paper_fill(struct paper *p, const char *text, const char *blank, struct sbuf *out);
/* A value as the paper has it. */
void paper_value(struct paper *p, const struct field *f, const struct value *v, struct sbuf *out);
/* An amount without zeros behind it: a hand reads 1.00 as 100. */
void paper_amount(const struct field *f, const struct value *v, struct sbuf *out);
/* "[2] 1良好 2一般 3差": the box and the codes beside it. */
void paper_codes(const struct field *f, const struct value *v, struct sbuf *out);
/* A new sheet of the paper's columns, on one page. */
void paper_begin(struct paper *p, const char *name);
/* A line of a layout. */
void paper_line(struct paper *p, const struct paper_line *line);
/* A row: label and text, framed. */
void paper_box(struct paper *p, const char *label, const char *text, unsigned lines);
/* A row over the whole width. */
void paper_wide(struct paper *p, enum cell_style style, const char *text, unsigned lines);

/* The fields of a form in their order. */
void paper_fields(struct paper *p);
/* The prescription sheets of a visit; none without drugs. */
void paper_prescriptions(struct paper *p);
/* What was given under a contract, line by line with room for the resident's signature or thumb print. */
bool paper_services(struct paper *p, struct err *err);
/* A follow-up: the visits of its year side by side. */
bool paper_course(struct paper *p, struct err *err);

#endif
