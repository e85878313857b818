#include "sync/idmap.h"

#include <ctype.h>

#include "app/base/i18n.h"
#include "db/stmt.h"
#include "sync/fhir/doc.h"

#define FULL_URLS "b3c0f0d2-3f0a-5b6e-8a41-6f7c3d2e1a90"

enum {
	ASK_AT_ONCE = SYNC_IDS_A_SEARCH,
	PAGES_MAX = 2 * ASK_AT_ONCE, /* of one question: no endless list */
};

/* ---- the table ---------------------------------------------------------------------------------------------------- */

static struct stmt *about(struct sync *s, const char *name, const char *type, const char *id)
{
	struct stmt *st = stmt_get(s->app->db, name);

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_text(st, "rtype", type);
	stmt_bind_text(st, "id", id);
	return st;
}

static bool look_up(struct sync *s, const char *name, const char *type, const char *id, char out[RECORD_ID_MAX + 1], bool *known,
	struct err *err)
{
	AUTO_STMT struct stmt *st = about(s, name, type, id);

	if (!stmt_step(st, known, err))
		return false;
	snprintf(out, RECORD_ID_MAX + 1, "%s", *known ? stmt_text(st, 0) : id);
	return true;
}

bool idmap_theirs(struct sync *s, const char *type, const char *id, char out[RECORD_ID_MAX + 1], bool *known, struct err *err)
{
	return look_up(s, "sync_id_theirs", type, id, out, known, err);
}

static bool ours_of(struct sync *s, const char *type, const char *theirs, char out[RECORD_ID_MAX + 1], bool *known,
	struct err *err)
{
	return look_up(s, "sync_id_ours", type, theirs, out, known, err);
}

static bool store(struct sync *s, const char *type, const char *id, const char *theirs, struct err *err)
{
	struct stmt *st = about(s, "sync_id_store", type, id);

	stmt_bind_text(st, "theirs", theirs);
	return stmt_run(st, err);
}

/* Two devices that made the same at the same time: everybody takes the one whose id is the smaller. */
static bool is_before(const char *a, const char *b)
{
	size_t x = strlen(a), y = strlen(b);

	return x != y ? x < y : strcmp(a, b) < 0;
}

bool idmap_learn(struct sync *s, const char *type, const char *id, const char *theirs, struct err *err)
{
	char now[RECORD_ID_MAX + 1];
	bool known;

	if (!idmap_theirs(s, type, id, now, &known, err))
		return false;
	if (known && (strcmp(now, theirs) == 0 || is_before(now, theirs)))
		return true;
	if (known) { /* what we knew of the other one is no version of this one */
		log_warn("sync: %s is there twice under one of our ids", type);
		if (!stmt_run(about(s, "sync_id_versions_drop", type, id), err))
			return false;
	}
	return store(s, type, id, theirs, err);
}

bool idmap_forget(struct sync *s, const char *id, struct err *err)
{
	return !s->remote.posts || stmt_run(about(s, "sync_id_forget", NULL, id), err);
}

/* ---- tokens --------------------------------------------------------------------------------------------------------- */

void idmap_token(const char *id, const char *bar, char out[IDMAP_TOKEN])
{
	snprintf(out, IDMAP_TOKEN, "%s%s%s", IDMAP_SYSTEM, bar, id);
}

/* Our id in an identifier of ours, or NULL. */
static const char *own_id(const struct json_object *identifier)
{
	const char *system = json_text(identifier, "system"), *value = json_text(identifier, "value");

	return system && value && strcmp(system, IDMAP_SYSTEM) == 0 && *value && strlen(value) <= RECORD_ID_MAX ? value : NULL;
}

static bool find_own(const struct json_object *doc, char out[RECORD_ID_MAX + 1])
{
	struct json_object *list = json_member(doc, "identifier");
	const char *id = NULL;

	if (json_object_is_type(list, json_type_object))
		id = own_id(list);
	for (size_t i = 0; !id && i < json_count(list); i++)
		id = own_id(json_object_array_get_idx(list, i));
	if (id)
		snprintf(out, RECORD_ID_MAX + 1, "%s", id);
	return id != NULL;
}

