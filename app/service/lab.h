/* The laboratory's sheet, days after an examination day: each line is matched to who came by number and name, its values go
 * into the examination.  What cannot be matched is told with the reason and left alone; no value is ever guessed. */
#ifndef CUNYI_LAB_H
#define CUNYI_LAB_H

#include "app/base/csv.h"
#include "app/service/exam_days.h"

enum lab_outcome {
	LAB_TAKEN,     /* values were stored */
	LAB_UNCHANGED, /* all of them stand there already */
	LAB_DIFFERS,   /* some stand there otherwise and were left (--update takes the sheet's); the others were stored */
	LAB_UNMATCHED, /* nobody, or more than one */
	LAB_FAULTY,    /* matched, but a value cannot be read or be true; the others were stored */
};
const char *lab_outcome_name(enum lab_outcome o); /* "unmatched" */
const struct term *lab_outcome_term(enum lab_outcome o); /* "未匹配" */

struct lab_line {
	enum lab_outcome outcome;
	int64_t line;              /* of the file */
	const char *no, *name;     /* as the sheet has them */
	const char *exam;          /* id; NULL when unmatched */
	const char *reason;        /* a sentence; "" */
	const char *findings;      /* "总胆红素 31.0 umol/L 偏高; ...": outside the usual, of the whole examination; "" */
	int abnormal;
	bool stored;               /* something of it; ^Z takes it back */
};

struct lab_options {
	const char *day; /* id of the examination day */
	bool dry_run, update;
};

struct lab_result {
	struct lab_line *lines; /* the abnormal first, then the others, the unmatched last */
	size_t n;
	size_t count[LAB_FAULTY + 1];
	const char *const *ignored; /* headings that name nothing of the form */
	size_t n_ignored;
};

/* Everything in result lives in mem.  Each matched line is one change group.  format when the sheet has neither number nor
 * name, or no column of the form. */
bool lab_import(struct app *app, const char *path, const struct lab_options *o, struct arena *mem, struct lab_result *out,
	struct err *err);

#endif
