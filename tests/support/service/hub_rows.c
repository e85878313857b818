#include "support/service/hub_rows.h"

#include "app/service/record.h"
#include "db/stmt.h"
#include "support/base/check.h"

static void run(struct stmt *st)
{
	struct err err;

	assert_ok(stmt_run(st, &err), &err);
}

void hub_rows_at(struct app *app, const char *url, int64_t since)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;
	char text[24];
	struct err err;

	assert_ok(work_begin(&w, app, &err), &err);
	st = stmt_get(app->db, "sync_remote_add");
	stmt_bind_text(st, "name", "hub");
	stmt_bind_text(st, "kind", "hub");
	run(st);
	st = stmt_get(app->db, "sync_remote_url");
	stmt_bind_int(st, "remote", 2);
	stmt_bind_text(st, "url", url);
	run(st);
	snprintf(text, sizeof text, "%lld", (long long)since);
	assert_ok(app_set_setting(app, "hub.since", text, &err), &err);
	assert_ok(app_set_setting(app, "hub.at", "192.168.1.10:7653", &err), &err);
	assert_ok(work_commit(&w, &err), &err);
}

void hub_rows_computer(struct app *app, const char *device, int64_t joined_at, int64_t seen_at)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;
	int64_t id;
	struct err err;

	assert_ok(work_begin(&w, app, &err), &err);
	st = stmt_get(app->db, "hub_client_add");
	stmt_bind_text(st, "device", device);
	stmt_bind_blob(st, "key_hash", device, strlen(device));
	stmt_bind_int(st, "at", joined_at);
	run(st);
	st = stmt_get(app->db, "hub_client_find");
	stmt_bind_blob(st, "key_hash", device, strlen(device));
	assert_ok(stmt_value(st, &id, 0, &err), &err);
	st = stmt_get(app->db, "hub_client_seen");
	stmt_bind_int(st, "id", id);
	stmt_bind_int(st, "at", seen_at);
	run(st);
	assert_ok(work_commit(&w, &err), &err);
}

void hub_rows_document(struct app *app, const char *id, int64_t updated)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;
	struct err err;

	assert_ok(work_begin(&w, app, &err), &err);
	st = stmt_get(app->db, "hub_add");
	stmt_bind_text(st, "rtype", "Patient");
	stmt_bind_text(st, "id", id);
	stmt_bind_int(st, "version", 1);
	stmt_bind_int(st, "updated", updated);
	stmt_bind_text(st, "tags", "");
	stmt_bind_blob(st, "doc", "{}", 2);
	run(st);
	assert_ok(work_commit(&w, &err), &err);
}

void hub_rows_code(struct app *app, const char *code, int64_t until)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;
	struct err err;

	assert_ok(work_begin(&w, app, &err), &err);
	run(stmt_get(app->db, "hub_invites_drop"));
	st = stmt_get(app->db, "hub_invite_add");
	stmt_bind_text(st, "code", code);
	stmt_bind_int(st, "until", until);
	run(st);
	assert_ok(work_commit(&w, &err), &err);
}
