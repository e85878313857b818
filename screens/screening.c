/* The screening book: a sheet for the present person, and the lists: all, suspected and not confirmed, to measure again, at
 * high risk. */
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/service/screenings.h"
#include "screens/form_screen.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/people.h"

/* ---- the sheet ---------------------------------------------------------------------------------------------------------- */

static const struct form_table form = { .kind = KIND_SCREENING, .today = "date" };

/* What was judged is read in words. */
static const char *suffix(void *ctx, const struct field *f, struct sbuf *tmp)
{
	const struct form_screen *fs = ctx;
	const char *code = f->type == V_CODE && (f->flags & FIELD_COMPUTED) ? record_text(fs->rec, f->key) : NULL;
	const struct value *v = record_get(fs->rec, f->key);

	if (code && field_code(f, code)) {
		sbuf_addf(tmp, " %s", term_text(&field_code(f, code)->term));
		return tmp->s;
	}
	for (const struct code *c = f->codes; c && c->code && f->type == V_CODES && (f->flags & FIELD_COMPUTED); c++)
		if (value_has_code(v, c->code))
			sbuf_addf(tmp, " %s", term_text(&c->term));
	return tmp->len ? tmp->s : NULL;
}

static bool form_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct form_screen *fs = st;

	if (!form_screen_open(ui, fs, &form, arg, err))
		return false;
	fs->form.hooks.suffix = suffix;
	return true;
}

const struct screen screening_screen = {
	.name = "screening",
	.title = N_("Screening"),
	.state_size = sizeof(struct form_screen),
	.keys = form_screen_keys,
	.open = form_open,
	FORM_SCREEN_MEMBERS,
};

/* ---- the lists ------------------------------------------------------------------------------------------------------------ */

struct lines {
	struct app *app;
	int64_t *ids;
	size_t n;
	struct screening_row **rows; /* NULL = not read yet */
	struct arena *mem;
};

struct book {
	struct session *session;
	struct lines *lines;
	struct table table;
	enum screening_which which;
};

static const struct column columns[] = {
	{ N_("Day"), 10, 0, false, 0 },
	{ N_("Name"), 8, 1, false, 0 },
	{ N_("Pressure"), 8, 0, false, 0 },
	{ N_("Result"), 20, 2, false, 0 },
	{ N_("Glucose"), 6, 0, false, 2 },
	{ N_("High risk"), 6, 0, false, 1 },
	{ N_("Again"), 10, 0, false, 0 },
};
enum { COL_DAY, COL_NAME, COL_BP, COL_RESULT, COL_FPG, COL_RISK, COL_AGAIN };

static const struct screening_row *line_at(const struct lines *l, size_t i)
{
	static const struct screening_row none = { .id = "", .resident = "", .name = "", .day = "", .bp = "", .fpg = "",
		.bp_result = "", .glucose_result = "", .confirmed = "", .next_due = "" };
	struct err err;

	if (l->rows[i])
		return l->rows[i];
	l->rows[i] = arena_alloc(l->mem, sizeof **l->rows);
	if (!screening_read(l->app, l->ids[i], l->mem, l->rows[i], &err))
		*l->rows[i] = none;
	return l->rows[i];
}

static size_t line_count(const void *ctx)
{
	return ((const struct lines *)ctx)->n;
}

static int64_t line_id(const void *ctx, size_t row)
{
	return ((const struct lines *)ctx)->ids[row];
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct screening_row *r = line_at(ctx, row);

	switch (col) {
	case COL_DAY:
		return r->day;
	case COL_NAME:
		return r->name;
	case COL_BP:
		return r->bp;
	case COL_RESULT:
		sbuf_adds(tmp, *r->confirmed ? r->confirmed : *r->bp_result ? r->bp_result : r->glucose_result);
		return tmp->s;
	case COL_FPG:
		return r->fpg;
	case COL_RISK:
		return r->high_risk ? "✓" : "";
	default:
		return r->next_due;
	}
}

static enum face face(const void *ctx, size_t row, size_t col)
{
	const struct screening_row *r = line_at(ctx, row);

	return col == COL_RESULT && r->raised && !*r->confirmed ? FACE_DUE : FACE_NORMAL;
}

static bool matches(const void *ctx, size_t row, const char *text)
{
	return match_pinyin(line_at(ctx, row)->name, text);
}

static const struct table_model model = { .count = line_count, .id = line_id, .cell = cell, .face = face, .match = matches };

static const struct term which_words[SCREENING_WHICH_COUNT] = {
	{ "全部", "all" },
	{ "疑似未确诊", "suspected" },
	{ "要再测", "measure again" },
	{ "高危", "high risk" },
};

