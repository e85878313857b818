/* COPD 慢性阻塞性肺疾病: since 2024 a service of the national programme, whose form and rules the county has yet to hand over.
 * LOCAL CONFIGURATION until then: the form is the one a large platform uses in the field, the rules are our reading of the
 * usual guidance (GOLD).  Everything that may change stands in this file; the edition says so. */
#include "app/programmes/followup.h"

#define LOCAL "Local configuration until the county's form comes: field-tested form of a large platform; GOLD; our reading"
#define NORM  LOCAL

/* ---- the form ---------------------------------------------------------------------------------------------------------- */

static const struct code symptom_codes[] = {
	{ .code = "1", .term = { "无症状", "No symptoms" }, .exclusive = true },
	{ .code = "2", .term = { "咳嗽", "Cough" } },
	{ .code = "3", .term = { "咳痰", "Sputum" } },
	{ .code = "4", .term = { "气急", "Short of breath" } },
	{ .code = "5", .term = { "喘憋", "Wheezing, tight chest" } },
	{ .code = "6", .term = { "呼吸困难", "Breathlessness" } },
	{ .code = "7", .term = { "咯血", "Blood in sputum" } },
	{ .code = "8", .term = { "乏力", "Weakness" } },
	{ .code = NULL },
};

static const struct code danger_codes[] = {
	{ .code = "0", .term = { "都没有", "None of them" }, .exclusive = true },
	{ .code = "1", .term = { "意识模糊或嗜睡", "Confused or drowsy" } },
	{ .code = "2", .term = { "静息时呼吸窘迫", "Distress at rest" } },
	{ .code = "3", .term = { "说话不成句", "Cannot finish a sentence" } },
	{ .code = "4", .term = { "口唇紫绀新发或加重", "Blue lips, new or worse" } },
	{ .code = "5", .term = { "下肢浮肿新发或加重", "Swollen legs, new or worse" } },
	{ .code = "6", .term = { "大咯血", "Much blood in sputum" } },
	{ .code = "7", .term = { "胸痛", "Chest pain" } },
	{ .code = "9", .term = { "其他不能处理的疾病", "Another disease that cannot be treated here" }, .other = true },
	{ .code = NULL },
};

static const struct code sign_codes[] = {
	{ .code = "0", .term = { "无", "None" }, .exclusive = true },
	{ .code = "1", .term = { "桶状胸", "Barrel chest" } },
	{ .code = "2", .term = { "双下肢浮肿", "Swollen legs" } },
	{ .code = "3", .term = { "杵状指", "Clubbed fingers" } },
	{ .code = "4", .term = { "口唇紫绀", "Blue lips" } },
	{ .code = "5", .term = { "甲床紫绀", "Blue nail beds" } },
	{ .code = "6", .term = { "呼吸音减弱", "Weak breath sounds" } },
	{ .code = "7", .term = { "肺部啰音", "Rales" } },
	{ .code = "8", .term = { "颈静脉怒张", "Full neck veins" } },
	{ .code = NULL },
};

static const struct code mmrc_codes[] = {
	{ .code = "0", .term = { "剧烈活动才气促", "Only on strenuous exercise" } },
	{ .code = "1", .term = { "快走或上缓坡", "Hurrying or a slight hill" } },
	{ .code = "2", .term = { "比同龄人慢或要停", "Slower than peers, or stops" } },
	{ .code = "3", .term = { "走百米要停", "Stops after 100 m" } },
	{ .code = "4", .term = { "穿衣或不能出门", "Dressing, or cannot leave the house" } },
	{ .code = NULL },
};

static const struct code gold_codes[] = {
	{ .code = "1", .term = { "1级 轻", "1 mild" } },
	{ .code = "2", .term = { "2级 中", "2 moderate" } },
	{ .code = "3", .term = { "3级 重", "3 severe" } },
	{ .code = "4", .term = { "4级 极重", "4 very severe" } },
	{ .code = NULL },
};

