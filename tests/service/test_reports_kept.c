/* What becomes of a report: figures that were sent are kept, the workbook, the JSON. */
#include <json-c/json.h>

#include "app/base/json.h"
#include "app/base/path.h"
#include "app/clinic/indicator.h"
#include "app/programmes/programmes.h"
#include "app/service/reports.h"
#include "support/service/clinic.h"
#include "support/service/frozen.h"

static struct test_clinic c;

/* With a file since long. */
static const char *person(const char *name)
{
	return clinic_save(&c, "resident", "{'name':'%s','sex':'2','birth_date':'1950-01-01','village':'上坂村','filed_on':'2020-01-01'}", name);
}

static int setup(void **state)
{
	i18n_init();
	clinic_start(&c);
	return 0;
}

static int teardown(void **state)
{
	clinic_stop(&c);
	return 0;
}

static void freeze__keeps_what_was_sent__and_notices_a_change(void **state)
{
	AUTO_REPORT_RESULT struct report_result r = { 0 }, again = { 0 }, changed = { 0 };
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	person("一");
	assert_ok(reports_build(&c.app, "2026-10", NULL, &r, &c.err) && reports_freeze(&c.app, &r, &c.err), &c.err);
	assert_int_equal(r.frozen.number, 1);
	assert_int_equal(strlen(r.frozen.hash), 64);
	assert_non_null(r.report->stamp);
	assert_ok(reports_build(&c.app, "2026-10", NULL, &again, &c.err) && reports_freeze(&c.app, &again, &c.err), &c.err);
	assert_int_equal(again.frozen.number, 1); /* not kept twice */
	assert_false(again.differs);
	person("二");
	assert_ok(reports_build(&c.app, "2026-10", NULL, &changed, &c.err), &c.err);
	assert_true(changed.differs);
	assert_null(changed.report->stamp);
	assert_ok(reports_frozen_text(&c.app, "2026-10", 0, &text, &c.err), &c.err);
	assert_non_null(strstr(text.s, "\n一\t"));
	assert_null(strstr(text.s, "\n二\t"));
	assert_ok(reports_freeze(&c.app, &changed, &c.err), &c.err);
	assert_int_equal(changed.frozen.number, 2);
	assert_false(reports_frozen_text(&c.app, "2026-09", 0, &text, &c.err));
	assert_int_equal(c.err.code, ERR_NOT_FOUND);
}

static const struct indicator_result *files(const struct report_result *r)
{
	size_t i = 0;

	while (strcmp(r->indicators[i].ind->code, "S03") != 0)
		assert_true(++i < r->n_indicators);
	return &r->indicators[i];
}

/* What was sent stands beside what is counted now, in either language, with and without the lists of people. */
static void frozen_figures__are_read_back__beside_those_of_today(void **state)
{
	static const struct { const char *language; struct report_options o; } ways[] = {
		{ "zh", { 0 } }, { "en", { 0 } }, { "zh", { .figures_only = true } }, { "en", { .figures_only = true } },
		{ "en", { .figures_only = true, .compare = true } },
	};
	AUTO_REPORT_RESULT struct report_result first = { 0 };
	struct report_figure now;

	person("一");
	assert_ok(reports_build(&c.app, "2026-10", NULL, &first, &c.err) && reports_freeze(&c.app, &first, &c.err), &c.err);
	assert_false(files(&first)->differs);
	assert_int_equal(files(&first)->frozen.den, 1);
	person("二");
	for (size_t i = 0; i < N_ELEMENTS(ways); i++) {
		AUTO_REPORT_RESULT struct report_result r = { 0 };

		i18n_set_language(ways[i].language);
		assert_ok(reports_build(&c.app, "2026-10", &ways[i].o, &r, &c.err), &c.err);
		now = indicator_now(files(&r));
		assert_true(r.differs && r.figures_differ && files(&r)->was_frozen && files(&r)->differs);
		assert_int_equal(files(&r)->frozen.den, 1);
		assert_true(files(&r)->frozen.has_den && files(&r)->frozen.has_percent);
		assert_int_equal(now.den, 2);
	}
	i18n_set_language("zh");
}

