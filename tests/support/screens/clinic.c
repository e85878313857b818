#include "support/screens/clinic.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <time.h>

#include "app/base/json.h"
#include "app/base/mem.h"
#include "app/service/records.h"
#include "support/base/check.h"
#include "support/kit/stage.h"

/* Monday 23 would do as well: what matters is that it never changes.  2026-11-22 09:41 in China. */
static const int64_t start_ms = INT64_C(1795311660000);

/* Short names and ids survive a restart of the program under test. */
enum { NAMES_MAX = 256 };
static struct {
	char name[16], id[RECORD_ID_MAX + 1];
} names[NAMES_MAX];
static size_t n_names;
static char *dir;

const char *clinic_id(const struct clinic *c, const char *name)
{
	(void)c;
	for (size_t i = 0; i < n_names; i++)
		if (!strcmp(names[i].name, name))
			return names[i].id;
	fail_msg("nobody is called %s in these tests", name);
	return "";
}

/* ---- saving ---------------------------------------------------------------------------------------------------------- */

/* 'a' becomes "a"; %lan the id of lan. */
static void translate(const struct clinic *c, const char *json, struct sbuf *out)
{
	for (const char *p = json; *p;) {
		if (*p == '%') {
			char name[16];
			size_t n = strspn(p + 1, "abcdefghijklmnopqrstuvwxyz0123456789");

			snprintf(name, sizeof name, "%.*s", (int)n, p + 1);
			sbuf_adds(out, clinic_id(c, name));
			p += n + 1;
		} else {
			sbuf_addc(out, *p == '\'' ? '"' : *p);
			p++;
		}
	}
}

void clinic_save(struct clinic *c, const char *as, const char *kind, const char *json)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_JSON struct json_object *obj = NULL;
	const struct save_options o = { .confirm_all = true };
	struct save_result r;
	struct err err;

	translate(c, json, &text);
	obj = json_tokener_parse(text.s);
	if (!obj)
		fail_msg("no JSON: %s", text.s);
	assert_ok(records_save_json(&c->app, kind_by_name(kind), obj, &o, &mem, &r, &err), &err);
	if (!as)
		return;
	assert_true(n_names < NAMES_MAX);
	snprintf(names[n_names].name, sizeof names[0].name, "%s", as);
	snprintf(names[n_names++].id, sizeof names[0].id, "%s", r.rec->meta.id);
}

