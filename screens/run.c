/* The program with its screens: opens the clinic, the terminal, the first screen; runs; puts everything right again. */
#include "app/base/config.h"
#include "app/base/i18n.h"
#include "app/base/log.h"
#include "app/base/mem.h"
#include "app/base/path.h"
#include "app/service/making.h"
#include "app/service/record_device.h"
#include "screens/kit/prompt.h"
#include "screens/kit/term.h"
#include "screens/own_keys.h"
#include "screens/session_int.h"

static const struct ui_app app_table = {
	.keys = session_keys,
	.command = session_command,
	.answer = session_answer,
	.scan = session_scan,
	.changed = session_changed,
	.corner = session_corner,
};

struct ui *screens_start(struct session *s, const struct backend *backend, void *ctx, struct err *err)
{
	struct ui *ui;
	const struct screen *first = *s->app->actor ? &today_screen : &login_screen;

	s->ui_app = app_table;
	s->ui_app.app = s;
	if (s->own_keys) {
		s->ui_app.user_keys = s->own_keys->keys;
		s->ui_app.n_user_keys = s->own_keys->n;
	}
	if (!watch_start(s->app, &s->watch, err) || !session_count(s, err))
		return NULL;
	ui = ui_new(backend, ctx, &s->ui_app);
	if (ui_push(ui, first, NULL, err))
		return ui;
	ui_free(ui);
	return NULL;
}

void screens_end(struct session *s, struct ui *ui)
{
	ui_free(ui);
	sync_bar_release(s);
	hub_bar_release(s);
	free(s->conveyor);
	s->conveyor = NULL;
	session_forget_last(s);
}

/* ---- settings of the person who uses this machine ------------------------------------------------------------------------ */

static enum theme theme_of(const char *name)
{
	return !strcmp(name, "contrast") ? THEME_CONTRAST : !strcmp(name, "mono") ? THEME_MONO : THEME_DEFAULT;
}

static void read_settings(struct terminal_options *t, struct own_keys *own, bool set_language)
{
	struct config c = { .text = SBUF_INIT };
	struct err ignored;
	AUTO_FREE char *dir = path_config_dir(&ignored), *path = dir ? path_join(dir, "config") : NULL;
	char value[32];

	if (path && config_load(&c, path, &ignored)) {
		if (set_language && config_get(&c, "language", value, sizeof value))
			i18n_set_language(value);
		if (config_get(&c, "theme", value, sizeof value))
			t->theme = theme_of(value);
		if (config_get(&c, "signs", value, sizeof value))
			t->signs = !strcmp(value, "ascii") ? SIGNS_FORCE_ASCII :
				!strcmp(value, "unicode") ? SIGNS_FORCE_UNICODE : SIGNS_PROBE;
		if (config_get(&c, "mouse", value, sizeof value))
			t->mouse = !strcmp(value, "yes");
		own_keys_read(own, &c);
	}
	config_release(&c);
}

static int fail(const struct err *err)
{
	fprintf(stderr, "%s\n", err->message);
	if (*err->example)
		fprintf(stderr, "  %s\n", err->example);
	if (*err->log)
		fprintf(stderr, "  [%s]\n", err->log);
	return err_exit_status(err->code);
}

/* Who works: as asked, as configured, or the only one; otherwise the first screen asks. */
static bool choose_actor(struct app *app, const char *as, struct err *err)
{
	return app_choose_actor(app, as, err) || (!as && err->code == ERR_NOT_CHOSEN);
}

/* What this terminal cannot do is known once it is up. */
static unsigned warn(struct ui *ui, void *ctx)
{
	const char *warning = terminal_warning(ctx);

	if (warning) {
		i18n_set_language("en");
		ui_changed(ui, TOPIC_ALL);
		ui_refresh(ui);
		ui_say(ui, FACE_WARN, "%s", warning);
	}
	return UI_HANDLED | UI_REDRAW;
}

static unsigned tell_keys(struct ui *ui, void *ctx)
{
	const struct session *s = ctx;

	if (*s->own_keys->wrong)
		ui_say(ui, FACE_WARN, _("No key or no command in the settings: %s. `cunyi help keys` lists them."),
			s->own_keys->wrong);
	return UI_HANDLED | UI_REDRAW;
}

/* Said once, that nobody loses a key to it each morning; `cunyi device` goes on saying it. */
static unsigned tell_renewed(struct ui *ui, void *ctx)
{
	struct session *s = ctx;
	const char *news = device_news(s->app);
	struct err err;

	if (!news)
		return UI_HANDLED;
	if (!device_news_heard(s->app, &err))
		log_err("device: the news was heard", &err);
	return prompt_tell(ui, _("This computer has a new name"), news);
}

static int run(struct session *s, const struct screens_options *o, struct terminal *t)
{
	struct err err;
	struct ui *ui;
	bool ok;

	if (!choose_actor(s->app, o->as, &err) || !(ui = screens_start(s, &terminal_backend, t, &err)))
		return fail(&err);
	ui_timer(ui, 0, tell_keys, s);
	ui_timer(ui, 0, warn, t);
	ui_timer(ui, 0, tell_renewed, s);
	hub_bar_start(s, ui);
	ok = ui_run(ui, &err);
	screens_end(s, ui);
	return ok ? 0 : fail(&err);
}

int screens_run(const struct screens_options *o)
{
	AUTO_FREE char *log = path_join(o->dir, "cunyi.log");
	struct terminal_options to = { .no_probe = o->no_probe, .log_path = log };
	struct own_keys own = { .n = 0 };
	struct session s = { .own_keys = &own };
	struct app app;
	struct err err;
	struct terminal *t;
	int status;

	read_settings(&to, &own, !o->lang_given);
	if (making_is_done(o->dir) && !log_open(log, LOG_SIZE_MAX, &err))
		return fail(&err);
	if (!app_open(&app, o->dir, APP_SCREEN, &err)) {
		log_close();
		return fail(&err);
	}
	s.app = &app;
	t = terminal_new(&to);
	s.term = t;
	mem_on_failure(terminal_rescue);
	status = run(&s, o, t);
	terminal_free(t);
	app_close(&app);
	log_close();
	return status;
}
