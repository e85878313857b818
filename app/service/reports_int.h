/* Between the files of the reports: what is read, what is counted. */
#ifndef CUNYI_REPORTS_INT_H
#define CUNYI_REPORTS_INT_H

#include "app/clinic/programme.h"
#include "app/clinic/states.h"
#include "app/service/reports.h"

enum { REPORT_PROGRAMMES_MAX = 16, AGE_BANDS = 5, DIAGNOSIS_GROUPS_MAX = 32 };

/* One resident on file, as far as reports look. */
struct person {
	int64_t row;
	const char *name, *id_number, *village, *group; /* id_number whole: masked where it is printed */
	const char *birth, *flags, *past, *disability;
	int32_t born, filed, died, moved, away, lost_on;
	int32_t exam; /* the latest before the cut-off */
	bool examined;       /* a complete examination in the year */
	uint32_t served;     /* bit i: a complete follow-up of programmes()[i] in the year */
	char sex, status;
	uint32_t programmes; /* bit i: has what programmes()[i] follows up, by a roster, at the cut-off */
	int64_t village_row;
	bool living;         /* here at the cut-off, with a file */
	bool used;           /* a record in the last year */
	bool contracted;     /* at the cut-off */
	bool paid;           /* with a fee that was paid */
	int planned, done;   /* services of the contract in force, of the years begun by the cut-off */
	bool key;            /* in a key group at the cut-off */
	bool ends, renewed;  /* a contract that ends in this year; the next one is signed */
	int after_death;     /* records dated after the death */
};

/* One person on one roster. */
struct member {
	uint32_t person;
	int programme;
	int32_t enrolled, ended;
	char end_reason;
	bool lost;
	size_t first, n; /* of followups[] */
	struct regular_result regular;
	bool managed, controlled;
};

struct followup_row {
	uint32_t person;
	int programme;
	struct counted_visit v;
	char class_, value[12]; /* "152/88", "" */
};

/* A visit of somebody who was registered with a name alone and is not joined to a file yet. */
#define NOBODY UINT32_MAX

struct visit_row {
	uint32_t person; /* NOBODY: walkin is his name */
	const char *walkin;
	int32_t day;
	int64_t doctor;
	char icd10[12];
};

struct contract_row {
	uint32_t person;
	int32_t start, end, ended;
	int32_t signed_on; /* of one that begins after the cut-off; NO_DAY: not told */
	enum contract_state state;
	bool renewal; /* follows another one */
	bool paid;    /* has a fee that was paid or registered */
	int64_t row;
	int planned, done;
};

struct referral_row {
	uint32_t person;
	bool up;
	int32_t day, reached, checked;
	enum referral_state state;
	const char *urgency;
	int programme;
};

struct doctor_row {
	int64_t row;
	const char *name;
	int64_t visits, followups, face;
};

#define VEC(type)                                                                                                    \
	struct {                                                                                                     \
		type *at;                                                                                            \
		size_t n, cap;                                                                                       \
	}

struct report_settings {
	int first_day;
	int64_t residents, service, adults; /* -1: not set */
	bool use_calendar_year;
	unsigned key_groups;
	struct indicator_settings indicator;
	int away_months; /* away for so long: no longer living here; 0 = whoever is away still does */
	int64_t task[REPORT_PROGRAMMES_MAX], prevalence[REPORT_PROGRAMMES_MAX]; /* prevalence in hundredths of a per cent */
};

/* Everything that was read, and what follows for each person. */
struct census {
	struct app *app;
	struct arena mem;
	struct report_settings set;
	struct period period;
	int32_t cutoff;
	bool unsteady;     /* records were saved all the while */
	int32_t used_from; /* S03 looks from here to the cut-off */
	VEC(struct person) people; /* by row */
	VEC(struct member) members;
	VEC(struct followup_row) followups; /* from the earlier of the year's start and used_from to the cut-off */
	VEC(struct visit_row) visits;       /* finished, of the period */
	VEC(struct contract_row) contracts;
	VEC(struct referral_row) referrals;
	VEC(struct doctor_row) doctors;
	VEC(int64_t) inactive;
	struct village {
		int64_t row;
		const char *name;
	} *villages;
	size_t n_villages;
	uint32_t *index; /* row of a person -> place in people + 1 */
	size_t n_index;
	int64_t month_visits[12];
	int64_t groups[DIAGNOSIS_GROUPS_MAX][AGE_BANDS]; /* of the period */
};

/* vec_push(&c->people) makes room and evaluates to the new, zeroed element. */
#define vec_push(v)                                                                                                  \
	((v)->n == (v)->cap ? ((v)->cap = (v)->cap ? (v)->cap * 2 : 256,                                             \
			       (v)->at = xrealloc((v)->at, (v)->cap, sizeof *(v)->at))                               \
			    : (v)->at,                                                                               \
		memset(&(v)->at[(v)->n], 0, sizeof *(v)->at), &(v)->at[(v)->n++])

void census_release(struct census *c);
/* Reads the settings, then everything in steps. */
void census_settings(struct app *app, struct report_settings *out);
bool census_read(struct census *c, const struct report_options *o, struct err *err);
const struct village *census_village(const struct census *c, int64_t row);
struct doctor_row *census_doctor(const struct census *c, int64_t row);

/* Decides for each person; needs what census_read() read. */
void census_judge(struct census *c);
bool contract_in_force(const struct contract_row *ct, int32_t day);
/* Is he in the numerator of an indicator about everybody of the programme's age? */
bool counts_for(const struct person *p, const struct indicator *ind, size_t programme);
/* Fills the indicators from the judged census. */
void census_count(const struct census *c, struct report_result *out);

/* The frozen report of that number, 0: the newest, if there is one; ERR_NOT_FOUND when there is none of that number. */
bool frozen_find(struct app *app, const char *period, int64_t number, struct report_frozen *out, struct err *err);
/* Fills what r->frozen says of each indicator, and whether it differs.  A damaged one is marked so, err says it, and true is
 * returned. */
bool frozen_compare(struct app *app, struct report_result *r, struct err *err);

/* Of the outpatient figures. */
size_t diagnosis_group_of(const char *icd10);
int age_band_of(int32_t born, int32_t on);

/* Sheets of figures, and the lists behind them. */
void sheets_indicators(const struct census *c, const struct report_result *r);
void sheets_outpatient(const struct census *c, struct report *rep);
void sheets_services(const struct census *c, struct report *rep); /* referrals and contracts */
void sheets_villages(const struct census *c, struct report *rep);
void sheets_workload(const struct census *c, struct report *rep);
void lists_residents(const struct census *c, struct report *rep);
void lists_rosters(const struct census *c, struct report *rep);
void lists_visits(const struct census *c, struct report *rep);
void lists_referrals(const struct census *c, struct report *rep);
void lists_quality(const struct census *c, struct report *rep);

/* Shared by the sheets. */
void put_heads(struct sheet *sh, const struct term *heads, size_t n);
void sheets_ages(const struct census *c, struct report *rep);
struct sheet *titled_sheet(struct report *rep, enum sheet_kind kind, const struct term *name);

#endif
