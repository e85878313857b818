#include "app/service/records.h"

#include "app/base/json.h"
#include "app/service/combined.h"
#include "app/service/dependants.h"
#include "app/service/namesakes.h"
#include "app/service/refs.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

const struct use_case *use_case_of(enum kind_id kind)
{
	static const struct use_case *const table[KIND_MAX] = {
		[KIND_RESIDENT] = &resident_use_case, [KIND_HOUSEHOLD] = &household_use_case,
		 [KIND_STAFF] = &staff_use_case, [KIND_CONTRACT] = &contract_use_case,
		[KIND_ENROLMENT] = &enrolment_use_case, [KIND_FOLLOWUP] = &followup_use_case,
		[KIND_NOTICE] = &notice_use_case, [KIND_VISIT] = &visit_use_case, [KIND_REFERRAL] = &referral_use_case,
		[KIND_EXAM] = &exam_use_case,
		[KIND_SCREENING] = &screening_use_case,
		[KIND_REFUSAL] = &refusal_use_case, [KIND_NOTE] = &note_use_case, [KIND_CALL] = &call_use_case,
		[KIND_PACKAGE] = &package_use_case, [KIND_SERVICE] = &service_use_case,
	};

	return table[kind];
}

void records_present(struct app *app, enum kind_id kind, struct record *rec)
{
	const struct use_case *uc = use_case_of(kind);

	if (uc && uc->present)
		uc->present(app, rec);
}

void save_confirm(struct save_options *o, const char *key, struct arena *mem)
{
	const size_t n = o->n_confirm;

	if ((n & (n - 1)) == 0) { /* full: none, or a power of two */
		const char **more = arena_alloc(mem, (n ? 2 * n : 1) * sizeof *more);

		if (n)
			memcpy(more, o->confirm, n * sizeof *more);
		o->confirm = more;
	}
	o->confirm[o->n_confirm++] = key;
}

static bool confirmed(const struct save_options *o, const char *field)
{
	if (o->confirm_all)
		return true;
	for (size_t i = 0; i < o->n_confirm; i++)
		if (!strcmp(o->confirm[i], field))
			return true;
	return false;
}

static void settle(struct findings *fs, struct finding *f)
{
	f->level = FINDING_WARNING;
	f->code = "confirmed";
	fs->questions--;
	fs->warnings++;
}

/* Questions that were answered are warnings now; the rest stand. */
static void settle_questions(struct findings *fs, const struct save_options *o)
{
	for (struct finding *f = fs->first; f; f = f->next)
		if (f->level == FINDING_QUESTION && confirmed(o, f->field))
			settle(fs, f);
}

static bool asked(const struct findings *fs, const struct finding *question)
{
	for (const struct finding *f = fs->first; f; f = f->next)
		if (f->level == FINDING_QUESTION && !strcmp(f->field, question->field) &&
			!strcmp(f->message, question->message))
			return true;
	return false;
}

/* What the version before was asked as well has been answered then: nobody is asked twice. */
static void settle_repeated(struct findings *fs, const struct record *old, const struct form_context *cx)
{
	struct findings before;

	if (!old || !fs->questions)
		return;
	findings_init(&before, fs->mem);
	record_check(record_copy(fs->mem, old), cx, &before);
	for (struct finding *f = fs->first; f; f = f->next)
		if (f->level == FINDING_QUESTION && asked(&before, f))
			settle(fs, f);
}

static bool check(struct app *app, const struct kind *kind, struct record *rec, const struct record *old,
	const struct form_context *cx, struct save_result *result, struct err *err)
{
	const struct use_case *uc = use_case_of(kind->id);

	if (uc && uc->complete && !uc->complete(app, rec, old, cx, err))
		return false;
	record_check(rec, cx, &result->findings);
	if ((uc && uc->check && !uc->check(app, rec, old, cx, &result->findings, err)) ||
		!namesakes_check(app, kind->id, rec, old, &result->findings, err))
		return false;
	if (kind->id == KIND_FOLLOWUP)
		result->has_advice = followup_advice(rec, cx, &result->advice);
	return true;
}

