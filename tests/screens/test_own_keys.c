/* Keys of one's own, out of the configuration. */
#include "support/base/check.h"

#include "screens/own_keys.h"

static const struct {
	const char *text;
	size_t n;
	const char *wrong;
} cases[] = {
	{ "", 0, "" },
	{ "language = zh\nkeys = none\n", 0, "" },
	{ "key.save = F12 C-w\n", 2, "" },
	{ "# key.save = F12\nkey.back = Backspace\nkey.refer = M-r\n", 2, "" },
	{ "key.save = F13\n", 0, "key.save = F13" },
	{ "key.sav = F12\nkey.refer = F11\n", 1, "key.sav = F12" },
	{ "key.save =\nkey.find = F11\n", 1, "key.save = " },
	{ "key.none = F12\n", 0, "key.none = F12" },
	{ "key. = F12\n", 0, "key. = F12" },
	{ "key.save = F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 M-1 M-2 M-3 M-4 M-5 M-6 M-7 M-8 M-9 C-a C-b C-c C-d C-e C-f\n", 27, "" },
	{ "key.a-name-that-is-longer-than-any-command-has-ever-been = F12\n", 0, "key.a-name-that-is-longer-than = F12" },
};

static void read__takes_what_it_knows__and_says_the_first_it_does_not(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_CONFIG struct config c = { .text = SBUF_INIT };
		struct own_keys own;

		assert_true(config_parse(&c, cases[i].text, strlen(cases[i].text)));
		own_keys_read(&own, &c);
		assert_case(own.n == cases[i].n, i, cases[i].text);
		assert_string_equal(own.wrong, cases[i].wrong);
	}
}

static void read__stops__where_there_is_no_room(void **state)
{
	AUTO_CONFIG struct config c = { .text = SBUF_INIT };
	struct own_keys own;

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(own.keys) + 1; i++)
		sbuf_adds(&c.text, "key.save = F12\n");
	own_keys_read(&own, &c);
	assert_int_equal(own.n, N_ELEMENTS(own.keys));
	assert_string_equal(own.wrong, "key.save = F12");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read__takes_what_it_knows__and_says_the_first_it_does_not),
		cmocka_unit_test(read__stops__where_there_is_no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
