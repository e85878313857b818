/* Danger signs of a follow-up, one by one: of each programme on the sheet. */
#include "app/base/i18n.h"
#include "screens/followup_int.h"
#include "screens/kit/prompt.h"

static const struct code *danger_codes(const struct followup_screen *st, size_t part)
{
	const char *key = followup_key(st, part, "danger");
	const struct field *f = key ? form_field(st->fs.rec->form, key) : NULL;

	return f ? f->codes : NULL;
}

/* Where one goes on after the question: to what comes behind it on the paper. */
static void go_on(struct followup_screen *st, const char *key)
{
	const char *next = followup_key(st, 0, "weight");

	form_goto(&st->fs.form, key ? key : next ? next : "date");
}

static unsigned finish(struct followup_screen *st, struct ui *ui)
{
	const char *key = followup_key(st, st->danger_part, "danger");

	record_set_text(st->fs.rec, key, *st->danger ? st->danger : "0");
	form_screen_refresh(&st->fs);
	if (st->n_parts == 1 || *st->danger)
		go_on(st, *st->danger ? key : NULL);
	st->danger_part++;
	st->danger_at = 0;
	*st->danger = '\0';
	return followup_ask_dangers(st, ui);
}

static unsigned ask(struct followup_screen *st, struct ui *ui, const struct code *c)
{
	AUTO_SBUF struct sbuf question = SBUF_INIT;

	/* "none of them" is the answer to all, not a question */
	if (c[st->danger_at].exclusive)
		st->danger_at++;
	if (!c[st->danger_at].code)
		return finish(st, ui);
	sbuf_addf(&question, "%s", term_text(&c[st->danger_at].term));
	return prompt_choose(ui, TAG_DANGER, &(struct choose){ .question = question.s, .n_options = 2,
		.options = (const char *const[]){ _("no"), _("yes: a danger sign") } });
}

unsigned followup_ask_dangers(struct followup_screen *st, struct ui *ui)
{
	for (; st->danger_part < st->n_parts; st->danger_part++) {
		const struct code *c = danger_codes(st, st->danger_part);

		if (c)
			return ask(st, ui, c);
	}
	return UI_HANDLED | UI_REDRAW;
}

unsigned followup_no_dangers(struct followup_screen *st, struct ui *ui)
{
	size_t part;
	const char *base;

	if (!form_commit(&st->fs.form, ui))
		return UI_HANDLED | UI_REDRAW;
	for (size_t i = 0; i < st->n_parts; i++)
		if (danger_codes(st, i))
			record_set_text(st->fs.rec, followup_key(st, i, "danger"), "0");
	form_screen_refresh(&st->fs);
	base = followup_base(st, form_field_now(&st->fs.form), &part);
	if (!strcmp(base, "danger") && st->n_parts == 1)
		go_on(st, NULL);
	return UI_HANDLED | UI_REDRAW;
}

unsigned followup_danger_answer(struct form_screen *fs, struct ui *ui, int tag, const struct answer *a)
{
	struct followup_screen *st = followup_whole(fs);
	size_t n = strlen(st->danger);

	if (tag != TAG_DANGER)
		return 0;
	if (!a->ok)
		return UI_HANDLED | UI_REDRAW;
	if (a->choice == 1)
		snprintf(st->danger + n, sizeof st->danger - n, "%s%s", n ? "," : "",
			danger_codes(st, st->danger_part)[st->danger_at].code);
	st->danger_at++;
	return followup_ask_dangers(st, ui);
}
