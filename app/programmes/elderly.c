/* Elderly 老年人健康管理: once a year everybody of 65 gets, beside the examination (forms/exam.c), a self-care assessment and
 * the identification of the constitution of Chinese medicine with its guidance.  Takes everybody who reaches 65 in the year;
 * no diagnosis is needed. */
#include "app/clinic/rules_test.h"
#include "app/clinic/schedule.h"
#include "app/programmes/elderly_questions.h"
#include "app/programmes/followup.h"

#define SPEC "National basic public-health services norm, 3rd edition 2017, elderly"
#define TCM  "Norm 2017, Chinese medicine: 老年人中医药健康管理服务记录表, 33 items"
#define NORM SPEC

/* ---- the self-care assessment ------------------------------------------------------------------------------------------ */

enum { CARE_ITEMS = 5, SCORES = 4, QUESTIONS = 33 };

/* Scores of independent, mild, moderate, dependent; others do not exist. */
static const struct care_item {
	const char *key, *word; /* in records, in golden cases */
	int scores[SCORES];
} care_items[CARE_ITEMS] = {
	{ "care_eat", "eat", { 0, 0, 3, 5 } },
	{ "care_wash", "wash", { 0, 1, 3, 7 } },
	{ "care_dress", "dress", { 0, 0, 3, 5 } },
	{ "care_toilet", "toilet", { 0, 1, 5, 10 } },
	{ "care_move", "move", { 0, 1, 5, 10 } },
};

static bool score_exists(const struct care_item *item, int score)
{
	for (size_t i = 0; i < SCORES; i++)
		if (item->scores[i] == score)
			return true;
	return false;
}

static int care_level(int total)
{
	return total <= 3 ? 1 : total <= 8 ? 2 : total <= 18 ? 3 : 4;
}

/* ---- the constitution --------------------------------------------------------------------------------------------------- */

enum { CONSTITUTIONS = 9, BALANCED = 8, ANSWER_MAX = 5 };
enum { IS = 1, TENDS = 2, IS_NOT = 3 };

/* Eight with four items each; the ninth, balanced, is 1 and the reverse of four others. */
static const struct constitution {
	const char *word; /* golden cases, and the keys "<word>_score", "<word>" */
	int items[5];
	bool reversed[5];
} constitutions[CONSTITUTIONS] = {
	{ "qixu", { 2, 3, 4, 14 }, { false } },
	{ "yangxu", { 11, 12, 13, 29 }, { false } },
	{ "yinxu", { 10, 21, 26, 31 }, { false } },
	{ "tanshi", { 9, 16, 28, 32 }, { false } },
	{ "shire", { 23, 25, 27, 30 }, { false } },
	{ "xueyu", { 19, 22, 24, 33 }, { false } },
	{ "qiyu", { 5, 6, 7, 8 }, { false } },
	{ "tebing", { 15, 17, 18, 20 }, { false } },
	{ "pinghe", { 1, 2, 4, 5, 13 }, { false, true, true, true, true } },
};

static int sum_of(const struct constitution *c, const int answers[QUESTIONS + 1])
{
	int sum = 0;

	for (size_t i = 0; i < N_ELEMENTS(c->items) && c->items[i]; i++)
		sum += c->reversed[i] ? ANSWER_MAX + 1 - answers[c->items[i]] : answers[c->items[i]];
	return sum;
}

/* 11 and more is, 9 and 10 tends.  Balanced needs 17, and how much the others have decides. */
static void judge(const int answers[QUESTIONS + 1], int sums[CONSTITUTIONS], int results[CONSTITUTIONS])
{
	int most = 0;

	for (size_t i = 0; i < CONSTITUTIONS; i++) {
		sums[i] = sum_of(&constitutions[i], answers);
		results[i] = sums[i] >= 11 ? IS : sums[i] >= 9 ? TENDS : IS_NOT;
		if (i != BALANCED && sums[i] > most)
			most = sums[i];
	}
	results[BALANCED] = sums[BALANCED] < 17 || most > 10 ? IS_NOT : most <= 8 ? IS : TENDS;
}

