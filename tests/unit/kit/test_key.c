#include "app/base/i18n.h"
#include "screens/kit/key.h"
#include "support/base/check.h"

static struct key k(const char *name)
{
	struct key key = { 0 };

	if (!key_parse(name, &key))
		fail_msg("no key is called %s", name);
	return key;
}

static void key_parse__tells_apart__every_kind(void **state UNUSED)
{
	static const char *const names[] = { "F1", "F10", "F12", "Enter", "Esc", "Tab", "S-Tab", "Backspace", "Delete", "Up",
		"PgDn", "C-s", "M-2", "C-Left", "C-M-x", "a", "?", ":", "/", "=", "-", "9", "李", "Space", "Insert", "C--" };
	const struct key f10 = { .code = K_F1 + 9 }, back = { .code = K_LEFT, .mods = MOD_CTRL }, both = { 'x', MOD_CTRL | MOD_ALT };

	assert_true(key_equal(k("F10"), f10) && key_equal(k("C-Left"), back) && key_equal(k("C-M-x"), both));
	for (size_t i = 0; i < N_ELEMENTS(names); i++)
		for (size_t j = 0; j < N_ELEMENTS(names); j++)
			assert_case(key_equal(k(names[i]), k(names[j])) == (i == j), i, names[j]);
}

static void key_parse__refuses__what_is_no_key(void **state UNUSED)
{
	static const char *const names[] = { "", "F0", "F13", "F1x", "C-", "X-a", "Enterr", "ab", "\x01", "\x7f", "\xff",
		"李四" };

	for (size_t i = 0; i < N_ELEMENTS(names); i++) {
		struct key key;

		assert_case(!key_parse(names[i], &key), i, names[i]);
	}
}

static void key_label__is_short__for_the_bar(void **state UNUSED)
{
	static const char *const cases[][2] = {
		{ "F3", "F3" }, { "C-s", "^S" }, { "M-2", "Alt2" }, { "v", "V" }, { "Up", "↑" }, { "S-Tab", "ShiftTab" },
		{ "Delete", "Del" }, { "?", "?" },
	};
	char buf[KEY_NAME_LEN];

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		assert_string_equal(key_label(k(cases[i][0]), buf), cases[i][1]);
}

static void key_fold__makes_ascii__of_an_input_method_left_on(void **state UNUSED)
{
	static const struct {
		uint32_t typed, meant;
	} cases[] = { { 0xFF11, '1' }, { 0xFF36, 'v' }, { 0xFF56, 'v' }, { 0x3000, ' ' }, { 0x3002, '.' }, { 0xFF1F, '?' },
		{ 0xFF1A, ':' }, { 'V', 'v' }, { 0x674E, 0x674E } };

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		assert_int_equal(key_fold((struct key){ .code = cases[i].typed }).code, cases[i].meant);
	assert_true(key_equal(key_fold(k("F2")), k("F2")));
}

