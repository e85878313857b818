/* Computers of one clinic, one of which is the hub, and the county: all in one process. */
#ifndef TESTS_SYNC_HUB_SCENE_H
#define TESTS_SYNC_HUB_SCENE_H

#include "desk.h"
#include "sync/hub.h"

enum wire_fault { WIRE_FINE,
	WIRE_NO_NETWORK,
	WIRE_LOST_REQUEST,
	WIRE_LOST_ANSWER };

/* A line from one computer to the hub. */
struct wire {
	struct transport t;
	struct app *hub; /* NULL: it is off */
	enum wire_fault fault;
	unsigned skip; /* requests before the fault */
	unsigned requests;
};

struct office {
	struct fake_fhir county;
	struct desk pc[4]; /* pc[hub] is the hub */
	struct wire wire[4];
	size_t n, hub;
};

/* n computers with their own doctors; the first is the hub, and all others have joined it. */
void office_open(struct office *o, size_t n);
void office_close(struct office *o);
/* A round of one computer with the hub; the hub's own is with its store. */
bool office_round(struct office *o, size_t pc);
/* Rounds of everybody until nothing moves any more; must succeed. */
void office_settle(struct office *o);
/* The hub burns; another one takes its place, and the rest joins it. */
void office_promote(struct office *o, size_t pc);

/* One request to the hub's store. */
struct hub_reply *office_ask(struct office *o, const char *method, const char *path, const char *body);
void office_ask_release(struct hub_reply *r);

#endif
