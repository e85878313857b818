/* What passes between the clinic and a person besides services: telephone calls, refusals, notes. */
#include "app/clinic/forms/codes.h"
#include "app/clinic/forms/forms_int.h"

/* clang-format off */

/* ---- a telephone call ------------------------------------------------------------------------------------------------- */

const struct code call_outcome_codes[] = {
	{ .code = "1", .term = { "打通, 会来", "Reached, will come" } },
	{ .code = "2", .term = { "改时间再打", "Call again later" } },
	{ .code = "3", .term = { "听不清, 家属接", "Cannot hear, a relative answered" } },
	{ .code = "4", .term = { "没接或关机", "No answer or switched off" } },
	{ .code = "5", .term = { "号码错或空号", "Wrong number" } },
	{ .code = "6", .term = { "外出不在村", "Away from the village" } },
	{ .code = "7", .term = { "拒绝", "Refused" } },
	{ .code = "8", .term = { "已迁走", "Moved away" } },
	{ .code = "9", .term = { "已去世", "Died" } },
	{ .code = NULL },
};

static const struct field call_fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .required = REQUIRED_SAVE,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "date", .label = { "日期", "Date" }, .type = V_DATE, .width = 10, .row = 1, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED },
	{ .key = "phone", .label = { "电话", "Telephone" }, .type = V_TEXT, .width = 16, .max = 30, .row = 1,
	  .flags = FIELD_SENSITIVE, .help = { "打的是哪个号码", "The number that was called" } },
	{ .key = "outcome", .label = { "结果", "Outcome" }, .type = V_CODE, .codes = call_outcome_codes, .row = 2,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "again_on", .label = { "改哪天再打", "Call again on" }, .type = V_DATE, .width = 10, .row = 3,
	  .flags = FIELD_FUTURE | FIELD_LISTED },
	{ .key = "again_time", .label = { "几点", "At" }, .type = V_TEXT, .width = 10, .max = 20, .row = 3,
	  .help = { "如 15:00 或 晚饭后", "For example 15:00 or after supper" } },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 200 },
	{ .key = "doctor", .label = { "谁打的", "Called by" }, .type = V_REF, .ref = "staff", .width = 14,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
};

/* ---- a refusal --------------------------------------------------------------------------------------------------------- */

static const struct code refusal_codes[] = {
	{ .code = "1", .term = { "拒访", "Follow-up" } },
	{ .code = "2", .term = { "拒检", "Examination or test" } },
	{ .code = "3", .term = { "拒签", "Contract" } },
	{ .code = "4", .term = { "拒转", "Referral" } },
	{ .code = NULL },
};

static const struct code refusal_reason_codes[] = {
	{ .code = "1", .term = { "没时间", "No time" } },
	{ .code = "2", .term = { "自觉身体好", "Feels well" } },
	{ .code = "3", .term = { "怕花钱", "Afraid of the cost" } },
	{ .code = "4", .term = { "怕检查", "Afraid of the test" } },
	{ .code = "5", .term = { "在别处看病", "Treated elsewhere" } },
	{ .code = "6", .term = { "路远不便", "Too far or cannot travel" } },
	{ .code = "7", .term = { "不信任", "No trust" } },
	{ .code = "9", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

static const struct code refusal_signed_codes[] = {
	{ .code = "1", .term = { "未签", "Not signed" } },
	{ .code = "2", .term = { "本人签名", "Signed by the person" } },
	{ .code = "3", .term = { "家属签名", "Signed by a relative" } },
	{ .code = "4", .term = { "按手印", "Thumb print" } },
	{ .code = NULL },
};

static const struct field refusal_fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .required = REQUIRED_SAVE,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "date", .label = { "日期", "Date" }, .type = V_DATE, .width = 10, .row = 1, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED },
	{ .key = "what", .label = { "拒绝什么", "Refused" }, .type = V_CODE, .codes = refusal_codes, .row = 1,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "programme", .label = { "哪项", "Programme" }, .type = V_CODE, .codes = programme_codes, .row = 2,
	  .flags = FIELD_LISTED, .help = { "不填: 各项都拒绝", "Empty: all of them" } },
	{ .key = "detail", .label = { "具体", "Details" }, .type = V_TEXT, .width = 30, .max = 200, .row = 2,
	  .help = { "如 不量血压, 不抽血", "For example: no blood pressure, no blood test" } },
	{ .key = "reason", .label = { "原因", "Reason" }, .type = V_CODE, .codes = refusal_reason_codes,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "reason_other", .label = { "其他原因", "Other reason" }, .type = V_TEXT, .width = 40, .max = 200 },
	{ .key = "ask_again", .label = { "何时再问", "Ask again on" }, .type = V_DATE, .width = 10, .row = 5,
	  .flags = FIELD_FUTURE | FIELD_LISTED },
	{ .key = "doctor", .label = { "谁听到的", "Heard by" }, .type = V_REF, .ref = "staff", .width = 14, .row = 6,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "witness", .label = { "见证人", "Witness" }, .type = V_TEXT, .width = 14, .max = 50, .row = 6 },
	{ .key = "signed_how", .label = { "签名", "Signature" }, .type = V_CODE, .codes = refusal_signed_codes, .row = 7 },
	{ .key = "signer", .label = { "签名人", "Signer" }, .type = V_TEXT, .width = 14, .max = 50, .row = 7 },
	{ .key = "signer_relation", .label = { "与本人关系", "Signer's relation" }, .on_form = { "与本人关系", "relation" },
	  .type = V_CODE, .codes = relation_codes, .row = 8, .source = "GB/T 4761" },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500 },
};

