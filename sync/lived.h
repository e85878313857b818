/* Where a person lived, by his older versions. */
#ifndef SYNC_LIVED_H
#define SYNC_LIVED_H

#include "sync/sync_int.h"

/* Versions in a row that say the same. */
struct lived_run {
	int64_t since, until;
	char village[RECORD_ID_MAX + 1]; /* id; "": none */
};

struct lived {
	struct lived_run *runs; /* oldest first */
	size_t n, cap;
};
void lived_release(struct lived *l);
#define AUTO_LIVED __attribute__((cleanup(lived_release)))

/* By his revisions before that one.  What was read is kept, so that a person's hundredth version costs no more than his tenth. */
bool lived_before(const struct sync *s, int64_t row, int64_t revision, struct lived *out, struct err *err);

#endif
