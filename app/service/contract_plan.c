#include "app/service/contract_plan.h"

#include "app/base/date.h"
#include "app/clinic/states.h"
#include "db/stmt.h"

/* ---- packages and their items ------------------------------------------------------------------------------------------ */

/* The usual content: the national norm's yearly services for the group.  Local agreements differ; the form lets the
 * doctor change every number. */
static const struct package_item {
	const char *package, *item;
	int64_t planned;
} package_items[] = {
	{ "1", "1", 1 },  { "1", "4", 1 },  { "1", "6", 2 },                    /* basic: file, education, advice */
	{ "2", "2", 1 },  { "2", "3", 4 },  { "2", "5", 4 }, { "2", "7", 4 },   /* hypertension */
	{ "3", "2", 1 },  { "3", "3", 4 },  { "3", "5", 4 }, { "3", "7", 4 },   /* diabetes */
	{ "4", "2", 1 },  { "4", "8", 1 },  { "4", "9", 1 }, { "4", "5", 1 },   /* elderly */
	{ "5", "11", 5 }, { "5", "12", 2 },                                     /* maternal */
	{ "6", "2", 2 },  { "6", "10", 2 }, { "6", "13", 2 },                   /* child */
	{ "7", "2", 1 },  { "7", "5", 1 },                                      /* disabled */
	{ "8", "2", 1 },  { "8", "3", 4 },  { "8", "5", 4 },                    /* COPD */
	{ "9", "3", 12 }, { "9", "7", 12 },                                     /* tuberculosis */
	{ "10", "3", 4 }, { "10", "7", 4 },                                     /* severe mental disorder */
};

/* The same item in two packages is done once: the larger number counts. */
static void add_item(struct record *rec, const struct package_item *p)
{
	const struct value *list = record_get(rec, "items");
	struct record *item;

	for (size_t i = 0; i < list->n_items; i++) {
		if (!record_is(list->items[i], "item", p->item))
			continue;
		if (record_num(list->items[i], "planned", 0) < p->planned)
			record_set_num(list->items[i], "planned", p->planned);
		return;
	}
	item = record_add_item(rec, "items");
	record_set_text(item, "item", p->item);
	record_set_num(item, "planned", p->planned);
}

void contract_plan(struct record *rec)
{
	record_clear(rec, "items");
	for (size_t i = 0; i < N_ELEMENTS(package_items); i++)
		if (record_is(rec, "packages", package_items[i].package))
			add_item(rec, &package_items[i]);
}

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

static void fill_renewal(struct app *app, struct record *rec, const struct record *old)
{
	static const char *const keys[] = { "team", "doctor", "packages", "items", "channel" };
	int32_t end = record_day(old, "end"), today = app_today(app);

	record_set_text(rec, "previous", old->meta.id);
	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		record_set(rec, keys[i], record_get(old, keys[i]));
	/* Without a gap; one that ended long ago begins anew today. */
	record_set_day(rec, "start", end != NO_DAY && end + 1 > today - CONTRACT_RENEWAL_DAYS ? end + 1 : today);
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
	fill_renewal(app, rec, last);
	*renews = true;
	return true;
}

/* ---- what was done ----------------------------------------------------------------------------------------------------- */

struct credits {
	int64_t followups, exams, visits;
};

static bool read_credits(struct app *app, const struct record *c, struct credits *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "contract_credits");
	int32_t end = record_day(c, "end"), today = app_today(app);
	char until[DATE_LEN];
	bool row;

	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, record_text(c, "resident")));
	stmt_bind_text(st, "from", record_text(c, "start"));
	stmt_bind_text(st, "until", date_iso(end == NO_DAY || end > today ? today : end, until));
	if (!stmt_step(st, &row, err))
		return false;
	*out = (struct credits){ stmt_int(st, 0), stmt_int(st, 1), stmt_int(st, 2) };
	return true;
}

/* -1: no record proves it. */
static int64_t credited(const char *item, const struct credits *c)
{
	if (!strcmp(item, "1"))
		return 1;
	if (!strcmp(item, "2"))
		return c->exams;
	if (!strcmp(item, "3"))
		return c->followups;
	if (!strcmp(item, "7"))
		return c->followups + c->visits;
	return -1;
}

bool contract_fulfilment(struct app *app, const struct record *contract, struct fulfilment *out, struct err *err)
{
	const struct value *list = record_get(contract, "items");
	const struct field *f = form_field(contract->form, "items");
	struct credits c;

	*out = (struct fulfilment){ 0 };
	if (!read_credits(app, contract, &c, err))
		return false;
	for (size_t i = 0; i < list->n_items && out->n < FULFILMENT_MAX; i++) {
		const char *code = record_text(list->items[i], "item");
		const struct code *term = code ? field_code(form_field(f->form, "item"), code) : NULL;
		struct fulfilment_item *item = &out->item[out->n];
		int64_t done;

		if (!term)
			continue;
		done = credited(code, &c);
		*item = (struct fulfilment_item){ .code = term->code, .term = &term->term, .counted = done >= 0,
			.planned = record_num(list->items[i], "planned", 1), .done = record_num(list->items[i], "done", 0) };
		if (done > item->done)
			item->done = done;
		out->planned += item->planned;
		out->done += item->done < item->planned ? item->done : item->planned;
		out->n++;
	}
	return true;
}

void contract_fulfilment_text(const struct fulfilment *f, struct sbuf *out)
{
	if (!f->n)
		return;
	sbuf_addf(out, "%lld/%lld", (long long)f->done, (long long)f->planned);
	for (size_t i = 0; i < f->n; i++)
		if (f->item[i].counted)
			sbuf_addf(out, " %s%s%lld/%lld", term_text(f->item[i].term), i18n_language()[0] == 'e' ? " " : "",
				(long long)f->item[i].done, (long long)f->item[i].planned);
}
