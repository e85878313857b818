#include "app/service/care.h"

#include "app/base/date.h"
#include "db/stmt.h"

/* Of the whole examination two answers count: they are read alone, for the work list asks for many people. */
static bool read_exam(struct app *app, int64_t row, struct record *exam, struct err *err)
{
	static const char *const keys[] = { "self_care", "cognition" };
	AUTO_STMT struct stmt *st = stmt_get(app->db, "exam_about_care");
	char today[DATE_LEN];
	bool found;

	stmt_bind_int(st, "resident", row);
	stmt_bind_text(st, "day", date_iso(app_today(app), today));
	if (!stmt_step(st, &found, err))
		return false;
	for (size_t i = 0; found && i < N_ELEMENTS(keys); i++)
		record_set_text(exam, keys[i], stmt_text(st, (int)i));
	return true;
}

static bool read_why(struct app *app, int64_t row, const struct record *resident, const struct term **why, bool *phones,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *exam = record_new(&mem, kind_by_id(KIND_EXAM)->form);

	if (!read_exam(app, row, exam, err))
		return false;
	*why = care_needed(resident, exam, phones);
	return true;
}

bool care_read(struct app *app, const struct record *resident, const struct term **why, struct err *err)
{
	bool phones;

	return read_why(app, record_row(app, KIND_RESIDENT, resident->meta.id), resident, why, &phones, err);
}

bool care_call(struct app *app, int64_t row, const struct record *resident, struct care_call *out, struct err *err)
{
	const char *own = record_text(resident, "phone"), *carer = record_text(resident, "contact_phone");
	bool phones;

	*out = (struct care_call){ 0 };
	if (!read_why(app, row, resident, &out->why, &phones, err))
		return false;
	out->of_carer = carer && (!phones || !own);
	out->number = out->of_carer ? carer : own;
	out->other = out->of_carer ? own : carer;
	out->carer = out->of_carer ? record_text(resident, "contact_name") : NULL;
	return true;
}

void care_words(const char *carer_phone, const char *name, struct sbuf *out)
{
	sbuf_addf(out, "%s %s%s%s", carer_phone, _("carer"), name ? " " : "", name ? name : "");
}
