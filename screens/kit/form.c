#include "screens/kit/form_int.h"

#include <assert.h>

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"

static const struct value empty_value;

/* What is longer than its field is refused whole when the field is left: whoever looks at the paper while he types would not
 * see that the rest is swallowed. */
enum { LIST_MAX = 20, TYPED_MAX = 4000 };

/* ---- slots ------------------------------------------------------------------------------------------------------- */

static size_t field_at(const struct form_slot *s)
{
	return (size_t)(s->f - s->rec->form->fields);
}

const struct value *slot_value(const struct form_slot *s)
{
	return s->rec ? &s->rec->values[field_at(s)] : &empty_value;
}

const char *slot_label(const struct form_slot *s)
{
	return s->f->on_form.zh ? term_text(&s->f->on_form) : field_label(s->f);
}

void slot_path(const struct form_slot *s, char path[PATH_LEN])
{
	if (s->list)
		snprintf(path, PATH_LEN, "%s[%zu].%s", s->list->key, s->item, s->f->key);
	else
		snprintf(path, PATH_LEN, "%s", s->f->key);
}

const struct value *slot_previous(const struct form *f, const struct form_slot *s)
{
	const struct record *rec = f->previous;
	const struct value *v;

	if (!rec)
		return NULL;
	if (s->list) {
		v = record_get(rec, s->list->key);
		if (s->item >= v->n_items)
			return NULL;
		rec = v->items[s->item];
	}
	v = record_get(rec, s->f->key);
	return value_is_empty(v) ? NULL : v;
}

bool slot_is_number(const struct form_slot *s)
{
	return s->f->type == V_INT || s->f->type == V_DECIMAL || s->f->type == V_MONEY;
}

bool codes_are_digits(const struct field *f)
{
	for (const struct code *c = f->codes; c && c->code; c++)
		if (strlen(c->code) > 1)
			return false;
	return f->codes != NULL;
}

bool codes_are_words(const struct field *f)
{
	for (const struct code *c = f->codes; c && c->code; c++)
		if (c->code[0] < 'A')
			return false;
	return f->codes != NULL;
}

const struct code *code_of_digit(const struct field *f, char digit)
{
	const char code[] = { digit, '\0' };

	if (!codes_are_words(f))
		return field_code(f, code);
	for (const struct code *c = f->codes; c->code; c++)
		if (digit == '1' + (c - f->codes))
			return c;
	return NULL;
}

const char *slot_words(const struct form_slot *s, struct sbuf *tmp)
{
	for (const struct code *c = s->f->codes; c && c->code; c++)
		if (value_has_code(slot_value(s), c->code))
			sbuf_addf(tmp, "%s%s", tmp->len ? "," : "", term_text(&c->term));
	return tmp->s;
}

/* The text of "other" stands on the form while its code is chosen, or while it holds something. */
static bool other_is_off(const struct form_slot *s)
{
	const struct form_def *form = s->rec ? s->rec->form : s->list->form;
	size_t n = strlen(s->f->key);
	char base[PATH_LEN];
	const struct field *f;

	if (n <= 6 || strcmp(s->f->key + n - 6, "_other") != 0 || !value_is_empty(slot_value(s)))
		return false;
	snprintf(base, sizeof base, "%.*s", (int)(n - 6), s->f->key);
	f = form_field(form, base);
	for (const struct code *c = f ? f->codes : NULL; c && c->code; c++)
		if (c->other)
			return !s->rec || !value_has_code(record_get(s->rec, base), c->code);
	return false;
}

static bool is_shown(const struct form *f, const struct field *fd)
{
	if (f->hooks.shown)
		return f->hooks.shown(f->hooks.ctx, fd);
	return !(fd->flags & FIELD_HIDDEN);
}

static void add_slot(struct form *f, struct form_slot s)
{
	if (!is_shown(f, s.f) || other_is_off(&s))
		return;
	s.shown_only = (s.f->flags & (FIELD_COMPUTED | FIELD_READONLY)) || s.f->type == V_TIME;
	if (f->n_slots == f->cap_slots) {
		f->cap_slots = f->cap_slots ? 2 * f->cap_slots : 64;
		f->slots = xrealloc(f->slots, f->cap_slots, sizeof *f->slots);
	}
	f->slots[f->n_slots++] = s;
}

