/* Who changed which field, when, from what to what: computed by comparing neighbouring versions. */
#ifndef CUNYI_HISTORY_H
#define CUNYI_HISTORY_H

#include "app/service/record.h"

struct history_change {
	int64_t revision, utc, origin; /* origin 0: made here, else the remote it came from */
	const char *actor_name;        /* of one that came from elsewhere as far as it says; "" */
	const char *reason;            /* or NULL */
	const struct field *field;     /* of the form; key "state" when the record was voided, merged or restored */
	const char *from, *to;         /* as people read them, codes with words; "" = empty */
};

/* Calls back for each changed field, newest version first; the callback returns false to stop. */
bool history_read(struct app *app, const struct kind *kind, const char *id,
	bool (*each)(void *ctx, const struct history_change *c), void *ctx, struct err *err);

#endif
