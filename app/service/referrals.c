/* Referrals: their states, and the check within two weeks that every upward one leaves. */
#include "app/base/date.h"
#include "app/clinic/schedule.h"
#include "app/clinic/states.h"
#include "app/service/use_case.h"

static bool complete(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	(void)app;
	(void)old;
	(void)cx;
	(void)err;
	if (value_is_empty(record_get(rec, "status")))
		record_set_text(rec, "status", "requested");
	if (record_is(rec, "direction", "up") && value_is_empty(record_get(rec, "check_by")) &&
		record_day(rec, "date") != NO_DAY)
		record_set_day(rec, "check_by", record_day(rec, "date") + SCHEDULE_RECHECK_DAYS);
	return true;
}

static bool check_state(const struct record *rec, const struct record *old, struct findings *fs)
{
	const char *to = record_text(rec, "status"), *from = old ? record_text(old, "status") : NULL;
	enum referral_state t = referral_state_by_name(to ? to : ""), f = referral_state_by_name(from ? from : "");

	if (!old && t != REFERRAL_DRAFT && t != REFERRAL_REQUESTED)
		finding_error(fs, ERR_WRONG_STATE, "status", _("A new referral is a draft or requested."));
	else if (old && t != f && !referral_can_reach(f, t))
		finding_error(fs, ERR_WRONG_STATE, "status", _("A referral that is \"%s\" cannot become \"%s\"."),
			term_text(&referral_states[f].term), term_text(&referral_states[t].term));
	else if (old && t != f && referral_states[t].reason && value_is_empty(record_get(rec, "status_reason")))
		finding_error(fs, ERR_REQUIRED, "status_reason", _("Why? Give the reason."));
	return true;
}

static bool check(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	(void)app;
	(void)cx;
	(void)err;
	return check_state(rec, old, fs);
}

const struct use_case referral_use_case = { .kind = KIND_REFERRAL, .complete = complete, .check = check };
