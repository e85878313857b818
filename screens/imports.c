/* Which list is taken in, of residents or a laboratory's: the CSV files on the stick, on the desktop and where else people save
 * them, the newest first.  Enter tries one, F4 types where another lies. */
#include "app/base/clock.h"
#include "app/service/exam_days.h"
#include "app/service/import_files.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"
#include "screens/print.h"

enum { TAG_PATH = 1 };

struct imports {
	struct list_base b;
	char day[RECORD_ID_MAX + 1]; /* the examination day of the laboratory's sheet; "": residents */
	struct sbuf day_words;
};

static const struct column columns[] = {
	{ N_("CSV file"), 20, 3, false, 0 },
	{ N_("Changed"), 16, 0, false, 1 },
	{ N_("Size"), 8, 0, true, 2 },
	{ N_("Folder"), 12, 2, false, 0 },
};

static const struct import_file *file_at(const void *ctx, size_t row)
{
	return &((const struct import_files *)ctx)->v[row];
}

static size_t row_count(const void *ctx)
{
	return ((const struct import_files *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	return file_at(ctx, row)->id;
}

static const char *changed_words(const struct import_file *f, struct sbuf *out)
{
	char day[DATE_LEN];
	int minute;

	date_iso(clock_day_of(f->changed, &minute), day);
	sbuf_addf(out, "%s %02d:%02d", day, minute / 60, minute % 60);
	return out->s;
}

/* The user's own folder is "~" to whoever looks for a file. */
static const char *folder_words(const struct import_file *f, struct sbuf *out)
{
	const char *home = getenv("HOME");
	size_t n = home ? strlen(home) : 0;
	bool below = n && strncmp(f->folder, home, n) == 0 && (f->folder[n] == '/' || !f->folder[n]);

	sbuf_addf(out, "%s%s", below ? "~" : "", f->folder + (below ? n : 0));
	return out->s;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct import_file *f = file_at(ctx, row);

	switch (col) {
	case 0:
		return f->name;
	case 1:
		return changed_words(f, tmp);
	case 2:
		sbuf_addf(tmp, "%lld KB", (long long)(f->bytes + 1023) / 1024);
		return tmp->s;
	default:
		return folder_words(f, tmp);
	}
}

static bool matches(const void *ctx, size_t row, const char *text)
{
	return match_pinyin(file_at(ctx, row)->name, text);
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .match = matches };

static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	(void)b;
	(void)err;
	import_files_find(mem, rows);
	return true;
}

static unsigned try_file(const struct imports *st, struct ui *ui, const char *path)
{
	return ui_show(ui, *st->day ? &lab_screen : &import_screen, &(struct open_arg){ .text = path, .record = st->day });
}

static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	return try_file((const struct imports *)(const void *)b, ui, file_at(b->rows, row)->path);
}

static unsigned command(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	(void)b;
	if (cmd != CMD_NEW)
		return 0;
	return prompt_ask(ui, TAG_PATH, &(struct ask){ .question = _("Where does the list lie? (CSV, ~ is your own folder)"),
		.text = "~/", .kind = EDIT_TEXT, .max = 400 });
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;

	(void)tag;
	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	path_typed(a->text, &path);
	return try_file(state, ui, path.s);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct imports *st = state;
	struct rect r = ui_body(ui);

	if (*st->day)
		exam_day_header(ui, cv, st->day_words.s, NULL);
	else
		status_header(ui, cv, _(ui_screen(ui)->title), NULL);
	r.x++;
	r.w -= 2;
	r.h = 2;
	canvas_wrap(cv, r, FACE_HINT, _("In Excel or WPS: save as CSV, onto the desktop or a USB stick. Enter only tries "
		"what would become of it; nothing is stored before you say so."));
	list_base_draw(state, ui, cv);
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
		.empty = N_("No CSV file is on the stick, the desktop, in downloads or documents: F4 types where it lies."),
		.rows_size = sizeof(struct import_files), .above = 2, .read = read, .enter = enter, .command = command };

	(void)arg;
	(void)err;
	return list_base_open(state, ui, &list);
}

/* Results come days later: the day that was asked from, or the last one that was. */
static bool lab_open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct open_arg *a = arg;
	const char *day = a ? a->record : NULL;
	struct imports *st = state;

	if (!day && !exam_day_last(app_of(ui), &mem, &day, err))
		return false;
	if (!day)
		return err_set(err, ERR_NOT_FOUND, _("There was no examination day yet; F4 in the list of them plans one."));
	snprintf(st->day, sizeof st->day, "%s", day);
	return exam_day_words(app_of(ui), day, &st->day_words, err) && open(ui, state, NULL, err);
}

static void lab_close(struct ui *ui, void *state)
{
	sbuf_release(&((struct imports *)state)->day_words);
	list_base_close(ui, state);
}

static const struct binding keys[] = {
	{ "Enter", CMD_OPEN, N_("try"), FOCUS_LIST },
	{ "F4", CMD_NEW, N_("another file"), FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen imports_screen = {
	.name = "imports",
	.title = N_("Take in a list of residents"),
	.state_size = sizeof(struct imports),
	.topics = TOPIC_RESIDENT, /* a list was taken in: what it left lies beside it */
	.keys = keys,
	.open = open,
	.draw = draw,
	.answer = answer,
	LIST_BASE_MEMBERS,
};

const struct screen lab_files_screen = {
	.name = "lab-files",
	.title = N_("Take in a laboratory sheet"),
	.state_size = sizeof(struct imports),
	.topics = TOPIC_VISIT,
	.keys = keys,
	.open = lab_open,
	.draw = draw,
	.answer = answer,
	LIST_BASE_MEMBERS_BUT_CLOSE,
	.close = lab_close,
};
