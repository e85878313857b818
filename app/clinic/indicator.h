/* Indicators of the month, quarter and year: names, meaning, and the arithmetic that decides whether one person counts.
 * Who is looked at is a query's business; the rules here take one person's visits. */
#ifndef CUNYI_INDICATOR_H
#define CUNYI_INDICATOR_H

#include "app/base/date.h"
#include "app/base/i18n.h"

enum indicator_kind { INDICATOR_RATE, INDICATOR_COUNT };

/* Who is counted. */
enum indicator_basis {
	INDICATOR_ROSTER,   /* those on the roster: managed, by the norm, in target, told apart by the code's end 00 01 02 */
	INDICATOR_EXAMINED, /* of everybody the programme takes for his age: with a complete examination in the year */
	INDICATOR_SERVED,   /* the same: with a complete follow-up of the programme in the year */
};

struct indicator {
	const char *code;      /* "H01", as the county's sheets have it */
	const char *key;       /* "htn_regular_rate": golden cases, --json */
	enum indicator_kind kind;
	enum indicator_basis basis; /* of a programme's */
	struct term name;      /* as printed since 2017 */
	struct term newer;     /* as the notices since about 2022 call it; may be empty */
	struct term numerator, denominator; /* who or what is counted; of a count, numerator alone */
	const char *settings;  /* names of the settings that change it, by commas; "" */
	const char *source;
};

/* Those that belong to no programme: S01 S03 SN00 SN01 SN03 SN07 SN10 R1 R2 V1. */
extern const struct indicator indicators_general[];
extern const size_t indicator_general_count;

bool indicator_full(const struct indicator *ind);

/* 100 * num / den in hundredths, halves rounded up.  False (printed NA) when den is 0.  More than 100 % is possible; it
 * is shown and flagged, never cut. */
bool percent_hundredths(int64_t num, int64_t den, int64_t *out);
/* "90.50" or "NA". */
char *percent_text(int64_t num, int64_t den, char *out, size_t size);

/* One follow-up as the indicators see it. */
struct counted_visit {
	int32_t day;
	bool face_to_face; /* mode 1 or 2, and the person himself */
	bool incomplete;   /* a mandatory item of the form lacks: does not count as regular */
	bool recheck;      /* class 2 or 3: must be seen again within 14 days */
	bool referral_check; /* not a visit but a check of a referral; answers a recheck */
	bool measured, controlled;
};

struct roster_person {
	int32_t enrolled;
	int32_t died, moved, lost; /* NO_DAY: not so */
	int32_t exam;              /* a physical examination; the latest before the cut-off; NO_DAY: none */
	const struct counted_visit *visits; /* in any order; may reach into other years */
	size_t n_visits;
};

struct indicator_settings {
	bool one_per_quarter;  /* each quarter must hold one of the visits */
	bool recheck_in_14d;   /* a visit or referral check within 14 days after class 2 or 3 */
};

enum roster_exclusion { ROSTER_IN, ROSTER_DIED, ROSTER_MOVED, ROSTER_NOT_YET };
const char *roster_exclusion_name(enum roster_exclusion e); /* "died" */

/* Died or moved away before the end of the cut-off day: out of numerator and denominator.  Lost people stay. */
enum roster_exclusion roster_exclusion(const struct roster_person *p, int32_t cutoff);

struct regular_result {
	enum roster_exclusion excluded;
	bool regular;
	int expected, counted;   /* visits face to face, one a day, from enrolment to the cut-off in its year */
	bool exam_lacks;         /* demanded at the end of the year only */
	bool quarter_lacks, recheck_lacks; /* always found, for the self-check; they decide only by the settings */
};

/* Managed according to the norm in the year of cutoff (H01, D01). */
struct regular_result regular_managed(const struct roster_person *p, int32_t cutoff,
	const struct indicator_settings *settings);

/* At least one follow-up of any mode in the year: the denominator of H01 and H02. */
bool managed_in_year(const struct roster_person *p, int32_t cutoff);

/* In target (H02, D02): the last follow-up of the year with a measured value decides; none, or lost by the cut-off: not in
 * target. */
bool last_control(const struct roster_person *p, int32_t cutoff);

#endif
