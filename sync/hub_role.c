/* Who is the hub, and who may ask it. */
#include <sodium.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "app/base/path.h"
#include "app/service/record_device.h"
#include "app/service/record_remotes.h"
#include "db/stmt.h"
#include "sync/hub_int.h"

enum { KEY_BYTES = 32,
	HASH_BYTES = 32,
	INVITE_MS = 15 * 60 * 1000,
	NOTED_MS = 60 * 1000,
	MISSES_MAX = 10 };

/* ---- the role --------------------------------------------------------------------------------------------------------- */

static bool read_last(struct app *app, struct hub_state *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "sync_log_last");

	stmt_bind_int(st, "remote", out->remote);
	if (!stmt_step(st, &out->any, err))
		return false;
	if (!out->any)
		return true;
	out->at = stmt_int(st, 5);
	out->ok = stmt_int(st, 6) != 0;
	snprintf(out->message, sizeof out->message, "%s", stmt_text(st, 7) ? stmt_text(st, 7) : "");
	return true;
}

bool hub_state(struct app *app, struct hub_state *out, struct err *err)
{
	struct sync_figures f = { 0 };
	struct remote r;

	*out = (struct hub_state){ .role = HUB_NONE };
	if (!remote_load(app, HUB_REMOTE, &r, err))
		return err->code == ERR_NOT_FOUND;
	out->remote = r.id;
	if (!r.base[0])
		return true;
	out->role = strcmp(r.base, HUB_LOCAL) == 0 ? HUB_SELF : HUB_MEMBER;
	snprintf(out->address, sizeof out->address, "%s", r.base);
	if (!figures_load(app, r.id, &f, err))
		return false;
	out->waiting = f.waiting;
	return read_last(app, out, err);
}

/* The row of the hub, made when there is none yet: from then on every save is for it, too. */
static bool hub_row(struct app *app, int64_t *remote, struct err *err)
{
	struct remote r;

	if (remote_load(app, HUB_REMOTE, &r, err)) {
		*remote = r.id;
		return true;
	}
	return err->code == ERR_NOT_FOUND && remote_add(app, HUB_REMOTE, "hub", remote, err);
}

/* Another store: what it holds is not known, and everything that is here is for it. */
static bool move_to(struct app *app, const char *url, struct err *err)
{
	static const char *const steps[] = { "hub_rows_anew", "hub_unread_drop" };
	int64_t remote;

	return hub_row(app, &remote, err) && store_run(app, steps, N_ELEMENTS(steps), remote, 0, err) &&
		store_anew(app, remote, err) && remote_move(app, remote, url, err) &&
		app_set_setting(app, "hub.newest", "-1", err) && app_set_setting(app, "hub.county", "-1", err);
}

/* The others notice by its name that the store is another one than before. */
static bool name_store(struct app *app, struct err *err)
{
	char id[UUID_LEN];

	ids_new(&app->ids, id);
	return app_set_setting(app, "hub.store", id, err);
}

static bool give_up_store(struct app *app, struct err *err)
{
	static const char *const steps[] = { "hub_drop", "hub_clients_drop", "hub_invites_drop" };

	return store_run(app, steps, N_ELEMENTS(steps), 0, 0, err);
}

/* Inside a work: since when this computer is what it is, for people. */
static bool begin_now(struct app *app, struct err *err)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", (long long)app->utc);
	return app_set_setting(app, "hub.since", text, err);
}

bool hub_become(struct app *app, bool promote, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct hub_state h;

	if (!hub_state(app, &h, err))
		return false;
	if (h.role == HUB_SELF)
		return true;
	if (h.role == HUB_MEMBER && !promote) {
		err_set(err, ERR_WRONG_STATE,
			_("The hub is another computer (%s). If it is gone for good, this one can take its place."),
			h.address);
		return err_example(err, "cunyi hub promote");
	}
	return work_begin(&w, app, err) && give_up_store(app, err) && move_to(app, HUB_LOCAL, err) && name_store(app, err) &&
		begin_now(app, err) && work_commit(&w, err);
}

bool hub_store_anew(struct app *app, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, app, err) && stmt_run(stmt_get(app->db, "hub_drop"), err) && move_to(app, HUB_LOCAL, err) &&
		name_store(app, err) && work_commit(&w, err);
}

