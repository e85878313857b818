/* 传染病报告卡, edition 2019 (国家疾病预防控制局 2019-12): what the card asks, and where its report stands. */
#include "app/clinic/forms/codes.h"
#include "app/clinic/forms/forms_int.h"
#include "app/clinic/notifiable.h"

/* clang-format off */

static const struct code card_codes[] = {
	{ .code = "1", .term = { "初次报告", "First report" } },
	{ .code = "2", .term = { "订正报告", "Correction" } },
	{ .code = NULL },
};

static const struct code age_unit_codes[] = {
	{ .code = "1", .term = { "岁", "years" } },
	{ .code = "2", .term = { "月", "months" } },
	{ .code = "3", .term = { "天", "days" } },
	{ .code = NULL },
};

static const struct code belongs_codes[] = {
	{ .code = "1", .term = { "本县区", "This county" } },
	{ .code = "2", .term = { "本市其他县区", "Another county of this city" } },
	{ .code = "3", .term = { "本省其它地市", "Another city of this province" } },
	{ .code = "4", .term = { "外省", "Another province" } },
	{ .code = "5", .term = { "港澳台", "Hong Kong, Macao, Taiwan" } },
	{ .code = "6", .term = { "外籍", "Foreigner" } },
	{ .code = NULL },
};

static const struct code group_codes[] = {
	{ .code = "01", .term = { "幼托儿童", "Child in a nursery" } },
	{ .code = "02", .term = { "散居儿童", "Child at home" } },
	{ .code = "03", .term = { "学生(大中小学)", "Pupil or student" } },
	{ .code = "04", .term = { "教师", "Teacher" } },
	{ .code = "05", .term = { "保育员及保姆", "Nursery nurse, nanny" } },
	{ .code = "06", .term = { "餐饮食品业", "Food and catering" } },
	{ .code = "07", .term = { "商业服务", "Trade and services" } },
	{ .code = "08", .term = { "医务人员", "Health worker" } },
	{ .code = "09", .term = { "工人", "Worker" } },
	{ .code = "10", .term = { "民工", "Migrant worker" } },
	{ .code = "11", .term = { "农民", "Farmer" } },
	{ .code = "12", .term = { "牧民", "Herdsman" } },
	{ .code = "13", .term = { "渔(船)民", "Fisherman" } },
	{ .code = "14", .term = { "干部职员", "Official, clerk" } },
	{ .code = "15", .term = { "离退人员", "Retired" } },
	{ .code = "16", .term = { "家务及待业", "At home, without work" } },
	{ .code = "17", .term = { "其他", "Other" }, .other = true },
	{ .code = "18", .term = { "不详", "Not known" } },
	{ .code = NULL },
};

static const struct code case_codes[] = {
	{ .code = "1", .term = { "疑似病例", "Suspected" } },
	{ .code = "2", .term = { "临床诊断病例", "Clinically diagnosed" } },
	{ .code = "3", .term = { "确诊病例", "Confirmed" } },
	{ .code = "4", .term = { "病原携带者", "Carrier" } },
	{ .code = NULL },
};

static const struct code course_codes[] = {
	{ .code = "1", .term = { "急性", "Acute" } },
	{ .code = "2", .term = { "慢性", "Chronic" } },
	{ .code = NULL },
};

static const struct code notice_status_codes[] = {
	{ .code = "1", .term = { "待报告", "To report" } },
	{ .code = "2", .term = { "已报告", "Reported" } },
	{ .code = "3", .term = { "已排除", "Excluded" } },
	{ .code = NULL },
};

static const struct code way_codes[] = {
	{ .code = "1", .term = { "网络直报", "National system" } },
	{ .code = "2", .term = { "报卡交卫生院", "Card to the township" } },
	{ .code = "3", .term = { "电话(再补卡)", "Telephone, card follows" } },
	{ .code = NULL },
};