static void add_list(struct form *f, const struct field *list)
{
	const struct value *v = record_get(f->rec, list->key);
	size_t max = list->max ? list->max : LIST_MAX;
	bool fixed = (list->flags & (FIELD_COMPUTED | FIELD_READONLY)) != 0;

	if (!is_shown(f, list))
		return;
	for (size_t i = 0; i <= v->n_items && i < max; i++) {
		if (i == v->n_items && fixed)
			break;
		for (size_t k = 0; k < list->form->n_fields; k++) {
			assert(list->form->fields[k].type != V_LIST);
			add_slot(f, (struct form_slot){ .f = &list->form->fields[k], .list = list, .item = i,
				.rec = i < v->n_items ? v->items[i] : NULL });
		}
	}
}

static bool same_place(const struct form_slot *a, const struct form_slot *b)
{
	return a->f == b->f && a->list == b->list && a->item == b->item;
}

void form_build(struct form *f)
{
	struct form_slot was = { 0 };
	size_t at = f->focus;

	if (f->n_slots)
		was = f->slots[f->focus];
	f->n_slots = 0;
	for (size_t i = 0; i < f->rec->form->n_fields; i++) {
		const struct field *fd = &f->rec->form->fields[i];

		if (fd->type == V_LIST)
			add_list(f, fd);
		else
			add_slot(f, (struct form_slot){ .f = fd, .rec = f->rec });
	}
	f->focus = at < f->n_slots ? at : f->n_slots ? f->n_slots - 1 : 0;
	for (size_t i = 0; i < f->n_slots; i++)
		if (was.f && same_place(&f->slots[i], &was))
			f->focus = i;
}

size_t form_step(const struct form *f, size_t slot, int step)
{
	size_t i = slot;

	for (;;) {
		if (step > 0 ? i + 1 >= f->n_slots : i == 0)
			return f->n_slots;
		i = step > 0 ? i + 1 : i - 1;
		if (!f->slots[i].shown_only)
			return i;
	}
}

/* ---- marks ------------------------------------------------------------------------------------------------------- */

unsigned form_marks(const struct form *f, const char *path)
{
	for (size_t i = 0; i < f->n_marks; i++)
		if (!strcmp(f->marks[i].path, path))
			return f->marks[i].bits;
	return 0;
}

void form_set_mark(struct form *f, const char *path, unsigned bits, bool on)
{
	size_t i = 0;

	while (i < f->n_marks && strcmp(f->marks[i].path, path) != 0)
		i++;
	if (i == f->n_marks) {
		if (!on)
			return;
		if (f->n_marks == f->cap_marks) {
			f->cap_marks = f->cap_marks ? 2 * f->cap_marks : 16;
			f->marks = xrealloc(f->marks, f->cap_marks, sizeof *f->marks);
		}
		f->marks[f->n_marks] = (struct form_mark){ 0 };
		snprintf(f->marks[f->n_marks++].path, PATH_LEN, "%s", path);
	}
	f->marks[i].bits = on ? f->marks[i].bits | bits : f->marks[i].bits & ~bits;
}

bool slot_is_given(const struct form *f, const struct form_slot *s)
{
	char path[PATH_LEN];

	slot_path(s, path);
	return form_marks(f, path) & MARK_GIVEN;
}

/* The lines behind a removed one move up, and what is remembered of them too. */
static void drop_marks(struct form *f, const struct field *list, size_t item)
{
	const size_t n = strlen(list->key);

	for (size_t i = 0; i < f->n_marks; i++) {
		struct form_mark *m = &f->marks[i];
		char rest[PATH_LEN], *end;
		size_t at;

		if (strncmp(m->path, list->key, n) != 0 || m->path[n] != '[')
			continue;
		at = strtoul(m->path + n + 1, &end, 10);
		if (at < item)
			continue;
		if (at == item) {
			m->bits = 0;
			*m->path = '\0';
			continue;
		}
		snprintf(rest, sizeof rest, "%s", end);
		snprintf(m->path, sizeof m->path, "%s[%zu%.80s", list->key, at - 1, rest);
	}
}

void form_given(struct form *f, const char *key)
{
	form_set_mark(f, key, MARK_GIVEN, true);
}

void form_proposed(struct form *f, const char *key)
{
	form_set_mark(f, key, MARK_PROPOSED, true);
}

bool form_is_ours(const struct form *f, const char *key)
{
	return form_marks(f, key) & (MARK_GIVEN | MARK_PROPOSED);
}

