/* A round with the hub.  One small question tells whether anything is new there; so it can be asked every minute. */
#include "app/base/i18n.h"
#include "app/service/record_device.h"
#include "db/stmt.h"
#include "sync/hub_int.h"

enum { ASK_AT_ONCE = 40 };

/* ---- what is new there ------------------------------------------------------------------------------------------------ */

struct news {
	int64_t newest, county;
	char store[UUID_LEN]; /* the name of the store: it changes when that begins anew */
};

static int64_t number(const struct json_object *doc, const char *name)
{
	struct json_object *list = json_array(doc, "parameter");

	for (size_t i = 0; i < json_count(list); i++) {
		const struct json_object *p = json_object_array_get_idx(list, i);

		if (json_text(p, "name") && strcmp(json_text(p, "name"), name) == 0)
			return json_int(p, "valueInteger", 0);
	}
	return -1;
}

static void read_store(const struct json_object *doc, char out[UUID_LEN])
{
	struct json_object *list = json_array(doc, "parameter");

	out[0] = '\0';
	for (size_t i = 0; i < json_count(list); i++) {
		const char *text = json_text(json_object_array_get_idx(list, i), "valueString");

		if (text)
			snprintf(out, UUID_LEN, "%s", text);
	}
}

static bool ask_news(struct sync *s, struct news *out, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_JSON struct json_object *doc = NULL;
	int status;

	sbuf_addf(&url, "%s/sync-status", s->remote.base);
	if (!fetch(s, url.s, &doc, &status, err))
		return false;
	*out = (struct news){ .newest = number(doc, "newest"), .county = number(doc, "county") };
	read_store(doc, out->store);
	if (out->newest < 0)
		return err_system(err, ERR_SERVER, status, _("What answers at the hub's address is no hub of this program."),
			"HTTP %d", status);
	return true;
}

static int64_t remembered(struct app *app, const char *key)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *text = app_setting(app, key, &mem);

	return text ? strtoll(text, NULL, 10) : -1;
}

static bool remember(struct app *app, const char *key, int64_t n, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	char text[24];

	if (remembered(app, key) == n)
		return true;
	snprintf(text, sizeof text, "%lld", (long long)n);
	return work_begin(&w, app, err) && app_set_setting(app, key, text, err) && work_commit(&w, err);
}

/* ---- what the county says, as the hub heard it -------------------------------------------------------------------------- */

struct names {
	struct sbuf list; /* "kind/id,kind/id" */
	int64_t last; /* record */
	size_t n;
};

static bool next_names(struct sync *s, struct names *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "hub_to_ask");
	bool row;

	sbuf_clear(&out->list);
	out->n = 0;
	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "after", out->last);
	stmt_bind_int(st, "limit", ASK_AT_ONCE);
	while (stmt_step(st, &row, err)) {
		if (!row)
			return true;
		out->last = stmt_int(st, 0);
		sbuf_addf(&out->list, "%s%s/%s", out->n++ ? "," : "", kind_by_id((enum kind_id)stmt_int(st, 1))->name,
			stmt_text(st, 2));
	}
	return false;
}

static bool take_word(struct sync *county, struct work *w, const struct json_object *e, struct err *err)
{
	struct json_object *doc = json_dict(e, "resource"), *r = json_dict(e, "response");
	bool changed = false;

	if (!doc)
		return county_word_refused(county->app, json_text(r, "etag"), json_text(r, "location"), json_text(r,
			"outcome"), err);
	if (!county_word_take(county, w, doc, &changed, err))
		return false;
	county->figures->pulled += changed;
	return true;
}

static bool take_words(struct sync *county, struct json_object *bundle, struct err *err)
{
	struct json_object *entries = json_array(bundle, "entry");
	size_t i = 0, n = json_count(entries);

	while (i < n) {
		AUTO_WORK struct work w = { 0 };
		int64_t began;

		if (!work_begin(&w, county->app, err))
			return false;
		began = clock_steady_ms();
		do {
			if (!take_word(county, &w, json_object_array_get_idx(entries, i), err))
				return false;
		} while (++i < n && clock_steady_ms() - began < SYNC_APPLY_MS);
		if (!sync_alive(county, "word", err) || !work_commit(&w, err))
			return false;
		county->app->origin = 0;
		sync_yield(county, clock_steady_ms() - began);
	}
	return true;
}

