/* The laboratory's sheet of an examination day before it is taken in, and after: what became of each line, the abnormal first.
 * Another process of this program tries it, and takes it in at F2; what cannot be matched is told with the reason and left
 * alone. */
#include "app/service/exam_days.h"
#include "app/service/lab.h"
#include "screens/asked.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"

enum { TAG_TAKE = 1, TAG_DIFFERS };

struct lab {
	struct list_base b;
	struct asked asked;
	char *path;
	char day[RECORD_ID_MAX + 1];
	struct sbuf day_words;
	bool trial;               /* what was asked last */
	struct json_object *said; /* the last answer that tells of lines; NULL: none yet */
	bool taken;
};

struct sheet_line {
	int64_t line;      /* 0: of a column that names nothing of the form */
	const char *no, *name, *words;
	enum lab_outcome outcome;
	bool abnormal;
};

struct sheet_lines {
	struct sheet_line *v;
	size_t n;
};

/* ---- the lines --------------------------------------------------------------------------------------------------------- */

static const struct column columns[] = {
	{ N_("Line"), 4, 0, true, 3 },
	{ N_("No."), 4, 0, true, 0 },
	{ N_("Name"), 8, 1, false, 0 },
	{ N_("Outcome"), 9, 0, false, 0 },
	{ N_("What it is about"), 30, 5, false, 0 },
};

static const struct sheet_line *line_at(const void *ctx, size_t row)
{
	return &((const struct sheet_lines *)ctx)->v[row];
}