/* A corrected name changes no figure: only whoever compares the lists too is told. */
static void frozen__differs__by_the_people_behind_a_figure(void **state)
{
	const struct report_options figures = { .figures_only = true }, all = { .figures_only = true, .compare = true };
	AUTO_REPORT_RESULT struct report_result first = { 0 }, r = { 0 }, whole = { 0 };
	const char *id = person("一");

	assert_ok(reports_build(&c.app, "2026-10", NULL, &first, &c.err) && reports_freeze(&c.app, &first, &c.err), &c.err);
	clinic_save(&c, "resident", "{'id':'%s','revision':1,'name':'伊'}", id);
	assert_ok(reports_build(&c.app, "2026-10", &figures, &r, &c.err), &c.err);
	assert_false(r.differs);
	assert_ok(reports_build(&c.app, "2026-10", &all, &whole, &c.err), &c.err);
	assert_true(whole.differs && whole.complete);
	assert_false(whole.figures_differ);
}

static void frozen__is_listed__and_asked_for_by_its_number(void **state)
{
	struct report_options o = { .frozen = 1 };
	AUTO_REPORT_RESULT struct report_result a = { 0 }, b = { 0 }, old = { 0 }, none = { 0 };
	AUTO_ARENA struct arena mem = { 0 };
	struct report_frozen *copies;
	size_t n;

	assert_ok(reports_frozen_list(&c.app, "2026-10", &mem, &copies, &n, &c.err), &c.err);
	assert_int_equal(n, 0);
	person("一");
	assert_ok(reports_build(&c.app, "2026-10", NULL, &a, &c.err) && reports_freeze(&c.app, &a, &c.err), &c.err);
	person("二");
	assert_ok(reports_build(&c.app, "2026-10", NULL, &b, &c.err) && reports_freeze(&c.app, &b, &c.err), &c.err);
	assert_ok(reports_frozen_list(&c.app, "2026-10", &mem, &copies, &n, &c.err), &c.err);
	assert_int_equal(n, 2);
	assert_int_equal(copies[0].number, 2);
	assert_int_equal(copies[1].number, 1);
	assert_ok(reports_build(&c.app, "2026-10", &o, &old, &c.err), &c.err);
	assert_int_equal(old.frozen.number, 1);
	assert_string_equal(old.frozen.hash, copies[1].hash);
	assert_int_equal(files(&old)->frozen.den, 1);
	assert_true(old.differs);
	assert_null(old.report->stamp);
	o.frozen = 3;
	assert_false(reports_build(&c.app, "2026-10", &o, &none, &c.err));
	assert_int_equal(c.err.code, ERR_NOT_FOUND);
}

static void keep_first(struct report_result *r)
{
	person("一");
	assert_ok(reports_build(&c.app, "2026-10", NULL, r, &c.err) && reports_freeze(&c.app, r, &c.err), &c.err);
	assert_int_equal(r->frozen.number, 1);
}

/* A damaged copy is said to be so; the report, its workbook and a new copy go on. */
static void frozen__damaged__stops_only_whoever_asks_for_it(void **state)
{
	const struct report_options second = { .frozen = 2 }, first = { .figures_only = true, .frozen = 1 };
	static const unsigned char zeros[100] = { 0 };
	AUTO_REPORT_RESULT struct report_result kept = { 0 }, r = { 0 }, asked = { 0 }, other = { 0 };
	AUTO_JSON struct json_object *json = NULL;
	AUTO_FREE char *path = path_join(c.dir, "r.xlsx");

	keep_first(&kept);
	frozen_keep(&c.app, "2026-10", kept.frozen.hash, 5000, zeros, sizeof zeros);
	assert_ok(reports_build(&c.app, "2026-10", NULL, &r, &c.err), &c.err);
	assert_int_equal(r.frozen.number, 2);
	assert_true(r.frozen.damaged);
	assert_false(r.differs || r.figures_differ || files(&r)->was_frozen);
	assert_null(r.report->stamp);
	json = reports_json(&r);
	assert_true(json_flag(json_member(json, "frozen"), "damaged", false));
	assert_ok(reports_xlsx(&c.app, &r, path, NULL, &c.err), &c.err);
	assert_false(reports_build(&c.app, "2026-10", &second, &asked, &c.err));
	assert_int_equal(c.err.code, ERR_CORRUPT);
	assert_ok(reports_build(&c.app, "2026-10", &first, &other, &c.err), &c.err);
	assert_false(other.frozen.damaged);
	assert_ok(reports_freeze(&c.app, &r, &c.err), &c.err); /* an equal one is there, and nobody can read it */
	assert_int_equal(r.frozen.number, 3);
	assert_false(r.frozen.damaged || r.differs);
}

