/* Coming in: for each type what changed since the newest time seen there, oldest first.  The place is kept in the same
 * transaction as the rows, so a download that breaks off goes on where it was; the ten minutes before are asked for
 * again, because a server's long transaction becomes visible late with an early time.  Once those minutes are over a count is all
 * that is asked, as long as the number of resources in them stays the same and nothing newer is there. */
#include "sync/backfill.h"
#include "sync/history.h"
#include "sync/pace.h"
#include "sync/pull_int.h"

#include "app/base/i18n.h"
#include "app/base/path.h"
#include "db/stmt.h"

enum { OUTLINES_FROM = 20, LARGE_PAGE = 1000, SLICES_MAX = 100 };

void cursor_release(struct cursor *c)
{
	free(c->times);
}

void cursor_time(struct cursor *c, int64_t at)
{
	if (c->n_times == c->cap_times) {
		c->cap_times = c->cap_times ? c->cap_times * 2 : 64;
		c->times = xrealloc(c->times, c->cap_times, sizeof(*c->times));
	}
	c->times[c->n_times++] = at;
}

int64_t pull_overlap(const struct sync *s)
{
	int64_t county = s->remote.policy.overlap * 1000;

	return county > SYNC_OVERLAP_MS ? county : SYNC_OVERLAP_MS;
}

/* A place belongs to a scope: with another scope everything is looked at from the beginning. */
static void bind_place(const struct sync *s, const struct cursor *c, struct stmt *st)
{
	AUTO_SBUF struct sbuf place = SBUF_INIT;

	sbuf_addf(&place, "%s%s%s", s->remote.scope, c->name ? "/" : "", c->name ? c->name : "");
	stmt_bind_text(st, "scope", place.s);
}

bool cursor_load(struct sync *s, struct cursor *c, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_cursor_load");
	bool row;

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_text(st, "rtype", c->type);
	bind_place(s, c, st);
	if (!stmt_step(st, &row, err))
		return false;
	c->hw = row ? stmt_int(st, 0) : 0;
	c->page = row ? stmt_int(st, 1) : 0;
	c->seen = row ? stmt_int(st, 2) : -1;
	return true;
}

/* What the server's clock shows; a time that cannot be told is later than any. */
static int64_t server_now(const struct sync *s)
{
	return s->dated ? clock_now(&s->app->clock) + s->clock_offset : INT64_MAX;
}

/* Where a download goes on that breaks off now.  In the last ten minutes something may still become visible behind the place: when
 * the rest of it comes they may be long past, and only what came here in between would be asked for again. */
static int64_t place_to_keep(const struct sync *s, const struct cursor *c)
{
	int64_t sure = server_now(s) - pull_overlap(s), first = c->hw ? c->hw - pull_overlap(s) : 0;
	int64_t at = c->page < sure ? c->page : sure;

	return at > first ? at : 0;
}

bool cursor_store(struct sync *s, const struct cursor *c, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_cursor_store");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_text(st, "rtype", c->type);
	bind_place(s, c, st);
	stmt_bind_int(st, "hw", c->hw);
	stmt_bind_int(st, "page", place_to_keep(s, c));
	stmt_bind_int(st, "seen", c->seen);
	return stmt_run(st, err);
}

/* A place that the server's clock has not reached, nor will in the minutes that are read again: it was years ahead, and what is
 * written now lies behind the place.  From when on is not known. */
static bool is_ahead(const struct sync *s, const struct cursor *c)
{
	return c->hw > 0 && s->dated && c->hw - pull_overlap(s) > server_now(s);
}

/* Is everything as it was at the end of the last download: nothing newer, and as many in the ten minutes before? */
static bool unchanged(struct sync *s, const struct cursor *c, bool *same, struct err *err)
{
	int64_t newer, window = -1;

	*same = false;
	if (c->seen < 0 || c->page || !c->hw)
		return true;
	if (!pull_count(s, c, c->hw + 1, 0, &newer, err) ||
		(newer == 0 && !pull_count(s, c, c->hw - pull_overlap(s), c->hw + 1, &window, err)))
		return false;
	*same = newer == 0 && window == c->seen;
	return true;
}

