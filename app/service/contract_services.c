#include "app/service/contract_services.h"

#include "app/service/overview.h"
#include "db/stmt.h"

struct reading {
	struct app *app;
	struct arena *mem;
	const struct field *items; /* of a contract's items */
	struct contract_service *v;
	size_t n, cap;
};

static void take(struct reading *r, struct stmt *st)
{
	const struct code *c = field_code(r->items, stmt_text(st, 0));

	if (!c)
		return;
	if (r->n == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 32;
		r->v = xrealloc(r->v, r->cap, sizeof *r->v);
	}
	r->v[r->n++] = (struct contract_service){ .item = &c->term, .code = c->code, .day = arena_strdup(r->mem, stmt_text(st, 1)),
		.row = stmt_int(st, 2), .kind = (enum kind_id)stmt_int(st, 3), .source = arena_strdup(r->mem, stmt_text(st, 4)) };
}

static bool read_rows(struct reading *r, const struct record *contract, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(r->app->db, "contract_services");
	bool row = true;

	stmt_bind_int(st, "contract", record_row(r->app, KIND_CONTRACT, contract->meta.id));
	while (row) {
		if (!stmt_step(st, &row, err))
			return false;
		if (row)
			take(r, st);
	}
	return true;
}

static const char *confirmation(struct reading *r, const struct record *rec)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	const struct field *f = form_field(rec->form, "sign_method");
	const char *method = record_text(rec, "sign_method"), *name = record_text(rec, "signer_name");
	const struct code *c = f && method ? field_code(f, method) : NULL;

	if (c)
		sbuf_addf(&words, "%s %s", term_text(&c->term), name ? name : "");
	return arena_strdup(r->mem, words.s);
}

static bool describe(struct reading *r, struct contract_service *s, struct err *err)
{
	AUTO_SBUF struct sbuf what = SBUF_INIT;
	const char *doctor;
	struct record *rec;

	s->by = s->signed_ = s->what = "";
	if (!record_load_row(r->app, s->row, r->mem, &rec, NULL, err))
		return false;
	if (s->kind == KIND_SERVICE) {
		s->what = record_text(rec, "content") ? record_text(rec, "content") : "";
		s->signed_ = confirmation(r, rec);
	} else if (s->kind != KIND_RESIDENT) {
		record_summary(r->app, s->kind, rec, &what);
		s->what = arena_strdup(r->mem, what.s);
	}
	doctor = record_text(rec, "doctor") ? record_text(rec, "doctor") : record_text(rec, "responsible");
	s->by = doctor ? record_name(r->app, KIND_STAFF, doctor, r->mem) : "";
	return true;
}

bool contract_services(struct app *app, const struct record *contract, struct arena *mem, struct contract_service **out,
	size_t *n, struct err *err)
{
	const struct field *list = form_field(kind_by_id(KIND_CONTRACT)->form, "items");
	struct reading r = { .app = app, .mem = mem, .items = form_field(list->form, "item") };
	bool ok = read_rows(&r, contract, err);

	for (size_t i = 0; ok && i < r.n; i++)
		ok = describe(&r, &r.v[i], err);
	*n = r.n;
	*out = arena_alloc(mem, (r.n + 1) * sizeof **out);
	if (r.n)
		memcpy(*out, r.v, r.n * sizeof *r.v);
	free(r.v);
	return ok;
}
