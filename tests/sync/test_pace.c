/* How much goes when: classes, sizes, the day's bytes, pauses after failures, clocks. */
#include "desk_scene.h"

#include "app/base/json.h"
#include "sync/fhir/fhir.h"
#include "sync/pace.h"

static struct remote remote_of(struct desk *d)
{
	struct remote r;

	assert_ok(remote_load(&d->app, NULL, &r, &d->err), &d->err);
	return r;
}

/* The number of the first bundle that puts a resource, from 0; -1: none does. */
static int bundle_with(const struct fake_fhir *f, const char *id)
{
	int n = -1;

	for (size_t i = 0; i < f->n_requests; i++) {
		n += strcmp(f->requests[i].method, "POST") == 0;
		for (size_t k = 0; k < f->requests[i].n_puts; k++)
			if (strstr(f->requests[i].puts[k], id))
				return n;
	}
	return -1;
}

static void people(struct desk *d, int n)
{
	for (int i = 0; i < n; i++) {
		char name[32], birth[32];

		snprintf(name, sizeof(name), "村民%d", i);
		snprintf(birth, sizeof(birth), "19%02d-03-04", 20 + i % 70);
		desk_resident(d, name, birth);
	}
}

static const char *referral(struct desk *d, const char *resident, const char *urgency)
{
	return desk_save(d, "referral", "{\"resident\":\"%s\",\"direction\":\"up\",\"urgency\":\"%s\",\"date\":\"2026-11-20\","
		"\"to_org_text\":\"县医院\",\"reason\":[\"2\"],\"impression\":\"高血压\",\"present_illness\":\"两次不达标\",\"consent\":\"2\"}",
		resident, urgency);
}

/* ---- classes -------------------------------------------------------------------------------------------------------- */

static void push__sends_the_urgent_first__with_whom_it_is_about(void **state)
{
	SCENE(state);
	const char *wang, *ref;

	people(d, 60);
	wang = desk_resident(d, "王小明", "1950-01-02");
	ref = referral(d, wang, "emergency");
	desk_syncs(d);
	assert_int_equal(bundle_with(county, ref), 0);
	assert_int_equal(bundle_with(county, wang), 0);
	desk_invariants(d);
}

static void push__takes_the_oldest__every_eighth_bundle(void **state)
{
	SCENE(state);
	char visit[RECORD_ID_MAX + 1];
	const char *first = desk_resident(d, "王小明", "1950-01-02");
	int last = -1;

	desk_syncs(d);
	snprintf(visit, sizeof(visit), "%s", desk_followup(d, first, 150)); /* of class 2, behind many of class 1 */
	people(d, 330);
	county->n_requests = 0;
	desk_syncs(d);
	for (size_t i = 0; i < county->n_requests; i++)
		last += strcmp(county->requests[i].method, "POST") == 0;
	assert_in_range(bundle_with(county, visit), 0, 7);
	assert_true(last > 8); /* it would have been the last one */
}

/* ---- the day's bytes -------------------------------------------------------------------------------------------------- */

static void profile__is_set_and_asked__refused_by_name(void **state)
{
	SCENE(state);
	char now[16];

	(void)county;
	assert_ok(sync_profile(&d->app, NULL, now, &d->err), &d->err);
	assert_string_equal(now, "lan");
	assert_ok(sync_profile(&d->app, "satellite", now, &d->err), &d->err);
	assert_ok(sync_profile(&d->app, NULL, now, &d->err), &d->err);
	assert_string_equal(now, "satellite");
	assert_refused(sync_profile(&d->app, "pigeon", now, &d->err), &d->err, ERR_UNKNOWN_CODE);
	assert_string_equal(d->err.field, "profile");
}

static void spend(struct desk *d, int64_t left)
{
	struct remote r = remote_of(d);
	struct sync_figures f;
	struct sync_options o = { 0 };
	struct sync s = { .app = &d->app, .figures = &f, .o = &o, .remote = r };

	s.remote.budget = left;
	s.remote.budget_at = d->now;
	assert_ok(remote_save_pace(&s, false, &d->err), &d->err);
}

