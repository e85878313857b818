/* The yearly examination: what is computed, what applies to whom, and what does not fit together (what inspectors look
 * for).  What is only odd is a warning or a question: the doctor has seen the person. */
#include "app/clinic/body.h"
#include "app/clinic/bp.h"
#include "app/clinic/exam.h"
#include "app/clinic/forms/forms_int.h"

#define ELDERLY "elderly"

static bool empty(const struct record *rec, const char *key)
{
	return value_is_empty(record_get(rec, key));
}

/* What is typed is reckoned with before it is checked. */
static int mmhg(const struct record *rec, const char *key)
{
	int64_t v = record_num(rec, key, 0);

	return v > 0 && v < 1000 ? (int)v : 0;
}

static struct bp pressure(const struct record *rec, const char *sbp, const char *dbp)
{
	return (struct bp){ mmhg(rec, sbp), mmhg(rec, dbp) };
}

/* ---- computed ------------------------------------------------------------------------------------------------------ */

static void set_or_clear(struct record *rec, const char *key, int64_t num)
{
	if (num > 0)
		record_set_num(rec, key, num);
	else
		record_clear(rec, key);
}

static int64_t milli(const struct record *rec, const char *key)
{
	int64_t tenths = record_num(rec, key, 0);

	return tenths > 0 && tenths <= BODY_MILLI_MAX / 100 ? tenths * 100 : 0;
}

/* The higher arm counts. */
static void compute_pressure(struct record *rec)
{
	struct bp left = pressure(rec, "left_sbp", "left_dbp"), right = pressure(rec, "right_sbp", "right_dbp");
	bool by_right = bp_complete(&right) && (!bp_complete(&left) || right.sbp > left.sbp);
	struct bp counts = by_right ? right : left;

	if (!bp_complete(&counts))
		counts = (struct bp){ 0, 0 };
	set_or_clear(rec, "sbp", counts.sbp);
	set_or_clear(rec, "dbp", counts.dbp);
}

/* mg/dL as hundredths of mmol/L: divided by 18, halves rounded up. */
static int64_t mmol_of_mgdl(int64_t mgdl)
{
	return (mgdl * 100 + 9) / 18;
}

void exam_compute(struct record *rec, const struct form_context *cx)
{
	int64_t mgdl = record_num(rec, "fpg_mgdl", 0);

	(void)cx;
	set_or_clear(rec, "bmi", bmi_hundredths(milli(rec, "weight"), milli(rec, "height")));
	compute_pressure(rec);
	if (mgdl > 0 && mgdl < 10000 && empty(rec, "fpg"))
		record_set_num(rec, "fpg", mmol_of_mgdl(mgdl));
}

/* ---- what applies ---------------------------------------------------------------------------------------------------- */

/* An item that is asked only after one of these codes of another. */
static const struct {
	const char *key, *field, *codes;
} follows[] = {
	{ "cognition_score", "cognition", "2" },
	{ "emotion_score", "emotion", "2" },
	{ "exercise_minutes", "exercise", "123" },
	{ "smoking", "smoking_status", "3" },
	{ "smoking_from_age", "smoking_status", "23" },
	{ "smoking_quit_age", "smoking_status", "2" },
	{ "drinking", "drinking_status", "234" },
	{ "drinking_from_age", "drinking_status", "234" },
	{ "drinking_stopped", "drinking_status", "234" },
	{ "drinking_quit_age", "drinking_stopped", "2" },
	{ "drunk", "drinking_status", "234" },
	{ "drinks", "drinking_status", "234" },
	{ "occupational_work", "occupational", "2" },
	{ "occupational_years", "occupational", "2" },
	{ "abnormalities", "evaluation", "2" },
	{ "guidance", "evaluation", "2" },
	{ "weight_target", "risk_control", "5" },
	{ "vaccine_advised", "risk_control", "6" },
};

/* Items of a programme's yearly service; all others are everybody's. */
static const struct {
	const char *key, *programmes, *from; /* from: the day since which it belongs to it; NULL: always */
} services[] = {
	{ "self_rated", ELDERLY, NULL },   { "self_care", ELDERLY, NULL },    { "cognition", ELDERLY, NULL },
	{ "emotion", ELDERLY, NULL },      { "hb", ELDERLY, NULL },           { "wbc", ELDERLY, NULL },
	{ "plt", ELDERLY, NULL },          { "urine_protein", ELDERLY, NULL }, { "urine_sugar", ELDERLY, NULL },
	{ "urine_ketone", ELDERLY, NULL }, { "urine_blood", ELDERLY, NULL },  { "fpg", ELDERLY ",dm", NULL },
	{ "ecg", ELDERLY, NULL },          { "alt", ELDERLY, NULL },          { "ast", ELDERLY, NULL },
	{ "tbil", ELDERLY, NULL },         { "creatinine", ELDERLY, NULL },   { "urea", ELDERLY, NULL },
	{ "tc", ELDERLY, NULL },           { "tg", ELDERLY, NULL },           { "ldl", ELDERLY, NULL },
	{ "hdl", ELDERLY, NULL },          { "abdominal_us", ELDERLY, NULL }, { "foot_pulse", "dm", NULL },
	{ "chest_xray", ELDERLY, "2025-01-01" }, { "hba1c", ELDERLY, "2025-01-01" },
};

