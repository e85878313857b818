#include "sync/vector.h"

#include <ctype.h>

#include "app/base/i18n.h"
#include "db/stmt.h"

static size_t slot(const struct vector *v, const char *device)
{
	size_t i = 0;

	while (i < v->n && strcmp(v->c[i].device, device) < 0)
		i++;
	return i;
}

int64_t vector_number(const struct vector *v, const char *device)
{
	size_t i = slot(v, device);

	return i < v->n && strcmp(v->c[i].device, device) == 0 ? v->c[i].n : 0;
}

bool vector_raise(struct vector *v, const char *device, int64_t n)
{
	size_t i = slot(v, device);

	if (i < v->n && strcmp(v->c[i].device, device) == 0) {
		if (v->c[i].n < n)
			v->c[i].n = n;
		return true;
	}
	if (v->n == VECTOR_MAX)
		return false;
	memmove(&v->c[i + 1], &v->c[i], (v->n - i) * sizeof(v->c[0]));
	v->n++;
	snprintf(v->c[i].device, sizeof(v->c[i].device), "%s", device);
	v->c[i].n = n;
	return true;
}

bool vector_join(struct vector *v, const struct vector *by)
{
	struct vector both = *v;

	for (size_t i = 0; i < by->n; i++)
		if (!vector_raise(&both, by->c[i].device, by->c[i].n))
			return false;
	*v = both;
	return true;
}

#define NUMBER_MAX (INT64_C(1) << 53) /* of versions, of milliseconds: a sum over all devices is a number still */

static bool read_one(struct vector *out, const char **at)
{
	char device[VECTOR_DEVICE];
	size_t n = strcspn(*at, ":,");
	char *end;
	long long number;

	if (n == 0 || n >= sizeof(device) || (*at)[n] != ':' || !isdigit((unsigned char)(*at)[n + 1]))
		return false;
	snprintf(device, sizeof(device), "%.*s", (int)n, *at);
	for (const char *c = device; *c; c++)
		if (!isalnum((unsigned char)*c))
			return false;
	number = strtoll(*at + n + 1, &end, 10);
	*at = end + (*end == ',');
	return number > 0 && number < NUMBER_MAX && (*end == '\0' || (*end == ',' && end[1])) &&
		vector_raise(out, device, number);
}

bool vector_parse(struct vector *out, const char *text)
{
	out->n = 0;
	if (strlen(text) >= VECTOR_TEXT)
		return false;
	while (*text)
		if (!read_one(out, &text))
			return false;
	return true;
}

void vector_text(const struct vector *v, char out[VECTOR_TEXT])
{
	size_t n = 0;

	*out = '\0';
	for (size_t i = 0; i < v->n; i++)
		n += (size_t)snprintf(out + n, VECTOR_TEXT - n, "%s%s:%lld", i ? "," : "", v->c[i].device,
			(long long)v->c[i].n);
}

bool vector_covers(const struct vector *a, const struct vector *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (vector_number(a, b->c[i].device) < b->c[i].n)
			return false;
	return true;
}

/* What both contain. */
static void vector_meet(const struct vector *a, const struct vector *b, struct vector *out)
{
	out->n = 0;
	for (size_t i = 0; i < b->n; i++) {
		int64_t n = vector_number(a, b->c[i].device);

		if (!n)
			continue;
		out->c[out->n] = b->c[i];
		if (n < b->c[i].n)
			out->c[out->n].n = n;
		out->n++;
	}
}

/* "<instant>-<counter>-<device>-<revision, 8 hex>/<schema>" */
bool vector_of_stamp(struct vector *out, const char *stamp)
{
	char device[VECTOR_DEVICE];
	unsigned revision;
	int end = 0;

	out->n = 0;
	if (sscanf(stamp, "%*12[0-9a-f]-%*4[0-9a-f]-%15[0-9A-Za-z]-%8x/%*d%n", device, &revision, &end) != 2 || !end ||
		stamp[end] || !revision)
		return false;
	return vector_raise(out, device, revision);
}

/* ---- of our records ------------------------------------------------------------------------------------------------ */

/* A record that more computers have changed than a vector names: the one with the smallest number goes.  A version that does not
 * name it does not contain it, as far as anybody can tell: it is merged, where it would have been passed over. */
static void raise_in(struct vector *v, const char *device, int64_t n)
{
	size_t least = 0;

	if (vector_raise(v, device, n))
		return;
	for (size_t i = 1; i < v->n; i++)
		if (v->c[i].n < v->c[least].n)
			least = i;
	memmove(&v->c[least], &v->c[least + 1], (v->n - least - 1) * sizeof(v->c[0]));
	v->n--;
	(void)!vector_raise(v, device, n); /* there is room now */
}

static void raise_all(struct vector *v, const struct vector *by)
{
	for (size_t i = 0; i < by->n; i++)
		raise_in(v, by->c[i].device, by->c[i].n);
}

