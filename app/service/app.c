#include "app/service/app.h"

#include <sodium.h>

#include "app/base/config.h"
#include "app/base/date.h"
#include "app/base/log.h"
#include "app/base/path.h"
#include "app/service/record_device.h"
#include "app/service/making.h"
#include "app/service/packages.h"
#include "app/service/record_int.h"
#include "app/service/search_int.h"
#include "db/stmt.h"

enum { PATIENT_MS = 5000, SCREEN_MS = 50 };

/* The mark of an open screen; without it (a full disk) bulk work beside us is only less considerate. */
static void mark_screen(struct app *app)
{
	AUTO_FREE char *path = path_join(app->dir, "screen.lock");
	struct err ignored;

	if (!lock_share(&app->here, path, &ignored))
		app->here = (struct lock)LOCK_INIT;
}

bool app_screen_is_open(const struct app *app)
{
	AUTO_FREE char *path = path_join(app->dir, "screen.lock");

	return app->here.fd >= 0 || lock_is_held(path);
}

int32_t app_today(const struct app *app)
{
	return clock_today(&app->clock);
}

const char *app_setting(struct app *app, const char *key, struct arena *mem)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "setting_get");
	struct err err;
	bool row;

	stmt_bind_text(st, "key", key);
	if (!stmt_step(st, &row, &err) || !row)
		return NULL;
	return arena_strdup(mem, stmt_text(st, 0));
}

bool app_set_setting(struct app *app, const char *key, const char *value, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "setting_set");

	stmt_bind_text(st, "key", key);
	stmt_bind_text(st, "value", value);
	return stmt_run(st, err);
}

static void copy_setting(struct app *app, const char *key, char *out, size_t size)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *s = app_setting(app, key, &mem);

	snprintf(out, size, "%s", s ? s : "");
}

static void read_settings(struct app *app)
{
	char today[DATE_LEN], practice[8], village[RECORD_ID_MAX + 1];

	copy_setting(app, "name", app->clinic.name, sizeof app->clinic.name);
	copy_setting(app, "org_code", app->clinic.org_code, sizeof app->clinic.org_code);
	copy_setting(app, "org_id", app->clinic.org_id, sizeof app->clinic.org_id);
	copy_setting(app, "region", app->clinic.region, sizeof app->clinic.region);
	copy_setting(app, "practice", practice, sizeof practice);
	copy_setting(app, "today", today, sizeof today);
	copy_setting(app, "own_village", village, sizeof village);
	app->clinic.practice = !strcmp(practice, "1");
	if (app->clinic.practice && date_day(today) != NO_DAY) { /* a real clinic cannot fix the date */
		app->clock.fixed = true;
		app->clock.fixed_today = date_day(today);
	}
	snprintf(app->own_village, sizeof app->own_village, "%s", village);
	app->own_village_row = *village ? record_row(app, KIND_ORGANISATION, village) : 0;
}

static bool open_files(struct app *app, const char *dir, enum app_mode mode, struct err *err)
{
	struct db_options clinic = { DB_CLINIC, mode == APP_READONLY, PATIENT_MS };
	struct db_options drafts = { DB_DRAFTS, false, PATIENT_MS };
	AUTO_FREE char *db = path_join(dir, "clinic.db"), *dr = path_join(dir, "drafts.db");

	snprintf(app->dir, sizeof app->dir, "%s", dir);
	return db_open(&app->db, db, &clinic, err) && (mode == APP_READONLY || db_open(&app->drafts, dr, &drafts, err));
}

static void start(struct app *app)
{
	*app = (struct app){ .search_lock = LOCK_INIT, .making = LOCK_INIT, .here = LOCK_INIT };
	clock_init_real(&app->clock);
	ids_init(&app->ids, &app->clock);
}

/* The making ended and wrote who we are: a file without it was emptied since, and an empty list would pass for the clinic. */
static bool is_clinic(struct app *app, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *id = app_setting(app, "org_id", &mem);

	return (id && *id) || err_set(err, ERR_CORRUPT,
		_("The database file is damaged or is not a Cunyi database. Stop working and restore a backup."));
}

/* A clinic older than its packages gets the first ones.  Where that fails now (a full disk, another process that writes) the
 * next start tries again: nobody is kept out for it. */
static void first_packages(struct app *app)
{
	AUTO_WORK struct work w = { 0 };
	struct err err;

	if (packages_lacking(app) && !(work_begin(&w, app, &err) && packages_seed(app, &err) && work_commit(&w, &err)))
		log_err("first packages", &err);
}

void app_patience(struct app *app, bool patient)
{
	const int ms = patient ? PATIENT_MS : SCREEN_MS;

	db_patience(app->db, ms);
	if (app->drafts)
		db_patience(app->drafts, ms);
}

