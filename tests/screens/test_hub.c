/* Several computers in one clinic: what the page says of this one, what its rows do, how a code is shown. */
#include "app/base/mem.h"
#include "app/service/clinic_hub.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"
#include "support/service/hub_rows.h"

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE };

/* What answers the others is another process, which holds this. */
static struct lock serving = LOCK_INIT;

static void serve(struct clinic *c)
{
	AUTO_FREE char *path = clinic_hub_lock(&c->app);
	struct err err;

	assert_ok(lock_take(&serving, path, &err), &err);
}

static void show(struct clinic *c)
{
	clinic_show(c, &hub_screen, NULL);
	lock_release(&serving);
}

static void alone(struct clinic *c)
{
	show(c);
}

static void quiet_hub(struct clinic *c)
{
	hub_rows_at(&c->app, "local:hub", c->now - 96 * (int64_t)HOUR);
	show(c);
}

static void hub_with_four(struct clinic *c)
{
	hub_rows_at(&c->app, "local:hub", c->now - 96 * (int64_t)HOUR);
	hub_rows_document(&c->app, "a", c->now - 3 * (int64_t)HOUR);
	hub_rows_document(&c->app, "b", c->now - 2 * (int64_t)HOUR);
	hub_rows_computer(&c->app, "pc1a2b3c", c->now - 90 * (int64_t)HOUR, c->now - 2 * (int64_t)MINUTE);
	hub_rows_computer(&c->app, "pc4d5e6f", c->now - 80 * (int64_t)HOUR, c->now - 70 * (int64_t)HOUR);
	hub_rows_computer(&c->app, "pc11aa22", c->now - 80 * (int64_t)HOUR, c->now - 1 * (int64_t)HOUR);
	hub_rows_computer(&c->app, "pc778899", c->now - 1 * (int64_t)HOUR, 0);
	serve(c);
	show(c);
}

static void member(struct clinic *c)
{
	hub_rows_at(&c->app, "https://192.168.1.10:7653/fhir", c->now - 96 * (int64_t)HOUR);
	show(c);
}

static void join_address(struct clinic *c)
{
	alone(c);
	stage_press(&c->stage, "3 Enter");
}

static void join_code(struct clinic *c)
{
	join_address(c);
	stage_press(&c->stage, "'192.168.1.10' Enter");
}

static void promote(struct clinic *c)
{
	member(c);
	stage_press(&c->stage, "2 Enter");
}

static void invite_first(struct clinic *c)
{
	quiet_hub(c);
	stage_press(&c->stage, "1 Enter");
}

static void pictures_of_the_hub(void **state)
{
	static const struct clinic_picture all[] = {
		{ "empty", { 0 }, alone, false },
		{ "typical", { 0 }, hub_with_four, true },
		{ "quiet", { 0 }, quiet_hub, false },
		{ "member", { 0 }, member, false },
		{ "join-address", { 0 }, join_address, false },
		{ "join-code", { 0 }, join_code, false },
		{ "promote", { 0 }, promote, true },
		{ "error", { 0 }, invite_first, false },
	};

	(void)state;
	clinic_pictures("hub", all, N_ELEMENTS(all));
}

static void code(struct clinic *c)
{
	hub_rows_at(&c->app, "local:hub", c->now - 96 * (int64_t)HOUR);
	hub_rows_code(&c->app, "K7PM-4TQ9-XW2A", c->now + 14 * (int64_t)MINUTE);
	serve(c);
	clinic_show(c, &hub_code_screen, NULL);
	lock_release(&serving);
}

static void code_over(struct clinic *c)
{
	hub_rows_at(&c->app, "local:hub", c->now - 96 * (int64_t)HOUR);
	clinic_show(c, &hub_code_screen, NULL);
}

static void pictures_of_the_code(void **state)
{
	static const struct clinic_picture all[] = {
		{ "typical", { 0 }, code, true },
		{ "error", { 0 }, code_over, false },
	};

	(void)state;
	clinic_pictures("hub-code", all, N_ELEMENTS(all));
}

/* Whoever stands before the hub sees that it worked. */
static void code__used__says_who_joined(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	code(&c);
	stage_shows(&c.stage, "K7PM-4TQ9-XW2A");
	hub_rows_code(&c.app, "AAAA-AAAA-AAAA", c.now);
	hub_rows_computer(&c.app, "pc1a2b3c", c.now, 0);
	ui_changed(c.stage.ui, TOPIC_SYNC);
	stage_press(&c.stage, "Up");
	stage_hides(&c.stage, "K7PM-4TQ9-XW2A");
	stage_shows(&c.stage, "pc1a2b3c 已加入");
	clinic_close(&c);
}

/* From the page of exchanges, from the list of all screens, from the settings. */
static void hub__is_reached(void **state)
{
	static const struct {
		const struct screen *from;
		const char *keys;
	} ways[] = { { &sync_screen, "#" }, { &today_screen, "Down : 'zhuji' Enter" }, { &today_screen, "Down : 'hub' Enter" },
		{ &settings_screen, "End Up Up Up Up Up Enter" } };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(ways); i++) {
		struct clinic c;

		clinic_open(&c, &(struct clinic_start){ 0 });
		clinic_show(&c, ways[i].from, NULL);
		stage_press(&c.stage, ways[i].keys);
		assert_string_equal(ui_screen(c.stage.ui)->name, hub_screen.name);
		clinic_close(&c);
	}
}

static void hub__address__is_kept(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct clinic_hub h;
	struct clinic c;
	struct err err;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	alone(&c);
	stage_press(&c.stage, "2 Enter Backspace '4' Enter");
	assert_ok(clinic_hub_read(&c.app, &mem, &h, &err), &err);
	assert_string_equal(h.listen, "0.0.0.0:7654");
	stage_press(&c.stage, "2 Enter C-u 'nowhere' Enter");
	stage_shows(&c.stage, "例如: 192.168.1.10:7653");
	stage_shows(&c.stage, "nowhere    "); /* it stays, to be mended */
	stage_press(&c.stage, "Esc");
	assert_ok(clinic_hub_read(&c.app, &mem, &h, &err), &err);
	assert_string_equal(h.listen, "0.0.0.0:7654");
	stage_shows(&c.stage, "0.0.0.0:7654");
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_the_hub),
		cmocka_unit_test(pictures_of_the_code),
		cmocka_unit_test(code__used__says_who_joined),
		cmocka_unit_test(hub__is_reached),
		cmocka_unit_test(hub__address__is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
