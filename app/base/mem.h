/* Memory.  Out of memory is not handled case by case: what is saved is in SQLite already, so the terminal is restored,
 * a line is logged and the program ends. */
#ifndef CUNYI_MEM_H
#define CUNYI_MEM_H

#include "app/base/base.h"

/* As malloc and its relatives, but never NULL.  n * size is checked for overflow. */
void *xmalloc(size_t size) __attribute__((malloc, alloc_size(1), returns_nonnull));
void *xcalloc(size_t n, size_t size) __attribute__((malloc, alloc_size(1, 2), returns_nonnull));
void *xrealloc(void *p, size_t n, size_t size) __attribute__((alloc_size(2, 3), returns_nonnull));
char *xstrdup(const char *s) __attribute__((malloc, returns_nonnull));
char *xstrndup(const char *s, size_t n) __attribute__((malloc, returns_nonnull));

/* Runs before the abort: the screen sets it to restore the terminal. */
void mem_on_failure(void (*restore)(void));

/* AUTO_FREE char *p = ...;  frees p at the end of its scope. */
void mem_auto_free(void *p);
#define AUTO_FREE __attribute__((cleanup(mem_auto_free)))

/* An arena holds what lives and dies together: the rows of one list, one record.  A zeroed struct is an empty arena. */
struct arena_block;
struct arena {
	struct arena_block *first;
	size_t used; /* in the first block */
};

/* Zeroed memory, aligned for any type; lives until arena_release() or arena_clear(). */
void *arena_alloc(struct arena *a, size_t size) __attribute__((returns_nonnull));
char *arena_strdup(struct arena *a, const char *s) __attribute__((returns_nonnull));
char *arena_strndup(struct arena *a, const char *s, size_t n) __attribute__((returns_nonnull));
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3) __attribute__((returns_nonnull));

/* Frees all but one block, which is used again. */
void arena_clear(struct arena *a);
void arena_release(struct arena *a);
#define AUTO_ARENA __attribute__((cleanup(arena_release)))

#endif