static bool one_of(const struct record *rec, const char *key, const char *codes)
{
	for (; *codes; codes++)
		if (record_is(rec, key, (const char[]){ *codes, '\0' }))
			return true;
	return false;
}

static bool of_programmes(const struct record *rec, const char *programmes)
{
	char one[16];

	for (const char *s = programmes; *s; s += *s == ',') {
		size_t n = strcspn(s, ",");

		snprintf(one, sizeof one, "%.*s", (int)n, s);
		if (record_is(rec, "programmes", one))
			return true;
		s += n;
	}
	return false;
}

bool exam_needed(const struct record *rec, const struct field *f, int32_t today)
{
	int32_t day = record_day(rec, "date");

	(void)today;
	for (size_t i = 0; i < N_ELEMENTS(follows); i++)
		if (!strcmp(follows[i].key, f->key))
			return one_of(rec, follows[i].field, follows[i].codes);
	for (size_t i = 0; i < N_ELEMENTS(services); i++)
		if (!strcmp(services[i].key, f->key))
			return of_programmes(rec, services[i].programmes) &&
				(!services[i].from || day == NO_DAY || day >= date_day(services[i].from));
	return true;
}

/* ---- values ------------------------------------------------------------------------------------------------------------ */

static void check_pair(const struct record *rec, const char *sbp, const char *dbp, struct findings *out)
{
	struct bp bp = pressure(rec, sbp, dbp);

	if (!bp_complete(&bp))
		return;
	if (bp.dbp >= bp.sbp) {
		finding_error(out, ERR_INCONSISTENT, dbp, _("The diastolic pressure (%d) must be below the systolic (%d)."),
			bp.dbp, bp.sbp);
		finding_example(out, "130/80");
	} else if (bp.sbp - bp.dbp < 20) {
		finding_question(out, dbp, _("%d/%d: the two pressures are less than 20 apart. Is it right?"), bp.sbp, bp.dbp);
	}
}

static void check_pressures(const struct record *rec, struct findings *out)
{
	struct bp left = pressure(rec, "left_sbp", "left_dbp"), right = pressure(rec, "right_sbp", "right_dbp");

	check_pair(rec, "left_sbp", "left_dbp", out);
	check_pair(rec, "right_sbp", "right_dbp", out);
	if (bp_complete(&left) && bp_complete(&right) && abs(left.sbp - right.sbp) >= 20)
		finding_warning(out, "arms_differ", "right_sbp",
			_("The two arms differ by %d mmHg: measure again; the higher arm counts."), abs(left.sbp - right.sbp));
}

static void check_glucose(const struct record *rec, struct findings *out)
{
	int64_t mgdl = record_num(rec, "fpg_mgdl", 0), fpg = record_num(rec, "fpg", 0);

	if (mgdl > 0 && fpg > 0 && mgdl < 10000 && llabs(mmol_of_mgdl(mgdl) - fpg) > 10)
		finding_error(out, ERR_INCONSISTENT, "fpg_mgdl",
			_("Fasting glucose: %lld mg/dL would be %lld.%02lld mmol/L. Leave one of the two empty."), (long long)mgdl,
			(long long)(mmol_of_mgdl(mgdl) / 100), (long long)(mmol_of_mgdl(mgdl) % 100));
}

/* A height does not change by 3 cm from year to year: another person, or a slip. */
static void check_height(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	int64_t now = record_num(rec, "height", 0), was = cx->previous ? record_num(cx->previous, "height", 0) : 0;

	if (now > 0 && was > 0 && llabs(now - was) > 30)
		finding_question(out, "height", _("The height differs by more than 3 cm from the last one. Is it right?"));
}

static void check_age(const struct record *rec, const char *key, const char *from, int age, struct findings *out)
{
	int64_t n = record_num(rec, key, -1);
	const struct field *f = form_field(rec->form, key);

	if (n < 0)
		return;
	if (age >= 0 && n > age)
		finding_error(out, ERR_INCONSISTENT, key, _("%s: %lld is more than the age of %d."), field_label(f),
			(long long)n, age);
	else if (from && n < record_num(rec, from, n))
		finding_error(out, ERR_INCONSISTENT, key, _("%s: %lld lies before the beginning at %lld."), field_label(f),
			(long long)n, (long long)record_num(rec, from, n));
}