/* A workbook with a sheet less says the same; with somebody else on a list it does not. */
static void frozen__by_a_program_that_counted_less__is_the_same(void **state)
{
	static const struct {
		const char *without, *here, *there;
		bool only_more;
	} cases[] = {
		{ "年龄性别", NULL, NULL, true },
		{ NULL, "\n一\t", "\n二\t", false },
		{ "年龄性别", "\n一\t", "\n二\t", false },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_REPORT_RESULT struct report_result first = { 0 }, now = { 0 };
		struct json_object *json;

		if (i)
			setup(state);
		person("一");
		assert_ok(reports_build(&c.app, "2026-10", NULL, &first, &c.err) && reports_freeze(&c.app, &first, &c.err), &c.err);
		assert_false(first.only_more);
		if (cases[i].without)
			frozen_keep_without_sheet(&c.app, "2026-10", cases[i].without);
		if (cases[i].here)
			frozen_keep_but_for(&c.app, "2026-10", cases[i].here, cases[i].there);
		assert_ok(reports_build(&c.app, "2026-10", NULL, &now, &c.err), &c.err);
		assert_case(now.differs && !now.figures_differ, i, "differs");
		assert_case(now.only_more == cases[i].only_more, i, "only more");
		json = reports_json(&now);
		assert_case(json_flag(json_member(json, "frozen"), "only_more", !cases[i].only_more) == cases[i].only_more, i, "JSON");
		json_object_put(json);
		if (i + 1 < N_ELEMENTS(cases))
			teardown(state);
	}
}

/* What an older program could not count is no figure that has changed, but one that is new. */
static void frozen__lacks__an_indicator_that_came_later(void **state)
{
	static const struct report_options ways[] = { { .figures_only = true }, { .figures_only = true, .compare = true } };
	AUTO_REPORT_RESULT struct report_result r = { 0 };

	keep_first(&r);
	assert_false(files(&r)->is_new);
	frozen_keep_without(&c.app, "2026-10", "S03");
	for (size_t i = 0; i < N_ELEMENTS(ways); i++) {
		AUTO_REPORT_RESULT struct report_result now = { 0 };

		assert_ok(reports_build(&c.app, "2026-10", &ways[i], &now, &c.err), &c.err);
		assert_int_equal(now.frozen.number, 2);
		assert_true(now.indicators[0].was_frozen && !now.indicators[0].is_new);
		assert_false(files(&now)->was_frozen || files(&now)->differs);
		assert_true(files(&now)->is_new);
		assert_false(now.figures_differ);
	}
}

static void freeze__has_one_hash__whatever_the_language(void **state)
{
	AUTO_REPORT_RESULT struct report_result zh = { 0 }, en = { 0 };

	person("一");
	assert_ok(reports_build(&c.app, "2026-10", NULL, &zh, &c.err) && reports_freeze(&c.app, &zh, &c.err), &c.err);
	i18n_set_language("en");
	assert_ok(reports_build(&c.app, "2026-10", NULL, &en, &c.err) && reports_freeze(&c.app, &en, &c.err), &c.err);
	assert_string_equal(i18n_language(), "en");
	i18n_set_language("zh");
	assert_int_equal(en.frozen.number, 1);
	assert_string_equal(en.frozen.hash, zh.frozen.hash);
}

