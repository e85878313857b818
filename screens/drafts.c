/* Unfinished forms of whoever works: Enter goes on where the cursor was; Delete throws one away. */
#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "app/base/utf8.h"
#include "app/programmes/programmes.h"
#include "app/service/overview.h"
#include "screens/drafts.h"
#include "screens/kit/prompt.h"
#include "screens/kit/table.h"

enum { TAG_DROP = 1, SHORT_TITLE = 14 };

/* ---- words and opening, for the first screen too ------------------------------------------------------------------------ */

/* The title of the paper where it is short: what was filled last is to be read beside it. */
static const char *form_words(const struct kind *kind, const struct form_def *form, const struct draft *d, struct arena *mem)
{
	const struct programme *p = programme_by_code(d->variant);
	const char *title = form ? term_text(&form->title) : d->kind;

	if (!kind || utf8_width(title) <= SHORT_TITLE)
		return title;
	if (kind->id != KIND_FOLLOWUP)
		return term_text(&kind->term);
	return p ? arena_printf(mem, _("%s follow-up"), term_text(&p->title)) : title; /* else it is of several */
}

void draft_words_of(struct app *app, const struct draft *d, struct arena *mem, struct draft_line *out)
{
	const struct kind *kind = kind_by_name(d->kind);
	const struct form_def *form = kind ? kind_form(kind, d->variant) : NULL;
	char key[64];
	const struct field *f;
	int minute;
	int32_t day = clock_day_of(d->changed_at, &minute);
	char iso[DATE_LEN];

	snprintf(key, sizeof key, "%.*s", (int)strcspn(d->field, "[."), d->field);
	f = form ? form_field(form, key) : NULL;
	out->form = form_words(kind, form, d, mem);
	out->name = *d->resident ? record_name(app, KIND_RESIDENT, d->resident, mem) : "";
	if (!*out->name && *d->record && kind)
		out->name = record_name(app, kind->id, d->record, mem);
	if (!*out->name && form && form_index(form, "name") >= 0) {
		struct record *rec = record_new(mem, form);
		struct err err;

		if (record_read_body(rec, d->body, strlen(d->body), &err) && record_text(rec, "name"))
			out->name = record_text(rec, "name");
	}
	out->where = f ? arena_printf(mem, _("at \"%s\""), field_label(f)) : "";
	if (day == clock_today(&app->clock))
		out->when = arena_printf(mem, "%02d:%02d", minute / 60, minute % 60);
	else
		out->when = arena_strdup(mem, date_iso(day, iso) + 5);
}

unsigned draft_resume(struct ui *ui, const struct draft *d)
{
	const struct kind *kind = kind_by_name(d->kind);
	const struct screen *screen = kind ? screen_of_kind(kind->id) : NULL;
	struct open_arg arg = { .draft = d->id, .variant = *d->variant ? d->variant : NULL,
		.resident = *d->resident ? d->resident : NULL, .record = *d->record ? d->record : NULL };
	struct err err;

	if (!screen) {
		ui_say(ui, FACE_WARN, _("This screen is not part of this edition yet."));
		return UI_HANDLED | UI_REDRAW;
	}
	if (arg.resident && !session_set_person(session_of(ui), arg.resident, &err))
		ui_fail(ui, &err);
	return ui_show(ui, screen, &arg);
}

/* ---- the screen --------------------------------------------------------------------------------------------------------- */

struct drafts {
	struct arena mem;
	struct draft *v;
	struct draft_line *lines;
	size_t n;
	struct table table;
};

static const struct column columns[] = {
	{ .head = N_("Form"), .min = 14, .weight = 1 },
	{ .head = N_("Name"), .min = 8, .weight = 1 },
	{ .head = N_("Filled up to"), .min = 16, .weight = 2 },
	{ .head = N_("Kept"), .min = 11 },
};

static size_t count(const void *ctx)
{
	return ((const struct drafts *)ctx)->n;
}

