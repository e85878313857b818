/* What is said before somebody is noted as dead or moved; what follows is in record_departures.h. */
#ifndef CUNYI_DEPARTURES_H
#define CUNYI_DEPARTURES_H

#include "app/clinic/findings.h"
#include "app/service/record_departures.h"

/* Says beforehand what the save will show: records dated after the death, a contract to hand over to the new village's
 * team, a household that has lost its head. */
bool departure_warnings(struct app *app, const struct record *rec, const struct record *old, struct findings *fs,
	struct err *err);

#endif
