/* Where a key stands in a constant table, remembered by the address of the key's text: nearly all keys are literals, and some
 * are asked for a hundred times in one save. */
#ifndef CUNYI_KEY_MEMO_H
#define CUNYI_KEY_MEMO_H

#include "app/base/base.h"

/* Most keys are literals, and the linker keeps equal literals once. */
static inline bool key_is(const char *a, const char *b)
{
	return a == b || (*a == *b && !strcmp(a, b));
}

enum { KEY_MEMO_BITS = 11 };

struct key_memo {
	struct {
		const void *table;
		const char *key; /* the table's own text */
		int at;
	} slot[1u << KEY_MEMO_BITS];
};

/* find looks the key up in the table: its position, and the table's text of it; -1 when there is none. */
static inline int key_memo_index(struct key_memo *m, const void *table, const char *key,
	int (*find)(const void *table, const char *key, const char **text))
{
	uint64_t mixed = ((uint64_t)(uintptr_t)table + (uint64_t)(uintptr_t)key) * UINT64_C(0x9E3779B97F4A7C15);
	size_t i = (size_t)(mixed >> (64 - KEY_MEMO_BITS));
	const char *text;
	int at;

	if (m->slot[i].table == table && key_is(m->slot[i].key, key))
		return m->slot[i].at;
	at = find(table, key, &text);
	if (at >= 0) {
		m->slot[i].table = table;
		m->slot[i].key = text;
		m->slot[i].at = at;
	}
	return at;
}

#endif
