#include "support/base/check.h"

#include "app/clinic/states.h"

static void states__have_names__in_both_languages(void **state)
{
	for (int i = 1; i < CONTRACT_STATE_COUNT; i++) {
		assert_true(*contract_states[i].name && *contract_states[i].term.zh && *contract_states[i].term.en);
		assert_non_null(contract_states[i].fhir);
		assert_int_equal(contract_state_by_name(contract_states[i].name), i);
	}
	for (int i = 1; i < REFERRAL_STATE_COUNT; i++) {
		assert_true(*referral_states[i].name && *referral_states[i].term.zh && *referral_states[i].term.en);
		assert_non_null(referral_states[i].fhir);
		assert_int_equal(referral_state_by_name(referral_states[i].name), i);
	}
	assert_int_equal(contract_state_by_name("nowhere"), CONTRACT_NONE);
	assert_int_equal(referral_state_by_name(""), REFERRAL_NONE);
}

static void final_states__take__no_event(void **state)
{
	static const char *const events[] = { "submit", "cancel", "sign", "accept", "reject", "withdraw", "terminate", "keep",
		"ask_termination", "resident_died", "renew", "transfer", "expire", "timeout", "arrive", "send_back", "end", "" };

	for (size_t e = 0; e < N_ELEMENTS(events); e++) {
		for (int i = 1; i < CONTRACT_STATE_COUNT; i++)
			if (contract_states[i].final)
				assert_int_equal(contract_step((enum contract_state)i, events[e]), CONTRACT_NONE);
		for (int i = 1; i < REFERRAL_STATE_COUNT; i++)
			if (referral_states[i].final)
				assert_int_equal(referral_step((enum referral_state)i, events[e]), REFERRAL_NONE);
	}
}

static void contract_end__needs__a_start(void **state)
{
	assert_int_equal(contract_end(NO_DAY, 1), NO_DAY);
	assert_int_equal(contract_state_on(CONTRACT_ACTIVE, NO_DAY, 0), CONTRACT_ACTIVE);
	assert_int_equal(contract_state_on(CONTRACT_TERMINATING, 10, 11), CONTRACT_EXPIRED);
	assert_false(contract_renewal_due(CONTRACT_ACTIVE, NO_DAY, 0, 30));
	assert_false(contract_may_start(true, NO_DAY, 5));
}

static void referral_can_reach__follows__the_arrows(void **state)
{
	static const struct {
		enum referral_state from, to;
		bool can;
	} cases[] = {
		{ REFERRAL_REQUESTED, REFERRAL_IN_PROGRESS, true },  { REFERRAL_REQUESTED, REFERRAL_CLOSED, true },
		{ REFERRAL_REQUESTED, REFERRAL_REQUESTED, true },    { REFERRAL_ACCEPTED, REFERRAL_REQUESTED, false },
		{ REFERRAL_ACCEPTED, REFERRAL_REJECTED, false },     { REFERRAL_CLOSED, REFERRAL_RETURNED, false },
		{ REFERRAL_IN_PROGRESS, REFERRAL_CANCELLED, false }, { REFERRAL_DRAFT, REFERRAL_RETURNED, true },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		assert_case(referral_can_reach(cases[i].from, cases[i].to) == cases[i].can, i, "");
}

static void referral__is_open_or_counts__by_state(void **state)
{
	for (int i = 1; i < REFERRAL_STATE_COUNT; i++) {
		bool open = i == REFERRAL_REQUESTED || i == REFERRAL_ACCEPTED || i == REFERRAL_IN_PROGRESS;
		bool counts = i == REFERRAL_ACCEPTED || i == REFERRAL_IN_PROGRESS || i == REFERRAL_RETURNED ||
			i == REFERRAL_CLOSED;

		assert_case(referral_is_open((enum referral_state)i) == open, i, "open");
		assert_case(referral_counts((enum referral_state)i) == counts, i, "counts");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states__have_names__in_both_languages),
		cmocka_unit_test(final_states__take__no_event),
		cmocka_unit_test(contract_end__needs__a_start),
		cmocka_unit_test(referral_can_reach__follows__the_arrows),
		cmocka_unit_test(referral__is_open_or_counts__by_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
