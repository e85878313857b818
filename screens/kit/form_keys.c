#include "screens/kit/form_int.h"

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/base/utf8.h"
#include "screens/kit/menu.h"

static void beep(struct ui *ui)
{
	if (ui)
		ui_beep(ui);
}

static unsigned done(void)
{
	return UI_HANDLED | UI_REDRAW;
}

/* ---- moving ------------------------------------------------------------------------------------------------------ */

static void go(struct form *f, size_t slot)
{
	f->focus = slot;
	form_prune(f);
	form_enter(f, f->focus);
}

/* Enter on the empty line at a list's end means: no more lines. */
static size_t after_list(const struct form *f)
{
	const struct form_slot *s = form_now(f);
	size_t i = f->focus;

	do
		i = form_step(f, i, 1);
	while (i < f->n_slots && f->slots[i].list == s->list);
	return i;
}

/* The second of two numbers joined by "/" means nothing when the first was left empty; what was taken from the last time
 * was looked at already, the arrows still reach it. */
static bool is_passed(const struct form *f, size_t at, const struct form_slot *from, bool entered)
{
	const struct form_slot *s = &f->slots[at];

	if (!strcmp(slot_label(s), "/") && entered && s->rec == from->rec && s - 1 == from && slot_is_number(from))
		return value_is_empty(slot_value(s));
	return slot_is_carried(f, s) && !value_is_empty(slot_value(s)) && s->list == NULL;
}

static size_t past_list(const struct form *f, size_t i)
{
	const struct field *list = f->slots[i].list;

	while (i < f->n_slots && f->slots[i].list == list)
		i = form_step(f, i, 1);
	return i;
}

static void go_on(struct form *f, bool entered)
{
	const struct form_slot *s = form_now(f);
	size_t next = entered && s->list && !s->rec ? after_list(f) : form_step(f, f->focus, 1);

	while (next < f->n_slots) {
		const struct form_slot *to = &f->slots[next];

		if (to->list && to->list != s->list && slot_is_carried(f, to))
			next = past_list(f, next);
		else if (is_passed(f, next, s, entered))
			next = form_step(f, next, 1);
		else
			break;
	}
	if (next < f->n_slots)
		go(f, next);
	else {
		form_begin(f);
		form_note(f, FACE_HINT, _("That was the last field. F2 saves."));
	}
}

static unsigned move(struct form *f, struct ui *ui, int step)
{
	size_t to;

	if (!form_leave(f, ui, LEAVE_ASK))
		return done();
	to = form_step(f, f->focus, step);
	if (to < f->n_slots)
		go(f, to);
	else
		form_begin(f);
	return done();
}

static int page_of(const struct form *f, size_t slot)
{
	size_t line = f->slots[slot].line;

	return line < f->n_lines ? f->lines[line].page : 0;
}

static unsigned turn_page(struct form *f, struct ui *ui, int by)
{
	int want = page_of(f, f->focus) + by;

	if (!form_leave(f, ui, LEAVE_ASK))
		return done();
	for (size_t i = 0; i < f->n_slots; i++)
		if (!f->slots[i].shown_only && page_of(f, i) == want) {
			go(f, i);
			return done();
		}
	form_begin(f);
	return done();
}

/* The next place on the same line is a number too: "152/88". */
static bool number_follows(const struct form *f)
{
	const struct form_slot *s = form_now(f);
	size_t i = form_step(f, f->focus, 1);
	const struct form_slot *next;

	if (i >= f->n_slots)
		return false;
	next = &f->slots[i];
	if (!slot_is_number(s) || !slot_is_number(next) || next->list != s->list || next->item != s->item)
		return false;
	return s->list || (s->f->row && s->f->row == next->f->row);
}

/* ---- the last value ---------------------------------------------------------------------------------------------- */

static bool may_carry(const struct field *fd)
{
	return !(fd->flags & (FIELD_MEASURED | FIELD_COMPUTED | FIELD_READONLY)) && fd->type != V_DATE &&
		fd->type != V_TIME;
}

