/* The 17-digit number of a health file: county 6, township 3, village 3, serial 5.  There is no check digit.
 * The cover prints all seventeen; every other form the last eight, people say them as "101-00017".  Who takes the next
 * serial is settled where residents are saved (app/service/residents.c). */
#ifndef CUNYI_HEALTHCODE_H
#define CUNYI_HEALTHCODE_H

#include "app/base/base.h"

enum { HEALTH_CODE_LEN = 18, HEALTH_CODE_SHORT_LEN = 10 };

enum health_code_reason { HEALTH_CODE_FINE, HEALTH_CODE_LENGTH, HEALTH_CODE_CHARSET, HEALTH_CODE_SERIAL_ZERO };
enum village_kind { VILLAGE_UNKNOWN, VILLAGE_RESIDENT_COMMITTEE, VILLAGE_COMMITTEE, VILLAGE_OTHER_ORG };

struct health_code {
	enum health_code_reason reason;
	char norm[HEALTH_CODE_LEN];           /* the seventeen digits, "" when rejected */
	char county[7], township[4], village[4], serial[6];
	char brief[HEALTH_CODE_SHORT_LEN];    /* "101-00017" */
	enum village_kind kind;               /* VILLAGE_UNKNOWN is a warning, not an error */
};

/* Blanks, hyphens and full-width digits are forgiven.  False when it is no number; reason says why. */
bool health_code_parse(const char *text, struct health_code *out);

/* Stable words for golden cases and --json. */
const char *health_code_reason_name(enum health_code_reason reason);
const char *village_kind_name(enum village_kind kind);

/* A sentence in the present language for reason, NULL for HEALTH_CODE_FINE. */
const char *health_code_sentence(enum health_code_reason reason);

#endif
