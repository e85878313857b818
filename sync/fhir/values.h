/* Inside sync/fhir: one value <-> one FHIR primitive. */
#ifndef SYNC_FHIR_VALUES_H
#define SYNC_FHIR_VALUES_H

#include "app/clinic/record.h"

enum fhir_shape { FHIR_EXTENSION, FHIR_ANSWER };

/* Adds "valueX" to holder.  code: one of the codes of a V_CODES, else NULL. */
void fhir_put_value(struct json_object *holder, const struct field *f, const struct value *v, const char *code,
	enum fhir_shape shape);

/* Reads the "valueX" of holder; text lives in mem.  False when there is none, of another type, or it does not pass the
 * field's checks.  For V_CODES it gives one code. */
bool fhir_get_value(const struct json_object *holder, const struct field *f, struct arena *mem, struct value *out);

/* Calls with every code of a V_CODES: "2", then "6". */
const char *fhir_next_code(const char **rest, char *out, size_t size);

#endif
