/* Type-2 diabetes: so far only its target, which the indicators' golden cases judge by. */
#include "app/programmes/programmes.h"

const struct target dm_fpg_target = {
	"fpg", 0, 70, "2009-01-01", "National basic public-health services norm, 3rd edition 2017, type-2 diabetes",
};
