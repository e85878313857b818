/* Rows whose answer was lost.  They are never sent again blindly: the server is asked what it has.  Our stamp and our
 * content there: acknowledged.  Nothing, or the version that we meant to replace: pending again.  Something else, even
 * with our stamp (others edit and keep what they do not know): our version may stand in its history, then it is
 * acknowledged and the newer one comes with the download; if not, the merge path decides. */
#include "sync/backfill.h"
#include "sync/history.h"

#include "app/base/i18n.h"
#include "sync/fhir/doc.h"

/* One entry of an unknown row. */
struct asked {
	struct sent_entry sent;
	const char *type;
	char id[RECORD_ID_MAX + 1];
	bool found, ours, base; /* it is there; with our stamp; still the version that we replaced */
	char version[SYNC_VERSION_LEN];
	struct json_object *doc; /* as it is there now */
	struct json_object *versions; /* and was before; NULL: not asked */
};

struct question {
	struct out_row row;
	struct asked entry[FHIR_SET_MAX];
	size_t n;
	bool unread; /* what is there cannot be read: its fate stays open */
};

enum { AT_ONCE = 5000 }; /* rows */

struct questions {
	struct question *q;
	size_t n;
};

static void release(struct questions *qs)
{
	for (size_t i = 0; i < qs->n; i++)
		for (size_t j = 0; j < qs->q[i].n; j++) {
			json_object_put(qs->q[i].entry[j].doc);
			json_object_put(qs->q[i].entry[j].versions);
		}
	free(qs->q);
	*qs = (struct questions){ 0 };
}

/* No mark is none of ours. */
static bool bears_mark_of(const struct json_object *doc, const struct question *q)
{
	const char *stamp = fhir_stamp_of(doc);

	return stamp && *stamp && strcmp(stamp, q->row.stamp) == 0;
}

/* A row that was asked for and not there says what has been saved since; another one may have brought what it said before.  Then
 * the mark that it was given is not that of its revision, and proves nothing. */
static bool drop_older_stamp(struct sync *s, struct out_row *row, struct err *err)
{
	char stamp[SYNC_STAMP_LEN];

	if (!*row->stamp)
		return true;
	if (!stamp_for(s, row, stamp, err))
		return false;
	if (strcmp(stamp, row->stamp) != 0)
		row->stamp[0] = '\0';
	return true;
}

static bool load(struct sync *s, const struct out_row *row, struct question *q, struct err *err)
{
	AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
	struct sent_entry sent[FHIR_SET_MAX];

	*q = (struct question){ .row = *row };
	if (!drop_older_stamp(s, &q->row, err) || !entries_of(s->app, row->seq, sent, &q->n, err) ||
		!encode_revision(s, row->record, row->revision, &set, err))
		return false;
	for (size_t i = 0; i < q->n; i++) {
		struct fhir_resource *r = set_role(&set, sent[i].role);

		q->entry[i].sent = sent[i];
		/* A withdrawn one is not in this revision any more; its type is found by asking for the main one's fate. */
		q->entry[i].type = r ? r->type : NULL;
		if (sent[i].role == ROLE_MAIN)
			snprintf(q->entry[i].id, sizeof(q->entry[i].id), "%s", row->id);
		else
			fhir_derived_id(row->id, sent[i].role, q->entry[i].id);
	}
	return true;
}

/* ---- asking ------------------------------------------------------------------------------------------------------- */

static bool on_doc(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	struct questions *qs = ctx;
	const char *id = json_text(doc, "id"), *type = json_text(doc, "resourceType");

	(void)s;
	(void)err;
	for (size_t i = 0; i < qs->n; i++)
		for (size_t j = 0; j < qs->q[i].n; j++) {
			struct asked *a = &qs->q[i].entry[j];

			if (!a->type || a->found || strcmp(a->id, id) != 0 || strcmp(a->type, type) != 0)
				continue;
			a->found = true;
			a->doc = json_object_get(doc);
			snprintf(a->version, sizeof(a->version), "%s", doc_version(doc) ? doc_version(doc) : "");
			a->ours = bears_mark_of(doc, &qs->q[i]) && fhir_hash(doc) == a->sent.hash;
			a->base = *a->sent.base && strcmp(a->sent.base, a->version) == 0;
		}
	return true;
}

static bool on_unread(struct sync *s, const char *id, void *ctx, struct err *err)
{
	struct questions *qs = ctx;

	(void)s;
	(void)err;
	for (size_t i = 0; i < qs->n; i++)
		for (size_t j = 0; j < qs->q[i].n; j++)
			qs->q[i].unread |= strcmp(qs->q[i].entry[j].id, id) == 0;
	return true;
}

