/* Households: who lives together. */
#ifndef CUNYI_HOUSEHOLDS_H
#define CUNYI_HOUSEHOLDS_H

#include "app/service/record.h"

struct household_row {
	const char *id, *name, *house, *village, *group, *phone;
	int64_t members;
};
bool household_read(struct app *app, int64_t row, struct arena *mem, struct household_row *out, struct err *err);

/* Rows of its residents: those living here first, of them the head and then the eldest.  The caller frees *ids. */
bool household_members(struct app *app, int64_t household, int64_t **ids, size_t *n, struct err *err);

/* A resident moves into a household ("" = out of his); nothing when he is in it already. */
bool household_join(struct app *app, const char *resident, const char *household, struct err *err);

/* What he is to its head: a code of the form's household_relation. */
bool household_relate(struct app *app, const char *resident, const char *relation, struct err *err);

/* Another head: the household's name and head, everybody's relation to the new one as far as it follows.  One change group.
 * wrong_state when he does not live in it. */
bool household_set_head(struct app *app, const char *household, const char *resident, struct err *err);

/* Those named leave and make a household of their own, the first as its head.  One change group; *made gets its id. */
bool household_split(struct app *app, const char *const residents[], size_t n, char made[RECORD_ID_MAX + 1], struct err *err);

/* Who may become the head when the present one died or left: ids of members who live, in the order of household_members(). */
bool household_heirs(struct app *app, const char *household, struct arena *mem, const char ***ids, const char ***names,
	size_t *n, struct err *err);

#endif
