#include "app/service/packages.h"

#include "app/base/date.h"
#include "app/clinic/keygroup.h"
#include "app/clinic/states.h"
#include "app/service/records.h"

/* ---- reading ----------------------------------------------------------------------------------------------------------- */

struct reading {
	struct package *v;
	size_t n, cap;
	int32_t day;
	struct arena *mem;
};

static bool may_be_signed(const struct record *rec, int32_t day)
{
	int32_t from = record_day(rec, "valid_from"), to = record_day(rec, "valid_to");

	return day == NO_DAY || (!record_is(rec, "active", "1") && (from == NO_DAY || day >= from) && (to == NO_DAY || day <= to));
}

static bool each(void *ctx, const struct record *rec)
{
	struct reading *r = ctx;
	struct record *kept;

	if (!may_be_signed(rec, r->day) || !record_text(rec, "code"))
		return true;
	if (r->n == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 32;
		r->v = xrealloc(r->v, r->cap, sizeof *r->v);
	}
	kept = record_copy(r->mem, rec);
	r->v[r->n++] = (struct package){ .code = record_text(kept, "code"), .name = record_text(kept, "name"),
		.groups = record_text(kept, "groups"), .rec = kept };
	return true;
}

/* Numbers by their size before words. */
static int compare(const void *a, const void *b)
{
	const char *x = ((const struct package *)a)->code, *y = ((const struct package *)b)->code;
	bool nx = strspn(x, "0123456789") == strlen(x), ny = strspn(y, "0123456789") == strlen(y);

	if (nx != ny)
		return nx ? -1 : 1;
	if (nx && strlen(x) != strlen(y))
		return strlen(x) < strlen(y) ? -1 : 1;
	return strcmp(x, y);
}

bool packages_read(struct app *app, int32_t day, struct arena *mem, struct packages *out, struct err *err)
{
	struct list_query q = { .kind = kind_by_id(KIND_PACKAGE) };
	struct reading r = { .day = day, .mem = mem };
	bool ok = records_list(app, &q, each, &r, err);

	out->n = ok ? r.n : 0;
	out->v = arena_alloc(mem, (r.n + 1) * sizeof *out->v);
	if (r.n) {
		memcpy(out->v, r.v, r.n * sizeof *r.v);
		qsort(out->v, r.n, sizeof *out->v, compare);
	}
	free(r.v);
	return ok;
}

const struct package *package_of(const struct packages *all, const char *code)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->v[i].code, code))
			return &all->v[i];
	return NULL;
}

/* ---- the form ------------------------------------------------------------------------------------------------------------ */

static struct code *codes_of(const struct packages *all, const struct field *f, const struct record *rec, struct arena *mem)
{
	struct code *codes = arena_alloc(mem, (all->n + 64) * sizeof *codes);
	const char *s = record_text(rec, f->key);
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		codes[n++] = (struct code){ .code = all->v[i].code, .term = { all->v[i].name, all->v[i].name } };
	for (size_t i = 0; i < n; i++) { /* the printed words have an English, too */
		const struct code *printed = field_code(f, codes[i].code);

		if (printed && !strcmp(printed->term.zh, codes[i].term.zh))
			codes[i].term = printed->term;
	}
	while (s && *s && n < all->n + 60) {
		size_t len = strcspn(s, ",");
		char one[16];

		snprintf(one, sizeof one, "%.*s", (int)len, s);
		if (!package_of(all, one)) {
			const struct code *printed = field_code(f, one);
			const char *kept = arena_strdup(mem, one);

			codes[n++] = (struct code){ .code = kept, .term = printed ? printed->term : (struct term){ kept, kept } };
		}
		s += len + (s[len] == ',');
	}
	codes[n] = (struct code){ .code = NULL };
	return codes;
}

const struct form_def *packages_form(const struct packages *all, const struct record *rec, struct arena *mem)
{
	const struct form_def *form = kind_by_id(KIND_CONTRACT)->form;
	struct form_def *own = arena_alloc(mem, sizeof *own);
	struct field *fields = arena_alloc(mem, form->n_fields * sizeof *fields);
	int at = form_index(form, "packages");

	*own = *form;
	memcpy(fields, form->fields, form->n_fields * sizeof *fields);
	fields[at].codes = codes_of(all, &form->fields[at], rec, mem);
	fields[at].flags &= ~(unsigned)FIELD_OPEN;
	own->fields = fields;
	return own;
}

/* ---- proposing ------------------------------------------------------------------------------------------------------------ */

static bool fits(const struct package *p, unsigned groups)
{
	struct value v = { .kind = V_CODES, .text = p->groups };

	for (size_t i = 0; i < key_group_count; i++)
		if ((groups & (unsigned)key_groups[i].group) && value_has_code(&v, key_groups[i].key))
			return true;
	return false;
}

