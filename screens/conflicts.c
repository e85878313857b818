/* Data on which we and the county differ: both sides beside each other, and a person's word for each field.  What the
 * county says is read by another process of this program (`cunyi conflicts`), because screens know no FHIR. */
#include <errno.h>
#include <unistd.h>

#include "app/base/json.h"
#include "app/base/mem.h"
#include "app/base/proc.h"
#include "app/service/directory.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/screens.h"

enum { ANSWER_MAX = 4 * 1024 * 1024 };

enum side { SIDE_OPEN, SIDE_OURS, SIDE_THEIRS };

struct dispute_field {
	const char *key, *label, *base, *ours, *theirs;
	enum side choice;
};

struct dispute {
	int64_t n;
	enum kind_id kind;
	const char *name;
	bool deleted_there;
	struct dispute_field *fields;
	size_t n_fields;
};

struct disputes {
	struct dispute *v;
	size_t n;
	size_t shown; /* whose fields the table shows; n = the list itself */
};

struct conflicts_screen {
	struct session *session;
	struct ui *ui;
	struct arena mem;
	struct disputes *d;
	struct table list, fields;
	bool inside;          /* the fields of one are shown */
	struct proc proc;
	struct sbuf answer;
	bool running, settling;
};

/* ---- the list and the fields of one ------------------------------------------------------------------------------------ */

static const struct column list_columns[] = {
	{ N_("Kind"), 10, 1, false, 0 },
	{ N_("Whose"), 10, 2, false, 0 },
	{ N_("What differs"), 20, 4, false, 0 },
};

static size_t list_count(const void *ctx)
{
	return ((const struct disputes *)ctx)->n;
}

static int64_t list_id(const void *ctx, size_t row)
{
	return ((const struct disputes *)ctx)->v[row].n;
}

static const char *list_cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct dispute *d = &((const struct disputes *)ctx)->v[row];

	if (col == 0)
		return term_text(&kind_by_id(d->kind)->term);
	if (col == 1)
		return d->name;
	if (d->deleted_there)
		sbuf_adds(tmp, _("deleted at the county"));
	for (size_t i = 0; i < d->n_fields; i++)
		sbuf_addf(tmp, "%s%s", tmp->len ? ", " : "", d->fields[i].label);
	return tmp->s;
}

static const struct table_model list_model = { .count = list_count, .id = list_id, .cell = list_cell };

static const struct column field_columns[] = {
	{ N_("Field"), 10, 1, false, 0 },
	{ N_("Before"), 10, 2, false, 2 },
	{ N_("Ours"), 12, 3, false, 0 },
	{ N_("The county's"), 12, 3, false, 0 },
	{ N_("Take"), 6, 0, false, 0 },
};

static const struct dispute *inside(const struct disputes *d)
{
	static const struct dispute none = { .name = "" };

	return d->shown < d->n ? &d->v[d->shown] : &none;
}

static size_t field_count(const void *ctx)
{
	return inside(ctx)->n_fields;
}

static int64_t field_id(const void *ctx, size_t row)
{
	(void)ctx;
	return (int64_t)row;
}

static const char *side_word(enum side s)
{
	return s == SIDE_OURS ? _("ours") : s == SIDE_THEIRS ? _("theirs") : "?";
}

static const char *field_cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct dispute_field *f = &inside(ctx)->fields[row];

	(void)tmp;
	switch (col) {
	case 0:
		return f->label;
	case 1:
		return f->base;
	case 2:
		return f->ours;
	case 3:
		return f->theirs;
	default:
		return side_word(f->choice);
	}
}

static enum face field_face(const void *ctx, size_t row, size_t col)
{
	const struct dispute_field *f = &inside(ctx)->fields[row];

	if (col == 4)
		return f->choice == SIDE_OPEN ? FACE_DUE : FACE_DONE;
	if (col == 2 || col == 3)
		return f->choice == (col == 2 ? SIDE_OURS : SIDE_THEIRS) ? FACE_DONE : FACE_NORMAL;
	return FACE_DIM;
}

static const struct table_model field_model = { .count = field_count, .id = field_id, .cell = field_cell,
	.face = field_face };

/* ---- reading what the other process says ----------------------------------------------------------------------------- */

static const char *text_of(struct conflicts_screen *st, const struct json_object *o, const char *key)
{
	const char *s = json_text(o, key);

	return s ? arena_strdup(&st->mem, s) : "";
}

static void read_field(struct conflicts_screen *st, const struct json_object *o, struct dispute_field *f)
{
	*f = (struct dispute_field){ .key = text_of(st, o, "key"), .label = text_of(st, o, "label"),
		.base = text_of(st, o, "base"), .ours = text_of(st, o, "ours"), .theirs = text_of(st, o, "theirs") };
}