static void forget(struct lines *l)
{
	free(l->ids);
	free(l->rows);
	arena_clear(l->mem);
	l->ids = NULL;
	l->rows = NULL;
	l->n = 0;
}

static bool load(struct ui *ui, void *state, struct err *err)
{
	struct book *st = state;
	int64_t *ids;
	size_t n;

	(void)ui;
	if (!screening_ids(st->session->app, st->which, 0, &ids, &n, err))
		return false;
	forget(st->lines);
	st->lines->ids = ids;
	st->lines->n = n;
	st->lines->rows = xcalloc(n + 1, sizeof *st->lines->rows);
	table_reload(&st->table);
	return true;
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct book *st = state;

	(void)arg;
	(void)err;
	st->session = session_of(ui);
	st->lines = xcalloc(1, sizeof *st->lines);
	*st->lines = (struct lines){ .app = app_of(ui), .mem = xcalloc(1, sizeof(struct arena)) };
	table_init(&st->table, columns, N_ELEMENTS(columns), &model, st->lines, 0);
	st->table.empty = N_("Nobody here.");
	return true;
}

static void close(struct ui *ui, void *state)
{
	struct book *st = state;

	(void)ui;
	table_release(&st->table);
	forget(st->lines);
	arena_release(st->lines->mem);
	free(st->lines->mem);
	free(st->lines);
}

static void layout(struct ui *ui, void *state)
{
	table_layout(&((struct book *)state)->table, ui_body_below(ui, 1));
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct book *st = state;
	struct rect r = ui_body(ui);
	char count[64];
	int x = r.x + 1;

	status_header(ui, cv, _("The screening book"), NULL);
	for (size_t i = 0; i < SCREENING_WHICH_COUNT; i++)
		/* never by colour alone */
		x += 2 + canvas_textf(cv, r.y, x, r.w - x, st->which == (enum screening_which)i ? FACE_FOCUS : FACE_NORMAL,
			st->which == (enum screening_which)i ? "[%s]" : "%s", term_text(&which_words[i]));
	snprintf(count, sizeof count, ngettext("%zu person", "%zu people", table_count(&st->table)), table_count(&st->table));
	canvas_right(cv, r.y, r.x, r.w - 1, FACE_HINT, count);
	table_draw(&st->table, cv, ui_body_below(ui, 1), true);
}

static const char *hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *face_out)
{
	(void)ui;
	(void)state;
	(void)tmp;
	(void)face_out;
	return _("Tab which list   Enter the sheet   / filter");
}

static unsigned focus(const void *state)
{
	return table_focus(&((const struct book *)state)->table);
}

static unsigned act(struct book *st, struct ui *ui, enum cmd cmd)
{
	char id[RECORD_ID_MAX + 1];
	size_t row;

	if (!table_selected(&st->table, &row))
		return 0;
	if (cmd == CMD_OPEN)
		return record_open(ui, KIND_SCREENING, line_at(st->lines, row)->id, true);
	snprintf(id, sizeof id, "%s", line_at(st->lines, row)->resident);
	return person_command(ui, id, cmd);
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct book *st = state;
	enum table_result r;

	if (cmd == CMD_NEXT || cmd == CMD_PREVIOUS) {
		st->which = (st->which + (cmd == CMD_NEXT ? 1 : SCREENING_WHICH_COUNT - 1)) % SCREENING_WHICH_COUNT;
		return UI_HANDLED | UI_RELOAD;
	}
	r = table_command(&st->table, cmd);
	if (r == TABLE_OPENED)
		return act(st, ui, CMD_OPEN);
	return r != TABLE_NOT_MINE ? UI_HANDLED | UI_REDRAW : act(st, ui, cmd);
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	(void)ui;
	return table_key(&((struct book *)state)->table, k) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned click(struct ui *ui, void *state, int y, int x)
{
	struct book *st = state;
	enum table_result r = table_click(&st->table, ui_body_below(ui, 1), y, x);

	return r == TABLE_OPENED ? act(st, ui, CMD_OPEN) : r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static const struct binding keys[] = {
	{ "F6", CMD_REFER, NULL, FOCUS_LIST },
	{ "F7", CMD_FOLLOW_UP, NULL, FOCUS_LIST },
	{ "F8", CMD_VISIT, NULL, FOCUS_LIST },
	{ "r", CMD_REFER, "", FOCUS_LIST },
	{ "v", CMD_VISIT, "", FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen screening_list_screen = {
	.name = "screening-list",
	.title = N_("The screening book"),
	.state_size = sizeof(struct book),
	.topics = TOPIC_VISIT | TOPIC_RESIDENT,
	.keys = keys,
	.open = open,
	.load = load,
	.layout = layout,
	.draw = draw,
	.focus = focus,
	.hint = hint,
	.command = command,
	.key = key,
	.click = click,
	.close = close,
};
