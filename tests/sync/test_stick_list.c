/* The list of devices as a text: what is one, and what is none; how a device is found and put in its place. */
#include <sodium.h>

#include "support/base/check.h"
#include "sync/stick_list.h"

struct keys {
	char age[AGE_TEXT], sign[MINISIGN_TEXT];
};

static void make(struct keys *k)
{
	struct age_identity id;
	struct minisign_secret key;

	age_identity_new(&id);
	age_recipient_text(id.recipient, k->age);
	minisign_new(&key);
	minisign_public_text(&key.public_part, k->sign);
}

/* @A, @M: keys; the head stands before it. */
static void spell(const struct keys *k, const char *text, struct sbuf *out)
{
	for (; *text; text++)
		if (*text == '@' && (text[1] == 'A' || text[1] == 'M'))
			sbuf_adds(out, *++text == 'A' ? k->age : k->sign);
		else
			sbuf_addc(out, *text);
}

#define HEAD "cunyi device list 1\n"
#define WHO "county: 某县\nserial: 7\npractice: no\n"

static const struct {
	const char *what, *text;
	int devices; /* -1: no list */
} cases[] = {
	{ "empty", HEAD WHO, 0 },
	{ "two", HEAD WHO "device: a1 @A @M active 东村\ndevice: b2 @A @M 2026-11-20 车 2\n", 2 },
	{ "nothing", "", -1 },
	{ "another beginning", "cunyi stick card 1\n" WHO, -1 },
	{ "a newer format", "cunyi device list 2\n" WHO, -1 },
	{ "no number", HEAD "county: 某县\npractice: no\n", -1 },
	{ "number zero", HEAD "county: 某县\nserial: 0\npractice: no\n", -1 },
	{ "no county", HEAD "serial: 7\npractice: no\n", -1 },
	{ "neither practice nor not", HEAD "county: 某县\nserial: 7\npractice: maybe\n", -1 },
	{ "twice the same", HEAD WHO "device: a1 @A @M active 东村\ndevice: a1 @A @M active 东村\n", -1 },
	{ "out of order", HEAD WHO "device: b2 @A @M active 东村\ndevice: a1 @A @M active 东村\n", -1 },
	{ "no such day", HEAD WHO "device: a1 @A @M 2026-02-30 东村\n", -1 },
	{ "another state", HEAD WHO "device: a1 @A @M lost 东村\n", -1 },
	{ "a mistyped key", HEAD WHO "device: a1 age1qqq @M active 东村\n", -1 },
	{ "no signer", HEAD WHO "device: a1 @A active 东村\n", -1 },
	{ "no name", HEAD WHO "device: a1 @A @M active \n", -1 },
	{ "a strange code", HEAD WHO "device: a/1 @A @M active 东村\n", -1 },
	{ "a strange line", HEAD WHO "colour: red\n", -1 },
	{ "no end of the last line", HEAD WHO "device: a1 @A @M active 东村", -1 },
};

static void list_parse__takes_and_writes_again__lists_alone(void **state UNUSED)
{
	struct keys k;

	assert_int_equal(sodium_init() >= 0, 1);
	make(&k);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_STICK_LIST struct stick_list list = { 0 };
		AUTO_SBUF struct sbuf text = SBUF_INIT;
		AUTO_SBUF struct sbuf again = SBUF_INIT;
		struct err err = { 0 };
		bool ok;

		spell(&k, cases[i].text, &text);
		ok = stick_list_parse(&list, text.s, text.len, &err);
		assert_case(ok == (cases[i].devices >= 0), i, cases[i].what);
		assert_case(ok || (err.code == ERR_FORMAT && err.message[0] && !list.n), i, cases[i].what);
		if (!ok)
			continue;
		assert_int_equal(list.n, cases[i].devices);
		stick_list_write(&list, &again);
		assert_string_equal(again.s, text.s);
	}
}

static void list_put__keeps_the_order__any_order(void **state UNUSED)
{
	static const char *const codes[] = { "m5", "a1", "z9", "b2", "m5", "c3" };
	AUTO_STICK_LIST struct stick_list list = { 0 };

	for (size_t i = 0; i < N_ELEMENTS(codes); i++) {
		struct stick_device d = { .code = "" };

		snprintf(d.code, sizeof(d.code), "%s", codes[i]);
		snprintf(d.title, sizeof(d.title), "%zu", i);
		assert_true(stick_list_put(&list, &d));
	}
	assert_int_equal(list.n, 5);
	for (size_t i = 1; i < list.n; i++)
		assert_true(strcmp(list.d[i - 1].code, list.d[i].code) < 0);
	assert_string_equal(stick_list_find(&list, "m5")->title, "4");
	assert_null(stick_list_find(&list, "m6"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_parse__takes_and_writes_again__lists_alone),
		cmocka_unit_test(list_put__keeps_the_order__any_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
