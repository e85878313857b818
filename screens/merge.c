/* Two files beside each other, field by field: 1 takes the first one's value, 2 the second one's, F2 makes them one. */
#include "app/base/mem.h"
#include "app/clinic/leaders.h"
#include "app/service/merging.h"
#include "app/service/search.h"
#include "app/service/value_words.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/people.h"
#include "screens/screens.h"

enum { TAG_MERGE = 1, TAG_SURE };
enum { FIELDS_MAX = 160 };

struct compared {
	const struct field *field;
	const char *first, *second; /* as people read them */
	bool same;
	bool second_taken;
};

struct comparison {
	struct compared v[FIELDS_MAX];
	size_t n, differ;
};

struct merge_screen {
	struct app *app;
	struct arena mem;
	struct comparison *c;
	struct table table;
	char first[RECORD_ID_MAX + 1], second[RECORD_ID_MAX + 1];
	const char *head;
};

static const struct column columns[] = {
	{ N_("Field"), 12, 1, false, 0 },
	{ N_("1 First file"), 16, 2, false, 0 },
	{ N_("2 Second file"), 16, 2, false, 0 },
	{ N_("Take"), 6, 0, false, 0 },
};

static size_t row_count(const void *ctx)
{
	return ((const struct comparison *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return (int64_t)row;
}

/* Lists and several codes of both files are joined unless the second file's are chosen alone. */
static bool joins(const struct compared *c)
{
	return (c->field->type == V_LIST || c->field->type == V_CODES) && *c->first && *c->second;
}

static const char *taken_word(const struct compared *c)
{
	if (c->same)
		return "";
	if (c->second_taken)
		return "2";
	return joins(c) ? _("both") : *c->first ? "1" : "2";
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct compared *c = &((const struct comparison *)ctx)->v[row];

	(void)tmp;
	switch (col) {
	case 0:
		return field_label(c->field);
	case 1:
		return c->first;
	case 2:
		return c->second;
	default:
		return taken_word(c);
	}
}

static enum face cell_face(const void *ctx, size_t row, size_t col)
{
	const struct compared *c = &((const struct comparison *)ctx)->v[row];
	const char *taken = taken_word(c);

	if (c->same)
		return FACE_DIM;
	if (col == 1 || col == 2)
		return strcmp(taken, col == 1 ? "2" : "1") != 0 ? FACE_DONE : FACE_NORMAL;
	return FACE_NORMAL;
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .face = cell_face };

/* ---- reading ------------------------------------------------------------------------------------------------------------- */

static const char *words_of(struct app *app, const struct field *f, const struct value *v, struct arena *mem)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	if (!value_is_empty(v))
		record_value_words(app, f, v, mem, &text);
	return arena_strdup(mem, text.s ? text.s : "");
}

static void compare(struct merge_screen *st, const struct record *a, const struct record *b, bool same)
{
	for (size_t i = 0; i < a->form->n_fields && st->c->n < FIELDS_MAX; i++) {
		const struct field *f = &a->form->fields[i];
		const struct value *x = &a->values[i], *y = &b->values[i];
		struct compared *c = &st->c->v[st->c->n];

		if ((f->flags & (FIELD_HIDDEN | FIELD_READONLY | FIELD_COMPUTED)) || (value_is_empty(x) && value_is_empty(y)) ||
			value_equal(x, y) != same)
			continue;
		*c = (struct compared){ .field = f, .first = words_of(st->app, f, x, &st->mem),
			.second = words_of(st->app, f, y, &st->mem), .same = same };
		st->c->n++;
		st->c->differ += !same;
	}
}

static bool load(struct ui *ui, void *state, struct err *err)
{
	struct merge_screen *st = state;
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	struct search_hit hit;
	struct record *a, *b;

	(void)ui;
	if (st->c->n) /* what was chosen stays chosen */
		return true;
	if (!record_load(st->app, KIND_RESIDENT, st->first, &st->mem, &a, err) ||
		!record_load(st->app, KIND_RESIDENT, st->second, &st->mem, &b, err) ||
		!search_hit_of(st->app, record_row(st->app, KIND_RESIDENT, st->first), &st->mem, &hit, err))
		return false;
	person_head(st->app, &hit, &head);
	st->head = arena_strdup(&st->mem, head.s);
	compare(st, a, b, false);
	compare(st, a, b, true);
	table_reload(&st->table);
	return true;
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	const struct open_arg *a = arg;
	struct merge_screen *st = state;

	if (!a || !a->resident || !a->record)
		return err_set(err, ERR_NOT_CHOSEN, _("Choose a pair on the list of files of one person first."));
	st->app = app_of(ui);
	st->c = xcalloc(1, sizeof *st->c);
	snprintf(st->first, sizeof st->first, "%s", a->resident);
	snprintf(st->second, sizeof st->second, "%s", a->record);
	table_init(&st->table, columns, N_ELEMENTS(columns), &model, st->c, TABLE_NO_NUMBERS);
	return true;
}

static void close(struct ui *ui, void *state)
{
	struct merge_screen *st = state;

	(void)ui;
	if (!st->c)
		return;
	table_release(&st->table);
	arena_release(&st->mem);
	free(st->c);
}

/* ---- drawing -------------------------------------------------------------------------------------------------------------- */

static void layout(struct ui *ui, void *state)
{
	table_layout(&((struct merge_screen *)state)->table, ui_body_below(ui, 1));
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct merge_screen *st = state;
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf left = SBUF_INIT;

	sbuf_addf(&left, "%s  %s", _("One file of two"), st->head);
	status_header(ui, cv, left.s, NULL);
	canvas_textf(cv, r.y, r.x + 1, r.w - 2, FACE_HINT,
		ngettext("%zu field differs. 1 or 2: whose value stays; F2 merges.",
			"%zu fields differ. 1 or 2: whose value stays; F2 merges.", (unsigned long)st->c->differ),
		st->c->differ);
	table_draw(&st->table, cv, ui_body_below(ui, 1), true);
}

static unsigned focus(const void *state)
{
	return table_focus(&((const struct merge_screen *)state)->table);
}

/* ---- choosing ---------------------------------------------------------------------------------------------------------------- */

/* What belongs together is chosen together: the day of death with the status. */
static unsigned choose(struct merge_screen *st, bool second)
{
	const char *leader;
	size_t row;

	if (!table_selected(&st->table, &row))
		return UI_HANDLED;
	leader = field_leader(st->c->v[row].field->key);
	for (size_t i = 0; i < st->c->n; i++)
		if (!st->c->v[i].same && !strcmp(field_leader(st->c->v[i].field->key), leader))
			st->c->v[i].second_taken = second;
	table_command(&st->table, CMD_DOWN);
	return UI_HANDLED | UI_REDRAW;
}

static size_t taken(const struct merge_screen *st, const char *take[FIELDS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < st->c->n; i++)
		if (st->c->v[i].second_taken)
			take[n++] = field_leader(st->c->v[i].field->key);
	return n;
}

static unsigned done(struct merge_screen *st, struct ui *ui, const struct merge_result *m)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct session *s = session_of(ui);
	struct record *rec;
	struct err err;

	if (record_load(st->app, KIND_RESIDENT, m->survivor, &mem, &rec, &err))
		session_saved(ui, KIND_RESIDENT, rec);
	if (!session_set_person(s, m->survivor, &err))
		ui_fail(ui, &err);
	ui_changed(ui, TOPIC_PERSON | TOPIC_SYNC);
	if (m->two_contracts)
		ui_say(ui, FACE_WARN, _("One file now. Two contracts are open: end one of them."));
	else
		ui_say(ui, FACE_DONE, _("One file now; the other one's records stand in it."));
	return UI_HANDLED | UI_REDRAW | UI_CLOSE;
}

