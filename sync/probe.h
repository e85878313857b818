/* What a county's server can do, found out by asking it: a table of needs, each with the way it is checked and what
 * follows when the server lacks it.  Nothing is believed that can be tried; the resources it is tried on are two of kind
 * Basic, marked as test data, the same ones every time. */
#ifndef SYNC_PROBE_H
#define SYNC_PROBE_H

#include "sync/sync.h"

enum probe_found {
	PROBE_UNTRIED, /* something that it builds on is missing */
	PROBE_HAS,
	PROBE_LACKS,
};

/* What follows when it is missing. */
enum probe_follows {
	PROBE_REFUSE, /* the server cannot be used: records would be lost or doubled */
	PROBE_POST, /* it gives its own ids: we keep a list of them, and bundles are small */
	PROBE_REMARK, /* it costs something, or the county should set it otherwise */
};

enum { PROBE_NEEDS = 24, PROBE_SOFTWARE = 96 };

struct probe_line {
	const char *key; /* stable */
	const char *need; /* in the present language */
	const char *missing; /* what follows, in the present language */
	enum probe_found found;
	enum probe_follows follows;
};

struct probe_report {
	struct probe_line lines[PROBE_NEEDS];
	size_t n;
	bool usable; /* nothing that must be there is missing */
	bool posts; /* by our ids, or by a list of the server's */
	char server[TRANSPORT_URL_MAX], software[PROBE_SOFTWARE], version[16]; /* of FHIR */
	const struct probe_line *stopper; /* the first thing for which it is refused */
};

/* Asks the server (options as of a round; the address is remembered only when it can be used) and stores what was found:
 * the next rounds go by it.  False: it could not be asked to the end. */
bool sync_probe(struct app *app, const struct sync_options *o, struct probe_report *out, struct err *err);

/* The needs in order, untried: for help and for tests that each has its sentence. */
void probe_needs(struct probe_report *out);

#endif
