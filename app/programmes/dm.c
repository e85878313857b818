/* Type-2 diabetes 2型糖尿病: the form (2型糖尿病患者随访服务记录表, edition 2017, in the order of the paper; what the paper lacks is
 * marked ours), who is controlled, what is an emergency, what follows.  Rules of the National Basic Public Health Service
 * Norm, 3rd edition (2017); where the norm is silent the source says "our reading". */
#include "app/programmes/followup.h"

#define SPEC "National basic public-health services norm, 3rd edition 2017, type-2 diabetes"
#define NORM SPEC " follow-up form"

/* ---- the form ---------------------------------------------------------------------------------------------------------- */

static const struct code symptom_codes[] = {
	{ .code = "1", .term = { "无症状", "No symptoms" }, .exclusive = true },
	{ .code = "2", .term = { "多饮", "Drinks much" } },
	{ .code = "3", .term = { "多食", "Eats much" } },
	{ .code = "4", .term = { "多尿", "Passes much urine" } },
	{ .code = "5", .term = { "视力模糊", "Blurred vision" } },
	{ .code = "6", .term = { "感染", "Infection" } },
	{ .code = "7", .term = { "手脚麻木", "Numb hands or feet" } },
	{ .code = "8", .term = { "下肢浮肿", "Swollen legs" } },
	{ .code = "9", .term = { "体重明显下降", "Marked loss of weight" } },
	{ .code = NULL },
};

/* Emergencies of the norm that no number shows.  8 is one only together with a raised glucose. */
static const struct code danger_codes[] = {
	{ .code = "0", .term = { "都没有", "None of them" }, .exclusive = true },
	{ .code = "1", .term = { "意识或行为改变", "Altered consciousness or behaviour" } },
	{ .code = "2", .term = { "呼气有烂苹果味", "Breath smells of rotten apples" } },
	{ .code = "3", .term = { "心悸出汗", "Palpitations, sweating" } },
	{ .code = "4", .term = { "食欲减退 恶心呕吐", "No appetite, nausea, vomiting" } },
	{ .code = "5", .term = { "多饮多尿伴腹痛", "Thirst and much urine with abdominal pain" } },
	{ .code = "6", .term = { "深大呼吸 皮肤潮红", "Deep breathing, flushed skin" } },
	{ .code = "7", .term = { "视力突然骤降", "Sudden loss of sight" } },
	{ .code = "8", .term = { "妊娠或哺乳期", "Pregnant or breast-feeding" } },
	{ .code = "9", .term = { "其他不能处理的疾病", "Another disease that cannot be treated here" }, .other = true },
	{ .code = NULL },
};

static const struct code pulse_codes[] = {
	{ .code = "1", .term = { "触及正常", "Normal" } },
	{ .code = "2", .term = { "减弱", "Weak" } },
	{ .code = "3", .term = { "消失", "Absent" } },
	{ .code = NULL },
};

static const struct code side_codes[] = {
	{ .code = "1", .term = { "双侧", "Both" } },
	{ .code = "2", .term = { "左侧", "Left" } },
	{ .code = "3", .term = { "右侧", "Right" } },
	{ .code = NULL },
};

static const struct code meter_codes[] = {
	{ .code = "1", .term = { "低于量程 LO", "LO" } },
	{ .code = "2", .term = { "高于量程 HI", "HI" } },
	{ .code = NULL },
};

static const struct code hypo_codes[] = {
	{ .code = "1", .term = { "无", "None" } },
	{ .code = "2", .term = { "偶尔", "Sometimes" } },
	{ .code = "3", .term = { "频繁", "Often" } },
	{ .code = NULL },
};

static const struct field insulin_fields[] = {
	{ .key = "name", .label = { "种类", "Kind" }, .type = V_TEXT, .width = 20, .max = 60, .row = 1, .required = REQUIRED_SAVE },
	{ .key = "use", .label = { "用法和用量", "How and how much" }, .on_form = { "用法用量", "use" }, .type = V_TEXT, .width = 24,
	  .max = 80, .row = 1, .required = REQUIRED_COMPLETE,
	  .help = { "如 早12单位 晚8单位 餐前皮下", "For example 12 units in the morning, 8 in the evening, before meals" } },
};

static const struct form_def insulin_form = {
	.code = "followup_insulin",
	.edition = "2017",
	.title = { "胰岛素", "Insulin" },
	.fields = insulin_fields,
	.n_fields = N_ELEMENTS(insulin_fields),
};

