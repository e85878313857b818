/* What ends before its time: a contract that one side gives up, a referral that is no longer wanted.  Each takes a reason
 * and is a version of its own in the history. */
#ifndef CUNYI_ENDINGS_H
#define CUNYI_ENDINGS_H

#include "app/service/record.h"

enum ending_side { ENDED_BY_RESIDENT, ENDED_BY_DOCTOR };

/* Terminates a contract today.  wrong_state when it is over already; required without a reason. */
bool contract_end_now(struct app *app, const char *id, enum ending_side side, const char *reason, struct err *err);

/* Cancels a referral that nobody has taken up.  wrong_state when the hospital has. */
bool referral_cancel(struct app *app, const char *id, const char *reason, struct err *err);

#endif