static void check_ages(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	int age = form_age(cx, record_day(rec, "date"));

	check_age(rec, "smoking_from_age", NULL, age, out);
	check_age(rec, "smoking_quit_age", "smoking_from_age", age, out);
	check_age(rec, "drinking_from_age", NULL, age, out);
	check_age(rec, "drinking_quit_age", "drinking_from_age", age, out);
}

/* What the paper leaves empty for them. */
static const struct {
	const char *status, *code, *key;
} habits_without[] = {
	{ "smoking_status", "1", "smoking_from_age" }, { "smoking_status", "1", "smoking_quit_age" },
	{ "smoking_status", "3", "smoking_quit_age" }, { "drinking_status", "1", "drinking_from_age" },
	{ "drinking_status", "1", "drinking_stopped" }, { "drinking_status", "1", "drinking_quit_age" },
	{ "drinking_status", "1", "drunk" }, { "drinking_status", "1", "drinks" },
};

static void check_habits_without(const struct record *rec, struct findings *out)
{
	for (size_t i = 0; i < N_ELEMENTS(habits_without); i++) {
		const struct field *status = form_field(rec->form, habits_without[i].status);
		const char *key = habits_without[i].key;

		if (record_is(rec, status->key, habits_without[i].code) && !empty(rec, key) && !(record_is(rec, key, "1") &&
			!strcmp(key, "drinking_stopped")))
			finding_warning(out, "habit_without", key, _("%s: %s, but %s is given."), field_label(status),
				term_text(&field_code(status, habits_without[i].code)->term),
				field_label(form_field(rec->form, key)));
	}
}

static void check_habits(const struct record *rec, struct findings *out)
{
	check_habits_without(rec, out);
	if (record_is(rec, "smoking_status", "1") && record_num(rec, "smoking", 0) > 0)
		finding_error(out, ERR_INCONSISTENT, "smoking", _("Never smoked, but cigarettes a day are given."));
	if (record_is(rec, "smoking_status", "3") && record_num(rec, "smoking", 1) == 0)
		finding_error(out, ERR_INCONSISTENT, "smoking", _("Smokes, but no cigarettes a day."));
	if (record_is(rec, "drinking_status", "1") && record_num(rec, "drinking", 0) > 0)
		finding_error(out, ERR_INCONSISTENT, "drinking", _("Never drinks, but an amount a day is given."));
}

static void check_teeth(const struct record *rec, struct findings *out)
{
	static const struct {
		const char *code, *key;
	} places[] = { { "2", "teeth_missing" }, { "3", "teeth_caries" }, { "4", "teeth_denture" } };

	for (size_t i = 0; i < N_ELEMENTS(places); i++)
		if (record_is(rec, "teeth", places[i].code))
			form_still_missing(rec, places[i].key, out);
}

/* ---- who it is ------------------------------------------------------------------------------------------------------- */

static void check_sex(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	static const char *const women_only[] = { "vulva", "vagina", "cervix", "uterus", "adnexa", "cervical_smear" };
	const char *sex = cx->resident ? record_text(cx->resident, "sex") : NULL;

	if (!sex)
		return;
	if (!strcmp(sex, "2") && record_is(rec, "rectal", "4"))
		finding_question(out, "rectal", _("A woman has no prostate. Is it right?"));
	for (size_t i = 0; i < N_ELEMENTS(women_only) && !strcmp(sex, "1"); i++)
		if (!empty(rec, women_only[i])) {
			finding_question(out, women_only[i], _("%s: he is a man. Is it right?"),
				field_label(form_field(rec->form, women_only[i])));
			return;
		}
}

static bool had(const struct form_context *cx, const char *disease)
{
	const struct value *list = cx->resident ? record_get(cx->resident, "past_disease") : NULL;

	for (size_t i = 0; list && i < list->n_items; i++)
		if (record_is(list->items[i], "code", disease))
			return true;
	return false;
}

/* On the roster (then the examination counts for it), or among the past diseases. */
static bool has_htn(const struct record *rec, const struct form_context *cx)
{
	return of_programmes(rec, "htn") || had(cx, "2");
}

static bool has_dm(const struct record *rec, const struct form_context *cx)
{
	return of_programmes(rec, "dm") || had(cx, "3");
}

static bool chronic(const struct record *rec, const struct form_context *cx)
{
	return has_htn(rec, cx) || has_dm(rec, cx) || of_programmes(rec, "copd") || had(cx, "5");
}

/* ---- judgement ----------------------------------------------------------------------------------------------------------- */

