/* Inside sync/fhir: what a kind's file declares, and helpers to write resources. */
#ifndef SYNC_FHIR_INT_H
#define SYNC_FHIR_INT_H

#include "app/base/json.h"
#include "app/base/mem.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fhir.h"
#include "sync/fhir/map.h"

struct encoder {
	const struct record *rec;
	struct fhir_set *set;
};

struct fhir_kind {
	enum kind_id kind;
	const char *type;
	const struct fhir_map *maps; /* elements of the main resource; ends with a NULL key */
	const char *tag;             /* of the main resource, or NULL */
	bool whole_form;             /* values are items of a questionnaire, not extensions */
	bool from_anybody;           /* taken from other programs too, not only with our form's extension */
	/* What no table can say.  Any may be NULL. */
	void (*write)(const struct record *rec, struct json_object *doc);
	void (*read)(const struct json_object *doc, struct record *rec);
	void (*refer)(struct encoder *enc); /* what the main resource says of derived ones, written whether those are or not */
	void (*derive)(struct encoder *enc);
};

extern const struct fhir_kind fhir_resident, fhir_household, fhir_staff, fhir_team, fhir_organisation, fhir_contract,
	fhir_enrolment, fhir_followup, fhir_visit, fhir_exam, fhir_referral, fhir_dispute;
/* A Task about a dispute is no answer to a referral, though a referral be what it is about. */
bool fhir_is_dispute(const struct json_object *doc);

/* Of every kind that has none of its own (basic.c). */
extern const struct fhir_kind fhir_basic;
/* The kind of a Basic that one of our programs wrote; KIND_NONE for any other. */
enum kind_id fhir_basic_kind(const struct json_object *doc);

/* A derived resource, with its id and a reference to the patient at `subject` (NULL: none).  Borrowed. */
struct json_object *encoder_add(struct encoder *enc, const char *type, unsigned role, const char *subject);
/* "Type/id" of a derived resource of this record as a reference. */
struct json_object *encoder_reference(const struct encoder *enc, const char *type, unsigned role);

/* The main resource names a derived Condition as its diagnosis. */
void encoder_diagnosis(const struct encoder *enc, unsigned role);

/* An Encounter of a service: class by mode and place, date, doctor. */
void encounter_fill(const struct record *rec, struct json_object *doc, const char *mode);

/* Observations for the vital signs that the record has; encounter: role of its Encounter. */
void observations_of(struct encoder *enc, unsigned encounter, bool of_followup);

/* Reads the Task of a referral: its state and the hospital's answer. */
void referral_read_task(const struct json_object *task, struct record *rec);

#endif
