/* A report from the records: read, judge, lay out; and its frozen copies. */
#include "app/service/reports.h"

#include <sodium.h>
#include <zlib.h>

#include "app/base/i18n.h"
#include "app/base/json.h"
#include "app/base/path.h"
#include "app/report/xlsx.h"
#include "app/service/paper.h"
#include "app/service/record.h"
#include "app/service/reports_int.h"
#include "db/stmt.h"

static void lay_out(const struct census *c, struct report_result *r, bool figures_only)
{
	sheets_indicators(c, r);
	sheets_outpatient(c, r->report);
	sheets_services(c, r->report);
	sheets_villages(c, r->report);
	sheets_workload(c, r->report);
	if (figures_only)
		return;
	lists_quality(c, r->report);
	lists_rosters(c, r->report);
	lists_referrals(c, r->report);
	lists_visits(c, r->report);
	lists_residents(c, r->report);
}

static struct report *new_report(const struct app *app, const struct period *p)
{
	char when[PERIOD_TITLE], title[160];
	struct report *rep;

	/* TRANSLATORS: a month, quarter or year */
	snprintf(title, sizeof title, _("Report of %s"), period_title(p, when));
	rep = report_begin(app, p->text, title);
	rep->cutoff = p->to;
	return rep;
}

/* ---- frozen copies -------------------------------------------------------------------------------------------------- */

static void hash_text(const struct sbuf *text, char hex[65])
{
	unsigned char hash[crypto_generichash_BYTES];

	crypto_generichash(hash, sizeof hash, (const unsigned char *)text->s, text->len, NULL, 0);
	sodium_bin2hex(hex, 65, hash, sizeof hash);
}

/* The frozen text is Chinese whatever the screen shows, so that a report has one hash. */
static bool frozen_form(struct app *app, const struct report_result *r, struct sbuf *out, struct err *err)
{
	AUTO_REPORT_RESULT struct report_result zh = { 0 };
	bool ok;

	if (!strcmp(i18n_language(), "zh") && r->complete) {
		report_dump(r->report, out);
		return true;
	}
	if (strcmp(i18n_language(), "zh") != 0) {
		i18n_set_language("zh");
		ok = reports_build(app, r->period.text, NULL, &zh, err);
		i18n_set_language("en");
	} else {
		ok = reports_build(app, r->period.text, NULL, &zh, err);
	}
	if (ok)
		report_dump(zh.report, out);
	return ok;
}

static bool find_frozen(struct app *app, const char *period, struct report_frozen *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "report_snapshot_find");
	bool row;

	*out = (struct report_frozen){ 0 };
	stmt_bind_text(st, "period", period);
	stmt_bind_int(st, "id", 0);
	if (!stmt_step(st, &row, err))
		return false;
	if (row) {
		out->number = stmt_int(st, 0);
		out->made_at = stmt_int(st, 1);
		snprintf(out->hash, sizeof out->hash, "%s", stmt_text(st, 2));
	}
	return true;
}

/* Number and hash go on every printed page of a report that is what was frozen. */
static void stamp(struct report_result *r)
{
	char text[64];

	if (!r->frozen.number || r->differs)
		return;
	/* TRANSLATORS: number of the frozen report, first characters of its hash */
	snprintf(text, sizeof text, _("Frozen no. %lld, check %.12s"), (long long)r->frozen.number, r->frozen.hash);
	report_set_stamp(r->report, text);
}

static bool compare_frozen(struct app *app, struct report_result *r, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	char hash[65];

	if (!find_frozen(app, r->period.text, &r->frozen, err))
		return false;
	if (!r->frozen.number || !r->complete || strcmp(i18n_language(), "zh") != 0)
		return true;
	report_dump(r->report, &text);
	hash_text(&text, hash);
	r->differs = strcmp(hash, r->frozen.hash) != 0;
	stamp(r);
	return true;
}

static bool pack(const struct sbuf *text, unsigned char **out, size_t *n)
{
	uLongf size = compressBound((uLong)text->len);

	*out = xmalloc(size);
	if (compress2(*out, &size, (const Bytef *)text->s, (uLong)text->len, 6) != Z_OK) {
		free(*out);
		return false;
	}
	*n = size;
	return true;
}

static bool store(struct app *app, const struct report_result *r, const struct sbuf *text, const char *hash,
	struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	AUTO_FREE unsigned char *body = NULL;
	char cutoff[DATE_LEN];
	struct stmt *st;
	size_t n = 0;

	if (!pack(text, &body, &n))
		return err_set(err, ERR_IO, _("The report could not be frozen."));
	if (!work_begin(&w, app, err))
		return false;
	st = stmt_get(app->db, "report_snapshot_add");
	stmt_bind_text(st, "period", r->period.text);
	stmt_bind_text(st, "cutoff", date_iso(r->period.to, cutoff));
	stmt_bind_int(st, "made_at", clock_now(&app->clock));
	if (app->actor_row)
		stmt_bind_int(st, "made_by", app->actor_row);
	stmt_bind_text(st, "program", CUNYI_VERSION);
	stmt_bind_text(st, "hash", hash);
	stmt_bind_int(st, "size", (int64_t)text->len);
	stmt_bind_blob(st, "body", body, n);
	return stmt_run(st, err) && work_commit(&w, err);
}

bool reports_freeze(struct app *app, struct report_result *r, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	char hash[65];

	if (!frozen_form(app, r, &text, err) || !find_frozen(app, r->period.text, &r->frozen, err))
		return false;
	hash_text(&text, hash);
	if (!r->frozen.number || strcmp(r->frozen.hash, hash) != 0) {
		if (!store(app, r, &text, hash, err) || !find_frozen(app, r->period.text, &r->frozen, err))
			return false;
	}
	r->differs = false;
	stamp(r);
	return true;
}

