#include "screens/today.h"

#include <stdarg.h>

#include "app/base/i18n.h"
#include "app/base/utf8.h"
#include "screens/people.h"

/* Drafts' ids lie above those of people, those of lists above them. */
static const int64_t draft_base = INT64_C(1) << 48, place_base = INT64_C(1) << 56;

static const struct column columns[] = {
	{ .head = N_("Group"), .min = 7, .weight = 1, .drop = 1 },
	{ .head = N_("Name"), .min = 8, .weight = 1 },
	{ .head = N_("Age"), .min = 6 },
	{ .head = N_("What to do"), .min = 22, .weight = 8 },
	{ .head = N_("Due"), .min = 9 },
	{ .head = N_("Phone"), .min = 10, .weight = 1, .drop = 2 },
};

static size_t count(const void *ctx)
{
	const struct today *t = ctx;

	return t->list.n + t->n_drafts + t->n_places;
}

static int64_t id(const void *ctx, size_t row)
{
	const struct today *t = ctx;

	if (row < t->list.n)
		return t->list.people[row].row;
	row -= t->list.n;
	return row < t->n_places ? place_base + (t->counts.more[t->places[row]].counter - work_counters) :
				   draft_base + t->drafts[row - t->n_places].id;
}

/* ---- cells ------------------------------------------------------------------------------------------------------------- */

/* Of several tasks, what is in brackets would push out the others; of joined reasons each has its own. */
static const char joint[] = " + ";

static size_t brief_length(const char *reason)
{
	const char *next = strstr(reason, joint);
	size_t n = strcspn(reason, "(");

	if (next && (size_t)(next - reason) < n)
		return (size_t)(next - reason);
	while (n && reason[n - 1] == ' ')
		n--;
	return n;
}

static void add_brief(const char *reason, struct sbuf *out)
{
	sbuf_addf(out, "%.*s", (int)brief_length(reason), reason);
	for (const char *part = strstr(reason, joint); part; part = strstr(part + strlen(joint), joint))
		sbuf_addf(out, "%s%.*s", joint, (int)brief_length(part + strlen(joint)), part + strlen(joint));
}

static bool read_the_same(const char *a, const char *b)
{
	size_t n = brief_length(a);

	return n == brief_length(b) && !strncmp(a, b, n);
}

/* Tasks that read the same stand once, with their number: "转诊追访 2". */
static void add_task(const struct due_person *p, size_t i, struct sbuf *out)
{
	const char *reason = p->tasks[i].reason;
	size_t same = 0;

	for (size_t j = 0; j < p->n_tasks; j++)
		if (read_the_same(p->tasks[j].reason, reason)) {
			if (j < i)
				return;
			same++;
		}
	sbuf_adds(out, i ? joint : "");
	if (p->n_tasks > 1)
		add_brief(reason, out);
	else
		sbuf_adds(out, reason);
	if (same > 1)
		sbuf_addf(out, " %zu", same);
}

static void add_tasks(const struct due_person *p, struct sbuf *out)
{
	const char *status = status_words(p->status);

	if (*status) /* whether he is there at all comes before what to do, which may be cut */
		sbuf_addf(out, "%s ", status);
	for (size_t i = 0; i < p->n_tasks; i++)
		add_task(p, i, out);
}

static const char *person_cell(const struct today *t, const struct due_person *p, size_t col, struct sbuf *tmp)
{
	switch (col) {
	case 0:
		place_words(t->app, t->village ? t->app->own_village : "", t->village ? NULL : p->village, p->group, tmp);
		break;
	case 1:
		return p->name;
	case 2:
		age_sex_words(p->age, p->born, t->date, p->sex, tmp);
		break;
	case 3:
		add_tasks(p, tmp);
		break;
	case 4:
		due_words(p->days_over, tmp);
		break;
	default:
		if (p->phone_wrong)
			return _("wrong number");
		if (p->carer_phone)
			carer_words(p->carer_phone, tmp);
		else
			phone_words(p->phone_owner, p->phone, tmp);
	}
	return tmp->s;
}

static const char *draft_cell(const struct draft_line *d, size_t col, struct sbuf *tmp)
{
	switch (col) {
	case 0:
		return _("draft");
	case 1:
		return d->name;
	case 3:
		sbuf_addf(tmp, "%s %s", d->form, d->where);
		return tmp->s;
	case 4:
		return d->when;
	default:
		return "";
	}
}

static const char *place_cell(const struct today *t, size_t i, size_t col, struct sbuf *tmp)
{
	if (col == 0)
		return _("list");
	if (col == 3)
		sbuf_addf(tmp, "%s %d", t->counts.more[t->places[i]].words, (int)t->counts.more[t->places[i]].n);
	return tmp->s ? tmp->s : "";
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct today *t = ctx;

	if (row < t->list.n)
		return person_cell(t, &t->list.people[row], col, tmp);
	row -= t->list.n;
	return row < t->n_places ? place_cell(t, row, col, tmp) : draft_cell(&t->draft_lines[row - t->n_places], col, tmp);
}

static enum face face(const void *ctx, size_t row, size_t col)
{
	const struct today *t = ctx;

	if (row >= t->list.n || col != 4)
		return FACE_NORMAL;
	return t->list.people[row].days_over > 0 ? FACE_DANGER : FACE_DUE;
}

