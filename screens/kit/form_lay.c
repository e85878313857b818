#include "screens/kit/form_int.h"

#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/utf8.h"

enum {
	NARROW = 76,       /* below this many columns there is no column of last values */
	LAST_MAX = 21,     /* it never takes more */
	LABEL_MAX = 14,    /* wider labels push their value to the right */
	LEGEND_AT = 33,    /* codes are printed from here where there is room */
	LEGEND_MIN = 16,   /* narrower is no legend */
	LEGEND_LINES = 2,
	TEXT_MIN = 8,
	WORD_MAX = 10,
	WORDS_MAX = 30,  /* several codes that are words */
};

/* Where the next slot goes. */
struct pen {
	int x, limit;
	bool fresh; /* nothing on this line yet */
};

/* ---- widths ------------------------------------------------------------------------------------------------------ */

static int digits(int64_t n)
{
	int d = 1;

	for (; n >= 10; n /= 10)
		d++;
	return d;
}

static int words_width(const struct field *fd)
{
	int w = 0, longest = 0;

	for (const struct code *c = fd->codes; c && c->code; c++) {
		int n = utf8_width(term_text(&c->term));

		w += n + 1;
		longest = n > longest ? n : longest;
	}
	if (fd->type == V_CODE)
		return longest;
	return w - 1 < WORDS_MAX ? w - 1 : WORDS_MAX;
}

static int code_width(const struct field *fd)
{
	int w = 1, n = 0;

	if (fd->codes && codes_are_words(fd))
		return words_width(fd);

	for (const struct code *c = fd->codes; c && c->code; c++, n++)
		if ((int)strlen(c->code) > w)
			w = (int)strlen(c->code);
	if (fd->type == V_CODE)
		return w;
	w = n * (w + 1) - 1;
	return w < 13 ? (w > 3 ? w : 3) : 13;
}

/* Columns of the value; 0 = what is left of the line. */
static int value_width(const struct field *fd)
{
	int d = fd->hard.hi ? digits(fd->hard.hi) : 6;

	if (fd->width)
		return fd->width;
	switch (fd->type) {
	case V_INT:
		return d;
	case V_DECIMAL:
		return d + 1;
	case V_MONEY:
		return 9;
	case V_DATE:
		return 10;
	case V_TIME:
		return 16;
	case V_CODE:
	case V_CODES:
		return code_width(fd);
	case V_REF:
		return 20;
	case V_EMPTY:
	case V_TEXT:
	case V_LIST:
		break;
	}
	return 0;
}

static int word_width(const struct field *fd)
{
	int w = 0;

	for (const struct code *c = fd->codes; c && c->code; c++) {
		int n = utf8_width(term_text(&c->term));

		w = n > w ? n : w;
	}
	return w < WORD_MAX ? w : WORD_MAX;
}

/* Room for what a typed score means.  What is computed says it where there is room: no line grows longer for it. */
static int meaning_width(const struct field *fd)
{
	const struct meaning *m = fd->flags & FIELD_COMPUTED ? NULL : fd->meanings;
	int w = 0;

	for (; m && m->term.zh; m++) {
		int n = 1 + utf8_width(term_text(&m->term));

		w = n > w ? n : w;
	}
	return w;
}

static bool has_codes(const struct form_slot *s)
{
	return (s->f->type == V_CODE || s->f->type == V_CODES) && s->f->codes;
}

