/* The screening book 首诊测压 筛查登记: who was measured, is he suspected, at high risk, when is he to be looked at again.
 * Rules of the National Basic Public Health Service Norm, 3rd edition: raised on three different days (of visits too) is
 * suspected and goes to a higher hospital; one of six factors is a high risk, looked at each half-year. */
#include <string.h>

#include "app/clinic/body.h"
#include "app/clinic/forms/codes.h"
#include "app/clinic/forms/forms_int.h"
#include "app/clinic/screening.h"

#define SPEC "National basic public-health services norm, 3rd edition 2017, hypertension and type-2 diabetes, screening"

/* clang-format off */

static const struct code screening_place_codes[] = {
	{ .code = "1", .term = { "门诊首诊", "First visit" } },
	{ .code = "2", .term = { "上门", "Home" } },
	{ .code = "3", .term = { "集市义诊", "Market" } },
	{ .code = "4", .term = { "体检", "Examination" } },
	{ .code = "5", .term = { "其他", "Other" } },
	{ .code = NULL },
};

static const struct code bp_result_codes[] = {
	{ .code = "1", .term = { "正常", "Normal" } },
	{ .code = "2", .term = { "升高 换日再测", "Raised, again later" } },
	{ .code = "3", .term = { "疑似高血压 转上级确诊", "Suspected: refer" } },
	{ .code = "4", .term = { "危急 紧急转诊", "Emergency, refer now" } },
	{ .code = NULL },
};

static const struct code glucose_result_codes[] = {
	{ .code = "1", .term = { "正常", "Normal" } },
	{ .code = "2", .term = { "空腹血糖受损", "Impaired fasting glucose" } },
	{ .code = "3", .term = { "疑似糖尿病 转上级确诊", "Suspected: refer" } },
	{ .code = "4", .term = { "危急 紧急转诊", "Emergency, refer now" } },
	{ .code = NULL },
};

/* In the order of enum htn_factor. */
static const struct code factor_codes[] = {
	{ .code = "1", .term = { "血压正常高值", "High-normal pressure" } },
	{ .code = "2", .term = { "超重", "Overweight" } },
	{ .code = "3", .term = { "肥胖", "Obese" } },
	{ .code = "4", .term = { "腹型肥胖", "Central obesity" } },
	{ .code = "5", .term = { "家族史", "Family history" } },
	{ .code = "6", .term = { "长期高盐", "Salty diet" } },
	{ .code = "7", .term = { "过量饮酒", "Heavy drinking" } },
	{ .code = "8", .term = { "55岁以上", "55 or older" } },
	{ .code = "9", .term = { "空腹血糖受损", "Impaired fasting glucose" } },
	{ .code = NULL },
};

static const struct code confirmed_codes[] = {
	{ .code = "1", .term = { "确诊高血压", "Hypertension confirmed" } },
	{ .code = "2", .term = { "确诊糖尿病", "Diabetes confirmed" } },
	{ .code = "3", .term = { "排除", "Ruled out" } },
	{ .code = "4", .term = { "没有去", "Did not go" } },
	{ .code = NULL },
};

/* Why nothing was measured. */
static const struct code no_reading_codes[] = {
	{ .code = "1", .term = { "拒测", "Refused" } },
	{ .code = "2", .term = { "不便测量", "Not possible" } },
	{ .code = "3", .term = { "仪器故障", "Device broken" } },
	{ .code = "4", .term = { "其他", "Other" } },
	{ .code = NULL },
};

#define SBP .unit = "mmHg", .type = V_INT, .width = 3, .flags = FIELD_MEASURED, .hard = { 40, 300 }, .soft = { 80, 200 }
#define DBP .unit = "mmHg", .type = V_INT, .width = 3, .flags = FIELD_MEASURED, .hard = { 20, 200 }, .soft = { 40, 130 }

