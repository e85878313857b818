/* What is written before a bundle is sent, and when it has arrived: one short transaction each. */
#include "sync/backfill.h"
#include "sync/push_int.h"

#include "app/base/sha1.h"

#include "db/stmt.h"
#include "sync/fhir/doc.h"
#include "sync/idmap.h"

/* What the row says, for comparing a later rendering with the frozen one. */
static void row_sha(const struct item *it, uint8_t out[SHA1_BYTES])
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	for (size_t i = 0; i < it->set.n; i++)
		if (it->sends[i])
			json_write(&text, it->set.r[i].doc);
	sha1(text.s, text.len, out);
}

bool author_put(struct sync *s, int64_t record, int64_t revision, struct json_object *doc, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_author");
	bool row;

	stmt_bind_int(st, "record", record);
	stmt_bind_int(st, "revision", revision);
	if (!stmt_step(st, &row, err))
		return false;
	fhir_set_author(doc, row ? stmt_text(st, 0) : NULL);
	return true;
}

/* Beside the stamp, which names its author's own versions and no more: whose else he had before him, who saved it, for whoever has
 * to decide between his version and theirs, and the seal on all of it.  A server may take a late copy of an earlier version, and
 * only by what he had before him does anybody know that what was written upon that was not written upon ours. */
static bool put_marks(struct sync *s, struct item *it, struct err *err)
{
	struct fhir_resource *main_one = set_role(&it->set, ROLE_MAIN);
	struct vector v;

	if (!main_one)
		return true;
	if (!record_vector(s->app, it->row.record, it->row.revision, &v, NULL, err))
		return false;
	if (v.n > 1)
		vector_put_into(main_one->doc, &v);
	if (!author_put(s, it->row.record, it->row.revision, main_one->doc, err))
		return false;
	fhir_seal(main_one->doc);
	return true;
}

static bool freeze_item(struct push *p, struct item *it, struct err *err)
{
	struct app *app = p->s->app;
	uint8_t sha[SHA1_BYTES];

	if (!it->n_sends) /* the server has all of it */
		return row_ack(p->s, &it->row, err);
	if (!stamp_for(p->s, &it->row, it->row.stamp, err))
		return false;
	for (size_t i = 0; i < it->set.n; i++)
		if (it->sends[i])
			fhir_set_stamp(it->set.r[i].doc, it->row.stamp);
	if (!put_marks(p->s, it, err))
		return false;
	row_sha(it, sha);
	if (!entries_drop(app, it->row.seq, err) || !store_move(app, &it->row, OUTBOX_SENDING, NULL, err) ||
		!row_freeze(app, &it->row, p->batch, sha, sizeof(sha), err))
		return false;
	for (size_t i = 0; i < it->set.n; i++)
		if (it->sends[i] && !entry_add(app, it->row.seq, it->set.r[i].role, it->hash[i],
					it->held[i].known ? it->held[i].version : NULL, err))
			return false;
	return true;
}

/* Since a bundle was rendered somebody may have saved: the row names that version now, and the older one must not pass for it. */
static bool has_moved(struct push *p, const struct bundle *b, bool *moved, struct err *err)
{
	*moved = false;
	for (size_t i = 0; i < b->n && !*moved; i++) {
		struct stmt *st = stmt_get(p->s->app->db, "sync_has_moved");

		stmt_bind_int(st, "seq", b->items[i]->row.seq);
		stmt_bind_int(st, "revision", b->items[i]->row.revision);
		if (!stmt_yes(st, moved, err))
			return false;
	}
	return true;
}

bool push_freeze(struct push *p, struct bundle *b, bool *moved, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	ids_new(&p->s->app->ids, p->batch);
	if (!work_begin(&w, p->s->app, err) || !has_moved(p, b, moved, err))
		return false;
	if (*moved)
		return true;
	if (b->entries && !batch_add(p->s, p->batch, err))
		return false;
	for (size_t i = 0; i < b->n; i++)
		if (!freeze_item(p, b->items[i], err))
			return false;
	return sync_alive(p->s, "freeze", err) && work_commit(&w, err);
}

bool push_move(struct push *p, struct bundle *b, enum outbox_state to, int64_t ask_after, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	if (!sync_alive(p->s, "move", err) || !work_begin(&w, p->s->app, err))
		return false;
	for (size_t i = 0; i < b->n; i++)
		if (b->items[i]->row.state == OUTBOX_SENDING && !store_move(p->s->app, &b->items[i]->row, to, NULL, err))
			return false;
	if (ask_after && !batch_ask_after(p->s, p->batch, ask_after, err))
		return false;
	return work_commit(&w, err);
}

