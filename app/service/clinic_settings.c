#include "app/service/clinic_settings.h"

#include "app/clinic/market.h"
#include "app/service/record.h"
#include "app/service/record_remotes.h"
#include "db/stmt.h"

bool clinic_set(struct app *app, const char *key, const char *value, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, app, err) && app_set_setting(app, key, value ? value : "", err) && work_commit(&w, err);
}

bool clinic_set_village(struct app *app, const char *id, struct err *err)
{
	int64_t row = *id ? record_row(app, KIND_ORGANISATION, id) : 0;

	if (*id && !row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such village."));
	if (!clinic_set(app, "own_village", id, err))
		return false;
	snprintf(app->own_village, sizeof app->own_village, "%s", id);
	app->own_village_row = row;
	return true;
}

bool clinic_set_market(struct app *app, const char *text, struct err *err)
{
	struct market_days m;

	return market_parse(text, &m, err) && clinic_set(app, "market_days", text, err);
}

/* ---- the county ---------------------------------------------------------------------------------------------------------- */

const char *clinic_county(struct app *app, struct arena *mem)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "county_url");
	struct err err;
	bool row;

	return stmt_step(st, &row, &err) && row && stmt_text(st, 0) ? arena_strdup(mem, stmt_text(st, 0)) : "";
}

/* "http://localhost" and then nothing of the host's name any more. */
static bool is_here(const char *url)
{
	static const char *const hosts[] = { "http://localhost", "http://127.0.0.1", "http://[::1]" };

	for (size_t i = 0; i < N_ELEMENTS(hosts); i++) {
		size_t n = strlen(hosts[i]);

		if (!strncmp(url, hosts[i], n) && (!url[n] || url[n] == ':' || url[n] == '/'))
			return true;
	}
	return false;
}

bool clinic_county_check(const char *url, struct err *err)
{
	const char https[] = "https://";
	bool secure = !strncmp(url, https, sizeof https - 1) && strlen(url) > sizeof https + 1;

	if (!*url || ((secure || is_here(url)) && !strchr(url, ' ')))
		return true;
	err_set(err, ERR_INVALID_VALUE, _("The county's address begins with https://."));
	return err_example(err, "https://fhir.example.gov.cn/r4");
}

bool clinic_set_county(struct app *app, const char *url, struct err *err)
{
	return clinic_county_check(url, err) && remote_move_county(app, url, err);
}
