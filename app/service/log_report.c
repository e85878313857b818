/* The log and the register of notifiable diseases as a workbook. */
#include "app/base/date.h"
#include "app/clinic/notifiable.h"
#include "app/service/log.h"
#include "app/service/paper.h"
#include "app/service/rows.h"
#include "app/service/value_words.h"

static const struct term sheet_log = { "门诊日志", "Outpatient log" }, sheet_register = { "传染病登记", "Notifiable diseases" };

/* Nineteen columns on a sheet of A4 across: long texts go on below. */
static const uint8_t widths[LOG_COLUMNS] = {
	[LOG_NO] = 4, [LOG_WHEN] = 10, [LOG_NAME] = 8, [LOG_SEX] = 4, [LOG_AGE] = 6, [LOG_OCCUPATION] = 8, [LOG_ID] = 18,
	[LOG_ADDRESS] = 14, [LOG_PHONE] = 11, [LOG_PARENT] = 8, [LOG_ONSET] = 10, [LOG_FIRST] = 5, [LOG_COMPLAINT] = 14,
	[LOG_TEMPERATURE] = 5, [LOG_BP] = 7, [LOG_DIAGNOSIS] = 16, [LOG_TREATMENT] = 22, [LOG_REPORTED] = 8, [LOG_DOCTOR] = 8,
};

static void put_log(struct report *rep, const struct log *log)
{
	struct sheet *sh = report_sheet(rep, SHEET_FIGURES, term_text(&sheet_log));

	for (size_t c = 0; c < LOG_COLUMNS; c++)
		sheet_width(sh, c, widths[c]);
	sh->landscape = true;
	sheet_line(sh, CELL_STYLE_TITLE, rep->title);
	sheet_row(sh);
	for (size_t c = 0; c < LOG_COLUMNS; c++)
		sheet_text(sh, CELL_STYLE_HEAD, term_text(&log_heads[c]));
	sheet_head_row(sh);
	for (size_t i = 0; i < log->n; i++) {
		sheet_row(sh);
		for (size_t c = 0; c < LOG_COLUMNS; c++)
			sheet_text(sh, CELL_STYLE_LABEL, log->rows[i].cell[c]);
	}
}

/* ---- the register ------------------------------------------------------------------------------------------------------ */

static const char *const register_keys[] = { "date", "diagnosed_hour", "name", "sex", "age", "address", "disease", "case_class",
	"onset_date", "status", "reported_on", "reported_hour", "reported_how", "reported_to", "doctor" };

static void put_heads(struct sheet *sh)
{
	const struct form_def *form = kind_by_id(KIND_NOTICE)->form;

	sheet_row(sh);
	for (size_t i = 0; i < N_ELEMENTS(register_keys); i++)
		sheet_text(sh, CELL_STYLE_HEAD, field_label(form_field(form, register_keys[i])));
	sheet_head_row(sh);
}

static void put_value(struct app *app, struct sheet *sh, const struct record *card, const char *key, struct arena *mem)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	const struct field *f = form_field(card->form, key);
	const struct value *v = record_get(card, key);
	const struct code *c = v->kind == V_CODE ? field_code(f, v->text) : NULL;
	const int32_t born = record_day(card, "birth_date"), day = record_day(card, "date");

	if (!strcmp(key, "age") && born != NO_DAY && day != NO_DAY)
		sbuf_addf(&text, "%d", date_age(born, day));
	else if (c)
		sbuf_adds(&text, term_text(&c->term));
	else
		record_value_words(app, f, v, mem, &text);
	sheet_text(sh, CELL_STYLE_PLAIN, text.s);
}

/* A month without a case is reported, too, and signed. */
static void put_zero(struct sheet *sh, size_t n)
{
	char line[160];

	if (n)
		snprintf(line, sizeof line, ngettext("%zu case in this time.", "%zu cases in this time.", (unsigned long)n), n);
	else
		snprintf(line, sizeof line, "%s", _("Zero report: no case of a notifiable disease in this time."));
	sheet_line(sh, CELL_STYLE_NOTE, line);
	sheet_line(sh, CELL_STYLE_NOTE, _("Reported by (signature): ____________    Date: ____________"));
}

static bool put_register(struct app *app, struct report *rep, const struct log *log, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_FREE int64_t *ids = NULL;
	struct stmt *st = stmt_get(app->db, "notice_list");
	struct sheet *sh;
	char from[DATE_LEN], to[DATE_LEN];
	size_t n;

	stmt_bind_text(st, "from", date_iso(log->from, from));
	stmt_bind_text(st, "to", date_iso(log->to, to));
	if (!rows_read(st, &ids, &n, err))
		return false;
	sh = report_sheet(rep, SHEET_FIGURES, term_text(&sheet_register));
	sh->landscape = true;
	sheet_line(sh, CELL_STYLE_TITLE, term_text(&sheet_register));
	put_heads(sh);
	for (size_t i = 0; i < n; i++) {
		struct record *card;

		if (!record_load_row(app, ids[i], &mem, &card, NULL, err))
			return false;
		sheet_row(sh);
		for (size_t k = 0; k < N_ELEMENTS(register_keys); k++)
			put_value(app, sh, card, register_keys[k], &mem);
	}
	put_zero(sh, n);
	return true;
}

struct report *log_report(struct app *app, const char *period, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct report *rep;
	struct log log;
	char title[128];

	if (!log_read(app, period, &mem, &log, err))
		return NULL;
	snprintf(title, sizeof title, "%s %s", term_text(&sheet_log), period);
	rep = report_begin(app, period, title);
	rep->cutoff = log.to;
	put_log(rep, &log);
	if (put_register(app, rep, &log, err))
		return rep;
	report_free(rep);
	return NULL;
}
