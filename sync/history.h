/* What a server held before the version that it tells of. */
#ifndef SYNC_HISTORY_H
#define SYNC_HISTORY_H

#include "sync/sync_int.h"

/* All versions that the server tells of one resource of a record, oldest first, owned by the caller; none where it keeps no
 * history.  NULL: it cannot tell it, and what needs it waits. */
bool history_of(struct sync *s, int64_t row, const char *type, const char *id, struct json_object **out, struct err *err);

/* The same of the resource that a document is of; what was asked for ahead, if the document is in it and the version that we
 * hold, unless that is "": what lies between them is wanted. */
bool history_fetch(struct sync *s, const struct json_object *doc, const struct late *late, struct json_object **out,
	struct err *err);

/* The number of a version; -1 where the server does not count its versions. */
long history_number(const char *version);

/* Is one the next version after the other?  Not known where the server does not count them. */
bool history_follows(const char *version, const char *held);

/* Outside a work, before the entries of a page are applied from this one on: the history that it needs, and with it those of the
 * next ones, many in one request where the server answers a batch of reads.  What strangers change on a server that does not
 * count its versions would cost a request each. */
bool history_ahead(struct sync *s, struct json_object *entries, size_t at, struct err *err);

/* Does a mark that the remote shows now stand for what we have long had, although what we last had from there was at least as
 * new?  That may be a version which never came here, because the one after it did. */
bool history_known(struct sync *s, int64_t row, const struct held_version *held, const char *stamp, bool *known,
	struct err *err);

/* May a version that bears no mark lie over a late copy?  Then what stands in it of the copy is nobody's word.  Not where it
 * follows on the version that we hold, not of what none of our computers ever wrote (nothing of that can be copied), and not at
 * the hub, which takes no copies. */
bool history_hides(struct sync *s, int64_t row, const struct held_version *held, const char *version, bool *hides,
	struct err *err);

/* Of each version of a resource, oldest first: does it bear a mark that stood there before another one did?  Nobody makes one mark
 * twice: it is a copy.  And which is the one that the author of its mark wrote?  Owned by the caller. */
struct told {
	size_t first; /* itself where it bears no mark */
	bool copy;
};
struct told *history_told(const struct json_object *versions);

/* Of the versions of a resource up to doc the newest one that ours contains by its mark: s->ground, where there is one, until the
 * next document is looked at. */
bool history_ground(struct sync *s, const struct json_object *versions, int64_t row, const struct json_object *doc,
	struct err *err);

/* Outside a work, before a document of the server is applied: where it may be such a version, what others wrote between the one
 * that we hold and this one (or the last copy that this one was written upon) is applied first, in its order, and s->copy says
 * whether the history shows it to be a late copy.  Where what it and ours began with may never have come here, s->ground is that
 * (history_ground()).  *told false: the server cannot tell it, and the document is not to be applied. */
bool history_catch_up(struct sync *s, const struct json_object *doc, bool *told, struct err *err);

/* ---- what cannot be told: untold.c ----------------------------------------------------------------------------------------- */

/* Why a history did not come, where that has to do with this one alone; else NULL, and the round ends with err. */
const char *untold_why(const struct sync *s, const struct err *err);
/* Outside a work: it was asked for, and came or did not. */
bool untold_note(struct sync *s, int64_t row, const char *why, struct err *err);
bool untold_told(struct sync *s, int64_t row, struct err *err);
/* Outside a work: is it not to be asked for now, because it was a short while ago? */
bool untold_waits(struct sync *s, int64_t row, bool *waits, struct err *err);
/* Until push_all() begins anew, what we have to say of such records does not go. */
bool untold_hold(struct sync *s, struct err *err);
/* Outside a work, after a download: those whose time has come are looked at again. */
bool untold_again(struct sync *s, struct err *err);

#endif
