/* What two sides changed differently and the county is asked to decide: which record, both versions, why.  Made by the program
 * (sync/send.c); the county answers. */
#include "app/clinic/forms/forms_int.h"

/* clang-format off */

static const struct code dispute_status_codes[] = {
	{ .code = "requested", .term = { "已请县里定", "Asked" } },
	{ .code = "accepted", .term = { "县里已收", "Taken up" } },
	{ .code = "in_progress", .term = { "县里在看", "In progress" } },
	{ .code = "completed", .term = { "县里已定", "Decided" } },
	{ .code = "rejected", .term = { "县里退回自己定", "Given back" } },
	{ .code = "cancelled", .term = { "已取消", "Cancelled" } },
	{ .code = NULL },
};

static const struct field fields[] = {
	{ .key = "about_kind", .label = { "哪种记录", "Kind of record" }, .type = V_TEXT, .max = 40, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED | FIELD_READONLY },
	{ .key = "about", .label = { "哪条记录", "Record" }, .type = V_TEXT, .max = 64, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED | FIELD_READONLY },
	{ .key = "about_resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .flags = FIELD_LISTED | FIELD_READONLY },
	{ .key = "date", .label = { "日期", "Date" }, .type = V_DATE, .width = 10, .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "what", .label = { "哪几项", "What differs" }, .type = V_TEXT, .max = 500, .flags = FIELD_READONLY },
	{ .key = "reason", .label = { "为什么请县里定", "Why the county is asked" }, .type = V_TEXT, .max = 300 },
	{ .key = "doctor", .label = { "谁请的", "Asked by" }, .type = V_REF, .ref = "staff", .flags = FIELD_LISTED },
	{ .key = "status", .label = { "状态", "Status" }, .type = V_CODE, .codes = dispute_status_codes,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED | FIELD_READONLY },
	{ .key = "answer", .label = { "县里的答复", "The county's answer" }, .type = V_TEXT, .max = 500, .flags = FIELD_READONLY },
	{ .key = "ours", .label = { "我们的内容", "Our version" }, .type = V_TEXT, .max = 60000, .flags = FIELD_HIDDEN | FIELD_READONLY },
	{ .key = "theirs", .label = { "对方的内容", "Their version" }, .type = V_TEXT, .max = 60000, .flags = FIELD_HIDDEN | FIELD_READONLY },
};

const struct form_def dispute_form = {
	.code = "dispute", .edition = "1", .title = { "请县里定的分歧", "Dispute for the county" },
	.fields = fields, .n_fields = N_ELEMENTS(fields),
};
