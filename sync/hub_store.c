/* Documents of the hub <-> rows. */
#include "db/stmt.h"
#include "sync/hub_int.h"

void hub_doc_release(struct hub_doc *d)
{
	json_object_put(d->doc);
	d->doc = NULL;
}

static void set_meta(struct hub_doc *d)
{
	struct json_object *meta = json_dict(d->doc, "meta");
	char text[CLOCK_LEN];

	if (!meta) {
		meta = json_object_new_object();
		json_object_object_add(d->doc, "meta", meta);
	}
	snprintf(text, sizeof text, "%lld", (long long)d->version);
	json_set_text(meta, "versionId", text);
	json_set_text(meta, "lastUpdated", clock_utc(d->updated, text));
}

static const struct json_limits stored = { HUB_BODY_MAX, 64, 1u << 20, HUB_BODY_MAX };

/* Columns: ..., version, updated, doc. */
static bool read_doc(struct stmt *st, struct hub_doc *d, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const void *blob;
	size_t n;

	d->version = stmt_int(st, 1);
	d->updated = stmt_int(st, 2);
	blob = stmt_blob(st, 3, &n);
	if (!after_image_open(blob, n, &text, err) || !json_parse(text.s, text.len, &stored, &d->doc, err))
		return false;
	set_meta(d);
	return true;
}

bool hub_load(struct app *app, const char *type, const char *id, int64_t version, struct hub_doc *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, version ? "hub_version_read" : "hub_newest");
	bool row;

	*out = (struct hub_doc){ .version = 0 };
	stmt_bind_text(st, "rtype", type);
	stmt_bind_text(st, "id", id);
	stmt_bind_int(st, "version", version);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return true;
	snprintf(out->id, sizeof out->id, "%s", id);
	return read_doc(st, out, err);
}

/* ---- writing --------------------------------------------------------------------------------------------------------- */

static void tags_of(const struct json_object *doc, struct sbuf *out)
{
	struct json_object *tags = json_array(json_dict(doc, "meta"), "tag");

	for (size_t i = 0; i < json_count(tags); i++) {
		const struct json_object *tag = json_object_array_get_idx(tags, i);
		const char *system = json_text(tag, "system"), *code = json_text(tag, "code");

		if (code)
			sbuf_addf(out, " %s|%s ", system ? system : "", code);
	}
}

/* The store's clock never stands still and never goes back: one writer at a time gives out its numbers, so a reader who
 * has seen one of them has seen all before it. */
static bool next_time(struct app *app, int64_t *out, struct err *err)
{
	int64_t now = clock_now(&app->clock), last;

	if (!stmt_value(stmt_get(app->db, "hub_updated_last"), &last, 0, err))
		return false;
	*out = now > last ? now : last + 1;
	return true;
}

static bool add(struct app *app, const char *type, const struct hub_doc *d, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "hub_add");
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_SBUF struct sbuf tags = SBUF_INIT;
	AUTO_SBUF struct sbuf packed = SBUF_INIT;

	json_write(&text, d->doc);
	tags_of(d->doc, &tags);
	after_image_pack(app, text.s, text.len, &packed);
	stmt_bind_text(st, "rtype", type);
	stmt_bind_text(st, "id", d->id);
	stmt_bind_int(st, "version", d->version);
	stmt_bind_int(st, "updated", d->updated);
	stmt_bind_text(st, "tags", tags.s);
	stmt_bind_blob(st, "doc", packed.s, packed.len);
	return stmt_run(st, err);
}

bool hub_store(struct app *app, const char *type, const char *id, struct json_object *doc, int64_t before,
	struct hub_doc *out, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "hub_not_newest");

	*out = (struct hub_doc){ .version = before + 1, .made = !before, .doc = json_object_get(doc) };
	snprintf(out->id, sizeof out->id, "%s", id);
	stmt_bind_text(st, "rtype", type);
	stmt_bind_text(st, "id", id);
	if (!stmt_run(st, err) || !next_time(app, &out->updated, err) || !add(app, type, out, err))
		return false;
	set_meta(out);
	return true;
}

/* ---- lists ----------------------------------------------------------------------------------------------------------- */

static void bind_window(struct stmt *st, const char *type, const struct hub_window *w)
{
	stmt_bind_text(st, "rtype", type);
	stmt_bind_int(st, "from", w->from);
	stmt_bind_int(st, "to", w->to);
	stmt_bind_text(st, "tag", w->tag);
	stmt_bind_text(st, "id", w->id);
	stmt_bind_int(st, "limit", w->limit);
}

bool hub_list(struct app *app, const char *statement, const char *type, const struct hub_window *w,
	bool (*each)(void *ctx, struct hub_doc *d), void *ctx, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, statement);
	bool row;

	bind_window(st, type, w);
	while (stmt_step(st, &row, err)) {
		struct hub_doc d = { .version = 0 };
		bool ok, more = false;

		if (!row)
			return true;
		snprintf(d.id, sizeof d.id, "%s", stmt_text(st, 0));
		ok = read_doc(st, &d, err);
		if (ok)
			more = each(ctx, &d);
		hub_doc_release(&d);
		if (!ok || !more)
			return ok;
	}
	return false;
}

bool hub_total(struct app *app, const char *type, const struct hub_window *w, int64_t *out, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "hub_count");

	bind_window(st, type, w);
	return stmt_value(st, out, 0, err);
}

bool hub_newest_seq(struct app *app, int64_t *out, struct err *err)
{
	return stmt_value(stmt_get(app->db, "hub_last_seq"), out, 0, err);
}
