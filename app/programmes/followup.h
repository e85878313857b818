/* What follow-ups of all diseases share: pieces of the paper form, facts, what follows from them, checks.  A programme is
 * one file of tables that picks from here and adds its own. */
#ifndef CUNYI_FOLLOWUP_H
#define CUNYI_FOLLOWUP_H

#include "app/clinic/body.h"
#include "app/clinic/bp.h"
#include "app/clinic/forms/forms.h"
#include "app/clinic/indicator.h"
#include "app/clinic/paper.h"
#include "app/clinic/record.h"
#include "app/programmes/programmes.h"

/* ---- facts --------------------------------------------------------------------------------------------------------- */

enum { FOLLOWUP_READINGS = 3 };

/* The keys of the readings: sbp dbp, sbp2 dbp2, sbp3 dbp3. */
extern const char *const followup_reading_keys[FOLLOWUP_READINGS][2];

/* Told by a relative or on the telephone: nothing was measured by us. */
bool cx_told(const struct visit_ctx *cx);
/* The blood pressure that counts: the mean of the complete readings taken here.  False when there is none. */
bool cx_bp(const struct visit_ctx *cx, struct bp *out);

/* From the programme's own facts "measured" and "controlled". */
bool fact_not_measured(const struct visit_ctx *cx);
bool fact_uncontrolled(const struct visit_ctx *cx);
bool fact_uncontrolled_first(const struct visit_ctx *cx);
bool fact_uncontrolled_twice(const struct visit_ctx *cx);
/* From the field `adr`: 1 is none. */
bool fact_adr(const struct visit_ctx *cx);
bool fact_adr_first(const struct visit_ctx *cx);
bool fact_adr_twice(const struct visit_ctx *cx);
/* From the flags "comp", "danger", "other". */
bool fact_comp(const struct visit_ctx *cx);
bool fact_danger_sign(const struct visit_ctx *cx);
bool fact_other_disease(const struct visit_ctx *cx);
/* 180 or more, 110 or more: an emergency in every programme. */
bool fact_very_high_sbp(const struct visit_ctx *cx);
bool fact_very_high_dbp(const struct visit_ctx *cx);
/* One of the programme's emergencies. */
bool fact_emergency(const struct visit_ctx *cx);
bool fact_open_referral(const struct visit_ctx *cx);

/* ---- class and action ------------------------------------------------------------------------------------------------ */

/* The most severe counts; an emergency is never "controlled": the doctor is asked. */
#define FOLLOWUP_CLASSES                                                                                               \
	{ "4", { "comp" } }, { "3", { "adr" } }, { "2", { "uncontrolled" } }, { "ask", { "emergency" } },              \
		{ "1", { "controlled" } }, { "ask", { NULL } }

#define FOLLOWUP_REFER_TERM { "建议转诊到上级医院, 2周内追访", "Advise referral to a higher hospital, follow up within 2 weeks" }
#define FOLLOWUP_ADJUST_TERM { "调整用药, 2周复查", "Adjust the drugs, again in 2 weeks" }

/* The norm's ladder; the sentence says what is to be measured where nothing was. */
#define FOLLOWUP_ACTIONS(zh_, en_) \
	{ "EMERGENCY_REFER", { "紧急转诊, 2周内追访", "Refer urgently, follow up within 2 weeks" }, { "emergency" }, .days = 14 }, \
	{ "TRACK_REFERRAL", { "追访转诊结果, 2周内", "Follow up the referral within 2 weeks" }, { "open_referral" }, .days = 14 }, \
	{ "REFER", FOLLOWUP_REFER_TERM, { "comp" }, .days = 14 }, \
	{ "REFER", FOLLOWUP_REFER_TERM, { "uncontrolled_twice" }, .days = 14 }, \
	{ "REFER", FOLLOWUP_REFER_TERM, { "adr_twice" }, .days = 14 }, \
	{ "ADJUST_2W", FOLLOWUP_ADJUST_TERM, { "uncontrolled" }, .days = 14 }, \
	{ "ADJUST_2W", FOLLOWUP_ADJUST_TERM, { "adr" }, .days = 14 }, \
	{ "MEASURE", { zh_, en_ }, { "not_measured" }, .days = 14 }, \
	{ "ROUTINE", { "按期随访", "Routine follow-up" }, { NULL }, .months = 3 }