/* told false: what lies before it cannot be told (history_catch_up()), and it is passed over. */
static bool apply_one(struct sync *s, struct work *w, struct cursor *c, const struct json_object *doc, bool told,
	int64_t *pulled, struct err *err)
{
	const char *type = json_text(doc, "resourceType");
	bool changed = false;

	if (!type || strcmp(type, c->type) != 0)
		return true; /* an OperationOutcome of the search */
	s->first_load = !c->hw;
	if (told && !apply_resource(s, w, doc, &changed, err))
		return false;
	s->first_load = false;
	*pulled += changed;
	if (c->still)
		return true;
	cursor_time(c, doc_updated(doc));
	if (doc_updated(doc) > c->page)
		c->page = doc_updated(doc);
	return true;
}

static const struct json_object *resource_at(struct json_object *entries, size_t i)
{
	return json_dict(json_object_array_get_idx(entries, i), "resource");
}

/* More in the same transaction?  What is late begins one of its own: before it its history is asked for. */
static bool goes_on(struct sync *s, struct json_object *entries, size_t at, bool *more, struct err *err)
{
	struct late late;

	*more = at < json_count(entries);
	if (*more && !apply_is_late(s, resource_at(entries, at), &late, err))
		return false;
	*more = *more && !late.asks;
	return true;
}

/* As many resources as fit in a transaction, with the cursor; *at moves on. */
bool apply_some(struct sync *s, struct cursor *c, struct json_object *entries, size_t *at, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	int64_t pulled = 0, began, limit = sync_longest_ms(s);
	bool more, told;

	if (!sync_alive(s, "apply", err) || !history_catch_up(s, resource_at(entries, *at), &told, err) ||
		!work_begin(&w, s->app, err))
		return false;
	began = clock_steady_ms();
	do {
		if (!apply_one(s, &w, c, resource_at(entries, *at), told, &pulled, err))
			return false;
		told = true; /* what is late begins a transaction of its own */
		json_object_array_put_idx(entries, *at, NULL); /* still at hand: a page at once costs three times as much */
		if (!goes_on(s, entries, ++*at, &more, err))
			return false;
	} while (more && clock_steady_ms() - began < limit);
	if ((!c->there && !cursor_store(s, c, err)) || !sync_alive(s, "applied", err) || !work_commit(&w, err))
		return false;
	sync_yield(s, clock_steady_ms() - began);
	line_drive(s);
	s->figures->pulled += pulled;
	sync_tell(s, "pull", s->figures->pulled, 0);
	return true;
}

static bool apply_page(struct sync *s, struct cursor *c, struct json_object *entries, struct err *err)
{
	size_t at = 0;

	while (at < json_count(entries))
		if (!history_ahead(s, entries, at, err) || !apply_some(s, c, entries, &at, err))
			return false;
	return true;
}

static bool apply_list(struct sync *s, struct cursor *c, const struct json_object *bundle, struct err *err)
{
	return c->outlines ? pull_unknown(s, c, bundle, err) : apply_page(s, c, json_array(bundle, "entry"), err);
}

/* What a server claims to have changed in the future would hide everything until then; and what it wrote while pages came may
 * hide what became visible behind them meanwhile. */
static int64_t no_later_than_asked(const struct sync *s, const struct cursor *c, int64_t at)
{
	int64_t asked = c->asked ? c->asked : server_now(s);

	return at > asked ? asked : at;
}

