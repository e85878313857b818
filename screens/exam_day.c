/* One examination day at a station: digits find the running number on the slip, the blank bar ticks the present station.
 * Left and right change the station, Tab what is listed: all, who lacks this station, who lacks any, whose result was not
 * given back, who did not come.  Two laptops may tick at two stations: each person's ticks are his own examination. */
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"
#include "app/service/exam_days.h"
#include "app/service/exams.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/people.h"
#include "screens/print.h"

enum { TAG_PERSON = 1, TAG_PATH, STATIONS_MAX = 16, COLUMNS_MAX = STATIONS_MAX + 5 };

enum which { SHOW_ALL, SHOW_STATION, SHOW_LACKING, SHOW_NOT_BACK, SHOW_ABSENT, SHOW_COUNT };
static const struct term which_words[SHOW_COUNT] = { { "全部", "all" }, { "差这一站", "lack this station" },
	{ "有缺项", "lack any" }, { "未反馈", "not given back" }, { "未到", "did not come" } };

struct line {
	const struct exam_guest *guest;   /* one of the two */
	const struct exam_absent *absent;
};

struct lines {
	struct app *app;
	struct exam_day day;
	struct line *v;
	size_t n;
	size_t station; /* of day.stations */
};

struct exam_day_state {
	struct session *session;
	struct arena mem;
	char id[RECORD_ID_MAX + 1];
	struct lines lines;
	enum which which;
	struct column columns[COLUMNS_MAX];
	struct table table;
	int typed;   /* digits of a running number so far */
	bool missed; /* the number sought leads nowhere: nobody is meant until somebody is chosen */
	int sought;
};

/* ---- rows -------------------------------------------------------------------------------------------------------------- */

enum { COL_NO, COL_NAME, COL_AGE, COL_STATIONS };

static size_t line_count(const void *ctx)
{
	return ((const struct lines *)ctx)->n;
}

static int64_t line_id(const void *ctx, size_t row)
{
	const struct line *l = &((const struct lines *)ctx)->v[row];

	/* Whoever did not come has no examination yet: places beyond all rows. */
	return l->guest ? l->guest->row : INT64_MAX - (int64_t)row;
}

static void result_words(const struct exam_guest *g, struct sbuf *tmp)
{
	if (g->abnormal)
		sbuf_addf(tmp, _("%d abn. "), g->abnormal);
	if (g->results)
		sbuf_adds(tmp, g->feedback ? "✓" : _("untold"));
}

static const char *guest_cell(const struct lines *l, const struct exam_guest *g, size_t col, struct sbuf *tmp)
{
	if (col == COL_NO)
		sbuf_addf(tmp, "%d%s", g->no, g->twice ? "!" : "");
	else if (col == COL_NAME)
		return g->name;
	else if (col == COL_AGE)
		age_sex_words(g->age, g->born, record_day(l->day.rec, "date"), g->sex, tmp);
	else if (col < COL_STATIONS + l->day.n_stations)
		return exam_guest_did(g, l->day.stations[col - COL_STATIONS]->code) ? "✓" : "·";
	else if (col == COL_STATIONS + l->day.n_stations)
		result_words(g, tmp);
	else
		place_words(l->app, "", g->village ? g->village : "", g->group ? g->group : "", tmp);
	return tmp->s;
}

static const char *absent_cell(const struct lines *l, const struct exam_absent *a, size_t col, struct sbuf *tmp)
{
	if (col == COL_NAME)
		return a->name;
	if (col == COL_AGE)
		age_sex_words(a->age, a->born, record_day(l->day.rec, "date"), a->sex, tmp);
	else if (col == COL_STATIONS + l->day.n_stations)
		return a->phone ? a->phone : "";
	else if (col > COL_STATIONS + l->day.n_stations)
		place_words(l->app, "", a->village ? a->village : "", a->group ? a->group : "", tmp);
	return tmp->s;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct lines *l = ctx;
	const struct line *at = &l->v[row];

	return at->guest ? guest_cell(l, at->guest, col, tmp) : absent_cell(l, at->absent, col, tmp);
}

static enum face cell_face(const void *ctx, size_t row, size_t col)
{
	const struct lines *l = ctx;
	const struct exam_guest *g = l->v[row].guest;

