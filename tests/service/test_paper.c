/* Printed forms: what stands on the paper, in its order, with its codes. */
#include "support/service/clinic.h"

#include "app/base/i18n.h"
#include "app/clinic/paper.h"
#include "app/programmes/combined.h"
#include "app/programmes/programmes.h"
#include "app/service/contract_code.h"
#include "app/service/paper.h"
#include "app/service/round.h"

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
		"'form':'2','route':'1','dose':1,'unit':'粒','times_per_day':2,'days':3,'quantity':6,'quantity_unit':'粒'}]}", who);
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_VISIT, id);

	has(&text, "接诊记录表");
	has(&text, "接诊机构: 上坂村卫生室");
	has(&text, "姓名: 陈桂兰    性别: 女    年龄: 71岁    编号: 101-00017");
	has(&text, "主诉: 咽痛2天");
	has(&text, "血压: 128 / 78 mmHg");
	lacks(&text, "体温"); /* not measured: its line is left out */
	has(&text, "评估\t\t\t\t1. J02.9 急性咽炎 确诊");
	has(&text, "1. 布洛芬 胶囊 0.3g 口服 每次1 粒 次/日2 天数3 总量6 粒");
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
		"'form':'1','dose':1,'unit':'片','times_per_day':2,'days':3,'quantity':1,'quantity_unit':'盒','route':'1'},{'name':'乙','form':'9','form_other':'栓剂'},{'name':'丙'},{'name':'丁'},{'name':'戊'},"
		"{'name':'己'}],'dispenser':'001'}");
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_VISIT, id);

	has(&text, "上坂村卫生室 处方笺");
	has(&text, "姓名: 王某    性别: ________    年龄: 40");
	has(&text, "甲  片剂  5mg  x 1 盒 每次1 片  2次/日  口服  3天");
	has(&text, "乙  栓剂");
	has(&text, "核对、发药: 林秀英 ________");
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
	const char *id, *no;
	struct record *rec;

	(void)state;
	clinic_start(&c);
	clinic_save(&c, "staff", "{'name':'周医生','staff_no':'077','role':'1','phone':'10000009900'}");
	id = clinic_save(&c, "resident",
		"{'name':'黄水金','responsible_doctor':'077','id_number':'350299195001020034','village':'上坂村','address':'上坂村12号','registered_address':'溪头3号',"
		"'contact_name':'黄志强','contact_phone':'10000007710','drug_allergy':['2','5'],'drug_allergy_other':'花生','abo':'3','rh':'2',"
		"'past_disease':[{'code':'2','diagnosed':'2019-05'}],'has_surgery':'1','family_father':['2'],'fuel':'6','fuel_other':'电磁炉'}");
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_RESIDENT, id);

	has(&text, "居民健康档案");
	has(&text, "户籍地址: 溪头3号");
	has(&text, "乡镇(街道)名称: ________");
	assert_ok(record_load(&c.app, KIND_RESIDENT, id, &c.mem, &rec, &c.err), &c.err);
	no = record_text(rec, "file_no"); /* whole on the cover, its last eight digits everywhere else */
	has(&text, arena_printf(&c.mem, "编号 %s", no));
	has(&text, arena_printf(&c.mem, "姓名: 黄水金    编号: %.3s-%s", no + 9, no + 12));
	has(&text, arena_printf(&c.mem, "健康档案编号 %.3s-%s", no + 9, no + 12));
	has(&text, "责任医生或护士 周医生    联系电话 10000009900");
	has(&text, "建 档 人: ________"); /* a line to write on */
	has(&text, "1A型 2B型 3O型 4AB型 5不详\t\t\t\t\t\t\t\t\t3\t"); /* the answer in the box at the right edge */
	has(&text, "1无 2青霉素 3磺胺 4链霉素 5其他 花生\t\t\t\t\t\t\t\t\t2/5\t");
	has(&text, "1. 高血压 2019-05");
	has(&text, "1液化气 2煤 3天然气 4沼气 5柴火 6其他 电磁炉\t\t\t\t\t\t\t\t\t6\t");
	assert_non_null(strstr(strstr(text.s, "== 个人基本信息表"), "== 信息卡")); /* sheets of their own */
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
	has(&text, "缓急\t\t\t\t危急    转诊原因: 1 危急情况");
	has(&text, "初步印象\t\t\t\t高血压急症");
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

	has(&text, "2026-02-10\t\t\t2026-05-11\t\t\t2026-08-12\t\t\t2026-11-22\t");
	has(&text, "131 / 80\t\t\t132 / 80\t\t\t133 / 80\t\t\t134 / 80\t");
	lacks(&text, "2025-11-20"); /* another year is another sheet */
	has(&text, "随访方式 1门诊 2家庭 3电话\t\t\t\t\t\t\t\t1\t\t\t1\t\t\t1\t\t\t1\t");
	lacks(&text, "纸质单号"); /* ours is not on the national form */
	clinic_stop(&c);
}

