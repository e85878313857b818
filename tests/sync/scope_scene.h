/* Two clinics in neighbouring townships of a county, each of which loads its own. */
#ifndef TESTS_SYNC_SCOPE_SCENE_H
#define TESTS_SYNC_SCOPE_SCENE_H

#include "desk.h"

#define EAST "350299101"
#define WEST "350299102"
#define FAR  "350299103"

struct scene {
	struct fake_fhir county;
	struct desk east, west;
	char east_village[RECORD_ID_MAX + 1], west_village[RECORD_ID_MAX + 1];
};

int scope_open(void **state);
int scope_close(void **state);
#define SCENE(state)                           \
	struct scene *sc = *(state);           \
	struct desk *east = &sc->east;         \
	struct desk *west = &sc->west;         \
	struct fake_fhir *county = &sc->county

/* The setting: "all", or townships. */
void loads(struct desk *d, const char *what);
/* A computer that has loaded nothing yet; the county's requests are counted from now on. */
void scope_third(struct scene *sc, struct desk *d, const char *what);
void later(struct scene *sc, int64_t ms);
void sync_both(struct scene *sc);
/* Somebody who lives in a village. */
const char *person(struct scene *sc, struct desk *d, const char *name, const char *lives);
void moves(struct desk *d, const char *id, const char *to);
/* The codes of a system among a resource's tags, with commas between. */
const char *tags(struct fake_fhir *f, const char *type, const char *id, const char *system);
int64_t number(struct desk *d, const char *sql);

enum { VISITS = 7 };

struct history {
	char wang[RECORD_ID_MAX + 1], visits[VISITS][RECORD_ID_MAX + 1], outpatient[RECORD_ID_MAX + 1];
};

/* Somebody of the east with some years of follow-ups, of whom the west knows nothing. */
void write_history(struct scene *sc, struct history *h);
/* All of it came, and nothing is left to be asked for. */
void is_whole(struct desk *d, const struct history *h);

#endif
