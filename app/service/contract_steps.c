#include "app/service/contract_steps.h"

#include "app/base/date.h"
#include "app/clinic/forms/forms.h"
#include "app/clinic/states.h"
#include "app/service/contract_plan.h"
#include "app/service/packages.h"

const struct contract_event contract_events[] = {
	{ "submit", { "送签", "Submit for signature" }, false, false },
	{ "sign", { "签约", "Sign" }, false, false },
	{ "reject", { "拒签", "Refuse to sign" }, true, false },
	{ "withdraw", { "撤回", "Withdraw" }, false, false },
	{ "cancel", { "取消草稿", "Cancel the draft" }, false, false },
	{ "ask_termination", { "申请解约", "Ask to end it" }, true, true },
	{ "keep", { "不解约了", "Keep it after all" }, false, false },
	{ "terminate", { "解约", "End it" }, true, true },
};
const size_t contract_event_count = N_ELEMENTS(contract_events);

const struct contract_event *contract_event_of(const char *name)
{
	for (size_t i = 0; i < contract_event_count; i++)
		if (!strcmp(contract_events[i].name, name))
			return &contract_events[i];
	return NULL;
}

static enum contract_state state_today(struct app *app, const struct record *rec)
{
	const char *status = record_text(rec, "status");

	return contract_state_on(contract_state_by_name(status ? status : ""), record_day(rec, "end"), app_today(app));
}

size_t contract_events_for(struct app *app, const struct record *contract, const struct contract_event **out)
{
	enum contract_state now = state_today(app, contract);
	size_t n = 0;

	for (size_t i = 0; i < contract_event_count; i++)
		if (contract_step(now, contract_events[i].name) != CONTRACT_NONE)
			out[n++] = &contract_events[i];
	return n;
}

/* ---- one step -------------------------------------------------------------------------------------------------------------- */

static bool need(const struct contract_event *e, const struct contract_act *act, const struct record *rec, struct err *err)
{
	/* What was asked for with its reason needs no second one. */
	bool said = !strcmp(e->name, "terminate") && record_is(rec, "status", "terminating");

	if (e->side && !said && act->side == ENDED_BY_NOBODY) {
		err_set(err, ERR_REQUIRED, _("Who gives the contract up, the resident or the team?"));
		err_at(err, "by");
		return err_example(err, "resident");
	}
	if (!e->reason || said || (act->reason && *act->reason))
		return true;
	err_set(err, ERR_REQUIRED, _("Why? Give the reason."));
	return err_at(err, "status_reason");
}

static void note_reason(struct record *rec, const struct contract_act *act)
{
	if (!act->reason || !*act->reason)
		return;
	record_set_text(rec, "status_reason", act->reason);
	if (act->side != ENDED_BY_NOBODY)
		record_set_text(rec, act->side == ENDED_BY_RESIDENT ? "resident_reason" : "doctor_reason", act->reason);
}

static void take(struct app *app, struct record *rec, const struct contract_act *act, enum contract_state to)
{
	int32_t day = act->day == NO_DAY ? app_today(app) : act->day;

	note_reason(rec, act);
	record_set_text(rec, "status", contract_states[to].name);
	if (to == CONTRACT_TERMINATED)
		record_set_day(rec, "ended_on", day);
	if (to == CONTRACT_ACTIVE && !strcmp(act->event, "sign"))
		record_set_day(rec, "signed_on", day);
	if (!strcmp(act->event, "keep")) { /* asked back: the history keeps what was said */
		record_clear(rec, "status_reason");
		record_clear(rec, "resident_reason");
		record_clear(rec, "doctor_reason");
	}
}

const char *contract_unsigned(const struct record *contract, struct sbuf *words)
{
	static const char *const keys[] = { "signed_by", "sign_method" };
	const char *first = NULL;

	for (size_t i = 0; i < N_ELEMENTS(keys); i++) {
		if (record_text(contract, keys[i]))
			continue;
		if (words)
			sbuf_addf(words, "%s%s", first ? ", " : "", field_label(form_field(contract->form, keys[i])));
		if (!first)
			first = keys[i];
	}
	return first;
}

/* Who signed all of them in one go signed for the small children, too. */
static bool sign_for_child(struct app *app, struct record *contract, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *who;

	if (!record_load(app, KIND_RESIDENT, record_text(contract, "resident"), &mem, &who, err))
		return false;
	if (contract_needs_guardian(contract, who))
		record_set_text(contract, "signed_by", "1");
	return true;
}

/* Nobody has signed before the sheet says who did and how. */
static bool may_sign(struct record *rec, const struct contract_act *act, struct err *err)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	const char *first;

	if (act->signed_by)
		record_set_text(rec, "signed_by", act->signed_by);
	if (act->sign_method)
		record_set_text(rec, "sign_method", act->sign_method);
	first = contract_unsigned(rec, &words);
	if (!first)
		return true;
	err_set(err, ERR_REQUIRED, _("It cannot be signed yet. Still missing: %s."), words.s);
	err_at(err, first);
	return err_example(err, "1");
}

