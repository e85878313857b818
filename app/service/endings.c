#include "app/service/endings.h"

#include "app/clinic/states.h"
#include "app/service/records.h"

static bool need_reason(const char *reason, struct err *err)
{
	if (reason && *reason)
		return true;
	err_set(err, ERR_REQUIRED, _("Why? Give the reason."));
	return err_at(err, "status_reason");
}

static bool save_ended(struct app *app, enum kind_id kind, struct record *rec, const char *reason, struct arena *mem,
	struct err *err)
{
	/* what the rest of the sheet lacks is no reason to keep it alive */
	const struct save_options o = { .confirm_all = true, .reason = reason };
	struct save_result result;

	return records_save(app, kind_by_id(kind), rec, &o, mem, &result, err);
}

bool referral_cancel(struct app *app, const char *id, const char *reason, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;
	const char *status;
	enum referral_state to;

	if (!need_reason(reason, err) || !record_load(app, KIND_REFERRAL, id, &mem, &rec, err))
		return false;
	status = record_text(rec, "status");
	to = referral_step(referral_state_by_name(status ? status : ""), "cancel");
	if (to == REFERRAL_NONE)
		return err_set(err, ERR_WRONG_STATE, _("The hospital has taken it up; it cannot be cancelled here any more."));
	record_set_text(rec, "status", referral_states[to].name);
	record_set_text(rec, "status_reason", reason);
	return save_ended(app, KIND_REFERRAL, rec, reason, &mem, err);
}