static const struct code group_codes[] = {
	{ .code = "A", .term = { "A组", "Group A" } },
	{ .code = "B", .term = { "B组", "Group B" } },
	{ .code = "E", .term = { "E组", "Group E" } },
	{ .code = NULL },
};

static const struct code adr_codes[] = {
	{ .code = "1", .term = { "无", "None" } },
	{ .code = "2", .term = { "轻微", "Slight" }, .other = true },
	{ .code = "3", .term = { "严重", "Severe" }, .other = true },
	{ .code = NULL },
};

static const struct code device_codes[] = {
	{ .code = "1", .term = { "熟练", "Well" } },
	{ .code = "2", .term = { "不熟练", "Not well" } },
	{ .code = "3", .term = { "未掌握", "Not at all" } },
	{ .code = NULL },
};

static const struct code vaccine_codes[] = {
	{ .code = "0", .term = { "都没有", "None" }, .exclusive = true },
	{ .code = "1", .term = { "流感", "Influenza" } },
	{ .code = "2", .term = { "肺炎", "Pneumococcal" } },
	{ .code = NULL },
};

static const struct code class_codes[] = {
	{ .code = "1", .term = { "稳定期低风险", "Stable, low risk" } },
	{ .code = "2", .term = { "稳定期高风险", "Stable, high risk" } },
	{ .code = "3", .term = { "急性加重期", "Exacerbation" } },
	{ .code = NULL },
};

static const struct code proposed_codes[] = {
	{ .code = "1", .term = { "稳定期低风险", "Stable, low risk" } },
	{ .code = "2", .term = { "稳定期高风险", "Stable, high risk" } },
	{ .code = "3", .term = { "急性加重期", "Exacerbation" } },
	{ .code = "ask", .term = { "请医生定", "The doctor decides" } },
	{ .code = NULL },
};

/* The COPD assessment test: eight questions from 0 to 5, whose sum is the score. */
static const struct code cat_codes[] = {
	{ .code = "0", .term = { "没有", "None" } },
	{ .code = "1", .term = { "很轻", "Very slight" } },
	{ .code = "2", .term = { "轻", "Slight" } },
	{ .code = "3", .term = { "中", "Moderate" } },
	{ .code = "4", .term = { "重", "Much" } },
	{ .code = "5", .term = { "很重", "Very much" } },
	{ .code = NULL },
};
static const char *const cat_items[] = { "cat_cough", "cat_sputum", "cat_chest", "cat_stairs", "cat_home", "cat_outside", "cat_sleep",
	"cat_energy" };

static const struct meaning cat_meanings[] = {
	{ 0, { "轻微影响", "low impact" } },
	{ 11, { "中等影响", "medium impact" } },
	{ 21, { "严重影响", "high impact" } },
	{ 31, { "非常严重影响", "very high impact" } },
	{ 0, { NULL, NULL } },
};

#define CAT(key_, zh_, en_, row_, help_zh_, help_en_) \
	{ .key = key_, .label = { "CAT " zh_, "CAT, " en_ }, .on_form = { zh_, en_ }, .type = V_CODE, .codes = cat_codes, .page = 3, \
	  .row = row_, .flags = FIELD_OWN | FIELD_MEASURED, .help = { help_zh_, help_en_ }, \
	  .source = "CAT" }

