#include <json-c/json.h>
#include <unistd.h>

#include "app/base/date.h"
#include "app/base/json.h"
#include "app/service/records.h"
#include "app/service/search.h"
#include "db/stmt.h"
#include "support/base/check.h"

/* A small township: people of two villages, each for what makes him hard to find. */

struct person {
	const char *key; /* how the cases name him */
	const char *village, *json;
};

static const struct person people[] = {
	{ "gl1", "上坂村", "'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','kin_name':'陈阿水','kin_relation':'2',"
	  "'house':'12','phone':'10000002201','id_number':'350299195507150688','nickname':'阿兰'" },
	{ "gl2", "上坂村", "'name':'陈桂兰','sex':'2','birth_date':'1968-03-02','kin_name':'林大树','house':'12-3'" },
	{ "guoliang", "上坂村", "'name':'陈国良','sex':'1','birth_date':'1978-02-03','house':'120'" },
	{ "zenglan", "溪头村", "'name':'曾桂莲','sex':'2','birth_date':'1953-12-12','phone':'10000000688'" },
	{ "zheng", "溪头村", "'name':'郑桂兰','sex':'2','birth_date':'1950-01-01','house':'12'" },
	{ "gl3", "溪头村", "'name':'陈桂兰','sex':'2','birth_date':'1981-01-01'" },
	{ "lvmei", "溪头村", "'name':'吕梅','sex':'2','birth_date':'1990-05-05','card_no':'AB12CD34EF'" },
	{ "lumei", "溪头村", "'name':'卢梅','sex':'2','birth_date':'1991-05-05'" },
	{ "yuchi", "溪头村", "'name':'尉迟恭','sex':'1','birth_date':'1940-01-01'" },
	{ "minority", "溪头村", "'name':'阿依古丽·买买提','sex':'2','birth_date':'1985-01-01'" },
	{ "huang", "上坂村", "'name':'黄辉','sex':'1','birth_date':'1960-06-06','name_alias':'HUANG FAI'" },
};

static char ids[N_ELEMENTS(people)][RECORD_ID_MAX + 1];
static struct app app;
static struct arena mem;
static int64_t now = 1795996800000; /* 2026-11-30 */
static int64_t shangban, xitou;

static void must(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s %s: %s (%s)", err_name(err->code), err->field, err->message, err->log);
}

static struct json_object *parse(const char *fmt, ...) PRINTF(1, 2);
static struct json_object *parse(const char *fmt, ...)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct json_object *obj;
	va_list ap;

	va_start(ap, fmt);
	sbuf_vaddf(&text, fmt, ap);
	va_end(ap);
	for (size_t i = 0; i < text.len; i++)
		if (text.s[i] == '\'')
			text.s[i] = '"';
	obj = json_tokener_parse(text.s);
	assert_non_null(obj);
	return obj;
}

static bool save(const char *kind, struct json_object *obj, char id[RECORD_ID_MAX + 1], struct err *err)
{
	struct save_options o = { .confirm_all = true };
	struct save_result result;
	bool ok = records_save_json(&app, kind_by_name(kind), obj, &o, &mem, &result, err);

	if (ok)
		snprintf(id, RECORD_ID_MAX + 1, "%s", result.rec->meta.id);
	json_object_put(obj);
	return ok;
}

static int64_t revision_of(const char *id)
{
	struct record *rec;
	struct err err;

	must(record_load(&app, KIND_RESIDENT, id, &mem, &rec, &err), &err);
	return rec->meta.revision;
}

static int setup(void **state)
{
	AUTO_FREE char *dir = scratch_dir();
	char id[RECORD_ID_MAX + 1];
	struct app_init init = { .code = "350299001", .name = "上坂村卫生室", .region = "350299101", .practice = true,
		.today = date_day("2026-11-22") };
	struct err err;

	must(app_create(&app, dir, &init, &err), &err);
	clock_init_manual(&app.clock, &now);
	must(save("staff", parse("{'name':'林秀英','staff_no':'1','role':'1'}"), id, &err), &err);
	must(app_choose_actor(&app, id, &err), &err);
	must(save("organisation", parse("{'name':'上坂村','code':'350299101101','type':'1'}"), id, &err), &err);
	shangban = record_row(&app, KIND_ORGANISATION, id);
	must(save("organisation", parse("{'name':'溪头村','code':'350299101102','type':'1'}"), id, &err), &err);
	xitou = record_row(&app, KIND_ORGANISATION, id);
	for (size_t i = 0; i < N_ELEMENTS(people); i++)
		must(save("resident", parse("{'village':'%s',%s}", people[i].village, people[i].json), ids[i], &err), &err);
	return 0;
}

