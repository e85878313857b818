/* The day's queue 候诊: who waits, who is being seen, who is done; people whom we know by name alone; what yesterday left. */
#ifndef CUNYI_SERVICE_VISITS_H
#define CUNYI_SERVICE_VISITS_H

#include "app/service/records.h"

struct queue_row {
	const char *id, *name, *sex, *day, *time, *first, *status, *complaint; /* codes; time "09:41", "" when not known */
	char resident[RECORD_ID_MAX + 1];                                      /* "" for somebody known by name alone */
	int no, age;                                                           /* no 0: came without the queue; age -1: not known */
	int32_t born;                                                          /* NO_DAY: not known */
	int64_t revision;
	bool undiagnosed;
};

struct queue {
	struct queue_row *rows; /* in the arena: what earlier days left first, the newest day in front; then the day's, by number */
	size_t n, n_left;       /* n_left: of earlier days */
	size_t waiting, seen, done; /* of the day */
};

/* Measured or treated, and no diagnosis: he was seen, though the visit is not done. */
bool visit_is_undiagnosed(const struct record *visit);

/* Earlier days' unfinished visits are there when day is today. */
bool queue_read(struct app *app, int32_t day, struct arena *mem, struct queue *out, struct err *err);

/* The visit of today that this resident waits for or is in: its id; "" when there is none. */
bool queue_waits(struct app *app, const char *resident, char visit[RECORD_ID_MAX + 1], struct err *err);

struct registration {
	const char *resident;                /* id; NULL: somebody who is written up later */
	const char *name, *sex, *phone;      /* of such a person; sex and phone may be NULL */
	int age;                             /* -1: not known */
	const char *complaint;               /* NULL: not asked */
};
/* Takes somebody into today's queue.  duplicate when this resident waits or is being seen. */
bool queue_register(struct app *app, const struct registration *who, struct arena *mem, struct save_result *result,
	struct err *err);

/* Takes a visit to "in_progress", "finished", "cancelled" or back to "registered". */
bool queue_step(struct app *app, const char *visit, const char *status, struct arena *mem, struct save_result *result,
	struct err *err);

/* Joins a visit of somebody known by name alone to a file; its report cards follow. */
bool queue_join(struct app *app, const char *visit, const char *resident, struct arena *mem, struct save_result *result,
	struct err *err);

/* "1" first, "2" repeat: seen within the last month. */
const char *visit_first_or_repeat(struct app *app, const char *resident, int32_t day);

/* Numbered slips on paper, to be written by hand while the power is off and typed in later; the numbers go on from
 * today's. */
struct report *queue_slips(struct app *app, unsigned count, struct err *err);

#endif
