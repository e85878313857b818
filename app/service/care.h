/* Who is visited at home and through whose telephone he is reached (app/clinic/care.h), from what is stored. */
#ifndef CUNYI_SERVICE_CARE_H
#define CUNYI_SERVICE_CARE_H

#include "app/clinic/care.h"
#include "app/service/record.h"

/* *why: NULL when nothing says that he needs a carer. */
bool care_read(struct app *app, const struct record *resident, const struct term **why, struct err *err);

/* Whom to call.  Texts are the record's. */
struct care_call {
	const char *number;      /* NULL: none is known */
	const char *other;       /* the other one of the two; NULL */
	const char *carer;       /* his contact's name, when the number is that one's; NULL: it is his own, or nobody's name */
	bool of_carer;
	const struct term *why;  /* as of care_read() */
};
/* The number that is called: his own; or his carer's, when he has none or can hardly be spoken with.  row: the resident's; of
 * his record phone, contact_phone, contact_name and disability are read. */
bool care_call(struct app *app, int64_t row, const struct record *resident, struct care_call *out, struct err *err);
/* "10000007711 家属 李大山"; name may be NULL. */
void care_words(const char *carer_phone, const char *name, struct sbuf *out);

#endif