static bool finish(struct sync *s, struct cursor *c, struct err *err)
{
	int64_t newest = is_ahead(s, c) ? 0 : no_later_than_asked(s, c, c->page > c->hw ? c->page : c->hw), seen = 0, was = c->seen;
	AUTO_WORK struct work w = { 0 };

	for (size_t i = 0; i < c->n_times; i++)
		seen += c->times[i] >= newest - pull_overlap(s);
	/* Only a second look counts, when nothing can become visible behind the newest time any more: a server that keeps
	 * whole seconds may have written more in that one, and a late commit that replaces what is counted already leaves
	 * the number as it was. */
	c->seen = c->from_window && c->page && newest == c->hw && c->asked >= newest + pull_overlap(s) ? seen : -1;
	if (!c->page && c->seen == was && newest == c->hw)
		return true; /* nothing at all is there */
	c->hw = newest;
	c->page = 0;
	return sync_alive(s, "cursor", err) && work_begin(&w, s->app, err) && cursor_store(s, c, err) && work_commit(&w, err);
}

/* More resources of one millisecond than a page holds, and no way from page to page: that millisecond by itself, from
 * both ends. */
static bool pull_slice(struct sync *s, struct cursor *c, bool *whole, struct err *err)
{
	static const char *const sorts[] = { "_id", "-_id" };
	int64_t total, got = 0;
	bool still = c->still;

	*whole = false;
	c->still = true;
	if (!pull_count(s, c, c->page, c->page + 1, &total, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(sorts) && !*whole; i++) {
		AUTO_SBUF struct sbuf url = SBUF_INIT;
		AUTO_JSON struct json_object *bundle = NULL;
		int status;

		pull_slice_url(s, c, c->page, sorts[i], &url);
		if (!fetch(s, url.s, &bundle, &status, err) || (bundle && !apply_list(s, c, bundle, err)))
			return false;
		got += (int64_t)json_count(json_array(bundle, "entry"));
		*whole = total >= 0 ? got >= total : bundle && !has_next(bundle);
	}
	c->still = still;
	if (*whole)
		c->page++;
	return true;
}

static bool lost_place(const struct cursor *c, struct err *err)
{
	return err_system(err, ERR_SERVER, 0, _("The county server's pages cannot be followed."), "%s", c->type);
}

/* The next search: the server's next page, or, where its link has expired or leads elsewhere, a new search from the
 * newest time applied; the order is ascending, so that is no harm.  *more false: there is none. */
static bool next_url(struct sync *s, struct cursor *c, const struct json_object *bundle, struct sbuf *url, bool *more,
	struct err *err)
{
	const char *next = next_page(s, bundle);
	AUTO_FREE char *to = next ? xstrdup(next) : NULL;
	bool whole = true;

	*more = !bundle || has_next(bundle);
	if (!*more)
		return true;
	if (next) {
		sbuf_clear(url);
		sbuf_adds(url, to);
		return true;
	}
	if (c->page <= c->began && (!c->page || !pull_slice(s, c, &whole, err)))
		return c->page ? false : lost_place(c, err);
	if (!whole)
		return lost_place(c, err);
	pull_url(s, c, url);
	return true;
}

#define TIME_AHEAD_MS (INT64_C(1) << 42) /* more than a century: nothing real lies so far behind a place */

/* From the place on, to the millisecond of what comes next: by counting, for a search fails.  *any false: nothing comes, or the
 * server does not count. */
static bool to_next_time(struct sync *s, struct cursor *c, bool *any, struct err *err)
{
	int64_t empty = 0, full = 1, n;

	*any = false;
	if (!pull_count(s, c, c->page, 0, &n, err))
		return false;
	if (n < 1)
		return true;
	for (;; empty = full, full *= 2) {
		if (!pull_count(s, c, c->page, c->page + full, &n, err))
			return false;
		if (n > 0)
			break;
		if (full >= TIME_AHEAD_MS)
			return true;
	}
	while (full - empty > 1) {
		int64_t middle = empty + (full - empty) / 2;

		if (!pull_count(s, c, c->page, c->page + middle, &n, err))
			return false;
		*(n > 0 ? &full : &empty) = middle;
	}
	c->page += empty;
	*any = true;
	return true;
}

/* A server that fails at a page may fail at its size, or at a place where too many have one time.  One that fails wherever it is
 * asked is not asked for ever. */
static bool other_page(struct sync *s, struct cursor *c, struct sbuf *url, struct err *err)
{
	const struct err why = *err;
	bool whole, any;

	if (err->code != ERR_SERVER || err->detail != 500 || s->dead)
		return false;
	if (!c->count) {
		c->count = LARGE_PAGE;
	} else {
		if (c->slices++ == SLICES_MAX)
			return false;
		c->page = c->page ? c->page : c->began; /* what lies before that has come */
		if (!c->page)
			return false;
		if (!to_next_time(s, c, &any, err))
			return false;
		if (!any) {
			*err = why;
			return false;
		}
		if (!pull_slice(s, c, &whole, err))
			return false;
		if (!whole)
			return lost_place(c, err);
	}
	pull_url(s, c, url);
	return true;
}

/* The first answer of a session tells the time. */
static void note_asked(const struct sync *s, struct cursor *c)
{
	if (!c->asked && s->dated)
		c->asked = server_now(s);
}

static bool may_go_on(const struct sync *s, const struct cursor *c)
{
	return c->urgent || pace_allows(s);
}

/* The page after this one travels while this one is applied.  Only where the server's own link leads there: that is followed
 * whatever this page holds, so nothing is asked for in vain. */
static bool begin_next(struct sync *s, const struct cursor *c, const struct json_object *bundle, struct err *err)
{
	const char *next = next_page(s, bundle);

	return !next || !may_go_on(s, c) || fetch_ahead(s, next, err);
}

static bool pull_page(struct sync *s, struct cursor *c, const char *url, struct json_object **bundle, int *status,
	struct err *err)
{
	note_asked(s, c);
	if (!fetch(s, url, bundle, status, err))
		return s->unreadable && pull_singly(s, c, url, bundle, err);
	note_asked(s, c);
	if (!*bundle)
		return true;
	pace_got(s, json_count(json_array(*bundle, "entry")), s->came);
	return begin_next(s, c, *bundle, err) && apply_list(s, c, *bundle, err);
}

/* A server may send pages with nothing new for a while, and even empty ones, but not for ever. */
enum { IDLE_MAX = 10000, IDLE_EMPTY = 100 };

/* The way since the last news.  An address is kept at its first, second, fourth, eighth page: who comes by it again goes round in
 * a circle. */
struct idle {
	size_t weight, pages, kept_at;
	struct sbuf kept;
};

static bool goes_round(struct idle *way, const char *next)
{
	if (way->kept.len && strcmp(way->kept.s, next) == 0)
		return true;
	if (++way->pages >= 2 * way->kept_at) {
		way->kept_at = way->pages;
		sbuf_clear(&way->kept);
		sbuf_adds(&way->kept, next);
	}
	return false;
}

static bool still_gains(const struct sync *s, const struct cursor *c, const struct json_object *bundle, int64_t before,
	int64_t had, const char *next, struct idle *way, struct err *err)
{
	if (c->page > before || s->figures->pulled > had) {
		sbuf_clear(&way->kept);
		way->weight = way->pages = way->kept_at = 0;
		return true;
	}
	way->weight += json_count(json_array(bundle, "entry")) ? 1 : IDLE_EMPTY;
	return (way->weight < IDLE_MAX && !goes_round(way, next)) ||
		err_system(err, ERR_SERVER, 0, _("The county server's pages cannot be followed."), "%s: nothing new", c->type);
}

/* It has no such type.  A server without people is none of a county: something else answers at its address. */
static bool may_lack(const struct cursor *c, int status, struct err *err)
{
	if (status == 404 && strcmp(c->type, "Patient") == 0)
		return err_system(err, ERR_SERVER, status, _("There is no FHIR server at the county's address."), "HTTP %d",
			status);
	return (status != 410 && strcmp(c->type, "Patient") != 0) ||
		err_system(err, ERR_SERVER, status, _("The county server cannot search."), "HTTP %d", status);
}

/* So much of the disk stays for the clinic's own work, whatever a server sends: months of it. */
enum { ROOM_LEFT = 64 * 1024 * 1024 };

static bool has_room(const struct sync *s, struct err *err)
{
	int64_t space = path_free_space(s->app->dir);

	return space < 0 || space >= ROOM_LEFT ||
		err_set(err, ERR_DISK_FULL, "%s",
			_("The disk is nearly full: nothing more is taken in, so that there is room for this clinic's own work. "
			  "Free some space and try again."));
}

/* Page by page to the last one. */
static bool follow(struct sync *s, struct cursor *c, struct sbuf *url, struct idle *way, struct err *err)
{
	bool more = true, first = true;

	while (more) {
		AUTO_JSON struct json_object *bundle = NULL;
		int64_t before = c->page, had = s->figures->pulled;
		int status = 0;

		c->stopped = !may_go_on(s, c) && !line_has_begun(s, url->s); /* what has begun is paid */
		if (c->stopped)
			return true;
		if (!has_room(s, err))
			return false;
		if (!pull_page(s, c, url->s, &bundle, &status, err)) {
			if (!other_page(s, c, url, err))
				return false;
			continue;
		}
		if (!bundle && first)
			return may_lack(c, status, err);
		if (!next_url(s, c, bundle, url, &more, err) || (more && !still_gains(s, c, bundle, before, had, url->s, way, err)))
			return false;
		first = false;
	}
	return true;
}

bool pull_from(struct sync *s, struct cursor *c, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	struct idle way = { .kept = SBUF_INIT };
	bool ok;

	pull_url(s, c, &url);
	ok = follow(s, c, &url, &way, err);
	sbuf_release(&way.kept);
	return ok;
}

bool pull_cursor(struct sync *s, struct cursor *c, struct err *err)
{
	if (!cursor_load(s, c, err) || !unchanged(s, c, &c->quiet, err))
		return false;
	if (is_ahead(s, c)) {
		log_warn("sync: the server's clock went back: everything is asked for anew");
		c->quiet = false;
		c->hw = c->page = 0;
		c->seen = -1;
	}
	return c->quiet || (pull_from(s, c, err) && (c->stopped || finish(s, c, err)));
}

static bool pull_type(struct sync *s, const char *type, const struct cursor *answers, struct err *err)
{
	AUTO_CURSOR struct cursor c = { .type = type };
	bool task = strcmp(type, "Task") == 0;

	/* After a large push most of what is new there is our own: ids and versions will do to know it again. */
	c.outlines = !s->remote.posts && s->figures->pushed >= OUTLINES_FROM && !task;
	if (task && answers->quiet) { /* the same question was asked a moment ago */
		if (!cursor_load(s, &c, err))
			return false;
		if (c.seen >= 0 && !c.page && c.hw == answers->hw)
			return true;
	}
	return pull_cursor(s, &c, err);
}

/* The answers to our referrals before everything else, with a place of their own: they come even when a first download
 * of a township takes days. */
static bool pull_answers(struct sync *s, struct cursor *c, struct err *err)
{
	int64_t any;

	return stmt_value(stmt_get(s->app->db, "sync_any_referral"), &any, 0, err) && (!any || pull_cursor(s, c, err));
}

bool pull_all(struct sync *s, struct err *err)
{
	AUTO_CURSOR struct cursor answers = { .type = "Task", .name = "answers", .urgent = true };

	if (!unread_any(s, &s->has_unread, err) || !pull_answers(s, &answers, err))
		return false;
	for (size_t i = 0; fhir_types[i]; i++)
		if (!pull_type(s, fhir_types[i], &answers, err))
			return false;
	s->pulled = untold_again(s, err) && managed_pull(s, err) && backfill_all(s, err) && compare_if_due(s, err);
	return s->pulled;
}
