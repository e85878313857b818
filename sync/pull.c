/* Coming in: for each type what changed since the newest time seen there, oldest first.  The place is kept in the same
 * transaction as the rows, so a download that breaks off goes on where it was; the ten minutes before are asked for
 * again, because a server's long transaction becomes visible late with an early time.  As long as the number of
 * resources in those ten minutes stays the same and nothing newer is there, a count is all that is asked. */
#include "sync/pull_int.h"

#include "app/base/i18n.h"
#include "db/stmt.h"

enum { OUTLINES_FROM = 20 };

static void cursor_release(struct cursor *c)
{
	free(c->times);
}
#define AUTO_CURSOR __attribute__((cleanup(cursor_release)))

void cursor_time(struct cursor *c, int64_t at)
{
	if (c->n_times == c->cap_times) {
		c->cap_times = c->cap_times ? c->cap_times * 2 : 64;
		c->times = xrealloc(c->times, c->cap_times, sizeof(*c->times));
	}
	c->times[c->n_times++] = at;
}

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
	c->seen = row ? stmt_int(st, 2) : -1;
	return true;
}

bool cursor_store(struct sync *s, const struct cursor *c, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_cursor_store");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_text(st, "rtype", c->type);
	stmt_bind_text(st, "scope", s->remote.scope);
	stmt_bind_int(st, "hw", c->hw);
	stmt_bind_int(st, "page", c->page);
	stmt_bind_int(st, "seen", c->seen);
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

/* What narrows a search besides the time. */
static void add_filters(const struct sync *s, const char *type, struct sbuf *out)
{
	if (strncmp(s->remote.scope, "tag:", 4) == 0)
		sbuf_addf(out, "&_tag=%s%%7C%s", FHIR_SCOPE, s->remote.scope + 4);
	if (strcmp(type, "Encounter") == 0) /* visits, not the Encounters that follow from forms */
		sbuf_addf(out, "&_tag=%s%%7Cvisit", FHIR_KIND);
}

static void add_since(struct sbuf *out, int64_t from)
{
	char text[32];

	if (from <= 0)
		return;
	utc_text(from, text);
	sbuf_addf(out, "_lastUpdated=ge%s&", text);
}

static void first_url(const struct sync *s, struct cursor *c, struct sbuf *out)
{
	int64_t from = c->page ? c->page : c->hw ? c->hw - SYNC_OVERLAP_MS : 0;

	c->from_window = !c->page;
	sbuf_clear(out);
	sbuf_addf(out, "%s/%s?", s->remote.base, c->type);
	add_since(out, from);
	sbuf_addf(out, "_sort=_lastUpdated&_count=%d%s", SYNC_PAGE, c->outlines ? "&_elements=id,meta" : "");
	add_filters(s, c->type, out);
}

/* How many there are from a time on, and before another (0: no end); -1 when the server does not count. */
static bool ask_count(struct sync *s, const struct cursor *c, int64_t from, int64_t to, int64_t *out, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_JSON struct json_object *bundle = NULL;
	char text[32];
	int status;

	sbuf_addf(&url, "%s/%s?", s->remote.base, c->type);
	add_since(&url, from);
	utc_text(to, text);
	if (to)
		sbuf_addf(&url, "_lastUpdated=lt%s&", text);
	sbuf_adds(&url, "_summary=count");
	add_filters(s, c->type, &url);
	if (!fetch(s, url.s, &bundle, &status, err))
		return false;
	*out = json_int(bundle, "total", -1);
	return true;
}

/* Is everything as it was at the end of the last download: nothing newer, and as many in the ten minutes before? */
static bool unchanged(struct sync *s, const struct cursor *c, bool *same, struct err *err)
{
	int64_t newer, window = -1;

	*same = false;
	if (c->seen < 0 || c->page || !c->hw)
		return true;
	if (!ask_count(s, c, c->hw + 1, 0, &newer, err) ||
		(newer == 0 && !ask_count(s, c, c->hw - SYNC_OVERLAP_MS, c->hw + 1, &window, err)))
		return false;
	*same = newer == 0 && window == c->seen;
	return true;
}

static bool apply_one(struct sync *s, struct work *w, struct cursor *c, const struct json_object *doc, int64_t *pulled,
	struct err *err)
{
	const char *type = json_text(doc, "resourceType");
	bool changed;

	if (!type || strcmp(type, c->type) != 0)
		return true; /* an OperationOutcome of the search */
	if (!apply_resource(s, w, doc, &changed, err))
		return false;
	*pulled += changed;
	if (c->still)
		return true;
	cursor_time(c, doc_updated(doc));
	if (doc_updated(doc) > c->page)
		c->page = doc_updated(doc);
	return true;
}

/* As many resources as fit in a short transaction, with the cursor; *at moves on. */
bool apply_some(struct sync *s, struct cursor *c, struct json_object *entries, size_t *at, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	int64_t pulled = 0, began;

	if (!sync_alive(s, "apply", err) || !work_begin(&w, s->app, err))
		return false;
	began = clock_steady_ms();
	do {
		if (!apply_one(s, &w, c, json_dict(json_object_array_get_idx(entries, *at), "resource"), &pulled, err))
			return false;
	} while (++*at < json_count(entries) && clock_steady_ms() - began < SYNC_APPLY_MS);
	if (!cursor_store(s, c, err) || !sync_alive(s, "applied", err) || !work_commit(&w, err))
		return false;
	sync_yield(s, clock_steady_ms() - began);
	s->figures->pulled += pulled;
	sync_tell(s, "pull", s->figures->pulled, 0);
	return true;
}

static bool apply_page(struct sync *s, struct cursor *c, struct json_object *entries, struct err *err)
{
	size_t at = 0;

	while (at < json_count(entries))
		if (!apply_some(s, c, entries, &at, err))
			return false;
	return true;
}

static bool finish(struct sync *s, struct cursor *c, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	int64_t newest = c->page > c->hw ? c->page : c->hw, seen = 0, was = c->seen;

	for (size_t i = 0; i < c->n_times; i++)
		seen += c->times[i] >= newest - SYNC_OVERLAP_MS;
	/* Only the second look counts: a server that keeps whole seconds may have written more in the newest one. */
	c->seen = c->from_window && c->page && newest == c->hw ? seen : -1;
	if (!c->page && c->seen == was)
		return true; /* nothing at all is there */
	c->hw = newest;
	c->page = 0;
	return sync_alive(s, "cursor", err) && work_begin(&w, s->app, err) && cursor_store(s, c, err) &&
		work_commit(&w, err);
}

/* The next search: the server's next page, or, where its link has expired or leads elsewhere, a new search from the
 * newest time applied; the order is ascending, so that is no harm.  *more false: there is none. */
static bool next_url(struct sync *s, struct cursor *c, const struct json_object *bundle, int64_t before, struct sbuf *url,
	bool *more, struct err *err)
{
	const char *next = next_page(s, bundle);
	AUTO_FREE char *to = next ? xstrdup(next) : NULL;

	*more = !bundle || has_next(bundle);
	if (!*more)
		return true;
	if (!next && c->page <= before) /* nothing gained: it would be the same page for ever */
		return err_system(err, ERR_SERVER, 0, _("The county server's pages cannot be followed."), "%s", c->type);
	if (!next) {
		first_url(s, c, url);
		return true;
	}
	sbuf_clear(url);
	sbuf_adds(url, to);
	return true;
}

static bool pull_page(struct sync *s, struct cursor *c, const char *url, struct json_object **bundle, int *status,
	struct err *err)
{
	if (!fetch(s, url, bundle, status, err))
		return s->unreadable && pull_singly(s, c, url, bundle, err);
	if (!*bundle)
		return true;
	return c->outlines ? pull_unknown(s, c, *bundle, err) : apply_page(s, c, json_array(*bundle, "entry"), err);
}

static bool pull_pages(struct sync *s, struct cursor *c, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	bool more = true, first = true;

	first_url(s, c, &url);
	while (more) {
		AUTO_JSON struct json_object *bundle = NULL;
		int64_t before = c->page;
		int status = 0;

		if (!pull_page(s, c, url.s, &bundle, &status, err))
			return false;
		if (!bundle && first) /* it has no such type */
			return status != 410 || err_set(err, ERR_SERVER, _("The county server cannot search."));
		if (!next_url(s, c, bundle, before, &url, &more, err))
			return false;
		first = false;
	}
	return finish(s, c, err);
}

static bool pull_type(struct sync *s, const char *type, struct err *err)
{
	AUTO_CURSOR struct cursor c = { .type = type };
	bool same;

	/* After a large push most of what is new there is our own: ids and versions will do to know it again. */
	c.outlines = !s->remote.posts && s->figures->pushed >= OUTLINES_FROM && strcmp(type, "Task") != 0;
	if (!cursor_load(s, &c, err) || !unchanged(s, &c, &same, err))
		return false;
	return same || pull_pages(s, &c, err);
}

bool pull_all(struct sync *s, struct err *err)
{
	if (!unread_any(s, &s->has_unread, err))
		return false;
	for (size_t i = 0; fhir_types[i]; i++)
		if (!pull_type(s, fhir_types[i], err))
			return false;
	return true;
}
