/* Whose turn it is.  One exchange at a time holds sync.lock.  A round over a bad line lasts hours, and whoever stands there with a
 * stick in his hand does not wait for it: he says so (sync.turn), and the round lets go of its line within a second or two.
 * Nothing is lost by that: what was on its way is asked about first the next time. */
#ifndef SYNC_TURN_H
#define SYNC_TURN_H

#include "app/base/lock.h"
#include "app/service/app.h"

/* ERR_BUSY when another exchange runs. */
bool turn_take(struct lock *lock, const struct app *app, struct err *err) MUST_CHECK;
/* The same, after a round has been given half a minute to let go; an exchange by stick does not let go. */
bool turn_take_first(struct lock *lock, const struct app *app, struct err *err) MUST_CHECK;
/* Does anybody wait so?  ctx: a struct app; as transport_watch() asks it. */
bool turn_is_wanted(void *ctx);

#endif
