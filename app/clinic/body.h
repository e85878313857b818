/* Body mass index and alcohol, in whole-number arithmetic: 24.00 must be 24.00 on every machine.
 * "milli" is a thousandth of the unit that the form shows: 61.5 kg = 61500.  Measures up to BODY_MILLI_MAX. */
#ifndef CUNYI_BODY_H
#define CUNYI_BODY_H

#include "app/base/base.h"
#include "app/clinic/field.h"

enum { BODY_MILLI_MAX = 1000000 };

enum bmi_class { BMI_UNDER, BMI_NORMAL, BMI_OVERWEIGHT, BMI_OBESE };

/* kg/m2 in hundredths, halves rounded up, for the eye.  0 when a measure is missing (0 or less). */
int32_t bmi_hundredths(int64_t kg_milli, int64_t cm_milli);

/* By the unrounded value.  False when a measure is missing. */
bool bmi_class_of(int64_t kg_milli, int64_t cm_milli, enum bmi_class *out);

/* The same for an index that is given as such, in thousandths. */
enum bmi_class bmi_class_of_index(int64_t bmi_milli);

const char *bmi_class_name(enum bmi_class c);        /* "overweight" */
/* The same in words, for fields of hundredths. */
extern const struct meaning bmi_meanings[];

/* Alcohol as liquor: beer / 10, red wine / 4, yellow wine / 5. */
struct drink {
	const char *key; /* "red_wine" */
	struct term name;
	int divisor;
};
const struct drink *drink_by_key(const char *key); /* NULL if there is none */

/* liang (50 g) of this drink, in thousandths, as liang of liquor in tenths, halves rounded up. */
int64_t alcohol_liang_tenths(const struct drink *drink, int64_t liang_milli);

#endif