static void read_dispute(struct conflicts_screen *st, const struct json_object *o, struct dispute *d)
{
	struct json_object *fields = json_array(o, "fields");
	const struct kind *kind = kind_by_name(json_text(o, "kind") ? json_text(o, "kind") : "");

	*d = (struct dispute){ .n = json_int(o, "n", 0), .kind = kind ? kind->id : KIND_RESIDENT,
		.name = text_of(st, o, "name"), .deleted_there = json_flag(o, "deleted_there", false),
		.n_fields = json_count(fields) };
	if (!*d->name && json_text(o, "resident"))
		d->name = directory_name(st->session->app, KIND_RESIDENT, json_text(o, "resident"), &st->mem);
	d->fields = arena_alloc(&st->mem, (d->n_fields + 1) * sizeof *d->fields);
	for (size_t i = 0; i < d->n_fields; i++)
		read_field(st, json_object_array_get_idx(fields, i), &d->fields[i]);
}

static bool take(struct conflicts_screen *st, const char *text, struct err *err)
{
	AUTO_JSON struct json_object *all = NULL;

	if (!json_parse(text, strlen(text), NULL, &all, err))
		return false;
	if (json_object_get_type(all) != json_type_array)
		return err_set(err, ERR_FORMAT, "%s", json_text(json_dict(all, "error"), "message") ?
			json_text(json_dict(all, "error"), "message") : _("The disputes cannot be read."));
	arena_clear(&st->mem);
	*st->d = (struct disputes){ .n = json_count(all) };
	st->d->shown = st->d->n;
	st->inside = false;
	st->d->v = arena_alloc(&st->mem, (st->d->n + 1) * sizeof *st->d->v);
	for (size_t i = 0; i < st->d->n; i++)
		read_dispute(st, json_object_array_get_idx(all, i), &st->d->v[i]);
	table_reload(&st->list);
	return true;
}

static void start(struct conflicts_screen *st, const char *const args[]);

static void start_list(struct conflicts_screen *st)
{
	const char *const args[] = { "--data", st->session->app->dir, "--lang", i18n_language(), "--json", "conflicts", "list",
		NULL };

	st->settling = false;
	start(st, args);
}

static void say_settled(struct conflicts_screen *st, struct ui *ui)
{
	AUTO_JSON struct json_object *o = NULL;
	struct err err;

	if (!json_parse(st->answer.s, st->answer.len, NULL, &o, &err))
		ui_fail(ui, &err);
	else if (json_text(json_dict(o, "error"), "message"))
		ui_say(ui, FACE_ERROR, "%s", json_text(json_dict(o, "error"), "message"));
	else
		ui_say(ui, FACE_DONE, _("Settled; the decision goes to the county with the next exchange."));
}

