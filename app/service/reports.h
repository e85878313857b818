/* The reports of a month, a quarter, a year: indicators with everybody behind them, outpatient, referral and contract
 * figures, sums by village and by doctor, what an inspector would find.  Behind `cunyi report` and the report screen. */
#ifndef CUNYI_SERVICE_REPORTS_H
#define CUNYI_SERVICE_REPORTS_H

#include <json-c/json.h>

#include "app/clinic/indicator.h"
#include "app/clinic/period.h"
#include "app/clinic/report.h"
#include "app/service/app.h"

/* Where a denominator comes from. */
enum denominator_source {
	DEN_NONE,     /* a count has none */
	DEN_RECORDS,  /* counted here */
	DEN_SETTING,  /* typed in: statistics, task number of the county */
	DEN_ESTIMATE, /* adults x prevalence, both typed in */
	DEN_MISSING,  /* to be typed in, and was not: the indicator is NA */
	DEN_FALLBACK, /* to be typed in, and was not: the residents on file stand in */
};

/* A figure as a table shows it. */
struct report_figure {
	int64_t num, den, percent; /* hundredths of a per cent */
	bool has_den, has_percent; /* false: a count, or NA */
};

struct indicator_result {
	const struct indicator *ind;
	int64_t num, den;
	enum denominator_source source;
	bool has_percent; /* false: a count, or NA */
	int64_t percent;  /* hundredths of a per cent */
	bool over;        /* more than 100 %: shown and flagged, never cut */
	bool was_frozen;  /* the frozen report has it: frozen is what it says */
	struct report_figure frozen;
	bool differs;     /* from what is counted now */
	bool is_new;      /* a report is frozen and whole, and does not have it: nothing to compare */
};

enum { REPORT_INDICATORS_MAX = 48 };

/* A report frozen earlier. */
struct report_frozen {
	int64_t number; /* 0: there is none */
	int64_t made_at;
	char hash[65];
	bool damaged; /* it cannot be read: nothing is compared with it */
};

struct report_result {
	struct period period;
	struct report *report;
	struct indicator_result indicators[REPORT_INDICATORS_MAX];
	size_t n_indicators;
	struct report_frozen frozen; /* the one asked for, else the newest of this period */
	bool differs;                /* what is counted now differs from it; without lists of people: a figure does */
	bool figures_differ;         /* a figure does, and not only who stands behind it */
	bool only_more;              /* what both have is the same: this program counts more than the one that froze it */
	bool unsteady;               /* records were saved while it was counted, again and again */
	bool unfinished;             /* the period is not over: rates are as if nothing more happened until its last day */
	bool complete;               /* with the lists of people */
	struct census *census;       /* what the report's texts live in */
};

/* Called between the steps, with per cent done; false ends the work with ERR_BUSY.  May be NULL. */
struct report_options {
	bool figures_only; /* no lists of people: for the screen's preview */
	bool compare;      /* with them all the same where a report of the period is frozen, so that they are compared too */
	int64_t frozen;    /* the number of the frozen report to compare with (ERR_NOT_FOUND, ERR_CORRUPT); 0: the newest */
	bool (*progress)(void *ctx, int percent);
	void *ctx;
};

/* Counts and lays out the report of "2026-10", "2026-Q4", "2026".  Reads in short steps, so that a save beside it never
 * waits.  Free with report_result_release().  Settings (key in the table `setting`): period_first_day, resident_population,
 * service_population, adult_population, <programme>_task, <programme>_prevalence (per cent), file_use_period (rolling, year),
 * key_groups (keys by commas), one_per_quarter, recheck_in_14d (1: counts), away_months (away for so long: no longer
 * living here; 6, 0 = never). */
bool reports_build(struct app *app, const char *period, const struct report_options *o, struct report_result *out,
	struct err *err);
void report_result_release(struct report_result *r);
#define AUTO_REPORT_RESULT __attribute__((cleanup(report_result_release)))

/* Writes it as xlsx; temporary files stay in memory or in the data folder.  lists (PATH_MAX bytes, may be NULL) gets the
 * name of the second file with the lists of people, "" when all is in one. */
bool reports_xlsx(struct app *app, const struct report_result *r, const char *path, char *lists, struct err *err);

/* Keeps the report as it is, with everybody behind it, and the hash that is sent with it.  An equal one that is kept
 * already and is whole is not kept twice.  r->frozen is filled. */
bool reports_freeze(struct app *app, struct report_result *r, struct err *err);
/* Those of a period, the newest first; in mem.  number, hash and time. */
bool reports_frozen_list(struct app *app, const char *period, struct arena *mem, struct report_frozen **out, size_t *n,
	struct err *err);
/* The whole text of a frozen report, everybody behind each figure in it; checked against its hash (ERR_CORRUPT).
 * number 0: the newest of the period. */
bool reports_frozen_text(struct app *app, const char *period, int64_t number, struct sbuf *out, struct err *err);

/* What is counted now, to be shown beside .frozen. */
struct report_figure indicator_now(const struct indicator_result *r);

/* {period, from, to, practice, indicators: [{code, name, numerator, denominator, percent, ...,
 * frozen: {numerator, denominator, percent, differs}}], frozen: {number, hash, made_at, damaged, differs,
 * figures_differ, only_more}}; frozen only where a report is.  The caller puts it. */
struct json_object *reports_json(const struct report_result *r);
/* [{number, hash, made_at}] */
struct json_object *reports_copies_json(const struct report_frozen *copies, size_t n);

/* "records": of a denominator's source. */
const char *denominator_source_name(enum denominator_source s);

/* The first day of the county's months: the setting period_first_day, 1 when there is none. */
int reports_first_day(struct app *app);

#endif