static const struct field fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .required = REQUIRED_SAVE,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "date", .label = { "日期", "Date" }, .type = V_DATE, .row = 1, .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "place", .label = { "地点", "Place" }, .type = V_CODE, .codes = screening_place_codes, .row = 1, .flags = FIELD_LISTED },
	{ .key = "sbp", .label = { "收缩压", "Systolic" }, .on_form = { "血压", "BP" }, .row = 2, .required = REQUIRED_COMPLETE, SBP },
	{ .key = "dbp", .label = { "舒张压", "Diastolic" }, .on_form = { "/", "/" }, .row = 2, .required = REQUIRED_COMPLETE, DBP },
	{ .key = "sbp2", .label = { "收缩压 再测", "Systolic, second" }, .on_form = { "再测", "Again" }, .row = 2, SBP },
	{ .key = "dbp2", .label = { "舒张压 再测", "Diastolic, second" }, .on_form = { "/", "/" }, .row = 2, DBP },
	{ .key = "sbp_mean", .label = { "收缩压 平均", "Systolic, mean" }, .on_form = { "平均", "Mean" }, .unit = "mmHg", .type = V_INT,
	  .width = 3, .row = 2, .flags = FIELD_COMPUTED },
	{ .key = "dbp_mean", .label = { "舒张压 平均", "Diastolic, mean" }, .on_form = { "/", "/" }, .unit = "mmHg", .type = V_INT,
	  .width = 3, .row = 2, .flags = FIELD_COMPUTED },
	{ .key = "fpg", .label = { "空腹血糖", "Fasting glucose" }, .unit = N_("mmol/L"), .type = V_DECIMAL, .places = 1, .width = 4,
	  .row = 3, .flags = FIELD_MEASURED, .hard = { 6, 400 }, .soft = { 30, 200 }, .help = { "8小时以上没有进食", "Nothing eaten for 8 hours" } },
	{ .key = "weight", .label = { "体重", "Weight" }, .unit = "kg", .type = V_DECIMAL, .places = 1, .width = 5, .row = 4,
	  .flags = FIELD_MEASURED, .hard = { 3, 3000 }, .soft = { 350, 1200 } },
	{ .key = "height", .label = { "身高", "Height" }, .unit = "cm", .type = V_DECIMAL, .places = 1, .width = 5, .row = 4,
	  .hard = { 300, 2500 }, .soft = { 1350, 1950 } },
	{ .key = "waist", .label = { "腰围", "Waist" }, .unit = "cm", .type = V_DECIMAL, .places = 1, .width = 5, .row = 4,
	  .flags = FIELD_MEASURED, .hard = { 300, 2000 }, .soft = { 550, 1200 } },
	{ .key = "bmi", .label = { "体质指数", "BMI" }, .on_form = { "BMI", "BMI" }, .unit = "kg/m2", .type = V_DECIMAL, .places = 2,
	  .width = 5, .row = 4, .flags = FIELD_COMPUTED, .meanings = bmi_meanings },
	{ .key = "family_history", .label = { "高血压家族史", "Family history of hypertension" }, .on_form = { "家族史", "Family" },
	  .type = V_CODE, .codes = yes_no_codes, .row = 5, .help = { "父母 子女 兄弟姐妹 祖父母 叔姑舅姨", "First or second degree" },
	  .source = SPEC },
	{ .key = "salty", .label = { "长期高盐饮食", "Long-term salty diet" }, .on_form = { "口味重", "Salty" }, .type = V_CODE,
	  .codes = yes_no_codes, .row = 5, .source = SPEC },
	{ .key = "liquor_ml", .label = { "每日白酒量", "Liquor a day" }, .on_form = { "每日白酒", "Liquor" }, .unit = N_("ml"), .type = V_INT,
	  .width = 4, .row = 5, .hard = { 0, 3000 }, .soft = { 0, 1000 }, .help = { "100毫升(2两)以上算过量", "100 ml and more is heavy" },
	  .source = SPEC },
	{ .key = "bp_result", .label = { "血压结果", "Pressure" }, .type = V_CODE, .codes = bp_result_codes, .row = 6,
	  .flags = FIELD_COMPUTED | FIELD_LISTED, .source = SPEC },
	{ .key = "raised_days", .label = { "不同日测量天数", "Different days" }, .on_form = { "测过天数", "days" }, .type = V_INT, .width = 2,
	  .row = 12, .flags = FIELD_COMPUTED },
	{ .key = "glucose_result", .label = { "血糖结果", "Glucose" }, .type = V_CODE, .codes = glucose_result_codes, .row = 7,
	  .flags = FIELD_COMPUTED | FIELD_LISTED, .source = SPEC },
	{ .key = "high_risk", .label = { "高危人群", "High risk" }, .type = V_CODE, .codes = yes_no_codes, .row = 8,
	  .flags = FIELD_COMPUTED | FIELD_LISTED, .source = SPEC },
	{ .key = "factors", .label = { "高危因素", "Risk factors" }, .on_form = { "因素", "factors" }, .type = V_CODES,
	  .codes = factor_codes, .row = 8, .flags = FIELD_COMPUTED, .source = SPEC },
	{ .key = "next_due", .label = { "下次检查", "Look at again" }, .type = V_DATE, .row = 9, .flags = FIELD_FUTURE | FIELD_LISTED },
	{ .key = "next_due_proposed", .label = { "建议日期", "Proposed" }, .on_form = { "建议", "proposed" }, .type = V_DATE, .row = 9,
	  .flags = FIELD_COMPUTED | FIELD_FUTURE },
	{ .key = "confirmed", .label = { "上级确诊结果", "Confirmed" }, .type = V_CODE, .codes = confirmed_codes, .row = 10,
	  .flags = FIELD_LISTED, .help = { "疑似的2周内追访", "Suspected ones: ask within two weeks" } },
	{ .key = "confirmed_on", .label = { "确诊日期", "Confirmed on" }, .on_form = { "日期", "on" }, .type = V_DATE, .row = 10 },
	{ .key = "icd10", .label = { "确诊编码", "Diagnosis code" }, .type = V_TEXT, .width = 8, .flags = FIELD_COMPUTED | FIELD_HIDDEN },
	{ .key = "doctor", .label = { "测量人", "Measured by" }, .type = V_REF, .ref = "staff", .row = 11, .flags = FIELD_LISTED },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 50, .max = 200 },
	{ .key = "no_reading", .label = { "没有测量的原因", "Why not measured" }, .on_form = { "没测?", "Not measured?" }, .type = V_CODE,
	  .codes = no_reading_codes,
	  .help = { "血压血糖都没测才填; 这张不算测过, 该做的还在", "Only where nothing was measured; the sheet does not count as measured" } },
};