static const struct field fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident",
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "visit", .label = { "来自就诊", "From the visit" }, .type = V_REF, .ref = "visit", .flags = FIELD_HIDDEN },
	{ .key = "number", .label = { "卡片编号", "Card number" }, .type = V_TEXT, .width = 16, .max = 40, .row = 1 },
	{ .key = "card", .label = { "报卡类别", "Kind of card" }, .type = V_CODE, .codes = card_codes, .row = 1,
	  .required = REQUIRED_COMPLETE },
	{ .key = "name", .label = { "患者姓名", "Patient's name" }, .on_form = { "姓名", "Name" }, .type = V_TEXT, .width = 14, .max = 50,
	  .row = 2, .required = REQUIRED_SAVE },
	{ .key = "parent_name", .label = { "患儿家长姓名", "Parent's name" }, .on_form = { "家长姓名", "Parent" }, .type = V_TEXT,
	  .width = 14, .max = 50, .row = 2, .help = { "14岁及以下填写", "For children of 14 and under" } },
	{ .key = "id_number", .label = { "有效证件号", "ID number" }, .on_form = { "证件号", "ID" }, .type = V_TEXT, .width = 18,
	  .max = 30, .row = 2, .flags = FIELD_SENSITIVE, .required = REQUIRED_COMPLETE },
	{ .key = "sex", .label = { "性别", "Sex" }, .type = V_CODE, .codes = sex_codes, .row = 3, .required = REQUIRED_COMPLETE },
	{ .key = "birth_date", .label = { "出生日期", "Birth date" }, .on_form = { "出生日期", "Born" }, .type = V_DATE, .width = 10,
	  .row = 4, .flags = FIELD_BIRTH },
	{ .key = "age", .label = { "实足年龄", "Age" }, .on_form = { "或年龄", "or age" }, .type = V_INT, .width = 3, .row = 4,
	  .hard = { 0, 150 } },
	{ .key = "age_unit", .label = { "年龄单位", "Unit of the age" }, .on_form = { "", "" }, .type = V_CODE, .codes = age_unit_codes,
	  .row = 4 },
	{ .key = "workplace", .label = { "工作单位(学校)", "Workplace or school" }, .on_form = { "单位(学校)", "Work, school" },
	  .type = V_TEXT, .width = 26, .max = 100, .row = 5 },
	{ .key = "phone", .label = { "联系电话", "Telephone" }, .type = V_TEXT, .width = 16, .max = 40, .row = 5,
	  .flags = FIELD_SENSITIVE, .required = REQUIRED_COMPLETE },
	{ .key = "belongs", .label = { "病人属于", "The patient belongs to" }, .on_form = { "病人属于", "From" }, .type = V_CODE,
	  .codes = belongs_codes, .required = REQUIRED_COMPLETE },
	{ .key = "address", .label = { "现住址(详填)", "Present address" }, .on_form = { "现住址", "Address" }, .type = V_TEXT, .width = 60,
	  .max = 200, .required = REQUIRED_COMPLETE, .help = { "到村民小组和门牌号", "Down to group and house number" } },
	{ .key = "group", .label = { "人群分类", "Group of people" }, .on_form = { "人群", "Group" }, .type = V_CODE,
	  .codes = group_codes, .required = REQUIRED_COMPLETE, .row = 8 },
	{ .key = "group_other", .label = { "其他人群", "Other group" }, .on_form = { "其他", "Other" }, .type = V_TEXT, .width = 20,
	  .max = 60, .row = 8 },

	{ .key = "disease", .label = { "病种", "Disease" }, .type = V_CODE, .codes = notifiable_codes, .page = 2, .row = 10,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED, .source = "传染病防治法" },
	{ .key = "case_class", .label = { "病例分类", "Case" }, .type = V_CODE, .codes = case_codes, .page = 2, .row = 11,
	  .required = REQUIRED_COMPLETE },
	{ .key = "course", .label = { "急性/慢性", "Acute or chronic" }, .on_form = { "急/慢性", "Course" }, .type = V_CODE,
	  .codes = course_codes, .page = 2, .row = 12, .help = { "乙肝, 丙肝, 血吸虫病填写", "Hepatitis B, C, schistosomiasis" } },
	{ .key = "onset_date", .label = { "发病日期", "Onset" }, .type = V_DATE, .width = 10, .page = 2, .row = 13,
	  .required = REQUIRED_COMPLETE },
	{ .key = "date", .label = { "诊断日期", "Diagnosed on" }, .type = V_DATE, .width = 10, .page = 2, .row = 13,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "diagnosed_hour", .label = { "诊断时刻", "Hour of diagnosis" }, .on_form = { "时", "hour" }, .type = V_INT, .width = 2,
	  .page = 2, .row = 13, .hard = { 0, 23 }, .required = REQUIRED_COMPLETE,
	  .help = { "从这一刻起算报告时限, 疑似也算", "The clock starts at this hour, for a suspected case, too" } },
	{ .key = "death_date", .label = { "死亡日期", "Died on" }, .type = V_DATE, .width = 10, .page = 2, .row = 13 },
	{ .key = "corrected_from", .label = { "订正前病名", "Disease before the correction" }, .on_form = { "订正前病名", "Was" },
	  .type = V_TEXT, .width = 24, .max = 60, .page = 2, .row = 14 },
	{ .key = "deadline", .label = { "报告时限", "Report by" }, .type = V_TEXT, .width = 16, .max = 20, .page = 2, .row = 15,
	  .flags = FIELD_COMPUTED },
	{ .key = "status", .label = { "报告状态", "Status" }, .on_form = { "状态", "Status" }, .type = V_CODE,
	  .codes = notice_status_codes, .page = 2, .row = 15, .flags = FIELD_LISTED },
	{ .key = "reported_on", .label = { "报告日期", "Reported on" }, .type = V_DATE, .width = 10, .page = 2, .row = 16 },
	{ .key = "reported_hour", .label = { "报告时刻", "Hour of the report" }, .on_form = { "时", "hour" }, .type = V_INT, .width = 2,
	  .page = 2, .row = 16, .hard = { 0, 23 } },
	{ .key = "reported_how", .label = { "报告方式", "Reported how" }, .on_form = { "方式", "How" }, .type = V_CODE,
	  .codes = way_codes, .page = 2, .row = 17 },
	{ .key = "reported_to", .label = { "报告给谁", "Reported to whom" }, .on_form = { "报告给谁", "To whom" }, .type = V_TEXT,
	  .width = 26, .max = 100, .page = 2, .row = 18 },
	{ .key = "doctor", .label = { "填卡医生", "Doctor" }, .type = V_REF, .ref = "staff", .width = 14, .page = 2, .row = 19,
	  .required = REQUIRED_COMPLETE },
	{ .key = "doctor_phone", .label = { "医生电话", "Doctor's telephone" }, .type = V_TEXT, .width = 16, .max = 40, .page = 2,
	  .row = 19 },
	{ .key = "card_date", .label = { "填卡日期", "Date of the card" }, .type = V_DATE, .width = 10, .page = 2, .row = 20 },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500, .page = 2 },
};

