/* Two-way referral: the outbound form with its stub, the county's answer, the return form. */
#include "app/clinic/forms/codes.h"
#include "app/clinic/forms/forms_int.h"
#include "app/clinic/states.h"

/* clang-format off */

static const struct code direction_codes[] = {
	{ .code = "up", .term = { "上转", "Up, to hospital" } },
	{ .code = "down", .term = { "下转", "Down, back" } },
	{ .code = NULL },
};

static const struct code urgency_codes[] = {
	{ .code = "emergency", .term = { "危急", "Emergency" } },
	{ .code = "urgent", .term = { "紧急", "Urgent" } },
	{ .code = "routine", .term = { "普通", "Routine" } },
	{ .code = NULL },
};

/* Reasons of the norms */
static const struct code reason_codes[] = {
	{ .code = "1", .term = { "危急情况", "Emergency" } },
	{ .code = "2", .term = { "连续两次控制不满意", "Not controlled twice" } },
	{ .code = "3", .term = { "药物不良反应难以控制", "Adverse reaction hard to control" } },
	{ .code = "4", .term = { "出现新并发症或原有并发症加重", "New or worse complication" } },
	{ .code = "5", .term = { "明确诊断", "Confirm the diagnosis" } },
	{ .code = "6", .term = { "怀疑继发性高血压", "Suspected secondary hypertension" } },
	{ .code = "7", .term = { "妊娠或哺乳期", "Pregnancy or breast-feeding" } },
	{ .code = "8", .term = { "超出处置能力", "Beyond ability" } },
	{ .code = "9", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

static const struct code check_result_codes[] = {
	{ .code = "1", .term = { "到位", "Arrived" } },
	{ .code = "2", .term = { "不到位", "Did not arrive" } },
	{ .code = NULL },
};

static const struct code referral_status_codes[] = {
	{ .code = "draft", .term = { "草稿", "Draft" } },
	{ .code = "requested", .term = { "已申请", "Requested" } },
	{ .code = "accepted", .term = { "已接受", "Accepted" } },
	{ .code = "in_progress", .term = { "已接诊", "In progress" } },
	{ .code = "returned", .term = { "已回转", "Returned" } },
	{ .code = "closed", .term = { "已结束", "Closed" } },
	{ .code = "rejected", .term = { "已拒绝", "Rejected" } },
	{ .code = "expired", .term = { "已过期", "Expired" } },
	{ .code = "cancelled", .term = { "已取消", "Cancelled" } },
	{ .code = NULL },
};

static const struct field fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .required = REQUIRED_SAVE,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "programme", .label = { "慢病项目", "Programme" }, .type = V_CODE, .codes = programme_codes,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "source_followup", .label = { "来自随访", "From the follow-up" }, .type = V_REF, .ref = "followup",
	  .flags = FIELD_HIDDEN },
	{ .key = "number", .label = { "转诊单号", "Referral number" }, .on_form = { "单号", "Number" }, .type = V_TEXT, .width = 16,
	  .max = 40, .row = 1, .flags = FIELD_READONLY },
	{ .key = "direction", .label = { "转诊方向", "Direction" }, .on_form = { "方向", "Direction" }, .type = V_CODE,
	  .codes = direction_codes, .row = 1, .flags = FIELD_LISTED },
	{ .key = "date", .label = { "转诊日期", "Date" }, .type = V_DATE, .width = 10, .row = 1, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED },
	{ .key = "urgency", .label = { "缓急", "Urgency" }, .type = V_CODE, .codes = urgency_codes, .row = 2,
	  .flags = FIELD_LISTED },
	{ .key = "consent", .label = { "患者知情同意", "Patient agrees" }, .on_form = { "知情同意", "Patient agrees" },
	  .type = V_CODE, .codes = yes_no_codes, .row = 2, .required = REQUIRED_COMPLETE },
	{ .key = "to_org", .label = { "转入单位", "To institution" }, .on_form = { "转入单位", "To" }, .type = V_REF,
	  .ref = "organisation", .width = 26, .row = 3, .flags = FIELD_LISTED },
	{ .key = "to_org_text", .label = { "转入单位(其他)", "To another institution" }, .on_form = { "或写名称", "or its name" },
	  .type = V_TEXT, .width = 24, .max = 100, .row = 3 },
	{ .key = "to_department", .label = { "转入科室", "To department" }, .on_form = { "科室", "Department" }, .type = V_TEXT,
	  .width = 18, .max = 60, .row = 4 },
	{ .key = "to_doctor", .label = { "接诊医生", "To doctor" }, .on_form = { "接诊医生", "doctor" }, .type = V_TEXT, .width = 14,
	  .max = 50, .row = 4 },
	{ .key = "reason", .label = { "转诊原因", "Reasons" }, .type = V_CODES, .codes = reason_codes, .row = 5,
	  .required = REQUIRED_COMPLETE },
	{ .key = "reason_other", .label = { "其他原因", "Other reason" }, .on_form = { "其他", "Other" }, .type = V_TEXT,
	  .width = 18, .max = 200, .row = 5 },
	{ .key = "impression", .label = { "初步印象", "Impression" }, .type = V_TEXT, .width = 60, .max = 500,
	  .required = REQUIRED_COMPLETE },
	{ .key = "present_illness", .label = { "主要现病史(转出原因)", "Present illness, why referred" },
	  .on_form = { "主要现病史", "Present illness" }, .type = V_TEXT, .width = 60, .max = 1000,
	  .required = REQUIRED_COMPLETE },
	{ .key = "history", .label = { "主要既往史", "Past history" }, .type = V_TEXT, .width = 60, .max = 1000 },
	{ .key = "treatment", .label = { "治疗经过", "Treatment so far" }, .type = V_TEXT, .width = 60, .max = 1000,
	  .required = REQUIRED_COMPLETE },
	{ .key = "from_org", .label = { "转出单位", "From institution" }, .on_form = { "转出单位", "From" }, .type = V_REF,
	  .ref = "organisation", .width = 30, .row = 10, .required = REQUIRED_COMPLETE },
	{ .key = "from_doctor", .label = { "转诊医生", "Referring doctor" }, .on_form = { "转诊医生", "doctor" }, .type = V_REF,
	  .ref = "staff", .width = 14, .row = 10, .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "from_phone", .label = { "联系电话", "Doctor's telephone" }, .on_form = { "联系电话", "Telephone" },
	  .type = V_TEXT, .width = 16, .max = 40, .row = 11, .required = REQUIRED_COMPLETE },
	{ .key = "family_member", .label = { "家属姓名", "Family member" }, .on_form = { "家属", "Family" }, .type = V_TEXT,
	  .width = 12, .max = 50, .row = 11 },
	{ .key = "family_phone", .label = { "家属电话", "Family's telephone" }, .on_form = { "家属电话", "telephone" },
	  .type = V_TEXT, .width = 16, .max = 40, .row = 11, .flags = FIELD_SENSITIVE },
	{ .key = "check_by", .label = { "追访期限", "Check by" }, .type = V_DATE, .width = 10, .row = 12,
	  .flags = FIELD_FUTURE | FIELD_LISTED, .help = { "上转后2周内追访结果", "Ask for the outcome within 2 weeks" } },
	{ .key = "checked_on", .label = { "追访日期", "Checked on" }, .type = V_DATE, .width = 10, .row = 12 },
	{ .key = "check_result", .label = { "转诊结果", "Outcome" }, .type = V_CODE, .codes = check_result_codes,
	  .row = 12 },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500 },

	/* ---- what the county said */
	{ .key = "status", .label = { "转诊状态", "Status" }, .type = V_CODE, .codes = referral_status_codes,
	  .page = 2, .row = 20, .flags = FIELD_LISTED | FIELD_READONLY | FIELD_STATE },
	{ .key = "status_reason", .label = { "状态原因", "Reason" }, .on_form = { "原因", "Reason" }, .type = V_TEXT, .width = 30,
	  .page = 2, .row = 20, .flags = FIELD_READONLY | FIELD_STATE },
	{ .key = "answer_org", .label = { "答复单位", "Answered by" }, .type = V_TEXT, .width = 26, .page = 2, .row = 21,
	  .flags = FIELD_READONLY },
	{ .key = "answer_department", .label = { "答复科室", "Answering department" }, .on_form = { "科室", "Department" },
	  .type = V_TEXT, .width = 20, .page = 2, .row = 21, .flags = FIELD_READONLY },
	{ .key = "answer_doctor", .label = { "答复医生", "Answering doctor" }, .on_form = { "医生", "Doctor" }, .type = V_TEXT,
	  .width = 16, .page = 2, .row = 22, .flags = FIELD_READONLY },
	{ .key = "answered_at", .label = { "答复时间", "Answered at" }, .type = V_TIME, .width = 16, .page = 2, .row = 22,
	  .flags = FIELD_READONLY },
	{ .key = "appointment_date", .label = { "预约日期", "Appointment" }, .type = V_DATE, .width = 10, .page = 2, .row = 23,
	  .flags = FIELD_READONLY | FIELD_FUTURE },
	{ .key = "answer_text", .label = { "答复内容", "Answer" }, .type = V_TEXT, .width = 60, .max = 1000, .page = 2,
	  .flags = FIELD_READONLY },

	/* ---- the return form, typed here when the patient brings it on paper */
	{ .key = "returned_on", .label = { "回转日期", "Returned on" }, .type = V_DATE, .width = 10, .page = 2, .row = 30 },
	{ .key = "return_no", .label = { "住院病案号", "Hospital record number" }, .on_form = { "住院病案号", "Record no." },
	  .type = V_TEXT, .width = 16, .max = 40, .page = 2, .row = 30 },
	{ .key = "return_org", .label = { "回转单位", "Returned by" }, .on_form = { "回转单位", "Returned by" }, .type = V_TEXT,
	  .width = 24, .max = 100, .page = 2, .row = 31 },
	{ .key = "return_department", .label = { "回转科室", "Returning department" }, .on_form = { "科室", "Department" },
	  .type = V_TEXT, .width = 16, .max = 60, .page = 2, .row = 31 },
	{ .key = "return_doctor", .label = { "专科医生", "Specialist" }, .type = V_TEXT, .width = 14, .max = 50, .page = 2,
	  .row = 32 },
	{ .key = "return_phone", .label = { "专科医生电话", "Specialist's telephone" }, .on_form = { "电话", "Telephone" },
	  .type = V_TEXT, .width = 16, .max = 40, .page = 2, .row = 32 },
	{ .key = "return_diagnosis", .label = { "诊断结果", "Diagnosis" }, .type = V_TEXT, .width = 60, .max = 500, .page = 2 },
	{ .key = "return_results", .label = { "主要检查结果", "Main results" }, .type = V_TEXT, .width = 60, .max = 1000, .page = 2 },
	{ .key = "return_treatment", .label = { "治疗经过、下一步治疗方案及康复建议", "Treatment, further plan and rehabilitation" },
	  .on_form = { "治疗和方案", "Treatment, plan" }, .type = V_TEXT, .width = 60, .max = 1000, .page = 2 },
	{ .key = "return_advice", .label = { "下一步建议", "Advice" }, .type = V_TEXT, .width = 60, .max = 1000, .page = 2 },
	{ .key = "return_notes", .label = { "注意事项", "Precautions" }, .type = V_TEXT, .width = 60, .max = 500, .page = 2 },
};

