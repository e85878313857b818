/* Villages as lists spell them, and the households that the householder's column tells of. */
#include "app/service/imports_int.h"
#include "app/service/records.h"
#include "db/stmt.h"

/* ---- villages ------------------------------------------------------------------------------------------------------------ */

static const char *const tails[] = { "村民委员会", "居民委员会", "村委会", "居委会", "村" };
static const char village_sign[] = "村";

/* 上坂村, 上坂村委会 and 上坂村民委员会 are one place. */
static const char *stem_of(const char *name, struct arena *mem)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < N_ELEMENTS(tails); i++) {
		size_t t = strlen(tails[i]);

		if (n > t && !strcmp(name + n - t, tails[i]))
			return arena_strndup(mem, name, n - t);
	}
	return name;
}

/* Other clinics' villages come from the county; of one name the one in our township, or of our clinic, is meant. */
static bool is_near(const struct app *app, const char *code, const char *parent)
{
	const char *region = app->clinic.region;

	if (code)
		return !strncmp(code, region, strlen(region) < 9 ? strlen(region) : 9);
	return !parent || !strcmp(parent, app->clinic.org_id);
}

static struct import_village *add_village(struct import_places *p, const struct record *rec)
{
	struct import_village *v;
	const char *code = record_text(rec, "code"), *aliases = record_text(rec, "aliases");

	if (p->n == p->cap) {
		p->cap = p->cap ? p->cap * 2 : 64;
		p->v = xrealloc(p->v, p->cap, sizeof *p->v);
	}
	/* Each by itself: lines and the import's own village point at them while more are made. */
	v = p->v[p->n++] = arena_alloc(&p->mem, sizeof *v);
	*v = (struct import_village){ .id = arena_strdup(&p->mem, rec->meta.id),
		.name = arena_strdup(&p->mem, record_text(rec, "name")), .code = arena_strdup(&p->mem, code ? code : ""),
		.aliases = arena_strdup(&p->mem, aliases ? aliases : ""),
		.near = is_near(p->app, code, record_text(rec, "parent")) };
	v->stem = stem_of(v->name, &p->mem);
	return v;
}

static bool is_known(const struct import_places *p, const char *id)
{
	for (size_t i = 0; i < p->n; i++)
		if (!strcmp(p->v[i]->id, id))
			return true;
	return false;
}

static bool each_village(void *ctx, const struct record *rec)
{
	struct import_places *p = ctx;

	if (!is_known(p, rec->meta.id))
		add_village(p, rec)->row = record_row(p->app, KIND_ORGANISATION, rec->meta.id);
	return true;
}

bool import_places_newer(struct import_places *p, struct err *err)
{
	const struct list_filter villages = { "type", "1" };
	const struct list_query q = { .kind = kind_by_id(KIND_ORGANISATION), .filters = &villages, .n_filters = 1 };

	return records_list(p->app, &q, each_village, p, err);
}

bool import_places_read(struct import_places *p, struct app *app, struct err *err)
{
	*p = (struct import_places){ .app = app };
	return import_places_newer(p, err);
}

void import_places_release(struct import_places *p)
{
	free(p->v);
	free(p->last_key);
	arena_release(&p->mem);
}

/* Bytes of a sign that parts aliases, 0 when there is none at s. */
static size_t parting(const char *s)
{
	static const char *const signs[] = { ",", "，", "、", ";", "；", " " };

	for (size_t i = 0; i < N_ELEMENTS(signs); i++)
		if (!strncmp(s, signs[i], strlen(signs[i])))
			return strlen(signs[i]);
	return 0;
}

static bool has_alias(const char *aliases, const char *text)
{
	size_t n = strlen(text);

	for (const char *s = aliases; *s;) {
		size_t len = 0;

		while (s[len] && !parting(s + len))
			len++;
		if (len == n && !memcmp(s, text, n))
			return true;
		s += len + parting(s + len);
	}
	return false;
}

static const char *const township_ends[] = { "镇", "乡", "街道", "县", "区", "市" };

/* "练习镇上坂村": what stands before the name ends as a township or county does, so it is no other village (下上坂村). */
static bool ends_with_village(const char *text, const char *name)
{
	size_t n = strlen(text), m = strlen(name), before;

	if (m >= n || strcmp(text + n - m, name) != 0)
		return false;
	before = n - m;
	for (size_t i = 0; i < N_ELEMENTS(township_ends); i++) {
		size_t e = strlen(township_ends[i]);

		if (before >= e && !strncmp(text + before - e, township_ends[i], e))
			return true;
	}
	return false;
}

/* One place that two computers made: the same one is taken everywhere. */
static const struct import_village *of_one_place(const struct import_village *a, const struct import_village *b)
{
	if (!a || !*a->code || strcmp(a->code, b->code) != 0)
		return NULL;
	return strcmp(a->id, b->id) < 0 ? a : b;
}

