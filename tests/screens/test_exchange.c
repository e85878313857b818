/* The exchange, what the county lacks, disputes: pictures and what keys do. */
#include "app/base/mem.h"
#include "app/service/clinic_settings.h"
#include "app/service/record.h"
#include "db/stmt.h"
#include "support/base/check.h"
#include "support/screens/clinic.h"

/* ---- the exchange -------------------------------------------------------------------------------------------------------- */

static void sync_page(struct clinic *c)
{
	clinic_show(c, &sync_screen, NULL);
}

static void sync_known(struct clinic *c)
{
	struct err err;

	assert_ok(clinic_set_county(&c->app, "https://fhir.example.cn/r4", &err), &err);
	sync_page(c);
}

/* What a round leaves behind: its log, and what the county refused. */
static void after_a_round(struct clinic *c, bool good)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;
	struct err err;

	assert_ok(work_begin(&w, &c->app, &err), &err);
	st = stmt_get(c->app.db, "sync_log_add");
	stmt_bind_int(st, "remote", 1);
	stmt_bind_int(st, "at", c->now - 3 * 24 * 3600 * INT64_C(1000));
	stmt_bind_int(st, "ok", good);
	stmt_bind_int(st, "ms", 4200);
	stmt_bind_int(st, "pushed", good ? 24 : 0);
	stmt_bind_int(st, "pulled", good ? 3 : 0);
	stmt_bind_int(st, "up", good ? 18000 : 0);
	stmt_bind_int(st, "down", good ? 5200 : 0);
	stmt_bind_text(st, "message", good ? NULL : "连不上县平台。");
	assert_ok(stmt_run(st, &err), &err);
	if (good) {
		st = stmt_get(c->app.db, "sync_move");
		stmt_bind_int(st, "seq", 8);
		stmt_bind_int(st, "from", 0);
		stmt_bind_int(st, "to", 6);
		stmt_bind_int(st, "attempt", 1);
		stmt_bind_text(st, "outcome", "Patient.birthDate: 出生日期与证件号不符");
		assert_ok(stmt_run(st, &err), &err);
	}
	assert_ok(work_commit(&w, &err), &err);
}

static void sync_refused(struct clinic *c)
{
	after_a_round(c, true);
	sync_known(c);
}

static void sync_broken(struct clinic *c)
{
	after_a_round(c, false);
	sync_known(c);
}

/* Another laptop is known: some of it lies on a stick, some was saved since. */
static void sync_stick(struct clinic *c)
{
	static const char *const steps[] = { "sync_remote_add", "stick_peer_add", "outbox_add_all", "stick_file_add",
		"stick_file_in", "sync_move" };
	AUTO_WORK struct work w = { 0 };
	struct err err;

	assert_ok(work_begin(&w, &c->app, &err), &err);
	for (size_t i = 0; i < N_ELEMENTS(steps); i++) {
		struct stmt *st = stmt_get(c->app.db, steps[i]);
		static const char *const texts[] = { "name", "title", "recipient", "signer", "bundle", "sha" };

		for (size_t k = 0; k < N_ELEMENTS(texts); k++)
			stmt_bind_text(st, texts[k], "pc1a2b3c");
		stmt_bind_text(st, "dir", "out");
		stmt_bind_text(st, "kind", "usb");
		stmt_bind_int(st, "remote", 2);
		stmt_bind_int(st, "relay", 0);
		stmt_bind_int(st, "done", 0);
		stmt_bind_int(st, "seq", i < 5 ? 1 : 30); /* a row of the outbox */
		stmt_bind_int(st, "groups", 9);
		stmt_bind_int(st, "bytes", 9000);
		stmt_bind_int(st, "from", 0);
		stmt_bind_int(st, "to", 4);
		stmt_bind_int(st, "attempt", 1);
		stmt_bind_int(st, "at", c->now - (int64_t)(6 - i) * 24 * 3600 * 1000);
		assert_ok(stmt_run(st, &err), &err);
	}
	assert_ok(work_commit(&w, &err), &err);
	sync_known(c);
}

