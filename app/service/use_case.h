/* What a kind does besides the checks of its form: one row a kind, one file each. */
#ifndef CUNYI_USE_CASE_H
#define CUNYI_USE_CASE_H

#include "app/service/records.h"

struct use_case {
	enum kind_id kind;
	/* Fills what follows from the rest when it was left empty (states, dates, the proposed class); old is NULL for a new
	 * record.  Runs before the checks. */
	bool (*complete)(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
		struct err *err);
	/* Checks that need the store: duplicates, states, exclusivity. */
	bool (*check)(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
		struct findings *fs, struct err *err);
	/* What whoever saves one record is told besides, once the checks let it through: not while a form is being filled, not
	 * in bulk work.  Adds warnings only. */
	bool (*tell)(struct app *app, const struct record *rec, const struct record *old, struct findings *fs, struct err *err);
	/* What must be taken in the same transaction: numbers.  Inside the work, before the record is put. */
	bool (*before)(struct app *app, struct record *rec, const struct record *old, struct err *err);
	/* rec names `source` as what it came from, and source was moved to another person: rec follows.  Its resident is set
	 * already; what else depends on whose it is is set here, or rec->meta.state to RECORD_VOID when it has no place there.
	 * NULL: nothing else does.  Inside the work. */
	bool (*follow)(struct app *app, struct record *rec, const struct record *source, struct err *err);
	/* Further records of the same change group.  Inside the work. */
	bool (*after)(struct app *app, const struct record *rec, const struct record *old, int64_t row, struct err *err);
	/* What today's date makes of a stored record when it is printed or listed.  May be NULL. */
	void (*present)(struct app *app, struct record *rec);
};

extern const struct use_case screening_use_case;
extern const struct use_case resident_use_case, staff_use_case, contract_use_case, enrolment_use_case, followup_use_case,
	visit_use_case, referral_use_case, exam_use_case, refusal_use_case, note_use_case, call_use_case,
	package_use_case, service_use_case, notice_use_case, household_use_case;

/* NULL when the kind does nothing besides. */
const struct use_case *use_case_of(enum kind_id kind);

/* The advice of a follow-up in its context. */
bool followup_advice(const struct record *rec, const struct form_context *cx, struct advice *out);

#endif
