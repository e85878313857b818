/* Numbers with decimal places, between the sources of field.h. */
#ifndef CUNYI_FIELD_INT_H
#define CUNYI_FIELD_INT_H

#include "app/clinic/field.h"

extern const int64_t field_pow10[];
/* Decimal places of a number of this field: money has two. */
unsigned field_places(const struct field *f);
/* 615 with one place is "61.5". */
void field_scaled(int64_t num, unsigned places, struct sbuf *out);

#endif
