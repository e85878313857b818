/* Vitals are typed once: what was measured of somebody today stands in the next form of today, too. */
#ifndef CUNYI_READINGS_TODAY_H
#define CUNYI_READINGS_TODAY_H

#include "app/service/record.h"

/* Fills empty fields of a new record from what was measured in today's other records of the same person (the visit, the
 * follow-up, the examination), where the field is the same: key, type, unit.  Only when the record is about today: a
 * reading of another day is never taken over.  Appends what was filled in words ("血压 152/88 体重 61.5"). */
bool readings_today(struct app *app, struct record *rec, struct sbuf *words, struct err *err);

#endif