/* ---- a note ------------------------------------------------------------------------------------------------------------- */

static const struct field note_fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident",
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "about_kind", .label = { "关于哪类记录", "About a record of kind" }, .type = V_TEXT, .max = 30,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "about", .label = { "关于哪条记录", "About the record" }, .type = V_TEXT, .max = 64,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "date", .label = { "日期", "Date" }, .type = V_DATE, .width = 10, .row = 1, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED },
	{ .key = "doctor", .label = { "谁记的", "Written by" }, .type = V_REF, .ref = "staff", .width = 14, .row = 1,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "text", .label = { "便签", "Note" }, .type = V_TEXT, .width = 60, .max = 500, .required = REQUIRED_SAVE },
};

/* clang-format on */

/* ---- checks ---------------------------------------------------------------------------------------------------------------- */

static void not_before_its_day(const struct record *rec, const char *key, struct findings *out)
{
	int32_t day = record_day(rec, "date"), again = record_day(rec, key);

	if (day != NO_DAY && again != NO_DAY && again < day)
		finding_error(out, ERR_INCONSISTENT, key, _("%s: %s lies before the day itself."),
			field_label(form_field(rec->form, key)), record_text(rec, key));
}

static void call_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	form_service_date(rec, "date", cx, out);
	not_before_its_day(rec, "again_on", out);
	if (record_is(rec, "outcome", "2") && !record_text(rec, "again_on")) {
		finding_error(out, ERR_REQUIRED, "again_on", _("Call again on which day?"));
		finding_example(out, "+1");
	}
}

/* Until when a refusal is respected when nothing else was said: a referral is looked after in two weeks. */
static int days_of(const struct record *rec)
{
	static const struct {
		const char *what;
		int days;
	} table[] = { { "1", 30 }, { "2", 90 }, { "3", 90 }, { "4", 14 } };

	for (size_t i = 0; i < N_ELEMENTS(table); i++)
		if (record_is(rec, "what", table[i].what))
			return table[i].days;
	return 0;
}

static void refusal_compute(struct record *rec, const struct form_context *cx)
{
	int days = days_of(rec);

	(void)cx;
	if (days && record_day(rec, "date") != NO_DAY && !record_text(rec, "ask_again"))
		record_set_day(rec, "ask_again", record_day(rec, "date") + days);
}

static void refusal_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	form_service_date(rec, "date", cx, out);
	not_before_its_day(rec, "ask_again", out);
	if (record_is(rec, "reason", "9"))
		form_still_missing(rec, "reason_other", out);
	if (record_is(rec, "signed_how", "3")) {
		form_still_missing(rec, "signer", out);
		form_still_missing(rec, "signer_relation", out);
	}
	if (record_is(rec, "signed_how", "3") || record_is(rec, "signed_how", "4"))
		form_still_missing(rec, "witness", out);
}

const struct form_def call_form = {
	.code = "call", .edition = "1", .title = { "电话联系", "Telephone call" },
	.fields = call_fields, .n_fields = N_ELEMENTS(call_fields), .check = call_check,
};
const struct form_def refusal_form = {
	.code = "refusal", .edition = "1", .title = { "拒绝记录", "Refusal" },
	.fields = refusal_fields, .n_fields = N_ELEMENTS(refusal_fields), .compute = refusal_compute, .check = refusal_check,
};
const struct form_def note_form = {
	.code = "note", .edition = "1", .title = { "便签", "Note" },
	.fields = note_fields, .n_fields = N_ELEMENTS(note_fields),
};
