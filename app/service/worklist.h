/* The work list 今日: everything due here and now, one row per person, and the counters that doctors live by. */
#ifndef CUNYI_WORKLIST_H
#define CUNYI_WORKLIST_H

#include "app/service/tasks.h"

struct due_person {
	int64_t row;
	const char *id, *name, *sex, *village, *group, *status;
	const char *phone, *phone_owner; /* owner: code of the resident form; NULL when not known */
	const char *carer_phone, *carer; /* when he is reached through his carer (care.h): that one's number and name; NULL */
	bool phone_wrong;  /* the last call said so of the number that is to be called */
	int age;
	int32_t born;
	const char *due;   /* of the most pressing task, the earliest */
	int32_t days_over; /* > 0 overdue, 0 today, < 0 still ahead */
	struct due_task *tasks; /* all of them, in the arena */
	size_t n_tasks;
};

struct worklist {
	struct due_person *people; /* in the arena, the most pressing first, then the most overdue */
	size_t n;
	bool more;                 /* the limit cut it */
};

struct worklist_query {
	int32_t date;          /* day number: what is due on or before it */
	int64_t village;       /* row, 0 = all */
	const char *programme; /* or NULL */
	size_t limit;          /* people; 0 = all */
};

bool worklist_read(struct app *app, const struct worklist_query *q, struct arena *mem, struct worklist *out,
	struct err *err);

/* What is to be done for one person now, and his next follow-ups although they lie ahead, the earliest first; in the arena. */
bool worklist_tasks_of(struct app *app, int64_t resident_row, struct arena *mem, struct due_task **out, size_t *n, struct err *err);

/* Nobody counts a million waiting records while a screen opens: show "10000+". */
enum { WAITING_MAX = 10000, WORK_COUNTERS_MAX = 16 };

struct worklist_counts {
	int64_t due_today, overdue;     /* people */
	int64_t quarter_missing;        /* on a roster, not yet seen face to face this calendar quarter */
	int32_t quarter_days_left;
	struct {
		const char *words; /* in the present language */
		const struct work_counter *counter;
		int64_t n;
	} more[WORK_COUNTERS_MAX];      /* those of work_counters[] that are not 0 */
	size_t n_more;
	int64_t waiting;                /* records not yet at the county; WAITING_MAX means as many or more */
};
bool worklist_count(struct app *app, int64_t village, struct worklist_counts *out, struct err *err);

#endif
