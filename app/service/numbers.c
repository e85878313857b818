#include "app/service/numbers.h"

#include "app/base/date.h"
#include "app/clinic/forms/forms.h"
#include "db/stmt.h"

enum { FIRST_DEVICE_HI = 49999, FURTHER = 500, BLOCK = 500, VILLAGE_DIGITS = 12, CONTRACTS_A_YEAR = 999999 };

struct number_range number_range_of(int device_number)
{
	if (device_number == 0)
		return (struct number_range){ 1, FIRST_DEVICE_HI };
	return (struct number_range){ FIRST_DEVICE_HI + 1 + (device_number - 1) * FURTHER,
		FIRST_DEVICE_HI + device_number * FURTHER };
}

/* 0 when the block is used up (or there is none yet). */
static bool take(struct app *app, const char *series, int64_t *serial, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "number_next");

	stmt_bind_text(st, "name", series);
	stmt_bind_int(st, "device", app->device);
	if (!stmt_value(st, serial, 0, err))
		return false;
	if (!*serial)
		return true;
	st = stmt_get(app->db, "number_taken");
	stmt_bind_text(st, "name", series);
	stmt_bind_int(st, "device", app->device);
	stmt_bind_int(st, "number", *serial);
	return stmt_run(st, err);
}

static bool reserve(struct app *app, const char *series, int64_t lo, int64_t hi, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "number_reserve");

	stmt_bind_text(st, "name", series);
	stmt_bind_int(st, "device", app->device);
	stmt_bind_int(st, "next", lo);
	stmt_bind_int(st, "last", hi);
	return stmt_run(st, err);
}

/* The next block of our range begins after the highest number of it that is known here, whoever wrote it. */
static bool reserve_files(struct app *app, const char *village_code, struct err *err)
{
	struct number_range r = number_range_of(app->device_number);
	struct stmt *st = stmt_get(app->db, "file_no_highest");
	int64_t highest;

	stmt_bind_text(st, "village_code", village_code);
	stmt_bind_int(st, "lo", r.lo);
	stmt_bind_int(st, "hi", r.hi);
	if (!stmt_value(st, &highest, r.lo - 1, err))
		return false;
	return reserve(app, village_code, highest + 1, highest + BLOCK < r.hi ? highest + BLOCK : r.hi, err);
}

static bool village_code(struct app *app, const struct record *rec, char *out, size_t size, struct err *err)
{
	AUTO_STMT struct stmt *st = NULL;
	const char *village = record_text(rec, "village"), *code;
	bool found;

	out[0] = '\0';
	if (!village)
		return true;
	st = stmt_get(app->db, "village_code");
	stmt_bind_text(st, "village", village);
	if (!stmt_step(st, &found, err))
		return false;
	code = found ? stmt_text(st, 0) : NULL;
	if (code && strlen(code) == VILLAGE_DIGITS && strspn(code, "0123456789") == VILLAGE_DIGITS)
		snprintf(out, size, "%s", code);
	return true;
}

bool number_file_no(struct app *app, const struct record *resident, char *out, size_t size, struct err *err)
{
	char code[16];
	int64_t serial;

	out[0] = '\0';
	if (!village_code(app, resident, code, sizeof code, err))
		return false;
	if (!*code)
		return true;
	if (!take(app, code, &serial, err))
		return false;
	if (!serial && (!reserve_files(app, code, err) || !take(app, code, &serial, err)))
		return false;
	if (serial)
		snprintf(out, size, "%s%05lld", code, (long long)serial);
	return true;
}

bool number_temporary(struct app *app, char *out, size_t size, struct err *err)
{
	struct date d = date_from_day(app_today(app));
	char series[24];
	int64_t serial;

	snprintf(series, sizeof series, "LS%04d%02d%02d%02d", d.year, d.month, d.day, app->device_number);
	if (!take(app, series, &serial, err))
		return false;
	if (!serial && (!reserve(app, series, 1, BLOCK, err) || !take(app, series, &serial, err)))
		return false;
	snprintf(out, size, "%s-%02lld", series, (long long)serial);
	return true;
}

bool number_contract(struct app *app, const char *series, int64_t *serial, struct err *err)
{
	struct stmt *st;
	int64_t highest;

	if (!take(app, series, serial, err) || *serial)
		return *serial != 0;
	st = stmt_get(app->db, "contract_number_highest");
	stmt_bind_text(st, "series", series);
	return stmt_value(st, &highest, 0, err) && reserve(app, series, highest + 1, CONTRACTS_A_YEAR, err) &&
		take(app, series, serial, err);
}

const char *resident_unknown_name(void)
{
	static const struct term unknown = { "未知", "Unknown " };

	return term_text(&unknown);
}

static struct record *noted(const struct record *resident, const char *system, const char *value)
{
	const struct value *list = record_get(resident, "identifiers");

	for (size_t i = 0; i < list->n_items; i++) {
		const char *v = record_text(list->items[i], "value");

		if (record_is(list->items[i], "system", system) && v && !strcmp(v, value))
			return list->items[i];
	}
	return NULL;
}

struct record *number_note(struct record *resident, const char *system, const char *value, const char *use)
{
	struct record *item = noted(resident, system, value);

	if (!item)
		item = record_add_item(resident, "identifiers");
	record_set_text(item, "system", system);
	record_set_text(item, "value", value);
	record_set_text(item, "use", use);
	return item;
}

static bool is_free(struct app *app, int number, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "device_number_taken");
	bool row;

	stmt_bind_int(st, "number", number);
	stmt_bind_int(st, "id", app->device);
	if (!stmt_step(st, &row, err))
		return false;
	return !row || err_set(err, ERR_DUPLICATE, _("Another device (%s) has the number %d already."), stmt_text(st, 0), number);
}

static bool run(struct app *app, const char *statement, int number, struct err *err)
{
	struct stmt *st = stmt_get(app->db, statement);

	stmt_bind_int(st, "id", app->device);
	stmt_bind_int(st, "number", number);
	return stmt_run(st, err);
}

bool number_set_device(struct app *app, int number, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	if (number < 0 || number > DEVICE_NUMBERS) {
		err_set(err, ERR_OUT_OF_RANGE, _("A device has a number from 0 to 99."));
		return err_example(err, "2");
	}
	if (!work_begin(&w, app, err) || !is_free(app, number, err) || !run(app, "device_set_number", number, err) ||
		!run(app, "device_numbers_drop", number, err) || !work_commit(&w, err))
		return false;
	app->device_number = number;
	return true;
}
