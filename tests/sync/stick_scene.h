/* Three computers that exchange by a folder, which stands for a stick. */
#ifndef TESTS_SYNC_STICK_SCENE_H
#define TESTS_SYNC_STICK_SCENE_H

#include "desk.h"
#include "sync/stick.h"

enum { DESKS = 3 };

struct scene {
	struct fake_fhir county;
	struct desk d[DESKS];
	char *stick; /* a folder */
	size_t n_files; /* written so far */
};

/* All know each other's cards. */
int open_scene(void **state);
int close_scene(void **state);

struct files {
	char name[16][STICK_NAME];
	size_t n;
};

/* The callback of stick_out(); ctx is a struct files. */
void stick_scene_file(void *ctx, const struct stick_written *f);
/* What one writes for another; NULL: for everybody. */
struct files out_to(struct scene *sc, struct desk *from, struct desk *to);
/* One file, or the whole stick when name is NULL; the outcome is in to->ok and to->err, sums of all files come back. */
struct stick_read in_from(struct scene *sc, struct desk *to, const char *name);
/* Both, and it must be taken in. */
struct stick_read carry(struct scene *sc, struct desk *from, struct desk *to);
/* Everybody to everybody. */
void round_of_all(struct scene *sc);

/* The first column of a query. */
int64_t ask(struct desk *d, const char *sql);
/* Every record, its state and content, is the same on all desks. */
void all_hold_the_same(struct scene *sc, const char *what);
int64_t open_conflicts(struct desk *d);
int64_t first_conflict(struct desk *d); /* 0: none is open */

/* Of two desks and a person. */
#define PAIR(state)                       \
	struct scene *sc = *(state);      \
	struct desk *a = &sc->d[0];       \
	struct desk *b = &sc->d[1];       \
	char wang[RECORD_ID_MAX + 1]
/* Twenty seconds. */
void goes_by(struct desk *d);
/* A field of a person, twenty seconds later. */
void changes(struct desk *d, const char *id, const char *key, const char *json);
/* In the newest version of a person. */
bool at_county(struct scene *sc, const char *id, const char *what);

#endif
