/* What the files of the hypertension programme share. */
#ifndef CUNYI_HTN_INT_H
#define CUNYI_HTN_INT_H

#include "app/clinic/bp.h"
#include "app/clinic/programme.h"

extern const struct form_def htn_followup_form;

enum { HTN_READINGS = 3 };

extern const char *const htn_danger_symptoms[];

/* The keys of the readings: sbp dbp, sbp2 dbp2, sbp3 dbp3. */
extern const char *const htn_reading_keys[HTN_READINGS][2];

/* What is typed is reckoned with before it is checked: no pressure of this world is 0, that is none. */
int htn_pressure(int64_t v);

/* The blood pressure that counts: the mean of the complete readings taken here.  False when there is none, or when a
 * relative came instead (nothing was measured then). */
bool htn_bp(const struct visit_ctx *cx, struct bp *out);

void htn_compute(struct record *rec, const struct form_context *cx);
void htn_check(const struct record *rec, const struct form_context *cx, struct findings *out);
bool htn_needed(const struct record *rec, const struct field *f, int32_t today);

#endif
