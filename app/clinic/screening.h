/* Finding hypertension: the three readings on three days, and who is at high risk. */
#ifndef CUNYI_SCREENING_H
#define CUNYI_SCREENING_H

#include "app/base/i18n.h"
#include "app/clinic/bp.h"

struct dated_bp {
	int32_t day;
	struct bp bp;
};

enum htn_screen {
	HTN_NOT_MET,   /* at least one day was normal and fewer than three were raised, or nothing was measured */
	HTN_RECHECK,   /* raised on every day so far, on fewer than three: measure on another day */
	HTN_SUSPECTED  /* raised on three days: refer to a higher hospital to confirm */
};

struct htn_screen_result {
	enum htn_screen result;
	int distinct_days;  /* days with a complete reading */
	int32_t check_by;   /* HTN_SUSPECTED: follow up the referral by this day; else NO_DAY */
};

/* Readings in any order.  Several of one day count once, by their mean (bp_mean): a single high first reading that a
 * second one corrects is no raised day. */
struct htn_screen_result htn_screen(const struct dated_bp *readings, size_t n);
const char *htn_screen_name(enum htn_screen r); /* "recheck" */

enum htn_factor {
	HTN_BP_HIGH_NORMAL = 1 << 0,
	HTN_OVERWEIGHT = 1 << 1,
	HTN_OBESE = 1 << 2,
	HTN_CENTRAL_OBESITY = 1 << 3,
	HTN_FAMILY_HISTORY = 1 << 4,
	HTN_SALTY_DIET = 1 << 5,
	HTN_HEAVY_DRINKING = 1 << 6,
	HTN_AGE55 = 1 << 7
};

struct htn_risk_input {
	int age;
	int sex;              /* 1 male, 2 female; else the higher waist limit serves */
	struct bp bp;         /* zeros: not measured */
	int64_t bmi_milli;    /* 0: unknown.  Give weight and height instead where they are known: */
	int64_t kg_milli, cm_milli;
	int64_t waist_milli;  /* cm; 0: unknown */
	bool family_history, salty_diet;
	int64_t liquor_ml;    /* a day, as liquor */
};

/* Any factor makes a high risk: measure at least every half-year.  Returns HTN_... bits. */
unsigned htn_high_risk(const struct htn_risk_input *in);

struct htn_factor_name {
	enum htn_factor factor;
	const char *key;
	struct term name;
};
extern const struct htn_factor_name htn_factor_names[];
extern const size_t htn_factor_count;

#endif
