/* Facts that follow-ups of all diseases share. */
#include "app/programmes/followup.h"

const char *const followup_reading_keys[FOLLOWUP_READINGS][2] = {
	{ "sbp", "dbp" },
	{ "sbp2", "dbp2" },
	{ "sbp3", "dbp3" },
};

bool cx_told(const struct visit_ctx *cx)
{
	return cx_flag(cx, "relative") || cx_flag(cx, "phone");
}

/* What is typed is reckoned with before it is checked: no pressure of this world is 0, that is none. */
static int pressure(int64_t v)
{
	return v > 0 && v < 1000 ? (int)v : 0;
}

bool cx_bp(const struct visit_ctx *cx, struct bp *out)
{
	struct bp readings[FOLLOWUP_READINGS] = { { 0, 0 } };
	int64_t v;

	if (cx_told(cx))
		return false;
	for (size_t i = 0; i < FOLLOWUP_READINGS; i++) {
		if (cx_number(cx, followup_reading_keys[i][0], &v))
			readings[i].sbp = pressure(v);
		if (cx_number(cx, followup_reading_keys[i][1], &v))
			readings[i].dbp = pressure(v);
	}
	*out = bp_mean(readings, FOLLOWUP_READINGS);
	return bp_complete(out);
}

bool fact_not_measured(const struct visit_ctx *cx)
{
	return !cx_fact(cx, "measured");
}

bool fact_uncontrolled(const struct visit_ctx *cx)
{
	return cx_fact(cx, "measured") && !cx_fact(cx, "controlled");
}

bool fact_uncontrolled_first(const struct visit_ctx *cx)
{
	return fact_uncontrolled(cx) && !cx->prev_unc;
}

bool fact_uncontrolled_twice(const struct visit_ctx *cx)
{
	return fact_uncontrolled(cx) && cx->prev_unc;
}

bool fact_adr(const struct visit_ctx *cx)
{
	int64_t code;

	return cx_number(cx, "adr", &code) && code >= 2;
}

bool fact_adr_first(const struct visit_ctx *cx)
{
	return fact_adr(cx) && !cx->prev_adr;
}

bool fact_adr_twice(const struct visit_ctx *cx)
{
	return fact_adr(cx) && cx->prev_adr;
}

bool fact_comp(const struct visit_ctx *cx)
{
	return cx_flag(cx, "comp");
}

bool fact_danger_sign(const struct visit_ctx *cx)
{
	return cx_flag(cx, "danger");
}

bool fact_other_disease(const struct visit_ctx *cx)
{
	return cx_flag(cx, "other");
}

bool fact_very_high_sbp(const struct visit_ctx *cx)
{
	struct bp bp;

	return cx_bp(cx, &bp) && bp.sbp >= 180;
}

bool fact_very_high_dbp(const struct visit_ctx *cx)
{
	struct bp bp;

	return cx_bp(cx, &bp) && bp.dbp >= 110;
}

bool fact_emergency(const struct visit_ctx *cx)
{
	for (const char *const *e = cx->programme->emergencies; e && *e; e++)
		if (cx_fact(cx, *e))
			return true;
	return false;
}

bool fact_open_referral(const struct visit_ctx *cx)
{
	return cx->open_referral;
}
