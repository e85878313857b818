/* Listing records of a kind. */
#include "app/service/records.h"
#include "app/service/refs.h"
#include "db/stmt.h"

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
	if (!strcmp(f->key, "resident"))
		s->resident = record_row(app, KIND_RESIDENT, id);
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

/* Row ids are read a page at a time, so that no read transaction stays open while the caller works. */
static bool read_rows(struct app *app, const struct list_query *q, const struct search *s, int64_t **rows, size_t *n,
	struct err *err)
{
	const char *name = s->resident ? "list_of_resident" :
		s->village && q->kind->id == KIND_RESIDENT ? "list_residents_of_village" :
							    statements[q->kind->id];
	struct stmt *st = stmt_get(app->db, name);
	size_t cap = 0;
	bool row = true, ok;

	stmt_bind_int(st, "all", q->all);
	stmt_bind_int(st, "resident", s->resident);
	stmt_bind_int(st, "village", s->village);
	stmt_bind_int(st, "kind", q->kind->id);
	*rows = NULL;
	*n = 0;
	while ((ok = stmt_step(st, &row, err)) && row) {
		if (*n == cap) {
			cap = cap ? cap * 2 : PAGE;
			*rows = xrealloc(*rows, cap, sizeof **rows);
		}
		(*rows)[(*n)++] = stmt_int(st, 0);
	}
	stmt_done(&st);
	return ok;
}

bool records_list(struct app *app, const struct list_query *q, bool (*each)(void *ctx, const struct record *rec), void *ctx,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 }, one = { 0 };
	AUTO_FREE int64_t *rows = NULL;
	struct search s = { .n = 0 };
	size_t n = 0, found = 0;

	if (!parse_filters(app, q, &mem, &s, err) || !read_rows(app, q, &s, &rows, &n, err))
		return false;
	for (size_t i = 0; i < n && (!q->limit || found < q->limit); i++) {
		struct record *rec;

		arena_clear(&one);
		if (!record_load_row(app, rows[i], &one, &rec, NULL, err))
			return false;
		if (!matches(rec, &s))
			continue;
		found++;
		if (!each(ctx, rec))
			break;
	}
	return true;
}