/* Walks the record's history from the oldest revision on. */
struct walk {
	struct app *app;
	const struct vector *theirs; /* to be compared with, or NULL */
	struct vector sum;           /* of everything so far */
	int64_t upto;
	struct common {
		int64_t revision;
		bool made_here;
		struct vector v;     /* what it is; made here it contains all before it besides */
	} *commons;                  /* that theirs contains */
	size_t n_commons, cap_commons;
	int64_t edited;              /* the newest so far */
	struct seen {
		int64_t revision, edited;
		struct vector *v, *mark; /* mark: that of its author, NULL where it is not known */
	} *seen;
	size_t n_seen;
	struct arena mem;
};

static bool read_seen(struct walk *w, int64_t record, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(w->app->db, "stick_seen");
	size_t cap = 0;
	bool row;

	stmt_bind_int(st, "record", record);
	while (stmt_step(st, &row, err)) {
		struct vector *v, *mark = NULL;

		if (!row)
			return true;
		if (w->n_seen == cap) {
			cap = cap ? cap * 2 : 8;
			w->seen = xrealloc(w->seen, cap, sizeof(*w->seen));
		}
		v = arena_alloc(&w->mem, sizeof(*v));
		if (!vector_parse(v, stmt_text(st, 1)))
			return err_set(err, ERR_CORRUPT, "%s", _("The database is damaged: run cunyi check."));
		if (!stmt_is_null(st, 3)) {
			mark = arena_alloc(&w->mem, sizeof(*mark));
			mark = vector_of_stamp(mark, stmt_text(st, 3)) ? mark : NULL;
		}
		w->seen[w->n_seen++] = (struct seen){ stmt_int(st, 0), stmt_int(st, 2), v, mark };
	}
	return false;
}

/* A line of its history. */
struct made {
	int64_t revision, utc;
	const char *device; /* which made it here; NULL: it came from outside */
	bool joined;        /* record_joined() */
};

/* What was typed here is later than all before it; of what came from outside the author's time counts, where he told it; what a
 * program made of two is as late as the later one. */
static void on_time(struct walk *w, const struct made *m)
{
	int64_t told = 0;

	for (size_t i = 0; i < w->n_seen; i++)
		if (w->seen[i].revision == m->revision && w->seen[i].edited > told)
			told = w->seen[i].edited;
	if (m->joined)
		told = (told > w->edited ? told : w->edited) + 1;
	else if (m->device || !told)
		told = m->utc > w->edited ? m->utc : w->edited + 1;
	w->edited = told > w->edited ? told : w->edited;
}

/* What b contains and a does not. */
static void beyond(const struct vector *a, const struct vector *b, struct vector *out)
{
	out->n = 0;
	for (size_t i = 0; i < b->n; i++)
		if (vector_number(a, b->c[i].device) < b->c[i].n)
			out->c[out->n++] = b->c[i];
}

/* Does theirs contain a version that came when we had all of sum?  It does when it names the number that the version has from its
 * author: he had the rest before him, and a stamp names only its own device.  Whoever passed it on may have had more before
 * him, and left that for it: naming that is not naming this.  Without the author's mark what was new in it stands for it. */
static bool contains(const struct vector *theirs, const struct vector *sum, const struct seen *seen)
{
	struct vector news;

	if (seen->mark)
		return vector_covers(theirs, seen->mark);
	beyond(sum, seen->v, &news);
	return vector_covers(theirs, news.n ? &news : seen->v);
}

static void note_common(struct walk *w, int64_t revision, bool made_here, const struct vector *v)
{
	if (w->n_commons == w->cap_commons) {
		w->cap_commons = w->cap_commons ? w->cap_commons * 2 : 8;
		w->commons = xrealloc(w->commons, w->cap_commons, sizeof(*w->commons));
	}
	w->commons[w->n_commons++] = (struct common){ revision, made_here, *v };
}

/* device: who made the revision here; NULL when it came from outside. */
static void on_revision(struct walk *w, int64_t revision, const char *device)
{
	struct vector what = { .n = 0 };
	bool said = false, contained = false;

	if (device)
		raise_in(&w->sum, device, revision);
	for (size_t i = 0; i < w->n_seen; i++) {
		if (w->seen[i].revision != revision)
			continue;
		said = true;
		contained |= w->theirs && contains(w->theirs, &w->sum, &w->seen[i]);
		raise_all(&w->sum, w->seen[i].v);
		raise_all(&what, w->seen[i].v);
	}
	/* What came from outside is that version and no more, be it that somebody decided for it here.  What was made here contains
	 * all before it, and whoever contains it does so, too, whether he names that or not: a stamp names only its own device. */
	if (w->theirs && device && vector_number(w->theirs, device) >= revision) {
		raise_in(&what, device, revision);
		note_common(w, revision, true, &what);
	} else if (contained) {
		note_common(w, revision, false, &what);
	} else if (w->theirs && !device && !said && vector_covers(w->theirs, &w->sum)) {
		note_common(w, revision, false, &w->sum);
	}
}

