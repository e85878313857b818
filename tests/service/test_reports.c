#include <json-c/json.h>
#include <stdio.h>

#include "app/base/json.h"
#include "app/base/path.h"
#include "app/clinic/indicator.h"
#include "app/service/records.h"
#include "app/service/reports.h"
#include "db/stmt.h"
#include "support/base/check.h"

/* A village of a few people, counted by hand.  The report is October 2026, made on 30 November. */

static struct app app;
static struct arena mem;
static char *dir;

static void must(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s %s: %s (%s)", err_name(err->code), err->field, err->message, err->log);
}

/* Saves a record written with ' for ", and returns its id. */
static const char *put(const char *kind, const char *fmt, ...) PRINTF(2, 3);
static const char *put(const char *kind, const char *fmt, ...)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct save_options o = { .confirm_all = true };
	struct save_result result;
	struct json_object *obj;
	struct err err = { 0 };
	va_list ap;

	va_start(ap, fmt);
	sbuf_addc(&text, '{');
	sbuf_vaddf(&text, fmt, ap);
	sbuf_addc(&text, '}');
	va_end(ap);
	for (size_t i = 0; i < text.len; i++)
		if (text.s[i] == '\'')
			text.s[i] = '"';
	obj = json_tokener_parse(text.s);
	assert_non_null(obj);
	must(records_save_json(&app, kind_by_name(kind), obj, &o, &mem, &result, &err), &err);
	json_object_put(obj);
	return arena_strdup(&mem, result.rec->meta.id);
}

static void set(const char *key, const char *value)
{
	AUTO_WORK struct work w = { 0 };
	struct err err = { 0 };

	must(work_begin(&w, &app, &err) && app_set_setting(&app, key, value, &err) && work_commit(&w, &err), &err);
}

static const char *person(const char *name, const char *born, const char *more)
{
	return put("resident", "'name':'%s','sex':'2','birth_date':'%s','village':'溪头村','filed_on':'2020-01-01'%s", name, born,
		more);
}

static const char *sign(const char *who, const char *start, const char *more)
{
	return put("contract", "'resident':'%s','team':'一队','start':'%s','signed_by':'0','sign_method':'1'%s", who, start, more);
}

/* A complete follow-up face to face. */
static const char *follow(const char *who, const char *day, int sbp, int dbp, const char *more)
{
	return put("followup",
		"'programme':'htn','resident':'%s','date':'%s','mode':'1','symptoms':['1'],'sbp':%d,'dbp':%d,'hr':72,"
		"'weight':60.0,'height':160.0,'smoking':0,'drinking':0,'exercise_times':7,'exercise_minutes':30,'salt':'1',"
		"'mind':'1','compliance':'1','adherence':'1','adr':'1','drugs':[{'name':'氨氯地平','times':1,'dose':'5mg'}],"
		"'class':'%s'%s",
		who, day, sbp, dbp, sbp < 140 ? "1" : "2", more);
}

static int setup(void **state)
{
	const struct app_init init = { .code = "350299101", .name = "试验卫生院", .region = "350299101", .practice = true, .today = date_day("2026-11-30") };
	AUTO_FREE char *top = scratch_dir();
	struct err err = { 0 };

	i18n_init();
	dir = path_join(top, "data");
	must(app_create(&app, dir, &init, &err), &err);
	put("staff", "'name':'张医生','staff_no':'001','role':'1'");
	must(app_choose_actor(&app, "001", &err), &err);
	put("organisation", "'name':'溪头村','type':'1','code':'350299101201'");
	put("team", "'name':'一队'");
	return 0;
}

static int teardown(void **state)
{
	app_close(&app);
	arena_release(&mem);
	mem = (struct arena){ 0 };
	free(dir);
	return 0;
}

static const struct indicator_result *find(const struct report_result *r, const char *code)
{
	for (size_t i = 0; i < r->n_indicators; i++)
		if (!strcmp(r->indicators[i].ind->code, code))
			return &r->indicators[i];
	fail_msg("no indicator %s", code);
	abort();
}

