/* What other connections did meanwhile (a sync, a command, another desk), and what waits for the county: what a screen
 * that stays open asks every two seconds. */
#ifndef CUNYI_WATCH_H
#define CUNYI_WATCH_H

#include "app/clinic/kind.h"
#include "app/service/app.h"

struct watch {
	int64_t version; /* of the file, as last seen */
	int64_t seq;     /* newest change seen */
};

/* Begins here: what was before is known. */
bool watch_start(struct app *app, struct watch *w, struct err *err);

/* Kinds (bits 1 << KIND_...) changed since the last call by another connection; bit 0 when something else did (outbox,
 * settings).  Cheap when nothing changed.  On failure nothing is reported and the next call asks again. */
unsigned watch_changes(struct app *app, struct watch *w);

enum { GLANCE_MAX = 10000 };
struct glance {
	int64_t waiting;   /* records not yet at the county, counted up to GLANCE_MAX */
	int64_t last_sync; /* instant of the last good exchange, 0 = never */
	bool county;       /* an address of the county is known */
	bool residents;    /* somebody is registered */
};
bool watch_glance(struct app *app, struct glance *out, struct err *err);

struct hub_glance {
	bool member;  /* another computer is the hub */
	bool waiting; /* it lacks something of ours */
};
bool watch_hub(struct app *app, struct hub_glance *out, struct err *err);

#endif