/* A save whose answer was lost is found by its token. */
static bool find_submit(struct app *app, const struct save_options *o, int64_t *row, struct err *err)
{
	struct stmt *st;

	*row = 0;
	if (!o->token || !*o->token)
		return true;
	st = stmt_get(app->db, "submit_find");
	stmt_bind_text(st, "token", o->token);
	return stmt_value(st, row, 0, err);
}

static bool note_submit(struct app *app, const struct save_options *o, int64_t row, struct err *err)
{
	struct stmt *st;

	if (!o->token || !*o->token)
		return true;
	st = stmt_get(app->db, "submit_add");
	stmt_bind_text(st, "token", o->token);
	stmt_bind_int(st, "record", row);
	return stmt_run(st, err);
}

bool records_put(struct app *app, const struct kind *kind, struct record *rec, const struct record *old,
	const struct save_options *o, struct save_result *result, struct err *err)
{
	const struct use_case *uc = use_case_of(kind->id);
	struct put put = { .kind = kind->id, .rec = rec, .base_revision = rec->meta.revision, .reason = o->reason };

	if (uc && uc->before && !uc->before(app, rec, old, err))
		return false;
	if (!record_put(app, &put, err) || !note_submit(app, o, put.row, err))
		return false;
	result->rec = rec;
	result->row = put.row;
	return !uc || !uc->after || uc->after(app, rec, old, put.row, err);
}

/* Written by a newer program, or with an element that turns its meaning: to be read, not to be changed by one that does not
 * understand all of it. */
static bool is_understood(struct app *app, const struct kind *kind, const char *id, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "record_newer");
	int64_t newer;

	stmt_bind_int(st, "record", record_row(app, kind->id, id));
	if (!stmt_value(st, &newer, 0, err))
		return false;
	return !newer || err_set(err, ERR_TOO_NEW,
		_("This record was written by a newer program: it can be read here, not changed. Update this program."));
}

static bool base_of(struct app *app, const struct kind *kind, const struct record *rec, struct arena *mem,
	struct record **old, struct err *err)
{
	*old = NULL;
	if (!*rec->meta.id || !rec->meta.revision)
		return true;
	if (!record_load(app, kind->id, rec->meta.id, mem, old, err))
		return false;
	if ((*old)->meta.revision != rec->meta.revision)
		return err_set(err, ERR_STALE,
			_("This record was changed meanwhile. Look at the newer version and repeat your change."));
	if ((*old)->meta.state != RECORD_ACTIVE)
		return err_set(err, ERR_WRONG_STATE, _("This record was voided or merged and cannot be changed."));
	return is_understood(app, kind, rec->meta.id, err);
}

static bool need_actor(struct app *app, const struct kind *kind, struct err *err)
{
	/* The first staff members, villages and teams are entered by nobody who is on the list yet. */
	bool first = kind->id == KIND_STAFF || kind->id == KIND_ORGANISATION || kind->id == KIND_TEAM;

	return *app->actor || app_choose_actor(app, NULL, err) || (first && err->code == ERR_NOT_CHOSEN);
}

bool records_check(struct app *app, const struct kind *kind, struct record *rec, const struct record *old,
	const struct save_options *o, struct arena *mem, struct save_result *result, struct err *err)
{
	struct form_context cx;

	if (!refs_resolve(app, rec, old, &result->findings, err) || !records_context(app, kind, rec, mem, &cx, err) ||
		!check(app, kind, rec, old, &cx, result, err))
		return false;
	settle_questions(&result->findings, o);
	settle_repeated(&result->findings, old, &cx);
	return !(result->findings.errors || result->findings.questions) || findings_to_err(&result->findings, err);
}

static bool tell(struct app *app, const struct kind *kind, const struct record *rec, const struct record *old,
	struct findings *fs, struct err *err)
{
	const struct use_case *uc = use_case_of(kind->id);

