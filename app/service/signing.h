/* Signing several contracts in one go: a household's in one change group, a village's renewals one after the other. */
#ifndef CUNYI_SIGNING_H
#define CUNYI_SIGNING_H

#include "app/service/contract_steps.h"

/* What can be done for one member of a household today. */
enum signing_state {
	SIGNING_NEW,    /* has no contract */
	SIGNING_RENEW,  /* has one that is to be renewed, or that ran out */
	SIGNING_HAS,    /* has one that runs on, or one that waits for its signature */
	SIGNING_NOBODY, /* died, moved away, lost */
};

struct candidate {
	const char *resident, *name, *sex;
	int age;
	int32_t born;
	const char *groups;               /* key groups in words, "" */
	enum signing_state state;
	const char *until;                /* of the contract there is, "" */
	char contract[RECORD_ID_MAX + 1]; /* the one that is renewed; "" */
	char running[RECORD_ID_MAX + 1];  /* the one that runs on or waits; "" */
	char made[RECORD_ID_MAX + 1];     /* the one that was signed now; "" */
	char packages[96];                /* codes: proposed, the caller may change them */
	bool chosen;                      /* proposed; the caller may change it */
	char fault[352];                  /* of the last try, "" */
	char warning[352];                /* of the one that was signed: the team carries more than it can; "" */
};

/* The members of a household, the eldest first, each with what the key groups propose. */
bool signing_household(struct app *app, int64_t household, struct arena *mem, struct candidate **out, size_t *n,
	struct err *err);

/* Signs for all that are chosen, with the team of whoever works, in one change group: all or none.  Refused: the faults
 * stand at the people they concern. */
bool signing_sign(struct app *app, struct candidate *v, size_t n, const struct contract_terms *terms, size_t *signed_,
	struct err *err);

/* Renews one contract of a list (its row), a save of its own; made gets the id of the new one. */
bool signing_renew(struct app *app, int64_t contract, const struct contract_terms *terms, char made[RECORD_ID_MAX + 1],
	struct err *err);

/* One that waited for its signature (its row) has it now, a save of its own; made gets its id. */
bool signing_signed(struct app *app, int64_t contract, const struct contract_terms *terms, char made[RECORD_ID_MAX + 1],
	struct err *err);

#endif
