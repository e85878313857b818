/* SMART Backend Services: passes, keys and clocks. */
#include "app/base/json.h"
#include "app/base/mem.h"
#include "smart_scene.h"
#include "support/base/check.h"

enum { YEARS_2 = 2 * 365 * 86400 };

/* ---- what holds ----------------------------------------------------------------------------------------------------- */

static void smart__gets_a_pass__and_keeps_it(void **state)
{
	struct scene s;

	(void)state;
	smart_begin(&s);
	assert_int_equal(smart_ask(&s), 200);
	assert_int_equal(smart_ask(&s), 200);
	assert_int_equal(s.c.asked_where, 1);
	assert_int_equal(s.c.given, 1);
	assert_string_equal(s.c.scope, "system/*.cruds");
	assert_int_equal(s.t->bytes_up, s.c.t.bytes_up);
	smart_end(&s);
}

static void smart__works_with_rsa(void **state)
{
	struct scene s;

	(void)state;
	smart_begin(&s);
	s.before = s.key;
	s.key = device_key_new(DEVICE_KEY_RS384, &s.err);
	s.smart.key = s.c.known[0] = s.key;
	assert_int_equal(smart_ask(&s), 200);
	assert_string_equal(device_key_algorithm(s.key), "RS384");
	smart_end(&s);
}

static void smart__goes_by_the_servers_clock(void **state)
{
	static const int64_t wrong[] = { -YEARS_2, YEARS_2, -61, 61, -26LL * 365 * 86400 };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(wrong); i++) {
		struct scene s;

		smart_begin(&s);
		s.here += wrong[i] * 1000;
		assert_case(smart_ask(&s) == 200, i, s.err.message);
		assert_case(s.c.refused == 0, i, "at the first try");
		smart_end(&s);
	}
}

/* The server that names the login server, or nobody, tells the time; the login server's own refusal does then. */
static void smart__tries_again__login_server_has_another_clock(void **state)
{
	struct scene s;

	(void)state;
	smart_begin(&s);
	s.c.login_ahead = 3600 * 1000;
	assert_int_equal(smart_ask(&s), 200);
	assert_int_equal(s.c.refused, 1);
	smart_end(&s);
	smart_begin(&s);
	s.smart.token_url = LOGIN;
	s.here -= YEARS_2 * INT64_C(1000);
	assert_int_equal(smart_ask(&s), 200);
	assert_int_equal(s.c.asked_where, 0);
	assert_int_equal(s.c.refused, 1);
	smart_end(&s);
}

static void smart__renews__at_four_fifths_of_its_life(void **state)
{
	static const struct {
		int64_t after;
		size_t given;
	} steps[] = { { 0, 1 }, { 239, 1 }, { 1, 2 }, { 239, 2 }, { 2, 3 }, { 100000, 4 } };
	struct scene s;

	(void)state;
	smart_begin(&s);
	for (size_t i = 0; i < N_ELEMENTS(steps); i++) {
		smart_pass(&s, steps[i].after);
		assert_case(smart_ask(&s) == 200 && s.c.given == steps[i].given, i, "passes given");
	}
	smart_end(&s);
}

static void smart__renews_once__pass_taken_back(void **state)
{
	struct scene s;

	(void)state;
	smart_begin(&s);
	assert_int_equal(smart_ask(&s), 200);
	snprintf(s.c.good, sizeof(s.c.good), "none of those given");
	assert_int_equal(smart_ask(&s), 200);
	assert_int_equal(s.c.given, 2);
	assert_int_equal(s.c.reached, 2);
	smart_end(&s);
}

/* A server that takes no pass gets one more try, not an endless one. */
static void smart__hands_on_401__no_pass_is_taken(void **state)
{
	struct scene s;

	(void)state;
	smart_begin(&s);
	s.c.takes_none = true;
	assert_int_equal(smart_ask(&s), 401);
	assert_int_equal(s.c.given, 2);
	smart_end(&s);
}

/* It may not say how long a pass lives, or say nonsense. */
static void smart__bounds_the_life_of_a_pass(void **state)
{
	static const struct {
		enum mood mood;
		int64_t life, still, over; /* seconds */
	} cases[] = { { MOOD_NO_LIFE, 0, 239, 241 }, { MOOD_GOOD, INT64_C(1) << 62, 69000, 69200 }, { MOOD_GOOD, 1, 0, 1 } };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct scene s;

		smart_begin(&s);
		s.c.mood = cases[i].mood;
		s.c.life = cases[i].life;
		assert_case(smart_ask(&s) == 200, i, s.err.message);
		smart_pass(&s, cases[i].still);
		assert_case(smart_ask(&s) == 200 && s.c.given == 1, i, "still good");
		smart_pass(&s, cases[i].over - cases[i].still);
		assert_case(smart_ask(&s) == 200 && s.c.given == 2, i, "over");
		smart_end(&s);
	}
	for (int64_t life = -1; life < 1; life++) {
		struct scene s;

		smart_begin(&s);
		s.c.life = life;
		assert_int_equal(smart_ask(&s), 0);
		assert_int_equal(s.err.code, ERR_AUTH);
		smart_end(&s);
	}
}