static const struct field fields[] = {
	FOLLOWUP_HEAD,
	FOLLOWUP_SYMPTOMS(symptom_codes),
	FOLLOWUP_BP,
	FOLLOWUP_DANGER(danger_codes),
	FOLLOWUP_WEIGHT,
	{ .key = "hr", .label = { "心率", "Heart rate" }, .unit = N_("/min"), .type = V_INT, .row = 6, .width = 3,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_MEASURED | FIELD_IN_PERSON, .hard = { 20, 300 }, .soft = { 45, 130 },
	  .source = DE },
	{ .key = "resp", .label = { "呼吸频率", "Respiration" }, .on_form = { "呼吸", "Respiration" }, .unit = N_("/min"), .type = V_INT,
	  .row = 6, .width = 3, .flags = FIELD_MEASURED | FIELD_IN_PERSON, .hard = { 4, 100 }, .soft = { 10, 30 }, .source = DE },
	{ .key = "spo2", .label = { "血氧饱和度", "Oxygen saturation" }, .on_form = { "血氧", "SpO2" }, .unit = "%", .type = V_INT, .row = 6,
	  .width = 3, .required = REQUIRED_COMPLETE, .flags = FIELD_MEASURED | FIELD_IN_PERSON, .hard = { 50, 100 },
	  .soft = { 90, 100 }, .help = { "安静坐5分钟后测", "After five minutes of rest" }, .source = DE },
	{ .key = "signs", .label = { "体征", "Signs" }, .type = V_CODES, .codes = sign_codes, .row = 7, .flags = FIELD_IN_PERSON,
	  .source = LOCAL },
	{ .key = "acute", .label = { "现在急性加重", "Exacerbation now" }, .on_form = { "急性加重", "Worse now" }, .type = V_CODE,
	  .codes = followup_none_some_codes, .row = 8, .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED,
	  .help = { "咳嗽 痰 气急比平时明显加重, 要改用药", "Cough, sputum or breath clearly worse than usual: the drugs must change" },
	  .source = LOCAL },
	{ .key = "exacerbations", .label = { "年内急性加重次数", "Exacerbations this year" }, .on_form = { "年内加重", "this year" },
	  .unit = N_("times"), .type = V_INT, .row = 8, .width = 2, .required = REQUIRED_COMPLETE, .hard = { 0, 50 },
	  .soft = { 0, 8 },
	  .source = LOCAL },
	{ .key = "admissions", .label = { "因此住院次数", "Admissions for it" }, .on_form = { "住院", "admitted" }, .unit = N_("times"),
	  .type = V_INT, .row = 8, .width = 2, .required = REQUIRED_COMPLETE, .hard = { 0, 30 },
	  .soft = { 0, 5 }, .source = LOCAL },
	{ .key = "mmrc", .label = { "mMRC气促分级", "mMRC breathlessness" }, .on_form = { "mMRC", "mMRC" }, .type = V_CODE,
	  .codes = mmrc_codes, .row = 9, .required = REQUIRED_COMPLETE, .flags = FIELD_MEASURED | FIELD_LISTED, .source = "mMRC" },
	{ .key = "cat", .label = { "CAT评分", "CAT score" }, .on_form = { "CAT评分", "CAT" }, .unit = N_("points"), .type = V_INT,
	  .row = 10, .width = 2, .required = REQUIRED_COMPLETE,
	  .flags = FIELD_MEASURED | FIELD_LISTED, .hard = { 0, 40 }, .meanings = cat_meanings,
	  .help = { "8题每题0-5分的合计, 10分以上症状多; 也可翻页逐题填, 自动合计", "Sum of eight questions of 0 to 5; from 10 on many symptoms. The questions are further on" }, .source = "CAT" },
	{ .key = "gold_group", .label = { "GOLD分组", "GOLD group" }, .on_form = { "分组", "Group" }, .type = V_CODE, .codes = group_codes,
	  .row = 10, .flags = FIELD_COMPUTED | FIELD_NO_LAST | FIELD_LISTED, .source = "GOLD 2023" },
	FOLLOWUP_SMOKING,
	FOLLOWUP_EXERCISE,
	FOLLOWUP_MIND(11),
	FOLLOWUP_ADHERENCE(13),
	FOLLOWUP_ADR(14, adr_codes),
	{ .key = "device", .label = { "吸入装置使用", "Use of the inhaler" }, .on_form = { "吸入装置", "Inhaler" }, .type = V_CODE,
	  .codes = device_codes, .row = 16, .required = REQUIRED_COMPLETE, .source = LOCAL },
	FOLLOWUP_CLASS(17, class_codes, proposed_codes),
	FOLLOWUP_DRUGS,
	{ .key = "fev1", .label = { "FEV1", "FEV1" }, .unit = "L", .type = V_DECIMAL, .places = 2, .page = 2, .row = 43, .width = 4,
	  .flags = FIELD_MEASURED, .hard = { 10, 800 }, .soft = { 40, 500 }, .source = LOCAL },
	{ .key = "fev1_fvc", .label = { "FEV1/FVC", "FEV1/FVC" }, .unit = "%", .type = V_DECIMAL, .places = 1, .page = 2, .row = 43,
	  .width = 4, .flags = FIELD_MEASURED, .hard = { 50, 1000 }, .soft = { 200, 950 },
	  .help = { "吸入支气管扩张剂后; 低于70%是诊断标准", "After a bronchodilator; below 70 % is the diagnosis" }, .source = "GOLD" },
	{ .key = "fev1_percent", .label = { "FEV1占预计值", "FEV1, % predicted" }, .unit = "%", .type = V_DECIMAL, .places = 1, .page = 2,
	  .row = 43, .width = 5, .flags = FIELD_MEASURED, .hard = { 50, 1500 }, .soft = { 150, 1200 }, .source = LOCAL },
	{ .key = "gold", .label = { "GOLD分级", "GOLD grade" }, .type = V_CODE, .codes = gold_codes, .page = 2, .row = 43,
	  .flags = FIELD_COMPUTED | FIELD_NO_LAST, .source = "GOLD" },
	{ .key = "tests", .label = { "辅助检查", "Tests" }, .type = V_TEXT, .page = 2, .row = 44, .max = 300,
	  .help = { "血常规 胸片 心电图", "Blood count, chest X-ray, ECG" }, .source = LOCAL },
	{ .key = "device_taught", .label = { "吸入装置指导", "Inhaler explained" }, .type = V_CODE, .codes = yes_no_codes, .page = 2,
	  .row = 45, .source = LOCAL },
	{ .key = "rehabilitation", .label = { "肺康复", "Lung rehabilitation" }, .type = V_CODE, .codes = yes_no_codes, .page = 2,
	  .row = 45, .source = LOCAL },
	{ .key = "oxygen", .label = { "家庭氧疗", "Oxygen at home" }, .type = V_CODE, .codes = yes_no_codes, .page = 2, .row = 46,
	  .source = LOCAL },
	{ .key = "ventilation", .label = { "无创通气", "Non-invasive ventilation" }, .type = V_CODE, .codes = yes_no_codes, .page = 2,
	  .row = 46, .source = LOCAL },
	{ .key = "vaccines", .label = { "疫苗接种", "Vaccinated" }, .type = V_CODES, .codes = vaccine_codes, .page = 2, .row = 47,
	  .help = { "本年流感; 肺炎任何时候", "Influenza this year; pneumococcal at any time" }, .source = LOCAL },
	FOLLOWUP_REFERRAL,
	FOLLOWUP_BP_MORE,
	FOLLOWUP_COMPLICATION,
	FOLLOWUP_RARE,
	CAT("cat_cough", "1咳嗽", "1 cough", 60, "0=我从不咳嗽 ... 5=我总是咳嗽", "0 = I never cough ... 5 = I cough all the time"),
	CAT("cat_sputum", "2痰", "2 phlegm", 60, "0=我一点痰也没有 ... 5=我有很多很多痰",
		"0 = no phlegm in my chest ... 5 = my chest is full of phlegm"),
	CAT("cat_chest", "3胸闷", "3 chest", 61, "0=我没有任何胸闷的感觉 ... 5=我有很严重的胸闷感觉",
		"0 = my chest does not feel tight ... 5 = it feels very tight"),
	CAT("cat_stairs", "4气喘", "4 stairs", 61, "爬坡或上一层楼梯: 0=没有喘不过气 ... 5=严重喘不过气",
		"Up a hill or one flight of stairs: 0 = not breathless ... 5 = very breathless"),
	CAT("cat_home", "5家务", "5 home", 62, "在家: 0=能做任何事情 ... 5=做任何事情都受影响",
		"At home: 0 = not limited in anything ... 5 = very limited"),
	CAT("cat_outside", "6外出", "6 outside", 62, "尽管有肺病, 对外出: 0=有信心 ... 5=一点信心都没有",
		"Leaving home despite the lungs: 0 = confident ... 5 = not at all confident"),
	CAT("cat_sleep", "7睡眠", "7 sleep", 63, "0=睡眠非常好 ... 5=由于肺病睡眠相当差",
		"0 = I sleep soundly ... 5 = I do not, because of my lungs"),
	CAT("cat_energy", "8精力", "8 energy", 63, "0=精力旺盛 ... 5=一点精力都没有", "0 = lots of energy ... 5 = no energy at all"),
	FOLLOWUP_DERIVED,
};

