/* Sets and lists: their elements have names, and what both sides did to different elements is no conflict. */
#include <stdlib.h>

#include "app/base/mem.h"
#include "app/base/sbuf.h"
#include "sync/merge.h"

/* ---- sets of codes ------------------------------------------------------------------------------------------------- */

/* In the set if the side that changed it says so; without a base, if either has it. */
static bool stays(bool has_base, bool base, bool ours, bool theirs)
{
	if (ours == theirs)
		return ours;
	return !has_base || (ours != base ? ours : theirs);
}

static void add_code(struct sbuf *out, const char *code, size_t n)
{
	sbuf_addf(out, "%s%.*s", out->len ? "," : "", (int)n, code);
}

static bool is_printed(const struct field *f, const char *code)
{
	for (const struct code *c = f->codes; c && c->code; c++)
		if (strcmp(c->code, code) == 0)
			return true;
	return false;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Codes that records added to the printed ones, of both sides, once each and in one order for both. */
static size_t unprinted(const struct field *f, const struct merge_values *v, struct arena *mem, const char **out, size_t max)
{
	size_t n = 0, kept = 0;

	for (int side = 0; side < 2; side++) {
		const struct value *s = side ? v->theirs : v->ours;

		for (const char *at = s->text; at && *at; at += strcspn(at, ","), at += *at == ',') {
			const char *code = arena_printf(mem, "%.*s", (int)strcspn(at, ","), at);

			if (!is_printed(f, code) && n < max)
				out[n++] = code;
		}
	}
	qsort(out, n, sizeof(*out), by_text);
	for (size_t i = 0; i < n; i++)
		if (!i || strcmp(out[i], out[i - 1]) != 0)
			out[kept++] = out[i];
	return kept;
}

static bool code_stays(const struct merge_values *v, const char *code)
{
	return stays(v->base != NULL, v->base && value_has_code(v->base, code), value_has_code(v->ours, code),
		value_has_code(v->theirs, code));
}

void merge_codes(const struct field *f, const struct merge_values *v, struct arena *mem, struct value *out, bool *dispute)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const char *more[128];
	size_t n = 0, n_more = unprinted(f, v, mem, more, N_ELEMENTS(more));
	bool alone = false;

	for (const struct code *c = f->codes; c && c->code; c++)
		if (code_stays(v, c->code)) {
			add_code(&text, c->code, strlen(c->code));
			alone |= c->exclusive;
			n++;
		}
	for (size_t i = 0; i < n_more; i++)
		if (code_stays(v, more[i])) {
			add_code(&text, more[i], strlen(more[i]));
			n++;
		}
	*dispute = alone && n > 1;
	*out = n ? (struct value){ .kind = V_CODES, .text = arena_strdup(mem, text.s) } : (struct value){ 0 };
}

/* ---- lists of items ------------------------------------------------------------------------------------------------ */

/* The members that name an item; an item of another list is named by all that it says. */
static const struct {
	enum kind_id kind;
	const char *list, *keys[2];
} named[] = {
	{ KIND_RESIDENT, "identifiers", { "system", "value" } },
	{ KIND_RESIDENT, "past_disease", { "code", "text" } },
	{ KIND_RESIDENT, "replaces", { "resident" } },
	{ KIND_TEAM, "members", { "staff" } },
	{ KIND_CONTRACT, "signed_packages", { "package" } },
	{ KIND_CONTRACT, "items", { "item" } },
	{ KIND_PACKAGE, "items", { "item" } },
};

static const char *const *names_of(const struct merge_list *l)
{
	for (size_t i = 0; i < N_ELEMENTS(named); i++)
		if (named[i].kind == l->kind && strcmp(named[i].list, l->field->key) == 0)
			return named[i].keys;
	return NULL;
}

static bool same_item(const struct record *a, const struct record *b)
{
	for (size_t i = 0; i < a->form->n_fields; i++)
		if (!value_equal(&a->values[i], &b->values[i]))
			return false;
	return true;
}

static bool same_name(const struct merge_list *l, const struct record *a, const struct record *b)
{
	const char *const *names = names_of(l);

	if (!names)
		return same_item(a, b);
	for (size_t i = 0; i < N_ELEMENTS(named[0].keys) && names[i]; i++)
		if (!value_equal(record_get(a, names[i]), record_get(b, names[i])))
			return false;
	return true;
}

