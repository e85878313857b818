/* Asking a remote for what records name: by a search for all of a type, and by reading what that does not show. */
#include "sync/lacks.h"

#include "sync/fhir/doc.h"
#include "sync/idmap.h"

/* ---- a list of things ----------------------------------------------------------------------------------------------- */

void named_release(struct named_list *l)
{
	free(l->n);
}

struct named *named_find(const struct named_list *l, const char *type, const char *id)
{
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->n[i].id, id) == 0 && strcmp(l->n[i].type, type) == 0)
			return &l->n[i];
	return NULL;
}

void named_add(struct named_list *l, const char *type, const char *id)
{
	if (named_find(l, type, id))
		return;
	if (l->count == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 8;
		l->n = xrealloc(l->n, l->cap, sizeof(*l->n));
	}
	l->n[l->count] = (struct named){ .there = false };
	snprintf(l->n[l->count].type, sizeof(l->n[l->count].type), "%s", type);
	snprintf(l->n[l->count++].id, sizeof(l->n->id), "%s", id);
}

static bool add_reference(const char *ref, void *ctx)
{
	struct named one;
	enum kind_id kind;

	if (sscanf(ref, "%63[A-Za-z]/%64[A-Za-z0-9.-]", one.type, one.id) == 2 && kind_of_type(one.type, &kind))
		named_add(ctx, one.type, one.id);
	return true;
}

static void mark(struct named_list *l, const char *type, const char *id)
{
	struct named *one = type && id ? named_find(l, type, id) : NULL;

	if (one)
		one->there = true;
}

void named_of(const struct bundle *b, struct named_list *out)
{
	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->items[i]->set.n; j++)
			if (b->items[i]->sends[j])
				doc_references(b->items[i]->set.r[j].doc, add_reference, out);
	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->items[i]->set.n; j++)
			if (b->items[i]->sends[j])
				mark(out, b->items[i]->set.r[j].type, b->items[i]->set.r[j].id);
}

/* ---- what the remote lacks in this round ------------------------------------------------------------------------------ */

bool lacks_has(const struct sync *s, const char *type, const char *id)
{
	const struct named *l = named_find(&s->lacks, type, id);

	return l && !l->unsure;
}

static void drop(struct named_list *l, const char *type, const char *id)
{
	struct named *one = named_find(l, type, id);

	if (one)
		*one = l->n[--l->count];
}

void lacks_taken(struct sync *s, const struct bundle *b)
{
	AUTO_NAMED struct named_list l = { .n = NULL };

	if (!s->lacks.count)
		return;
	named_of(b, &l);
	for (size_t i = 0; i < l.count; i++)
		drop(&s->lacks, l.n[i].type, l.n[i].id);
	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->items[i]->set.n; j++)
			if (b->items[i]->sends[j])
				drop(&s->lacks, b->items[i]->set.r[j].type, b->items[i]->set.r[j].id);
}

/* ---- asking ----------------------------------------------------------------------------------------------------------- */

struct asking {
	struct sync *s;
	struct named_list *l;
	const char *type;
	bool surely;
	bool searched; /* the remote answers searches for these */
	bool forgot;   /* ids that it gave are not there any more */
};

static bool on_found(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	(void)s;
	(void)err;
	mark(ctx, json_text(doc, "resourceType"), json_text(doc, "id"));
	return true;
}

static bool is_open(const struct asking *q, const struct named *n)
{
	return !n->there && !n->unsure && strcmp(n->type, q->type) == 0 && !named_find(&q->s->lacks, n->type, n->id);
}

/* As many as the list is long at most. */
static size_t open_ids(const struct asking *q, const char **ids)
{
	size_t n = 0;

	for (size_t i = 0; i < q->l->count; i++)
		if (is_open(q, &q->l->n[i]))
			ids[n++] = q->l->n[i].id;
	return n;
}

/* The remote cannot or may not say it: that is no answer, and no fault of what was to be sent. */
static bool says_nothing(const struct sync *s, struct err *err)
{
	static const int says_so[] = { 400, 404, 410 };

	for (size_t i = 0; i < N_ELEMENTS(says_so); i++)
		if (!s->dead && err->code == ERR_SERVER && err->detail == says_so[i]) {
			*err = (struct err){ 0 };
			return true;
		}
	return answer_may_lack(s, err);
}

