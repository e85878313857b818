/* Coming in: for each type what changed since the newest time seen there, oldest first.  The place is kept in the same
 * transaction as the rows, so a download that breaks off goes on where it was; the last ten minutes are asked for
 * again each time, because a server's long transaction becomes visible late with an early time. */
#include "sync/sync_int.h"

#include "app/base/i18n.h"
#include "db/stmt.h"

struct cursor {
	const char *type;
	int64_t hw, page; /* fully applied up to; applied so far in this download, 0 = none */
};

static bool cursor_load(struct sync *s, struct cursor *c, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_cursor_load");
	bool row;

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_text(st, "rtype", c->type);
	stmt_bind_text(st, "scope", s->remote.scope);
	if (!stmt_step(st, &row, err))
		return false;
	c->hw = row ? stmt_int(st, 0) : 0;
	c->page = row ? stmt_int(st, 1) : 0;
	return true;
}

static bool cursor_store(struct sync *s, const struct cursor *c, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_cursor_store");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_text(st, "rtype", c->type);
	stmt_bind_text(st, "scope", s->remote.scope);
	stmt_bind_int(st, "hw", c->hw);
	stmt_bind_int(st, "page", c->page);
	return stmt_run(st, err);
}

/* UTC with milliseconds: "2026-11-22T01:02:03.004Z". */
static void utc_text(int64_t ms, char out[32])
{
	time_t t = (time_t)(ms / 1000);
	struct tm tm;
	size_t n;

	gmtime_r(&t, &tm);
	n = strftime(out, 24, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(out + n, 32 - n, ".%03uZ", (unsigned)(ms % 1000) & 1023u);
}

static void first_url(const struct sync *s, const struct cursor *c, struct sbuf *out)
{
	int64_t from = c->page ? c->page : c->hw ? c->hw - SYNC_OVERLAP_MS : 0;
	char text[32];

	sbuf_clear(out);
	sbuf_addf(out, "%s/%s?", s->remote.base, c->type);
	if (from > 0) {
		utc_text(from, text);
		sbuf_addf(out, "_lastUpdated=ge%s&", text);
	}
	sbuf_addf(out, "_sort=_lastUpdated&_count=%d", SYNC_PAGE);
	if (strncmp(s->remote.scope, "tag:", 4) == 0)
		sbuf_addf(out, "&_tag=%s%%7C%s", FHIR_SCOPE, s->remote.scope + 4);
}

/* Some resources in one transaction with the cursor. */
static bool apply_some(struct sync *s, struct cursor *c, struct json_object *entries, size_t from, size_t to,
	struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	int64_t pulled = 0;

	if (!sync_alive(s, "apply", err) || !work_begin(&w, s->app, err))
		return false;
	for (size_t i = from; i < to; i++) {
		struct json_object *doc = json_dict(json_object_array_get_idx(entries, i), "resource");
		const char *type = json_text(doc, "resourceType");
		bool changed;

		if (!type || strcmp(type, c->type) != 0)
			continue; /* an OperationOutcome of the search */
		if (!apply_resource(s, &w, doc, &changed, err))
			return false;
		pulled += changed;
		if (doc_updated(doc) > c->page)
			c->page = doc_updated(doc);
	}
	if (!cursor_store(s, c, err) || !sync_alive(s, "applied", err) || !work_commit(&w, err))
		return false;
	s->figures->pulled += pulled;
	sync_tell(s, "pull", s->figures->pulled, 0);
	return true;
}

static bool apply_page(struct sync *s, struct cursor *c, const struct json_object *bundle, struct err *err)
{
	struct json_object *entries = json_array(bundle, "entry");
	size_t n = json_count(entries);

	for (size_t i = 0; i < n; i += SYNC_APPLY)
		if (!apply_some(s, c, entries, i, i + SYNC_APPLY < n ? i + SYNC_APPLY : n, err))
			return false;
	return true;
}

static bool finish(struct sync *s, struct cursor *c, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	if (!c->page)
		return true;
	if (c->page > c->hw)
		c->hw = c->page;
	c->page = 0;
	return sync_alive(s, "cursor", err) && work_begin(&w, s->app, err) && cursor_store(s, c, err) &&
		work_commit(&w, err);
}

/* One search after another until there is no next page.  A next link that has expired, or leads elsewhere, is no harm:
 * the order is ascending, so a new search from the newest time applied goes on there. */
static bool pull_type(struct sync *s, const char *type, struct err *err)
{
	struct cursor c = { .type = type };
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	bool following = false;

	if (!cursor_load(s, &c, err))
		return false;
	first_url(s, &c, &url);
	for (;;) {
		AUTO_JSON struct json_object *bundle = NULL;
		int64_t before = c.page;
		const char *next;
		bool more;
		int status;

		if (!fetch(s, url.s, &bundle, &status, err))
			return false;
		if (!bundle && !following)
			return status != 410 || err_set(err, ERR_SERVER, _("The county server cannot search.")); /* it has no such type */
		if (bundle && !apply_page(s, &c, bundle, err))
			return false;
		next = next_page(s, bundle);
		more = !bundle || has_next(bundle);
		if (!more)
			return finish(s, &c, err);
		if (!next && c.page <= before) /* nothing gained: it would be the same page for ever */
			return err_system(err, ERR_SERVER, 0, _("The county server's pages cannot be followed."), "%s", type);
		following = next != NULL;
		if (next) {
			AUTO_FREE char *to = xstrdup(next);

			sbuf_clear(&url);
			sbuf_adds(&url, to);
		} else {
			first_url(s, &c, &url);
		}
	}
}

bool pull_all(struct sync *s, struct err *err)
{
	for (size_t i = 0; fhir_types[i]; i++)
		if (!pull_type(s, fhir_types[i], err))
			return false;
	return true;
}
