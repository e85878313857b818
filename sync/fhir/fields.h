/* Values of a form <-> FHIR, driven by the field tables alone.  Two shapes:
 *   - extensions "urn:cunyi:field:<key>" for what a resource has no element for;
 *   - items of a QuestionnaireResponse (linkId = key) for whole forms.
 * What a table gains later travels without a line here. */
#ifndef SYNC_FHIR_FIELDS_H
#define SYNC_FHIR_FIELDS_H

#include "app/clinic/record.h"
#include "sync/fhir/map.h"

#define FHIR_FIELD_URL "urn:cunyi:field:"
#define FHIR_FORM_URL  "urn:cunyi:form" /* extension: "resident|2017"; by it a main resource of ours is known */

/* The resource type that a reference to this kind names: "Patient" for "resident"; NULL for none. */
const char *fhir_type_of_ref(const char *kind);

/* Adds one extension for every value that is not empty and that no element of `maps` carries, and the form's own. */
void fhir_write_fields(struct json_object *doc, const struct record *rec, const struct fhir_map *maps);

/* Sets the fields from the extensions.  A document that bears our form's extension decides about all of them: what it
 * lacks is emptied.  In any other document (written by a program that does not know them) what is missing stays.
 * Values that do not fit their field are left as they were and counted. */
size_t fhir_read_fields(const struct json_object *doc, struct record *rec, const struct fhir_map *maps);

/* "resident" and "2017" of the form's extension into code (size bytes); false when there is none. */
bool fhir_form_of(const struct json_object *doc, char *code, size_t size);

/* The items of a QuestionnaireResponse and back; returns how many values did not fit. */
void fhir_write_items(struct json_object *doc, const struct record *rec);
size_t fhir_read_items(const struct json_object *doc, struct record *rec);

#endif
