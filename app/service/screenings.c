/* The screening book: what follows from a sheet, and its lists. */
#include "app/service/screenings.h"

#include "app/base/date.h"
#include "app/service/overview.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

static bool complete(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	(void)app;
	(void)old;
	(void)err;
	rec->form->compute(rec, cx);
	if (value_is_empty(record_get(rec, "next_due")) && record_text(rec, "next_due_proposed"))
		record_set_text(rec, "next_due", record_text(rec, "next_due_proposed"));
	return true;
}

const struct use_case screening_use_case = { .kind = KIND_SCREENING, .complete = complete };

bool screening_ids(struct app *app, enum screening_which which, int64_t village, int64_t **ids, size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "screening_ids");
	size_t cap = 0;
	bool row;

	*ids = NULL;
	*n = 0;
	stmt_bind_int(st, "which", which);
	if (village)
		stmt_bind_int(st, "village", village);
	for (;;) {
		if (!stmt_step(st, &row, err)) {
			free(*ids);
			*ids = NULL;
			return false;
		}
		if (!row)
			return true;
		if (*n == cap) {
			cap = cap ? cap * 2 : 64;
			*ids = xrealloc(*ids, cap, sizeof **ids);
		}
		(*ids)[(*n)++] = stmt_int(st, 0);
	}
}

static const char *words(const struct record *rec, const char *key, struct arena *mem)
{
	const struct code *c = record_text(rec, key) ? field_code(form_field(rec->form, key), record_text(rec, key)) : NULL;

	return c ? arena_strdup(mem, term_text(&c->term)) : "";
}

static const char *number(const struct record *rec, const char *key, struct arena *mem)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	if (!value_is_empty(record_get(rec, key)))
		field_format(form_field(rec->form, key), record_get(rec, key), false, &text);
	return arena_strdup(mem, text.s);
}

bool screening_read(struct app *app, int64_t row, struct arena *mem, struct screening_row *out, struct err *err)
{
	struct record *rec, *who;
	const char *text;

	*out = (struct screening_row){ .id = "", .resident = "", .name = "", .day = "", .next_due = "" };
	if (!record_load_row(app, row, mem, &rec, NULL, err) ||
		!record_load(app, KIND_RESIDENT, record_text(rec, "resident") ? record_text(rec, "resident") : "", mem, &who, err))
		return false;
	out->id = rec->meta.id;
	out->resident = who->meta.id;
	out->name = record_text(who, "name") ? record_text(who, "name") : "";
	out->day = record_text(rec, "date") ? record_text(rec, "date") : "";
	text = number(rec, "sbp_mean", mem);
	out->bp = *text ? arena_printf(mem, "%s/%s", text, number(rec, "dbp_mean", mem)) : "";
	out->fpg = number(rec, "fpg", mem);
	out->bp_result = words(rec, "bp_result", mem);
	out->glucose_result = words(rec, "glucose_result", mem);
	out->confirmed = words(rec, "confirmed", mem);
	out->high_risk = record_is(rec, "high_risk", "2");
	out->raised = record_text(rec, "bp_result") && !record_is(rec, "bp_result", "1");
	out->next_due = record_text(rec, "next_due") ? record_text(rec, "next_due") : "";
	return true;
}

bool screening_task_words(struct app *app, int64_t resident, const struct due_task *t, struct sbuf *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;

	(void)resident;
	if (!record_load(app, KIND_SCREENING, t->record, &mem, &rec, err))
		return false;
	if (record_is(rec, "bp_result", "3") || record_is(rec, "bp_result", "4") || record_is(rec, "glucose_result", "3") ||
		record_is(rec, "glucose_result", "4"))
		sbuf_adds(out, _("screening: was it confirmed?"));
	else if (record_is(rec, "bp_result", "2"))
		sbuf_adds(out, _("BP raised: measure again"));
	else
		sbuf_adds(out, _("high risk: measure again"));
	return true;
}
