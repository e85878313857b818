/* The one door for writes.  Use cases and the apply path of sync both go through record_put(): row, typed columns,
 * change row, audit link, search rows, orphans and outbox rows, all inside the caller's work (one transaction). */
#ifndef CUNYI_SERVICE_RECORD_H
#define CUNYI_SERVICE_RECORD_H

#include "app/base/sbuf.h"
#include "app/clinic/kind.h"
#include "app/clinic/record.h"
#include "app/service/app.h"

/* AUTO_WORK struct work w = { 0 };  if (!work_begin(&w, app, err)) ...  rolls back at the end of its scope unless
 * committed.  One work is one transaction; it may hold many change groups (import, demo, apply). */
struct work {
	struct app *app;
	struct tx tx;
};
bool work_begin(struct work *w, struct app *app, struct err *err);
/* What is put from here on belongs to a new change group (one saved use case, at most 40 resources). */
void work_next_group(struct work *w);
/* Recomputes what is due for the residents touched so far: in a long work, while their rows are at hand. */
bool work_settle(struct work *w, struct err *err);
/* The same, then commits. */
bool work_commit(struct work *w, struct err *err);
void work_rollback(struct work *w);
#define AUTO_WORK __attribute__((cleanup(work_rollback)))

/* Remotes that a save queues for: the county, hubs, peers of the stick. */
enum { REMOTES_MAX = 32 };

struct put {
	enum kind_id kind;
	struct record *rec;    /* meta.id "" = new: an id is made.  A new record may bring its id (the county's) */
	int64_t base_revision; /* the revision it was read at; 0 = new.  Another one stored: ERR_STALE */
	const char *reason;    /* of a void, an override, a move; may be NULL */
	bool queued_later;     /* whoever puts very many records queues them all at once at the end (outbox_add_all) */
	int64_t row;           /* out: row id */
};

/* Stores one version and fills rec->meta.  A work must be open.  Values must have been checked by the caller.
 * An unchanged record (same values, same state) is not stored again; its revision stays. */
bool record_put(struct app *app, struct put *put, struct err *err);

/* Reads one record, void and merged ones too, with its meta.  not_found when there is none. */
bool record_load(struct app *app, enum kind_id kind, const char *id, struct arena *mem, struct record **out,
	struct err *err);
bool record_load_row(struct app *app, int64_t row, struct arena *mem, struct record **out, enum kind_id *kind,
	struct err *err);
/* As it was at a revision: for history, for the outbox. */
bool record_load_revision(struct app *app, int64_t row, int64_t revision, struct arena *mem, struct record **out,
	enum kind_id *kind, struct err *err);

/* Row id of a record, 0 when there is none. */
int64_t record_row(struct app *app, enum kind_id kind, const char *id);
/* The row of the file that this resident's file was merged into, at the end of the chain; the row itself if it was not. */
int64_t record_survivor(struct app *app, int64_t row);
/* The same by ids; returns out. */
const char *record_survivor_id(struct app *app, const char *id, char out[RECORD_ID_MAX + 1]);

/* Was it voided? */
bool record_is_void(struct app *app, int64_t row, bool *is, struct err *err);

/* Id of a row; false when there is none. */
bool record_id_of_row(struct app *app, int64_t row, char out[RECORD_ID_MAX + 1]);

/* The programme a record names in its field `programme`; NULL when it names none that is known. */
struct programme;
const struct programme *programme_of(const struct record *rec);

/* Where it stands with the county, from its outbox rows. */
enum county_state record_county_state(struct app *app, int64_t row);
const char *record_state_name(enum record_state s);   /* "active" */
const char *record_state_words(enum record_state s);  /* "作废", in the present language */
const char *county_state_name(enum county_state s);   /* "at_county" */

/* How old versions are kept, and documents of others: 4 bytes of length, then zlib.  Both append. */
void after_image_pack(struct app *app, const char *text, size_t n, struct sbuf *out);
bool after_image_open(const void *blob, size_t n, struct sbuf *out, struct err *err);

/* Verifies the audit chain from the newest `last` links (0 = all).  ERR_CORRUPT names the first bad one. */
bool audit_verify(struct app *app, int64_t last, struct err *err);

#endif
