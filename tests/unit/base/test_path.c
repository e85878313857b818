#include "app/base/path.h"
#include "app/base/utf8.h"
#include "app/base/mem.h"
#include "app/base/path_int.h"
#include "support/base/check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void path_name__is__the_last_part(void **state UNUSED)
{
	assert_string_equal(path_name("/a/b.csv"), "b.csv");
	assert_string_equal(path_name("b.csv"), "b.csv");
	assert_string_equal(path_name("/a/b/"), "/a/b/");
	assert_string_equal(path_name("/"), "/");
	assert_string_equal(path_name(""), "");
}

static void path_has_ending__knows__small_and_large(void **state UNUSED)
{
	assert_true(path_has_ending("a.csv", ".csv"));
	assert_true(path_has_ending("/usb/A.CSV", ".csv"));
	assert_false(path_has_ending(".csv", ".csv"));
	assert_false(path_has_ending("a.csv.age", ".csv"));
	assert_false(path_has_ending("", ".csv"));
}

static void path_data_dir__follows__option_then_xdg_then_home(void **state UNUSED)
{
	static const struct {
		const char *option, *xdg, *home, *expected;
	} cases[] = {
		{ "/data", "/x", "/h", "/data" },
		{ "data", "/x", "/h", "data" },
		{ NULL, "/x", "/h", "/x/cunyi" },
		{ "", "/x/", "/h", "/x/cunyi" },
		{ NULL, NULL, "/h", "/h/.local/share/cunyi" },
		{ NULL, "", "/h", "/h/.local/share/cunyi" },
		{ NULL, "relative", "/h", "/h/.local/share/cunyi" },
		{ NULL, NULL, NULL, NULL },
		{ NULL, NULL, "relative", NULL },
	};
	AUTO_FREE char *home = xstrdup(getenv("HOME") ? getenv("HOME") : "/");

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_FREE char *dir = NULL;
		struct err err = { 0 };

		unsetenv("XDG_DATA_HOME");
		unsetenv("HOME");
		if (cases[i].xdg)
			setenv("XDG_DATA_HOME", cases[i].xdg, 1);
		if (cases[i].home)
			setenv("HOME", cases[i].home, 1);
		dir = path_data_dir(cases[i].option, &err);
		if (cases[i].expected)
			assert_string_equal(dir, cases[i].expected);
		else
			assert_true(!dir && err.code == ERR_NOT_FOUND);
	}
	unsetenv("XDG_DATA_HOME");
	setenv("HOME", home, 1);
}

static void path_config_dir__follows__xdg_then_home(void **state UNUSED)
{
	struct err err = { 0 };
	AUTO_FREE char *a = NULL;
	AUTO_FREE char *b = NULL;

	setenv("XDG_CONFIG_HOME", "/x", 1);
	a = path_config_dir(&err);
	assert_string_equal(a, "/x/cunyi");
	unsetenv("XDG_CONFIG_HOME");
	b = path_config_dir(&err);
	assert_non_null(strstr(b, "/.config/cunyi"));
}

static unsigned mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static void path_make_private__creates_all__for_the_owner_alone(void **state UNUSED)
{
	AUTO_FREE char *top = scratch_dir();
	AUTO_FREE char *middle = scratch_path(top, "甲");
	AUTO_FREE char *dir = scratch_path(middle, "b");
	struct err err = { 0 };

	assert_ok(path_make_private(dir, &err), &err);
	assert_int_equal(mode_of(dir), 0700);
	assert_int_equal(mode_of(middle), 0700);
	assert_ok(path_make_private(dir, &err), &err);
	assert_int_equal(chmod(dir, 0755), 0);
	assert_ok(path_make_private(dir, &err), &err);
	assert_int_equal(mode_of(dir), 0700);
}

static void path_make_private__refuses__what_is_no_folder(void **state UNUSED)
{
	AUTO_FREE char *top = scratch_dir();
	AUTO_FREE char *file = scratch_path(top, "file");
	AUTO_FREE char *below = scratch_path(file, "x");
	struct err err = { 0 };

	scratch_write(file, "x", 0);
	assert_refused(path_make_private(file, &err), &err, ERR_IO);
	assert_refused(path_make_private(below, &err), &err, ERR_IO);
	assert_refused(path_make_private("", &err), &err, ERR_NOT_FOUND);
}

