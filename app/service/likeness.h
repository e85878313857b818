/* Is it this person?  A reading far from all that was measured of him before is a slip of the finger, or the wrong person. */
#ifndef CUNYI_LIKENESS_H
#define CUNYI_LIKENESS_H

#include "app/clinic/findings.h"
#include "app/service/record.h"

/* Adds a question ("是陈桂兰(71岁)吗?") at each measured value of a follow-up, visit or examination that is unlike this
 * person's. */
bool likeness_check(struct app *app, enum kind_id kind, const struct record *rec, const struct form_context *cx,
	struct findings *fs, struct err *err);

#endif
