#include "app/service/round.h"

#include <stdlib.h>

#include "app/base/date.h"
#include "app/clinic/forms/forms.h"
#include "app/service/care.h"
#include "app/service/overview.h"
#include "app/service/paper.h"
#include "app/service/value_words.h"

/* ---- reading -------------------------------------------------------------------------------------------------------------- */

static void add(struct sbuf *out, const char *text)
{
	if (text && *text)
		sbuf_addf(out, "%s%s", out->len ? " " : "", text);
}

static const char *kept(struct arena *mem, const struct sbuf *b)
{
	return arena_strdup(mem, b->s);
}

/* A bare number is said to be one of a group or a house. */
static void add_number(struct sbuf *out, const char *text, bool group)
{
	AUTO_SBUF struct sbuf words = SBUF_INIT;

	if (!text || text[strspn(text, "0123456789")])
		sbuf_adds(&words, text ? text : "");
	else if (group)
		sbuf_addf(&words, _("group %s"), text);
	else
		sbuf_addf(&words, _("house %s"), text);
	add(out, words.s);
}

static const char *place_of(const struct overview *o, struct arena *mem)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	add_number(&out, record_text(o->resident, "group"), true);
	add_number(&out, record_text(o->resident, "house"), false);
	add(&out, record_text(o->resident, "place_name"));
	return kept(mem, &out);
}

/* Numbers in the order of numbers: house 9 before house 10. */
static void add_padded(struct sbuf *out, const char *text)
{
	for (const char *s = text ? text : ""; *s;) {
		size_t digits = strspn(s, "0123456789"), n = digits ? digits : 1;

		for (size_t i = digits; digits && i < 6; i++)
			sbuf_adds(out, "0");
		sbuf_addf(out, "%.*s", (int)n, s);
		s += n;
	}
	sbuf_adds(out, "\t");
}

static const char *sort_of(const struct overview *o, const struct due_person *p, struct arena *mem)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	add_padded(&out, o->village);
	add_padded(&out, record_text(o->resident, "group"));
	add_padded(&out, record_text(o->resident, "house"));
	add_padded(&out, p->name);
	return kept(mem, &out);
}

static const char *tasks_of(const struct due_person *p, struct arena *mem)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	/* A follow-up's last value has a column of its own. */
	for (size_t i = 0; i < p->n_tasks; i++) {
		const char *reason = p->tasks[i].reason;
		size_t n = strcmp(p->tasks[i].task, "followup") ? strlen(reason) : strcspn(reason, "(");

		while (n && reason[n - 1] == ' ')
			n--;
		sbuf_addf(&out, "%s%.*s", i ? " + " : "", (int)n, reason);
	}
	return kept(mem, &out);
}

static const char *last_of(const struct overview *o, struct arena *mem)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	const struct series_point *last = series_last_taken(&o->series);
	char iso[DATE_LEN];

	if (last) {
		sbuf_addf(&out, "%s ", date_iso(last->day, iso));
		measure_format(o->series.measure, &last->v, &out);
	}
	return kept(mem, &out);
}

static const char *phone_of(const struct due_person *p, struct arena *mem)
{
	const struct field *f = form_field(&resident_form, "phone_owner");
	const struct code *owner = p->phone_owner ? field_code(f, p->phone_owner) : NULL;
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	if (p->carer_phone) {
		care_words(p->carer_phone, p->carer, &out);
	} else {
		add(&out, p->phone);
		add(&out, owner ? term_text(&owner->term) : NULL);
	}
	if (p->phone_wrong)
		add(&out, _("(wrong number)"));
	return kept(mem, &out);
}

static bool read_stop(struct app *app, const struct due_person *p, struct arena *mem, struct round_stop *s, struct err *err)
{
	struct overview *o = arena_alloc(mem, sizeof *o);
	AUTO_SBUF struct sbuf drugs = SBUF_INIT, allergies = SBUF_INIT;

	if (!overview_read(app, p->id, mem, o, err))
		return false;
	overview_drugs(o, &drugs);
	overview_allergies(o->resident, &allergies);
	*s = (struct round_stop){ .who = p, .village = o->village, .place = place_of(o, mem), .sort = sort_of(o, p, mem),
		.tasks = tasks_of(p, mem),
		.last = last_of(o, mem), .drugs = kept(mem, &drugs), .phone = phone_of(p, mem), .alerts = kept(mem, &allergies) };
	return true;
}

