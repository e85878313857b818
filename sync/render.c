/* An outbox row's revision as FHIR resources: what our encoder says, grafted onto what others wrote, less what the
 * server has already. */
#include "sync/scope.h"

#include "db/stmt.h"
#include "sync/fhir/doc.h"

void item_release(struct item *it)
{
	fhir_set_release(&it->set);
}

struct fhir_resource *set_role(struct fhir_set *set, unsigned role)
{
	for (size_t i = 0; i < set->n; i++)
		if (set->r[i].role == role)
			return &set->r[i];
	return NULL;
}

bool kind_of_type(const char *type, enum kind_id *kind)
{
	for (int k = 1; k < KIND_MAX; k++)
		if (strcmp(fhir_main_type((enum kind_id)k), type) == 0) {
			*kind = (enum kind_id)k;
			return true;
		}
	return false;
}

int64_t row_of_type(const struct sync *s, const char *type, const char *id, enum kind_id *kind)
{
	int64_t row = 0;

	if (!kind_of_type(type, kind))
		return 0;
	for (int k = (int)*kind; k < KIND_MAX && !row; k++) {
		row = strcmp(fhir_main_type((enum kind_id)k), type) == 0 ? record_row(s->app, (enum kind_id)k, id) : 0;
		*kind = row ? (enum kind_id)k : *kind;
	}
	return row;
}

void sync_region(struct sync *s)
{
	if (strlen(s->app->clinic.region) >= 9)
		snprintf(s->region, sizeof(s->region), "%.9s", s->app->clinic.region);
}

/* Why it is void or merged, as somebody said when it came to be that. */
static bool reason_of(struct sync *s, int64_t record, int64_t revision, const struct record *rec, struct arena *mem,
	const char **out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_reason");
	bool row;

	*out = NULL;
	if (rec->meta.state == RECORD_ACTIVE)
		return true;
	stmt_bind_int(st, "record", record);
	stmt_bind_int(st, "revision", revision);
	if (!stmt_step(st, &row, err))
		return false;
	if (row && stmt_text(st, 0))
		*out = arena_strdup(mem, stmt_text(st, 0));
	return true;
}

static bool encode_with(struct sync *s, int64_t record, int64_t revision, struct fhir_set *out, struct scope *scope,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct fhir_options o;
	const char *reason;
	struct record *rec;
	enum kind_id kind;

	if (!record_load_revision(s->app, record, revision, &mem, &rec, &kind, err) ||
		!scope_of_revision(s, kind, rec, record, revision, scope, err) ||
		!reason_of(s, record, revision, rec, &mem, &reason, err))
		return false;
	o = scope_encoding(s, scope);
	o.reason = reason;
	fhir_encode(kind, rec, &o, out);
	return true;
}

bool encode_revision(struct sync *s, int64_t record, int64_t revision, struct fhir_set *out, struct err *err)
{
	struct scope scope;

	return encode_with(s, record, revision, out, &scope, err);
}

/* What the record said when both sides were equal: the base of grafts, made when it is needed. */
struct before {
	struct fhir_set set;
	bool made;
};

static bool before_make(struct sync *s, const struct item *it, struct before *b, struct err *err)
{
	if (b->made || !it->held[0].known || it->held[0].revision < 1)
		return true;
	b->made = true;
	return encode_revision(s, it->row.record, it->held[0].revision, &b->set, err);
}

/* The server's own marks are not ours to send back. */
static void drop_server_meta(struct json_object *doc)
{
	struct json_object *meta = json_dict(doc, "meta");

	if (!meta)
		return;
	json_object_object_del(meta, "versionId");
	json_object_object_del(meta, "lastUpdated");
	json_object_object_del(meta, "source");
	if (!json_object_object_length(meta))
		json_object_object_del(doc, "meta");
}

/* Puts our edit into the document that others wrote into. */
static bool graft_kept(struct sync *s, struct item *it, size_t i, const struct scope *scope, struct before *b, struct err *err)
{
	struct fhir_resource *r = &it->set.r[i], *was;
	AUTO_JSON struct json_object *kept = NULL;
	struct json_object *grafted;

	if (!it->held[i].known || !kept_load(s->app, s->remote.id, it->row.record, r->role, &kept, err))
		return !it->held[i].known;
	if (!kept)
		return true;
	if (!before_make(s, it, b, err))
		return false;
	was = set_role(&b->set, r->role);
	grafted = doc_graft(was ? was->doc : NULL, r->doc, kept);
	drop_server_meta(grafted);
	scope_mark(grafted, scope, kept);
	json_object_put(r->doc);
	r->doc = grafted;
	return true;
}