/* clang-format on */

/* Within these days readings of different days belong together. */
enum { TOGETHER_DAYS = 90, RECHECK_DAYS = 7, CHECK_DAYS = 14, HALF_YEAR = 6, YEAR = 12, READINGS_MAX = 64 };
enum { FPG_IMPAIRED = 61, FPG_DIABETES = 70, FPG_HIGH = 167, FPG_LOW = 39 };

static void set_num(struct record *rec, const char *key, int64_t n)
{
	if (n > 0)
		record_set_num(rec, key, n);
	else
		record_clear(rec, key);
}

static struct bp mean_of(const struct record *rec)
{
	static const char *const keys[][2] = { { "sbp", "dbp" }, { "sbp2", "dbp2" } };
	struct bp r[2] = { { 0, 0 } };

	for (size_t i = 0; i < 2; i++) {
		int64_t s = record_num(rec, keys[i][0], 0), d = record_num(rec, keys[i][1], 0);

		r[i] = (struct bp){ s > 0 && s < 1000 ? (int)s : 0, d > 0 && d < 1000 ? (int)d : 0 };
	}
	return bp_mean(r, 2);
}

static const char *judge_bp(struct record *rec, const struct form_context *cx, const struct bp *today)
{
	struct dated_bp all[READINGS_MAX];
	struct htn_screen_result r;
	int32_t day = record_day(rec, "date");
	size_t n = 0;

	record_clear(rec, "raised_days");
	if (!bp_complete(today) || day == NO_DAY)
		return NULL;
	for (size_t i = 0; i < cx->n_readings && n < READINGS_MAX - 1; i++)
		if (cx->readings[i].day < day && cx->readings[i].day >= day - TOGETHER_DAYS)
			all[n++] = cx->readings[i];
	all[n++] = (struct dated_bp){ day, *today };
	r = htn_screen(all, n);
	record_set_num(rec, "raised_days", r.distinct_days);
	if (bp_very_high(today))
		return "4";
	/* normal today after a raised day: the raise was passing */
	return r.result == HTN_SUSPECTED ? "3" : bp_raised(today) ? "2" : "1";
}

static const char *judge_glucose(const struct record *rec)
{
	int64_t g = record_num(rec, "fpg", 0);

	if (g <= 0)
		return NULL;
	return g >= FPG_HIGH || g <= FPG_LOW ? "4" : g >= FPG_DIABETES ? "3" : g >= FPG_IMPAIRED ? "2" : "1";
}

static void judge_risk(struct record *rec, const struct form_context *cx, const struct bp *bp)
{
	int age = form_age(cx, record_day(rec, "date"));
	struct htn_risk_input in = { .age = age > 0 ? age : 0,
		.sex = cx->resident && record_is(cx->resident, "sex", "2") ? 2 : 1,
		.bp = *bp,
		.kg_milli = record_num(rec, "weight", 0) * 100,
		.cm_milli = record_num(rec, "height", 0) * 100,
		.waist_milli = record_num(rec, "waist", 0) * 100,
		.family_history = record_is(rec, "family_history", "2"),
		.salty_diet = record_is(rec, "salty", "2"),
		.liquor_ml = record_num(rec, "liquor_ml", 0) };
	unsigned f = htn_high_risk(&in);
	char codes[32] = "";
	size_t n = 0;

	if (record_is(rec, "glucose_result", "2"))
		f |= 1u << 8;
	for (unsigned i = 0; i < 9; i++)
		if (f & 1u << i)
			n += (size_t)snprintf(codes + n, sizeof codes - n, "%s%u", n ? "," : "", i + 1);
	record_set_text(rec, "factors", codes);
	record_set_text(rec, "high_risk", f ? "2" : "1");
}

