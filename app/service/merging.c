#include "app/service/merging.h"

#include "app/base/date.h"
#include "app/clinic/idcard.h"
#include "app/service/record_groups.h"
#include "app/service/departures.h"
#include "app/service/records.h"
#include "app/service/rows.h"
#include "db/stmt.h"

struct pair {
	struct arena mem;
	struct record *keep, *other;   /* whose values win */
	struct record *survivor, *gone; /* by id */
};

static void pair_release(struct pair *p)
{
	arena_release(&p->mem);
}
#define AUTO_PAIR __attribute__((cleanup(pair_release)))

static bool store(struct app *app, enum kind_id kind, struct record *rec, const char *reason, struct err *err)
{
	struct put put = { .kind = kind, .rec = rec, .base_revision = rec->meta.revision, .reason = reason };

	return record_put(app, &put, err);
}

static bool need_actor(struct app *app, struct err *err)
{
	return *app->actor || app_choose_actor(app, NULL, err);
}

/* ---- merging ----------------------------------------------------------------------------------------------------------- */

static bool load_active(struct app *app, const char *id, struct arena *mem, struct record **out, struct err *err)
{
	if (!record_load(app, KIND_RESIDENT, id, mem, out, err))
		return false;
	return (*out)->meta.state == RECORD_ACTIVE ||
		err_set(err, ERR_WRONG_STATE, _("This file was voided or merged into another one already."));
}

/* Two numbers that are both right belong to two people, unless somebody knows better. */
static bool check_numbers(const struct pair *p, bool confirmed, struct err *err)
{
	const char *a = record_text(p->keep, "id_number"), *b = record_text(p->other, "id_number");

	if (confirmed || !a || !b || !strcmp(a, b) || !record_is(p->keep, "id_type", "01") ||
		!record_is(p->other, "id_type", "01"))
		return true;
	err_set(err, ERR_NEEDS_CONFIRMATION,
		_("They have two different identity numbers, and both are right in themselves. Is it one person all the same?"));
	return err_at(err, "id_number");
}

static bool load_pair(struct app *app, const struct merge_request *q, struct pair *p, struct err *err)
{
	if (!load_active(app, q->keep, &p->mem, &p->keep, err) || !load_active(app, q->other, &p->mem, &p->other, err))
		return false;
	if (!strcmp(p->keep->meta.id, p->other->meta.id))
		return err_set(err, ERR_INCONSISTENT, _("This is one file, not two."));
	for (size_t i = 0; i < q->n_take; i++)
		if (form_index(p->keep->form, q->take[i]) < 0) {
			err_set(err, ERR_UNKNOWN_FIELD, _("A resident has no field \"%s\"."), q->take[i]);
			return err_at(err, q->take[i]);
		}
	if (strcmp(p->keep->meta.id, p->other->meta.id) < 0) {
		p->survivor = p->keep;
		p->gone = p->other;
	} else {
		p->survivor = p->other;
		p->gone = p->keep;
	}
	return check_numbers(p, q->confirmed, err);
}

/* What was chosen must be one record that can be. */
static bool check_values(struct app *app, struct record *rec, struct arena *mem, struct err *err)
{
	struct form_context cx = { .today = app_today(app), .last_visit = NO_DAY };
	struct findings fs;

	findings_init(&fs, mem);
	record_check(rec, &cx, &fs);
	return !fs.errors || findings_to_err(&fs, err);
}

static bool store_pair(struct app *app, struct pair *p, struct record *values, const char *reason, struct err *err)
{
	struct record *item;

	values->meta = p->survivor->meta;
	record_set(values, "replaces", record_get(p->survivor, "replaces"));
	record_set(values, "replaced_by", record_get(p->survivor, "replaced_by"));
	item = record_add_item(values, "replaces");
	record_set_text(item, "resident", p->gone->meta.id);
	p->gone->meta.state = RECORD_MERGED;
	record_set_text(p->gone, "replaced_by", p->survivor->meta.id);
	return store(app, KIND_RESIDENT, p->gone, reason, err) && store(app, KIND_RESIDENT, values, reason, err);
}

