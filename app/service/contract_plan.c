#include "app/service/contract_plan.h"

#include "app/base/date.h"
#include "app/clinic/states.h"
#include "db/stmt.h"

/* ---- a new one --------------------------------------------------------------------------------------------------------- */

struct team_choice {
	const char *actor;
	char id[RECORD_ID_MAX + 1];
	size_t n;
	bool mine;
};

static bool is_member(const struct record *team, const char *staff)
{
	const struct value *list = record_get(team, "members");
	const char *leader = record_text(team, "leader");

	if (leader && !strcmp(leader, staff))
		return true;
	for (size_t i = 0; i < list->n_items; i++) {
		const char *who = record_text(list->items[i], "staff");

		if (who && !strcmp(who, staff))
			return true;
	}
	return false;
}

int contract_window(struct app *app)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *s = app_setting(app, "renewal_days", &mem);
	long n = s ? strtol(s, NULL, 10) : 0;

	return n > 0 && n <= CONTRACT_WINDOW_MAX ? (int)n : CONTRACT_RENEWAL_DAYS;
}

/* Whoever works signs for his own team; where he is in none, for the only one there is. */
static bool choose_team(struct app *app, struct team_choice *c, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "list_team");
	int64_t rows[64];
	size_t n = 0;
	bool row, ok;

	stmt_bind_int(st, "all", 0);
	while (n < N_ELEMENTS(rows) && (ok = stmt_step(st, &row, err)) && row)
		rows[n++] = stmt_int(st, 0);
	stmt_done(&st);
	for (size_t i = 0; i < n && !c->mine; i++) {
		AUTO_ARENA struct arena mem = { 0 };
		struct record *team;

		if (!record_load_row(app, rows[i], &mem, &team, NULL, err))
			return false;
		if (record_is(team, "active", "1"))
			continue;
		c->mine = *c->actor && is_member(team, c->actor);
		c->n = c->mine ? 1 : c->n + 1;
		snprintf(c->id, sizeof c->id, "%s", team->meta.id);
	}
	return true;
}

static bool fill_new(struct app *app, struct record *rec, struct err *err)
{
	struct team_choice c = { .actor = app->actor };

	if (!choose_team(app, &c, err))
		return false;
	if (c.n == 1 && !record_text(rec, "team"))
		record_set_text(rec, "team", c.id);
	if (!record_text(rec, "start"))
		record_set_day(rec, "start", app_today(app));
	return true;
}

/* The same again: items as they were (the doctor may have changed them), with nothing done yet. */
void contract_renewal(struct app *app, struct record *rec, const struct record *old)
{
	static const char *const keys[] = { "team", "doctor", "years", "packages", "items", "channel" };
	int32_t end = record_day(old, "end"), today = app_today(app);
	const struct value *items;

	record_set_text(rec, "previous", old->meta.id);
	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (!value_is_empty(record_get(old, keys[i])))
			record_set(rec, keys[i], record_get(old, keys[i]));
	items = record_get(rec, "items");
	for (size_t i = 0; i < items->n_items; i++)
		record_clear(items->items[i], "done");
	/* Without a gap; one that ended long ago begins anew today. */
	record_set_day(rec, "signed_on", today);
	record_set_day(rec, "start", end != NO_DAY && end + 1 > today - contract_window(app) ? end + 1 : today);
}

/* Another team from today on, as long as before, under the signature of the agreement that is handed over. */
void contract_handover(struct app *app, struct record *rec, const struct record *old)
{
	static const char *const signature[] = { "signed_by", "sign_method", "signer_name", "signer_relation" };

	contract_renewal(app, rec, old);
	for (size_t i = 0; i < N_ELEMENTS(signature); i++)
		record_set(rec, signature[i], record_get(old, signature[i]));
	record_clear(rec, "team");
	record_clear(rec, "doctor");
	record_set_day(rec, "start", app_today(app));
	record_set_day(rec, "signed_on", app_today(app));
}

bool contract_prefill(struct app *app, struct record *rec, bool *renews, struct record **old, struct arena *mem,
	struct err *err)
{
	struct stmt *st = stmt_get(app->db, "contract_latest");
	struct record *last = NULL;
	int64_t row;