/* Compares one indicator: "3/4 75.00", "3/NA", "5". */
static void assert_indicator(const struct report_result *r, const char *code, const char *want)
{
	const struct indicator_result *i = find(r, code);
	char got[80], percent[24];

	if (i->ind->kind == INDICATOR_COUNT)
		snprintf(got, sizeof got, "%lld", (long long)i->num);
	else if (i->source == DEN_MISSING)
		snprintf(got, sizeof got, "%lld/NA", (long long)i->num);
	else
		snprintf(got, sizeof got, "%lld/%lld %s", (long long)i->num, (long long)i->den,
			percent_text(i->num, i->den, percent, sizeof percent));
	if (strcmp(got, want) != 0)
		fail_msg("%s is %s, not %s", code, got, want);
}

static void assert_report(const char *period, const char *const (*want)[2], size_t n)
{
	AUTO_REPORT_RESULT struct report_result r = { 0 };
	struct err err = { 0 };

	must(reports_build(&app, period, NULL, &r, &err), &err);
	for (size_t i = 0; i < n; i++)
		assert_indicator(&r, want[i][0], want[i][1]);
}
#define ASSERT_REPORT(period, ...)                                                                                   \
	do {                                                                                                         \
		static const char *const want[][2] = __VA_ARGS__;                                                    \
		assert_report(period, want, N_ELEMENTS(want));                                                       \
	} while (0)

static struct sheet *sheet_named(const struct report_result *r, const char *name)
{
	for (size_t i = 0; i < r->report->n_sheets; i++)
		if (!strcmp(r->report->sheets[i]->name, name))
			return r->report->sheets[i];
	fail_msg("no sheet %s", name);
	abort();
}

static void assert_sheet_has(const struct report_result *r, const char *sheet, const char *text)
{
	AUTO_SBUF struct sbuf dump = SBUF_INIT;

	sheet_dump(sheet_named(r, sheet), &dump);
	if (!strstr(dump.s, text))
		fail_msg("%s lacks\n%s\nbut is\n%s", sheet, text, dump.s);
}

/* ---- cases ---------------------------------------------------------------------------------------------------------- */

static void files__count_who_lives_here__with_the_typed_in_population(void **state)
{
	person("一", "1950-01-01", "");
	person("二", "1980-01-01", "");
	person("死", "1940-01-01", ",'status':'4','died_on':'2026-10-31'");
	person("未死", "1940-01-01", ",'status':'4','died_on':'2026-11-01'");
	person("迁", "1970-01-01", ",'status':'3','moved_on':'2026-10-15'");
	person("外出", "1970-01-01", ",'status':'2'");
	put("resident", "'name':'晚','sex':'1','birth_date':'1990-01-01','village':'溪头村','filed_on':'2026-11-01'");
	ASSERT_REPORT("2026-10", { { "S01", "4/NA" }, { "S03", "0/4 0.00" }, { "SN00", "0/4 0.00" } });
	set("resident_population", "3");
	ASSERT_REPORT("2026-10", { { "S01", "4/3 133.33" }, { "SN00", "0/3 0.00" } });
	set("service_population", "8");
	ASSERT_REPORT("2026-10", { { "S01", "4/3 133.33" }, { "SN00", "0/8 0.00" } });
}

static void files__lose_who_is_away_for_good__as_the_setting_says(void **state)
{
	person("在家", "1950-01-01", "");
	person("半年", "1970-01-01", ",'status':'2','away_since':'2026-04-30'");
	person("差一天", "1970-01-01", ",'status':'2','away_since':'2026-05-02'");
	ASSERT_REPORT("2026-10", { { "S01", "2/NA" } });
	set("away_months", "5");
	ASSERT_REPORT("2026-10", { { "S01", "1/NA" } });
	set("away_months", "0");
	ASSERT_REPORT("2026-10", { { "S01", "3/NA" } });
}

