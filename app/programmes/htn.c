/* Hypertension 高血压: the form (高血压患者随访服务记录表, edition 2017, in the order of the paper; what the paper lacks is marked
 * ours), who is controlled, what is an emergency, what follows.  Rules of the National Basic Public Health Service Norm, 3rd
 * edition (2017); where the norm is silent the source says "our reading". */
#include "app/programmes/followup.h"

#define SPEC "National basic public-health services norm, 3rd edition 2017, hypertension"
#define NORM SPEC " follow-up form"

/* ---- the form ---------------------------------------------------------------------------------------------------------- */

static const struct code symptom_codes[] = {
	{ .code = "1", .term = { "无症状", "No symptoms" }, .exclusive = true },
	{ .code = "2", .term = { "头痛头晕", "Headache, dizziness" } },
	{ .code = "3", .term = { "恶心呕吐", "Nausea, vomiting" } },
	{ .code = "4", .term = { "眼花耳鸣", "Blurred vision, tinnitus" } },
	{ .code = "5", .term = { "呼吸困难", "Breathlessness" } },
	{ .code = "6", .term = { "心悸胸闷", "Palpitations, chest tightness" } },
	{ .code = "7", .term = { "鼻衄出血不止", "Nosebleed that does not stop" } },
	{ .code = "8", .term = { "四肢发麻", "Numb limbs" } },
	{ .code = "9", .term = { "下肢水肿", "Swollen legs" } },
	{ .code = NULL },
};

static const struct code danger_codes[] = {
	{ .code = "0", .term = { "都没有", "None of them" }, .exclusive = true },
	{ .code = "1", .term = { "意识改变", "Altered consciousness" } },
	{ .code = "2", .term = { "剧烈头痛或头晕", "Severe headache or dizziness" } },
	{ .code = "3", .term = { "恶心呕吐", "Nausea and vomiting" } },
	{ .code = "4", .term = { "视物模糊", "Blurred vision" } },
	{ .code = "5", .term = { "眼痛", "Eye pain" } },
	{ .code = "6", .term = { "心悸胸闷", "Palpitations, chest tightness" } },
	{ .code = "7", .term = { "喘憋不能平卧", "Breathless, cannot lie flat" } },
	{ .code = "8", .term = { "妊娠或哺乳期", "Pregnant or breast-feeding" } },
	{ .code = "9", .term = { "其他不能处理的疾病", "Another disease that cannot be treated here" }, .other = true },
	{ .code = NULL },
};

static const struct code salt_codes[] = {
	{ .code = "1", .term = { "轻", "Low" } },
	{ .code = "2", .term = { "中", "Medium" } },
	{ .code = "3", .term = { "重", "High" } },
	{ .code = NULL },
};

static const struct code plan_codes[] = {
	{ .code = "1", .term = { "常规随访", "Routine follow-up" } },
	{ .code = "2", .term = { "第1次控制不满意2周随访", "First time not controlled: in 2 weeks" } },
	{ .code = "3", .term = { "两次控制不满意转诊随访", "Twice not controlled: refer and follow up" } },
	{ .code = "4", .term = { "紧急转诊", "Urgent referral" } },
	{ .code = NULL },
};

static const struct code risk_codes[] = {
	{ .code = "1", .term = { "低危", "Low" } },
	{ .code = "2", .term = { "中危", "Medium" } },
	{ .code = "3", .term = { "高危", "High" } },
	{ .code = "4", .term = { "很高危", "Very high" } },
	{ .code = NULL },
};