/* ---- the form ---------------------------------------------------------------------------------------------------------- */

extern const struct code followup_mode_codes[], followup_informant_codes[], followup_place_codes[];
extern const struct code followup_good_fair_poor_codes[], followup_adherence_codes[], followup_none_some_codes[];
extern const struct code followup_class_codes[], followup_proposed_codes[], followup_action_codes[];
extern const struct code followup_referral_result_codes[], followup_absence_codes[];
extern const struct form_def followup_drug_form;

/* Each programme's file says what its form's source is. */
#define DE "WS/T 363 data elements; limits: our reading"

#define SBP_LIMITS .hard = { 40, 300 }, .soft = { 80, 200 }, .source = DE
#define DBP_LIMITS .hard = { 20, 200 }, .soft = { 40, 130 }, .source = DE

/* Whom and when. */
#define FOLLOWUP_HEAD \
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .required = REQUIRED_SAVE, \
	  .flags = FIELD_HIDDEN | FIELD_LISTED }, \
	{ .key = "programme", .label = { "慢病项目", "Programme" }, .type = V_CODE, .codes = programme_codes, \
	  .required = REQUIRED_SAVE, .flags = FIELD_HIDDEN | FIELD_LISTED }, \
	{ .key = "date", .label = { "随访日期", "Follow-up date" }, .type = V_DATE, .row = 1, .required = REQUIRED_SAVE, \
	  .flags = FIELD_FRAME | FIELD_LISTED, .source = NORM }, \
	{ .key = "mode", .label = { "随访方式", "Mode" }, .on_form = { "方式", "Mode" }, .type = V_CODE, .codes = followup_mode_codes, \
	  .row = 1, .required = REQUIRED_COMPLETE, .flags = FIELD_FRAME | FIELD_LISTED, .source = NORM }, \
	{ .key = "informant", .label = { "本人/家属", "Informant" }, .type = V_CODE, .codes = followup_informant_codes, .row = 1, \
	  .flags = FIELD_FRAME | FIELD_LISTED, \
	  .help = { "家属代述不算面对面, 没有血压, 也不能定为控制满意", \
	  "A relative's report is not face to face: no blood pressure, never class 1" } }

/* The codes are the paper's of this disease. */
#define FOLLOWUP_SYMPTOMS(symptom_codes_) \
	{ .key = "symptoms", .label = { "症状", "Symptoms" }, .type = V_CODES, .codes = symptom_codes_, .row = 2, \
	  .required = REQUIRED_COMPLETE, .source = NORM }

/* Two readings and the mean that counts. */
/* Taken here, several times: what was read last is not shown beside it, and an unusual one is typed twice. */
#define FOLLOWUP_READING (FIELD_MEASURED | FIELD_IN_PERSON | FIELD_NO_LAST | FIELD_TWICE)

#define FOLLOWUP_BP \
	{ .key = "sbp", .label = { "收缩压", "Systolic" }, .on_form = { "血压", "BP" }, .unit = "mmHg", .type = V_INT, .row = 3, \
	  .width = 3, .required = REQUIRED_COMPLETE, .flags = FOLLOWUP_READING, SBP_LIMITS }, \
	{ .key = "dbp", .label = { "舒张压", "Diastolic" }, .on_form = { "/", "/" }, .unit = "mmHg", .type = V_INT, .row = 3, \
	  .width = 3, .required = REQUIRED_COMPLETE, .flags = FOLLOWUP_READING, DBP_LIMITS }, \
	{ .key = "sbp2", .label = { "收缩压 再测", "Systolic, second" }, .on_form = { "再测", "Again" }, .unit = "mmHg", \
	  .type = V_INT, .row = 3, .width = 3, .flags = FOLLOWUP_READING, SBP_LIMITS }, \
	{ .key = "dbp2", .label = { "舒张压 再测", "Diastolic, second" }, .on_form = { "/", "/" }, .unit = "mmHg", \
	  .type = V_INT, .row = 3, .width = 3, .flags = FOLLOWUP_READING, DBP_LIMITS }, \
	{ .key = "sbp_mean", .label = { "收缩压 平均", "Systolic, mean" }, .on_form = { "平均", "Mean" }, .unit = "mmHg", \
	  .type = V_INT, .row = 3, .width = 3, .flags = FIELD_COMPUTED | FIELD_LISTED }, \
	{ .key = "dbp_mean", .label = { "舒张压 平均", "Diastolic, mean" }, .on_form = { "/", "/" }, .unit = "mmHg", \
	  .type = V_INT, .row = 3, .width = 3, .flags = FIELD_COMPUTED | FIELD_LISTED }

