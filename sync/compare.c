/* Once a week everything is compared: what a server shows late, at a wrong time or not at all, no cursor sees.  First the
 * numbers; where they differ, or where bytes cost nothing, ids and versions; what is not known here in that version is
 * fetched.  What is known here and not there was deleted by somebody (410), or the server lost it (404: it is sent again),
 * or it left our scope. */
#include "sync/pace.h"
#include "sync/pull_int.h"
#include "sync/scope.h"

#include "app/base/i18n.h"
#include "app/base/strmap.h"
#include "db/stmt.h"
#include "sync/idmap.h"

enum { DAY_MS = 24 * 60 * 60 * 1000, WEEK_MS = 7 * DAY_MS, AT_ONCE = 200 };

struct known {
	int64_t record;
	enum kind_id kind;
	char id[RECORD_ID_MAX + 1];
};

/* ---- what we know ----------------------------------------------------------------------------------------------------- */

static bool count_kind(struct sync *s, int kind, int64_t *n, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_known_count");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "kind", kind);
	return stmt_value(st, n, 0, err);
}

static bool count_known(struct sync *s, const char *type, int64_t *n, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_unread_count");
	int64_t some;

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_text(st, "rtype", type);
	if (!stmt_value(st, n, 0, err))
		return false;
	for (int k = 1; k < KIND_MAX; k++) {
		if (strcmp(fhir_main_type((enum kind_id)k), type) != 0)
			continue;
		if (!count_kind(s, k, &some, err))
			return false;
		*n += some;
	}
	return true;
}

static bool read_known(struct sync *s, int kind, int64_t after, struct known *out, size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_known_page");
	bool row;

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "kind", kind);
	stmt_bind_int(st, "after", after);
	stmt_bind_int(st, "limit", AT_ONCE);
	for (*n = 0; stmt_step(st, &row, err);) {
		if (!row || *n == AT_ONCE)
			return true;
		out[*n] = (struct known){ .record = stmt_int(st, 0), .kind = (enum kind_id)kind };
		snprintf(out[(*n)++].id, sizeof(out->id), "%s", stmt_text(st, 1));
	}
	return false;
}

/* ---- what is missing there -------------------------------------------------------------------------------------------- */

static bool gone_note(struct sync *s, const struct known *k, const char *why, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, why ? "sync_gone_add" : "sync_gone_drop");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "record", k->record);
	stmt_bind_text(st, "why", why);
	stmt_bind_int(st, "at", clock_now(&s->app->clock));
	return stmt_run(st, err);
}

/* Somebody deleted it: here it is struck out with that reason, kept, and can be taken back.  With an edit of ours that
 * waits a person decides. */
static bool deleted(struct sync *s, const struct known *k, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_WORK struct work w = { 0 };
	struct record *now;
	struct out_row open;
	enum kind_id kind;
	struct put put;

	if (!work_begin(&w, s->app, err) || !store_newest(s->app, s->remote.id, k->record, &open, err))
		return false;
	if (open.seq && open.state == OUTBOX_PENDING)
		return apply_deleted(s, &open, err) && work_commit(&w, err);
	if ((open.seq && open.state < OUTBOX_ACKED) || !record_load_row(s->app, k->record, &mem, &now, &kind, err))
		return open.seq && open.state < OUTBOX_ACKED; /* its fate is open already */
	put = (struct put){ .kind = kind, .rec = now, .base_revision = now->meta.revision, .reason = _("deleted at the county") };
	now->meta.state = now->meta.state == RECORD_ACTIVE ? RECORD_VOID : now->meta.state;
	s->app->origin = s->remote.id;
	work_next_group(&w);
	if (!gone_note(s, k, "deleted", err) || !version_drop(s->app, s->remote.id, k->record, err) ||
		!idmap_forget(s, k->id, err) || !record_put(s->app, &put, err))
		return false;
	s->figures->pulled++;
	return work_commit(&w, err);
}

