#include "app/service/people_lists.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/clinic/kind.h"
#include "app/service/care.h"
#include "app/service/overview.h"
#include "app/service/records.h"
#include "db/stmt.h"

enum { AWAY_MONTHS = 6 };

/* ---- away ------------------------------------------------------------------------------------------------------------ */

int away_months(struct app *app)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *set = app_setting(app, "away_months", &mem);

	return set && *set ? (int)strtol(set, NULL, 10) : AWAY_MONTHS;
}

bool away_is_long(struct app *app, int32_t since)
{
	int months = away_months(app);

	return since != NO_DAY && months > 0 && date_add_months(since, months) <= app_today(app);
}

/* The day as the list shows it, of this year without the year. */
static const char *brief(struct app *app, const char *iso)
{
	return strlen(iso) == 10 && date_year(date_day(iso)) == date_year(app_today(app)) ? iso + 5 : iso;
}

static void add_part(struct sbuf *out, const char *part)
{
	sbuf_addf(out, "%s%s", out->len ? "; " : "", part);
}

static void away_words(struct app *app, struct stmt *st, struct listed *l, struct arena *mem)
{
	const char *where = stmt_text(st, 2), *back = stmt_text(st, 3), *home = stmt_text(st, 4);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	l->warn = away_is_long(app, date_day(l->day));
	if (where)
		sbuf_adds(&text, where);
	if (home && date_day(home) >= app_today(app))
		add_part(&text, arena_printf(mem, _("at home until %s"), brief(app, home)));
	else if (back)
		add_part(&text, arena_printf(mem, _("back %s"), brief(app, back)));
	if (l->warn)
		add_part(&text, _("not living here"));
	l->detail = arena_strdup(mem, text.s ? text.s : "");
}

static bool one_home(struct app *app, const char *id, int32_t until, bool *changed, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct save_options o = { .confirm_all = true };
	struct save_result r;
	struct record *rec;

	*changed = false;
	if (!record_load(app, KIND_RESIDENT, id, &mem, &rec, err))
		return false;
	if (!record_is(rec, "status", "2") || record_day(rec, "home_until") == until)
		return true;
	if (until == NO_DAY)
		record_clear(rec, "home_until");
	else
		record_set_day(rec, "home_until", until);
	*changed = true;
	return records_save(app, kind_by_id(KIND_RESIDENT), rec, &o, &mem, &r, err);
}

bool away_home_until(struct app *app, const char *ids[], size_t n, int32_t until, size_t *changed, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	*changed = 0;
	if (until != NO_DAY && until < app_today(app)) {
		err_set(err, ERR_INVALID_VALUE, _("At home until a day that is past?"));
		return err_at(err, "home_until");
	}
	if (!work_begin(&w, app, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *id = ids[i];
		bool changes;

		work_next_group(&w);
		if (!one_home(app, id, until, &changes, err))
			return false;
		if (changes) {
			ids[i] = ids[*changed];
			ids[(*changed)++] = id;
		}
	}
	return work_commit(&w, err);
}

/* ---- the others ---------------------------------------------------------------------------------------------------------- */

static const char *code_words(const char *key, const char *code)
{
	const struct field *f = form_field(kind_by_id(KIND_RESIDENT)->form, key);
	const struct code *c = code ? field_code(f, code) : NULL;

	return c ? term_text(&c->term) : "";
}

static void phone_state_words(struct app *app, struct stmt *st, struct listed *l, struct arena *mem)
{
	const char *carer = stmt_text(st, 4), *instead = stmt_text(st, 5);
	AUTO_SBUF struct sbuf text = SBUF_INIT, part = SBUF_INIT;

	(void)app;
	sbuf_addf(&text, "%s %s", stmt_text(st, 3), code_words("phone_state", stmt_text(st, 2)));
	if (instead) {
		care_words(instead, carer, &part);
		add_part(&text, part.s);
	}
	l->detail = arena_strdup(mem, text.s);
}

static void no_number_words(struct app *app, struct stmt *st, struct listed *l, struct arena *mem)
{
	const char *reason = stmt_text(st, 3);

	(void)app;
	l->detail = arena_printf(mem, "%s%s%s", code_words("no_id", stmt_text(st, 2)), reason ? ": " : "", reason ? reason : "");
}

static void record_words(struct app *app, struct stmt *st, struct listed *l, struct arena *mem)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct record *rec;
	enum kind_id kind;
	struct err err;

	l->record = stmt_int(st, 2);
	l->detail = "";
	if (!record_load_row(app, l->record, mem, &rec, &kind, &err))
		return;
	sbuf_addf(&text, _("died %s"), brief(app, stmt_text(st, 3)));
	sbuf_adds(&text, "; ");
	record_summary(app, kind, rec, &text);
	l->detail = arena_strdup(mem, text.s);
}

static const struct {
	const char *name, *statement;
	void (*words)(struct app *app, struct stmt *st, struct listed *l, struct arena *mem);
} lists[PEOPLE_LIST_COUNT] = {
	[PEOPLE_AWAY] = { "away", "list_away", away_words },
	[PEOPLE_AFTER_DEATH] = { "after-death", "list_after_death", record_words },
	[PEOPLE_DEAD_PHONES] = { "dead-phones", "list_dead_phones", phone_state_words },
	[PEOPLE_NO_NUMBER] = { "no-number", "list_no_number", no_number_words },
};

enum people_list people_list_by_name(const char *name)
{
	enum people_list i = 0;

	while (i < PEOPLE_LIST_COUNT && strcmp(lists[i].name, name) != 0)
		i++;
	return i;
}

static bool read_all(struct app *app, enum people_list which, struct stmt *st, struct arena *mem, struct listed **v,
	size_t *n, struct err *err)
{
	size_t cap = 0;
	bool row;

	for (;;) {
		struct listed l = { .record = 0 };
		int64_t resident;

		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		resident = stmt_int(st, 0);
		l.day = arena_strdup(mem, stmt_text(st, 1) ? stmt_text(st, 1) : "");
		lists[which].words(app, st, &l, mem);
		if (!search_hit_of(app, resident, mem, &l.hit, err))
			return false;
		if (*n == cap) {
			cap = cap ? 2 * cap : 64;
			*v = xrealloc(*v, cap, sizeof **v);
		}
		(*v)[(*n)++] = l;
	}
}

bool people_list_read(struct app *app, enum people_list which, int64_t village, struct arena *mem, struct listed **out,
	size_t *n, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, lists[which].statement);
	AUTO_FREE struct listed *v = NULL;

	*n = 0;
	if (village)
		stmt_bind_int(st, "village", village);
	if (!read_all(app, which, st, mem, &v, n, err))
		return false;
	*out = arena_alloc(mem, (*n + 1) * sizeof **out);
	if (*n)
		memcpy(*out, v, *n * sizeof *v);
	return true;
}
