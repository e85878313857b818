#include "screens/taking.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "screens/kit/prompt.h"

enum { TAG_TAKE = 1, TAG_WAYS };

/* ---- the other process ------------------------------------------------------------------------------------------------- */

enum { WORDS = 12 }; /* before the kind's own */

static bool start(struct taking *t, bool trial, bool with)
{
	const struct app *app = t->b.app;
	const char *args[WORDS + TAKING_ARGS_MAX + 1] = { "--data", app->dir, "--lang", i18n_language(), "--json", "--as", app->actor,
		"import", t->kind->what, t->path };
	size_t n = 10;

	t->trial = trial;
	if (trial)
		args[n++] = "--dry-run";
	if (with)
		args[n++] = t->kind->with;
	t->kind->args(t, args + n);
	return asked_ask(&t->asked, args);
}

/* What broke off on the way (a full disk, a file that ends in a line) has taken in what stood before: its counts are shown, and
 * the sentence stays.  What was refused at once leaves the trial's answer to look at. */
static void take(struct taking *t, struct ui *ui, struct json_object *said)
{
	bool refused = said && asked_refused(said, ui);

	if (!t->trial)
		t->stage = said && !refused ? TAKING_DONE : TAKING_BROKEN_OFF;
	else if (said && !refused)
		t->stage = TAKING_TRIED;
	if (!said || (refused && !json_int(said, "lines", 0))) {
		json_object_put(said);
		return;
	}
	json_object_put(t->said);
	t->said = said;
	if (t->stage == TAKING_DONE)
		t->kind->tell(t, ui);
}

static unsigned answered(struct ui *ui, void *ctx)
{
	struct taking *t = ctx;
	struct err err;

	take(t, ui, asked_json(&t->asked, ui));
	if (!t->trial)
		ui_changed(ui, t->kind->topics);
	if (!list_base_load(ui, t, &err)) /* whatever lies over this screen */
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

/* ---- the screen --------------------------------------------------------------------------------------------------------- */

bool taking_open(struct taking *t, struct ui *ui, const struct taking_kind *kind, const struct list_table *list, const char *text,
	struct err *err)
{
	t->kind = kind;
	asked_init(&t->asked, ui, answered, t);
	if (!text)
		return err_set(err, ERR_USAGE, _("Which list? Choose one first."));
	if (!list_base_open(&t->b, ui, list))
		return false;
	t->path = xstrdup(*text == '{' ? "" : text);
	if (*t->path) {
		start(t, true, false);
	} else {
		sbuf_adds(&t->asked.text, text);
		t->trial = strstr(text, "\"dry_run\":true") != NULL;
		answered(ui, t);
	}
	return true;
}

void taking_close(struct ui *ui, void *state)
{
	struct taking *t = state;

	asked_release(&t->asked);
	json_object_put(t->said);
	free(t->path);
	list_base_close(ui, state);
}

static const struct taking *taking_of(const struct list_base *b)
{
	return (const struct taking *)(const void *)b;
}

unsigned taking_focus(const struct list_base *b)
{
	return taking_of(b)->stage == TAKING_DONE ? 0 : FOCUS_TO_TAKE;
}

static unsigned ask(const struct taking *t, struct ui *ui)
{
	const char *const ways[] = { _(t->kind->ways[0]), _(t->kind->ways[1]) };
	AUTO_SBUF struct sbuf question = SBUF_INIT;

	if (t->kind->ask(t, &question))
		return prompt_choose(ui, TAG_WAYS, &(struct choose){ .question = question.s, .options = ways,
			.n_options = N_ELEMENTS(ways) });
	return prompt_confirm(ui, TAG_TAKE, &(struct confirm){ .question = question.s, .yes = _("Take it in"),
		.no = _("Not yet") });
}

/* Whoever leaves while it is being taken in would not hear what became of it; a trial may be left. */
unsigned taking_command(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	const struct taking *t = taking_of(b);

	if (cmd == CMD_BACK ? !t->asked.running || t->trial : cmd != CMD_SAVE)
		return 0;
	if (cmd == CMD_SAVE && !t->asked.running && t->said)
		return ask(t, ui);
	ui_say(ui, FACE_HINT, t->asked.running ? _("A moment ...") : _("There is nothing to take in."));
	return UI_HANDLED | UI_REDRAW;
}

unsigned taking_answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	if (a->ok && start(state, false, tag == TAG_WAYS && a->choice == 1))
		ui_say(ui, FACE_INFO, _("Taking in; you can look on."));
	return UI_HANDLED | UI_REDRAW;
}

/* ---- drawing ----------------------------------------------------------------------------------------------------------- */

const char *taking_file(const struct taking *t)
{
	const char *name = strrchr(t->path, '/');

	return name ? name + 1 : *t->path ? t->path : NULL;
}

static const char *stage_words(const struct taking *t)
{
	static const char *const words[] = {
		[TAKING_NONE] = "",
		[TAKING_TRIED] = N_("Only tried: nothing is stored yet. F2 takes it in."),
		[TAKING_DONE] = N_("It is stored."),
		[TAKING_BROKEN_OFF] = N_("Not all of it is stored. What is there stays; F2 goes on with the rest."),
	};

	if (t->asked.running)
		return _("A moment ...");
	return *words[t->stage] ? _(words[t->stage]) : "";
}

void taking_draw(const struct taking *t, const struct ui *ui, struct canvas *cv)
{
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf words = SBUF_INIT;

	if (t->said)
		t->kind->counts(t, &words);
	canvas_text(cv, r.y, r.x + 1, r.w - 2, FACE_NORMAL, words.s);
	canvas_text(cv, r.y + 1, r.x + 1, r.w - 2, FACE_HINT, stage_words(t));
	list_base_draw(&t->b, ui, cv);
}