static int64_t id(const void *ctx, size_t row)
{
	return ((const struct drafts *)ctx)->v[row].id;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct draft_line *l = &((const struct drafts *)ctx)->lines[row];
	const char *const cells[] = { l->form, l->name, l->where, l->when };

	(void)tmp;
	return cells[col];
}

static const struct table_model model = { .count = count, .id = id, .cell = cell };

static bool drafts_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	struct drafts *d = st;

	(void)ui;
	(void)arg;
	(void)err;
	table_init(&d->table, columns, N_ELEMENTS(columns), &model, d, 0);
	d->table.empty = N_("No form was left unfinished.");
	return true;
}

static bool drafts_load(struct ui *ui, void *st, struct err *err)
{
	struct drafts *d = st;

	arena_clear(&d->mem);
	d->n = 0;
	if (!draft_list(app_of(ui), &d->mem, &d->v, &d->n, err))
		return false;
	d->lines = arena_alloc(&d->mem, (d->n + 1) * sizeof *d->lines);
	for (size_t i = 0; i < d->n; i++)
		draft_words_of(app_of(ui), &d->v[i], &d->mem, &d->lines[i]);
	table_reload(&d->table);
	return true;
}

static void drafts_close(struct ui *ui, void *st)
{
	struct drafts *d = st;

	(void)ui;
	table_release(&d->table);
	arena_release(&d->mem);
}

static void drafts_layout(struct ui *ui, void *st)
{
	table_layout(&((struct drafts *)st)->table, ui_body(ui));
}

static void drafts_draw(const struct ui *ui, const void *st, struct canvas *cv)
{
	screen_header(ui, cv, _("Unfinished forms"), NULL);
	table_draw(&((const struct drafts *)st)->table, cv, ui_body(ui), true);
}

static unsigned drafts_focus(const void *st)
{
	return table_focus(&((const struct drafts *)st)->table);
}

static unsigned after(struct ui *ui, const struct drafts *d, enum table_result r)
{
	size_t row;

	if (r == TABLE_OPENED && table_selected(&d->table, &row))
		return draft_resume(ui, &d->v[row]);
	return r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned drafts_command(struct ui *ui, void *st, enum cmd cmd)
{
	struct drafts *d = st;
	size_t row;

	if (cmd == CMD_VOID && table_selected(&d->table, &row))
		return prompt_confirm(ui, TAG_DROP, &(struct confirm){ .question = _("Throw this unfinished form away?"),
			.yes = _("Throw away"), .careful = true });
	return after(ui, d, table_command(&d->table, cmd));
}

static unsigned drafts_answer(struct ui *ui, void *st, int tag, const struct answer *a)
{
	struct drafts *d = st;
	struct err err;
	size_t row;

	if (tag != TAG_DROP || !a->ok || !table_selected(&d->table, &row))
		return UI_HANDLED | UI_REDRAW;
	if (!draft_drop(app_of(ui), d->v[row].id, &err))
		ui_fail(ui, &err);
	ui_changed(ui, TOPIC_DRAFT);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned drafts_key(struct ui *ui, void *st, struct key key)
{
	struct drafts *d = st;

	return after(ui, d, table_key(&d->table, key));
}

static unsigned drafts_click(struct ui *ui, void *st, int y, int x)
{
	struct drafts *d = st;

	return after(ui, d, table_click(&d->table, ui_body(ui), y, x));
}

static const struct binding keys[] = {
	{ "Enter", CMD_OPEN, N_("go on"), FOCUS_LIST },
	{ "Delete", CMD_VOID, N_("throw away"), FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen drafts_screen = {
	.name = "drafts",
	.title = N_("Unfinished forms"),
	.state_size = sizeof(struct drafts),
	.topics = TOPIC_DRAFT,
	.keys = keys,
	.open = drafts_open,
	.load = drafts_load,
	.layout = drafts_layout,
	.draw = drafts_draw,
	.focus = drafts_focus,
	.command = drafts_command,
	.key = drafts_key,
	.click = drafts_click,
	.answer = drafts_answer,
	.close = drafts_close,
};
