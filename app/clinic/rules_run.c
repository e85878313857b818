/* The golden cases' door to each rule: arguments in, results out, nothing decided here. */
#include "app/clinic/rules_test.h"

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/base/sbuf.h"
#include "app/clinic/body.h"
#include "app/clinic/healthcode.h"
#include "app/clinic/idcard.h"
#include "app/clinic/rules_run.h"
#include "app/clinic/schedule.h"
#include "app/clinic/screening.h"
#include "app/clinic/states.h"

/* ---- reading arguments ----------------------------------------------------------------------------------------------- */

bool arg_fault(const struct pairs *in, const char *key, struct err *err)
{
	const char *v = pairs_get(in, key);

	if (!v)
		return err_set(err, ERR_FORMAT, _("The input lacks \"%s\"."), key);
	return err_set(err, ERR_FORMAT, _("The input's %s cannot be understood: \"%s\"."), key, v);
}

bool text_milli(const char *s, int64_t *out)
{
	int64_t v = 0;
	int places = 0;
	bool point = false, any = false, neg = *s == '-';

	for (s += neg; *s; s++) {
		if (*s == '.' && !point) {
			point = true;
			continue;
		}
		if (*s < '0' || *s > '9' || v > INT64_C(1000000000000) || (point && places == 3))
			return false;
		v = v * 10 + (*s - '0');
		places += point;
		any = true;
	}
	for (; places < 3; places++)
		v *= 10;
	*out = neg ? -v : v;
	return any;
}

static bool arg_milli(const struct pairs *in, const char *key, int64_t *out, struct err *err)
{
	const char *v = pairs_get(in, key);

	return (v && text_milli(v, out)) || arg_fault(in, key, err);
}

bool arg_int(const struct pairs *in, const char *key, int *out, struct err *err)
{
	int64_t milli;

	if (!arg_milli(in, key, &milli, err))
		return false;
	if (milli % 1000 || milli / 1000 > INT32_MAX || milli / 1000 < -INT32_MAX)
		return arg_fault(in, key, err);
	*out = (int)(milli / 1000);
	return true;
}

bool arg_day(const struct pairs *in, const char *key, int32_t *out, struct err *err)
{
	const char *v = pairs_get(in, key);
	struct date d;

	if (!v || date_parse(v, &d) != DATE_DAY)
		return arg_fault(in, key, err);
	*out = date_day_number(&d);
	return true;
}

bool arg_day_or_none(const struct pairs *in, const char *key, int32_t *out, struct err *err)
{
	*out = NO_DAY;
	return !*pairs_text(in, key) || arg_day(in, key, out, err);
}

bool arg_int_or(const struct pairs *in, const char *key, int otherwise, int *out, struct err *err)
{
	*out = otherwise;
	if (!*pairs_text(in, key))
		return true;
	if (!arg_int(in, key, out, err))
		return false;
	return (*out >= 0 && *out <= 1000000) || arg_fault(in, key, err);
}

bool arg_flag(const struct pairs *in, const char *key)
{
	return !strcmp(pairs_text(in, key), "1");
}

void out_day(struct pairs *out, const char *key, int32_t day)
{
	char iso[DATE_LEN];

	pairs_set(out, key, "%s", day == NO_DAY ? "" : date_iso(day, iso));
}

bool next_item(const char **list, char *item, size_t size)
{
	size_t n = strcspn(*list, ",");

	if (!**list)
		return false;
	snprintf(item, size, "%.*s", (int)n, *list);
	*list += n + ((*list)[n] == ',');
	return true;
}

/* ---- identity --------------------------------------------------------------------------------------------------------- */

static void out_warnings(struct pairs *out, unsigned warn)
{
	if (warn)
		pairs_set(out, "warn", "%s%s%s", warn & ID_WARN_REGION ? "region_unknown" : "",
			warn == (ID_WARN_REGION | ID_WARN_AGE) ? "," : "", warn & ID_WARN_AGE ? "age_over_120" : "");
}