/* What is measured answers two of the questions: 9 by the body mass index in hundredths, 28 by the waist in tenths. */
static int bmi_answer(int64_t bmi)
{
	return bmi < 2400 ? 1 : bmi < 2500 ? 2 : bmi < 2600 ? 3 : bmi < 2800 ? 4 : 5;
}

static int waist_answer(int64_t tenths)
{
	return tenths < 800 ? 1 : tenths <= 850 ? 2 : tenths <= 900 ? 3 : tenths <= 1050 ? 4 : 5;
}

/* ---- the form ------------------------------------------------------------------------------------------------------------- */

/* The digits are the scores, as the paper prints them. */
static const struct code eat_codes[] = {
	{ .code = "0", .term = { "可自行进食", "By himself" } },
	{ .code = "3", .term = { "需要协助", "Needs help" } },
	{ .code = "5", .term = { "完全需要帮助", "Wholly dependent" } },
	{ .code = NULL },
};
static const struct code wash_codes[] = {
	{ .code = "0", .term = { "独立完成", "By himself" } },
	{ .code = "1", .term = { "能独立洗头梳头洗脸, 洗澡需协助", "Needs help to bathe" } },
	{ .code = "3", .term = { "在协助下完成部分", "In part, with help" } },
	{ .code = "7", .term = { "完全需要帮助", "Wholly dependent" } },
	{ .code = NULL },
};
static const struct code dress_codes[] = {
	{ .code = "0", .term = { "独立完成", "By himself" } },
	{ .code = "3", .term = { "需要协助", "Needs help" } },
	{ .code = "5", .term = { "完全需要帮助", "Wholly dependent" } },
	{ .code = NULL },
};
static const struct code toilet_codes[] = {
	{ .code = "0", .term = { "不需协助, 可自控", "By himself" } },
	{ .code = "1", .term = { "偶尔失禁", "Seldom incontinent" } },
	{ .code = "5", .term = { "经常失禁, 需协助", "Often incontinent" } },
	{ .code = "10", .term = { "完全失禁", "Wholly incontinent" } },
	{ .code = NULL },
};
static const struct code move_codes[] = {
	{ .code = "0", .term = { "独立完成所有活动", "By himself" } },
	{ .code = "1", .term = { "借助较小外力", "With little help" } },
	{ .code = "5", .term = { "借助较大外力", "With much help" } },
	{ .code = "10", .term = { "卧床不起", "Bedridden" } },
	{ .code = NULL },
};

static const struct code level_codes[] = {
	{ .code = "1", .term = { "可自理", "Independent" } },
	{ .code = "2", .term = { "轻度依赖", "Mildly dependent" } },
	{ .code = "3", .term = { "中度依赖", "Moderately dependent" } },
	{ .code = "4", .term = { "不能自理", "Dependent" } },
	{ .code = NULL },
};
static const struct code proposed_codes[] = {
	{ .code = "1", .term = { "可自理", "Independent" } },
	{ .code = "2", .term = { "轻度依赖", "Mildly dependent" } },
	{ .code = "3", .term = { "中度依赖", "Moderately dependent" } },
	{ .code = "4", .term = { "不能自理", "Dependent" } },
	{ .code = "ask", .term = { "请医生定", "The doctor decides" } },
	{ .code = NULL },
};

static const struct code answer_codes[] = {
	{ .code = "1", .term = { "没有", "Never" } },
	{ .code = "2", .term = { "很少", "Seldom" } },
	{ .code = "3", .term = { "有时", "Sometimes" } },
	{ .code = "4", .term = { "经常", "Often" } },
	{ .code = "5", .term = { "总是", "Always" } },
	{ .code = NULL },
};

