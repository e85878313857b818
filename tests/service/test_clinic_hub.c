/* Several computers in one clinic, as a screen reads it: what this one is, who joined, what each lacks, who answers. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/mem.h"
#include "app/base/path.h"
#include "app/service/clinic_hub.h"
#include "support/service/clinic.h"
#include "support/service/hub_rows.h"

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE };

static struct clinic_hub read_hub(struct test_clinic *c)
{
	struct clinic_hub h;

	assert_ok(clinic_hub_read(&c->app, &c->mem, &h, &c->err), &c->err);
	return h;
}

static void hub__alone(void **state)
{
	struct clinic_hub h = read_hub(*state);
	char listen[HUB_LISTEN];

	assert_int_equal(h.role, CLINIC_HUB_NONE);
	assert_false(h.serving);
	assert_string_equal(h.listen, "0.0.0.0:7653");
	assert_string_equal(h.code, "");
	assert_false(clinic_hub_wanted(&((struct test_clinic *)*state)->app, listen));
}

/* The usual port is not typed, another one is. */
static void member__address__as_it_is_typed(void **state)
{
	static const struct {
		const char *url, *typed;
	} all[] = { { "https://192.168.1.10:7653/fhir", "192.168.1.10" }, { "https://10.0.0.2:7654/fhir", "10.0.0.2:7654" },
		{ "https://hub.local:7653/fhir", "hub.local" }, { "http://127.0.0.1:17653/fhir", "127.0.0.1:17653" } };

	for (size_t i = 0; i < N_ELEMENTS(all); i++) {
		struct test_clinic c;
		struct clinic_hub h;

		clinic_start(&c);
		hub_rows_at(&c.app, all[i].url, c.now - HOUR);
		h = read_hub(&c);
		assert_int_equal(h.role, CLINIC_HUB_MEMBER);
		assert_string_equal(h.address, all[i].typed);
		assert_int_equal(h.since, c.now - HOUR);
		clinic_stop(&c);
	}
	(void)state;
}

static void hub__computers__what_each_lacks(void **state)
{
	struct test_clinic *c = *state;
	struct clinic_hub h;

	hub_rows_at(&c->app, "local:hub", c->now - HOUR);
	hub_rows_document(&c->app, "a", c->now - 30 * MINUTE);
	hub_rows_document(&c->app, "b", c->now - 20 * MINUTE);
	hub_rows_computer(&c->app, "pc000001", c->now - HOUR, c->now - 25 * MINUTE);
	hub_rows_computer(&c->app, "pc000002", c->now - HOUR, c->now - 10 * MINUTE);
	hub_rows_computer(&c->app, "pc000003", c->now - HOUR, 0);
	hub_rows_computer(&c->app, "pc000004", c->now - HOUR, c->now - MINUTE);
	h = read_hub(c);
	assert_int_equal(h.role, CLINIC_HUB_SELF);
	assert_int_equal(h.n, 4);
	for (int i = 0; i < 4; i++) {
		static const int64_t lacks[] = { 1, 0, 2, 0 };

		assert_int_equal(h.computers[i].lacks, lacks[i]);
		assert_int_equal(h.computers[i].here, i == 3);
	}
}

static void hub__code__is_there_as_long_as_it_is_good(void **state)
{
	struct test_clinic *c = *state;

	hub_rows_at(&c->app, "local:hub", c->now);
	hub_rows_code(&c->app, "K7PM-4TQ9-XW2A", c->now + MINUTE);
	assert_string_equal(read_hub(c).code, "K7PM-4TQ9-XW2A");
	assert_int_equal(read_hub(c).code_until, c->now + MINUTE);
	c->now += MINUTE;
	assert_string_equal(read_hub(c).code, "");
}

/* What is typed wrong is said at once, with an example, and what stood there stays. */
static void an_address_is_checked_where_it_is_typed(void **state)
{
	static const char *const wrong[] = { "7653", "192.168.1", "192.168.1.10:", "192.168.1.10:x", "192.168.1.10:65536",
		"192.168.1.10:-1", "192.168.1.10:7653 x", "hub.example:7653", "1920.1680.1000.10000:7653" };
	struct test_clinic *c = *state;

	assert_ok(clinic_hub_listen_at(&c->app, "192.168.1.10", &c->err), &c->err);
	for (size_t i = 0; i < N_ELEMENTS(wrong); i++) {
		assert_false(clinic_hub_listen_at(&c->app, wrong[i], &c->err));
		assert_int_equal(c->err.code, ERR_INVALID_VALUE);
		assert_string_equal(read_hub(c).listen, "192.168.1.10");
	}
	assert_ok(clinic_hub_listen_at(&c->app, "", &c->err), &c->err);
	assert_string_equal(read_hub(c).listen, "0.0.0.0:7653");
}

/* Only the hub, only where it is wanted, only when nobody answers yet. */
static void hub__is_kept_answering(void **state)
{
	struct test_clinic *c = *state;
	AUTO_FREE char *path = clinic_hub_lock(&c->app);
	AUTO_LOCK struct lock lock = LOCK_INIT;
	char listen[HUB_LISTEN] = "";

	assert_ok(clinic_hub_keep(&c->app, true, &c->err), &c->err);
	assert_false(clinic_hub_wanted(&c->app, listen));
	hub_rows_at(&c->app, "local:hub", c->now);
	assert_ok(clinic_hub_listen_at(&c->app, "192.168.1.10:7654", &c->err), &c->err);
	assert_true(clinic_hub_wanted(&c->app, listen));
	assert_string_equal(listen, "192.168.1.10:7654");
	assert_ok(lock_take(&lock, path, &c->err), &c->err);
	assert_false(clinic_hub_wanted(&c->app, listen));
	assert_true(read_hub(c).serving);
	assert_string_equal(read_hub(c).serves_at, "192.168.1.10");
	lock_release(&lock);
	assert_false(read_hub(c).serving);
	assert_ok(clinic_hub_keep(&c->app, false, &c->err), &c->err);
	assert_false(clinic_hub_wanted(&c->app, listen));
}

/* The other process that holds the lock is asked to end, and nobody else. */
static void hub__stop__ends_who_answers(void **state)
{
	struct test_clinic *c = *state;
	AUTO_FREE char *path = clinic_hub_lock(&c->app);
	int ready[2], status;
	bool ran;
	pid_t pid;
	char byte;

	assert_ok(clinic_hub_stop(&c->app, &ran, &c->err), &c->err);
	assert_false(ran);
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (!pid) {
		struct lock lock = LOCK_INIT;
		struct err err;

		if (!lock_take(&lock, path, &err) || write(ready[1], "", 1) != 1)
			_exit(3);
		for (;;)
			pause();
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_ok(clinic_hub_stop(&c->app, &ran, &c->err), &c->err);
	assert_true(ran);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	close(ready[0]);
	close(ready[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(hub__alone, clinic_setup, clinic_teardown),
		cmocka_unit_test(member__address__as_it_is_typed),
		cmocka_unit_test_setup_teardown(hub__computers__what_each_lacks, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(hub__code__is_there_as_long_as_it_is_good, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(hub__is_kept_answering, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(an_address_is_checked_where_it_is_typed, clinic_setup, clinic_teardown),
		cmocka_unit_test_setup_teardown(hub__stop__ends_who_answers, clinic_setup, clinic_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
