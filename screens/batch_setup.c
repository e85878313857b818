/* What pile of paper is entered: day, doctor, form, village, number of sheets; once, by digits or by the first letters.  Today is
 * never offered: paper of today needs no pile. */
#include <ctype.h>

#include "app/base/i18n.h"
#include "app/programmes/programmes.h"
#include "screens/batch.h"

static const struct term questions[BATCH_READY] = {
	[BATCH_DAY] = { "纸上日期", "Date on the paper" },
	[BATCH_DOCTOR] = { "签名医生", "Signed by" },
	[BATCH_FORM] = { "哪种表", "Which form" },
	[BATCH_VILLAGE] = { "哪个村", "Village" },
	[BATCH_SHEETS] = { "共几张", "Sheets counted" },
};

/* ---- choices ---------------------------------------------------------------------------------------------------------- */

/* Beside the programmes' follow-ups. */
static const enum kind_id further[] = { KIND_VISIT, KIND_EXAM };

/* What may lie in a pile: the i-th form. */
static struct batch_form {
	enum kind_id kind;
	const struct programme *programme; /* of a follow-up */
} form_at(size_t i)
{
	size_t n;
	const struct programme *const *all = programmes(&n);

	return i < n ? (struct batch_form){ KIND_FOLLOWUP, all[i] } : (struct batch_form){ further[i - n], NULL };
}

static const char *variant_of(const struct batch_form *form)
{
	return form->programme ? form->programme->code : "";
}

static size_t form_count(void)
{
	size_t n;

	programmes(&n);
	return n + N_ELEMENTS(further);
}

static size_t choice_count(const struct batch_setup *s, enum batch_step step)
{
	size_t n = step == BATCH_DOCTOR ? s->staff.n : step == BATCH_FORM ? form_count() :
		step == BATCH_VILLAGE ? s->villages.n : 0;

	return n < BATCH_CHOICES ? n : BATCH_CHOICES;
}

static const char *choice_text(const struct batch_setup *s, enum batch_step step, size_t i)
{
	struct batch_form form;

	if (step == BATCH_DOCTOR)
		return s->staff.v[i].name;
	if (step == BATCH_VILLAGE)
		return s->villages.v[i].name;
	form = form_at(i);
	return term_text(form.programme ? &form.programme->followup->title : &kind_by_id(form.kind)->term);
}

static void choose(struct batch_setup *s, size_t i)
{
	if (s->step == BATCH_DOCTOR) {
		snprintf(s->pile->doctor, sizeof s->pile->doctor, "%s", s->staff.v[i].id);
	} else if (s->step == BATCH_VILLAGE) {
		s->pile->village = s->villages.v[i].row;
	} else {
		const struct batch_form form = form_at(i);

		s->pile->kind = form.kind;
		snprintf(s->pile->variant, sizeof s->pile->variant, "%s", variant_of(&form));
	}
}

static bool is_chosen(const struct batch_setup *s, enum batch_step step, size_t i)
{
	struct batch_form form;

	if (step == BATCH_DOCTOR)
		return !strcmp(s->pile->doctor, s->staff.v[i].id);
	if (step == BATCH_VILLAGE)
		return s->pile->village == s->villages.v[i].row;
	form = form_at(i);
	return s->pile->kind == form.kind && !strcmp(s->pile->variant, variant_of(&form));
}

/* A number, or letters that fit one only. */
static bool find_choice(const struct batch_setup *s, const char *typed, size_t *out)
{
	size_t n = choice_count(s, s->step), found = 0, number = 0;

	if (typed[strspn(typed, "0123456789")] == '\0') {
		for (const char *c = typed; *c && number < 1000; c++)
			number = number * 10 + (size_t)(*c - '0');
		*out = number - 1;
		return number >= 1 && number <= n;
	}
	for (size_t i = 0; i < n; i++)
		if (match_pinyin(choice_text(s, s->step, i), typed)) {
			*out = i;
			found++;
		}
	return found == 1;
}

/* ---- answers ---------------------------------------------------------------------------------------------------------- */

static bool fault(struct batch_setup *s, const char *sentence)
{
	snprintf(s->fault, sizeof s->fault, "%s", sentence);
	return false;
}

static bool has_answer(const struct batch_setup *s)
{
	switch ((int)s->step) {
	case BATCH_DAY:
		return s->pile->day != NO_DAY && s->pile->day;
	case BATCH_DOCTOR:
		return *s->pile->doctor;
	case BATCH_FORM:
		return s->pile->kind != KIND_NONE;
	default:
		return true; /* a village and a count are not needed */
	}
}

static bool take_day(struct batch_setup *s, const char *typed)
{
	char iso[DATE_LEN];
	int32_t today = app_today(s->app), day;

	if (date_parse_typed(typed, today, false, iso) != DATE_DAY)
		return fault(s, _("This is no date. For example -3 or 11-05"));
	day = date_day(iso);
	if (day > today && strlen(typed) <= 5 && *typed != '+') { /* in January "12-28" is last year's */
		struct date d = date_from_day(day);

		d.year--;
		day = date_day_number(&d);
	}
	if (day > today)
		return fault(s, _("That day is yet to come. For example -3 or 11-05"));
	s->pile->day = day;
	return true;
}

static bool take_count(struct batch_setup *s, const char *typed)
{
	size_t n = 0;

	if (typed[strspn(typed, "0123456789")] || strlen(typed) > 4)
		return fault(s, _("How many sheets lie here? A number, or empty. For example 20"));
	for (const char *c = typed; *c; c++)
		n = n * 10 + (size_t)(*c - '0');
	s->pile->sheets = n;
	return true;
}