/* ---- the people ------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *as, *kind, *json;
} basics[] = {
	{ "shangban", "organisation", "{'name':'上坂村','code':'350299101201','type':'1'}" },
	{ "xitou", "organisation", "{'name':'溪头村','code':'350299101202','type':'1'}" },
	{ "county", "organisation", "{'name':'练习县医院','code':'350299901','type':'4'}" },
	{ "team", "team", "{'name':'林秀英团队','leader':'%lxy'}" },
};

static const struct {
	const char *as, *kind, *json;
} people[] = {
	{ "lan", "resident", "{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','id_number':'350299195507150047','village':'%shangban',"
		"'group':'1组','house':'12','kin_name':'陈阿水','kin_relation':'1','phone':'10000002201','phone_owner':'1',"
		"'phone_verified':'2026-09-10','drug_allergy':['2'],'file_no':'35029910120100017','nickname':'阿兰',"
		"'responsible_doctor':'%lxy'}" },
	{ "lan2", "resident", "{'name':'陈桂兰','sex':'2','birth_date':'1968-03-02','village':'%shangban','group':'4组',"
		"'kin_name':'林大树','kin_relation':'1'}" },
	{ "huang", "resident", "{'name':'黄水金','sex':'1','birth_date':'1960-04-08','village':'%shangban','group':'3组',"
		"'phone':'10000007710','phone_owner':'3'}" },
	{ "atu", "resident", "{'name':'张阿土','sex':'1','birth_date':'1968-06-01','village':'%shangban','group':'2组',"
		"'phone':'10000001188','phone_owner':'3','status':'2','away_since':'2026-10-01','away_where':'泉州'}" },
	{ "wu", "resident", "{'name':'吴国强','sex':'1','birth_date':'1981-02-20','village':'%xitou','group':'1组',"
		"'phone':'10000006120','phone_owner':'1'}" },
	{ "lin", "resident", "{'name':'林火土','sex':'1','birth_date':'1957-01-09','village':'%xitou','group':'2组',"
		"'kin_name':'林金山','kin_relation':'2'}" },
	{ NULL, "enrolment", "{'resident':'%lan','programme':'htn','enrolled_on':'2019-04-02'}" },
	{ NULL, "enrolment", "{'resident':'%huang','programme':'htn','enrolled_on':'2021-06-11'}" },
	{ NULL, "enrolment", "{'resident':'%atu','programme':'htn','enrolled_on':'2020-01-15'}" },
	{ "visit", "visit", "{'resident':'%lan','date':'2026-10-02','complaint':'咽痛2天','diagnosis':[{'icd10':'J06.9',"
		"'text':'急性上呼吸道感染'}],'treatment':'对症','doctor':'%lxy'}" },
	{ NULL, "followup", "{'resident':'%lan','programme':'htn','date':'2026-02-08','mode':'1','symptoms':['1'],'sbp':146,'dbp':86,"
		"'weight':62.5,'hr':78,'class':'1','next_due':'2026-05-08','doctor':'%lxy'}" },
	{ NULL, "followup", "{'resident':'%lan','programme':'htn','date':'2026-05-10','mode':'1','symptoms':['1'],'sbp':138,'dbp':84,"
		"'weight':62.0,'hr':76,'class':'1','next_due':'2026-08-10','doctor':'%lxy'}" },
	{ NULL, "followup", "{'resident':'%lan','programme':'htn','date':'2026-08-09','mode':'1','symptoms':['1'],'sbp':148,'dbp':88,"
		"'weight':62.0,'hr':80,'class':'1','next_due':'2026-11-06','doctor':'%lxy'}" },
	{ "last", "followup", "{'resident':'%lan','programme':'htn','date':'2026-11-06','mode':'1','informant':'1','symptoms':['1'],"
		"'sbp':168,'dbp':102,'weight':62.0,'weight_target':60,'height':158,'hr':80,'smoking':0,'smoking_target':0,'drinking':0,"
		"'drinking_target':0,'exercise_times':7,'exercise_minutes':30,'exercise_times_target':7,'exercise_minutes_target':30,"
		"'salt':'2','salt_target':'1','mind':'1','compliance':'1','adherence':'2','adr':'1','class':'2','next_due':'2026-11-20',"
		"'place':'1','doctor':'%lxy','drugs':[{'name':'氨氯地平','strength':'5mg','times':1,'dose':'1片'},"
		"{'name':'二甲双胍','strength':'0.5g','times':2,'dose':'1片'}]}" },
	{ NULL, "followup", "{'resident':'%huang','programme':'htn','date':'2026-11-05','mode':'1','symptoms':['1'],'sbp':162,'dbp':98,"
		"'weight':70,'hr':82,'class':'2','next_due':'2026-11-19','doctor':'%lxy'}" },
	{ NULL, "followup", "{'resident':'%atu','programme':'htn','date':'2026-08-22','mode':'1','symptoms':['1'],'sbp':136,'dbp':82,"
		"'weight':66,'hr':70,'class':'1','next_due':'2026-11-22','doctor':'%lxy'}" },
	{ "referral", "referral", "{'resident':'%lan','programme':'htn','direction':'up','date':'2026-11-08','urgency':'routine',"
		"'consent':'2','to_org':'%county','to_department':'心内科','reason_other':'两次不满意','from_doctor':'%lxy'}" },
	{ NULL, "contract", "{'resident':'%lan','team':'%team','start':'2026-04-01','years':1,'signed_on':'2026-04-01',"
		"'signed_by':'1','sign_method':'1'}" },
	{ NULL, "contract", "{'resident':'%wu','team':'%team','start':'2025-12-02','years':1,'signed_on':'2025-12-02',"
		"'signed_by':'1','sign_method':'1'}" },
};

static void people_in(struct clinic *c)
{
	for (size_t i = 0; i < N_ELEMENTS(people); i++) {
		c->now += 1000;
		clinic_save(c, people[i].as, people[i].kind, people[i].json);
	}
}

static void set_own_village(struct clinic *c)
{
	AUTO_WORK struct work w = { 0 };
	struct err err;

	assert_ok(work_begin(&w, &c->app, &err), &err);
	assert_ok(app_set_setting(&c->app, "own_village", clinic_id(c, "shangban"), &err), &err);
	assert_ok(work_commit(&w, &err), &err);
	snprintf(c->app.own_village, sizeof c->app.own_village, "%s", clinic_id(c, "shangban"));
	c->app.own_village_row = record_row(&c->app, KIND_ORGANISATION, clinic_id(c, "shangban"));
}

static void fill(struct clinic *c, const struct clinic_start *s)
{
	struct err err;

	clinic_save(c, "lxy", "staff", "{'name':'林秀英','staff_no':'001','role':'1'}");
	if (s->two_staff)
		clinic_save(c, "wang", "staff", "{'name':'王美玉','staff_no':'002','role':'3'}");
	assert_ok(app_choose_actor(&c->app, "001", &err), &err);
	for (size_t i = 0; i < N_ELEMENTS(basics); i++)
		clinic_save(c, basics[i].as, basics[i].kind, basics[i].json);
	set_own_village(c);
	if (!s->empty)
		people_in(c);
}

/* ---- opening and closing ------------------------------------------------------------------------------------------------- */