/* The nearest of what the results ask for: an emergency and a suspicion are asked about within two weeks, a raised pressure
 * is measured again in a week, a high risk in half a year, everybody else in a year. */
static int32_t propose(const struct record *rec, int32_t day)
{
	if (record_is(rec, "bp_result", "3") || record_is(rec, "bp_result", "4") || record_is(rec, "glucose_result", "3") ||
		record_is(rec, "glucose_result", "4"))
		return day + CHECK_DAYS;
	if (record_is(rec, "bp_result", "2"))
		return day + RECHECK_DAYS;
	return date_add_months(day, record_is(rec, "high_risk", "2") ? HALF_YEAR : YEAR);
}

/* A complete pressure or a glucose: without either the sheet says nothing, and no date follows. */
static bool measured(const struct record *rec)
{
	return record_text(rec, "bp_result") || record_text(rec, "glucose_result");
}

static void compute(struct record *rec, const struct form_context *cx)
{
	struct bp bp = mean_of(rec);
	int32_t day = record_day(rec, "date");

	set_num(rec, "sbp_mean", bp.sbp);
	set_num(rec, "dbp_mean", bp.dbp);
	set_num(rec, "bmi", bmi_hundredths(record_num(rec, "weight", 0) * 100, record_num(rec, "height", 0) * 100));
	record_set_text(rec, "bp_result", judge_bp(rec, cx, &bp));
	record_set_text(rec, "glucose_result", judge_glucose(rec));
	judge_risk(rec, cx, &bp);
	record_set_text(rec, "icd10", record_is(rec, "confirmed", "1") ? "I10" : record_is(rec, "confirmed", "2") ? "E11" : NULL);
	if (day == NO_DAY || !measured(rec))
		record_clear(rec, "next_due_proposed");
	else
		record_set_day(rec, "next_due_proposed", propose(rec, day));
}

static void check_pair(const struct record *rec, const char *sbp, const char *dbp, struct findings *out)
{
	int64_t s = record_num(rec, sbp, 0), d = record_num(rec, dbp, 0);

	if (s && d && d >= s) {
		finding_error(out, ERR_INCONSISTENT, dbp, _("The diastolic pressure must be below the systolic."));
		finding_example(out, "130/80");
	}
}

/* What the higher hospital answered may be noted on a sheet of its own. */
static bool answered(const struct record *rec)
{
	return record_text(rec, "confirmed") && !record_is(rec, "confirmed", "4");
}

static void check_measured(const struct record *rec, struct findings *out)
{
	bool reason = record_text(rec, "no_reading") != NULL;

	if (measured(rec) && reason) {
		finding_error(out, ERR_INCONSISTENT, "no_reading",
			_("Something was measured: leave the reason for not measuring empty."));
	} else if (!measured(rec) && !reason && !answered(rec)) {
		finding_error(out, ERR_REQUIRED, value_is_empty(record_get(rec, "sbp")) ? "sbp" : "dbp",
			_("Nothing was measured: enter the blood pressure or the fasting glucose, or why there is none."));
		finding_example(out, "130/80");
	}
}

static void check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	int32_t day = record_day(rec, "date"), due = record_day(rec, "next_due");

	form_service_date(rec, "date", cx, out);
	check_pair(rec, "sbp", "dbp", out);
	check_pair(rec, "sbp2", "dbp2", out);
	check_measured(rec, out);
	form_not_before(rec, "confirmed_on", NULL, day, BEFORE_EXAM, out);
	if (answered(rec))
		form_still_missing(rec, "confirmed_on", out);
	if (day != NO_DAY && due != NO_DAY && due <= day)
		finding_error(out, ERR_INCONSISTENT, "next_due", _("The next date must lie after this one."));
	if (cx->enrolment)
		finding_warning(out, "on_roster", "resident", _("Already on the roster: a follow-up is the right sheet."));
}

/* Either of the two measures will do; check_measured() says so where there is none.  Half a pressure beside a glucose is a gap. */
static bool needed(const struct record *rec, const struct field *f, int32_t today)
{
	const char *other = strcmp(f->key, "sbp") ? "sbp" : "dbp";

	(void)today;
	return !value_is_empty(record_get(rec, "fpg")) && !value_is_empty(record_get(rec, other));
}

const struct form_def screening_form = {
	.code = "screening", .edition = "2017", .title = { "首诊测压 筛查登记", "Screening" },
	.fields = fields, .n_fields = N_ELEMENTS(fields), .compute = compute, .check = check, .needed = needed,
};
