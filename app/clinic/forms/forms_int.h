/* What the form files of this folder share: checks, and the compute and check functions that live beside their tables. */
#ifndef CUNYI_FORMS_INT_H
#define CUNYI_FORMS_INT_H

#include "app/base/date.h"
#include "app/clinic/forms/forms.h"
#include "app/clinic/icd10.h"
#include "app/clinic/record.h"

bool resident_needed(const struct record *rec, const struct field *f, int32_t today);
void resident_compute(struct record *rec, const struct form_context *cx);
void resident_check(const struct record *rec, const struct form_context *cx, struct findings *out);
bool exam_needed(const struct record *rec, const struct field *f, int32_t today);
void exam_compute(struct record *rec, const struct form_context *cx);
void exam_check(const struct record *rec, const struct form_context *cx, struct findings *out);
void visit_compute(struct record *rec, const struct form_context *cx);
/* The prescription lines: allergies, skin tests, how many, how long (visit_prescription.c). */
void visit_check_prescription(const struct record *rec, const struct form_context *cx, struct findings *out);
void visit_check(const struct record *rec, const struct form_context *cx, struct findings *out);

/* Empty -> text. */
void form_default(struct record *rec, const char *key, const char *text);

/* An error when both dates are known and the field's lies before the other one.  what names the other one; path is
 * where the finding points for a field of a list's line, NULL for the key itself. */
enum not_before { BEFORE_BIRTH, BEFORE_ENROLMENT, BEFORE_EXAM, BEFORE_REFERRAL };
void form_not_before(const struct record *rec, const char *key, const char *path, int32_t day, enum not_before what,
	struct findings *out);

/* "drugs[1].name" into out (FORM_PATH bytes). */
enum { FORM_PATH = 96 };
const char *form_item_path(const char *list, size_t i, const char *key, char *out);

/* A service cannot have been given before the resident's birth or after the death (what is dated after a death is the
 * gravest finding in an inspection). */
void form_service_date(const struct record *rec, const char *key, const struct form_context *cx, struct findings *out);

/* Completed years of the person the form is about on that day; -1 when it cannot be told. */
int form_age(const struct form_context *cx, int32_t day);

/* fee_total and its parts fee_public, fee_insurance, fee_self: an empty whole is their sum; a whole that is not their sum
 * is asked about. */
void form_sum_fees(struct record *rec);
void form_check_fees(const struct record *rec, struct findings *out);

/* Warns when a telephone number cannot be one. */
void form_check_phone(const struct record *rec, const char *key, struct findings *out);

#endif
