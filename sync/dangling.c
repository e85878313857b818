/* What a refused resource refers to and the server does not have.  Another computer's bundle may have arrived in part, or a
 * person's two files come from two places: who names what is still on its way is not to blame, and goes again later.  Each
 * round asks once for all that is missing, and what names a thing that still is stays here: it would only be refused again. */
#include "sync/push_int.h"

#include "db/stmt.h"
#include "sync/fhir/doc.h"
#include "sync/idmap.h"
#include "sync/pace.h"

enum { ROUNDS_MAX = 500 }; /* some days */

/* ---- a list of things ----------------------------------------------------------------------------------------------- */

struct named {
	char type[64], id[RECORD_ID_MAX + 1];
	bool there;
};

struct list {
	struct named *n;
	size_t count, cap;
};

static void add(struct list *l, const char *type, const char *id)
{
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->n[i].type, type) == 0 && strcmp(l->n[i].id, id) == 0)
			return;
	if (l->count == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 8;
		l->n = xrealloc(l->n, l->cap, sizeof(*l->n));
	}
	l->n[l->count] = (struct named){ .there = false };
	snprintf(l->n[l->count].type, sizeof(l->n[l->count].type), "%s", type);
	snprintf(l->n[l->count++].id, sizeof(l->n->id), "%s", id);
}

/* False: of the county's own, which we never made; its server knows. */
static bool read_reference(const char *ref, struct named *out)
{
	enum kind_id kind;

	return sscanf(ref, "%63[A-Za-z]/%64[A-Za-z0-9.-]", out->type, out->id) == 2 && kind_of_type(out->type, &kind);
}

static bool add_reference(const char *ref, void *ctx)
{
	struct named one;

	if (read_reference(ref, &one))
		add(ctx, one.type, one.id);
	return true;
}

static void mark(struct list *l, const char *type, const char *id)
{
	for (size_t i = 0; i < l->count; i++)
		l->n[i].there |= strcmp(l->n[i].type, type) == 0 && strcmp(l->n[i].id, id) == 0;
}

/* What goes with it need not be there. */
static void mark_sent(struct list *l, const struct bundle *b)
{
	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->items[i]->set.n; j++)
			if (b->items[i]->sends[j])
				mark(l, b->items[i]->set.r[j].type, b->items[i]->set.r[j].id);
}

/* ---- what the remote lacks in this round ------------------------------------------------------------------------------ */

static struct lack *find_lack(const struct sync *s, const char *type, const char *id)
{
	for (size_t i = 0; i < s->n_lacks; i++)
		if (strcmp(s->lacks[i].id, id) == 0 && strcmp(s->lacks[i].type, type) == 0)
			return &s->lacks[i];
	return NULL;
}

void lacks_add(struct sync *s, const char *type, const char *id)
{
	struct lack *l;

	if (find_lack(s, type, id))
		return;
	if (s->n_lacks == s->cap_lacks) {
		s->cap_lacks = s->cap_lacks ? s->cap_lacks * 2 : 8;
		s->lacks = xrealloc(s->lacks, s->cap_lacks, sizeof(*s->lacks));
	}
	l = &s->lacks[s->n_lacks++];
	snprintf(l->type, sizeof(l->type), "%s", type);
	snprintf(l->id, sizeof(l->id), "%s", id);
}

void lacks_drop(struct sync *s, const char *type, const char *id)
{
	struct lack *l = find_lack(s, type, id);

	if (l)
		*l = s->lacks[--s->n_lacks];
}

const struct lack *lacks_named(const struct sync *s, const char *ref)
{
	struct named n;

	return s->n_lacks && !s->minds_none && read_reference(ref, &n) ? find_lack(s, n.type, n.id) : NULL;
}

/* ---- asking ----------------------------------------------------------------------------------------------------------- */

static bool on_found(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	(void)s;
	(void)err;
	mark(ctx, json_text(doc, "resourceType"), json_text(doc, "id"));
	return true;
}

/* Of a type, what was not found yet; as many as the list is long at most. */
static size_t missing_ids(const struct sync *s, const struct list *l, const char *type, const char **ids)
{
	size_t n = 0;

	for (size_t i = 0; i < l->count; i++)
		if (!l->n[i].there && strcmp(l->n[i].type, type) == 0 && !find_lack(s, type, l->n[i].id))
			ids[n++] = l->n[i].id;
	return n;
}

static bool ask_type(struct sync *s, struct list *l, const char *type, struct err *err)
{
	const char **ids = xcalloc(l->count, sizeof(*ids));
	size_t n = missing_ids(s, l, type, ids);
	bool ok = !n || fetch_ids(s, type, ids, n, false, on_found, l, err);

	free(ids);
	return ok;
}

/* A server that gives its own ids has it under another one where somebody made it again: then it is found by ours. */
static bool forget_ids(struct sync *s, const struct list *l, const char *type, bool *any, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	char theirs[RECORD_ID_MAX + 1];
	bool known;

	*any = false;
	if (!work_begin(&w, s->app, err))
		return false;
	for (size_t i = 0; i < l->count; i++) {
		if (l->n[i].there || strcmp(l->n[i].type, type) != 0)
			continue;
		if (!idmap_theirs(s, type, l->n[i].id, theirs, &known, err) || (known && !idmap_forget(s, l->n[i].id, err)))
			return false;
		*any |= known;
	}
	return work_commit(&w, err);
}

