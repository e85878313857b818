/* What lies between the version that we know of a resource and the one that came.
 *
 * A version that bears a mark which we had already says that somebody wrote what he had before: a copy of an earlier
 * request arrived late (a server that does not look at If-None-Match takes it), or a stranger wrote over what he had
 * not seen.  What others wrote in between is the newest version no more, and no search tells of it: the history of that
 * one resource does.  It is asked only then. */
#include "sync/history.h"

#include <stdlib.h>

#include "sync/idmap.h"

enum { PAGES_MAX = 1000 };

static bool keep_version(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	(void)s;
	(void)err;
	if (doc_version(doc))
		json_object_array_add(ctx, json_object_get(doc));
	return true;
}

enum { COUNT_DIGITS = 12 }; /* longer ones are no counts, even where all their signs happen to be digits */

/* -1 where the server does not count its versions. */
static long number_of(const char *version)
{
	size_t n = strspn(version, "0123456789");

	return n && n <= COUNT_DIGITS && !version[n] ? strtol(version, NULL, 10) : -1;
}

/* Servers give them newest first, and one in this order and in that by turns.  Where they are counted their numbers say it: the
 * time of a commit that took long lies before that of what it replaced. */
static int by_age(const void *a, const void *b)
{
	const struct json_object *one = *(struct json_object *const *)a, *other = *(struct json_object *const *)b;
	int64_t t = doc_updated(one), u = doc_updated(other);
	long v = number_of(doc_version(one)), w = number_of(doc_version(other));

	return v >= 0 && w >= 0 ? (v > w) - (v < w) : (t > u) - (t < u);
}

/* Since when is said because HAPI counts a history once a minute otherwise, and tells only that many of the newest. */
bool history_of(struct sync *s, const char *type, const char *id, struct json_object **out, struct err *err)
{
	AUTO_JSON struct json_object *all = json_object_new_array();
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	char theirs[RECORD_ID_MAX + 1];
	bool known;
	int status;

	*out = NULL;
	snprintf(theirs, sizeof(theirs), "%s", id);
	if (s->remote.posts && !idmap_theirs(s, type, id, theirs, &known, err))
		return false;
	sbuf_addf(&url, "%s/%s/%s/_history?_since=1970-01-01T00:00:00Z", s->remote.base, type, theirs);
	if (!fetch_pages(s, type, url.s, PAGES_MAX, &status, keep_version, all, err) && !answer_may_lack(s, err))
		return false;
	json_object_array_sort(all, by_age);
	*out = json_object_get(all);
	return true;
}

bool history_known(struct sync *s, int64_t row, const struct held_version *held, const char *stamp, bool *known, struct err *err)
{
	struct vector v, ours;
	int64_t base;

	*known = false;
	if (!held->known || !stamp || !vector_of_stamp(&v, stamp))
		return true;
	if (!record_vector(s->app, row, 0, &ours, NULL, err) || !record_common(s->app, row, &v, &base, err))
		return false;
	/* What came here by another way after what we last had from there is news there. */
	*known = vector_covers(&ours, &v) && base <= held->revision;
	return true;
}

static bool is_next(const char *version, const char *held)
{
	long n = number_of(held);

	return n >= 0 && number_of(version) == n + 1;
}

bool history_hides(struct sync *s, int64_t row, const struct held_version *held, const char *version, bool *hides,
	struct err *err)
{
	struct vector ours;

	*hides = false;
	if (s->remote.is_hub || !held->known || is_next(version, held->version))
		return true;
	if (!record_vector(s->app, row, 0, &ours, NULL, err))
		return false;
	for (size_t i = 0; i < ours.n; i++)
		*hides |= strcmp(ours.c[i].device, VECTOR_COUNTY) != 0;
	return true;
}

/* Does a version bear a mark that stood there before another one did?  Nobody makes one mark twice: it is a copy. */
static bool is_copy(const struct json_object *versions, const struct json_object *doc)
{
	const char *stamp = fhir_stamp_of(doc);
	bool seen = false, left = false;

	for (size_t i = 0; stamp && i < json_count(versions); i++) {
		const struct json_object *v = json_object_array_get_idx(versions, i);
		const char *mark = fhir_stamp_of(v);
		bool same = mark && strcmp(mark, stamp) == 0;

		if (strcmp(doc_version(v), doc_version(doc)) == 0)
			return left;
		left |= seen && !same;
		seen |= same;
	}
	return false;
}

static bool apply_version(struct sync *s, const struct json_object *versions, const struct json_object *doc, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	bool changed;

	s->copy = is_copy(versions, doc) ? doc : NULL;
	if (!sync_alive(s, "between", err) || !work_begin(&w, s->app, err) || !apply_resource(s, &w, doc, &changed, err))
		return false;
	s->figures->pulled += changed;
	return work_commit(&w, err);
}

bool history_catch_up(struct sync *s, const struct json_object *doc, struct err *err)
{
	AUTO_JSON struct json_object *versions = NULL;
	char held[SYNC_VERSION_LEN];
	bool after = false;

	s->copy = NULL;
	if (!apply_is_late(s, doc, held, err))
		return false;
	if (!*held)
		return true;
	if (!history_of(s, json_text(doc, "resourceType"), json_text(doc, "id"), &versions, err))
		return false;
	for (size_t i = 0; i < json_count(versions); i++) {
		const struct json_object *v = json_object_array_get_idx(versions, i);

		if (strcmp(doc_version(v), doc_version(doc)) == 0)
			break;
		if (after && !apply_version(s, versions, v, err))
			return false;
		after |= strcmp(doc_version(v), held) == 0;
	}
	s->copy = is_copy(versions, doc) ? doc : NULL;
	return true;
}
