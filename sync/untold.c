/* What a server cannot tell the history of, though it tells of a newer version than we hold (sync/history.h).  What lies between
 * may be somebody's word that would be lost, so nothing newer is taken and nothing of ours goes over it; the record waits, with the
 * reason for whoever looks.  It is asked for again: after a fault soon and then after an hour, after anything else after an hour,
 * and from then on once a day; a server that failed at several in a row is not asked for more in that round. */
#include "sync/history.h"

#include "sync/pace.h"

#include "db/stmt.h"

enum { MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS, DAY_MS = 24 * HOUR_MS, FAILS_MAX = 3, AT_ONCE = 20 };

static struct stmt *about(struct sync *s, const char *statement, int64_t row)
{
	struct stmt *st = stmt_get(s->app->db, statement);

	stmt_bind_int(st, "remote", s->remote.id);
	if (row)
		stmt_bind_int(st, "record", row);
	return st;
}

/* ---- noting ------------------------------------------------------------------------------------------------------------ */

/* tries: 0, it was not asked for. */
static bool note(struct sync *s, int64_t row, const char *why, int tries, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;

	if (!sync_alive(s, "untold", err) || !work_begin(&w, s->app, err))
		return false;
	st = about(s, "untold_note", row);
	stmt_bind_text(st, "why", why);
	stmt_bind_int(st, "at", tries ? clock_now(&s->app->clock) : 0);
	stmt_bind_int(st, "tries", tries);
	return stmt_run(st, err) && work_commit(&w, err);
}

bool untold_note(struct sync *s, int64_t row, const char *why, struct err *err)
{
	s->n_untold++;
	return note(s, row, why, strcmp(why, "fault") == 0 ? 1 : 2, err); /* a fault may be over in a moment */
}

/* The line, the login and a server that is busy have to do with all of them. */
const char *untold_why(const struct sync *s, const struct err *err)
{
	bool server = !s->dead && err->code == ERR_SERVER;

	if (server && !err->detail) /* that is said of no answer, but of several */
		return "pages";
	if (!s->dead && (s->unreadable || (server && err->detail == 200))) /* with 200 it came whole */
		return s->unreadable && server && err->detail == 200 && !s->too_many ? NULL : "large";
	return server && err->detail != 503 && err->detail != 429 ? "fault" : NULL;
}

bool untold_told(struct sync *s, int64_t row, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	bool any;

	s->n_untold = 0;
	if (!stmt_yes(about(s, "untold_any", 0), &any, err))
		return false;
	return !any || (work_begin(&w, s->app, err) && stmt_run(about(s, "untold_told", row), err) && work_commit(&w, err));
}

static void bind_waits(const struct sync *s, struct stmt *st)
{
	stmt_bind_int(st, "now", clock_now(&s->app->clock));
	stmt_bind_int(st, "minute", MINUTE_MS);
	stmt_bind_int(st, "hour", HOUR_MS);
	stmt_bind_int(st, "day", DAY_MS);
}

static bool asked_lately(struct sync *s, int64_t row, bool *yes, struct err *err)
{
	struct stmt *st = about(s, "untold_lately", row);

	bind_waits(s, st);
	return stmt_yes(st, yes, err);
}

bool untold_waits(struct sync *s, int64_t row, bool *waits, struct err *err)
{
	if (!asked_lately(s, row, waits, err))
		return false;
	if (*waits || s->n_untold < FAILS_MAX)
		return true;
	*waits = true;
	return note(s, row, "later", 0, err);
}

/* ---- what waits with them ---------------------------------------------------------------------------------------------- */

bool untold_hold(struct sync *s, struct err *err)
{
	AUTO_STMT struct stmt *st = about(s, "untold_groups", 0);
	bool row;

	while (stmt_step(st, &row, err)) {
		if (!row)
			return true;
		hold_back(s, stmt_int(st, 0));
	}
	return false;
}

/* ---- once more ----------------------------------------------------------------------------------------------------------- */

struct due {
	int64_t row;
	const char *type;
	char id[RECORD_ID_MAX + 1];
};

static bool read_due(struct sync *s, struct due *out, size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = about(s, "untold_due", 0);
	bool row;

	bind_waits(s, st);
	stmt_bind_int(st, "limit", AT_ONCE);
	for (*n = 0; stmt_step(st, &row, err); (*n)++) {
		if (!row || *n == AT_ONCE)
			return true;
		out[*n] = (struct due){ .row = stmt_int(st, 0), .type = fhir_main_type((enum kind_id)stmt_int(st, 1)) };
		snprintf(out[*n].id, sizeof(out->id), "%s", stmt_text(st, 2));
	}
	return false;
}

struct found {
	struct json_object *doc; /* NULL: it is not there */
	bool unread;             /* it is, and cannot be read */
};

static bool on_doc(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	struct found *f = ctx;

	(void)s;
	(void)err;
	json_object_put(f->doc);
	f->doc = json_object_get(doc);
	return true;
}

static bool on_unread(struct sync *s, const char *id, void *ctx, struct err *err)
{
	(void)s;
	(void)id;
	(void)err;
	((struct found *)ctx)->unread = true;
	return true;
}

static bool take(struct sync *s, int64_t row, const struct json_object *doc, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	bool changed = false;

	if (!sync_alive(s, "told", err) || !work_begin(&w, s->app, err) || (doc && !apply_resource(s, &w, doc, &changed, err)) ||
		!stmt_run(about(s, "untold_drop", row), err))
		return false;
	s->figures->pulled += changed;
	return work_commit(&w, err);
}

/* What is there now, unless it waits on. */
static bool look_again(struct sync *s, const struct due *d, struct err *err)
{
	struct found f = { .doc = NULL };
	const char *id = d->id;
	bool told = true, ok;

	ok = fetch_readable(s, d->type, &id, 1, on_doc, on_unread, &f, err);
	if (ok && f.unread)
		ok = untold_note(s, d->row, "large", err);
	else if (ok)
		ok = (!f.doc || history_catch_up(s, f.doc, &told, err)) && (!told || take(s, d->row, f.doc, err));
	json_object_put(f.doc);
	return ok;
}

bool untold_again(struct sync *s, struct err *err)
{
	struct due due[AT_ONCE];
	size_t n;

	if (!pace_allows(s))
		return true;
	if (!read_due(s, due, &n, err))
		return false;
	for (size_t i = 0; i < n && s->n_untold < FAILS_MAX; i++)
		if (!look_again(s, &due[i], err))
			return false;
	return true;
}
