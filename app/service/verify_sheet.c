/* The draw on paper: whom to call, what was written down, the questions, room for the answers. */
#include "app/base/date.h"
#include "app/service/paper.h"
#include "app/service/value_words.h"
#include "app/service/verify.h"

enum { FIRST_ROOM = 6 };

static void put_head(struct sheet *sh)
{
	static const struct term heads[FIRST_ROOM] = {
		{ "序号", "No." }, { "医生", "Doctor" }, { "姓名", "Name" }, { "性别 年龄", "Sex, age" }, { "电话", "Telephone" },
		{ "记录内容", "What is written" },
	};
	static const struct term answer = { "答复", "Answer" };

	sheet_row(sh);
	for (size_t i = 0; i < N_ELEMENTS(heads); i++)
		sheet_static(sh, CELL_STYLE_HEAD, term_text(&heads[i]));
	for (size_t i = 0; i < verify_question_count; i++)
		sheet_static(sh, CELL_STYLE_HEAD, term_text(&verify_questions[i]));
	sheet_static(sh, CELL_STYLE_HEAD, term_text(&answer));
	sheet_head_row(sh);
}

static void put_person(struct app *app, struct sheet *sh, size_t number, const struct verify_item *it)
{
	const struct field *sex = form_field(kind_by_id(KIND_RESIDENT)->form, "sex");
	const struct code *c = field_code(sex, it->hit.sex);
	AUTO_SBUF struct sbuf person = SBUF_INIT;
	char text[400];

	sbuf_addf(&person, "%s ", c ? term_text(&c->term) : "");
	age_on_paper(it->hit.age, date_day(it->hit.birth_date), app_today(app), &person);
	sheet_row(sh);
	sheet_int(sh, CELL_STYLE_CENTRE, (int64_t)number);
	sheet_text(sh, CELL_STYLE_PLAIN, it->doctor);
	sheet_text(sh, CELL_STYLE_PLAIN, it->hit.name);
	sheet_text(sh, CELL_STYLE_PLAIN, person.s);
	sheet_text(sh, CELL_STYLE_PLAIN, it->hit.phone);
	snprintf(text, sizeof text, "%s %s", it->day, it->recorded);
	sheet_text(sh, CELL_STYLE_PLAIN, text);
	for (size_t i = 0; i < verify_question_count; i++)
		sheet_empty(sh, CELL_STYLE_PLAIN);
	sheet_text(sh, CELL_STYLE_PLAIN, it->answer_words);
	sheet_lines(sh, 2);
}

struct report *verify_report(struct app *app, const struct verify_list *list)
{
	const char *title = _("Telephone verification");
	struct report *rep = report_begin(app, list->drawn_on, title);
	struct sheet *sh = report_sheet(rep, SHEET_FIGURES, title);
	char line[200];

	sh->landscape = true;
	sheet_line(sh, CELL_STYLE_TITLE, title);
	snprintf(line, sizeof line, _("Seed %lld, drawn %s, %d a doctor, services from %s to %s"), (long long)list->seed,
		list->drawn_on, list->per_doctor, list->from, list->until);
	sheet_line(sh, CELL_STYLE_NOTE, line);
	put_head(sh);
	for (size_t i = 0; i < list->n; i++)
		put_person(app, sh, i + 1, &list->v[i]);
	return rep;
}
