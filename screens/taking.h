/* What is taken in on the screen, a list of residents or a laboratory's sheet: another process of this program tries it, and
 * takes it in at F2; its answer is a list of what became of each line.
 *
 * Such a screen has a struct taking as the first member of its state, says in a taking_kind what differs, gives its list_table
 * taking_focus and taking_command, and takes the rest with TAKING_MEMBERS. */
#ifndef CUNYI_TAKING_H
#define CUNYI_TAKING_H

#include "screens/asked.h"
#include "screens/list_base.h"

struct taking;
enum { TAKING_ARGS_MAX = 4 };

struct taking_kind {
	const char *what;    /* cunyi import WHAT FILE */
	const char *ways[2]; /* msgids: where some lines are unclear it is taken in without them, or with them, ... */
	const char *with;    /* ... which is this option */
	unsigned topics;     /* enum topic: what changes when it is taken in */
	/* Options of its own into args, which are NULL. */
	void (*args)(struct taking *t, const char *args[TAKING_ARGS_MAX]);
	/* The question before it is taken in.  True: which of the two ways? */
	bool (*ask)(const struct taking *t, struct sbuf *question);
	/* It was taken in: what is to be said. */
	void (*tell)(const struct taking *t, struct ui *ui);
	/* Of t->said: "taken 3  unchanged 1". */
	void (*counts)(const struct taking *t, struct sbuf *out);
};

struct taking {
	struct list_base b;
	const struct taking_kind *kind;
	struct asked asked;
	char *path;
	bool trial; /* what was asked last */
	enum taking_stage { TAKING_NONE, TAKING_TRIED, TAKING_DONE, TAKING_BROKEN_OFF } stage;
	struct json_object *said; /* the last answer that tells of lines; NULL: none yet */
};

/* For the screen's open(): tries the file `text` is the path of; what begins with { is an answer itself. */
bool taking_open(struct taking *t, struct ui *ui, const struct taking_kind *kind, const struct list_table *list, const char *text,
	struct err *err);
/* The file's name for the header; NULL: there is none. */
const char *taking_file(const struct taking *t);
enum { TAKING_ABOVE = 2 }; /* of the list_table */
/* Counts, stage, list. */
void taking_draw(const struct taking *t, const struct ui *ui, struct canvas *cv);

/* Until it is taken in. */
enum { FOCUS_TO_TAKE = FOCUS_OWN };

unsigned taking_focus(const struct list_base *b);
unsigned taking_command(struct list_base *b, struct ui *ui, enum cmd cmd);
unsigned taking_answer(struct ui *ui, void *state, int tag, const struct answer *a);
void taking_close(struct ui *ui, void *state);

#define TAKING_MEMBERS LIST_BASE_MEMBERS_BUT_CLOSE, .answer = taking_answer

#endif
