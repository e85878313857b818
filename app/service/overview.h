/* What the resident's page shows, and one-line summaries of records. */
#ifndef CUNYI_OVERVIEW_H
#define CUNYI_OVERVIEW_H

#include "app/service/record.h"
#include "app/service/series.h"
#include "app/service/worklist.h"

/* Appends one line about a record in the present language: "高血压随访 151/87 2 控制不满意", "门诊 急性上呼吸道感染",
 * "上转 县医院 已接诊". */
void record_summary(struct app *app, enum kind_id kind, const struct record *rec, struct sbuf *out);

/* Name of a record for people (a resident, a staff member, a village, a team); "" when it is not there. */
const char *record_name(struct app *app, enum kind_id kind, const char *id, struct arena *mem);

/* The words after which he is allergic, joined: "青霉素 花生"; "" when none is known. */
void overview_allergies(const struct record *resident, struct sbuf *out);

struct timeline_item {
	enum kind_id kind;
	const char *id, *day, *summary, *by; /* by: who wrote it; "" when it came from the county */
	enum county_state county;
};

struct overview_programme {
	const char *programme, *status, *enrolment; /* enrolment: id of the record */
	const char *since;                          /* ISO, may be partial; NULL */
	struct record *last;                        /* last follow-up that is not blank, NULL when there is none */
	struct record *drugs;                       /* the newest that lists drugs, else last */
	const char *due;                            /* ISO, NULL */
};

enum { OVERVIEW_PROGRAMMES = 8, OVERVIEW_PRESCRIPTIONS = 12 };

struct overview {
	struct record *resident; /* to look at: its allergies are those of both sides of an open dispute */
	bool disputed_allergy;   /* so it is */
	const struct term *care; /* why he is visited at home and his carer is called; NULL */
	bool left;               /* the county has him in a township that is not loaded here: it may know more */
	int64_t row;
	const char *village, *doctor; /* names, "" */
	int age;
	struct overview_programme programmes[OVERVIEW_PROGRAMMES];
	size_t n_programmes;
	struct record *prescriptions[OVERVIEW_PRESCRIPTIONS]; /* visits with prescription lines, the newest first */
	size_t n_prescriptions;
	int32_t today;
	struct series series;    /* of what his first programme watches */
	struct record *contract; /* NULL */
	const char *team;        /* its team's name */
	struct due_task *due;
	size_t n_due;
	int64_t timeline_count;
};

/* Everything but the timeline. */
bool overview_read(struct app *app, const char *resident, struct arena *mem, struct overview *out, struct err *err);
/* "氨氯地平5mg 1次/日 · ..." from the newest follow-up of each programme that lists drugs, the newest first, then what a visit
 * prescribed and is not used up yet; each drug once.  False when there is none. */
bool overview_drugs(const struct overview *o, struct sbuf *out);
/* What his programmes watch, the page's first; the number. */
size_t overview_measures(const struct overview *o, const struct measure *out[SERIES_MEASURES]);
/* The course of one of them, with the target at his age. */
bool overview_series(struct app *app, const struct overview *o, const struct measure *m, struct series *out, struct err *err);
/* Records in the timeline. */
bool overview_timeline_total(struct app *app, int64_t resident_row, int64_t *total, struct err *err);
/* A page of the timeline, newest first. */
bool overview_timeline(struct app *app, int64_t resident_row, size_t offset, size_t limit, struct arena *mem,
	struct timeline_item **out, size_t *n, struct err *err);

#endif
