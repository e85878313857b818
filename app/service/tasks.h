/* The kinds of task on the work list: what each is called, how pressing it is, in which words it stands there, and what does
 * it.  A new kind is one row of the table in tasks.c and one statement in db/sql/due.sql that inserts what is due for one
 * resident; the list, the counters, "still missing" and the commands follow the table. */
#ifndef CUNYI_TASKS_H
#define CUNYI_TASKS_H

#include "app/base/i18n.h"
#include "app/clinic/kind.h"
#include "app/service/app.h"

/* People with the most pressing task stand first; among equals the earliest day counts. */
enum task_urgency {
	TASK_HOURS, /* a clock runs in hours: a notifiable disease */
	TASK_DAYS,  /* his day is due: follow-ups, referrals to track, a call that was promised */
	TASK_LATER, /* has weeks: contracts, answers, results to give back */
};

/* How it is done. */
enum task_way {
	TASK_NEW,    /* a new record of the kind, in the task's programme */
	TASK_RECORD, /* the record that the task names is changed */
	TASK_PAGE,   /* on the person's page */
	TASK_PLACE,  /* on a screen of its own */
};

struct due_task {
	const char *task;      /* name of its kind */
	const char *programme; /* "" when none */
	const char *due;       /* ISO */
	const char *reason;    /* in the present language: "高血压2周复查(上次162/98)" */
	const char *reading;   /* what was read and is too high, in figures: "152/96"; NULL */
	char record[RECORD_ID_MAX + 1];
	bool put_off;          /* due, but not to be asked for before an agreed day */
};

struct task_kind {
	const char *name; /* stored, and printed by `worklist`: never changed */
	enum task_urgency urgency;
	/* Named statement that inserts the rows of :resident into due, as :task with :urgency; :today and :lasts are bound.
	 * NULL: it is never on the list, only among what somebody lacks. */
	const char *due;
	/* How long after its day it is asked for at all, as SQLite adds to a date ("+1 year"); NULL: until it is done. */
	const char *lasts;
	/* Runs it, where rules of the programmes decide what is due; NULL: it is run once. */
	bool (*insert)(struct app *app, int64_t resident, const struct task_kind *kind, struct err *err);
	enum kind_id about; /* of due: the kind whose records are read, who has none of it is passed; KIND_NONE: always */
	/* What stands there; NULL: text. */
	bool (*words)(struct app *app, int64_t resident, const struct due_task *t, struct sbuf *out, struct err *err);
	struct term text;
	const char *mark; /* the sign of its row ("◆"), or NULL */
	enum task_way way;
	enum kind_id opens; /* TASK_NEW, TASK_RECORD */
	const char *field;   /* of TASK_RECORD: where the form begins; NULL: at its start */
	const char *place;   /* of TASK_PLACE: the screen's name */
	const char *refusal; /* code of the refusal that puts it off; NULL */
	bool joins; /* TASK_NEW: one new record settles it together with his others of the kind that it opens */
	bool lack; /* somebody lacks it when it is on the list already, before its day */
};

/* A record that is there lacks something: no task of its own, it stands on the person's page until it is filled in. */
static inline bool task_is_gap(const struct task_kind *k)
{
	return !k->due && k->way == TASK_RECORD;
}

extern const struct task_kind task_kinds[];
extern const size_t task_kind_count;
/* NULL when there is none. */
const struct task_kind *task_kind_of(const char *name);

/* Fills the reason of each of one person's tasks; those that one new record settles (joins) become one, at the place of the
 * first, with the reasons of all and the earliest day. */
bool tasks_describe(struct app *app, int64_t resident, struct due_task *tasks, size_t *n, struct arena *mem, struct err *err);

/* The counters of the first screen besides what is due and this quarter's: shown when they are not 0, in this order. */
struct work_counter {
	const char *count; /* named statement in db/sql/worklist.sql that counts, of :village or all; :today :year :task */
	const char *task;  /* bound as :task; NULL */
	struct term words; /* "县里回复" */
	const char *place; /* a list of its own, by the name of its screen: it stands as a row below the people, and Enter opens
	                      it; NULL: its people are on the list already, or it has none */
	const char *part;  /* which part of that list; NULL */
	bool (*counter)(struct app *app, int64_t village, int64_t *n, struct err *err); /* instead of a statement */
};
extern const struct work_counter work_counters[];
extern const size_t work_counter_count;

#endif