static bool no_step(enum contract_state now, const struct contract_event *e, struct err *err)
{
	return err_set(err, ERR_WRONG_STATE, _("A contract that is \"%s\" does not take this step: %s."),
		term_text(&contract_states[now].term), term_text(&e->term));
}

bool contract_act(struct app *app, const char *id, const struct contract_act *act, struct arena *mem,
	struct save_result *result, struct err *err)
{
	/* what the rest of the sheet lacks is no reason to keep it as it is */
	const struct save_options o = { .confirm_all = true, .reason = act->reason };
	const struct contract_event *e = contract_event_of(act->event);
	enum contract_state now, to;
	struct record *rec;

	records_result(result, mem);
	if (!e)
		return err_set(err, ERR_UNKNOWN_COMMAND, _("There is no such step of a contract: %s."), act->event);
	if (!record_load(app, KIND_CONTRACT, id, mem, &rec, err))
		return false;
	now = state_today(app, rec);
	to = contract_step(now, e->name);
	if (to == CONTRACT_NONE)
		return no_step(now, e, err);
	if (!need(e, act, rec, err) || (!strcmp(e->name, "sign") && !may_sign(rec, act, err)))
		return false;
	take(app, rec, act, to);
	if (act->guardian && !sign_for_child(app, rec, err)) /* his age is that of the day which it is signed on */
		return false;
	return records_save(app, kind_by_id(KIND_CONTRACT), rec, &o, mem, result, err);
}

/* ---- the next contract ---------------------------------------------------------------------------------------------------- */

static bool next_of(struct app *app, const char *id, struct arena *mem, struct record **old, struct record **next,
	struct err *err)
{
	if (!record_load(app, KIND_CONTRACT, id, mem, old, err))
		return false;
	return records_new(app, kind_by_id(KIND_CONTRACT), NULL, record_text(*old, "resident"), mem, next, err);
}

bool contract_take_terms(struct app *app, struct record *contract, const struct contract_terms *terms, struct err *err)
{
	if (terms->years)
		record_set_num(contract, "years", terms->years);
	if (terms->signed_by)
		record_set_text(contract, "signed_by", terms->signed_by);
	if (terms->sign_method)
		record_set_text(contract, "sign_method", terms->sign_method);
	if (terms->pending) {
		record_set_text(contract, "status", "pending");
		record_clear(contract, "signed_on");
	} else {
		record_set_day(contract, "signed_on", app_today(app));
	}
	return !terms->guardian || sign_for_child(app, contract, err);
}

bool contract_renew(struct app *app, const char *id, const struct contract_terms *terms, const struct save_options *o,
	struct arena *mem, struct save_result *result, struct err *err)
{
	struct record *old, *next;
	struct packages all;
	enum contract_state now;

	records_result(result, mem);
	if (!next_of(app, id, mem, &old, &next, err))
		return false;
	now = state_today(app, old);
	if (now != CONTRACT_ACTIVE && now != CONTRACT_EXPIRED)
		return err_set(err, ERR_WRONG_STATE, _("A contract that is \"%s\" cannot be renewed."),
			term_text(&contract_states[now].term));
	contract_renewal(app, next, old);
	if (!contract_take_terms(app, next, terms, err) || !packages_read(app, record_day(next, "start"), mem, &all, err))
		return false;
	packages_charge(&all, next);
	return records_save(app, kind_by_id(KIND_CONTRACT), next, o, mem, result, err);
}

static bool may_hand_over(struct app *app, const struct record *old, const struct contract_transfer *to, struct err *err)
{
	enum contract_state now = state_today(app, old);

	if (contract_step(now, "transfer") == CONTRACT_NONE)
		return err_set(err, ERR_WRONG_STATE, _("A contract that is \"%s\" cannot be handed over."),
			term_text(&contract_states[now].term));
	if (!to->team || !record_row(app, KIND_TEAM, to->team)) {
		err_set(err, ERR_REQUIRED, _("To which team?"));
		return err_at(err, "team");
	}
	if (record_is(old, "team", to->team) || (record_text(old, "team") && !strcmp(record_text(old, "team"), to->team))) {
		err_set(err, ERR_INCONSISTENT, _("The resident is with this team already."));
		return err_at(err, "team");
	}
	return true;
}

bool contract_transfer(struct app *app, const char *id, const struct contract_transfer *to, struct arena *mem,
	struct save_result *result, struct err *err)
{
	const struct save_options o = { .confirm_all = true, .reason = to->reason };
	struct record *old, *next;

	records_result(result, mem);
	if (!next_of(app, id, mem, &old, &next, err) || !may_hand_over(app, old, to, err))
		return false;
	contract_handover(app, next, old);
	record_set_text(next, "team", to->team);
	record_set_text(next, "doctor", to->doctor);
	if (to->day != NO_DAY)
		record_set_day(next, "start", to->day);
	return records_save(app, kind_by_id(KIND_CONTRACT), next, &o, mem, result, err);
}
