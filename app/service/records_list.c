/* Listing records of a kind. */
#include "app/service/records.h"
#include "app/service/refs.h"
#include "db/stmt.h"

/* Kinds without a table of typed columns are found by their number. */
static const char *const statements[KIND_MAX] = {
	[KIND_RESIDENT] = "list_resident",   [KIND_HOUSEHOLD] = "list_household",       [KIND_STAFF] = "list_staff",
	[KIND_TEAM] = "list_team",           [KIND_ORGANISATION] = "list_organisation", [KIND_CONTRACT] = "list_contract",
	[KIND_ENROLMENT] = "list_enrolment", [KIND_FOLLOWUP] = "list_followup",         [KIND_VISIT] = "list_visit",
	[KIND_EXAM] = "list_exam",           [KIND_REFERRAL] = "list_referral",
};

enum { FILTERS_MAX = 16, PAGE = 256 };

struct wanted {
	const char *key;
	struct value value;
};

struct search {
	struct wanted wanted[FILTERS_MAX];
	size_t n;
	int64_t resident, village; /* rows, 0 = no such filter: they have an index */
};

static bool bad_key(const char *key, struct err *err)
{
	err_set(err, ERR_UNKNOWN_FIELD, _("\"%s\" is not a field that can be listed by; see `cunyi fields`."), key);
	return err_at(err, key);
}

static bool parse_filter(struct app *app, const struct list_filter *filter, const struct field *f, struct arena *mem,
	struct search *s, struct err *err)
{
	struct wanted *w = &s->wanted[s->n++];
	char id[RECORD_ID_MAX + 1];

	w->key = filter->key;
	if (f->type != V_REF)
		return field_parse(f, filter->value, app_today(app), mem, &w->value, err);
	if (!ref_find(app, kind_by_name(f->ref)->id, filter->value, id, err))
		return false;
	if (!*id) {
		err_set(err, ERR_NOT_FOUND, _("%s: there is no \"%s\", or more than one."), field_label(f), filter->value);
		return err_at(err, filter->key);
	}
	w->value = (struct value){ .kind = V_REF, .text = arena_strdup(mem, id) };
	if (!strcmp(f->key, "resident")) { /* those of files that were merged into this one stand at it too */
		s->resident = record_survivor(app, record_row(app, KIND_RESIDENT, id));
		s->n--;
	}
	if (!strcmp(f->key, "village"))
		s->village = record_row(app, KIND_ORGANISATION, id);
	return true;
}

/* Filters name fields of the kind's form; of a follow-up's, of the programme that is asked for. */
static bool parse_filters(struct app *app, const struct list_query *q, struct arena *mem, struct search *s, struct err *err)
{
	const char *programme = NULL;
	const struct form_def *form;

	for (size_t i = 0; i < q->n_filters; i++)
		if (!strcmp(q->filters[i].key, "programme"))
			programme = q->filters[i].value;
	form = kind_form(q->kind, programme);
	if (!form)
		form = kind_form(q->kind, NULL);
	if (q->n_filters > FILTERS_MAX)
		return err_set(err, ERR_USAGE, _("At most %d filters at once."), FILTERS_MAX);
	for (size_t i = 0; i < q->n_filters; i++) {
		const struct field *f = form_field(form, q->filters[i].key);

		if (!f || !(f->flags & FIELD_LISTED))
			return bad_key(q->filters[i].key, err);
		if (!parse_filter(app, &q->filters[i], f, mem, s, err))
			return false;
	}
	return true;
}

static bool matches(const struct record *rec, const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct value *v = record_get(rec, s->wanted[i].key), *w = &s->wanted[i].value;

		if (v->kind == V_CODES && w->kind == V_CODES && value_has_code(v, w->text))
			continue;
		if (!value_equal(v, w))
			return false;
	}
	return true;
}

/* Row ids are read a page at a time, so that no read transaction stays open while the caller works, however many there are. */
static bool read_page(struct app *app, const struct list_query *q, const struct search *s, int64_t after, int64_t rows[PAGE],
	size_t *n, struct err *err)
{
	const char *name = s->resident ? "list_of_resident" :
		s->village && q->kind->id == KIND_RESIDENT ? "list_residents_of_village" :
		statements[q->kind->id] ? statements[q->kind->id] :
					  "list_of_kind";
	AUTO_STMT struct stmt *st = stmt_get(app->db, name);
	bool row;

	stmt_bind_int(st, "all", q->all);
	stmt_bind_int(st, "resident", s->resident);
	stmt_bind_int(st, "village", s->village);
	stmt_bind_int(st, "kind", q->kind->id);
	stmt_bind_int(st, "after", after);
	stmt_bind_int(st, "page", PAGE);
	for (*n = 0; *n < PAGE; rows[(*n)++] = stmt_int(st, 0)) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			break;
	}
	return true;
}

struct listing {
	struct app *app;
	const struct list_query *q;
	struct search search;
	bool (*each)(void *ctx, const struct record *rec);
	void *ctx;
	size_t found;
	bool done;
};

static bool list_row(struct listing *l, int64_t row, struct arena *mem, struct err *err)
{
	struct record *rec;

	arena_clear(mem);
	if (!record_load_row(l->app, row, mem, &rec, NULL, err))
		return false;
	records_present(l->app, l->q->kind->id, rec);
	if (!matches(rec, &l->search))
		return true;
	l->found++;
	l->done = !l->each(l->ctx, rec) || (l->q->limit && l->found >= l->q->limit);
	return true;
}

bool records_list(struct app *app, const struct list_query *q, bool (*each)(void *ctx, const struct record *rec), void *ctx,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 }, one = { 0 };
	struct listing l = { .app = app, .q = q, .each = each, .ctx = ctx };
	int64_t rows[PAGE] = { 0 };
	size_t n = PAGE;

	if (!parse_filters(app, q, &mem, &l.search, err))
		return false;
	while (n == PAGE && !l.done) {
		if (!read_page(app, q, &l.search, rows[PAGE - 1], rows, &n, err))
			return false;
		for (size_t i = 0; i < n && !l.done; i++)
			if (!list_row(&l, rows[i], &one, err))
				return false;
	}
	return true;
}
