/* Households: who lives together. */
#ifndef CUNYI_HOUSEHOLDS_H
#define CUNYI_HOUSEHOLDS_H

#include "app/service/record.h"

/* Rows of the households of a village (0 = all), by house.  The caller frees *ids. */
bool households_of(struct app *app, int64_t village, int64_t **ids, size_t *n, struct err *err);

struct household_row {
	const char *id, *name, *house, *village, *group, *phone;
	int64_t members;
};
bool household_read(struct app *app, int64_t row, struct arena *mem, struct household_row *out, struct err *err);

/* Rows of its residents: those living here first, the eldest first.  The caller frees *ids. */
bool household_members(struct app *app, int64_t household, int64_t **ids, size_t *n, struct err *err);

/* A resident moves into a household ("" = out of his); nothing when he is in it already. */
bool household_join(struct app *app, const char *resident, const char *household, struct err *err);

#endif