static size_t row_count(const void *ctx)
{
	return ((const struct sheet_lines *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return (int64_t)row;
}

static const char *outcome_words(const struct sheet_line *l)
{
	static const struct term unused = { "这列没用", "no item" };

	return term_text(l->line ? lab_outcome_term(l->outcome) : &unused);
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct sheet_line *l = line_at(ctx, row);

	switch (col) {
	case 0:
		if (l->line)
			sbuf_addf(tmp, "%lld", (long long)l->line);
		return tmp->s;
	case 1:
		return l->no;
	case 2:
		return l->name;
	case 3:
		sbuf_addf(tmp, "%s%s", l->abnormal ? "!" : "", outcome_words(l));
		return tmp->s;
	default:
		return l->words;
	}
}

static enum face cell_face(const void *ctx, size_t row, size_t col)
{
	static const enum face faces[] = { [LAB_TAKEN] = FACE_DONE, [LAB_UNCHANGED] = FACE_DIM, [LAB_DIFFERS] = FACE_DUE,
		[LAB_UNMATCHED] = FACE_DANGER, [LAB_FAULTY] = FACE_DANGER };
	const struct sheet_line *l = line_at(ctx, row);

	if (col != 3 || !l->line)
		return l->line ? FACE_NORMAL : FACE_DIM;
	return l->abnormal && l->outcome == LAB_TAKEN ? FACE_DUE : faces[l->outcome];
}

static bool matches(const void *ctx, size_t row, const char *text)
{
	return match_pinyin(line_at(ctx, row)->name, text);
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .face = cell_face, .match = matches };

static enum lab_outcome outcome_of(const char *name)
{
	enum lab_outcome o = LAB_TAKEN;

	while (name && o < LAB_FAULTY && strcmp(lab_outcome_name(o), name) != 0)
		o++;
	return o;
}

static struct sheet_line read_line(struct json_object *o, struct arena *mem)
{
	const char *reason = json_text(o, "reason"), *findings = json_text(o, "findings");
	const char *no = json_text(o, "no"), *name = json_text(o, "name");

	return (struct sheet_line){ .line = json_int(o, "line", 0), .no = arena_strdup(mem, no ? no : ""),
		.name = arena_strdup(mem, name ? name : ""),
		.outcome = outcome_of(json_text(o, "outcome")), .abnormal = json_int(o, "abnormal", 0) > 0,
		.words = arena_printf(mem, "%s%s%s", reason ? reason : "", reason && *reason && findings && *findings ? " " : "",
			findings ? findings : "") };
}

static bool read_lines(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	const struct lab *st = (const struct lab *)(const void *)b;
	struct json_object *lines = json_array(st->said, "lines"), *unknown = json_array(st->said, "unknown_columns");
	const size_t n = json_count(lines), more = json_count(unknown);
	struct sheet_lines *out = rows;

	(void)err;
	out->v = arena_alloc(mem, (n + more + 1) * sizeof *out->v);
	for (size_t i = 0; i < n; i++)
		out->v[out->n++] = read_line(json_object_array_get_idx(lines, i), mem);
	for (size_t i = 0; i < more; i++)
		out->v[out->n++] = (struct sheet_line){ .no = "", .name = "",
			.words = arena_strdup(mem, json_object_get_string(json_object_array_get_idx(unknown, i))) };
	return true;
}

/* ---- the other process ------------------------------------------------------------------------------------------------- */

static int64_t counted(const struct lab *st, enum lab_outcome o)
{
	return json_int(st->said, lab_outcome_name(o), 0);
}

static void say_taken(const struct lab *st, struct ui *ui)
{
	int left = (int)(counted(st, LAB_DIFFERS) + counted(st, LAB_UNMATCHED) + counted(st, LAB_FAULTY));

	if (left)
		ui_say(ui, FACE_WARN, ngettext("Taken in. %d line has to be looked at by hand.",
			"Taken in. %d lines have to be looked at by hand.", (unsigned long)left), left);
	else
		ui_say(ui, FACE_DONE, _("The whole sheet is taken in."));
}

static unsigned answered(struct ui *ui, void *ctx)
{
	struct lab *st = ctx;
	struct json_object *said = asked_json(&st->asked, ui);
	struct err err;

	if (said && asked_refused(said, ui)) {
		json_object_put(said);
	} else if (said) {
		json_object_put(st->said);
		st->said = said;
		st->taken = !st->trial;
		if (st->taken)
			say_taken(st, ui);
	}
	if (!st->trial)
		ui_changed(ui, TOPIC_VISIT | TOPIC_SYNC);
	if (!list_base_load(ui, st, &err)) /* whatever lies over this screen */
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

enum { WORDS = 16 };

static bool start(struct lab *st, bool trial, bool update)
{
	struct app *app = st->b.app;
	const char *args[WORDS] = { "--data", app->dir, "--lang", i18n_language(), "--json", "--as", app->actor, "import", "lab",
		st->path, "--day", st->day };
	size_t n = 12;

	if (trial)
		args[n++] = "--dry-run";
	if (update)
		args[n++] = "--update";
	st->trial = trial;
	return asked_ask(&st->asked, args);
}

/* ---- keys -------------------------------------------------------------------------------------------------------------- */

/* The whole sentence. */
static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	const struct sheet_line *l = line_at(b->rows, row);

	return prompt_tell(ui, *l->name ? l->name : outcome_words(l), *l->words ? l->words : outcome_words(l));
}

/* Until it is taken in. */
enum { FOCUS_TO_TAKE = FOCUS_OWN };

static unsigned focus(const struct list_base *b)
{
	return ((const struct lab *)(const void *)b)->taken ? 0 : FOCUS_TO_TAKE;
}

static unsigned ask_taking(const struct lab *st, struct ui *ui)
{
	static const char *const how[] = { N_("Fill in what is empty, leave what stands there"),
		N_("The sheet is right: change what differs") };
	const char *const options[] = { _(how[0]), _(how[1]) };
	AUTO_SBUF struct sbuf question = SBUF_INIT;

	if (counted(st, LAB_DIFFERS)) {
		sbuf_addf(&question, _("Some values stand there otherwise. Take the sheet in to %s:"), st->day_words.s);
		return prompt_choose(ui, TAG_DIFFERS, &(struct choose){ .question = question.s, .options = options,
			.n_options = N_ELEMENTS(options) });
	}
	sbuf_addf(&question, _("Take this sheet in to %s?"), st->day_words.s);
	return prompt_confirm(ui, TAG_TAKE, &(struct confirm){ .question = question.s, .yes = _("Take it in"),
		.no = _("Not yet") });
}

static unsigned command(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	const struct lab *st = (const struct lab *)(const void *)b;

	if (cmd == CMD_BACK ? !st->asked.running || st->trial : cmd != CMD_SAVE)
		return 0;
	if (cmd == CMD_SAVE && !st->asked.running && st->said)
		return ask_taking(st, ui);
	ui_say(ui, FACE_HINT, st->asked.running ? _("A moment ...") : _("There is nothing to take in."));
	return UI_HANDLED | UI_REDRAW;
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct lab *st = state;

	if (a->ok && start(st, false, tag == TAG_DIFFERS && a->choice == 1))
		ui_say(ui, FACE_INFO, _("Taking in; you can look on."));
	return UI_HANDLED | UI_REDRAW;
}

/* ---- drawing ----------------------------------------------------------------------------------------------------------- */

static void counts_words(const struct lab *st, struct sbuf *out)
{
	for (enum lab_outcome o = LAB_TAKEN; st->said && o <= LAB_FAULTY; o++)
		if (counted(st, o) || o == LAB_TAKEN)
			sbuf_addf(out, "%s%s %lld", out->len ? "  " : "", term_text(lab_outcome_term(o)),
				(long long)counted(st, o));
}

static const char *stage_words(const struct lab *st)
{
	if (st->asked.running)
		return _("A moment ...");
	if (st->taken)
		return _("It is stored.");
	return st->said ? _("Only tried: nothing is stored yet. F2 takes it in.") : "";
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct lab *st = state;
	const char *name = strrchr(st->path, '/');
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf words = SBUF_INIT;

	exam_day_header(ui, cv, st->day_words.s, name ? name + 1 : *st->path ? st->path : NULL);
	counts_words(st, &words);
	canvas_text(cv, r.y, r.x + 1, r.w - 2, FACE_NORMAL, words.s);
	canvas_text(cv, r.y + 1, r.x + 1, r.w - 2, FACE_HINT, stage_words(st));
	list_base_draw(&st->b, ui, cv);
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
		.rows_size = sizeof(struct sheet_lines), .flags = TABLE_NO_NUMBERS, .above = 2, .read = read_lines, .enter = enter,
		.focus = focus, .command = command };
	const struct open_arg *a = arg;
	struct lab *st = state;

	asked_init(&st->asked, ui, answered, st);
	if (!a || !a->text || !a->record)
		return err_set(err, ERR_USAGE, _("Which list? Choose one first."));
	if (!exam_day_words(app_of(ui), a->record, &st->day_words, err) || !list_base_open(&st->b, ui, &list))
		return false;
	snprintf(st->day, sizeof st->day, "%s", a->record);
	st->path = xstrdup(*a->text == '{' ? "" : a->text);
	if (*st->path) {
		start(st, true, false);
	} else {
		sbuf_adds(&st->asked.text, a->text);
		st->trial = strstr(a->text, "\"dry_run\":true") != NULL;
		answered(ui, st);
	}
	return true;
}

static void lab_close(struct ui *ui, void *state)
{
	struct lab *st = state;

	asked_release(&st->asked);
	json_object_put(st->said);
	free(st->path);
	sbuf_release(&st->day_words);
	list_base_close(ui, state);
}

static const struct binding keys[] = {
	{ "F2", CMD_SAVE, N_("take the sheet in"), FOCUS_TO_TAKE },
	{ "Enter", CMD_OPEN, N_("whole sentence"), FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen lab_screen = {
	.name = "lab",
	.title = N_("The laboratory's sheet"),
	.state_size = sizeof(struct lab),
	.keys = keys,
	.open = open,
	.draw = draw,
	.answer = answer,
	LIST_BASE_MEMBERS_BUT_CLOSE,
	.close = lab_close,
};