/* FEV1 as tenths of a per cent of what is predicted: 80 and more, 50, 30, below. */
static const char *gold_grade(int64_t percent)
{
	return percent >= 800 ? "1" : percent >= 500 ? "2" : percent >= 300 ? "3" : "4";
}

/* E: two exacerbations or one admission in the year.  B: mMRC 2 or CAT 10 and more.  False while too little is known. */
static bool gold_group(const struct record *rec, const char **out)
{
	const char *mmrc = record_text(rec, "mmrc");
	int64_t cat = record_num(rec, "cat", -1), times = record_num(rec, "exacerbations", -1);
	int64_t admissions = record_num(rec, "admissions", -1);

	*out = times >= 2 || admissions >= 1 ? "E" : (mmrc && *mmrc >= '2') || cat >= 10 ? "B" : "A";
	return **out == 'E' || (times >= 0 && (mmrc || cat >= 0));
}

/* The eight items give the score; fewer do not. */
static void compute_cat(struct record *rec)
{
	int sum = 0;

	for (size_t i = 0; i < N_ELEMENTS(cat_items); i++) {
		const char *answer = record_text(rec, cat_items[i]);

		if (!answer)
			return;
		sum += *answer - '0';
	}
	record_set_num(rec, "cat", sum);
}

static void compute(struct record *rec, const struct form_context *cx)
{
	int64_t percent = record_num(rec, "fev1_percent", 0);
	const char *group;

	compute_cat(rec);
	record_set_text(rec, "gold", percent > 0 ? gold_grade(percent) : NULL);
	record_set_text(rec, "gold_group", gold_group(rec, &group) ? group : NULL);
	followup_compute(rec, cx);
}

