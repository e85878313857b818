/* SMART Backend Services for a request that goes out before its answer is asked for. */
#include "smart_scene.h"
#include "support/base/check.h"

static void begin_early(struct scene *s, const char *url)
{
	if (!s->t)
		smart_anew(s);
	s->t->begin(s->t, &(struct http_request){ .method = "GET", .url = url });
	assert_int_equal(s->t->bytes_up, s->c.t.bytes_up);
}

static void smart__goes_out_early__with_a_pass(void **state)
{
	struct scene s;

	(void)state;
	smart_begin(&s);
	begin_early(&s, BASE "/Patient");
	assert_int_equal(s.c.given, 1);
	assert_int_equal(smart_ask(&s), 200);
	assert_int_equal(s.c.reached, 1);
	assert_int_equal(s.c.given, 1);
	smart_end(&s);
}

/* Before it went out, or while it lay there. */
static void smart__renews_once__pass_of_an_early_request_taken_back(void **state)
{
	(void)state;
	for (int ended = 0; ended < 2; ended++) {
		struct scene s;

		smart_begin(&s);
		assert_int_equal(smart_ask(&s), 200);
		if (!ended)
			snprintf(s.c.good, sizeof(s.c.good), "none of those given");
		begin_early(&s, BASE "/Patient");
		if (ended)
			smart_pass(&s, 250);
		assert_int_equal(smart_ask(&s), 200);
		assert_int_equal(s.c.given, 2);
		assert_int_equal(s.c.n_begun, 1);
		assert_int_equal(s.c.reached, 2);
		smart_end(&s);
	}
}

/* It is told where it is asked for. */
static void smart__sends_nothing_early__no_pass_or_another_origin(void **state)
{
	struct scene s;

	(void)state;
	smart_begin(&s);
	s.c.mood = MOOD_FAULT;
	begin_early(&s, BASE "/Patient");
	assert_int_equal(s.c.n_begun, 0);
	assert_int_equal(smart_ask(&s), 0);
	s.c.mood = MOOD_GOOD;
	assert_int_equal(smart_ask(&s), 200);
	begin_early(&s, "https://evil.test/fhir/Patient");
	assert_int_equal(s.c.n_begun, 0);
	smart_end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(smart__goes_out_early__with_a_pass),
		cmocka_unit_test(smart__renews_once__pass_of_an_early_request_taken_back),
		cmocka_unit_test(smart__sends_nothing_early__no_pass_or_another_origin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
