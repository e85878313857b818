#include "app/service/clinic_settings.h"

#include "app/clinic/market.h"
#include "app/programmes/programmes.h"
#include "app/service/contract_plan.h"
#include "app/service/directory.h"
#include "app/service/lost.h"
#include "app/service/people_lists.h"
#include "app/service/record_remotes.h"
#include "app/service/refs.h"
#include "app/service/report_settings.h"
#include "app/service/reports.h"
#include "db/stmt.h"

bool clinic_set(struct app *app, const char *key, const char *value, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, app, err) && app_set_setting(app, key, value ? value : "", err) && work_commit(&w, err);
}

bool clinic_set_village(struct app *app, const char *id, struct err *err)
{
	int64_t row = *id ? record_row(app, KIND_ORGANISATION, id) : 0;

	if (*id && !row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such village."));
	if (!clinic_set(app, "own_village", id, err))
		return false;
	snprintf(app->own_village, sizeof app->own_village, "%s", id);
	app->own_village_row = row;
	return true;
}

bool clinic_set_market(struct app *app, const char *text, struct err *err)
{
	struct market_days m;

	return market_parse(text, &m, err) && clinic_set(app, "market_days", text, err);
}

/* ---- the county ---------------------------------------------------------------------------------------------------------- */

const char *clinic_county(struct app *app, struct arena *mem)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "county_url");
	struct err err;
	bool row;

	return stmt_step(st, &row, &err) && row && stmt_text(st, 0) ? arena_strdup(mem, stmt_text(st, 0)) : "";
}

/* "http://localhost" and then nothing of the host's name any more. */
static bool is_here(const char *url)
{
	static const char *const hosts[] = { "http://localhost", "http://127.0.0.1", "http://[::1]" };

	for (size_t i = 0; i < N_ELEMENTS(hosts); i++) {
		size_t n = strlen(hosts[i]);

		if (!strncmp(url, hosts[i], n) && (!url[n] || url[n] == ':' || url[n] == '/'))
			return true;
	}
	return false;
}

bool clinic_county_check(const char *url, struct err *err)
{
	const char https[] = "https://";
	bool secure = !strncmp(url, https, sizeof https - 1) && strlen(url) > sizeof https + 1;

	if (!*url || ((secure || is_here(url)) && !strchr(url, ' ')))
		return true;
	err_set(err, ERR_INVALID_VALUE, _("The county's address begins with https://."));
	return err_example(err, "https://fhir.example.gov.cn/r4");
}

bool clinic_set_county(struct app *app, const char *url, struct err *err)
{
	return clinic_county_check(url, err) && remote_move_county(app, url, err);
}

/* ---- numbers ------------------------------------------------------------------------------------------------------------- */

enum { POPULATION_MAX = 99999999 };

static int64_t first_day(struct app *app)
{
	return reports_first_day(app);
}

static int64_t months_away(struct app *app)
{
	return away_months(app);
}

static int64_t attempts(struct app *app)
{
	struct err ignored;
	int64_t n;

	return lost_rule(app, &n, &ignored) ? n : 0;
}

static int64_t window(struct app *app)
{
	return contract_window(app);
}

static const struct clinic_number numbers[] = {
	{ "period_first_day", 1, PERIOD_FIRST_DAY_MAX, first_day, NULL },
	{ "away_months", 0, 120, months_away, NULL },
	{ "lost_attempts", 1, 99, attempts, NULL },
	{ "renewal_days", 1, CONTRACT_WINDOW_MAX, window, NULL },
	{ "resident_population", 0, POPULATION_MAX, NULL, NULL },
	{ "service_population", 0, POPULATION_MAX, NULL, N_("those living here or on file (default)") },
	{ "adult_population", 0, POPULATION_MAX, NULL, NULL },
};
static const struct clinic_number task_number = { "", 0, POPULATION_MAX, NULL, NULL };

static const char *task_key(size_t i)
{
	const struct programme *p = programme_counted(i);

	return p ? p->indicators[0].settings : NULL;
}

const struct clinic_number *clinic_number(const char *key)
{
	const char *task;

	for (size_t i = 0; i < N_ELEMENTS(numbers); i++)
		if (!strcmp(numbers[i].key, key))
			return &numbers[i];
	for (size_t i = 0; (task = task_key(i)); i++)
		if (!strcmp(task, key))
			return &task_number;
	return NULL;
}

/* "" takes it away; out_of_range outside the limits. */
static bool clinic_set_number(struct app *app, const char *key, const char *value, struct err *err)
{
	const struct clinic_number *n = clinic_number(key);
	size_t digits = strspn(value, "0123456789");
	int64_t v = strtoll(value, NULL, 10);
	char example[24];

	if (*value && (value[digits] || digits > 9 || v < n->lo || v > n->hi)) {
		err_set(err, ERR_OUT_OF_RANGE, _("A number from %lld to %lld."), (long long)n->lo, (long long)n->hi);
		snprintf(example, sizeof example, "%lld", (long long)(n->holds ? n->holds(app) : n->hi / 10000));
		return err_example(err, example);
	}
	return clinic_set(app, key, value, err);
}

/* ---- all of them by key ---------------------------------------------------------------------------------------------------- */

static bool set_village(struct app *app, const char *value, struct err *err)
{
	char id[RECORD_ID_MAX + 1] = "";

	if (*value && !ref_find(app, KIND_ORGANISATION, value, id, err))
		return false;
	return (!*value || *id) ? clinic_set_village(app, id, err) : err_set(err, ERR_NOT_FOUND, _("There is no such village."));
}

/* Those with a way of their own. */
static const struct {
	const char *key;
	bool (*set)(struct app *app, const char *value, struct err *err);
} ways[] = {
	{ "own_village", set_village },
	{ "market_days", clinic_set_market },
	{ "lost_attempts", lost_set_rule },
};

const char *clinic_setting_key(size_t i)
{
	static const char *const others[] = { "own_village", "market_days" };
	size_t tasks;

	if (i < N_ELEMENTS(others))
		return others[i];
	i -= N_ELEMENTS(others);
	if (i < N_ELEMENTS(numbers))
		return numbers[i].key;
	i -= N_ELEMENTS(numbers);
	for (tasks = 0; task_key(tasks);)
		tasks++;
	return i < tasks ? task_key(i) : report_setting_key(i - tasks);
}

bool clinic_setting_set(struct app *app, const char *key, const char *value, struct err *err)
{
	for (size_t i = 0; i < N_ELEMENTS(ways); i++)
		if (!strcmp(ways[i].key, key))
			return ways[i].set(app, value, err);
	if (clinic_number(key))
		return clinic_set_number(app, key, value, err);
	if (report_is_setting(key))
		return report_setting_check(key, value, err) && clinic_set(app, key, value, err);
	return err_set(err, ERR_UNKNOWN_FIELD, _("There is no setting \"%s\"."), key);
}

const char *clinic_setting_words(struct app *app, const char *key, struct arena *mem)
{
	const char *set = app_setting(app, key, mem);
	const struct clinic_number *n = clinic_number(key);

	if (report_is_setting(key))
		return report_setting_words(key, set ? set : "", mem);
	if (set && *set)
		return strcmp(key, "own_village") ? set : directory_name(app, KIND_ORGANISATION, set, mem);
	if (n && n->holds)
		return arena_printf(mem, _("%lld (default)"), (long long)n->holds(app));
	return n && n->otherwise ? _(n->otherwise) : "-";
}