#define FPG_LIMITS .hard = { 6, 400 }, .soft = { 30, 200 }, .source = DE

static const struct field fields[] = {
	FOLLOWUP_HEAD,
	FOLLOWUP_SYMPTOMS(symptom_codes),
	FOLLOWUP_BP,
	FOLLOWUP_DANGER(danger_codes),
	FOLLOWUP_WEIGHT,
	{ .key = "foot_pulse", .label = { "足背动脉搏动", "Foot pulse" }, .on_form = { "足背动脉", "Foot pulse" }, .type = V_CODE,
	  .codes = pulse_codes, .row = 6, .required = REQUIRED_COMPLETE, .flags = FIELD_IN_PERSON, .source = NORM },
	{ .key = "foot_side", .label = { "足背动脉 哪侧", "Foot pulse, side" }, .on_form = { "哪侧", "side" }, .type = V_CODE,
	  .codes = side_codes, .row = 6, .required = REQUIRED_COMPLETE, .flags = FIELD_IN_PERSON, .source = NORM },
	{ .key = "signs", .label = { "其他体征", "Other signs" }, .type = V_TEXT, .row = 6, .width = 20, .max = 100, .source = NORM },
	/* ours: the emergency rule asks for them, the paper has no place */
	{ .key = "hr", .label = { "心率", "Heart rate" }, .unit = N_("/min"), .type = V_INT, .row = 41, .width = 3,
	  .flags = FIELD_MEASURED | FIELD_IN_PERSON, .hard = { 20, 300 }, .soft = { 45, 130 },
	  .help = { "超过100时请休息后再数: 一直超过才记", "Over 100: count again after rest; what stays over 100 counts" }, .source = DE },
	{ .key = "temperature", .label = { "体温", "Temperature" }, .unit = "°C", .type = V_DECIMAL, .places = 1, .row = 41, .width = 4,
	  .flags = FIELD_MEASURED | FIELD_IN_PERSON, .hard = { 300, 450 }, .soft = { 350, 390 }, .source = DE },
	FOLLOWUP_HABITS,
	{ .key = "staple", .label = { "主食量", "Staple food" }, .on_form = { "主食", "Staple" }, .unit = N_("g/day"), .type = V_INT,
	  .row = 10, .width = 4, .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY, .hard = { 0, 3000 }, .soft = { 50, 1000 },
	  .help = { "各餐合计, 米面薯类的克数", "All meals together: rice, flour, tubers" }, .source = NORM },
	{ .key = "staple_target", .label = { "主食量 目标", "Staple food, target" }, .on_form = { "下次目标", "target" },
	  .unit = N_("g/day"), .type = V_INT, .row = 10, .width = 4, .flags = FIELD_HISTORY, .hard = { 0, 3000 },
	  .soft = { 50, 1000 }, .source = NORM },
	FOLLOWUP_MIND(11),
	{ .key = "fpg", .label = { "空腹血糖", "Fasting glucose" }, .unit = N_("mmol/L"), .type = V_DECIMAL, .places = 1, .row = 12,
	  .width = 4, .required = REQUIRED_COMPLETE, .flags = FIELD_MEASURED | FIELD_IN_PERSON | FIELD_LISTED, FPG_LIMITS },
	{ .key = "fpg_meter", .label = { "血糖仪显示", "Meter shows" }, .on_form = { "或显示", "or shows" }, .type = V_CODE,
	  .codes = meter_codes, .row = 12, .flags = FIELD_MEASURED | FIELD_IN_PERSON | FIELD_NO_LAST,
	  .help = { "测不出数字时: 1=LO太低 2=HI太高, 都要紧急处理", "When there is no number: 1 = LO, 2 = HI; both are emergencies" } },
	{ .key = "hba1c", .label = { "糖化血红蛋白", "HbA1c" }, .unit = "%", .type = V_DECIMAL, .places = 1, .row = 13, .width = 4,
	  .flags = FIELD_MEASURED, .hard = { 30, 200 }, .soft = { 40, 140 },
	  .help = { "做了才填; 一般目标7%以下, 高龄可放宽", "Only if done; usually below 7 %, looser with age" }, .source = NORM },
	{ .key = "hba1c_date", .label = { "糖化检查日期", "HbA1c, date" }, .on_form = { "检查日期", "on" }, .type = V_DATE, .row = 13,
	  .required = REQUIRED_COMPLETE, .source = NORM },
	FOLLOWUP_TESTS(14),
	FOLLOWUP_ADHERENCE(15),
	FOLLOWUP_ADR(16, followup_none_some_codes),
	{ .key = "hypoglycaemia", .label = { "低血糖反应", "Hypoglycaemia" }, .type = V_CODE, .codes = hypo_codes, .row = 17,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED, .help = { "上次随访以来", "Since the last follow-up" }, .source = NORM },
	FOLLOWUP_CLASS(18, followup_class_codes, followup_proposed_codes),
	FOLLOWUP_DRUGS,
	{ .key = "insulin", .label = { "胰岛素", "Insulin" }, .type = V_LIST, .form = &insulin_form, .max = 2, .page = 2, .row = 19,
	  .flags = FIELD_HISTORY, .source = NORM },
	FOLLOWUP_REFERRAL,
	FOLLOWUP_BP_MORE,
	{ .key = "fpg_mgdl", .label = { "空腹血糖 毫克", "Fasting glucose, mg/dL" }, .on_form = { "血糖仪mg/dL", "Meter in mg/dL" },
	  .unit = "mg/dL", .type = V_INT, .page = 2, .row = 42, .width = 4,
	  .flags = FOLLOWUP_READING, .hard = { 11, 720 }, .soft = { 54, 360 },
	  .help = { "仪器只显示mg/dL时填原数, 自动换算(÷18)", "When the meter shows mg/dL: its number, converted (/ 18)" }, .source = DE },
	{ .key = "home_fpg", .label = { "自测空腹血糖", "Home fasting glucose" }, .on_form = { "自测血糖", "Home glucose" },
	  .unit = N_("mmol/L"), .type = V_DECIMAL, .places = 1, .page = 2, .row = 42, .width = 4, .flags = FIELD_MEASURED,
	  .help = { "本人在家测的: 留在趋势里, 不分类, 不进指标", "Taken at home: kept in the trend, no class, no indicator" },
	  FPG_LIMITS },
	FOLLOWUP_COMPLICATION,
	FOLLOWUP_RARE,
	FOLLOWUP_DERIVED,
};

