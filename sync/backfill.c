#include "sync/backfill.h"

#include "sync/pull_int.h"

#include "db/stmt.h"
#include "sync/idmap.h"

/* What is about a person, and how it is asked for by him. */
static const struct {
	const char *type, *parameter;
} types[] = {
	{ "EpisodeOfCare", "patient" },
	{ "Contract", "patient" },
	{ "Encounter", "patient" },
	{ "QuestionnaireResponse", "patient" },
	{ "ServiceRequest", "patient" },
	{ "Task", "patient" },
	{ "Basic", "patient" },
};

/* ---- who is on the list -------------------------------------------------------------------------------------------- */

void arrival_release(struct arrival *a)
{
	free(a->elsewhere);
}

static bool about(struct sync *s, const char *statement, int64_t record, struct err *err)
{
	return store_run(s->app, &statement, 1, s->remote.id, record, err);
}

static bool has_left(struct sync *s, int64_t record, bool *left, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_gone_left");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "record", record);
	return stmt_yes(st, left, err);
}

static bool lives_by(struct sync *s, int64_t row, int64_t revision, char out[SCOPE_CODE], struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct scope scope;
	struct record *rec;
	enum kind_id kind;

	if (!record_load_revision(s->app, row, revision, &mem, &rec, &kind, err) || !scope_of(s, kind, rec, &scope, err))
		return false;
	snprintf(out, SCOPE_CODE, "%s", scope.lives ? scope.code : "");
	return true;
}

/* By what we hold of the server's: an edit of ours that has not arrived moves nobody. */
static bool lives(struct sync *s, int64_t row, const char *id, char out[SCOPE_CODE], struct err *err)
{
	struct held_version v;
	struct out_row open;

	if (!store_newest(s->app, s->remote.id, row, &open, err) || !version_load(s->app, s->remote.id, row, ROLE_MAIN, &v, err))
		return false;
	return open.seq && open.state < OUTBOX_ACKED && v.known && v.revision > 0 ? lives_by(s, row, v.revision, out, err) :
		scope_of_resident(s, id, out, err);
}

static bool is_same(struct sync *s, int64_t row, const struct json_object *doc, bool *same, struct err *err)
{
	struct held_version v;

	if (!version_load(s->app, s->remote.id, row, ROLE_MAIN, &v, err))
		return false;
	*same = v.known && doc_version(doc) && strcmp(v.version, doc_version(doc)) == 0;
	return true;
}

bool arrival_begin(struct sync *s, const struct json_object *doc, struct arrival *a, struct err *err)
{
	AUTO_JSON struct json_object *kept = NULL;
	AUTO_SBUF struct sbuf elsewhere = SBUF_INIT;
	const char *id = json_text(doc, "id"), *type = json_text(doc, "resourceType");
	int64_t row;

	*a = (struct arrival){ .watched = scope_is_narrow(s) && !s->remote.is_hub && id && type && strcmp(type, "Patient") == 0 };
	row = a->watched ? record_row(s->app, KIND_RESIDENT, id) : 0;
	a->known = row != 0;
	if (!row)
		return true;
	if (!is_same(s, row, doc, &a->same, err) || !lives(s, row, id, a->township, err) || !has_left(s, row, &a->left, err) ||
		!kept_load(s->app, s->remote.id, row, ROLE_MAIN, &kept, err))
		return false;
	scope_outside(s, kept, &elsewhere);
	a->elsewhere = sbuf_take(&elsewhere);
	return true;
}

/* Does it name a township outside that was not named before? */
static bool names_another(const char *now, const char *before)
{
	for (const char *at = now; *at; at += strcspn(at, ","), at += *at == ',') {
		char code[SCOPE_CODE];

		snprintf(code, sizeof(code), "%s", at);
		if (!before || !strstr(before, code))
			return true;
	}
	return false;
}

/* Somebody whom his program has just made has no past.  A version that is no number says nothing about that. */
static bool is_just_made(const struct json_object *doc)
{
	const char *version = doc_version(doc);

	return version && strcmp(version, "1") == 0;
}

/* May records of him lie where we do not load?  Of a first load only who says so himself: to ask for each person of a
 * township would be dear. */
static bool has_a_past(const struct sync *s, const struct json_object *doc, const struct arrival *a)
{
	AUTO_SBUF struct sbuf elsewhere = SBUF_INIT;

	scope_outside(s, doc, &elsewhere);
	if (s->first_load && elsewhere.len)
		return true;
	if (a->known)
		return a->left || (!a->same && ((*a->township && !scope_has(s, a->township)) ||
			(elsewhere.len && names_another(elsewhere.s, a->elsewhere))));
	return !s->first_load && (elsewhere.len || !is_just_made(doc));
}