static int by_way(const void *a, const void *b)
{
	return strcmp(((const struct round_stop *)a)->sort, ((const struct round_stop *)b)->sort);
}

bool round_read(struct app *app, const struct worklist_query *q, struct arena *mem, struct round *out, struct err *err)
{
	struct worklist *w = arena_alloc(mem, sizeof *w);

	*out = (struct round){ 0 };
	if (!worklist_read(app, q, mem, w, err))
		return false;
	out->stops = arena_alloc(mem, (w->n + 1) * sizeof *out->stops);
	for (size_t i = 0; i < w->n; i++)
		if (!read_stop(app, &w->people[i], mem, &out->stops[out->n++], err))
			return false;
	out->more = w->more;
	qsort(out->stops, out->n, sizeof *out->stops, by_way);
	return true;
}

/* ---- the sheet ------------------------------------------------------------------------------------------------------------- */

static const struct {
	struct term head;
	unsigned width;
} columns[] = {
	{ { "序", "No." }, 4 },
	{ { "住处", "Place" }, 18 },
	{ { "姓名", "Name" }, 10 },
	{ { "性别年龄", "Sex, age" }, 8 },
	{ { "电话", "Telephone" }, 18 },
	{ { "要做的事", "What to do" }, 26 },
	{ { "上次血压", "Last BP" }, 18 },
	{ { "在吃的药 过敏", "Pills, allergies" }, 30 },
	{ { "今天的结果", "Today's result" }, 26 },
};

static void put_head(struct app *app, struct sheet *sh, const struct round *r, int32_t day)
{
	AUTO_SBUF struct sbuf title = SBUF_INIT;
	char iso[DATE_LEN];

	sbuf_addf(&title, ngettext("%s  %s  the round: %zu person", "%s  %s  the round: %zu people", (unsigned long)r->n),
		app->clinic.name, date_iso(day, iso), r->n);
	sheet_line(sh, CELL_STYLE_PAPER_TITLE, title.s);
	sheet_span(sh, N_ELEMENTS(columns));
	sheet_row(sh);
	for (size_t i = 0; i < N_ELEMENTS(columns); i++) {
		sheet_width(sh, i, columns[i].width);
		sheet_text(sh, CELL_STYLE_PAPER_ITEM, term_text(&columns[i].head));
	}
	sheet_head_row(sh);
}

static void put_stop(struct sheet *sh, const struct round_stop *s, size_t i, int32_t day)
{
	const struct code *sex = field_code(form_field(&resident_form, "sex"), s->who->sex);
	AUTO_SBUF struct sbuf person = SBUF_INIT, pills = SBUF_INIT, place = SBUF_INIT;

	sbuf_addf(&person, "%s ", sex ? term_text(&sex->term) : "");
	age_on_paper(s->who->age, s->who->born, day, &person);
	if (*s->alerts)
		sbuf_addf(&pills, _("!ALLERGY: %s"), s->alerts);
	add(&pills, s->drugs);
	add(&place, s->village);
	add(&place, s->place);
	sheet_row(sh);
	sheet_int(sh, CELL_STYLE_PAPER_BOX, (int64_t)i + 1);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, place.s);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, s->who->name);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, person.s);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, s->phone);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, s->tasks);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, s->last);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, pills.s);
	sheet_text(sh, CELL_STYLE_PAPER_BOX, "");
	sheet_lines(sh, 2);
}

struct report *round_report(struct app *app, const struct round *r, int32_t day)
{
	char iso[DATE_LEN];
	struct report *rep = report_begin(app, date_iso(day, iso), _("The round"));
	struct sheet *sh = report_sheet(rep, SHEET_FIGURES, _("The round"));

	sh->landscape = true;
	put_head(app, sh, r, day);
	for (size_t i = 0; i < r->n; i++)
		put_stop(sh, &r->stops[i], i, day);
	return rep;
}
