/* F5: the exchange with the county, where there is none with the clinic's hub alone, runs as another process of this binary; its
 * lines are shown as they come, and nothing here ever waits for it. */
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/proc.h"
#include "app/service/receipts.h"
#include "screens/session_int.h"

struct sync_state {
	enum sync_bar_what what;
	struct proc proc;
	int fd; /* watched; proc.fd is closed by itself at the end of its lines */
	struct sbuf line, last; /* the newest line; the newest that was a sentence */
};

bool sync_bar_running(const struct session *s)
{
	return s->sync != NULL;
}

const char *sync_bar_line(const struct session *s)
{
	return s->sync ? s->sync->last.s : NULL;
}

static void drop(struct session *s)
{
	if (!s->sync)
		return;
	proc_release(&s->sync->proc);
	sbuf_release(&s->sync->line);
	sbuf_release(&s->sync->last);
	free(s->sync);
	s->sync = NULL;
}

void sync_bar_release(struct session *s)
{
	drop(s);
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

static unsigned ended(struct ui *ui)
{
	struct session *s = session_of(ui);
	struct err err;

	proc_ended(&s->sync->proc, true);
	if (s->sync->what == SYNC_BAR_COUNTY)
		say_end(ui, s->sync->proc.status, s->sync->last.s);
	else
		say_stick_end(ui, s->sync->proc.status, s->sync->last.s);
	drop(s);
	session_count(s, &err);
	ui_changed(ui, session_changed(ui) | TOPIC_SYNC);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned ready(struct ui *ui, void *ctx)
{
	struct session *s = ctx;
	enum proc_read got;

	while ((got = proc_read_line(&s->sync->proc, &s->sync->line)) == PROC_LINE) {
		sbuf_clear(&s->sync->last);
		sbuf_adds(&s->sync->last, s->sync->line.s);
		if (s->sync->what == SYNC_BAR_COUNTY)
			ui_say(ui, FACE_INFO, is_hub_alone(ui) ? _("Exchanging with the hub: %s") :
								 _("Exchanging with the county: %s"), s->sync->line.s);
		else
			ui_say(ui, FACE_INFO, _("USB stick, do not unplug: %s"), s->sync->line.s);
	}
	if (got == PROC_LATER)
		return UI_HANDLED | UI_REDRAW;
	ui_unwatch(ui, s->sync->fd);
	return ended(ui);
}

static bool start(struct ui *ui, enum sync_bar_what what, const char *const *args)
{
	struct session *s = session_of(ui);
	struct err err;

	s->sync = xcalloc(1, sizeof *s->sync);
	*s->sync = (struct sync_state){ .what = what, .proc = PROC_INIT, .line = SBUF_INIT, .last = SBUF_INIT };
	if (!proc_start(&s->sync->proc, args, &err)) {
		drop(s);
		ui_fail(ui, &err);
		return false;
	}
	s->sync->fd = s->sync->proc.fd;
	ui_watch(ui, &(struct source){ .fd = s->sync->fd, .ready = ready, .ctx = s });
	return true;
}

static bool is_busy(struct ui *ui)
{
	if (!session_of(ui)->sync)
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

	if (!is_busy(ui) && start(ui, what, args))
		ui_say(ui, FACE_INFO, _("The stick is in use: do not unplug it yet. You can go on working."));
	return UI_HANDLED | UI_REDRAW;
}

unsigned sync_bar_start(struct ui *ui)
{
	struct session *s = session_of(ui);
	const char *const args[] = { "--data", s->app->dir, "--lang", i18n_language(), "--for-screen", "sync", NULL };
	struct hub_glance hub = { .member = false };
	struct err err;

	if (is_busy(ui))
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
