/* The forms that belong to no programme; one file each.  Programmes bring their own (app/programmes/). */
#ifndef CUNYI_FORMS_H
#define CUNYI_FORMS_H

#include "app/clinic/field.h"

extern const struct form_def resident_form;
extern const struct form_def household_form;
extern const struct form_def staff_form;
extern const struct form_def team_form;
extern const struct form_def organisation_form;
extern const struct form_def contract_form;
extern const struct form_def enrolment_form;
extern const struct form_def visit_form;
extern const struct form_def exam_form;
extern const struct form_def exam_day_form;
extern const struct form_def referral_form;
extern const struct form_def screening_form;
extern const struct form_def notice_form;
extern const struct form_def consultation_form;
extern const struct form_def dispute_form; /* what the county is asked to decide */
extern const struct form_def call_form;
extern const struct form_def refusal_form;
extern const struct form_def note_form;
extern const struct form_def package_form;
extern const struct form_def service_form;

/* How the system's own temporary numbers begin: "LS2026112200-01". */
#define RESIDENT_TEMPORARY "LS2"

/* Code lists that several forms share. */
extern const struct code sex_codes[];       /* GB/T 2261.1 */
extern const struct code yes_no_codes[];    /* 1 no, 2 yes, as the paper prints it */
extern const struct code programme_codes[]; /* htn ... */
extern const struct code call_outcome_codes[];

/* Who is younger than 8 when it is signed cannot sign (Civil Code, article 20): the guardian does. */
bool contract_needs_guardian(const struct record *contract, const struct record *resident);

/* A warning "incomplete" when the field is empty. */
void form_still_missing(const struct record *rec, const char *key, struct findings *out);

#endif