/* 18 mg/dL are 1 mmol/L; tenths, halves up. */
static int64_t tenths_of_mgdl(int64_t mgdl)
{
	return (mgdl * 20 + 18) / 36;
}

static void compute(struct record *rec, const struct form_context *cx)
{
	int64_t mgdl = record_num(rec, "fpg_mgdl", 0);

	if (mgdl > 0 && mgdl < 10000)
		record_set_num(rec, "fpg", tenths_of_mgdl(mgdl));
	followup_compute(rec, cx);
}

static bool needed(const struct record *rec, const struct field *f, int32_t today)
{
	if (!strcmp(f->key, "foot_side") && !record_is(rec, "foot_pulse", "2") && !record_is(rec, "foot_pulse", "3"))
		return false;
	if (!strcmp(f->key, "hba1c_date") && value_is_empty(record_get(rec, "hba1c")))
		return false;
	if (!strcmp(f->key, "fpg") && record_text(rec, "fpg_meter"))
		return false;
	return followup_needed(rec, f, today);
}

static void check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	followup_check(rec, cx, out);
	if (record_is(rec, "foot_pulse", "1") && record_text(rec, "foot_side"))
		finding_error(out, ERR_INCONSISTENT, "foot_side", _("The foot pulse is normal: no side goes with it."));
	if (record_text(rec, "fpg_meter") && !value_is_empty(record_get(rec, "fpg")))
		finding_error(out, ERR_INCONSISTENT, "fpg_meter", _("The meter shows a number or LO or HI, not both."));
	if (record_text(rec, "hba1c_date") && value_is_empty(record_get(rec, "hba1c")))
		finding_error(out, ERR_INCONSISTENT, "hba1c_date", _("A date without a result: fill in HbA1c, or empty the date."));
}

static const struct form_def form = {
	.code = "dm_followup",
	.edition = "2017",
	.title = { "2型糖尿病患者随访服务记录表", "Type-2 diabetes follow-up" },
	.fields = fields,
	.n_fields = N_ELEMENTS(fields),
	.needed = needed,
	.compute = compute,
	.check = check,
};