static void check_evaluation(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	const char *sex = cx->resident ? record_text(cx->resident, "sex") : NULL;
	const struct field *first[1];
	AUTO_SBUF struct sbuf what = SBUF_INIT;

	if (!record_is(rec, "evaluation", "1"))
		return;
	if (!empty(rec, "abnormalities"))
		finding_error(out, ERR_INCONSISTENT, "evaluation",
			_("The evaluation says nothing abnormal, but findings are listed."));
	if (!exam_abnormal(rec, sex, first, 1))
		return;
	exam_value_text(rec, first[0], sex, &what);
	finding_warning(out, "evaluation_normal", "evaluation",
		_("The evaluation says nothing abnormal, but there is: %s."), what.s);
}

/* The file's past diseases stand among the present problems, too. */
static void check_problems(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	static const struct {
		const char *past, *key;
	} of[] = { { "7", "brain" }, { "4", "heart" }, { "3", "other_system" }, { "5", "other_system" } };
	const struct field *list = cx->resident ? form_field(cx->resident->form, "past_disease") : NULL;

	for (size_t i = 0; list && i < N_ELEMENTS(of); i++) {
		const struct field *f = form_field(rec->form, of[i].key), *disease = form_field(list->form, "code");

		if (record_is(rec, of[i].key, "1") && had(cx, of[i].past))
			finding_warning(out, "problem_past", of[i].key, _("%s: not found, but the file has %s."), field_label(f),
				term_text(&field_code(disease, of[i].past)->term));
	}
}

/* A value of the disease in somebody who is not known to have it: measured again, or referred. */
static void check_recheck(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	struct bp bp = pressure(rec, "sbp", "dbp");
	bool raised = (bp.sbp >= 140 || bp.dbp >= 90) && !has_htn(rec, cx);
	bool sugar = (record_num(rec, "fpg", 0) >= 700 || record_num(rec, "hba1c", 0) >= 65) && !has_dm(rec, cx);

	if ((raised || sugar) && !record_is(rec, "guidance", "2") && !record_is(rec, "guidance", "3"))
		finding_warning(out, "guidance_recheck", "guidance", "%s", raised ?
			_("Raised pressure, hypertension not known: guidance 2, measure again, or 3, refer, is missing.") :
			_("Glucose as in diabetes, not known: guidance 2, measure again, or 3, refer, is missing."));
}

static void check_guidance(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	if (empty(rec, "evaluation"))
		return;
	check_recheck(rec, cx, out);
	if (chronic(rec, cx) && !record_is(rec, "guidance", "1"))
		finding_warning(out, "guidance_chronic", "guidance",
			_("A chronic patient: guidance 1, chronic-disease management, is missing."));
	if (record_num(rec, "bmi", 0) >= 2400 && !record_is(rec, "risk_control", "5"))
		finding_warning(out, "risk_weight", "risk_control", _("BMI %lld.%02lld: risk factor 5, lose weight, is missing."),
			(long long)(record_num(rec, "bmi", 0) / 100), (long long)(record_num(rec, "bmi", 0) % 100));
	if (record_is(rec, "smoking_status", "3") && !record_is(rec, "risk_control", "1"))
		finding_warning(out, "risk_smoking", "risk_control", _("Smokes: risk factor 1, stop smoking, is missing."));
	if (record_is(rec, "drinking_status", "4") && !record_is(rec, "risk_control", "2"))
		finding_warning(out, "risk_drinking", "risk_control",
			_("Drinks daily: risk factor 2, drink sensibly, is missing."));
}

static void check_stays(const struct record *rec, const char *list, struct findings *out)
{
	const struct value *v = record_get(rec, list);
	int32_t exam = record_day(rec, "date");
	char path[FORM_PATH];

	for (size_t i = 0; i < v->n_items; i++) {
		int32_t from = record_day(v->items[i], "from"), to = record_day(v->items[i], "to");

		if (from != NO_DAY && to != NO_DAY && to < from)
			finding_error(out, ERR_INCONSISTENT, form_item_path(list, i, "to", path), _("It ends before it begins."));
		else if (from != NO_DAY && exam != NO_DAY && from > exam)
			finding_error(out, ERR_INCONSISTENT, form_item_path(list, i, "from", path),
				_("It begins after the examination."));
	}
}

static void check_feedback(const struct record *rec, struct findings *out)
{
	form_not_before(rec, "feedback_date", NULL, record_day(rec, "date"), BEFORE_EXAM, out);
	if (!record_text(rec, "feedback_date"))
		return;
	form_still_missing(rec, "feedback_how", out);
	form_still_missing(rec, "feedback_to", out);
}

void exam_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	form_service_date(rec, "date", cx, out);
	check_pressures(rec, out);
	check_height(rec, cx, out);
	check_habits(rec, out);
	check_ages(rec, cx, out);
	check_teeth(rec, out);
	check_glucose(rec, out);
	check_sex(rec, cx, out);
	check_stays(rec, "stays", out);
	check_stays(rec, "home_beds", out);
	check_problems(rec, cx, out);
	check_evaluation(rec, cx, out);
	check_guidance(rec, cx, out);
	check_feedback(rec, out);
}
