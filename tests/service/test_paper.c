/* Printed forms: what stands on the paper, in its order, with its codes. */
#include "support/service/clinic.h"

#include "app/base/i18n.h"
#include "app/service/paper.h"

static struct sbuf text_of(struct test_clinic *c, enum kind_id kind, const char *id)
{
	struct sbuf out = SBUF_INIT;
	struct record *rec;
	AUTO_REPORT struct report *rep = NULL;

	assert_ok(record_load(&c->app, kind, id, &c->mem, &rec, &c->err), &c->err);
	rep = paper_report(&c->app, kind, rec, &c->err);
	assert_non_null(rep);
	report_dump(rep, &out);
	return out;
}

static void has(const struct sbuf *text, const char *part)
{
	if (!strstr(text->s, part))
		fail_msg("not on the paper: %s\n%s", part, text->s);
}

static void lacks(const struct sbuf *text, const char *part)
{
	if (strstr(text->s, part))
		fail_msg("on the paper: %s\n%s", part, text->s);
}

static const char *lan(struct test_clinic *c)
{
	return clinic_save(c, "resident",
		"{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','village':'上坂村','group':'1','file_no':'35029910110100017',"
		"'phone':'10000002201'}");
}

static void paper__of_a_visit__is_the_reception_record(void **state)
{
	struct test_clinic c;
	const char *who, *id;

	(void)state;
	clinic_start(&c);
	who = lan(&c);
	id = clinic_save(&c, "visit",
		"{'resident':'%s','date':'2026-11-22','complaint':'咽痛2天','sbp':128,'dbp':78,'diagnosis':[{'icd10':'J02.9',"
		"'text':'急性咽炎','certainty':'1'}],'treatment':'多饮水','prescriptions':[{'name':'布洛芬','strength':'0.3g',"
		"'route':'1','dose':1,'unit':'粒','times_per_day':2,'days':3,'quantity':6}]}", who);
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_VISIT, id);

	has(&text, "接诊记录表");
	has(&text, "接诊机构: 上坂村卫生室");
	has(&text, "姓名: 陈桂兰    性别: 女    年龄: 71岁    编号: 101-00017");
	has(&text, "主诉: 咽痛2天");
	has(&text, "血压: 128 / 78 mmHg");
	lacks(&text, "体温"); /* not measured: its line is left out */
	has(&text, "评估\t\t1. J02.9 急性咽炎 确诊");
	has(&text, "1. 布洛芬 0.3g 口服 每次1 粒 每日次数2 天数3 总量6");
	has(&text, "接诊日期: 2026-11-22");
	clinic_stop(&c);
}

/* Five drugs a sheet; somebody known by name alone has a sheet, too. */
static void paper__of_a_visit__has_prescription_sheets(void **state)
{
	struct test_clinic c;
	const char *id, *second;

	(void)state;
	clinic_start(&c);
	id = clinic_save(&c, "visit",
		"{'walkin_name':'王某','walkin_age':40,'date':'2026-11-22','confirm':['prescriptions'],'prescriptions':[{'name':'甲','strength':'5mg',"
		"'dose':1,'unit':'片','times_per_day':2,'days':3,'quantity':6,'route':'1'},{'name':'乙'},{'name':'丙'},{'name':'丁'},{'name':'戊'},"
		"{'name':'己'}]}");
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_VISIT, id);

	has(&text, "上坂村卫生室 处方笺");
	has(&text, "姓名: 王某    性别: ________    年龄: 40");
	has(&text, "甲  5mg  x 6 每次1 片  2次/日  口服  3天");
	lacks(&text, "长期处方评估"); /* nothing long in it */
	second = strstr(strstr(text.s, "处方笺") + 1, "== 处方笺");
	assert_non_null(second);
	assert_non_null(strstr(second, "己"));
	assert_null(strstr(second, "戊"));
	clinic_stop(&c);
}