static int teardown(void **state)
{
	app_close(&app);
	arena_release(&mem);
	return 0;
}

static const char *key_of(const char *id)
{
	for (size_t i = 0; i < N_ELEMENTS(people); i++)
		if (!strcmp(ids[i], id))
			return people[i].key;
	return "?";
}

static const char *id_of(const char *key)
{
	for (size_t i = 0; i < N_ELEMENTS(people); i++)
		if (!strcmp(people[i].key, key))
			return ids[i];
	return NULL;
}

/* "gl1:name gl2:name" */
static const char *find(const char *text, int64_t village, size_t limit)
{
	struct search_result r;
	const char *s = "";
	struct err err;

	must(search_find(&app, text, village, limit, &mem, &r, &err), &err);
	for (size_t i = 0; i < r.n; i++)
		s = arena_printf(&mem, "%s%s%s:%s", s, *s ? " " : "", key_of(r.v[i].id), search_match_name(r.v[i].match));
	return r.more ? arena_printf(&mem, "%s +", s) : s;
}

static const struct {
	const char *text;
	char village; /* s 上坂, x 溪头, - none */
	const char *found;
} cases[] = {
	/* hanzi */
	{ "陈桂兰", 's', "gl1:name gl2:name gl3:name" },
	{ "陈桂兰", 'x', "gl3:name gl1:name gl2:name" },
	{ "陈", 's', "guoliang:name gl1:name gl2:name gl3:name" },
	{ "桂兰", 'x', "zheng:infix gl3:infix gl1:infix gl2:infix" },
	{ "兰", 's', "gl1:infix gl2:infix zheng:infix gl3:infix" },
	{ "阿兰", '-', "gl1:nickname" },
	{ "陈阿水", '-', "gl1:kin" },
	{ "阿依古丽买买提", '-', "minority:name" },
	{ "阿依古丽•买", '-', "minority:name" },
	{ "买买提", '-', "minority:infix" },
	/* letters */
	{ "chenguilan", 's', "gl1:pinyin gl2:pinyin gl3:pinyin" },
	{ "CHENGUILAN", '-', "gl1:pinyin gl2:pinyin gl3:pinyin" },
	{ "cgl", 's', "guoliang:initials gl1:initials gl2:initials gl3:initials zenglan:initials" },
	{ "zgl", 's', "zenglan:initials zheng:initials" },
	{ "zhgl", 's', "zenglan:initials zheng:initials" },
	{ "zengguilian", 's', "zenglan:pinyin" },
	{ "cengguilian", 's', "zenglan:pinyin" },
	{ "chen gl", 's', "gl1:mixed gl2:mixed guoliang:mixed gl3:mixed zenglan:fuzzy" },
	{ "chengl", 's', "gl1:mixed gl2:mixed guoliang:mixed gl3:mixed zenglan:fuzzy" },
	{ "陈gl", 's', "gl1:mixed gl2:mixed guoliang:mixed gl3:mixed" },
	{ "曾桂l", '-', "zenglan:pinyin" },
	{ "陈 桂兰", 's', "gl1:name gl2:name gl3:name" },
	{ "c桂兰", 's', "gl1:infix gl2:infix gl3:infix" },
	{ "guilan", 'x', "zheng:infix gl3:infix gl1:infix gl2:infix" },
	{ "cengguinan", 's', "gl1:fuzzy gl2:fuzzy gl3:fuzzy" },
	{ "lvmei", '-', "lvmei:pinyin lumei:fuzzy" },
	{ "lumei", '-', "lumei:pinyin lvmei:fuzzy" },
	{ "LYU MEI", '-', "lvmei:pinyin lumei:fuzzy" },
	{ "yuchi", '-', "yuchi:pinyin" },
	{ "weichigong", '-', "yuchi:pinyin" },
	{ "ycg", '-', "yuchi:initials" },
	{ "fangfei", '-', "huang:fuzzy" },
	{ "huang fai", '-', "huang:alias" },
	{ "al", '-', "gl1:nickname" },
	{ "cas", '-', "gl1:kin" },
	/* numbers */
	{ "0688", '-', "gl1:id zenglan:phone" },
	{ "0688", 'x', "zenglan:phone gl1:id" },
	{ "2201", '-', "gl1:phone" },
	{ "10000002201", '-', "gl1:phone" },
	{ "350299195507150688", '-', "gl1:id" },
	{ "3502991955071", '-', "gl1:id" },
	{ "19550715", '-', "gl1:birth_date" },
	{ "12", 's', "gl1:house gl2:house" },
	{ "12", '-', "" },
	{ "12号", 's', "gl1:house gl2:house" },
	{ "AB12CD34EF", '-', "lvmei:code" },
	{ "cgl 0688", '-', "gl1:id zenglan:phone" },
	{ "cgl0688", '-', "gl1:id zenglan:phone" },
	{ "陈0688", '-', "gl1:id" },
	{ "lin 0688", '-', "" },
	/* villages */
	{ "上坂 12", 'x', "gl1:house gl2:house" },
	{ "上坂12号", '-', "gl1:house gl2:house" },
	{ "溪头村 12", 's', "zheng:house" },
	{ "溪头 cgl", 's', "gl3:initials zenglan:initials" },
	{ "xitou cgl", 's', "gl3:initials zenglan:initials" },
	{ "陈 溪头", 's', "gl3:name" },
	{ "上坂", 'x', "gl1:village gl2:village guoliang:village huang:village" },
	/* nobody */
	{ "", 's', "" },
	{ "  ", 's', "" },
	{ "王", 's', "" },
	{ "xyz", 's', "" },
	{ "%", 's', "" },
	{ "9999", 's', "" },
	{ "a b c d e f g h", 's', "" },
	{ "\xE9\x99", 's', "" }, /* half a character */
};

