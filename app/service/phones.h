/* What is known of a resident's telephone: whose it is, when somebody last got through, whether it works at all.  Every
 * contact says it again. */
#ifndef CUNYI_PHONES_H
#define CUNYI_PHONES_H

#include "app/service/record.h"

enum phone_result {
	PHONE_REACHED, /* the number is right: verified today */
	PHONE_DEAD,    /* out of service */
	PHONE_WRONG,   /* somebody else's */
};

/* Notes it in the record's values; the caller stores them.  owner: code of the form ("3" a child), NULL leaves it. */
void phone_mark(struct record *resident, enum phone_result result, const char *owner, int32_t today);

/* Notes it and saves.  Nothing happens to somebody who has no number. */
bool phone_result(struct app *app, const char *resident, enum phone_result result, const char *owner, struct err *err);

/* Inside a work.  He was spoken to by telephone that day: the number works, and was verified then unless it was later. */
bool phone_heard(struct app *app, const char *resident, int32_t day, struct err *err);

#endif
