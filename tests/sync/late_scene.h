/* A clinic's resident whom two desks have, and a county that looks at no If-None-Match: copies of old requests come to lie over
 * what was written since. */
#ifndef TESTS_SYNC_LATE_SCENE_H
#define TESTS_SYNC_LATE_SCENE_H

#include "desk.h"

struct scene {
	struct fake_fhir county;
	struct desk a, b;
	char wang[RECORD_ID_MAX + 1]; /* made by a, known to both */
	char *first; /* the document that made him */
};

int late_open(void **state);
int late_close(void **state);

/* What the county has in the newest version of him. */
void assert_at_county(struct scene *sc, const char *want);
/* Somebody comes, an hour later, who sees nothing but a copy of the first version, and writes upon it. */
void late_third_writes(struct scene *sc, struct desk *c, const char *key, const char *json);

#endif
