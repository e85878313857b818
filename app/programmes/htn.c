/* Hypertension: who is controlled, what is an emergency, what follows.  Rules of the National Basic Public Health Service
 * Norm, 3rd edition (2017), hypertension; where the norm is silent the source says "our reading". */
#include "app/clinic/indicator.h"
#include "app/programmes/htn_int.h"
#include "app/programmes/programmes.h"

#define SPEC "National basic public-health services norm, 3rd edition 2017, hypertension"

const char *const htn_reading_keys[HTN_READINGS][2] = {
	{ "sbp", "dbp" },
	{ "sbp2", "dbp2" },
	{ "sbp3", "dbp3" },
};

int htn_pressure(int64_t v)
{
	return v > 0 && v < 1000 ? (int)v : 0;
}

bool htn_bp(const struct visit_ctx *cx, struct bp *out)
{
	struct bp readings[HTN_READINGS] = { { 0, 0 } };
	int64_t v;

	if (cx_flag(cx, "relative"))
		return false;
	for (size_t i = 0; i < HTN_READINGS; i++) {
		if (cx_number(cx, htn_reading_keys[i][0], &v))
			readings[i].sbp = htn_pressure(v);
		if (cx_number(cx, htn_reading_keys[i][1], &v))
			readings[i].dbp = htn_pressure(v);
	}
	*out = bp_mean(readings, HTN_READINGS);
	return bp_complete(out);
}

/* ---- facts --------------------------------------------------------------------------------------------------------- */

static bool measured(const struct visit_ctx *cx)
{
	struct bp bp;

	return htn_bp(cx, &bp);
}

static bool not_measured(const struct visit_ctx *cx)
{
	return !measured(cx);
}

static bool controlled(const struct visit_ctx *cx)
{
	const struct target *s = cx_target(cx, "sbp"), *d = cx_target(cx, "dbp");
	struct bp bp;

	return htn_bp(cx, &bp) && s && d && bp.sbp < s->below && bp.dbp < d->below;
}

static bool uncontrolled(const struct visit_ctx *cx)
{
	return measured(cx) && !controlled(cx);
}

static bool uncontrolled_first(const struct visit_ctx *cx)
{
	return uncontrolled(cx) && !cx->prev_unc;
}

static bool uncontrolled_twice(const struct visit_ctx *cx)
{
	return uncontrolled(cx) && cx->prev_unc;
}

static bool adr(const struct visit_ctx *cx)
{
	int64_t code;

	return cx_number(cx, "adr", &code) && code == 2;
}

static bool adr_first(const struct visit_ctx *cx)
{
	return adr(cx) && !cx->prev_adr;
}

static bool adr_twice(const struct visit_ctx *cx)
{
	return adr(cx) && cx->prev_adr;
}

static bool comp(const struct visit_ctx *cx)
{
	return cx_flag(cx, "comp");
}

static bool very_high_sbp(const struct visit_ctx *cx)
{
	struct bp bp;

	return htn_bp(cx, &bp) && bp.sbp >= 180;
}

static bool very_high_dbp(const struct visit_ctx *cx)
{
	struct bp bp;

	return htn_bp(cx, &bp) && bp.dbp >= 110;
}

static bool danger_sign(const struct visit_ctx *cx)
{
	return cx_flag(cx, "danger");
}

static bool other_disease(const struct visit_ctx *cx)
{
	return cx_flag(cx, "other");
}

static bool pregnant_raised(const struct visit_ctx *cx)
{
	struct bp bp;

	return cx_flag(cx, "preg") && htn_bp(cx, &bp) && bp_raised(&bp);
}

static bool emergency(const struct visit_ctx *cx)
{
	return very_high_sbp(cx) || very_high_dbp(cx) || danger_sign(cx) || pregnant_raised(cx) || other_disease(cx);
}

static bool open_referral(const struct visit_ctx *cx)
{
	return cx->open_referral;
}

