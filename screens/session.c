#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/service/overview.h"
#include "app/service/search.h"
#include "app/base/utf8.h"
#include "screens/kit/status.h"
#include "screens/people.h"
#include "screens/session_int.h"

struct session *session_of(const struct ui *ui)
{
	return ui_app(ui);
}

struct app *app_of(const struct ui *ui)
{
	return session_of(ui)->app;
}

/* ---- who is present -------------------------------------------------------------------------------------------------- */

void session_clear_person(struct session *s)
{
	s->person = (struct person){ 0 };
}

bool session_set_person(struct session *s, const char *id, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	int64_t row = record_row(s->app, KIND_RESIDENT, id);
	struct search_hit hit;
	char at[RECORD_ID_MAX + 1];

	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such resident."));
	id = record_survivor_id(s->app, id, at); /* a merged file opens the one it went into */
	row = record_row(s->app, KIND_RESIDENT, id);
	if (!search_hit_of(s->app, row, &mem, &hit, err))
		return false;
	s->person = (struct person){ .row = row, .age = hit.age };
	snprintf(s->person.id, sizeof s->person.id, "%s", id);
	snprintf(s->person.name, sizeof s->person.name, "%s", hit.name);
	snprintf(s->person.sex, sizeof s->person.sex, "%s", hit.sex);
	return true;
}

void session_set_conveyor(struct session *s, const char *const ids[], size_t n, size_t at)
{
	free(s->conveyor);
	s->n_conveyor = n < CONVEYOR_MAX ? n : CONVEYOR_MAX;
	s->conveyor_at = at;
	s->conveyor = xcalloc(s->n_conveyor + 1, sizeof *s->conveyor);
	for (size_t i = 0; i < s->n_conveyor; i++)
		snprintf(s->conveyor[i], sizeof s->conveyor[i], "%s", ids[i]);
}

/* ---- what changed ------------------------------------------------------------------------------------------------------ */

static unsigned topic_of_kind(enum kind_id kind)
{
	static const unsigned topics[KIND_MAX] = {
		[KIND_RESIDENT] = TOPIC_RESIDENT,   [KIND_HOUSEHOLD] = TOPIC_RESIDENT, [KIND_STAFF] = TOPIC_STAFF,
		[KIND_TEAM] = TOPIC_STAFF,          [KIND_ORGANISATION] = TOPIC_STAFF, [KIND_CONTRACT] = TOPIC_CONTRACT,
		[KIND_ENROLMENT] = TOPIC_ENROLMENT, [KIND_FOLLOWUP] = TOPIC_VISIT,     [KIND_VISIT] = TOPIC_VISIT,
		[KIND_EXAM] = TOPIC_VISIT,          [KIND_REFERRAL] = TOPIC_REFERRAL,  [KIND_PACKAGE] = TOPIC_STAFF,
		[KIND_SERVICE] = TOPIC_CONTRACT,
	};

	if (kind <= KIND_NONE || kind >= KIND_MAX)
		return 0;
	return topics[kind] ? topics[kind] : TOPIC_VISIT; /* the rest is something done for a person */
}

bool session_count(struct session *s, struct err *err)
{
	return watch_glance(s->app, &s->glance, err);
}

unsigned session_changed(struct ui *ui)
{
	struct session *s = session_of(ui);
	unsigned kinds = watch_changes(s->app, &s->watch), topics = 0;
	struct err err;

	if (!kinds)
		return 0;
	for (unsigned k = 1; k < KIND_MAX; k++)
		if (kinds & (1u << k))
			topics |= topic_of_kind((enum kind_id)k);
	session_count(s, &err);
	ui_redraw(ui);
	return topics | TOPIC_SYNC;
}

