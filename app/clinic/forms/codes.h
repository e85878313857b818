/* Code lists that several forms share, beside those of forms.h. */
#ifndef CUNYI_FORMS_CODES_H
#define CUNYI_FORMS_CODES_H

#include "app/clinic/forms/forms.h"

extern const struct code none_some_codes[];  /* 1 none, 2 some: what the paper prints for histories and reactions */
extern const struct code informant_codes[];  /* 1 the person, 2 a relative: a relative's report has no readings */
extern const struct code place_codes[];      /* 1 clinic 2 home 3 market 4 examination site 5 telephone */
extern const struct code relation_codes[];   /* GB/T 4761: 0 head of household, 1 spouse ... */
extern const struct code document_codes[];   /* CV02.01.101: 01 resident identity card ... 99 */
extern const struct code identifier_codes[]; /* the same, and 21 birth certificate ... 24 file number, 90 temporary */
extern const struct code ethnicity_codes[];  /* GB/T 3304: 01-56, 97 other (with its name), 98 */
extern const struct code staff_role_codes[]; /* 1 village doctor ... */
extern const struct code service_item_codes[]; /* what a contract promises: 1 health file ... 13 vaccination */
extern const struct code lost_how_codes[];     /* 1 telephone 2 at home 3 family, neighbours ... */
extern const struct code service_per_codes[];  /* how often: 1 in the whole term, 2 a year ... 5 a month */
extern const struct code key_group_codes[];    /* the keys of keygroup.h */
extern const struct code sign_method_codes[];  /* 1 signature 2 thumb print 3 electronic */

#endif
