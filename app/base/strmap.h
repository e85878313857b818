/* Texts by text: a hash table whose keys and values are copied and live until it is released.  A key added again hides the
 * older one. */
#ifndef CUNYI_STRMAP_H
#define CUNYI_STRMAP_H

#include "app/base/mem.h"

struct strmap_entry;
struct strmap {
	struct arena mem;
	struct strmap_entry **buckets;
	size_t n, cap;
};
/* A zeroed struct is an empty map. */

/* Copies both into the map; returns the copy of the value, which lives as long as the map.  A key that is there already is
 * found by its newest value from now on; the older copies stay valid. */
const char *strmap_put(struct strmap *m, const char *key, const char *value) __attribute__((returns_nonnull));
/* NULL when it is not there. */
const char *strmap_get(const struct strmap *m, const char *key);
void strmap_release(struct strmap *m);

#endif