/* The server never heard of it, although it said once that it had it: it was restored from an older state. */
static bool lost(struct sync *s, const struct known *k, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;

	log_warn("sync: the server lost a record that it had; it is sent again");
	if (!work_begin(&w, s->app, err) || !version_drop(s->app, s->remote.id, k->record, err) || !idmap_forget(s, k->id, err))
		return false;
	st = stmt_get(s->app->db, "sync_resend");
	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "record", k->record);
	return stmt_run(st, err) && work_commit(&w, err);
}

static bool left(struct sync *s, const struct known *k, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, s->app, err) && gone_note(s, k, "left", err) && work_commit(&w, err);
}

static bool find_out(struct sync *s, const char *type, const struct known *k, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_JSON struct json_object *doc = NULL;
	char theirs[RECORD_ID_MAX + 1];
	bool known, is_it;
	int status;

	snprintf(theirs, sizeof(theirs), "%s", k->id);
	if (s->remote.posts && !idmap_theirs(s, type, k->id, theirs, &known, err))
		return false;
	sbuf_addf(&url, "%s/%s/%s", s->remote.base, type, theirs);
	if (!fetch(s, url.s, &doc, &status, err))
		return false;
	is_it = doc && strcmp(json_text(doc, "resourceType"), type) == 0; /* some say 200 to whatever they are asked */
	return status == 410 ? deleted(s, k, err) : status == 404 ? lost(s, k, err) : is_it ? left(s, k, err) : true;
}

static bool back_again(struct sync *s, const struct known *k, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, s->app, err) && gone_note(s, k, NULL, err) && work_commit(&w, err);
}

/* ---- who does not live in our townships ----------------------------------------------------------------------------------- */

struct found {
	struct known *page;
	bool *is_there;
	size_t n;
	bool any_gone; /* some record is noted as gone */
};

static bool note_there(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	struct found *f = ctx;

	(void)s;
	(void)err;
	for (size_t i = 0; i < f->n; i++)
		f->is_there[i] |= strcmp(f->page[i].id, json_text(doc, "id")) == 0;
	return true;
}

/* Which of the missing ones are there under other townships: many at once, because whole families move. */
static bool find_elsewhere(struct sync *s, const char *type, struct found *f, struct err *err)
{
	const char **ids = xcalloc(f->n + 1, sizeof(const char *));
	bool ok = true;

	for (size_t i = 0; i < f->n; i++)
		ids[i] = f->page[i].id;
	if (scope_is_narrow(s) && !scope_is_for_all(type))
		ok = fetch_ids(s, type, ids, f->n, false, note_there, f, err);
	free(ids);
	return ok;
}

/* What is about a person leaves with him: of who moved here the older records bear his old township and stay. */
static bool note_elsewhere(struct sync *s, const struct known *k, bool any_gone, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_gone_person");
	bool stays;

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "record", k->record);
	if (!stmt_yes(st, &stays, err))
		return false;
	if (!stays)
		return left(s, k, err);
	return !any_gone || back_again(s, k, err); /* he may be back */
}

static bool check_missing(struct sync *s, const char *type, struct found *f, struct err *err)
{
	bool ok;

	f->is_there = xcalloc(f->n + 1, sizeof(*f->is_there));
	ok = find_elsewhere(s, type, f, err);
	for (size_t i = 0; ok && i < f->n; i++)
		ok = f->is_there[i] ? note_elsewhere(s, &f->page[i], f->any_gone, err) : find_out(s, type, &f->page[i], err);
	free(f->is_there);
	return ok;
}

/* ---- kind by kind ---------------------------------------------------------------------------------------------------- */

/* managed: people who are there under other townships, and are ours all the same. */
static bool check_kind(struct sync *s, int kind, const struct strmap *there, const struct strmap *managed, bool any_gone,
	struct err *err)
{
	const char *type = fhir_main_type((enum kind_id)kind);
	struct known *page = xcalloc(AT_ONCE, sizeof(*page));
	struct found missing = { .page = xcalloc(AT_ONCE, sizeof(*page)), .any_gone = any_gone };
	int64_t after = 0;
	bool ok = true;
	size_t n;