/* The two scores say the same: one of them is enough. */
static bool needed(const struct record *rec, const struct field *f, int32_t today)
{
	if (!strcmp(f->key, "mmrc") && !value_is_empty(record_get(rec, "cat")))
		return false;
	if (!strcmp(f->key, "cat") && !value_is_empty(record_get(rec, "mmrc")))
		return false;
	return followup_needed(rec, f, today);
}

/* Once the questions are begun, all of them are asked: part of them is no score. */
static void check_cat(const struct record *rec, struct findings *out)
{
	bool begun = false;

	for (size_t i = 0; i < N_ELEMENTS(cat_items); i++)
		begun |= record_text(rec, cat_items[i]) != NULL;
	for (size_t i = 0; begun && i < N_ELEMENTS(cat_items); i++)
		form_still_missing(rec, cat_items[i], out);
}

static void check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	int64_t times = record_num(rec, "exacerbations", -1), admissions = record_num(rec, "admissions", -1);

	followup_check(rec, cx, out);
	check_cat(rec, out);
	if (times >= 0 && admissions > times)
		finding_error(out, ERR_INCONSISTENT, "admissions",
			_("More admissions (%d) than exacerbations (%d) in the year."), (int)admissions, (int)times);
}

static const struct form_def form = {
	.code = "copd_followup",
	.edition = "local-2024",
	.title = { "慢阻肺患者随访记录表(本地)", "COPD follow-up (local form)" },
	.fields = fields,
	.n_fields = N_ELEMENTS(fields),
	.needed = needed,
	.compute = compute,
	.check = check,
};

