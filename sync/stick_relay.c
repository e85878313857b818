/* The township's computer passes on to the county what vans bring by stick.  There is no second way of sending: what came is
 * taken in like from any other device, and the next round with the county sends it.  Here is the way back: for each record
 * of a peer the county's word goes into the return file, as the document that the county has, with its version; the peer
 * takes that as it would take the county's own answer.
 *
 * The peer's rows for the county are `exported` meanwhile: should it come online first, the county is asked before anything
 * is sent. */
#include "sync/stick_int.h"

#include "app/base/i18n.h"
#include "db/stmt.h"
#include "sync/fhir/doc.h"

enum { COUNTY = 1, PAGE = 200 };

/* ---- at the peer: going out ------------------------------------------------------------------------------------------ */

bool county_exported(struct app *app, int64_t record, struct err *err)
{
	struct held_version v;
	struct out_row row;

	if (!store_newest(app, COUNTY, record, &row, err))
		return false;
	if (!row.seq || row.state != OUTBOX_PENDING)
		return true;
	return version_load(app, COUNTY, record, ROLE_MAIN, &v, err) && entries_drop(app, row.seq, err) &&
		entry_add(app, row.seq, ROLE_MAIN, 0, v.known ? v.version : NULL, err) &&
		store_move(app, &row, OUTBOX_EXPORTED, NULL, err);
}

bool stick_county_exported(struct stick *st, int64_t record, struct err *err)
{
	return !st->peer.relay || county_exported(st->sync.app, record, err);
}

/* ---- at the relay ------------------------------------------------------------------------------------------------------ */

bool stick_receipt_note(struct stick *st, int64_t record, bool once, struct err *err)
{
	struct stmt *q = stmt_get(st->sync.app->db, once ? "stick_receipt_once" : "stick_receipt_add");

	stmt_bind_int(q, "remote", st->peer.remote);
	stmt_bind_int(q, "record", record);
	return stmt_run(q, err);
}

void county_word_read(struct stmt *q, struct arena *mem, struct county_word *out)
{
	*out = (struct county_word){ .record = stmt_int(q, 0), .state = (enum outbox_state)stmt_int(q, 1),
		.kind = (enum kind_id)stmt_int(q, 3) };
	out->outcome = arena_strdup(mem, stmt_text(q, 2) ? stmt_text(q, 2) : "");
	out->theirs = stmt_text(q, 5) ? arena_strdup(mem, stmt_text(q, 5)) : NULL;
	snprintf(out->id, sizeof(out->id), "%s", stmt_text(q, 4));
}

static bool read_receipts(struct stick *st, int64_t after, struct arena *mem, struct county_word *out, size_t *n,
	struct err *err)
{
	AUTO_STMT struct stmt *q = stmt_get(st->sync.app->db, "stick_receipts");
	bool row;

	stmt_bind_int(q, "remote", st->peer.remote);
	stmt_bind_int(q, "after", after);
	stmt_bind_int(q, "limit", PAGE);
	for (*n = 0; stmt_step(q, &row, err);) {
		if (!row || *n == PAGE)
			return true;
		county_word_read(q, mem, &out[(*n)++]);
	}
	return false;
}

static void set_version(struct json_object *doc, const char *version)
{
	struct json_object *meta = json_dict(doc, "meta");

	if (!meta) {
		meta = json_object_new_object();
		json_object_object_add(doc, "meta", meta);
	}
	json_object_object_del(meta, "versionId");
	json_set_text(meta, "versionId", version);
}

/* What the county has: the document kept from there, else as our encoder writes that revision. */
static bool county_document(struct sync *s, const struct county_word *r, struct json_object **out, struct err *err)
{
	AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
	struct held_version v;

	*out = NULL;
	if (r->theirs)
		return json_parse(r->theirs, strlen(r->theirs), NULL, out, err);
	if (!version_load(s->app, COUNTY, r->record, ROLE_MAIN, &v, err))
		return false;
	if (!v.known) /* acknowledged, and then the server was made anew: it will be sent again */
		return true;
	if (!kept_load(s->app, COUNTY, r->record, ROLE_MAIN, out, err))
		return false;
	if (!*out) {
		if (!encode_revision(s, r->record, v.revision, &set, err))
			return false;
		*out = json_object_get(set.r[0].doc);
	}
	set_version(*out, v.version);
	return true;
}

/* The vector of what it says lets the peer find the version of its own that it began with. */
bool county_word_doc(struct sync *s, const struct county_word *r, struct json_object **out, struct err *err)
{
	struct held_version held;
	struct vector v;

	if (!county_document(s, r, out, err))
		return false;
	if (!*out || r->theirs)
		return true;
	if (!version_load(s->app, COUNTY, r->record, ROLE_MAIN, &held, err) ||
		!record_vector(s->app, r->record, held.revision, &v, NULL, err))
		return false;
	vector_put_into(*out, &v);
	return true;
}

static bool res_line(struct stick *st, const struct county_word *r, struct sbuf *line, struct err *err)
{
	AUTO_JSON struct json_object *doc = NULL;

	if (!county_word_doc(&st->sync, r, &doc, err))
		return false;
	if (!doc)
		return true;
	sbuf_adds(line, "{\"res\":{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[{\"resource\":");
	json_write(line, doc);
	sbuf_adds(line, "}]}}");
	return true;
}