/* "1级" says its code itself. */
static void paper__of_a_copd_followup__says_each_code_once(void **state)
{
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = lan(&c);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'copd','enrolled_on':'2020-03-01'}", who);
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_FOLLOWUP,
		clinic_save(&c, "followup", "{'resident':'%s','programme':'copd','date':'2026-11-22','mode':'1','mmrc':'2','spo2':95,'cat':12}", who));

	has(&text, "GOLD分级 1级 轻 2级 中 3级 重 4级 极重");
	has(&text, "A组 B组 E组");
	has(&text, "0剧烈活动才气促 1快走或上缓坡");
	clinic_stop(&c);
}

/* What one column of the year holds: drugs one by one, now and target in one line. */
static void paper__of_a_followup__has_the_drugs_in_their_places(void **state)
{
	struct test_clinic c;
	const char *who, *id;

	(void)state;
	clinic_start(&c);
	who = lan(&c);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01'}", who);
	id = clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-22','mode':'1','symptoms':['2','6'],"
					 "'sbp':152,'dbp':88,'weight':61.5,'weight_target':60.0,'salt':'2','salt_target':'1','adr':'2','adr_other':'缬沙坦 头晕',"
					 "'drugs':[{'name':'氨氯地平','strength':'5mg','times':1,'dose':'1片'},{'name':'卡托普利','times':3,'dose':'半片'}],"
					 "'referral_org':'练习县医院','referral_dept':'心内科'}",
		who);
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_FOLLOWUP, id);

	has(&text, "9下肢水肿\t\t\t\t\t\t\t\t2/6\t");
	has(&text, "61.5 / 60.0\t");
	has(&text, "中 / 轻\t");
	has(&text, "2 缬沙坦 头晕\t");
	has(&text, "药物名称1\t\t\t\t\t\t氨氯地平 5mg\t");
	has(&text, "每日 3 次 每次 半片\t");
	has(&text, "练习县医院 心内科\t");
	clinic_stop(&c);
}

/* The sheet for several diseases, not saved yet, is one national form for each. */
static void paper__of_a_combined_followup__is_one_form_a_programme(void **state)
{
	struct test_clinic c;
	struct record *sheet;
	const char *who, *htn;
	AUTO_REPORT struct report *rep = NULL;
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	(void)state;
	clinic_start(&c);
	who = lan(&c);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-03-01'}", who);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'dm','enrolled_on':'2020-03-01'}", who);
	clinic_save(&c, "followup", "{'resident':'%s','programme':'dm','date':'2026-08-12','mode':'1','fpg':8.8}", who);
	sheet = record_new(&c.mem, combined_form("htn+dm"));
	record_set_text(sheet, "resident", who);
	record_set_text(sheet, "date", "2026-11-22");
	record_set_num(sheet, "sbp", 152);
	record_set_num(sheet, "dbp", 88);
	record_set_num(sheet, combined_key(combined_of(sheet->form), 1, "fpg"), 69);
	rep = paper_report(&c.app, KIND_FOLLOWUP, sheet, &c.err);
	assert_non_null(rep);
	assert_int_equal(rep->n_sheets, 2);
	report_dump(rep, &text);
	htn = strstr(text.s, "高血压患者随访服务记录表");
	assert_non_null(htn);
	assert_non_null(strstr(htn, "2型糖尿病患者随访服务记录表"));
	has(&text, "8.8\t\t\t6.9\t"); /* beside the stored one of the year */
	has(&text, "152 / 88\t");
	clinic_stop(&c);
}