static void use__is_a_record_within_twelve_months__or_the_calendar_year(void **state)
{
	const char *a = person("甲", "1950-01-01", ""), *b = person("乙", "1950-01-01", ""), *c = person("丙", "1950-01-01", ""),
		   *d = person("丁", "1950-01-01", "");

	put("visit", "'resident':'%s','date':'2025-11-01','status':'finished'", a); /* the first day that counts */
	put("visit", "'resident':'%s','date':'2025-10-31','status':'finished'", b); /* one too early */
	put("visit", "'resident':'%s','date':'2026-10-31','status':'cancelled'", c);
	put("exam", "'resident':'%s','date':'2026-03-01'", d);
	ASSERT_REPORT("2026-10", { { "S03", "2/4 50.00" } });
	set("file_use_period", "year");
	ASSERT_REPORT("2026-10", { { "S03", "1/4 25.00" } });
}

static void roster__counts_by_the_norm__year_to_date(void **state)
{
	const char *good = person("好", "1950-01-01", ""), *few = person("少", "1950-01-01", ""), *none = person("无", "1950-01-01", ""),
		   *dead = person("亡", "1950-01-01", ",'status':'4','died_on':'2026-10-31'"), *lost = person("失", "1950-01-01", "");
	const char *const days[] = { "2026-02-01", "2026-05-01", "2026-08-01" };
	const char *const all[] = { good, few, none, dead, lost };

	for (size_t i = 0; i < N_ELEMENTS(all); i++)
		put("enrolment", "'programme':'htn','resident':'%s','enrolled_on':'2025-01-01'%s", all[i],
			all[i] == lost ? ",'status':'lost','ended_on':'2026-09-01'" : "");
	for (size_t i = 0; i < N_ELEMENTS(days); i++) {
		follow(good, days[i], 138, 80, "");
		follow(lost, days[i], 130, 80, "");
		follow(dead, days[i], 130, 80, "");
	}
	follow(few, days[0], 138, 80, "");
	follow(few, days[2], 160, 95, "");
	/* October: three quarters have ended, so three visits are due. */
	ASSERT_REPORT("2026-10", { { "H00", "3/NA" }, { "H01", "2/3 66.67" }, { "H02", "1/3 33.33" } });
	set("htn_task", "5");
	ASSERT_REPORT("2026-10", { { "H00", "3/5 60.00" } });
	/* In May only one quarter has ended; the one who died in October is alive; nobody is lost yet. */
	ASSERT_REPORT("2026-05", { { "H00", "4/5 80.00" }, { "H01", "4/4 100.00" }, { "H02", "4/4 100.00" } });
	/* At the year's end four visits and an examination are due. */
	ASSERT_REPORT("2026", { { "H01", "0/3 0.00" } });
}

static void roster__estimates_who_should_be_managed__prevalence(void **state)
{
	set("adult_population", "1001");
	set("htn_prevalence", "27.9");
	ASSERT_REPORT("2026-10", { { "H00", "0/279 0.00" } });
}

static void roster__lists_everybody__with_what_lacks(void **state)
{
	AUTO_REPORT_RESULT struct report_result r = { 0 };
	const char *a = person("陈桂兰", "1952-03-15", ",'id_number':'350299195203150048'");
	struct err err = { 0 };

	put("enrolment", "'programme':'htn','resident':'%s','enrolled_on':'2025-01-01'", a);
	follow(a, "2026-08-01", 160, 95, "");
	must(reports_build(&app, "2026-10", NULL, &r, &err), &err);
	assert_sheet_has(&r, "高血压名单",
		"陈桂兰\t女\t1952-03-15\t350299********0048\t溪头村\t2025-01-01\t2026-08-01\t160/95\t2\t1\t3\t1\t0\t0\t");
	assert_sheet_has(&r, "质量清单", "陈桂兰");
	assert_sheet_has(&r, "居民名单", "陈桂兰\t女\t1952-03-15\t350299********0048\t溪头村\t1\t1\t0\t0\t0\t\t\t\n");
	assert_sheet_has(&r, "公卫指标", r.report->mark);
}

