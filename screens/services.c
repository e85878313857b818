/* What was given under a person's contract: the counters, each service with the record that proves it.  F4 enters one by
 * hand, Enter opens the record, F9 prints the agreement with the list to be signed. */
#include "app/base/utf8.h"
#include "app/service/contract_plan.h"
#include "app/service/contract_services.h"
#include "screens/form_screen.h"
#include "screens/kit/prompt.h"
#include "screens/kit/status.h"
#include "screens/list_base.h"
#include "screens/people.h"
#include "screens/print.h"

enum { TAG_PRINT = 1 };

struct services {
	struct contract_service *v;
	size_t n;
	struct record *contract; /* NULL: he has none */
	struct fulfilment done;
};

struct services_screen {
	struct list_base base;
	char resident[RECORD_ID_MAX + 1];
};

static const struct services *services_of(const struct services_screen *st)
{
	return st->base.rows;
}

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

/* Of the contract that counts today, or the newest one. */
static bool read(struct list_base *b, struct arena *mem, void *rows, struct err *err)
{
	struct services *s = rows;
	struct overview o;

	if (!overview_read(b->app, ((struct services_screen *)b)->resident, mem, &o, err))
		return false;
	s->contract = o.contract;
	return !o.contract || (contract_fulfilment(b->app, o.contract, &s->done, err) &&
				      contract_services(b->app, o.contract, mem, &s->v, &s->n, err));
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
	const struct services *s = services_of(st);
	struct rect r = ui_body(ui);
	AUTO_SBUF struct sbuf head = SBUF_INIT;
	AUTO_ARENA struct arena mem = { 0 };

	sbuf_addf(&head, "%s  %s", _("Services given"), record_name(st->base.app, KIND_RESIDENT, st->resident, &mem));
	if (s->contract)
		sbuf_addf(&head, "  %s - %s", record_text(s->contract, "start"),
			record_text(s->contract, "end") ? record_text(s->contract, "end") : "");
	status_header(ui, cv, head.s, NULL);
	if (s->contract)
		draw_counters(&s->done, cv, (struct rect){ r.y, r.x + 1, 3, r.w - 2 });
	list_base_draw(&st->base, ui, cv);
}

static unsigned open_source(struct list_base *b, struct ui *ui, size_t row)
{
	const struct contract_service *s = &((const struct services *)b->rows)->v[row];
	char id[RECORD_ID_MAX + 1];

	snprintf(id, sizeof id, "%s", s->source);
	return s->kind == KIND_RESIDENT ? person_open(ui, id) : record_open(ui, s->kind, id, false);
}

static unsigned enter_one(struct services_screen *st, struct ui *ui)
{
	struct open_arg arg = { .resident = st->resident };

	if (!services_of(st)->contract) {
		ui_say(ui, FACE_HINT, _("No contract covers this day. Sign one first."));
		return UI_HANDLED | UI_REDRAW;
	}
	return ui_show(ui, &service_screen, &arg);
}

static unsigned show_code(struct services_screen *st, struct ui *ui)
{
	const struct record *contract = services_of(st)->contract;
	struct open_arg arg = { .resident = st->resident, .record = contract ? contract->meta.id : NULL,
		.kind = KIND_CONTRACT };

	return ui_show(ui, &code_screen, &arg);
}

static unsigned command(struct list_base *b, struct ui *ui, enum cmd cmd)
{
	struct services_screen *st = (struct services_screen *)b;
	struct record *contract = services_of(st)->contract;

	switch ((int)cmd) {
	case CMD_NEW:
		return enter_one(st, ui);
	case CMD_PRINT:
		return contract ? print_ask(ui, TAG_PRINT, KIND_CONTRACT, contract) : UI_HANDLED;
	case CMD_SIGN:
		return person_command(ui, st->resident, cmd);
	case CMD_QR:
		return show_code(st, ui);
	default:
		return 0;
	}
}

static unsigned answer(struct ui *ui, void *state, int tag, const struct answer *a)
{
	struct record *contract = services_of(state)->contract;

	if (tag != TAG_PRINT || !a->ok || !contract)
		return UI_HANDLED | UI_REDRAW;
	return print_record(ui, KIND_CONTRACT, contract, a->text);
}

static const struct list_table list = { .cols = columns, .n_cols = N_ELEMENTS(columns), .model = &model,
	.empty = N_("Nothing was given yet, or there is no contract: S signs one."), .rows_size = sizeof(struct services),
	.above = 3, .read = read, .enter = open_source, .command = command };

static bool open(struct ui *ui, void *state, const void *arg, struct err *err)
{
	const struct open_arg *a = arg;
	struct services_screen *st = state;

	snprintf(st->resident, sizeof st->resident, "%s", a && a->resident ? a->resident : session_of(ui)->person.id);
	if (!*st->resident)
		return err_set(err, ERR_NOT_CHOSEN, _("Choose a person first."));
	return list_base_open(&st->base, ui, &list);
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
	.draw = draw,
	.answer = answer,
	LIST_BASE_MEMBERS,
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