bool arrival_end(struct sync *s, const struct json_object *doc, const struct arrival *a, struct err *err)
{
	const char *id = json_text(doc, "id");
	int64_t row = a->watched ? record_row(s->app, KIND_RESIDENT, id) : 0;
	char now[SCOPE_CODE];

	if (!row)
		return true;
	if (!a->known && !scope_names(s, doc)) /* our organisation manages him: what others write about him bears other tags, too */
		return about(s, "backfill_add", row, err) && about(s, "managed_add", row, err);
	if (!lives(s, row, id, now, err))
		return false;
	if (*now && !scope_has(s, now)) /* he moved out, and the server has kept the tag of ours besides */
		return true;
	if (a->left && !about(s, "sync_gone_back", row, err))
		return false;
	return !has_a_past(s, doc, a) || about(s, "backfill_add", row, err);
}

bool arrival_by_us(struct sync *s, const struct out_row *row, struct err *err)
{
	struct held_version v;
	char before[SCOPE_CODE], after[SCOPE_CODE];

	if (!scope_is_narrow(s) || s->remote.is_hub || row->kind != KIND_RESIDENT)
		return true;
	if (!version_load(s->app, s->remote.id, row->record, ROLE_MAIN, &v, err))
		return false;
	if (!v.known || v.revision < 1 || v.revision == row->revision)
		return true;
	if (!lives_by(s, row->record, v.revision, before, err) || !lives_by(s, row->record, row->revision, after, err))
		return false;
	if (!*before || scope_has(s, before) || !*after || !scope_has(s, after))
		return true;
	return about(s, "sync_gone_back", row->record, err) && about(s, "backfill_add", row->record, err);
}

/* ---- loading ---------------------------------------------------------------------------------------------------------- */

/* Those for whom it was begun before the line broke, and no others: the places are theirs. */
static bool people_of(struct sync *s, struct sbuf *out, int64_t *since, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "backfill_people");
	bool row;

	stmt_bind_int(st, "remote", s->remote.id);
	while (stmt_step(st, &row, err)) {
		char theirs[RECORD_ID_MAX + 1];
		bool known = true;

		if (!row)
			return true;
		*since = stmt_int(st, 1);
		snprintf(theirs, sizeof(theirs), "%s", stmt_text(st, 0));
		if (s->remote.posts && !idmap_theirs(s, "Patient", stmt_text(st, 0), theirs, &known, err))
			return false;
		if (known)
			sbuf_addf(out, "%sPatient/%s", out->len ? "," : "", theirs);
	}
	return false;
}

static bool begin_some(struct sync *s, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct stmt *st;

	if (!work_begin(&w, s->app, err))
		return false;
	st = stmt_get(s->app->db, "backfill_begin");
	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "limit", SYNC_IDS_A_SEARCH);
	return stmt_run(st, err) && work_commit(&w, err);
}

/* What is older came already: the search begins as one that was broken off there. */
static bool begin_since(struct sync *s, struct cursor *c, int64_t since, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	c->page = since;
	return work_begin(&w, s->app, err) && cursor_store(s, c, err) && work_commit(&w, err);
}

/* A type of which a place is kept without an open page is done. */
static bool load_type(struct sync *s, size_t i, const char *people, int64_t since, bool *stopped, struct err *err)
{
	AUTO_SBUF struct sbuf filter = SBUF_INIT;
	AUTO_CURSOR struct cursor c = { .type = types[i].type, .name = "people" };

	if (!cursor_load(s, &c, err))
		return false;
	if (c.hw && !c.page)
		return true;
	if (since && !c.page && !begin_since(s, &c, since, err))
		return false;
	sbuf_addf(&filter, "%s=%s", types[i].parameter, people);
	c.people = filter.s;
	if (!pull_cursor(s, &c, err))
		return false;
	*stopped = c.stopped;
	return true;
}

static bool forget(struct sync *s, const char *who, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	return sync_alive(s, "backfill", err) && work_begin(&w, s->app, err) && about(s, who, 0, err) &&
		about(s, "backfill_drop_places", 0, err) && work_commit(&w, err);
}

static bool load_some(struct sync *s, const char *people, int64_t since, bool *stopped, struct err *err)
{
	for (size_t i = 0; *people && i < N_ELEMENTS(types) && !*stopped; i++)
		if (!load_type(s, i, people, since, stopped, err))
			return false;
	return *stopped || forget(s, "backfill_drop", err);
}

static bool any(struct sync *s, bool *yes, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "backfill_any");

	stmt_bind_int(st, "remote", s->remote.id);
	return stmt_yes(st, yes, err);
}

bool backfill_all(struct sync *s, struct err *err)
{
	bool stopped = false, more;

	if (!any(s, &more, err))
		return false;
	if (more && !scope_is_narrow(s)) /* who loads the whole county anew needs no list */
		return forget(s, "backfill_forget", err);
	while (more && !stopped) {
		AUTO_SBUF struct sbuf people = SBUF_INIT;
		int64_t since = 0;

		if (!people_of(s, &people, &since, err) ||
			(!people.len && (!begin_some(s, err) || !people_of(s, &people, &since, err))) ||
			!load_some(s, people.s, since, &stopped, err) || !any(s, &more, err))
			return false;
	}
	return true;
}
