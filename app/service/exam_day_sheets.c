/* The sheets of an examination day, as data: the list with ticks, who did not come, the slips with the results. */
#include "app/base/date.h"
#include "app/clinic/exam.h"
#include "app/clinic/forms/forms.h"
#include "app/service/exam_days.h"
#include "app/service/paper.h"
#include "app/service/value_words.h"

static const struct term sheet_names[] = { { "现场单", "List" }, { "未到", "Not here" }, { "反馈单", "Slips" } };
static const struct term list_heads[] = { { "编号", "No." }, { "姓名", "Name" }, { "性别", "Sex" }, { "年龄", "Age" },
	{ "村组", "Village" } };
static const struct term lack_head = { "还差", "Lacking" };
static const struct term absent_heads[] = { { "姓名", "Name" }, { "性别", "Sex" }, { "年龄", "Age" }, { "村组", "Village" },
	{ "门牌", "House" }, { "电话", "Telephone" } };
static const struct term slip_words[] = { { "体检结果反馈单", "Result of the examination" }, { "未见异常", "Nothing abnormal" },
	{ "健康指导", "Guidance" }, { "医生签名", "Doctor" }, { "领取人签名", "Received by" }, { "日期", "Date" } };

static const char *sex_text(const char *code)
{
	const struct field *f = form_field(&resident_form, "sex");
	const struct code *c = code ? field_code(f, code) : NULL;

	return c ? term_text(&c->term) : "";
}

static const char *place_text(struct arena *mem, const char *village, const char *group)
{
	bool number = group && *group >= '0' && *group <= '9';

	return arena_printf(mem, "%s%s%s", village ? village : "", group ? group : "", number ? _(" grp") : "");
}

static void heads(struct sheet *sh, const struct term *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sheet_static(sh, CELL_STYLE_HEAD, term_text(&t[i]));
}

static void title(struct sheet *sh, const struct exam_day *day)
{
	const char *place = record_text(day->rec, "place");

	sheet_line(sh, CELL_STYLE_TITLE,
		arena_printf(&sh->report->mem, "%s %s %s", term_text(&exam_day_form.title), record_text(day->rec, "date"),
			place ? place : ""));
}

static void list_row(struct sheet *sh, const struct exam_day *day, const struct exam_guest *g)
{
	AUTO_SBUF struct sbuf lacking = SBUF_INIT;

	sheet_row(sh);
	sheet_int(sh, g->twice ? CELL_STYLE_WARN : CELL_STYLE_LABEL, g->no);
	sheet_text(sh, CELL_STYLE_PLAIN, g->name);
	sheet_text(sh, CELL_STYLE_CENTRE, sex_text(g->sex));
	sheet_static(sh, CELL_STYLE_PLAIN, age_text(&sh->report->mem, g->age, g->born, record_day(day->rec, "date")));
	sheet_static(sh, CELL_STYLE_PLAIN, place_text(&sh->report->mem, g->village, g->group));
	for (size_t i = 0; i < day->n_stations; i++)
		sheet_static(sh, CELL_STYLE_CENTRE, exam_guest_did(g, day->stations[i]->code) ? "✓" : "");
	exam_guest_lacking(day, g, &lacking);
	sheet_text(sh, lacking.len ? CELL_STYLE_WARN : CELL_STYLE_PLAIN, lacking.s);
}

static void add_list(struct report *rep, const struct exam_day *day)
{
	struct sheet *sh = report_sheet(rep, SHEET_LIST, term_text(&sheet_names[0]));

	sh->landscape = true;
	title(sh, day);
	sheet_row(sh);
	heads(sh, list_heads, N_ELEMENTS(list_heads));
	for (size_t i = 0; i < day->n_stations; i++)
		sheet_static(sh, CELL_STYLE_HEAD, term_text(&day->stations[i]->term));
	heads(sh, &lack_head, 1);
	sheet_head_row(sh);
	for (size_t i = 0; i < day->n; i++)
		list_row(sh, day, &day->guests[i]);
}