/* Made there by others and never seen here, it bears no id of ours. */
static bool ask_as_it_is(struct sync *s, struct list *l, const char *type, struct err *err)
{
	const char **ids = xcalloc(l->count, sizeof(*ids));
	size_t n = missing_ids(s, l, type, ids);
	char theirs[RECORD_ID_MAX + 1];
	bool known, ok = idmap_ask(s, type, ids, n, err);

	for (size_t i = 0; ok && i < n; i++) {
		ok = idmap_theirs(s, type, ids[i], theirs, &known, err);
		if (ok && known)
			mark(l, type, ids[i]);
	}
	free(ids);
	return ok;
}

static bool ask_thoroughly(struct sync *s, struct list *l, const char *type, struct err *err)
{
	bool again;

	if (!ask_type(s, l, type, err))
		return false;
	return !s->remote.posts || (forget_ids(s, l, type, &again, err) && (!again || ask_type(s, l, type, err)) &&
					   ask_as_it_is(s, l, type, err));
}

static bool is_first(const struct list *l, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (strcmp(l->n[j].type, l->n[i].type) == 0)
			return false;
	return true;
}

/* What is not there is remembered for the round. */
static bool ask(struct sync *s, struct list *l, struct err *err)
{
	for (size_t i = 0; i < l->count; i++)
		if (is_first(l, i) && !ask_thoroughly(s, l, l->n[i].type, err))
			return false;
	for (size_t i = 0; i < l->count; i++)
		if (!l->n[i].there)
			lacks_add(s, l->n[i].type, l->n[i].id);
	return true;
}

/* ---- once a round ------------------------------------------------------------------------------------------------------ */

/* "resident/<id>", as note() wrote it. */
static void add_noted(struct list *l, const char *what)
{
	char name[64], id[RECORD_ID_MAX + 1];
	const struct kind *kind;

	if (sscanf(what, "%63[a-z_]/%64[A-Za-z0-9.-]", name, id) != 2)
		return;
	kind = kind_by_name(name);
	if (kind)
		add(l, fhir_main_type(kind->id), id);
}

static bool noted(struct sync *s, struct list *l, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_dangling_for");
	bool row;

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "prio", pace_allows(s) ? INT64_MAX : SYNC_URGENT);
	stmt_bind_int(st, "rounds", ROUNDS_MAX);
	while (stmt_step(st, &row, err)) {
		if (!row)
			return true;
		add_noted(l, stmt_text(st, 0));
	}
	return false;
}

bool dangling_ask(struct sync *s, struct err *err)
{
	struct list l = { .n = NULL };
	bool ok;

	if (s->asked_lacks)
		return true;
	s->asked_lacks = true;
	ok = meet_lacks(s, "integrity", &s->minds_none, err) && (s->minds_none || (noted(s, &l, err) && ask(s, &l, err)));
	free(l.n);
	return ok;
}

/* ---- groups that wait --------------------------------------------------------------------------------------------------- */

/* A server that minds no references has another reason, and what never comes is a matter for a person. */
bool dangling_is_tired(struct sync *s, int64_t grp, bool *yes, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_dangled");
	int64_t rounds;

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "grp", grp);
	if (!stmt_value(st, &rounds, 0, err))
		return false;
	*yes = rounds >= ROUNDS_MAX;
	return true;
}

static bool is_tired(struct sync *s, const struct bundle *b, bool *yes, struct err *err)
{
	*yes = false;
	for (size_t i = 0; i < b->n_groups && !*yes; i++)
		if (!dangling_is_tired(s, b->groups[i], yes, err))
			return false;
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

/* For whoever looks at what the county lacks: what they wait for. */
static bool note(struct sync *s, const struct bundle *b, const struct named *missing, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	char what[128];

	what_it_is(s, missing->type, missing->id, what, sizeof(what));
	if (!sync_alive(s, "dangles", err) || !work_begin(&w, s->app, err))
		return false;
	for (size_t i = 0; i < b->n; i++)
		if (!note_row(s, b->items[i]->row.seq, what, err))
			return false;
	return work_commit(&w, err);
}

bool dangling_hold(struct sync *s, int64_t grp, const struct lack *lack, struct err *err)
{
	AUTO_ROWS struct out_rows rows = { 0 };
	AUTO_WORK struct work w = { 0 };
	char what[128];

	hold(s, grp);
	what_it_is(s, lack->type, lack->id, what, sizeof(what));
	if (!sync_alive(s, "dangles", err) || !store_group(s, grp, &rows, err) || !work_begin(&w, s->app, err))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		if (!note_row(s, rows.r[i].seq, what, err))
			return false;
	return work_commit(&w, err);
}

static bool look(struct sync *s, const struct bundle *b, struct list *l, struct err *err)
{
	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->items[i]->set.n; j++)
			if (b->items[i]->sends[j])
				doc_references(b->items[i]->set.r[j].doc, add_reference, l);
	mark_sent(l, b);
	return ask(s, l, err);
}

bool push_dangles(struct sync *s, const struct bundle *b, bool *dangles, struct err *err)
{
	struct list l = { .n = NULL };
	const struct named *missing = NULL;
	bool tired, ok;

	*dangles = false;
	if (!is_tired(s, b, &tired, err))
		return false;
	if (tired)
		return true;
	ok = look(s, b, &l, err);
	for (size_t i = 0; ok && i < l.count && !missing; i++)
		missing = l.n[i].there ? NULL : &l.n[i];
	ok = ok && (!missing || note(s, b, missing, err));
	*dangles = missing != NULL;
	free(l.n);
	return ok;
}

bool dangling_groups(struct sync *s, struct out_rows *out, struct err *err)
{
	struct stmt *st = stmt_get(s->app->db, "sync_dangling");

	stmt_bind_int(st, "remote", s->remote.id);
	return store_read(st, out, err);
}
