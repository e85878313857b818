/* Between the two files of the check. */
#ifndef SYNC_PROBE_INT_H
#define SYNC_PROBE_INT_H

#include "db/stmt.h"
#include "sync/probe.h"
#include "sync/sync_int.h"

#define PROBE_TAG "urn:cunyi:probe" /* on what is tried; the code is the device's */

enum { PROBE_THINGS = 3 };

struct probe_thing {
	char own[UUID_LEN]; /* the id that we would give */
	char id[RECORD_ID_MAX + 1]; /* the one it has there */
	char version[72];
};

struct probe {
	struct sync *s;
	struct probe_report *report;
	struct json_object *metadata;
	struct probe_thing thing[PROBE_THINGS]; /* the third is never meant to be accepted */
	bool posts;
	bool packed; /* some answer came packed */
	char first[RECORD_ID_MAX + 1]; /* what the last search brought first */
	bool one_time; /* all that it brought */
};

struct probe_write {
	size_t thing;
	int says;
	const char *match; /* ifMatch, or NULL */
	const char *subject;
	bool post, none;
};

/* All of these: false when nothing was found out (no line, not let in, a portal).  *doc is the answer if it is FHIR. */
bool probe_get(struct probe *p, const char *path, int *status, struct json_object **doc, struct err *err);
/* A transaction.  *status 200: all of it was written, and the things know their ids and versions. */
bool probe_write(struct probe *p, const struct probe_write *w, size_t n, bool plain, int *status, struct err *err);
bool probe_read(struct probe *p, size_t thing, int *says, struct err *err);

/* Every check in order. */
bool probe_all(struct probe *p, struct err *err);
/* Name and version of its software, as it says. */
void probe_software(const struct json_object *metadata, char out[PROBE_SOFTWARE]);
bool probe_only_for_posts(const char *key);
enum probe_found probe_found(const struct probe_report *r, const char *key);

#endif
