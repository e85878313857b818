/* What a person still lacks today: the list behind "still missing" on his page and after a save. */
#ifndef CUNYI_LACKS_H
#define CUNYI_LACKS_H

#include "app/service/overview.h"

struct lack {
	struct due_task task; /* a kind of tasks.h; "file" for the record's own gaps */
	const char *text;     /* in the present language: "糖尿病季访", "档案还缺4项" */
};

enum { LACKS_MAX = 9 };

/* Follow-ups not yet done face to face this quarter or due by now, referrals to track, contracts to renew, then what was
 * left blank on this quarter's follow-ups and this year's examination, then what his own record lacks.  Of somebody who died
 * only what is dated after his death. */
bool lacks_read(struct app *app, const struct overview *o, struct arena *mem, struct lack out[LACKS_MAX], size_t *n,
	struct err *err);

#endif