/* One search for each type that any row sent. */
static bool ask_type(struct sync *s, struct questions *qs, const char *type, struct err *err)
{
	size_t n = 0, room = qs->n * FHIR_SET_MAX;
	const char **ids = xcalloc(room, sizeof(const char *));
	bool ok;

	for (size_t i = 0; i < qs->n; i++)
		for (size_t j = 0; j < qs->q[i].n; j++)
			if (qs->q[i].entry[j].type && strcmp(qs->q[i].entry[j].type, type) == 0)
				ids[n++] = qs->q[i].entry[j].id;
	ok = fetch_readable(s, type, ids, n, on_doc, on_unread, qs, err);
	free(ids);
	return ok;
}

static bool asked_before(const struct questions *qs, size_t i, size_t j)
{
	const char *type = qs->q[i].entry[j].type;

	for (size_t a = 0; a <= i; a++)
		for (size_t b = 0; b < (a == i ? j : qs->q[a].n); b++)
			if (qs->q[a].entry[b].type && strcmp(qs->q[a].entry[b].type, type) == 0)
				return true;
	return false;
}

static bool ask_all(struct sync *s, struct questions *qs, struct err *err)
{
	for (size_t i = 0; i < qs->n; i++)
		for (size_t j = 0; j < qs->q[i].n; j++)
			if (qs->q[i].entry[j].type && !asked_before(qs, i, j) &&
				!ask_type(s, qs, qs->q[i].entry[j].type, err))
				return false;
	return true;
}

/* Somebody wrote after us, or the server itself added something: the oldest version with our stamp is ours. */
static bool ask_history(struct sync *s, const struct question *q, struct asked *a, struct err *err)
{
	if (!history_of(s, q->row.record, a->type, a->id, &a->versions, err))
		return false;
	for (size_t i = 0; i < json_count(a->versions) && !a->ours; i++) {
		const struct json_object *doc = json_object_array_get_idx(a->versions, i);

		a->ours = bears_mark_of(doc, q);
		if (a->ours)
			snprintf(a->version, sizeof(a->version), "%s", doc_version(doc));
	}
	return true;
}

/* ---- judging ------------------------------------------------------------------------------------------------------ */

static bool landed(struct sync *s, const struct question *q, const struct asked *a, struct err *err)
{
	struct held_version v;
	AUTO_JSON struct json_object *kept = NULL;

	if ((a->sent.role == ROLE_MAIN && !arrival_by_us(s, &q->row, err)) ||
		!version_load(s->app, s->remote.id, q->row.record, a->sent.role, &v, err) ||
		!kept_load(s->app, s->remote.id, q->row.record, a->sent.role, &kept, err))
		return false;
	v.hash = a->sent.hash;
	v.revision = q->row.revision;
	version_mark(&v, a->sent.role, q->row.stamp, true);
	snprintf(v.version, sizeof(v.version), "%s", a->version);
	/* The document with others' elements is there as we sent it, unless somebody has written since: then the next
	 * download brings the newer one. */
	if (kept && a->doc && fhir_hash(a->doc) == a->sent.hash && !kept_store(s->app, s->remote.id, q->row.record,
								   a->sent.role, a->doc, err))
		return false;
	return version_store(s->app, s->remote.id, q->row.record, a->sent.role, &v, err);
}

/* It has to go again; but where somebody else made the resource that we meant to make (another device, whose word came here
 * by stick), theirs is merged first, and what is derived from it is looked up before it is sent. */
static bool again(struct sync *s, struct work *w, struct question *q, struct err *err)
{
	struct held_version v;
	bool changed;

	if (!store_move(s->app, &q->row, OUTBOX_PENDING, NULL, err))
		return false;
	for (size_t j = 0; j < q->n; j++) {
		struct asked *a = &q->entry[j];

		if (!a->found || a->ours || a->base || *a->sent.base)
			continue;
		if (a->sent.role != ROLE_MAIN) {
			if (!apply_derived(s, q->row.record, a->sent.role, a->doc, err))
				return false;
			continue;
		}
		if (!history_ground(s, a->versions, q->row.record, a->doc, err) ||
			!apply_resource(s, w, a->doc, &changed, err) ||
			!version_load(s->app, s->remote.id, q->row.record, ROLE_MAIN, &v, err))
			return false;
		s->figures->pulled += changed;
		v.elsewhere = true;
		if (v.known && !version_store(s->app, s->remote.id, q->row.record, ROLE_MAIN, &v, err))
			return false;
	}
	return true;
}

/* *told false: the server cannot tell what was there. */
static bool look_back(struct sync *s, const struct question *q, struct asked *a, bool *told, struct err *err)
{
	*told = true;
	if (a->type && a->found && !a->ours && !a->base) {
		if (!ask_history(s, q, a, err))
			return false;
		*told = a->versions != NULL;
	}
	return !*told || !a->found || a->ours || history_catch_up(s, a->doc, told, err);
}

