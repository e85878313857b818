/* Code lists and the drug list that follow-up forms share, as the paper prints them. */
#include "app/programmes/followup.h"

const struct code followup_mode_codes[] = {
	{ .code = "1", .term = { "门诊", "Clinic" } },
	{ .code = "2", .term = { "家庭", "Home" } },
	{ .code = "3", .term = { "电话", "Telephone" } },
	{ .code = NULL },
};

const struct code followup_informant_codes[] = {
	{ .code = "1", .term = { "本人", "Patient" } },
	{ .code = "2", .term = { "家属代述", "Relative" } },
	{ .code = NULL },
};

const struct code followup_place_codes[] = {
	{ .code = "1", .term = { "门诊", "Clinic" } },
	{ .code = "2", .term = { "上门", "Home visit" } },
	{ .code = "3", .term = { "集市", "Market" } },
	{ .code = "4", .term = { "体检点", "Examination site" } },
	{ .code = "5", .term = { "电话", "Telephone" } },
	{ .code = NULL },
};

const struct code followup_good_fair_poor_codes[] = {
	{ .code = "1", .term = { "良好", "Good" } },
	{ .code = "2", .term = { "一般", "Fair" } },
	{ .code = "3", .term = { "差", "Poor" } },
	{ .code = NULL },
};

const struct code followup_adherence_codes[] = {
	{ .code = "1", .term = { "规律", "Regular" } },
	{ .code = "2", .term = { "间断", "Irregular" } },
	{ .code = "3", .term = { "不服药", "Not taken" } },
	{ .code = NULL },
};

const struct code followup_none_some_codes[] = {
	{ .code = "1", .term = { "无", "No" } },
	{ .code = "2", .term = { "有", "Yes" }, .other = true },
	{ .code = NULL },
};

const struct code followup_class_codes[] = {
	{ .code = "1", .term = { "控制满意", "Controlled" } },
	{ .code = "2", .term = { "控制不满意", "Not controlled" } },
	{ .code = "3", .term = { "不良反应", "Adverse reaction" } },
	{ .code = "4", .term = { "并发症", "Complication" } },
	{ .code = NULL },
};

const struct code followup_proposed_codes[] = {
	{ .code = "1", .term = { "控制满意", "Controlled" } },
	{ .code = "2", .term = { "控制不满意", "Not controlled" } },
	{ .code = "3", .term = { "不良反应", "Adverse reaction" } },
	{ .code = "4", .term = { "并发症", "Complication" } },
	{ .code = "ask", .term = { "请医生定", "The doctor decides" } },
	{ .code = NULL },
};

const struct code followup_action_codes[] = {
	{ .code = "EMERGENCY_REFER", .term = { "紧急转诊", "Urgent referral" } },
	{ .code = "TRACK_REFERRAL", .term = { "追访转诊", "Follow up the referral" } },
	{ .code = "REFER", .term = { "建议转诊", "Refer" } },
	{ .code = "ADJUST_2W", .term = { "2周复查", "Again in 2 weeks" } },
	{ .code = "MEASURE", .term = { "请本人来测量", "Come to be measured" } },
	{ .code = "ROUTINE", .term = { "按期随访", "Routine" } },
	{ .code = NULL },
};

const struct code followup_referral_result_codes[] = {
	{ .code = "1", .term = { "到位", "Went" } },
	{ .code = "2", .term = { "不到位", "Did not go" } },
	{ .code = NULL },
};

const struct code followup_absence_codes[] = {
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

const struct form_def followup_drug_form = {
	.code = "followup_drug",
	.edition = "2017",
	.title = { "用药情况", "Drugs" },
	.fields = drug_fields,
	.n_fields = N_ELEMENTS(drug_fields),
};