/* 健康体检表: four sheets, sections down the left edge, the number in the box, drugs as a table. */
static void paper__of_an_examination__is_the_ministrys_form(void **state)
{
	struct test_clinic c;
	struct record *rec;
	const char *who, *id;
	size_t n, down = 0;
	AUTO_REPORT struct report *rep = NULL;

	(void)state;
	clinic_start(&c);
	who = lan(&c);
	id = clinic_save(&c, "exam",
		"{'resident':'%s','date':'2026-11-20','programmes':['elderly'],'symptoms':['02','10'],'left_sbp':138,'left_dbp':86,'height':158,'weight':74,"
		"'lips':'2','ecg':'2','ecg_other':'窦性心动过缓','hb':128,'drugs':[{'name':'氨氯地平','usage':'口服','dose':'1日1次 1片',"
		"'duration':'12个月','adherence':'1'}],'evaluation':'2','abnormalities':[{'text':'血脂偏高'}],'guidance':['1','2']}",
		who);
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_EXAM, id);

	has(&text, "健康体检表");
	has(&text, "24乳房胀痛 25其他\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t02/10\t");
	has(&text, "29.64 kg/m2 肥胖");
	has(&text, "左侧 138 mmHg / 86 mmHg        右侧 ____ / ____");
	has(&text, "脏器功能\t\t口腔\t\t口唇\t\t\t\t1红润 2苍白 3发绀 4皲裂 5疱疹\t\t\t\t\t\t\t\t\t2\t");
	has(&text, "1正常 2异常 窦性心动过缓");
	has(&text, "血红蛋白 128 g/L");
	has(&text, "氨氯地平\t\t\t\t\t\t口服\t\t\t1日1次 1片\t\t\t12个月\t\t\t规律\t");
	has(&text, "异常1 血脂偏高 异常2 ____");
	has(&text, "1纳入慢性病患者健康管理 2建议复查 3建议转诊\t\t\t\t\t\t\t\t\t1/2\t");
	assert_ok(record_load(&c.app, KIND_EXAM, id, &c.mem, &rec, &c.err), &c.err);
	rep = paper_report(&c.app, KIND_EXAM, rec, &c.err);
	assert_non_null(rep);
	assert_int_equal(rep->n_sheets, 4);
	for (size_t s = 0; s < rep->n_sheets; s++) {
		assert_true(rep->sheets[s]->one_page);
		for (size_t r = 0; r < rep->sheets[s]->n_rows; r++)
			if (sheet_cells(rep->sheets[s], r, &n)->rows > 1)
				down++;
	}
	assert_int_equal(down, 12); /* sections of more than one row */
	clinic_stop(&c);
}

/* 家庭医生签约服务协议书: words and not codes, packages with their fee in yuan, items with their numbers, both signatures; the
 * number, the short code and what a scanner reads.  Before it is signed it is the paper to be signed. */
static void paper__of_an_agreement__is_the_paper_that_is_signed(void **state)
{
	struct test_clinic c;
	struct contract_code code;
	struct record *rec;
	const char *id;
	AUTO_REPORT struct report *unsigned_ = NULL, *rep = NULL;
	AUTO_SBUF struct sbuf blank = SBUF_INIT;

	(void)state;
	clinic_start(&c);
	clinic_save(&c, "team", "{'name':'林秀英团队'}");
	clinic_save(&c, "package", "{'code':'12','name':'康复包','type':'2','active':'2','fee_total':12000,'fee_self':12000,"
				   "'items':[{'item':'6','times':2,'per':'4'}]}");
	id = clinic_save(&c, "contract", "{'resident':'%s','team':'林秀英团队','doctor':'001','start':'2026-04-01','packages':['1','12'],"
					 "'signed_on':'2026-04-01','signed_by':'1','sign_method':'2','signer_name':'陈大山','signer_relation':'2'}",
		lan(&c));
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_CONTRACT, id);

	assert_ok(record_load(&c.app, KIND_CONTRACT, id, &c.mem, &rec, &c.err), &c.err);
	assert_true(contract_code(&c.app, rec, &code));
	has(&text, "家庭医生签约服务协议书");
	has(&text, "协议编号: QY2026-00-000001");
	has(&text, code.short_);
	has(&text, code.qr);
	has(&text, "65岁及以上老年人");
	has(&text, "自 2026-04-01 起 至 2027-03-31 止, 共 1 年");
	has(&text, "康复包\t\t\t\t\t\t\t\t\t\t\t\t1\t\t\t120.00");
	has(&text, "健康咨询\t\t\t\t\t\t\t8\t\t\t每季\t\t\t0\t\t\t手工登记");
	has(&text, "健康档案\t\t\t\t\t\t\t1\t\t\t每年\t\t\t1\t\t\t记录自动");
	has(&text, "合计 120.00");
	has(&text, "签约人 家属 陈大山 子    方式 手印    日期 2026-04-01");
	has(&text, "医生签字、机构盖章");
	has(&text, "履约记录");
	rep = paper_report(&c.app, KIND_CONTRACT, rec, &c.err);
	assert_non_null(rep);
	assert_int_equal(rep->n_sheets, 2);
	assert_true(rep->sheets[0]->one_page);

	rec->meta.revision = 0; /* not saved yet: to be signed by hand */
	record_clear(rec, "number");
	record_clear(rec, "signed_packages");
	unsigned_ = paper_report(&c.app, KIND_CONTRACT, rec, &c.err);
	assert_non_null(unsigned_);
	report_dump(unsigned_, &blank);
	has(&blank, "协议编号: ________");
	has(&blank, "基础包");
	assert_null(strstr(blank.s, "CUNYI-QY"));
	assert_int_equal(unsigned_->n_sheets, 1);
	clinic_stop(&c);
}

