/* Services given by hand under a contract, and the packages that contracts offer. */
#include "app/base/date.h"
#include "app/service/packages.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

/* ---- services ------------------------------------------------------------------------------------------------------------ */

/* The contract that covers the day, where none is named. */
static bool find_contract(struct app *app, struct record *rec, struct err *err)
{
	const char *who = record_text(rec, "resident"), *day = record_text(rec, "date");
	char id[RECORD_ID_MAX + 1];
	struct stmt *st;
	int64_t row;

	if (!who || !day)
		return true;
	st = stmt_get(app->db, "contract_on_day");
	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, who));
	stmt_bind_text(st, "day", day);
	if (!stmt_value(st, &row, 0, err))
		return false;
	if (row && record_id_of_row(app, row, id))
		record_set_text(rec, "contract", id);
	return true;
}

/* Another day or another resident may mean another contract. */
static bool service_complete(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	bool moved = old && (!value_equal(record_get(old, "resident"), record_get(rec, "resident")) ||
				    !value_equal(record_get(old, "date"), record_get(rec, "date")));

	(void)cx;
	if (moved && value_equal(record_get(old, "contract"), record_get(rec, "contract")))
		record_clear(rec, "contract");
	return !value_is_empty(record_get(rec, "contract")) || find_contract(app, rec, err);
}

static struct stmt *about(struct app *app, const char *statement, const struct record *rec)
{
	struct stmt *st = stmt_get(app->db, statement);

	stmt_bind_int(st, "contract", record_row(app, KIND_CONTRACT, record_text(rec, "contract")));
	stmt_bind_int(st, "self", *rec->meta.id ? record_row(app, KIND_SERVICE, rec->meta.id) : 0);
	stmt_bind_text(st, "item", record_text(rec, "item"));
	stmt_bind_text(st, "day", record_text(rec, "date"));
	return st;
}

static bool check_promise(struct app *app, const struct record *rec, struct findings *fs, struct err *err)
{
	int64_t covers, promised, counted;

	if (!stmt_value(about(app, "contract_covers", rec), &covers, 0, err) ||
		!stmt_value(about(app, "contract_promises", rec), &promised, 0, err) ||
		!stmt_value(about(app, "credit_on_day", rec), &counted, 0, err))
		return false;
	if (!covers)
		finding_error(fs, ERR_INCONSISTENT, "date", _("The contract does not cover this day."));
	else if (!promised)
		finding_question(fs, "item", _("The contract does not promise this. Record it all the same?"));
	else if (counted)
		finding_warning(fs, "counted", "item", _("This item is counted on this day already; a day counts once."));
	return true;
}

static bool service_check(struct app *app, const struct record *rec, const struct record *old,
	const struct form_context *cx, struct findings *fs, struct err *err)
{
	(void)old;
	(void)cx;
	if (!record_text(rec, "date") || !record_text(rec, "item") || !record_text(rec, "resident"))
		return true; /* said already */
	if (record_text(rec, "contract"))
		return check_promise(app, rec, fs, err);
	finding_error(fs, ERR_INCONSISTENT, "date", _("No contract covers this day. Sign one first."));
	return true;
}

const struct use_case service_use_case = { .kind = KIND_SERVICE, .complete = service_complete, .check = service_check };

/* ---- packages ------------------------------------------------------------------------------------------------------------ */

/* One code, one package: contracts name it by its code. */
static bool package_check(struct app *app, const struct record *rec, const struct record *old,
	const struct form_context *cx, struct findings *fs, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *code = record_text(rec, "code");
	const struct package *same;
	struct packages all;

	(void)cx;
	if (old && !value_equal(record_get(old, "code"), record_get(rec, "code")))
		finding_error(fs, ERR_INCONSISTENT, "code",
			_("Contracts name the package by its code: it stays. Make a new package."));
	if (!code || old)
		return true;
	if (!packages_read(app, NO_DAY, &mem, &all, err))
		return false;
	same = package_of(&all, code);
	if (same && strcmp(same->rec->meta.id, rec->meta.id) != 0)
		finding_error(fs, ERR_DUPLICATE, "code", _("The code %s is taken: %s."), code, same->name);
	return true;
}

const struct use_case package_use_case = { .kind = KIND_PACKAGE, .check = package_check };