static void smart__keeps_the_pass__for_the_next_process(void **state)
{
	AUTO_FREE char *dir = scratch_dir(), *path = scratch_path(dir, "session.json");
	struct scene s;

	(void)state;
	smart_begin(&s);
	s.o.session = path;
	s.here -= YEARS_2 * INT64_C(1000);
	assert_int_equal(smart_ask(&s), 200);
	smart_anew(&s);
	smart_pass(&s, 100);
	assert_int_equal(smart_ask(&s), 200);
	assert_int_equal(s.c.given, 1);
	/* Another name, and it is none of ours. */
	s.smart.client_id = s.c.client = "clinic-8";
	smart_anew(&s);
	assert_int_equal(smart_ask(&s), 200);
	assert_int_equal(s.c.given, 2);
	/* Its time is over, whatever was kept. */
	smart_pass(&s, 290);
	smart_anew(&s);
	assert_int_equal(smart_ask(&s), 200);
	assert_int_equal(s.c.given, 3);
	smart_end(&s);
}

static void smart__asks_anew__kept_pass_is_damaged(void **state)
{
	static const char *const texts[] = { "", "{", "[]", "{\"pass\":\"x\"}", "\x01\x02" };
	AUTO_FREE char *dir = scratch_dir(), *path = scratch_path(dir, "session.json");

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
		struct scene s;

		smart_begin(&s);
		scratch_write(path, texts[i], 0);
		s.o.session = path;
		assert_case(smart_ask(&s) == 200 && s.c.given == 1, i, texts[i]);
		smart_end(&s);
	}
}

/* ---- replacing the key ---------------------------------------------------------------------------------------------- */

static void smart__uses_the_key_before__new_one_not_yet_known(void **state)
{
	struct scene s;

	(void)state;
	smart_begin(&s);
	s.before = s.key;
	s.key = device_key_new(DEVICE_KEY_ES384, &s.err);
	s.smart.key = s.key;
	s.smart.before = s.before;
	assert_int_equal(smart_ask(&s), 200);
	assert_int_equal(s.settled, 0);
	assert_int_equal(s.c.refused, 1);
	s.c.known[1] = s.key; /* now the county has put it in */
	smart_anew(&s);
	assert_int_equal(smart_ask(&s), 200);
	assert_int_equal(s.settled, 1);
	s.c.known[0] = s.c.known[1] = NULL;
	smart_anew(&s);
	assert_int_equal(smart_ask(&s), 0);
	assert_int_equal(s.err.code, ERR_AUTH);
	smart_end(&s);
}

/* ---- refusals ------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *what, *configuration, *content_type;
	enum mood mood;
	enum err_code code;
	const char *says;
} refusals[] = {
	{ "key not known", CONFIGURATION, "application/json", MOOD_INVALID_CLIENT, ERR_AUTH, "does not know this computer's key" },
	{ "scope", CONFIGURATION, "application/json", MOOD_INVALID_SCOPE, ERR_AUTH, "(scope)" },
	{ "a page at the login server", CONFIGURATION, "application/json", MOOD_HTML, ERR_NETWORK, "answered with a page" },
	{ "redirect at the login server", CONFIGURATION, "application/json", MOOD_MOVED, ERR_NETWORK, "asks for a login" },
	{ "fault", CONFIGURATION, "application/json", MOOD_FAULT, ERR_SERVER, "has a fault" },
	{ "no token in it", CONFIGURATION, "application/json", MOOD_NO_TOKEN, ERR_AUTH, "pass cannot be used" },
	{ "another kind of token", CONFIGURATION, "application/json", MOOD_OTHER_TYPE, ERR_AUTH, "pass cannot be used" },
	{ "a token with a line end", CONFIGURATION, "application/json", MOOD_TWO_LINES, ERR_AUTH, "pass cannot be used" },
	{ "a captive portal", "<html>", "text/html", MOOD_GOOD, ERR_NETWORK, "answered with a page" },
	{ "nothing there", NULL, "", MOOD_GOOD, ERR_AUTH, "token_url" },
	{ "no endpoint named", "{}", "application/json", MOOD_GOOD, ERR_AUTH, "token_url" },
	{ "no JSON", "{\"token_endpoint\":", "application/json", MOOD_GOOD, ERR_AUTH, "token_url" },
	{ "a null", "null", "application/json", MOOD_GOOD, ERR_AUTH, "token_url" },
	{ "endpoint without https", "{\"token_endpoint\":\"http://login.test/token\"}", "application/json", MOOD_GOOD, ERR_AUTH, "https" },
	{ "endpoint with a password in it", "{\"token_endpoint\":\"https://a:b@login.test/\"}", "application/json", MOOD_GOOD, ERR_AUTH, "https" },
};

/* A login server that is busy is asked again when it says so, like any other. */
static void smart__hands_on_how_long_to_wait__login_server_is_busy(void **state)
{
	AUTO_ANSWER struct http_answer a;
	struct scene s;

	(void)state;
	http_answer_init(&a);
	smart_begin(&s);
	smart_anew(&s);
	s.c.mood = MOOD_FAULT;
	s.c.wait = 1200;
	assert_false(s.t->send(s.t, &(struct http_request){ .method = "GET", .url = BASE "/Patient" }, &a, &s.err));
	assert_int_equal(a.status, 0);
	assert_false(a.may_have_arrived);
	assert_int_equal(a.retry_after, 1200);
	s.c.wait = 0;
	assert_false(s.t->send(s.t, &(struct http_request){ .method = "GET", .url = BASE "/Patient" }, &a, &s.err));
	assert_int_equal(a.retry_after, 0);
	smart_end(&s);
}

