/* Being on the roster of a programme. */
#include <string.h>

#include "app/clinic/forms/codes.h"
#include "app/clinic/forms/forms_int.h"
#include "app/programmes/programmes.h"

/* clang-format off */

static const struct code source_codes[] = {
	{ .code = "1", .term = { "既往史", "Past history" } },
	{ .code = "2", .term = { "筛查发现", "Screening" } },
	{ .code = "3", .term = { "门诊确诊", "Diagnosed at a visit" } },
	{ .code = "4", .term = { "迁入", "Moved in" } },
	{ .code = NULL },
};

static const struct code enrolment_status_codes[] = {
	{ .code = "active", .term = { "在管", "Active" } },
	{ .code = "paused", .term = { "暂停", "Paused" } },
	{ .code = "lost", .term = { "失访", "Lost" } },
	{ .code = "ended", .term = { "已结束", "Ended" } },
	{ .code = NULL },
};

static const struct code end_reason_codes[] = {
	{ .code = "1", .term = { "死亡", "Died" } },
	{ .code = "2", .term = { "迁出", "Moved out" } },
	{ .code = "3", .term = { "失访", "Lost to follow-up" } },
	{ .code = "4", .term = { "拒绝", "Refused" } },
	{ .code = "5", .term = { "外出(长期)", "Away for long" } },
	{ .code = "6", .term = { "作废", "Entered in error" } },
	{ .code = "9", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

static const struct code usual_mode_codes[] = {
	{ .code = "1", .term = { "门诊", "Clinic" } },
	{ .code = "2", .term = { "家庭", "Home" } },
	{ .code = NULL },
};

static const struct field fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .required = REQUIRED_SAVE,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "programme", .label = { "慢病项目", "Programme" }, .type = V_CODE, .codes = programme_codes, .row = 1,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "enrolled_on", .label = { "纳入日期", "Enrolled on" }, .type = V_DATE, .width = 10, .row = 1,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "source", .label = { "来源", "Source" }, .type = V_CODE, .codes = source_codes, .row = 2 },
	{ .key = "icd10", .label = { "诊断编码", "Diagnosis code" }, .type = V_TEXT, .width = 10, .max = 10, .row = 2,
	  .help = { "ICD-10: 高血压I10 糖尿病E11 慢阻肺J44", "ICD-10: hypertension I10, diabetes E11, COPD J44" } },
	{ .key = "diagnosed_on", .label = { "确诊日期", "Diagnosed on" }, .type = V_DATE, .width = 10, .row = 3,
	  .flags = FIELD_PARTIAL, .required = REQUIRED_COMPLETE, .help = { "年月即可", "Year and month will do" } },
	{ .key = "diagnosis_org", .label = { "确诊医院", "Diagnosed at" }, .type = V_TEXT, .width = 30, .max = 100, .row = 3 },
	{ .key = "responsible_doctor", .label = { "责任医生", "Responsible doctor" }, .type = V_REF, .ref = "staff", .width = 14,
	  .row = 4, .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "care_team", .label = { "管理团队", "Care team" }, .type = V_REF, .ref = "team", .width = 22, .row = 4 },
	{ .key = "usual_mode", .label = { "平时随访方式", "Usual mode" }, .on_form = { "平时方式", "Usual mode" }, .type = V_CODE,
	  .codes = usual_mode_codes, .row = 8, .help = { "卧床 失智 听不见的人选家庭: 随访表先填好", "At home for who lies in bed, is demented, cannot hear" } },
	{ .key = "individual_target_sbp", .label = { "个体目标 收缩压", "Individual target, systolic" },
	  .on_form = { "个体目标 收缩压", "Own target, systolic" }, .type = V_INT, .unit = "mmHg", .width = 4, .row = 5,
	  .hard = { 90, 180 }, .soft = { 110, 150 },
	  .help = { "医生定的目标, 不影响分类和指标", "The doctor's own; class and indicators do not use it" } },
	{ .key = "individual_target_dbp", .label = { "个体目标 舒张压", "Individual target, diastolic" },
	  .on_form = { "舒张压", "diastolic" }, .type = V_INT, .unit = "mmHg", .width = 4, .row = 5, .hard = { 50, 110 },
	  .soft = { 60, 90 } },
	{ .key = "next_due", .label = { "下次应访", "Next due" }, .type = V_DATE, .width = 10, .row = 6,
	  .flags = FIELD_FUTURE | FIELD_LISTED },
	{ .key = "status", .label = { "状态", "Status" }, .type = V_CODE, .codes = enrolment_status_codes, .row = 6,
	  .flags = FIELD_LISTED },
	{ .key = "ended_on", .label = { "结束日期", "Ended on" }, .type = V_DATE, .width = 10, .row = 7 },
	{ .key = "end_reason", .label = { "结束原因", "Reason" }, .type = V_CODE, .codes = end_reason_codes, .row = 7 },
	{ .key = "end_reason_other", .label = { "其他原因", "Other reason" }, .on_form = { "其他", "other" }, .type = V_TEXT,
	  .width = 16, .max = 100, .row = 7 },
	{ .key = "lost_on", .label = { "失访日期", "Lost since" }, .type = V_DATE, .width = 10, .row = 9 },
	{ .key = "lost_attempts", .label = { "失访前找过几次", "Attempts to find him" }, .on_form = { "找过几次", "Attempts" },
	  .type = V_INT, .width = 2, .row = 9, .hard = { 0, 99 },
	  .help = { "打电话、上门、托人, 一共几次没找到", "Calls, visits, messages: how often in vain" } },
	{ .key = "lost_how", .label = { "怎么找的", "How looked for" }, .type = V_CODES, .codes = lost_how_codes, .row = 10 },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500 },
};