static void fix_time(struct clinic *c)
{
	clock_init_manual(&c->app.clock, &c->now);
	ids_init_seeded(&c->app.ids, &c->app.clock, 7);
}

static void make(struct clinic *c, const struct clinic_start *s)
{
	struct app_init init = { .code = "350299101", .name = "上坂村卫生室", .region = "350299101201", .practice = s->practice,
		.today = NO_DAY };
	struct err err;

	n_names = 0;
	free(dir);
	dir = scratch_dir();
	assert_ok(app_create_seeded(&c->app, dir, &init, &c->now, 6, &err), &err); /* other ids than those that follow */
	fix_time(c);
	fill(c, s);
}

static void reopen(struct clinic *c)
{
	struct err err;

	assert_ok(app_open(&c->app, dir, APP_SCREEN, &err), &err);
	fix_time(c);
	c->now += 3600 * 1000; /* ids of the second run must differ from those of the first */
	ids_init_seeded(&c->app.ids, &c->app.clock, 8);
}

void clinic_open(struct clinic *c, const struct clinic_start *s)
{
	struct err err;

	setenv("TZ", "CST-8", 1);
	tzset();
	*c = (struct clinic){ .now = start_ms };
	i18n_init();
	i18n_set_language(s->lang ? s->lang : "zh");
	if (s->keep_dir)
		reopen(c);
	else
		make(c, s);
	if (s->two_staff)
		c->app.actor[0] = '\0', c->app.actor_row = 0;
	else
		assert_ok(app_choose_actor(&c->app, "001", &err), &err);
	c->session.app = &c->app;
	c->script = script_new(s->h ? s->h : 24, s->w ? s->w : 80);
	c->stage.s = c->script;
	c->stage.ui = screens_start(&c->session, &script_backend, c->script, &err);
	assert_ok(c->stage.ui != NULL, &err);
	stage_press(&c->stage, "");
}

void clinic_close(struct clinic *c)
{
	screens_end(&c->session, c->stage.ui);
	app_close(&c->app);
	script_free(c->script);
	arena_release(&c->mem);
}

/* ---- looking --------------------------------------------------------------------------------------------------------------- */

