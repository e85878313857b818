#include "sync/scope.h"

#include "app/service/county.h"
#include "db/stmt.h"
#include "sync/fhir/doc.h"
#include "sync/lived.h"

/* ---- where somebody lives ---------------------------------------------------------------------------------------- */

static bool look_up(const struct sync *s, const char *statement, const char *uid, char out[SCOPE_CODE], struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, statement);
	const char *code;
	bool row;

	*out = '\0';
	stmt_bind_text(st, "uid", uid);
	if (!stmt_step(st, &row, err))
		return false;
	code = row ? stmt_text(st, 0) : NULL;
	if (code && strlen(code) == SCOPE_CODE - 1)
		snprintf(out, SCOPE_CODE, "%s", code);
	return true;
}

bool scope_of_resident(const struct sync *s, const char *uid, char out[SCOPE_CODE], struct err *err)
{
	return look_up(s, "scope_resident", uid, out, err);
}

static const char *resident_of(const struct record *rec)
{
	static const char *const keys[] = { "resident", "about_resident" };

	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (form_field(rec->form, keys[i]) && record_text(rec, keys[i]))
			return record_text(rec, keys[i]);
	return NULL;
}

bool scope_of(const struct sync *s, enum kind_id kind, const struct record *rec, struct scope *out, struct err *err)
{
	bool lives = kind == KIND_RESIDENT || kind == KIND_HOUSEHOLD;
	const char *of = lives ? record_text(rec, "village") : resident_of(rec);

	*out = (struct scope){ .lives = false };
	if (of && !look_up(s, lives ? "scope_village" : "scope_resident", of, out->code, err))
		return false;
	out->lives = *out->code;
	if (!out->lives)
		snprintf(out->code, sizeof(out->code), "%s", s->region);
	else if (strcmp(out->code, s->region) != 0)
		snprintf(out->by, sizeof(out->by), "%s", s->region);
	return true;
}

static void add_before(struct scope *scope, const char *code)
{
	size_t n = strlen(scope->before);

	if (!*code || strcmp(code, scope->code) == 0 || strstr(scope->before, code) || n + SCOPE_CODE >= sizeof(scope->before))
		return;
	snprintf(scope->before + n, sizeof(scope->before) - n, "%s%s", n ? "," : "", code);
}

bool scope_of_revision(const struct sync *s, enum kind_id kind, const struct record *rec, int64_t row, int64_t revision,
	struct scope *out, struct err *err)
{
	AUTO_LIVED struct lived lived = { .n = 0 };

	if (!scope_of(s, kind, rec, out, err))
		return false;
	if (kind == KIND_RESIDENT && !lived_before(s, row, revision, &lived, err))
		return false;
	for (size_t i = lived.n; i-- > 0;) {
		char code[SCOPE_CODE] = "";

		if (*lived.runs[i].village && !look_up(s, "scope_village", lived.runs[i].village, code, err))
			return false;
		add_before(out, code);
	}
	return true;
}

struct fhir_options scope_encoding(const struct sync *s, const struct scope *scope)
{
	return (struct fhir_options){ .scope = *scope->code ? scope->code : NULL, .by = scope->by, .before = scope->before,
		.practice = s->app->clinic.practice, .alone = s->alone };
}

/* ---- tags of documents --------------------------------------------------------------------------------------------- */

/* Calls back for each township that a document names; before: where the person lived once. */
static void each_tag(const struct json_object *doc, void (*each)(void *ctx, const char *code, bool before), void *ctx)
{
	struct json_object *list = json_array(json_member(doc, "meta"), "tag");

	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *tag = json_object_array_get_idx(list, i);
		const char *system = json_text(tag, "system"), *code = json_text(tag, "code");
		bool now = system && strcmp(system, FHIR_SCOPE) == 0, before = system && strcmp(system, FHIR_SCOPE_BEFORE) == 0;

		if ((now || before) && code && strlen(code) == SCOPE_CODE - 1)
			each(ctx, code, before);
	}
}

static bool is_township(const struct json_object *tag)
{
	const char *system = json_text(tag, "system");

	return system && (strcmp(system, FHIR_SCOPE) == 0 || strcmp(system, FHIR_SCOPE_BEFORE) == 0);
}

struct marks {
	struct scope scope;
	char others[SCOPE_BEFORE];
};