static const char *id_argument(const struct pairs *in)
{
	const char *doc = pairs_get(in, "type");

	return doc ? doc : pairs_get(in, "doc");
}

static bool run_id_check(const struct pairs *in, struct pairs *out, struct err *err)
{
	struct id_check c;
	int32_t today;

	if (!pairs_get(in, "id"))
		return arg_fault(in, "id", err);
	if (!arg_day(in, "today", &today, err))
		return false;
	id_check(pairs_get(in, "id"), id_argument(in), today, &c);
	pairs_set(out, "result", "%s", id_result_name(c.result));
	if (c.reason != ID_FINE)
		pairs_set(out, "reason", "%s", id_reason_name(c.reason));
	if (c.result == ID_REJECT)
		return true;
	pairs_set(out, "type", "%s", id_type_name(c.type));
	pairs_set(out, "norm", "%s", c.norm);
	if (c.sex) {
		pairs_set(out, "sex", "%d", c.sex);
		pairs_set(out, "dob", "%s", c.dob);
	}
	if (*c.upgraded)
		pairs_set(out, "upgraded", "%s", c.upgraded);
	out_warnings(out, c.warn);
	return true;
}

static bool run_id_vs_declared(const struct pairs *in, struct pairs *out, struct err *err)
{
	struct id_check c;
	struct id_match m;
	int32_t today;

	if (!pairs_get(in, "id"))
		return arg_fault(in, "id", err);
	if (!arg_day_or_none(in, "today", &today, err))
		return false;
	id_check(pairs_get(in, "id"), NULL, today, &c);
	if (c.result == ID_REJECT)
		return arg_fault(in, "id", err);
	m = id_vs_declared(&c, pairs_get(in, "declared_sex"), pairs_get(in, "declared_dob"));
	pairs_set(out, "sex_match", "%d", m.sex);
	pairs_set(out, "dob_match", "%d", m.dob);
	pairs_set(out, "severity", "%s", m.sex && m.dob ? "none" : "warn");
	return true;
}

static bool run_id_mask(const struct pairs *in, struct pairs *out, struct err *err)
{
	char masked[128];

	if (!pairs_get(in, "id"))
		return arg_fault(in, "id", err);
	pairs_set(out, "masked", "%s", id_mask(pairs_get(in, "id"), masked, sizeof masked));
	return true;
}

static bool run_org_code(const struct pairs *in, struct pairs *out, struct err *err)
{
	char norm[ID_LEN];
	enum id_reason r;

	if (!pairs_get(in, "code"))
		return arg_fault(in, "code", err);
	r = org_code_check(pairs_get(in, "code"), norm);
	pairs_set(out, "result", "%s", r == ID_FINE ? "accept" : "reject");
	pairs_set(out, r == ID_FINE ? "norm" : "reason", "%s", r == ID_FINE ? norm : id_reason_name(r));
	return true;
}

static bool run_health_code(const struct pairs *in, struct pairs *out, struct err *err)
{
	struct health_code c;

	if (!pairs_get(in, "code"))
		return arg_fault(in, "code", err);
	if (!health_code_parse(pairs_get(in, "code"), &c)) {
		pairs_set(out, "result", "reject");
		pairs_set(out, "reason", "%s", health_code_reason_name(c.reason));
		return true;
	}
	pairs_set(out, "result", "accept");
	pairs_set(out, "county", "%s", c.county);
	pairs_set(out, "township", "%s", c.township);
	pairs_set(out, "village", "%s", c.village);
	pairs_set(out, "village_kind", "%s", village_kind_name(c.kind));
	pairs_set(out, "serial", "%s", c.serial);
	pairs_set(out, "short", "%s%s", c.village, c.serial);
	pairs_set(out, "brief", "%s", c.brief);
	if (c.kind == VILLAGE_UNKNOWN)
		pairs_set(out, "warn", "village_segment");
	return true;
}

/* ---- body and screening ------------------------------------------------------------------------------------------------ */

