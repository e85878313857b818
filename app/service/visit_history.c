/* An adult does not grow, and hardly anybody loses a tenth of the weight in a month. */
#include "app/base/date.h"
#include "app/service/visit_history.h"
#include "db/stmt.h"

enum {
	ADULT = 18,
	HEIGHT_FAR = 30,         /* tenths: 3 cm */
	WEIGHT_FAR_PERCENT = 10, WEIGHT_DAYS = 30,
};

struct last {
	bool found;
	int32_t day;
	int64_t num;
};

static bool read_last(struct app *app, const struct record *rec, int64_t self, const char *key, struct last *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "reading_last");
	const struct field *f = form_field(rec->form, key);
	bool row;

	*out = (struct last){ 0 };
	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, record_text(rec, "resident")));
	stmt_bind_int(st, "self", self);
	stmt_bind_text(st, "day", record_text(rec, "date"));
	stmt_bind_text(st, "key", key);
	stmt_bind_int(st, "scale", f->places == 1 ? 10 : 1);
	if (!stmt_step(st, &row, err))
		return false;
	if (row)
		*out = (struct last){ true, date_day(stmt_text(st, 0)), stmt_int(st, 1) };
	return true;
}

static int64_t distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

static void question(struct findings *fs, const struct record *rec, const char *key, const struct last *was)
{
	AUTO_SBUF struct sbuf now = SBUF_INIT, before = SBUF_INIT;
	const struct field *f = form_field(rec->form, key);
	const struct value old = { .kind = f->type, .num = was->num };
	char iso[DATE_LEN];

	field_format(f, record_get(rec, key), false, &now);
	field_format(f, &old, false, &before);
	finding_question(fs, key, _("%s %s %s: on %s it was %s. Is it right?"), field_label(f), now.s, field_unit(f),
		date_iso(was->day, iso), before.s);
}

static bool check_body(struct app *app, const struct record *rec, int64_t self, struct findings *fs, struct err *err)
{
	const int64_t height = record_num(rec, "height", 0), weight = record_num(rec, "weight", 0);
	struct last h, w;

	if (height) {
		if (!read_last(app, rec, self, "height", &h, err))
			return false;
		if (h.found && distance(height, h.num) > HEIGHT_FAR)
			question(fs, rec, "height", &h);
	}
	if (weight) {
		if (!read_last(app, rec, self, "weight", &w, err))
			return false;
		if (w.found && record_day(rec, "date") - w.day <= WEIGHT_DAYS &&
			distance(weight, w.num) * 100 > w.num * WEIGHT_FAR_PERCENT)
			question(fs, rec, "weight", &w);
	}
	return true;
}

bool visit_check_history(struct app *app, const struct record *rec, const struct form_context *cx, struct findings *fs,
	struct err *err)
{
	const int32_t day = record_day(rec, "date"), born = cx->resident ? record_day(cx->resident, "birth_date") : NO_DAY;
	const int64_t self = *rec->meta.id ? record_row(app, KIND_VISIT, rec->meta.id) : 0;

	if (!cx->resident || day == NO_DAY || born == NO_DAY || date_age(born, day) < ADULT)
		return true;
	return check_body(app, rec, self, fs, err);
}