bool form_is_confirmed(const struct form *f, const char *key)
{
	return form_marks(f, key) & MARK_CONFIRMED;
}

/* Room for one line more of a list that has some: nothing is missing there. */
static bool is_one_more(const struct form_slot *s)
{
	return s->list && !s->rec && s->item > 0;
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

static void confirm_stored(struct form *f)
{
	char path[PATH_LEN];

	for (size_t i = 0; i < f->n_slots; i++)
		if ((f->slots[i].f->flags & FIELD_TWICE) && field_is_unusual(f->slots[i].f, slot_value(&f->slots[i]))) {
			slot_path(&f->slots[i], path);
			form_set_mark(f, path, MARK_CONFIRMED, true);
		}
}

void form_init(struct form *f, struct record *rec, const struct record *previous, const struct form_context *cx,
	const struct form_hooks *hooks)
{
	*f = (struct form){ .rec = rec, .previous = previous, .w = 80, .h = 18, .n_pages = 1 };
	if (cx)
		f->cx = *cx;
	else
		f->cx.today = NO_DAY;
	if (hooks)
		f->hooks = *hooks;
	edit_init(&f->edit, EDIT_TEXT, 0);
	form_refresh(f);
	if (rec->meta.revision) /* was typed twice when it was saved */
		confirm_stored(f);
	for (size_t i = 0; i < f->n_slots; i++)
		if (!f->slots[i].shown_only && !is_one_more(&f->slots[i]) && value_is_empty(slot_value(&f->slots[i]))) {
			form_enter(f, i);
			break;
		}
	f->dirty = false;
}

void form_release(struct form *f)
{
	edit_release(&f->edit);
	free(f->slots);
	free(f->lines);
	free(f->marks);
	*f = (struct form){ 0 };
}

void form_refresh(struct form *f)
{
	if (f->rec->form->compute)
		f->rec->form->compute(f->rec, &f->cx);
	form_build(f);
	if (f->n_slots && f->slots[f->focus].shown_only) {
		size_t next = form_step(f, f->focus, 1);

		f->focus = next < f->n_slots ? next : form_step(f, f->focus, -1) % f->n_slots;
	}
	form_begin(f);
}

void form_saved(struct form *f)
{
	f->dirty = false;
}

/* ---- the focused slot -------------------------------------------------------------------------------------------- */

static enum edit_kind kind_of(const struct field *fd)
{
	switch (fd->type) {
	case V_INT:
	case V_DECIMAL:
	case V_MONEY:
		return EDIT_NUMBER;
	case V_DATE:
		return EDIT_DATE;
	case V_CODE:
	case V_CODES:
		return EDIT_CODE;
	case V_EMPTY:
	case V_TIME:
	case V_TEXT:
	case V_REF:
	case V_LIST:
		break;
	}
	return EDIT_TEXT;
}

void form_begin(struct form *f)
{
	const struct form_slot *s = form_now(f);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	edit_release(&f->edit);
	f->typed = f->asking = false;
	f->fresh = true;
	if (!f->n_slots) {
		edit_init(&f->edit, EDIT_TEXT, 0);
		return;
	}
	edit_init(&f->edit, kind_of(s->f), s->f->type == V_TEXT ? TYPED_MAX : 60);
	f->edit.sign = s->f->hard.lo < 0;
	f->edit.whole = s->f->type == V_INT;
	if (s->f->codes && codes_are_words(s->f))
		slot_words(s, &text);
	else
		field_format(s->f, slot_value(s), false, &text);
	edit_set(&f->edit, text.s);
}

void form_enter(struct form *f, size_t slot)
{
	if (slot >= f->n_slots)
		return;
	f->focus = slot;
	form_begin(f);
}

void form_note(struct form *f, enum face face, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(f->note, sizeof f->note, fmt, ap);
	va_end(ap);
	f->note_face = face;
}

void form_alarm(struct form *f, struct ui *ui, const struct err *err)
{
	if (*err->example)
		form_note(f, FACE_ERROR, _("%s For example: %s"), err->message, err->example);
	else
		form_note(f, FACE_ERROR, "%s", err->message);
	form_beep(ui);
}

const struct field *form_field_now(const struct form *f)
{
	return f->n_slots ? f->slots[f->focus].f : NULL;
}

void form_path(const struct form *f, struct sbuf *out)
{
	char path[PATH_LEN];

	if (!f->n_slots)
		return;
	slot_path(&f->slots[f->focus], path);
	sbuf_adds(out, path);
}

unsigned form_focus(const struct form *f)
{
	const struct form_slot *s = form_now(f);

	if (!f->n_slots || s->shown_only)
		return FOCUS_LIST;
	return s->f->type == V_TEXT || s->f->type == V_REF ? FOCUS_TEXT : FOCUS_CODE;
}

/* ---- storing ----------------------------------------------------------------------------------------------------- */

static void compute(struct form *f)
{
	if (f->rec->form->compute)
		f->rec->form->compute(f->rec, &f->cx);
}

/* The empty line at a list's end becomes a line of the record when something is typed into it. */
static void make_item(struct form *f)
{
	const struct form_slot *s = form_now(f);

	if (!s->rec) {
		record_add_item(f->rec, s->list->key);
		form_build(f);
	}
}

bool form_store(struct form *f, const struct value *v)
{
	char path[PATH_LEN];
	struct form_slot *s = form_now(f);

	if (value_equal(slot_value(s), v))
		return false;
	make_item(f);
	s = form_now(f);
	slot_path(s, path);
	record_set(s->rec, s->f->key, v);
	form_set_mark(f, path, MARK_CARRIED | MARK_CONFIRMED | MARK_GIVEN | MARK_PROPOSED, false);
	f->dirty = true;
	compute(f);
	form_build(f); /* a text of "other" may have come or gone */
	if (f->hooks.changed)
		f->hooks.changed(f->hooks.ctx, path);
	return true;
}

static bool is_empty_item(const struct record *rec)
{
	for (size_t i = 0; i < rec->form->n_fields; i++)
		if (!value_is_empty(&rec->values[i]))
			return false;
	return true;
}

static void drop_item(struct form *f, const struct field *list, size_t item)
{
	struct value *v = &f->rec->values[form_index(f->rec->form, list->key)];

	drop_marks(f, list, item);
	memmove(&v->items[item], &v->items[item + 1], (v->n_items - item - 1) * sizeof(struct record *));
	v->n_items--;
	if (!v->n_items)
		*v = empty_value;
	f->dirty = true;
}

void form_remove_item(struct form *f)
{
	const struct form_slot *s = form_now(f);
	const struct field *list = s->list;

	if (!list || !s->rec)
		return;
	drop_item(f, list, s->item);
	compute(f);
	form_build(f);
	form_begin(f);
	if (f->hooks.changed)
		f->hooks.changed(f->hooks.ctx, list->key);
}

void form_prune(struct form *f, const struct record *keep)
{
	struct form_slot now;
	bool any = false;

	if (!f->n_slots)
		return;
	now = *form_now(f);
	for (size_t i = 0; i < f->rec->form->n_fields; i++) {
		const struct field *list = &f->rec->form->fields[i];
		const struct value *v = &f->rec->values[i];

		if (list->type != V_LIST)
			continue;
		for (size_t k = v->n_items; k--;) {
			if (!is_empty_item(v->items[k]) || v->items[k] == keep)
				continue;
			drop_item(f, list, k);
			if (now.list == list && k < now.item)
				now.item--;
			any = true;
		}
	}
	if (!any)
		return;
	f->slots[f->focus] = now;
	form_build(f);
}

/* ---- going to a field and putting a value ------------------------------------------------------------------------- */

bool form_goto(struct form *f, const char *key)
{
	char path[PATH_LEN];

	for (size_t i = 0; i < f->n_slots; i++) {
		const struct form_slot *s = &f->slots[i];

		slot_path(s, path);
		if (strcmp(path, key) != 0 && !(s->list && !strcmp(s->list->key, key)))
			continue;
		if (s->shown_only)
			return false;
		*f->note = '\0';
		form_enter(f, i);
		return true;
	}
	return false;
}

void form_put(struct form *f, const char *text)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct form_slot *s = form_now(f);
	struct value v = { 0 };
	struct err err = { 0 };

	if (!f->n_slots || s->shown_only)
		return;
	if (text && *text && s->f->type == V_REF)
		v = (struct value){ .kind = V_REF, .text = text };
	else if (text && !field_parse(s->f, text, f->cx.today, &mem, &v, &err)) {
		form_alarm(f, NULL, &err);
		return;
	}
	form_store(f, &v);
	form_begin(f);
}
