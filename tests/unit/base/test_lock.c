#include "app/base/lock.h"
#include "app/base/mem.h"
#include "support/base/check.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static void lock_take__refuses_the_second__and_names_the_first(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "sync.lock");
	struct lock a = LOCK_INIT, b = LOCK_INIT;
	struct err err = { 0 };
	char pid[24];

	snprintf(pid, sizeof pid, "%ld", (long)getpid());
	assert_ok(lock_take(&a, path, &err), &err);
	assert_refused(lock_take(&b, path, &err), &err, ERR_BUSY);
	assert_non_null(strstr(err.message, pid));
	assert_int_equal(b.fd, -1);
	lock_release(&a);
	lock_release(&a);
	assert_ok(lock_take(&b, path, &err), &err);
	lock_release(&b);
}

static void lock_take__says_busy__also_without_a_name(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "sync.lock");
	AUTO_LOCK struct lock a = LOCK_INIT;
	struct lock b = LOCK_INIT;
	struct err err = { 0 };

	assert_ok(lock_take(&a, path, &err), &err);
	scratch_write(path, "rubbish", 0);
	assert_refused(lock_take(&b, path, &err), &err, ERR_BUSY);
}

/* The child dies without releasing anything. */
static void lock_take__succeeds__after_the_holder_died(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "sync.lock");
	AUTO_LOCK struct lock a = LOCK_INIT;
	struct err err = { 0 };
	int status;

	if (fork() == 0) {
		struct lock mine = LOCK_INIT;

		_exit(!lock_take(&mine, path, &err));
	}
	assert_true(wait(&status) > 0);
	assert_int_equal(status, 0);
	assert_ok(lock_take(&a, path, &err), &err);
}

/* The child asks while we hold it, and gets it only after we let go. */
static void lock_wait__gets_its_turn__when_the_first_lets_go(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "sync.lock");
	struct lock a = LOCK_INIT;
	struct err err = { 0 };
	int go[2], status;
	char c;

	assert_ok(lock_take(&a, path, &err), &err);
	assert_int_equal(pipe(go), 0);
	if (fork() == 0) {
		struct lock mine = LOCK_INIT;

		close(a.fd);
		if (lock_take(&mine, path, &err) || err.code != ERR_BUSY || write(go[1], "x", 1) != 1)
			_exit(1);
		_exit(lock_wait(&mine, path, &err) ? 0 : 2);
	}
	assert_int_equal(read(go[0], &c, 1), 1);
	lock_release(&a);
	assert_true(wait(&status) > 0);
	assert_int_equal(status, 0);
	close(go[0]);
	close(go[1]);
}

static void lock_holder__names_the_process__while_it_holds(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "hub.lock");
	struct lock a = LOCK_INIT;
	struct err err = { 0 };

	assert_int_equal(lock_holder(path), 0);
	assert_ok(lock_take(&a, path, &err), &err);
	assert_int_equal(lock_holder(path), getpid());
	lock_release(&a);
	assert_int_equal(lock_holder(path), 0);
}

static void lock_take__fails_plainly__without_its_folder(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "none/sync.lock");
	struct lock a = LOCK_INIT;
	struct err err = { 0 };

	assert_refused(lock_take(&a, path, &err), &err, ERR_NOT_FOUND);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lock_take__refuses_the_second__and_names_the_first),
		cmocka_unit_test(lock_take__says_busy__also_without_a_name),
		cmocka_unit_test(lock_take__succeeds__after_the_holder_died),
		cmocka_unit_test(lock_wait__gets_its_turn__when_the_first_lets_go),
		cmocka_unit_test(lock_holder__names_the_process__while_it_holds),
		cmocka_unit_test(lock_take__fails_plainly__without_its_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
