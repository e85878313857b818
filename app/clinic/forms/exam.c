/* The yearly examination: who, when, for which programmes, and whether the result was given back. */
#include "app/clinic/forms/codes.h"
#include "app/clinic/forms/forms_int.h"

/* clang-format off */

static const struct code feedback_how_codes[] = {
	{ .code = "1", .term = { "当面", "In person" } },
	{ .code = "2", .term = { "电话", "By telephone" } },
	{ .code = "3", .term = { "书面", "In writing" } },
	{ .code = "4", .term = { "短信微信", "By message" } },
	{ .code = NULL },
};

static const struct code feedback_to_codes[] = {
	{ .code = "1", .term = { "本人", "The person" } },
	{ .code = "2", .term = { "家属", "A relative" } },
	{ .code = NULL },
};

static const struct field fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .required = REQUIRED_SAVE,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "date", .label = { "体检日期", "Date" }, .type = V_DATE, .width = 10, .row = 1, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED },
	{ .key = "responsible", .label = { "责任医生", "Responsible doctor" }, .type = V_REF, .ref = "staff", .width = 14, .row = 1,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "programmes", .label = { "所属项目", "Programmes" }, .type = V_CODES, .codes = programme_codes,
	  .required = REQUIRED_COMPLETE },
	{ .key = "place", .label = { "地点", "Place" }, .type = V_TEXT, .width = 30, .max = 100 },
	{ .key = "result_summary", .label = { "结果摘要", "Result" }, .type = V_TEXT, .width = 60, .max = 1000 },
	{ .key = "feedback_date", .label = { "结果反馈日期", "Result given back on" }, .on_form = { "结果反馈", "Given back" },
	  .type = V_DATE, .width = 10, .row = 6, .flags = FIELD_LISTED },
	{ .key = "feedback_how", .label = { "反馈方式", "How" }, .type = V_CODE, .codes = feedback_how_codes, .row = 6 },
	{ .key = "feedback_to", .label = { "反馈给谁", "To whom" }, .type = V_CODE, .codes = feedback_to_codes, .row = 6 },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500 },
};

/* clang-format on */

static void exam_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	form_service_date(rec, "date", cx, out);
	form_not_before(rec, "feedback_date", NULL, record_day(rec, "date"), BEFORE_EXAM, out);
	if (!record_text(rec, "feedback_date"))
		return;
	form_still_missing(rec, "feedback_how", out);
	form_still_missing(rec, "feedback_to", out);
}

const struct form_def exam_form = {
	.code = "exam", .edition = "2017", .title = { "健康体检", "Examination" },
	.fields = fields, .n_fields = N_ELEMENTS(fields), .check = exam_check,
};
