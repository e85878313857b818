#include "sync/fhir/fields.h"

#include "app/base/json.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/values.h"

/* The two shapes differ in names only: an extension has "url" and nested extensions, an item "linkId", an answer, items. */
struct shape {
	enum fhir_shape value;
	const char *list, *name, *prefix;
};
static const struct shape extension = { FHIR_EXTENSION, "extension", "url", FHIR_FIELD_URL };
static const struct shape answer_item = { FHIR_ANSWER, "item", "linkId", "" };

static struct json_object *named(const struct shape *sh, const char *key)
{
	struct json_object *o = json_object_new_object();
	char url[128];

	snprintf(url, sizeof(url), "%s%s", sh->prefix, key);
	json_set_text(o, sh->name, url);
	return o;
}

/* ---- writing: computed values travel too, because what was computed then (with the visits known then) is part of the
 * record, and the next laptop may not have these visits yet */

static void write_values(struct json_object *doc, const struct record *rec, const struct fhir_map *maps,
	const struct shape *sh);

/* An extension holds one value, so several codes are several extensions; an item holds several answers. */
static void write_codes(struct json_object *doc, const struct field *f, const struct value *v, const struct shape *sh)
{
	const char *rest = v->text;
	char code[32];
	struct json_object *one = sh->value == FHIR_ANSWER ? named(sh, f->key) : NULL;

	while (fhir_next_code(&rest, code, sizeof(code))) {
		struct json_object *holder = one ? json_object_new_object() : named(sh, f->key);

		fhir_put_value(holder, f, v, code, sh->value);
		doc_add(one ? one : doc, one ? "answer" : sh->list, holder);
	}
	if (one)
		doc_add(doc, sh->list, one);
}

static void write_list(struct json_object *doc, const struct field *f, const struct value *v, const struct shape *sh)
{
	for (size_t i = 0; i < v->n_items; i++) {
		struct json_object *o = named(sh, f->key);

		write_values(o, v->items[i], NULL, sh);
		if (json_member(o, sh->list))
			doc_add(doc, sh->list, o);
		else
			json_object_put(o);
	}
}

static void write_one(struct json_object *doc, const struct field *f, const struct value *v, const struct shape *sh)
{
	struct json_object *o = named(sh, f->key);

	if (sh->value == FHIR_ANSWER) {
		struct json_object *answer = json_object_new_object();

		fhir_put_value(answer, f, v, NULL, sh->value);
		doc_add(o, "answer", answer);
	} else {
		fhir_put_value(o, f, v, NULL, sh->value);
	}
	doc_add(doc, sh->list, o);
}

static void write_values(struct json_object *doc, const struct record *rec, const struct fhir_map *maps,
	const struct shape *sh)
{
	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];
		const struct value *v = &rec->values[i];

		if (value_is_empty(v) || fhir_map_carries(maps, f, v))
			continue;
		if (f->type == V_LIST)
			write_list(doc, f, v, sh);
		else if (f->type == V_CODES)
			write_codes(doc, f, v, sh);
		else
			write_one(doc, f, v, sh);
	}
}

/* ---- reading ---- */

/* Sets every field of rec that travels.  all: what the document lacks is emptied.  Returns what did not fit. */
static size_t read_values(const struct json_object *doc, struct record *rec, const struct fhir_map *maps,
	const struct shape *sh, bool all);

static bool is_named(const struct json_object *o, const struct shape *sh, const char *key)
{
	const char *name = json_text(o, sh->name);
	size_t n = strlen(sh->prefix);

	return name && strncmp(name, sh->prefix, n) == 0 && strcmp(name + n, key) == 0;
}

/* The holders of one field's values: what next_holder() walks over. */
struct holders {
	const struct json_object *list, *answers;
	size_t i, j;
};

static const struct json_object *next_holder(struct holders *h, const struct shape *sh, const char *key, bool inside)
{
	for (;;) {
		const struct json_object *o;

		if (h->answers && h->j < json_count(h->answers))
			return json_object_array_get_idx(h->answers, h->j++);
		h->answers = NULL;
		if (h->i >= json_count(h->list))
			return NULL;
		o = json_object_array_get_idx(h->list, h->i++);
		if (!is_named(o, sh, key))
			continue;
		if (!inside || sh->value == FHIR_EXTENSION)
			return o;
		h->answers = json_array(o, "answer");
		h->j = 0;
	}
}

