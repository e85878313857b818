#include "app/service/record_remotes.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"
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