static void drop_own(struct json_object *doc)
{
	struct json_object *list = json_member(doc, "identifier");

	if (json_object_is_type(list, json_type_object) && own_id(list)) {
		json_object_object_del(doc, "identifier");
		return;
	}
	for (size_t i = 0; i < json_count(list); i++)
		if (own_id(json_object_array_get_idx(list, i)))
			json_object_array_del_idx(list, i--, 1);
	if (json_object_is_type(list, json_type_array) && !json_count(list))
		json_object_object_del(doc, "identifier");
}

static void add_own(struct json_object *doc, const char *type, const char *id)
{
	struct json_object *mine = json_object_new_object();

	json_set_text(mine, "system", IDMAP_SYSTEM);
	json_set_text(mine, "value", id);
	if (strcmp(type, "QuestionnaireResponse") != 0)
		doc_add(doc, "identifier", mine);
	else if (!json_member(doc, "identifier"))
		json_object_object_add(doc, "identifier", mine);
	else
		json_object_put(mine); /* it has room for one, and that is a stranger's: then the resource is, too */
}

/* ---- references ----------------------------------------------------------------------------------------------------- */

/* "Patient/7", also below the server's own address: type and id; false for what is none. */
static bool split(const struct sync *s, const char *ref, char type[64], char id[RECORD_ID_MAX + 1])
{
	size_t base = strlen(s->remote.base);
	int end = 0;

	if (strncmp(ref, s->remote.base, base) == 0 && ref[base] == '/')
		ref += base + 1;
	return isupper((unsigned char)*ref) && sscanf(ref, "%63[A-Za-z]/%64[A-Za-z0-9.-]%n", type, id, &end) == 2 && end > 0 &&
		(ref[end] == '\0' || strncmp(ref + end, "/_history/", 10) == 0);
}

struct walk {
	struct sync *s;
	bool (*each)(struct walk *w, struct json_object *node, const char *type, const char *id, struct err *err);
	const struct bundle *bundle;
	struct json_object *unknown; /* {"Type/id": null}: to be asked for */
};

static bool walk(struct walk *w, struct json_object *node, struct err *err)
{
	if (json_object_is_type(node, json_type_array)) {
		for (size_t i = 0; i < json_count(node); i++)
			if (!walk(w, json_object_array_get_idx(node, i), err))
				return false;
	} else if (json_object_is_type(node, json_type_object)) {
		const char *ref = json_text(node, "reference");
		char type[64], id[RECORD_ID_MAX + 1];

		json_object_object_foreach(node, key, value) {
			(void)key;
			if (!walk(w, value, err))
				return false;
		}
		if (ref && split(w->s, ref, type, id))
			return w->each(w, node, type, id, err);
	}
	return true;
}

static void set_reference(struct json_object *node, const char *text)
{
	json_object_object_del(node, "reference");
	json_set_text(node, "reference", text);
}

static void set_typed(struct json_object *node, const char *type, const char *id)
{
	char text[64 + RECORD_ID_MAX + 2];

	snprintf(text, sizeof(text), "%s/%s", type, id);
	set_reference(node, text);
}

/* ---- going out ------------------------------------------------------------------------------------------------------ */

static void full_url(const char *type, const char *id, char out[64])
{
	char name[64 + RECORD_ID_MAX + 2], made[UUID_LEN];

	snprintf(name, sizeof(name), "%s/%s", type, id);
	snprintf(out, 64, "urn:uuid:%s", uuid_valid(id) ? id : uuid5(FULL_URLS, name, made));
}

static bool is_made(const struct bundle *b, const char *type, const char *id)
{
	for (size_t i = 0; b && i < b->n; i++)
		for (size_t j = 0; j < b->items[i]->set.n; j++)
			if (b->items[i]->sends[j] && !b->items[i]->held[j].known && strcmp(b->items[i]->set.r[j].id, id) == 0 &&
				strcmp(b->items[i]->set.r[j].type, type) == 0)
				return true;
	return false;
}

static bool each_out(struct walk *w, struct json_object *node, const char *type, const char *id, struct err *err)
{
	char theirs[RECORD_ID_MAX + 1], url[64];
	bool known;

	if (is_made(w->bundle, type, id)) {
		full_url(type, id, url);
		set_reference(node, url);
		return true;
	}
	if (!idmap_theirs(w->s, type, id, theirs, &known, err))
		return false;
	if (known)
		set_typed(node, type, theirs);
	return true;
}