/* Every indicator's column adds up to its numerator. */
static void lists__add_up__to_the_numerators(void **state)
{
	static const struct {
		const char *sheet, *code;
	} cases[] = { { "居民名单", "S01" }, { "居民名单", "S03" }, { "居民名单", "SN00" }, { "居民名单", "SN01" },
		{ "居民名单", "SN07" }, { "高血压名单", "H00" }, { "高血压名单", "H01" }, { "高血压名单", "H02" }, { "就诊名单", "V1" },
		{ "转诊名单", "R1" }, { "转诊名单", "R2" } };
	AUTO_REPORT_RESULT struct report_result r = { 0 };
	struct err err = { 0 };

	for (int i = 0; i < 6; i++) {
		char name[16];
		const char *who;

		snprintf(name, sizeof name, "人%d", i);
		who = person(name, i % 2 ? "1950-01-01" : "1990-01-01", "");
		put("enrolment", "'programme':'htn','resident':'%s','enrolled_on':'2026-08-01'", who);
		if (i > 1)
			follow(who, "2026-09-20", 150 - i * 5, 80, "");
		if (i > 2)
			put("visit", "'resident':'%s','date':'2026-10-%02d','status':'finished'", who, i);
		if (i > 3)
			sign(who, "2026-01-01", ",'end':'2026-12-31'");
		if (i > 4)
			put("referral", "'resident':'%s','direction':'up','date':'2026-10-02','to_org_text':'县医院'", who);
	}
	must(reports_build(&app, "2026-10", NULL, &r, &err), &err);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		const struct sheet *sh = sheet_named(&r, cases[i].sheet);
		const struct indicator_result *ind = find(&r, cases[i].code);
		size_t col = SHEET_MAX_COLS, n;
		int64_t sum = 0, count = 0;
		const struct cell *cells = sheet_cells(sh, sh->head_last, &n);

		for (size_t c = 0; c < n; c++)
			if (cells[c].kind == CELL_TEXT && !strcmp(cells[c].v.text, cases[i].code))
				col = c;
		assert_true(col < SHEET_MAX_COLS);
		for (size_t row = sh->head_last + 1; row < sh->n_rows; row++) {
			cells = sheet_cells(sh, row, &n);
			if (cells[col].kind == CELL_INT) {
				sum += cells[col].v.num;
				count++;
			}
		}
		assert_int_equal(sum, ind->num);
		if (ind->source == DEN_RECORDS)
			assert_int_equal(count, ind->den);
	}
}

static void contracts__count_at_the_cutoff__and_what_ends_this_year(void **state)
{
	const char *year = person("满年", "1950-01-01", ""), *old = person("到期", "1990-01-01", ""), *again = person("续签", "1990-01-01", ""),
		   *later = person("明年", "1990-01-01", ""), *before;

	person("未签老人", "1950-01-01", "");
	sign(year, "2026-01-01", ",'end':'2026-12-31'");
	sign(old, "2025-10-31", ",'end':'2026-10-30'");
	before = sign(again, "2025-10-01", ",'end':'2026-09-30'");
	sign(again, "2026-10-01", arena_printf(&mem, ",'end':'2027-09-30','previous':'%s'", before));
	sign(later, "2026-03-01", ",'end':'2027-02-28'");
	ASSERT_REPORT("2026-10", { { "SN00", "3/5 60.00" }, { "SN01", "1/2 50.00" }, { "SN07", "1/3 33.33" } });
	/* A day before its end the second one still holds. */
	set("period_first_day", "2");
	ASSERT_REPORT("2026-09", { { "SN00", "4/5 80.00" } });
}

/* Services of contracts in force: each item up to what was agreed, of a contract over years what is due so far; who has no
 * contract or one that ended counts neither here nor there. */