static const struct paper_line paper[] = {
	FOLLOWUP_PAPER_HEAD,
	PAPER_S("体征", "Signs"),
	FOLLOWUP_PAPER_BODY,
	PAPER_A("hr resp spo2 signs"),
	PAPER_S("病情", "Course"),
	PAPER_A("acute exacerbations admissions mmrc cat"),
	PAPER_F("肺功能 FEV1 (L)\nFEV1/FVC (%)\nFEV1%预计值", "FEV1 (L)\nFEV1/FVC (%)\nFEV1, % predicted",
		"{fev1}\n{fev1_fvc}\n{fev1_percent}", "{fev1}\n{fev1_fvc}\n{fev1_percent}"),
	PAPER_A("gold gold_group tests"),
	PAPER_F("CAT 咳 痰 胸闷 气喘\n家务 外出 睡眠 精力", "CAT 1-4\n5-8",
		"{cat_cough@} {cat_sputum@} {cat_chest@} {cat_stairs@}\n{cat_home@} {cat_outside@} {cat_sleep@} {cat_energy@}",
		"{cat_cough@} {cat_sputum@} {cat_chest@} {cat_stairs@}\n{cat_home@} {cat_outside@} {cat_sleep@} {cat_energy@}"),
	PAPER_S("生活方式指导", "Way of life"),
	FOLLOWUP_PAPER_SMOKING,
	FOLLOWUP_PAPER_EXERCISE,
	PAPER_A("mind compliance"),
	{ .part = PAPER_PAGE, .label = { "慢阻肺随访 2", "COPD 2" } },
	FOLLOWUP_PAPER_NAME,
	PAPER_A("date adherence adr device class"),
	FOLLOWUP_PAPER_DRUGS,
	PAPER_S("指导", "Advice"),
	PAPER_A("device_taught rehabilitation oxygen ventilation vaccines"),
	FOLLOWUP_PAPER_END,
};

/* ---- facts ------------------------------------------------------------------------------------------------------------- */

enum { SPO2_LOW = 90, CAT_MANY = 10, MMRC_MANY = 2 };

/* A relative's word is no score; what the patient himself says on the telephone is. */
static bool measured(const struct visit_ctx *cx)
{
	int64_t v;

	return !cx_flag(cx, "relative") && (cx_number(cx, "mmrc", &v) || cx_number(cx, "cat", &v) || cx_number(cx, "acute", &v));
}

static bool acute(const struct visit_ctx *cx)
{
	int64_t code;

	return cx_number(cx, "acute", &code) && code == 2;
}

static bool controlled(const struct visit_ctx *cx)
{
	return measured(cx) && !acute(cx);
}

static bool at_least(const struct visit_ctx *cx, const char *key, int64_t limit)
{
	int64_t v;

	return cx_number(cx, key, &v) && v >= limit;
}

static bool often_worse(const struct visit_ctx *cx)
{
	return at_least(cx, "exacerbations", 2) || at_least(cx, "admissions", 1);
}

static bool many_symptoms(const struct visit_ctx *cx)
{
	return at_least(cx, "mmrc", MMRC_MANY) || at_least(cx, "cat", CAT_MANY);
}

static bool poor_lungs(const struct visit_ctx *cx)
{
	int64_t percent;

	return cx_number(cx, "fev1_percent", &percent) && percent > 0 && percent < 500;
}

static bool high_risk(const struct visit_ctx *cx)
{
	return controlled(cx) && (often_worse(cx) || poor_lungs(cx));
}

static bool low_oxygen(const struct visit_ctx *cx)
{
	int64_t v;

	return !cx_told(cx) && cx_number(cx, "spo2", &v) && v < SPO2_LOW;
}

static bool adr_severe(const struct visit_ctx *cx)
{
	return at_least(cx, "adr", 3);
}