static void add_gone(struct item *it, const struct fhir_resource *was)
{
	if (!was || set_role(&it->set, was->role) || it->set.n == FHIR_SET_MAX)
		return;
	it->gone[it->set.n] = true;
	it->set.r[it->set.n] = *was;
	it->set.r[it->set.n].doc = doc_copy(was->doc);
	fhir_withdraw(it->set.r[it->set.n++].doc);
}

/* Resources that the record had and has no more (an allergy struck out): withdrawn, not deleted.  Of a record made
 * elsewhere they are those of the version before; whether they exist is asked. */
static bool add_withdrawn(struct sync *s, struct item *it, struct before *b, struct err *err)
{
	unsigned roles[FHIR_SET_MAX];
	size_t n = FHIR_SET_MAX;
	bool missing = it->held[0].elsewhere;

	if (!version_roles(s->app, s->remote.id, it->row.record, roles, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		missing |= !set_role(&it->set, roles[i]);
	if (!missing)
		return true;
	if (!before_make(s, it, b, err))
		return false;
	for (size_t i = 0; i < n; i++)
		add_gone(it, set_role(&b->set, roles[i]));
	for (size_t i = 0; it->held[0].elsewhere && i < b->set.n; i++)
		add_gone(it, &b->set.r[i]);
	return true;
}

static bool load_versions(struct sync *s, struct item *it, struct err *err)
{
	for (size_t i = 0; i < it->set.n; i++)
		if (!version_load(s->app, s->remote.id, it->row.record, it->set.r[i].role, &it->held[i], err))
			return false;
	return true;
}

/* The server holds a later version of ours already, by way of another computer: an older one is not put over it. */
static bool is_passed(const struct item *it)
{
	return it->held[0].known && it->held[0].revision > it->row.revision;
}

static void weigh(struct item *it)
{
	it->n_sends = it->bytes = 0;
	it->lacks = false;
	for (size_t i = 0; i < it->set.n; i++) {
		const struct held_version *h = &it->held[i];
		AUTO_SBUF struct sbuf text = SBUF_INIT;

		it->hash[i] = fhir_hash(it->set.r[i].doc);
		if (is_passed(it))
			continue;
		it->sends[i] = h->known ? h->hash != it->hash[i] : !it->gone[i]; /* what never was need not be withdrawn */
		it->lacks |= it->held[0].elsewhere && !h->known;
		if (!it->sends[i])
			continue;
		json_write(&text, it->set.r[i].doc);
		it->bytes += text.len + 200;
		it->n_sends++;
	}
}

/* Does it refer to another of its set that is not there yet and stays behind? */
static bool refers_behind(const struct item *it, struct json_object *node, const bool *goes)
{
	if (json_object_is_type(node, json_type_array)) {
		for (size_t i = 0; i < json_count(node); i++)
			if (refers_behind(it, json_object_array_get_idx(node, i), goes))
				return true;
	} else if (json_object_is_type(node, json_type_object)) {
		const char *ref = json_text(node, "reference"), *slash = ref ? strchr(ref, '/') : NULL;

		for (size_t i = 0; slash && i < it->set.n; i++)
			if (it->sends[i] && !it->held[i].known && !goes[i] && strcmp(it->set.r[i].id, slash + 1) == 0)
				return true;
		json_object_object_foreach(node, key, value) {
			(void)key;
			if (refers_behind(it, value, goes))
				return true;
		}
	}
	return false;
}

/* A server that gives its own ids takes few at once: those first to which the others refer. */
static void cut_to_few(struct item *it, size_t most)
{
	bool goes[FHIR_SET_MAX] = { false };
	size_t n = 0, before;

	do {
		before = n;
		for (size_t i = 0; i < it->set.n && n < most; i++)
			if (it->sends[i] && !goes[i] && !refers_behind(it, it->set.r[i].doc, goes)) {
				goes[i] = true;
				n++;
			}
	} while (n < most && n > before);
	for (size_t i = 0; i < it->set.n; i++)
		it->sends[i] = goes[i];
	it->n_sends = n;
	it->partial = true;
}

bool item_render(struct sync *s, const struct out_row *row, struct item *out, struct err *err)
{
	struct before b = { .made = false };
	struct scope scope;
	bool ok;

	*out = (struct item){ .row = *row, .revision = row->revision };
	ok = encode_with(s, row->record, row->revision, &out->set, &scope, err) && load_versions(s, out, err) &&
		add_withdrawn(s, out, &b, err) && load_versions(s, out, err);
	for (size_t i = 0; ok && i < out->set.n; i++)
		ok = graft_kept(s, out, i, &scope, &b, err);
	if (ok)
		weigh(out);
	if (ok && s->remote.posts && out->n_sends > (size_t)s->remote.max_entries)
		cut_to_few(out, (size_t)s->remote.max_entries);
	fhir_set_release(&b.set);
	if (!ok)
		item_release(out);
	return ok;
}
