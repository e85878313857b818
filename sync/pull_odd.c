/* Downloads that do not go page by page. */
#include "sync/history.h"
#include "sync/pull_int.h"

#include "app/base/i18n.h"
#include "app/base/strmap.h"

/* ---- pages that cannot be read -------------------------------------------------------------------------------------- */

static bool note_unread(struct sync *s, struct cursor *c, const struct json_object *outline, struct err *err)
{
	const char *id = json_text(outline, "id"), *version = doc_version(outline);
	AUTO_WORK struct work w = { 0 };

	if (!id || !version || !work_begin(&w, s->app, err))
		return !id || !version;
	if (!c->still && doc_updated(outline) > c->page)
		c->page = doc_updated(outline);
	return unread_add(s, c->type, id, version, _("too large, or not to be understood"), err) &&
		(c->there || cursor_store(s, c, err)) && work_commit(&w, err);
}

static bool pull_single(struct sync *s, struct cursor *c, const struct json_object *outline, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_JSON struct json_object *doc = NULL;
	AUTO_JSON struct json_object *list = json_object_new_array();
	struct json_object *entry;
	const char *id = json_text(outline, "id");
	size_t at = 0;
	int status;

	if (!id || strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.") != strlen(id))
		return true;
	sbuf_addf(&url, "%s/%s/%s", s->remote.base, c->type, id);
	if (!fetch(s, url.s, &doc, &status, err))
		return s->unreadable && note_unread(s, c, outline, err);
	if (!doc)
		return true; /* deleted meanwhile */
	entry = json_object_new_object();
	json_object_object_add(entry, "resource", json_object_get(doc));
	json_object_array_add(list, entry);
	return apply_some(s, c, list, &at, err);
}

bool pull_singly(struct sync *s, struct cursor *c, const char *url, struct json_object **outline, struct err *err)
{
	AUTO_SBUF struct sbuf short_url = SBUF_INIT;
	struct json_object *entries;
	int status;

	bool ok;

	sbuf_addf(&short_url, "%s&_elements=id,meta", url);
	s->raw = true; /* an outline does not say whose it is */
	ok = fetch(s, short_url.s, outline, &status, err);
	s->raw = false;
	if (!ok)
		return false;
	entries = json_array(*outline, "entry");
	for (size_t i = 0; i < json_count(entries); i++)
		if (!pull_single(s, c, json_dict(json_object_array_get_idx(entries, i), "resource"), err))
			return false;
	return true;
}

/* ---- pages of outlines ---------------------------------------------------------------------------------------------- */

/* Do we hold this very version?  By the id alone: two kinds may share a type. */
static bool is_known(struct sync *s, const struct json_object *outline, bool *known, struct err *err)
{
	const char *type = json_text(outline, "resourceType"), *id = json_text(outline, "id"), *version = doc_version(outline);

	*known = !id || !version;
	for (int k = 1; k < KIND_MAX && !*known; k++) {
		int64_t row = strcmp(fhir_main_type((enum kind_id)k), type) == 0 ? record_row(s->app, (enum kind_id)k, id) : 0;
		struct held_version v;

		if (!row)
			continue;
		if (!version_load(s->app, s->remote.id, row, ROLE_MAIN, &v, err))
			return false;
		*known = v.known && strcmp(v.version, version) == 0;
	}
	return true;
}

struct collection {
	struct cursor *c;
	struct json_object *outlines, *list; /* entries: told of; read */
};

static bool collect(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	struct json_object *entry = json_object_new_object();

	(void)s;
	(void)err;
	json_object_object_add(entry, "resource", json_object_get(doc));
	json_object_array_add(((struct collection *)ctx)->list, entry);
	return true;
}

static bool collect_unread(struct sync *s, const char *id, void *ctx, struct err *err)
{
	struct collection *l = ctx;

	for (size_t i = 0; i < json_count(l->outlines); i++) {
		struct json_object *doc = json_dict(json_object_array_get_idx(l->outlines, i), "resource");
		const char *its = json_text(doc, "id");

		if (its && strcmp(its, id) == 0)
			return note_unread(s, l->c, doc, err);
	}
	return true;
}

/* The place in the download is that of the outlines: known ones move it too. */
static bool move_on(struct sync *s, struct cursor *c, struct json_object *entries, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	if (c->there) { /* a comparison: pages may be followed from here, but no place is kept */
		for (size_t i = 0; i < json_count(entries); i++) {
			int64_t at = doc_updated(json_dict(json_object_array_get_idx(entries, i), "resource"));

			c->page = at > c->page ? at : c->page;
		}
		return true;
	}

	for (size_t i = 0; i < json_count(entries); i++) {
		int64_t at = doc_updated(json_dict(json_object_array_get_idx(entries, i), "resource"));

		cursor_time(c, at);
		if (at > c->page)
			c->page = at;
	}
	return sync_alive(s, "outline", err) && work_begin(&w, s->app, err) && cursor_store(s, c, err) && work_commit(&w, err);
}

/* They come in any order: the outlines tell where we are. */
static bool apply_list(struct sync *s, struct cursor *c, struct json_object *list, struct err *err)
{
	size_t at = 0;
	bool ok = true;

	c->still = true;
	while (ok && at < json_count(list))
		ok = history_ahead(s, list, at, err) && apply_some(s, c, list, &at, err);
	c->still = false;
	return ok;
}

bool pull_unknown(struct sync *s, struct cursor *c, const struct json_object *outline, struct err *err)
{
	struct json_object *entries = json_array(outline, "entry");
	AUTO_JSON struct json_object *list = json_object_new_array();
	const char **ids = xcalloc(json_count(entries) + 1, sizeof(const char *));
	struct collection l = { .c = c, .outlines = entries, .list = list };
	size_t n = 0;
	bool ok = true, still = c->still;

	for (size_t i = 0; ok && i < json_count(entries); i++) {
		struct json_object *doc = json_dict(json_object_array_get_idx(entries, i), "resource");
		const char *type = json_text(doc, "resourceType");
		bool known = true;

		if (c->there && json_text(doc, "id"))
			strmap_put(c->there, json_text(doc, "id"), "");
		ok = !type || strcmp(type, c->type) != 0 || is_known(s, doc, &known, err);
		if (ok && !known)
			ids[n++] = json_text(doc, "id");
	}
	c->still = true; /* what is read is not applied yet */
	ok = ok && (!n || fetch_readable(s, c->type, ids, n, collect, collect_unread, &l, err));
	c->still = still;
	free(ids);
	return ok && apply_list(s, c, list, err) && move_on(s, c, entries, err);
}
