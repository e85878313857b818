/* A referral written from what is known: the follow-up that asked for it, the resident's file, who writes.  Everything is
 * a proposal that the doctor reads and changes. */
#ifndef CUNYI_REFERRAL_LETTER_H
#define CUNYI_REFERRAL_LETTER_H

#include "app/service/record.h"

/* Fills the empty fields of a new referral: reasons, urgency, impression, present illness, past history, treatment, the
 * writer and his telephone, the family; the institution of the last referral written here.  followup NULL: today's visit
 * first, then the newest follow-up of the last two weeks, if any; *used (may be NULL) gets it, NULL when there was none. */
bool referral_prefill(struct app *app, struct record *rec, const char *followup, struct record **used, struct arena *mem,
	struct err *err);

#endif
