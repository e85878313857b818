#include "app/service/calls.h"

#include "app/service/overview.h"
#include "db/stmt.h"

static const struct consequence {
	const char *outcome;
	enum call_next next;
	const char *field;
} consequences[] = {
	{ "2", CALL_AGAIN, NULL },
	{ "6", CALL_FILE, "away_since" },
	{ "7", CALL_REFUSAL, NULL },
	{ "8", CALL_FILE, "moved_on" },
	{ "9", CALL_FILE, "died_on" },
};

static const struct consequence *consequence_of(const char *outcome)
{
	for (size_t i = 0; i < N_ELEMENTS(consequences); i++)
		if (!strcmp(consequences[i].outcome, outcome))
			return &consequences[i];
	return NULL;
}

enum call_next call_next_of(const char *outcome)
{
	const struct consequence *c = consequence_of(outcome);

	return c ? c->next : CALL_NOTHING;
}

const char *call_file_field(const char *outcome)
{
	const struct consequence *c = consequence_of(outcome);

	return c ? c->field : NULL;
}

bool call_save(struct app *app, const struct call_input *in, struct arena *mem, struct save_result *result, struct err *err)
{
	const struct kind *kind = kind_by_id(KIND_CALL);
	struct save_options o = { 0 };
	struct record *rec;

	if (!records_new(app, kind, NULL, in->resident, mem, &rec, err))
		return false;
	record_set_text(rec, "phone", in->phone);
	record_set_text(rec, "outcome", in->outcome);
	record_set_text(rec, "again_on", in->again_on);
	record_set_text(rec, "again_time", in->again_time);
	return records_save(app, kind, rec, &o, mem, result, err);
}

static void add(const struct record *rec, const char *key, struct sbuf *out)
{
	const struct field *f = form_field(rec->form, key);
	const struct value *v = record_get(rec, key);
	const struct code *c = v->kind == V_CODE ? field_code(f, v->text) : NULL;

	if (value_is_empty(v))
		return;
	if (out->len)
		sbuf_adds(out, " ");
	if (c)
		sbuf_adds(out, term_text(&c->term));
	else
		field_format(f, v, false, out);
}

void call_words(const struct record *rec, struct sbuf *out)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;

	add(rec, "outcome", &words);
	add(rec, "again_on", &words);
	add(rec, "again_time", &words);
	add(rec, "note", &words);
	sbuf_adds(out, words.s);
}

bool calls_of(struct app *app, int64_t resident_row, struct arena *mem, struct call_line *out, size_t max, size_t *n,
	struct err *err)
{
	struct stmt *st = stmt_get(app->db, "calls_of");
	int64_t rows[16];
	bool row, ok = true;

	*n = 0;
	stmt_bind_int(st, "resident", resident_row);
	stmt_bind_int(st, "limit", (int64_t)max);
	while (*n < max && *n < N_ELEMENTS(rows) && (ok = stmt_step(st, &row, err)) && row)
		rows[(*n)++] = stmt_int(st, 0);
	stmt_done(&st);
	for (size_t i = 0; ok && i < *n; i++) {
		AUTO_SBUF struct sbuf text = SBUF_INIT;
		struct record *rec;

		ok = record_load_row(app, rows[i], mem, &rec, NULL, err);
		if (!ok)
			break;
		call_words(rec, &text);
		out[i] = (struct call_line){ record_text(rec, "date"), arena_strdup(mem, text.s),
			record_name(app, KIND_STAFF, record_text(rec, "doctor"), mem) };
	}
	return ok;
}
