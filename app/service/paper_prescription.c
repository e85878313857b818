/* 处方笺: the prescription of a visit, five drugs a sheet (处方管理办法 2007). */
#include "app/clinic/drugs.h"
#include "app/service/paper_int.h"

enum { DRUGS_A_SHEET = 5 };

static const struct term sheet_name = { "处方笺", "Prescription" };

/* What stands above and below the lines; the places are filled as in paper.h. */
static const struct paper_line above[] = {
	{ PAPER_TITLE, { 0 }, { "{clinic.name} 处方笺", "{clinic.name}  Prescription" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "处方类别: {rx_kind}    日期: {date}    门诊号: {queue_no}    有效: {rx_valid_days} 天", "Kind: {rx_kind}    Date: {date}    Visit no.: {queue_no}    Valid: {rx_valid_days} days" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "姓名: {resident.name|walkin_name}    性别: {resident.sex|walkin_sex}    "
			       "年龄: {resident.age|walkin_age}    编号: {resident.tail}",
				     "Name: {resident.name|walkin_name}    Sex: {resident.sex|walkin_sex}    "
				     "Age: {resident.age|walkin_age}    File no.: {resident.tail}" },
		0, NULL },
	{ PAPER_BOX, { "临床诊断", "Diagnosis" }, { "{diagnosis}", "{diagnosis}" }, 2, NULL },
};
static const struct paper_line below[] = {
	{ PAPER_LINE, { 0 }, { "?长期处方评估: {long_evaluation}    患者确认: {long_confirmed}", "?Evaluation of the long prescription: {long_evaluation}    Patient agrees: {long_confirmed}" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "医师(签字): {doctor} ________    药品金额: {fee}", "Prescriber (signature): {doctor} ________    Fee: {fee}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "审核: ________    调配: ________    核对、发药: {dispenser} ________", "Checked: ________    Made up: ________    Given out: {dispenser} ________" }, 2, NULL },
};

static void add_word(struct paper *p, const struct record *item, const char *key, const char *before, const char *after,
	struct sbuf *out)
{
	const struct value *v = record_get(item, key);

	if (value_is_empty(v))
		return;
	sbuf_adds(out, before);
	if (v->kind == V_DECIMAL)
		paper_amount(form_field(item->form, key), v, out);
	else
		paper_value(p, form_field(item->form, key), v, out);
	sbuf_adds(out, after);
}

/* "氨氯地平  片剂  5mg  x 7片" and below it how it is taken. */
static void put_drug(struct paper *p, const struct record *item, size_t number)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT, label = SBUF_INIT;

	sbuf_addf(&label, "%zu", number);
	add_word(p, item, "name", "", "", &text);
	if (record_is(item, "form", DRUG_OTHER_FORM) && record_text(item, "form_other"))
		add_word(p, item, "form_other", "  ", "", &text);
	else
		add_word(p, item, "form", "  ", "", &text);
	add_word(p, item, "strength", "  ", "", &text);
	add_word(p, item, "quantity", "  x ", "", &text);
	add_word(p, item, "quantity_unit", " ", "", &text);
	add_word(p, item, "dose", _("\nEach "), " ", &text);
	add_word(p, item, "unit", "", "", &text);
	add_word(p, item, "times_per_day", "  ", _(" times a day"), &text);
	add_word(p, item, "route", "  ", "", &text);
	add_word(p, item, "days", "  ", _(" days"), &text);
	add_word(p, item, "skin_test", _("  skin test "), "", &text);
	add_word(p, item, "note", "  ", "", &text);
	paper_box(p, label.s, text.s, 2);
}

void paper_prescriptions(struct paper *p)
{
	const struct value *list = record_get(p->rec, "prescriptions");

	for (size_t first = 0; first < list->n_items; first += DRUGS_A_SHEET) {
		paper_begin(p, term_text(&sheet_name));
		paper_lines(p, above, N_ELEMENTS(above));
		for (size_t i = first; i < list->n_items && i < first + DRUGS_A_SHEET; i++)
			put_drug(p, list->items[i], i + 1);
		paper_lines(p, below, N_ELEMENTS(below));
	}
}
