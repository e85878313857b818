/* Nothing is left without the record that it is about: what others hang on is not declared void. */
#ifndef CUNYI_DEPENDANTS_H
#define CUNYI_DEPENDANTS_H

#include "app/clinic/kind.h"
#include "app/service/app.h"

/* False with a sentence that names what is there and what to do when records that are not void are about this one: a
 * person's visits, a village's residents, a household's members, a team's contracts, an examination day's sheets. */
bool dependants_none(struct app *app, enum kind_id kind, int64_t row, struct err *err) MUST_CHECK;

#endif