/* The paper as it lies in the drawer; what is ours is not on it. */
static const struct paper_line paper[] = {
	FOLLOWUP_PAPER_HEAD,
	PAPER_S("体征", "Signs"),
	FOLLOWUP_PAPER_BODY,
	PAPER_A_TEXT("foot_pulse", "?{foot_side}", "?{foot_side}"),
	PAPER_A("signs"),
	PAPER_S("生活方式指导", "Way of life"),
	FOLLOWUP_PAPER_SMOKING,
	FOLLOWUP_PAPER_DRINKING,
	FOLLOWUP_PAPER_EXERCISE,
	PAPER_F("主食 (克/天)\n现在/目标", "Staple food (g a day)\nnow / target",
		"{staple} / {staple_target}", "{staple} / {staple_target}"),
	PAPER_A("mind compliance"),
	PAPER_S("辅助检查", "Tests"),
	PAPER_A("fpg"),
	PAPER_F("糖化血红蛋白 (%)\n检查日期", "HbA1c (%)\ndate", "{hba1c}\n{hba1c_date}", "{hba1c}\n{hba1c_date}"),
	PAPER_F("其他检查", "Other tests", "{tests}", "{tests}"),
	PAPER_S("", ""),
	PAPER_A("adherence adr hypoglycaemia class"),
	FOLLOWUP_PAPER_DRUGS,
	PAPER_F("胰岛素", "Insulin", "{insulin.1.name}\n{insulin.1.use}", "{insulin.1.name}\n{insulin.1.use}"),
	FOLLOWUP_PAPER_END,
};

/* ---- facts ------------------------------------------------------------------------------------------------------------- */

enum { LO = 1, HI = 2, FPG_HIGH = 167, FPG_LOW = 39, FPG_NORMAL = 61, HR_FAST = 100, FEVER = 390 };

/* Tenths of mmol/L; LO and HI lie outside every limit.  False when nothing was taken here. */
static bool glucose(const struct visit_ctx *cx, int64_t *out)
{
	int64_t meter;

	if (cx_told(cx))
		return false;
	if (cx_number(cx, "fpg", out))
		return *out > 0;
	if (!cx_number(cx, "fpg_meter", &meter))
		return false;
	*out = meter == LO ? 1 : 1000;
	return meter == LO || meter == HI;
}

static bool measured(const struct visit_ctx *cx)
{
	int64_t g;

	return glucose(cx, &g);
}

/* A blood pressure below the emergency level has no part in the class of diabetes. */
static bool controlled(const struct visit_ctx *cx)
{
	const struct target *t = cx_target(cx, "fpg");
	int64_t g;

	return t && glucose(cx, &g) && g < t->below;
}

static bool glucose_high(const struct visit_ctx *cx)
{
	int64_t g;

	return glucose(cx, &g) && g >= FPG_HIGH;
}

static bool glucose_low(const struct visit_ctx *cx)
{
	int64_t g;

	return glucose(cx, &g) && g <= FPG_LOW;
}

static bool fast_heart(const struct visit_ctx *cx)
{
	int64_t hr;

	return !cx_told(cx) && cx_number(cx, "hr", &hr) && hr > HR_FAST;
}

static bool high_fever(const struct visit_ctx *cx)
{
	int64_t t;

	return !cx_told(cx) && cx_number(cx, "temperature", &t) && t > FEVER;
}

static bool pregnant_raised(const struct visit_ctx *cx)
{
	int64_t g;

	return cx_flag(cx, "preg") && glucose(cx, &g) && g >= FPG_NORMAL;
}

