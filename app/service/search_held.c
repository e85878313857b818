/* Search rows of new residents in memory, until the bulk work ends. */
#include "app/service/search_int.h"

/* About 60 MB when it is full; who comes later is read from the database. */
enum { HELD_MAX = 65536 };

void search_hold(struct app *app, int64_t id, const struct record *rec, int64_t village)
{
	struct search_held *h = app->search_held;
	struct held *to;

	if (!h)
		h = app->search_held = xcalloc(1, sizeof *h);
	while (h->n && h->v[h->n - 1].id >= id) /* rolled back: the row has come free again */
		h->n--;
	if (h->n == HELD_MAX)
		return;
	if (h->n == h->cap) {
		h->cap = h->cap ? h->cap * 2 : 256;
		h->v = xrealloc(h->v, h->cap, sizeof *h->v);
	}
	to = &h->v[h->n++];
	*to = (struct held){ .id = id, .revision = rec->meta.revision, .uid = arena_strdup(&h->mem, rec->meta.id) };
	search_rows(&h->mem, rec, village, NULL, &to->rows);
}

static int by_id(const void *a, const void *b)
{
	const struct held *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

const struct held *search_held_of(const struct app *app, int64_t id, int64_t revision, const char *uid)
{
	const struct search_held *h = app->search_held;
	const struct held key = { .id = id }, *at = h && h->n ? bsearch(&key, h->v, h->n, sizeof *h->v, by_id) : NULL;

	return at && at->revision == revision && !strcmp(at->uid, uid) ? at : NULL;
}

void search_held_release(struct app *app)
{
	struct search_held *h = app->search_held;

	if (!h)
		return;
	arena_release(&h->mem);
	free(h->v);
	free(h);
	app->search_held = NULL;
}