/* Asked by itself, right under symptoms and blood pressure. */
#define FOLLOWUP_DANGER(danger_codes_) \
	{ .key = "danger", .label = { "危急情况", "Danger signs" }, .on_form = { "危急?", "Danger?" }, .type = V_CODES, \
	  .codes = danger_codes_, .row = 4, .source = NORM, \
	  .help = { "由医生核实; 有一项就要紧急转诊", "Confirmed by the clinician; any one means urgent referral" } }, \
	{ .key = "symptoms_other", .label = { "其他症状", "Other symptoms" }, .type = V_TEXT, \
	  .row = 4, .width = 16, .max = 100, .source = NORM }

/* Weight and index, now and aimed at. */
#define FOLLOWUP_WEIGHT \
	{ .key = "weight", .label = { "体重", "Weight" }, .unit = "kg", .type = V_DECIMAL, .places = 1, .row = 5, .width = 5, \
	  .flags = FIELD_MEASURED, .hard = { 3, 3000 }, .soft = { 350, 1200 }, .source = DE }, \
	{ .key = "weight_target", .label = { "体重 下次目标", "Weight, target" }, .on_form = { "下次目标", "target" }, \
	  .unit = "kg", .type = V_DECIMAL, .places = 1, .row = 5, .width = 5, .flags = FIELD_HISTORY, \
	  .hard = { 3, 3000 }, .soft = { 350, 1200 }, .source = NORM }, \
	{ .key = "bmi", .label = { "体质指数", "BMI" }, .on_form = { "BMI", "BMI" }, .unit = "kg/m2", .type = V_DECIMAL, .places = 2, \
	  .row = 5, .width = 5, .flags = FIELD_COMPUTED | FIELD_NO_LAST, .meanings = bmi_meanings }, \
	{ .key = "bmi_target", .label = { "体质指数 目标", "BMI, target" }, .on_form = { "目标", "target" }, .unit = "kg/m2", \
	  .type = V_DECIMAL, .places = 2, .row = 5, .width = 5, .flags = FIELD_COMPUTED }

/* Smoking, drinking, exercise: now and aimed at. */
#define FOLLOWUP_SMOKING \
	{ .key = "smoking", .label = { "日吸烟量", "Cigarettes a day" }, .on_form = { "吸烟", "Smoking" }, .unit = N_("cig/day"), \
	  .type = V_INT, .row = 7, .width = 3, .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY, .hard = { 0, 200 }, \
	  .soft = { 0, 60 }, .help = { "0=不吸烟", "0 = does not smoke" }, .source = NORM }, \
	{ .key = "smoking_target", .label = { "日吸烟量 目标", "Cigarettes a day, target" }, .on_form = { "下次目标", "target" }, \
	  .unit = N_("cig/day"), .type = V_INT, .row = 7, .width = 3, .flags = FIELD_HISTORY, \
	  .hard = { 0, 200 }, .soft = { 0, 60 }, \
	  .source = NORM }
#define FOLLOWUP_DRINKING \
	{ .key = "drinking", .label = { "日饮酒量", "Alcohol a day" }, .on_form = { "饮酒", "Drinking" }, .unit = N_("liang"), \
	  .type = V_DECIMAL, .places = 1, .row = 8, .width = 4, .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY, \
	  .hard = { 0, 1000 }, .soft = { 0, 150 }, \
	  .help = { "0=不饮酒; 折合白酒: 啤酒÷10 红酒÷4 黄酒÷5", "0 = does not drink; as liquor: beer / 10, wine / 4, yellow wine / 5" }, \
	  .source = NORM }, \
	{ .key = "drinking_target", .label = { "日饮酒量 目标", "Alcohol a day, target" }, .on_form = { "下次目标", "target" }, \
	  .unit = N_("liang"), .type = V_DECIMAL, .places = 1, .row = 8, .width = 4, .flags = FIELD_HISTORY, .hard = { 0, 1000 }, \
	  .soft = { 0, 150 }, .source = NORM }
