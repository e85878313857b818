/* Between the files of the hub. */
#ifndef SYNC_HUB_INT_H
#define SYNC_HUB_INT_H

#include "app/base/json.h"
#include "sync/hub.h"
#include "sync/sync_int.h"

enum {
	HUB_ID_MAX = 64,
	HUB_TYPE_MAX = 40,
	HUB_ENTRIES_MAX = 500, /* of a transaction */
	HUB_PAGE_MAX = 500,
	HUB_PAGE = 100,
	HUB_IDS_MAX = 200, /* in one _id */
};

/* ---- rows: hub_store.c --------------------------------------------------------------------------------------------- */

struct hub_doc {
	char id[HUB_ID_MAX + 1];
	int64_t version, updated;
	bool made; /* written for the first time just now */
	struct json_object *doc; /* owned; with versionId and lastUpdated */
};
void hub_doc_release(struct hub_doc *d);

/* version 0: the newest.  d->version is 0 when there is none. */
bool hub_load(struct app *app, const char *type, const char *id, int64_t version, struct hub_doc *out, struct err *err);
/* Inside a transaction: doc (without versionId and lastUpdated) becomes the newest version after `before`. */
bool hub_store(struct app *app, const char *type, const char *id, struct json_object *doc, int64_t before,
	struct hub_doc *out, struct err *err);

struct hub_window {
	int64_t from, to; /* lastUpdated: from <= t < to */
	const char *tag; /* " system|code " or "|code ", NULL: any */
	const char *id; /* of a history, NULL: all of the type */
	int64_t limit;
};
/* Resources in the order of their change, or (history) all versions, the newest first. */
bool hub_list(struct app *app, const char *statement, const char *type, const struct hub_window *w,
	bool (*each)(void *ctx, struct hub_doc *d), void *ctx, struct err *err);
bool hub_total(struct app *app, const char *type, const struct hub_window *w, int64_t *out, struct err *err);
bool hub_newest_seq(struct app *app, int64_t *out, struct err *err);

/* ---- the request's query: hub_query.c ------------------------------------------------------------------------------ */

struct hub_pair {
	const char *name, *value;
};
struct hub_query {
	struct hub_pair p[32];
	size_t n;
	char *text; /* owned */
};
/* "a=1&b=%7C" -> pairs, decoded; false when it is none, or too long. */
bool hub_query_parse(struct hub_query *out, const char *text);
void hub_query_release(struct hub_query *q);
#define AUTO_QUERY __attribute__((cleanup(hub_query_release)))
const char *hub_query_get(const struct hub_query *q, const char *name); /* NULL when it is not there */

/* ---- answers ------------------------------------------------------------------------------------------------------- */

/* An OperationOutcome with a sentence for whoever reads the client's log. */
void hub_refuse(struct hub_reply *out, int status, const char *code, const char *fmt, ...) PRINTF(4, 5);
/* What a fault of the store means to a client: 503 while another process writes, else 500. */
void hub_fault(struct hub_reply *out, const struct err *err);

void hub_read(struct app *app, const char *type, const char *id, const char *version, struct hub_reply *out);
void hub_search(struct app *app, const struct hub_request *req, const char *type, const struct hub_query *q,
	struct hub_reply *out);
void hub_history_of(struct app *app, const struct hub_request *req, const char *type, const char *id,
	const struct hub_query *q, struct hub_reply *out);
void hub_put(struct app *app, const struct hub_request *req, const char *type, const char *id, struct hub_reply *out);
void hub_transaction(struct app *app, const struct hub_request *req, struct hub_reply *out);
/* What the hub has, and what the county says of the records named in _id. */
void hub_status(struct app *app, const struct hub_query *q, struct hub_reply *out);

/* ---- keys and invitations: hub_role.c ------------------------------------------------------------------------------- */

/* The store there is another one than before: what it holds is not known. */
bool hub_compare_anew(struct app *app, const char *url, const char *store, struct err *err);

/* Our key at the hub, and the hub's public key as libcurl pins it. */
bool hub_own_key(struct app *app, char key[HUB_KEY_TEXT], char pin[HUB_PIN], struct err *err);
/* The code that is good now, "" if none. */
bool hub_invite_code(struct app *app, char out[HUB_CODE], struct err *err);
/* It was used, or somebody tried a wrong one: after ten of these it is void. */
bool hub_invite_end(struct app *app, bool missed, struct err *err);

/* The line to another computer that is the hub (hub_tls.c). */
struct transport *hub_line_to(struct app *app, const char *address, struct err *err);

bool hub_is_type(const char *s, size_t n);
bool hub_is_id(const char *s, size_t n);

#endif