static void write_made(const struct fhir_resource *r, const struct json_object *doc, struct sbuf *out)
{
	char url[64], token[IDMAP_TOKEN];

	full_url(r->type, r->id, url);
	idmap_token(r->id, "|", token);
	sbuf_addf(out, "{\"fullUrl\":\"%s\",\"resource\":", url);
	json_write(out, doc);
	sbuf_addf(out, ",\"request\":{\"method\":\"POST\",\"url\":\"%s\",\"ifNoneExist\":\"identifier=%s\"}}", r->type, token);
}

bool idmap_entry(struct sync *s, const struct bundle *b, const struct fhir_resource *r, const char *version,
	struct sbuf *out, struct err *err)
{
	AUTO_JSON struct json_object *doc = doc_copy(r->doc);
	struct walk w = { .s = s, .each = each_out, .bundle = b };
	struct fhir_resource sent = *r;
	bool known;

	if (!walk(&w, doc, err) || !idmap_theirs(s, r->type, r->id, sent.id, &known, err))
		return false;
	json_object_object_del(doc, "id");
	if (!version || strcmp(sent.id, r->id) != 0) /* what the server made has none of ours */
		add_own(doc, r->type, r->id);
	if (!version) {
		write_made(r, doc, out);
		return true;
	}
	json_set_text(doc, "id", sent.id);
	sent.doc = doc;
	bundle_entry(out, &sent, version);
	return true;
}

/* ---- coming in ------------------------------------------------------------------------------------------------------ */

static bool each_in(struct walk *w, struct json_object *node, const char *type, const char *id, struct err *err)
{
	char ours[RECORD_ID_MAX + 1];
	bool known;

	if (!ours_of(w->s, type, id, ours, &known, err))
		return false;
	if (known)
		set_typed(node, type, ours);
	return true;
}

/* Whose is it?  A resource that bears no id of ours is the server's, under its own. */
static bool learn_one(struct sync *s, const struct json_object *doc, struct err *err)
{
	const char *type = json_text(doc, "resourceType"), *theirs = json_text(doc, "id");
	char own[RECORD_ID_MAX + 1], now[RECORD_ID_MAX + 1];
	bool known;

	if (!type || !theirs || strlen(theirs) > RECORD_ID_MAX || strcmp(type, "Bundle") == 0)
		return true;
	if (find_own(doc, own))
		return idmap_learn(s, type, own, theirs, err);
	return ours_of(s, type, theirs, now, &known, err) && (known || store(s, type, theirs, theirs, err));
}

static struct json_object *nth(struct json_object *doc, size_t i)
{
	struct json_object *entries = json_array(doc, "entry");

	if (entries)
		return i < json_count(entries) ? json_dict(json_object_array_get_idx(entries, i), "resource") : NULL;
	return i ? NULL : doc;
}

static size_t count(struct json_object *doc)
{
	struct json_object *entries = json_array(doc, "entry");

	return entries ? json_count(entries) : 1;
}

static bool learn_all(struct sync *s, struct json_object *doc, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	if (!work_begin(&w, s->app, err))
		return false;
	for (size_t i = 0; i < count(doc); i++)
		if (!learn_one(s, nth(doc, i), err))
			return false;
	return work_commit(&w, err);
}

static bool keep_found(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	(void)s;
	(void)err;
	json_object_array_add(ctx, json_object_get(doc));
	return true;
}

/* Of all pages, however short the server makes them. */
static bool ask_some(struct sync *s, const char *type, const char *const *ids, size_t n, int *status, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_JSON struct json_object *found = json_object_new_array();
	AUTO_WORK struct work w = { 0 };
	bool ok;

	sbuf_addf(&url, "%s/%s?_id=", s->remote.base, type);
	for (size_t i = 0; i < n; i++)
		sbuf_addf(&url, "%s%s", i ? "," : "", ids[i]);
	sbuf_addf(&url, "&_count=%d&_elements=identifier,extension,meta", ASK_AT_ONCE);
	s->raw = true;
	ok = fetch_pages(s, type, url.s, PAGES_MAX, status, keep_found, found, err);
	s->raw = false;
	if (!ok || !work_begin(&w, s->app, err))
		return false;
	for (size_t i = 0; i < json_count(found); i++)
		if (!learn_one(s, json_object_array_get_idx(found, i), err))
			return false;
	return work_commit(&w, err);
}