static void fulfilment__counts_items__and_fees_count_when_paid(void **state)
{
	const char *full = person("履约", "1950-01-01", ""), *years = person("三年", "1990-01-01", ""), *over = person("过期", "1990-01-01", "");

	(void)state;
	sign(full, "2026-01-01", ",'end':'2026-12-31','fee_total':12000,'paid':'1','items':[{'item':'3','planned':2},{'item':'4','planned':1}]");
	sign(years, "2026-01-01", ",'years':3,'fee_total':12000,'paid':'0','items':[{'item':'4','planned':6}]");
	sign(over, "2025-01-01", ",'end':'2025-12-31','items':[{'item':'4','planned':9}]");
	follow(full, "2026-02-20", 130, 80, "");
	follow(full, "2026-05-20", 130, 80, "");
	follow(full, "2026-08-20", 130, 80, ""); /* more than agreed counts no further */
	put("service", "'resident':'%s','date':'2026-03-01','item':'4'", years);
	put("service", "'resident':'%s','date':'2026-11-15','item':'4'", years); /* after the cut-off */
	ASSERT_REPORT("2026-10", { { "SN03", "1/3 33.33" }, { "SN10", "3/5 60.00" } });
	ASSERT_REPORT("2026-11", { { "SN10", "4/5 80.00" } });
}

static void key_groups__come_from_age_roster_list_and_flags__each_once(void **state)
{
	const char *dm = person("糖", "1980-01-01", ",'past_disease':[{'code':'3','diagnosed':'2020-01'}]");

	person("老", "1961-10-31", ""); /* 65 on the last day */
	person("差一天", "1961-11-01", "");
	person("童", "2020-01-01", "");
	person("残脱贫", "1990-01-01", ",'disability':['2'],'key_flags':['1']");
	sign(dm, "2026-01-01", ",'end':'2026-12-31'");
	ASSERT_REPORT("2026-10", { { "SN01", "1/4 25.00" } });
	set("key_groups", "elderly");
	ASSERT_REPORT("2026-10", { { "SN01", "0/1 0.00" } });
}

static void visits_and_referrals__count_in_the_period__finished_and_reached(void **state)
{
	const char *a = person("甲", "2000-01-01", "");
	AUTO_REPORT_RESULT struct report_result r = { 0 };
	struct err err = { 0 };
	const char *gone;

	put("visit", "'resident':'%s','date':'2026-10-01','status':'finished','diagnosis':[{'icd10':'I10','text':'高血压'}]", a);
	put("visit", "'resident':'%s','date':'2026-10-31','status':'finished','diagnosis':[{'icd10':'J06.9','text':'感冒'}]", a);
	put("visit", "'resident':'%s','date':'2026-10-31','status':'registered'", a);
	put("visit", "'resident':'%s','date':'2026-11-01','status':'finished'", a);
	put("visit", "'resident':'%s','date':'2026-09-30','status':'finished'", a);
	gone = put("visit", "'resident':'%s','date':'2026-10-15','status':'finished'", a);
	must(records_void(&app, kind_by_name("visit"), gone, "录错", &mem, &(struct save_result){ 0 }, &err), &err);
	put("referral", "'resident':'%s','direction':'up','date':'2026-10-02','to_org_text':'县医院'", a);
	must(reports_build(&app, "2026-10", NULL, &r, &err), &err);
	assert_indicator(&r, "V1", "2");
	assert_indicator(&r, "R1", "0"); /* asked for, not accepted */
	assert_sheet_has(&r, "门诊统计", "高血压 (I10-I15)\t1\t0\t0\t1\t0\t0\n");
	assert_sheet_has(&r, "门诊统计", "2026-09\t1\n2026-10\t2\n合计\t3\n");
	assert_sheet_has(&r, "按村汇总", "溪头村\t1\t100.00%\t0\t0.00%\t0\tNA\t0\tNA\tNA\t2\n");
	assert_sheet_has(&r, "年龄性别", "年龄(岁)\t男\t女\t未知\t合计\n0-4\t0\t0\t0\t0\n");
	assert_sheet_has(&r, "年龄性别", "合计\t");
	ASSERT_REPORT("2026-Q4", { { "V1", "3" } });
	ASSERT_REPORT("2026", { { "V1", "4" } });
}

