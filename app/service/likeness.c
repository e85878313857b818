#include "app/service/likeness.h"

#include <stdlib.h>

#include "app/base/date.h"
#include "db/stmt.h"

enum { PAST = 8 };

/* A value is strange when it differs from each of the past ones by more than `by`, and by more than so many per cent of it.
 * Pressure needs several: one reading may be the odd one itself. */
static const struct likeness_rule {
	const char *key;
	size_t needs;
	int64_t by; /* in the scale of the field */
	int percent;
} rules[] = {
	{ "sbp", 2, 60, 0 },
	{ "weight", 1, 80, 15 },
	{ "height", 1, 60, 0 },
};

struct past {
	int64_t value[N_ELEMENTS(rules)][PAST]; /* newest first */
	size_t n[N_ELEMENTS(rules)];
};

static bool read_past(struct app *app, int64_t resident, int64_t self, const char *day, struct past *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "likeness_past");
	bool row;

	*out = (struct past){ 0 };
	stmt_bind_int(st, "resident", resident);
	stmt_bind_int(st, "self", self);
	stmt_bind_text(st, "day", day);
	stmt_bind_int(st, "limit", PAST);
	for (;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		for (int i = 0; i < (int)N_ELEMENTS(rules); i++)
			if (!stmt_is_null(st, i) && out->n[i] < PAST)
				out->value[i][out->n[i]++] = stmt_int(st, i);
	}
}

static bool is_strange(const struct likeness_rule *rule, int64_t v, const int64_t past[], size_t n)
{
	if (n < rule->needs)
		return false;
	for (size_t i = 0; i < n; i++) {
		int64_t off = llabs(v - past[i]);

		if (off <= rule->by || off * 100 <= past[i] * rule->percent)
			return false;
	}
	return true;
}

static void ask(const struct field *f, const struct value *v, int64_t before, const struct record *who, int age,
	struct findings *fs)
{
	struct value past = { .kind = v->kind, .num = before };
	AUTO_SBUF struct sbuf now = SBUF_INIT, then = SBUF_INIT;

	field_format(f, v, false, &now);
	field_format(f, &past, false, &then);
	finding_question(fs, f->key, _("%s %s is far from the last one (%s). Is this %s (%d)?"), field_label(f), now.s, then.s,
		record_text(who, "name") ? record_text(who, "name") : "?", age);
}

bool likeness_check(struct app *app, enum kind_id kind, const struct record *rec, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	int64_t self = *rec->meta.id ? record_row(app, kind, rec->meta.id) : 0;
	const char *day = record_text(rec, "date");
	int32_t born;
	struct past past;

	if (!cx->resident || !day)
		return true;
	born = record_day(cx->resident, "birth_date");
	if (date_age(born, date_day(day)) < 18) /* children grow */
		return true;
	if (!read_past(app, record_row(app, KIND_RESIDENT, cx->resident->meta.id), self, day, &past, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(rules); i++) {
		const struct field *f = form_field(rec->form, rules[i].key);
		const struct value *v = f ? record_get(rec, f->key) : NULL;

		if (v && !value_is_empty(v) && is_strange(&rules[i], v->num, past.value[i], past.n[i]))
			ask(f, v, past.value[i][0], cx->resident, date_age(born, app_today(app)), fs);
	}
	return true;
}
