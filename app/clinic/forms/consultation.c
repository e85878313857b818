/* 会诊记录表 of the resident's file (national norm, 2017); a remote consultation is this form. */
#include "app/clinic/forms/codes.h"
#include "app/clinic/forms/forms_int.h"

/* clang-format off */

static const struct field doctor_fields[] = {
	{ .key = "organisation", .label = { "医疗卫生机构名称", "Institution" }, .on_form = { "机构", "Institution" }, .type = V_TEXT,
	  .width = 26, .max = 100, .row = 1, .required = REQUIRED_SAVE },
	{ .key = "name", .label = { "会诊医生姓名", "Doctor" }, .on_form = { "医生", "Doctor" }, .type = V_TEXT, .width = 14, .max = 50,
	  .row = 1 },
};

static const struct form_def doctor_form = {
	.code = "consultation_doctor", .edition = "2017", .title = { "会诊医生", "Consulted doctor" },
	.fields = doctor_fields, .n_fields = N_ELEMENTS(doctor_fields),
};

static const struct field fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .required = REQUIRED_SAVE,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "visit", .label = { "来自就诊", "From the visit" }, .type = V_REF, .ref = "visit", .flags = FIELD_HIDDEN },
	{ .key = "date", .label = { "会诊日期", "Date" }, .type = V_DATE, .width = 10, .row = 1, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED },
	{ .key = "remote", .label = { "远程会诊", "Remote consultation" }, .on_form = { "远程会诊", "Remote" }, .type = V_CODE,
	  .codes = yes_no_codes, .row = 1 },
	{ .key = "reason", .label = { "会诊原因", "Reason" }, .type = V_TEXT, .width = 60, .max = 1000, .required = REQUIRED_SAVE,
	  .help = { "病情和请会诊要解决的问题", "The case, and what is asked" } },
	{ .key = "opinion", .label = { "会诊意见", "Opinion" }, .type = V_TEXT, .width = 60, .max = 2000,
	  .required = REQUIRED_COMPLETE },
	{ .key = "doctors", .label = { "会诊医生", "Consulted doctors" }, .type = V_LIST, .form = &doctor_form, .max = 6, .required = REQUIRED_COMPLETE },
	{ .key = "doctor", .label = { "责任医生", "Responsible doctor" }, .type = V_REF, .ref = "staff", .width = 14, .row = 9,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
};

/* clang-format on */

static void check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	form_service_date(rec, "date", cx, out);
}

const struct form_def consultation_form = {
	.code = "consultation", .edition = "2017", .title = { "会诊记录表", "Consultation" },
	.fields = fields, .n_fields = N_ELEMENTS(fields), .check = check,
};
