/* Who loads some townships only also has people whom the county gave to its organisation (Patient.managingOrganization), be it
 * in another program that knows no tags, or though they live elsewhere.  They are asked for by that, and what is about them
 * by person (backfill.h): once when they come, and once a week again, because what others write about them bears the tags of
 * others. */
#include "sync/backfill.h"
#include "sync/pace.h"
#include "sync/pull_int.h"

#include "db/stmt.h"
#include "sync/idmap.h"

enum { PAGES_MAX = 1000 };

/* "organization=..." ; *any false: there is nothing to ask. */
static bool filter_of(struct sync *s, struct sbuf *out, bool *any, struct err *err)
{
	const char *ours = s->app->clinic.org_id;
	char theirs[RECORD_ID_MAX + 1];

	*any = scope_is_narrow(s) && !s->remote.is_hub && *ours;
	if (!*any)
		return true;
	snprintf(theirs, sizeof(theirs), "%s", ours);
	if (s->remote.posts && !idmap_theirs(s, "Organization", ours, theirs, any, err))
		return false;
	sbuf_addf(out, "organization=Organization/%s", theirs);
	return true;
}

static bool is_patient(struct json_object *entry)
{
	const char *type = json_text(json_dict(entry, "resource"), "resourceType");

	return type && strcmp(type, "Patient") == 0;
}

/* A server that passes over what it does not know would answer with everybody: nobody's people are asked for first. */
static bool is_understood(struct sync *s, bool *yes, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_JSON struct json_object *bundle = NULL;
	char nobody[RECORD_ID_MAX + 1];
	struct json_object *entries;
	int status;

	fhir_derived_id(s->app->clinic.org_id, ROLE_MAX, nobody);
	sbuf_addf(&url, "%s/Patient?organization=Organization/%s&_count=1&_elements=id", s->remote.base, nobody);
	s->raw = true;
	*yes = fetch(s, url.s, &bundle, &status, err);
	s->raw = false;
	if (!*yes) {
		*yes = err->detail == 403; /* whoever forbids just that looks at whom it is asked about */
		return answer_may_lack(s, err);
	}
	entries = json_array(bundle, "entry");
	*yes = bundle != NULL;
	for (size_t i = 0; i < json_count(entries); i++)
		*yes = *yes && !is_patient(json_object_array_get_idx(entries, i));
	return true;
}

/* Is there anybody to be loaded, who was not?  Most have nobody: that is one count. */
static bool is_anybody(struct sync *s, const struct cursor *c, bool *any, struct err *err)
{
	int64_t n;

	*any = true;
	if (c->hw || c->page)
		return true;
	if (!pull_count(s, c, 0, 0, &n, err))
		return false;
	*any = n != 0;
	return !*any || is_understood(s, any, err);
}

static bool load_them(struct sync *s, struct cursor *c, struct err *err)
{
	bool any;

	return cursor_load(s, c, err) && is_anybody(s, c, &any, err) && (!any || pull_cursor(s, c, err));
}

bool managed_pull(struct sync *s, struct err *err)
{
	AUTO_SBUF struct sbuf filter = SBUF_INIT;
	AUTO_CURSOR struct cursor c = { .type = "Patient", .name = "organization" };
	bool any;

	if (!filter_of(s, &filter, &any, err))
		return false;
	if (!any)
		return true;
	c.people = filter.s;
	return load_them(s, &c, err) || answer_may_lack(s, err);
}

/* Is the person known here, and bears none of our tags? */
static bool comes_untagged(struct sync *s, int64_t row, bool *yes, struct err *err)
{
	AUTO_JSON struct json_object *kept = NULL;

	if (row && !kept_load(s->app, s->remote.id, row, ROLE_MAIN, &kept, err))
		return false;
	*yes = kept && !scope_names(s, kept);
	return true;
}

static bool note(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	struct managed *m = ctx;
	const char *id = json_text(doc, "id");
	int64_t row = record_row(s->app, KIND_RESIDENT, id);
	bool untagged;

	strmap_put(&m->ids, id, "");
	if (!comes_untagged(s, row, &untagged, err))
		return false;
	if (!untagged)
		return true;
	if (m->n == m->cap) {
		m->cap = m->cap ? m->cap * 2 : 64;
		m->rows = xrealloc(m->rows, m->cap, sizeof(*m->rows));
	}
	m->rows[m->n++] = row;
	return true;
}

/* told stays false where it cannot say, or not to the end. */
static bool list(struct sync *s, const char *filter, struct managed *m, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	int status = 0;
	bool any;

	if (!is_understood(s, &any, err))
		return false;
	if (!any)
		return true;
	sbuf_addf(&url, "%s/Patient?%s&_elements=id,meta&_count=%lld", s->remote.base, filter, (long long)pace_page(s));
	if (!fetch_pages(s, "Patient", url.s, PAGES_MAX, &status, note, m, err))
		return answer_may_lack(s, err);
	m->told = status == 200;
	return true;
}

static int by_number(const void *a, const void *b)
{
	const int64_t *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

/* A page may tell one twice. */
static void sort_rows(struct managed *m)
{
	size_t n = 0;

	if (m->n)
		qsort(m->rows, m->n, sizeof(*m->rows), by_number);
	for (size_t i = 0; i < m->n; i++)
		if (!n || m->rows[n - 1] != m->rows[i])
			m->rows[n++] = m->rows[i];
	m->n = n;
}

/* Against those of the last time, who stand for those whom the server does not tell. */
static bool look_back(struct sync *s, struct managed *m, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "managed_known");
	size_t n = 0;
	bool row;

	sort_rows(m);
	stmt_bind_int(st, "remote", s->remote.id);
	while (stmt_step(st, &row, err)) {
		if (!row) {
			m->changed = m->told && (m->changed || n != m->n);
			return true;
		}
		if (!m->told)
			strmap_put(&m->ids, stmt_text(st, 1), "");
		m->changed |= n >= m->n || m->rows[n] != stmt_int(st, 0);
		n++;
	}
	return false;
}

void managed_release(struct managed *m)
{
	strmap_release(&m->ids);
	free(m->rows);
}

bool managed_list(struct sync *s, struct managed *m, struct err *err)
{
	AUTO_SBUF struct sbuf filter = SBUF_INIT;
	bool any;

	if (!filter_of(s, &filter, &any, err))
		return false;
	return !any || (list(s, filter.s, m, err) && look_back(s, m, err));
}

static bool ask_again(struct sync *s, int64_t row, int64_t since, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "managed_backfill");

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "record", row);
	stmt_bind_int(st, "since", since);
	return stmt_run(st, err);
}

bool managed_keep(struct sync *s, const struct managed *m, int64_t since, struct err *err)
{
	static const char *const drop = "managed_drop", *const add = "managed_add";
	AUTO_WORK struct work w = { 0 };

	if (!m->told)
		return true;
	if (!work_begin(&w, s->app, err))
		return false;
	for (size_t i = 0; i < m->n; i++)
		if (!ask_again(s, m->rows[i], since, err))
			return false;
	if (m->changed && !store_run(s->app, &drop, 1, s->remote.id, 0, err))
		return false;
	for (size_t i = 0; m->changed && i < m->n; i++)
		if (!store_run(s->app, &add, 1, s->remote.id, m->rows[i], err))
			return false;
	return work_commit(&w, err);
}