/* By position: most fields of most records are empty, and finding one by its key takes a walk. */
static bool is_empty(const struct record *rec, const struct field *f)
{
	return value_is_empty(&rec->values[f - rec->form->fields]);
}

static void add_code(struct sbuf *codes, const char *code)
{
	if (codes->len)
		sbuf_addc(codes, ',');
	sbuf_adds(codes, code);
}

static size_t read_codes(struct record *rec, const struct field *f, const struct json_object *list,
	const struct shape *sh, bool all)
{
	struct holders h = { .list = list };
	AUTO_SBUF struct sbuf codes = SBUF_INIT;
	const struct json_object *o;
	struct value v;
	size_t bad = 0;

	while ((o = next_holder(&h, sh, f->key, true))) {
		if (fhir_get_value(o, f, rec->mem, &v))
			add_code(&codes, v.text);
		else
			bad++;
	}
	if (codes.len || (all && !is_empty(rec, f)))
		record_set_text(rec, f->key, codes.s);
	return bad;
}

static bool says_nothing(const struct record *rec)
{
	for (size_t i = 0; i < rec->form->n_fields; i++)
		if (!value_is_empty(&rec->values[i]))
			return false;
	return true;
}

static void drop_last(struct record *rec, const struct field *f)
{
	struct value *v = &rec->values[f - rec->form->fields];

	if (--v->n_items == 0)
		record_clear(rec, f->key);
}

static size_t read_list(struct record *rec, const struct field *f, const struct json_object *list,
	const struct shape *sh, bool all)
{
	struct holders h = { .list = list };
	const struct json_object *o;
	struct record *item;
	size_t bad = 0, n = 0;

	while ((o = next_holder(&h, sh, f->key, false))) {
		if (!n++)
			record_clear(rec, f->key);
		if (n > (f->max ? f->max : 20u))
			return bad + 1;
		item = record_add_item(rec, f->key);
		bad += read_values(o, item, NULL, sh, true);
		if (says_nothing(item)) /* nothing of it was to be understood */
			drop_last(rec, f);
	}
	if (!n && all && !is_empty(rec, f))
		record_clear(rec, f->key);
	return bad;
}

static size_t read_one(struct record *rec, const struct field *f, const struct json_object *list,
	const struct shape *sh, bool all)
{
	struct holders h = { .list = list };
	const struct json_object *o = next_holder(&h, sh, f->key, true);
	struct value v;

	if (!o) {
		if (all && !is_empty(rec, f))
			record_clear(rec, f->key);
		return 0;
	}
	if (!fhir_get_value(o, f, rec->mem, &v))
		return 1;
	record_set(rec, f->key, &v);
	return 0;
}

static size_t read_values(const struct json_object *doc, struct record *rec, const struct fhir_map *maps,
	const struct shape *sh, bool all)
{
	const struct json_object *list = json_array(doc, sh->list);
	size_t bad = 0;

	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];

		if (f->type == V_EMPTY || !fhir_map_extends(maps, f))
			continue;
		if (f->type == V_LIST)
			bad += read_list(rec, f, list, sh, all);
		else if (f->type == V_CODES)
			bad += read_codes(rec, f, list, sh, all);
		else
			bad += read_one(rec, f, list, sh, all);
	}
	return bad;
}

/* ---- the doors ---- */

void fhir_write_fields(struct json_object *doc, const struct record *rec, const struct fhir_map *maps)
{
	struct json_object *form = json_object_new_object();
	char text[128];

	snprintf(text, sizeof(text), "%s|%s", rec->form->code, rec->form->edition);
	json_set_text(form, "url", FHIR_FORM_URL);
	json_set_text(form, "valueString", text);
	doc_add(doc, "extension", form);
	write_values(doc, rec, maps, &extension);
}

bool fhir_form_of(const struct json_object *doc, char *code, size_t size)
{
	const char *text = doc_text(doc, "extension{url=" FHIR_FORM_URL "}.valueString");

	if (!text)
		return false;
	snprintf(code, size, "%.*s", (int)strcspn(text, "|"), text);
	return true;
}

size_t fhir_read_fields(const struct json_object *doc, struct record *rec, const struct fhir_map *maps)
{
	char code[64];

	return read_values(doc, rec, maps, &extension, fhir_form_of(doc, code, sizeof(code)));
}

void fhir_write_items(struct json_object *doc, const struct record *rec)
{
	write_values(doc, rec, NULL, &answer_item);
}

size_t fhir_read_items(const struct json_object *doc, struct record *rec)
{
	return read_values(doc, rec, NULL, &answer_item, true);
}
