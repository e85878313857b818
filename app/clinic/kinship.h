/* Relations to the head of a household (GB/T 4761, first digit) when the household gets another head. */
#ifndef CUNYI_KINSHIP_H
#define CUNYI_KINSHIP_H

#include "app/base/base.h"

/* What a member is to the new head.  new_head and member: what they were to the old head ("0" the old head himself); sex of
 * the member: code of GB/T 2261.1.  NULL where it cannot be told (a grandchild may be the new head's child or nephew). */
const char *kinship_to(const char *new_head, const char *member, const char *member_sex);

#endif