	do {
		ok = read_known(s, kind, after, page, &n, err);
		missing.n = 0;
		for (size_t i = 0; ok && i < n; i++) {
			after = page[i].record;
			if (!strmap_get(there, page[i].id) && !strmap_get(managed, page[i].id))
				missing.page[missing.n++] = page[i];
			else if (any_gone)
				ok = back_again(s, &page[i], err);
		}
		ok = ok && (!missing.n || check_missing(s, type, &missing, err));
	} while (ok && n == AT_ONCE);
	free(page);
	free(missing.page);
	return ok;
}

/* ---- type by type ------------------------------------------------------------------------------------------------------ */

static bool any_gone(struct sync *s, bool *any, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_gone_any");

	stmt_bind_int(st, "remote", s->remote.id);
	return stmt_yes(st, any, err);
}

static bool compare_lists(struct sync *s, struct cursor *c, const struct strmap *managed, size_t *listed, struct err *err)
{
	struct strmap there = { .n = 0 };
	bool gone, ok;

	c->hw = c->page = 0; /* from the beginning */
	c->outlines = c->still = true;
	c->there = &there;
	ok = pull_from(s, c, err) && any_gone(s, &gone, err);
	for (int k = 1; ok && !c->stopped && k < KIND_MAX; k++)
		if (strcmp(fhir_main_type((enum kind_id)k), c->type) == 0)
			ok = check_kind(s, k, &there, managed, gone, err);
	*listed = there.n;
	strmap_release(&there);
	return ok;
}

/* What is there and no record of ours (another program's, a check of the server's) is there next week too: its number is kept
 * with the place of the comparison. */
static bool keep_strangers(struct sync *s, struct cursor *c, int64_t there, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	int64_t here;

	if (!count_known(s, c->type, &here, err))
		return false;
	c->hw = 1; /* the difference is known; it is less than none where some have left what is counted there */
	c->page = 0;
	c->seen = there - here;
	return work_begin(&w, s->app, err) && cursor_store(s, c, err) && work_commit(&w, err);
}

static bool compare_type(struct sync *s, const char *type, const struct managed *managed, bool *stopped, struct err *err)
{
	AUTO_CURSOR struct cursor c = { .type = type, .name = "compare" };
	int64_t there, here, strangers;
	size_t listed;

	if (!cursor_load(s, &c, err) || !pull_count(s, &c, 0, 0, &there, err) || !count_known(s, type, &here, err))
		return false;
	strangers = c.hw ? c.seen : 0;
	if (there == here + strangers && !managed->changed && strcmp(s->remote.profile, "lan") != 0)
		return true; /* a dear line: equal numbers will do, where nobody left who was not counted */
	if (!compare_lists(s, &c, &managed->ids, &listed, err))
		return false;
	*stopped = c.stopped;
	/* What is counted and not listed may be late: it is looked for again. */
	return c.stopped || (int64_t)listed != there || keep_strangers(s, &c, there, err);
}

/* From when on what others wrote about our people may not have come: a day before the last comparison, for what shows itself
 * late. */
static int64_t not_seen_since(const struct sync *s)
{
	return s->remote.compared_at + (s->dated ? s->clock_offset : 0) - DAY_MS;
}

static bool compare_all(struct sync *s, bool *stopped, struct err *err)
{
	struct managed managed = { .n = 0 };
	bool ok = managed_list(s, &managed, err);

	*stopped = false;
	for (size_t i = 0; ok && fhir_types[i] && !*stopped; i++)
		ok = compare_type(s, fhir_types[i], &managed, stopped, err);
	ok = ok && (*stopped || managed_keep(s, &managed, not_seen_since(s), err));
	managed_release(&managed);
	return ok;
}

bool compare_if_due(struct sync *s, struct err *err)
{
	int64_t now = clock_now(&s->app->clock);
	bool stopped;

	if (!s->remote.compared_at) /* what was just downloaded need not be compared */
		s->remote.compared_at = now;
	if (!pace_allows(s) || clock_within(s->remote.compared_at, now, WEEK_MS))
		return true;
	if (!meet_software(s, err) || !compare_all(s, &stopped, err))
		return false;
	if (!stopped)
		s->remote.compared_at = now;
	return true;
}
