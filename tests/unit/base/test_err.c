#include "app/base/err.h"
#include "app/base/i18n.h"
#include "support/base/check.h"

#include <errno.h>

static void err_set__fills_all_and_returns_false__over_an_old_error(void **state UNUSED)
{
	struct err e = { .code = ERR_IO, .detail = 5, .field = "old", .example = "old", .log = "old" };

	assert_false(err_set(&e, ERR_OUT_OF_RANGE, "%d > %d", 1300, 300));
	assert_int_equal(e.code, ERR_OUT_OF_RANGE);
	assert_string_equal(e.message, "1300 > 300");
	assert_string_equal(e.field, "");
	assert_string_equal(e.example, "");
	assert_string_equal(e.log, "");
	assert_int_equal(e.detail, 0);
	assert_false(err_at(&e, "sbp"));
	assert_false(err_example(&e, "152"));
	assert_string_equal(e.field, "sbp");
	assert_string_equal(e.example, "152");
	err_clear(&e);
	assert_int_equal(e.code, ERR_NONE);
	assert_string_equal(e.message, "");
}

static void err_set__cuts__between_characters(void **state UNUSED)
{
	struct err e;
	char text[1024] = "";

	for (size_t i = 0; i + 4 < sizeof text; i += 3)
		memcpy(text + i, "村", 4);
	err_set(&e, ERR_FORMAT, "a%s", text);
	assert_true(strlen(e.message) < sizeof e.message);
	assert_int_equal((strlen(e.message) - 1) % 3, 0);
	err_set(&e, ERR_FORMAT, "%s", text);
	err_at(&e, text);
	assert_int_equal(strlen(e.field) % 3, 0);
	err_example(&e, text);
	assert_int_equal(strlen(e.example) % 3, 0);
	err_system(&e, ERR_IO, 1, text, "%s", text);
	assert_int_equal(strlen(e.message) % 3, 0);
	assert_int_equal(strlen(e.log) % 3, 0);
}

static void err_system__keeps__detail_and_log(void **state UNUSED)
{
	struct err e;

	assert_false(err_system(&e, ERR_NETWORK, 28, "The county does not answer.", "curl %d", 28));
	assert_int_equal(e.detail, 28);
	assert_string_equal(e.log, "curl 28");
	assert_string_equal(e.message, "The county does not answer.");
}

static void err_errno__picks_the_code__by_cause(void **state UNUSED)
{
	static const struct {
		int errnum;
		enum err_code code;
	} cases[] = {
		{ ENOSPC, ERR_DISK_FULL }, { EDQUOT, ERR_DISK_FULL }, { EACCES, ERR_NOT_ALLOWED }, { EPERM, ERR_NOT_ALLOWED },
		{ EROFS, ERR_NOT_ALLOWED }, { ENOENT, ERR_NOT_FOUND }, { EIO, ERR_IO },            { EISDIR, ERR_IO },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct err e;

		assert_false(err_errno(&e, cases[i].errnum, "名单.csv"));
		assert_int_equal(e.code, cases[i].code);
		assert_int_equal(e.detail, cases[i].errnum);
		assert_non_null(strstr(e.message, "名单.csv"));
		assert_null(strstr(e.message, strerror(cases[i].errnum))); /* words of our own */
	}
}

static void err_name__is_unique_and_stable__for_each_code(void **state UNUSED)
{
	for (int i = 0; i < ERR_COUNT; i++) {
		const char *name = err_name((enum err_code)i);

		assert_true(name && *name);
		for (int j = 0; j < i; j++)
			assert_string_not_equal(name, err_name((enum err_code)j));
	}
	assert_string_equal(err_name(ERR_NEEDS_CONFIRMATION), "needs_confirmation");
	assert_string_equal(err_name((enum err_code)999), "none");
}

static void err_exit_status__follows__the_contract(void **state UNUSED)
{
	static const unsigned char expected[ERR_COUNT] = {
		[ERR_USAGE] = 2,   [ERR_UNKNOWN_COMMAND] = 2, [ERR_BUSY] = 3,       [ERR_NETWORK] = 4,
		[ERR_SERVER] = 4,  [ERR_AUTH] = 4,            [ERR_NOT_ALLOWED] = 5,
	};

	assert_int_equal(err_exit_status(ERR_NONE), 0);
	for (int i = 1; i < ERR_COUNT; i++)
		assert_int_equal(err_exit_status((enum err_code)i), expected[i] ? expected[i] : 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(err_set__fills_all_and_returns_false__over_an_old_error),
		cmocka_unit_test(err_set__cuts__between_characters),
		cmocka_unit_test(err_system__keeps__detail_and_log),
		cmocka_unit_test(err_errno__picks_the_code__by_cause),
		cmocka_unit_test(err_name__is_unique_and_stable__for_each_code),
		cmocka_unit_test(err_exit_status__follows__the_contract),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