static unsigned take_last(struct form *f, struct ui *ui)
{
	const struct form_slot *s = form_now(f);
	const struct value *last = slot_previous(f, s);
	char path[PATH_LEN];

	if (!may_carry(s->f) || (s->list && (s->list->flags & FIELD_MEASURED))) {
		form_note(f, FACE_WARN, _("A measured value or a date is never copied from the last time."));
		beep(ui);
		return done();
	}
	if (!last) {
		form_note(f, FACE_HINT, _("There is no last value of this field."));
		beep(ui);
		return done();
	}
	slot_path(s, path);
	form_store(f, last);
	form_set_mark(f, path, MARK_CARRIED, true);
	*f->note = '\0';
	go_on(f, false);
	return done();
}

/* Items of a copied list keep no measured value and no date. */
static void clean_items(const struct value *v)
{
	for (size_t i = 0; i < v->n_items; i++)
		for (size_t k = 0; k < v->items[i]->form->n_fields; k++)
			if (!may_carry(&v->items[i]->form->fields[k]))
				v->items[i]->values[k] = (struct value){ 0 };
}

static int carry_fields(struct form *f)
{
	int n = 0;

	for (size_t i = 0; i < f->rec->form->n_fields; i++) {
		const struct field *fd = &f->rec->form->fields[i];
		const struct value *last = record_get(f->previous, fd->key);

		if (!(fd->flags & FIELD_HISTORY) || !may_carry(fd) || value_is_empty(last) ||
			!value_is_empty(&f->rec->values[i]))
			continue;
		record_set(f->rec, fd->key, last);
		clean_items(&f->rec->values[i]);
		form_set_mark(f, fd->key, MARK_CARRIED, true);
		n++;
	}
	return n;
}

static unsigned as_before(struct form *f, struct ui *ui)
{
	size_t i;
	int n;

	if (!form_leave(f, ui, LEAVE_FLOW))
		return done();
	n = f->previous ? carry_fields(f) : 0;
	if (!n) {
		form_begin(f);
		form_note(f, FACE_HINT, f->previous ? _("Nothing is left to take from the last time.") :
			_("There is no record of a last time."));
		beep(ui);
		return done();
	}
	f->dirty = true;
	form_refresh(f);
	if (f->hooks.changed)
		f->hooks.changed(f->hooks.ctx, "");
	for (i = f->focus; i < f->n_slots; i++)
		if (!f->slots[i].shown_only && value_is_empty(slot_value(&f->slots[i])) &&
			(!f->slots[i].list || i == f->focus))
			break;
	if (i < f->n_slots)
		go(f, i);
	form_note(f, FACE_INFO, ngettext("%d item as before. Change what is different today.",
		"%d items as before. Change what is different today.", (unsigned long)n), n);
	return done();
}

/* ---- codes ------------------------------------------------------------------------------------------------------- */

static unsigned no_such_code(struct form *f, struct ui *ui, const char *typed)
{
	form_note(f, FACE_ERROR, _("%s: there is no code %s. F4 shows them."), field_label(form_now(f)->f), typed);
	beep(ui);
	return done();
}

static void store_code(struct form *f, enum value_kind kind, const char *text)
{
	form_store(f, &(struct value){ .kind = *text ? kind : V_EMPTY, .text = *text ? text : NULL });
}

static bool longer_code(const struct field *fd, const char *typed)
{
	size_t n = strlen(typed);

	for (const struct code *c = fd->codes; c && c->code; c++)
		if (strlen(c->code) > n && !strncmp(c->code, typed, n))
			return true;
	return false;
}

/* A digit sets the code and goes on, unless a longer code begins so. */
static unsigned code_digit(struct form *f, struct ui *ui, struct key key)
{
	const struct field *fd = form_now(f)->f;
	const struct code *c;

	if (!f->typed)
		edit_clear(&f->edit);
	edit_key(&f->edit, key);
	f->typed = true;
	f->fresh = false;
	if (longer_code(fd, f->edit.text.s))
		return done();
	c = field_code(fd, f->edit.text.s);
	if (!c) {
		no_such_code(f, ui, f->edit.text.s);
		form_begin(f);
		return done();
	}
	f->typed = false;
	store_code(f, V_CODE, c->code);
	go_on(f, false);
	return done();
}

