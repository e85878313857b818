/* A report from the records: read, judge, lay out; the workbook, the JSON. */
#include "app/service/reports.h"

#include "app/base/json.h"
#include "app/base/path.h"
#include "app/report/xlsx.h"
#include "app/service/paper.h"
#include "app/service/reports_int.h"

static void lay_out(const struct census *c, struct report_result *r, bool figures_only)
{
	sheets_indicators(c, r);
	sheets_outpatient(c, r->report);
	sheets_services(c, r->report);
	sheets_villages(c, r->report);
	sheets_ages(c, r->report);
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

/* ---- build ---------------------------------------------------------------------------------------------------------- */

bool reports_build(struct app *app, const char *period, const struct report_options *o, struct report_result *out,
	struct err *err)
{
	const int64_t asked = o ? o->frozen : 0;
	struct census *c = xcalloc(1, sizeof *c);

	memset(out, 0, sizeof *out);
	out->census = c;
	c->app = app;
	census_settings(app, &c->set);
	if (!period_parse(period, c->set.first_day, &c->period, err) ||
		!frozen_find(app, c->period.text, asked, &out->frozen, err) || !census_read(c, o, err)) {
		report_result_release(out);
		return false;
	}
	census_judge(c);
	out->period = c->period;
	out->unsteady = c->unsteady;
	out->unfinished = c->cutoff >= app_today(app);
	out->complete = !o || !o->figures_only || (o->compare && out->frozen.number);
	census_count(c, out);
	out->report = new_report(app, &c->period);
	lay_out(c, out, !out->complete);
	if (frozen_compare(app, out, err) && !(asked && out->frozen.damaged)) /* err says that it is damaged */
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

/* numerator, denominator, percent: NULL where there is none. */
static void add_figure(struct json_object *o, const struct indicator *ind, const struct report_figure *f)
{
	json_set_int(o, "numerator", f->num);
	if (ind->kind != INDICATOR_RATE)
		return;
	json_object_object_add(o, "denominator", f->has_den ? json_object_new_int64(f->den) : NULL);
	json_object_object_add(o, "percent", f->has_percent ? json_new_decimal(f->percent, 2) : NULL);
}

static struct json_object *indicator_json(const struct indicator_result *r)
{
	struct json_object *o = json_object_new_object(), *then;
	const struct report_figure now = indicator_now(r);

	json_set_text(o, "code", r->ind->code);
	json_set_text(o, "key", r->ind->key);
	json_set_text(o, "name", r->ind->name.zh);
	json_set_text(o, "name_en", r->ind->name.en);
	json_set_text(o, "newer_name", r->ind->newer.zh);
	add_figure(o, r->ind, &now);
	if (r->ind->kind == INDICATOR_RATE) {
		json_set_text(o, "denominator_source", denominator_source_name(r->source));
		json_set_bool(o, "over_100", r->over);
	}
	if (r->was_frozen) {
		then = json_object_new_object();
		add_figure(then, r->ind, &r->frozen);
		json_set_bool(then, "differs", r->differs);
		json_object_object_add(o, "frozen", then);
	}
	return o;
}

static struct json_object *frozen_json(const struct report_frozen *f)
{
	struct json_object *o = json_object_new_object();
	char made[CLOCK_LEN];

	json_set_int(o, "number", f->number);
	json_set_text(o, "hash", f->hash);
	json_set_text(o, "made_at", clock_rfc3339(f->made_at, made));
	return o;
}

static struct json_object *compared_json(const struct report_result *r)
{
	struct json_object *o;

	if (!r->frozen.number)
		return NULL;
	o = frozen_json(&r->frozen);
	json_set_bool(o, "damaged", r->frozen.damaged);
	json_set_bool(o, "differs", r->differs);
	json_set_bool(o, "figures_differ", r->figures_differ);
	json_set_bool(o, "only_more", r->only_more);
	return o;
}

struct json_object *reports_copies_json(const struct report_frozen *copies, size_t n)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < n; i++)
		json_object_array_add(list, frozen_json(&copies[i]));
	return list;
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
	json_object_object_add(o, "frozen", compared_json(r));
	return o;
}