/* How surely the text names this village; 0 = not. */
static int village_likeness(const struct import_village *v, const char *text, const char *stem)
{
	if (!strcmp(v->name, text) || !strcmp(v->id, text) || (*v->code && !strcmp(v->code, text)))
		return 4;
	if (has_alias(v->aliases, text))
		return 3;
	if (!strcmp(v->stem, stem))
		return 2;
	return ends_with_village(text, v->name) ? 1 : 0;
}

const struct import_village *import_village(const struct import_places *p, const char *text, bool *several)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *stem = stem_of(text, &mem);
	const struct import_village *best = NULL;
	int most = 0;

	for (size_t i = 0; i < p->n; i++) {
		int like = 2 * village_likeness(p->v[i], text, stem);

		like += like && p->v[i]->near;
		if (like > most) {
			most = like;
			best = p->v[i];
		} else if (like && like == most) {
			best = of_one_place(best, p->v[i]); /* else two of them: nobody knows which */
		}
	}
	*several = most && !best;
	return best;
}

bool import_several(const char *text, struct err *err)
{
	err_set(err, ERR_NOT_FOUND, _("Several villages are called \"%s\": write the village's code."), text);
	return err_at(err, "village");
}

/* The committee's name is the village's, without the committee. */
static const char *village_name(const char *text, struct arena *mem)
{
	const char *stem = stem_of(text, mem);

	return strcmp(stem, text) != 0 && strstr(text, village_sign) ? arena_printf(mem, "%s%s", stem, village_sign) : text;
}

bool import_village_make(struct import_places *p, const char *name, bool dry, const struct import_village **out,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec = record_new(&mem, kind_by_id(KIND_ORGANISATION)->form);
	struct put put = { .kind = KIND_ORGANISATION, .rec = rec };
	struct import_village *v;

	record_set_text(rec, "name", village_name(name, &mem));
	record_set_text(rec, "type", "1");
	record_set_text(rec, "parent", p->app->clinic.org_id);
	if (!dry && !record_put(p->app, &put, err))
		return false;
	v = add_village(p, rec);
	v->row = put.row;
	*out = v;
	return true;
}

/* ---- households ----------------------------------------------------------------------------------------------------------- */

static bool contradicts(const char *a, const char *b)
{
	return a && *a && b && *b && strcmp(a, b) != 0;
}

/* The household of that name whose house and group are not another one's; row 0 when there is none. */
static bool find_household(struct app *app, const struct import_household *h, struct arena *mem, struct record **out,
	struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(app->db, "households_named");
	bool row = true;

	*out = NULL;
	stmt_bind_text(st, "name", h->name);
	if (h->village)
		stmt_bind_int(st, "village", record_row(app, KIND_ORGANISATION, h->village));
	while (!*out) {
		struct record *rec;

		if (!stmt_step(st, &row, err))
			return false;
		if (!row)
			return true;
		if (!record_load_row(app, stmt_int(st, 0), mem, &rec, NULL, err))
			return false;
		if (!contradicts(record_text(rec, "house"), h->house) && !contradicts(record_text(rec, "group"), h->group))
			*out = rec;
	}
	return true;
}

static void set_if(struct record *rec, const char *key, const char *text)
{
	if (text && *text)
		record_set_text(rec, key, text);
}

static bool put_household(struct app *app, struct record *rec, struct err *err)
{
	struct put put = { .kind = KIND_HOUSEHOLD, .rec = rec, .base_revision = rec->meta.revision };

	return record_put(app, &put, err);
}

static const char *household_key(const struct import_household *h, struct arena *mem)
{
	return arena_printf(mem, "%s\t%s\t%s\t%s", h->name, h->village ? h->village : "", h->group ? h->group : "",
		h->house ? h->house : "");
}

bool import_household(struct import_places *p, const struct import_household *h, char out[RECORD_ID_MAX + 1], bool *made,
	struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	const char *key = household_key(h, &mem);
	struct record *rec;

	*made = false;
	if (!h->head && p->last_key && !strcmp(p->last_key, key)) {
		snprintf(out, RECORD_ID_MAX + 1, "%s", p->last_id);
		return true;
	}
	if (!find_household(p->app, h, &mem, &rec, err))
		return false;
	if (!rec) {
		rec = record_new(&mem, kind_by_id(KIND_HOUSEHOLD)->form);
		*made = true;
		record_set_text(rec, "name", h->name);
		set_if(rec, "village", h->village);
		set_if(rec, "group", h->group);
		set_if(rec, "house", h->house);
	}
	if (value_is_empty(record_get(rec, "head")))
		set_if(rec, "head", h->head);
	if (!put_household(p->app, rec, err))
		return false;
	free(p->last_key);
	p->last_key = xstrdup(key);
	snprintf(p->last_id, sizeof p->last_id, "%s", rec->meta.id);
	snprintf(out, RECORD_ID_MAX + 1, "%s", rec->meta.id);
	return true;
}

bool import_is_head(const struct record *rec, const char *householder)
{
	const char *relation = record_text(rec, "household_relation"), *name = record_text(rec, "name");

	return relation ? !strcmp(relation, "0") : name && !strcmp(name, householder);
}
