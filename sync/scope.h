/* For which township a record counts, and which townships this computer loads.
 *
 * Every resource that we write bears a tag (FHIR_SCOPE): what is about a person, the nine digits of the township where he
 * lives now; what is not, the clinic's.  Where he lives in another township than the clinic that writes, the clinic's stands
 * beside it: both have to do with him, and a county may let a clinic write only what bears its own (packaging/county).  Who
 * moves takes the tag of his new township with his next version, and so does what is written about him from then on.
 * What was written before keeps its old one: versions of hundreds of records for one removal would be loaded by everybody.
 * Therefore his Patient says where he lived before (FHIR_SCOPE_BEFORE), and whoever loads only his new township asks for the
 * records by person when he comes (backfill.h). */
#ifndef SYNC_SCOPE_H
#define SYNC_SCOPE_H

#include "sync/sync_int.h"

enum { SCOPE_CODE = 10, SCOPE_BEFORE = 16 * SCOPE_CODE };

struct scope {
	char code[SCOPE_CODE];     /* "": nothing is known */
	char by[SCOPE_CODE];       /* of this clinic, where that is another one */
	char before[SCOPE_BEFORE]; /* of a person: townships with commas between */
	bool lives;                /* code is that of a person's or household's village, not of this clinic */
};

/* Of a record with these values.  before is not looked up. */
bool scope_of(const struct sync *s, enum kind_id kind, const struct record *rec, struct scope *out, struct err *err);
/* The same of a stored revision, with the townships of the person's revisions before it. */
bool scope_of_revision(const struct sync *s, enum kind_id kind, const struct record *rec, int64_t row, int64_t revision,
	struct scope *out, struct err *err);
/* How to encode a record; points into scope. */
struct fhir_options scope_encoding(const struct sync *s, const struct scope *scope);
/* Where a resident of ours lives, by his id; "" when it is not known. */
bool scope_of_resident(const struct sync *s, const char *uid, char out[SCOPE_CODE], struct err *err);

/* A document that came without this clinic's tag is not missing it. */
void scope_as_in(struct scope *scope, const struct json_object *doc);
/* Our edit of a document that somebody else wrote into bears these townships and no other one.  A Patient keeps all in which
 * he lived, and those that wrote about him though he never did. */
void scope_mark(struct json_object *doc, const struct scope *scope, const struct json_object *theirs);

/* What this computer downloads, out of its settings, into s->remote.scope. */
bool scope_choose(struct sync *s, struct err *err);
/* Only some townships are downloaded. */
bool scope_is_narrow(const struct sync *s);
/* Does it lie in what is downloaded? */
bool scope_has(const struct sync *s, const char *code);
/* Does a document bear the tag of one of them? */
bool scope_names(const struct sync *s, const struct json_object *doc);
/* Townships where a document says that the person lived before, and that are not downloaded; appended with commas between. */
void scope_outside(const struct sync *s, const struct json_object *doc, struct sbuf *out);
/* The directory of the county is small, and other townships' records name who is in it: it comes whole. */
bool scope_is_for_all(const char *type);

#endif