void session_saved(struct ui *ui, enum kind_id kind, const struct record *rec)
{
	struct session *s = session_of(ui);
	const char *resident = kind == KIND_RESIDENT ? rec->meta.id : record_text(rec, "resident");
	AUTO_SBUF struct sbuf what = SBUF_INIT;
	struct err err;

	session_forget_last(s);
	s->last.kind = kind;
	snprintf(s->last.id, sizeof s->last.id, "%s", rec->meta.id);
	snprintf(s->last.resident, sizeof s->last.resident, "%s", resident ? resident : "");
	record_summary(s->app, kind, rec, &what);
	snprintf(s->last.what, sizeof s->last.what, "%.*s", (int)utf8_fit(what.s, 60), what.s);
	session_count(s, &err);
	ui_changed(ui, topic_of_kind(kind) | TOPIC_SYNC);
}

void session_forget_last(struct session *s)
{
	free(s->last.also);
	s->last = (struct last_save){ 0 };
}

void session_saved_all(struct ui *ui, enum kind_id kind, char (*ids)[RECORD_ID_MAX + 1], size_t n, const char *what)
{
	struct session *s = session_of(ui);
	struct err err;

	if (!n)
		return;
	session_forget_last(s);
	s->last.kind = kind;
	snprintf(s->last.id, sizeof s->last.id, "%s", ids[0]);
	snprintf(s->last.what, sizeof s->last.what, "%s", what);
	s->last.n_also = n - 1;
	if (n > 1) {
		s->last.also = xcalloc(n - 1, sizeof *s->last.also);
		memcpy(s->last.also, ids + 1, (n - 1) * sizeof *s->last.also);
	}
	if (!session_count(s, &err))
		ui_fail(ui, &err);
	ui_changed(ui, topic_of_kind(kind) | TOPIC_SYNC);
}

void session_last_words(const struct session *s, struct sbuf *out)
{
	AUTO_ARENA struct arena mem = { 0 };

	if (*s->last.resident && s->last.kind != KIND_RESIDENT)
		sbuf_addf(out, "%s ", record_name(s->app, KIND_RESIDENT, s->last.resident, &mem));
	sbuf_adds(out, s->last.what);
}

void screen_header(const struct ui *ui, struct canvas *cv, const char *left, const char *right)
{
	char marked[512];

	if (right && app_of(ui)->clinic.practice) {
		snprintf(marked, sizeof marked, "%s %s", _("[PRACTICE]"), left);
		left = marked;
	}
	status_header(ui, cv, left, right);
}

/* ---- the right corner ---------------------------------------------------------------------------------------------------- */

static void add_sync(const struct session *s, struct sbuf *out)
{
	int64_t days;

	if (s->glance.waiting)
		sbuf_adds(out, " ↑");
	if (s->glance.waiting >= GLANCE_MAX)
		sbuf_addf(out, _("%d+ waiting"), GLANCE_MAX - 1);
	else if (s->glance.waiting)
		sbuf_addf(out, _("%d waiting"), (int)s->glance.waiting);
	if (sync_bar_running(s)) {
		sbuf_adds(out, _(" syncing"));
		return;
	}
	if (!s->glance.last_sync)
		return;
	days = clock_today(&s->app->clock) - clock_day_of(s->glance.last_sync, NULL);
	if (days <= 0)
		sbuf_adds(out, _(" synced today"));
	else
		sbuf_addf(out, ngettext(" synced %d day ago", " synced %d days ago", (unsigned long)days), (int)days);
}

const char *session_corner(const struct ui *ui, struct sbuf *tmp)
{
	const struct session *s = session_of(ui);
	int32_t today = app_today(s->app);
	char iso[DATE_LEN];
	int h, w;

	ui_size(ui, &h, &w);
	if (s->app->clinic.practice)
		sbuf_addf(tmp, "%s ", _("[PRACTICE]"));
	sbuf_adds(tmp, s->app->actor_name);
	if (w >= 72)
		sbuf_addf(tmp, " %s %s", date_iso(today, iso) + 5, weekday_word(today));
	add_sync(s, tmp);
	return tmp->s;
}
