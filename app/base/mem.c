#include "app/base/mem.h"

#include <stdarg.h>
#include <stdalign.h>
#include <unistd.h>

enum { BLOCK_SIZE = 16 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t size;
	alignas(max_align_t) unsigned char data[];
};

static void (*restore_screen)(void);

void mem_on_failure(void (*restore)(void))
{
	restore_screen = restore;
}

static NORETURN void out_of_memory(void)
{
	static const char text[] = "cunyi: out of memory\n";

	if (restore_screen)
		restore_screen();
	if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
		_exit(1);
	abort();
}

void *xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		out_of_memory();
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (!p)
		out_of_memory();
	return p;
}

void *xrealloc(void *p, size_t n, size_t size)
{
	void *q = reallocarray(p, n ? n : 1, size ? size : 1);

	if (!q)
		out_of_memory();
	return q;
}

char *xstrndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *p = xmalloc(len + 1);

	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

char *xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

void mem_auto_free(void *p)
{
	void *q;

	memcpy(&q, p, sizeof q);
	free(q);
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t need = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	struct arena_block *b = a->first;
	void *p;

	if (!b || b->size - a->used < need) {
		size_t room = need > BLOCK_SIZE ? need : BLOCK_SIZE;

		b = xmalloc(sizeof *b + room);
		b->size = room;
		b->next = a->first;
		a->first = b;
		a->used = 0;
	}
	p = b->data + a->used;
	a->used += need;
	return memset(p, 0, size);
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	size_t len = strnlen(s, n);

	return memcpy(arena_alloc(a, len + 1), s, len);
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	int n;
	char *p;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	p = arena_alloc(a, n < 0 ? 1 : (size_t)n + 1);
	if (n > 0)
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p;
}

void arena_clear(struct arena *a)
{
	struct arena_block *b = a->first, *next;

	if (!b)
		return;
	for (b = b->next; b; b = next) {
		next = b->next;
		free(b);
	}
	a->first->next = NULL;
	a->used = 0;
}

void arena_release(struct arena *a)
{
	arena_clear(a);
	free(a->first);
	a->first = NULL;
	a->used = 0;
}
