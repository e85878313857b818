/* What lies between the version that we know of a resource and the one that came.
 *
 * A version that bears a mark which we had already says that somebody wrote what he had before: a copy of an earlier
 * request arrived late (a server that does not look at If-None-Match takes it), or a stranger wrote over what he had
 * not seen.  What others wrote in between is the newest version no more, and no search tells of it: the history of that
 * one resource does.  It is asked only then. */
#include "sync/history.h"

#include "sync/apply_int.h"

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

bool history_follows(const char *version, const char *held)
{
	long n = history_number(held);

	return n >= 0 && history_number(version) == n + 1;
}

bool history_hides(struct sync *s, int64_t row, const struct held_version *held, const char *version, bool *hides,
	struct err *err)
{
	struct vector ours;

	*hides = false;
	if (s->remote.is_hub || !held->known || history_follows(version, held->version))
		return true;
	if (!record_vector(s->app, row, 0, &ours, NULL, err))
		return false;
	for (size_t i = 0; i < ours.n; i++)
		*hides |= strcmp(ours.c[i].device, VECTOR_COUNTY) != 0;
	return true;
}

/* ---- what each of them is --------------------------------------------------------------------------------------------- */

struct place {
	const char *stamp;
	size_t i;
};

static int by_stamp(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = strcmp(x->stamp, y->stamp);

	return order ? order : (x->i > y->i) - (x->i < y->i);
}

/* A list may be as long as a server likes: sorted by their marks, those of one mark stand together, oldest first. */
struct told *history_told(const struct json_object *versions)
{
	size_t n = json_count(versions), marked = 0;
	struct told *out = xcalloc(n + 1, sizeof(*out));
	struct place *places = xcalloc(n + 1, sizeof(*places));

	for (size_t i = 0; i < n; i++) {
		const char *stamp = fhir_stamp_of(json_object_array_get_idx(versions, i));

		out[i].first = i;
		if (stamp)
			places[marked++] = (struct place){ stamp, i };
	}
	if (marked)
		qsort(places, marked, sizeof(*places), by_stamp);
	for (size_t k = 1; k < marked; k++) {
		size_t before = places[k - 1].i, i = places[k].i;

		if (strcmp(places[k - 1].stamp, places[k].stamp) != 0)
			continue;
		out[i].first = out[before].first;
		out[i].copy = out[before].copy || before + 1 != i;
	}
	free(places);
	return out;
}

/* ---- what lies between -------------------------------------------------------------------------------------------------- */

static bool apply_version(struct sync *s, const struct json_object *doc, bool copy, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	bool changed;

	s->copy = copy ? doc : NULL;
	if (!sync_alive(s, "between", err) || !work_begin(&w, s->app, err) || !apply_resource(s, &w, doc, &changed, err))
		return false;
	s->figures->pulled += changed;
	return work_commit(&w, err);
}

/* Their number where it is not among them. */
static size_t place_of(const struct json_object *versions, const struct json_object *doc)
{
	size_t i = 0;

	while (i < json_count(versions) && strcmp(doc_version(json_object_array_get_idx(versions, i)), doc_version(doc)) != 0)
		i++;
	return i;
}

/* Where versions between the one that we hold and the document begin and end; none where that one is not told. */
static void find_between(const struct json_object *versions, const char *held, const struct json_object *doc, size_t *from,
	size_t *to)
{
	*from = *to = json_count(versions);
	for (size_t i = json_count(versions); i-- > 0;) {
		const char *version = doc_version(json_object_array_get_idx(versions, i));

		if (strcmp(version, doc_version(doc)) == 0)
			*to = i;
		if (strcmp(version, held) == 0)
			*from = i + 1;
	}
	*to = *to < *from ? *from : *to;
}

/* Does a stranger's version explain that who wrote upon it does not name the mark which that took off? */
static bool any_unmarked(const struct json_object *versions, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!fhir_stamp_of(json_object_array_get_idx(versions, i)))
			return true;
	return false;
}

/* The document contains what came after the last copy under it: that one's place, or the end where there is none. */
static size_t last_copy(const struct told *told, size_t from, size_t to)
{
	for (size_t i = to; i-- > from;)
		if (told[i].copy)
			return i;
	return to;
}

/* What others wrote since the version that we hold.  A copy under the document is nobody's word. */
static bool apply_between(struct sync *s, const struct json_object *versions, const struct told *told, const struct late *late,
	const struct json_object *doc, struct err *err)
{
	size_t from, to, at;
	bool upon_copy;

	find_between(versions, late->held, doc, &from, &to);
	s->counts_otherwise |= to > from && history_number(doc_version(doc)) - history_number(late->held) != (long)(to - from) + 1;
	upon_copy = late->strayed && !any_unmarked(versions, from, to);
	to = upon_copy ? last_copy(told, from, to) : to;
	for (size_t i = from; i < to; i++)
		if (!(upon_copy && told[i].copy) && !apply_version(s, json_object_array_get_idx(versions, i), told[i].copy, err))
			return false;
	at = place_of(versions, doc);
	s->copy = at < json_count(versions) && told[at].copy ? doc : NULL;
	return true;
}