/* What is handed over when somebody moves away: the cover, the form, the card. */
static void paper__of_a_resident__is_his_whole_file(void **state)
{
	struct test_clinic c;
	const char *id;

	(void)state;
	clinic_start(&c);
	id = clinic_save(&c, "resident",
		"{'name':'黄水金','id_number':'350299195001020034','village':'上坂村','address':'上坂村12号','registered_address':'溪头3号',"
		"'contact_name':'黄志强','contact_phone':'10000007710','drug_allergy':['2','5'],'drug_allergy_other':'花生','abo':'3','rh':'2',"
		"'past_disease':[{'code':'2','diagnosed':'2019-05'}],'has_surgery':'1','family_father':['2'],'fuel':'6','fuel_other':'电磁炉'}");
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_RESIDENT, id);

	has(&text, "居民健康档案");
	has(&text, "户籍地址: 溪头3号");
	has(&text, "建 档 人: ________"); /* a line to write on */
	has(&text, "[3] 1A型 2B型 3O型 4AB型 5不详    RH [2] 1阴性 2阳性 3不详");
	has(&text, "[2,5] 1无 2青霉素 3磺胺 4链霉素 5其他 花生");
	has(&text, "1. 高血压 2019-05");
	has(&text, "燃料类型 [6] 1液化气 2煤 3天然气 4沼气 5柴火 6其他 电磁炉");
	has(&text, "居民健康档案信息卡");
	has(&text, "紧急情况联系人 黄志强    联系人电话 10000007710");
	clinic_stop(&c);
}

static void paper__of_a_referral__has_a_stub(void **state)
{
	struct test_clinic c;
	const char *who, *id, *stub;

	(void)state;
	clinic_start(&c);
	who = lan(&c);
	id = clinic_save(&c, "referral",
		"{'resident':'%s','date':'2026-11-22','urgency':'emergency','to_org_text':'练习县医院','to_department':'心内科',"
		"'reason':['1'],'impression':'高血压急症','present_illness':'头痛1小时','treatment':'卡托普利含服'}", who);
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_REFERRAL, id);

	stub = strstr(text.s, "存    根");
	assert_non_null(stub);
	assert_true(stub < strstr(text.s, "双向转诊(转出)单"));
	has(&text, "于 2026-11-22 因病情需要, 转入 练习县医院 单位 心内科 科室 ________ 接诊医生。");
	has(&text, "档案编号 35029910110100017");
	has(&text, "缓急\t\t危急    转诊原因: 1 危急情况");
	has(&text, "初步印象\t\t高血压急症");
	has(&text, "主要既往史\t\t\t");
	clinic_stop(&c);
}

static void paper__of_a_followup__has_the_year_side_by_side(void **state)
{
	static const char *const days[] = { "2025-11-20", "2026-02-10", "2026-05-11", "2026-08-12", "2026-11-22" };
	struct test_clinic c;
	const char *who, *id = NULL;

	(void)state;
	clinic_start(&c);
	who = lan(&c);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01'}", who);
	for (size_t i = 0; i < N_ELEMENTS(days); i++)
		id = clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'%s','mode':'1','symptoms':['1'],"
			"'sbp':%d,'dbp':80}", who, days[i], 130 + (int)i);
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_FOLLOWUP, id);

	has(&text, "随访日期\t2026-02-10\t2026-05-11\t2026-08-12\t2026-11-22\n");
	has(&text, "\t131\t132\t133\t134\n");
	lacks(&text, "2025-11-20"); /* another year is another sheet */
	has(&text, "1门诊 2家庭 3电话\t1\t1\t1\t1\n");
	clinic_stop(&c);
}

static void paper__without_a_layout__prints_the_fields(void **state)
{
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_TEAM, clinic_save(&c, "team", "{'name':'林秀英团队','type':'1','capacity':800}"));

	has(&text, "团队名称\t\t林秀英团队");
	has(&text, "类型\t\t[1] 0家庭医生团队 1三师共管 2居家养老");
	clinic_stop(&c);
}

static void paper_write__fails_with_a_sentence__no_folder(void **state)
{
	struct test_clinic c;
	struct record *rec;

	(void)state;
	clinic_start(&c);
	assert_ok(record_load(&c.app, KIND_RESIDENT, lan(&c), &c.mem, &rec, &c.err), &c.err);
	assert_false(paper_write(&c.app, KIND_RESIDENT, rec, "/nowhere/at/all.xlsx", &c.err));
	assert_int_equal(c.err.code, ERR_NOT_FOUND);
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paper__of_a_visit__is_the_reception_record),
		cmocka_unit_test(paper__of_a_visit__has_prescription_sheets),
		cmocka_unit_test(paper__of_a_resident__is_his_whole_file),
		cmocka_unit_test(paper__of_a_referral__has_a_stub),
		cmocka_unit_test(paper__of_a_followup__has_the_year_side_by_side),
		cmocka_unit_test(paper__without_a_layout__prints_the_fields),
		cmocka_unit_test(paper_write__fails_with_a_sentence__no_folder),
	};

	i18n_init();
	i18n_set_language("zh");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
