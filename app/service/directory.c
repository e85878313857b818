#include "app/service/directory.h"

#include "app/service/overview.h"
#include "app/service/records.h"

const char *directory_name(struct app *app, enum kind_id kind, const char *id, struct arena *mem)
{
	return record_name(app, kind, id, mem);
}

struct reading {
	struct app *app;
	enum kind_id kind;
	const char *types;
	struct arena *mem;
	struct directory_item *v;
	size_t n, cap;
};

static const char *kept(struct reading *r, const char *s)
{
	return s ? arena_strdup(r->mem, s) : "";
}

static const char *word(struct reading *r, const struct record *rec, const char *key)
{
	const struct field *f = form_field(rec->form, key);
	const char *text = record_text(rec, key);
	const struct code *c = f && text && f->codes ? field_code(f, text) : NULL;

	return kept(r, c ? term_text(&c->term) : text);
}

static bool is_wanted(const struct reading *r, const struct record *rec)
{
	const char *type = r->kind == KIND_ORGANISATION ? record_text(rec, "type") : NULL;

	return r->kind != KIND_ORGANISATION || !r->types || (type && strchr(r->types, *type));
}

/* "健康体检1 定期随访4" */
static const char *package_words(struct reading *r, const struct record *rec)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	const struct value *list = record_get(rec, "items");

	for (size_t i = 0; i < list->n_items; i++) {
		const char *item = record_text(list->items[i], "item");
		const struct code *c = item ? field_code(form_field(list->items[i]->form, "item"), item) : NULL;

		if (c)
			sbuf_addf(&words, "%s%s %lld", words.len ? ", " : "", term_text(&c->term),
				(long long)record_num(list->items[i], "times", 1));
	}
	return kept(r, words.s);
}

static bool each(void *ctx, const struct record *rec)
{
	struct reading *r = ctx;
	struct directory_item *d;

	if (!is_wanted(r, rec))
		return true;
	if (r->n == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 64;
		r->v = xrealloc(r->v, r->cap, sizeof *r->v);
	}
	d = &r->v[r->n++];
	*d = (struct directory_item){ .id = kept(r, rec->meta.id), .name = kept(r, record_text(rec, "name")),
		.row = record_row(r->app, r->kind, rec->meta.id), .active = !record_is(rec, "active", "1") };
	d->detail = word(r, rec, r->kind == KIND_STAFF ? "role" : "type");
	d->code = word(r, rec, r->kind == KIND_STAFF ? "staff_no" : r->kind == KIND_TEAM ? "leader" : "code");
	if (r->kind == KIND_PACKAGE) {
		d->parent = package_words(r, rec);
		return true;
	}
	if (r->kind == KIND_TEAM)
		d->code = record_name(r->app, KIND_STAFF, d->code, r->mem);
	d->parent = record_name(r->app, KIND_ORGANISATION,
		record_text(rec, r->kind == KIND_ORGANISATION ? "parent" : "organisation"), r->mem);
	return true;
}

bool directory_read(struct app *app, enum kind_id kind, const char *types, struct arena *mem, struct directory *out,
	struct err *err)
{
	struct list_query q = { .kind = kind_by_id(kind) };
	struct reading r = { .app = app, .kind = kind, .types = types, .mem = mem };
	bool ok = records_list(app, &q, each, &r, err);

	out->n = r.n;
	out->v = arena_alloc(mem, (r.n + 1) * sizeof *r.v);
	if (r.n)
		memcpy(out->v, r.v, r.n * sizeof *r.v);
	free(r.v);
	return ok;
}