#define FOLLOWUP_EXERCISE \
	{ .key = "exercise_times", .label = { "运动 次/周", "Exercise, times a week" }, .on_form = { "运动", "Exercise" }, \
	  .unit = N_("/week"), .type = V_INT, .row = 9, .width = 2, .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY, \
	  .hard = { 0, 21 }, .source = NORM }, \
	{ .key = "exercise_minutes", .label = { "运动 分钟/次", "Exercise, minutes each" }, .on_form = { "", "" }, \
	  .unit = N_("min each"), .type = V_INT, .row = 9, .width = 3, .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY, \
	  .hard = { 0, 300 }, .source = NORM }, \
	{ .key = "exercise_times_target", .label = { "运动 目标 次/周", "Exercise target, times a week" }, \
	  .on_form = { "下次目标", "target" }, .unit = N_("/week"), .type = V_INT, .row = 9, .width = 2, .flags = FIELD_HISTORY, \
	  .hard = { 0, 21 }, .source = NORM }, \
	{ .key = "exercise_minutes_target", .label = { "运动 目标 分钟/次", "Exercise target, minutes each" }, \
	  .on_form = { "", "" }, .unit = N_("min each"), .type = V_INT, .row = 9, .width = 3, .flags = FIELD_HISTORY, \
	  .hard = { 0, 300 }, .source = NORM }
#define FOLLOWUP_HABITS FOLLOWUP_SMOKING, FOLLOWUP_DRINKING, FOLLOWUP_EXERCISE

/* Mind, and does he follow advice. */
#define FOLLOWUP_MIND(row_) \
	{ .key = "mind", .label = { "心理调整", "Psychological adjustment" }, .on_form = { "心理", "Mind" }, .type = V_CODE, \
	  .codes = followup_good_fair_poor_codes, .row = row_, .required = REQUIRED_COMPLETE, \
	  .flags = FIELD_HISTORY, .source = NORM }, \
	{ .key = "compliance", .label = { "遵医行为", "Follows advice" }, .on_form = { "遵医", "Advice" }, .type = V_CODE, \
	  .codes = followup_good_fair_poor_codes, .row = row_, .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY, \
	  .source = NORM }

/* Tests done anywhere. */
#define FOLLOWUP_TESTS(row_) \
	{ .key = "tests", .label = { "辅助检查", "Tests" }, .type = V_TEXT, .row = row_, .max = 300, \
	  .help = { "上次随访以来在各处做的检查", "Tests since the last follow-up, wherever done" }, .source = NORM }

/* Are the drugs taken? */
#define FOLLOWUP_ADHERENCE(row_) \
	{ .key = "adherence", .label = { "服药依从性", "Drug adherence" }, .on_form = { "依从性", "Adherence" }, .type = V_CODE, \
	  .codes = followup_adherence_codes, .row = row_, .required = REQUIRED_COMPLETE, \
	  .help = { "3=医生开了药却没有吃", "3 = prescribed, not taken" }, .source = NORM }

/* Adverse drug reaction, with the drug and what it did. */
#define FOLLOWUP_ADR(row_, codes_) \
	{ .key = "adr", .label = { "药物不良反应", "Adverse drug reaction" }, .on_form = { "不良反应", "Adverse reaction" }, \
	  .type = V_CODE, .codes = codes_, .row = row_, .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED, \
	  .source = NORM }, \
	{ .key = "adr_other", .label = { "什么药 什么反应", "Which drug, what reaction" }, .type = V_TEXT, .row = row_, \
	  .width = 24, .max = 100, .source = NORM }

