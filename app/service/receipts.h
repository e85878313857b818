/* Does the county have it?  Receipts of records, read from the queue each time, never counted beside it. */
#ifndef CUNYI_RECEIPTS_H
#define CUNYI_RECEIPTS_H

#include "app/service/record.h"

struct receipt {
	enum county_state state;
	int64_t row, revision;
	int outbox;             /* state of its newest row in the queue (outbox.h); -1: none */
	int64_t since;          /* when the oldest version that waits was saved; 0 */
	int64_t attempts;
	const char *version;    /* what the county has: its number; "" when it has none, or nobody knows */
	int64_t at;             /* when it was last known to have that; 0 */
	const char *reason;     /* refused: the county's words; carried: by which computer's stick; waits: for what it names and
				 * the county lacks, in words; "" */
	const char *said;       /* waits so: the county's words, where they are about something else; "" */
	const char *untold;     /* why what is newer at the county cannot be taken in, and what to do; "" */
};
bool receipt_read(struct app *app, int64_t row, struct arena *mem, struct receipt *out, struct err *err);
/* "at the county as version 3 (11-22 09:41)", "waiting since ...", "refused: ...", in the present language. */
void receipt_words(const struct app *app, const struct receipt *r, struct sbuf *out);

/* ---- of one resident: his file and all records about him ---------------------------------------------------------------- */

struct receipt_counts {
	int64_t waiting, needs; /* needs: refused, disputed */
};
bool receipts_of(struct app *app, int64_t resident_row, struct receipt_counts *out, struct err *err);
/* Of the whole clinic, counted to the end. */
bool receipts_all(struct app *app, struct receipt_counts *out, struct err *err);

/* ---- what the county lacks ---------------------------------------------------------------------------------------------- */

struct lacking {
	struct receipt r;
	enum kind_id kind;
	int prio;                       /* class: 0 urgent ... */
	const char *id, *resident;      /* resident: id, "" */
	const char *name, *summary;     /* whose; one line about the record */
	const char *field;              /* refused: key of the field to mend; NULL: not known */
};
/* Fills in what the record says, for the receipt in l->r; what the county said of a refused one becomes what to do. */
bool lacking_describe(struct app *app, struct arena *mem, struct lacking *l, struct err *err);
/* By class, the oldest first, from the offset on. */
bool receipts_lacking(struct app *app, size_t offset, size_t limit, struct arena *mem, struct lacking **out, size_t *n,
	struct err *err);
/* "urgent", "files and referrals", "visits and follow-ups": of a class. */
const char *receipt_class(int prio);

/* ---- what was refused ---------------------------------------------------------------------------------------------------- */

/* The field that the county's words blame by the path of their expression; NULL when they do not say, or not of this form. */
const struct field *refusal_field(const struct form_def *form, const char *reason);
/* What to do about it: "birth date: ... For example 1950-01-02"; the county's words where they name no field. */
void refusal_words(const struct form_def *form, const char *reason, struct sbuf *out);
/* The receipt's reason becomes those words; the field, as above. */
const struct field *receipt_refusal(const struct form_def *form, struct receipt *r, struct arena *mem);

#endif
