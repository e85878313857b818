#include "screens/kit/form_int.h"

#include "app/base/i18n.h"
#include "app/base/utf8.h"

enum { WORDS_MIN = 3 };

/* ---- one slot ---------------------------------------------------------------------------------------------------- */

static const char *value_text(const struct form *f, const struct form_slot *s, struct sbuf *tmp)
{
	const struct value *v = slot_value(s);
	const char *name;

	if (v->kind == V_REF && f->hooks.ref_text) {
		name = f->hooks.ref_text(f->hooks.ctx, s->f, v->text, tmp);
		return name ? name : v->text;
	}
	if (s->f->codes && codes_are_words(s->f))
		return slot_words(s, tmp);
	field_format(s->f, v, false, tmp);
	return tmp->s;
}

static enum face value_face(const struct form *f, const struct form_slot *s)
{
	if (s->shown_only)
		return FACE_COMPUTED;
	if (field_is_unusual(s->f, slot_value(s)))
		return FACE_DUE;
	return slot_is_carried(f, s) ? FACE_CARRIED : FACE_INPUT;
}

static void draw_value(const struct form *f, const struct form_slot *s, struct canvas *cv, int y, int x, bool focus)
{
	AUTO_SBUF struct sbuf tmp = SBUF_INIT;
	const char *text = value_text(f, s, &tmp);
	enum face face = value_face(f, s);

	if (focus && s->f->type != V_REF && !s->shown_only) {
		edit_draw(&f->edit, cv, y, x, s->w, FACE_EDITING, true);
		return;
	}
	if (focus) {
		canvas_fill(cv, (struct rect){ y, x, 1, s->w }, FACE_EDITING);
		canvas_clip(cv, y, x, s->w, FACE_EDITING, text);
		canvas_cursor(cv, y, x);
		return;
	}
	if (!*text && !s->shown_only)
		canvas_text(cv, y, x, 1, FACE_DIM, "_");
	else
		canvas_clip(cv, y, x, s->w, face, text);
	/* never by colour alone */
	if (face == FACE_DUE && strcmp(slot_label(s), "/") != 0)
		canvas_text(cv, y, x - 1, 1, face, "!");
}

static const char *value_of(const struct form_slot *s, struct sbuf *tmp)
{
	field_format(s->f, slot_value(s), false, tmp);
	return tmp->s;
}

/* A computed value that cannot be computed yet: its label alone says that it will come. */
static bool is_blank(const struct form_slot *s)
{
	return s->shown_only && value_is_empty(slot_value(s));
}

/* The unit, what follows it, what the number means.  Where there is no room for all, the meaning goes before the suffix, and
 * is there whole or not at all. */
static void draw_unit(const struct form_slot *s, struct canvas *cv, int y, int x, int end, const char *suffix)
{
	const char *meaning = field_meaning(s->f, slot_value(s)), *unit = field_unit(s->f);
	int w = canvas_width(cv, unit), w2 = canvas_width(cv, meaning) + 1;

	if (!*meaning || x + w + w2 > end) {
		canvas_textf(cv, y, x, end - x, FACE_HINT, "%s%s", unit, suffix);
		return;
	}
	if (x + w + canvas_width(cv, suffix) + w2 > end)
		suffix = "";
	canvas_textf(cv, y, x, end - x, FACE_HINT, "%s%s %s", unit, suffix, meaning);
}

/* The word of a code; a place too small for a character of it and the sign of cutting stays empty. */
static void draw_words(struct canvas *cv, int y, int x, int w, const char *words)
{
	if (w >= WORDS_MIN || canvas_width(cv, words) <= w)
		canvas_clip(cv, y, x, w, FACE_HINT, words);
}

/* Right of the value: the word of a code, or the unit and what the number means. */
static void draw_tail(const struct form *f, const struct form_slot *s, struct canvas *cv, int y, int x, int limit)
{
	AUTO_SBUF struct sbuf tmp = SBUF_INIT, value = SBUF_INIT;
	const struct form_slot *next = s + 1 < f->slots + f->n_slots && s[1].line == s->line ? s + 1 : NULL;
	const char *suffix = f->hooks.suffix ? f->hooks.suffix(f->hooks.ctx, s->f, &tmp) : NULL;
	int end = next ? x - s->x + next->label_x - (*slot_label(next) ? 1 : 0) : limit;

	if (s->shown_only && suffix) {
		int w = canvas_width(cv, value_of(s, &value));

		canvas_text(cv, y, x + w, end - x - w, FACE_HINT, suffix);
		return;
	}
	if (is_blank(s))
		return;
	if (s->words)
		draw_words(cv, y, x + s->w + 1, end - (x + s->w + 1), slot_words(s, &tmp));
	else if (!(next && !strcmp(slot_label(next), "/")))
		draw_unit(s, cv, y, x + s->w, end, suffix ? suffix : "");
}

static void draw_label(const struct form *f, const struct form_slot *s, struct canvas *cv, int y, int x0, bool first)
{
	bool item_start = s->list && (s == f->slots || s[-1].list != s->list || s[-1].item != s->item);
	int x = x0 + s->label_x;

	if (!s->list) {
		if (!is_blank(s) || strcmp(slot_label(s), "/") != 0)
			canvas_text(cv, y, x, s->x - s->label_x, is_blank(s) ? FACE_DIM : FACE_LABEL, slot_label(s));
		return;
	}
	if (first && s->item == 0 && item_start)
		canvas_text(cv, y, x, s->x - s->label_x - 2, FACE_LABEL, field_label(s->list));
	if (item_start)
		canvas_textf(cv, y, x0 + s->x - 2, 2, s->rec ? FACE_LABEL : FACE_DIM, "%zu", s->item + 1);
	else
		canvas_text(cv, y, x, s->x - s->label_x, FACE_LABEL, slot_label(s));
}

