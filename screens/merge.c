/* Two files beside each other, field by field: 1 takes the first one's value, 2 the second one's, F2 makes them one. */
#include "app/clinic/leaders.h"
#include "app/service/merging.h"
#include "app/service/overview.h"
#include "app/service/search.h"
#include "app/service/value_words.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"

enum { TAG_MERGE = 1, TAG_SURE };
enum { FIELDS_MAX = 160 };

struct compared {
	const struct field *field;
	const char *first, *second; /* as people read them */
	bool same;
	bool second_taken;
};

struct comparison {
	const char *head;    /* who it is */
	const char *held[2]; /* what hangs on each file: "22条记录, 最近 11-20" */
	struct compared v[FIELDS_MAX];
	size_t n, differ;
};

struct merge_screen {
	struct list_base b; /* rows: struct comparison */
	char first[RECORD_ID_MAX + 1], second[RECORD_ID_MAX + 1];
};

static struct comparison *comparison_of(const struct merge_screen *st)
{
	return st->b.rows;
}

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

static void compare(struct app *app, const struct record *a, const struct record *b, bool same, struct arena *mem,
	struct comparison *out)
{
	for (size_t i = 0; i < a->form->n_fields && out->n < FIELDS_MAX; i++) {
		const struct field *f = &a->form->fields[i];
		const struct value *x = &a->values[i], *y = &b->values[i];

		if ((f->flags & (FIELD_HIDDEN | FIELD_READONLY | FIELD_COMPUTED)) || (value_is_empty(x) && value_is_empty(y)) ||
			value_equal(x, y) != same)
			continue;
		out->v[out->n++] = (struct compared){ .field = f, .same = same, .first = words_of(app, f, x, mem),
			.second = words_of(app, f, y, mem) };
		out->differ += !same;
	}
}

/* What was chosen stays chosen while the files are read anew, but for fields that are the same by now. */
static void carry_choices(const struct comparison *before, struct comparison *now)
{
	for (size_t i = 0; i < before->n; i++)
		for (size_t j = 0; j < now->n; j++)
			if (now->v[j].field == before->v[i].field && !now->v[j].same)
				now->v[j].second_taken = before->v[i].second_taken;
}

/* All of it goes along; the file that is kept up is seldom the empty one. */
static bool read_held(struct app *app, const char *id, struct arena *mem, const char **words, struct err *err)
{
	const int64_t row = record_row(app, KIND_RESIDENT, id);
	struct timeline_item *newest;
	int64_t total;
	size_t n;

	if (!overview_timeline_total(app, row, &total, err) || !overview_timeline(app, row, 0, 1, mem, &newest, &n, err))
		return false;
	*words = n ? arena_printf(mem, ngettext("%lld record, the last %s", "%lld records, the last %s", (unsigned long)total),
		(long long)total, short_day(app, newest->day)) : _("no records");
	return true;
}

static bool read(struct list_base *base, struct arena *mem, void *rows, struct err *err)
{
	const struct merge_screen *st = (const struct merge_screen *)(const void *)base;
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	struct comparison *out = rows;
	struct search_hit hit;
	struct record *a, *b;

	if (!record_load(base->app, KIND_RESIDENT, st->first, mem, &a, err) ||
		!record_load(base->app, KIND_RESIDENT, st->second, mem, &b, err) ||
		!read_held(base->app, st->first, mem, &out->held[0], err) ||
		!read_held(base->app, st->second, mem, &out->held[1], err) ||
		!search_hit_of(base->app, record_row(base->app, KIND_RESIDENT, st->first), mem, &hit, err))
		return false;
	person_head(base->app, &hit, &head);
	out->head = arena_strdup(mem, head.s);
	compare(base->app, a, b, false, mem, out);
	compare(base->app, a, b, true, mem, out);
	carry_choices(base->rows, out);
	return true;
}

/* ---- drawing -------------------------------------------------------------------------------------------------------------- */

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct merge_screen *st = state;
	const struct comparison *c = comparison_of(st);
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf left = SBUF_INIT;

	sbuf_addf(&left, "%s  %s", _("One file of two"), c->head);
	status_header(ui, cv, left.s, NULL);
	canvas_textf(cv, r.y, r.x + 1, r.w - 2, FACE_HINT,
		ngettext("%zu field differs. 1 or 2: whose value stays; F2 merges.",
			"%zu fields differ. 1 or 2: whose value stays; F2 merges.", (unsigned long)c->differ),
		c->differ);
	canvas_textf(cv, r.y + 1, r.x + 1, r.w - 2, FACE_NORMAL, _("1 first file: %s   2 second file: %s"), c->held[0], c->held[1]);
	list_base_draw(&st->b, ui, cv);
}

