#include "app/service/log.h"

#include "app/base/date.h"
#include "app/clinic/period.h"
#include "app/service/address.h"
#include "app/service/reports.h"
#include "app/service/rows.h"
#include "app/service/value_words.h"

enum { PARENT_AGE = 14 };

/* clang-format off */
const struct term log_heads[LOG_COLUMNS] = {
	[LOG_NO] = { "序号", "No." }, [LOG_WHEN] = { "就诊日期时间", "Date and time" }, [LOG_NAME] = { "姓名", "Name" },
	[LOG_SEX] = { "性别", "Sex" }, [LOG_AGE] = { "年龄", "Age" }, [LOG_OCCUPATION] = { "职业", "Occupation" },
	[LOG_ID] = { "有效证件号", "ID number" }, [LOG_ADDRESS] = { "现住址", "Address" }, [LOG_PHONE] = { "联系电话", "Telephone" },
	[LOG_PARENT] = { "家长姓名", "Parent" }, [LOG_ONSET] = { "发病日期", "Onset" }, [LOG_FIRST] = { "初诊/复诊", "First or repeat" },
	[LOG_COMPLAINT] = { "主诉/症状", "Complaint" }, [LOG_TEMPERATURE] = { "体温", "Temperature" }, [LOG_BP] = { "血压", "BP" },
	[LOG_DIAGNOSIS] = { "诊断(ICD-10)", "Diagnosis (ICD-10)" }, [LOG_TREATMENT] = { "处理/处方", "Treatment, prescription" },
	[LOG_REPORTED] = { "传染病报告", "Infectious report" }, [LOG_DOCTOR] = { "接诊医生", "Doctor" },
};

/* The mark on the row, as inspectors look for it. */
static const struct term reported_mark = { "疫情已报", "2" }, to_report_mark = { "待报", "due" };
/* clang-format on */

struct line {
	struct app *app;
	struct arena *mem;
	const struct record *visit, *who; /* who NULL: known by name alone */
	struct log_row *row;
};

static void put(struct line *l, enum log_column c, const char *text)
{
	l->row->cell[c] = text ? text : "";
}

static const char *words(struct line *l, const struct record *rec, const char *key)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	const struct field *f = form_field(rec->form, key);
	const struct value *v = record_get(rec, key);

	if (v->kind == V_CODE) {
		const struct code *c = field_code(f, v->text);

		sbuf_adds(&out, c ? term_text(&c->term) : v->text);
	} else {
		record_value_words(l->app, f, v, l->mem, &out);
	}
	return out.len ? arena_strdup(l->mem, out.s) : "";
}

static int age_of(const struct line *l)
{
	const int32_t born = l->who ? record_day(l->who, "birth_date") : NO_DAY, day = record_day(l->visit, "date");

	return born != NO_DAY && day != NO_DAY ? date_age(born, day) : (int)record_num(l->visit, "walkin_age", -1);
}

static void put_age(struct line *l)
{
	const int age = age_of(l);
	const int32_t born = l->who ? record_day(l->who, "birth_date") : NO_DAY;

	if (age >= 0)
		put(l, LOG_AGE, age_text(l->mem, age, born, record_day(l->visit, "date")));
}

static void put_address(struct line *l)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	address_words(l->app, l->who, &out);
	put(l, LOG_ADDRESS, arena_strdup(l->mem, out.s));
}

static void put_person(struct line *l)
{
	const int age = age_of(l);

	put_age(l);
	put(l, LOG_PARENT, age >= 0 && age <= PARENT_AGE ? record_text(l->visit, "guardian_name") : NULL);
	if (!l->who) {
		put(l, LOG_NAME, record_text(l->visit, "walkin_name"));
		put(l, LOG_SEX, words(l, l->visit, "walkin_sex"));
		put(l, LOG_PHONE, record_text(l->visit, "walkin_phone"));
		return;
	}
	put(l, LOG_NAME, record_text(l->who, "name"));
	put(l, LOG_SEX, words(l, l->who, "sex"));
	put(l, LOG_OCCUPATION, words(l, l->who, "occupation"));
	put(l, LOG_ID, record_text(l->who, "id_number"));
	put(l, LOG_PHONE, record_text(l->who, "phone") ? record_text(l->who, "phone") : record_text(l->who, "contact_phone"));
	put_address(l);
}

static void put_diagnosis(struct line *l)
{
	const struct value *list = record_get(l->visit, "diagnosis");
	const struct field *certainty = form_field(form_field(l->visit->form, "diagnosis")->form, "certainty");
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	for (size_t i = 0; i < list->n_items; i++) {
		const struct record *item = list->items[i];
		const char *icd = record_text(item, "icd10"), *text = record_text(item, "text");

		sbuf_addf(&out, "%s%s", i ? "; " : "", text ? text : "");
		if (icd)
			sbuf_addf(&out, " %s", icd);
		if (record_is(item, "certainty", "2"))
			sbuf_addf(&out, " (%s)", term_text(&field_code(certainty, "2")->term));
	}
	put(l, LOG_DIAGNOSIS, arena_strdup(l->mem, out.s));
}