static bool joins(const struct form_slot *s)
{
	return !strcmp(slot_label(s), "/");
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

/* Two neighbours stand on one line of the paper. */
static bool same_row(const struct form_slot *a, const struct form_slot *b)
{
	if (a->list || b->list)
		return a->list == b->list && a->item == b->item;
	return a->f->row && a->f->row == b->f->row && a->f->page == b->f->page;
}

/* Lines of a list that are a few numbers (readings) follow each other on one line of the screen. */
static bool flows(const struct form_slot *a, const struct form_slot *b)
{
	if (!a->list || a->list != b->list || a->list->form->n_fields > 3)
		return false;
	for (size_t i = 0; i < a->list->form->n_fields; i++) {
		enum value_kind k = a->list->form->fields[i].type;

		if (k != V_INT && k != V_DECIMAL && k != V_CODE)
			return false;
	}
	return true;
}

static struct form_line *new_line(struct form *f, size_t first)
{
	if (f->n_lines == f->cap_lines) {
		f->cap_lines = f->cap_lines ? 2 * f->cap_lines : 64;
		f->lines = xrealloc(f->lines, f->cap_lines, sizeof *f->lines);
	}
	f->lines[f->n_lines] = (struct form_line){ .first = first, .h = 1 };
	return &f->lines[f->n_lines++];
}

static void measure_labels(struct form *f)
{
	f->label_w = 4;
	for (size_t i = 0; i < f->n_slots; i++) {
		const struct form_slot *s = &f->slots[i];
		int w = utf8_width(s->list ? field_label(s->list) : slot_label(s));

		if ((!i || !same_row(&f->slots[i - 1], s)) && w > f->label_w)
			f->label_w = w < LABEL_MAX ? w : LABEL_MAX;
	}
}

/* Columns from the pen to the end of a slot's value, word and unit. */
static int slot_room(const struct form_slot *s, const struct form_slot *next)
{
	int w = value_width(s->f) ? value_width(s->f) : TEXT_MIN;

	if (s->words)
		w += 1 + word_width(s->f);
	if (s->f->unit && !(next && same_row(s, next) && joins(next)))
		w += utf8_width(field_unit(s->f));
	return w + meaning_width(s->f);
}

static int label_room(const struct form_slot *s, bool first_of_item)
{
	int w;

	if (s->list && first_of_item)
		return 2; /* number of the line */
	if (joins(s))
		return 1;
	w = utf8_width(slot_label(s));
	return w ? w + 3 : 1; /* two blanks before, one behind */
}

/* Room for what stands behind a value without a label of its own, as its unit does: it stays on the value's line. */
static int hanging(const struct form_slot *s, const struct form_slot *next)
{
	return next && same_row(s, next) && !*slot_label(next) ? label_room(next, false) + slot_room(next, NULL) : 0;
}

/* The first slot of a line of the paper: its label stands in the column of labels. */
static void place_first(struct form *f, struct form_slot *s, struct pen *pen)
{
	int w = utf8_width(s->list ? field_label(s->list) : slot_label(s));

	s->label_x = 1;
	pen->x = 2 + (w > f->label_w ? w : f->label_w);
	if (s->list) {
		if (s->item)
			pen->x = 2 + f->label_w;
		pen->x += 2;
	}
	s->x = pen->x;
	pen->fresh = false;
}

static void place_next(struct form_slot *s, struct pen *pen, bool first_of_item)
{
	int room = label_room(s, first_of_item);

	if (s->list && first_of_item) {
		s->label_x = pen->x + 2;
		s->x = s->label_x + 2;
	} else if (joins(s)) {
		s->label_x = pen->x;
		s->x = pen->x + 1;
	} else {
		s->label_x = pen->x + (room > 1 ? 2 : 0);
		s->x = pen->x + room;
	}
}

/* A continued line begins below the value. */
static void place_continued(const struct form *f, struct form_slot *s, struct pen *pen, bool first_of_item)
{
	int room = label_room(s, first_of_item);

	s->label_x = 2 + f->label_w;
	s->x = s->label_x + (room > 3 ? room - 2 : room > 1 ? 2 : 0);
	pen->fresh = false;
}

static void set_width(struct form_slot *s, const struct form_slot *next, struct pen *pen)
{
	int w = value_width(s->f), left = pen->limit - s->x, most = s->f->max ? 2 * s->f->max : left;

	if (!w)
		w = most < left ? most : left;
	s->w = w > 1 ? w : 1;
	pen->x = s->x + slot_room(s, next) + (s->w - (value_width(s->f) ? value_width(s->f) : TEXT_MIN));
}

static void mark_words(struct form *f)
{
	size_t from = 0;

	for (size_t i = 0; i < f->n_slots; i++) {
		const struct code *codes = NULL;
		bool many = false;

		f->slots[i].words = false;
		if (i + 1 < f->n_slots && same_row(&f->slots[i], &f->slots[i + 1]))
			continue;
		for (size_t k = from; k <= i; k++)
			if (has_codes(&f->slots[k])) {
				many |= codes && codes != f->slots[k].f->codes;
				codes = f->slots[k].f->codes;
			}
		for (size_t k = from; k <= i; k++)
			f->slots[k].words = has_codes(&f->slots[k]) && (many || f->slots[k].list || f->slots[k].shown_only) &&
				!codes_are_words(f->slots[k].f);
		from = i + 1;
	}
}

/* Slots from first that stand on one line of the paper. */
static size_t group_size(const struct form *f, size_t first)
{
	size_t n = 1;

	while (first + n < f->n_slots) {
		const struct form_slot *prev = &f->slots[first + n - 1], *s = prev + 1;

		if (!same_row(prev, s) && !flows(prev, s))
			break;
		n++;
	}
	return n;
}

/* Lines of a list need their columns for themselves; their last values take what is left. */
static bool keeps_columns(const struct form *f, size_t i)
{
	return f->slots[i].list && !flows(&f->slots[i], &f->slots[i]);
}

/* Begins a line for the paper's line at slot i and reserves what its last values need. */
static struct form_line *begin_group(struct form *f, size_t i, struct pen *pen)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct form_line *line = new_line(f, i);
	bool carried;

	line->last_n = group_size(f, i);
	if (f->w < NARROW || !form_last_text(f, line, &text, &carried)) {
		line->last_n = 0;
	} else if (!keeps_columns(f, i)) {
		line->last_w = utf8_width(text.s) + 1;
		line->last_w = line->last_w < LAST_MAX ? line->last_w : LAST_MAX;
	}
	pen->limit = f->w - 1 - line->last_w;
	return line;
}