void clinic_crowd(struct clinic *c, int n)
{
	for (int i = 0; i < n; i++) {
		char as[16], json[300];

		snprintf(as, sizeof as, "p%d", i);
		snprintf(json, sizeof json, "{'name':'张%d','sex':'1','birth_date':'1960-01-01','village':'%%shangban'}", i);
		clinic_save(c, as, "resident", json);
		snprintf(json, sizeof json, "{'resident':'%%%s','team':'%%team','start':'2025-12-02','signed_by':'0','sign_method':'1'}", as);
		clinic_save(c, NULL, "contract", json);
	}
}

struct json_object *clinic_get(struct clinic *c, enum kind_id kind, const char *id)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;
	struct err err;

	assert_ok(record_load(&c->app, kind, id, &mem, &rec, &err), &err);
	return records_json(kind_by_id(kind), rec);
}

const char *clinic_member(struct clinic *c, enum kind_id kind, const char *id, const char *key)
{
	AUTO_JSON struct json_object *obj = clinic_get(c, kind, id);
	struct json_object *v = json_member(obj, key);

	return v ? arena_strdup(&c->mem, json_object_get_string(v)) : "";
}

struct newest {
	struct clinic *c;
	const char *id;
};

static bool note_newest(void *ctx, const struct record *rec)
{
	struct newest *n = ctx;

	n->id = arena_strdup(&n->c->mem, rec->meta.id);
	return true;
}

const char *clinic_newest(struct clinic *c, const char *kind, const char *resident)
{
	const struct list_filter of = { "resident", resident };
	const struct list_query q = { .kind = kind_by_name(kind), .filters = &of, .n_filters = resident ? 1 : 0 };
	struct newest n = { .c = c };
	struct err err;

	assert_ok(records_list(&c->app, &q, note_newest, &n, &err), &err);
	return n.id;
}

void clinic_show(struct clinic *c, const struct screen *screen, const struct open_arg *arg)
{
	struct err err;

	if (arg && arg->resident)
		assert_ok(session_set_person(&c->session, arg->resident, &err), &err);
	assert_ok(ui_push(c->stage.ui, screen, arg, &err), &err);
	stage_press(&c->stage, "");
}

/* ---- pictures -------------------------------------------------------------------------------------------------------------- */

static void picture(const char *screen, const struct clinic_picture *p, const char *lang, int h, int w)
{
	struct clinic_start start = p->start;
	struct clinic c;
	char step[64];

	start.lang = lang;
	start.h = h;
	start.w = w;
	clinic_open(&c, &start);
	if (p->prepare)
		p->prepare(&c);
	if (h == 24)
		snprintf(step, sizeof step, "%s.%s", p->step, lang);
	else
		snprintf(step, sizeof step, "%s.%dx%d.%s", p->step, w, h, lang);
	stage_golden(&c.stage, screen, step);
	clinic_close(&c);
}

void clinic_pictures(const char *screen, const struct clinic_picture *pictures, size_t n)
{
	static const char *const langs[] = { "zh", "en" };

	for (size_t i = 0; i < n; i++)
		for (size_t l = 0; l < N_ELEMENTS(langs); l++) {
			picture(screen, &pictures[i], langs[l], 24, 80);
			if (!pictures[i].sizes)
				continue;
			picture(screen, &pictures[i], langs[l], 20, 60);
			picture(screen, &pictures[i], langs[l], 43, 132);
		}
}

void clinic_family(struct clinic *c)
{
	clinic_save(c, "home", "household", "{'name':'黄水金','village':'%shangban','house':'12'}");
	clinic_save(c, NULL, "resident", "{'id':'%huang','revision':1,'household':'%home','household_relation':'0'}");
	clinic_save(c, "wife", "resident", "{'name':'林美玉','sex':'2','birth_date':'1961-02-03','village':'%shangban','household':'%home',"
					   "'household_relation':'1'}");
	clinic_save(c, "son", "resident", "{'name':'黄志强','sex':'1','birth_date':'1985-01-02','village':'%shangban','household':'%home',"
					  "'household_relation':'2'}");
	clinic_save(c, NULL, "household", "{'id':'%home','revision':1,'head':'%huang'}");
}