static const struct fact facts[] = {
	{ "emergency", fact_emergency, { NULL, NULL }, LOCAL },
	{ "low_oxygen", low_oxygen, { "血氧<90%: 危急", "Oxygen saturation below 90 %: emergency" }, LOCAL },
	{ "very_high_sbp", fact_very_high_sbp, { "收缩压≥180: 危急", "Systolic 180 or more: emergency" }, LOCAL },
	{ "very_high_dbp", fact_very_high_dbp, { "舒张压≥110: 危急", "Diastolic 110 or more: emergency" }, LOCAL },
	{ "danger_sign", fact_danger_sign, { "有危急症状", "A danger sign is present" }, LOCAL },
	{ "other_disease", fact_other_disease,
		{ "有本机构不能处理的其他疾病", "Another disease that cannot be treated here" }, LOCAL },
	{ "comp", fact_comp, { "出现新的并发症或原有并发症加重", "A new complication, or an old one is worse" }, LOCAL },
	{ "uncontrolled", fact_uncontrolled, { NULL, NULL }, LOCAL },
	{ "uncontrolled_twice", fact_uncontrolled_twice, { "连续两次急性加重", "Exacerbation twice running" }, LOCAL },
	{ "uncontrolled_first", fact_uncontrolled_first,
		{ "急性加重: 处理, 调整用药", "Exacerbation: treat, adjust the drugs" }, LOCAL },
	{ "adr", fact_adr, { NULL, NULL }, LOCAL },
	{ "adr_severe", adr_severe, { "严重药物不良反应", "Severe adverse drug reaction" }, LOCAL },
	{ "adr_twice", fact_adr_twice, { "连续两次出现药物不良反应", "Adverse drug reaction twice running" }, LOCAL },
	{ "adr_first", fact_adr_first, { "出现药物不良反应: 调整用药", "Adverse drug reaction: adjust the drugs" }, LOCAL },
	{ "open_referral", fact_open_referral,
		{ "已在转诊中: 追访转诊结果", "A referral is open: follow up its result" }, "Our reading: no second referral beside an open one" },
	{ "measured", measured, { NULL, NULL }, LOCAL },
	{ "not_measured", fact_not_measured,
		{ "没有评估: 请本人来", "Not assessed: ask the patient to come" }, "Our reading: no class without an assessment" },
	{ "high_risk", high_risk, { NULL, NULL }, LOCAL },
	{ "often_worse", often_worse,
		{ "年内加重2次以上或住过院: 高风险", "Two exacerbations or an admission this year: high risk" }, "GOLD 2023" },
	{ "poor_lungs", poor_lungs, { "FEV1低于预计值50%: 高风险", "FEV1 below 50 % of predicted: high risk" }, "GOLD" },
	{ "many_symptoms", many_symptoms, { "症状多(mMRC≥2或CAT≥10)", "Many symptoms (mMRC 2, CAT 10 or more)" }, "GOLD 2023" },
	{ "controlled", controlled, { "稳定期", "Stable" }, LOCAL },
};

/* ---- class, action, target ------------------------------------------------------------------------------------------- */

static const char *const emergencies[] = { "low_oxygen", "very_high_sbp", "very_high_dbp", "danger_sign", "other_disease", NULL };

static const struct class_rule classes[] = {
	{ "3", { "uncontrolled" } },
	{ "ask", { "emergency" } },
	{ "2", { "high_risk" } },
	{ "1", { "controlled" } },
	{ "ask", { NULL } },
};

static const struct action actions[] = {
	{ "EMERGENCY_REFER", { "紧急转诊, 2周内追访", "Refer urgently, follow up within 2 weeks" }, { "emergency" }, .days = 14 },
	{ "TRACK_REFERRAL", { "追访转诊结果, 2周内", "Follow up the referral within 2 weeks" }, { "open_referral" }, .days = 14 },
	{ "REFER", FOLLOWUP_REFER_TERM, { "comp" }, .days = 14 },
	{ "REFER", FOLLOWUP_REFER_TERM, { "uncontrolled_twice" }, .days = 14 },
	{ "REFER", FOLLOWUP_REFER_TERM, { "adr_severe" }, .days = 14 },
	{ "REFER", FOLLOWUP_REFER_TERM, { "adr_twice" }, .days = 14 },
	{ "ADJUST_2W", FOLLOWUP_ADJUST_TERM, { "uncontrolled" }, .days = 14 },
	{ "ADJUST_2W", FOLLOWUP_ADJUST_TERM, { "adr" }, .days = 14 },
	{ "MEASURE", { "请本人2周内来评估", "Ask the patient to come within 2 weeks to be assessed" }, { "not_measured" }, .days = 14 },
	{ "ROUTINE", { "按期随访", "Routine follow-up" }, { NULL }, .months = 3 },
};