void packages_propose(const struct packages *all, unsigned groups, struct sbuf *out)
{
	bool basic = false;

	for (size_t i = 0; i < all->n; i++) {
		const struct package *p = &all->v[i];
		bool everybody = !p->groups && record_is(p->rec, "type", "1");

		if (everybody ? basic : !p->groups || !fits(p, groups))
			continue;
		basic |= everybody;
		sbuf_addf(out, "%s%s", out->len ? "," : "", p->code);
	}
}

/* ---- planning ------------------------------------------------------------------------------------------------------------- */

/* How many times in the term, begun periods counted. */
static int64_t times_in_term(const struct record *item, int64_t months)
{
	static const int64_t length[] = { 0, 0, 12, 6, 3, 1 }; /* months, by code of `per`; 0: once for the term */
	const char *per = record_text(item, "per");
	int64_t each = per && *per >= '1' && *per <= '5' ? length[*per - '0'] : 12;

	return record_num(item, "times", 1) * (each ? (months + each - 1) / each : 1);
}

static int64_t months_of(const struct record *contract)
{
	int32_t start = record_day(contract, "start"), end = record_day(contract, "end");
	int64_t months = 0;

	if (start == NO_DAY || end == NO_DAY || end < start)
		return 12 * record_num(contract, "years", 1);
	while (months < 120 && date_add_months(start, (int)months + 1) <= end + 1)
		months++;
	return months ? months : 1;
}

static void add_item(struct record *contract, const struct record *item, int64_t planned)
{
	const struct value *list = record_get(contract, "items");
	const char *code = record_text(item, "item");
	struct record *line;

	for (size_t i = 0; i < list->n_items; i++) {
		if (!record_is(list->items[i], "item", code))
			continue;
		if (record_num(list->items[i], "planned", 0) < planned) {
			record_set_num(list->items[i], "planned", planned);
			record_set(list->items[i], "per", record_get(item, "per"));
		}
		return;
	}
	line = record_add_item(contract, "items");
	record_set_text(line, "item", code);
	record_set_num(line, "planned", planned);
	record_set(line, "per", record_get(item, "per"));
}

static void add_fees(struct record *contract, const struct record *package, int64_t months)
{
	static const char *const keys[] = { "fee_total", "fee_public", "fee_insurance", "fee_self" };

	for (size_t i = 0; i < N_ELEMENTS(keys); i++) {
		int64_t fee = record_num(package, keys[i], -1);

		if (fee >= 0)
			record_set_num(contract, keys[i], record_num(contract, keys[i], 0) + fee * ((months + 11) / 12));
	}
}

static bool has_fee(const struct record *contract)
{
	static const char *const keys[] = { "fee_total", "fee_public", "fee_insurance", "fee_self" };

	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (!value_is_empty(record_get(contract, keys[i])))
			return true;
	return false;
}

void packages_charge(const struct packages *all, struct record *contract)
{
	int64_t months = months_of(contract);

	if (has_fee(contract))
		return;
	for (size_t i = 0; i < all->n; i++)
		if (record_is(contract, "packages", all->v[i].code))
			add_fees(contract, all->v[i].rec, months);
}

void packages_add(const struct packages *all, const char *before, struct record *contract)
{
	const struct value old = { .kind = V_CODES, .text = before };
	int64_t months = months_of(contract);

	for (size_t i = 0; i < all->n; i++) {
		const struct value *list = record_get(all->v[i].rec, "items");

		if (!record_is(contract, "packages", all->v[i].code) || value_has_code(&old, all->v[i].code))
			continue;
		for (size_t j = 0; j < list->n_items; j++)
			add_item(contract, list->items[j], times_in_term(list->items[j], months));
	}
}

void packages_plan(const struct packages *all, struct record *contract)
{
	record_clear(contract, "items");
	packages_add(all, "", contract);
	packages_charge(all, contract);
}

bool packages_are_planned(const struct packages *all, const struct record *contract, struct arena *mem)
{
	static const char *const keys[] = { "packages", "start", "end", "years" };
	struct record *plan = record_new(mem, contract->form);

	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		record_set(plan, keys[i], record_get(contract, keys[i]));
	packages_plan(all, plan);
	return value_equal(record_get(plan, "items"), record_get(contract, "items"));
}

void packages_sign(const struct packages *all, struct record *contract)
{
	record_clear(contract, "signed_packages");
	for (size_t i = 0; i < all->n; i++) {
		struct record *line;

		if (!record_is(contract, "packages", all->v[i].code))
			continue;
		line = record_add_item(contract, "signed_packages");
		record_set_text(line, "package", all->v[i].rec->meta.id);
		record_set_num(line, "version", all->v[i].rec->meta.revision);
		record_set(line, "fee", record_get(all->v[i].rec, "fee_total"));
	}
}
