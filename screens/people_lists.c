/* Lists of people that somebody has to go through: one screen each over one table.  Enter opens the person (or the record
 * that is dated after the death); blank marks people, Y says until when those who are away are at home. */
#include "app/service/people_lists.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"

enum { TAG_HOME = 1 };

/* Begins with what its list is. */
struct people_def {
	struct list_table list;
	enum people_list which;
	const char *hint; /* msgid */
};

struct rows {
	struct app *app;
	struct listed *v;
	size_t n;
};

enum { COL_NAME, COL_AGE, COL_GROUP, COL_DAY, COL_DETAIL, COL_PHONE };

static const struct column away_columns[] = {
	{ N_("Name"), 8, 1, false, 0 },    { N_("Age"), 6, 0, false, 0 },     { N_("Group"), 8, 1, false, 3 },
	{ N_("Since"), 10, 0, false, 2 },  { N_("Where, back"), 25, 3, false, 0 }, { N_("Phone"), 10, 0, false, 1 },
};
static const struct column record_columns[] = {
	{ N_("Name"), 8, 1, false, 0 },   { N_("Age"), 6, 0, false, 2 },          { N_("Group"), 8, 1, false, 3 },
	{ N_("Date"), 10, 0, false, 0 },  { N_("What is written"), 28, 3, false, 0 },
};
static const struct column detail_columns[] = {
	{ N_("Name"), 8, 1, false, 0 },      { N_("Age"), 6, 0, false, 0 }, { N_("Group"), 8, 1, false, 2 },
	{ N_("Born"), 10, 0, false, 3 },     { N_("What is known"), 28, 3, false, 0 },
};

