/* Notifiable infectious diseases: the national list with both names, class, the days from which a rule holds, the hours
 * within which a case is reported, and the ICD-10 codes they are coded with.  We remind and log; the report itself goes to
 * the national system or by card to the township. */
#ifndef CUNYI_NOTIFIABLE_H
#define CUNYI_NOTIFIABLE_H

#include "app/clinic/field.h"

struct notifiable_rule {
	const char *key;        /* of the disease: "hepatitis_b"; stored, never changed */
	char class_;            /* 'A' 'B' 'C' */
	uint8_t hours;          /* class A and "B as A" 2, others 24 */
	const char *from, *to;  /* days it holds, both included; to NULL: still */
	const char *source;
};

/* The diseases as codes of a form, ends with { .code = NULL }. */
extern const struct code notifiable_codes[];

/* The rule of a disease on a day; NULL: not notifiable then, or no such disease. */
const struct notifiable_rule *notifiable_rule_on(const char *key, int32_t day);

/* The disease of a diagnosis, by its code, else by its words ("疑似麻疹"); NULL when it is none that is notifiable on that
 * day.  The code of a disease that no rule names counts more than words. */
const char *notifiable_of(const char *icd10, const char *text, int32_t day);

/* The key of a disease told by its key, its Chinese or its English name in either spelling ("gonorrhea"), or by another name of
 * the lists ("乙肝"); NULL: no such disease. */
const char *notifiable_by_name(const char *text);

/* A diagnosis without a code that is none of them as it stands, but is another name of one, or misses a name by one character
 * (手足口并, 麻诊, "measels"): to be asked about.  NULL: it is not, or that disease is not notifiable on that day. */
const char *notifiable_like(const char *icd10, const char *text, int32_t day);

/* A disease asks for acute or chronic on the card: hepatitis B, C and schistosomiasis. */
bool notifiable_has_course(const char *key);

/* "2026-03-11T01:30": the report's last minute, for a case (a suspected one, too) diagnosed on day at minute (0-1439).
 * Nights and holidays count.  False when the disease is not notifiable then. */
enum { NOTIFIABLE_TIME_LEN = 20 };
bool notifiable_deadline(const char *key, int32_t day, int minute, char out[NOTIFIABLE_TIME_LEN]);

#endif