/* Every place of a value in a layout is one of its form, and every printed form fits its columns. */
static void check_source(const struct form_def *form, const char *source, size_t n)
{
	char key[64], *dot;
	const struct field *f;

	snprintf(key, sizeof key, "%.*s", (int)n, source);
	if (!strncmp(key, "resident.", 9) || !strcmp(key, "clinic.name") || !strcmp(key, "clinic.phone"))
		return;
	key[strcspn(key, "#@")] = '\0';
	dot = strchr(key, '.');
	if (dot)
		*dot = '\0';
	f = form_field(form, key);
	if (!f || (dot && (f->type != V_LIST || !form_field(f->form, strchr(dot + 1, '.') + 1))))
		fail_msg("%s has no %.*s", form->code, (int)n, source);
}

static void check_text(const struct form_def *form, const char *text)
{
	for (const char *open; text && (open = strchr(text, '{')) != NULL; text = strchr(open, '}') + 1) {
		const char *end = strchr(open, '}');

		assert_non_null(end);
		for (const char *s = open + 1; s < end;) {
			const size_t n = strcspn(s, "|}");

			check_source(form, s, n);
			s += n + 1;
		}
	}
}

static void check_lines(const struct form_def *form, const struct paper_line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		check_text(form, lines[i].text.zh);
		check_text(form, lines[i].text.en);
		for (const char *s = lines[i].keys; s && *s; s += strspn(s, " ")) {
			check_source(form, s, strcspn(s, " "));
			s += strcspn(s, " ");
		}
	}
}

static void paper_layouts__name_fields_of_their_forms(void **state)
{
	size_t n, n_kinds;
	const struct kind *all = kinds(&n_kinds);
	const struct programme *const *p = programmes(&n);

	(void)state;
	check_lines(kind_by_id(KIND_CONTRACT)->form, contract_terms_paper.lines, contract_terms_paper.n);
	for (size_t i = 0; i < n_kinds; i++) {
		const struct paper_layout *layout = paper_layout_of(all[i].id);

		if (layout)
			check_lines(all[i].form, layout->lines, layout->n);
	}
	for (size_t i = 0; i < n; i++) {
		assert_non_null(p[i]->paper);
		check_lines(p[i]->followup, p[i]->paper, p[i]->n_paper);
	}
}

/* A baby on the round is so many months old, not 0. */
static void paper__of_the_round__has_months_of_a_baby(void **state)
{
	const char *baby;
	struct test_clinic c;
	struct round round;

	(void)state;
	clinic_start(&c);
	baby = clinic_save(&c, "resident", "{'name':'林小宝','sex':'1','birth_date':'2026-09-20','village':'上坂村'}");
	clinic_save(&c, "call", "{'resident':'%s','date':'2026-11-20','outcome':'2','again_on':'2026-11-22'}", baby);
	assert_ok(round_read(&c.app, &(struct worklist_query){ .date = app_today(&c.app) }, &c.mem, &round, &c.err), &c.err);
	{
		AUTO_REPORT struct report *rep = round_report(&c.app, &round, app_today(&c.app));
		AUTO_SBUF struct sbuf text = SBUF_INIT;

		report_dump(rep, &text);
		has(&text, "男 2个月");
	}
	clinic_stop(&c);
}