static bool judge(struct sync *s, struct question *q, struct err *err)
{
	size_t ours = 0, known = 0;

	if (q->unread)
		return true;
	for (size_t j = 0; j < q->n; j++) {
		struct asked *a = &q->entry[j];
		bool told;

		if (!look_back(s, q, a, &told, err))
			return false;
		if (!told) /* its fate stays open */
			return true;
		ours += a->ours;
		known += a->type != NULL;
	}
	if (ours && ours < known) /* no transaction after all: what landed is noted, the rest goes again */
		log_warn("sync: %zu of %zu resources of one row landed", ours, known);
	{
		AUTO_WORK struct work w = { 0 };

		if (!work_begin(&w, s->app, err))
			return false;
		for (size_t j = 0; j < q->n; j++)
			if (q->entry[j].ours && !landed(s, q, &q->entry[j], err))
				return false;
		/* To a server that takes few at once it may have been a part: what is left is rendered again, and if that is
		 * nothing the row counts as arrived. */
		if (ours == known && known && !s->remote.posts ? !row_ack(s, &q->row, err) : !again(s, &w, q, err))
			return false;
		return work_commit(&w, err);
	}
}

/* An instant further off than we ever wait is from before the clock was set back. */
static bool is_time(const struct out_row *row, int64_t now)
{
	return row->ask_after <= now || row->ask_after > now + SYNC_ASK_AFTER_MS;
}

static bool ask_rows(struct sync *s, const struct out_rows *rows, struct err *err)
{
	int64_t now = clock_now(&s->app->clock);
	bool ok = true;

	for (size_t i = 0; ok && i < rows->n; i += 50) {
		struct questions qs = { .q = xcalloc(50, sizeof(struct question)) };

		for (size_t j = i; ok && j < rows->n && j < i + 50; j++)
			if (is_time(&rows->r[j], now))
				ok = load(s, &rows->r[j], &qs.q[qs.n++], err);
		ok = ok && ask_all(s, &qs, err);
		for (size_t j = 0; ok && j < qs.n; j++)
			ok = sync_alive(s, "judge", err) && judge(s, &qs.q[j], err);
		release(&qs);
	}
	return ok;
}

/* In pages: a stick may have brought a whole township whose fate at the county is not known. */
bool readback_all(struct sync *s, struct err *err)
{
	int64_t after = 0;
	size_t n;

	do {
		AUTO_ROWS struct out_rows rows = { 0 };

		if (!store_in_state(s, OUTBOX_UNKNOWN, after, AT_ONCE, &rows, err) || !ask_rows(s, &rows, err))
			return false;
		n = rows.n;
		after = n ? rows.r[n - 1].seq : after;
	} while (n);
	return true;
}

/* ---- derived resources that somebody else may have made ------------------------------------------------------------ */

static bool on_derived(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	struct bundle *b = ctx;
	const char *id = json_text(doc, "id");

	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 1; j < b->items[i]->set.n; j++) {
			AUTO_WORK struct work w = { 0 };

			if (strcmp(b->items[i]->set.r[j].id, id) != 0)
				continue;
			return work_begin(&w, s->app, err) &&
				apply_derived(s, b->items[i]->row.record, b->items[i]->set.r[j].role, doc, err) &&
				work_commit(&w, err);
		}
	return true;
}

/* Then the server's answer to our bundle tells that it is there. */
static bool pass_over(struct sync *s, const char *id, void *ctx, struct err *err)
{
	(void)s;
	(void)id;
	(void)ctx;
	(void)err;
	return true;
}

static bool lookup_type(struct sync *s, struct bundle *b, const char *type, struct err *err)
{
	const char **ids = xcalloc(b->n * FHIR_SET_MAX, sizeof(const char *));
	size_t n = 0;
	bool ok;

	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 1; j < b->items[i]->set.n; j++)
			if (b->items[i]->lacks && !b->items[i]->held[j].known &&
				strcmp(b->items[i]->set.r[j].type, type) == 0)
				ids[n++] = b->items[i]->set.r[j].id;
	ok = !n || fetch_readable(s, type, ids, n, on_derived, pass_over, b, err);
	free(ids);
	return ok;
}

static bool render_again(struct sync *s, struct bundle *b, struct err *err)
{
	b->entries = b->bytes = 0;
	for (size_t i = 0; i < b->n; i++) {
		struct out_row row = b->items[i]->row;

		if (b->items[i]->lacks) {
			item_release(b->items[i]);
			if (!item_render(s, &row, b->items[i], err))
				return false;
		}
		b->entries += b->items[i]->n_sends;
		b->bytes += b->items[i]->bytes;
	}
	return true;
}

bool lookup_missing(struct sync *s, struct bundle *b, struct err *err)
{
	static const char *const types[] = { "AllergyIntolerance", "FamilyMemberHistory", "PractitionerRole", "Condition",
		"Encounter", "Observation", "MedicationRequest", "Task" };
	bool lacks = false;

	for (size_t i = 0; i < b->n; i++)
		lacks |= b->items[i]->lacks;
	if (!lacks)
		return true;
	for (size_t i = 0; i < N_ELEMENTS(types); i++)
		if (!lookup_type(s, b, types[i], err))
			return false;
	return render_again(s, b, err);
}
