#include "app/clinic/states.h"

struct step {
	int from;
	const char *event;
	int to;
};

static int step(const struct step *steps, size_t n, int from, const char *event)
{
	for (size_t i = 0; i < n; i++)
		if (steps[i].from == from && !strcmp(steps[i].event, event))
			return steps[i].to;
	return 0;
}

static int state_by_name(const struct state_name *states, int n, const char *name)
{
	for (int i = 1; i < n; i++)
		if (!strcmp(states[i].name, name))
			return i;
	return 0;
}

/* ---- contracts ------------------------------------------------------------------------------------------------ */

const struct state_name contract_states[CONTRACT_STATE_COUNT] = {
	[CONTRACT_NONE] = { .name = "" },
	[CONTRACT_DRAFT] = { "draft", { "草稿", "Draft" }, "negotiable", false, false },
	[CONTRACT_PENDING] = { "pending", { "待签", "Waiting for signature" }, "executable", false, false },
	[CONTRACT_ACTIVE] = { "active", { "已签约", "Active" }, "executed", false, false },
	[CONTRACT_TERMINATING] = { "terminating", { "解约中", "Ending asked" }, "executed", false, true },
	[CONTRACT_TERMINATED] = { "terminated", { "已解约", "Terminated" }, "terminated", true, true },
	[CONTRACT_EXPIRED] = { "expired", { "已到期", "Expired" }, "executed", true, false },
	[CONTRACT_RENEWED] = { "renewed", { "已续签", "Renewed" }, "renewed", true, false },
	[CONTRACT_TRANSFERRED] = { "transferred", { "已转签", "Transferred" }, "terminated", true, false },
	[CONTRACT_REJECTED] = { "rejected", { "已拒签", "Rejected" }, "rejected", true, true },
	[CONTRACT_WITHDRAWN] = { "withdrawn", { "已撤回", "Withdrawn" }, "cancelled", true, false },
	[CONTRACT_CANCELLED] = { "cancelled", { "已取消", "Cancelled" }, "cancelled", true, false },
};

static const struct step contract_steps[] = {
	{ CONTRACT_DRAFT, "submit", CONTRACT_PENDING },
	{ CONTRACT_DRAFT, "cancel", CONTRACT_CANCELLED },
	{ CONTRACT_DRAFT, "resident_died", CONTRACT_CANCELLED },
	{ CONTRACT_PENDING, "sign", CONTRACT_ACTIVE },
	{ CONTRACT_PENDING, "accept", CONTRACT_ACTIVE },
	{ CONTRACT_PENDING, "reject", CONTRACT_REJECTED },
	{ CONTRACT_PENDING, "withdraw", CONTRACT_WITHDRAWN },
	{ CONTRACT_PENDING, "resident_died", CONTRACT_WITHDRAWN },
	{ CONTRACT_ACTIVE, "ask_termination", CONTRACT_TERMINATING },
	{ CONTRACT_ACTIVE, "terminate", CONTRACT_TERMINATED },
	{ CONTRACT_ACTIVE, "resident_died", CONTRACT_TERMINATED },
	{ CONTRACT_ACTIVE, "expire", CONTRACT_EXPIRED },
	{ CONTRACT_ACTIVE, "renew", CONTRACT_RENEWED },
	{ CONTRACT_ACTIVE, "transfer", CONTRACT_TRANSFERRED },
	{ CONTRACT_TERMINATING, "terminate", CONTRACT_TERMINATED },
	{ CONTRACT_TERMINATING, "resident_died", CONTRACT_TERMINATED },
	{ CONTRACT_TERMINATING, "keep", CONTRACT_ACTIVE },
};

enum contract_state contract_state_by_name(const char *name)
{
	return (enum contract_state)state_by_name(contract_states, CONTRACT_STATE_COUNT, name);
}

int32_t contract_end(int32_t start, int years)
{
	if (start == NO_DAY || years < 1 || years > CONTRACT_MAX_YEARS)
		return NO_DAY;
	return date_add_months(start, years * 12) - 1;
}

enum contract_state contract_state_on(enum contract_state stored, int32_t end, int32_t today)
{
	if (end == NO_DAY || today <= end)
		return stored;
	return stored == CONTRACT_ACTIVE || stored == CONTRACT_TERMINATING ? CONTRACT_EXPIRED : stored;
}

