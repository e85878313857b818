/* A visit's readings beside the person's own history. */
#ifndef CUNYI_VISIT_HISTORY_H
#define CUNYI_VISIT_HISTORY_H

#include "app/service/record.h"

/* Questions: an adult whose height changed by more than 3 cm, or whose weight by more than 10 per cent within 30 days. */
bool visit_check_history(struct app *app, const struct record *rec, const struct form_context *cx, struct findings *fs,
	struct err *err);

#endif
