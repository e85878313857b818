/* Two villages, teams, packages or households of one name are told apart by nobody: a second one is asked about. */
#ifndef CUNYI_NAMESAKES_H
#define CUNYI_NAMESAKES_H

#include "app/clinic/findings.h"
#include "app/clinic/kind.h"
#include "app/service/app.h"

/* Adds a question at the name when another one that is not void has it, unless the version before (old, NULL: none) had it
 * too. */
bool namesakes_check(struct app *app, enum kind_id kind, const struct record *rec, const struct record *old, struct findings *fs,
	struct err *err) MUST_CHECK;

#endif
