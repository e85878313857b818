/* The laboratory's sheet of an examination day before it is taken in, and after: what became of each line, the abnormal first.
 * Another process of this program tries it, and takes it in at F2; what cannot be matched is told with the reason and left
 * alone. */
#include "app/service/exam_days.h"
#include "app/service/lab.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/people.h"
#include "screens/taking.h"

struct lab {
	struct taking taking;
	char day[RECORD_ID_MAX + 1];
	struct sbuf day_words;
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
	struct json_object *said = ((const struct taking *)(const void *)b)->said;
	struct json_object *lines = json_array(said, "lines"), *unknown = json_array(said, "unknown_columns");
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

static const struct lab *lab_of(const struct taking *t)
{
	return (const struct lab *)(const void *)t;
}

static void add_day(struct taking *t, const char *args[TAKING_ARGS_MAX])
{
	args[0] = "--day";
	args[1] = lab_of(t)->day;
}

static int64_t counted(const struct taking *t, enum lab_outcome o)
{
	return json_int(t->said, lab_outcome_name(o), 0);
}

/* Each examination is a save of its own.  One that two lines went to has a save too many: ^Z does not offer half of it. */
static void saved(const struct taking *t, struct ui *ui)
{
	struct json_object *lines = json_object_object_get(t->said, "lines");
	size_t n = json_count(lines), made = 0;
	char(*exams)[RECORD_ID_MAX + 1] = xcalloc(n + 1, sizeof *exams);
	AUTO_SBUF struct sbuf what = SBUF_INIT;
	bool twice = false;

	for (size_t i = 0; i < n; i++) {
		struct json_object *line = json_object_array_get_idx(lines, i);
		const char *exam = json_text(line, "exam");

		if (!exam || !json_flag(line, "stored", false))
			continue;
		for (size_t j = 0; j < made; j++)
			twice |= !strcmp(exams[j], exam);
		snprintf(exams[made++], sizeof exams[0], "%s", exam);
	}
	sbuf_addf(&what,
		ngettext("laboratory sheet: %zu examination", "laboratory sheet: %zu examinations", (unsigned long)made), made);
	if (twice)
		session_forget_last(session_of(ui));
	else
		session_saved_all(ui, KIND_EXAM, exams, made, what.s);
	free(exams);
}

static void tell(const struct taking *t, struct ui *ui)
{
	int left = (int)(counted(t, LAB_DIFFERS) + counted(t, LAB_UNMATCHED) + counted(t, LAB_FAULTY));

	saved(t, ui);
	if (left)
		ui_say(ui, FACE_WARN, ngettext("Taken in. %d line has to be looked at by hand.",
			"Taken in. %d lines have to be looked at by hand.", (unsigned long)left), left);
	else
		ui_say(ui, FACE_DONE, _("The whole sheet is taken in."));
}

static bool ask(const struct taking *t, struct sbuf *question)
{
	bool differs = counted(t, LAB_DIFFERS) > 0;

	sbuf_addf(question,
		differs ? _("Some values stand there otherwise. Take the sheet in to %s:") : _("Take this sheet in to %s?"),
		lab_of(t)->day_words.s);
	return differs;
}

static void counts(const struct taking *t, struct sbuf *out)
{
	for (enum lab_outcome o = LAB_TAKEN; o <= LAB_FAULTY; o++)
		if (counted(t, o) || o == LAB_TAKEN)
			sbuf_addf(out, "%s%s %lld", out->len ? "  " : "", term_text(lab_outcome_term(o)),
				(long long)counted(t, o));
}

static const struct taking_kind sheet = {
	.what = "lab",
	.ways = { N_("Fill in what is empty, leave what stands there"), N_("The sheet is right: change what differs") },
	.with = "--update",
	.topics = TOPIC_VISIT | TOPIC_SYNC,
	.args = add_day,
	.ask = ask,
	.tell = tell,
	.counts = counts,
};

/* ---- the screen --------------------------------------------------------------------------------------------------------- */

/* The whole sentence. */
static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	const struct sheet_line *l = line_at(b->rows, row);

	return prompt_tell(ui, *l->name ? l->name : outcome_words(l), *l->words ? l->words : outcome_words(l));
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct lab *st = state;

	exam_day_header(ui, cv, st->day_words.s, taking_file(&st->taking));
	taking_draw(&st->taking, ui, cv);
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
		.rows_size = sizeof(struct sheet_lines), .flags = TABLE_NO_NUMBERS, .above = TAKING_ABOVE, .read = read_lines,
		.enter = enter, .focus = taking_focus, .command = taking_command };
	const struct open_arg *a = arg;
	struct lab *st = state;
	bool day = a && a->record;

	if (day && !exam_day_words(app_of(ui), a->record, &st->day_words, err))
		return false;
	snprintf(st->day, sizeof st->day, "%s", day ? a->record : "");
	return taking_open(&st->taking, ui, &sheet, &list, day ? a->text : NULL, err);
}

static void lab_close(struct ui *ui, void *state)
{
	sbuf_release(&((struct lab *)state)->day_words);
	taking_close(ui, state);
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
	TAKING_MEMBERS,
	.close = lab_close,
};