/* ---- choosing ---------------------------------------------------------------------------------------------------------------- */

/* What belongs together is chosen together: the day of death with the status. */
static unsigned choose(struct merge_screen *st, bool second)
{
	struct comparison *c = comparison_of(st);
	const char *leader;
	size_t row;

	if (!table_selected(&st->b.table, &row))
		return UI_HANDLED;
	leader = field_leader(c->v[row].field->key);
	for (size_t i = 0; i < c->n; i++)
		if (!c->v[i].same && !strcmp(field_leader(c->v[i].field->key), leader))
			c->v[i].second_taken = second;
	table_command(&st->b.table, CMD_DOWN);
	return UI_HANDLED | UI_REDRAW;
}

static size_t taken(const struct comparison *c, const char *take[FIELDS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].second_taken)
			take[n++] = field_leader(c->v[i].field->key);
	return n;
}

static unsigned done(struct merge_screen *st, struct ui *ui, const struct merge_result *m)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct session *s = session_of(ui);
	struct record *rec;
	struct err err;

	if (record_load(st->b.app, KIND_RESIDENT, m->survivor, &mem, &rec, &err))
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
	const struct comparison *c = comparison_of(st);
	const char *take[FIELDS_MAX];
	struct merge_request q = { .keep = st->first, .other = st->second, .take = take, .n_take = taken(c, take),
		.confirmed = sure };
	struct merge_result m;
	struct err err;

	if (residents_merge(st->b.app, &q, &m, &err))
		return done(st, ui, &m);
	if (err.code == ERR_NEEDS_CONFIRMATION)
		return prompt_confirm(ui, TAG_SURE, &(struct confirm){ .question = err.message, .careful = true });
	ui_fail(ui, &err);
	for (size_t i = 0; i < c->n; i++) /* what was refused is what the choice is about */
		if (!strcmp(c->v[i].field->key, err.field))
			table_select(&st->b.table, (int64_t)i);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct merge_screen *st = state;

	return a->ok ? merge(st, ui, tag == TAG_SURE) : UI_HANDLED | UI_REDRAW;
}

static unsigned command(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	struct merge_screen *st = (struct merge_screen *)(void *)b;

	switch ((int)cmd) {
	case CMD_ROW_1:
		return choose(st, false);
	case CMD_ROW_2:
		return choose(st, true);
	case CMD_SAVE:
		return prompt_confirm(ui, TAG_MERGE, &(struct confirm){ .question = _("One file of the two?"), .yes = _("Merge"),
			.no = _("Not yet") });
	default:
		return 0;
	}
}

/* Enter has nothing to open here. */
static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	(void)b;
	(void)ui;
	(void)row;
	return UI_HANDLED;
}

static const struct list_table list = {
	.cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model, .flags = TABLE_NO_NUMBERS,
	.rows_size = sizeof(struct comparison), .above = 2, .read = read, .enter = enter, .command = command,
};

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	const struct open_arg *a = arg;
	struct merge_screen *st = state;

	if (!a || !a->resident || !a->record)
		return err_set(err, ERR_NOT_CHOSEN, _("Choose a pair on the list of files of one person first."));
	snprintf(st->first, sizeof st->first, "%s", a->resident);
	snprintf(st->second, sizeof st->second, "%s", a->record);
	return list_base_open(&st->b, ui, &list);
}

static const struct binding keys[] = {
	{ "F2", CMD_SAVE, N_("merge"), FOCUS_LIST },
	{ "1", CMD_ROW_1, N_("the first one's"), FOCUS_LIST },
	{ "2", CMD_ROW_2, N_("the second one's"), FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen merge_screen = {
	.name = "merge",
	.title = N_("One file of two"),
	.state_size = sizeof(struct merge_screen),
	.topics = TOPIC_RESIDENT,
	.keys = keys,
	.open = open,
	.draw = draw,
	.answer = answer,
	LIST_BASE_MEMBERS,
};
