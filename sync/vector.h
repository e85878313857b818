/* Which version contains which, among devices that no server puts in order.  A version's vector names, for each device, the
 * newest version made there that it contains: "pc1a2b3c:3,pc4d5e6f:8".  The numbers are the devices' own revisions of the
 * record.  One version is newer than another when its vector covers the other's; when neither covers the other, two
 * people wrote at the same time, and the versions are merged from the newest one that both contain. */
#ifndef SYNC_VECTOR_H
#define SYNC_VECTOR_H

#include "app/service/app.h"
#include "sync/fhir/fhir.h"

#define FHIR_EDITED_URL "urn:cunyi:edited" /* the same: milliseconds; which of two edits is the later one */

enum { VECTOR_MAX = 64, VECTOR_DEVICE = 16, VECTOR_TEXT = VECTOR_MAX * (VECTOR_DEVICE + 20) };

#define VECTOR_COUNTY "county" /* in a vector: what strangers wrote, by the server's time */

struct vector {
	struct {
		char device[VECTOR_DEVICE];
		int64_t n;
	} c[VECTOR_MAX];
	size_t n;
};

/* False when it is none, or names more than VECTOR_MAX devices. */
bool vector_parse(struct vector *out, const char *text) MUST_CHECK;
/* Sorted by device. */
void vector_text(const struct vector *v, char out[VECTOR_TEXT]);
/* That of a device; 0 where it is not named. */
int64_t vector_number(const struct vector *v, const char *device);
/* The device's number becomes n if it is smaller.  False when there is no room for one more device. */
bool vector_raise(struct vector *v, const char *device, int64_t n) MUST_CHECK;
/* All that by contains, too.  False when there is no room for it: then v is as it was. */
bool vector_join(struct vector *v, const struct vector *by) MUST_CHECK;
/* Does a contain everything that b contains? */
bool vector_covers(const struct vector *a, const struct vector *b);

/* The device and revision of a stamp (sync_int.h); false for a stranger's. */
bool vector_of_stamp(struct vector *out, const char *stamp);

struct json_object;
/* What stands in a document; none where it is not to be understood. */
void vector_in_doc(const struct json_object *doc, struct vector *out);
bool vector_stands_in(const struct json_object *doc);
/* It says this one, and no other. */
void vector_put_into(struct json_object *doc, const struct vector *v);
void vector_take_off(struct json_object *doc);

/* ---- of our records ------------------------------------------------------------------------------------------------ */

/* Of a revision of a record, 0 = the newest; edited: as record_edited(), NULL when nobody asks. */
bool record_vector(struct app *app, int64_t record, int64_t revision, struct vector *out, int64_t *edited, struct err *err);
/* The newest revision that a version with this vector contains; 0: none. */
bool record_common(struct app *app, int64_t record, const struct vector *theirs, int64_t *revision, struct err *err);
/* The same, and the others that it contains and none of these does: they came from several sides, and nobody had the other before
 * him.  As far as the marks tell; the list belongs to mem. */
struct commons {
	int64_t newest, *beside;
	size_t n;
	bool lacks; /* record_lacks(), where somebody has asked */
};
bool record_commons(struct app *app, int64_t record, const struct vector *theirs, struct arena *mem, struct commons *out,
	struct err *err);
/* A version that ours (revision; 0 = the newest) and theirs contain may never have come here, as a later one of its author's did:
 * does it lie beyond the revision base (0: none)?  Of two that name nothing in common so it does, too: one record began once. */
bool record_lacks(struct app *app, int64_t record, int64_t revision, int64_t base, const struct vector *theirs, bool *lacks,
	struct err *err);
/* Inside a work: our revision says what this version says, which was written at that instant (0: nobody knows).  by: the document
 * in which its author marked it; his mark and his name go on with it (NULL: they are known elsewhere). */
bool record_learn(struct app *app, int64_t record, int64_t revision, const struct vector *v, int64_t edited,
	const struct json_object *by, struct err *err);
/* Inside a work: a program made that revision of ours of two versions, and nobody typed in it.  It is later than either by a
 * millisecond only: a merge of this evening does not win over the telephone that somebody typed at noon. */
bool record_joined(struct app *app, int64_t record, int64_t revision, struct err *err);
/* Inside a work: a revision says again what an earlier one says, and is that version. */
bool record_again(struct app *app, int64_t record, int64_t before, int64_t revision, struct err *err);
/* When a revision was written: by the clock of whoever wrote it, and always later than all that it contains, for that may come
 * from a clock that is ahead.  Which of two edits is the later one goes by this. */
bool record_edited(struct app *app, int64_t record, int64_t revision, int64_t *at, struct err *err);

#endif
