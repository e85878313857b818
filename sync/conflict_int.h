/* Between the files that show and settle conflicts. */
#ifndef SYNC_CONFLICT_INT_H
#define SYNC_CONFLICT_INT_H

#include "sync/sync_int.h"

/* A row of sync_conflict; texts are "" when NULL there, but for aside and before. */
struct stored {
	int64_t id, remote, record, base, ours, held, made_at, settled_at;
	int64_t revision; /* of the record as it is now */
	unsigned role;
	enum kind_id kind;
	const char *uid, *keys, *aside, *before, *settled_by, *decision, *reason;
	struct json_object *theirs; /* owned; NULL: deleted there */
	bool open, automatic;
};
void stored_release(struct stored *st);
#define AUTO_STORED __attribute__((cleanup(stored_release)))
bool stored_read(struct app *app, int64_t id, struct arena *mem, struct stored *out, struct err *err);

/* What is disputed, on both sides.  final: as the record will be, before a word about the keys. */
struct sides {
	struct record *base, *ours, *theirs, *now, *final; /* base and theirs may be NULL */
	bool untold; /* base is an older version than the one which both began with: that never came here */
	const char *keys[MERGE_KEYS_MAX];
	size_t n;
};
bool sides_read(struct app *app, const struct stored *st, struct arena *mem, struct sides *out, struct err *err);

/* As struct conflict has it. */
void sides_mark(const struct sides *s, char out[CONFLICT_MARK]);

#endif
