/* A list of residents before it is taken in, and after: what became of its lines, and each line that a person has to look at.
 * Another process of this program tries it, and takes it in at F2; what was rejected goes into a file beside the list. */
#include <strings.h>
#include <unistd.h>

#include "app/base/path.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/taking.h"

struct note {
	int64_t line; /* 0: of no line */
	const struct note_kind *kind;
	const char *words;
};

struct import {
	struct taking taking;
	char *rejects; /* where they go; NULL until it is taken in */
};

struct notes {
	struct note *v;
	size_t n;
};

/* ---- the lines to look at ----------------------------------------------------------------------------------------------- */

/* The lists of the answer, in the order of their weight. */
static const struct note_kind {
	const char *list;
	struct term term;
	enum face face;
} kinds_of_note[] = {
	{ "rejects", { "没收", "rejected" }, FACE_DANGER },
	{ "differs", { "不同", "differs" }, FACE_DUE },
	{ "warnings", { "提醒", "look at it" }, FACE_NORMAL },
	{ "unknown_columns", { "这列没用", "column unused" }, FACE_DIM },
	{ "villages", { "新建村", "new village" }, FACE_DIM },
};

static const struct note *note_at(const void *ctx, size_t row)
{
	return &((const struct notes *)ctx)->v[row];
}

