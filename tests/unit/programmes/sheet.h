/* A follow-up sheet of a programme in its context, for tests of forms and rules. */
#ifndef CUNYI_TEST_SHEET_H
#define CUNYI_TEST_SHEET_H

#include "support/base/check.h"

#include "app/base/date.h"
#include "app/clinic/forms/forms.h"
#include "app/clinic/record.h"
#include "app/programmes/programmes.h"

struct sheet {
	struct arena mem;
	struct record *rec, *resident, *previous, *enrolment;
	struct form_context cx;
	struct findings fs;
};

/* Of somebody born on 1955-07-15, on the roster since 2019, on 2026-11-22.  The caller ends it with sheet_end(). */
extern const struct programme programme_htn, programme_dm, programme_copd;

struct sheet *sheet_new(const struct programme *p);
void sheet_end(struct sheet *s);

/* "key=value key=value": values without blanks, as a person types them. */
void sheet_fill(struct record *rec, struct arena *mem, const char *pairs);
/* Computes and checks. */
void sheet_check(struct sheet *s);
/* The finding with this code at this field; NULL when there is none. */
const struct finding *sheet_finding(const struct sheet *s, const char *code, const char *field);

/* What is typed over the complete sheet, and what must (or, with '!', must not) be found. */
struct sheet_misfit {
	const char *typed, *code, *field;
};
void sheet_misfits(const struct programme *p, const char *complete, const struct sheet_misfit *m, size_t n);

#endif
