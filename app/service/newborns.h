/* A newborn: what the mother's file says already, a name to go on with, the order of twins. */
#ifndef CUNYI_NEWBORNS_H
#define CUNYI_NEWBORNS_H

#include "app/service/record.h"

/* Fills a new resident's record from the mother's: household, village, address, her number as the guardian's, her name and
 * telephone.  A child of hers born in the last days makes this one the next of twins (and the name tells them apart).
 * wrong_state when she is no woman of an age to be one. */
bool newborn_begin(struct app *app, const char *mother, struct record *child, struct err *err);

/* "某某之子" / "某某之女", with the number among twins; only while the name is still such a one or empty. */
void newborn_name(struct record *child);

#endif
