/* Who names what the remote does not have.  Another computer's bundle may have arrived in part, or a person's two files come from
 * two places: who names what is still on its way is not to blame, and goes again later.  Each round asks once for all that is
 * missing; a group that was refused for a thing which still is missing would only be refused again.  All else is tried.
 *
 * A refusal whose words do not name the thing may be for another reason, and so may go away without it: those words are kept for
 * whoever looks, and the group is sent again after 2, 4, 8 ... rounds, and when somebody has changed what it says. */
#include "sync/push_int.h"

#include "db/stmt.h"
#include "sync/lacks.h"
#include "sync/pace.h"

enum { ROUNDS_MAX = 500 }; /* some days */

/* ---- once a round ------------------------------------------------------------------------------------------------------ */

/* "resident/<id>", as note() wrote it; words may follow. */
static bool read_noted(const char *what, struct named *out)
{
	char name[64];
	const struct kind *kind;

	if (!what || sscanf(what, "%63[a-z_]/%64[A-Za-z0-9.-]", name, out->id) != 2)
		return false;
	kind = kind_by_name(name);
	snprintf(out->type, sizeof(out->type), "%s", kind ? fhir_main_type(kind->id) : "");
	return kind != NULL;
}

static bool noted(struct sync *s, struct named_list *l, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_dangling_for");
	struct named one;
	bool row;

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "prio", pace_allows(s) ? INT64_MAX : SYNC_URGENT);
	stmt_bind_int(st, "rounds", ROUNDS_MAX);
	while (stmt_step(st, &row, err)) {
		if (!row)
			return true;
		if (read_noted(stmt_text(st, 0), &one))
			named_add(l, one.type, one.id);
	}
	return false;
}

/* A fault of the server, and no word on whether it can take anything. */
static bool is_its_trouble(const struct sync *s, struct err *err)
{
	if (s->dead || err->code != ERR_SERVER || err->detail == 503 || err->detail == 429)
		return false;
	*err = (struct err){ 0 };
	return true;
}

bool dangling_ask(struct sync *s, struct err *err)
{
	AUTO_NAMED struct named_list l = { .n = NULL };

	if (s->asked_lacks)
		return true;
	s->asked_lacks = true;
	if (!meet_lacks(s, "integrity", &s->minds_none, err))
		return false;
	if (s->minds_none)
		return true;
	return noted(s, &l, err) && (lacks_ask(s, &l, false, err) || is_its_trouble(s, err));
}

/* ---- groups that wait --------------------------------------------------------------------------------------------------- */

struct wait {
	int64_t rounds;
	struct named thing; /* id "": nothing is noted, or it has been changed since */
	bool doubtful;      /* the remote's words did not name it */
};

/* For how long and what a group waits. */
static bool read_wait(struct sync *s, int64_t grp, struct wait *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_dangled");
	bool row;

	*out = (struct wait){ .rounds = 0 };
	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "grp", grp);
	if (!stmt_step(st, &row, err))
		return false;
	out->rounds = row ? stmt_int(st, 0) : 0;
	if (!row || !out->rounds || !read_noted(stmt_text(st, 1), &out->thing))
		out->thing.id[0] = '\0';
	out->doubtful = out->thing.id[0] && strchr(stmt_text(st, 1), ' ');
	return true;
}

/* What never comes is a matter for a person. */
static bool longest_wait(struct sync *s, const struct bundle *b, int64_t *rounds, struct err *err)
{
	*rounds = 0;
	for (size_t i = 0; i < b->n_groups; i++) {
		struct wait w;

		if (!read_wait(s, b->groups[i], &w, err))
			return false;
		*rounds = w.rounds > *rounds ? w.rounds : *rounds;
	}
	return true;
}

static void what_it_is(const struct sync *s, const char *type, const char *id, char *out, size_t size)
{
	enum kind_id kind = KIND_NONE;

	row_of_type(s, type, id, &kind);
	snprintf(out, size, "%s/%s", kind_by_id(kind)->name, id);
}

static bool note_row(struct sync *s, int64_t seq, const char *what, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_dangles");

	stmt_bind_int(st, "seq", seq);
	stmt_bind_text(st, "what", what);
	return stmt_run(st, err);
}

/* Do the remote's words name it?  Where it gives the ids, that by which it names what it lost is forgotten by now. */
static bool is_named(const struct sync *s, const struct named *missing, const char *words)
{
	char type[80];

	snprintf(type, sizeof(type), "%s/", missing->type);
	return strstr(words, missing->id) || (s->remote.posts && strstr(words, type));
}

