#include "screens/print.h"

#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/service/paper.h"
#include "screens/kit/prompt.h"

void path_typed(const char *typed, struct sbuf *out)
{
	const char *home = getenv("HOME");

	if (typed[0] == '~' && typed[1] == '/' && home)
		sbuf_addf(out, "%s%s", home, typed + 1);
	else
		sbuf_adds(out, typed);
}

void print_path(const char *typed, struct sbuf *out)
{
	size_t n;

	path_typed(typed, out);
	n = out->len;
	if (n < 5 || strcmp(out->s + n - 5, ".xlsx") != 0)
		sbuf_adds(out, ".xlsx");
}

unsigned print_ask_path(struct ui *ui, int tag, const char *question, const char *name, ...)
{
	const char *home = getenv("HOME");
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	va_list ap;

	sbuf_addf(&path, "%s/cunyi-", home && *home ? home : ".");
	va_start(ap, name);
	sbuf_vaddf(&path, name, ap);
	va_end(ap);
	sbuf_adds(&path, ".xlsx");
	return prompt_ask(ui, tag, &(struct ask){ .question = question, .text = path.s, .max = 300 });
}

unsigned print_report(struct ui *ui, const struct report *rep, const char *typed, struct err *err)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;

	print_path(typed, &path);
	if (rep && paper_write_report(app_of(ui), rep, path.s, err))
		ui_say(ui, FACE_DONE, _("Written: %s"), path.s);
	else
		ui_fail(ui, err);
	return UI_HANDLED | UI_REDRAW;
}

unsigned print_ask(struct ui *ui, int tag, enum kind_id kind, const struct record *rec)
{
	const struct kind *k = kind_by_id(kind);
	const char *day = k->date_key ? record_text(rec, k->date_key) : NULL;
	AUTO_SBUF struct sbuf question = SBUF_INIT;

	sbuf_addf(&question, _("Print %s: write the sheet to"), term_text(&rec->form->title));
	/* The person's name stays out of the name of the file. */
	return print_ask_path(ui, tag, question.s, "%s%s%s", k->name, day ? "-" : "", day ? day : "");
}

unsigned print_record(struct ui *ui, enum kind_id kind, const struct record *rec, const char *typed)
{
	struct err err;
	AUTO_REPORT struct report *rep = paper_report(app_of(ui), kind, rec, &err);

	return print_report(ui, rep, typed, &err);
}

unsigned print_slip_ask(struct ui *ui, int tag)
{
	char today[DATE_LEN];

	return print_ask_path(ui, tag, _("Slip to take home, in large print: write it to"), "slip-%s",
		date_iso(app_today(app_of(ui)), today));
}

unsigned print_slip(struct ui *ui, const char *resident, const char *typed)
{
	struct err err;
	AUTO_REPORT struct report *rep = paper_slip(app_of(ui), resident, &err);

	return print_report(ui, rep, typed, &err);
}
