/* Who is visited at home and through whose telephone he is reached (app/clinic/care.h), from what is stored. */
#ifndef CUNYI_SERVICE_CARE_H
#define CUNYI_SERVICE_CARE_H

#include "app/clinic/care.h"
#include "app/service/record.h"

/* *why: NULL when nothing says that he needs a carer. */
bool care_read(struct app *app, const struct record *resident, const struct term **why, struct err *err);

#endif