static void place_slots(struct form *f)
{
	struct pen pen = { 0 };
	struct form_line *line = NULL;
	size_t group_end = 0;

	f->n_lines = 0;
	for (size_t i = 0; i < f->n_slots; i++) {
		struct form_slot *s = &f->slots[i];
		const struct form_slot *prev = i ? s - 1 : NULL, *next = i + 1 < f->n_slots ? s + 1 : NULL;
		bool item_start = s->list && (!prev || !same_row(prev, s));

		if (!line || i == group_end) {
			line = begin_group(f, i, &pen);
			group_end = i + group_size(f, i);
			place_first(f, s, &pen);
		} else if (pen.x + label_room(s, item_start) + slot_room(s, next) + hanging(s, next) + (item_start ? 2 : 0) >
			pen.limit) {
			line = new_line(f, i);
			place_continued(f, s, &pen, item_start);
		} else {
			place_next(s, &pen, item_start);
		}
		set_width(s, next, &pen);
		s->line = f->n_lines - 1;
		line->n++;
	}
}

/* ---- legends ----------------------------------------------------------------------------------------------------- */

enum { CODE_LABEL = 2 };

/* What is typed for a code: itself, or its position where codes are words. */
static const char *code_label(const struct field *fd, const struct code *c, char digit[CODE_LABEL])
{
	if (!codes_are_words(fd))
		return c->code;
	digit[0] = (char)('1' + (c - fd->codes));
	digit[1] = '\0';
	return digit;
}

void form_legend(const struct field *fd, struct sbuf *out)
{
	for (const struct code *c = fd->codes; c && c->code; c++) {
		char digit[CODE_LABEL];

		sbuf_addf(out, "%s%s%s%s", out->len ? " " : "", code_label(fd, c, digit),
			(unsigned char)*term_text(&c->term) < 0x80 ? " " : "", term_text(&c->term));
	}
}

