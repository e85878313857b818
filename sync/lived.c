#include "sync/lived.h"

#include "db/db.h"
#include "db/stmt.h"

enum { KEPT_FROM = 16 }; /* versions: most people have fewer, and nothing is written for them */

void lived_release(struct lived *l)
{
	free(l->runs);
}

static struct lived_run *add_run(struct lived *l)
{
	if (l->n == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 4;
		l->runs = xrealloc(l->runs, l->cap, sizeof(*l->runs));
	}
	return &l->runs[l->n++];
}

static bool read_kept(const struct sync *s, int64_t row, int64_t revision, struct lived *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "lived_read");
	bool found;

	stmt_bind_int(st, "record", row);
	stmt_bind_int(st, "revision", revision);
	while (stmt_step(st, &found, err)) {
		struct lived_run *r;

		if (!found)
			return true;
		r = add_run(out);
		*r = (struct lived_run){ .since = stmt_int(st, 0), .until = stmt_int(st, 1) };
		snprintf(r->village, sizeof(r->village), "%s", stmt_text(st, 2));
	}
	return false;
}

static bool read_revision(const struct sync *s, int64_t row, int64_t revision, struct lived *out, struct err *err)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct lived_run *last = out->n ? &out->runs[out->n - 1] : NULL;
	struct record *rec;
	enum kind_id kind;
	const char *village;

	if (!record_load_revision(s->app, row, revision, &mem, &rec, &kind, err))
		return false;
	village = record_text(rec, "village") ? record_text(rec, "village") : "";
	if (last && strcmp(last->village, village) == 0) {
		last->until = revision;
		return true;
	}
	last = add_run(out);
	*last = (struct lived_run){ .since = revision, .until = revision };
	snprintf(last->village, sizeof(last->village), "%s", village);
	return true;
}

static bool keep(const struct sync *s, int64_t row, const struct lived *l, size_t from, struct err *err)
{
	AUTO_TX struct tx tx = { 0 };

	if (!tx_begin(&tx, s->app->db, err))
		return false;
	for (size_t i = from; i < l->n; i++) {
		struct stmt *st = stmt_get(s->app->db, "lived_keep");

		stmt_bind_int(st, "record", row);
		stmt_bind_int(st, "since", l->runs[i].since);
		stmt_bind_int(st, "until", l->runs[i].until);
		stmt_bind_text(st, "village", l->runs[i].village);
		if (!stmt_run(st, err))
			return false;
	}
	return tx_commit(&tx, err);
}

bool lived_before(const struct sync *s, int64_t row, int64_t revision, struct lived *out, struct err *err)
{
	size_t kept;
	int64_t first;

	*out = (struct lived){ .n = 0 };
	if (!read_kept(s, row, revision, out, err))
		return false;
	kept = out->n;
	first = kept ? out->runs[kept - 1].until + 1 : 1;
	for (int64_t r = first; r < revision; r++)
		if (!read_revision(s, row, r, out, err))
			return false;
	if (revision - first < KEPT_FROM || db_in_transaction(s->app->db))
		return true;
	return keep(s, row, out, kept ? kept - 1 : 0, err);
}