bool contract_renewal_due(enum contract_state stored, int32_t end, int32_t today, int window)
{
	return stored == CONTRACT_ACTIVE && end != NO_DAY && today <= end && today >= end - window;
}

enum contract_state contract_step(enum contract_state from, const char *event)
{
	return (enum contract_state)step(contract_steps, N_ELEMENTS(contract_steps), (int)from, event);
}

bool contract_may_become(enum contract_state from, enum contract_state to)
{
	for (size_t i = 0; i < N_ELEMENTS(contract_steps); i++)
		if (contract_steps[i].from == (int)from && contract_steps[i].to == (int)to)
			return true;
	return false;
}

bool contract_may_start(bool has_active, int32_t active_end, int32_t start)
{
	if (!has_active)
		return true;
	return active_end != NO_DAY && start != NO_DAY && start > active_end;
}

/* ---- referrals ------------------------------------------------------------------------------------------------ */

const struct state_name referral_states[REFERRAL_STATE_COUNT] = {
	[REFERRAL_NONE] = { .name = "" },
	[REFERRAL_DRAFT] = { "draft", { "草稿", "Draft" }, "draft", false, false },
	[REFERRAL_REQUESTED] = { "requested", { "已申请", "Requested" }, "requested", false, false },
	[REFERRAL_ACCEPTED] = { "accepted", { "已接受", "Accepted" }, "accepted", false, false },
	[REFERRAL_IN_PROGRESS] = { "in_progress", { "已接诊", "In progress" }, "in-progress", false, false },
	[REFERRAL_RETURNED] = { "returned", { "已回转", "Returned" }, "completed", true, false },
	[REFERRAL_CLOSED] = { "closed", { "已结束", "Closed" }, "completed", true, false },
	[REFERRAL_REJECTED] = { "rejected", { "已拒绝", "Rejected" }, "rejected", true, true },
	[REFERRAL_EXPIRED] = { "expired", { "已过期", "Expired" }, "failed", true, true },
	[REFERRAL_CANCELLED] = { "cancelled", { "已取消", "Cancelled" }, "cancelled", true, true },
};

static const struct step referral_steps[] = {
	{ REFERRAL_DRAFT, "submit", REFERRAL_REQUESTED },
	{ REFERRAL_DRAFT, "cancel", REFERRAL_CANCELLED },
	{ REFERRAL_REQUESTED, "accept", REFERRAL_ACCEPTED },
	{ REFERRAL_REQUESTED, "reject", REFERRAL_REJECTED },
	{ REFERRAL_REQUESTED, "timeout", REFERRAL_EXPIRED },
	{ REFERRAL_REQUESTED, "cancel", REFERRAL_CANCELLED },
	{ REFERRAL_ACCEPTED, "arrive", REFERRAL_IN_PROGRESS },
	{ REFERRAL_ACCEPTED, "cancel", REFERRAL_CANCELLED },
	{ REFERRAL_ACCEPTED, "timeout", REFERRAL_EXPIRED }, /* did not come */
	{ REFERRAL_IN_PROGRESS, "send_back", REFERRAL_RETURNED },
	{ REFERRAL_IN_PROGRESS, "end", REFERRAL_CLOSED },
};

enum referral_state referral_state_by_name(const char *name)
{
	return (enum referral_state)state_by_name(referral_states, REFERRAL_STATE_COUNT, name);
}

enum referral_state referral_step(enum referral_state from, const char *event)
{
	return (enum referral_state)step(referral_steps, N_ELEMENTS(referral_steps), (int)from, event);
}

/* The graph has no cycle, so the search ends. */
bool referral_can_reach(enum referral_state from, enum referral_state to)
{
	if (from == to)
		return true;
	for (size_t i = 0; i < N_ELEMENTS(referral_steps); i++)
		if (referral_steps[i].from == (int)from &&
			referral_can_reach((enum referral_state)referral_steps[i].to, to))
			return true;
	return false;
}

bool referral_is_open(enum referral_state s)
{
	return s == REFERRAL_REQUESTED || s == REFERRAL_ACCEPTED || s == REFERRAL_IN_PROGRESS;
}

bool referral_counts(enum referral_state s)
{
	return s == REFERRAL_ACCEPTED || s == REFERRAL_IN_PROGRESS || s == REFERRAL_RETURNED ||
		s == REFERRAL_CLOSED;
}