	if (!uc || !uc->tell)
		return true;
	if (!uc->tell(app, rec, old, fs, err))
		return false;
	findings_arrange(fs); /* what is told comes before what is missing */
	return true;
}

/* Reading, checking and writing are one transaction: nobody registers the same person between the check and the save.
 * A copy is stored, so that a save which fails leaves the form's record without the id and numbers that are rolled back. */
static bool save_in_work(struct app *app, const struct kind *kind, struct record *rec, const struct save_options *o,
	struct arena *mem, struct save_result *result, struct err *err)
{
	struct record *old;
	int64_t row;

	if (!find_submit(app, o, &row, err))
		return false;
	result->row = row;
	if (row)
		return record_load_row(app, row, mem, &result->rec, NULL, err);
	return base_of(app, kind, rec, mem, &old, err) && records_check(app, kind, rec, old, o, mem, result, err) &&
		tell(app, kind, rec, old, &result->findings, err) &&
		records_put(app, kind, record_copy(rec->mem, rec), old, o, result, err);
}

/* result->findings may hold what reading the input found already: all faults are reported together. */
static bool save(struct app *app, const struct kind *kind, struct record *rec, const struct save_options *o,
	struct arena *mem, struct save_result *result, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	bool own = !app->tx;

	if (combined_of(rec->form))
		return need_actor(app, kind, err) && combined_save(app, kind, rec, o, mem, result, err);
	if (!need_actor(app, kind, err) || (own && !work_begin(&w, app, err)) ||
		!save_in_work(app, kind, rec, o, mem, result, err) || (own && !work_commit(&w, err)))
		return false;
	if (own)
		result->rec->meta.county = record_county_state(app, result->row);
	if (result->rec->form == rec->form) {
		rec->values = result->rec->values;
		rec->meta = result->rec->meta;
		result->rec = rec;
	}
	return true;
}

void records_result(struct save_result *result, struct arena *mem)
{
	*result = (struct save_result){ 0 };
	findings_init(&result->findings, mem);
}

bool records_save(struct app *app, const struct kind *kind, struct record *rec, const struct save_options *o,
	struct arena *mem, struct save_result *result, struct err *err)
{
	records_result(result, mem);
	return save(app, kind, rec, o, mem, result, err);
}

bool records_preview(struct app *app, const struct kind *kind, struct record *rec, struct arena *mem,
	struct save_result *result, struct err *err)
{
	struct form_context cx;

	*result = (struct save_result){ .rec = rec };
	findings_init(&result->findings, mem);
	if (combined_of(rec->form))
		return combined_preview(app, kind, rec, mem, result, err);
	return records_context(app, kind, rec, mem, &cx, err) && check(app, kind, rec, NULL, &cx, result, err);
}

/* ---- from JSON -------------------------------------------------------------------------------------------------------- */

static bool variant_of(const struct kind *kind, struct json_object *obj, const struct form_def **form, struct err *err)
{
	const char *programme = json_text(obj, "programme");

	if (kind->form) {
		*form = kind->form;
		return true;
	}
	if (!programme) {
		err_set(err, ERR_REQUIRED, _("Still missing: the programme."));
		err_at(err, "programme");
		return err_example(err, "htn");
	}
	*form = kind_form(kind, programme);
	if (*form)
		return true;
	err_set(err, ERR_UNKNOWN_CODE, _("There is no programme \"%s\"."), programme);
	err_at(err, "programme");
	return err_example(err, "htn");
}

static bool start_record(struct app *app, const struct kind *kind, struct json_object *obj, struct arena *mem,
	struct record **rec, struct err *err)
{
	const char *id = json_text(obj, "id");
	const struct form_def *form;

