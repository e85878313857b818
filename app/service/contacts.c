/* Telephone calls, refusals, notes: what follows from each. */
#include "app/base/date.h"
#include "app/service/lost.h"
#include "app/service/phones.h"
#include "app/service/use_case.h"

static void set_if_empty(struct record *rec, const char *key, const char *text)
{
	if (text && *text && value_is_empty(record_get(rec, key)))
		record_set_text(rec, key, text);
}

/* Today, by whoever works. */
static void complete_common(struct app *app, struct record *rec)
{
	char today[DATE_LEN];

	set_if_empty(rec, "date", date_iso(app_today(app), today));
	set_if_empty(rec, "doctor", app->actor);
	if (rec->form->compute)
		rec->form->compute(rec, NULL);
}

/* ---- calls ------------------------------------------------------------------------------------------------------------- */

static bool complete_call(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	(void)err;
	complete_common(app, rec);
	if (!old && cx->resident)
		set_if_empty(rec, "phone", record_text(cx->resident, "phone"));
	return true;
}

static bool was_reached(const struct record *rec)
{
	static const char *const reached[] = { "1", "2", "3", "6", "7" };

	for (size_t i = 0; i < N_ELEMENTS(reached); i++)
		if (record_is(rec, "outcome", reached[i]))
			return true;
	return false;
}

/* A number that was reached is verified on that day, a wrong one no longer is. */
static bool mark_number(struct app *app, const struct record *rec, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct put put = { .kind = KIND_RESIDENT, .reason = "telephone" };
	const char *phone = record_text(rec, "phone"), *known;

	if (!record_load(app, KIND_RESIDENT, record_text(rec, "resident"), &mem, &put.rec, err))
		return false;
	known = record_text(put.rec, "phone");
	if (!phone || !known || strcmp(phone, known) != 0)
		return true;
	if (was_reached(rec) && record_day(put.rec, "phone_verified") < record_day(rec, "date"))
		phone_mark(put.rec, PHONE_REACHED, NULL, record_day(rec, "date"));
	if (record_is(rec, "outcome", "5"))
		phone_mark(put.rec, PHONE_WRONG, NULL, record_day(rec, "date"));
	put.base_revision = put.rec->meta.revision;
	return record_put(app, &put, err);
}

/* Who is reached is not lost any more. */
static bool after_call(struct app *app, const struct record *rec, const struct record *old, int64_t row, struct err *err)
{
	(void)old;
	(void)row;
	return mark_number(app, rec, err) &&
		(!was_reached(rec) || lost_found(app, record_text(rec, "resident"), record_day(rec, "date"), err));
}

const struct use_case call_use_case = { .kind = KIND_CALL, .complete = complete_call, .after = after_call };

/* ---- refusals ------------------------------------------------------------------------------------------------------- */

static bool complete_refusal(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	(void)old;
	(void)cx;
	(void)err;
	complete_common(app, rec);
	return true;
}

const struct use_case refusal_use_case = { .kind = KIND_REFUSAL, .complete = complete_refusal };

/* ---- notes ------------------------------------------------------------------------------------------------------------- */

/* A note on a record is about the person whose record it is. */
static bool complete_note(struct app *app, struct record *rec, const struct record *old, const struct form_context *cx,
	struct err *err)
{
	const char *about = record_text(rec, "about"), *name = record_text(rec, "about_kind");
	const struct kind *kind = name ? kind_by_name(name) : NULL;
	AUTO_ARENA struct arena mem = { 0 };
	struct record *target;

	(void)old;
	(void)cx;
	complete_common(app, rec);
	if (!about || !kind || record_text(rec, "resident"))
		return true;
	if (!record_row(app, kind->id, about))
		return true; /* check_note() says so */
	if (!record_load(app, kind->id, about, &mem, &target, err))
		return false;
	if (kind->id == KIND_RESIDENT)
		set_if_empty(rec, "resident", about);
	else if (form_index(target->form, "resident") >= 0)
		set_if_empty(rec, "resident", record_text(target, "resident"));
	return true;
}

static bool check_note(struct app *app, const struct record *rec, const struct record *old, const struct form_context *cx,
	struct findings *fs, struct err *err)
{
	const char *about = record_text(rec, "about"), *name = record_text(rec, "about_kind");
	const struct kind *kind = name ? kind_by_name(name) : NULL;

	(void)old;
	(void)cx;
	(void)err;
	if (about && (!kind || !record_row(app, kind->id, about)))
		finding_error(fs, ERR_NOT_FOUND, "about", _("There is no such record."));
	return true;
}

const struct use_case note_use_case = { .kind = KIND_NOTE, .complete = complete_note, .check = check_note };