static bool unpack(const void *body, size_t n, size_t size, struct sbuf *out)
{
	AUTO_FREE char *text = xmalloc(size + 1);
	uLongf got = (uLongf)size;

	if (uncompress((Bytef *)text, &got, body, (uLong)n) != Z_OK || got != size)
		return false;
	sbuf_add(out, text, size);
	return true;
}

bool reports_frozen_text(struct app *app, const char *period, int64_t number, struct sbuf *out, struct err *err)
{
	enum { SIZE_MAX_TEXT = 1 << 30 };
	AUTO_STMT struct stmt *st = stmt_get(app->db, "report_snapshot_find");
	const void *body;
	char hash[65];
	size_t n;
	bool row;

	stmt_bind_text(st, "period", period);
	stmt_bind_int(st, "id", number);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("No report of %s was frozen."), period);
	body = stmt_blob(st, 4, &n);
	sbuf_clear(out);
	if (stmt_int(st, 3) < 0 || stmt_int(st, 3) > SIZE_MAX_TEXT || !unpack(body, n, (size_t)stmt_int(st, 3), out))
		return err_set(err, ERR_CORRUPT, _("The frozen report is damaged."));
	hash_text(out, hash);
	if (strcmp(hash, stmt_text(st, 2)) != 0)
		return err_set(err, ERR_CORRUPT, _("The frozen report is damaged."));
	return true;
}

/* ---- build ---------------------------------------------------------------------------------------------------------- */

bool reports_build(struct app *app, const char *period, const struct report_options *o, struct report_result *out,
	struct err *err)
{
	struct census *c = xcalloc(1, sizeof *c);

	memset(out, 0, sizeof *out);
	out->census = c;
	c->app = app;
	census_settings(app, &c->set);
	if (!period_parse(period, c->set.first_day, &c->period, err) || !census_read(c, o, err)) {
		report_result_release(out);
		return false;
	}
	census_judge(c);
	out->period = c->period;
	out->unsteady = c->unsteady;
	out->unfinished = c->cutoff >= app_today(app);
	out->complete = !o || !o->figures_only;
	census_count(c, out);
	out->report = new_report(app, &c->period);
	lay_out(c, out, !out->complete);
	if (compare_frozen(app, out, err))
		return true;
	report_result_release(out);
	return false;
}

void report_result_release(struct report_result *r)
{
	report_free(r->report);
	if (r->census)
		census_release(r->census);
	free(r->census);
	memset(r, 0, sizeof *r);
}

bool reports_xlsx(struct app *app, const struct report_result *r, const char *path, char *lists, struct err *err)
{
	AUTO_FREE char *scratch = path_join(app->dir, "tmp");
	const struct xlsx_options opt = { .private_dir = scratch };
	struct xlsx_written written;

	if (!xlsx_write(r->report, path, &opt, &written, err))
		return false;
	if (lists)
		memcpy(lists, written.lists, sizeof written.lists);
	return true;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------- */

static struct json_object *indicator_json(const struct indicator_result *r)
{
	struct json_object *o = json_object_new_object();
	const bool rate = r->ind->kind == INDICATOR_RATE;

	json_set_text(o, "code", r->ind->code);
	json_set_text(o, "key", r->ind->key);
	json_set_text(o, "name", r->ind->name.zh);
	json_set_text(o, "name_en", r->ind->name.en);
	json_set_text(o, "newer_name", r->ind->newer.zh);
	json_set_int(o, "numerator", r->num);
	if (!rate)
		return o;
	json_object_object_add(o, "denominator", r->source == DEN_MISSING ? NULL : json_object_new_int64(r->den));
	json_object_object_add(o, "percent", r->has_percent ? json_new_decimal(r->percent, 2) : NULL);
	json_set_text(o, "denominator_source", denominator_source_name(r->source));
	json_set_bool(o, "over_100", r->over);
	return o;
}

static struct json_object *frozen_json(const struct report_result *r)
{
	struct json_object *o;
	char made[CLOCK_LEN];

	if (!r->frozen.number)
		return NULL;
	o = json_object_new_object();
	json_set_int(o, "number", r->frozen.number);
	json_set_text(o, "hash", r->frozen.hash);
	json_set_text(o, "made_at", clock_rfc3339(r->frozen.made_at, made));
	json_set_bool(o, "differs", r->differs);
	return o;
}

struct json_object *reports_json(const struct report_result *r)
{
	struct json_object *o = json_object_new_object(), *list = json_object_new_array();
	char iso[DATE_LEN];

	json_set_text(o, "period", r->period.text);
	json_set_text(o, "from", date_iso(r->period.from, iso));
	json_set_text(o, "to", date_iso(r->period.to, iso));
	json_set_text(o, "year_from", date_iso(r->period.year_from, iso));
	json_set_text(o, "title", r->report->title);
	json_set_text(o, "organisation", r->report->org);
	json_set_bool(o, "practice", r->report->mark != NULL);
	json_set_bool(o, "unsteady", r->unsteady);
	json_set_bool(o, "unfinished", r->unfinished);
	for (size_t i = 0; i < r->n_indicators; i++)
		json_object_array_add(list, indicator_json(&r->indicators[i]));
	json_object_object_add(o, "indicators", list);
	json_object_object_add(o, "frozen", frozen_json(r));
	return o;
}