/* The set after toggling one code, in the order of the table.  An exclusive code and the others clear each other. */
static void toggled(const struct field *fd, const struct value *v, const struct code *toggle, struct sbuf *out)
{
	bool on = !value_has_code(v, toggle->code);

	for (const struct code *c = fd->codes; c->code; c++) {
		bool has = c == toggle ? on : value_has_code(v, c->code);

		if (on && c != toggle && (toggle->exclusive || c->exclusive))
			has = false;
		if (has)
			sbuf_addf(out, "%s%s", out->len ? "," : "", c->code);
	}
}

static void toggle(struct form *f, const struct code *c)
{
	AUTO_SBUF struct sbuf set = SBUF_INIT;
	const struct form_slot *s = form_now(f);

	toggled(s->f, slot_value(s), c, &set);
	store_code(f, V_CODES, set.s);
	form_begin(f);
}

/* Large codes are typed with separators; one that is complete gets its own. */
static unsigned codes_digit(struct form *f, struct ui *ui, struct key key)
{
	const struct field *fd = form_now(f)->f;
	char typed[8] = "";
	const char *last;

	if (codes_are_digits(fd)) {
		const struct code *c;

		typed[0] = (char)key.code;
		c = field_code(fd, typed);
		if (!c)
			return no_such_code(f, ui, typed);
		toggle(f, c);
		return done();
	}
	if (f->fresh)
		edit_clear(&f->edit);
	f->fresh = false;
	f->typed = true;
	edit_key(&f->edit, key);
	last = strrchr(f->edit.text.s, ',');
	last = last ? last + 1 : f->edit.text.s;
	if (*last && field_code(fd, last) && !longer_code(fd, last))
		edit_key(&f->edit, (struct key){ .code = ',' });
	return done();
}

/* What was typed with separators: the exclusive code wins when it was typed last, else it goes. */
static void settle_exclusive(struct form *f)
{
	AUTO_SBUF struct sbuf kept = SBUF_INIT;
	const struct field *fd = form_now(f)->f;
	size_t n = f->edit.text.len, count = 0;
	const struct code *last = NULL;

	while (n && f->edit.text.s[n - 1] == ',')
		n--;
	for (size_t i = 0; i < n; count++) {
		char one[16];
		size_t len = strcspn(f->edit.text.s + i, ",");

		snprintf(one, sizeof one, "%.*s", (int)len, f->edit.text.s + i);
		last = field_code(fd, one);
		if (!last)
			return; /* form_leave() will say so */
		if (!last->exclusive)
			sbuf_addf(&kept, "%s%s", kept.len ? "," : "", one);
		i += len + 1;
	}
	if (last && count > 1)
		edit_set(&f->edit, last->exclusive ? last->code : kept.s);
}

/* ---- numbers and dates ------------------------------------------------------------------------------------------- */

static unsigned flow_on(struct form *f, struct ui *ui)
{
	if (form_leave(f, ui, LEAVE_FLOW))
		go_on(f, false);
	return done();
}

/* The third digit of a number that can have no more goes on to the next on the line. */
static bool is_full(const struct form *f)
{
	const struct field *fd = form_now(f)->f;

	return fd->type == V_INT && fd->hard.hi >= 100 && fd->hard.hi <= 999 && f->edit.text.len == 3 &&
		f->edit.caret == 3 && number_follows(f);
}

static unsigned number_key(struct form *f, struct ui *ui, struct key key)
{
	uint32_t c = key_fold(key).code;

	if (key_is_text(key) && (c == '/' || c == ' ')) {
		if (!f->edit.text.len || f->fresh)
			return done(); /* it was typed after a number that went on by itself */
		if (number_follows(f))
			return flow_on(f, ui);
		beep(ui);
		return done();
	}
	if (!edit_takes(&f->edit, key) && !(f->fresh && c == '.'))
		return 0;
	if (f->fresh)
		edit_clear(&f->edit);
	edit_key(&f->edit, key);
	f->fresh = false;
	f->typed = true;
	return is_full(f) ? flow_on(f, ui) : done();
}

static unsigned date_key(struct form *f, struct key key)
{
	if (!edit_takes(&f->edit, key))
		return 0;
	if (f->fresh)
		edit_clear(&f->edit);
	f->fresh = false;
	f->typed = true;
	edit_key(&f->edit, key);
	return done();
}