static void smart__says_why__refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(refusals); i++) {
		struct scene s;

		smart_begin(&s);
		s.c.configuration = refusals[i].configuration;
		s.c.content_type = refusals[i].content_type;
		s.c.mood = refusals[i].mood;
		assert_case(smart_ask(&s) == 0, i, refusals[i].what);
		assert_case(s.err.code == refusals[i].code && strstr(s.err.message, refusals[i].says), i, s.err.message);
		assert_case(s.c.reached == 0, i, "nothing else was asked");
		smart_end(&s);
	}
}

static void smart__asks_for_the_scopes_that_are_known(void **state)
{
	static const struct {
		const char *configuration, *set, *scope;
	} cases[] = {
		{ "{\"token_endpoint\":\"" LOGIN "\"}", "", "system/*.cruds" },
		{ "{\"token_endpoint\":\"" LOGIN "\",\"capabilities\":[\"permission-v1\"]}", "", "system/*.read system/*.write" },
		{ "{\"token_endpoint\":\"" LOGIN "\",\"capabilities\":[\"permission-v1\",\"permission-v2\"]}", "", "system/*.cruds" },
		{ "{\"token_endpoint\":\"" LOGIN "\",\"capabilities\":[\"permission-v1\"]}", "system/Patient.rs", "system/Patient.rs" },
	};

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct scene s;

		smart_begin(&s);
		s.c.configuration = cases[i].configuration;
		s.smart.scope = cases[i].set;
		assert_case(smart_ask(&s) == 200 && strcmp(s.c.scope, cases[i].scope) == 0, i, s.c.scope);
		smart_end(&s);
	}
}

static void smart__sends_nothing__to_another_origin(void **state)
{
	struct scene s;
	AUTO_ANSWER struct http_answer a;

	(void)state;
	smart_begin(&s);
	smart_anew(&s);
	http_answer_init(&a);
	assert_refused(s.t->send(s.t, &(struct http_request){ .method = "GET", .url = "https://evil.test/fhir/Patient" }, &a, &s.err), &s.err,
		ERR_NETWORK);
	assert_int_equal(s.c.asked_where + s.c.asked_pass, 0);
	assert_false(a.may_have_arrived);
	smart_end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(smart__gets_a_pass__and_keeps_it),
		cmocka_unit_test(smart__works_with_rsa),
		cmocka_unit_test(smart__goes_by_the_servers_clock),
		cmocka_unit_test(smart__tries_again__login_server_has_another_clock),
		cmocka_unit_test(smart__renews__at_four_fifths_of_its_life),
		cmocka_unit_test(smart__renews_once__pass_taken_back),
		cmocka_unit_test(smart__hands_on_401__no_pass_is_taken),
		cmocka_unit_test(smart__bounds_the_life_of_a_pass),
		cmocka_unit_test(smart__keeps_the_pass__for_the_next_process),
		cmocka_unit_test(smart__asks_anew__kept_pass_is_damaged),
		cmocka_unit_test(smart__uses_the_key_before__new_one_not_yet_known),
		cmocka_unit_test(smart__hands_on_how_long_to_wait__login_server_is_busy),
		cmocka_unit_test(smart__says_why__refused),
		cmocka_unit_test(smart__asks_for_the_scopes_that_are_known),
		cmocka_unit_test(smart__sends_nothing__to_another_origin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