static void pictures_of_sync(void **state)
{
	static const struct clinic_picture all[] = {
		{ "empty", { .empty = true }, sync_page, false },
		{ "typical", { 0 }, sync_known, true },
		{ "refused", { 0 }, sync_refused, true },
		{ "error", { 0 }, sync_broken, false },
		{ "stick", { 0 }, sync_stick, true },
	};

	(void)state;
	clinic_pictures("sync", all, N_ELEMENTS(all));
}

static void lacking(struct clinic *c)
{
	sync_refused(c);
	stage_press(&c->stage, "u");
}

static void lacking_none(struct clinic *c)
{
	clinic_show(c, &lacking_screen, NULL);
}

static void pictures_of_what_is_lacking(void **state)
{
	static const struct clinic_picture all[] = {
		{ "empty", { .empty = true }, lacking_none, false },
		{ "typical", { 0 }, lacking, true },
	};

	(void)state;
	clinic_pictures("lacking", all, N_ELEMENTS(all));
}

static const char disputed[] =
	"[{\"n\":3,\"kind\":\"resident\",\"form\":\"resident\",\"id\":\"x\",\"name\":\"陈桂兰\",\"what\":\"居民档案 陈桂兰\","
	"\"state\":\"open\",\"days\":8,\"grave\":true,\"overdue\":true,\"deleted_there\":false,\"holds\":\"theirs\","
	"\"ours\":{\"who\":\"林秀英\",\"where\":\"本机\",\"at\":\"2026-11-14T09:41:00+08:00\"},"
	"\"theirs\":{\"where\":\"县里\",\"at\":\"2026-11-14T10:05:00+08:00\"},\"fields\":["
	"{\"key\":\"birth_date\",\"label\":\"出生日期\",\"class\":\"E\",\"base\":\"1955-07-15\",\"ours\":\"1955-07-16\",\"theirs\":\"1954-07-15\"},"
	"{\"key\":\"drug_allergy\",\"label\":\"药物过敏史\",\"class\":\"E\",\"base_known\":false,\"ours\":\"2 青霉素\",\"theirs\":\"1 无\"}]},"
	"{\"n\":5,\"kind\":\"followup\",\"form\":\"htn_followup\",\"id\":\"y\",\"name\":\"黄水金\",\"what\":\"高血压随访 162/98\","
	"\"state\":\"open\",\"days\":0,\"deleted_there\":true,\"holds\":\"ours\","
	"\"ours\":{\"who\":\"林秀英\",\"where\":\"本机\",\"at\":\"2026-11-22T08:00:00+08:00\"},\"theirs\":{\"where\":\"县里\"},\"fields\":[]},"
	"{\"n\":6,\"kind\":\"resident\",\"form\":\"resident\",\"id\":\"z\",\"name\":\"张阿土\",\"what\":\"居民档案 张阿土\","
	"\"state\":\"auto\",\"days\":1,\"holds\":\"ours\",\"ours\":{\"who\":\"林秀英\",\"where\":\"本机\",\"at\":\"2026-11-21T09:00:00+08:00\"},"
	"\"theirs\":{\"where\":\"下洋村卫生室\",\"at\":\"2026-11-21T15:00:00+08:00\"},\"fields\":["
	"{\"key\":\"phone\",\"label\":\"本人电话\",\"class\":\"D\",\"base\":\"10000002201\",\"ours\":\"10000002202\",\"theirs\":\"10000001111\"}]}]";

static void disputes_none(struct clinic *c)
{
	clinic_show(c, &conflicts_screen, &(struct open_arg){ .text = "[]" });
}

static void disputes(struct clinic *c)
{
	clinic_show(c, &conflicts_screen, &(struct open_arg){ .text = disputed });
}

static void disputes_inside(struct clinic *c)
{
	disputes(c);
	stage_press(&c->stage, "Enter 2");
}

