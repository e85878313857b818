/* Key groups of family-doctor contracts 重点人群, as far as the records can tell.  One person may be in several. */
#ifndef CUNYI_KEYGROUP_H
#define CUNYI_KEYGROUP_H

#include "app/base/date.h"
#include "app/base/i18n.h"

enum key_group {
	GROUP_ELDERLY = 1 << 0,
	GROUP_CHILD = 1 << 1,       /* 0-6 */
	GROUP_PREGNANT = 1 << 2,    /* pregnant and postpartum women */
	GROUP_DISABLED = 1 << 3,
	GROUP_POVERTY = 1 << 4,     /* lifted out of poverty */
	GROUP_FAMILY_PLANNING = 1 << 5, /* special family-planning families */
	GROUP_HYPERTENSION = 1 << 6,
	GROUP_DIABETES = 1 << 7,
	GROUP_TB = 1 << 8,
	GROUP_MENTAL = 1 << 9,
	GROUP_COPD = 1 << 10
};

struct key_group_name {
	enum key_group group;
	const char *key;
	struct term name;
	const char *source; /* which record tells it */
};
extern const struct key_group_name key_groups[];
extern const size_t key_group_count;

/* What the records say about one resident.  Lists are codes joined by commas as a V_CODES holds them; NULL: none. */
struct key_group_input {
	int32_t born, on;          /* born NO_DAY: age unknown */
	const char *programmes;    /* active enrolments: "htn,dm,copd" */
	const char *past_diseases; /* codes of the basic information form: 2 hypertension ... */
	const char *disabilities;  /* 1 none, 2-8 */
	const char *flags;         /* codes of the resident's key_flags */
};

/* GROUP_... bits.  Elderly: 65 completed years on the day.  Rosters and the past-disease list are joined, because either
 * may be filled alone; a past tuberculosis is over, so that one comes from its roster only. */
unsigned key_groups_of(const struct key_group_input *in);

/* The same from a resident's record. */
struct record;
unsigned key_groups_of_resident(const struct record *resident, const char *programmes, int32_t on);

#endif
