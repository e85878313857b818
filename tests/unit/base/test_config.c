#include "app/base/config.h"
#include "app/base/mem.h"
#include "support/base/check.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char sample[] =
	"# settings of the clinic\n"
	"\n"
	"language = zh\n"
	"  theme=dark  \r\n"
	"county.url =  https://fhir.example/r4?a=b # not a comment\n"
	"empty =\n"
	"this is not a setting\n"
	"language = en\n"
	"name = 榕溪村卫生室";

static void load(struct config *c, const char *path)
{
	struct err err = { 0 };

	assert_ok(config_load(c, path, &err), &err);
}

static void config_get__reads__keys_and_trims(void **state UNUSED)
{
	static const char *const cases[][2] = {
		{ "language", "en" }, { "theme", "dark" }, { "empty", "" }, { "name", "榕溪村卫生室" },
		{ "county.url", "https://fhir.example/r4?a=b # not a comment" },
		{ "Language", NULL }, { "lang", NULL }, { "# settings of the clinic", NULL }, { "this", NULL }, { "", NULL },
	};
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "config");
	AUTO_CONFIG struct config c;
	char value[64];

	scratch_write(path, sample, 0);
	load(&c, path);
	assert_int_equal(c.bad_line, 7);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		assert_case(config_get(&c, cases[i][0], value, sizeof value) == (cases[i][1] != NULL), i, cases[i][0]);
		assert_case(!cases[i][1] || !strcmp(value, cases[i][1]), i, value);
	}
	assert_false(config_get(&c, "theme", value, 4));
	assert_true(config_get(&c, "theme", value, 5));
}

static void config_load__is_empty__without_a_file(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "config");
	AUTO_CONFIG struct config c;
	char value[8];

	load(&c, path);
	assert_false(config_get(&c, "language", value, sizeof value));
	assert_int_equal(c.bad_line, 0);
}

static void config_load__refuses__what_is_no_text(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "config");
	AUTO_CONFIG struct config c;
	AUTO_CONFIG struct config d;
	struct err err = { 0 };

	scratch_write(path, "a = \0b\n", 7);
	assert_refused(config_load(&c, path, &err), &err, ERR_FORMAT);
	assert_refused(config_load(&d, dir, &err), &err, ERR_IO);
}

static void config_change__keeps__everything_else(void **state UNUSED)
{
	static const struct {
		const char *before, *key, *value, *after;
	} cases[] = {
		{ "# c\na = 1\nb = 2\n", "a", "9", "# c\na = 9\nb = 2\n" },
		{ "a = 1\na = 2\n", "a", "9", "a = 1\na = 9\n" },
		{ "a=1", "b", "2", "a=1\nb = 2\n" },
		{ "a = 1 \r\nb = 2\r\n", "a", "x y", "a = x y \r\nb = 2\r\n" },
		{ "a =\nb = 2\n", "a", "1", "a =1\nb = 2\n" },
		{ "", "a", "村", "a = 村\n" },
		{ "# a = 1\n", "a", "2", "# a = 1\na = 2\n" },
		{ "a = 1\n# c\na = 2\nb = 3\n", "a", NULL, "# c\nb = 3\n" },
		{ "a = 1", "b", NULL, "a = 1" },
		{ "rubbish\na = 1\n", "a", "", "rubbish\na = \n" },
		{ "\xEF\xBB\xBF" "a = 1\n", "a", "2", "\xEF\xBB\xBF" "a = 2\n" },
	};
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "config");

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_CONFIG struct config c;
		AUTO_FREE char *text = NULL;
		char value[64] = "none";
		struct err err = { 0 };

		scratch_write(path, cases[i].before, 0);
		load(&c, path);
		assert_ok(config_change(&c, path, cases[i].key, cases[i].value, &err), &err);
		text = scratch_read(path, NULL);
		assert_case(!strcmp(text, cases[i].after), i, text);
		assert_case(config_get(&c, cases[i].key, value, sizeof value) == (cases[i].value != NULL), i, value);
		assert_case(!cases[i].value || !strcmp(value, cases[i].value), i, value);
	}
}

static void config_change__creates__folder_and_file_for_the_owner(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "a/b/config");
	AUTO_CONFIG struct config c;
	struct stat st;
	struct err err = { 0 };

	load(&c, path);
	assert_ok(config_change(&c, path, "language", "en", &err), &err);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void config_change__refuses__what_cannot_stand_on_a_line(void **state UNUSED)
{
	static const char *const cases[][2] = {
		{ "", "x" }, { "a b", "x" }, { "a=b", "x" }, { "#a", "x" }, { "语言", "x" }, { "a", "x\ny" }, { "a", " x" },
		{ "a", "x " }, { "a", "x\r" },
	};
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "config");
	AUTO_CONFIG struct config c;
	struct err err = { 0 };

	load(&c, path);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		assert_refused(config_change(&c, path, cases[i][0], cases[i][1], &err), &err, ERR_INVALID_VALUE);
	assert_int_equal(scratch_count(dir), 0);
}

/* Eight programs that set eight different keys at once: none is lost. */
static void config_change__loses_nothing__when_several_write(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "config");
	AUTO_CONFIG struct config c;
	char value[8];

	for (int i = 0; i < 8; i++) {
		if (fork() == 0) {
			struct config mine;
			struct err err = { 0 };
			char key[] = "k0";

			key[1] = (char)('0' + i);
			_exit(!config_load(&mine, path, &err) || !config_change(&mine, path, key, "1", &err));
		}
	}
	for (int i = 0; i < 8; i++) {
		int status;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	load(&c, path);
	for (int i = 0; i < 8; i++) {
		char key[] = "k0";

		key[1] = (char)('0' + i);
		assert_true(config_get(&c, key, value, sizeof value));
	}
}

static void config_next__lists__in_order(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "config");
	AUTO_CONFIG struct config c;
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	char key[16], value[64];

	scratch_write(path, sample, 0);
	load(&c, path);
	for (size_t pos = 0; config_next(&c, &pos, key, sizeof key, value, sizeof value);)
		sbuf_addf(&b, "%s ", key);
	assert_string_equal(b.s, "language theme county.url empty language name ");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(config_get__reads__keys_and_trims),
		cmocka_unit_test(config_load__is_empty__without_a_file),
		cmocka_unit_test(config_load__refuses__what_is_no_text),
		cmocka_unit_test(config_change__keeps__everything_else),
		cmocka_unit_test(config_change__creates__folder_and_file_for_the_owner),
		cmocka_unit_test(config_change__refuses__what_cannot_stand_on_a_line),
		cmocka_unit_test(config_change__loses_nothing__when_several_write),
		cmocka_unit_test(config_next__lists__in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
