/* One round, from the lock to the figures. */
#include "sync/pace.h"

#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "app/base/path.h"
#include "app/service/record_remotes.h"
#include "db/stmt.h"
#include "sync/auth.h"
#include "sync/scope.h"
#include "sync/turn.h"

bool sync_alive(struct sync *s, const char *where, struct err *err)
{
	if (!s->dead && s->o->survives && !s->o->survives(s->o->survives_ctx, where))
		s->dead = true;
	return !s->dead || err_set(err, ERR_IO, "test: the process ended at %s", where);
}

void sync_tell(const struct sync *s, const char *what, int64_t done, int64_t of)
{
	if (s->o->progress)
		s->o->progress(s->o->progress_ctx, what, done, of);
}

bool sync_is_polite(const struct sync *s)
{
	return s->o->polite || app_screen_is_open(s->app);
}

int64_t sync_longest_ms(const struct sync *s)
{
	return sync_is_polite(s) ? SYNC_APPLY_MS : SYNC_BULK_MS;
}

void sync_yield(const struct sync *s, int64_t ms)
{
	if (sync_is_polite(s))
		clock_pause_ms(ms);
}

static bool exchange(struct sync *s, struct err *err);

/* ---- before the first request ------------------------------------------------------------------------------------- */

static bool choose_hub(struct sync *s, struct err *err)
{
	if (!remote_load(s->app, s->o->remote, &s->remote, err))
		return false;
	s->alone = true; /* each of our computers derives for itself what follows from a record */
	snprintf(s->figures->server, sizeof(s->figures->server), "%s", s->remote.base);
	return true;
}

static bool choose_server(struct sync *s, struct err *err)
{
	char base[TRANSPORT_URL_MAX];

	if (s->o->remote)
		return choose_hub(s, err);
	if (s->o->county) {
		if (!transport_check_url(s->o->county, base, err))
			return false;
		if (s->app->clinic.practice && !transport_is_loopback(base))
			return err_set(err, ERR_PRACTICE,
				_("This is a practice clinic: it talks to a server on this computer only."));
		if (s->job == exchange && !remote_move_county(s->app, base, err))
			return false;
	}
	if (!remote_load(s->app, NULL, &s->remote, err) || !scope_choose(s, err))
		return false;
	s->remote.known = !s->o->county || strcmp(s->remote.base, base) == 0;
	if (s->o->county)
		snprintf(s->remote.base, sizeof(s->remote.base), "%.*s", (int)sizeof(s->remote.base) - 1, base);
	if (!s->remote.base[0]) {
		err_set(err, ERR_USAGE, _("The address of the county server is not known yet."));
		err_example(err, "cunyi sync --county https://county.example.cn/fhir");
		return err_at(err, "county");
	}
	snprintf(s->figures->server, sizeof(s->figures->server), "%s", s->remote.base);
	return transport_check_url(s->remote.base, base, err);
}

/* Whatever was being sent when a process died may have arrived. */
static bool wake(struct sync *s, struct err *err)
{
	static const char *const steps[] = { "sync_wake", "sync_release_groups", "sync_forget_superseded",
		"sync_wake_carried", "sync_wake_asked", "sync_ask_again" };
	AUTO_WORK struct work w = { 0 };

	return work_begin(&w, s->app, err) && store_run(s->app, steps, N_ELEMENTS(steps), s->remote.id, 0, err) &&
		work_commit(&w, err);
}

/* ---- the round ---------------------------------------------------------------------------------------------------- */

/* Who may not write still asks what became of what was on its way, and takes in what comes. */
static bool exchange_county(struct sync *s, struct err *err)
{
	if (!meet_server(s, err) || !policy_ask(s, err) || !readback_all(s, err))
		return false;
	if (!policy_lets_write(s))
		return pull_all(s, err) && policy_refuse(s, err);
	return push_all(s, err) && pull_all(s, err) && answer_heard(s, err);
}

static bool exchange(struct sync *s, struct err *err)
{
	struct sync_figures now = { 0 };

	if (!wake(s, err) || !figures_load(s->app, s->remote.id, &now, err))
		return false;
	s->to_push = now.waiting;
	pace_refill(s);
	pace_entries(s);
	sync_tell(s, "push", 0, s->to_push);
	if (s->remote.is_hub ? !hub_exchange(s, err) : !exchange_county(s, err))
		return false;
	return disputes_answered(s->app, err) && push_all(s, err) /* what merging changed, what the county decided */;
}

