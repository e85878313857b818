/* 高血压患者随访服务记录表, edition 2017: the fields in the order of the paper, the codes as printed.  The paper has no item
 * numbers.  What the paper lacks (who told it, danger signs, a second reading, home readings, late entry) is marked ours. */
#include "app/programmes/htn_int.h"

#include "app/clinic/forms/forms.h"

static const struct code mode_codes[] = {
	{ .code = "1", .term = { "门诊", "Clinic" } },
	{ .code = "2", .term = { "家庭", "Home" } },
	{ .code = "3", .term = { "电话", "Telephone" } },
	{ .code = NULL },
};

static const struct code informant_codes[] = {
	{ .code = "1", .term = { "本人", "Patient" } },
	{ .code = "2", .term = { "家属代述", "Relative" } },
	{ .code = NULL },
};

static const struct code place_codes[] = {
	{ .code = "1", .term = { "门诊", "Clinic" } },
	{ .code = "2", .term = { "上门", "Home visit" } },
	{ .code = "3", .term = { "集市", "Market" } },
	{ .code = "4", .term = { "体检点", "Examination site" } },
	{ .code = "5", .term = { "电话", "Telephone" } },
	{ .code = NULL },
};

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

/* Emergencies of the norm that no number shows.  8 is one only together with a raised blood pressure. */
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

static const struct code good_fair_poor_codes[] = {
	{ .code = "1", .term = { "良好", "Good" } },
	{ .code = "2", .term = { "一般", "Fair" } },
	{ .code = "3", .term = { "差", "Poor" } },
	{ .code = NULL },
};

static const struct code adherence_codes[] = {
	{ .code = "1", .term = { "规律", "Regular" } },
	{ .code = "2", .term = { "间断", "Irregular" } },
	{ .code = "3", .term = { "不服药", "Not taken" } },
	{ .code = NULL },
};

static const struct code none_some_codes[] = {
	{ .code = "1", .term = { "无", "No" } },
	{ .code = "2", .term = { "有", "Yes" }, .other = true },
	{ .code = NULL },
};

static const struct code class_codes[] = {
	{ .code = "1", .term = { "控制满意", "Controlled" } },
	{ .code = "2", .term = { "控制不满意", "Not controlled" } },
	{ .code = "3", .term = { "不良反应", "Adverse reaction" } },
	{ .code = "4", .term = { "并发症", "Complication" } },
	{ .code = NULL },
};

static const struct code proposed_codes[] = {
	{ .code = "1", .term = { "控制满意", "Controlled" } },
	{ .code = "2", .term = { "控制不满意", "Not controlled" } },
	{ .code = "3", .term = { "不良反应", "Adverse reaction" } },
	{ .code = "4", .term = { "并发症", "Complication" } },
	{ .code = "ask", .term = { "请医生定", "The doctor decides" } },
	{ .code = NULL },
};