static void key_twin__stands_for_function_keys__and_letters(void **state UNUSED)
{
	static const char *const cases[][2] = {
		{ "M-1", "F1" }, { "M-9", "F9" }, { "M-0", "F10" }, { "C-g", "F1" }, { "C-s", "F2" }, { "C-f", "F3" },
		{ "C-t", "F4" }, { "C-y", "F5" }, { "C-r", "F6" }, { "C-u", "F7" }, { "C-v", "F8" }, { "C-p", "F9" },
		{ "C-q", "F10" }, { "C-k", "k" }, { "C-d", "d" }, { "C-n", "n" }, { "C-a", "C-a" }, { "M-x", "M-x" },
		{ "F2", "F2" }, { "5", "5" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		assert_case(key_equal(key_twin(k(cases[i][0])), k(cases[i][1])), i, cases[i][0]);
}

static const struct binding screen_keys[] = {
	{ "F2", CMD_SAVE, NULL, 0 },
	{ "F4", CMD_CODES, N_("codes"), 0 },
	{ "k", CMD_AS_BEFORE, NULL, 0 },
	{ "v", CMD_VISIT, NULL, FOCUS_LIST },
	{ "j", CMD_NEXT_PERSON, NULL, FOCUS_OWN },
	{ "F9", CMD_PRINT, NULL, 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

static void keymap_find__looks_up_in_order__by_focus(void **state UNUSED)
{
	static const struct {
		unsigned focus;
		const char *key;
		enum cmd cmd;
	} cases[] = {
		{ FOCUS_LIST, "F2", CMD_SAVE },
		{ FOCUS_LIST, "M-2", CMD_SAVE },
		{ FOCUS_TEXT, "C-s", CMD_SAVE },
		{ FOCUS_LIST, "v", CMD_VISIT },
		{ FOCUS_LIST, "V", CMD_VISIT },
		{ FOCUS_LIST, "ｖ", CMD_VISIT },
		{ FOCUS_CODE, "v", CMD_NONE },
		{ FOCUS_TEXT, "v", CMD_NONE },
		{ FOCUS_CODE, "k", CMD_AS_BEFORE },
		{ FOCUS_TEXT, "k", CMD_NONE },
		{ FOCUS_TEXT, "C-k", CMD_AS_BEFORE },
		{ FOCUS_LIST, "j", CMD_NONE },
		{ FOCUS_LIST | FOCUS_OWN, "j", CMD_NEXT_PERSON },
		{ FOCUS_LIST, "F9", CMD_PRINT },
		{ FOCUS_LIST, "F3", CMD_FIND },
		{ FOCUS_TEXT, "F3", CMD_FIND },
		{ FOCUS_LIST, "3", CMD_ROW_3 },
		{ FOCUS_LIST, "０", CMD_NEXT_PAGE },
		{ FOCUS_CODE, "3", CMD_NONE },
		{ FOCUS_TEXT, "?", CMD_NONE },
		{ FOCUS_CODE, "？", CMD_HELP },
		{ FOCUS_LIST, "：", CMD_GOTO },
		{ FOCUS_TEXT, "Esc", CMD_BACK },
		{ FOCUS_LIST, "q", CMD_BACK },
		{ FOCUS_LIST, "F12", CMD_NONE },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct keymap map = { .screen = screen_keys, .global = global_keys, .focus = cases[i].focus };

		assert_case(keymap_find(&map, k(cases[i].key)) == cases[i].cmd, i, cases[i].key);
	}
}

static void keymap_find__replaces_all_keys__of_a_users_command(void **state UNUSED)
{
	struct override user[2];
	char bad[KEY_NAME_LEN];
	struct keymap map = { .screen = screen_keys, .global = global_keys, .focus = FOCUS_LIST, .user = user };

	assert_int_equal(override_parse(CMD_SAVE, " F12  C-w ", user, 2, bad), 2);
	map.n_user = 2;
	assert_int_equal(keymap_find(&map, k("F12")), CMD_SAVE);
	assert_int_equal(keymap_find(&map, k("C-w")), CMD_SAVE);
	assert_int_equal(keymap_find(&map, k("F2")), CMD_NONE);
	assert_int_equal(keymap_find(&map, k("F3")), CMD_FIND);
	map.screen = NULL; /* where nothing can be saved the key means nothing */
	assert_int_equal(keymap_find(&map, k("F12")), CMD_NONE);
}

static void override_parse__names_the_bad_key__and_too_many(void **state UNUSED)
{
	struct override user[2];
	char bad[KEY_NAME_LEN];

	assert_int_equal(override_parse(CMD_SAVE, "F12 Hyper-x", user, 2, bad), -1);
	assert_string_equal(bad, "Hyper-x");
	assert_int_equal(override_parse(CMD_SAVE, "F1 F2 F3", user, 2, bad), -1);
	assert_string_equal(bad, "F3");
	assert_int_equal(override_parse(CMD_SAVE, "", user, 2, bad), 0);
}

static void keymap_next__lists_what_works__once(void **state UNUSED)
{
	struct keymap map = { .screen = screen_keys, .global = global_keys, .focus = FOCUS_TEXT };
	size_t it = 0;
	unsigned saves = 0, prints = 0, reports = 0, carried = 0, letters = 0;
	struct bound b;

	while (keymap_next(&map, &it, &b)) {
		saves += b.cmd == CMD_SAVE;
		prints += b.cmd == CMD_PRINT;
		reports += b.cmd == CMD_REPORT; /* F9 prints here */
		if (b.cmd == CMD_AS_BEFORE) {
			carried++;
			assert_true(key_equal(b.key, k("C-k")));
		}
		letters += key_is_text(b.key);
	}
	assert_int_equal(saves, 1);
	assert_int_equal(prints, 1);
	assert_int_equal(reports, 0);
	assert_int_equal(carried, 1);
	assert_int_equal(letters, 0);
}

static void commands__have_name_and_help__all_of_them(void **state UNUSED)
{
	for (int c = CMD_NONE + 1; c < CMD_COUNT; c++) {
		assert_true(*cmd_name((enum cmd)c));
		assert_case(*cmd_sentence((enum cmd)c) != '\0', c, cmd_name((enum cmd)c));
		assert_int_equal(cmd_by_name(cmd_name((enum cmd)c)), c);
	}
	assert_int_equal(cmd_by_name("no-such"), CMD_NONE);
}

static void tables__name_real_keys__each_key_once(void **state UNUSED)
{
	const struct binding *tables[] = { global_keys, popup_keys };

	for (size_t t = 0; t < N_ELEMENTS(tables); t++)
		for (const struct binding *b = tables[t]; b->key; b++)
			for (const struct binding *c = tables[t]; c < b; c++)
				assert_false(key_equal(k(b->key), k(c->key)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(key_parse__tells_apart__every_kind),
		cmocka_unit_test(key_parse__refuses__what_is_no_key),
		cmocka_unit_test(key_label__is_short__for_the_bar),
		cmocka_unit_test(key_fold__makes_ascii__of_an_input_method_left_on),
		cmocka_unit_test(key_twin__stands_for_function_keys__and_letters),
		cmocka_unit_test(keymap_find__looks_up_in_order__by_focus),
		cmocka_unit_test(keymap_find__replaces_all_keys__of_a_users_command),
		cmocka_unit_test(override_parse__names_the_bad_key__and_too_many),
		cmocka_unit_test(keymap_next__lists_what_works__once),
		cmocka_unit_test(commands__have_name_and_help__all_of_them),
		cmocka_unit_test(tables__name_real_keys__each_key_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