	*renews = false;
	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, record_text(rec, "resident")));
	if (!stmt_value(st, &row, 0, err) || (row && !record_load_row(app, row, mem, &last, NULL, err)))
		return false;
	if (old)
		*old = last;
	if (!last)
		return fill_new(app, rec, err);
	contract_renewal(app, rec, last);
	*renews = record_is(last, "status", "active") || record_is(last, "status", "renewed");
	if (!*renews) { /* given up: the same is proposed, but nothing is carried on */
		record_clear(rec, "previous");
		record_set_day(rec, "start", app_today(app));
	}
	return true;
}

bool contract_running(struct app *app, const char *resident, char out[RECORD_ID_MAX + 1], struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "contracts_open");
	int32_t today = app_today(app);
	bool row = true;

	out[0] = '\0';
	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, resident));
	stmt_bind_int(st, "self", 0);
	for (;;) {
		int32_t end;
		enum contract_state s;

		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		end = date_day(stmt_text(st, 3));
		s = contract_state_on(contract_state_by_name(stmt_text(st, 1)), end, today);
		if (s == CONTRACT_EXPIRED || contract_renewal_due(s, end, today, contract_window(app)))
			continue;
		snprintf(out, RECORD_ID_MAX + 1, "%s", stmt_text(st, 0));
		return true;
	}
}

/* ---- what was done ----------------------------------------------------------------------------------------------------- */

/* Items that other records prove (the view `proof`, db/schema); the rest is entered by hand. */
static bool is_counted(const char *item)
{
	static const char *const proven[] = { "1", "2", "3", "5", "7", "8", "9", "10", "11", "12", "13" };

	for (size_t i = 0; i < N_ELEMENTS(proven); i++)
		if (!strcmp(proven[i], item))
			return true;
	return false;
}

static void list_promised(const struct record *contract, struct fulfilment *out)
{
	const struct value *list = record_get(contract, "items");
	const struct field *f = form_field(contract->form, "items");

	for (size_t i = 0; i < list->n_items && out->n < FULFILMENT_MAX; i++) {
		const char *code = record_text(list->items[i], "item");
		const struct code *term = code ? field_code(form_field(f->form, "item"), code) : NULL;

		if (term)
			out->item[out->n++] = (struct fulfilment_item){ .code = term->code, .term = &term->term,
				.counted = is_counted(term->code), .planned = record_num(list->items[i], "planned", 1),
				.done = record_num(list->items[i], "done", 0) };
	}
}

static bool count_done(struct app *app, const struct record *contract, struct fulfilment *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "contract_done");
	char today[DATE_LEN];
	bool row = true;

	stmt_bind_int(st, "contract", *contract->meta.id ? record_row(app, KIND_CONTRACT, contract->meta.id) : 0);
	stmt_bind_text(st, "today", date_iso(app_today(app), today));
	for (;;) {
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		for (size_t i = 0; i < out->n; i++)
			if (!strcmp(out->item[i].code, stmt_text(st, 0)) && stmt_int(st, 1) > out->item[i].done)
				out->item[i].done = stmt_int(st, 1);
	}
}

bool contract_fulfilment(struct app *app, const struct record *contract, struct fulfilment *out, struct err *err)
{
	*out = (struct fulfilment){ 0 };
	list_promised(contract, out);
	if (!count_done(app, contract, out, err))
		return false;
	for (size_t i = 0; i < out->n; i++) {
		const struct fulfilment_item *item = &out->item[i];

		out->planned += item->planned;
		out->done += item->done < item->planned ? item->done : item->planned;
	}
	return true;
}

void contract_fulfilment_text(const struct fulfilment *f, struct sbuf *out)
{
	if (!f->n)
		return;
	sbuf_addf(out, "%lld/%lld", (long long)f->done, (long long)f->planned);
	for (size_t i = 0; i < f->n; i++)
		if (f->item[i].counted || f->item[i].done)
			sbuf_addf(out, " %s%s%lld/%lld", term_text(f->item[i].term), i18n_language()[0] == 'e' ? " " : "",
				(long long)f->item[i].done, (long long)f->item[i].planned);
}
