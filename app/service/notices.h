/* Report cards of notifiable diseases: made by the visit that finds one, on the work list until they are logged as
 * reported. */
#ifndef CUNYI_SERVICE_NOTICES_H
#define CUNYI_SERVICE_NOTICES_H

#include "app/service/record.h"

/* Makes the cards that a visit asks for, in its change group: one for each notifiable diagnosis, confirmed or suspected,
 * that has none yet.  row is the visit's.  A disease that stays (hepatitis B, tuberculosis ...) is reported once; of the
 * others a case within a month of the last is the same case. */
bool notices_of_visit(struct app *app, const struct record *visit, int64_t row, struct err *err);

/* What the file says of whom the card is about: name, number, sex, birth, telephone, workplace, address; only where the card
 * says nothing yet. */
bool notice_fill_person(struct app *app, struct record *card, struct err *err);

/* The cards of a visit are about whom the visit is about: joined to a file, or moved to another person, they follow. */
bool notices_follow(struct app *app, const struct record *visit, int64_t row, struct err *err);

#endif