bool idmap_ask(struct sync *s, const char *type, const char *const *ids, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i += ASK_AT_ONCE) {
		int status = 0;

		if (!ask_some(s, type, ids + i, n - i < ASK_AT_ONCE ? n - i : ASK_AT_ONCE, &status, err))
			return false;
		if (status != 200)
			return err_system(err, ERR_SERVER, status, _("The county server cannot search by id."), "HTTP %d", status);
	}
	return true;
}

static bool ask_unknown(struct sync *s, struct json_object *unknown, struct err *err)
{
	for (size_t t = 0; fhir_types[t]; t++) {
		const char *ids[ASK_AT_ONCE];
		int status; /* what cannot be asked for stays as the server calls it */
		size_t n = 0, len = strlen(fhir_types[t]);

		json_object_object_foreach(unknown, key, value) {
			(void)value;
			if (strncmp(key, fhir_types[t], len) != 0 || key[len] != '/')
				continue;
			ids[n++] = key + len + 1;
			if (n == ASK_AT_ONCE && !ask_some(s, fhir_types[t], ids, n, &status, err))
				return false;
			n %= ASK_AT_ONCE;
		}
		if (n && !ask_some(s, fhir_types[t], ids, n, &status, err))
			return false;
	}
	return true;
}

static bool each_unknown(struct walk *w, struct json_object *node, const char *type, const char *id, struct err *err)
{
	char ours[RECORD_ID_MAX + 1], key[64 + RECORD_ID_MAX + 2];
	bool known;

	(void)node;
	if (!ours_of(w->s, type, id, ours, &known, err))
		return false;
	snprintf(key, sizeof(key), "%s/%s", type, id);
	if (!known)
		json_object_object_add(w->unknown, key, NULL);
	return true;
}

/* The second of two under one id of ours: nobody may take it for a record of its own. */
static bool take_out(struct sync *s, struct json_object *doc, size_t i, const char *type, const char *theirs, struct err *err)
{
	struct json_object *r = nth(doc, i);
	const char *version = doc_version(r);
	AUTO_WORK struct work w = { 0 };

	if (!work_begin(&w, s->app, err) || !unread_add(s, type, theirs, version ? version : "?",
						_("it is there a second time under the same id of ours"), err) ||
		!work_commit(&w, err))
		return false;
	if (json_array(doc, "entry"))
		json_object_object_del(json_object_array_get_idx(json_array(doc, "entry"), i), "resource");
	return true;
}

static bool turn(struct sync *s, struct json_object *doc, size_t i, struct err *err)
{
	struct json_object *r = nth(doc, i);
	const char *type = json_text(r, "resourceType"), *theirs = json_text(r, "id");
	char ours[RECORD_ID_MAX + 1], own[RECORD_ID_MAX + 1];
	struct walk w = { .s = s, .each = each_in };
	bool known;

	if (!type || !theirs || strlen(theirs) > RECORD_ID_MAX)
		return true;
	if (!ours_of(s, type, theirs, ours, &known, err) || !walk(&w, r, err))
		return false;
	if (find_own(r, own) && (!known || strcmp(own, ours) != 0))
		return take_out(s, doc, i, type, theirs, err);
	if (known && strcmp(ours, theirs) != 0) {
		drop_own(r);
		json_object_object_del(r, "id");
		json_set_text(r, "id", ours);
	}
	return true;
}

bool idmap_in(struct sync *s, struct json_object *doc, struct err *err)
{
	AUTO_JSON struct json_object *unknown = json_object_new_object();
	struct walk w = { .s = s, .each = each_unknown, .unknown = unknown };

	if (!learn_all(s, doc, err) || !walk(&w, doc, err) || !ask_unknown(s, unknown, err))
		return false;
	for (size_t i = 0; i < count(doc); i++)
		if (!turn(s, doc, i, err))
			return false;
	return true;
}
