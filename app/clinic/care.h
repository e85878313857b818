/* Who can hardly come to the clinic or speak on the telephone, as far as the records tell: the blind, the deaf, the demented, who
 * depends on others for everything.  He is visited at home, and for all but the blind it is the carer who is called: the contact
 * on file. */
#ifndef CUNYI_CARE_H
#define CUNYI_CARE_H

#include "app/clinic/record.h"

/* Why, from his file and his last examination (either may be NULL); NULL when nothing says so.
 * *phones: all the same he is telephoned himself; true also when there is no reason. */
const struct term *care_needed(const struct record *resident, const struct record *exam, bool *phones);

#endif
