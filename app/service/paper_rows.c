/* Rows of the printed forms in the grid of the sheet: beside what they stand, label, what may be answered, the box. */
#include <assert.h>
#include <ctype.h>

#include "app/service/paper_int.h"

enum { SECTION_COLS = 2,
	GROUP_COLS = 2,
	LEFT_COLS = 8,
	BOX_COLS = 3,
	VALUE_COLS = PAPER_COLS - LEFT_COLS };
enum { VISIT_COLS = VALUE_COLS / PAPER_VISITS };

/* ---- what rows stand beside ------------------------------------------------------------------------------------------ */

static void end_mark(struct paper *p, struct paper_mark *mark, size_t col)
{
	if (mark->begun && p->sh->n_rows - mark->first > 1)
		sheet_down(p->sh, mark->first, col, p->sh->n_rows - mark->first);
	*mark = (struct paper_mark){ 0 };
}

void paper_marks_end(struct paper *p)
{
	end_mark(p, &p->group, p->section.word ? SECTION_COLS : 0);
	end_mark(p, &p->section, 0);
}

static void begin_mark(struct paper *p, const struct paper_line *line)
{
	struct paper_mark *mark = line->part == PAPER_SECTION ? &p->section : &p->group;

	if (line->part == PAPER_SECTION)
		paper_marks_end(p);
	else
		end_mark(p, &p->group, p->section.word ? SECTION_COLS : 0);
	if (line->label.zh && *line->label.zh)
		mark->word = term_text(&line->label);
}

static unsigned put_mark(struct paper *p, struct paper_mark *mark, unsigned cols)
{
	if (!mark->word)
		return 0;
	if (mark->begun) {
		for (unsigned i = 0; i < cols; i++)
			sheet_empty(p->sh, CELL_STYLE_PAPER_ITEM);
		return cols;
	}
	mark->begun = true;
	mark->first = p->sh->n_rows - 1;
	sheet_text(p->sh, CELL_STYLE_PAPER_ITEM, mark->word);
	sheet_span(p->sh, cols);
	return cols;
}

/* The columns that are taken. */
static unsigned begin_row(struct paper *p)
{
	unsigned used;

	sheet_row(p->sh);
	used = put_mark(p, &p->section, SECTION_COLS);
	return used + put_mark(p, &p->group, GROUP_COLS);
}

static void put(struct paper *p, enum cell_style style, const char *text, unsigned cols)
{
	sheet_text(p->sh, style, text);
	sheet_span(p->sh, cols);
}

/* ---- one field a row ---------------------------------------------------------------------------------------------------- */

/* Codes as the paper prints them; a state ("active") is only a word. */
static bool has_codes(const struct field *f)
{
	return (f->type == V_CODE || f->type == V_CODES) && f->codes && !islower((unsigned char)*f->codes->code);
}

/* "2/6", as the boxes of the paper are written. */
static void add_answer(const struct value *v, struct sbuf *out)
{
	for (const char *s = value_is_empty(v) ? "" : v->text; *s; s++)
		sbuf_addc(out, *s == ',' ? '/' : *s);
}

static void add_other(struct paper *p, const struct record *rec, const struct field *f, struct sbuf *out)
{
	const struct field *other = form_other(rec->form, f);

	if (!other || value_is_empty(record_get(rec, other->key)))
		return;
	sbuf_addc(out, p->n_visits ? '\n' : ' ');
	paper_value(p, other, record_get(rec, other->key), out);
}

static void put_answer(struct paper *p, const struct field *f, const char *text, unsigned cols)
{
	AUTO_SBUF struct sbuf what = SBUF_INIT, box = SBUF_INIT;

	if (has_codes(f)) {
		paper_legend(f, &what);
		add_other(p, p->rec, f, &what);
		add_answer(record_get(p->rec, f->key), &box);
	} else {
		paper_value(p, f, record_get(p->rec, f->key), &what);
	}
	if (text && *text)
		sbuf_addc(&what, ' ');
	paper_fill(p, text ? text : "", "____", &what);
	put(p, CELL_STYLE_PAPER_BOX, what.s, has_codes(f) ? cols - BOX_COLS : cols);
	if (has_codes(f))
		put(p, CELL_STYLE_PAPER_ITEM, box.s, BOX_COLS);
}

