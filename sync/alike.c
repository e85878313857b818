/* What another of the clinic's computers may have made already, under the same id (app/service/directory.h): asked for before ours
 * goes out, because not every server refuses to replace what it was told there is not. */
#include "sync/pull_int.h"

#include "db/stmt.h"

struct alike {
	enum kind_id kind;
	char id[RECORD_ID_MAX + 1];
};

struct alikes {
	struct alike *v;
	size_t n, cap;
};

/* Ours that waits, and of which the server is not known to have any; kind by kind. */
static bool unmet(struct sync *s, struct alikes *l, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_alike");
	bool row;

	stmt_bind_int(st, "remote", s->remote.id);
	while (stmt_step(st, &row, err)) {
		if (!row)
			return true;
		if (l->n == l->cap) {
			l->cap = l->cap ? l->cap * 2 : 16;
			l->v = xrealloc(l->v, l->cap, sizeof(*l->v));
		}
		l->v[l->n].kind = (enum kind_id)stmt_int(st, 0);
		snprintf(l->v[l->n++].id, sizeof(l->v->id), "%s", stmt_text(st, 1));
	}
	return false;
}

static bool collect(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	struct json_object *entry = json_object_new_object();

	(void)s;
	(void)err;
	json_object_object_add(entry, "resource", json_object_get(doc));
	json_object_array_add(ctx, entry);
	return true;
}

/* It comes with the download, or not at all. */
static bool pass_over(struct sync *s, const char *id, void *ctx, struct err *err)
{
	(void)s;
	(void)id;
	(void)ctx;
	(void)err;
	return true;
}

static bool meet(struct sync *s, const char *type, const struct alike *v, size_t n, struct err *err)
{
	AUTO_CURSOR struct cursor c = { .type = type, .still = true, .placeless = true };
	AUTO_JSON struct json_object *list = json_object_new_array();
	const char **ids = xcalloc(n, sizeof(const char *));
	size_t at = 0;
	bool ok;

	for (size_t i = 0; i < n; i++)
		ids[i] = v[i].id;
	ok = fetch_readable(s, type, ids, n, collect, pass_over, list, err);
	free(ids);
	while (ok && at < json_count(list))
		ok = apply_some(s, &c, list, &at, err);
	return ok;
}

bool alike_meet(struct sync *s, struct err *err)
{
	struct alikes l = { .n = 0 };
	bool ok = unmet(s, &l, err);

	for (size_t i = 0, to; ok && i < l.n; i = to) {
		for (to = i + 1; to < l.n && l.v[to].kind == l.v[i].kind; to++)
			;
		ok = meet(s, fhir_main_type(l.v[i].kind), &l.v[i], to - i, err);
	}
	free(l.v);
	return ok;
}
