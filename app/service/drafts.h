/* Drafts: a form that is not saved yet survives Esc, power cuts and kill.  They lie in a file of their own and belong to
 * their author. */
#ifndef CUNYI_DRAFTS_H
#define CUNYI_DRAFTS_H

#include "app/base/uuid.h"
#include "app/clinic/kind.h"
#include "app/service/app.h"

struct draft {
	int64_t id;            /* 0 = not stored yet */
	const char *kind, *variant; /* "followup", "htn"; variant "" when the kind has none */
	const char *record;    /* id of the record being edited, "" for a new one */
	int64_t revision;      /* it was read at */
	const char *resident;  /* id, "" when it is about nobody */
	char token[UUID_LEN];  /* submit token: hand it to records_save(); "" = made by draft_put() */
	const char *field;     /* path of the focused field (form_path()) */
	const char *typed;     /* its unfinished text */
	int64_t changed_at;
	const char *body;      /* the record's values as JSON (record_write_body()) */
};

/* Stores it (a new one gets its id and token).  Durable when it returns. */
bool draft_put(struct app *app, struct draft *d, struct err *err);
/* The author's newest draft of this form about this resident and record; out->id 0 when there is none. */
bool draft_find(struct app *app, const char *kind, const char *variant, const char *record, const char *resident,
	struct arena *mem, struct draft *out, struct err *err);
/* All of whoever works, newest first, in mem. */
bool draft_list(struct app *app, struct arena *mem, struct draft **out, size_t *n, struct err *err);
/* After a save, or when the author throws it away. */
bool draft_drop(struct app *app, int64_t id, struct err *err);

#endif