int form_draw_legend(struct canvas *cv, struct rect r, const struct field *fd, const struct value *v)
{
	int row = 0, x = 0;

	for (const struct code *c = fd->codes; c && c->code; c++) {
		const char *word = term_text(&c->term);
		char digit[CODE_LABEL];
		const char *label = code_label(fd, c, digit);
		bool blank = (unsigned char)*word < 0x80;
		int w = canvas_width(cv, label) + blank + canvas_width(cv, word);
		bool chosen = v && value_has_code(v, c->code);

		if (x && x + 1 + w > r.w) {
			row++;
			x = 0;
		}
		x += x ? 1 : 0;
		if (row < r.h)
			canvas_textf(cv, r.y + row, r.x + x, r.w - x, chosen ? FACE_INPUT : FACE_HINT, "%s%s%s", label,
				blank ? " " : "", word);
		x += w;
	}
	return row + 1;
}

static int line_end(const struct form *f, const struct form_line *line)
{
	const struct form_slot *s = &f->slots[line->first + line->n - 1];

	return s->x + s->w + utf8_width(field_unit(s->f));
}

static void fit_last(const struct form *f, struct form_line *line)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	int left = f->w - 2 - line_end(f, line);
	bool carried;

	if (!line->last_n || line->last_w || !form_last_text(f, line, &text, &carried))
		return;
	if (utf8_width(text.s) + 1 <= left)
		line->last_w = utf8_width(text.s) + 1;
}

/* The first slot of the line whose codes are printed; the line's end when there is none. */
static size_t legend_slot(const struct form *f, const struct form_line *line)
{
	size_t i = line->first, end = line->first + line->n;

	while (i < end && (!has_codes(&f->slots[i]) || f->slots[i].words || f->slots[i].shown_only))
		i++;
	return i;
}

static int legend_rows(const struct form *f, const struct form_line *line, const struct field *fd, int x)
{
	struct canvas measure = { 0 };
	int w = f->w - 1 - line->last_w - x;

	return w < LEGEND_MIN ? LEGEND_LINES + 1 : form_draw_legend(&measure, (struct rect){ .w = w }, fd, NULL);
}

const char *slot_legend(const struct form *f, size_t slot)
{
	return f->hooks.legend ? f->hooks.legend(f->hooks.ctx, f->slots[slot].f) : NULL;
}

/* The codes stand in a column of their own where they fit there, else right behind the value; where they do not fit at
 * all, the word of the chosen code does. */
static void place_legend(struct form *f, struct form_line *line)
{
	size_t i = legend_slot(f, line);
	int close = line_end(f, line) + 2, x = close < LEGEND_AT ? LEGEND_AT : close;

	if (i == line->first + line->n)
		return;
	if (slot_legend(f, i)) {
		line->legend = i;
		line->legend_x = close;
		return;
	}
	if (legend_rows(f, line, f->slots[i].f, x) > 1)
		x = close;
	line->h = legend_rows(f, line, f->slots[i].f, x);
	if (line->h > LEGEND_LINES && !(f->slots[i].f->flags & FIELD_LEGEND)) {
		line->h = 1;
		for (size_t k = line->first; k < line->first + line->n; k++)
			f->slots[k].words = has_codes(&f->slots[k]) && !codes_are_words(f->slots[k].f);
		return;
	}
	line->legend = i;
	line->legend_x = x;
}

/* ---- pages ------------------------------------------------------------------------------------------------------- */

static int page_of_field(const struct form *f, const struct form_line *line)
{
	const struct form_slot *s = &f->slots[line->first];
	const struct field *fd = s->list ? s->list : s->f;

	return fd->page > 1 ? fd->page : 1;
}