static const struct fact facts[] = {
	{ "emergency", fact_emergency, { NULL, NULL }, SPEC },
	{ "glucose_high", glucose_high, { "血糖≥16.7: 危急", "Glucose 16.7 or more: emergency" }, SPEC },
	{ "glucose_low", glucose_low, { "血糖≤3.9: 低血糖, 危急", "Glucose 3.9 or less: hypoglycaemia, emergency" }, SPEC },
	{ "very_high_sbp", fact_very_high_sbp, { "收缩压≥180: 危急", "Systolic 180 or more: emergency" }, SPEC },
	{ "very_high_dbp", fact_very_high_dbp, { "舒张压≥110: 危急", "Diastolic 110 or more: emergency" }, SPEC },
	{ "fast_heart", fast_heart, { "心率持续>100: 危急", "Heart rate stays above 100: emergency" }, SPEC },
	{ "high_fever", high_fever, { "体温>39℃: 危急", "Temperature above 39 C: emergency" }, SPEC },
	{ "danger_sign", fact_danger_sign, { "有危急症状", "A danger sign is present" }, SPEC },
	{ "pregnant_raised", pregnant_raised,
		{ "妊娠或哺乳期血糖高于正常", "Pregnant or breast-feeding with raised glucose" }, SPEC "; fasting 6.1: our reading" },
	{ "other_disease", fact_other_disease,
		{ "有本机构不能处理的其他疾病", "Another disease that cannot be treated here" }, SPEC },
	{ "comp", fact_comp, { "出现新的并发症或原有并发症加重", "A new complication, or an old one is worse" }, SPEC },
	{ "uncontrolled", fact_uncontrolled, { NULL, NULL }, SPEC },
	{ "uncontrolled_twice", fact_uncontrolled_twice,
		{ "连续两次空腹血糖控制不满意", "Fasting glucose not controlled twice running" }, SPEC },
	{ "uncontrolled_first", fact_uncontrolled_first,
		{ "第一次空腹血糖控制不满意: 问服药, 调整用药", "Not controlled for the first time: ask about adherence, adjust the drugs" },
		SPEC },
	{ "adr", fact_adr, { NULL, NULL }, SPEC },
	{ "adr_twice", fact_adr_twice,
		{ "连续两次出现药物不良反应", "Adverse drug reaction twice running" }, SPEC "; twice: our reading of \"hard to control\"" },
	{ "adr_first", fact_adr_first, { "出现药物不良反应: 调整用药", "Adverse drug reaction: adjust the drugs" }, SPEC },
	{ "open_referral", fact_open_referral,
		{ "已在转诊中: 追访转诊结果", "A referral is open: follow up its result" }, "Our reading: no second referral beside an open one" },
	{ "measured", measured, { NULL, NULL }, SPEC },
	{ "not_measured", fact_not_measured,
		{ "没有测到空腹血糖: 请本人来测", "No fasting glucose was taken: ask the patient to come" },
		"Our reading: no class without a measured value" },
	{ "controlled", controlled, { "空腹血糖控制满意", "Fasting glucose is in target" }, SPEC },
};

/* ---- class, action, targets ---------------------------------------------------------------------------------------- */

static const char *const emergencies[] = { "glucose_high", "glucose_low", "very_high_sbp", "very_high_dbp", "fast_heart",
	"high_fever", "danger_sign", "pregnant_raised", "other_disease", NULL };
static const struct class_rule classes[] = { FOLLOWUP_CLASSES };
static const struct action actions[] = {
	FOLLOWUP_ACTIONS("请本人2周内空腹来测血糖", "Ask the patient to come fasting within 2 weeks to be measured"),
};

static const struct target targets[] = {
	{ "fpg", 0, 70, "2009-01-01", SPEC },
};

/* Danger signs are a checklist of their own, confirmed by the clinician: a ticked symptom is never an emergency. */
static const struct flag flags[] = {
	{ "danger", "danger", (const char *const[]){ "1", "2", "3", "4", "5", "6", "7", NULL } },
	{ "preg", "danger", (const char *const[]){ "8", NULL } },
	{ "other", "danger", (const char *const[]){ "9", NULL } },
	{ "comp", "complication", (const char *const[]){ "2", NULL } },
	{ "relative", "informant", (const char *const[]){ "2", NULL } },
	{ "phone", "mode", (const char *const[]){ "3", NULL } },
};

static const struct indicator indicators[] = {
	{ .code = "D00",
	  .key = "dm_managed_rate",
	  .name = { "2型糖尿病患者健康管理率", "Type-2 diabetes patients under management" },
	  .numerator = { "年内已管理的2型糖尿病人数", "On the roster with at least one follow-up in the year" },
	  .denominator = { "年内辖区应管理的2型糖尿病患者人数", "Patients that should be managed (task number)" },
	  .settings = "dm_task",
	  .source = SPEC },
	{ .code = "D01",
	  .key = "dm_regular_rate",
	  .name = { "2型糖尿病患者规范管理率", "Type-2 diabetes patients managed according to the norm" },
	  .newer = { "2型糖尿病患者基层规范管理服务率", "Standardised primary-care service for type-2 diabetes" },
	  .numerator = { "按规范要求管理的2型糖尿病人数", "Managed according to the norm" },
	  .denominator = { "年内已管理的2型糖尿病人数", "Managed in the year" },
	  .settings = "one_per_quarter,recheck_in_14d",
	  .source = SPEC },
	{ .code = "D02",
	  .key = "dm_control_rate",
	  .name = { "管理人群血糖控制率", "Fasting glucose in target among those managed" },
	  .numerator = { "年内最近一次随访空腹血糖达标人数", "In target at the last follow-up of the year" },
	  .denominator = { "年内已管理的2型糖尿病人数", "Managed in the year" },
	  .settings = "",
	  .source = SPEC },
};

