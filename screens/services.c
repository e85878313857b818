/* What was given under a person's contract: the counters, each service with the record that proves it.  F4 enters one by
 * hand, Enter opens the record, F9 prints the agreement with the list to be signed. */
#include "app/base/mem.h"
#include "app/base/utf8.h"
#include "app/service/contract_plan.h"
#include "app/service/contract_services.h"
#include "screens/form_screen.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/kit/table.h"
#include "screens/people.h"
#include "screens/print.h"

enum { TAG_PRINT = 1 };

struct services {
	struct contract_service *v;
	size_t n;
};

struct services_screen {
	struct app *app;
	struct arena mem;
	struct services *services;
	struct table table;
	char resident[RECORD_ID_MAX + 1];
	struct record *contract; /* NULL: he has none */
	struct fulfilment done;
};

static const struct column columns[] = {
	{ N_("Date"), 10, 0, false, 0 },
	{ N_("Service"), 12, 1, false, 0 },
	{ N_("What was done"), 24, 3, false, 0 },
	{ N_("By"), 8, 1, false, 1 },
	{ N_("Confirmed"), 10, 1, false, 2 },
};

static size_t row_count(const void *ctx)
{
	return ((const struct services *)ctx)->n;
}

static int64_t row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return (int64_t)row;
}

static const char *cell(const void *ctx, size_t row, size_t col, struct sbuf *tmp)
{
	const struct contract_service *s = &((const struct services *)ctx)->v[row];

	(void)tmp;
	switch (col) {
	case 0:
		return s->day;
	case 1:
		return term_text(s->item);
	case 2:
		return s->what;
	case 3:
		return s->by;
	default:
		return s->signed_;
	}
}

static const struct table_model model = { .count = row_count, .id = row_id, .cell = cell };

/* The contract that counts today, or the newest one. */
static bool read_contract(struct services_screen *st, struct arena *mem, struct err *err)
{
	struct overview o;

	if (!overview_read(st->app, st->resident, mem, &o, err))
		return false;
	st->contract = o.contract;
	st->done = (struct fulfilment){ 0 };
	return !o.contract || contract_fulfilment(st->app, o.contract, &st->done, err);
}

static bool load(struct ui *ui, void *state, struct err *err)
{
	struct services_screen *st = state;
	struct arena fresh = { 0 };
	struct services s = { 0 };

	(void)ui;
	if (!read_contract(st, &fresh, err) ||
		(st->contract && !contract_services(st->app, st->contract, &fresh, &s.v, &s.n, err))) {
		arena_release(&fresh);
		return false;
	}
	arena_release(&st->mem);
	st->mem = fresh;
	*st->services = s;
	table_reload(&st->table);
	return true;
}

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	const struct open_arg *a = arg;
	struct services_screen *st = state;

	st->app = app_of(ui);
	snprintf(st->resident, sizeof st->resident, "%s", a && a->resident ? a->resident : session_of(ui)->person.id);
	if (!*st->resident)
		return err_set(err, ERR_NOT_CHOSEN, _("Choose a person first."));
	st->services = xcalloc(1, sizeof *st->services);
	table_init(&st->table, columns, N_ELEMENTS(columns), &model, st->services, 0);
	st->table.empty = N_("Nothing was given yet, or there is no contract: S signs one.");
	return true;
}

static void close(struct ui *ui, void *state)
{
	struct services_screen *st = state;

	(void)ui;
	table_release(&st->table);
	arena_release(&st->mem);
	free(st->services);
}

static void layout(struct ui *ui, void *state)
{
	table_layout(&((struct services_screen *)state)->table, ui_body_below(ui, 3));
}

/* One after the other, none broken at the line's end. */
static void draw_counters(const struct fulfilment *f, struct canvas *cv, struct rect r)
{
	int y = r.y, x = r.x;

	x += canvas_textf(cv, y, x, r.w, FACE_HEAD, "%s %lld/%lld", _("Done"), (long long)f->done, (long long)f->planned);
	for (size_t i = 0; i < f->n && y < r.y + r.h; i++) {
		const struct fulfilment_item *item = &f->item[i];
		bool all = item->done >= item->planned;
		AUTO_SBUF struct sbuf text = SBUF_INIT;

		sbuf_addf(&text, "%s %lld/%lld%s%s", term_text(item->term), (long long)item->done, (long long)item->planned,
			all ? "✓" : "", item->counted ? "" : _(" (by hand)"));
		if (x + 2 + utf8_width(text.s) > r.x + r.w) {
			y++;
			x = r.x - 2;
		}
		if (y < r.y + r.h)
			x += 2 + canvas_text(cv, y, x + 2, r.w, all ? FACE_DONE : FACE_NORMAL, text.s);
	}
}

