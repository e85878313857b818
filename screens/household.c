/* One household: who lives in it, what each of them still lacks.  Enter opens the person, + takes somebody in, - lets
 * somebody go, F4 makes a household: for who has none, or of those marked (blank), who leave this one. */
#include "app/base/mem.h"
#include "app/service/households.h"
#include "app/service/overview.h"
#include "app/service/search.h"
#include "screens/kit/menu.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"

enum { TAG_PERSON = 1, TAG_MOVE, TAG_RELATION, TAG_LEAVE, TAG_SPLIT };

struct member {
	struct search_hit hit;
	const char *relation, *due;
};

struct members {
	struct app *app;
	struct member *v;
	size_t n;
};

struct household_screen {
	struct list_base b;
	char household[RECORD_ID_MAX + 1]; /* "" = the person has none */
	char resident[RECORD_ID_MAX + 1];  /* whom it was opened for */
	char taken_in[RECORD_ID_MAX + 1];  /* who is asked about: does he leave his, what is he to the head */
	struct household_row head;
};

static const struct column columns[] = {
	{ N_("Relation"), 8, 0, false, 1 },
	{ N_("Name"), 11, 1, false, 0 }, /* with what keeps him away */
	{ N_("Age"), 6, 0, false, 0 },
	{ N_("Rosters"), 8, 0, false, 2 },
	{ N_("Contract"), 10, 0, false, 3 },
	{ N_("To do"), 26, 3, false, 0 },
};
enum { COL_RELATION, COL_NAME, COL_AGE, COL_PROGRAMMES, COL_CONTRACT };