	if (!g)
		return FACE_NORMAL;
	if (col == COL_STATIONS + l->station && l->day.n_stations)
		return exam_guest_did(g, l->day.stations[l->station]->code) ? FACE_DONE : FACE_DUE;
	if (col == COL_STATIONS + l->day.n_stations)
		return g->results && !g->feedback ? FACE_DUE : FACE_NORMAL;
	return col == COL_NO && g->twice ? FACE_DANGER : FACE_NORMAL;
}

static bool matches(const void *ctx, size_t row, const char *text)
{
	const struct line *l = &((const struct lines *)ctx)->v[row];

	return match_pinyin(l->guest ? l->guest->name : l->absent->name, text);
}

static const struct table_model model = { .count = line_count, .id = line_id, .cell = cell, .face = cell_face,
	.match = matches };

static bool is_shown(const struct exam_day_state *st, const struct exam_guest *g)
{
	const struct exam_day *day = &st->lines.day;

	switch (st->which) {
	case SHOW_STATION:
		return day->n_stations && !exam_guest_did(g, day->stations[st->lines.station]->code);
	case SHOW_LACKING:
		return exam_guest_lacks(day, g);
	case SHOW_NOT_BACK:
		return g->results && !g->feedback;
	case SHOW_ALL:
	case SHOW_ABSENT:
	case SHOW_COUNT:
		break;
	}
	return true;
}

static bool collect(struct exam_day_state *st, struct err *err)
{
	struct lines *l = &st->lines;
	struct exam_absent *absent;
	size_t n;

	l->n = 0;
	if (st->which == SHOW_ABSENT) {
		if (!exam_day_absent(st->session->app, &l->day, &st->mem, &absent, &n, err))
			return false;
		l->v = arena_alloc(&st->mem, (n + 1) * sizeof *l->v);
		for (; l->n < n; l->n++)
			l->v[l->n] = (struct line){ .absent = &absent[l->n] };
		return true;
	}
	l->v = arena_alloc(&st->mem, (l->day.n + 1) * sizeof *l->v);
	for (size_t i = 0; i < l->day.n; i++)
		if (is_shown(st, &l->day.guests[i]))
			l->v[l->n++] = (struct line){ .guest = &l->day.guests[i] };
	return true;
}

bool exam_day_words(struct app *app, const char *id, struct sbuf *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *day;

	if (!record_load(app, KIND_EXAM_DAY, id, &mem, &day, err))
		return false;
	sbuf_addf(out, "%s %s", short_day(app, record_text(day, "date")), record_text(day, "place"));
	return true;
}

void exam_day_header(const struct ui *ui, struct canvas *cv, const char *day, const char *right)
{
	AUTO_SBUF struct sbuf left = SBUF_INIT;

	sbuf_addf(&left, "%s  %s", _(ui_screen(ui)->title), day);
	screen_header(ui, cv, left.s, right);
}

/* ---- the screen's frame -------------------------------------------------------------------------------------------------- */

static size_t make_columns(struct exam_day_state *st)
{
	const struct exam_day *day = &st->lines.day;
	size_t n = 0;

	st->columns[n++] = (struct column){ N_("No."), 4, 0, true, 0 };
	st->columns[n++] = (struct column){ N_("Name"), 8, 2, false, 0 };
	st->columns[n++] = (struct column){ N_("Age"), 5, 0, false, 3 };
	for (size_t i = 0; i < day->n_stations; i++) {
		int w = utf8_width(term_text(&day->stations[i]->term));

		st->columns[n++] = (struct column){ term_text(&day->stations[i]->term), w > 4 ? w : 4, 0, false, 0 };
	}
	st->columns[n++] = (struct column){ N_("Result"), 13, 1, false, 1 };
	st->columns[n++] = (struct column){ N_("Group"), 8, 1, false, 2 };
	return n;
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	struct exam_day_state *st = state;
	const struct open_arg *a = arg;
	const char *id = a ? a->record : NULL;

	st->session = session_of(ui);
	if (!id && !exam_day_today(st->session->app, &st->mem, &id, err))
		return false;
	if (!id)
		return err_set(err, ERR_NOT_FOUND, _("There is no examination day today; :examination days lists all."));
	snprintf(st->id, sizeof st->id, "%s", id);
	st->lines.app = st->session->app;
	if (!exam_day_read(st->session->app, st->id, &st->mem, &st->lines.day, err))
		return false;
	/* the desk ticks whoever it takes in */
	if (st->lines.day.n_stations > 1 && !strcmp(st->lines.day.stations[0]->code, "1"))
		st->lines.station = 1;
	table_init(&st->table, st->columns, make_columns(st), &model, &st->lines, TABLE_NO_NUMBERS);
	st->table.empty = N_("Nobody. F4 takes in whoever comes.");
	return true;
}