static void budget__holds_back__all_but_the_urgent(void **state)
{
	SCENE(state);
	char now[16];
	const char *wang = desk_resident(d, "王小明", "1950-01-02"), *ref, *visit;

	desk_syncs(d);
	assert_ok(sync_profile(&d->app, "satellite", now, &d->err), &d->err);
	spend(d, -100000);
	visit = desk_followup(d, wang, 150);
	ref = referral(d, wang, "urgent");
	desk_syncs(d);
	assert_true(d->fig.held_back);
	assert_int_equal(fake_version_of(county, "ServiceRequest", ref), 1);
	assert_int_equal(fake_version_of(county, "QuestionnaireResponse", visit), 0);
	assert_true(d->fig.waiting > 0);
	assert_true(remote_of(d).budget < 0); /* what was urgent is owed */
	d->now += 12 * 3600 * 1000;
	desk_syncs(d);
	assert_false(d->fig.held_back);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(fake_version_of(county, "QuestionnaireResponse", visit), 1);
}

static void budget__keeps_the_days_limit__answers_still_come(void **state)
{
	SCENE(state);
	char now[16], task[RECORD_ID_MAX + 1];
	const char *wang = desk_resident(d, "王小明", "1950-01-02"), *ref = referral(d, wang, "urgent");

	desk_syncs(d);
	fhir_derived_id(ref, ROLE_TASK, task);
	assert_ok(sync_profile(&d->app, "satellite", now, &d->err), &d->err);
	spend(d, -100000);
	fake_edit(county, "Task", task, "status", "\"accepted\"");
	fake_edit(county, "Patient", wang, "birthDate", "\"1950-01-09\"");
	desk_syncs(d);
	assert_string_equal(desk_field(d, "referral", ref, "status"), "accepted");
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-02");
	d->now += 24 * 3600 * 1000;
	desk_syncs(d);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-09");
}

static const struct {
	const char *profile;
	int64_t left, passed_ms, want; /* of the budget */
	bool allows;
} refills[] = {
	{ "lan", 0, 0, 0, true },
	{ "metered", 100, 0, 100, true },
	{ "metered", -100, 0, -100, false },
	{ "metered", -1000000, 12 * 3600 * 1000, -1000000 + (20 << 20) / 2, true },
	{ "metered", 20 << 20, 3600 * 1000, 20 << 20, true },          /* never more than a day's */
	{ "satellite", 7, 40 * 3600 * 1000, 3 << 20, true },
	{ "satellite", 7, INT64_C(90) * 24 * 3600 * 1000, 3 << 20, true }, /* after a long pause, or a clock set forward */
	{ "satellite", -7, -3600 * 1000, 3 << 20, true },                /* set back */
};

static void budget__comes_back__little_by_little(void **state)
{
	SCENE(state);

	(void)county;
	for (size_t i = 0; i < N_ELEMENTS(refills); i++) {
		struct sync s = { .app = &d->app };

		snprintf(s.remote.profile, sizeof(s.remote.profile), "%s", refills[i].profile);
		s.remote.budget = refills[i].left;
		s.remote.budget_at = d->now - refills[i].passed_ms;
		pace_refill(&s);
		if (s.remote.budget != refills[i].want || pace_allows(&s) != refills[i].allows)
			fail_msg("case %zu: %lld left", i, (long long)s.remote.budget);
	}
}

/* ---- sizes ------------------------------------------------------------------------------------------------------------ */

static void bundles__grow_and_shrink__with_the_line(void **state)
{
	SCENE(state);
	struct sync s = { .app = &d->app, .remote = { .max_bytes = 16384 } };

	(void)county;
	pace_sent(&s, 80000, 8400);
	assert_int_equal(s.remote.max_bytes, 16384 + 4096);
	assert_true(s.packing > 9.9 && s.packing < 10.1);
	for (int i = 0; i < 40; i++)
		pace_sent(&s, 80000, 8400);
	assert_int_equal(s.remote.max_bytes, SYNC_BYTES_MAX);
	s.remote.goodput = 1000; /* twenty seconds of it */
	pace_sent(&s, 80000, 8400);
	assert_int_equal(s.remote.max_bytes, 20000);
	pace_lost(&s);
	assert_int_equal(s.remote.max_bytes, 10000);
	for (int i = 0; i < 9; i++)
		pace_lost(&s);
	assert_int_equal(s.remote.max_bytes, SYNC_BYTES_MIN);
}

/* What goes whole however large it is (groups that name each other) is not tried again at the same size. */
static void entries__are_fewer_once__after_a_refusal(void **state)
{
	struct sync s = { .app = NULL, .remote = { .max_entries = SYNC_ENTRIES_SURE } };

	(void)state;
	assert_false(pace_refused(&s, 64));
	pace_taken(&s, SYNC_ENTRIES_SURE, 10000);
	assert_int_equal(s.remote.max_entries, 2 * SYNC_ENTRIES_SURE);
	assert_true(pace_refused(&s, 64));
	assert_int_equal(s.remote.max_entries, SYNC_ENTRIES_SURE);
	assert_false(pace_refused(&s, 64));
	pace_taken(&s, SYNC_ENTRIES_SURE, 10000);
	assert_int_equal(s.remote.max_entries, SYNC_ENTRIES_SURE); /* in this round */
}