/* Once per programme: the entry that began first stays. */
static bool join_rosters(struct app *app, int64_t resident, int *joined, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "merge_enrolments");
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_FREE int64_t *rows = NULL;
	const char *last = "";
	size_t n;

	stmt_bind_int(st, "resident", resident);
	if (!rows_read(st, &rows, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct record *rec;

		if (!record_load_row(app, rows[i], &mem, &rec, NULL, err))
			return false;
		if (strcmp(last, record_text(rec, "programme")) != 0) {
			last = record_text(rec, "programme");
			continue;
		}
		record_set_text(rec, "status", "ended");
		record_set_text(rec, "ended_on", record_text(rec, "enrolled_on"));
		record_set_text(rec, "end_reason", "6");
		(*joined)++;
		if (!store(app, KIND_ENROLMENT, rec, _("Two files of one person were merged"), err))
			return false;
	}
	return true;
}

static bool count_contracts(struct app *app, int64_t resident, bool *two, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "merge_contracts");
	int64_t n;

	stmt_bind_int(st, "resident", resident);
	if (!stmt_value(st, &n, 0, err))
		return false;
	*two = n > 1;
	return true;
}

static void name_both(struct merge_result *out, const struct record *survivor, const struct record *merged)
{
	snprintf(out->survivor, sizeof out->survivor, "%s", survivor->meta.id);
	snprintf(out->merged, sizeof out->merged, "%s", merged->meta.id);
}

bool residents_merge(struct app *app, const struct merge_request *q, struct merge_result *out, struct err *err)
{
	AUTO_PAIR struct pair p = { .keep = NULL };
	AUTO_WORK struct work w = { 0 };
	const char *reason = q->reason && *q->reason ? q->reason : _("Two files of one person were merged");
	struct record *values;
	int64_t row;

	*out = (struct merge_result){ .rosters_joined = 0 };
	if (!need_actor(app, err) || !work_begin(&w, app, err) || !load_pair(app, q, &p, err))
		return false;
	values = merge_values(p.keep, p.other, q->take, q->n_take, app_today(app));
	if (!check_values(app, values, &p.mem, err) || !store_pair(app, &p, values, reason, err))
		return false;
	row = record_row(app, KIND_RESIDENT, p.survivor->meta.id);
	name_both(out, p.survivor, p.gone);
	return departure_apply(app, values, row, err) && join_rosters(app, row, &out->rosters_joined, err) &&
		count_contracts(app, row, &out->two_contracts, err) && work_commit(&w, err);
}

/* ---- two again ----------------------------------------------------------------------------------------------------------- */

/* The merged file itself, or the newest one that went into this. */
static bool find_merged(struct app *app, const char *id, struct arena *mem, struct record **out, struct err *err)
{
	struct stmt *st;
	int64_t row;

	if (!record_load(app, KIND_RESIDENT, id, mem, out, err))
		return false;
	if ((*out)->meta.state == RECORD_MERGED)
		return true;
	st = stmt_get(app->db, "merge_newest");
	stmt_bind_int(st, "resident", record_row(app, KIND_RESIDENT, id));
	if (!stmt_value(st, &row, 0, err))
		return false;
	if (!row)
		return err_set(err, ERR_WRONG_STATE, _("No file was merged into this one."));
	return record_load_row(app, row, mem, out, NULL, err);
}

static bool in_list(const struct value *list, const struct record *item)
{
	for (size_t i = 0; i < list->n_items; i++)
		if (value_equal(&list->items[i]->values[0], &item->values[0]) &&
			(item->form->n_fields < 2 || value_equal(&list->items[i]->values[1], &item->values[1])))
			return true;
	return false;
}

/* Items that came by the merge go; those of before and those written since stay. */
static void take_out(struct record *now, const char *key, const struct record *before, const struct record *merged)
{
	const struct value *list = record_get(now, key);
	struct value left = { .kind = V_LIST, .items = arena_alloc(now->mem, (list->n_items + 1) * sizeof *left.items) };

	for (size_t i = 0; i < list->n_items; i++)
		if (in_list(record_get(before, key), list->items[i]) || !in_list(record_get(merged, key), list->items[i]))
			left.items[left.n_items++] = list->items[i];
	if (left.n_items)
		record_set(now, key, &left);
	else
		record_clear(now, key);
}