/* The doctor's class beside the proposed one. */
#define FOLLOWUP_CLASS(row_, codes_, proposed_) \
	{ .key = "class", .label = { "此次随访分类", "Class" }, .on_form = { "分类", "Class" }, .type = V_CODE, \
	  .codes = codes_, .row = row_, .required = REQUIRED_COMPLETE, \
	  .flags = FIELD_FRAME | FIELD_OWN | FIELD_LISTED, .source = NORM }, \
	{ .key = "class_proposed", .label = { "系统建议", "Proposed" }, .on_form = { "系统建议", "Proposed" }, .type = V_CODE, \
	  .codes = proposed_, .row = row_, .flags = FIELD_OWN | FIELD_COMPUTED | FIELD_NO_LAST }

/* Second page: what he takes. */
#define FOLLOWUP_DRUGS \
	{ .key = "drugs", .label = { "用药情况", "Drugs" }, .on_form = { "用药", "Drugs" }, .type = V_LIST, .form = &followup_drug_form, \
	  .max = 12, .page = 2, .row = 20, .flags = FIELD_HISTORY, \
	  .help = { "前三种印在药物1-3, 其余印在其他药物", "The first three print as drugs 1-3, the rest as other drugs" }, \
	  .source = NORM }

/* Referral, next visit, signature, and why the doctor's class differs. */
#define FOLLOWUP_REFERRAL \
	{ .key = "referral_reason", .label = { "转诊原因", "Referral reason" }, .on_form = { "转诊", "Referral" }, .type = V_TEXT, .flags = FIELD_OWN, \
	  .page = 2, .row = 21, .width = 24, .max = 200, .source = NORM }, \
	{ .key = "referral_org", .label = { "转往机构", "Referred to" }, .on_form = { "机构", "to" }, \
	  .type = V_TEXT, .flags = FIELD_OWN, .page = 2, .row = 22, \
	  .width = 20, .max = 100, .source = NORM }, \
	{ .key = "referral_dept", .label = { "科别", "Department" }, .type = V_TEXT, .flags = FIELD_OWN, .page = 2, .row = 22, .width = 12, \
	  .max = 60, .source = NORM }, \
	{ .key = "referral_result", .label = { "转诊结果", "Referral result" }, .on_form = { "结果", "Result" }, .type = V_CODE, .flags = FIELD_OWN, \
	  .codes = followup_referral_result_codes, .page = 2, .row = 22 }, \
	{ .key = "next_due", .label = { "下次随访日期", "Next follow-up" }, .on_form = { "下次随访", "Next" }, .type = V_DATE, \
	  .page = 2, .row = 23, .required = REQUIRED_COMPLETE, \
	  .flags = FIELD_FRAME | FIELD_OWN | FIELD_FUTURE | FIELD_LISTED, .source = NORM }, \
	{ .key = "next_due_proposed", .label = { "建议日期", "Proposed date" }, .on_form = { "建议", "proposed" }, .type = V_DATE, \
	  .page = 2, .row = 23, .flags = FIELD_OWN | FIELD_COMPUTED | FIELD_FUTURE | FIELD_NO_LAST }, \
	{ .key = "doctor", .label = { "随访医生签名", "Doctor's signature" }, .on_form = { "签名", "Signature" }, .type = V_REF, \
	  .ref = "staff", .page = 2, .row = 24, .flags = FIELD_FRAME | FIELD_LISTED, .source = NORM }, \
	{ .key = "class_reason", .label = { "改动理由", "Why different" }, .type = V_TEXT, .flags = FIELD_FRAME | FIELD_OWN, .page = 2, .row = 25, \
	  .width = 40, .max = 100, \
	  .help = { "医生的分类与系统建议不同时写明理由", "When the doctor's class differs from the proposal" } }, \
	{ .key = "height", .label = { "身高", "Height" }, .unit = "cm", .type = V_DECIMAL, .places = 1, \
	  .page = 2, .row = 26, .width = 5, \
	  .flags = FIELD_HISTORY, .hard = { 300, 2500 }, .soft = { 1350, 1950 }, .source = DE }