static void disputes_open_field(struct clinic *c)
{
	disputes_inside(c);
	stage_press(&c->stage, "F2");
}

/* A value of one's own that is none: the sentence says what is wrong, nothing is chosen. */
static void disputes_bad_value(struct clinic *c)
{
	disputes(c);
	stage_press(&c->stage, "Enter 3 '1955-13-40' Enter");
}

static void disputes_own_value(struct clinic *c)
{
	disputes(c);
	stage_press(&c->stage, "Enter 3 '1955-07-17' Enter 1");
}

static void disputes_to_county(struct clinic *c)
{
	disputes(c);
	stage_press(&c->stage, "Enter z");
}

static void disputes_deleted(struct clinic *c)
{
	disputes(c);
	stage_press(&c->stage, "2 Enter");
}

/* Of the same list, what is about one person. */
static void disputes_of_one(struct clinic *c)
{
	const char *text = arena_printf(&c->mem,
		"[{\"n\":3,\"kind\":\"resident\",\"form\":\"resident\",\"resident\":\"%s\",\"name\":\"陈桂兰\",\"state\":\"open\","
		"\"days\":8,\"overdue\":true,\"theirs\":{\"where\":\"县里\"},\"fields\":[{\"key\":\"phone\",\"label\":\"本人电话\"}]},"
		"{\"n\":5,\"kind\":\"resident\",\"form\":\"resident\",\"resident\":\"%s\",\"name\":\"黄水金\",\"state\":\"auto\","
		"\"theirs\":{\"where\":\"县里\"},\"fields\":[]},"
		"{\"n\":6,\"kind\":\"organisation\",\"name\":\"上坂村\",\"state\":\"open\",\"theirs\":{\"where\":\"县里\"},\"fields\":[]}]",
		clinic_id(c, "lan"), clinic_id(c, "huang"));

	clinic_show(c, &resident_screen, &(struct open_arg){ .resident = clinic_id(c, "lan") });
	clinic_show(c, &conflicts_screen, &(struct open_arg){ .text = text, .resident = clinic_id(c, "lan") });
	stage_hides(&c->stage, "黄水金");
	stage_hides(&c->stage, "上坂村");
}

static void pictures_of_disputes(void **state)
{
	static const struct clinic_picture all[] = {
		{ "empty", { 0 }, disputes_none, false },
		{ "list", { 0 }, disputes, false },
		{ "typical", { 0 }, disputes_inside, true },
		{ "error", { 0 }, disputes_open_field, false },
		{ "bad-value", { 0 }, disputes_bad_value, false },
		{ "own-value", { 0 }, disputes_own_value, false },
		{ "deleted", { 0 }, disputes_deleted, false },
		{ "to-county", { 0 }, disputes_to_county, false },
		{ "of-one", { 0 }, disputes_of_one, false },
	};

	(void)state;
	clinic_pictures("conflicts", all, N_ELEMENTS(all));
}

static void sync__enter__opens_what_was_refused_to_mend_it(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	sync_refused(&c);
	stage_press(&c.stage, "Enter");
	assert_ptr_equal(ui_screen(c.stage.ui), &register_screen);
	stage_golden(&c.stage, "sync", "mend.zh"); /* the cursor stands on what the county's words blame: the birth date */
	clinic_close(&c);
}