/* clang-format on */

static const struct programme *rule_of(const struct record *rec)
{
	const char *code = record_text(rec, "programme");

	return code ? programme_by_code(code) : NULL;
}

static void enrolment_compute(struct record *rec, const struct form_context *cx)
{
	const struct programme *rule = rule_of(rec);

	(void)cx;
	form_default(rec, "status", "active");
	if (record_text(rec, "ended_on") && record_is(rec, "status", "active"))
		record_set_text(rec, "status", "ended");
	if (rule && rule->icd10)
		form_default(rec, "icd10", rule->icd10[0]);
}

static void check_icd(const struct record *rec, const struct programme *rule, struct findings *out)
{
	const char *icd = record_text(rec, "icd10");

	if (!icd)
		return;
	if (!icd10_is_shaped(icd)) {
		finding_error(out, ERR_INVALID_VALUE, "icd10", _("\"%s\" is no ICD-10 code."), icd);
		finding_example(out, rule->icd10 ? rule->icd10[0] : "I10");
		return;
	}
	for (size_t i = 0; rule->icd10 && rule->icd10[i]; i++)
		if (!strncmp(icd, rule->icd10[i], 3))
			return;
	if (rule->icd10)
		finding_question(out, "icd10", _("%s does not belong on this roster. Is it right?"), icd);
}

static void check_age(const struct record *rec, const struct programme *rule, const struct form_context *cx,
	struct findings *out)
{
	int32_t day = record_day(rec, "enrolled_on");
	int age;

	if (day != NO_DAY && rule->year_age)
		day = date_day_number(&(struct date){ date_year(day), 12, 31 });
	age = form_age(cx, day);
	if (age >= 0 && age < rule->min_age)
		finding_question(out, "programme", _("This roster is for people of %d years or more; this one is %d. Is it right?"),
			rule->min_age, age);
}

static void enrolment_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	const struct programme *rule = rule_of(rec);
	int32_t enrolled = record_day(rec, "enrolled_on");

	form_service_date(rec, "enrolled_on", cx, out);
	form_service_date(rec, "diagnosed_on", cx, out);
	form_not_before(rec, "ended_on", NULL, enrolled, BEFORE_ENROLMENT, out);
	if (rule) {
		check_icd(rec, rule, out);
		check_age(rec, rule, cx, out);
	}
	if (record_is(rec, "status", "lost") || record_is(rec, "status", "paused"))
		form_still_missing(rec, "note", out);
	if (record_is(rec, "status", "lost")) {
		form_still_missing(rec, "lost_attempts", out);
		form_still_missing(rec, "lost_how", out);
	}
	if (!record_is(rec, "status", "ended"))
		return;
	form_still_missing(rec, "ended_on", out);
	form_still_missing(rec, "end_reason", out);
}

const struct form_def enrolment_form = {
	.code = "enrolment", .edition = "2017", .title = { "慢病管理登记", "Enrolment" },
	.fields = fields, .n_fields = N_ELEMENTS(fields), .compute = enrolment_compute, .check = enrolment_check,
};