/* First as many as it took, then as few as any takes: each refusal makes them fewer. */
static void entries__are_as_many_as_it_took__after_a_refusal(void **state)
{
	struct sync s = { .app = NULL, .remote = { .max_entries = SYNC_ENTRIES_SURE } };

	(void)state;
	pace_taken(&s, 48, 10000);
	pace_taken(&s, 96, 10000);
	assert_int_equal(s.remote.max_entries, 200);
	assert_true(pace_refused(&s, 196));
	assert_int_equal(s.remote.max_entries, 96);
	assert_true(pace_refused(&s, 94));
	assert_int_equal(s.remote.max_entries, SYNC_ENTRIES_SURE);
	assert_false(pace_refused(&s, 50));
}

/* "Too large" speaks of bytes: of the number only where fewer entries that weigh as much are taken. */
static void entries__are_not_to_blame__for_too_many_bytes(void **state)
{
	static const struct {
		const char *what;
		size_t before[2], after[2]; /* bundles that were taken: entries, bytes */
		bool few;
	} cases[] = {
		{ "lighter ones", { 50, 9000 }, { 50, 9000 }, false },
		{ "one of the same weight, after it", { 50, 9000 }, { 50, 20000 }, true },
		{ "a heavier one, before it", { 60, 21000 }, { 50, 9000 }, true },
		{ "nothing", { 0, 0 }, { 0, 0 }, false },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct sync s = { .app = *state, .remote = { .max_entries = 200 } };

		pace_taken(&s, cases[i].before[0], cases[i].before[1]);
		assert_case(pace_too_large(&s, 100, 20000), i, cases[i].what);
		assert_case(s.few && s.remote.max_entries < 100, i, "fewer in this round");
		pace_taken(&s, cases[i].after[0], cases[i].after[1]);
		assert_case(s.few_met == cases[i].few, i, cases[i].what);
	}
}

static void pages__carry_twenty_seconds__between_ten_and_five_hundred(void **state)
{
	struct sync s = { .app = NULL };

	(void)state;
	assert_int_equal(pace_page(&s), 100);
	s.remote.goodput = 1000;
	pace_got(&s, 100, 20000);
	assert_int_equal(pace_page(&s), 100);
	s.remote.goodput = 50;
	assert_int_equal(pace_page(&s), 10);
	s.remote.goodput = 10000000;
	assert_int_equal(pace_page(&s), 500);
}

/* The cut of a round that failed is known to the next one. */
static void pace__is_kept__round_broke_off(void **state)
{
	SCENE(state);
	int64_t before = remote_of(d).max_bytes;

	desk_resident(d, "王小明", "1950-01-02");
	fake_order(county, (struct fake_order){ .fault = FAKE_CUT_ANSWER, .method = "POST" });
	desk_sync(d);
	assert_false(d->ok);
	assert_int_equal(remote_of(d).max_bytes, before / 2);
	assert_int_equal(remote_of(d).fails, 1);
	assert_int_equal(remote_of(d).last_pull, 0);
	desk_syncs(d);
	assert_int_equal(remote_of(d).fails, 0);
}

/* ---- pauses ------------------------------------------------------------------------------------------------------------ */

static bool sync_when_due(struct desk *d)
{
	struct sync_options o = { .transport = &d->county->t, .when_due = true };

	d->err = (struct err){ 0 };
	return sync_round(&d->app, &o, &d->fig, &d->err);
}

static const struct {
	struct fake_order order;
	int64_t least_s, most_s;
} pauses[] = {
	{ { .fault = FAKE_NO_NETWORK }, 0, 5 },
	{ { .fault = FAKE_STATUS, .status = 503, .retry_after = 120 }, 120, 120 },
	{ { .fault = FAKE_STATUS, .status = 429, .retry_after = 999999 }, 3600, 3600 }, /* an hour at most */
	{ { .fault = FAKE_NO_NETWORK, .retry_after = 120 }, 120, 120 }, /* whoever gives passes asked for it */
	{ { .fault = FAKE_STATUS, .status = 403 }, 86400, 86400 },
	{ { .fault = FAKE_CAPTIVE }, 0, 5 },
	{ { .fault = FAKE_REDIRECT }, 0, 5 },
};