/* Below it few symptoms: the line in the trend.  The class does not follow from it. */
static const struct target targets[] = {
	{ "cat", 0, CAT_MANY, "2009-01-01", "CAT" },
};

static const struct flag flags[] = {
	{ "danger", "danger", (const char *const[]){ "1", "2", "3", "4", "5", "6", "7", NULL } },
	{ "other", "danger", (const char *const[]){ "9", NULL } },
	{ "comp", "complication", (const char *const[]){ "2", NULL } },
	{ "relative", "informant", (const char *const[]){ "2", NULL } },
	{ "phone", "mode", (const char *const[]){ "3", NULL } },
};

static const struct indicator indicators[] = {
	{ .code = "C00",
	  .key = "copd_managed_rate",
	  .name = { "慢阻肺患者健康管理率(本地)", "COPD patients under management (local)" },
	  .numerator = { "年内已管理的慢阻肺人数", "On the roster with at least one follow-up in the year" },
	  .denominator = { "年内辖区应管理的慢阻肺患者人数", "Patients that should be managed (task number)" },
	  .settings = "copd_task",
	  .source = LOCAL },
	{ .code = "C01",
	  .key = "copd_regular_rate",
	  .name = { "慢阻肺患者规范管理率(本地)", "COPD patients managed as planned (local)" },
	  .numerator = { "按计划随访的慢阻肺人数", "Followed up as planned" },
	  .denominator = { "年内已管理的慢阻肺人数", "Managed in the year" },
	  .settings = "one_per_quarter,recheck_in_14d",
	  .source = LOCAL },
};

/* ---- what it watches ------------------------------------------------------------------------------------------------- */

static const struct measure_place cat_places[] = { { .key = "cat" }, { .key = NULL } };
static const struct measure measure_cat = { .key = "cat", .name = { "CAT评分", "CAT score" }, .axis = { "CAT评分", "CAT score" },
	.mark = "CAT ", .places_of = cat_places, .target = "cat" };
static const struct measure_place spo2_places[] = { { .key = "spo2" }, { .key = NULL } };
static const struct measure measure_spo2 = { .key = "spo2", .name = { "血氧", "Oxygen saturation" },
	.axis = { "血氧饱和度 %", "Oxygen saturation %" }, .places_of = spo2_places };

static const struct measure *const measures[] = { &measure_cat, &measure_spo2, &measure_bp, NULL };

/* Breathlessness, tight chest, blood: the question is asked, the answer is the clinician's. */
static const char *const danger_symptoms[] = { "5", "6", "7", NULL };

static void explain(const struct visit_ctx *cx, struct sbuf *out)
{
	int64_t cat, mmrc;

	if (cx_number(cx, "mmrc", &mmrc))
		sbuf_addf(out, "mMRC %d", (int)mmrc);
	if (cx_number(cx, "cat", &cat))
		sbuf_addf(out, "%sCAT %d", out->len ? ", " : "", (int)cat);
}

static const char *const icd10[] = { "J44", NULL };

const struct programme programme_copd = {
	.code = "copd",
	.title = { "慢阻肺", "COPD" },
	.brief = { "慢阻肺", "COPD" },
	.mark = { "肺", "CO" },
	.icd10 = icd10,
	.disease = { "慢性阻塞性肺疾病", "Chronic obstructive pulmonary disease" },
	.past_disease = "5",
	.department = { "呼吸内科", "Respiratory medicine" },
	.version = 1,
	.min_age = 35,
	.yearly_visits = 4,
	.measures = measures,
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
