/* What is kept of rounds: the hub is asked every minute, the county once a day. */
#include "hub_scene.h"

#include "app/base/mem.h"
#include "app/service/exchange.h"

enum { ROUNDS = 260 }; /* more than are kept of one remote */

static void log__tells_of_the_county__hub_was_asked_every_minute(void **state)
{
	struct office *o = xcalloc(1, sizeof(*o));
	struct desk *d;
	AUTO_ARENA struct arena mem = { 0 };
	struct exchange before, now;

	(void)state;
	office_open(o, 2);
	d = &o->pc[1];
	desk_resident(d, "王小明", "1950-01-02");
	office_settle(o);
	desk_syncs(d);
	assert_ok(exchange_read(&d->app, &mem, &before, &d->err), &d->err);
	assert_true(before.any);
	for (int i = 0; i < ROUNDS; i++)
		assert_true(office_round(o, 1));
	assert_ok(exchange_read(&d->app, &mem, &now, &d->err), &d->err);
	assert_true(now.any);
	assert_int_equal(now.at, before.at);
	office_close(o);
	free(o);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(log__tells_of_the_county__hub_was_asked_every_minute) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