static void path_check_local__takes__this_disk(void **state UNUSED)
{
	AUTO_FREE char *top = scratch_dir();
	AUTO_FREE char *none = scratch_path(top, "none");
	struct err err = { 0 };

	assert_ok(path_check_local("/dev/shm", &err), &err);
	assert_refused(path_check_local(none, &err), &err, ERR_NOT_FOUND);
	assert_true(path_free_space(top) > 0);
	assert_true(path_free_space(none) == -1);
}

static void path_type_is_network__knows__the_types(void **state UNUSED)
{
	assert_true(path_type_is_network(0x6969));
	assert_true(path_type_is_network(0xFF534D42));
	assert_true(path_type_is_network(0xFE534D42));
	assert_false(path_type_is_network(0xEF53));     /* ext4 */
	assert_false(path_type_is_network(0x01021994)); /* tmpfs */
	assert_false(path_type_is_network(0x9123683E)); /* btrfs */
	assert_true(path_fuse_is_network("fuse.sshfs"));
	assert_false(path_fuse_is_network("fuseblk")); /* NTFS on a stick */
}

static void path_mount_type__finds__the_device(void **state UNUSED)
{
	static const char text[] =
		"22 27 0:21 / /proc rw,nosuid shared:12 - proc proc rw\n"
		"27 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
		"96 27 0:44 / /mnt/net - fake rw - fuse.sshfs u@host:/ rw\n"
		"97 27 0:45 / /media/u/STICK rw - fuseblk /dev/sdb1 rw";
	char type[16];

	assert_true(path_mount_type(text, 8, 1, type, sizeof type));
	assert_string_equal(type, "ext4");
	assert_true(path_mount_type(text, 0, 45, type, sizeof type));
	assert_string_equal(type, "fuseblk");
	assert_false(path_mount_type(text, 9, 9, type, sizeof type));
	assert_false(path_mount_type("", 8, 1, type, sizeof type));
	assert_false(path_mount_type("rubbish\n27 1 8:1 / / rw", 8, 1, type, sizeof type));
}

static void path_write__replaces_whole__and_leaves_nothing_beside(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "报表.csv");
	AUTO_FREE char *text = NULL;
	struct err err = { 0 };
	size_t n;

	scratch_write(path, "old and longer than the new", 0);
	assert_ok(path_write(path, "new\0x", 5, &err), &err);
	text = scratch_read(path, &n);
	assert_int_equal(n, 5);
	assert_memory_equal(text, "new\0x", 5);
	assert_int_equal(mode_of(path), 0600);
	assert_int_equal(scratch_count(dir), 1);
}

static void path_write__works__in_the_present_folder(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *back = getcwd(NULL, 0);
	struct err err = { 0 };

	assert_int_equal(chdir(dir), 0);
	assert_ok(path_write("x.csv", "1", 1, &err), &err);
	assert_int_equal(chdir(back), 0);
	assert_int_equal(scratch_count(dir), 1);
}

static void path_write__refuses__a_folder_that_is_not_there(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *below = scratch_path(dir, "none/x.csv");
	AUTO_FREE char *taken = scratch_path(dir, "taken");
	struct err err = { 0 };

	assert_refused(path_write(below, "1", 1, &err), &err, ERR_NOT_FOUND);
	assert_int_equal(mkdir(taken, 0700), 0);
	assert_refused(path_write(taken, "1", 1, &err), &err, ERR_IO);
	assert_int_equal(scratch_count(dir), 1);
}

/* A full disk: writing beyond the limit of file sizes fails in the middle, in a child because the limit stays. */
static void path_write__keeps_the_old_file__when_the_disk_is_full(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "x");
	AUTO_FREE char *text = NULL;
	int status;
	pid_t pid;

	scratch_write(path, "old", 0);
	pid = fork();
	if (!pid) {
		struct rlimit limit = { 1000, 1000 };
		struct err err = { 0 };
		char big[5000] = "";

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
		_exit(path_write(path, big, sizeof big, &err) ? 1 : err.code == ERR_IO && err.detail == EFBIG ? 0 : 2);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	text = scratch_read(path, NULL);
	assert_string_equal(text, "old");
	assert_int_equal(scratch_count(dir), 1);
}