static bool run_bmi(const struct pairs *in, struct pairs *out, struct err *err)
{
	int64_t kg, cm;
	enum bmi_class c;
	int32_t v;

	if (!arg_milli(in, "weight_kg", &kg, err) || !arg_milli(in, "height_cm", &cm, err))
		return false;
	if (kg > BODY_MILLI_MAX || cm > BODY_MILLI_MAX || !bmi_class_of(kg, cm, &c))
		return arg_fault(in, kg > 0 && kg <= BODY_MILLI_MAX ? "height_cm" : "weight_kg", err);
	v = bmi_hundredths(kg, cm);
	pairs_set(out, "bmi", "%d.%02d", (int)(v / 100), (int)(v % 100));
	pairs_set(out, "category", "%s", bmi_class_name(c));
	return true;
}

static bool run_alcohol(const struct pairs *in, struct pairs *out, struct err *err)
{
	const struct drink *d = drink_by_key(pairs_text(in, "kind"));
	int64_t liang;

	if (!d)
		return arg_fault(in, "kind", err);
	if (!arg_milli(in, "liang", &liang, err))
		return false;
	if (liang < 0)
		return arg_fault(in, "liang", err);
	liang = alcohol_liang_tenths(d, liang);
	pairs_set(out, "liquor_liang", "%lld.%lld", (long long)(liang / 10), (long long)(liang % 10));
	return true;
}

enum { READINGS = 64 };

static bool run_bp_mean(const struct pairs *in, struct pairs *out, struct err *err)
{
	const char *list = pairs_text(in, "readings");
	struct bp r[READINGS], mean;
	char item[32];
	size_t n = 0;

	while (next_item(&list, item, sizeof item))
		if (n == READINGS || !bp_parse(item, &r[n++]))
			return arg_fault(in, "readings", err);
	if (!n)
		return arg_fault(in, "readings", err);
	mean = bp_mean(r, n);
	pairs_set(out, "sbp", "%d", mean.sbp);
	pairs_set(out, "dbp", "%d", mean.dbp);
	pairs_set(out, "third", "%d", n == 2 && bp_one_more(r, n, BP_APART));
	return true;
}

static bool dated_bp(const char *item, struct dated_bp *out)
{
	char date[DATE_LEN];
	const char *colon = strchr(item, ':');

	if (!colon || colon - item != DATE_LEN - 1)
		return false;
	snprintf(date, sizeof date, "%.*s", (int)(colon - item), item);
	out->day = date_day(date);
	return out->day != NO_DAY && bp_parse(colon + 1, &out->bp);
}

static bool run_htn_screen(const struct pairs *in, struct pairs *out, struct err *err)
{
	const char *list = pairs_text(in, "readings");
	struct dated_bp r[READINGS];
	struct htn_screen_result res;
	char item[32];
	size_t n = 0;

	while (next_item(&list, item, sizeof item))
		if (n == READINGS || !dated_bp(item, &r[n++]))
			return arg_fault(in, "readings", err);
	res = htn_screen(r, n);
	pairs_set(out, "result", "%s", htn_screen_name(res.result));
	pairs_set(out, "distinct_days", "%d", res.distinct_days);
	if (res.result == HTN_SUSPECTED) {
		pairs_set(out, "action", "refer_to_confirm");
		out_day(out, "check_by", res.check_by);
	}
	return true;
}

static bool any_flag(const struct pairs *in, const char *const *keys)
{
	for (; *keys; keys++)
		if (arg_flag(in, *keys))
			return true;
	return false;
}

static bool milli_or_zero(const struct pairs *in, const char *key, int64_t *out, struct err *err)
{
	*out = 0;
	return !*pairs_text(in, key) || arg_milli(in, key, out, err);
}

