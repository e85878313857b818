/* How contracts that are made in one go were signed: asked once for all of them. */
#ifndef CUNYI_SIGNING_TERMS_H
#define CUNYI_SIGNING_TERMS_H

#include "app/service/contract_steps.h"
#include "screens/screens.h"

/* Asks; the answer's choice goes to signing_terms_of().  may_wait: not signed yet is an answer too. */
unsigned signing_terms_ask(struct ui *ui, int tag, size_t n, bool may_wait);
struct contract_terms signing_terms_of(int64_t choice);

#endif
