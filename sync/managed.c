/* Who loads some townships only also has people whom the county gave to its organisation (Patient.managingOrganization), be it
 * in another program that knows no tags, or though they live elsewhere.  They are asked for by that, and what is about them
 * by person (backfill.h): once when they come, and once a week again, because what others write about them bears the tags of
 * others. */
#include "sync/backfill.h"
#include "sync/pace.h"
#include "sync/pull_int.h"

#include "app/base/strmap.h"
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
	if (!*yes)
		return false;
	entries = json_array(bundle, "entry");
	*yes = bundle != NULL;
	for (size_t i = 0; i < json_count(entries); i++)
		*yes = *yes && !is_patient(json_object_array_get_idx(entries, i));
	return true;
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
	if (!cursor_load(s, &c, err) || (!c.hw && !is_understood(s, &any, err)))
		return false;
	c.people = filter.s;
	return !any || pull_cursor(s, &c, err);
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
	const char *id = json_text(doc, "id"), *const add = "backfill_add";
	int64_t row = record_row(s->app, KIND_RESIDENT, id);
	AUTO_WORK struct work w = { 0 };
	bool untagged;

	strmap_put(ctx, id, "");
	if (!comes_untagged(s, row, &untagged, err))
		return false;
	return !untagged ||
		(work_begin(&w, s->app, err) && store_run(s->app, &add, 1, s->remote.id, row, err) && work_commit(&w, err));
}

bool managed_list(struct sync *s, struct strmap *ids, struct err *err)
{
	AUTO_SBUF struct sbuf filter = SBUF_INIT;
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	bool any;
	int status;

	if (!filter_of(s, &filter, &any, err))
		return false;
	if (!any)
		return true;
	if (!is_understood(s, &any, err))
		return false;
	sbuf_addf(&url, "%s/Patient?%s&_elements=id,meta&_count=%lld", s->remote.base, filter.s, (long long)pace_page(s));
	return !any || fetch_pages(s, "Patient", url.s, PAGES_MAX, &status, note, ids, err);
}