static bool read_risk(const struct pairs *in, struct htn_risk_input *r, struct err *err)
{
	int64_t ml, alcohol;

	*r = (struct htn_risk_input){ 0 };
	if (!arg_int_or(in, "age", 0, &r->age, err) || !arg_int_or(in, "sex", 0, &r->sex, err) ||
		!arg_int_or(in, "sbp", 0, &r->bp.sbp, err) || !arg_int_or(in, "dbp", 0, &r->bp.dbp, err) ||
		!milli_or_zero(in, "bmi", &r->bmi_milli, err) || !milli_or_zero(in, "waist", &r->waist_milli, err) ||
		!milli_or_zero(in, "liquor_ml", &ml, err) || !milli_or_zero(in, "alcohol_ml", &alcohol, err))
		return false;
	r->family_history = any_flag(in, (const char *const[]){ "family", "family_history", NULL });
	r->salty_diet = any_flag(in, (const char *const[]){ "salt", "salty", "salty_diet", "high_salt", NULL });
	r->liquor_ml = (ml > alcohol ? ml : alcohol) / 1000;
	if (any_flag(in, (const char *const[]){ "heavy_drinking", "drinking", NULL }))
		r->liquor_ml = 100;
	return true;
}

static bool run_htn_high_risk(const struct pairs *in, struct pairs *out, struct err *err)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	struct htn_risk_input r;
	unsigned f;

	if (!read_risk(in, &r, err))
		return false;
	f = htn_high_risk(&r);
	for (size_t i = 0; i < htn_factor_count; i++)
		if (f & (unsigned)htn_factor_names[i].factor)
			sbuf_addf(&b, "%s%s", b.len ? "," : "", htn_factor_names[i].key);
	pairs_set(out, "high_risk", "%d", f != 0);
	pairs_set(out, "factors", "%s", b.s);
	return true;
}

/* ---- dates --------------------------------------------------------------------------------------------------------------- */

static bool run_add_months(const struct pairs *in, struct pairs *out, struct err *err)
{
	int32_t day;
	int months;

	if (!arg_day(in, "date", &day, err) || !arg_int(in, "months", &months, err))
		return false;
	if (abs(months) > 2400)
		return arg_fault(in, "months", err);
	out_day(out, "date", date_add_months(day, months));
	return true;
}

static bool run_add_days(const struct pairs *in, struct pairs *out, struct err *err)
{
	int32_t day;
	int days;

	if (!arg_day(in, "date", &day, err) || !arg_int(in, "days", &days, err))
		return false;
	if (abs(days) > 73000)
		return arg_fault(in, "days", err);
	out_day(out, "date", day + days);
	return true;
}

static bool run_overdue(const struct pairs *in, struct pairs *out, struct err *err)
{
	int32_t due, today, over;

	if (!arg_day(in, "next_due", &due, err) || !arg_day(in, "today", &today, err))
		return false;
	over = schedule_overdue_days(due, today);
	pairs_set(out, "overdue", "%d", over > 0);
	pairs_set(out, "days", "%d", (int)over);
	return true;
}

static bool run_who65(const struct pairs *in, struct pairs *out, struct err *err)
{
	struct date d;
	int year;

	if (date_parse(pairs_text(in, "dob"), &d) == DATE_INVALID)
		return arg_fault(in, "dob", err);
	if (!arg_int(in, "year", &year, err))
		return false;
	pairs_set(out, "counts", "%d", schedule_is_65(pairs_text(in, "dob"), year));
	return true;
}

static bool run_followup_date(const struct pairs *in, struct pairs *out, struct err *err)
{
	struct followup_days d;
	enum followup_date r;

	if (!arg_day(in, "visit", &d.visit, err) || !arg_day_or_none(in, "today", &d.today, err) ||
		!arg_day_or_none(in, "dob", &d.born, err) || !arg_day_or_none(in, "died", &d.died, err) ||
		!arg_day_or_none(in, "enrol", &d.enrolled, err))
		return false;
	r = schedule_followup_date(&d);
	pairs_set(out, "result", "%s", r == FOLLOWUP_DATE_FINE || r == FOLLOWUP_DATE_BEFORE_ENROLMENT ? "accept" : "reject");
	if (r == FOLLOWUP_DATE_BEFORE_ENROLMENT)
		pairs_set(out, "warn", "%s", followup_date_name(r));
	else if (r != FOLLOWUP_DATE_FINE)
		pairs_set(out, "reason", "%s", followup_date_name(r));
	return true;
}

