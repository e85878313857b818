#include "screens/kit/form_int.h"

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/base/utf8.h"
#include "screens/kit/menu.h"

/* ---- moving ------------------------------------------------------------------------------------------------------ */

static void go(struct form *f, size_t slot)
{
	f->focus = slot;
	form_prune(f, form_now(f)->rec);
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

/* The second of two numbers joined by "/" means nothing when the first was left empty; what was filled without typing is
 * passed, the arrows still reach it. */
static bool is_passed(const struct form *f, size_t at, const struct form_slot *from, bool entered)
{
	const struct form_slot *s = &f->slots[at];

	if (!strcmp(slot_label(s), "/") && entered && s->rec == from->rec && s - 1 == from && slot_is_number(from))
		return value_is_empty(slot_value(s));
	if (s->list) /* of a line that he typed: what the program added to it */
		return s->rec == from->rec && slot_is_given(f, s);
	if (value_is_empty(slot_value(s)))
		return f->hooks.passed && f->hooks.passed(f->hooks.ctx, s->f);
	return slot_is_filled(f, s);
}

/* A whole list is passed when it is filled without typing, or empty and not asked for. */
static bool list_is_passed(const struct form *f, const struct form_slot *to)
{
	return slot_is_filled(f, to) || (!to->rec && f->hooks.passed && f->hooks.passed(f->hooks.ctx, to->list));
}

static size_t past_list(const struct form *f, size_t i)
{
	const struct field *list = f->slots[i].list;

	while (i < f->n_slots && f->slots[i].list == list)
		i = form_step(f, i, 1);
	return i;
}

void form_go_on(struct form *f, bool entered)
{
	const struct form_slot *s = form_now(f);
	size_t next = entered && s->list && !s->rec ? after_list(f) : form_step(f, f->focus, 1);

	while (next < f->n_slots) {
		const struct form_slot *to = &f->slots[next];

		if (to->list && to->list != s->list && list_is_passed(f, to))
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
		return FORM_DONE;
	to = form_step(f, f->focus, step);
	if (to < f->n_slots)
		go(f, to);
	else
		form_begin(f);
	return FORM_DONE;
}

static int page_of(const struct form *f, size_t slot)
{
	size_t line = f->slots[slot].line;

	return line < f->n_lines ? f->lines[line].page : 0;
}

static unsigned turn_page(struct form *f, struct ui *ui, int by)
{
	int want;

	if (!form_leave(f, ui, LEAVE_ASK))
		return FORM_DONE;
	form_layout(f, (struct rect){ .h = f->h, .w = f->w }); /* lines may have come or gone since the last frame */
	want = page_of(f, f->focus) + by;
	for (size_t i = 0; i < f->n_slots; i++)
		if (!f->slots[i].shown_only && page_of(f, i) == want) {
			go(f, i);
			return FORM_DONE;
		}
	form_begin(f);
	return FORM_DONE;
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
		form_beep(ui);
		return FORM_DONE;
	}
	if (!last) {
		form_note(f, FACE_HINT, _("There is no last value of this field."));
		form_beep(ui);
		return FORM_DONE;
	}
	slot_path(s, path);
	form_store(f, last);
	form_set_mark(f, path, MARK_CARRIED, true);
	*f->note = '\0';
	form_go_on(f, false);
	return FORM_DONE;
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
		return FORM_DONE;
	n = f->previous ? carry_fields(f) : 0;
	if (!n) {
		form_begin(f);
		form_note(f, FACE_HINT, f->previous ? _("Nothing is left to take from the last time.") :
			_("There is no record of a last time."));
		form_beep(ui);
		return FORM_DONE;
	}
	f->dirty = true;
	form_refresh(f);
	if (f->hooks.changed)
		f->hooks.changed(f->hooks.ctx, "");
	for (i = f->focus; i < f->n_slots; i++)
		if (!f->slots[i].shown_only && value_is_empty(slot_value(&f->slots[i])) &&
			(!f->slots[i].list || i == f->focus) && !is_passed(f, i, &f->slots[i], false))
			break;
	if (i < f->n_slots)
		go(f, i);
	form_note(f, FACE_INFO, ngettext("%d item as before. Change what is different today.",
		"%d items as before. Change what is different today.", (unsigned long)n), n);
	return FORM_DONE;
}

/* ---- numbers and dates ------------------------------------------------------------------------------------------- */

static unsigned flow_on(struct form *f, struct ui *ui)
{
	if (form_leave(f, ui, LEAVE_FLOW))
		form_go_on(f, false);
	return FORM_DONE;
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
			return FORM_DONE; /* it was typed after a number that went on by itself */
		if (number_follows(f))
			return flow_on(f, ui);
		form_beep(ui);
		return FORM_DONE;
	}
	if (!edit_takes(&f->edit, key) && !(f->fresh && c == '.'))
		return 0;
	if (f->fresh)
		edit_clear(&f->edit);
	edit_key(&f->edit, key);
	f->fresh = false;
	f->typed = true;
	if (!is_full(f))
		return FORM_DONE;
	flow_on(f, ui);
	f->flowed = !f->edit.text.len;
	return FORM_DONE;
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
	return FORM_DONE;
}