/* A page of the form begins a page of the screen; where one is too long, its rest and the next share a page. */
static void place_pages(struct form *f)
{
	int page = 0, y = 0, field_page = 1;
	bool overflowed = false;

	for (size_t i = 0; i < f->n_lines; i++) {
		struct form_line *line = &f->lines[i];
		int want = page_of_field(f, line);
		bool turns = i && want != field_page;

		if (turns && overflowed) {
			y++; /* a blank line between the two */
			turns = overflowed = false;
		}
		if (turns || (i && y + line->h > f->h)) {
			overflowed = !turns;
			page++;
			y = 0;
		}
		field_page = want;
		line->page = page;
		line->y = y;
		y += line->h;
	}
	f->n_pages = page + 1;
	f->page = f->n_slots ? f->lines[f->slots[f->focus].line].page : 0;
}

void form_layout(struct form *f, struct rect area)
{
	f->w = area.w;
	f->h = area.h > 0 ? area.h : 1;
	measure_labels(f);
	mark_words(f);
	place_slots(f);
	for (size_t i = 0; i < f->n_lines; i++) {
		fit_last(f, &f->lines[i]);
		place_legend(f, &f->lines[i]);
	}
	place_pages(f);
}

const char *form_page_text(const struct form *f, struct sbuf *tmp)
{
	if (f->n_pages <= 1)
		return "";
	sbuf_addf(tmp, _("page %d/%d"), f->page + 1, f->n_pages);
	return tmp->s;
}

/* ---- last values ------------------------------------------------------------------------------------------------- */

bool form_last(const struct form *f, size_t first, size_t n, struct sbuf *out)
{
	for (size_t i = first; i < first + n; i++) {
		const struct form_slot *s = &f->slots[i];
		const struct value *v = slot_previous(f, s);

		if (!v || v->kind == V_REF || (s->shown_only && v->kind == V_DATE) ||
			(f->hooks.no_last && f->hooks.no_last(f->hooks.ctx, s->f)))
			continue;
		if (out->len)
			sbuf_adds(out, joins(s) ? "/" : " ");
		field_format(s->f, v, s->f->codes && codes_are_words(s->f), out); /* printed: the digit; else its word */
	}
	return out->len > 0;
}

bool slot_is_carried(const struct form *f, const struct form_slot *s)
{
	char path[PATH_LEN];

	slot_path(s, path);
	return (form_marks(f, path) & MARK_CARRIED) || (s->list && (form_marks(f, s->list->key) & MARK_CARRIED));
}

bool slot_is_filled(const struct form *f, const struct form_slot *s)
{
	char path[PATH_LEN];
	unsigned bits;

	slot_path(s, path);
	bits = form_marks(f, path);
	if (s->list)
		bits |= form_marks(f, s->list->key);
	return bits & (MARK_CARRIED | MARK_GIVEN);
}

static bool equals_last(const struct form *f, const struct form_line *line)
{
	for (size_t i = line->first; i < line->first + line->last_n; i++) {
		const struct value *v = slot_previous(f, &f->slots[i]);

		if (v ? !value_equal(v, slot_value(&f->slots[i])) : !value_is_empty(slot_value(&f->slots[i])))
			return false;
	}
	return true;
}

bool form_last_text(const struct form *f, const struct form_line *line, struct sbuf *out, bool *carried)
{
	AUTO_SBUF struct sbuf last = SBUF_INIT;

	*carried = false;
	if (!form_last(f, line->first, line->last_n, &last))
		return false;
	for (size_t i = line->first; i < line->first + line->last_n; i++)
		*carried |= slot_is_carried(f, &f->slots[i]) && !value_is_empty(slot_value(&f->slots[i]));
	if (!*carried && f->slots[line->first].list && equals_last(f, line)) {
		sbuf_adds(out, _("as last time"));
		return true;
	}
	/* Beside a measured value the word would lie: that one is never taken over. */
	for (size_t i = line->first; i < line->first + line->last_n; i++)
		*carried &= !(f->slots[i].f->flags & FIELD_MEASURED);
	/* TRANSLATORS: column right of a form: value taken over from last time; value of the last time */
	sbuf_addf(out, *carried ? _("same %s") : _("last %s"), last.s);
	return true;
}
