/* Between records.c and the combined follow-up: callers use records_save() and records_preview() as for any form. */
#ifndef CUNYI_SERVICE_COMBINED_H
#define CUNYI_SERVICE_COMBINED_H

#include "app/service/records.h"

/* One context a programme, and the last values of all of them as one record. */
bool combined_context(struct app *app, const struct kind *kind, const struct record *sheet, struct arena *mem,
	struct form_context *out, struct err *err);
bool combined_preview(struct app *app, const struct kind *kind, struct record *sheet, struct arena *mem,
	struct save_result *result, struct err *err);
bool combined_save(struct app *app, const struct kind *kind, struct record *sheet, const struct save_options *o,
	struct arena *mem, struct save_result *result, struct err *err);

#endif