/* ---- one line ---------------------------------------------------------------------------------------------------- */

/* A long value reaches into the column of the last ones: while it is typed, or when that much stands there.  A rest of the last
 * value behind it would be read as its end. */
static bool covers_last(const struct form *f, const struct form_line *line)
{
	for (size_t i = line->first; line->last_w && i < line->first + line->n; i++) {
		AUTO_SBUF struct sbuf tmp = SBUF_INIT;
		const struct form_slot *s = &f->slots[i];
		int w = i == f->focus ? s->w : utf8_width(value_text(f, s, &tmp));

		if (s->x + (w < s->w ? w : s->w) > f->w - line->last_w)
			return true;
	}
	return false;
}

static void draw_last(const struct form *f, const struct form_line *line, struct canvas *cv, int y, struct rect area)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	int x = area.x + area.w - line->last_w, w = line->last_w - 1;
	enum face face;
	bool carried;

	if (!line->last_w || covers_last(f, line) || !form_last_text(f, line, &text, &carried))
		return;
	face = carried ? FACE_CARRIED : FACE_DIM;
	if (canvas_width(cv, text.s) <= w)
		canvas_right(cv, y, x, w, face, text.s);
	else
		canvas_clip(cv, y, x, w, face, text.s);
}

/* Whose choice stands out in the legend: where several share it, that of the focus only. */
static const struct value *legend_value(const struct form *f, const struct form_line *line)
{
	const struct form_slot *s = &f->slots[line->legend];

	for (size_t i = line->legend + 1; i < line->first + line->n; i++)
		if (f->slots[i].f->codes == s->f->codes) {
			bool here = f->focus >= line->first && f->focus < line->first + line->n &&
				f->slots[f->focus].f->codes == s->f->codes;

			return here ? slot_value(&f->slots[f->focus]) : NULL;
		}
	return slot_value(s);
}

static void draw_line(const struct form *f, const struct form_line *line, struct canvas *cv, struct rect area)
{
	int y = area.y + line->y, limit = area.x + area.w - line->last_w - 1;

	if (line->legend_x && slot_legend(f, line->legend))
		canvas_clip(cv, y, area.x + line->legend_x, limit - area.x - line->legend_x, FACE_HINT,
			slot_legend(f, line->legend));
	else if (line->legend_x)
		form_draw_legend(cv, (struct rect){ y, area.x + line->legend_x, line->h, limit - area.x - line->legend_x },
			f->slots[line->legend].f, legend_value(f, line));
	draw_last(f, line, cv, y, area);
	for (size_t i = line->first; i < line->first + line->n; i++) {
		const struct form_slot *s = &f->slots[i];
		bool focus = i == f->focus;

		draw_label(f, s, cv, y, area.x, i == line->first);
		draw_tail(f, s, cv, y, area.x + s->x, line->legend_x ? area.x + line->legend_x - 1 : limit);
		if (focus)
			canvas_text(cv, y, area.x, 1, FACE_KEY, "▶");
		draw_value(f, s, cv, y, area.x + s->x, focus);
	}
}

void form_draw(const struct form *f, struct canvas *cv, struct rect area)
{
	for (size_t i = 0; i < f->n_lines; i++)
		if (f->lines[i].page == f->page)
			draw_line(f, &f->lines[i], cv, area);
}

/* ---- the hint line ----------------------------------------------------------------------------------------------- */

static void add_part(struct sbuf *out, const char *text)
{
	if (*text)
		sbuf_addf(out, "%s%s", out->len ? "  " : "", text);
}

/* The codes of the focus stand on no other line: it shows words, or its line has the codes of another field. */
static bool lacks_legend(const struct form *f, const struct form_slot *s, const struct form_line *line)
{
	if (!line || !s->f->codes)
		return false;
	return line->legend_x ? f->slots[line->legend].f->codes != s->f->codes : s->words;
}

const char *form_hint(const struct form *f, struct sbuf *tmp, enum face *face)
{
	AUTO_SBUF struct sbuf part = SBUF_INIT;
	const struct form_slot *s;
	const struct form_line *line;

	if (*f->note) {
		*face = f->note_face;
		return f->note;
	}
	if (!f->n_slots)
		return "";
	s = &f->slots[f->focus];
	line = s->line < f->n_lines ? &f->lines[s->line] : NULL;
	if (line && (!line->last_w || covers_last(f, line)) && form_last(f, line->first, line->n, &part)) {
		sbuf_addf(tmp, _("last %s"), part.s);
		sbuf_clear(&part);
	}
	if (lacks_legend(f, s, line)) {
		form_legend(s->f, &part);
		add_part(tmp, part.s);
	}
	/* what stands on the form without a word says here what it is: the columns of a list have no headings */
	if (!*slot_label(s) || (s->list && s->f == s->list->form->fields))
		add_part(tmp, field_label(s->f));
	add_part(tmp, term_text(&s->f->help));
	if (s->f->type == V_REF && f->hooks.pick && !s->shown_only)
		add_part(tmp, _("type a name or its letters, or F4"));
	return tmp->s;
}