/* A third reading; what was measured at home. */
#define FOLLOWUP_BP_MORE \
	{ .key = "sbp3", .label = { "收缩压 第三次", "Systolic, third" }, .on_form = { "第三次血压", "Third BP" }, .unit = "mmHg", \
	  .type = V_INT, .page = 2, .row = 26, .width = 3, \
	  .flags = FOLLOWUP_READING, SBP_LIMITS }, \
	{ .key = "dbp3", .label = { "舒张压 第三次", "Diastolic, third" }, .on_form = { "/", "/" }, .unit = "mmHg", .type = V_INT, \
	  .page = 2, .row = 26, .width = 3, .flags = FOLLOWUP_READING, DBP_LIMITS }, \
	{ .key = "home_sbp", .label = { "自测收缩压", "Home systolic" }, .on_form = { "自测血压", "Home BP" }, .unit = "mmHg", \
	  .type = V_INT, .page = 2, .row = 26, .width = 3, .flags = FIELD_MEASURED, \
	  .help = { "本人在家测的: 留在趋势里, 不分类, 不进指标", "Taken at home: kept in the trend, no class, no indicator" }, \
	  SBP_LIMITS }, \
	{ .key = "home_dbp", .label = { "自测舒张压", "Home diastolic" }, .on_form = { "/", "/" }, .unit = "mmHg", .type = V_INT, \
	  .page = 2, .row = 26, .width = 3, .flags = FIELD_MEASURED, DBP_LIMITS }

/* Which danger, which complication. */
#define FOLLOWUP_COMPLICATION \
	{ .key = "danger_other", .label = { "其他不能处理的疾病", "Which other disease" }, .on_form = { "危急: 何病", "Danger: what" }, \
	  .type = V_TEXT, .page = 2, .row = 32, .width = 40, .max = 100 }, \
	{ .key = "complication", .label = { "新发或加重的并发症", "New or worse complication" }, \
	  .on_form = { "新并发症", "Complication" }, .type = V_CODE, .codes = followup_none_some_codes, .page = 2, .row = 27, \
	  .flags = FIELD_OWN | FIELD_LISTED }, \
	{ .key = "complication_other", .label = { "什么并发症", "Which complication" }, .on_form = { "何病", "Which" }, \
	  .type = V_TEXT, .flags = FIELD_OWN, .page = 2, .row = 27, .width = 24, .max = 100 }

/* What is rarely asked. */
#define FOLLOWUP_RARE \
	{ .key = "place", .label = { "地点", "Place" }, .type = V_CODE, .codes = followup_place_codes, .page = 2, .row = 29, \
	  .flags = FIELD_FRAME }, \
	{ .key = "paper_no", .label = { "纸质单号", "Paper number" }, .type = V_TEXT, .page = 2, .row = 29, .width = 12, \
	  .max = 40, .flags = FIELD_FRAME }, \
	{ .key = "entered_late", .label = { "补录", "Entered late" }, .type = V_CODE, .codes = yes_no_codes, .page = 2, .row = 29, \
	  .flags = FIELD_COMPUTED | FIELD_NO_LAST }, \
	{ .key = "absence", .label = { "未访到的原因", "Not seen because" }, .on_form = { "未访到", "Not seen" }, .type = V_CODE, \
	  .codes = followup_absence_codes, .page = 2, .row = 30, .flags = FIELD_LISTED, .source = NORM }, \
	{ .key = "lost_reason", .label = { "失访原因", "Why lost" }, .type = V_TEXT, .page = 2, .row = 30, .width = 24, \
	  .max = 200, .source = NORM }, \
	{ .key = "died_on", .label = { "死亡日期", "Date of death" }, .type = V_DATE, .page = 2, .row = 31, .flags = FIELD_PARTIAL, \
	  .source = NORM }, \
	{ .key = "death_cause", .label = { "死亡原因", "Cause of death" }, .type = V_TEXT, .page = 2, .row = 31, .width = 16, \
	  .max = 120, .source = NORM }, \
	{ .key = "moved_to", .label = { "迁往何处", "Moved to" }, .type = V_TEXT, .page = 2, .row = 31, .width = 16, .max = 120, \
	  .source = NORM }