/* Side by side the words of the codes stand once, below the label. */
static void put_visits_label(struct paper *p, const struct field *f, unsigned cols)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	sbuf_adds(&text, field_label(f));
	if (*field_unit(f))
		sbuf_addf(&text, " (%s)", field_unit(f));
	if (has_codes(f)) {
		sbuf_addc(&text, '\n');
		paper_legend(f, &text);
	}
	put(p, CELL_STYLE_PAPER_ITEM, text.s, cols);
}

/* The paper as the i-th visit fills it; an empty one where there was none. */
static struct paper of_visit(const struct paper *p, size_t i)
{
	struct paper one = *p;

	one.rec = i < p->n_visits ? p->visits[i] : record_new(p->mem, p->rec->form);
	return one;
}

static void put_visit(struct paper *p, size_t i, const struct field *f, const char *text)
{
	AUTO_SBUF struct sbuf what = SBUF_INIT;
	struct paper one = of_visit(p, i);

	if (f && has_codes(f)) {
		add_answer(record_get(one.rec, f->key), &what);
		add_other(&one, one.rec, f, &what);
	} else if (f) {
		paper_value(&one, f, record_get(one.rec, f->key), &what);
	}
	if (what.len && text && *text)
		sbuf_addc(&what, '\n');
	paper_fill(&one, text ? text : "", i < p->n_visits ? "" : "  ", &what);
	put(p, CELL_STYLE_PAPER_ITEM, what.s, VISIT_COLS);
}

void paper_ask(struct paper *p, const struct field *f, const char *text)
{
	const unsigned used = begin_row(p);

	if (!p->n_visits) {
		put(p, CELL_STYLE_PAPER_ITEM, field_label(f), LEFT_COLS - used);
		put_answer(p, f, text, VALUE_COLS);
		return;
	}
	put_visits_label(p, f, LEFT_COLS - used);
	for (size_t i = 0; i < PAPER_VISITS; i++)
		put_visit(p, i, f, text);
}

/* The field of the next key; NULL at the end.  A layout names fields of its form only: a test reads all layouts. */
static const struct field *next_field(const struct paper *p, const char **keys)
{
	const size_t n = strcspn(*keys, " ");
	char key[64];
	const struct field *f;

	if (!n)
		return NULL;
	snprintf(key, sizeof key, "%.*s", (int)n, *keys);
	*keys += n + ((*keys)[n] == ' ');
	f = form_field(p->rec->form, key);
	assert(f);
	return f;
}

static void put_asks(struct paper *p, const struct paper_line *line)
{
	const struct field *f;

	for (const char *keys = line->keys; (f = next_field(p, &keys)) != NULL;)
		paper_ask(p, f, term_text(&line->text));
}

static void put_questions(struct paper *p, const struct paper_line *line)
{
	const struct field *f;

	for (const char *keys = line->keys; (f = next_field(p, &keys)) != NULL;) {
		AUTO_SBUF struct sbuf text = SBUF_INIT;
		const unsigned used = begin_row(p);
		const char *label = field_label(f);

		sbuf_addf(&text, "%.*s %s", (int)strspn(label, "0123456789"), label, term_text(&f->help));
		put(p, CELL_STYLE_PAPER_BOX, text.s, LEFT_COLS - used);
		put_answer(p, f, NULL, VALUE_COLS);
	}
}

static void put_marks(struct paper *p, const struct paper_line *line)
{
	const char *keys = line->keys;
	const struct field *f = next_field(p, &keys);

	put_answer(p, f, term_text(&line->text), PAPER_COLS - begin_row(p));
}