static void path_file__commits__what_another_wrote_under_its_name(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "x.xlsx");
	AUTO_PATH_FILE struct path_file f = PATH_FILE_INIT;
	AUTO_FREE char *text = NULL;
	struct err err = { 0 };

	assert_ok(path_file_start(&f, path, &err), &err);
	assert_int_equal(unlink(f.temp), 0);
	scratch_write(f.temp, "by a library", 0);
	assert_ok(path_file_commit(&f, &err), &err);
	text = scratch_read(path, NULL);
	assert_string_equal(text, "by a library");
	assert_int_equal(scratch_count(dir), 1);
	assert_int_equal(f.fd, -1);
}

static void path_file__leaves_nothing__when_aborted_or_lost(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "x");
	struct path_file f = PATH_FILE_INIT;
	struct err err = { 0 };

	assert_ok(path_file_start(&f, path, &err), &err);
	assert_ok(path_file_write(&f, "abc", 3, &err), &err);
	assert_int_equal(scratch_count(dir), 1);
	path_file_abort(&f);
	path_file_abort(&f);
	assert_int_equal(scratch_count(dir), 0);
	assert_ok(path_file_start(&f, path, &err), &err);
	assert_int_equal(unlink(f.temp), 0);
	assert_refused(path_file_commit(&f, &err), &err, ERR_NOT_FOUND);
	assert_int_equal(f.fd, -1);
	assert_int_equal(scratch_count(dir), 0);
}

static void path_read__stops__at_its_limit(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "x");
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	struct err err = { 0 };

	scratch_write(path, "12345", 0);
	assert_ok(path_read(path, 5, &b, &err), &err);
	assert_string_equal(b.s, "12345");
	assert_refused(path_read(path, 4, &b, &err), &err, ERR_FORMAT);
	assert_refused(path_read(dir, 4, &b, &err), &err, ERR_IO);
}

/* As it was given; of a very long one its end, cut between two characters. */
static void path_shown__is_whole__unless_very_long(void **state UNUSED)
{
	char text[400];
	const char *shown;

	assert_string_equal(path_shown("../a b/名单.csv"), "../a b/名单.csv");
	assert_string_equal(path_shown(""), "");
	memset(text, 'x', 300);
	snprintf(text + 300, 9, "/end.csv");
	shown = path_shown(text);
	assert_int_equal(strlen(shown), 200);
	assert_string_equal(shown + 192, "/end.csv");
	for (size_t i = 0; i < 100; i++)
		memcpy(text + 3 * i, "名", 3);
	text[300] = '\0';
	shown = path_shown(text);
	assert_int_equal(strlen(shown), 198);
	assert_true(utf8_valid(shown, strlen(shown)));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(path_shown__is_whole__unless_very_long),
		cmocka_unit_test(path_name__is__the_last_part),
		cmocka_unit_test(path_has_ending__knows__small_and_large),
		cmocka_unit_test(path_data_dir__follows__option_then_xdg_then_home),
		cmocka_unit_test(path_config_dir__follows__xdg_then_home),
		cmocka_unit_test(path_make_private__creates_all__for_the_owner_alone),
		cmocka_unit_test(path_make_private__refuses__what_is_no_folder),
		cmocka_unit_test(path_check_local__takes__this_disk),
		cmocka_unit_test(path_type_is_network__knows__the_types),
		cmocka_unit_test(path_mount_type__finds__the_device),
		cmocka_unit_test(path_write__replaces_whole__and_leaves_nothing_beside),
		cmocka_unit_test(path_write__works__in_the_present_folder),
		cmocka_unit_test(path_write__refuses__a_folder_that_is_not_there),
		cmocka_unit_test(path_write__keeps_the_old_file__when_the_disk_is_full),
		cmocka_unit_test(path_file__commits__what_another_wrote_under_its_name),
		cmocka_unit_test(path_file__leaves_nothing__when_aborted_or_lost),
		cmocka_unit_test(path_read__stops__at_its_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
