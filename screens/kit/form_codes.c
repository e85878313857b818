/* Codes of the form widget: typed as digits, or chosen from the list of F4. */
#include "screens/kit/form_int.h"

#include "app/base/i18n.h"
#include "screens/kit/menu.h"

/* ---- codes ------------------------------------------------------------------------------------------------------- */

static unsigned no_such_code(struct form *f, struct ui *ui, const char *typed)
{
	form_note(f, FACE_ERROR, _("%s: there is no code %s. F4 shows them."), field_label(form_now(f)->f), typed);
	form_beep(ui);
	return FORM_DONE;
}

void form_store_code(struct form *f, enum value_kind kind, const char *text)
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
unsigned form_code_digit(struct form *f, struct ui *ui, struct key key)
{
	const struct field *fd = form_now(f)->f;
	const struct code *c;

	if (!f->typed)
		edit_clear(&f->edit);
	edit_key(&f->edit, key);
	f->typed = true;
	f->fresh = false;
	if (!codes_are_words(fd) && longer_code(fd, f->edit.text.s))
		return FORM_DONE;
	c = codes_are_words(fd) ? code_of_digit(fd, (char)key.code) : field_code(fd, f->edit.text.s);
	if (!c) {
		no_such_code(f, ui, f->edit.text.s);
		form_begin(f);
		return FORM_DONE;
	}
	f->typed = false;
	form_store_code(f, V_CODE, c->code);
	form_go_on(f, false);
	return FORM_DONE;
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
	form_store_code(f, V_CODES, set.s);
	form_begin(f);
}

/* Large codes are typed with separators; one that is complete gets its own. */
unsigned form_codes_digit(struct form *f, struct ui *ui, struct key key)
{
	const struct field *fd = form_now(f)->f;
	char typed[8] = "";
	const char *last;

	if (codes_are_digits(fd) || codes_are_words(fd)) {
		const struct code *c = code_of_digit(fd, (char)key.code);

		typed[0] = (char)key.code;
		if (!c)
			return no_such_code(f, ui, typed);
		toggle(f, c);
		return FORM_DONE;
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
	return FORM_DONE;
}

/* What was typed with separators: the exclusive code wins when it was typed last, else it goes. */
void form_settle_exclusive(struct form *f)
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
	menu.numbered = codes_are_words(s->f) && n <= 9;
	items = arena_alloc(&mem, (n + 1) * sizeof *items);
	for (size_t i = 0; i < n; i++) {
		const struct code *c = &s->f->codes[i];

		items[i] = (struct menu_item){ .text = term_text(&c->term), .value = (int64_t)i,
			.detail = menu.numbered ? NULL : c->code,
			.search = arena_printf(&mem, "%s %s", c->term.zh, c->term.en),
			.checked = value_has_code(slot_value(s), c->code) };
		if (items[i].checked && menu.selected < 0)
			menu.selected = (int64_t)i;
	}
	menu.items = items;
	menu.n_items = n;
	return menu_show(ui, FORM_TAG_CODES, &menu);
}

unsigned form_pick(struct form *f, struct ui *ui)
{
	const struct form_slot *s = form_now(f);

	if (!f->n_slots || s->shown_only)
		return 0;
	if (s->f->codes && (s->f->type == V_CODE || s->f->type == V_CODES))
		return form_leave(f, ui, LEAVE_FLOW) ? show_codes(f, ui) : FORM_DONE;
	if (f->hooks.pick && f->hooks.pick(f->hooks.ctx, ui, s->f))
		return FORM_DONE;
	form_note(f, FACE_HINT, _("This field has no list; type it."));
	form_beep(ui);
	return FORM_DONE;
}

unsigned form_answer(struct form *f, struct ui *ui, int tag, const struct answer *answer)
{
	const struct form_slot *s = form_now(f);
	const struct code *c;

	if (tag != FORM_TAG_CODES)
		return 0;
	if (!answer->ok || !f->n_slots || !s->f->codes)
		return FORM_DONE;
	c = &s->f->codes[answer->choice];
	if (s->f->type == V_CODE) {
		form_store_code(f, V_CODE, c->code);
		form_go_on(f, false);
		return FORM_DONE;
	}
	toggle(f, c);
	return show_codes(f, ui); /* several may be chosen; Esc ends */
}

