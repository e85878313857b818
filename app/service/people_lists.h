/* Lists of people that somebody has to go through: who is away and comes home for the festivals, records dated after a
 * death, telephone numbers that do not work, people without a number. */
#ifndef CUNYI_PEOPLE_LISTS_H
#define CUNYI_PEOPLE_LISTS_H

#include "app/service/search.h"

enum people_list { PEOPLE_AWAY, PEOPLE_AFTER_DEATH, PEOPLE_DEAD_PHONES, PEOPLE_NO_NUMBER, PEOPLE_LIST_COUNT };

struct listed {
	struct search_hit hit;
	const char *day;      /* since when he is away, of the record after the death; "" */
	const char *detail;   /* in the present language */
	bool warn;            /* away for so long that he does not count as living here */
	int64_t record;       /* row of the record the line is about; 0 = the resident's own */
};

/* village 0: everywhere.  Texts live in mem. */
bool people_list_read(struct app *app, enum people_list which, int64_t village, struct arena *mem, struct listed **out,
	size_t *n, struct err *err);
/* "away": the list's name on the command line; PEOPLE_LIST_COUNT for an unknown one. */
enum people_list people_list_by_name(const char *name);

/* After so many months away somebody does not count as living here (常住): six, or the setting `away_months`; 0 = never. */
int away_months(struct app *app);
/* Is it so long since this day? */
bool away_is_long(struct app *app, int32_t since);

/* At home for the festival until this day (NO_DAY: not any more): the work list takes them as here.  Only those who are
 * away; one change group each, all of them or none.  *changed: how many.  Of ids, those that were changed stand first
 * afterwards. */
bool away_home_until(struct app *app, const char *ids[], size_t n, int32_t until, size_t *changed, struct err *err);

#endif