/* clang-format on */

enum { CHECK_DAYS = 14 };

static void referral_compute(struct record *rec, const struct form_context *cx)
{
	int32_t day = record_day(rec, "date");

	(void)cx;
	form_default(rec, "direction", "up");
	form_default(rec, "urgency", "routine");
	if (day != NO_DAY && record_is(rec, "direction", "up") && !record_text(rec, "check_by"))
		record_set_day(rec, "check_by", day + CHECK_DAYS);
}

static void check_outcome(const struct record *rec, struct findings *out)
{
	int32_t day = record_day(rec, "date"), by = record_day(rec, "check_by");

	form_not_before(rec, "checked_on", NULL, day, BEFORE_REFERRAL, out);
	form_not_before(rec, "check_by", NULL, day, BEFORE_REFERRAL, out);
	form_not_before(rec, "returned_on", NULL, day, BEFORE_REFERRAL, out);
	if (day != NO_DAY && by != NO_DAY && by > day + CHECK_DAYS)
		finding_warning(out, "check_too_late", "check_by", _("The outcome is to be asked for within 2 weeks."));
	if (record_text(rec, "check_result"))
		form_still_missing(rec, "checked_on", out);
	if (record_text(rec, "checked_on"))
		form_still_missing(rec, "check_result", out);
}

