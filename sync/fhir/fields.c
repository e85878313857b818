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

/* The items of a document by the field that they are named after, in their order. */
struct holders {
	const struct json_object *list;
	size_t *first, *next; /* by field, by item: number of an item + 1, 0 ends */
};

/* Items usually stand in the order of the fields; *at is the field of the item behind. */
static int field_of(const struct json_object *o, const struct form_def *form, const struct shape *sh, size_t *at)
{
	const char *name = json_text(o, sh->name);
	size_t n = strlen(sh->prefix);
	int found;

	if (!name || strncmp(name, sh->prefix, n) != 0)
		return -1;
	for (size_t i = *at; i > 0 && i + 4 > *at; i--)
		if (!strcmp(form->fields[i - 1].key, name + n)) {
			*at = i;
			return (int)i - 1;
		}
	found = form_index(form, name + n);
	if (found >= 0)
		*at = (size_t)found + 1;
	return found;
}

static void holders_init(struct holders *h, const struct json_object *list, const struct form_def *form,
	const struct shape *sh)
{
	size_t at = form->n_fields;

	h->list = list;
	h->first = xcalloc(form->n_fields + json_count(list) + 1, sizeof(*h->first));
	h->next = h->first + form->n_fields;
	for (size_t i = json_count(list); i-- > 0;) {
		int f = field_of(json_object_array_get_idx(list, i), form, sh, &at);

		if (f < 0)
			continue;
		h->next[i] = h->first[f];
		h->first[f] = i + 1;
	}
}

static void holders_release(struct holders *h)
{
	free(h->first);
}

/* A walk over what holds the values of one field. */
struct walk {
	const struct holders *h;
	const struct json_object *answers;
	size_t item, answer;
};

static struct walk walk_of(const struct holders *h, const struct record *rec, const struct field *f)
{
	return (struct walk){ .h = h, .item = h->first[f - rec->form->fields] };
}

static const struct json_object *next_holder(struct walk *w, const struct shape *sh, bool inside)
{
	for (;;) {
		const struct json_object *o;

		if (w->answers && w->answer < json_count(w->answers))
			return json_object_array_get_idx(w->answers, w->answer++);
		w->answers = NULL;
		if (!w->item)
			return NULL;
		o = json_object_array_get_idx(w->h->list, w->item - 1);
		w->item = w->h->next[w->item - 1];
		if (!inside || sh->value == FHIR_EXTENSION)
			return o;
		w->answers = json_array(o, "answer");
		w->answer = 0;
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

static size_t read_codes(struct record *rec, const struct field *f, const struct holders *h, const struct shape *sh,
	bool all)
{
	struct walk w = walk_of(h, rec, f);
	AUTO_SBUF struct sbuf codes = SBUF_INIT;
	const struct json_object *o;
	struct value v;
	size_t bad = 0;

	while ((o = next_holder(&w, sh, true))) {
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

static size_t read_list(struct record *rec, const struct field *f, const struct holders *h, const struct shape *sh,
	bool all)
{
	struct walk w = walk_of(h, rec, f);
	const struct json_object *o;
	struct record *item;
	size_t bad = 0, n = 0;

	while ((o = next_holder(&w, sh, false))) {
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

static size_t read_one(struct record *rec, const struct field *f, const struct holders *h, const struct shape *sh,
	bool all)
{
	struct walk w = walk_of(h, rec, f);
	const struct json_object *o = next_holder(&w, sh, true);
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
	struct holders h;
	size_t bad = 0;

	holders_init(&h, json_array(doc, sh->list), rec->form, sh);
	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];

		if (f->type == V_EMPTY || !fhir_map_extends(maps, f))
			continue;
		if (f->type == V_LIST)
			bad += read_list(rec, f, &h, sh, all);
		else if (f->type == V_CODES)
			bad += read_codes(rec, f, &h, sh, all);
		else
			bad += read_one(rec, f, &h, sh, all);
	}
	holders_release(&h);
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
