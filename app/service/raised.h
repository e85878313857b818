/* A raised value that a visit or an examination found: whoever is not on the roster is measured again on another day.  What is
 * raised, and when it is measured again, says the programme's table (struct suspicion). */
#ifndef CUNYI_RAISED_H
#define CUNYI_RAISED_H

#include "app/service/tasks.h"

/* Of the task "raised", one a programme. */
bool raised_insert(struct app *app, int64_t resident, const struct task_kind *kind, struct err *err);
bool raised_words(struct app *app, int64_t resident, const struct due_task *t, struct sbuf *out, struct err *err);

#endif
