/* Records <-> FHIR R4 resources.  A record is one main resource, from which it is read back, and others derived from it
 * (a follow-up: QuestionnaireResponse, and Encounter and Observations for those who look for these).  Every kind is one
 * file here: a table of elements, and a function each way for what no table can say.
 *
 * What our encoder does not know is not its business: the server's document is kept where it holds more than we would
 * write, and our edits are grafted onto it (doc.h). */
#ifndef SYNC_FHIR_H
#define SYNC_FHIR_H

#include "app/clinic/kind.h"
#include "app/clinic/record.h"

enum {
	FHIR_SET_MAX = 40, /* resources of one record; also the most a change group may hold */
	FHIR_STAMP_LEN = 64,
};

#define FHIR_STAMP_URL "urn:cunyi:sync-stamp"
/* Extension of a main resource in a file, and at the county where the mark of its author does not say it all: what came to him
 * by stick or by the hub. */
#define FHIR_VECTOR_URL "urn:cunyi:stick-vector"
#define FHIR_STATE_URL "urn:cunyi:state" /* extension of a main resource: "void", "merged" */
#define FHIR_REASON_URL "urn:cunyi:reason" /* beside it: why, as somebody typed it */
#define FHIR_AUTHOR_URL "urn:cunyi:author" /* of a main resource that this program wrote: the name of who saved that version */
#define FHIR_SCOPE     "urn:cunyi:scope"
#define FHIR_SCOPE_BEFORE "urn:cunyi:scope-before" /* tag of a Patient: a township where he lived; records of him bear it */
#define FHIR_KIND      "urn:cunyi:kind" /* tag of visits, so that they are found among other Encounters */

/* Which of a record's resources it is.  Stored, and part of the derived ids: never changed, never reused. */
enum fhir_role {
	ROLE_MAIN = 0,
	ROLE_ENCOUNTER = 1,
	ROLE_CONDITION = 2,
	ROLE_TASK = 3,
	ROLE_CARE_TEAM = 4,
	ROLE_PRACTITIONER_ROLE = 5,
	ROLE_FOREIGN_TASK = 6, /* somebody else's Task about our referral: read, never written */
	ROLE_BMI = 7,
	ROLE_BP = 10,
	ROLE_HEART_RATE = 11,
	ROLE_WEIGHT = 12,
	ROLE_WAIST = 13,
	ROLE_TEMPERATURE = 14,
	ROLE_SPO2 = 15,
	ROLE_GLUCOSE = 16,
	ROLE_HBA1C = 17,
	ROLE_RESPIRATION = 18,
	ROLE_HEIGHT = 19,
	ROLE_DIAGNOSIS = 20, /* + number in the list */
	ROLE_ALLERGY = 40, /* + code */
	ROLE_FAMILY = 60,  /* + relative */
	ROLE_PRESCRIPTION = 70, /* + number in the list */
	ROLE_MAX = 100,
};

struct fhir_resource {
	const char *type;
	char id[RECORD_ID_MAX + 1];
	unsigned role;
	struct json_object *doc;
};

struct fhir_set {
	struct fhir_resource r[FHIR_SET_MAX]; /* the main one first */
	size_t n;
};
void fhir_set_release(struct fhir_set *set);
#define AUTO_FHIR_SET __attribute__((cleanup(fhir_set_release)))

struct fhir_options {
	const char *stamp; /* NULL: none (for comparing) */
	const char *scope; /* code of the scope tag, or NULL */
	const char *by;    /* code of a second one, "" or NULL */
	const char *before; /* codes of the main resource's tags FHIR_SCOPE_BEFORE, with commas between, or NULL */
	const char *reason; /* why it is void or merged, or NULL */
	bool practice;     /* meta.security HTEST */
	bool alone;         /* without what is derived from it; only a referral's Task, half of it, comes along */
};

/* All resources of a record.  A void or merged one becomes entered-in-error or inactive. */
void fhir_encode(enum kind_id kind, const struct record *rec, const struct fhir_options *options, struct fhir_set *out);

/* Turns a resource into its withdrawn form: entered-in-error, or inactive where there is no such status. */
void fhir_withdraw(struct json_object *doc);

/* Is it the main resource of a record, of ours or of a kind that we take from others too?  variant gets the programme
 * of a follow-up, else "". */
bool fhir_recognise(const struct json_object *doc, enum kind_id *kind, char *variant, size_t size);

/* Reads a main resource (or the Task of a referral) into rec, which holds the version that it continues, or nothing.
 * What the document cannot tell stays as it is.  Returns how many values did not fit their fields; those stay as well. */
size_t fhir_decode(enum kind_id kind, const struct json_object *doc, struct record *rec);

/* Why it is void or merged; NULL when it is neither, or does not say. */
const char *fhir_reason_of(const struct json_object *doc);

/* The record whose answer this Task is: the id of its ServiceRequest; NULL for any other resource. */
const char *fhir_answers(const struct json_object *doc);

/* Tags of a township, of others that have to do with it, and of those before it; lists with commas between, or NULL. */
void fhir_add_scope(struct json_object *meta, const char *code, const char *by, const char *before);

/* The types that a round downloads, references before referents; ends with NULL. */
extern const char *const fhir_types[];

const char *fhir_main_type(enum kind_id kind);
/* The id of a derived resource. */
void fhir_derived_id(const char *uid, unsigned role, char out[RECORD_ID_MAX + 1]);

/* NULL when the document bears none. */
const char *fhir_stamp_of(const struct json_object *doc);
void fhir_set_stamp(struct json_object *doc, const char *stamp);

/* NULL when the document does not say.  name NULL: nobody is known, and what stood there is taken off. */
const char *fhir_author_of(const struct json_object *doc);
void fhir_set_author(struct json_object *doc, const char *name);

/* A real clinic refuses what a practice clinic wrote. */
bool fhir_is_practice(const struct json_object *doc);

/* A number for the content as far as it matters: equal for documents that mean the same, whatever their versions and
 * stamps. */
int64_t fhir_hash(const struct json_object *doc);
bool fhir_same_content(const struct json_object *a, const struct json_object *b);

#endif