/* What it printed when it has ended. */
static unsigned ended(struct conflicts_screen *st, struct ui *ui)
{
	struct err err;

	proc_ended(&st->proc, true);
	proc_release(&st->proc);
	st->proc = (struct proc)PROC_INIT;
	st->running = false;
	if (!st->settling) {
		if (!take(st, st->answer.s, &err))
			ui_fail(ui, &err);
		return UI_HANDLED | UI_REDRAW;
	}
	say_settled(st, ui);
	ui_changed(ui, TOPIC_ALL & ~(unsigned)TOPIC_SYNC);
	start_list(st);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned ready(struct ui *ui, void *ctx)
{
	struct conflicts_screen *st = ctx;
	char buf[4096];
	ssize_t n;

	while ((n = read(st->proc.fd, buf, sizeof buf)) > 0)
		sbuf_add(&st->answer, buf, (size_t)n);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return UI_HANDLED;
	ui_unwatch(ui, st->proc.fd);
	return ended(st, ui);
}

static void start(struct conflicts_screen *st, const char *const args[])
{
	struct err err;

	sbuf_release(&st->answer);
	sbuf_init(&st->answer, ANSWER_MAX);
	if (!proc_start(&st->proc, args, &err)) {
		ui_fail(st->ui, &err);
		return;
	}
	st->running = true;
	ui_watch(st->ui, &(struct source){ .fd = st->proc.fd, .ready = ready, .ctx = st });
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	const struct open_arg *a = arg;
	struct conflicts_screen *st = state;

	st->session = session_of(ui);
	st->ui = ui;
	st->d = xcalloc(1, sizeof *st->d);
	st->proc = (struct proc)PROC_INIT;
	sbuf_init(&st->answer, ANSWER_MAX);
	table_init(&st->list, list_columns, N_ELEMENTS(list_columns), &list_model, st->d, 0);
	table_init(&st->fields, field_columns, N_ELEMENTS(field_columns), &field_model, st->d, 0);
	st->list.empty = N_("Nothing is in dispute.");
	if (a && a->text)
		return take(st, a->text, err);
	start_list(st);
	return true;
}

static void conflicts_close(struct ui *ui, void *state)
{
	struct conflicts_screen *st = state;

	if (st->running)
		ui_unwatch(ui, st->proc.fd);
	proc_release(&st->proc);
	sbuf_release(&st->answer);
	table_release(&st->list);
	table_release(&st->fields);
	arena_release(&st->mem);
	free(st->d);
}

/* ---- settling ------------------------------------------------------------------------------------------------------------ */

static unsigned settle(struct conflicts_screen *st, struct ui *ui)
{
	const struct dispute *d = inside(st->d);
	AUTO_ARENA struct arena mem = { 0 };
	const char **args = arena_alloc(&mem, (d->n_fields + 16) * sizeof *args);
	size_t n = 0;

	for (size_t i = 0; i < d->n_fields; i++)
		if (d->fields[i].choice == SIDE_OPEN) {
			ui_say(ui, FACE_WARN, _("%s: ours or the county's? 1 ours, 2 the county's."), d->fields[i].label);
			table_select(&st->fields, (int64_t)i);
			return UI_HANDLED | UI_REDRAW;
		}
	args[n++] = "--data";
	args[n++] = st->session->app->dir;
	args[n++] = "--json";
	args[n++] = "--as";
	args[n++] = st->session->app->actor;
	args[n++] = "conflicts";
	args[n++] = "settle";
	args[n++] = arena_printf(&mem, "%lld", (long long)d->n);
	for (size_t i = 0; i < d->n_fields; i++)
		args[n++] = arena_printf(&mem, "%s=%s", d->fields[i].key,
			d->fields[i].choice == SIDE_THEIRS ? "theirs" : "ours");
	args[n] = NULL;
	st->settling = true;
	start(st, args);
	ui_say(ui, FACE_INFO, _("Saving ..."));
	return UI_HANDLED | UI_REDRAW;
}

static unsigned choose_side(struct conflicts_screen *st, enum side side)
{
	struct dispute *d = &st->d->v[st->d->shown];
	size_t row;

	if (!table_selected(&st->fields, &row))
		return UI_HANDLED;
	d->fields[row].choice = side;
	table_command(&st->fields, CMD_DOWN);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned open_one(struct conflicts_screen *st)
{
	size_t row;

	if (!table_selected(&st->list, &row))
		return UI_HANDLED;
	st->d->shown = row;
	st->inside = true;
	st->fields.sel = st->fields.top = 0;
	table_reload(&st->fields);
	return UI_HANDLED | UI_REDRAW;
}

static unsigned command_inside(struct conflicts_screen *st, struct ui *ui, enum cmd cmd)
{
	switch ((int)cmd) {
	case CMD_BACK:
		st->inside = false;
		st->d->shown = st->d->n;
		return UI_HANDLED | UI_REDRAW;
	case CMD_ROW_1:
		return choose_side(st, SIDE_OURS);
	case CMD_ROW_2:
		return choose_side(st, SIDE_THEIRS);
	case CMD_SAVE:
		return st->running ? UI_HANDLED : settle(st, ui);
	default:
		return table_command(&st->fields, cmd) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
	}
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct conflicts_screen *st = state;
	enum table_result r;

	if (st->inside)
		return command_inside(st, ui, cmd);
	r = table_command(&st->list, cmd);
	return r == TABLE_OPENED ? open_one(st) : r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------------- */

static void layout(struct ui *ui, void *state)
{
	struct conflicts_screen *st = state;

	table_layout(&st->list, ui_body_below(ui, 1));
	table_layout(&st->fields, ui_body_below(ui, 1));
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct conflicts_screen *st = state;
	const struct dispute *d = st->inside ? inside(st->d) : NULL;
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf left = SBUF_INIT;

	sbuf_adds(&left, _("Disputes"));
	if (d)
		sbuf_addf(&left, "  %s %s", term_text(&kind_by_id(d->kind)->term), d->name);
	status_header(ui, cv, left.s, NULL);
	canvas_text(cv, r.y, r.x + 1, r.w - 2, FACE_HINT, st->running ? _("Reading ...") :
		d ? _("Both changed the same field. For each: 1 ours, 2 the county's; F2 saves the decision.") :
		_("Nothing was overwritten: both sides are kept until a person decides. Enter opens one."));
	table_draw(d ? &st->fields : &st->list, cv, ui_body_below(ui, 1), true);
}

static const struct binding keys[] = {
	{ "F2", CMD_SAVE, NULL, FOCUS_LIST },
	{ "1", CMD_ROW_1, "", FOCUS_LIST },
	{ "2", CMD_ROW_2, "", FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen conflicts_screen = {
	.name = "conflicts",
	.title = N_("Disputes"),
	.state_size = sizeof(struct conflicts_screen),
	.keys = keys,
	.open = open,
	.layout = layout,
	.draw = draw,
	.command = command,
	.close = conflicts_close,
};