bool app_open(struct app *app, const char *dir, enum app_mode mode, struct err *err)
{
	start(app);
	if (!making_is_done(dir)) {
		err_set(err, ERR_NOT_FOUND, _("There is no clinic in this folder yet. Make one with `cunyi init`, or a practice "
					      "clinic with `cunyi demo`."));
		return err_example(err, "cunyi init --org 350299101 --name \"...\"");
	}
	if (!path_check_local(dir, err) || !open_files(app, dir, mode, err) || !is_clinic(app, err) ||
		!device_open(app, mode == APP_READONLY, err)) {
		app_close(app);
		return false;
	}
	read_settings(app);
	if (mode == APP_SCREEN)
		mark_screen(app);
	if (mode != APP_READONLY && !search_heal(app, err)) {
		app_close(app);
		return false;
	}
	if (mode != APP_READONLY)
		first_packages(app);
	if (mode == APP_SCREEN)
		app_patience(app, false);
	return true;
}

void app_close(struct app *app)
{
	db_close(app->db);
	db_close(app->drafts);
	app->db = app->drafts = NULL;
	search_held_release(app);
	after_image_release(app);
	lock_release(&app->making);
	lock_release(&app->here);
}

static bool put_organisation(struct app *app, const struct app_init *init, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct kind *kind = kind_by_id(KIND_ORGANISATION);
	struct record *org = record_new(&mem, kind->form);
	struct put put = { .kind = KIND_ORGANISATION, .rec = org };

	record_set_text(org, "name", init->name);
	record_set_text(org, "code", init->code);
	record_set_text(org, "type", "2");
	record_set_text(org, "region_code", init->region);
	return record_put(app, &put, err) && app_set_setting(app, "org_id", org->meta.id, err);
}

static bool write_settings(struct app *app, const struct app_init *init, struct err *err)
{
	char today[DATE_LEN];

	if (!app_set_setting(app, "name", init->name, err) || !app_set_setting(app, "org_code", init->code, err) ||
		!app_set_setting(app, "region", init->region ? init->region : "", err) ||
		!app_set_setting(app, "practice", init->practice ? "1" : "0", err))
		return false;
	if (!init->practice || init->today == NO_DAY)
		return true;
	return app_set_setting(app, "today", date_iso(init->today, today), err);
}

static bool create(struct app *app, const char *dir, const struct app_init *init, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	if (!making_begin(&app->making, dir, err))
		return false;
	if (open_files(app, dir, APP_COMMAND, err) && device_open(app, false, err) && work_begin(&w, app, err) &&
		write_settings(app, init, err) && put_organisation(app, init, err) && packages_seed(app, err) &&
		work_commit(&w, err) &&
		(init->more_to_come || app_finished(app, err))) {
		read_settings(app);
		return true;
	}
	work_rollback(&w);
	app_close(app);
	return false;
}

bool app_create(struct app *app, const char *dir, const struct app_init *init, struct err *err)
{
	start(app);
	return create(app, dir, init, err);
}

bool app_create_seeded(struct app *app, const char *dir, const struct app_init *init, int64_t *now, uint64_t seed,
	struct err *err)
{
	*app = (struct app){ .search_lock = LOCK_INIT, .making = LOCK_INIT, .here = LOCK_INIT };
	clock_init_manual(&app->clock, now);
	ids_init_seeded(&app->ids, &app->clock, seed);
	return create(app, dir, init, err);
}

bool app_finished(struct app *app, struct err *err)
{
	return making_end(&app->making, app->dir, err);
}

void app_real_time(struct app *app)
{
	clock_init_real(&app->clock);
	ids_init(&app->ids, &app->clock);
	read_settings(app);
}

/* ---- who works ---------------------------------------------------------------------------------------------------- */

static void take_actor(struct app *app, struct stmt *st)
{
	snprintf(app->actor, sizeof app->actor, "%s", stmt_text(st, 0));
	snprintf(app->actor_name, sizeof app->actor_name, "%s", stmt_text(st, 1));
	app->actor_row = stmt_int(st, 2);
}

static bool find_actor(struct app *app, const char *who, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "staff_find");
	bool row;

	stmt_bind_text(st, "who", who);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("Nobody called \"%s\" works here."), who);
	take_actor(app, st);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return true;
	app->actor[0] = '\0';
	app->actor_row = 0;
	return err_set(err, ERR_NOT_CHOSEN,
		_("Several people here have the name or number \"%s\": give another number, or void the double."), who);
}

static bool only_actor(struct app *app, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "staff_here");
	bool row;

	if (!stmt_step(st, &row, err))
		return false;
	if (row) {
		take_actor(app, st);
		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
	}
	app->actor[0] = app->actor_name[0] = '\0';
	app->actor_row = 0;
	err_set(err, ERR_NOT_CHOSEN, _("It is not clear who works: choose with --as, or set `staff` in the settings."));
	return err_example(err, "--as 001");
}

/* `staff` of the configuration, or "". */
static void configured_actor(char *out, size_t size)
{
	struct config c = { .text = SBUF_INIT };
	struct err ignored;
	AUTO_FREE char *dir = path_config_dir(&ignored), *path = dir ? path_join(dir, "config") : NULL;

	out[0] = '\0';
	if (path && config_load(&c, path, &ignored) && !config_get(&c, "staff", out, size))
		out[0] = '\0';
	config_release(&c);
}

bool app_choose_actor(struct app *app, const char *who, struct err *err)
{
	char name[128];

	if (who && *who)
		return find_actor(app, who, err);
	configured_actor(name, sizeof name);
	return *name ? find_actor(app, name, err) : only_actor(app, err);
}
