#include "app/base/log.h"
#include "app/base/mem.h"
#include "support/base/check.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct fixture {
	char *dir, *path, *old;
	int64_t now;
	struct clock clock;
};

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof *f);

	f->dir = scratch_dir();
	f->path = scratch_path(f->dir, "log");
	f->old = scratch_path(f->dir, "log.1");
	clock_init_manual(&f->clock, &f->now);
	log_set_clock(&f->clock);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	log_close();
	log_set_clock(NULL);
	free(f->dir);
	free(f->path);
	free(f->old);
	free(f);
	return 0;
}

static void open_log(const struct fixture *f, size_t max)
{
	struct err err = { 0 };

	assert_ok(log_open(f->path, max, &err), &err);
}

static void log_write__writes__stamped_lines(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *text = NULL;
	char expected[128];
	struct stat st;

	open_log(f, LOG_SIZE_MAX);
	f->now = 1795313133120;
	log_warn("sync %d\n\x1b[31m", 7);
	snprintf(expected, sizeof expected, "2026-11-22T02:05:33.120+00:00 %ld warn  sync 7\\x0a\\x1b[31m\n", (long)getpid());
	text = scratch_read(f->path, NULL);
	assert_string_equal(text, expected);
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(log_fd() >= 0);
}

static void log_err__leaves_out__the_sentence(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *text = NULL;
	struct err err;

	open_log(f, LOG_SIZE_MAX);
	err_system(&err, ERR_INVALID_VALUE, 5, "张三 350299195203150048", "column 3");
	err_at(&err, "id_number");
	log_err("import", &err);
	text = scratch_read(f->path, NULL);
	assert_non_null(strstr(text, "import: invalid_value detail=5 field=id_number column 3"));
	assert_null(strstr(text, "张三"));
	assert_null(strstr(text, "3502"));
}

static void log_write__turns_over__at_its_size(void **state)
{
	struct fixture *f = *state;
	size_t n = 0, old = 0;

	open_log(f, 1000);
	for (int i = 0; i < 100; i++)
		log_info("line %d", i);
	free(scratch_read(f->path, &n));
	free(scratch_read(f->old, &old));
	assert_in_range(n, 1, 1000);
	assert_in_range(old, 900, 1000);
	assert_int_equal(scratch_count(f->dir), 2);
}

/* Four programs write and turn over the same file: no line is torn. */
static void log_write__never_tears_lines__when_several_write(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *text = NULL;
	int status;

	for (int child = 0; child < 4; child++) {
		if (fork() == 0) {
			struct err err = { 0 };

			if (!log_open(f->path, 20000, &err))
				_exit(1);
			for (int i = 0; i < 300; i++)
				log_info("%d-%04d-%s", child, i, "abcdefghijklmnopqrstuvwxyz");
			_exit(0);
		}
	}
	for (int i = 0; i < 4; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	text = scratch_read(f->path, NULL);
	for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
		size_t len = strcspn(line, "\n");

		assert_true(line[len] == '\n' && len > 40);
		assert_memory_equal(line, "1970-01-01T", 11);
		assert_memory_equal(line + len - 5, "vwxyz", 5);
	}
}

static void log_write__takes_stderr_along__when_it_turns_over(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *text = NULL;
	int saved = dup(STDERR_FILENO);

	open_log(f, 200);
	dup2(log_fd(), STDERR_FILENO);
	for (int i = 0; i < 10; i++)
		log_info("line %d", i);
	assert_int_equal(write(STDERR_FILENO, "from a library\n", 15), 15);
	dup2(saved, STDERR_FILENO);
	close(saved);
	text = scratch_read(f->path, NULL);
	assert_non_null(strstr(text, "from a library"));
}

static void log_open__fails_plainly__without_its_folder(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *path = scratch_path(f->dir, "none/log");
	struct err err = { 0 };

	assert_refused(log_open(path, LOG_SIZE_MAX, &err), &err, ERR_NOT_FOUND);
	assert_int_equal(log_fd(), -1);
}

static void log_write__goes_to_stderr__before_a_file_is_open(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *text = NULL;
	int saved = dup(STDERR_FILENO);
	FILE *file = fopen(f->path, "w");

	assert_non_null(file);
	dup2(fileno(file), STDERR_FILENO);
	log_info("quiet");
	log_warn("loud");
	dup2(saved, STDERR_FILENO);
	close(saved);
	fclose(file);
	text = scratch_read(f->path, NULL);
	assert_null(strstr(text, "quiet"));
	assert_non_null(strstr(text, "loud"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(log_write__writes__stamped_lines, set_up, tear_down),
		cmocka_unit_test_setup_teardown(log_err__leaves_out__the_sentence, set_up, tear_down),
		cmocka_unit_test_setup_teardown(log_write__turns_over__at_its_size, set_up, tear_down),
		cmocka_unit_test_setup_teardown(log_write__never_tears_lines__when_several_write, set_up, tear_down),
		cmocka_unit_test_setup_teardown(log_write__takes_stderr_along__when_it_turns_over, set_up, tear_down),
		cmocka_unit_test_setup_teardown(log_open__fails_plainly__without_its_folder, set_up, tear_down),
		cmocka_unit_test_setup_teardown(log_write__goes_to_stderr__before_a_file_is_open, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
