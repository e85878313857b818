/* Diagnoses of a village clinic: the commonest codes of ICD-10 (GB/T 14396) with their names, found by code, by hanzi or
 * by pinyin.  Not the whole classification: a diagnosis that is not here is typed as text, with any code of the right
 * shape.  Symptoms (R00-R99) are left out on purpose, the outpatient log wants diseases. */
#ifndef CUNYI_ICD10_H
#define CUNYI_ICD10_H

#include "app/base/base.h"
#include "app/base/i18n.h"

struct icd10 {
	const char *code;  /* "I10", "J06.9" */
	struct term term;
	const char *alias; /* what people say, separated by commas: "普通感冒,感冒"; "" = nothing else */
	uint8_t rarity;    /* 1 daily, 2 weekly, 3 seldom in a village clinic */
};
extern const struct icd10 icd10_list[];
extern const size_t icd10_count;

enum { ICD10_CODE_MAX = 12 };

/* Shape of a code: "A00" to "Z99", then "." and up to eight letters and digits ("I10.x00x002", "E11.900"). */
bool icd10_is_shaped(const char *code);
/* R00 to R99: a symptom or finding, no disease. */
bool icd10_is_symptom(const char *code);

/* The entry of a code, or of the nearest code above it: "I10.x00" finds I10.  NULL when there is none. */
const struct icd10 *icd10_by_code(const char *code);

/* The entry with exactly this name, in either language, or alias; NULL when there is none. */
const struct icd10 *icd10_named(const char *text);

/* Entries for what was typed so far: a code ("j06"), hanzi ("支气管"), pinyin or initials ("gxy", "ganmao"), an English
 * word; best first, then the commonest.  An empty query gives the daily ones.  Returns how many (at most max). */
size_t icd10_find(const char *query, const struct icd10 *out[], size_t max);

#endif