static bool load(struct ui *ui, void *state, struct err *err)
{
	struct exam_day_state *st = state;

	(void)ui;
	st->lines.n = 0;
	arena_clear(&st->mem);
	if (!exam_day_read(st->session->app, st->id, &st->mem, &st->lines.day, err) || !collect(st, err))
		return false;
	st->table.n_cols = make_columns(st);
	if (st->lines.station >= st->lines.day.n_stations)
		st->lines.station = 0;
	table_reload(&st->table);
	return true;
}

static void close(struct ui *ui, void *state)
{
	struct exam_day_state *st = state;

	(void)ui;
	table_release(&st->table);
	arena_release(&st->mem);
}

static void layout(struct ui *ui, void *state)
{
	table_layout(&((struct exam_day_state *)state)->table, ui_body_below(ui, 1));
}

static size_t done_here(const struct exam_day *day, size_t station)
{
	size_t n = 0;

	for (size_t i = 0; station < day->n_stations && i < day->n; i++)
		n += exam_guest_did(&day->guests[i], day->stations[station]->code);
	return n;
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct exam_day_state *st = state;
	const struct exam_day *day = &st->lines.day;
	const struct code *station = day->n_stations ? day->stations[st->lines.station] : NULL;
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf left = SBUF_INIT;

	sbuf_addf(&left, _("Examination day %s %s"), short_day(st->session->app, record_text(day->rec, "date")),
		record_text(day->rec, "place"));
	screen_header(ui, cv, left.s, NULL);
	canvas_textf(cv, r.y, r.x + 1, r.w - 2, FACE_HEAD, _("Station: %s  done %zu of %zu    listed: %s    all done %zu"),
		station ? term_text(&station->term) : "", done_here(day, st->lines.station), day->n,
		term_text(&which_words[st->which]), day->done);
	table_draw(&st->table, cv, ui_body_below(ui, 1), true);
}

static const char *hint(const struct ui *ui, const void *state, struct sbuf *tmp, enum face *face)
{
	const struct exam_day_state *st = state;

	(void)ui;
	(void)tmp;
	*face = FACE_HINT;
	if (st->which == SHOW_ABSENT)
		return _("Blank: he is here now. Tab lists others.");
	return _("No. finds, blank ticks, < > station, Tab list, + lab sheet");
}

static unsigned focus(const void *state)
{
	return table_focus(&((const struct exam_day_state *)state)->table);
}

/* ---- doing ------------------------------------------------------------------------------------------------------------------ */

static const struct line *chosen(const struct exam_day_state *st)
{
	size_t row;

	return table_selected(&st->table, &row) ? &st->lines.v[row] : NULL;
}

static const struct exam_guest *guest_of(const struct exam_day *day, const char *resident)
{
	for (size_t i = 0; i < day->n; i++)
		if (!strcmp(day->guests[i].resident, resident))
			return &day->guests[i];
	return NULL;
}

/* What was saved can be taken back with one key. */
static unsigned saved(struct exam_day_state *st, struct ui *ui, const struct record *exam)
{
	session_saved(ui, KIND_EXAM, exam);
	table_reload(&st->table);
	return UI_HANDLED | UI_RELOAD;
}

/* His number is written on the slip and on the tubes now; a second examination in one year is noticed before the blood is drawn. */
static bool say_number(struct exam_day_state *st, struct ui *ui, const struct record *exam, bool new, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *name = record_name(st->session->app, KIND_RESIDENT, record_text(exam, "resident"), &mem);
	const int no = (int)record_num(exam, "exam_no", 0);
	char day[DATE_LEN];

	if (!exam_of_year(st->session->app, exam, day, err))
		return false;
	if (!new)
		ui_say(ui, FACE_INFO, _("No. %d: %s is on the list already."), no, name);
	else if (*day)
		ui_say(ui, FACE_WARN, _("No. %d: %s. Examined on %s already; ^Z takes it back."), no, name,
			short_day(st->session->app, day));
	else
		ui_say(ui, FACE_DONE, _("No. %d: %s. ^Z takes it back."), no, name);
	return true;
}