static bool search(struct asking *q, struct err *err)
{
	const char **ids = xcalloc(q->l->count, sizeof(*ids));
	size_t n = open_ids(q, ids);
	bool ok = !n || fetch_ids(q->s, q->type, ids, n, false, on_found, q->l, err);

	q->searched = ok;
	free(ids);
	return ok || says_nothing(q->s, err);
}

/* Should we make it again it gets another id. */
static bool forget_id(struct asking *q, const char *id, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	q->forgot = true;
	return work_begin(&w, q->s->app, err) && idmap_forget(q->s, id, err) && work_commit(&w, err);
}

static bool read_one(struct asking *q, struct named *n, const char *theirs, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_JSON struct json_object *doc = NULL;
	int status = 0;
	bool gone;

	sbuf_addf(&url, "%s/%s/%s", q->s->remote.base, q->type, theirs);
	if (!fetch(q->s, url.s, &doc, &status, err) && !says_nothing(q->s, err))
		return false;
	n->there = status == 200;
	gone = status == 404 || status == 410;
	n->unsure = !n->there && !gone && !q->searched;
	return !gone || !q->s->remote.posts || forget_id(q, n->id, err);
}

/* What has an id there is read by it, where the search has shown nothing and that is not enough. */
static bool read_each(struct asking *q, struct err *err)
{
	for (size_t i = 0; i < q->l->count; i++) {
		struct named *n = &q->l->n[i];
		char theirs[RECORD_ID_MAX + 1];
		bool known = true;

		if (!is_open(q, n) || !(q->surely || q->s->remote.posts || !q->searched))
			continue;
		snprintf(theirs, sizeof(theirs), "%s", n->id);
		if (q->s->remote.posts && !idmap_theirs(q->s, q->type, n->id, theirs, &known, err))
			return false;
		if (known && !read_one(q, n, theirs, err))
			return false;
	}
	return true;
}

/* Made there by others and never seen here, it bears no id of ours. */
static bool search_as_it_is(struct asking *q, struct err *err)
{
	const char **ids = xcalloc(q->l->count, sizeof(*ids));
	size_t n = open_ids(q, ids);
	char theirs[RECORD_ID_MAX + 1];
	bool known, ok = idmap_ask(q->s, q->type, ids, n, err);

	q->searched = ok;
	ok = ok || says_nothing(q->s, err);
	for (size_t i = 0; ok && q->searched && i < n; i++) {
		ok = idmap_theirs(q->s, q->type, ids[i], theirs, &known, err);
		if (ok && known)
			mark(q->l, q->type, ids[i]);
	}
	free(ids);
	return ok;
}

/* A server that gives its own ids has it under another one where somebody made it again: then it is found by ours. */
static bool search_again(struct asking *q, struct err *err)
{
	return (!q->forgot || search(q, err)) && (!q->searched || search_as_it_is(q, err));
}

static bool ask_type(struct asking *q, struct err *err)
{
	if (!search(q, err) || !read_each(q, err) || (q->s->remote.posts && q->searched && !search_again(q, err)))
		return false;
	for (size_t i = 0; i < q->l->count; i++)
		if (q->s->remote.posts && !q->searched && is_open(q, &q->l->n[i]))
			q->l->n[i].unsure = true;
	return true;
}

static bool is_first(const struct named_list *l, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (strcmp(l->n[j].type, l->n[i].type) == 0)
			return false;
	return true;
}

static void remember(struct sync *s, struct named *n)
{
	const struct named *known = named_find(&s->lacks, n->type, n->id);

	if (known) {
		n->unsure = known->unsure;
		return;
	}
	named_add(&s->lacks, n->type, n->id);
	s->lacks.n[s->lacks.count - 1].unsure = n->unsure;
}

bool lacks_ask(struct sync *s, struct named_list *l, bool surely, struct err *err)
{
	for (size_t i = 0; i < l->count; i++) {
		struct asking q = { .s = s, .l = l, .type = l->n[i].type, .surely = surely };

		if (is_first(l, i) && !ask_type(&q, err))
			return false;
	}
	for (size_t i = 0; i < l->count; i++)
		if (!l->n[i].there)
			remember(s, &l->n[i]);
	return true;
}
