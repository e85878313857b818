/* Who lives here by age and sex, today: what the population pyramid draws.  The report's sheet of the same figures counts at its
 * cut-off (reports_ages.c). */
#ifndef CUNYI_POPULATION_H
#define CUNYI_POPULATION_H

#include "app/service/app.h"

enum { POPULATION_BANDS = 18, POPULATION_YEARS = 5 }; /* 0-4 ... 80-84, 85 and over */

enum population_sex { POPULATION_MEN, POPULATION_WOMEN, POPULATION_UNSAID, POPULATION_SEXES };

struct population {
	int64_t n[POPULATION_BANDS][POPULATION_SEXES];
	int64_t of_sex[POPULATION_SEXES];
	int64_t all;
	int64_t elders; /* 65 and over */
	int64_t ageless; /* of all: their birth date is not known, they are in no band */
};

/* "0-4", "85+"; of n bands together "0-9", "80+". */
const char *population_band(size_t band, size_t n, char *out, size_t size);
/* The band of somebody's age. */
size_t population_band_of(int age);
/* One more; sums too. */
void population_add(struct population *p, size_t band, enum population_sex sex, int64_t n);

/* Of one village or, for 0, of all; by the report's rule of who lives here (setting away_months). */
bool population_read(struct app *app, int64_t village, struct population *out, struct err *err);

#endif
