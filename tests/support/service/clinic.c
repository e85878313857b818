#include "support/service/clinic.h"

#include "app/base/date.h"
#include "app/base/json.h"
#include "app/base/mem.h"
#include "app/base/path.h"
#include "db/stmt.h"

void clinic_start(struct test_clinic *c)
{
	struct app_init init = { .code = "350299101", .name = "上坂村卫生室", .region = "350299101", .practice = true,
		.today = date_day("2026-11-22") };

	*c = (struct test_clinic){ .now = 1795305600000, .dir = scratch_dir() }; /* 2026-11-22 00:00 UTC */
	assert_ok(app_create_seeded(&c->app, c->dir, &init, &c->now, 1, &c->err), &c->err);
	clinic_save(c, "staff", "{'name':'林秀英','staff_no':'001','role':'1'}");
	assert_ok(app_choose_actor(&c->app, "001", &c->err), &c->err);
	clinic_save(c, "organisation", "{'name':'上坂村','code':'350299101101','type':'1'}");
}

void clinic_stop(struct test_clinic *c)
{
	if (c->app.db)
		app_close(&c->app);
	arena_release(&c->mem);
	free(c->dir);
}

int clinic_setup(void **state)
{
	static struct test_clinic c;

	clinic_start(&c);
	*state = &c;
	return 0;
}

int clinic_teardown(void **state)
{
	clinic_stop(*state);
	return 0;
}

static void quotes(char *s)
{
	for (; *s; s++)
		if (*s == '\'')
			*s = '"';
}

const char *clinic_save(struct test_clinic *c, const char *kind, const char *json, ...)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_JSON struct json_object *obj = NULL;
	struct save_options o = { .confirm_all = true };
	struct save_result result;
	va_list ap;

	va_start(ap, json);
	sbuf_vaddf(&text, json, ap);
	va_end(ap);
	quotes(text.s);
	assert_ok(json_parse(text.s, text.len, NULL, &obj, &c->err), &c->err);
	assert_ok(records_save_json(&c->app, kind_by_name(kind), obj, &o, &c->mem, &result, &c->err), &c->err);
	return arena_strdup(&c->mem, result.rec->meta.id);
}

bool clinic_try(struct test_clinic *c, struct save_result *result, const char *kind, const char *json, ...)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_JSON struct json_object *obj = NULL;
	struct save_options o = { .reason = NULL };
	va_list ap;

	va_start(ap, json);
	sbuf_vaddf(&text, json, ap);
	va_end(ap);
	quotes(text.s);
	assert_ok(json_parse(text.s, text.len, NULL, &obj, &c->err), &c->err);
	return records_save_json(&c->app, kind_by_name(kind), obj, &o, &c->mem, result, &c->err);
}

void clinic_reopen(struct test_clinic *c, enum app_mode mode)
{
	if (c->app.db)
		app_close(&c->app);
	assert_ok(app_open(&c->app, c->dir, mode, &c->err), &c->err);
	assert_ok(app_choose_actor(&c->app, "001", &c->err), &c->err);
}

void clinic_check(struct test_clinic *c)
{
	static const char *const none[] = {
		/* but for the first packages, which every device has by itself */
		("SELECT count(*) FROM record r WHERE NOT (r.kind = 14 AND r.revision = 1) AND "
		 "NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = r.id AND o.revision = r.revision)"),
		"SELECT count(*) FROM record r WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.record = r.id AND c.revision = r.revision)",
		"SELECT count(*) FROM change c WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.change_seq = c.seq)",
		"SELECT count(*) FROM record r WHERE r.kind = 1 AND NOT EXISTS (SELECT 1 FROM resident p WHERE p.id = r.id)",
		"SELECT count(*) FROM record r WHERE r.kind = 8 AND NOT EXISTS (SELECT 1 FROM followup f WHERE f.id = r.id)",
		"SELECT count(*) FROM record r WHERE r.kind = 6 AND NOT EXISTS (SELECT 1 FROM contract f WHERE f.id = r.id)",
		"SELECT count(*) FROM due d JOIN record r ON r.id = d.record WHERE r.state <> 0",
	};

	assert_ok(db_check(c->app.db, true, &c->err), &c->err);
	assert_ok(audit_verify(&c->app, 0, &c->err), &c->err);
	for (size_t i = 0; i < N_ELEMENTS(none); i++)
		assert_case(clinic_count(c, none[i]) == 0, i, none[i]);
}

int64_t clinic_count(struct test_clinic *c, const char *sql)
{
	struct stmt *st;
	int64_t n;
	bool row;

	assert_ok(stmt_adhoc(c->app.db, sql, &st, &c->err), &c->err);
	assert_ok(stmt_step(st, &row, &c->err), &c->err);
	assert_true(row);
	n = stmt_int(st, 0);
	stmt_free(st);
	return n;
}