static void note_before(void *ctx, const char *code, bool before)
{
	struct marks *m = ctx;

	if (before)
		add_before(&m->scope, code);
}

static void note_other(void *ctx, const char *code, bool before)
{
	struct marks *m = ctx;
	size_t n = strlen(m->others);

	if (before || strcmp(code, m->scope.code) == 0 || strcmp(code, m->scope.by) == 0 || strstr(m->scope.before, code) ||
		strstr(m->others, code) || n + SCOPE_CODE >= sizeof(m->others))
		return;
	snprintf(m->others + n, sizeof(m->others) - n, "%s%s", n ? "," : "", code);
}

static void look_for(void *ctx, const char *code, bool before)
{
	struct marks *m = ctx;

	if (!before && strcmp(code, m->scope.by) == 0)
		m->others[0] = '+';
}

void scope_as_in(struct scope *scope, const struct json_object *doc)
{
	struct marks m = { .scope = *scope };

	each_tag(doc, look_for, &m);
	if (!m.others[0])
		scope->by[0] = '\0';
}

/* Its other tags, in a list of their own. */
static struct json_object *tags_of_others(struct json_object *meta)
{
	struct json_object *old = json_array(meta, "tag"), *tags = json_object_new_array();

	for (size_t i = 0; i < json_count(old); i++)
		if (!is_township(json_object_array_get_idx(old, i)))
			json_object_array_add(tags, json_object_get(json_object_array_get_idx(old, i)));
	return tags;
}

void scope_mark(struct json_object *doc, const struct scope *scope, const struct json_object *theirs)
{
	struct json_object *meta = json_dict(doc, "meta");
	const char *type = json_text(doc, "resourceType");
	struct marks m = { .scope = *scope };
	char by[SCOPE_BEFORE + SCOPE_CODE + 1];

	if (!scope->lives)
		return;
	if (type && strcmp(type, "Patient") == 0) {
		each_tag(theirs, note_before, &m);
		each_tag(theirs, note_other, &m);
	}
	if (!meta) {
		meta = json_object_new_object();
		json_object_object_add(doc, "meta", meta);
	}
	json_object_object_add(meta, "tag", tags_of_others(meta));
	snprintf(by, sizeof(by), "%s%s%s", m.scope.by, *m.scope.by && *m.others ? "," : "", m.others);
	fhir_add_scope(meta, m.scope.code, by, m.scope.before);
}

/* ---- what is downloaded ---------------------------------------------------------------------------------------------- */

bool scope_choose(struct sync *s, struct err *err)
{
	struct county_settings set;

	if (!county_load(s->app, &set, err))
		return false;
	snprintf(s->remote.scope, sizeof(s->remote.scope), *set.load ? "tag:%.*s" : "all",
		(int)sizeof(s->remote.scope) - 5, set.load);
	return true;
}

bool scope_is_narrow(const struct sync *s)
{
	return strncmp(s->remote.scope, "tag:", 4) == 0;
}

bool scope_has(const struct sync *s, const char *code)
{
	return !scope_is_narrow(s) || (*code && strstr(s->remote.scope + 4, code));
}

struct outside {
	const struct sync *s;
	struct sbuf *out;
};

static void note_outside(void *ctx, const char *code, bool before)
{
	struct outside *o = ctx;

	if (before && !scope_has(o->s, code))
		sbuf_addf(o->out, "%s%s", o->out->len ? "," : "", code);
}

void scope_outside(const struct sync *s, const struct json_object *doc, struct sbuf *out)
{
	struct outside o = { s, out };

	each_tag(doc, note_outside, &o);
}

struct inside {
	const struct sync *s;
	bool yes;
};

static void note_inside(void *ctx, const char *code, bool before)
{
	struct inside *i = ctx;

	i->yes |= !before && scope_has(i->s, code);
}

bool scope_names(const struct sync *s, const struct json_object *doc)
{
	struct inside i = { .s = s };

	each_tag(doc, note_inside, &i);
	return i.yes;
}

bool scope_is_for_all(const char *type)
{
	static const char *const types[] = { "Organization", "Practitioner", "CareTeam" };

	for (size_t i = 0; i < N_ELEMENTS(types); i++)
		if (strcmp(types[i], type) == 0)
			return true;
	return false;
}