static size_t row_count(const void *ctx)
{
	return ((const struct members *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	return ((const struct members *)ctx)->v[row].hit.row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct members *l = ctx;
	const struct member *m = &l->v[row];

	switch (col) {
	case COL_RELATION:
		return m->relation;
	case COL_NAME:
		sbuf_addf(tmp, "%s%s%s", m->hit.name, *status_words(m->hit.status) ? " " : "", status_words(m->hit.status));
		return tmp->s;
	case COL_AGE:
		age_sex_words(m->hit.age, date_day(m->hit.birth_date), app_today(l->app), m->hit.sex, tmp);
		return tmp->s;
	case COL_PROGRAMMES:
		for (size_t i = 0; i < m->hit.n_programmes; i++)
			sbuf_addf(tmp, "%s%s", i ? " " : "", programme_short(m->hit.programmes[i]));
		return tmp->s;
	case COL_CONTRACT:
		return *m->hit.contract ? short_day(l->app, m->hit.contract) : "-";
	default:
		return m->due;
	}
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell };

/* ---- reading ------------------------------------------------------------------------------------------------------------- */

static const char *relation_word(const struct record *who)
{
	const struct field *f = form_field(who->form, "household_relation");
	const char *code = record_text(who, "household_relation");
	const struct code *c = code ? field_code(f, code) : NULL;

	return c ? term_text(&c->term) : "";
}

static bool read_member(struct app *app, int64_t row, struct arena *mem, struct member *m, struct err *err)
{
	AUTO_SBUF struct sbuf due = SBUF_INIT;
	struct due_task *tasks;
	struct record *who;
	size_t n;

	if (!search_hit_of(app, row, mem, &m->hit, err) || !record_load_row(app, row, mem, &who, NULL, err) ||
		!worklist_tasks_of(app, row, mem, &tasks, &n, err))
		return false;
	m->relation = relation_word(who);
	for (size_t i = 0; i < n; i++)
		sbuf_addf(&due, "%s%s %s", i ? "; " : "", tasks[i].reason, short_day(app, tasks[i].due));
	m->due = arena_strdup(mem, due.s);
	return true;
}

static bool find_household(struct household_screen *st, struct arena *mem, struct err *err)
{
	const char *id;
	struct record *who;

	if (!*st->resident)
		return true;
	if (!record_load(st->b.app, KIND_RESIDENT, st->resident, mem, &who, err))
		return false;
	id = record_text(who, "household");
	snprintf(st->household, sizeof st->household, "%s", id ? id : "");
	return true;
}

static bool read_members(struct household_screen *st, struct arena *mem, struct members *out, struct err *err)
{
	struct app *app = st->b.app;
	int64_t row = *st->household ? record_row(app, KIND_HOUSEHOLD, st->household) : 0;
	AUTO_FREE int64_t *ids = NULL;
	bool ok = true;

	out->app = app;
	st->head = (struct household_row){ 0 };
	if (!row)
		return true;
	if (!household_read(app, row, mem, &st->head, err) || !household_members(app, row, &ids, &out->n, err))
		return false;
	out->v = arena_alloc(mem, (out->n + 1) * sizeof *out->v);
	for (size_t i = 0; ok && i < out->n; i++)
		ok = read_member(app, ids[i], mem, &out->v[i], err);
	return ok;
}

static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	struct household_screen *st = (struct household_screen *)(void *)b;

	return find_household(st, mem, err) && read_members(st, mem, rows, err);
}

static const struct members *members_of(const struct household_screen *st)
{
	return st->b.rows;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------------- */

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct household_screen *st = state;
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf left = SBUF_INIT, place = SBUF_INIT;

	sbuf_addf(&left, "%s  %s", _("Household"), st->head.name ? st->head.name : "");
	status_header(ui, cv, left.s, NULL);
	if (st->head.id) {
		place_words(st->b.app, "", st->head.village, st->head.group, &place);
		canvas_textf(cv, r.y, r.x + 1, r.w - 2, FACE_HINT, "%s %s  %s", place.s, st->head.house, st->head.phone);
	}
	list_base_draw(&st->b, ui, cv);
}

/* ---- commands ------------------------------------------------------------------------------------------------------------ */

static unsigned done_or_fail(struct ui *ui, bool ok, const struct err *err)
{
	if (!ok)
		ui_fail(ui, err);
	else
		ui_changed(ui, TOPIC_RESIDENT | TOPIC_SYNC);
	return UI_HANDLED | UI_REDRAW;
}

/* The same after a change that this record leads: ^Z takes it back. */
static unsigned saved_or_fail(struct household_screen *st, struct ui *ui, bool ok, enum kind_id kind, const char *id,
	const struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;
	struct err why = *err;

	if (ok && record_load(st->b.app, kind, id, &mem, &rec, &why))
		session_saved(ui, kind, rec);
	return done_or_fail(ui, ok, err);
}

static unsigned make_household(struct household_screen *st, struct ui *ui)
{
	struct open_arg arg = { .resident = *st->resident ? st->resident : NULL };
	AUTO_SBUF struct sbuf question = SBUF_INIT;

	if (*st->household && !st->b.table.n_marked) {
		ui_say(ui, FACE_HINT, _("Mark with blank who leaves to live apart, then F4 makes their household."));
		return UI_HANDLED | UI_REDRAW;
	}
	if (*st->household) {
		sbuf_addf(&question, ngettext("%zu person leaves and makes a household?", "%zu people leave and make a household?",
			(unsigned long)st->b.table.n_marked), st->b.table.n_marked);
		return prompt_confirm(ui, TAG_SPLIT, &(struct confirm){ .question = question.s, .careful = true });
	}
	return ui_show(ui, screen_of_kind(KIND_HOUSEHOLD), &arg);
}

static unsigned take_in(struct household_screen *st, struct ui *ui)
{
	struct err err;

	if (!*st->household) {
		ui_say(ui, FACE_HINT, _("No household yet. F4 makes one."));
		return UI_HANDLED | UI_REDRAW;
	}
	if (!ui_ask(ui, TAG_PERSON, &person_screen, NULL, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

/* What is he to the head?  Esc leaves it open. */
static unsigned ask_relation(struct household_screen *st, struct ui *ui, const char *resident)
{
	const struct field *f = form_field(kind_by_id(KIND_RESIDENT)->form, "household_relation");
	AUTO_SBUF struct sbuf title = SBUF_INIT;
	struct menu_item items[9];
	size_t n = 0;

	snprintf(st->taken_in, sizeof st->taken_in, "%s", resident);
	for (const struct code *c = f->codes; c->code && n < N_ELEMENTS(items); c++)
		if (strcmp(c->code, "0") != 0) /* the head stands in the household's own record */
			items[n++] = (struct menu_item){ .text = term_text(&c->term), .value = c - f->codes };
	sbuf_addf(&title, _("What to the head %s?"), st->head.name ? st->head.name : "");
	return menu_show(ui, TAG_RELATION, &(struct menu){ .title = title.s, .items = items, .n_items = n, .numbered = true });
}

static unsigned join(struct household_screen *st, struct ui *ui, const char *resident)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *who;
	struct err err = { 0 };
	bool ok = household_join(st->b.app, resident, st->household, &err) &&
		record_load(st->b.app, KIND_RESIDENT, resident, &mem, &who, &err);

	if (!ok || record_text(who, "household_relation"))
		return saved_or_fail(st, ui, ok, KIND_RESIDENT, resident, &err);
	return saved_or_fail(st, ui, true, KIND_RESIDENT, resident, &err) | ask_relation(st, ui, resident);
}

/* Who lives in another household is not taken out of it without a word, least of all its head. */
static unsigned choose(struct household_screen *st, struct ui *ui, const char *resident)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *who, *home;
	struct household_row row;
	const char *now, *name, *head;
	struct err err;

	if (!record_load(st->b.app, KIND_RESIDENT, resident, &mem, &who, &err))
		return done_or_fail(ui, false, &err);
	now = record_text(who, "household");
	if (!now || !strcmp(now, st->household))
		return join(st, ui, resident);
	if (!household_read(st->b.app, record_row(st->b.app, KIND_HOUSEHOLD, now), &mem, &row, &err) ||
		!record_load(st->b.app, KIND_HOUSEHOLD, now, &mem, &home, &err))
		return done_or_fail(ui, false, &err);
	snprintf(st->taken_in, sizeof st->taken_in, "%s", resident);
	name = record_text(who, "name");
	head = record_text(home, "head");
	if (row.members == 1)
		return prompt_confirm(ui, TAG_MOVE, &(struct confirm){ .careful = true,
			.question = arena_printf(&mem, _("%s lives alone in a household of their own: move here?"), name) });
	return prompt_confirm(ui, TAG_MOVE, &(struct confirm){ .careful = true,
		.question = head && !strcmp(head, resident) ?
			arena_printf(&mem, _("%s is the head of a household of %lld: move here? They then need another head."),
				name, (long long)row.members) :
			arena_printf(&mem, _("%s lives in the household of %s: move here?"), name, row.name ? row.name : "") });
}

static unsigned relate(struct household_screen *st, struct ui *ui, int64_t choice)
{
	const struct field *f = form_field(kind_by_id(KIND_RESIDENT)->form, "household_relation");
	struct err err = { 0 };
	bool ok = household_relate(st->b.app, st->taken_in, f->codes[choice].code, &err);

	return saved_or_fail(st, ui, ok, KIND_RESIDENT, st->taken_in, &err);
}

static unsigned let_go(struct household_screen *st, struct ui *ui)
{
	AUTO_SBUF struct sbuf question = SBUF_INIT;
	size_t row;

	if (!table_selected(&st->b.table, &row))
		return UI_HANDLED;
	sbuf_addf(&question, _("%s no longer belongs to this household?"), members_of(st)->v[row].hit.name);
	return prompt_confirm(ui, TAG_LEAVE, &(struct confirm){ .question = question.s, .careful = true });
}

static unsigned split(struct household_screen *st, struct ui *ui)
{
	AUTO_FREE const char **ids = xcalloc(members_of(st)->n + 1, sizeof *ids);
	char made[RECORD_ID_MAX + 1];
	struct err err = { 0 };
	size_t n = 0;
	bool ok;

	for (size_t i = 0; i < members_of(st)->n; i++)
		if (table_is_marked(&st->b.table, members_of(st)->v[i].hit.row))
			ids[n++] = members_of(st)->v[i].hit.id;
	ok = household_split(st->b.app, ids, n, made, &err);
	if (ok) {
		st->resident[0] = '\0';
		snprintf(st->household, sizeof st->household, "%s", made);
		st->b.table.n_marked = 0;
	}
	return saved_or_fail(st, ui, ok, KIND_HOUSEHOLD, made, &err) | UI_RELOAD;
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct household_screen *st = state;
	AUTO_ARENA struct arena mem = { 0 };
	struct err err = { 0 };
	size_t row;

	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (tag == TAG_SPLIT)
		return split(st, ui);
	if (tag == TAG_PERSON)
		return choose(st, ui, a->text);
	if (tag == TAG_MOVE)
		return join(st, ui, arena_strdup(&mem, st->taken_in));
	if (tag == TAG_RELATION)
		return relate(st, ui, a->choice);
	if (tag != TAG_LEAVE || !table_selected(&st->b.table, &row))
		return 0;
	snprintf(st->taken_in, sizeof st->taken_in, "%s", members_of(st)->v[row].hit.id);
	return saved_or_fail(st, ui, household_join(st->b.app, st->taken_in, "", &err), KIND_RESIDENT, st->taken_in, &err);
}

/* Contracts for all of them, from whichever member. */
static unsigned sign_all(struct household_screen *st, struct ui *ui)
{
	struct open_arg arg = { 0 };
	size_t row;

	if (!table_selected(&st->b.table, &row))
		return UI_HANDLED;
	arg.resident = members_of(st)->v[row].hit.id;
	return ui_show(ui, &household_sign_screen, &arg);
}

static unsigned enter(struct list_base *b, struct ui *ui, size_t row)
{
	char id[RECORD_ID_MAX + 1];

	snprintf(id, sizeof id, "%s", ((const struct members *)b->rows)->v[row].hit.id);
	return person_open(ui, id);
}

static unsigned of_person(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	char id[RECORD_ID_MAX + 1];
	size_t row;

	if (!table_selected(&b->table, &row))
		return 0;
	snprintf(id, sizeof id, "%s", ((const struct members *)b->rows)->v[row].hit.id);
	return person_command(ui, id, cmd);
}

static unsigned command(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	struct household_screen *st = (struct household_screen *)(void *)b;

	switch ((int)cmd) {
	case CMD_NEW:
		return make_household(st, ui);
	case CMD_ADD:
		return take_in(st, ui);
	case CMD_STOP:
		return let_go(st, ui);
	case CMD_EDIT:
		return *st->household ? record_open(ui, KIND_HOUSEHOLD, st->household, true) : 0;
	case CMD_HOUSEHOLD:
		return UI_HANDLED;
	case CMD_SAVE:
		return sign_all(st, ui);
	default:
		return 0;
	}
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
		.flags = TABLE_MULTI, .rows_size = sizeof(struct members), .above = 1, .read = read, .enter = enter,
		.command = command, .other = of_person };
	const struct open_arg *a = arg;
	struct household_screen *st = state;

	(void)err;
	if (a && a->record)
		snprintf(st->household, sizeof st->household, "%s", a->record);
	else
		snprintf(st->resident, sizeof st->resident, "%s", a && a->resident ? a->resident : session_of(ui)->person.id);
	list_base_open(&st->b, ui, &list);
	if (*st->resident) /* the one he came from, not the eldest, gets what is done here */
		st->b.table.sel_id = record_row(st->b.app, KIND_RESIDENT, st->resident);
	st->b.table.empty = *st->household ? N_("Nobody is in this household.") :
		N_("No household yet. F4 makes one, + takes somebody in.");
	return true;
}

static const struct binding keys[] = {
	{ "F2", CMD_SAVE, N_("all sign"), FOCUS_LIST },
	{ "F4", CMD_NEW, N_("new"), FOCUS_LIST },
	{ "F6", CMD_REFER, NULL, FOCUS_LIST },
	{ "F7", CMD_FOLLOW_UP, NULL, FOCUS_LIST },
	{ "F8", CMD_VISIT, NULL, FOCUS_LIST },
	{ "Space", CMD_MARK, "", FOCUS_LIST },
	{ "+", CMD_ADD, N_("take in"), FOCUS_LIST },
	{ "-", CMD_STOP, N_("leaves"), FOCUS_LIST },
	{ "e", CMD_EDIT, NULL, FOCUS_LIST },
	{ "f", CMD_FOLLOW_UP, "", FOCUS_LIST },
	{ "v", CMD_VISIT, "", FOCUS_LIST },
	{ "r", CMD_REFER, "", FOCUS_LIST },
	{ "s", CMD_SIGN, "", FOCUS_LIST },
	{ "/", CMD_FILTER, "", FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen household_screen = {
	.name = "household",
	.title = N_("Household"),
	.state_size = sizeof(struct household_screen),
	.topics = TOPIC_PERSON,
	.keys = keys,
	.open = open,
	.draw = draw,
	.answer = answer,
	LIST_BASE_MEMBERS,
};