/* Left and Right on a date that is not being typed: a day back or on. */
static bool shift_date(struct form *f, struct key key)
{
	const struct form_slot *s = form_now(f);
	int32_t day = value_is_empty(slot_value(s)) ? NO_DAY : date_day(slot_value(s)->text);
	char iso[DATE_LEN];

	if (s->f->type != V_DATE || !f->fresh || day == NO_DAY || key.mods ||
		(key.code != K_LEFT && key.code != K_RIGHT))
		return false;
	form_store(f, &(struct value){ .kind = V_DATE, .text = date_iso(key.code == K_LEFT ? day - 1 : day + 1, iso) });
	form_begin(f);
	return true;
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static bool is_digit(struct key key)
{
	uint32_t c = key_fold(key).code;

	return key_is_text(key) && c >= '0' && c <= '9';
}

static unsigned typed_key(struct form *f, struct ui *ui, struct key key)
{
	const struct form_slot *s = form_now(f);
	struct key k = key_fold(key);

	if (slot_is_number(s))
		return number_key(f, ui, key);
	if (s->f->type == V_DATE)
		return date_key(f, key);
	if (s->f->type == V_CODE && is_digit(key))
		return code_digit(f, ui, k);
	if (s->f->type == V_CODES && is_digit(key))
		return codes_digit(f, ui, k);
	if (s->f->type == V_CODES && edit_takes(&f->edit, key)) {
		f->typed |= edit_key(&f->edit, key);
		return done();
	}
	if (s->f->type != V_TEXT || !edit_key(&f->edit, key))
		return 0;
	f->typed = true;
	f->fresh = false;
	return done();
}

/* Backspace, Delete, arrows inside the value. */
static unsigned edit_value(struct form *f, struct key key)
{
	const struct form_slot *s = form_now(f);
	bool erases = key.code == K_BACKSPACE || key.code == K_DELETE;

	if (shift_date(f, key))
		return done();
	if (erases && (s->f->type == V_REF || s->f->type == V_CODE ||
		(s->f->type == V_CODES && codes_are_digits(s->f)))) {
		store_code(f, s->f->type, "");
		form_begin(f);
		return done();
	}
	if (s->f->type == V_REF || !edit_key(&f->edit, key))
		return 0;
	f->fresh = false;
	f->typed |= erases || key.mods;
	return done();
}

static unsigned enter(struct form *f, struct ui *ui)
{
	bool was_empty;

	if (!strcmp(f->edit.text.s, ".") && f->typed) {
		form_begin(f);
		return take_last(f, ui);
	}
	if (f->typed && form_now(f)->f->type == V_CODES)
		settle_exclusive(f);
	was_empty = !f->edit.text.len;
	if (form_leave(f, ui, LEAVE_ASK))
		go_on(f, was_empty);
	return done();
}

unsigned form_key(struct form *f, struct ui *ui, struct key key)
{
	struct key k = key_fold(key);

	if (!f->n_slots || form_now(f)->shown_only)
		return 0;
	if (!f->asking)
		*f->note = '\0';
	if (key.code == K_ENTER && !key.mods)
		return enter(f, ui);
	if (key_is_text(k) && k.code == '=' && !f->edit.text.len)
		return take_last(f, ui);
	if (key.code == 'x' && key.mods == MOD_CTRL && form_now(f)->list) {
		form_remove_item(f);
		return done();
	}
	if (f->asking && key_is_text(key)) {
		f->asking = false; /* it is being typed again */
		*f->note = '\0';
	}
	return key_is_text(key) ? typed_key(f, ui, key) : edit_value(f, key);
}

/* ---- the list of codes ------------------------------------------------------------------------------------------- */

static unsigned show_codes(struct form *f, struct ui *ui)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct form_slot *s = form_now(f);
	struct menu menu = { .title = field_label(s->f), .selected = -1, .match = f->hooks.match };
	struct menu_item *items;
	size_t n = 0;

	while (s->f->codes[n].code)
		n++;
	items = arena_alloc(&mem, (n + 1) * sizeof *items);
	for (size_t i = 0; i < n; i++) {
		const struct code *c = &s->f->codes[i];

		items[i] = (struct menu_item){ .text = term_text(&c->term), .detail = c->code, .value = (int64_t)i,
			.search = arena_printf(&mem, "%s %s", c->term.zh, c->term.en),
			.checked = value_has_code(slot_value(s), c->code) };
		if (items[i].checked && menu.selected < 0)
			menu.selected = (int64_t)i;
	}
	menu.items = items;
	menu.n_items = n;
	return menu_show(ui, FORM_TAG_CODES, &menu);
}

