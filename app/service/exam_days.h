/* Examination days 体检日: a day, a place, stations; who came has an examination with a running number, in which each station
 * ticks itself.  Results follow days later (lab.h), then the slips that give them back. */
#ifndef CUNYI_EXAM_DAYS_H
#define CUNYI_EXAM_DAYS_H

#include "app/clinic/report.h"
#include "app/service/records.h"

/* One who came: his examination. */
struct exam_guest {
	int64_t row;                 /* of the examination */
	const char *exam, *resident; /* ids */
	const char *name, *sex, *village, *group;
	int age;                     /* on the day */
	int32_t born;
	int no;                      /* 0: none */
	bool twice;                  /* another one has the number too (two laptops) */
	const char *stations;        /* codes of those done, joined by commas */
	bool results, complete;
	int abnormal;                /* values outside the usual */
	const char *feedback;        /* ISO, or NULL: not given back */
};

struct exam_day {
	const struct record *rec;
	const struct code *stations[16]; /* of the day, in order */
	size_t n_stations;
	struct exam_guest *guests;       /* by number */
	size_t n;
	size_t done;                     /* guests who lack no station */
};

/* Days, the newest first: ids. */
bool exam_days_read(struct app *app, size_t limit, struct arena *mem, const char ***ids, size_t *n, struct err *err);
/* The day that is today; NULL when there is none. */
bool exam_day_today(struct app *app, struct arena *mem, const char **id, struct err *err);
/* The newest one that is not still to come; NULL when there is none. */
bool exam_day_last(struct app *app, struct arena *mem, const char **id, struct err *err);

bool exam_day_read(struct app *app, const char *id, struct arena *mem, struct exam_day *out, struct err *err);
bool exam_guest_did(const struct exam_guest *g, const char *station);
bool exam_guest_lacks(const struct exam_day *day, const struct exam_guest *g);
/* "抽血 B超": the stations of the day that he lacks. */
void exam_guest_lacking(const struct exam_day *day, const struct exam_guest *g, struct sbuf *out);

/* He came: an examination of that day with the next number, the desk ticked.  Who is on the list already is left as he is;
 * *guest gets the id of the examination either way. */
bool exam_day_join(struct app *app, const char *day, const char *resident, struct arena *mem, const char **guest,
	struct err *err);
/* Ticks or unticks one station.  wrong_state when the day has no such station. */
bool exam_day_tick(struct app *app, const char *exam, const char *station, bool done, struct arena *mem, struct err *err);

/* People of the day's villages who are 65 or older this year and were not examined this year. */
struct exam_absent {
	const char *id, *name, *sex, *village, *group, *house;
	const char *phone; /* whom to call: his number, or his carer's with the name (care.h); NULL */
	int age;
	int32_t born;
};
bool exam_day_absent(struct app *app, const struct exam_day *day, struct arena *mem, struct exam_absent **out, size_t *n,
	struct err *err);

/* The sheets of the day: who came with ticks and what lacks; who did not come; the slips with the results.  Free with
 * report_free(). */
struct report *exam_day_report(struct app *app, const char *id, struct err *err);

#endif