/* ---- a good answer ------------------------------------------------------------------------------------------------ */

/* The version from ".../_history/3", else from the etag W/"3" (a proxy may have rewritten that). */
static bool version_of(const struct json_object *response, char *out, size_t size)
{
	const char *location = json_text(response, "location"), *etag = json_text(response, "etag");
	const char *at = location ? strstr(location, "/_history/") : NULL;

	if (at)
		snprintf(out, size, "%.*s", (int)strcspn(at + 10, "/?"), at + 10);
	else if (etag && (at = strchr(etag, '"')))
		snprintf(out, size, "%.*s", (int)strcspn(at + 1, "\""), at + 1);
	else
		return false;
	return *out && out[strspn(out, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.")] == '\0';
}

bool push_is_complete(const struct json_object *answer, size_t entries)
{
	const char *type = json_text(answer, "type");
	struct json_object *list = json_array(answer, "entry");
	char version[SYNC_VERSION_LEN];

	if (!type || strcmp(type, "transaction-response") != 0 || json_count(list) != entries)
		return false;
	for (size_t i = 0; i < entries; i++) {
		struct json_object *r = json_member(json_object_array_get_idx(list, i), "response");
		const char *status = json_text(r, "status");

		if (!status || status[0] != '2' || !version_of(r, version, sizeof(version)))
			return false;
	}
	return true;
}

/* The id that the server gave.  One that was there already is somebody's, perhaps ours: it is read before it counts. */
static bool learn_id(struct sync *s, struct item *it, size_t i, const struct json_object *response, struct err *err)
{
	const struct fhir_resource *r = &it->set.r[i];
	const char *location = json_text(response, "location"), *at = location ? strstr(location, r->type) : NULL;
	size_t n = strlen(r->type);
	char id[RECORD_ID_MAX + 1];

	it->matched |= strncmp(json_text(response, "status"), "201", 3) != 0;
	if (!at || at[n] != '/' || sscanf(at + n + 1, "%64[A-Za-z0-9.-]", id) != 1) {
		it->matched = true;
		return true;
	}
	return idmap_learn(s, r->type, r->id, id, err);
}

static bool ack_resource(struct sync *s, struct item *it, size_t i, const struct json_object *response, struct err *err)
{
	struct held_version v = it->held[i];
	AUTO_JSON struct json_object *kept = NULL;

	if (s->remote.posts && !v.known && !learn_id(s, it, i, response, err))
		return false;
	if (it->matched)
		return true;
	if (it->set.r[i].role == ROLE_MAIN && !arrival_by_us(s, &it->row, err))
		return false;
	v.hash = it->hash[i];
	v.revision = it->row.revision;
	version_mark(&v, it->set.r[i].role, it->row.stamp, true);
	version_of(response, v.version, sizeof(v.version));
	if (!kept_load(s->app, s->remote.id, it->row.record, it->set.r[i].role, &kept, err))
		return false;
	if (kept && !kept_store(s->app, s->remote.id, it->row.record, it->set.r[i].role, it->set.r[i].doc, err))
		return false;
	return version_store(s->app, s->remote.id, it->row.record, it->set.r[i].role, &v, err);
}

static bool advance(struct push *p, struct item *it, struct err *err)
{
	p->matched |= it->matched;
	if (it->matched)
		return store_move(p->s->app, &it->row, OUTBOX_UNKNOWN, NULL, err);
	if (it->partial)
		return store_move(p->s->app, &it->row, OUTBOX_PENDING, NULL, err);
	return row_ack(p->s, &it->row, err);
}

bool push_ack(struct push *p, struct bundle *b, const struct json_object *answer, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct json_object *list = json_array(answer, "entry");
	size_t n = 0;

	if (!sync_alive(p->s, "ack", err) || !work_begin(&w, p->s->app, err))
		return false;
	for (size_t i = 0; i < b->n; i++) {
		struct item *it = b->items[i];

		if (it->row.state != OUTBOX_SENDING)
			continue;
		for (size_t j = 0; j < it->set.n; j++)
			if (it->sends[j] && !ack_resource(p->s, it, j,
						json_member(json_object_array_get_idx(list, n++), "response"), err))
				return false;
		if (!advance(p, it, err))
			return false;
	}
	return work_commit(&w, err);
}