/* A week without anybody's word: the first screen says so before anything else. */
static void today__says__disputes_that_wait_for_a_week(void **state)
{
	static const int64_t day = INT64_C(86400000);

	(void)state;
	for (int days = 6; days <= 9; days += 3) {
		AUTO_WORK struct work w = { 0 };
		struct clinic c;
		struct stmt *st;
		struct err err;

		clinic_open(&c, &(struct clinic_start){ 0 });
		assert_ok(work_begin(&w, &c.app, &err), &err);
		st = stmt_get(c.app.db, "sync_conflict_add");
		stmt_bind_int(st, "remote", 1);
		stmt_bind_int(st, "record", record_row(&c.app, KIND_RESIDENT, clinic_id(&c, "lan")));
		stmt_bind_int(st, "role", 0);
		stmt_bind_int(st, "base", 1);
		stmt_bind_int(st, "ours", 1);
		stmt_bind_int(st, "held", 1);
		stmt_bind_text(st, "keys", "drug_allergy");
		stmt_bind_text(st, "aside", "{\"drug_allergy\":[\"3\"]}");
		stmt_bind_text(st, "state", "open");
		stmt_bind_int(st, "at", c.now - days * day);
		assert_ok(stmt_run(st, &err), &err);
		assert_ok(work_commit(&w, &err), &err);
		clinic_show(&c, &today_screen, NULL);
		(days > 7 ? stage_shows : stage_hides)(&c.stage, "!分歧超7天1");
		clinic_show(&c, &resident_screen, &(struct open_arg){ .resident = clinic_id(&c, "lan") });
		stage_shows(&c.stage, "磺胺");
		stage_shows(&c.stage, "两边的都算");
		stage_golden(&c.stage, "resident", "disputed.zh");
		stage_press(&c.stage, "F1 't'");
		stage_shows(&c.stage, "和县平台不一致的数据");
		stage_press(&c.stage, "Esc Esc");
		clinic_show(&c, &resident_screen, &(struct open_arg){ .resident = clinic_id(&c, "huang") });
		stage_press(&c.stage, "t");
		stage_shows(&c.stage, "在这里没有用处"); /* nothing about him is in dispute */
		clinic_close(&c);
	}
}

/* Who holds a stick in his hand looks for its name. */
static void sync__is_reached__by_the_name_of_a_stick(void **state)
{
	static const char *const keys[] = { "Down : 'upan' Enter", "Down : 'U盘' Enter", "Down : 'stick' Enter" };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(keys); i++) {
		struct clinic c;

		clinic_open(&c, &(struct clinic_start){ 0 });
		clinic_show(&c, &today_screen, NULL);
		stage_press(&c.stage, keys[i]);
		assert_string_equal(ui_screen(c.stage.ui)->name, sync_screen.name);
		clinic_close(&c);
	}
}

/* The help says what the keys do here, and only what they do. */
static void help__says__what_a_key_does(void **state)
{
	struct clinic c;

	(void)state;
	clinic_open(&c, &(struct clinic_start){ 0 });
	clinic_show(&c, &conflicts_screen, &(struct open_arg){ .text = "[]" });
	stage_press(&c.stage, "F1 'k'");
	stage_shows(&c.stage, "同意按改得晚的算");
	stage_hides(&c.stage, "照旧");
	stage_press(&c.stage, "Esc Esc");
	clinic_show(&c, &conflicts_screen, &(struct open_arg){ .text = disputed });
	stage_press(&c.stage, "Enter F1"); /* digits that choose no row there */
	stage_shows(&c.stage, "我们的    ");
	stage_shows(&c.stage, "对方的    ");
	stage_shows(&c.stage, "别的值    ");
	stage_hides(&c.stage, "选本页");
	stage_press(&c.stage, "Esc Esc");
	clinic_show(&c, &resident_screen, &(struct open_arg){ .resident = clinic_id(&c, "lan") });
	stage_press(&c.stage, "F1");
	stage_hides(&c.stage, "预约");
	stage_press(&c.stage, "Esc a");
	stage_shows(&c.stage, "在这里没有用处");
	clinic_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_of_sync),
		cmocka_unit_test(pictures_of_what_is_lacking),
		cmocka_unit_test(pictures_of_disputes),
		cmocka_unit_test(sync__enter__opens_what_was_refused_to_mend_it),
		cmocka_unit_test(today__says__disputes_that_wait_for_a_week),
		cmocka_unit_test(sync__is_reached__by_the_name_of_a_stick),
		cmocka_unit_test(help__says__what_a_key_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