static void values_back(struct record *now, const struct record *before, const struct record *merged)
{
	for (size_t i = 0; i < now->form->n_fields; i++) {
		const struct field *f = &now->form->fields[i];

		if (value_equal(record_get(now, f->key), record_get(merged, f->key)))
			record_set(now, f->key, record_get(before, f->key));
		else if (f->type == V_LIST)
			take_out(now, f->key, before, merged);
	}
}

/* Without the version of the merge (it came from elsewhere in pieces) only the link goes. */
static void drop_link(struct record *survivor, const char *gone)
{
	const struct value *list = record_get(survivor, "replaces");
	struct value left = { .kind = V_LIST, .items = arena_alloc(survivor->mem, (list->n_items + 1) * sizeof *left.items) };

	for (size_t i = 0; i < list->n_items; i++)
		if (!record_text(list->items[i], "resident") || strcmp(record_text(list->items[i], "resident"), gone) != 0)
			left.items[left.n_items++] = list->items[i];
	if (left.n_items)
		record_set(survivor, "replaces", &left);
	else
		record_clear(survivor, "replaces");
}

/* The version of the merged file that the merge wrote. */
static bool merged_at(struct app *app, int64_t row, int64_t newest, int64_t *revision, struct err *err)
{
	*revision = newest;
	for (int64_t r = newest; r > 1; r--) {
		AUTO_ARENA struct arena mem = { 0 };
		struct record *before;
		enum kind_id kind;

		if (!record_load_revision(app, row, r - 1, &mem, &before, &kind, err))
			return false;
		*revision = r;
		if (before->meta.state != RECORD_MERGED)
			return true;
	}
	return true;
}

static bool survivor_back(struct app *app, struct record *survivor, struct record *gone, const char *reason, struct err *err)
{
	int64_t row = record_row(app, KIND_RESIDENT, survivor->meta.id), gone_row = record_row(app, KIND_RESIDENT, gone->meta.id);
	struct record *merged, *before;
	int64_t at, revision;
	enum kind_id kind;

	if (!merged_at(app, gone_row, gone->meta.revision, &at, err) ||
		!change_group_revision(app, gone_row, at, row, &revision, err))
		return false;
	if (revision > 1) {
		if (!record_load_revision(app, row, revision, survivor->mem, &merged, &kind, err) ||
			!record_load_revision(app, row, revision - 1, survivor->mem, &before, &kind, err))
			return false;
		values_back(survivor, before, merged);
	}
	drop_link(survivor, gone->meta.id);
	return change_group_restore(app, gone_row, at, reason, err) && store(app, KIND_RESIDENT, survivor, reason, err);
}

bool residents_unmerge(struct app *app, const char *id, const char *reason, struct merge_result *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_WORK struct work w = { 0 };
	struct record *gone, *survivor;

	*out = (struct merge_result){ .rosters_joined = 0 };
	if (!reason || !*reason) {
		err_set(err, ERR_REQUIRED, _("Why? Give the reason."));
		return err_at(err, "reason");
	}
	if (!need_actor(app, err) || !work_begin(&w, app, err) || !find_merged(app, id, &mem, &gone, err))
		return false;
	if (!record_text(gone, "replaced_by"))
		return err_set(err, ERR_WRONG_STATE, _("This file does not say which one it was merged into."));
	if (!record_load(app, KIND_RESIDENT, record_text(gone, "replaced_by"), &mem, &survivor, err) ||
		!survivor_back(app, survivor, gone, reason, err))
		return false;
	name_both(out, survivor, gone);
	gone->meta.state = RECORD_ACTIVE;
	record_clear(gone, "replaced_by");
	return store(app, KIND_RESIDENT, gone, reason, err) && work_commit(&w, err);
}