static unsigned merge(struct merge_screen *st, struct ui *ui, bool sure)
{
	const char *take[FIELDS_MAX];
	struct merge_request q = { .keep = st->first, .other = st->second, .take = take, .n_take = taken(st, take),
		.confirmed = sure };
	struct merge_result m;
	struct err err;

	if (residents_merge(st->app, &q, &m, &err))
		return done(st, ui, &m);
	if (err.code == ERR_NEEDS_CONFIRMATION)
		return prompt_confirm(ui, TAG_SURE, &(struct confirm){ .question = err.message, .careful = true });
	ui_fail(ui, &err);
	for (size_t i = 0; i < st->c->n; i++) /* what was refused is what the choice is about */
		if (!strcmp(st->c->v[i].field->key, err.field))
			table_select(&st->table, (int64_t)i);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct merge_screen *st = state;

	return a->ok ? merge(st, ui, tag == TAG_SURE) : UI_HANDLED | UI_REDRAW;
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct merge_screen *st = state;

	switch ((int)cmd) {
	case CMD_ROW_1:
		return choose(st, false);
	case CMD_ROW_2:
		return choose(st, true);
	case CMD_SAVE:
		return prompt_confirm(ui, TAG_MERGE, &(struct confirm){ .question = _("One file of the two?"), .yes = _("Merge"),
			.no = _("Not yet") });
	default:
		return table_command(&st->table, cmd) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
	}
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	(void)ui;
	return table_key(&((struct merge_screen *)state)->table, k) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static const struct binding keys[] = {
	{ "F2", CMD_SAVE, N_("merge"), FOCUS_LIST },
	{ "1", CMD_ROW_1, "", FOCUS_LIST },
	{ "2", CMD_ROW_2, "", FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen merge_screen = {
	.name = "merge",
	.title = N_("One file of two"),
	.state_size = sizeof(struct merge_screen),
	.keys = keys,
	.open = open,
	.load = load,
	.layout = layout,
	.draw = draw,
	.focus = focus,
	.command = command,
	.key = key,
	.answer = answer,
	.close = close,
};