/* The sign of his first task that has one. */
static const char *task_mark(const struct due_person *p)
{
	for (size_t i = 0; i < p->n_tasks; i++) {
		const struct task_kind *kind = task_kind_of(p->tasks[i].task);

		if (kind && kind->mark)
			return kind->mark;
	}
	return NULL;
}

static const char *mark(const void *ctx, size_t row)
{
	const struct today *t = ctx;
	const char *sign;

	if (row >= t->list.n + t->n_places)
		return "△";
	if (row >= t->list.n)
		return "";
	sign = task_mark(&t->list.people[row]);
	return sign ? sign : t->list.people[row].days_over > 0 ? "!" : "";
}

static const struct table_model model = { .count = count, .id = id, .cell = cell, .face = face, .mark = mark };

void today_list_init(struct today *t)
{
	table_init(&t->table, columns, N_ELEMENTS(columns), &model, t, 0);
	t->table.empty = N_("Reading ...");
	t->limit = TODAY_READ;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

bool today_list_load(struct today *t, struct err *err)
{
	const struct worklist_query q = { .date = t->date, .village = t->village, .limit = t->limit };

	arena_clear(&t->mem);
	t->list = (struct worklist){ 0 };
	t->n_drafts = 0;
	t->village_name = "";
	if (t->village) {
		char village[RECORD_ID_MAX + 1];

		if (record_id_of_row(t->app, t->village, village))
			t->village_name = record_name(t->app, KIND_ORGANISATION, village, &t->mem);
	}
	t->n_places = 0;
	if (!worklist_read(t->app, &q, &t->mem, &t->list, err) || !worklist_count(t->app, t->village, &t->counts, err) ||
		!draft_list(t->app, &t->mem, &t->drafts, &t->n_drafts, err))
		return false;
	t->draft_lines = arena_alloc(&t->mem, (t->n_drafts + 1) * sizeof *t->draft_lines);
	for (size_t i = 0; i < t->n_drafts; i++)
		draft_words_of(t->app, &t->drafts[i], &t->mem, &t->draft_lines[i]);
	for (size_t i = 0; i < t->counts.n_more; i++)
		if (t->counts.more[i].counter->place)
			t->places[t->n_places++] = i;
	table_reload(&t->table);
	return true;
}

bool today_read_on(struct today *t, size_t limit, struct err *err)
{
	t->limit = limit;
	return today_list_load(t, err);
}

const struct due_person *today_person(const struct today *t)
{
	size_t row;

	return table_selected(&t->table, &row) && row < t->list.n ? &t->list.people[row] : NULL;
}

const struct draft *today_draft(const struct today *t)
{
	size_t row;

	return table_selected(&t->table, &row) && row >= t->list.n + t->n_places ? &t->drafts[row - t->list.n - t->n_places] : NULL;
}

const struct work_counter *today_place(const struct today *t)
{
	size_t row;

	return table_selected(&t->table, &row) && row >= t->list.n && row < t->list.n + t->n_places ?
		t->counts.more[t->places[row - t->list.n]].counter : NULL;
}

/* One line of counters after the other. */
struct counter_lines {
	struct sbuf *out;
	int w, used, lines;
};

static void add_counter(struct counter_lines *c, const char *fmt, ...) PRINTF(2, 3);
static void add_counter(struct counter_lines *c, const char *fmt, ...)
{
	AUTO_SBUF struct sbuf part = SBUF_INIT;
	const char *s;
	va_list ap;

	va_start(ap, fmt);
	sbuf_vaddf(&part, fmt, ap);
	va_end(ap);
	s = part.s;
	if (c->used && c->used + utf8_width(s) > c->w) {
		s += strspn(s, " ");
		s += strncmp(s, "· ", strlen("· ")) ? 0 : strlen("· ");
		sbuf_addc(c->out, '\n');
		c->used = 0;
		c->lines++;
	}
	sbuf_adds(c->out, s);
	c->used += utf8_width(s);
}

int today_counters(const struct today *t, int w, struct sbuf *out)
{
	const struct worklist_counts *c = &t->counts;
	struct counter_lines l = { .out = out, .w = w, .lines = 1 };
	char iso[DATE_LEN];

	add_counter(&l, "%s", t->date == app_today(t->app) ? _("Today") : date_iso(t->date, iso));
	if (*t->village_name)
		add_counter(&l, " %s", t->village_name);
	add_counter(&l, _(" due %d overdue %d"), (int)c->due_today, (int)c->overdue);
	add_counter(&l, _("  not seen this quarter %d, %d days left"), (int)c->quarter_missing, (int)c->quarter_days_left);
	for (size_t i = 0; i < c->n_more; i++)
		add_counter(&l, _("  %s %d"), c->more[i].words, (int)c->more[i].n);
	if (t->n_drafts)
		add_counter(&l, _("  drafts %d"), (int)t->n_drafts);
	if (t->list.more)
		add_counter(&l, _("  %d+ in the list"), (int)t->list.n);
	return l.lines;
}

void today_convey(const struct today *t, struct session *s)
{
	const char **ids = xcalloc(t->list.n + 1, sizeof *ids);
	size_t row = 0;

	table_selected(&t->table, &row);
	for (size_t i = 0; i < t->list.n; i++)
		ids[i] = t->list.people[i].id;
	session_set_conveyor(s, ids, t->list.n, row);
	free(ids);
}
