#include "app/base/strmap.h"

struct strmap_entry {
	const char *key, *value;
	struct strmap_entry *next;
};

enum { FIRST = 64 };

static size_t hash(const char *s)
{
	uint64_t h = 14695981039346656037u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return (size_t)(h ^ h >> 32);
}

static void grow(struct strmap *m)
{
	size_t cap = m->cap ? m->cap * 4 : FIRST;
	struct strmap_entry **buckets = xcalloc(cap, sizeof(struct strmap_entry *));

	for (size_t i = 0; i < m->cap; i++) {
		struct strmap_entry *e = m->buckets[i], *next, *turned = NULL;

		for (; e; e = next) { /* the newest of equal keys stays first */
			next = e->next;
			e->next = turned;
			turned = e;
		}
		for (e = turned; e; e = next) {
			struct strmap_entry **at = &buckets[hash(e->key) % cap];

			next = e->next;
			e->next = *at;
			*at = e;
		}
	}
	free(m->buckets);
	m->buckets = buckets;
	m->cap = cap;
}

const char *strmap_put(struct strmap *m, const char *key, const char *value)
{
	struct strmap_entry *e, **at;

	if (m->n++ == m->cap)
		grow(m);
	e = arena_alloc(&m->mem, sizeof *e);
	at = &m->buckets[hash(key) % m->cap];
	*e = (struct strmap_entry){ .key = arena_strdup(&m->mem, key), .value = arena_strdup(&m->mem, value), .next = *at };
	*at = e;
	return e->value;
}

const char *strmap_get(const struct strmap *m, const char *key)
{
	if (!m->cap)
		return NULL;
	for (const struct strmap_entry *e = m->buckets[hash(key) % m->cap]; e; e = e->next)
		if (!strcmp(e->key, key))
			return e->value;
	return NULL;
}

void strmap_release(struct strmap *m)
{
	arena_release(&m->mem);
	free(m->buckets);
	*m = (struct strmap){ 0 };
}