bool hub_compare_anew(struct app *app, const char *url, const char *store, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, app, err) && move_to(app, url, err) && app_set_setting(app, "hub.store", store, err) &&
		work_commit(&w, err);
}

bool hub_leave(struct app *app, struct err *err)
{
	static const char *const steps[] = { "sync_anew_versions", "sync_anew_kept", "hub_unread_drop", "untold_forget",
		"hub_outbox_drop" };
	AUTO_WORK struct work w = { 0 };
	struct remote r;

	if (!remote_load(app, HUB_REMOTE, &r, err))
		return err->code == ERR_NOT_FOUND;
	return work_begin(&w, app, err) && give_up_store(app, err) && store_run(app, steps, N_ELEMENTS(steps), r.id, 0, err) &&
		remote_move(app, r.id, NULL, err) && work_commit(&w, err);
}

/* ---- our key at the hub ------------------------------------------------------------------------------------------------- */

/* Named after the device: a cloned folder that becomes another device does not use the key of the first. */
static char *key_path(struct app *app)
{
	return device_file(app, "hub", app->device_code, "key");
}

bool hub_join_at(struct app *app, const char *address, const char *pin, const char *key, struct err *err)
{
	AUTO_FREE char *path = key_path(app);
	AUTO_WORK struct work w = { 0 };

	return path_write(path, key, strlen(key), err) && work_begin(&w, app, err) && give_up_store(app, err) &&
		move_to(app, address, err) && app_set_setting(app, "hub.pin", pin, err) &&
		app_set_setting(app, "hub.store", "", err) && begin_now(app, err) && work_commit(&w, err);
}

bool hub_own_key(struct app *app, char key[HUB_KEY_TEXT], char pin[HUB_PIN], struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_FREE char *path = key_path(app);
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const char *kept = app_setting(app, "hub.pin", &mem);

	if (!path_read(path, HUB_KEY_TEXT - 1, &text, err)) {
		if (err->code != ERR_NOT_FOUND)
			return false;
		err_set(err, ERR_NOT_FOUND, "%s",
			_("This computer has no key for the hub: let the hub show a code and join it again."));
		return err_example(err, "cunyi hub join 192.168.1.10 K7PM-4TQ9-XW2A");
	}
	snprintf(key, HUB_KEY_TEXT, "%s", text.s);
	snprintf(pin, HUB_PIN, "%s", kept ? kept : "");
	return true;
}

/* ---- clients at the hub --------------------------------------------------------------------------------------------------- */

static bool hash_key(const char *key, unsigned char out[HASH_BYTES])
{
	return sodium_init() >= 0 && crypto_generichash(out, HASH_BYTES, (const unsigned char *)key, strlen(key), NULL, 0) == 0;
}

static bool is_hub(struct app *app, struct err *err)
{
	struct hub_state h;

	if (!hub_state(app, &h, err))
		return false;
	if (h.role == HUB_SELF)
		return true;
	err_set(err, ERR_WRONG_STATE, "%s", _("Codes and keys come from the hub, and this computer is not the hub."));
	return err_example(err, "cunyi hub serve");
}

bool hub_client_key(struct app *app, const char *device, char key[HUB_KEY_TEXT], struct err *err)
{
	unsigned char raw[KEY_BYTES], hash[HASH_BYTES];
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;

	if (!*device) {
		err_set(err, ERR_REQUIRED, "%s", _("Say for whom the key is."));
		err_at(err, "name");
		return err_example(err, "cunyi hub key laboratory");
	}
	if (!is_hub(app, err))
		return false;
	if (sodium_init() < 0)
		return err_set(err, ERR_IO, "libsodium");
	randombytes_buf(raw, sizeof raw);
	sodium_bin2hex(key, HUB_KEY_TEXT, raw, sizeof raw);
	sodium_memzero(raw, sizeof raw);
	if (!hash_key(key, hash) || !work_begin(&w, app, err))
		return false;
	st = stmt_get(app->db, "hub_client_add");
	stmt_bind_text(st, "device", device);
	stmt_bind_blob(st, "key_hash", hash, sizeof hash);
	stmt_bind_int(st, "at", app->utc);
	return stmt_run(st, err) && work_commit(&w, err);
}