/* "氨氯地平 5mg 每日1次 7天". */
static void put_treatment(struct line *l)
{
	const struct value *list = record_get(l->visit, "prescriptions");
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	if (record_text(l->visit, "treatment"))
		sbuf_adds(&out, record_text(l->visit, "treatment"));
	for (size_t i = 0; i < list->n_items; i++) {
		const struct record *item = list->items[i];
		const char *name = record_text(item, "name"), *strength = record_text(item, "strength");

		sbuf_addf(&out, "%s%s%s%s", out.len ? "; " : "", name ? name : "", strength ? " " : "", strength ? strength : "");
		if (record_num(item, "times_per_day", 0))
			sbuf_addf(&out, _(" %d times a day"), (int)record_num(item, "times_per_day", 0));
		if (record_num(item, "days", 0))
			sbuf_addf(&out, _(" %d days"), (int)record_num(item, "days", 0));
	}
	put(l, LOG_TREATMENT, arena_strdup(l->mem, out.s));
}

static bool put_reported(struct line *l, int64_t row, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(l->app->db, "visit_notice");
	bool found;

	stmt_bind_int(st, "visit", row);
	if (!stmt_step(st, &found, err))
		return false;
	if (found && !strcmp(stmt_text(st, 0), "1"))
		put(l, LOG_REPORTED, term_text(&to_report_mark));
	else if ((found && !strcmp(stmt_text(st, 0), "2")) || record_is(l->visit, "infectious_report", "2"))
		put(l, LOG_REPORTED, term_text(&reported_mark));
	return true;
}

static void put_visit(struct line *l)
{
	const char *at = record_text(l->visit, "started_at"), *day = record_text(l->visit, "date");

	put(l, LOG_WHEN, at && strlen(at) >= 16 ? arena_printf(l->mem, "%s %.5s", day, at + 11) : day);
	put(l, LOG_ONSET, record_text(l->visit, "onset_date"));
	put(l, LOG_FIRST, words(l, l->visit, "first_or_repeat"));
	put(l, LOG_COMPLAINT, record_text(l->visit, "complaint"));
	put(l, LOG_TEMPERATURE, words(l, l->visit, "temperature"));
	if (record_num(l->visit, "sbp", 0))
		put(l, LOG_BP, arena_printf(l->mem, "%d/%d", (int)record_num(l->visit, "sbp", 0),
				       (int)record_num(l->visit, "dbp", 0)));
	put(l, LOG_DOCTOR, words(l, l->visit, "doctor"));
	put_diagnosis(l);
	put_treatment(l);
}

static bool fill(struct app *app, int64_t row, struct arena *mem, struct log_row *out, struct err *err)
{
	struct line l = { .app = app, .mem = mem, .row = out };
	struct record *visit, *who;
	const char *resident;

	for (size_t i = 0; i < LOG_COLUMNS; i++)
		out->cell[i] = "";
	if (!record_load_row(app, row, mem, &visit, NULL, err))
		return false;
	l.visit = visit;
	out->id = visit->meta.id;
	resident = record_text(visit, "resident");
	if (resident && record_row(app, KIND_RESIDENT, resident)) {
		if (!record_load(app, KIND_RESIDENT, resident, mem, &who, err))
			return false;
		l.who = who;
	}
	put_visit(&l);
	put_person(&l);
	return put_reported(&l, row, err);
}

/* First and last day of a period as people write it. */
static bool log_period(struct app *app, const char *text, int32_t *from, int32_t *to, struct err *err)
{
	struct period p;
	char iso[DATE_LEN];

	if (date_parse_typed(text, app_today(app), false, iso) == DATE_DAY && strchr(text, '-') != strrchr(text, '-')) {
		*from = *to = date_day(iso);
		return true;
	}
	if (!period_parse(text, reports_first_day(app), &p, err))
		return false;
	*from = p.from;
	*to = p.to;
	return true;
}

bool log_read(struct app *app, const char *period, struct arena *mem, struct log *out, struct err *err)
{
	AUTO_FREE int64_t *ids = NULL;
	struct stmt *st;
	char from[DATE_LEN], to[DATE_LEN];

	*out = (struct log){ 0 };
	if (!log_period(app, period, &out->from, &out->to, err))
		return false;
	st = stmt_get(app->db, "visit_log");
	stmt_bind_text(st, "from", date_iso(out->from, from));
	stmt_bind_text(st, "to", date_iso(out->to, to));
	if (!rows_read(st, &ids, &out->n, err))
		return false;
	out->rows = arena_alloc(mem, (out->n + 1) * sizeof *out->rows);
	for (size_t i = 0; i < out->n; i++) {
		if (!fill(app, ids[i], mem, &out->rows[i], err))
			return false;
		out->rows[i].cell[LOG_NO] = arena_printf(mem, "%zu", i + 1); /* the log's own, without gaps */
	}
	return true;
}