static const struct code action_codes[] = {
	{ .code = "EMERGENCY_REFER", .term = { "紧急转诊", "Urgent referral" } },
	{ .code = "TRACK_REFERRAL", .term = { "追访转诊", "Follow up the referral" } },
	{ .code = "REFER", .term = { "建议转诊", "Refer" } },
	{ .code = "ADJUST_2W", .term = { "2周复查", "Again in 2 weeks" } },
	{ .code = "MEASURE", .term = { "请本人来量血压", "Come to be measured" } },
	{ .code = "ROUTINE", .term = { "按期随访", "Routine" } },
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

static const struct code referral_result_codes[] = {
	{ .code = "1", .term = { "到位", "Went" } },
	{ .code = "2", .term = { "不到位", "Did not go" } },
	{ .code = NULL },
};

static const struct code absence_codes[] = {
	{ .code = "1", .term = { "失访", "Lost" } },
	{ .code = "2", .term = { "死亡", "Died" } },
	{ .code = "3", .term = { "迁出", "Moved away" } },
	{ .code = NULL },
};

static const struct field drug_fields[] = {
	{ .key = "name", .label = { "药物名称", "Drug" }, .type = V_TEXT, .width = 20, .max = 60, .row = 1,
	  .required = REQUIRED_SAVE, .help = { "通用名; 含别处开的药", "Generic name; drugs from elsewhere too" } },
	{ .key = "strength", .label = { "规格", "Strength" }, .on_form = { "", "" }, .type = V_TEXT, .width = 8, .max = 30, .row = 1,
	  .help = { "如 5mg", "For example 5 mg" } },
	{ .key = "times", .label = { "每日次数", "Times a day" }, .on_form = { "每日", "a day" }, .unit = N_("times"), .type = V_INT,
	  .width = 2, .row = 1, .hard = { 1, 24 }, .soft = { 1, 4 }, .required = REQUIRED_COMPLETE },
	{ .key = "dose", .label = { "每次用量", "Dose" }, .on_form = { "每次", "each" }, .type = V_TEXT, .width = 8, .max = 30, .row = 1,
	  .required = REQUIRED_COMPLETE, .help = { "如 1片", "For example 1 tablet" } },
};

static const struct form_def drug_form = {
	.code = "followup_drug",
	.edition = "2017",
	.title = { "用药情况", "Drugs" },
	.fields = drug_fields,
	.n_fields = N_ELEMENTS(drug_fields),
};

#define NORM "National basic public-health services norm, 3rd edition 2017, hypertension follow-up form"
#define DE   "WS/T 363 data elements; limits: our reading"

#define SBP_LIMITS .hard = { 40, 300 }, .soft = { 80, 200 }, .source = DE
#define DBP_LIMITS .hard = { 20, 200 }, .soft = { 40, 130 }, .source = DE

static const struct field fields[] = {
	/* context: never typed */
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .required = REQUIRED_SAVE,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "programme", .label = { "慢病项目", "Programme" }, .type = V_CODE, .codes = programme_codes,
	  .required = REQUIRED_SAVE, .flags = FIELD_HIDDEN | FIELD_LISTED },

	{ .key = "date", .label = { "随访日期", "Follow-up date" }, .type = V_DATE, .row = 1, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED, .source = NORM },
	{ .key = "mode", .label = { "随访方式", "Mode" }, .on_form = { "方式", "Mode" }, .type = V_CODE, .codes = mode_codes,
	  .row = 1, .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED, .source = NORM },
	{ .key = "informant", .label = { "本人/家属", "Informant" }, .type = V_CODE, .codes = informant_codes, .row = 1,
	  .flags = FIELD_LISTED,
	  .help = { "家属代述不算面对面, 没有血压, 也不能定为控制满意",
		    "A relative's report is not face to face: no blood pressure, never class 1" } },

	{ .key = "symptoms", .label = { "症状", "Symptoms" }, .type = V_CODES, .codes = symptom_codes, .row = 2,
	  .required = REQUIRED_COMPLETE, .source = NORM },

	{ .key = "sbp", .label = { "收缩压", "Systolic" }, .on_form = { "血压", "BP" }, .unit = "mmHg", .type = V_INT, .row = 3,
	  .width = 3, .required = REQUIRED_COMPLETE, .flags = FIELD_MEASURED | FIELD_NO_LAST, SBP_LIMITS },
	{ .key = "dbp", .label = { "舒张压", "Diastolic" }, .on_form = { "/", "/" }, .unit = "mmHg", .type = V_INT, .row = 3,
	  .width = 3, .required = REQUIRED_COMPLETE, .flags = FIELD_MEASURED | FIELD_NO_LAST, DBP_LIMITS },
	{ .key = "sbp2", .label = { "收缩压 再测", "Systolic, second" }, .on_form = { "再测", "Again" }, .unit = "mmHg",
	  .type = V_INT, .row = 3, .width = 3, .flags = FIELD_MEASURED | FIELD_NO_LAST, SBP_LIMITS },
	{ .key = "dbp2", .label = { "舒张压 再测", "Diastolic, second" }, .on_form = { "/", "/" }, .unit = "mmHg",
	  .type = V_INT, .row = 3, .width = 3, .flags = FIELD_MEASURED | FIELD_NO_LAST, DBP_LIMITS },
	{ .key = "sbp_mean", .label = { "收缩压 平均", "Systolic, mean" }, .on_form = { "平均", "Mean" }, .unit = "mmHg",
	  .type = V_INT, .row = 3, .width = 3, .flags = FIELD_COMPUTED | FIELD_LISTED },
	{ .key = "dbp_mean", .label = { "舒张压 平均", "Diastolic, mean" }, .on_form = { "/", "/" }, .unit = "mmHg",
	  .type = V_INT, .row = 3, .width = 3, .flags = FIELD_COMPUTED | FIELD_LISTED },

	{ .key = "danger", .label = { "危急情况", "Danger signs" }, .on_form = { "危急?", "Danger?" }, .type = V_CODES,
	  .codes = danger_codes, .row = 4, .source = NORM,
	  .help = { "由医生核实; 有一项就要紧急转诊", "Confirmed by the clinician; any one means urgent referral" } },
	{ .key = "symptoms_other", .label = { "其他症状", "Other symptoms" }, .type = V_TEXT,
	  .row = 4, .width = 16, .max = 100, .source = NORM },

	{ .key = "weight", .label = { "体重", "Weight" }, .unit = "kg", .type = V_DECIMAL, .places = 1, .row = 5, .width = 5,
	  .flags = FIELD_MEASURED, .hard = { 3, 3000 }, .soft = { 350, 1200 }, .source = DE },
	{ .key = "weight_target", .label = { "体重 下次目标", "Weight, target" }, .on_form = { "下次目标", "target" },
	  .unit = "kg", .type = V_DECIMAL, .places = 1, .row = 5, .width = 5, .flags = FIELD_HISTORY,
	  .hard = { 3, 3000 }, .soft = { 350, 1200 }, .source = NORM },
	{ .key = "bmi", .label = { "体质指数", "BMI" }, .on_form = { "BMI", "BMI" }, .unit = "kg/m2", .type = V_DECIMAL, .places = 2,
	  .row = 5, .width = 5, .flags = FIELD_COMPUTED | FIELD_NO_LAST },
	{ .key = "bmi_target", .label = { "体质指数 目标", "BMI, target" }, .on_form = { "目标", "target" }, .unit = "kg/m2",
	  .type = V_DECIMAL, .places = 2, .row = 5, .width = 5, .flags = FIELD_COMPUTED },

	{ .key = "hr", .label = { "心率", "Heart rate" }, .unit = N_("/min"), .type = V_INT, .row = 6, .width = 3,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_MEASURED, .hard = { 20, 300 }, .soft = { 45, 130 }, .source = DE },
	{ .key = "signs", .label = { "其他体征", "Other signs" }, .type = V_TEXT, .row = 6, .width = 30, .max = 100,
	  .source = NORM },

	{ .key = "smoking", .label = { "日吸烟量", "Cigarettes a day" }, .on_form = { "吸烟", "Smoking" }, .unit = N_("cig/day"),
	  .type = V_INT, .row = 7, .width = 3, .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY, .hard = { 0, 200 },
	  .soft = { 0, 60 }, .help = { "0=不吸烟", "0 = does not smoke" }, .source = NORM },
	{ .key = "smoking_target", .label = { "日吸烟量 目标", "Cigarettes a day, target" }, .on_form = { "下次目标", "target" },
	  .unit = N_("cig/day"), .type = V_INT, .row = 7, .width = 3, .flags = FIELD_HISTORY, .hard = { 0, 200 }, .soft = { 0, 60 },
	  .source = NORM },
	{ .key = "drinking", .label = { "日饮酒量", "Alcohol a day" }, .on_form = { "饮酒", "Drinking" }, .unit = N_("liang"),
	  .type = V_DECIMAL, .places = 1, .row = 8, .width = 4, .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY,
	  .hard = { 0, 1000 }, .soft = { 0, 150 },
	  .help = { "0=不饮酒; 折合白酒: 啤酒÷10 红酒÷4 黄酒÷5", "0 = does not drink; as liquor: beer / 10, wine / 4, yellow wine / 5" },
	  .source = NORM },
	{ .key = "drinking_target", .label = { "日饮酒量 目标", "Alcohol a day, target" }, .on_form = { "下次目标", "target" },
	  .unit = N_("liang"), .type = V_DECIMAL, .places = 1, .row = 8, .width = 4, .flags = FIELD_HISTORY, .hard = { 0, 1000 },
	  .soft = { 0, 150 }, .source = NORM },
	{ .key = "exercise_times", .label = { "运动 次/周", "Exercise, times a week" }, .on_form = { "运动", "Exercise" },
	  .unit = N_("/week"), .type = V_INT, .row = 9, .width = 2, .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY,
	  .hard = { 0, 21 }, .source = NORM },
	{ .key = "exercise_minutes", .label = { "运动 分钟/次", "Exercise, minutes each" }, .on_form = { "", "" },
	  .unit = N_("min each"), .type = V_INT, .row = 9, .width = 3, .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY,
	  .hard = { 0, 300 }, .source = NORM },
	{ .key = "exercise_times_target", .label = { "运动 目标 次/周", "Exercise target, times a week" },
	  .on_form = { "下次目标", "target" }, .unit = N_("/week"), .type = V_INT, .row = 9, .width = 2, .flags = FIELD_HISTORY,
	  .hard = { 0, 21 }, .source = NORM },
	{ .key = "exercise_minutes_target", .label = { "运动 目标 分钟/次", "Exercise target, minutes each" },
	  .on_form = { "", "" }, .unit = N_("min each"), .type = V_INT, .row = 9, .width = 3, .flags = FIELD_HISTORY,
	  .hard = { 0, 300 }, .source = NORM },
	{ .key = "salt", .label = { "摄盐情况", "Salt" }, .on_form = { "摄盐", "Salt" }, .type = V_CODE, .codes = salt_codes, .row = 10,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY, .source = NORM },
	{ .key = "salt_target", .label = { "摄盐情况 目标", "Salt, target" }, .on_form = { "下次目标", "target" },
	  .type = V_CODE, .codes = salt_codes, .row = 10, .flags = FIELD_HISTORY, .source = NORM },
	{ .key = "mind", .label = { "心理调整", "Psychological adjustment" }, .on_form = { "心理", "Mind" }, .type = V_CODE,
	  .codes = good_fair_poor_codes, .row = 11, .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY, .source = NORM },
	{ .key = "compliance", .label = { "遵医行为", "Follows advice" }, .on_form = { "遵医", "Advice" }, .type = V_CODE,
	  .codes = good_fair_poor_codes, .row = 11, .required = REQUIRED_COMPLETE, .flags = FIELD_HISTORY, .source = NORM },

	{ .key = "tests", .label = { "辅助检查", "Tests" }, .type = V_TEXT, .row = 12, .max = 300,
	  .help = { "上次随访以来在各处做的检查", "Tests since the last follow-up, wherever done" }, .source = NORM },
	{ .key = "adherence", .label = { "服药依从性", "Drug adherence" }, .on_form = { "依从性", "Adherence" }, .type = V_CODE,
	  .codes = adherence_codes, .row = 13, .required = REQUIRED_COMPLETE,
	  .help = { "3=医生开了药却没有吃", "3 = prescribed, not taken" }, .source = NORM },
	{ .key = "adr", .label = { "药物不良反应", "Adverse drug reaction" }, .on_form = { "不良反应", "Adverse reaction" },
	  .type = V_CODE, .codes = none_some_codes, .row = 14, .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED,
	  .source = NORM },
	{ .key = "adr_other", .label = { "什么药 什么反应", "Which drug, what reaction" }, .type = V_TEXT, .row = 14,
	  .width = 24, .max = 100, .source = NORM },
	{ .key = "class", .label = { "此次随访分类", "Class" }, .on_form = { "分类", "Class" }, .type = V_CODE,
	  .codes = class_codes, .row = 15, .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED, .source = NORM },
	{ .key = "class_proposed", .label = { "系统建议", "Proposed" }, .on_form = { "系统建议", "Proposed" }, .type = V_CODE,
	  .codes = proposed_codes, .row = 15, .flags = FIELD_COMPUTED | FIELD_NO_LAST },

	/* second page: drugs, referral, next visit, and what is rarely asked */
	{ .key = "drugs", .label = { "用药情况", "Drugs" }, .on_form = { "用药", "Drugs" }, .type = V_LIST, .form = &drug_form,
	  .max = 12, .page = 2, .row = 20, .flags = FIELD_HISTORY,
	  .help = { "前三种印在药物1-3, 其余印在其他药物", "The first three print as drugs 1-3, the rest as other drugs" },
	  .source = NORM },
	{ .key = "referral_reason", .label = { "转诊原因", "Referral reason" }, .on_form = { "转诊", "Referral" }, .type = V_TEXT,
	  .page = 2, .row = 21, .width = 24, .max = 200, .source = NORM },
	{ .key = "referral_org", .label = { "转往机构", "Referred to" }, .on_form = { "机构", "to" }, .type = V_TEXT, .page = 2, .row = 22,
	  .width = 20, .max = 100, .source = NORM },
	{ .key = "referral_dept", .label = { "科别", "Department" }, .type = V_TEXT, .page = 2, .row = 22, .width = 12,
	  .max = 60, .source = NORM },
	{ .key = "referral_result", .label = { "转诊结果", "Referral result" }, .on_form = { "结果", "Result" }, .type = V_CODE,
	  .codes = referral_result_codes, .page = 2, .row = 22 },
	{ .key = "next_due", .label = { "下次随访日期", "Next follow-up" }, .on_form = { "下次随访", "Next" }, .type = V_DATE,
	  .page = 2, .row = 23, .required = REQUIRED_COMPLETE, .flags = FIELD_FUTURE | FIELD_LISTED, .source = NORM },
	{ .key = "next_due_proposed", .label = { "建议日期", "Proposed date" }, .on_form = { "建议", "proposed" }, .type = V_DATE,
	  .page = 2, .row = 23, .flags = FIELD_COMPUTED | FIELD_FUTURE | FIELD_NO_LAST },
	{ .key = "doctor", .label = { "随访医生签名", "Doctor's signature" }, .on_form = { "签名", "Signature" }, .type = V_REF,
	  .ref = "staff", .page = 2, .row = 24, .flags = FIELD_LISTED, .source = NORM },

	{ .key = "class_reason", .label = { "改动理由", "Why different" }, .type = V_TEXT, .page = 2, .row = 25, .width = 40, .max = 100,
	  .help = { "医生的分类与系统建议不同时写明理由", "When the doctor's class differs from the proposal" } },
	{ .key = "height", .label = { "身高", "Height" }, .unit = "cm", .type = V_DECIMAL, .places = 1, .page = 2, .row = 26, .width = 5,
	  .flags = FIELD_HISTORY, .hard = { 300, 2500 }, .soft = { 1350, 1950 }, .source = DE },
	{ .key = "sbp3", .label = { "收缩压 第三次", "Systolic, third" }, .on_form = { "第三次血压", "Third BP" }, .unit = "mmHg",
	  .type = V_INT, .page = 2, .row = 26, .width = 3, .flags = FIELD_MEASURED | FIELD_NO_LAST, SBP_LIMITS },
	{ .key = "dbp3", .label = { "舒张压 第三次", "Diastolic, third" }, .on_form = { "/", "/" }, .unit = "mmHg", .type = V_INT,
	  .page = 2, .row = 26, .width = 3, .flags = FIELD_MEASURED | FIELD_NO_LAST, DBP_LIMITS },
	{ .key = "home_sbp", .label = { "自测收缩压", "Home systolic" }, .on_form = { "自测血压", "Home BP" }, .unit = "mmHg",
	  .type = V_INT, .page = 2, .row = 26, .width = 3, .flags = FIELD_MEASURED,
	  .help = { "本人在家测的: 留在趋势里, 不分类, 不进指标", "Taken at home: kept in the trend, no class, no indicator" },
	  SBP_LIMITS },
	{ .key = "home_dbp", .label = { "自测舒张压", "Home diastolic" }, .on_form = { "/", "/" }, .unit = "mmHg", .type = V_INT,
	  .page = 2, .row = 26, .width = 3, .flags = FIELD_MEASURED, DBP_LIMITS },
	{ .key = "danger_other", .label = { "其他不能处理的疾病", "Which other disease" }, .on_form = { "危急: 何病", "Danger: what" },
	  .type = V_TEXT, .page = 2, .row = 32, .width = 40, .max = 100 },
	{ .key = "complication", .label = { "新发或加重的并发症", "New or worse complication" },
	  .on_form = { "新并发症", "Complication" }, .type = V_CODE, .codes = none_some_codes, .page = 2, .row = 27,
	  .flags = FIELD_LISTED },
	{ .key = "complication_other", .label = { "什么并发症", "Which complication" }, .on_form = { "何病", "Which" },
	  .type = V_TEXT, .page = 2, .row = 27, .width = 24, .max = 100 },
	{ .key = "risk", .label = { "危险分层", "Risk stratum" }, .type = V_CODE, .codes = risk_codes, .page = 2, .row = 28,
	  .help = { "第三版不要求", "Not asked by the third edition" } },
	{ .key = "plan", .label = { "下一步管理措施", "Next step" }, .on_form = { "下一步", "Next step" }, .type = V_CODE,
	  .codes = plan_codes, .page = 2, .row = 28 },
	{ .key = "place", .label = { "地点", "Place" }, .type = V_CODE, .codes = place_codes, .page = 2, .row = 29 },
	{ .key = "paper_no", .label = { "纸质单号", "Paper number" }, .type = V_TEXT, .page = 2, .row = 29, .width = 12, .max = 40 },
	{ .key = "entered_late", .label = { "补录", "Entered late" }, .type = V_CODE, .codes = yes_no_codes, .page = 2, .row = 29,
	  .flags = FIELD_COMPUTED | FIELD_NO_LAST },
	{ .key = "absence", .label = { "未访到的原因", "Not seen because" }, .on_form = { "未访到", "Not seen" }, .type = V_CODE,
	  .codes = absence_codes, .page = 2, .row = 30, .flags = FIELD_LISTED, .source = NORM },
	{ .key = "lost_reason", .label = { "失访原因", "Why lost" }, .type = V_TEXT, .page = 2, .row = 30, .width = 24,
	  .max = 200, .source = NORM },
	{ .key = "died_on", .label = { "死亡日期", "Date of death" }, .type = V_DATE, .page = 2, .row = 31, .flags = FIELD_PARTIAL,
	  .source = NORM },
	{ .key = "death_cause", .label = { "死亡原因", "Cause of death" }, .type = V_TEXT, .page = 2, .row = 31, .width = 16,
	  .max = 120, .source = NORM },
	{ .key = "moved_to", .label = { "迁往何处", "Moved to" }, .type = V_TEXT, .page = 2, .row = 31, .width = 16, .max = 120,
	  .source = NORM },

	/* derived, kept with the record: what the next visit and the indicators read */
	{ .key = "controlled", .label = { "血压达标", "In target" }, .type = V_CODE, .codes = yes_no_codes,
	  .flags = FIELD_COMPUTED | FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "action", .label = { "建议措施", "Advised action" }, .type = V_CODE, .codes = action_codes,
	  .flags = FIELD_COMPUTED | FIELD_HIDDEN | FIELD_LISTED },
};

const struct form_def htn_followup_form = {
	.code = "htn_followup",
	.edition = "2017",
	.title = { "高血压患者随访服务记录表", "Hypertension follow-up" },
	.fields = fields,
	.n_fields = N_ELEMENTS(fields),
	.needed = htn_needed,
	.compute = htn_compute,
	.check = htn_check,
};
