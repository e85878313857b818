/* A referral that is no longer wanted ends with a reason, as a version of its own in the history.  (Contracts:
 * contract_steps.h.) */
#ifndef CUNYI_ENDINGS_H
#define CUNYI_ENDINGS_H

#include "app/service/record.h"

/* Cancels a referral that nobody has taken up.  wrong_state when the hospital has. */
bool referral_cancel(struct app *app, const char *id, const char *reason, struct err *err);

#endif
