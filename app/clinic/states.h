/* What a contract and a referral may do next.  Each state machine is a table of (state, event, state); what is not in it
 * is not allowed. */
#ifndef CUNYI_STATES_H
#define CUNYI_STATES_H

#include "app/base/date.h"
#include "app/base/err.h"
#include "app/base/i18n.h"

/* ---- contracts ------------------------------------------------------------------------------------------------ */

enum contract_state {
	CONTRACT_NONE, /* no such state */
	CONTRACT_DRAFT,
	CONTRACT_PENDING,     /* waits for the other party */
	CONTRACT_ACTIVE,
	CONTRACT_TERMINATING, /* one party asked to end it */
	CONTRACT_TERMINATED,
	CONTRACT_EXPIRED,     /* derived the day after its end */
	CONTRACT_RENEWED,
	CONTRACT_TRANSFERRED,
	CONTRACT_REJECTED,
	CONTRACT_WITHDRAWN,
	CONTRACT_CANCELLED,
	CONTRACT_STATE_COUNT
};

struct state_name {
	const char *name; /* "active": stored, in --json, never changed */
	struct term term;
	const char *fhir; /* Contract.status or Task.status */
	bool final;       /* no event leads on */
	bool reason;      /* may not be entered without one */
};
extern const struct state_name contract_states[CONTRACT_STATE_COUNT];

enum contract_state contract_state_by_name(const char *name); /* CONTRACT_NONE when there is none */

/* Renewal opens this many days before the end, unless a setting says otherwise. */
enum { CONTRACT_RENEWAL_DAYS = 30, CONTRACT_MAX_YEARS = 3 };

/* Last day of a contract: start + years - 1 day, both inclusive.  NO_DAY unless years is 1 to 3. */
int32_t contract_end(int32_t start, int years);

/* The state on a day: an active (or terminating) contract whose end lies before today is expired.  end may be NO_DAY. */
enum contract_state contract_state_on(enum contract_state stored, int32_t end, int32_t today);

/* Is it time to renew?  Active, and today within the last `window` days. */
bool contract_renewal_due(enum contract_state stored, int32_t end, int32_t today, int window);

/* Events: submit cancel sign accept reject withdraw ask_termination keep terminate resident_died renew transfer expire.
 * CONTRACT_NONE when the state does not take the event. */
enum contract_state contract_step(enum contract_state from, const char *event);
/* Does some event lead from the one to the other? */
bool contract_may_become(enum contract_state from, enum contract_state to);

/* May a new contract start?  A resident holds one at a time: until the active one has ended (active_end, NO_DAY when
 * there is none) a new one with any team is refused; a renewal starts the day after. */
bool contract_may_start(bool has_active, int32_t active_end, int32_t start);

/* ---- referrals ------------------------------------------------------------------------------------------------ */

enum referral_state {
	REFERRAL_NONE,
	REFERRAL_DRAFT,
	REFERRAL_REQUESTED,
	REFERRAL_ACCEPTED,
	REFERRAL_IN_PROGRESS,
	REFERRAL_RETURNED,
	REFERRAL_CLOSED,
	REFERRAL_REJECTED,
	REFERRAL_EXPIRED,
	REFERRAL_CANCELLED,
	REFERRAL_STATE_COUNT
};
extern const struct state_name referral_states[REFERRAL_STATE_COUNT];

enum referral_state referral_state_by_name(const char *name);

/* Events: submit accept reject timeout arrive send_back end cancel.  REFERRAL_NONE when not allowed. */
enum referral_state referral_step(enum referral_state from, const char *event);

/* One step, or several (accept and arrive), lead from a to b: what a county's answer may do to ours. */
bool referral_can_reach(enum referral_state from, enum referral_state to);

/* Requested, accepted or in progress: no second referral for the same disease. */
bool referral_is_open(enum referral_state s);
/* Accepted or later, the refused and expired excluded: counted in R1 and R2. */
bool referral_counts(enum referral_state s);

#endif
