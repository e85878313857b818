/* The ten minutes before the place of a download, where much of what they hold is here already. */
#include "people_scene.h"

enum { CROWD = 60, MINUTE = 60000 };

struct searches {
	size_t whole, outlines, counts, by_id;
};

/* The searches for people since the last time: those that bring them whole, their outlines, how many there are, and some by id. */
static struct searches searches_of(struct fake_fhir *f)
{
	struct searches n = { 0 };

	for (size_t i = 0; i < f->n_requests; i++) {
		const char *url = f->requests[i].url;

		if (strstr(url, "/Patient?_id="))
			n.by_id++;
		else if (strstr(url, "/Patient?") && !strstr(url, "code=") && !strstr(url, "organization="))
			*(strstr(url, "_summary=count") ? &n.counts : strstr(url, "_elements=") ? &n.outlines : &n.whole) += 1;
	}
	f->n_requests = 0;
	return n;
}

/* So many are sent in one round, which is over. */
static void crowd_goes(struct desk *d, struct fake_fhir *f)
{
	for (int i = 0; i < CROWD; i++) {
		char name[32];

		snprintf(name, sizeof(name), "王小%d", i);
		desk_resident(d, name, "1950-01-02");
	}
	desk_syncs(d);
	assert_true(d->fig.pushed >= CROWD);
	d->now += MINUTE;
	f->n_requests = 0;
}

static void is_idle(struct desk *d, struct fake_fhir *f)
{
	struct searches n;

	desk_syncs(d);
	n = searches_of(f);
	assert_int_equal(n.counts, 2);
	assert_int_equal(n.whole + n.outlines + n.by_id, 0);
}

static void known__are_counted__while_commits_may_be_late(void **state)
{
	SCENE(state);
	struct searches n;

	crowd_goes(d, county);
	for (int i = 0; i < 5; i++, d->now += MINUTE)
		is_idle(d, county);
	d->now += 10 * MINUTE;
	desk_syncs(d); /* once they are looked at when no commit can be late any more */
	n = searches_of(county);
	assert_int_equal(n.whole + n.by_id, 0);
	assert_in_range(n.outlines, 1, 2);
	is_idle(d, county);
}

/* HTTP tells the time in seconds: a place is never later than that, and what came within the second counts as newer. */
static void known__are_counted__its_clock_has_seconds(void **state)
{
	SCENE(state);
	struct searches n;

	county->whole_seconds = true;
	put_people(county, 0, 40);
	d->now += 1893 - d->now % 1000;
	put_people(county, 40, 45);
	desk_syncs(d);
	d->now += MINUTE;
	searches_of(county);
	for (int i = 0; i < 3; i++, d->now += MINUTE) {
		desk_syncs(d);
		n = searches_of(county);
		assert_int_equal(n.counts, 2);
		assert_int_equal(n.outlines + n.by_id, 0);
		assert_int_equal(n.whole, 1); /* those five */
		assert_int_equal(d->fig.pulled, 0);
	}
}

/* Somebody else's change is here with the next round, and the crowd is not asked for because of it. */
static void known__are_left_alone__one_is_new(void **state)
{
	SCENE(state);
	struct searches n;

	crowd_goes(d, county);
	put_people(county, 0, 1);
	for (int i = 0; i < 2; i++, d->now += MINUTE) {
		desk_syncs(d);
		all_came(d, 1);
		n = searches_of(county);
		assert_int_equal(n.outlines + n.by_id, 0);
		assert_int_equal(n.whole, 1);
	}
	d->now += 20 * MINUTE;
	desk_syncs(d);
	searches_of(county);
	desk_syncs(d);
	put_people(county, 1, 2);
	searches_of(county);
	desk_syncs(d);
	all_came(d, 2);
	n = searches_of(county);
	assert_int_equal(n.outlines + n.by_id, 0);
	assert_int_equal(n.whole, 1);
}

/* A commit that took five minutes replaces one of the crowd: neither the number nor the newest time shows it.  It is here when those
 * minutes are over, whatever came in between. */
static void known__hide_no_late_commit__it_replaces_one(void **state)
{
	for (int news = 0; news < 2; news++) {
		SCENE(state);

		put_people(county, 3 * news, 3 * news + 1);
		put_people(county, 3 * news + 1, 3 * news + 2);
		crowd_goes(d, county);
		county->late_ms = 3 * MINUTE;
		d->now += 2 * MINUTE;
		fake_edit(county, "Patient", news ? "c3" : "c0", "birthDate", "\"1950-01-09\"");
		county->late_ms = 0;
		if (news)
			put_people(county, 5, 6);
		desk_syncs(d);
		d->now += 11 * MINUTE;
		desk_syncs(d);
		assert_string_equal(desk_field(d, "resident", news ? "c3" : "c0", "birth_date"), "1950-01-09");
		desk_invariants(d);
		d->now += 60 * MINUTE;
	}
}

/* A late commit that made something is seen at once: the number is another. */
static void known__hide_no_late_commit__it_made_one(void **state)
{
	SCENE(state);

	crowd_goes(d, county);
	county->late_ms = 5 * MINUTE;
	put_people(county, 0, 1);
	county->late_ms = 0;
	searches_of(county);
	desk_syncs(d);
	all_came(d, 1);
	assert_int_equal(searches_of(county).whole, 0);
	desk_invariants(d);
}

static void known__come__the_line_breaks_at_any_request(void **state)
{
	SCENE(state);

	crowd_goes(d, county);
	put_people(county, 0, 3);
	for (unsigned i = 0; i < 12; i++) {
		fake_order(county, (struct fake_order){ .fault = FAKE_LOST_ANSWER, .method = "GET", .skip = i });
		desk_sync(d);
		county->n_orders = 0;
		d->now += 2 * MINUTE;
	}
	desk_syncs(d);
	all_came(d, 3);
	desk_invariants(d);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, people_open, people_close)
	const struct CMUnitTest tests[] = {
		T(known__are_counted__while_commits_may_be_late),
		T(known__are_counted__its_clock_has_seconds),
		T(known__are_left_alone__one_is_new),
		T(known__hide_no_late_commit__it_replaces_one),
		T(known__hide_no_late_commit__it_made_one),
		T(known__come__the_line_breaks_at_any_request),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
