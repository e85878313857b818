/* What a refused resource refers to and the server does not have.  Another computer's bundle may have arrived in part, or a
 * person's two files come from two places: who names what is still on its way is not to blame, and goes again later. */
#include "sync/push_int.h"

#include "db/stmt.h"
#include "sync/fhir/doc.h"

enum { ROUNDS_MAX = 500 }; /* some days */

struct named {
	char type[64], id[RECORD_ID_MAX + 1];
	bool there;
};

struct list {
	struct named *n;
	size_t count, cap;
};

static bool add_reference(const char *ref, void *ctx)
{
	struct list *l = ctx;
	struct named one = { .there = false };
	enum kind_id kind;

	if (sscanf(ref, "%63[A-Za-z]/%64[A-Za-z0-9.-]", one.type, one.id) != 2 || !kind_of_type(one.type, &kind))
		return true; /* of the county's own, which we never made: its server knows */
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->n[i].type, one.type) == 0 && strcmp(l->n[i].id, one.id) == 0)
			return true;
	if (l->count == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 8;
		l->n = xrealloc(l->n, l->cap, sizeof(*l->n));
	}
	l->n[l->count++] = one;
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

static bool on_found(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	(void)s;
	(void)err;
	mark(ctx, json_text(doc, "resourceType"), json_text(doc, "id"));
	return true;
}

static bool ask_type(struct sync *s, struct list *l, const char *type, struct err *err)
{
	const char **ids = xcalloc(l->count, sizeof(*ids));
	size_t n = 0;
	bool ok;

	for (size_t i = 0; i < l->count; i++)
		if (!l->n[i].there && strcmp(l->n[i].type, type) == 0)
			ids[n++] = l->n[i].id;
	ok = !n || fetch_ids(s, type, ids, n, false, on_found, l, err);
	free(ids);
	return ok;
}

static bool is_first(const struct list *l, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (strcmp(l->n[j].type, l->n[i].type) == 0)
			return false;
	return true;
}

/* A server that minds no references has another reason, and what never comes is a matter for a person. */
static bool is_tired(struct sync *s, const struct bundle *b, bool *yes, struct err *err)
{
	*yes = false;
	for (size_t i = 0; i < b->n_groups && !*yes; i++) {
		struct stmt *st = stmt_get(s->app->db, "sync_dangled");
		int64_t rounds;

		stmt_bind_int(st, "remote", s->remote.id);
		stmt_bind_int(st, "grp", b->groups[i]);
		if (!stmt_value(st, &rounds, 0, err))
			return false;
		*yes = rounds >= ROUNDS_MAX;
	}
	return true;
}

/* For whoever looks at what the county lacks: what they wait for. */
static bool note(struct sync *s, const struct bundle *b, const struct named *missing, struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	enum kind_id kind = KIND_NONE;
	char what[128];

	row_of_type(s, missing->type, missing->id, &kind);
	snprintf(what, sizeof(what), "%s/%s", kind_by_id(kind)->name, missing->id);
	if (!sync_alive(s, "dangles", err) || !work_begin(&w, s->app, err))
		return false;
	for (size_t i = 0; i < b->n; i++) {
		struct stmt *st = stmt_get(s->app->db, "sync_dangles");

		stmt_bind_int(st, "seq", b->items[i]->row.seq);
		stmt_bind_text(st, "what", what);
		if (!stmt_run(st, err))
			return false;
	}
	return work_commit(&w, err);
}

static bool look(struct sync *s, const struct bundle *b, struct list *l, struct err *err)
{
	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->items[i]->set.n; j++)
			if (b->items[i]->sends[j])
				doc_references(b->items[i]->set.r[j].doc, add_reference, l);
	mark_sent(l, b);
	for (size_t i = 0; i < l->count; i++)
		if (is_first(l, i) && !ask_type(s, l, l->n[i].type, err))
			return false;
	return true;
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
