/* Tables of elements: which field of a form stands where in a resource. */
#ifndef SYNC_FHIR_MAP_H
#define SYNC_FHIR_MAP_H

#include "app/clinic/record.h"

enum fhir_as {
	AS_TEXT,      /* a string: text, date, time, code as it is */
	AS_NUMBER,    /* a number */
	AS_REFERENCE, /* {"reference":"Type/id"} by the field's kind */
	AS_PAIRS,     /* a code by a table of pairs; what it cannot tell apart travels as an extension too */
	AS_CONCEPT,   /* a CodeableConcept whose coding has `system` and the same code; display from the field's table */
	AS_OTHER,     /* the kind's own functions do it; the table only says that it is no extension */
};

struct fhir_pair {
	const char *ours, *fhir; /* of several with the same fhir the first is taken for a stranger's */
};

struct fhir_map {
	const char *key, *path;
	enum fhir_as as;
	const char *system;            /* AS_CONCEPT; of AS_PAIRS: then the element is a CodeableConcept */
	const struct fhir_pair *pairs; /* AS_PAIRS; ends with NULLs */
};

/* Does the element alone carry this value, so that no extension is needed? */
bool fhir_map_carries(const struct fhir_map *maps, const struct field *f, const struct value *v);
/* Can an extension carry it at all? */
bool fhir_map_extends(const struct fhir_map *maps, const struct field *f);

void fhir_write_maps(const struct fhir_map *maps, const struct record *rec, struct json_object *doc);
/* Empties what the document lacks.  Returns how many values did not fit. */
size_t fhir_read_maps(const struct fhir_map *maps, const struct json_object *doc, struct record *rec);

/* The other side of a table of pairs; NULL when it is not in it. */
const char *fhir_pair_to(const struct fhir_pair *pairs, const char *ours);
const char *fhir_pair_from(const struct fhir_pair *pairs, const char *fhir);

#endif
