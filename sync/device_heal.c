/* A computer that got a new name (app/service/record_device.h): an older database was put back, the folder was copied, or somebody
 * else turned out to work under our name.  What waited to go out may be there already, from the life that we do not remember
 * or from our twin: everything is asked for before anything is sent, by the mark that our old name gave it.  What was fetched
 * after the old database was saved comes again by the cursors, which are as old as it. */
#include "app/base/i18n.h"
#include "app/service/record_device.h"
#include "db/stmt.h"
#include "sync/hub.h"
#include "sync/sync_int.h"

enum { PAGE = 50 };

/* ---- asking first ---------------------------------------------------------------------------------------------------- */

static bool ask_row(struct sync *s, struct out_row *row, struct err *err)
{
	struct held_version v;

	return version_load(s->app, s->remote.id, row->record, ROLE_MAIN, &v, err) && stamp_for(s, row, row->stamp, err) &&
		row_freeze(s->app, row, NULL, NULL, 0, err) && entries_drop(s->app, row->seq, err) &&
		entry_add(s->app, row->seq, ROLE_MAIN, 0, v.known ? v.version : NULL, err) &&
		store_move(s->app, row, OUTBOX_UNKNOWN, NULL, err);
}

/* In short transactions; what is done has another state, so a try that was broken off goes on. */
static bool ask_state(struct sync *s, enum outbox_state state, struct err *err)
{
	size_t n;

	do {
		AUTO_ROWS struct out_rows rows = { 0 };
		AUTO_WORK struct work w = { 0 };

		if (!store_in_state(s, state, 0, PAGE, &rows, err) || !work_begin(&w, s->app, err))
			return false;
		n = rows.n;
		for (size_t i = 0; i < n; i++)
			if (!ask_row(s, &rows.r[i], err))
				return false;
		if (!sync_alive(s, "heal", err) || !work_commit(&w, err))
			return false;
	} while (n);
	return true;
}

static bool ask_remote(struct sync *s, const char *name, struct err *err)
{
	static const enum outbox_state states[] = { OUTBOX_PENDING, OUTBOX_SENDING, OUTBOX_EXPORTED };
	struct sync with = *s;
	bool ok = true;

	if (!remote_load(s->app, name, &with.remote, err))
		return name && err->code == ERR_NOT_FOUND;
	for (size_t i = 0; ok && i < N_ELEMENTS(states); i++)
		ok = ask_state(&with, states[i], err);
	s->dead |= with.dead;
	return ok;
}

/* ---- the twin ----------------------------------------------------------------------------------------------------------- */

/* Did we make this mark, for a version of ours or for one that came without a mark?  It follows from the row of our history:
 * "<instant>-<counter>-<device>-<revision>/<schema>". */
static bool is_made(struct sync *s, int64_t row, const char *stamp, bool *made, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_stamp_source");
	unsigned long long utc;
	unsigned counter, revision;
	int64_t edited;
	bool found;

	*made = true;
	if (sscanf(stamp, "%12llx-%4x-%*15[0-9A-Za-z]-%8x/", &utc, &counter, &revision) != 3)
		return true;
	stmt_bind_int(st, "record", row);
	stmt_bind_int(st, "revision", revision);
	if (!stmt_step(st, &found, err))
		return false;
	*made = found && strcmp(stmt_text(st, 3), s->app->device_code) == 0;
	if (!*made || stmt_int(st, 4)) /* marked by an older program, at the instant of sending */
		return true;
	if (!record_edited(s->app, row, revision, &edited, err))
		return false;
	*made = (unsigned long long)stmt_int(st, 1) <= utc && utc <= (unsigned long long)edited &&
		(unsigned)(stmt_int(st, 2) & 0xffff) == counter;
	return true;
}

bool stamp_is_twins(struct sync *s, int64_t row, const char *stamp, bool *twin, struct err *err)
{
	struct vector v;
	bool made;

	*twin = false;
	if (!stamp || !vector_of_stamp(&v, stamp) || strcmp(v.c[0].device, s->app->device_code) != 0)
		return true;
	if (!is_made(s, row, stamp, &made, err))
		return false;
	*twin = !made;
	if (made || s->twin)
		return true;
	s->twin = true; /* this round says nothing more under our name */
	return app_set_setting(s->app, "device.twin", "1", err);
}

bool device_has_twin(struct app *app, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, app, err) && app_set_setting(app, "device.twin", "1", err) && work_commit(&w, err);
}

/* What was never sent is ours alone: it gets the new name.  What went out under the old one keeps that. */
static bool part_from_twin(struct app *app, struct err *err)
{
	int64_t old = app->device;
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;

	if (!device_renew(app, DEVICE_TWIN, err) || !work_begin(&w, app, err))
		return false;
	st = stmt_get(app->db, "device_unsent");
	stmt_bind_int(st, "old", old);
	stmt_bind_int(st, "new", app->device);
	return stmt_run(st, err) && app_set_setting(app, "device.twin", "", err) && work_commit(&w, err);
}

static bool has_twin(struct app *app)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *text = app_setting(app, "device.twin", &mem);

	return text && *text;
}

/* ---- the door ------------------------------------------------------------------------------------------------------------ */

/* The store of a hub went back with the database: it is made anew, and the others compare with it. */
static bool heal_store(struct app *app, struct err *err)
{
	struct hub_state h;

	if (!hub_state(app, &h, err))
		return false;
	return h.role != HUB_SELF || hub_store_anew(app, err);
}

static bool healed(struct app *app, const char *why, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, app, err) && device_set_heal(app, "", err) &&
		app_set_setting(app, "device.renewed", why, err) && work_commit(&w, err);
}

bool device_part(struct sync *s, struct err *err)
{
	return !has_twin(s->app) || device_heal(s, err);
}

bool device_heal(struct sync *s, struct err *err)
{
	char why[16];

	if (has_twin(s->app) && !part_from_twin(s->app, err))
		return false;
	s->twin = false;
	device_to_heal(s->app, why);
	if (!*why)
		return true;
	return ask_remote(s, NULL, err) && ask_remote(s, HUB_REMOTE, err) && heal_store(s->app, err) && healed(s->app, why, err);
}