static bool take(struct batch_setup *s, const char *typed)
{
	size_t i;

	if (!*typed)
		return has_answer(s) || fault(s, s->step == BATCH_DAY ?
			_("Which day stands on the paper? It is never today by itself. For example -3 or 11-05") :
			_("Choose one by its number, or type its first letters."));
	if (s->step == BATCH_DAY)
		return take_day(s, typed);
	if (s->step == BATCH_SHEETS)
		return take_count(s, typed);
	if (!find_choice(s, typed, &i))
		return fault(s, _("None or several begin so: choose one by its number, or type its first letters."));
	choose(s, i);
	return true;
}

bool batch_setup_enter(struct batch_setup *s)
{
	s->fault[0] = '\0';
	if (!take(s, s->edit.text.s))
		return false;
	edit_clear(&s->edit);
	s->step++;
	return true;
}

bool batch_setup_key(struct batch_setup *s, struct key key)
{
	bool choices = choice_count(s, s->step) > 0 && choice_count(s, s->step) < 10;

	if (*s->fault && key_is_text(key)) /* what was wrong makes room */
		edit_clear(&s->edit);
	if (!edit_key(&s->edit, key))
		return false;
	s->fault[0] = '\0';
	if (choices && s->edit.text.len == 1 && s->edit.text.s[0] >= '1' && s->edit.text.s[0] <= '9')
		batch_setup_enter(s);
	return true;
}

bool batch_setup_back(struct batch_setup *s)
{
	if (!s->step)
		return false;
	edit_clear(&s->edit);
	s->fault[0] = '\0';
	s->step--;
	return true;
}

void batch_setup_again(struct batch_setup *s)
{
	edit_clear(&s->edit);
	s->fault[0] = '\0';
	s->step = BATCH_DAY;
}

bool batch_setup_init(struct batch_setup *s, struct app *app, struct batch_pile *pile, struct err *err)
{
	s->app = app;
	s->pile = pile;
	edit_init(&s->edit, EDIT_TEXT, 30);
	s->step = pile->kind != KIND_NONE ? BATCH_READY : BATCH_DAY;
	return directory_read(app, KIND_STAFF, NULL, &s->mem, &s->staff, err) &&
		directory_read(app, KIND_ORGANISATION, "1", &s->mem, &s->villages, err);
}

void batch_setup_release(struct batch_setup *s)
{
	edit_release(&s->edit);
	arena_release(&s->mem);
}

/* ---- drawing ---------------------------------------------------------------------------------------------------------- */

static void answer_words(const struct batch_setup *s, enum batch_step step, struct sbuf *out)
{
	char iso[DATE_LEN];

	if (step == BATCH_DAY && s->pile->day)
		sbuf_adds(out, date_iso(s->pile->day, iso));
	else if (step == BATCH_SHEETS && s->pile->sheets)
		sbuf_addf(out, "%zu", s->pile->sheets);
	for (size_t i = 0; i < choice_count(s, step); i++)
		if (is_chosen(s, step, i))
			sbuf_adds(out, choice_text(s, step, i));
}

enum { ANSWER_X = 19, TYPED_W = 20 };

static int draw_choices(const struct batch_setup *s, struct canvas *cv, int y)
{
	const size_t n = choice_count(s, s->step);
	const int y0 = y;
	int x = ANSWER_X;

	for (size_t i = 0; i < n; i++) { /* none is broken in two */
		const char *text = choice_text(s, s->step, i);
		AUTO_SBUF struct sbuf words = SBUF_INIT;
		int w;

		sbuf_addf(&words, "%zu%s%s", i + 1, isdigit((unsigned char)*text) ? " " : "", text);
		w = canvas_width(cv, words.s);
		if (x > ANSWER_X && x + w > cv->w - 2) {
			x = ANSWER_X;
			y++;
		}
		canvas_clip(cv, y, x, cv->w - x - 2, FACE_HINT, words.s);
		x += w + 2;
	}
	return n ? y + 1 - y0 : 0;
}

int batch_setup_draw(const struct batch_setup *s, struct canvas *cv, int y0)
{
	int y = y0;

	for (enum batch_step step = BATCH_DAY; step < BATCH_READY; step++) {
		AUTO_SBUF struct sbuf words = SBUF_INIT;

		answer_words(s, step, &words);
		canvas_textf(cv, y, 1, ANSWER_X - 2, FACE_LABEL, "%s", term_text(&questions[step]));
		if (step == s->step) {
			edit_draw(&s->edit, cv, y, ANSWER_X, TYPED_W, FACE_EDITING, true);
			canvas_clip(cv, y, ANSWER_X + TYPED_W + 1, cv->w - ANSWER_X - TYPED_W - 2, FACE_DIM, words.s);
			y += draw_choices(s, cv, y + 1);
		} else {
			canvas_clip(cv, y, ANSWER_X, cv->w - ANSWER_X - 1, FACE_INPUT, words.s);
		}
		y++;
	}
	if (*s->fault)
		canvas_clip(cv, y + 1, 1, cv->w - 2, FACE_ERROR, s->fault);
	return y - y0;
}

void batch_setup_words(const struct batch_setup *s, struct sbuf *out)
{
	for (enum batch_step step = BATCH_DAY; step < BATCH_SHEETS; step++) {
		size_t before = out->len;

		if (before)
			sbuf_adds(out, "  ");
		answer_words(s, step, out);
		if (out->len == before + 2)
			sbuf_cut(out, before);
	}
}