bool hub_client_of_key(struct app *app, const char *key, int64_t *client, int64_t *seen, struct err *err)
{
	unsigned char hash[HASH_BYTES];
	AUTO_STMT struct stmt *st = stmt_get(app->db, "hub_client_find");
	bool row;

	*client = *seen = 0;
	if (!hash_key(key, hash))
		return err_set(err, ERR_IO, "libsodium");
	stmt_bind_blob(st, "key_hash", hash, sizeof hash);
	if (!stmt_step(st, &row, err))
		return false;
	if (row) {
		*client = stmt_int(st, 0);
		*seen = stmt_int(st, 1);
	}
	return true;
}

bool hub_client_seen(struct app *app, int64_t client, int64_t seen, struct err *err)
{
	int64_t now = clock_now(&app->clock);
	struct stmt *st;

	if (clock_within(seen, now, NOTED_MS))
		return true;
	st = stmt_get(app->db, "hub_client_seen");
	stmt_bind_int(st, "id", client);
	stmt_bind_int(st, "at", now);
	return stmt_run(st, err);
}

bool hub_clients(struct app *app, bool (*each)(void *ctx, const struct hub_client *c), void *ctx, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "hub_clients");
	bool row;

	while (stmt_step(st, &row, err)) {
		struct hub_client c;

		if (!row)
			return true;
		c = (struct hub_client){ .joined_at = stmt_int(st, 1), .seen_at = stmt_int(st, 2),
			.shut_out = stmt_int(st, 3) != 0 };
		snprintf(c.device, sizeof c.device, "%s", stmt_text(st, 0));
		if (!each(ctx, &c))
			return true;
	}
	return false;
}

bool hub_shut_out(struct app *app, const char *device, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *st = stmt_get(app->db, "hub_client_known");
	int64_t known;

	stmt_bind_text(st, "device", device);
	if (!stmt_value(st, &known, 0, err))
		return false;
	if (!known)
		return err_set(err, ERR_NOT_FOUND, _("No computer \"%s\" has joined this hub."), device);
	if (!work_begin(&w, app, err))
		return false;
	st = stmt_get(app->db, "hub_client_shut_out");
	stmt_bind_text(st, "device", device);
	return stmt_run(st, err) && work_commit(&w, err);
}

/* ---- invitations ----------------------------------------------------------------------------------------------------------- */

/* 12 letters of 31, none that is taken for another: 59 bits for a quarter of an hour. */
static void new_code(char out[HUB_CODE])
{
	static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
	size_t n = 0;

	for (unsigned i = 0; i < HUB_CODE_LETTERS; i++) {
		if (i && i % 4 == 0)
			out[n++] = '-';
		out[n++] = letters[randombytes_uniform(sizeof letters - 1)];
	}
	out[n] = '\0';
}

bool hub_invite(struct app *app, char out[HUB_CODE], struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;

	if (!is_hub(app, err))
		return false;
	if (sodium_init() < 0)
		return err_set(err, ERR_IO, "libsodium");
	new_code(out);
	if (!work_begin(&w, app, err) || !stmt_run(stmt_get(app->db, "hub_invites_drop"), err))
		return false;
	st = stmt_get(app->db, "hub_invite_add");
	stmt_bind_text(st, "code", out);
	stmt_bind_int(st, "until", app->utc + INVITE_MS);
	return stmt_run(st, err) && work_commit(&w, err);
}

bool hub_invite_code(struct app *app, char out[HUB_CODE], struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "hub_invite_read");
	bool row;

	out[0] = '\0';
	stmt_bind_int(st, "at", clock_now(&app->clock));
	stmt_bind_int(st, "max", MISSES_MAX);
	if (!stmt_step(st, &row, err))
		return false;
	if (row)
		snprintf(out, HUB_CODE, "%s", stmt_text(st, 0));
	return true;
}

bool hub_invite_end(struct app *app, bool missed, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, app, err) &&
		stmt_run(stmt_get(app->db, missed ? "hub_invite_miss" : "hub_invites_drop"), err) && work_commit(&w, err);
}