static unsigned pick(struct form *f, struct ui *ui)
{
	const struct form_slot *s = form_now(f);

	if (!f->n_slots || s->shown_only)
		return 0;
	if (s->f->codes && (s->f->type == V_CODE || s->f->type == V_CODES))
		return form_leave(f, ui, LEAVE_FLOW) ? show_codes(f, ui) : done();
	if (f->hooks.pick && f->hooks.pick(f->hooks.ctx, ui, s->f))
		return done();
	form_note(f, FACE_HINT, _("This field has no list; type it."));
	beep(ui);
	return done();
}

unsigned form_answer(struct form *f, struct ui *ui, int tag, const struct answer *answer)
{
	const struct form_slot *s = form_now(f);
	const struct code *c;

	if (tag != FORM_TAG_CODES)
		return 0;
	if (!answer->ok || !f->n_slots || !s->f->codes)
		return done();
	c = &s->f->codes[answer->choice];
	if (s->f->type == V_CODE) {
		store_code(f, V_CODE, c->code);
		go_on(f, false);
		return done();
	}
	toggle(f, c);
	return show_codes(f, ui); /* several may be chosen; Esc ends */
}

/* ---- commands, paste, click -------------------------------------------------------------------------------------- */

static unsigned add_line(struct form *f, struct ui *ui)
{
	const struct field *list = form_now(f)->list;

	if (!list)
		return 0;
	if (!form_leave(f, ui, LEAVE_FLOW))
		return done();
	for (size_t i = 0; i < f->n_slots; i++)
		if (f->slots[i].list == list && !f->slots[i].rec) {
			go(f, i);
			break;
		}
	return done();
}

unsigned form_command(struct form *f, struct ui *ui, enum cmd cmd)
{
	if (!f->n_slots)
		return 0;
	switch ((int)cmd) {
	case CMD_OPEN:
		return enter(f, ui);
	case CMD_UP:
	case CMD_PREVIOUS:
		return move(f, ui, -1);
	case CMD_DOWN:
	case CMD_NEXT:
		return move(f, ui, 1);
	case CMD_PAGE_UP:
		return turn_page(f, ui, -1);
	case CMD_PAGE_DOWN:
		return turn_page(f, ui, 1);
	case CMD_AS_BEFORE:
		return as_before(f, ui);
	case CMD_CODES:
	case CMD_NEW:
		return pick(f, ui);
	case CMD_ADD:
		return add_line(f, ui);
	case CMD_STOP:
		if (!form_now(f)->list)
			return 0;
		form_remove_item(f);
		return done();
	default:
		return 0;
	}
}

unsigned form_paste(struct form *f, struct ui *ui, const char *text, enum paste kind)
{
	const struct form_slot *s = form_now(f);

	if (!f->n_slots || s->shown_only)
		return 0;
	if (s->f->type == V_REF || s->f->type == V_CODE || s->f->type == V_CODES ||
		(kind == PASTE_SCAN && s->f->type != V_TEXT)) {
		form_note(f, FACE_WARN, _("%s takes no pasted or scanned text."), field_label(s->f));
		beep(ui);
		return done();
	}
	if (f->fresh && s->f->type != V_TEXT)
		edit_clear(&f->edit);
	if (kind == PASTE_SCAN)
		edit_clear(&f->edit);
	f->typed |= edit_paste(&f->edit, text);
	f->fresh = false;
	return kind == PASTE_SCAN ? enter(f, ui) : done();
}

unsigned form_click(struct form *f, struct ui *ui, struct rect area, int y, int x)
{
	for (size_t i = 0; i < f->n_slots; i++) {
		const struct form_slot *s = &f->slots[i];
		const struct form_line *l = s->line < f->n_lines ? &f->lines[s->line] : NULL;

		if (s->shown_only || !l || l->page != f->page || y < area.y + l->y || y >= area.y + l->y + l->h ||
			x < area.x + s->label_x || x >= area.x + s->x + s->w)
			continue;
		if (form_leave(f, ui, LEAVE_ASK) && i < f->n_slots)
			go(f, i);
		return done();
	}
	return 0;
}