/* ---- what it watches ------------------------------------------------------------------------------------------------- */

static const struct measure_place fpg_places[] = {
	{ .key = "fpg", .flag = "fpg_meter" },
	{ .key = "glucose", .only = "glucose_kind", .code = "2" }, /* of a visit, fasting */
	{ .key = "home_fpg", .home = true },
	{ .key = NULL },
};
static const struct measure measure_fpg = { .key = "fpg", .name = { "空腹血糖", "Fasting glucose" },
	.axis = { "空腹血糖", "Fasting glucose" }, .places = 1, .places_of = fpg_places, .target = "fpg" };

static const struct measure_place hba1c_places[] = { { .key = "hba1c" }, { .key = NULL } };
static const struct measure measure_hba1c = { .key = "hba1c", .name = { "糖化血红蛋白", "HbA1c" },
	.axis = { "糖化血红蛋白 %", "HbA1c %" }, .places = 1, .places_of = hba1c_places };

/* Fasting 7.0 and more without symptoms: repeated on another day before anybody says diabetes. */
static const struct suspicion suspicion = { .measure = &measure_fpg, .from = 70, .days = 7, .from_age = 18,
	.task = { "空腹血糖升高: 换日再测", "glucose raised: measure again" }, .source = SPEC ", diagnosis; the week is our reading" };

static const struct measure *const measures[] = { &measure_fpg, &measure_hba1c, &measure_bp, NULL };

/* Thirst, much urine, blurred sight: the question is asked, the answer is the clinician's. */
static const char *const danger_symptoms[] = { "2", "4", "5", NULL };

static void explain(const struct visit_ctx *cx, struct sbuf *out)
{
	const struct target *t = cx_target(cx, "fpg");
	struct measured limit = { 0 }, today = { 0 };
	AUTO_SBUF struct sbuf a = SBUF_INIT, b = SBUF_INIT;

	if (!t || cx_told(cx) || !cx_number(cx, "fpg", &today.value))
		return;
	limit.value = t->below;
	measure_format(&measure_fpg, &limit, &a);
	measure_format(&measure_fpg, &today, &b);
	sbuf_addf(out, _("fasting glucose: target <%s, today %s"), a.s, b.s);
}

/* Type 1 (E10) and diabetes of pregnancy (O24) are not for the roster. */
static const char *const icd10[] = { "E11", NULL };

const struct programme programme_dm = {
	.code = "dm",
	.title = { "2型糖尿病", "Type-2 diabetes" },
	.brief = { "2型糖尿病", "DM" },
	.mark = { "糖", "DM" },
	.icd10 = icd10,
	.disease = { "2型糖尿病", "Type 2 diabetes mellitus" },
	.past_disease = "3",
	.department = { "内分泌科", "Endocrinology" },
	.version = 1,
	.min_age = 35,
	.prepare = { "空腹来(不吃早饭), 测血糖", "come fasting (no breakfast): glucose is measured" },
	.yearly_visits = 4,
	.measures = measures,
	.suspicion = &suspicion,
	.danger_symptoms = danger_symptoms,
	.followup = &form,
	.flags = flags,
	.n_flags = N_ELEMENTS(flags),
	.facts = facts,
	.n_facts = N_ELEMENTS(facts),
	.emergencies = emergencies,
	.classes = classes,
	.n_classes = N_ELEMENTS(classes),
	.actions = actions,
	.n_actions = N_ELEMENTS(actions),
	.targets = targets,
	.n_targets = N_ELEMENTS(targets),
	.indicators = indicators,
	.n_indicators = N_ELEMENTS(indicators),
	.paper = paper,
	.n_paper = N_ELEMENTS(paper),
	.explain = explain,
};