static const struct code result_codes[] = {
	{ .code = "1", .term = { "是", "Yes" } },
	{ .code = "2", .term = { "倾向是", "Tends to" } },
	{ .code = "3", .term = { "否", "No" } },
	{ .code = NULL },
};

static const struct code tcm_guidance_codes[] = {
	{ .code = "1", .term = { "情志调摄", "Mind" } },
	{ .code = "2", .term = { "饮食调养", "Diet" } },
	{ .code = "3", .term = { "起居调摄", "Daily life" } },
	{ .code = "4", .term = { "运动保健", "Exercise" } },
	{ .code = "5", .term = { "穴位保健", "Acupoints" } },
	{ .code = "6", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

#define CARE(key_, zh_, en_, codes_, row_) \
	{ .key = key_, .label = { zh_, en_ }, .type = V_CODE, .codes = codes_, .row = row_, .required = REQUIRED_COMPLETE, \
	  .flags = FIELD_OWN, .source = SPEC }
/* The words of the paper's question are read out; 9, 14, 17 and 28 have answers of their own. */
#define ASK(n_, zh_, en_, page_, question_zh, question_en) \
	{ .key = "tcm" #n_, .label = { #n_ " " zh_, #n_ " " en_ }, .type = V_CODE, .codes = answer_codes, .page = page_, \
	  .row = 40 + n_, .required = REQUIRED_COMPLETE, .flags = FIELD_OWN, .help = { question_zh, question_en }, .source = TCM }
#define RESULT(word_, zh_, en_, row_) \
	{ .key = word_ "_score", .label = { zh_ " 得分", en_ ", score" }, .on_form = { zh_, en_ }, .unit = N_("points"), \
	  .type = V_INT, \
	  .page = 5, .row = row_, .width = 2, .hard = { 0, 25 }, .flags = FIELD_OWN | FIELD_COMPUTED | FIELD_NO_LAST }, \
	{ .key = word_, .label = { zh_, en_ }, .on_form = { "", "" }, .type = V_CODE, .codes = result_codes, .page = 5, .row = row_, \
	  .flags = FIELD_OWN | FIELD_COMPUTED | FIELD_LISTED }

static const struct field fields[] = {
	FOLLOWUP_HEAD,
	CARE("care_eat", "进餐", "Eating", eat_codes, 3),
	CARE("care_wash", "梳洗", "Washing", wash_codes, 4),
	CARE("care_dress", "穿衣", "Dressing", dress_codes, 5),
	CARE("care_toilet", "如厕", "Toilet", toilet_codes, 6),
	CARE("care_move", "活动", "Moving", move_codes, 7),
	{ .key = "care_total", .label = { "自理能力总分", "Self-care score" }, .on_form = { "总分", "Score" }, .unit = N_("points"),
	  .type = V_INT, .row = 8, .width = 2, .hard = { 0, 37 },
	  .flags = FIELD_OWN | FIELD_COMPUTED | FIELD_NO_LAST | FIELD_LISTED },
	{ .key = "class", .label = { "自理能力", "Self-care" }, .type = V_CODE, .codes = level_codes, .row = 9,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_FRAME | FIELD_OWN | FIELD_LISTED, .source = SPEC },
	{ .key = "class_proposed", .label = { "系统建议", "Proposed" }, .on_form = { "系统建议", "Proposed" }, .type = V_CODE,
	  .codes = proposed_codes, .row = 9, .flags = FIELD_OWN | FIELD_COMPUTED | FIELD_NO_LAST },
	{ .key = "class_reason", .label = { "改动理由", "Why different" }, .type = V_TEXT, .row = 10, .width = 40, .max = 100,
	  .flags = FIELD_FRAME | FIELD_OWN, .help = { "医生的分级与系统建议不同时写明理由", "When the doctor's level differs from the proposal" } },
	{ .key = "height", .label = { "身高", "Height" }, .unit = "cm", .type = V_DECIMAL, .places = 1, .row = 11, .width = 5,
	  .flags = FIELD_MEASURED | FIELD_IN_PERSON, .hard = { 300, 2500 }, .soft = { 1350, 1950 }, .source = DE },
	{ .key = "weight", .label = { "体重", "Weight" }, .unit = "kg", .type = V_DECIMAL, .places = 1, .row = 11, .width = 5,
	  .flags = FIELD_MEASURED | FIELD_IN_PERSON, .hard = { 3, 3000 }, .soft = { 350, 1200 }, .source = DE },
	{ .key = "waist", .label = { "腰围", "Waist" }, .unit = "cm", .type = V_DECIMAL, .places = 1, .row = 11, .width = 5,
	  .flags = FIELD_MEASURED | FIELD_IN_PERSON, .hard = { 300, 2000 }, .soft = { 550, 1200 },
	  .help = { "体重和腰围答第9 28题", "Weight and waist answer questions 9 and 28" }, .source = DE },
	{ .key = "bmi", .label = { "体质指数", "BMI" }, .on_form = { "BMI", "BMI" }, .unit = "kg/m2", .type = V_DECIMAL, .places = 2,
	  .row = 11, .width = 5, .hard = { 0, 100000 }, .flags = FIELD_COMPUTED | FIELD_NO_LAST, .meanings = bmi_meanings },
	TCM_QUESTIONS(ASK),
	RESULT("qixu", "气虚质", "Qi deficiency", 80),
	RESULT("yangxu", "阳虚质", "Yang deficiency", 81),
	RESULT("yinxu", "阴虚质", "Yin deficiency", 82),
	RESULT("tanshi", "痰湿质", "Phlegm", 83),
	RESULT("shire", "湿热质", "Damp heat", 84),
	RESULT("xueyu", "血瘀质", "Stagnant blood", 85),
	RESULT("qiyu", "气郁质", "Stagnant qi", 86),
	RESULT("tebing", "特禀质", "Special", 87),
	RESULT("pinghe", "平和质", "Balanced", 88),
	{ .key = "tcm_guidance", .label = { "中医药保健指导", "Guidance of Chinese medicine" }, .on_form = { "保健指导", "Guidance" },
	  .type = V_CODES, .codes = tcm_guidance_codes, .page = 5, .row = 89, .required = REQUIRED_COMPLETE, .flags = FIELD_OWN,
	  .source = TCM },
	{ .key = "tcm_guidance_other", .label = { "其他指导", "Other guidance" }, .on_form = { "", "" }, .type = V_TEXT, .page = 5,
	  .row = 89, .width = 16, .max = 100, .flags = FIELD_OWN },
	{ .key = "next_due", .label = { "下次服务日期", "Next service" }, .on_form = { "下次服务", "Next" }, .type = V_DATE, .page = 5, .row = 90,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_FRAME | FIELD_OWN | FIELD_FUTURE | FIELD_LISTED, .source = SPEC },
	{ .key = "next_due_proposed", .label = { "建议日期", "Proposed date" }, .on_form = { "建议", "proposed" }, .type = V_DATE, .page = 5,
	  .row = 90, .flags = FIELD_OWN | FIELD_COMPUTED | FIELD_FUTURE | FIELD_NO_LAST },
	{ .key = "doctor", .label = { "医生签名", "Doctor's signature" }, .on_form = { "签名", "Signature" }, .type = V_REF, .ref = "staff",
	  .width = 14, .page = 5, .row = 91, .flags = FIELD_FRAME | FIELD_LISTED, .source = SPEC },
	{ .key = "entered_late", .label = { "补录", "Entered late" }, .type = V_CODE, .codes = yes_no_codes, .page = 5, .row = 91,
	  .flags = FIELD_COMPUTED | FIELD_NO_LAST },
	FOLLOWUP_DERIVED,
};

/* The questions stand one after the other in the form. */
static bool read_answers(const struct record *rec, int answers[QUESTIONS + 1])
{
	const struct value *first = record_get(rec, "tcm1");

	for (int i = 1; i <= QUESTIONS; i++) {
		const struct value *a = &first[i - 1];

		if (value_is_empty(a))
			return false;
		answers[i] = *a->text - '0';
	}
	return true;
}

static void compute_care(struct record *rec)
{
	int total = 0;

	for (size_t i = 0; i < CARE_ITEMS; i++) {
		const char *score = record_text(rec, care_items[i].key);

		if (!score) {
			record_clear(rec, "care_total");
			return;
		}
		total += (int)strtol(score, NULL, 10);
	}
	record_set_num(rec, "care_total", total);
}

static void set_answer(struct record *rec, const char *key, int answer)
{
	record_set_text(rec, key, (const char[]){ (char)('0' + answer), '\0' });
}

static void compute_measured(struct record *rec)
{
	int64_t bmi = record_num(rec, "bmi", 0), waist = record_num(rec, "waist", 0);

	if (bmi > 0)
		set_answer(rec, "tcm9", bmi_answer(bmi));
	if (waist > 0)
		set_answer(rec, "tcm28", waist_answer(waist));
}

static void compute_constitution(struct record *rec)
{
	int answers[QUESTIONS + 1], sums[CONSTITUTIONS], results[CONSTITUTIONS];
	bool all = read_answers(rec, answers);
	char key[24];

	if (all)
		judge(answers, sums, results);
	for (size_t i = 0; i < CONSTITUTIONS; i++) {
		snprintf(key, sizeof key, "%s_score", constitutions[i].word);
		if (!all) {
			record_clear(rec, key);
			record_clear(rec, constitutions[i].word);
			continue;
		}
		record_set_num(rec, key, sums[i]);
		set_answer(rec, constitutions[i].word, results[i]);
	}
}

static void compute(struct record *rec, const struct form_context *cx)
{
	compute_care(rec);
	followup_compute(rec, cx);
	compute_measured(rec);
	compute_constitution(rec);
}

static const struct form_def form = {
	.code = "elderly_service",
	.edition = "2017",
	.title = { "老年人年度服务记录", "Yearly service of the elderly" },
	.fields = fields,
	.n_fields = N_ELEMENTS(fields),
	.needed = followup_needed,
	.compute = compute,
	.check = followup_check,
};

/* Two forms of the file: the assessment, the 33 questions with their result. */
#define SCORE(word_) PAPER_A_TEXT(word_, "得分 {" word_ "_score}", "score {" word_ "_score}")
static const struct paper_line paper[] = {
	PAPER_S("生活自理能力评估", "Self-care"),
	PAPER_A("care_eat care_wash care_dress care_toilet care_move care_total class"),
	PAPER_S("", ""),
	PAPER_P("date doctor"),
	{ .part = PAPER_PAGE, .label = { "老年人中医药健康管理服务记录表", "Chinese medicine" } },
	PAPER_T("老年人中医药健康管理服务记录表", "Chinese medicine for the elderly"),
	FOLLOWUP_PAPER_NAME,
	PAPER_S("近一年的体验和感觉", "In the last year"),
	PAPER_Q("tcm1 tcm2 tcm3 tcm4 tcm5 tcm6 tcm7 tcm8 tcm9 tcm10 tcm11 tcm12 tcm13 tcm14 tcm15 tcm16 tcm17 tcm18 tcm19 tcm20 "
		"tcm21 tcm22 tcm23 tcm24 tcm25 tcm26 tcm27 tcm28 tcm29 tcm30 tcm31 tcm32 tcm33"),
	PAPER_S("体质辨识", "Constitution"),
	SCORE("qixu"), SCORE("yangxu"), SCORE("yinxu"), SCORE("tanshi"), SCORE("shire"), SCORE("xueyu"), SCORE("qiyu"),
	SCORE("tebing"), SCORE("pinghe"),
	PAPER_S("", ""),
	PAPER_A("tcm_guidance"),
	PAPER_P("date doctor"),
};

/* ---- facts, level, action ------------------------------------------------------------------------------------------------ */

/* -1 while an item is open. */
static int total_of(const struct visit_ctx *cx)
{
	int total = 0;

	for (size_t i = 0; i < CARE_ITEMS; i++) {
		int64_t score;

		if (!cx_number(cx, care_items[i].key, &score))
			return -1;
		total += (int)score;
	}
	return total;
}

static bool measured(const struct visit_ctx *cx)
{
	return total_of(cx) >= 0;
}

static bool is_level(const struct visit_ctx *cx, int level)
{
	return measured(cx) && care_level(total_of(cx)) == level;
}

static bool independent(const struct visit_ctx *cx)
{
	return is_level(cx, 1);
}

static bool mild(const struct visit_ctx *cx)
{
	return is_level(cx, 2);
}

static bool moderate(const struct visit_ctx *cx)
{
	return is_level(cx, 3);
}

static bool dependent(const struct visit_ctx *cx)
{
	return is_level(cx, 4);
}

static const struct fact facts[] = {
	{ "measured", measured, { NULL, NULL }, SPEC },
	{ "not_measured", fact_not_measured, { "自理能力还没评完", "Self-care is not assessed yet" }, SPEC },
	{ "dependent", dependent, { "自理能力19分以上: 不能自理", "Self-care 19 or more: dependent" }, SPEC },
	{ "moderate", moderate, { "自理能力9-18分: 中度依赖", "Self-care 9 to 18: moderately dependent" }, SPEC },
	{ "mild", mild, { "自理能力4-8分: 轻度依赖", "Self-care 4 to 8: mildly dependent" }, SPEC },
	{ "independent", independent, { "自理能力0-3分: 可自理", "Self-care 0 to 3: independent" }, SPEC },
	{ "controlled", measured, { NULL, NULL }, "Our reading: nothing is to be brought into a target" },
};

static const struct class_rule classes[] = {
	{ "4", { "dependent" } },
	{ "3", { "moderate" } },
	{ "2", { "mild" } },
	{ "1", { "independent" } },
	{ "ask", { NULL } },
};

static const struct action actions[] = {
	{ "MEASURE", { "2周内补做自理能力评估", "Assess self-care within 2 weeks" }, { "not_measured" }, .days = 14 },
	{ "ROUTINE", { "每年一次", "Once a year" }, { NULL }, .months = 12 },
};

static const struct flag flags[] = {
	{ "relative", "informant", (const char *const[]){ "2", NULL } },
	{ "phone", "mode", (const char *const[]){ "3", NULL } },
};

static const struct indicator indicators[] = {
	{ .code = "O00",
	  .key = "elder_managed_rate",
	  .basis = INDICATOR_EXAMINED,
	  .name = { "老年人健康管理率", "Elderly under health management" },
	  .newer = { "65岁及以上老年人城乡社区规范健康管理服务率", "Standardised community health service for those of 65 and more" },
	  .numerator = { "年内健康体检表完整的65岁及以上人数", "Of 65 and more with a complete examination in the year" },
	  .denominator = { "年内辖区65岁及以上常住居民人数", "Residents who reach 65 in the year" },
	  .settings = "",
	  .source = SPEC },
	{ .code = "O02",
	  .key = "elder_tcm_rate",
	  .basis = INDICATOR_SERVED,
	  .name = { "老年人中医药健康管理率", "Elderly served by Chinese medicine" },
	  .numerator = { "年内接受体质辨识和保健指导的65岁及以上人数", "Of 65 and more with constitution and guidance in the year" },
	  .denominator = { "年内辖区65岁及以上常住居民人数", "Residents who reach 65 in the year" },
	  .settings = "",
	  .source = TCM },
};

/* "平和质", "气虚质 倾向是阳虚质". */
static void result(const struct record *rec, struct sbuf *out)
{
	for (size_t i = CONSTITUTIONS; i--;) { /* balanced first */
		const struct field *f = form_field(&form, constitutions[i].word);
		const struct code *c = field_code(f, record_text(rec, f->key) ? record_text(rec, f->key) : "");

		if (c && *c->code - '0' == IS)
			sbuf_addf(out, "%s%s", out->len ? " " : "", field_label(f));
		else if (c && *c->code - '0' == TENDS)
			sbuf_addf(out, _("%stends to %s"), out->len ? " " : "", field_label(f));
	}
}

static void explain(const struct visit_ctx *cx, struct sbuf *out)
{
	if (measured(cx))
		sbuf_addf(out, _("self-care score %d"), total_of(cx));
}

/* ---- golden cases ----------------------------------------------------------------------------------------------------------- */

static bool unknown(const struct pairs *in, const char *key, struct err *err)
{
	return err_set(err, ERR_FORMAT, _("The input's %s cannot be understood: \"%s\"."), key, pairs_text(in, key));
}

static bool run_self_care(const struct pairs *in, struct pairs *out, struct err *err)
{
	int total = 0;

	for (size_t i = 0; i < CARE_ITEMS; i++) {
		char *end;
		long score = strtol(pairs_text(in, care_items[i].word), &end, 10);

		if (*end || end == pairs_text(in, care_items[i].word))
			return unknown(in, care_items[i].word, err);
		if (!score_exists(&care_items[i], (int)score)) {
			pairs_set(out, "result", "reject");
			return true;
		}
		total += (int)score;
	}
	pairs_set(out, "result", "accept");
	pairs_set(out, "total", "%d", total);
	pairs_set(out, "level", "%d", care_level(total));
	return true;
}

static bool take_answers(const struct pairs *in, int answers[QUESTIONS + 1])
{
	const char *s = pairs_text(in, "answers");

	for (int i = 1; i <= QUESTIONS; i++) {
		if (*s < '1' || *s > '0' + ANSWER_MAX || (i < QUESTIONS ? s[1] != ',' : s[1] != '\0'))
			return false;
		answers[i] = *s - '0';
		s += 2;
	}
	return true;
}

static bool run_constitution(const struct pairs *in, struct pairs *out, struct err *err)
{
	static const char *const words[] = { "", "yes", "tends" };
	int answers[QUESTIONS + 1], sums[CONSTITUTIONS], results[CONSTITUTIONS];
	AUTO_SBUF struct sbuf result = SBUF_INIT;

	if (!take_answers(in, answers))
		return unknown(in, "answers", err);
	judge(answers, sums, results);
	for (size_t i = 0; i < CONSTITUTIONS; i++) {
		pairs_set(out, constitutions[i].word, "%d", sums[i]);
		if (results[i] != IS_NOT)
			sbuf_addf(&result, "%s%s:%s", result.len ? "," : "", constitutions[i].word, words[results[i]]);
	}
	pairs_set(out, "result", "%s", result.s);
	return true;
}

static const struct rule_function rules[] = {
	{ "self_care", run_self_care },
	{ "constitution", run_constitution },
};

const struct programme programme_elderly = {
	.code = "elderly",
	.title = { "老年人", "Elderly" },
	.brief = { "老年人", "65+" },
	.mark = { "老", "EL" },
	.version = 1,
	.min_age = 65,
	.year_age = true,
	.department = { "老年科", "Geriatrics" },
	.yearly_visits = 1,
	.followup = &form,
	.flags = flags,
	.n_flags = N_ELEMENTS(flags),
	.facts = facts,
	.n_facts = N_ELEMENTS(facts),
	.classes = classes,
	.n_classes = N_ELEMENTS(classes),
	.actions = actions,
	.n_actions = N_ELEMENTS(actions),
	.indicators = indicators,
	.n_indicators = N_ELEMENTS(indicators),
	.rules = rules,
	.n_rules = N_ELEMENTS(rules),
	.result = result,
	.paper = paper,
	.n_paper = N_ELEMENTS(paper),
	.explain = explain,
};