/* For whoever looks at what the county lacks: what they wait for, and what the remote said instead. */
static bool note(struct sync *s, const struct bundle *b, const struct named *missing, const char *words, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	char what[128];
	bool named = is_named(s, missing, words);

	what_it_is(s, missing->type, missing->id, what, sizeof(what));
	sbuf_addf(&text, "%s%s%s", what, named ? "" : " ", named ? "" : words);
	if (!sync_alive(s, "dangles", err) || !work_begin(&w, s->app, err))
		return false;
	for (size_t i = 0; i < b->n; i++)
		if (!note_row(s, b->items[i]->row.seq, text.s, err))
			return false;
	return work_commit(&w, err);
}

/* Does it still name it, and does that not go with it? */
static bool names_it(struct sync *s, int64_t grp, const struct named *thing, bool *yes, struct err *err)
{
	AUTO_BUNDLE struct bundle b = { 0 };
	AUTO_NAMED struct named_list l = { .n = NULL };
	const struct named *one;
	bool fits, held;

	if (!bundle_add_group(s, &b, grp, &fits, &held, err))
		return false;
	named_of(&b, &l);
	one = named_find(&l, thing->type, thing->id);
	*yes = one && !one->there;
	return true;
}

/* Ever more seldom: what is refused for long is not likely to be taken. */
static bool is_its_turn(const struct wait *w)
{
	return w->doubtful && w->rounds > 1 && !(w->rounds & (w->rounds - 1));
}

static bool still_waits(struct sync *s, int64_t grp, bool *yes, struct err *err)
{
	struct wait w;

	*yes = false;
	if (!s->lacks.count)
		return true;
	if (!read_wait(s, grp, &w, err))
		return false;
	if (!w.thing.id[0] || w.rounds >= ROUNDS_MAX || is_its_turn(&w) || !lacks_has(s, w.thing.type, w.thing.id))
		return true;
	return names_it(s, grp, &w.thing, yes, err);
}

static bool note_round(struct sync *s, const struct out_row *rows, const bool *waits, size_t n, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	if (!sync_alive(s, "dangles", err) || !work_begin(&w, s->app, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct stmt *st = waits[i] ? stmt_get(s->app->db, "sync_dangles_on") : NULL;

		if (!st)
			continue;
		stmt_bind_int(st, "remote", s->remote.id);
		stmt_bind_int(st, "grp", rows[i].grp);
		if (!stmt_run(st, err))
			return false;
	}
	return work_commit(&w, err);
}

bool dangling_hold(struct sync *s, const struct out_row *rows, size_t n, struct err *err)
{
	bool *waits = xcalloc(n + 1, sizeof(*waits)), any = false, ok = true;

	for (size_t i = 0; i < n && ok; i++) {
		ok = is_held(s, rows[i].grp) || still_waits(s, rows[i].grp, &waits[i], err);
		if (waits[i])
			hold(s, rows[i].grp);
		any |= waits[i];
	}
	ok = ok && (!any || note_round(s, rows, waits, n, err));
	free(waits);
	return ok;
}

/* What the remote surely lacks; where it does not say, the word of rounds before. */
static const struct named *to_blame(const struct named_list *l, bool waited)
{
	const struct named *unsure = NULL;

	for (size_t i = 0; i < l->count; i++) {
		if (l->n[i].there)
			continue;
		if (!l->n[i].unsure)
			return &l->n[i];
		unsure = waited && !unsure ? &l->n[i] : unsure;
	}
	return unsure;
}

bool push_dangles(struct sync *s, const struct bundle *b, const char *words, bool *dangles, struct err *err)
{
	AUTO_NAMED struct named_list l = { .n = NULL };
	const struct named *missing;
	int64_t rounds;

	*dangles = false;
	if (s->minds_none)
		return true;
	if (!longest_wait(s, b, &rounds, err))
		return false;
	if (rounds >= ROUNDS_MAX)
		return true;
	named_of(b, &l);
	if (!lacks_ask(s, &l, true, err))
		return false;
	missing = to_blame(&l, rounds > 0);
	*dangles = missing != NULL;
	return !missing || note(s, b, missing, words, err);
}

bool dangling_groups(struct sync *s, struct out_rows *out, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_dangling");

	stmt_bind_int(st, "remote", s->remote.id);
	return store_read(st, out, err);
}