/* ---- contracts and referrals ---------------------------------------------------------------------------------------------- */

static bool run_contract_end(const struct pairs *in, struct pairs *out, struct err *err)
{
	int32_t start, end;
	int years;

	if (!arg_day(in, "start", &start, err) || !arg_int(in, "years", &years, err))
		return false;
	end = contract_end(start, years);
	pairs_set(out, "result", "%s", end == NO_DAY ? "reject" : "accept");
	if (end == NO_DAY)
		pairs_set(out, "reason", "years");
	else
		out_day(out, "end", end);
	return true;
}

static bool run_contract_state(const struct pairs *in, struct pairs *out, struct err *err)
{
	enum contract_state s = contract_state_by_name(pairs_text(in, "status"));
	const char *event = pairs_text(in, "event");
	int32_t end, today;
	int window;

	if (s == CONTRACT_NONE)
		return arg_fault(in, "status", err);
	if (!arg_day_or_none(in, "end", &end, err) || !arg_day_or_none(in, "today", &today, err) ||
		!arg_int_or(in, "window", CONTRACT_RENEWAL_DAYS, &window, err))
		return false;
	if (today != NO_DAY)
		s = contract_state_on(s, end, today);
	if (*event)
		s = contract_step(s, event);
	pairs_set(out, "status", "%s", s == CONTRACT_NONE ? "ERROR" : contract_states[s].name);
	pairs_set(out, "renewal_due", "%d", today != NO_DAY && contract_renewal_due(s, end, today, window));
	if (s != CONTRACT_NONE && !strcmp(event, "resident_died"))
		pairs_set(out, "reason", "death");
	return true;
}

static bool run_contract_new(const struct pairs *in, struct pairs *out, struct err *err)
{
	int32_t end, start;
	bool may;

	if (!arg_day_or_none(in, "active_end", &end, err) || !arg_day_or_none(in, "start", &start, err))
		return false;
	may = contract_may_start(arg_flag(in, "resident_has_active"), end, start);
	pairs_set(out, "result", "%s", may ? "accept" : "reject");
	if (!may)
		pairs_set(out, "reason", "already_contracted");
	return true;
}

static bool run_referral_step(const struct pairs *in, struct pairs *out, struct err *err)
{
	enum referral_state s = referral_state_by_name(pairs_text(in, "status"));

	if (s == REFERRAL_NONE)
		return arg_fault(in, "status", err);
	s = referral_step(s, pairs_text(in, "event"));
	pairs_set(out, "status", "%s", s == REFERRAL_NONE ? "ERROR" : referral_states[s].name);
	if (s != REFERRAL_NONE)
		pairs_set(out, "task", "%s", referral_states[s].fhir);
	return true;
}

const struct rule_function rule_functions[] = {
	{ "id_check", run_id_check },
	{ "id_vs_declared", run_id_vs_declared },
	{ "id_mask", run_id_mask },
	{ "org_code", run_org_code },
	{ "health_code", run_health_code },
	{ "bmi", run_bmi },
	{ "alcohol_liang", run_alcohol },
	{ "bp_mean", run_bp_mean },
	{ "htn_screen", run_htn_screen },
	{ "htn_high_risk", run_htn_high_risk },
	{ "add_months", run_add_months },
	{ "add_days", run_add_days },
	{ "overdue", run_overdue },
	{ "next_due", run_next_due },
	{ "who65", run_who65 },
	{ "followup_date", run_followup_date },
	{ "percent", run_percent },
	{ "regular_managed", run_regular_managed },
	{ "last_control", run_last_control },
	{ "contract_end", run_contract_end },
	{ "contract_state", run_contract_state },
	{ "contract_new", run_contract_new },
	{ "referral_step", run_referral_step },
	{ "report_deadline", run_report_deadline },
	{ "notifiable", run_notifiable },
	{ "drug_allergy", run_drug_allergy },
	{ "drug_usual", run_drug_usual },
};
const size_t rule_function_count = N_ELEMENTS(rule_functions);