static void find__ranked__cases(void **state)
{
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		int64_t village = cases[i].village == 's' ? shangban : cases[i].village == 'x' ? xitou : 0;
		const char *found = find(cases[i].text, village, 20);

		if (strcmp(found, cases[i].found) != 0)
			print_error("[%s] %c\n  found    %s\n  expected %s\n", cases[i].text, cases[i].village, found,
				cases[i].found);
	}
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		int64_t village = cases[i].village == 's' ? shangban : cases[i].village == 'x' ? xitou : 0;

		assert_string_equal(find(cases[i].text, village, 20), cases[i].found);
	}
}

static void find__says_there_are_more__limit(void **state)
{
	assert_string_equal(find("chen", shangban, 2), "gl1:pinyin gl2:pinyin +");
	assert_string_equal(find("yuchi", shangban, 1), "yuchi:pinyin");
	assert_string_equal(find("chen", shangban, 0), "");
}

static void hit__tells_apart__fields(void **state)
{
	struct search_result r;
	struct search_hit hit;
	struct err err;
	struct json_object *obj;

	must(search_find(&app, "0688", shangban, 1, &mem, &r, &err), &err);
	assert_int_equal(r.n, 1);
	hit = r.v[0];
	assert_string_equal(hit.name, "陈桂兰");
	assert_int_equal(hit.age, 71);
	assert_string_equal(hit.village, "上坂村");
	assert_string_equal(hit.house, "12");
	assert_string_equal(hit.id_masked, "350299********0688");
	assert_string_equal(hit.kin_name, "陈阿水");
	assert_string_equal(hit.nickname, "阿兰");
	assert_int_equal(hit.n_programmes, 0);
	assert_string_equal(hit.contract, "");
	assert_string_equal(hit.status, "1");
	assert_int_equal(hit.same_name, 2); /* the third one lives elsewhere */
	obj = search_hit_json(&hit);
	assert_string_equal(json_object_get_string(json_object_object_get(obj, "match")), "id");
	assert_int_equal(json_object_get_int(json_object_object_get(obj, "age")), 71);
	assert_null(json_object_object_get(obj, "contract"));
	json_object_put(obj);
	assert_false(search_hit_of(&app, 999999, &mem, &hit, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

static int64_t count(const char *sql)
{
	struct stmt *st;
	struct err err;
	bool row;
	int64_t n;

	must(stmt_adhoc(app.db, sql, &st, &err), &err);
	must(stmt_step(st, &row, &err), &err);
	n = stmt_int(st, 0);
	stmt_free(st);
	return n;
}

static void change(const char *key, const char *json)
{
	char id[RECORD_ID_MAX + 1];
	struct err err;

	must(save("resident", parse("{'id':'%s','revision':%lld,%s}", id_of(key), (long long)revision_of(id_of(key)), json),
		id, &err), &err);
}

static void index__follows__rename_move_and_void(void **state)
{
	struct save_result result;
	int64_t rows, in_villages;
	struct err err;

	change("lumei", "'name':'罗菊','village':'上坂村'");
	assert_string_equal(find("卢梅", 0, 20), "lumei:former");
	assert_string_equal(find("lumei", shangban, 20), "lumei:former lvmei:fuzzy");
	assert_string_equal(find("罗菊", shangban, 20), "lumei:name");
	assert_string_equal(find("溪头 罗菊", shangban, 20), "");
	change("lumei", "'name':'卢梅','village':'溪头村'");
	assert_string_equal(find("罗菊", 0, 20), "lumei:former");
	rows = count("SELECT count(*) FROM search_all");
	in_villages = count("SELECT count(*) FROM search_village");
	change("lumei", "'village':null");
	assert_string_equal(find("卢梅", 0, 20), "lumei:name");
	assert_string_equal(find("溪头 卢", 0, 20), "");
	change("lumei", "'village':'溪头村'");
	must(records_void(&app, kind_by_name("resident"), id_of("lumei"), "test", &mem, &result, &err), &err);
	assert_string_equal(find("卢梅", 0, 20), "");
	assert_string_equal(find("lumei", 0, 20), "lvmei:fuzzy");
	must(records_undo(&app, kind_by_name("resident"), id_of("lumei"), &mem, &result, &err), &err);
	assert_string_equal(find("卢梅", 0, 20), "lumei:name");
	assert_int_equal(count("SELECT count(*) FROM search_all"), rows);
	assert_int_equal(count("SELECT count(*) FROM search_village"), in_villages);
}

static void index__nothing_written__save_without_new_name(void **state)
{
	int64_t before = count("SELECT total_changes()"), put;

	change("gl3", "'note':'x'");
	put = count("SELECT total_changes()") - before;
	assert_true(put < 10);
}

static const char *const sums[] = {
	"SELECT count(*) FROM search_all",
	"SELECT sum(length(key) * resident + match) FROM search_all",
	"SELECT count(*) FROM search_village",
	"SELECT sum(length(key) * resident + match + village) FROM search_village",
};

static void remember(int64_t v[N_ELEMENTS(sums)])
{
	for (size_t i = 0; i < N_ELEMENTS(sums); i++)
		v[i] = count(sums[i]);
}

static void same_rows(const int64_t v[N_ELEMENTS(sums)])
{
	for (size_t i = 0; i < N_ELEMENTS(sums); i++)
		assert_int_equal(count(sums[i]), v[i]);
}

static bool stop_at_once(void *ctx, int64_t done, int64_t of)
{
	assert_true(done > 0 && done <= of);
	*(int64_t *)ctx = done;
	return false;
}

static void heal__makes_the_same_rows__of_an_older_edition(void **state)
{
	int64_t before[N_ELEMENTS(sums)];
	AUTO_WORK struct work w = { 0 };
	struct err err;

	assert_true(search_is_current(&app));
	remember(before);
	must(work_begin(&w, &app, &err) && app_set_setting(&app, "search_edition", "0", &err) && work_commit(&w, &err), &err);
	assert_false(search_is_current(&app));
	must(search_heal(&app, &err), &err); /* what the next start does */
	assert_true(search_is_current(&app));
	same_rows(before);
}

static void bulk__indexes_at_the_end__new_people(void **state)
{
	int64_t done = 0;
	struct search_progress stop = { .step = stop_at_once, .ctx = &done };
	char id[RECORD_ID_MAX + 1];
	struct save_result result;
	struct err err;

	must(search_bulk_begin(&app, &err), &err);
	must(search_bulk_begin(&app, &err), &err); /* twice does no harm */
	must(save("resident", parse("{'name':'雷震子','sex':'1','birth_date':'1950-01-01','village':'上坂村'}"), id, &err),
		&err);
	assert_string_equal(find("雷震子", 0, 20), "");
	must(save("resident", parse("{'id':'%s','revision':1,'name':'雷公'}", id), id, &err), &err);
	must(save("resident", parse("{'id':'%s','revision':2,'name':'雷震子'}", id), id, &err), &err);
	assert_false(search_is_current(&app));
	assert_false(search_bulk_end(&app, &stop, &err));
	assert_int_equal(err.code, ERR_BUSY);
	assert_true(done > 0);
	must(search_heal(&app, &err), &err); /* what the next start does */
	must(search_bulk_end(&app, NULL, &err), &err);
	assert_true(search_is_current(&app));
	assert_string_equal(find("雷震子", 0, 20), "?:name");
	assert_string_equal(find("雷公", 0, 20), "?:former");
	must(records_void(&app, kind_by_name("resident"), id, "test", &mem, &result, &err), &err);
}

static void duplicates__found__cases(void **state)
{
	static const struct {
		const char *id_number, *name, *birth, *sex, *self, *found;
	} typed[] = {
		{ "350299195507150688", "", "", "", NULL, "gl1:0" },
		{ "350299195507150688", "陈桂兰", "1955-07-15", "2", NULL, "gl1:0" },
		{ "", "陈桂兰", "1955-07-15", "2", NULL, "gl1:1" },
		{ "", "陈 桂兰", "1955-07-15", "2", NULL, "gl1:1" },
		{ "", "程桂兰", "1955-07-15", "2", NULL, "gl1:2" },
		{ "", "陈贵莲", "1955-07-15", "2", NULL, "gl1:2" },
		{ "", "陈桂英", "1955-07-15", "2", NULL, "" },
		{ "", "陈桂兰", "1955-07-15", "1", NULL, "" },
		{ "", "陈桂兰", "1955-07-16", "2", NULL, "" },
		{ "350299195507150688", "陈桂兰", "1955-07-15", "2", "gl1", "" },
		{ NULL, NULL, NULL, NULL, NULL, "" },
		{ "", "·", "1955-07-15", "2", NULL, "" },
	};

	for (size_t i = 0; i < N_ELEMENTS(typed); i++) {
		struct duplicate_query q = { .id_number = typed[i].id_number, .name = typed[i].name,
			.birth_date = typed[i].birth, .sex = typed[i].sex };
		struct duplicates out;
		struct err err;
		const char *found = "";

		if (typed[i].self)
			q.self = record_row(&app, KIND_RESIDENT, id_of(typed[i].self));
		must(duplicates_find(&app, &q, &mem, &out, &err), &err);
		for (size_t k = 0; k < out.n; k++)
			found = arena_printf(&mem, "%s%s%s:%d", found, k ? " " : "", key_of(out.v[k].hit.id),
				(int)out.v[k].reason);
		assert_string_equal(found, typed[i].found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(find__ranked__cases),
		cmocka_unit_test(find__says_there_are_more__limit),
		cmocka_unit_test(hit__tells_apart__fields),
		cmocka_unit_test(index__follows__rename_move_and_void),
		cmocka_unit_test(index__nothing_written__save_without_new_name),
		cmocka_unit_test(heal__makes_the_same_rows__of_an_older_edition),
		cmocka_unit_test(bulk__indexes_at_the_end__new_people),
		cmocka_unit_test(duplicates__found__cases),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
