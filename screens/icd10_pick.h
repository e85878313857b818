/* The popup that picks a diagnosis; arg: what was typed so far (const char *), or NULL.  answer.text is the code. */
#ifndef CUNYI_ICD10_PICK_H
#define CUNYI_ICD10_PICK_H

#include "screens/kit/loop.h"

extern const struct screen icd10_screen;

#endif