static void round__waits__after_a_failure(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(pauses); i++) {
		void *own = NULL;

		desk_scene_open(&own);
		{
			SCENE(&own);
			struct remote r;
			size_t asked;

			desk_resident(d, "王小明", "1950-01-02");
			fake_order(county, pauses[i].order);
			desk_sync(d);
			assert_false(d->ok);
			r = remote_of(d);
			if (r.next_try < d->now + 1000 * pauses[i].least_s || r.next_try > d->now + 1000 * pauses[i].most_s)
				fail_msg("case %zu: waits %lld ms", i, (long long)(r.next_try - d->now));
			asked = county->n_requests;
			d->now = r.next_try - 1;
			assert_ok(sync_when_due(d), &d->err); /* nobody asked: not yet */
			assert_int_equal(county->n_requests, asked);
			assert_true(d->fig.waiting > 0);
			d->now += 1;
			assert_ok(sync_when_due(d), &d->err);
			assert_int_equal(d->fig.waiting, 0);
		}
		desk_scene_close(&own);
	}
}

/* A dead battery brings back the year 2016: what was to be tried in a few seconds is not put off for ten years. */
static void round__does_not_wait__the_clock_was_set_back(void **state)
{
	SCENE(state);

	desk_resident(d, "王小明", "1950-01-02");
	fake_order(county, (struct fake_order){ .fault = FAKE_NO_NETWORK });
	desk_sync(d);
	assert_false(d->ok);
	d->now -= INT64_C(315360000000);
	assert_ok(sync_when_due(d), &d->err);
	assert_int_equal(d->fig.waiting, 0);
}

static void round__never_waits__somebody_asked(void **state)
{
	SCENE(state);

	desk_resident(d, "王小明", "1950-01-02");
	fake_order(county, (struct fake_order){ .fault = FAKE_STATUS, .status = 503, .retry_after = 3000 });
	desk_sync(d);
	assert_false(d->ok);
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
}

/* The pauses grow to a quarter of an hour, and two clinics do not wait the same time. */
static void pauses__grow__each_clinic_its_own(void **state)
{
	SCENE(state);
	struct err why = { .code = ERR_NETWORK };
	int64_t longest[12] = { 0 };
	bool differ = false;

	(void)county;
	for (int n = 0; n < 12; n++) {
		int64_t last = -1;

		for (int i = 0; i < 60; i++) {
			struct sync s = { .app = &d->app, .remote = { .fails = n } };
			int64_t wait;

			pace_next(&s, false, &why);
			wait = s.remote.next_try - d->now;
			assert_in_range(wait, 0, n < 8 ? 5000 << n : 900000);
			differ |= last >= 0 && wait != last;
			last = wait;
			longest[n] = wait > longest[n] ? wait : longest[n];
		}
	}
	assert_true(differ);
	assert_true(longest[4] > longest[0] && longest[7] > longest[3] && longest[11] > 300000);
}

/* ---- clocks ------------------------------------------------------------------------------------------------------------ */

static void round__notices__a_wrong_clock(void **state)
{
	SCENE(state);
	int64_t true_time = d->now + 3600 * 1000;

	county->now = &true_time;
	desk_syncs(d);
	assert_in_range(d->fig.clock_offset, 3590 * 1000, 3700 * 1000);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, desk_scene_open, desk_scene_close)
	const struct CMUnitTest tests[] = {
		T(push__sends_the_urgent_first__with_whom_it_is_about),
		T(push__takes_the_oldest__every_eighth_bundle),
		T(profile__is_set_and_asked__refused_by_name),
		T(budget__holds_back__all_but_the_urgent),
		T(budget__keeps_the_days_limit__answers_still_come),
		T(budget__comes_back__little_by_little),
		T(bundles__grow_and_shrink__with_the_line),
		cmocka_unit_test(entries__are_fewer_once__after_a_refusal),
		cmocka_unit_test(entries__are_as_many_as_it_took__after_a_refusal),
		cmocka_unit_test(entries__are_not_to_blame__for_too_many_bytes),
		cmocka_unit_test(pages__carry_twenty_seconds__between_ten_and_five_hundred),
		T(pace__is_kept__round_broke_off),
		cmocka_unit_test(round__waits__after_a_failure),
		T(round__does_not_wait__the_clock_was_set_back),
		T(round__never_waits__somebody_asked),
		T(pauses__grow__each_clinic_its_own),
		T(round__notices__a_wrong_clock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