/* clang-format on */

enum { PARENT_AGE = 14 };

/* For people: "2026-11-23 09:00". */
static void set_limit(struct record *rec, char *limit)
{
	limit[DATE_LEN - 1] = ' ';
	record_set_text(rec, "deadline", limit);
}

/* The card knows the hour alone: the limit counts from its beginning, never too late. */
static void compute(struct record *rec, const struct form_context *cx)
{
	const char *disease = record_text(rec, "disease");
	int32_t day = record_day(rec, "date");
	char limit[NOTIFIABLE_TIME_LEN];

	(void)cx;
	form_default(rec, "card", "1");
	form_default(rec, "status", "1");
	if (disease && day != NO_DAY &&
		notifiable_deadline(disease, day, (int)record_num(rec, "diagnosed_hour", 0) * 60, limit))
		set_limit(rec, limit);
	else
		record_clear(rec, "deadline");
}

static void check_report(const struct record *rec, struct findings *out)
{
	static const char *const needed[] = { "reported_on", "reported_hour", "reported_how" };

	if (!record_is(rec, "status", "2"))
		return;
	for (size_t i = 0; i < N_ELEMENTS(needed); i++)
		if (value_is_empty(record_get(rec, needed[i]))) {
			finding_error(out, ERR_REQUIRED, needed[i], _("Reported: when and how? %s is missing."),
				field_label(form_field(rec->form, needed[i])));
			return;
		}
	if (record_day(rec, "reported_on") < record_day(rec, "date"))
		finding_error(out, ERR_INCONSISTENT, "reported_on", _("The report lies before the diagnosis."));
}

static void check_disease(const struct record *rec, struct findings *out)
{
	const char *disease = record_text(rec, "disease");
	int32_t day = record_day(rec, "date");

	if (!disease || day == NO_DAY)
		return;
	if (!notifiable_rule_on(disease, day))
		finding_warning(out, "not_notifiable", "disease", _("On that day this disease was not on the list."));
	if (notifiable_has_course(disease))
		form_still_missing(rec, "course", out);
}

static void check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	int32_t day = record_day(rec, "date"), onset = record_day(rec, "onset_date"), born = record_day(rec, "birth_date");
	int age = born != NO_DAY && day != NO_DAY ? date_age(born, day) : (int)record_num(rec, "age", -1);

	form_service_date(rec, "date", cx, out);
	if (onset != NO_DAY && day != NO_DAY && onset > day)
		finding_error(out, ERR_INCONSISTENT, "onset_date", _("The illness began after the diagnosis."));
	if (born == NO_DAY)
		form_still_missing(rec, "age", out);
	if (age >= 0 && (age <= PARENT_AGE || record_is(rec, "age_unit", "2") || record_is(rec, "age_unit", "3")))
		form_still_missing(rec, "parent_name", out);
	if (record_is(rec, "card", "2"))
		form_still_missing(rec, "corrected_from", out);
	form_check_phone(rec, "phone", out);
	check_disease(rec, out);
	check_report(rec, out);
}

const struct form_def notice_form = {
	.code = "notice", .edition = "2019", .title = { "传染病报告卡", "Infectious disease report card" },
	.fields = fields, .n_fields = N_ELEMENTS(fields), .compute = compute, .check = check,
};
