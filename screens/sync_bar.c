/* F5: the exchange with the county, where there is none with the clinic's hub alone, runs as another process of this binary; its
 * lines are shown as they come, and nothing here ever waits for it. */
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/proc.h"
#include "app/service/receipts.h"
#include "screens/session_int.h"

struct sync_state {
	struct session *session;
	enum sync_bar_what what;
	struct proc proc;
	int fd; /* watched; proc.fd is closed by itself at the end of its lines */
	struct sbuf line, last; /* the newest line; the newest that was a sentence */
};

bool sync_bar_running(const struct session *s)
{
	return s->sync || s->stick;
}

const char *sync_bar_line(const struct session *s)
{
	const struct sync_state *st = s->stick ? s->stick : s->sync;

	return st ? st->last.s : NULL;
}

static void drop(struct sync_state **at)
{
	struct sync_state *st = *at;

	if (!st)
		return;
	proc_release(&st->proc);
	sbuf_release(&st->line);
	sbuf_release(&st->last);
	free(st);
	*at = NULL;
}

void sync_bar_release(struct session *s)
{
	drop(&s->sync);
	drop(&s->stick);
}

static void say_stick_end(struct ui *ui, int status, const char *last)
{
	if (!status)
		ui_say(ui, FACE_DONE, "%s", last);
	else if (status == 3)
		ui_say(ui, FACE_WARN, _("Another exchange is under way already."));
	else
		ui_say(ui, FACE_WARN, _("Not done; nothing is lost. %s"), last);
}

/* Of a clinic without a county only the hub was asked, and that is what the line is about. */
static bool is_hub_alone(struct ui *ui)
{
	return !session_of(ui)->glance.county;
}

/* Done is said only when the county has everything. */
static void say_done(struct ui *ui, const char *last)
{
	struct receipt_counts left;
	struct err err;

	if (!receipts_all(session_of(ui)->app, &left, &err))
		ui_fail(ui, &err);
	else if (left.needs)
		ui_say(ui, FACE_WARN, _("%s %d need you: U shows which."), last, (int)left.needs);
	else if (left.waiting)
		ui_say(ui, FACE_WARN, _("%s %d are not at the county yet: U shows why."), last, (int)left.waiting);
	else
		ui_say(ui, FACE_DONE, is_hub_alone(ui) ? _("Exchange with the hub done. %s") :
							 _("Exchange with the county done. %s"), last);
}

static void say_end(struct ui *ui, int status, const char *last)
{
	if (!status)
		say_done(ui, last);
	else if (status == 4 && is_hub_alone(ui))
		ui_say(ui, FACE_WARN, "%s", last);
	else if (status == 3)
		ui_say(ui, FACE_WARN, _("Another exchange is under way already."));
	else if (status == 4)
		ui_say(ui, FACE_WARN, _("The county cannot be reached now. Everything is kept and goes next time. %s"), last);
	else
		ui_say(ui, FACE_WARN, _("The exchange did not finish; everything is kept. %s"), last);
}

static struct sync_state **place_of(struct session *s, enum sync_bar_what what)
{
	return what == SYNC_BAR_COUNTY ? &s->sync : &s->stick;
}

static unsigned ended(struct ui *ui, struct sync_state *st)
{
	struct session *s = st->session;
	struct err err;

	proc_ended(&st->proc, true);
	if (st->what != SYNC_BAR_COUNTY)
		say_stick_end(ui, st->proc.status, st->last.s);
	else if (!s->stick) /* that it is in use stays to be read */
		say_end(ui, st->proc.status, st->last.s);
	drop(place_of(s, st->what));
	session_count(s, &err);
	ui_changed(ui, session_changed(ui) | TOPIC_SYNC);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned ready(struct ui *ui, void *ctx)
{
	struct sync_state *st = ctx;
	enum proc_read got;

	while ((got = proc_read_line(&st->proc, &st->line)) == PROC_LINE) {
		sbuf_clear(&st->last);
		sbuf_adds(&st->last, st->line.s);
		if (st->what != SYNC_BAR_COUNTY)
			ui_say(ui, FACE_INFO, _("USB stick, do not unplug: %s"), st->line.s);
		else if (!st->session->stick)
			ui_say(ui, FACE_INFO, is_hub_alone(ui) ? _("Exchanging with the hub: %s") :
								 _("Exchanging with the county: %s"), st->line.s);
	}
	if (got == PROC_LATER)
		return UI_HANDLED | UI_REDRAW;
	ui_unwatch(ui, st->fd);
	return ended(ui, st);
}

static bool start(struct ui *ui, enum sync_bar_what what, const char *const *args)
{
	struct session *s = session_of(ui);
	struct sync_state *st = xcalloc(1, sizeof *st);
	struct err err;

	*place_of(s, what) = st;
	*st = (struct sync_state){ .session = s, .what = what, .proc = PROC_INIT, .line = SBUF_INIT, .last = SBUF_INIT };
	if (!proc_start(&st->proc, args, &err)) {
		drop(place_of(s, what));
		ui_fail(ui, &err);
		return false;
	}
	st->fd = st->proc.fd;
	ui_watch(ui, &(struct source){ .fd = st->fd, .ready = ready, .ctx = st });
	return true;
}

static bool is_busy(struct ui *ui, bool busy)
{
	if (!busy)
		return false;
	ui_say(ui, FACE_INFO, _("An exchange is under way; you can go on working."));
	return true;
}

unsigned sync_bar_stick(struct ui *ui, enum sync_bar_what what, const char *folder)
{
	static const char *const words[][2] = { [SYNC_BAR_STICK_OUT] = { "out" }, [SYNC_BAR_STICK_IN] = { "in" },
		[SYNC_BAR_STICK_CARD] = { "card" }, [SYNC_BAR_STICK_ADD] = { "peer", "add" } };
	struct session *s = session_of(ui);
	const char *const *w = words[what];
	const char *const args[] = { "--data", s->app->dir, "--lang", i18n_language(), "--for-screen", "stick", w[0], w[1] ? w[1] : folder,
		w[1] ? folder : NULL, NULL };

	if (!is_busy(ui, s->stick) && start(ui, what, args)) /* an exchange lets go for it: sync/turn.h */
		ui_say(ui, FACE_INFO, _("The stick is in use: do not unplug it yet. You can go on working."));
	return UI_HANDLED | UI_REDRAW;
}

unsigned sync_bar_start(struct ui *ui)
{
	struct session *s = session_of(ui);
	const char *const args[] = { "--data", s->app->dir, "--lang", i18n_language(), "--for-screen", "sync", NULL };
	struct hub_glance hub = { .member = false };
	struct err err;

	if (is_busy(ui, sync_bar_running(s)))
		return UI_HANDLED | UI_REDRAW;
	if (!watch_hub(s->app, &hub, &err))
		ui_fail(ui, &err);
	if (!s->glance.county && !session_count(s, &err))
		ui_fail(ui, &err);
	if (!s->glance.county && !hub.member) {
		ui_say(ui, FACE_WARN, _("The county's address is not set yet: cunyi sync --county URL, or in the settings."));
		return UI_HANDLED | UI_REDRAW;
	}
	if (start(ui, SYNC_BAR_COUNTY, args))
		ui_say(ui, FACE_INFO, "%s", is_hub_alone(ui) ? _("Exchanging with the hub; you can go on working.") :
							       _("Exchanging with the county; you can go on working."));
	return UI_HANDLED | UI_REDRAW;
}