static void refusal_line(const struct county_word *r, struct sbuf *line)
{
	AUTO_JSON struct json_object *o = json_object_new_object();
	struct json_object *ack = json_object_new_object();

	json_set_text(ack, "kind", kind_by_id(r->kind)->name);
	json_set_text(ack, "id", r->id);
	json_set_text(ack, "status", "rejected");
	json_set_text(ack, "outcome", r->outcome);
	json_object_object_add(o, "ack", ack);
	json_write(line, o);
}

bool stick_receipts_write(struct stick *st, struct cbx_writer *w, int64_t *lines, struct err *err)
{
	int64_t after = 0;
	size_t n;

	do {
		AUTO_ARENA struct arena mem = { 0 };
		struct county_word r[PAGE];

		if (!read_receipts(st, after, &mem, r, &n, err))
			return false;
		for (size_t i = 0; i < n; i++) {
			AUTO_SBUF struct sbuf line = SBUF_INIT;

			after = r[i].record;
			if (r[i].state == OUTBOX_REJECTED)
				refusal_line(&r[i], &line);
			else if (!res_line(st, &r[i], &line, err))
				return false;
			if (line.len && !cbx_line(w, line.s, line.len, err))
				return false;
			*lines += line.len > 0;
		}
	} while (n == PAGE);
	return true;
}

/* ---- at the peer: coming back ------------------------------------------------------------------------------------------ */

bool stick_is_receipt(const struct json_object *line)
{
	return json_dict(line, "res") || json_dict(line, "ack");
}

/* One row: what stood behind it is pending then, and may be known there as well. */
static bool acknowledge_one(struct sync *county, int64_t record, int64_t upto, bool *any, struct err *err)
{
	struct stmt *q = stmt_get(county->app->db, "stick_exported");
	AUTO_ROWS struct out_rows rows = { 0 };

	stmt_bind_int(q, "record", record);
	stmt_bind_int(q, "remote", COUNTY);
	stmt_bind_int(q, "revision", upto);
	if (!store_read(q, &rows, err))
		return false;
	*any = rows.n > 0;
	return !*any || row_ack(county, &rows.r[0], err);
}

/* What the county has of ours is acknowledged, be it that we have gone on since. */
static bool acknowledge(struct sync *county, int64_t record, const struct vector *v, struct err *err)
{
	int64_t common;
	bool any = true;

	if (!v->n || !record_common(county->app, record, v, &common, err) || !common)
		return !v->n || !common;
	while (any)
		if (!acknowledge_one(county, record, common, &any, err))
			return false;
	return true;
}

bool county_word_take(struct sync *county, struct work *w, struct json_object *doc, bool *changed, struct err *err)
{
	struct vector v = { .n = 0 };
	enum kind_id kind;
	char variant[16];
	bool has, ok;
	int64_t row;

	*changed = false;
	if (!stick_take_vector(doc, &v, &has, err))
		return false;
	if (!fhir_recognise(doc, &kind, variant, sizeof(variant)) || !doc_version(doc))
		return true;
	county->hint = &v;
	ok = apply_resource(county, w, doc, changed, err);
	county->hint = NULL;
	row = record_row(county->app, kind, json_text(doc, "id"));
	return ok && (!row || acknowledge(county, row, &v, err));
}

static bool take_document(struct stick *st, struct work *w, struct json_object *doc, struct stick_read *f, struct err *err)
{
	bool changed;

	if (!county_word_take(&st->county, w, doc, &changed, err))
		return false;
	f->changed += changed;
	return true;
}

bool county_word_refused(struct app *app, const char *kind_name, const char *id, const char *outcome, struct err *err)
{
	const struct kind *kind = kind_name ? kind_by_name(kind_name) : NULL;
	int64_t record = kind && id ? record_row(app, kind->id, id) : 0;
	struct out_row row;

	if (!record || !store_newest(app, COUNTY, record, &row, err))
		return !record;
	return row.state != OUTBOX_EXPORTED || store_move(app, &row, OUTBOX_REJECTED, outcome ? outcome : "", err);
}

static bool take_refusal(struct stick *st, const struct json_object *ack, struct err *err)
{
	return county_word_refused(st->sync.app, json_text(ack, "kind"), json_text(ack, "id"), json_text(ack, "outcome"), err);
}

bool stick_receipt_read(struct stick *st, struct work *w, const struct json_object *line, struct stick_read *f,
	struct err *err)
{
	struct json_object *entries = json_array(json_dict(line, "res"), "entry");
	int64_t before = st->figures.pushed;
	bool ok = true;

	for (size_t i = 0; ok && i < json_count(entries); i++) {
		struct json_object *doc = json_dict(json_object_array_get_idx(entries, i), "resource");

		ok = !doc || take_document(st, w, doc, f, err);
	}
	if (ok && json_dict(line, "ack"))
		ok = take_refusal(st, json_dict(line, "ack"), err);
	f->at_county += st->figures.pushed - before;
	st->sync.app->origin = 0;
	return ok;
}