/* A word that begins with a digit stands apart from its code. */
static void paper__of_a_screening__tells_codes_from_words(void **state)
{
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_SCREENING,
		clinic_save(&c, "screening", "{'resident':'%s','date':'2026-11-20','sbp':142,'dbp':88}", lan(&c)));

	has(&text, " 8 55岁以上 ");
	lacks(&text, "855岁");
	clinic_stop(&c);
}

static void paper__without_a_layout__prints_the_fields(void **state)
{
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	AUTO_SBUF struct sbuf text = text_of(&c, KIND_TEAM, clinic_save(&c, "team", "{'name':'林秀英团队','type':'1','capacity':800}"));

	has(&text, "团队名称\t\t\t\t\t\t\t\t林秀英团队");
	has(&text, "0家庭医生团队 1三师共管 2居家养老\t\t\t\t\t\t\t\t\t1\t");
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

/* Situation 3: who reads little takes home when to come, what to take, what to do. */
static void slip__says__when_what_and_how(void **state)
{
	struct test_clinic c;
	const char *who;

	(void)state;
	clinic_start(&c);
	who = lan(&c);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'htn','enrolled_on':'2020-05-06'}", who);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'dm','enrolled_on':'2020-05-06'}", who);
	clinic_save(&c, "enrolment", "{'resident':'%s','programme':'copd','enrolled_on':'2020-05-06','status':'ended',"
				     "'ended_on':'2026-01-01','end_reason':'9'}", who);
	clinic_save(&c, "followup", "{'resident':'%s','programme':'htn','date':'2026-11-22','mode':'1','symptoms':['1'],'sbp':162,'dbp':98,"
				    "'smoking':10,'salt':'1','drugs':[{'name':'氨氯地平','strength':'5mg','times':1,'dose':'1片'}]}", who);
	clinic_save(&c, "followup", "{'resident':'%s','programme':'dm','date':'2026-11-22','mode':'1','symptoms':['1'],'fpg':6.1,"
				    "'smoking':10,'drinking':0}", who);
	AUTO_REPORT struct report *rep = paper_slip(&c.app, who, &c.err);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	assert_non_null(rep);
	report_dump(rep, &text);
	has(&text, "复诊条");
	has(&text, "陈桂兰 71岁");
	has(&text, "2026-11-22  血压 162/98");
	has(&text, "2026-11-22  空腹血糖 6.1");
	has(&text, "下次来: 2026年12月6日 星期日  高血压");
	has(&text, "2型糖尿病");
	has(&text, "空腹来(不吃早饭)");
	has(&text, "氨氯地平5mg 1次/日");
	has(&text, "按医生新开的药吃, 两周内来复查");
	has(&text, "药按时吃, 不要自己停");
	has(&text, "少抽烟");
	assert_null(strstr(strstr(text.s, "少抽烟") + 1, "少抽烟")); /* said once */
	lacks(&text, "少放盐");
	lacks(&text, "少喝酒");
	lacks(&text, "慢阻肺");
	has(&text, "马上来, 或打120");
	assert_null(paper_slip(&c.app, "nobody", &c.err));
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
		cmocka_unit_test(paper__of_a_copd_followup__says_each_code_once),
		cmocka_unit_test(paper__of_a_followup__has_the_drugs_in_their_places),
		cmocka_unit_test(paper__of_a_combined_followup__is_one_form_a_programme),
		cmocka_unit_test(paper__of_an_examination__is_the_ministrys_form),
		cmocka_unit_test(paper__of_an_agreement__is_the_paper_that_is_signed),
		cmocka_unit_test(paper_layouts__name_fields_of_their_forms),
		cmocka_unit_test(paper__of_the_round__has_months_of_a_baby),
		cmocka_unit_test(paper__of_a_screening__tells_codes_from_words),
		cmocka_unit_test(paper__without_a_layout__prints_the_fields),
		cmocka_unit_test(paper_write__fails_with_a_sentence__no_folder),
		cmocka_unit_test(slip__says__when_what_and_how),
	};

	i18n_init();
	i18n_set_language("zh");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
