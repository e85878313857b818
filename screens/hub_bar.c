/* While another computer of the clinic is the hub, this one exchanges with it by itself: at once when something was saved, else
 * once a minute.  It is another process; nothing is said about it unless somebody looks at the page of exchanges.  On the hub
 * itself, what answers the others is another process, too, and goes on when the screen is closed. */
#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "app/base/log.h"
#include "app/base/mem.h"
#include "app/service/clinic_hub.h"
#include "screens/asked.h"
#include "screens/session_int.h"

enum { FIRST_MS = 500, LOOK_MS = 4000, ROUND_MS = 60000 };

struct hub_bar {
	struct session *s;
	struct ui *ui;
	struct proc proc;
	int fd;        /* watched while a round runs, else -1 */
	int64_t last;  /* end of the last round, steady */
	bool failed;
	struct proc serving; /* cunyi hub serve, as far as this screen started it */
	int serving_fd;
	bool refused;  /* it could not serve: a person starts it again */
};

static void arm(struct hub_bar *b, int64_t ms);

static unsigned ready(struct ui *ui, void *ctx)
{
	struct hub_bar *b = ctx;
	AUTO_SBUF struct sbuf line = SBUF_INIT;
	enum proc_read got;

	while ((got = proc_read_line(&b->proc, &line)) == PROC_LINE)
		sbuf_clear(&line);
	if (got == PROC_LATER)
		return UI_HANDLED;
	ui_unwatch(ui, b->fd);
	b->fd = -1;
	proc_ended(&b->proc, true);
	b->failed = b->proc.status != 0;
	b->last = clock_steady_ms();
	proc_release(&b->proc);
	ui_changed(ui, session_changed(ui) | TOPIC_SYNC);
	return UI_HANDLED | UI_REDRAW;
}

static void begin(struct hub_bar *b)
{
	const char *const args[] = { "--data", b->s->app->dir, "--json", "sync", "--hub", NULL };
	struct err err;

	b->proc = (struct proc)PROC_INIT;
	if (!proc_start(&b->proc, args, &err)) {
		log_err("hub: starting a round", &err);
		b->last = clock_steady_ms();
		b->failed = true;
		return;
	}
	b->fd = b->proc.fd;
	ui_watch(b->ui, &(struct source){ .fd = b->fd, .ready = ready, .ctx = b });
}

/* ---- being the hub ------------------------------------------------------------------------------------------------------ */

static void hear(struct hub_bar *b, const char *line)
{
	AUTO_JSON struct json_object *o = NULL;
	struct err err;

	if (!json_parse(line, strlen(line), NULL, &o, &err))
		return;
	if (asked_refused(o, b->ui))
		b->refused = true;
	else if (json_text(o, "listening"))
		ui_say(b->ui, FACE_DONE, _("This computer is the hub now and answers the others."));
}

static unsigned served(struct ui *ui, void *ctx)
{
	struct hub_bar *b = ctx;
	AUTO_SBUF struct sbuf line = SBUF_INIT;
	enum proc_read got;

	while ((got = proc_read_line(&b->serving, &line)) == PROC_LINE)
		hear(b, line.s);
	if (got != PROC_LATER) {
		ui_unwatch(ui, b->serving_fd);
		b->serving_fd = -1;
		proc_ended(&b->serving, true);
		proc_release(&b->serving);
	}
	ui_changed(ui, session_changed(ui) | TOPIC_SYNC);
	return UI_HANDLED | UI_REDRAW;
}

void hub_bar_serve(struct session *s, const char *listen)
{
	const char *const args[] = { "--data", s->app->dir, "--lang", i18n_language(), "--json", "hub", "serve", "--listen", listen,
		NULL };
	struct hub_bar *b = s->hub;
	struct err err;

	if (!b || b->serving_fd >= 0)
		return;
	b->refused = !proc_start(&b->serving, args, &err);
	if (b->refused) {
		ui_fail(b->ui, &err);
		return;
	}
	b->serving_fd = b->serving.fd;
	ui_watch(b->ui, &(struct source){ .fd = b->serving_fd, .ready = served, .ctx = b });
}

/* Whoever turned the machine off and on again finds the hub answering as soon as a screen is open. */
static void keep_serving(struct hub_bar *b)
{
	char listen[HUB_LISTEN];

	if (b->serving_fd < 0 && !b->refused && clinic_hub_wanted(b->s->app, listen))
		hub_bar_serve(b->s, listen);
}

/* ---- looking ------------------------------------------------------------------------------------------------------------ */

/* What waits goes at once, unless the hub was away a moment ago. */
static bool is_time(const struct hub_bar *b)
{
	struct hub_glance h;
	struct err err;

	if (b->fd >= 0 || sync_bar_running(b->s) || !watch_hub(b->s->app, &h, &err) || !h.member)
		return false;
	return (h.waiting && !b->failed) || !b->last || clock_steady_ms() - b->last >= ROUND_MS;
}

static unsigned look(struct ui *ui, void *ctx)
{
	struct hub_bar *b = ctx;

	(void)ui;
	if (is_time(b))
		begin(b);
	keep_serving(b);
	arm(b, LOOK_MS);
	return UI_HANDLED;
}

static void arm(struct hub_bar *b, int64_t ms)
{
	ui_timer(b->ui, ms, look, b);
}

void hub_bar_start(struct session *s, struct ui *ui)
{
	s->hub = xcalloc(1, sizeof *s->hub);
	*s->hub = (struct hub_bar){ .s = s, .ui = ui, .proc = PROC_INIT, .fd = -1,
		.serving = PROC_INIT, .serving_fd = -1 };
	arm(s->hub, FIRST_MS);
}

/* A round that runs goes on without us, and so does what answers the others. */
void hub_bar_release(struct session *s)
{
	if (s->hub && s->hub->fd >= 0)
		proc_release(&s->hub->proc);
	if (s->hub && s->hub->serving_fd >= 0)
		proc_release(&s->hub->serving);
	free(s->hub);
	s->hub = NULL;
}