	if (!id) {
		if (!variant_of(kind, obj, &form, err))
			return false;
		*rec = record_new(mem, form);
		return true;
	}
	if (json_object_get_type(json_member(obj, "revision")) != json_type_int) {
		err_set(err, ERR_USAGE, _("To change a record, give the revision you read it at."));
		err_at(err, "revision");
		return err_example(err, "3");
	}
	if (!record_load(app, kind->id, id, mem, rec, err))
		return err_at(err, "id");
	if ((*rec)->meta.revision != json_int(obj, "revision", 0))
		return err_set(err, ERR_STALE,
			_("This record was changed meanwhile. Look at the newer version and repeat your change."));
	return true;
}

/* What stands beside the fields and says how to save: which questions are answered, and the submit token. */
static void take_options(struct json_object *obj, struct save_options *o, struct arena *mem)
{
	struct json_object *list = json_array(obj, "confirm");

	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *key = json_object_array_get_idx(list, i);

		if (json_object_is_type(key, json_type_string))
			save_confirm(o, json_object_get_string(key), mem);
	}
	if (!o->token)
		o->token = json_text(obj, "token");
}

bool records_save_json(struct app *app, const struct kind *kind, struct json_object *obj, const struct save_options *o,
	struct arena *mem, struct save_result *result, struct err *err)
{
	struct save_options with = *o;
	struct record *rec;

	records_result(result, mem);
	if (json_object_get_type(obj) != json_type_object)
		return err_set(err, ERR_FORMAT, _("One JSON object is expected."));
	if (!start_record(app, kind, obj, mem, &rec, err))
		return false;
	record_read_json(rec, obj, false, &result->findings);
	if (combined_of(rec->form))
		combined_name_parted(combined_of(rec->form), &result->findings);
	take_options(obj, &with, mem);
	if (save(app, kind, rec, &with, mem, result, err))
		return true;
	findings_arrange(&result->findings);
	return false;
}

/* ---- a new record ------------------------------------------------------------------------------------------------------ */

static void set_if(struct record *rec, const char *key, const char *text)
{
	if (text && *text && form_index(rec->form, key) >= 0 && value_is_empty(record_get(rec, key)))
		record_set_text(rec, key, text);
}

bool records_new(struct app *app, const struct kind *kind, const char *variant, const char *resident_id,
	struct arena *mem, struct record **out, struct err *err)
{
	const struct form_def *form = kind_form(kind, variant);

	if (!form)
		return err_set(err, ERR_UNKNOWN_KIND, _("There is no such form."));
	*out = record_new(mem, form);
	set_if(*out, "resident", resident_id);
	set_if(*out, "programme", variant);
	set_if(*out, "doctor", app->actor);
	return true;
}

/* ---- void ------------------------------------------------------------------------------------------------------------------ */

bool records_void(struct app *app, const struct kind *kind, const char *id, const char *reason, struct arena *mem,
	struct save_result *result, struct err *err)
{
	struct save_options o = { .reason = reason };
	struct record *rec;
	AUTO_WORK struct work w = { 0 };

	records_result(result, mem);
	if (!reason || !*reason) {
		err_set(err, ERR_REQUIRED, _("Why is it void? Give a reason."));
		return err_at(err, "reason");
	}
	if (!need_actor(app, kind, err) || !record_load(app, kind->id, id, mem, &rec, err))
		return false;
	if (rec->meta.state != RECORD_ACTIVE)
		return err_set(err, ERR_WRONG_STATE, _("This record is void already."));
	if (!is_understood(app, kind, id, err))
		return false;
	if (kind->id == KIND_RESIDENT && record_get(rec, "replaces")->n_items)
		return err_set(err, ERR_WRONG_STATE, _("Other files were merged into this one. Part them first."));
	rec->meta.state = RECORD_VOID;
	{
		struct put put = { .kind = kind->id, .rec = rec, .base_revision = rec->meta.revision, .reason = o.reason };

		if (!work_begin(&w, app, err) || !dependants_none(app, kind->id, record_row(app, kind->id, id), err) ||
			!record_put(app, &put, err) || !work_commit(&w, err))
			return false;
		result->rec = rec;
		result->row = put.row;
	}
	rec->meta.county = record_county_state(app, result->row);
	return true;
}
