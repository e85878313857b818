/* A practice clinic that a county doctor finds believable: villages, households, ages, chronic patients, years of visits,
 * contracts and referrals.  All persons are made up; ID numbers use the unassigned county code 350299.  The same seed,
 * size and today give the same data. */
#ifndef CUNYI_DEMO_H
#define CUNYI_DEMO_H

#include "app/service/app.h"

struct demo_options {
	size_t residents; /* 1 to 1,000,000 */
	uint64_t seed;
	int32_t today;    /* stays the practice clinic's date */
	/* Called now and then with the residents made so far; may be NULL. */
	void (*progress)(void *ctx, size_t done, size_t total);
	void *ctx;
};

/* Bad data of named kinds, about 1.5 % of the residents, for people who practise finding it. */
enum demo_fault {
	DEMO_FAULT_NO_PHONE,        /* no telephone at all */
	DEMO_FAULT_CHECK_DIGIT,     /* the ID number's last character is wrong */
	DEMO_FAULT_SEX,             /* sex differs from the ID number */
	DEMO_FAULT_BIRTH_DATE,      /* birth date differs from the ID number */
	DEMO_FAULT_DUPLICATE,       /* registered twice, without the ID number the second time */
	DEMO_FAULT_AFTER_DEATH,     /* a follow-up dated after death */
	DEMO_FAULT_COUNT
};
extern const char *const demo_fault_names[DEMO_FAULT_COUNT];

struct demo_result {
	size_t residents, households, records; /* records: of all kinds */
	size_t faults[DEMO_FAULT_COUNT];
	int64_t ms;                            /* it took */
};

/* Makes the clinic in an empty data folder; the app is open afterwards. */
bool demo_make(struct app *app, const char *dir, const struct demo_options *o, struct demo_result *result,
	struct err *err);

#endif
