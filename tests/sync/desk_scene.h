/* What most tests of a round begin and end with: a county, and one desk or two. */
#ifndef TESTS_SYNC_DESK_SCENE_H
#define TESTS_SYNC_DESK_SCENE_H

#include "desk.h"

/* A county and one desk. */
struct desk_scene {
	struct fake_fhir county;
	struct desk d;
};
int desk_scene_open(void **state);
int desk_scene_close(void **state);

#define SCENE(state)                      \
	struct desk_scene *sc = *(state); \
	struct desk *d = &sc->d;          \
	struct fake_fhir *county = &sc->county

/* A county and two desks that both exchange with it. */
struct desk_pair {
	struct fake_fhir county;
	struct desk a, b;
};
int desk_pair_open(void **state);
int desk_pair_close(void **state);

#endif
