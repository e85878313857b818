#include "app/service/readings_today.h"

#include "app/base/date.h"
#include "app/service/rows.h"
#include "db/stmt.h"

/* One reading under two names: of a visit's glucose the kind says whether it was fasting. */
static const struct {
	const char *to, *from, *when, *is;
} other_names[] = {
	{ "fpg", "glucose", "glucose_kind", "2" },
};

/* Measured there; here it may be what is carried from one time to the next (the height of a follow-up). */
static bool is_same(const struct field *a, const struct field *b)
{
	return b && a->type == b->type && a->places == b->places && (b->flags & FIELD_MEASURED);
}

static const struct field *source_of(const struct record *from, const struct field *f)
{
	const struct field *same = form_field(from->form, f->key);

	if (is_same(f, same))
		return same;
	for (size_t i = 0; i < N_ELEMENTS(other_names); i++)
		if (!strcmp(other_names[i].to, f->key) && record_is(from, other_names[i].when, other_names[i].is))
			return form_field(from->form, other_names[i].from);
	return NULL;
}

static void tell(const struct field *f, const struct value *v, struct sbuf *words)
{
	/* the second of a pair stands behind its stroke: 152/88 */
	const char *label = *term_text(&f->on_form) == '/' ? "/" : field_label(f);

	if (*label != '/')
		sbuf_addf(words, "%s%s ", words->len ? "  " : "", label);
	else
		sbuf_adds(words, label);
	field_format(f, v, false, words);
}

static void take(struct record *rec, const struct record *from, struct sbuf *words)
{
	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];
		const struct field *source = field_takes_input(f) ? source_of(from, f) : NULL;

		if (!source || !value_is_empty(&rec->values[i]) || value_is_empty(record_get(from, source->key)))
			continue;
		record_set(rec, f->key, record_get(from, source->key));
		tell(f, &rec->values[i], words);
	}
}

bool readings_today(struct app *app, struct record *rec, struct sbuf *words, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_FREE int64_t *ids = NULL;
	const char *who = record_text(rec, "resident");
	struct stmt *st;
	char today[DATE_LEN];
	size_t n;

	if (!who || form_index(rec->form, "date") < 0 || record_day(rec, "date") != app_today(app))
		return true;
	st = stmt_get(app->db, "readings_today");
	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, who));
	stmt_bind_text(st, "day", date_iso(app_today(app), today));
	if (!rows_read(st, &ids, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct record *from;

		if (!record_load_row(app, ids[i], &mem, &from, NULL, err))
			return false;
		if (!record_is(from, "informant", "2"))
			take(rec, from, words);
	}
	return true;
}