static bool ask_words(struct sync *s, struct err *err)
{
	struct sync_figures of_county = { 0 };
	struct sync county = *s;
	struct names names = { .list = SBUF_INIT };
	bool ok;

	county.figures = &of_county;
	county.alone = false;
	ok = remote_load(s->app, NULL, &county.remote, err) && unread_any(&county, &county.has_unread, err);
	do {
		AUTO_SBUF struct sbuf url = SBUF_INIT;
		AUTO_JSON struct json_object *bundle = NULL;
		int status;

		ok = ok && next_names(s, &names, err);
		if (!ok || !names.n)
			break;
		sbuf_addf(&url, "%s/sync-status?record=%s", s->remote.base, names.list.s);
		ok = fetch(s, url.s, &bundle, &status, err) && take_words(&county, bundle, err);
	} while (ok && names.n == ASK_AT_ONCE);
	s->figures->pulled += of_county.pulled;
	s->dead |= county.dead;
	s->twin |= county.twin;
	sbuf_release(&names.list);
	return ok;
}

/* ---- the round ---------------------------------------------------------------------------------------------------------- */

/* The first time everything is looked at before anything is sent: most of it may be there already. */
static bool first_look(struct sync *s, struct err *err)
{
	return s->remote.last_pull || pull_all(s, err);
}

static bool has_open(struct sync *s, bool *any, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "hub_open");

	stmt_bind_int(st, "remote", s->remote.id);
	return stmt_yes(st, any, err);
}

/* What comes while we look is looked at next time. */
static bool look(struct sync *s, const struct news *news, struct err *err)
{
	int64_t pushed = s->figures->pushed;

	if (s->remote.last_pull && news->newest == remembered(s->app, "hub.newest"))
		return true;
	if (!pull_all(s, err) || !push_all(s, err)) /* what merging changed */
		return false;
	return remember(s->app, "hub.newest", s->figures->pushed == pushed ? news->newest : -1, err);
}

/* The hub went back to an older state, or began anew: its versions are not those that we knew. */
static bool know_store(struct sync *s, const struct news *news, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *known = app_setting(s->app, "hub.store", &mem);

	if (strcmp(s->remote.base, HUB_LOCAL) == 0 || (known && strcmp(known, news->store) == 0))
		return true;
	return hub_compare_anew(s->app, s->remote.base, news->store, err) && remote_load(s->app, HUB_REMOTE, &s->remote, err);
}

/* A store that changes is as good as something said: an older copy of it would be noticed. */
static bool store_moves(struct sync *s, const struct news *news, struct err *err)
{
	if (s->gone_out || strcmp(s->remote.base, HUB_LOCAL) != 0 || news->newest == remembered(s->app, "hub.newest"))
		return true;
	s->gone_out = true;
	return device_goes_out(s->app, err);
}

bool hub_exchange(struct sync *s, struct err *err)
{
	struct news news;
	bool open;

	if (!ask_news(s, &news, err) || !know_store(s, &news, err) || !store_moves(s, &news, err) || !has_open(s, &open, err))
		return false;
	if (open && !(first_look(s, err) && readback_all(s, err) && push_all(s, err) && ask_news(s, &news, err)))
		return false;
	if (!look(s, &news, err))
		return false;
	if (strcmp(s->remote.base, HUB_LOCAL) == 0 || (!open && news.county == remembered(s->app, "hub.county")))
		return true;
	return ask_words(s, err) && remember(s->app, "hub.county", news.county, err);
}

void hub_error(struct err *err)
{
	const char *say = NULL;

	if (err->code == ERR_NETWORK)
		say = _("The hub cannot be reached. Everything is kept here and goes there when it is back.");
	else if (err->code == ERR_AUTH)
		say = _("The hub does not know this computer: let it show a code and join it again.");
	else if (err->code == ERR_SERVER)
		say = _("The hub has a fault. Everything is kept here; look at the hub's own screen.");
	if (say)
		snprintf(err->message, sizeof err->message, "%s", say);
}

/* The pinned line to the hub, or the own store. */
static struct transport *line_to(struct app *app, const struct hub_state *h, struct err *err)
{
	return h->role == HUB_SELF ? hub_line(app) : hub_line_to(app, h->address, err);
}

bool hub_round(struct app *app, const struct sync_options *o, struct sync_figures *figures, struct err *err)
{
	struct sync_options with = *o;
	struct transport *own = NULL;
	struct hub_state h;
	bool ok;

	*figures = (struct sync_figures){ 0 };
	if (!hub_state(app, &h, err))
		return false;
	if (h.role == HUB_NONE)
		return err_set(err, ERR_NOT_FOUND, _("This computer does not know a hub of the clinic."));
	with.remote = HUB_REMOTE;
	with.county = NULL;
	if (!with.transport && !(own = line_to(app, &h, err)))
		return false;
	if (own)
		with.transport = own;
	ok = sync_round(app, &with, figures, err);
	transport_close(own);
	return ok;
}