static const struct fact facts[] = {
	{ "emergency", emergency, { NULL, NULL }, SPEC },
	{ "very_high_sbp", very_high_sbp, { "收缩压≥180: 危急", "Systolic 180 or more: emergency" }, SPEC },
	{ "very_high_dbp", very_high_dbp, { "舒张压≥110: 危急", "Diastolic 110 or more: emergency" }, SPEC },
	{ "danger_sign", danger_sign, { "有危急症状", "A danger sign is present" }, SPEC },
	{ "pregnant_raised", pregnant_raised,
		{ "妊娠或哺乳期血压高于正常", "Pregnant or breast-feeding with raised blood pressure" },
		SPEC "; limit 140/90: our reading" },
	{ "other_disease", other_disease, { "有本机构不能处理的其他疾病", "Another disease that cannot be treated here" }, SPEC },
	{ "comp", comp, { "出现新的并发症或原有并发症加重", "A new complication, or an old one is worse" }, SPEC },
	{ "uncontrolled", uncontrolled, { NULL, NULL }, SPEC },
	{ "uncontrolled_twice", uncontrolled_twice,
		{ "连续两次血压控制不满意", "Blood pressure not controlled twice running" }, SPEC },
	{ "uncontrolled_first", uncontrolled_first,
		{ "第一次血压控制不满意: 问服药, 调整用药", "Not controlled for the first time: ask about adherence, adjust the drugs" },
		SPEC },
	{ "adr", adr, { NULL, NULL }, SPEC },
	{ "adr_twice", adr_twice,
		{ "连续两次出现药物不良反应", "Adverse drug reaction twice running" }, SPEC "; twice: our reading of \"hard to control\"" },
	{ "adr_first", adr_first,
		{ "出现药物不良反应: 调整用药", "Adverse drug reaction: adjust the drugs" }, SPEC },
	{ "open_referral", open_referral,
		{ "已在转诊中: 追访转诊结果", "A referral is open: follow up its result" }, "Our reading: no second referral beside an open one" },
	{ "measured", measured, { NULL, NULL }, SPEC },
	{ "not_measured", not_measured,
		{ "没有量到血压: 请本人来量", "No blood pressure was taken: ask the patient to come" }, "Our reading: no class without a measured value" },
	{ "controlled", controlled, { "血压控制满意", "Blood pressure is in target" }, SPEC },
};

/* ---- class, action, targets ---------------------------------------------------------------------------------------- */

/* The most severe counts; an emergency is never "controlled": the doctor is asked. */
static const struct class_rule classes[] = {
	{ "4", { "comp" } },
	{ "3", { "adr" } },
	{ "2", { "uncontrolled" } },
	{ "ask", { "emergency" } },
	{ "1", { "controlled" } },
	{ "ask", { NULL } },
};

static const struct action actions[] = {
	{ "EMERGENCY_REFER", { "紧急转诊, 2周内追访", "Refer urgently, follow up within 2 weeks" }, { "emergency" }, .days = 14 },
	{ "TRACK_REFERRAL", { "追访转诊结果, 2周内", "Follow up the referral within 2 weeks" }, { "open_referral" }, .days = 14 },
	{ "REFER", { "建议转诊到上级医院, 2周内追访", "Advise referral to a higher hospital, follow up within 2 weeks" },
		{ "comp" }, .days = 14 },
	{ "REFER", { "建议转诊到上级医院, 2周内追访", "Advise referral to a higher hospital, follow up within 2 weeks" },
		{ "uncontrolled_twice" }, .days = 14 },
	{ "REFER", { "建议转诊到上级医院, 2周内追访", "Advise referral to a higher hospital, follow up within 2 weeks" },
		{ "adr_twice" }, .days = 14 },
	{ "ADJUST_2W", { "调整用药, 2周复查", "Adjust the drugs, again in 2 weeks" }, { "uncontrolled" }, .days = 14 },
	{ "ADJUST_2W", { "调整用药, 2周复查", "Adjust the drugs, again in 2 weeks" }, { "adr" }, .days = 14 },
	{ "MEASURE", { "请本人2周内来量血压", "Ask the patient to come within 2 weeks to be measured" },
		{ "not_measured" }, .days = 14 },
	{ "ROUTINE", { "按期随访", "Routine follow-up" }, { NULL }, .months = 3 },
};

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

	if (s && d && htn_bp(cx, &bp))
		sbuf_addf(out, _("aged %d: target <%d/%d, today %d/%d"), cx->age, (int)s->below, (int)d->below, bp.sbp,
			bp.dbp);
}

/* Primary hypertension, with organ disease too; secondary (I15) is not for the roster. */
static const char *const icd10[] = { "I10", "I11", "I12", "I13", NULL };

static const struct measure *const measures[] = { &measure_bp, NULL };

/* Any of these may be a danger sign: the question is asked, the answer is the clinician's. */
const char *const htn_danger_symptoms[] = { "2", "3", "4", "5", "6", NULL };

const struct programme programme_htn = {
	.code = "htn",
	.title = { "高血压", "Hypertension" },
	.mark = { "高", "HT" },
	.icd10 = icd10,
	.disease = { "原发性高血压", "Essential (primary) hypertension" },
	.past_disease = "2",
	.department = { "心内科", "Cardiology" },
	.version = 1,
	.min_age = 35,
	.yearly_visits = 4,
	.measures = measures,
	.danger_symptoms = htn_danger_symptoms,
	.followup = &htn_followup_form,
	.flags = flags,
	.n_flags = N_ELEMENTS(flags),
	.facts = facts,
	.n_facts = N_ELEMENTS(facts),
	.classes = classes,
	.n_classes = N_ELEMENTS(classes),
	.actions = actions,
	.n_actions = N_ELEMENTS(actions),
	.targets = targets,
	.n_targets = N_ELEMENTS(targets),
	.indicators = indicators,
	.n_indicators = N_ELEMENTS(indicators),
	.explain = explain,
};