static bool run(struct sync *s, struct err *err)
{
	struct transport *own = NULL;
	bool ok;

	if (!choose_server(s, err))
		return false;
	if (s->o->when_due && pace_is_early(s)) {
		s->too_early = true;
		return true;
	}
	if (!s->o->transport) {
		own = auth_county_line(s->app, s->remote.base, err);
		if (!own)
			return false;
	}
	s->t = own ? own : s->o->transport;
	s->figures->bytes_up = s->t->bytes_up;
	s->figures->bytes_down = s->t->bytes_down;
	line_start(s);
	ok = s->job(s, err);
	line_end(s);
	if (!ok && s->remote.is_hub && !s->dead)
		hub_error(err);
	else if (!ok && own)
		auth_county_error(s->app, err);
	s->figures->bytes_up = s->t->bytes_up - s->figures->bytes_up;
	s->figures->bytes_down = s->t->bytes_down - s->figures->bytes_down;
	transport_close(own);
	return ok;
}

static void finish(struct sync *s, bool ok, int64_t began, const struct err *why)
{
	struct err ignored;

	if (s->dead)
		return;
	s->figures->ms = clock_now(&s->app->clock) - began;
	s->figures->held_back = !pace_allows(s);
	s->figures->clock_offset = s->dated ? s->clock_offset : 0;
	pace_next(s, ok, why);
	if (ok)
		pace_note_few(s);
	if (s->remote.base[0] && !remote_save_pace(s, ok, &ignored))
		log_err("sync: writing the pace", &ignored);
	if (s->remote.id && (!figures_load(s->app, s->remote.id, s->figures, &ignored) || !log_round(s, ok, why, &ignored)))
		log_err("sync: writing the log", &ignored);
	if (ok)
		sync_tell(s, "done", s->figures->pushed, s->figures->pulled);
}

bool sync_session(struct sync *s, struct err *err)
{
	AUTO_LOCK struct lock lock = LOCK_INIT;
	int64_t began = clock_now(&s->app->clock);
	bool ok;

	*s->figures = (struct sync_figures){ 0 };
	if (!turn_take(&lock, s->app, err))
		return false;
	transport_watch(turn_is_wanted, s->app);
	sync_region(s);
	ok = (s->job != exchange || device_heal(s, err)) && run(s, err);
	if (s->twin && !s->dead) /* parted at once, and the rest of the round under the new name */
		ok = device_heal(s, err) && run(s, err);
	transport_watch(NULL, NULL);
	if (s->too_early)
		ok = sync_status(s->app, s->figures, err);
	else if (s->job == exchange)
		finish(s, ok, began, err);
	free(s->held);
	free(s->lacks.n);
	json_object_put(s->ahead);
	json_object_put(s->ground);
	return ok;
}

bool sync_round(struct app *app, const struct sync_options *o, struct sync_figures *figures, struct err *err)
{
	struct sync s = { .app = app, .o = o, .figures = figures, .packing = 8.0, .job = exchange };

	return sync_session(&s, err);
}

bool sync_status(struct app *app, struct sync_figures *figures, struct err *err)
{
	AUTO_STMT struct stmt *st = NULL;
	struct remote remote;
	bool row;

	*figures = (struct sync_figures){ 0 };
	if (!remote_load(app, NULL, &remote, err) || !figures_load(app, remote.id, figures, err))
		return false;
	snprintf(figures->server, sizeof(figures->server), "%s", remote.base);
	st = stmt_get(app->db, "sync_log_last");
	stmt_bind_int(st, "remote", remote.id);
	if (!stmt_step(st, &row, err))
		return false;
	if (row) {
		figures->ms = stmt_int(st, 0);
		figures->pushed = stmt_int(st, 1);
		figures->pulled = stmt_int(st, 2);
		figures->bytes_up = (uint64_t)stmt_int(st, 3);
		figures->bytes_down = (uint64_t)stmt_int(st, 4);
	}
	return true;
}