static void xlsx__has_same_bytes__same_data(void **state)
{
	AUTO_REPORT_RESULT struct report_result a = { 0 }, b = { 0 };
	AUTO_FREE char *one = path_join(c.dir, "one.xlsx"), *two = path_join(c.dir, "two.xlsx");
	AUTO_SBUF struct sbuf x = SBUF_INIT, y = SBUF_INIT;

	person("一");
	assert_ok(reports_build(&c.app, "2026-10", NULL, &a, &c.err) && reports_xlsx(&c.app, &a, one, NULL, &c.err), &c.err);
	assert_ok(reports_build(&c.app, "2026-10", NULL, &b, &c.err) && reports_xlsx(&c.app, &b, two, NULL, &c.err), &c.err);
	assert_ok(path_read(one, 1 << 24, &x, &c.err) && path_read(two, 1 << 24, &y, &c.err), &c.err);
	assert_int_equal(x.len, y.len);
	assert_memory_equal(x.s, y.s, x.len);
}

static bool stop_at_once(void *ctx, int percent)
{
	return false;
}

static void build__refuses__no_period_and_stops_when_asked(void **state)
{
	const struct report_options stop = { .progress = stop_at_once };
	struct report_result r;

	assert_false(reports_build(&c.app, "2026-13", NULL, &r, &c.err));
	assert_int_equal(c.err.code, ERR_USAGE);
	assert_false(reports_build(&c.app, "2026-10", &stop, &r, &c.err));
	assert_int_equal(c.err.code, ERR_BUSY);
	report_result_release(&r); /* harmless after a failure */
}

/* The general ones and those of each programme. */
static size_t expected(void)
{
	size_t n, count = indicator_general_count;
	const struct programme *const *p = programmes(&n);

	for (size_t i = 0; i < n; i++)
		count += p[i]->n_indicators;
	return count;
}

static void json__tells_all__every_indicator(void **state)
{
	AUTO_REPORT_RESULT struct report_result r = { 0 };
	const struct report_options o = { .figures_only = true };
	AUTO_JSON struct json_object *json = NULL;
	AUTO_WORK struct work w = { 0 };
	struct json_object *list, *first;

	assert_ok(work_begin(&w, &c.app, &c.err) && app_set_setting(&c.app, "resident_population", "8", &c.err) && work_commit(&w, &c.err),
		&c.err);
	person("一");
	assert_ok(reports_build(&c.app, "2026-10", &o, &r, &c.err), &c.err);
	json = reports_json(&r);
	list = json_array(json, "indicators");
	assert_int_equal(json_count(list), expected());
	first = json_object_array_get_idx(list, 0);
	assert_string_equal(json_text(first, "code"), "S01");
	assert_int_equal(json_int(first, "numerator", -1), 1);
	assert_int_equal(json_int(first, "denominator", -1), 8);
	assert_string_equal(json_number_text(json_member(first, "percent")), "12.50");
	assert_true(json_flag(json, "practice", false));
	for (size_t i = 0; i < r.report->n_sheets; i++)
		assert_int_equal(r.report->sheets[i]->kind, SHEET_FIGURES);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		T(freeze__keeps_what_was_sent__and_notices_a_change),
		T(frozen_figures__are_read_back__beside_those_of_today),
		T(frozen__differs__by_the_people_behind_a_figure),
		T(frozen__is_listed__and_asked_for_by_its_number),
		T(frozen__damaged__stops_only_whoever_asks_for_it),
		T(frozen__by_a_program_that_counted_less__is_the_same),
		T(frozen__lacks__an_indicator_that_came_later),
		T(freeze__has_one_hash__whatever_the_language),
		T(xlsx__has_same_bytes__same_data),
		T(build__refuses__no_period_and_stops_when_asked),
		T(json__tells_all__every_indicator),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
