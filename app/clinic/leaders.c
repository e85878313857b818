#include "app/clinic/leaders.h"

#include <string.h>

#include "app/base/base.h"

/* Fields that mean nothing without the one that leads them come from the same file. */
static const struct {
	const char *leader;
	const char *keys[16];
} together[] = {
	{ "status", { "away_since", "away_back", "away_where", "home_until", "moved_on", "moved_why", "moved_to", "died_on",
		"death_cause", "lost_on", "lost_attempts", "lost_how", "lost_reason" } },
	{ "phone", { "phone_owner", "phone_verified", "phone_state" } },
	{ "kin_name", { "kin_relation" } },
	{ "id_number", { "id_type", "no_id", "no_id_reason" } },
	{ "household", { "household_relation" } },
	{ "village", { "group", "house", "place_name", "address" } },
	{ "moved_in_on", { "moved_in_why", "moved_in_from" } },
};

const char *field_leader(const char *key)
{
	for (size_t i = 0; i < N_ELEMENTS(together); i++)
		for (size_t k = 0; together[i].keys[k]; k++)
			if (!strcmp(together[i].keys[k], key))
				return together[i].leader;
	return key;
}