static unsigned join(struct exam_day_state *st, struct ui *ui, const char *resident)
{
	AUTO_ARENA struct arena mem = { 0 };
	const bool new = !guest_of(&st->lines.day, resident);
	const char *exam;
	struct record *rec;
	struct err err;

	if (!exam_day_join(st->session->app, st->id, resident, &mem, &exam, &err) ||
		!record_load(st->session->app, KIND_EXAM, exam, &mem, &rec, &err) || !say_number(st, ui, rec, new, &err)) {
		ui_fail(ui, &err);
		return UI_HANDLED | UI_RELOAD;
	}
	if (st->which != SHOW_ABSENT)
		st->which = SHOW_ALL;
	st->table.sel_id = record_row(st->session->app, KIND_EXAM, exam);
	return new ? saved(st, ui, rec) : UI_HANDLED | UI_RELOAD;
}

/* The bar after a number that is not here would tick somebody else. */
static unsigned miss(struct exam_day_state *st, struct ui *ui)
{
	st->missed = true;
	ui_say(ui, FACE_WARN, _("There is no number %d in this list. Tab lists others."), st->sought);
	ui_beep(ui);
	return UI_HANDLED | UI_REDRAW;
}

/* What is typed next begins a number of its own. */
static void end_number(struct exam_day_state *st)
{
	st->missed = false;
	st->typed = 0;
}

static int last_number(const struct exam_day *day)
{
	int last = 0;

	for (size_t i = 0; i < day->n; i++)
		last = day->guests[i].no > last ? day->guests[i].no : last;
	return last;
}

/* 2, then 3: first number 2, then 23, whether 2 is in this list or not; beyond the last number of the day a digit begins anew.
 * One of the day that this list does not show is said. */
static unsigned digit(struct exam_day_state *st, struct ui *ui, int d)
{
	int no = st->typed * 10 + d;

	if (no > last_number(&st->lines.day))
		no = d;
	st->missed = false;
	st->typed = st->sought = no;
	for (size_t i = 0; no && i < st->lines.n; i++)
		if (st->lines.v[i].guest && st->lines.v[i].guest->no == no) {
			table_select(&st->table, line_id(&st->lines, i));
			return UI_HANDLED | UI_REDRAW;
		}
	return miss(st, ui);
}

static unsigned tick(struct exam_day_state *st, struct ui *ui)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct exam_day *day = &st->lines.day;
	const struct line *l = chosen(st);
	const char *code, *exam;
	struct record *rec;
	struct err err;

	if (l && l->absent)
		return join(st, ui, l->absent->id);
	if (!l || !day->n_stations)
		return UI_HANDLED;
	code = day->stations[st->lines.station]->code;
	exam = arena_strdup(&mem, l->guest->exam);
	if (exam_day_tick(st->session->app, exam, code, !exam_guest_did(l->guest, code), &mem, &err) &&
		record_load(st->session->app, KIND_EXAM, exam, &mem, &rec, &err))
		return saved(st, ui, rec);
	ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned open_form(struct exam_day_state *st, struct ui *ui)
{
	const struct line *l = chosen(st);
	char exam[RECORD_ID_MAX + 1], resident[RECORD_ID_MAX + 1];
	struct err err;

	if (!l)
		return UI_HANDLED;
	snprintf(resident, sizeof resident, "%s", l->guest ? l->guest->resident : l->absent->id);
	if (!l->guest)
		return person_open(ui, resident);
	snprintf(exam, sizeof exam, "%s", l->guest->exam);
	if (!session_set_person(st->session, resident, &err))
		ui_fail(ui, &err);
	/* the judgement and the giving back stand on the last page */
	return record_mend(ui, KIND_EXAM, exam, st->which == SHOW_NOT_BACK ? "evaluation" : NULL);
}


static unsigned ask_path(struct exam_day_state *st, struct ui *ui)
{
	return print_ask_path(ui, TAG_PATH, _("Print the list, who did not come, and the slips: write to"), "exam-%s",
		record_text(st->lines.day.rec, "date"));
}