/* ---- several in a row ---------------------------------------------------------------------------------------------------- */

static void put_fact(struct paper *p, const struct paper_line *line)
{
	const unsigned used = begin_row(p);
	const bool labelled = line->label.zh && *line->label.zh;
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	if (labelled)
		put(p, CELL_STYLE_PAPER_ITEM, term_text(&line->label), LEFT_COLS - used);
	for (size_t i = 0; p->n_visits && i < PAPER_VISITS; i++)
		put_visit(p, i, NULL, term_text(&line->text));
	if (!p->n_visits) {
		paper_fill(p, term_text(&line->text), "____", &text);
		put(p, CELL_STYLE_PAPER_BOX, text.s, labelled ? VALUE_COLS : PAPER_COLS - used);
	}
	sheet_lines(p->sh, line->lines);
}

static size_t count_keys(const char *keys)
{
	size_t n = 1;

	for (const char *s = keys; *s; s++)
		n += *s == ' ';
	return n;
}

static void put_pairs(struct paper *p, const struct paper_line *line)
{
	const unsigned used = begin_row(p), cells = (unsigned)count_keys(line->keys) * 2 - 1, each = VALUE_COLS / cells;
	const struct field *f;
	unsigned label = LEFT_COLS - used;

	for (const char *keys = line->keys; (f = next_field(p, &keys)) != NULL; label = each) {
		AUTO_SBUF struct sbuf text = SBUF_INIT;

		put(p, CELL_STYLE_PAPER_ITEM, field_label(f), label);
		paper_value(p, f, record_get(p->rec, f->key), &text);
		put(p, CELL_STYLE_PAPER_BOX, text.s, *keys ? each : VALUE_COLS - each * (cells - 1));
	}
}

/* Evenly; what is left over goes to the first, which is the name. */
static unsigned item_cols(const struct form_def *form, size_t i, unsigned all)
{
	const unsigned each = all / (unsigned)form->n_fields;

	return i ? each : all - each * (unsigned)(form->n_fields - 1);
}

static void put_item(struct paper *p, const struct form_def *form, const struct record *item)
{
	const unsigned used = begin_row(p);

	for (size_t i = 0; i < form->n_fields; i++) {
		AUTO_SBUF struct sbuf text = SBUF_INIT;

		if (item)
			paper_value(p, &form->fields[i], &item->values[i], &text);
		put(p, CELL_STYLE_PAPER_BOX, text.s, item_cols(form, i, PAPER_COLS - used));
	}
}

static void put_table(struct paper *p, const struct paper_line *line)
{
	const char *keys = line->keys;
	const struct field *f = next_field(p, &keys);
	const struct form_def *form = f->form;
	const struct value *list = record_get(p->rec, f->key);
	const unsigned used = begin_row(p);

	for (size_t i = 0; i < form->n_fields; i++)
		put(p, CELL_STYLE_PAPER_ITEM, field_label(&form->fields[i]), item_cols(form, i, PAPER_COLS - used));
	for (size_t i = 0; i < list->n_items || i < line->lines; i++)
		put_item(p, form, i < list->n_items ? list->items[i] : NULL);
}

void paper_row(struct paper *p, const struct paper_line *line)
{
	switch (line->part) {
	case PAPER_SECTION:
	case PAPER_GROUP:
		begin_mark(p, line);
		break;
	case PAPER_ASK:
		put_asks(p, line);
		break;
	case PAPER_QUESTION:
		put_questions(p, line);
		break;
	case PAPER_MARKS:
		put_marks(p, line);
		break;
	case PAPER_FACT:
		put_fact(p, line);
		break;
	case PAPER_PAIRS:
		put_pairs(p, line);
		break;
	case PAPER_TABLE:
		put_table(p, line);
		break;
	case PAPER_TITLE:
	case PAPER_LINE:
	case PAPER_BOX:
	case PAPER_CUT:
	case PAPER_PAGE:
		break;
	}
}