static bool add_absent(struct app *app, struct report *rep, const struct exam_day *day, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct sheet *sh = report_sheet(rep, SHEET_LIST, term_text(&sheet_names[1]));
	struct exam_absent *absent;
	size_t n;

	if (!exam_day_absent(app, day, &mem, &absent, &n, err))
		return false;
	title(sh, day);
	sheet_row(sh);
	heads(sh, absent_heads, N_ELEMENTS(absent_heads));
	sheet_head_row(sh);
	for (size_t i = 0; i < n; i++) {
		sheet_row(sh);
		sheet_text(sh, CELL_STYLE_LABEL, absent[i].name);
		sheet_text(sh, CELL_STYLE_CENTRE, sex_text(absent[i].sex));
		sheet_static(sh, CELL_STYLE_PLAIN,
			age_text(&rep->mem, absent[i].age, absent[i].born, record_day(day->rec, "date")));
		sheet_static(sh, CELL_STYLE_PLAIN, place_text(&rep->mem, absent[i].village, absent[i].group));
		sheet_text(sh, CELL_STYLE_PLAIN, absent[i].house);
		sheet_text(sh, CELL_STYLE_PLAIN, absent[i].phone);
	}
	return true;
}

/* ---- slips --------------------------------------------------------------------------------------------------------------- */

enum { SLIP_VALUES = 32, SLIP_COLUMNS = 6 };

static void slip_line(struct sheet *sh, enum cell_style style, const char *text)
{
	sheet_row(sh);
	sheet_text(sh, style, text);
	sheet_span(sh, SLIP_COLUMNS);
}

static void slip_values(struct sheet *sh, const struct record *rec, const char *sex)
{
	const struct field *found[SLIP_VALUES];
	size_t n = exam_abnormal(rec, sex, found, SLIP_VALUES);

	if (!n)
		slip_line(sh, CELL_STYLE_PAPER_BOX, term_text(&slip_words[1]));
	for (size_t i = 0; i < n && i < SLIP_VALUES; i++) {
		AUTO_SBUF struct sbuf b = SBUF_INIT;

		exam_value_text(rec, found[i], sex, &b);
		slip_line(sh, CELL_STYLE_PAPER_BOX, b.s);
	}
}

static void slip_advice(struct sheet *sh, const struct record *rec)
{
	static const char *const keys[] = { "guidance", "risk_control", "result_summary" };
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	sbuf_addf(&b, "%s:", term_text(&slip_words[2]));
	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (!value_is_empty(record_get(rec, keys[i]))) {
			sbuf_adds(&b, " ");
			field_format(form_field(rec->form, keys[i]), record_get(rec, keys[i]), true, &b);
		}
	slip_line(sh, CELL_STYLE_PAPER_BOX, b.s);
}

static bool add_slip(struct app *app, struct sheet *sh, const struct exam_guest *g, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec;

	if (!record_load(app, KIND_EXAM, g->exam, &mem, &rec, err))
		return false;
	slip_line(sh, CELL_STYLE_PAPER_LINE,
		arena_printf(&mem, "%s  %d %s %s %s  %s  %s", term_text(&slip_words[0]), g->no, g->name, sex_text(g->sex),
			age_text(&mem, g->age, g->born, record_day(rec, "date")), place_text(&mem, g->village, g->group),
			record_text(rec, "date")));
	slip_values(sh, rec, g->sex);
	slip_advice(sh, rec);
	slip_line(sh, CELL_STYLE_PAPER_LINE,
		arena_printf(&mem, "%s ________  %s ________  %s ________", term_text(&slip_words[3]), term_text(&slip_words[4]),
			term_text(&slip_words[5])));
	sheet_row(sh);
	return true;
}

/* The abnormal first: they are told first. */
static bool add_slips(struct app *app, struct report *rep, const struct exam_day *day, struct err *err)
{
	struct sheet *sh = report_sheet(rep, SHEET_LIST, term_text(&sheet_names[2]));

	title(sh, day);
	for (int abnormal = 1; abnormal >= 0; abnormal--)
		for (size_t i = 0; i < day->n; i++)
			if (day->guests[i].results && (day->guests[i].abnormal > 0) == abnormal &&
				!add_slip(app, sh, &day->guests[i], err))
				return false;
	return true;
}

struct report *exam_day_report(struct app *app, const char *id, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct exam_day day;
	struct report *rep;

	if (!exam_day_read(app, id, &mem, &day, err))
		return NULL;
	rep = report_begin(app, record_text(day.rec, "date"), term_text(&exam_day_form.title));
	add_list(rep, &day);
	if (add_absent(app, rep, &day, err) && add_slips(app, rep, &day, err))
		return rep;
	report_free(rep);
	return NULL;
}
