/* The rosters 慢病花名册: who is on one, when he is due, what the last follow-up said.  A township's roster is long, so a list
 * is ids only and rows are read as they are shown. */
#ifndef CUNYI_ROSTER_H
#define CUNYI_ROSTER_H

#include "app/service/app.h"

enum roster_which {
	ROSTER_ALL,
	ROSTER_OVERDUE,
	ROSTER_QUARTER,      /* not seen face to face this calendar quarter */
	ROSTER_UNCONTROLLED, /* the last follow-up was not in target */
	ROSTER_YEAR,         /* one visit a quarter until December no longer makes the year's number */
	ROSTER_WHICH_COUNT
};

struct roster_query {
	const char *programme; /* NULL = all */
	int64_t village;       /* row, 0 = all */
	enum roster_which which;
};

/* Rows of enrolments, the most overdue first.  The caller frees *ids. */
bool roster_ids(struct app *app, const struct roster_query *q, int64_t **ids, size_t *n, struct err *err);

struct roster_row {
	const char *programme, *enrolment; /* id of its record */
	const char *last_day, *last_face;  /* ISO, "" = never */
	const char *due;                   /* ISO, "" = none */
	int32_t days_over;                 /* > 0 overdue */
	const char *value;                 /* of the last follow-up: "152/88", "6.4"; "" = not measured */
	const char *class_;                /* code, "" */
	int controlled;                    /* 1, 0, -1 not known */
	int faces_year, best_year;     /* of roster_year() */
	bool this_quarter;                 /* seen face to face in it */
	int64_t resident_row;
	const char *resident, *name, *sex, *status, *village, *group, *house, *phone, *phone_owner;
	int age;
	int32_t born;
};

bool roster_read(struct app *app, int64_t id, struct arena *mem, struct roster_row *out, struct err *err);
/* For ROSTER_YEAR: face to face this year, and at most, with one more in every quarter that is left. */
bool roster_year(struct app *app, int64_t id, struct roster_row *row, struct err *err);
/* How many people are on that list, counted up to ROSTER_SHORT_MAX: the first screen shows it. */
enum { ROSTER_SHORT_MAX = 999 };
bool roster_count_short(struct app *app, int64_t village, int64_t *n, struct err *err);
/* The parameters of its statement. */
struct stmt;
void roster_bind_year(struct app *app, struct stmt *st);

#endif