/* Kept with the record: what the next visit and the indicators read. */
#define FOLLOWUP_DERIVED \
	{ .key = "controlled", .label = { "达标", "In target" }, .type = V_CODE, .codes = yes_no_codes, \
	  .flags = FIELD_OWN | FIELD_COMPUTED | FIELD_HIDDEN | FIELD_LISTED }, \
	{ .key = "action", .label = { "建议措施", "Advised action" }, .type = V_CODE, .codes = followup_action_codes, \
	  .flags = FIELD_OWN | FIELD_COMPUTED | FIELD_HIDDEN | FIELD_LISTED }

/* ---- the printed form: pieces that the papers share ---------------------------------------------------------------------- */

#define FOLLOWUP_PAPER_NAME \
	PAPER_L("姓名: {resident.name}    编号: {resident.tail}", "Name: {resident.name}    File no.: {resident.tail}")
#define FOLLOWUP_PAPER_HEAD \
	PAPER_A("date mode symptoms"), \
	PAPER_F("其他症状", "Other symptoms", "{symptoms_other}", "{symptoms_other}")
/* The unit stands at the label: a column is narrow. */
#define FOLLOWUP_PAPER_BODY \
	PAPER_F("血压 (mmHg)", "BP (mmHg)", "{sbp_mean|sbp} / {dbp_mean|dbp}", "{sbp_mean|sbp} / {dbp_mean|dbp}"), \
	PAPER_F("体重 (kg)\n现在/目标", "Weight (kg)\nnow / target", "{weight} / {weight_target}", "{weight} / {weight_target}"), \
	PAPER_F("体质指数\n现在/目标", "BMI\nnow / target", "{bmi} / {bmi_target}", "{bmi} / {bmi_target}")
#define FOLLOWUP_PAPER_SMOKING \
	PAPER_F("日吸烟量 (支)\n现在/目标", "Cigarettes a day\nnow / target", "{smoking} / {smoking_target}", \
		"{smoking} / {smoking_target}")
#define FOLLOWUP_PAPER_DRINKING \
	PAPER_F("日饮酒量 (两)\n现在/目标", "Liquor a day (liang)\nnow / target", "{drinking} / {drinking_target}", \
		"{drinking} / {drinking_target}")
#define FOLLOWUP_PAPER_EXERCISE \
	PAPER_F("运动\n现在\n目标", "Exercise\nnow\ntarget", \
		"{exercise_times} 次/周 {exercise_minutes} 分/次\n{exercise_times_target} 次/周 {exercise_minutes_target} 分/次", \
		"{exercise_times} /week, {exercise_minutes} min\n{exercise_times_target} /week, {exercise_minutes_target} min")
#define FOLLOWUP_PAPER_DRUG(n_, zh_, en_) \
	PAPER_F(zh_, en_, "{drugs." n_ ".name} {drugs." n_ ".strength}", "{drugs." n_ ".name} {drugs." n_ ".strength}"), \
	PAPER_F("用法用量", "How taken", "每日 {drugs." n_ ".times} 次 每次 {drugs." n_ ".dose}", \
		"{drugs." n_ ".times} a day, each {drugs." n_ ".dose}")
#define FOLLOWUP_PAPER_DRUGS \
	PAPER_S("用药情况", "Drugs"), \
	FOLLOWUP_PAPER_DRUG("1", "药物名称1", "Drug 1"), FOLLOWUP_PAPER_DRUG("2", "药物名称2", "Drug 2"), \
	FOLLOWUP_PAPER_DRUG("3", "药物名称3", "Drug 3"), FOLLOWUP_PAPER_DRUG("4", "其他药物", "Other drugs")
#define FOLLOWUP_PAPER_END \
	PAPER_S("转诊", "Referral"), PAPER_A("referral_reason"), \
	PAPER_F("机构及科别", "Institution, department", "{referral_org} {referral_dept}", "{referral_org} {referral_dept}"), \
	PAPER_S("", ""), PAPER_A("next_due doctor")

/* Sets what is computed: index, mean, advice, late entry.  The programme is the form's. */
void followup_compute(struct record *rec, const struct form_context *cx);
/* Is the field needed?  What is measured in person only where the person was there; little when he was not found. */
bool followup_needed(const struct record *rec, const struct field *f, int32_t today);
/* All checks that forms share; those of fields that a form does not have are passed over. */
void followup_check(const struct record *rec, const struct form_context *cx, struct findings *out);

#endif
