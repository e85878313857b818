#include "app/service/households.h"

#include "app/base/json.h"
#include "app/clinic/kinship.h"
#include "app/service/rows.h"
#include "app/service/use_case.h"
#include "db/stmt.h"

static const char *kept(struct arena *mem, const char *s)
{
	return s ? arena_strdup(mem, s) : "";
}

bool household_read(struct app *app, int64_t id, struct arena *mem, struct household_row *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "household_row");
	AUTO_JSON struct json_object *body = NULL;
	bool row;

	*out = (struct household_row){ 0 };
	stmt_bind_int(st, "id", id);
	if (!stmt_step(st, &row, err))
		return false;
	if (!row)
		return err_set(err, ERR_NOT_FOUND, _("There is no such household."));
	out->id = kept(mem, stmt_text(st, 0));
	out->name = kept(mem, stmt_text(st, 1));
	out->house = kept(mem, stmt_text(st, 2));
	out->village = kept(mem, stmt_text(st, 3));
	out->members = stmt_int(st, 4);
	body = json_tokener_parse(stmt_text(st, 5));
	out->group = kept(mem, json_text(body, "group"));
	out->phone = kept(mem, json_text(body, "phone"));
	return true;
}

bool household_members(struct app *app, int64_t household, int64_t **ids, size_t *n, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "household_members");

	stmt_bind_int(st, "household", household);
	return rows_read(st, ids, n, err);
}

static bool is_head(struct app *app, const char *household, const char *resident)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *home;
	const char *head;
	struct err err;

	if (!record_load(app, KIND_HOUSEHOLD, household, &mem, &home, &err))
		return false;
	head = record_text(home, "head");
	return head && !strcmp(head, resident);
}

bool household_join(struct app *app, const char *resident, const char *household, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct save_options o = { .confirm_all = true }; /* nothing else of the file is asked about again */
	struct save_result result;
	struct record *rec;
	const char *now;

	if (!record_load(app, KIND_RESIDENT, resident, &mem, &rec, err))
		return false;
	now = record_text(rec, "household");
	if (!strcmp(now ? now : "", household))
		return true;
	if (now && *now) /* what he was there he is not here */
		record_clear(rec, "household_relation");
	record_set_text(rec, "household", household);
	if (*household && is_head(app, household, resident))
		record_set_text(rec, "household_relation", "0");
	return records_save(app, kind_by_id(KIND_RESIDENT), rec, &o, &mem, &result, err);
}

bool household_relate(struct app *app, const char *resident, const char *relation, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const struct save_options o = { .confirm_all = true };
	struct save_result result;
	struct record *rec;

	if (!record_load(app, KIND_RESIDENT, resident, &mem, &rec, err))
		return false;
	record_set_text(rec, "household_relation", relation);
	return records_save(app, kind_by_id(KIND_RESIDENT), rec, &o, &mem, &result, err);
}

/* ---- another head, a household of one's own ------------------------------------------------------------------------------ */

static bool store(struct app *app, enum kind_id kind, struct record *rec, struct err *err)
{
	const struct save_options o = { .confirm_all = true };
	struct save_result result;

	return records_save(app, kind_by_id(kind), rec, &o, rec->mem, &result, err);
}

/* head: what the new head was to the old one. */
static bool relate(struct app *app, struct record *member, const char *head, bool is_head, struct err *err)
{
	const char *was = record_text(member, "household_relation");

	record_set_text(member, "household_relation",
		is_head ? "0" : kinship_to(head, was, record_text(member, "sex")));
	return store(app, KIND_RESIDENT, member, err);
}

static bool load_member(struct app *app, const char *household, const char *id, struct arena *mem, struct record **out,
	struct err *err)
{
	const char *home;

	if (!record_load(app, KIND_RESIDENT, id, mem, out, err))
		return false;
	home = record_text(*out, "household");
	return (home && !strcmp(home, household)) ||
		err_set(err, ERR_WRONG_STATE, _("This person does not live in this household."));
}

