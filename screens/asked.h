/* What takes longer than a key may is asked of another process of this program: its whole answer is taken when it has ended,
 * and the screen goes on meanwhile. */
#ifndef CUNYI_SCREENS_ASKED_H
#define CUNYI_SCREENS_ASKED_H

#include "app/base/json.h"
#include "app/base/proc.h"
#include "screens/kit/loop.h"

struct asked {
	struct ui *ui;
	struct proc proc;
	struct sbuf text; /* the answer, at most 16 MiB of it */
	bool running;
	/* It has ended: its answer is in text.  Returns outcomes for the top screen. */
	unsigned (*answered)(struct ui *ui, void *ctx);
	void *ctx;
};

/* In a screen's open(), and in its close(), which may come without the first: a process that still runs goes on without us. */
void asked_init(struct asked *a, struct ui *ui, unsigned (*answered)(struct ui *ui, void *ctx), void *ctx);
void asked_release(struct asked *a);

/* Starts `cunyi ARGS...` (ended by NULL).  False: one is under way, or it cannot be started; that is said. */
bool asked_ask(struct asked *a, const char *const args[]);

/* The answer as JSON; NULL when there is none or not all of it, which is said. */
struct json_object *asked_json(struct asked *a, struct ui *ui);
/* Is it a refusal ({"error":{...}})?  Then that is said, with its example, or with the row of a page where the
 * example is a command. */
bool asked_refused(const struct json_object *answer, struct ui *ui);

#endif
