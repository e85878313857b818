/* A server that gives its own ids.  Inside this program a resource has our id only; here is the door where ids change:
 * what goes out bears the server's id and our own as an identifier, what comes in bears ours again.  Which is which is
 * kept in a table of its own (sync_id), a fact that never changes; what the server made itself has the same id on both
 * sides. */
#ifndef SYNC_IDMAP_H
#define SYNC_IDMAP_H

#include "sync/sync_int.h"

/* System of the identifier that is our id.  Not urn:ietf:rfc:3986, which strangers use as well: what bears this one was
 * made by one of us, even when somebody dropped our stamp. */
#define IDMAP_SYSTEM "urn:cunyi:id"

enum { IDMAP_TOKEN = RECORD_ID_MAX + 64 };

/* Writes the entry of a resource: version NULL makes it, on the condition that nobody has; else it replaces that one.
 * b: the bundle, for references to what it makes. */
bool idmap_entry(struct sync *s, const struct bundle *b, const struct fhir_resource *r, const char *version,
	struct sbuf *out, struct err *err);

/* What came, one resource or a bundle, bears our ids afterwards.  What is there twice under one of ours is taken out. */
bool idmap_in(struct sync *s, struct json_object *doc, struct err *err);

/* The id of one of our resources there; false *known: not there as far as we know, and out is our id. */
bool idmap_theirs(struct sync *s, const char *type, const char *id, char out[RECORD_ID_MAX + 1], bool *known,
	struct err *err);

/* Inside a work: the server answered that ours is theirs. */
bool idmap_learn(struct sync *s, const char *type, const char *id, const char *theirs, struct err *err);

/* Outside a work: which of these ids that came from the server does it have?  What it has is known afterwards. */
bool idmap_ask(struct sync *s, const char *type, const char *const *ids, size_t n, struct err *err);

/* Inside a work: it is not there any more; should we make it again it gets another id. */
bool idmap_forget(struct sync *s, const char *id, struct err *err);

/* "system%7Cvalue" of our id, for a search. */
void idmap_token(const char *id, const char *bar, char out[IDMAP_TOKEN]);

#endif
