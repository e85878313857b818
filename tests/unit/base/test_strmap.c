#include "app/base/strmap.h"
#include "support/base/check.h"

static void strmap__gives_back__what_was_put(void **state UNUSED)
{
	struct strmap m = { .n = 0 };
	char key[16], value[16];

	assert_null(strmap_get(&m, "k1"));
	for (int i = 0; i < 1000; i++) {
		snprintf(key, sizeof key, "k%d", i);
		snprintf(value, sizeof value, "v%d", i);
		assert_string_equal(strmap_put(&m, key, value), value);
	}
	for (int i = 0; i < 1000; i++) {
		snprintf(key, sizeof key, "k%d", i);
		snprintf(value, sizeof value, "v%d", i);
		assert_string_equal(strmap_get(&m, key), value);
	}
	assert_null(strmap_get(&m, "k1000"));
	strmap_release(&m);
	assert_null(strmap_get(&m, "k1"));
}

/* Also when the table grew in between. */
static void strmap__gives_the_newest__key_put_again(void **state UNUSED)
{
	struct strmap m = { .n = 0 };
	char key[16];

	strmap_put(&m, "same", "old");
	strmap_put(&m, "same", "new");
	for (int i = 0; i < 500; i++) {
		snprintf(key, sizeof key, "k%d", i);
		strmap_put(&m, key, "");
	}
	assert_string_equal(strmap_get(&m, "same"), "new");
	strmap_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strmap__gives_back__what_was_put),
		cmocka_unit_test(strmap__gives_the_newest__key_put_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