/* What bears our name and is not ours is nothing to us. */
static bool contains(struct sync *s, int64_t row, const struct vector *ours, const struct json_object *version, bool *yes,
	struct err *err)
{
	const char *stamp = fhir_stamp_of(version);
	struct vector mark;
	bool twin;

	*yes = vector_of_stamp(&mark, stamp) && vector_covers(ours, &mark);
	if (!*yes)
		return true;
	if (!stamp_is_twins(s, row, stamp, &twin, err))
		return false;
	*yes = !twin;
	return true;
}

static bool names(const struct vector *said, const struct json_object *version)
{
	struct vector mark;

	return vector_of_stamp(&mark, fhir_stamp_of(version)) && vector_covers(said, &mark);
}

static void forget(struct sync *s)
{
	s->upon = NULL;
	json_object_put(s->ground);
	s->ground = NULL;
	s->under.n = 0;
}

/* A stranger who takes the mark off has had before him what it named. */
static bool find_under(struct sync *s, const struct json_object *versions, int64_t row, size_t at, struct err *err)
{
	struct incoming in;
	bool twin;

	while (at-- > 0) {
		in = (struct incoming){ .doc = json_object_array_get_idx(versions, at) };
		if (!fhir_stamp_of(in.doc))
			continue;
		vector_in_doc(in.doc, &in.said);
		if (!stamp_is_twins(s, row, fhir_stamp_of(in.doc), &twin, err))
			return false;
		if (twin || !apply_mark(&in, &s->under))
			s->under.n = 0;
		return true;
	}
	return true;
}

/* Each was written upon the one before it, so doc contains them all; but a late copy is what it is a copy of, and so is
 * the ground of what was written upon it, unless its author names what was before the copy: he put that back.  Who wrote after a
 * mark's author without one of his own kept it: the first one with it counts. */
static bool find_ground(struct sync *s, const struct json_object *versions, const struct told *told, int64_t row,
	const struct json_object *doc, struct err *err)
{
	enum { NONE = -1 };
	long ground = NONE, named = NONE;
	struct incoming in = { .doc = doc };
	struct vector ours, said;

	forget(s);
	if (!doc_version(doc)) /* nothing can be done with it */
		return true;
	if (!record_vector(s->app, row, 0, &ours, NULL, err))
		return false;
	vector_in_doc(doc, &in.said);
	if (!apply_mark(&in, &said))
		said.n = 0;
	for (size_t i = 0; i < json_count(versions); i++) {
		const struct json_object *v = json_object_array_get_idx(versions, i);
		size_t first = told[i].first;
		bool ours_too;

		if (fhir_stamp_of(v) && (first == i || told[i].copy)) {
			if (!contains(s, row, &ours, json_object_array_get_idx(versions, first), &ours_too, err))
				return false;
			ground = ours_too ? (long)first : told[i].copy ? NONE : ground;
			named = ours_too && first == i && names(&said, v) ? (long)i : named;
		}
		if (strcmp(doc_version(v), doc_version(doc)) == 0)
			break;
	}
	ground = named > ground ? named : ground;
	if (ground != NONE)
		s->ground = json_object_get(json_object_array_get_idx(versions, (size_t)ground));
	s->upon = doc;
	return fhir_stamp_of(doc) || find_under(s, versions, row, place_of(versions, doc), err);
}

bool history_ground(struct sync *s, const struct json_object *versions, int64_t row, const struct json_object *doc,
	struct err *err)
{
	AUTO_FREE struct told *told = history_told(versions);

	return find_ground(s, versions, told, row, doc, err);
}

static bool look_between(struct sync *s, const struct json_object *versions, const struct late *late, const struct json_object *doc,
	struct err *err)
{
	AUTO_FREE struct told *told = history_told(versions);

	return (!(late->between || late->strayed) || apply_between(s, versions, told, late, doc, err)) &&
		find_ground(s, versions, told, late->row, doc, err);
}

bool history_catch_up(struct sync *s, const struct json_object *doc, bool *told, struct err *err)
{
	AUTO_JSON struct json_object *versions = NULL;
	struct late late;

	*told = true;
	s->copy = NULL;
	forget(s);
	if (!apply_is_late(s, doc, &late, err))
		return false;
	if (!late.asks)
		return true;
	if (!history_fetch(s, doc, &late, &versions, err))
		return false;
	*told = versions != NULL;
	return !*told || look_between(s, versions, &late, doc, err);
}
