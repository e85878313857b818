#include "app/base/i18n.h"
#include "support/base/check.h"

#include <langinfo.h>
#include <locale.h>

static void i18n_init__is_utf8_and_chinese__whatever_the_environment(void **state UNUSED)
{
	static const char *const locales[] = { "", "C", "POSIX", "C.UTF-8", "no_SUCH.locale", "zh_CN.GB18030", "en_US.ISO-8859-1" };

	for (size_t i = 0; i < N_ELEMENTS(locales); i++) {
		setenv("LC_ALL", locales[i], 1);
		i18n_init();
		assert_case(!strcmp(nl_langinfo(CODESET), "UTF-8"), i, locales[i]);
		assert_case(!strcmp(setlocale(LC_NUMERIC, NULL), "C"), i, locales[i]);
		assert_case(!strcmp(_("There is not enough memory."), "内存不足。"), i, _("There is not enough memory."));
	}
	setenv("LC_ALL", "C.UTF-8", 1);
}

static void i18n_set_language__switches__while_running(void **state UNUSED)
{
	static const struct term term = { "村", "Village" };

	i18n_init();
	for (int round = 0; round < 3; round++) {
		assert_true(i18n_set_language("en"));
		assert_string_equal(_("There is not enough memory."), "There is not enough memory.");
		assert_string_equal(term_text(&term), "Village");
		assert_string_equal(i18n_language(), "en");
		assert_true(i18n_set_language("zh"));
		assert_string_equal(_("There is not enough memory."), "内存不足。");
		assert_string_equal(term_text(&term), "村");
		assert_string_equal(i18n_language(), "zh");
	}
}

static void i18n_set_language__takes_locale_names__and_ignores_others(void **state UNUSED)
{
	assert_true(i18n_set_language("en_GB.UTF-8"));
	assert_string_equal(i18n_language(), "en");
	assert_false(i18n_set_language("fr"));
	assert_false(i18n_set_language(""));
	assert_string_equal(i18n_language(), "en");
	assert_true(i18n_set_language("zh_CN"));
	assert_string_equal(i18n_language(), "zh");
}

static void term_text__is_never_null__when_a_side_is_missing(void **state UNUSED)
{
	static const struct term zh_only = { "村", NULL }, none = { NULL, NULL };

	i18n_set_language("en");
	assert_string_equal(term_text(&zh_only), "");
	assert_string_equal(term_text(&none), "");
	i18n_set_language("zh");
	assert_string_equal(term_text(&zh_only), "村");
}

/* Sentences with 64-bit numbers are written with the machine's own sign for them in the catalogue. */
static void gettext__finds__sentences_with_64_bit_numbers(void **state UNUSED)
{
	i18n_set_language("zh");
	assert_string_not_equal(_("The record that starts in line %ld is too long."),
		"The record that starts in line %ld is too long.");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(i18n_init__is_utf8_and_chinese__whatever_the_environment),
		cmocka_unit_test(i18n_set_language__switches__while_running),
		cmocka_unit_test(i18n_set_language__takes_locale_names__and_ignores_others),
		cmocka_unit_test(term_text__is_never_null__when_a_side_is_missing),
		cmocka_unit_test(gettext__finds__sentences_with_64_bit_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