static const struct field fields[] = {
	FOLLOWUP_HEAD,
	FOLLOWUP_SYMPTOMS(symptom_codes),
	FOLLOWUP_BP,
	FOLLOWUP_DANGER(danger_codes),
	FOLLOWUP_WEIGHT,
	{ .key = "hr", .label = { "心率", "Heart rate" }, .unit = N_("/min"), .type = V_INT, .row = 6, .width = 3,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_MEASURED | FIELD_IN_PERSON,
	  .hard = { 20, 300 }, .soft = { 45, 130 }, .source = DE },
	{ .key = "signs", .label = { "其他体征", "Other signs" }, .type = V_TEXT, .row = 6, .width = 30, .max = 100,
	  .source = NORM },
	FOLLOWUP_HABITS,
	{ .key = "salt", .label = { "摄盐情况", "Salt" }, .on_form = { "摄盐", "Salt" }, .type = V_CODE, .codes = salt_codes, .row = 10,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY, .source = NORM },
	{ .key = "salt_target", .label = { "摄盐情况 目标", "Salt, target" }, .on_form = { "下次目标", "target" },
	  .type = V_CODE, .codes = salt_codes, .row = 10, .flags = FIELD_HISTORY, .source = NORM },
	FOLLOWUP_MIND(11),
	FOLLOWUP_TESTS(12),
	FOLLOWUP_ADHERENCE(13),
	FOLLOWUP_ADR(14, followup_none_some_codes),
	FOLLOWUP_CLASS(15, followup_class_codes, followup_proposed_codes),
	FOLLOWUP_DRUGS,
	FOLLOWUP_REFERRAL,
	FOLLOWUP_BP_MORE,
	FOLLOWUP_COMPLICATION,
	{ .key = "risk", .label = { "危险分层", "Risk stratum" }, .type = V_CODE, .codes = risk_codes, .page = 2, .row = 28,
	  .help = { "第三版不要求", "Not asked by the third edition" } },
	{ .key = "plan", .label = { "下一步管理措施", "Next step" }, .on_form = { "下一步", "Next step" }, .type = V_CODE,
	  .codes = plan_codes, .page = 2, .row = 28 },
	FOLLOWUP_RARE,
	FOLLOWUP_DERIVED,
};

static const struct form_def form = {
	.code = "htn_followup",
	.edition = "2017",
	.title = { "高血压患者随访服务记录表", "Hypertension follow-up" },
	.fields = fields,
	.n_fields = N_ELEMENTS(fields),
	.needed = followup_needed,
	.compute = followup_compute,
	.check = followup_check,
};

/* The paper as it lies in the drawer; what is ours is not on it. */
static const struct paper_line paper[] = {
	FOLLOWUP_PAPER_HEAD,
	PAPER_S("体征", "Signs"),
	FOLLOWUP_PAPER_BODY,
	PAPER_A("hr signs"),
	PAPER_S("生活方式指导", "Way of life"),
	FOLLOWUP_PAPER_SMOKING,
	FOLLOWUP_PAPER_DRINKING,
	FOLLOWUP_PAPER_EXERCISE,
	PAPER_F("摄盐情况 轻/中/重\n现在/目标", "Salt\nnow / target", "{salt} / {salt_target}", "{salt} / {salt_target}"),
	PAPER_A("mind compliance"),
	PAPER_S("", ""),
	PAPER_A("tests adherence adr class"),
	FOLLOWUP_PAPER_DRUGS,
	FOLLOWUP_PAPER_END,
};

/* ---- facts --------------------------------------------------------------------------------------------------------- */

static bool measured(const struct visit_ctx *cx)
{
	struct bp bp;

	return cx_bp(cx, &bp);
}

static bool controlled(const struct visit_ctx *cx)
{
	const struct target *s = cx_target(cx, "sbp"), *d = cx_target(cx, "dbp");
	struct bp bp;

	return cx_bp(cx, &bp) && s && d && bp.sbp < s->below && bp.dbp < d->below;
}

static bool pregnant_raised(const struct visit_ctx *cx)
{
	struct bp bp;

	return cx_flag(cx, "preg") && cx_bp(cx, &bp) && bp_raised(&bp);
}

static const struct fact facts[] = {
	{ "emergency", fact_emergency, { NULL, NULL }, SPEC },
	{ "very_high_sbp", fact_very_high_sbp, { "收缩压≥180: 危急", "Systolic 180 or more: emergency" }, SPEC },
	{ "very_high_dbp", fact_very_high_dbp, { "舒张压≥110: 危急", "Diastolic 110 or more: emergency" }, SPEC },
	{ "danger_sign", fact_danger_sign, { "有危急症状", "A danger sign is present" }, SPEC },
	{ "pregnant_raised", pregnant_raised,
		{ "妊娠或哺乳期血压高于正常", "Pregnant or breast-feeding with raised blood pressure" },
		SPEC "; limit 140/90: our reading" },
	{ "other_disease", fact_other_disease, { "有本机构不能处理的其他疾病", "Another disease that cannot be treated here" }, SPEC },
	{ "comp", fact_comp, { "出现新的并发症或原有并发症加重", "A new complication, or an old one is worse" }, SPEC },
	{ "uncontrolled", fact_uncontrolled, { NULL, NULL }, SPEC },
	{ "uncontrolled_twice", fact_uncontrolled_twice,
		{ "连续两次血压控制不满意", "Blood pressure not controlled twice running" }, SPEC },
	{ "uncontrolled_first", fact_uncontrolled_first,
		{ "第一次血压控制不满意: 问服药, 调整用药", "Not controlled for the first time: ask about adherence, adjust the drugs" },
		SPEC },
	{ "adr", fact_adr, { NULL, NULL }, SPEC },
	{ "adr_twice", fact_adr_twice,
		{ "连续两次出现药物不良反应", "Adverse drug reaction twice running" }, SPEC "; twice: our reading of \"hard to control\"" },
	{ "adr_first", fact_adr_first,
		{ "出现药物不良反应: 调整用药", "Adverse drug reaction: adjust the drugs" }, SPEC },
	{ "open_referral", fact_open_referral,
		{ "已在转诊中: 追访转诊结果", "A referral is open: follow up its result" }, "Our reading: no second referral beside an open one" },
	{ "measured", measured, { NULL, NULL }, SPEC },
	{ "not_measured", fact_not_measured,
		{ "没有量到血压: 请本人来量", "No blood pressure was taken: ask the patient to come" }, "Our reading: no class without a measured value" },
	{ "controlled", controlled, { "血压控制满意", "Blood pressure is in target" }, SPEC },
};

