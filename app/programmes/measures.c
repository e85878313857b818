/* Values that more than one programme looks at. */
#include "app/programmes/programmes.h"

/* A follow-up's mean, a visit's or examination's reading, what was told on the telephone. */
static const struct measure_place bp_places[] = {
	{ .key = "sbp_mean", .key2 = "dbp_mean" },
	{ .key = "sbp", .key2 = "dbp" },
	{ .key = "home_sbp", .key2 = "home_dbp", .home = true },
	{ .key = NULL },
};

const struct measure measure_bp = {
	.key = "bp",
	.name = { "血压", "Blood pressure" },
	.axis = { "收缩压", "Systolic pressure" },
	.places_of = bp_places,
	.target = "sbp",
	.target2 = "dbp",
	.higher_is_worse = true,
};