static bool relate_all(struct app *app, const char *household, const struct record *head, struct arena *mem, struct err *err)
{
	const char *was = record_text(head, "household_relation");
	char relation[4];
	AUTO_FREE int64_t *rows = NULL;
	size_t n;

	snprintf(relation, sizeof relation, "%.3s", was ? was : "");
	if (!household_members(app, record_row(app, KIND_HOUSEHOLD, household), &rows, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct record *member;

		if (!record_load_row(app, rows[i], mem, &member, NULL, err) ||
			!relate(app, member, relation, !strcmp(member->meta.id, head->meta.id), err))
			return false;
	}
	return true;
}

bool household_set_head(struct app *app, const char *household, const char *resident, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_WORK struct work w = { 0 };
	struct record *home, *head;

	if (!work_begin(&w, app, err) || !record_load(app, KIND_HOUSEHOLD, household, &mem, &home, err) ||
		!load_member(app, household, resident, &mem, &head, err))
		return false;
	record_set_text(home, "head", resident);
	record_set_text(home, "name", record_text(head, "name"));
	return store(app, KIND_HOUSEHOLD, home, err) && work_commit(&w, err);
}

/* Another head, however it was entered: what everybody is to him. */
static bool after(struct app *app, const struct record *rec, const struct record *old, int64_t row, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *head = record_text(rec, "head"), *home;
	struct record *who;

	(void)row;
	if (!old || !head || value_equal(record_get(rec, "head"), record_get(old, "head")) ||
		!record_row(app, KIND_RESIDENT, head))
		return true;
	if (!record_load(app, KIND_RESIDENT, head, &mem, &who, err))
		return false;
	home = record_text(who, "household");
	return !home || strcmp(home, rec->meta.id) != 0 || relate_all(app, rec->meta.id, who, &mem, err);
}

const struct use_case household_use_case = { .kind = KIND_HOUSEHOLD, .after = after };

static struct record *new_home(const struct record *head, struct arena *mem)
{
	static const char *const same[] = { "name", "village", "group", "house", "address", "phone" };
	struct record *home = record_new(mem, kind_by_id(KIND_HOUSEHOLD)->form);

	for (size_t i = 0; i < N_ELEMENTS(same); i++)
		record_set_text(home, same[i], record_text(head, same[i]));
	record_set_text(home, "head", head->meta.id);
	return home;
}

bool household_split(struct app *app, const char *const residents[], size_t n, char made[RECORD_ID_MAX + 1], struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_WORK struct work w = { 0 };
	struct record *head, *home;
	char relation[4];

	if (!n)
		return err_set(err, ERR_NOT_CHOSEN, _("Choose a person first."));
	if (!work_begin(&w, app, err) || !record_load(app, KIND_RESIDENT, residents[0], &mem, &head, err))
		return false;
	snprintf(relation, sizeof relation, "%.3s",
		record_text(head, "household_relation") ? record_text(head, "household_relation") : "");
	home = new_home(head, &mem);
	if (!store(app, KIND_HOUSEHOLD, home, err))
		return false;
	snprintf(made, RECORD_ID_MAX + 1, "%s", home->meta.id);
	for (size_t i = 0; i < n; i++) {
		struct record *member;

		if (!record_load(app, KIND_RESIDENT, residents[i], &mem, &member, err))
			return false;
		record_set_text(member, "household", made);
		if (!relate(app, member, relation, i == 0, err))
			return false;
	}
	return work_commit(&w, err);
}

bool household_heirs(struct app *app, const char *household, struct arena *mem, const char ***ids, const char ***names,
	size_t *n, struct err *err)
{
	AUTO_FREE int64_t *rows = NULL;
	size_t all;

	*n = 0;
	if (!household_members(app, record_row(app, KIND_HOUSEHOLD, household), &rows, &all, err))
		return false;
	*ids = arena_alloc(mem, (all + 1) * sizeof **ids);
	*names = arena_alloc(mem, (all + 1) * sizeof **names);
	for (size_t i = 0; i < all; i++) {
		struct record *member;

		if (!record_load_row(app, rows[i], mem, &member, NULL, err))
			return false;
		if (record_is(member, "status", "4") || record_is(member, "status", "3"))
			continue;
		(*ids)[*n] = member->meta.id;
		(*names)[(*n)++] = record_text(member, "name");
	}
	return true;
}