/* Seen first, written up later: the visit counts from the day it was finished, and once only when his file is found. */
static void walk_in__counts_once__before_and_after_it_is_joined(void **state)
{
	AUTO_REPORT_RESULT struct report_result r = { 0 }, joined = { 0 };
	const char *visit = put("visit", "'walkin_name':'过路人','walkin_age':70,'date':'2026-10-05','status':'finished',"
					 "'diagnosis':[{'icd10':'I10','text':'高血压'}]");
	struct err err = { 0 };
	const char *who;

	put("visit", "'walkin_name':'没看完','date':'2026-10-06','status':'registered'");
	must(reports_build(&app, "2026-10", NULL, &r, &err), &err);
	assert_indicator(&r, "V1", "1");
	assert_sheet_has(&r, "就诊名单", "过路人\t\t\t未对上档案\t\t2026-10-05\tI10\t");
	assert_sheet_has(&r, "门诊统计", "高血压 (I10-I15)\t1\t0\t0\t0\t0\t1\n");
	who = person("过路人", "1956-01-02", "");
	put("visit", "'id':'%s','revision':1,'resident':'%s'", visit, who);
	must(reports_build(&app, "2026-10", NULL, &joined, &err), &err);
	assert_indicator(&joined, "V1", "1");
	assert_sheet_has(&joined, "就诊名单", "过路人\t女\t1956-01-02\t\t");
}

/* The county's answer is a remote change: status and day are read-only for people. */
static void referral__counts_in_the_month_it_was_accepted__not_before(void **state)
{
	const char *a = person("甲", "2000-01-01", ""), *id;
	AUTO_WORK struct work w = { 0 };
	struct record *rec;
	struct put p = { .kind = KIND_REFERRAL };
	struct err err = { 0 };

	id = put("referral", "'resident':'%s','direction':'up','date':'2026-09-20','to_org_text':'县医院'", a);
	must(record_load(&app, KIND_REFERRAL, id, &mem, &rec, &err), &err);
	record_set_text(rec, "status", "accepted");
	record_set_text(rec, "answered_at", "2026-10-03T09:00:00+08:00");
	p.rec = rec;
	p.base_revision = rec->meta.revision;
	must(work_begin(&w, &app, &err) && record_put(&app, &p, &err) && work_commit(&w, &err), &err);
	ASSERT_REPORT("2026-09", { { "R1", "0" }, { "R2", "0" } });
	ASSERT_REPORT("2026-10", { { "R1", "1" }, { "R2", "0" } });
}

static void records_after_death__are_the_gravest_fault__listed_first(void **state)
{
	const char *a = person("亡者", "1940-01-01", "");
	AUTO_REPORT_RESULT struct report_result r = { 0 };
	struct err err = { 0 };

	put("visit", "'resident':'%s','date':'2026-09-01','status':'finished'", a);
	put("resident", "'id':'%s','revision':1,'status':'4','died_on':'2026-08-01'", a);
	must(reports_build(&app, "2026-10", NULL, &r, &err), &err);
	assert_sheet_has(&r, "质量清单", "死亡后仍有记录\t1\n");
	assert_indicator(&r, "S01", "0/NA");
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		T(files__count_who_lives_here__with_the_typed_in_population),
		T(files__lose_who_is_away_for_good__as_the_setting_says),
		T(use__is_a_record_within_twelve_months__or_the_calendar_year),
		T(roster__counts_by_the_norm__year_to_date),
		T(roster__estimates_who_should_be_managed__prevalence),
		T(roster__lists_everybody__with_what_lacks),
		T(lists__add_up__to_the_numerators),
		T(contracts__count_at_the_cutoff__and_what_ends_this_year),
		T(fulfilment__counts_items__and_fees_count_when_paid),
		T(key_groups__come_from_age_roster_list_and_flags__each_once),
		T(visits_and_referrals__count_in_the_period__finished_and_reached),
		T(walk_in__counts_once__before_and_after_it_is_joined),
		T(referral__counts_in_the_month_it_was_accepted__not_before),
		T(records_after_death__are_the_gravest_fault__listed_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
