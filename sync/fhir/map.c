#include "sync/fhir/map.h"

#include "app/base/date.h"
#include "app/base/json.h"
#include "app/base/utf8.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fields.h"

const char *fhir_pair_to(const struct fhir_pair *pairs, const char *ours)
{
	for (; ours && pairs->ours; pairs++)
		if (strcmp(pairs->ours, ours) == 0)
			return pairs->fhir;
	return NULL;
}

const char *fhir_pair_from(const struct fhir_pair *pairs, const char *fhir)
{
	for (; fhir && pairs->ours; pairs++)
		if (strcmp(pairs->fhir, fhir) == 0)
			return pairs->ours;
	return NULL;
}

static const struct fhir_map *map_of(const struct fhir_map *maps, const char *key)
{
	for (; maps && maps->key; maps++)
		if (strcmp(maps->key, key) == 0)
			return maps;
	return NULL;
}

bool fhir_map_carries(const struct fhir_map *maps, const struct field *f, const struct value *v)
{
	const struct fhir_map *m = map_of(maps, f->key);
	const char *back;

	if (!m || m->as != AS_PAIRS)
		return m != NULL;
	back = fhir_pair_from(m->pairs, fhir_pair_to(m->pairs, v->text));
	return back && strcmp(back, v->text) == 0;
}

bool fhir_map_extends(const struct fhir_map *maps, const struct field *f)
{
	const struct fhir_map *m = map_of(maps, f->key);

	return !m || m->as == AS_PAIRS;
}

/* ---- writing ---- */

static struct json_object *written(const struct fhir_map *m, const struct field *f, const struct value *v)
{
	const struct code *c;
	const char *other;

	switch (m->as) {
	case AS_TEXT:
		return v->text ? json_object_new_string(v->text) : NULL;
	case AS_NUMBER:
		return json_new_decimal(v->num, f->type == V_MONEY ? 2 : f->places);
	case AS_REFERENCE:
		return doc_reference(fhir_type_of_ref(f->ref), v->text);
	case AS_CONCEPT:
		c = field_code(f, v->text);
		return doc_concept(m->system, v->text, c ? c->term.zh : NULL, NULL);
	case AS_PAIRS:
		other = fhir_pair_to(m->pairs, v->text);
		c = field_code(f, v->text);
		if (!other)
			return NULL;
		return m->system ? doc_concept(m->system, other, c ? c->term.zh : NULL, NULL) : json_object_new_string(other);
	case AS_OTHER:
		break;
	}
	return NULL;
}

void fhir_write_maps(const struct fhir_map *maps, const struct record *rec, struct json_object *doc)
{
	for (; maps && maps->key; maps++) {
		const struct value *v = record_get(rec, maps->key);

		if (!value_is_empty(v))
			doc_put(doc, maps->path, written(maps, form_field(rec->form, maps->key), v));
	}
}

/* ---- reading ---- */

/* The code of a string, or of the coding with our system in a CodeableConcept. */
static const char *code_at(const struct json_object *doc, const struct fhir_map *m)
{
	char path[160];

	if (!m->system)
		return doc_text(doc, m->path);
	snprintf(path, sizeof(path), "%s.coding{system=%s}.code", m->path, m->system);
	return doc_text(doc, path);
}

static bool set_text(struct record *rec, const struct field *f, const char *text)
{
	AUTO_SBUF struct sbuf clean = SBUF_INIT;
	struct value v = { .kind = f->type };
	struct err ignored;

	utf8_clean(&clean, text, strlen(text));
	v.text = clean.s;
	if (!field_check(f, &v, NO_DAY, &ignored))
		return false;
	record_set_text(rec, f->key, v.text);
	return true;
}

/* A pair that our value already maps to keeps it: the element cannot tell 0 from 9, the extension could. */
static bool set_pair(struct record *rec, const struct field *f, const struct fhir_map *m, const char *code)
{
	const char *now = fhir_pair_to(m->pairs, record_text(rec, f->key)), *ours;

	if (now && strcmp(now, code) == 0)
		return true;
	ours = fhir_pair_from(m->pairs, code);
	return ours && set_text(rec, f, ours);
}

static bool set_number(struct record *rec, const struct field *f, const struct json_object *v)
{
	struct value out = { .kind = f->type };
	struct err ignored;

	if (!json_scaled(v, f->type == V_MONEY ? 2 : f->places, &out.num) || !field_check(f, &out, NO_DAY, &ignored))
		return false;
	record_set_num(rec, f->key, out.num);
	return true;
}

static bool present(const struct fhir_map *m, const struct json_object *doc)
{
	struct json_object *v = doc_get(doc, m->path);

	if (!v)
		return false;
	return (m->as != AS_CONCEPT && m->as != AS_PAIRS) || code_at(doc, m) != NULL;
}

static bool read_one(const struct fhir_map *m, const struct json_object *doc, struct record *rec)
{
	const struct field *f = form_field(rec->form, m->key);
	const char *text;

	if (!present(m, doc)) {
		record_clear(rec, m->key);
		return true;
	}
	switch (m->as) {
	case AS_TEXT:
		text = doc_text(doc, m->path);
		return text && set_text(rec, f, text);
	case AS_NUMBER:
		return set_number(rec, f, doc_get(doc, m->path));
	case AS_REFERENCE:
		text = doc_reference_id(doc_get(doc, m->path), fhir_type_of_ref(f->ref));
		return text && set_text(rec, f, text);
	case AS_CONCEPT:
		return set_text(rec, f, code_at(doc, m));
	case AS_PAIRS:
		return set_pair(rec, f, m, code_at(doc, m));
	case AS_OTHER:
		break;
	}
	return true;
}

size_t fhir_read_maps(const struct fhir_map *maps, const struct json_object *doc, struct record *rec)
{
	size_t bad = 0;

	for (; maps && maps->key; maps++)
		if (maps->as != AS_OTHER && form_field(rec->form, maps->key))
			bad += !read_one(maps, doc, rec);
	return bad;
}