static unsigned write_sheets(struct exam_day_state *st, struct ui *ui, const char *typed)
{
	struct err err;
	AUTO_REPORT struct report *rep = exam_day_report(st->session->app, st->id, &err);

	return print_report(ui, rep, typed, &err);
}

static unsigned turn_station(struct exam_day_state *st, size_t by)
{
	size_t n = st->lines.day.n_stations;

	if (n)
		st->lines.station = (st->lines.station + by) % n;
	return UI_HANDLED | UI_RELOAD;
}

static unsigned pick(struct exam_day_state *st, struct ui *ui)
{
	struct err err;

	(void)st;
	if (!ui_ask(ui, TAG_PERSON, &person_screen, NULL, &err))
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned own_command(struct exam_day_state *st, struct ui *ui, enum cmd cmd)
{
	switch ((int)cmd) {
	case CMD_LEFT:
		return turn_station(st, st->lines.day.n_stations ? st->lines.day.n_stations - 1 : 0);
	case CMD_RIGHT:
		return turn_station(st, 1);
	case CMD_NEXT:
		st->which = (st->which + 1) % SHOW_COUNT;
		return UI_HANDLED | UI_RELOAD;
	case CMD_PREVIOUS:
		st->which = (st->which + SHOW_COUNT - 1) % SHOW_COUNT;
		return UI_HANDLED | UI_RELOAD;
	case CMD_MARK:
		return tick(st, ui);
	case CMD_NEW:
		return pick(st, ui);
	case CMD_ADD:
		return ui_show(ui, &lab_files_screen, &(struct open_arg){ .record = st->id });
	case CMD_EDIT:
		return record_open(ui, KIND_EXAM_DAY, st->id, true);
	case CMD_REPORT:
		return ask_path(st, ui);
	default:
		return 0;
	}
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct exam_day_state *st = state;
	enum table_result r;
	unsigned done;

	if (cmd >= CMD_ROW_1 && cmd <= CMD_ROW_9)
		return digit(st, ui, (int)(cmd - CMD_ROW_1) + 1);
	if (cmd == CMD_NEXT_PAGE)
		return digit(st, ui, 0);
	if (st->missed && (cmd == CMD_MARK || cmd == CMD_OPEN)) {
		st->typed = 0;
		return miss(st, ui);
	}
	end_number(st);
	done = own_command(st, ui, cmd);
	if (done)
		return done;
	r = table_command(&st->table, cmd);
	return r == TABLE_OPENED ? open_form(st, ui) : r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	(void)ui;
	return table_key(&((struct exam_day_state *)state)->table, k) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned click(struct ui *ui, void *state, int y, int x)
{
	struct exam_day_state *st = state;
	enum table_result r = table_click(&st->table, ui_body_below(ui, 1), y, x);

	if (r != TABLE_NOT_MINE)
		end_number(st);
	return r == TABLE_OPENED ? open_form(st, ui) : r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct exam_day_state *st = state;

	if (!a->ok || !a->text)
		return UI_HANDLED | UI_REDRAW;
	if (tag == TAG_PERSON)
		return join(st, ui, a->text);
	return tag == TAG_PATH ? write_sheets(st, ui, a->text) : 0;
}

static const struct binding keys[] = {
	{ "Space", CMD_MARK, N_("tick"), FOCUS_LIST },
	{ "F4", CMD_NEW, N_("he came"), FOCUS_LIST },
	{ "F9", CMD_REPORT, N_("print"), FOCUS_LIST },
	{ "Tab", CMD_NEXT, N_("others"), FOCUS_LIST },
	{ "+", CMD_ADD, N_("lab sheet"), FOCUS_LIST },
	{ "e", CMD_EDIT, NULL, FOCUS_LIST },
	{ "Esc", CMD_BACK, NULL, 0 },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	/* the bar has no room for what is not of the day: F1 lists them */
	{ "F5", CMD_SYNC, "", 0 },
	{ "F10", CMD_QUIT, "", 0 },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen exam_day_screen = {
	.name = "exam-day", .title = N_("Examination day"), .state_size = sizeof(struct exam_day_state), .topics = TOPIC_VISIT,
	.keys = keys, .open = open, .load = load, .layout = layout, .draw = draw, .focus = focus, .hint = hint,
	.command = command, .key = key, .click = click, .answer = answer, .close = close,
};