static bool read_history(struct walk *w, int64_t record, struct err *err)
{
	AUTO_STMT struct stmt *st = NULL;
	bool row;

	if (!read_seen(w, record, err))
		return false;
	st = stmt_get(w->app->db, "stick_history");
	stmt_bind_int(st, "record", record);
	while (stmt_step(st, &row, err)) {
		if (!row || (w->upto && stmt_int(st, 0) > w->upto))
			return true;
		on_revision(w, stmt_int(st, 0), stmt_text(st, 1));
		on_time(w, &(struct made){ stmt_int(st, 0), stmt_int(st, 2), stmt_text(st, 1), stmt_int(st, 3) });
	}
	return false;
}

static bool walk(struct walk *w, int64_t record, struct err *err)
{
	bool ok = read_history(w, record, err);

	free(w->seen);
	arena_release(&w->mem);
	w->seen = NULL;
	return ok;
}

bool record_vector(struct app *app, int64_t record, int64_t revision, struct vector *out, int64_t *edited, struct err *err)
{
	struct walk w = { .app = app, .upto = revision };
	bool ok = walk(&w, record, err);

	*out = w.sum;
	if (edited)
		*edited = w.edited;
	return ok;
}

bool record_edited(struct app *app, int64_t record, int64_t revision, int64_t *at, struct err *err)
{
	struct vector all;

	return record_vector(app, record, revision, &all, at, err);
}

bool record_common(struct app *app, int64_t record, const struct vector *theirs, int64_t *revision, struct err *err)
{
	struct walk w = { .app = app, .theirs = theirs };
	bool ok = walk(&w, record, err);

	*revision = w.n_commons ? w.commons[w.n_commons - 1].revision : 0;
	free(w.commons);
	return ok;
}

/* Does another one from there on contain it?  Of two that contain each other the newer one stays. */
static bool is_covered(const struct walk *w, size_t from, size_t i)
{
	const struct common *c = w->commons;

	for (size_t j = from; j < w->n_commons; j++)
		if (j != i && vector_covers(&c[j].v, &c[i].v) && (j > i || !vector_covers(&c[i].v, &c[j].v)))
			return true;
	return false;
}

/* From the newest back to the first that was made here: that one contains all before it. */
static void take_beside(const struct walk *w, struct commons *out)
{
	size_t from = w->n_commons - 1;

	out->newest = w->commons[from].revision;
	while (from > 0 && !w->commons[from].made_here)
		from--;
	for (size_t i = w->n_commons - 1; i-- > from;)
		if (!is_covered(w, from, i))
			out->beside[out->n++] = w->commons[i].revision;
}

bool record_commons(struct app *app, int64_t record, const struct vector *theirs, struct arena *mem, struct commons *out,
	struct err *err)
{
	struct walk w = { .app = app, .theirs = theirs };
	bool ok = walk(&w, record, err);

	*out = (struct commons){ .newest = 0 };
	if (w.n_commons) {
		out->beside = arena_alloc(mem, w.n_commons * sizeof(*out->beside));
		take_beside(&w, out);
	}
	free(w.commons);
	return ok;
}

bool record_lacks(struct app *app, int64_t record, int64_t revision, int64_t base, const struct vector *theirs, bool *lacks,
	struct err *err)
{
	struct vector ours, both, have = { .n = 0 };

	if (!record_vector(app, record, revision, &ours, NULL, err) ||
		(base && !record_vector(app, record, base, &have, NULL, err)))
		return false;
	vector_meet(&ours, theirs, &both);
	*lacks = theirs->n && (!base || !vector_covers(&have, &both));
	return true;
}

bool record_learn(struct app *app, int64_t record, int64_t revision, const struct vector *v, int64_t edited,
	const struct json_object *by, struct err *err)
{
	struct stmt *st;
	char text[VECTOR_TEXT];

	if (!v->n)
		return true;
	vector_text(v, text);
	st = stmt_get(app->db, "stick_seen_add");
	stmt_bind_int(st, "record", record);
	stmt_bind_int(st, "revision", revision);
	stmt_bind_text(st, "vector", text);
	if (edited > 0)
		stmt_bind_int(st, "edited", edited);
	stmt_bind_text(st, "stamp", by ? fhir_stamp_of(by) : NULL);
	stmt_bind_text(st, "author", by ? fhir_author_of(by) : NULL);
	return stmt_run(st, err);
}

static bool joined_at(struct app *app, int64_t record, int64_t revision, int64_t at, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "joined_set");

	stmt_bind_int(st, "record", record);
	stmt_bind_int(st, "revision", revision);
	stmt_bind_int(st, "at", at);
	return stmt_run(st, err);
}

bool record_joined(struct app *app, int64_t record, int64_t revision, struct err *err)
{
	int64_t at;

	return joined_at(app, record, revision, 0, err) && record_edited(app, record, revision, &at, err) &&
		joined_at(app, record, revision, at, err);
}

bool record_again(struct app *app, int64_t record, int64_t before, int64_t revision, struct err *err)
{
	struct stmt *st = stmt_get(app->db, "stick_seen_again");

	stmt_bind_int(st, "record", record);
	stmt_bind_int(st, "before", before);
	stmt_bind_int(st, "revision", revision);
	return stmt_run(st, err);
}