static void check_status(const struct record *rec, struct findings *out)
{
	const char *status = record_text(rec, "status");
	enum referral_state state = referral_state_by_name(status ? status : "");

	if (referral_states[state].reason)
		form_still_missing(rec, "status_reason", out);
	if (state == REFERRAL_RETURNED)
		form_still_missing(rec, "return_diagnosis", out);
}

static void referral_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	form_service_date(rec, "date", cx, out);
	if (!record_text(rec, "to_org_text"))
		form_still_missing(rec, "to_org", out);
	if (record_is(rec, "consent", "1"))
		finding_question(out, "consent", _("The patient does not agree. Write the referral all the same?"));
	if (record_is(rec, "reason", "1") && !record_is(rec, "urgency", "emergency"))
		finding_question(out, "urgency", _("The reason is an emergency, the urgency is not. Is it right?"));
	form_check_phone(rec, "from_phone", out);
	form_check_phone(rec, "family_phone", out);
	check_outcome(rec, out);
	check_status(rec, out);
	/* Only when a new one is written: the open one is this record itself later. */
	if (cx->open_referral && rec->meta.revision == 0 && record_is(rec, "direction", "up") &&
		!record_is(rec, "urgency", "emergency"))
		finding_question(out, "date",
			_("A referral is still open, for the same disease as far as is known. Write a second one?"));
}

const struct form_def referral_form = {
	.code = "referral", .edition = "2017", .title = { "双向转诊单", "Referral" },
	.fields = fields, .n_fields = N_ELEMENTS(fields), .compute = referral_compute, .check = referral_check,
};
