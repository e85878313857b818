/* The screening book: a sheet for the present person, and the lists: all, suspected and not confirmed, to measure again, at
 * high risk. */
#include "app/base/i18n.h"
#include "app/service/screenings.h"
#include "screens/form_screen.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
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

struct book {
	struct list_base base;
	enum screening_which which;
};

static const struct column columns[] = {
	{ N_("Day"), 10, 0, false, 0 },
	{ N_("Name"), 8, 1, false, 0 },
	{ N_("Pressure"), 8, 0, false, 0 },
	{ N_("Result"), 20, 2, false, 0 },
	{ N_("FPG"), 6, 0, false, 2 },
	{ N_("Risk"), 6, 0, false, 1 },
	{ N_("Again"), 10, 0, false, 0 },
};
enum { COL_DAY, COL_NAME, COL_BP, COL_RESULT, COL_FPG, COL_RISK, COL_AGAIN };

static void read_row(const struct list_ids *l, int64_t id, void *row)
{
	static const struct screening_row none = { .id = "", .resident = "", .name = "", .day = "", .bp = "", .fpg = "",
		.bp_result = "", .glucose_result = "", .confirmed = "", .next_due = "" };
	struct err err;

	if (!screening_read(l->b->app, id, &l->b->mem, row, &err))
		*(struct screening_row *)row = none;
}

static const struct screening_row *line_at(const void *lines, size_t i)
{
	return list_ids_row(lines, i);
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

static const struct table_model model = { .count = list_ids_count, .id = list_ids_id, .cell = cell, .face = face,
	.match = matches };

static const struct term which_words[SCREENING_WHICH_COUNT] = {
	{ "全部", "all" },
	{ "疑似未确诊", "suspected" },
	{ "要再测", "measure again" },
	{ "高危", "high risk" },
};

static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	AUTO_FREE int64_t *ids = NULL;
	size_t n;

	if (!screening_ids(b->app, ((struct book *)b)->which, 0, &ids, &n, err))
		return false;
	list_ids_take(b, mem, rows, ids, n);
	return true;
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct book *st = state;
	struct rect r = ui_body(ui);
	size_t n = table_count(&st->base.table);
	const char *words[SCREENING_WHICH_COUNT];
	char count[64];

	status_header(ui, cv, _("The screening book"), NULL);
	for (size_t i = 0; i < SCREENING_WHICH_COUNT; i++)
		words[i] = term_text(&which_words[i]);
	snprintf(count, sizeof count, ngettext("%zu person", "%zu people", n), n);
	list_base_parts(cv, r, "", words, SCREENING_WHICH_COUNT, st->which, count);
	list_base_draw(&st->base, ui, cv);
}

static const char *hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *face_out)
{
	(void)ui;
	(void)state;
	(void)tmp;
	(void)face_out;
	return _("Tab which list   Enter the sheet   / filter");
}

static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	return record_open(ui, KIND_SCREENING, line_at(b->rows, row)->id, true);
}

static unsigned turn(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	struct book *st = (struct book *)b;

	(void)ui;
	if (cmd != CMD_NEXT && cmd != CMD_PREVIOUS)
		return 0;
	st->which = (st->which + (cmd == CMD_NEXT ? 1 : SCREENING_WHICH_COUNT - 1)) % SCREENING_WHICH_COUNT;
	return UI_HANDLED | UI_RELOAD;
}

/* What is done for the person of the row. */
static unsigned act(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	char id[RECORD_ID_MAX + 1];
	size_t row;

	if (!table_selected(&b->table, &row))
		return 0;
	snprintf(id, sizeof id, "%s", line_at(b->rows, row)->resident);
	return person_command(ui, id, cmd);
}

static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
	.empty = N_("Nobody here."), .rows_size = sizeof(struct list_ids), .above = 1, .read = read, .read_row = read_row,
	.row_size = sizeof(struct screening_row), .enter = enter, .command = turn, .other = act };

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	(void)arg;
	(void)err;
	return list_base_open(state, ui, &list);
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
	.draw = draw,
	.hint = hint,
	LIST_BASE_MEMBERS,
};