/* ---- class, action, targets ---------------------------------------------------------------------------------------- */

static const char *const emergencies[] = { "very_high_sbp", "very_high_dbp", "danger_sign", "pregnant_raised", "other_disease",
	NULL };
static const struct class_rule classes[] = { FOLLOWUP_CLASSES };
static const struct action actions[] = { FOLLOWUP_ACTIONS("请本人2周内来量血压", "Ask the patient to come within 2 weeks to be measured") };

static const struct target targets[] = {
	{ "sbp", 0, 140, "2009-01-01", SPEC },
	{ "sbp", 65, 150, "2009-01-01", SPEC },
	{ "dbp", 0, 90, "2009-01-01", SPEC },
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
	{ .code = "H00",
	  .key = "htn_managed_rate",
	  .name = { "高血压患者健康管理率", "Hypertension patients under management" },
	  .numerator = { "年内已管理的高血压人数", "On the roster with at least one follow-up in the year" },
	  .denominator = { "年内辖区应管理的高血压患者人数", "Patients that should be managed (task number)" },
	  .settings = "htn_task",
	  .source = SPEC },
	{ .code = "H01",
	  .key = "htn_regular_rate",
	  .name = { "高血压患者规范管理率", "Hypertension patients managed according to the norm" },
	  .newer = { "高血压患者基层规范管理服务率", "Standardised primary-care service for hypertension" },
	  .numerator = { "按规范要求管理的高血压人数", "Managed according to the norm" },
	  .denominator = { "年内已管理的高血压人数", "Managed in the year" },
	  .settings = "one_per_quarter,recheck_in_14d",
	  .source = SPEC },
	{ .code = "H02",
	  .key = "htn_control_rate",
	  .name = { "管理人群血压控制率", "Blood pressure in target among those managed" },
	  .numerator = { "年内最近一次随访血压达标人数", "In target at the last follow-up of the year" },
	  .denominator = { "年内已管理的高血压人数", "Managed in the year" },
	  .settings = "",
	  .source = SPEC },
};

static void explain(const struct visit_ctx *cx, struct sbuf *out)
{
	const struct target *s = cx_target(cx, "sbp"), *d = cx_target(cx, "dbp");
	struct bp bp;

	if (s && d && cx_bp(cx, &bp))
		sbuf_addf(out, _("aged %d: target <%d/%d, today %d/%d"), cx->age, (int)s->below, (int)d->below, bp.sbp,
			bp.dbp);
}

/* Primary hypertension, with organ disease too; secondary (I15) is not for the roster. */
static const char *const icd10[] = { "I10", "I11", "I12", "I13", NULL };

static const struct measure *const measures[] = { &measure_bp, NULL };

/* First finding of a raised pressure: again on another day (the book calls three days suspected). */
static const struct suspicion suspicion = { .measure = &measure_bp, .from = 140, .from2 = 90, .days = 7, .from_age = 18,
	.task = { "血压升高: 换日再测", "BP raised: measure again" }, .source = SPEC ", screening; the week is our reading" };

/* Any of these may be a danger sign: the question is asked, the answer is the clinician's. */
static const char *const danger_symptoms[] = { "2", "3", "4", "5", "6", NULL };

const struct programme programme_htn = {
	.code = "htn",
	.title = { "高血压", "Hypertension" },
	.brief = { "高血压", "HT" },
	.mark = { "高", "HT" },
	.icd10 = icd10,
	.disease = { "原发性高血压", "Essential (primary) hypertension" },
	.past_disease = "2",
	.department = { "心内科", "Cardiology" },
	.version = 1,
	.min_age = 35,
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
