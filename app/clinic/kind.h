/* The record kinds.  Numbers are stored and names are part of the command line's contract: never changed, never reused. */
#ifndef CUNYI_KIND_H
#define CUNYI_KIND_H

#include "app/clinic/field.h"

enum kind_id {
	KIND_NONE = 0,
	KIND_RESIDENT = 1,
	KIND_HOUSEHOLD = 2,
	KIND_STAFF = 3,
	KIND_TEAM = 4,
	KIND_ORGANISATION = 5,
	KIND_CONTRACT = 6,
	KIND_ENROLMENT = 7,
	KIND_FOLLOWUP = 8,
	KIND_VISIT = 9,
	KIND_EXAM = 10,
	KIND_REFERRAL = 11,
	KIND_REFUSAL = 12,
	KIND_NOTE = 13,
	KIND_PACKAGE = 14,
	KIND_SERVICE = 15,
	KIND_EXAM_DAY = 16,
	KIND_SCREENING = 17,
	KIND_NOTICE = 18,
	KIND_CONSULTATION = 19,
	KIND_CALL = 20,
	KIND_DISPUTE = 21,
	KIND_MAX
};

struct kind {
	enum kind_id id;
	const char *name; /* "followup" */
	struct term term;
	const struct form_def *form; /* NULL for followup: by programme */
	const char *date_key;        /* the day it is about, for timelines: "date"; NULL if it has none */
	const char *label_key;       /* what names it in pickers: "name"; NULL if nothing does */
};

/* All kinds in the order of their numbers; *n gets the count. */
const struct kind *kinds(size_t *n);
const struct kind *kind_by_name(const char *name); /* NULL when there is none */
const struct kind *kind_by_id(enum kind_id id);

/* The form of a kind; variant is the programme of a follow-up (NULL or "": the first one), "htn+dm" a combined one.
 * NULL when there is no such programme. */
const struct form_def *kind_form(const struct kind *kind, const char *variant);

/* The form with this code ("htn_followup"), of whatever variant; NULL when the kind has none such. */
const struct form_def *kind_form_by_code(const struct kind *kind, const char *form_code);

#endif
