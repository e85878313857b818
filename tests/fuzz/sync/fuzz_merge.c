/* Three documents, one a line: what both began with, ours, theirs.  The laws of the merge hold whatever stands in them: the
 * order of the two sides does not matter but for whose value stays where a person decides; what one side alone changed is
 * taken; merged with itself nothing changes. */
#include "app/base/json.h"
#include "fuzz/fuzz.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fhir.h"
#include "sync/merge.h"

static bool same(const struct record *a, const struct record *b)
{
	for (size_t i = 0; i < a->form->n_fields; i++)
		if (!value_equal(&a->values[i], &b->values[i]))
			return false;
	return a->meta.state == b->meta.state;
}

static bool is_disputed(const struct merge *m, const char *key)
{
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->conflicts[i], key) == 0)
			return true;
	return false;
}

static void either_way(enum kind_id kind, const struct record *base, const struct record *a, const struct record *b, struct arena *mem)
{
	struct record *x = record_copy(mem, a), *y = record_copy(mem, b);
	struct merge there, back;

	merge_records(kind, base, a, b, NULL, x, &there);
	merge_records(kind, base, b, a, NULL, y, &back);
	MUST(there.n == back.n);
	for (size_t i = 0; i < a->form->n_fields; i++) {
		const struct field *f = &a->form->fields[i];

		if (f->type == V_EMPTY || f->flags & FIELD_COMPUTED)
			continue;
		MUST(is_disputed(&there, f->key) == is_disputed(&back, f->key));
		MUST(is_disputed(&there, f->key) || value_equal(&x->values[i], &y->values[i]));
		MUST(!is_disputed(&there, f->key) || value_equal(&x->values[i], &a->values[i]));
	}
}

static void alone(enum kind_id kind, const struct record *base, const struct record *a, struct arena *mem)
{
	struct record *x = record_copy(mem, a);
	struct merge m;

	merge_records(kind, base, a, a, NULL, x, &m);
	MUST(m.n == 0 && !m.takes_ours && !m.takes_theirs && same(x, a));
	merge_records(kind, base, a, base, NULL, x, &m);
	MUST(m.n == 0 && !m.takes_theirs && same(x, a));
	merge_records(kind, base, base, a, NULL, x, &m);
	MUST(m.n == 0 && !m.takes_ours);
}

static bool read_line(const char **at, struct json_object **out)
{
	size_t n = strcspn(*at, "\n");
	struct err err;
	bool ok = json_parse(*at, n, NULL, out, &err);

	*at += n + ((*at)[n] == '\n');
	return ok && *out;
}

static struct record *decode(enum kind_id kind, const char *variant, struct json_object *doc, struct arena *mem)
{
	struct record *rec = record_new(mem, kind_form(kind_by_id(kind), variant));

	fhir_decode(kind, doc, rec);
	return rec;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *text = fuzz_string(data, size);
	AUTO_JSON struct json_object *d0 = NULL;
	AUTO_JSON struct json_object *d1 = NULL;
	AUTO_JSON struct json_object *d2 = NULL;
	AUTO_ARENA struct arena mem = { 0 };
	const char *at = text;
	char variant[16];
	enum kind_id kind;
	struct record *base, *a, *b;

	if (!read_line(&at, &d0) || !read_line(&at, &d1) || !read_line(&at, &d2) || !fhir_recognise(d0, &kind, variant, sizeof(variant)))
		return 0;
	base = decode(kind, variant, d0, &mem);
	a = decode(kind, variant, d1, &mem);
	b = decode(kind, variant, d2, &mem);
	either_way(kind, base, a, b, &mem);
	either_way(kind, NULL, a, b, &mem);
	alone(kind, base, a, &mem);
	return 0;
}