static void draw(const struct ui *ui, const void *state, struct canvas *cv)
{
	const struct services_screen *st = state;
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	AUTO_ARENA struct arena mem = { 0 };

	sbuf_addf(&head, "%s  %s", _("Services given"), record_name(st->app, KIND_RESIDENT, st->resident, &mem));
	if (st->contract)
		sbuf_addf(&head, "  %s - %s", record_text(st->contract, "start"),
			record_text(st->contract, "end") ? record_text(st->contract, "end") : "");
	status_header(ui, cv, head.s, NULL);
	if (st->contract)
		draw_counters(&st->done, cv, (struct rect){ r.y, r.x + 1, 3, r.w - 2 });
	table_draw(&st->table, cv, ui_body_below(ui, 3), true);
}

static unsigned focus(const void *state)
{
	return table_focus(&((const struct services_screen *)state)->table);
}

static unsigned open_source(struct services_screen *st, struct ui *ui)
{
	char id[RECORD_ID_MAX + 1];
	size_t row;

	if (!table_selected(&st->table, &row))
		return UI_HANDLED;
	snprintf(id, sizeof id, "%s", st->services->v[row].source);
	return st->services->v[row].kind == KIND_RESIDENT ? person_open(ui, id) :
							      record_open(ui, st->services->v[row].kind, id, false);
}

static unsigned enter_one(struct services_screen *st, struct ui *ui)
{
	struct open_arg arg = { .resident = st->resident };

	if (!st->contract) {
		ui_say(ui, FACE_HINT, _("No contract covers this day. Sign one first."));
		return UI_HANDLED | UI_REDRAW;
	}
	return ui_show(ui, &service_screen, &arg);
}

static unsigned show_code(struct services_screen *st, struct ui *ui)
{
	struct open_arg arg = { .resident = st->resident, .record = st->contract ? st->contract->meta.id : NULL,
		.kind = KIND_CONTRACT };

	return ui_show(ui, &code_screen, &arg);
}

static unsigned command(struct ui *ui, void *state, enum cmd cmd)
{
	struct services_screen *st = state;
	enum table_result r;

	switch ((int)cmd) {
	case CMD_NEW:
		return enter_one(st, ui);
	case CMD_PRINT:
		return st->contract ? print_ask(ui, TAG_PRINT, KIND_CONTRACT, st->contract) : UI_HANDLED;
	case CMD_SIGN:
		return person_command(ui, st->resident, cmd);
	case CMD_QR:
		return show_code(st, ui);
	default:
		break;
	}
	r = table_command(&st->table, cmd);
	return r == TABLE_OPENED ? open_source(st, ui) : r == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	const struct services_screen *st = state;

	if (tag != TAG_PRINT || !a->ok || !st->contract)
		return UI_HANDLED | UI_REDRAW;
	return print_record(ui, KIND_CONTRACT, st->contract, a->text);
}

static unsigned key(struct ui *ui, void *state, struct key k)
{
	(void)ui;
	return table_key(&((struct services_screen *)state)->table, k) == TABLE_NOT_MINE ? 0 : UI_HANDLED | UI_REDRAW;
}

static const struct binding keys[] = {
	{ "F4", CMD_NEW, N_("enter one"), FOCUS_LIST },
	{ "F9", CMD_PRINT, NULL, 0 },
	{ "s", CMD_SIGN, "", FOCUS_LIST },
	{ "c", CMD_QR, NULL, FOCUS_LIST },
	{ "/", CMD_FILTER, NULL, FOCUS_LIST },
	{ NULL, CMD_NONE, NULL, 0 },
};

const struct screen services_screen = {
	.name = "services",
	.title = N_("Services given"),
	.state_size = sizeof(struct services_screen),
	.topics = TOPIC_PERSON,
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

/* ---- one by hand ----------------------------------------------------------------------------------------------------------- */

/* The box tells what the contract of that day still owes. */
static void box(const struct form_screen *fs, struct form_box *out)
{
	const char *id = record_text(fs->preview.rec ? fs->preview.rec : fs->rec, "contract");
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct fulfilment f;
	struct record *contract;
	struct err err;

	if (id && record_load(fs->app, KIND_CONTRACT, id, &mem, &contract, &err) &&
		contract_fulfilment(fs->app, contract, &f, &err))
		for (size_t i = 0; i < f.n; i++)
			if (f.item[i].done < f.item[i].planned)
				sbuf_addf(&text, " %s %lld/%lld", term_text(f.item[i].term), (long long)f.item[i].done,
					(long long)f.item[i].planned);
	if (text.len)
		form_box_add(out, FACE_HINT, _("Still owed"), "%s", text.s + 1);
	form_screen_box(fs, out);
}

static const struct form_table service_table = { .kind = KIND_SERVICE, .today = "date", .box = box, .keep_open = true };

static bool service_open(struct ui *ui, void *st, const void *arg, struct err *err)
{
	return form_screen_open(ui, st, &service_table, arg, err);
}

const struct screen service_screen = {
	.name = "service", .title = N_("Service given"), .state_size = sizeof(struct form_screen), .keys = form_screen_keys,
	.open = service_open, FORM_SCREEN_MEMBERS,
};