static size_t row_count(const void *ctx)
{
	return ((const struct rows *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	const struct listed *l = &((const struct rows *)ctx)->v[row];

	return l->record ? l->record : l->hit.row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct rows *r = ctx;
	const struct listed *l = &r->v[row];

	switch (col) {
	case COL_NAME:
		return l->hit.name;
	case COL_AGE:
		age_words(l->hit.age, date_day(l->hit.birth_date), app_today(r->app), tmp);
		sbuf_adds(tmp, sex_word(l->hit.sex));
		return tmp->s;
	case COL_GROUP:
		place_words(r->app, l->hit.village_id, l->hit.village, l->hit.group, tmp);
		return tmp->s ? tmp->s : "";
	case COL_DAY:
		return *l->day ? l->day : l->hit.birth_date;
	case COL_DETAIL:
		return l->detail;
	default:
		phone_words(l->hit.phone_owner, l->hit.phone, tmp);
		return tmp->s ? tmp->s : "";
	}
}

static enum face cell_face(const void *ctx, size_t row, size_t col)
{
	const struct listed *l = &((const struct rows *)ctx)->v[row];

	(void)col;
	return l->record ? FACE_DANGER : l->warn ? FACE_DUE : FACE_NORMAL;
}

static bool matches(const void *ctx, size_t row, const char *text)
{
	const struct listed *l = &((const struct rows *)ctx)->v[row];

	return match_pinyin(l->hit.name, text) || match_pinyin(l->hit.village, text) || strstr(l->detail, text) != NULL;
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell, .face = cell_face,
	.match = matches };

/* ---- reading, drawing ------------------------------------------------------------------------------------------------------ */

static const struct people_def *def_of(const struct list_base *b)
{
	return (const struct people_def *)(const void *)b->list;
}

static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	struct rows *r = rows;

	r->app = b->app;
	return people_list_read(b->app, def_of(b)->which, 0, mem, &r->v, &r->n, err);
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf right = SBUF_INIT;

	list_base_count(state, &right);
	status_header(ui, cv, _(ui_screen(ui)->title), right.s);
	canvas_text(cv, r.y, r.x + 1, r.w - 2, FACE_HINT, _(def_of(state)->hint));
	list_base_draw(state, ui, cv);
}

/* ---- commands -------------------------------------------------------------------------------------------------------------- */

static const struct rows *rows_of(const struct list_base *b)
{
	return b->rows;
}

static const struct listed *chosen(const struct list_base *b)
{
	size_t row;

	return table_selected(&b->table, &row) ? &rows_of(b)->v[row] : NULL;
}

static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	const struct listed *l = &rows_of(b)->v[row];
	char id[RECORD_ID_MAX + 1];
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;
	enum kind_id kind;
	struct err err;

	snprintf(id, sizeof id, "%s", l->hit.id);
	if (!l->record)
		return person_open(ui, id);
	if (!record_load_row(b->app, l->record, &mem, &rec, &kind, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	return record_open(ui, kind, rec->meta.id, false);
}

static bool is_day(const char *text, struct err *err)
{
	char iso[DATE_LEN];

	if (!*text || date_parse_typed(text, date_day("2000-01-01"), true, iso) == DATE_DAY)
		return true;
	err_set(err, ERR_INVALID_VALUE, _("\"%s\" is not a date."), text);
	return err_example(err, "2027-02-20");
}

static unsigned ask_home(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	if (cmd != CMD_DATE || def_of(b)->which != PEOPLE_AWAY || !rows_of(b)->n)
		return 0;
	return prompt_ask(ui, TAG_HOME, &(struct ask){
		.question = b->table.n_marked ? _("Those marked are at home until (empty: away again):") :
			_("At home until (empty: away again):"),
		.max = 20, .may_be_empty = true, .check = is_day });
}

/* Those marked, or the chosen one. */
static size_t meant(const struct list_base *b, const char **ids)
{
	const struct listed *l = chosen(b);
	size_t n = 0;

	for (size_t i = 0; i < rows_of(b)->n; i++)
		if (table_is_marked(&b->table, row_id(b->rows, i)))
			ids[n++] = rows_of(b)->v[i].hit.id;
	if (!n && l)
		ids[n++] = l->hit.id;
	return n;
}

/* Each is a save of its own; ^Z takes all of them back. */
static void saved_home(struct ui *ui, const char *const ids[], size_t n)
{
	char(*made)[RECORD_ID_MAX + 1] = xcalloc(n + 1, sizeof *made);
	AUTO_SBUF struct sbuf what = SBUF_INIT;

	for (size_t i = 0; i < n; i++)
		snprintf(made[i], sizeof made[i], "%s", ids[i]);
	sbuf_addf(&what, ngettext("home for the festival: %zu person", "home for the festival: %zu people", (unsigned long)n), n);
	session_saved_all(ui, KIND_RESIDENT, made, n, what.s);
	free(made);
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct list_base *b = state;
	AUTO_FREE const char **ids = xcalloc(rows_of(b)->n + 1, sizeof *ids);
	char iso[DATE_LEN];
	int32_t until = NO_DAY;
	size_t changed;
	struct err err;

	(void)tag;
	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (*a->text && date_parse_typed(a->text, app_today(b->app), true, iso) == DATE_DAY)
		until = date_day(iso);
	if (!away_home_until(b->app, ids, meant(b, ids), until, &changed, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	saved_home(ui, ids, changed);
	ui_say(ui, FACE_DONE, ngettext("Noted for %zu person.", "Noted for %zu people.", (unsigned long)changed), changed);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned of_person(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	const struct listed *l = chosen(b);
	char id[RECORD_ID_MAX + 1];

	snprintf(id, sizeof id, "%s", l ? l->hit.id : "");
	return l ? person_command(ui, id, cmd) : 0;
}

static const struct binding keys[] = {
	{ "e", CMD_EDIT, NULL, FOCUS_LIST },
	{ "h", CMD_HOUSEHOLD, "", FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};
static const struct binding away_keys[] = {
	{ "Space", CMD_MARK, NULL, FOCUS_LIST },
	{ "+", CMD_ADD, N_("all"), FOCUS_LIST },
	{ "-", CMD_STOP, "", FOCUS_LIST },
	{ "y", CMD_DATE, N_("at home until"), FOCUS_LIST },
	{ "e", CMD_EDIT, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

#define LIST(columns_, flags_, empty_) \
	{ .cols = columns_, .n_cols = N_ELEMENTS(columns_), .model = &model, .flags = flags_, .empty = empty_, \
	  .rows_size = sizeof(struct rows), .above = 1, .read = read, .enter = enter, .command = ask_home, .other = of_person }
#define LIST_MEMBERS \
	.state_size = sizeof(struct list_base), .topics = TOPIC_PERSON, .draw = draw, .answer = answer, LIST_BASE_MEMBERS

static bool away_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct people_def def = { LIST(away_columns, TABLE_MULTI, N_("Nobody is away.")),
		PEOPLE_AWAY,
		N_("Blank marks people; Y says until when they are at home.") };

	(void)arg;
	(void)err;
	return list_base_open(st, ui, &def.list);
}

static bool after_death_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct people_def def = { LIST(record_columns, 0, N_("No record is dated after a death.")),
		PEOPLE_AFTER_DEATH,
		N_("Enter opens the record: move it to the right person, or void it.") };

	(void)arg;
	(void)err;
	return list_base_open(st, ui, &def.list);
}

static bool dead_phones_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct people_def def = { LIST(detail_columns, 0, N_("Every number that was tried works.")),
		PEOPLE_DEAD_PHONES,
		N_("Numbers that are wrong or out of service. E enters the new one.") };

	(void)arg;
	(void)err;
	return list_base_open(st, ui, &def.list);
}

static bool no_number_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	static const struct people_def def = { LIST(detail_columns, 0, N_("Everybody has an identity number.")),
		PEOPLE_NO_NUMBER,
		N_("E adds the number to the same file, never to a second one.") };

	(void)arg;
	(void)err;
	return list_base_open(st, ui, &def.list);
}

const struct screen away_screen = { .name = "away", .title = N_("Away, home for the festival"), .open = away_open,
	.keys = away_keys, LIST_MEMBERS };
const struct screen after_death_screen = { .name = "after-death", .title = N_("Records after a death"),
	.open = after_death_open, .keys = keys, LIST_MEMBERS };
const struct screen dead_phones_screen = { .name = "dead-phones", .title = N_("Telephone numbers that do not work"),
	.open = dead_phones_open, .keys = keys, LIST_MEMBERS };
const struct screen no_number_screen = { .name = "no-number", .title = N_("People without an identity number"),
	.open = no_number_open, .keys = keys, LIST_MEMBERS };
