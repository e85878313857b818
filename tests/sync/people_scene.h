/* A desk at a county that has people of its own: c0, c1 ... */
#ifndef TESTS_SYNC_PEOPLE_SCENE_H
#define TESTS_SYNC_PEOPLE_SCENE_H

#include "desk.h"

struct scene {
	struct fake_fhir county;
	struct desk d;
};

int people_open(void **state);
int people_close(void **state);

#define SCENE(state)                 \
	struct scene *sc = *(state); \
	struct desk *d = &sc->d;     \
	struct fake_fhir *county = &sc->county

/* The county gets those from c<from> on, before c<to>. */
void put_people(struct fake_fhir *f, int from, int to);
/* Those before c<n> are at the desk. */
void all_came(struct desk *d, int n);

#endif
