#include "screens/print.h"

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/service/paper.h"
#include "screens/kit/prompt.h"

void print_path(const char *typed, struct sbuf *out)
{
	const char *home = getenv("HOME");
	size_t n;

	if (typed[0] == '~' && typed[1] == '/' && home)
		sbuf_addf(out, "%s%s", home, typed + 1);
	else
		sbuf_adds(out, typed);
	n = out->len;
	if (n < 5 || strcmp(out->s + n - 5, ".xlsx") != 0)
		sbuf_adds(out, ".xlsx");
}

unsigned print_ask(struct ui *ui, int tag, enum kind_id kind, const struct record *rec)
{
	const struct kind *k = kind_by_id(kind);
	const char *home = getenv("HOME"), *day = k->date_key ? record_text(rec, k->date_key) : NULL;
	AUTO_SBUF struct sbuf path = SBUF_INIT, question = SBUF_INIT;

	/* The person's name stays out of the name of the file. */
	sbuf_addf(&path, "%s/cunyi-%s%s%s.xlsx", home && *home ? home : ".", k->name, day ? "-" : "", day ? day : "");
	sbuf_addf(&question, _("Print %s: write the sheet to"), term_text(&rec->form->title));
	return prompt_ask(ui, tag, &(struct ask){ .question = question.s, .text = path.s, .kind = EDIT_TEXT, .max = 300 });
}

unsigned print_record(struct ui *ui, enum kind_id kind, const struct record *rec, const char *typed)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	struct err err;

	print_path(typed, &path);
	if (paper_write(app_of(ui), kind, rec, path.s, &err))
		ui_say(ui, FACE_DONE, _("Written: %s"), path.s);
	else
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}

unsigned print_slip_ask(struct ui *ui, int tag)
{
	const char *home = getenv("HOME");
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	char today[DATE_LEN];

	sbuf_addf(&path, "%s/cunyi-slip-%s.xlsx", home && *home ? home : ".", date_iso(app_today(app_of(ui)), today));
	return prompt_ask(ui, tag, &(struct ask){ .question = _("Slip to take home, in large print: write it to"), .text = path.s,
		.kind = EDIT_TEXT, .max = 300 });
}

unsigned print_slip(struct ui *ui, const char *resident, const char *typed)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	struct err err;

	print_path(typed, &path);
	if (paper_slip_write(app_of(ui), resident, path.s, &err))
		ui_say(ui, FACE_DONE, _("Written: %s"), path.s);
	else
		ui_fail(ui, &err);
	return UI_HANDLED | UI_REDRAW;
}