/* Left and Right on a date that is not being typed: a day back or on. */
static bool shift_date(struct form *f, struct ui *ui, struct key key)
{
	struct value v = { .kind = V_DATE };
	struct err err;
	const struct form_slot *s = form_now(f);
	int32_t day = value_is_empty(slot_value(s)) ? NO_DAY : date_day(slot_value(s)->text);
	char iso[DATE_LEN];

	if (s->f->type != V_DATE || !f->fresh || day == NO_DAY || key.mods ||
		(key.code != K_LEFT && key.code != K_RIGHT))
		return false;
	v.text = date_iso(key.code == K_LEFT ? day - 1 : day + 1, iso);
	if (field_check(s->f, &v, f->cx.today, &err)) {
		form_store(f, &v);
		form_begin(f);
	} else {
		form_alarm(f, ui, &err);
	}
	return true;
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static bool is_digit(struct key key)
{
	uint32_t c = key_fold(key).code;

	return key_is_text(key) && c >= '0' && c <= '9';
}

/* What is typed on a reference looks for it: its list opens, narrowed to that. */
static unsigned look_for(struct form *f, struct ui *ui, struct key key)
{
	const struct screen *own = ui_top(ui), *list;

	if (!f->hooks.pick || !f->hooks.pick(f->hooks.ctx, ui, form_now(f)->f))
		return 0;
	list = ui_top(ui);
	if (list != own && list->key && key.code != ' ')
		list->key(ui, ui_top_state(ui), key);
	return FORM_DONE;
}

static unsigned typed_key(struct form *f, struct ui *ui, struct key key)
{
	const struct form_slot *s = form_now(f);
	struct key k = key_fold(key);

	if (s->f->type == V_REF)
		return look_for(f, ui, key);
	if (slot_is_number(s))
		return number_key(f, ui, key);
	if (s->f->type == V_DATE)
		return date_key(f, key);
	if (s->f->type == V_CODE && is_digit(key))
		return form_code_digit(f, ui, k);
	if (s->f->type == V_CODES && is_digit(key))
		return form_codes_digit(f, ui, k);
	if (s->f->type == V_CODES && edit_takes(&f->edit, key)) {
		f->typed |= edit_key(&f->edit, key);
		return FORM_DONE;
	}
	if (s->f->type != V_TEXT || !edit_key(&f->edit, key))
		return 0;
	f->typed = true;
	f->fresh = false;
	return FORM_DONE;
}

/* Backspace, Delete, arrows inside the value. */
static unsigned edit_value(struct form *f, struct ui *ui, struct key key)
{
	const struct form_slot *s = form_now(f);
	bool erases = key.code == K_BACKSPACE || key.code == K_DELETE;

	if (shift_date(f, ui, key))
		return FORM_DONE;
	if (erases && (s->f->type == V_REF || s->f->type == V_CODE ||
		(s->f->type == V_CODES && (codes_are_digits(s->f) || codes_are_words(s->f))))) {
		form_store_code(f, s->f->type, "");
		form_begin(f);
		return FORM_DONE;
	}
	if (s->f->type == V_REF || !edit_key(&f->edit, key))
		return 0;
	f->fresh = false;
	f->typed |= erases || key.mods;
	return FORM_DONE;
}

static unsigned enter(struct form *f, struct ui *ui)
{
	bool was_empty, flowed = f->flowed;

	f->flowed = false;
	if (flowed && !f->edit.text.len)
		return FORM_DONE; /* Enter by habit after a number that went on by itself */
	if (!strcmp(f->edit.text.s, ".") && f->typed) {
		form_begin(f);
		return take_last(f, ui);
	}
	if (f->typed && form_now(f)->f->type == V_CODES)
		form_settle_exclusive(f);
	was_empty = !f->edit.text.len;
	if (form_leave(f, ui, LEAVE_ASK))
		form_go_on(f, was_empty);
	return FORM_DONE;
}

/* A lone point means '=', which the keypad lacks; where ".5" may be meant, Enter decides. */
static bool may_begin_with_point(const struct form *f)
{
	enum value_kind type = form_now(f)->f->type;

	return type == V_DECIMAL || type == V_MONEY || type == V_TEXT;
}

unsigned form_key(struct form *f, struct ui *ui, struct key key)
{
	struct key k = key_fold(key);

	if (!f->n_slots || form_now(f)->shown_only)
		return 0;
	if (!f->asking)
		*f->note = '\0';
	if (key.code != K_ENTER)
		f->flowed = false;
	if (key.code == K_ENTER && !key.mods)
		return enter(f, ui);
	if (key_is_text(k) && !f->edit.text.len && (k.code == '=' || (k.code == '.' && !may_begin_with_point(f))))
		return take_last(f, ui);
	if (key.code == 'x' && key.mods == MOD_CTRL && form_now(f)->list) {
		form_remove_item(f);
		return FORM_DONE;
	}
	if (f->asking && key_is_text(key)) {
		f->asking = false; /* it is being typed again */
		*f->note = '\0';
	}
	return key_is_text(key) ? typed_key(f, ui, key) : edit_value(f, ui, key);
}

/* ---- commands, paste, click -------------------------------------------------------------------------------------- */

static unsigned add_line(struct form *f, struct ui *ui)
{
	const struct field *list = form_now(f)->list;

	if (!list)
		return 0;
	if (!form_leave(f, ui, LEAVE_FLOW))
		return FORM_DONE;
	for (size_t i = 0; i < f->n_slots; i++)
		if (f->slots[i].list == list && !f->slots[i].rec) {
			go(f, i);
			break;
		}
	return FORM_DONE;
}

unsigned form_command(struct form *f, struct ui *ui, enum cmd cmd)
{
	if (!f->n_slots)
		return 0;
	if (cmd != CMD_OPEN)
		f->flowed = false;
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
		return form_pick(f, ui);
	case CMD_ADD:
		return add_line(f, ui);
	case CMD_STOP:
		if (!form_now(f)->list)
			return 0;
		form_remove_item(f);
		return FORM_DONE;
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
		form_beep(ui);
		return FORM_DONE;
	}
	if (f->fresh && s->f->type != V_TEXT)
		edit_clear(&f->edit);
	if (kind == PASTE_SCAN)
		edit_clear(&f->edit);
	f->typed |= edit_paste(&f->edit, text);
	f->fresh = false;
	return kind == PASTE_SCAN ? enter(f, ui) : FORM_DONE;
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
		return FORM_DONE;
	}
	return 0;
}