static size_t row_count(const void *ctx)
{
	return ((const struct notes *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return (int64_t)row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct note *n = note_at(ctx, row);

	if (col == 1)
		return term_text(&n->kind->term);
	if (col == 2)
		return n->words;
	if (n->line)
		sbuf_addf(tmp, "%lld", (long long)n->line);
	return tmp->s;
}

static enum face cell_face(const void *ctx, size_t row, size_t col)
{
	return col == 1 ? note_at(ctx, row)->kind->face : FACE_NORMAL;
}

static bool matches(const void *ctx, size_t row, const char *text)
{
	return match_pinyin(note_at(ctx, row)->words, text);
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .face = cell_face, .match = matches };

static const struct column columns[] = {
	{ N_("Line"), 6, 0, true, 0 },
	{ N_("Outcome"), 13, 0, false, 0 },
	{ N_("What it is about"), 30, 4, false, 0 },
};

static const char *words_of(struct json_object *o, struct arena *mem)
{
	const char *message = json_text(o, "message"), *example = json_text(o, "example"), *key = json_text(o, "field");
	const struct field *f = key ? form_field(kind_form(kind_by_id(KIND_RESIDENT), NULL), key) : NULL;

	if (json_object_is_type(o, json_type_string))
		return arena_strdup(mem, json_object_get_string(o));
	if (message)
		return example ? arena_printf(mem, _("%s For example: %s"), message, example) : arena_strdup(mem, message);
	return arena_printf(mem, _("%s: here %s, in the list %s"), f ? field_label(f) : key ? key : "", json_text(o, "stored"),
		json_text(o, "given"));
}

static bool read_notes(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	struct json_object *said = ((const struct taking *)(const void *)b)->said;
	struct notes *out = rows;
	size_t n = 0;

	(void)err;
	for (size_t k = 0; k < N_ELEMENTS(kinds_of_note); k++)
		n += json_count(json_array(said, kinds_of_note[k].list));
	out->v = arena_alloc(mem, (n + 1) * sizeof *out->v);
	for (size_t k = 0; k < N_ELEMENTS(kinds_of_note); k++) {
		struct json_object *list = json_array(said, kinds_of_note[k].list);

		for (size_t i = 0; i < json_count(list); i++) {
			struct json_object *o = json_object_array_get_idx(list, i);
			bool whole = json_object_is_type(o, json_type_object);

			out->v[out->n++] = (struct note){ .line = whole ? json_int(o, "line", 0) : 0, .kind = &kinds_of_note[k],
				.words = words_of(o, mem) };
		}
	}
	return true;
}

/* ---- the other process -------------------------------------------------------------------------------------------------- */

static bool has_questions(const struct json_object *said)
{
	struct json_object *list = json_array(said, "rejects");

	for (size_t i = 0; i < json_count(list); i++) {
		const char *code = json_text(json_object_array_get_idx(list, i), "code");

		if (code && strcmp(code, err_name(ERR_NEEDS_CONFIRMATION)) == 0)
			return true;
	}
	return false;
}

static void tell(const struct taking *t, struct ui *ui)
{
	const char *rejects = json_text(t->said, "rejects_file");
	int64_t kept = json_int(t->said, "differing", 0);

	if (rejects)
		ui_say(ui, FACE_WARN, _("Taken in. What was rejected is in %s: correct it there, then take in that file."),
			path_shown(rejects));
	else if (kept)
		ui_say(ui, FACE_WARN, ngettext("Taken in. %d file that says otherwise was left as it is.",
			"Taken in. %d files that say otherwise were left as they are.", (unsigned long)kept), (int)kept);
	else
		ui_say(ui, FACE_DONE, _("The whole list is taken in."));
}

static size_t without_ending(const char *name)
{
	size_t n = strlen(name);

	return path_has_ending(name, ".csv") ? n - 4 : n;
}

/* Beside the list, where its owner looks for it; on a medium that cannot be written to, in his own folder.  One that is there is
 * left alone: somebody may be correcting it. */
static char *rejects_beside(const char *path)
{
	const char *name = strrchr(path, '/'), *home = getenv("HOME");
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	size_t stem;

	name = name ? name + 1 : path;
	sbuf_add(&out, path, (size_t)(name - path));
	if (access(out.len ? out.s : ".", W_OK) != 0 && home) {
		sbuf_clear(&out);
		sbuf_addf(&out, "%s/", home);
	}
	sbuf_add(&out, name, without_ending(name));
	sbuf_adds(&out, _("-to-correct"));
	stem = out.len;
	sbuf_adds(&out, ".csv");
	for (int i = 2; access(out.s, F_OK) == 0; i++) {
		sbuf_cut(&out, stem);
		sbuf_addf(&out, "-%d.csv", i);
	}
	return sbuf_take(&out);
}

/* The township's health centre names the village on each line; a village clinic's list often does not: it is its own then. */
static void add_args(struct taking *t, const char *args[TAKING_ARGS_MAX])
{
	struct import *st = (struct import *)(void *)t;
	size_t n = 0;

	if (!t->trial) {
		free(st->rejects);
		st->rejects = rejects_beside(t->path);
		args[n++] = "--rejects";
		args[n++] = st->rejects;
	}
	if (*t->b.app->own_village) {
		args[n++] = "--village";
		args[n++] = t->b.app->own_village;
	}
}

static bool ask(const struct taking *t, struct sbuf *question)
{
	bool questions = has_questions(t->said);

	sbuf_adds(question, questions ? _("Some lines are held back only because something in them is unusual. Take the list in:") :
					_("Take this list in?"));
	return questions;
}

/* In the order in which one asks; those that are 0 are left out, but for the first. */
static const struct count {
	const char *key;
	struct term term;
} kinds_of_count[] = {
	{ "lines", { "共", "lines" } },
	{ "imported", { "新收", "new" } },
	{ "updated", { "改了", "changed" } },
	{ "unchanged", { "已在档", "here already" } },
	{ "differing", { "不同(没改)", "differ (kept)" } },
	{ "rejected", { "没收", "rejected" } },
};

static void counts(const struct taking *t, struct sbuf *out)
{
	for (size_t i = 0; i < N_ELEMENTS(kinds_of_count); i++) {
		int64_t n = json_int(t->said, kinds_of_count[i].key, 0);

		if (!n && i)
			continue;
		sbuf_addf(out, "%s%s %lld", i ? "  " : "", term_text(&kinds_of_count[i].term), (long long)n);
	}
}

static const struct taking_kind residents = {
	.what = "residents",
	.ways = { N_("Without those lines; they go into a file to be corrected"),
		N_("With them: what is unusual is right all the same") },
	.with = "--yes",
	.topics = TOPIC_RESIDENT | TOPIC_SYNC,
	.args = add_args,
	.ask = ask,
	.tell = tell,
	.counts = counts,
};

/* ---- the screen ----------------------------------------------------------------------------------------------------------- */

/* The whole sentence. */
static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	const struct note *n = note_at(b->rows, row);
	AUTO_SBUF struct sbuf title = SBUF_INIT;

	if (n->line)
		sbuf_addf(&title, _("line %lld"), (long long)n->line);
	return prompt_tell(ui, n->line ? title.s : term_text(&n->kind->term), n->words);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	screen_header(ui, cv, _(ui_screen(ui)->title), taking_file(state));
	taking_draw(state, ui, cv);
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
		.rows_size = sizeof(struct notes), .above = TAKING_ABOVE, .read = read_notes, .enter = enter, .focus = taking_focus,
		.command = taking_command };
	const struct open_arg *a = arg;

	return taking_open(state, ui, &residents, &list, a ? a->text : NULL, err);
}

static void import_close(struct ui *ui, void *state)
{
	free(((struct import *)state)->rejects);
	taking_close(ui, state);
}

static const struct binding keys[] = {
	{ "F2", CMD_SAVE, N_("take the list in"), FOCUS_TO_TAKE },
	{ "Enter", CMD_OPEN, N_("whole sentence"), FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen import_screen = {
	.name = "import",
	.title = N_("A list of residents"),
	.state_size = sizeof(struct import),
	.keys = keys,
	.open = open,
	.draw = draw,
	TAKING_MEMBERS,
	.close = import_close,
};
