/* Moving a record to the right person, with what came of it: one change group, so that it is taken back as one. */
#include "app/base/date.h"
#include "app/base/utf8.h"
#include "app/service/overview.h"
#include "app/service/record_groups.h"
#include "app/service/refs.h"
#include "app/service/rows.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

enum { NOTE_MAX = 500 }; /* columns, fewer than the form's code points */

/* Does rec say that it came from that record? */
static bool came_from(const struct record *rec, const struct kind *kind, const char *id)
{
	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];
		bool points = f->type == V_REF ? !strcmp(f->ref, kind->name) :
						 !strcmp(f->key, "about") || !strcmp(f->key, "source");

		if (points && rec->values[i].text && !strcmp(rec->values[i].text, id))
			return true;
	}
	return false;
}

static bool follow_one(struct app *app, enum kind_id kind, struct record *rec, const struct record *source,
	const char *reason, struct err *err)
{
	const struct use_case *uc = use_case_of(kind);
	struct put put = { .kind = kind, .rec = rec, .base_revision = rec->meta.revision, .reason = reason };

	record_set_text(rec, "resident", record_text(source, "resident"));
	return (!uc || !uc->follow || uc->follow(app, rec, source, err)) && record_put(app, &put, err);
}

/* Credits, referrals written from it, notes on it. */
static bool move_followers(struct app *app, const struct kind *kind, const struct record *source, int64_t from,
	const char *reason, struct arena *mem, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "records_of_person");
	AUTO_FREE int64_t *rows = NULL;
	size_t n;

	stmt_bind_int(st, "resident", from);
	if (!rows_read(st, &rows, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct record *rec;
		enum kind_id k;

		if (!record_load_row(app, rows[i], mem, &rec, &k, err))
			return false;
		if (came_from(rec, kind, source->meta.id) && !follow_one(app, k, rec, source, reason, err))
			return false;
	}
	return true;
}

/* What was proposed for somebody else is proposed anew; what the doctor decided himself stays. */
static void forget_proposals(struct record *rec)
{
	if (form_index(rec->form, "class_reason") >= 0 && value_is_empty(record_get(rec, "class_reason")))
		record_clear(rec, "class");
	if (form_index(rec->form, "next_due_proposed") >= 0 && record_text(rec, "next_due") &&
		value_equal(record_get(rec, "next_due"), record_get(rec, "next_due_proposed")))
		record_clear(rec, "next_due");
}

/* Whose page it stood on until now keeps a word about it; who the right one is, his own page tells. */
static bool leave_note(struct app *app, const struct kind *kind, const struct record *moved, const char *from,
	const char *reason, struct arena *mem, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct put put = { .kind = KIND_NOTE, .reason = reason };
	char today[DATE_LEN];

	sbuf_adds(&text, _("Belongs to another person and was moved: "));
	record_summary(app, kind->id, moved, &text);
	if (reason && *reason)
		sbuf_addf(&text, " (%s)", reason);
	sbuf_cut(&text, utf8_fit(text.s, NOTE_MAX));
	if (!records_new(app, kind_by_id(KIND_NOTE), NULL, from, mem, &put.rec, err))
		return false;
	record_set_text(put.rec, "date", date_iso(app_today(app), today));
	record_set_text(put.rec, "text", text.s);
	return record_put(app, &put, err);
}

static bool check_target(struct app *app, const struct record *rec, const char *to, struct err *err)
{
	const char *whose = record_text(rec, "resident");

	if (!record_row(app, KIND_RESIDENT, to)) {
		err_set(err, ERR_NOT_FOUND, _("There is no such resident."));
		return err_at(err, "resident");
	}
	if (whose && !strcmp(whose, to))
		return err_set(err, ERR_WRONG_STATE, _("The record is this resident's already."));
	return true;
}

/* The other follow-ups that were filled in on the same sheet: half of it would stay with the wrong person. */
static bool move_sheet(struct app *app, const struct kind *kind, int64_t row, const struct record *moved, const char *whose,
	const struct save_options *o, struct arena *mem, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "group_others");
	AUTO_FREE int64_t *rows = NULL;
	size_t n;

	stmt_bind_int(st, "record", row);
	stmt_bind_int(st, "revision", 1);
	if (!rows_read(st, &rows, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct save_result result;
		struct record *rec;
		enum kind_id k;
		int64_t made;

		if (!change_group_revision(app, row, 1, rows[i], &made, err) || !record_load_row(app, rows[i], mem, &rec, &k, err))
			return false;
		if (made != 1 || k != kind->id || rec->meta.state != RECORD_ACTIVE || !record_text(rec, "resident") ||
			strcmp(record_text(rec, "resident"), whose) != 0 || record_day(rec, "date") != record_day(moved, "date"))
			continue;
		record_set_text(rec, "resident", record_text(moved, "resident"));
		forget_proposals(rec);
		if (!records_save(app, kind, rec, o, mem, &result, err) ||
			!move_followers(app, kind, result.rec, record_row(app, KIND_RESIDENT, whose), o->reason, mem, err))
			return false;
	}
	return true;
}

static bool move(struct app *app, const struct kind *kind, struct record *rec, const char *to, const struct save_options *o,
	struct arena *mem, struct save_result *result, struct err *err)
{
	const char *whose = record_text(rec, "resident");
	int64_t from = whose ? record_row(app, KIND_RESIDENT, whose) : 0;

	record_set_text(rec, "resident", to);
	if (kind->id == KIND_FOLLOWUP)
		forget_proposals(rec);
	return records_save(app, kind, rec, o, mem, result, err) &&
		(!from || kind->id != KIND_FOLLOWUP || move_sheet(app, kind, result->row, result->rec, whose, o, mem, err)) &&
		(!from || (move_followers(app, kind, result->rec, from, o->reason, mem, err) &&
				  leave_note(app, kind, result->rec, whose, o->reason, mem, err)));
}

bool records_move(struct app *app, const struct kind *kind, const char *id, const char *to_resident, const char *reason,
	struct arena *mem, struct save_result *result, struct err *err)
{
	struct save_options o = { .reason = reason, .confirm_all = true };
	AUTO_WORK struct work w = { 0 };
	char to[RECORD_ID_MAX + 1];
	struct record *rec;

	records_result(result, mem);
	if ((!*app->actor && !app_choose_actor(app, NULL, err)) || !record_load(app, kind->id, id, mem, &rec, err))
		return false;
	if (kind->id == KIND_RESIDENT || form_index(rec->form, "resident") < 0)
		return err_set(err, ERR_WRONG_STATE, _("This record is not about one resident."));
	if (!ref_find(app, KIND_RESIDENT, to_resident, to, err) || !check_target(app, rec, *to ? to : to_resident, err))
		return false;
	if (!work_begin(&w, app, err) || !move(app, kind, rec, *to ? to : to_resident, &o, mem, result, err) ||
		!work_commit(&w, err))
		return false;
	result->rec->meta.county = record_county_state(app, result->row);
	return true;
}