/* A list of items of which some are spoken for. */
struct pool {
	const struct value *list;
	bool *used;
};

static struct pool pool_of(const struct value *list, struct arena *mem)
{
	size_t n = list ? list->n_items : 0;
	struct pool p = { list, arena_alloc(mem, n + 1) };

	memset(p.used, 0, n + 1);
	return p;
}

static struct record *claim(const struct merge_list *l, struct pool *p, const struct record *like)
{
	for (size_t i = 0; p->list && i < p->list->n_items; i++)
		if (!p->used[i] && same_name(l, p->list->items[i], like)) {
			p->used[i] = true;
			return p->list->items[i];
		}
	return NULL;
}

/* Two forms of one item; base NULL: it is new on both sides. */
static struct record *one_of(const struct merge_list *l, const struct record *base, struct record *ours, struct record *theirs,
	bool *dispute)
{
	struct record *out = record_copy(l->mem, ours);

	for (size_t i = 0; i < out->form->n_fields; i++) {
		const struct value *b = base ? &base->values[i] : NULL, *o = &ours->values[i], *t = &theirs->values[i];
		bool take = b ? value_equal(b, o) : value_is_empty(o);

		if (value_equal(o, t) || (b ? value_equal(b, t) : value_is_empty(t)))
			continue;
		if (!take && !l->low_risk)
			*dispute = true;
		if (take || (l->low_risk && l->later_theirs))
			record_set(out, out->form->fields[i].key, t);
	}
	return out;
}

/* What becomes of an item that both began with; NULL: it is gone. */
static struct record *old_item(const struct merge_list *l, const struct record *base, struct record *ours,
	struct record *theirs, bool *dispute)
{
	struct record *left = ours ? ours : theirs;

	if (ours && theirs)
		return one_of(l, base, ours, theirs, dispute);
	if (!left || same_item(left, base))
		return NULL;
	*dispute |= !l->low_risk; /* taken away here, changed there */
	return left;
}

struct added {
	struct record *item;
	const char *text;
};

static int by_words(const void *a, const void *b)
{
	return strcmp(((const struct added *)a)->text, ((const struct added *)b)->text);
}

/* New on one side or on both, in one order for both. */
static size_t new_items(const struct merge_list *l, struct pool *ours, struct pool *theirs, struct added *out, bool *dispute)
{
	size_t n = 0;

	for (int side = 0; side < 2; side++) {
		struct pool *p = side ? theirs : ours;

		for (size_t i = 0; i < p->list->n_items; i++) {
			AUTO_SBUF struct sbuf text = SBUF_INIT;
			struct record *item = p->list->items[i], *twin;

			if (p->used[i])
				continue;
			p->used[i] = true;
			twin = side ? NULL : claim(l, theirs, item);
			item = twin ? one_of(l, NULL, item, twin, dispute) : item;
			record_write_body(item, &text);
			out[n++] = (struct added){ item, arena_strdup(l->mem, text.s) };
		}
	}
	qsort(out, n, sizeof(*out), by_words);
	return n;
}

void merge_items(const struct merge_list *l, struct value *out, bool *dispute)
{
	struct pool ours = pool_of(l->v.ours, l->mem), theirs = pool_of(l->v.theirs, l->mem);
	size_t most = l->v.ours->n_items + l->v.theirs->n_items + 1, n_added;
	struct added *added = arena_alloc(l->mem, most * sizeof(*added));

	*out = (struct value){ .kind = V_LIST, .items = arena_alloc(l->mem, most * sizeof(struct record *)) };
	for (size_t i = 0; l->v.base && i < l->v.base->n_items; i++) {
		const struct record *b = l->v.base->items[i];
		struct record *o = claim(l, &ours, b), *t = claim(l, &theirs, b), *item = old_item(l, b, o, t, dispute);

		if (item)
			out->items[out->n_items++] = item;
	}
	n_added = new_items(l, &ours, &theirs, added, dispute);
	for (size_t i = 0; i < n_added; i++)
		out->items[out->n_items++] = added[i].item;
	if (!out->n_items)
		*out = (struct value){ 0 };
}
