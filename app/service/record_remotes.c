#include "app/service/record_remotes.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/service/record.h"
#include "db/stmt.h"

static const struct {
	const char *kind;
	struct term words;
} kinds_of_remote[] = {
	{ "county", { "县里", "the county" } },
	{ "hub", { "本院主机", "the clinic's main computer" } },
};

const char *remote_words(struct app *app, int64_t remote, struct arena *mem)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "remote_words");
	struct err err;
	bool row;

	stmt_bind_int(st, "remote", remote);
	if (!stmt_step(st, &row, &err) || !row)
		return "";
	for (size_t i = 0; i < N_ELEMENTS(kinds_of_remote); i++)
		if (strcmp(stmt_text(st, 0), kinds_of_remote[i].kind) == 0)
			return term_text(&kinds_of_remote[i].words);
	return arena_strdup(mem, stmt_text(st, 1));
}

const char *device_words(struct app *app, const char *code, struct arena *mem)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "device_words");
	struct err err;
	bool row;

	if (strcmp(code, app->device_code) == 0)
		return _("this computer");
	stmt_bind_text(st, "device", code);
	if (stmt_step(st, &row, &err) && row)
		return arena_strdup(mem, stmt_text(st, 0));
	return arena_printf(mem, _("computer %s"), code);
}

/* At another address everything is looked at from the beginning. */
static const char *const places[] = { "sync_cursors_drop", "managed_drop" };

bool remote_move(struct app *app, int64_t remote, const char *url, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "sync_remote_url");

	stmt_bind_int(st, "remote", remote);
	stmt_bind_text(st, "url", url);
	if (!stmt_run(st, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(places); i++) {
		st = stmt_get(app->db, places[i]);
		stmt_bind_int(st, "remote", remote);
		if (!stmt_run(st, err))
			return false;
	}
	return true;
}

bool remote_move_county(struct app *app, const char *url, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	AUTO_STMT struct stmt *st = stmt_get(app->db, "county_url");
	bool row;

	if (!stmt_step(st, &row, err))
		return false;
	if (row && !strcmp(stmt_text(st, 0) ? stmt_text(st, 0) : "", url))
		return true;
	return work_begin(&w, app, err) && remote_move(app, REMOTE_COUNTY, *url ? url : NULL, err) && work_commit(&w, err);
}
