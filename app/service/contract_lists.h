/* Lists of contracts: to renew, run out, waiting for a signature, being given up, in force; of a village, a team, a package.
 * A township's list is long, so a list is ids only and rows are read as they are shown. */
#ifndef CUNYI_CONTRACT_LISTS_H
#define CUNYI_CONTRACT_LISTS_H

#include "app/base/i18n.h"
#include "app/service/app.h"

enum contract_which {
	CONTRACTS_TO_RENEW, /* end within the window, nothing follows */
	CONTRACTS_EXPIRED,  /* ended, nothing follows */
	CONTRACTS_PENDING,
	CONTRACTS_ENDING,   /* somebody asked to end it */
	CONTRACTS_IN_FORCE,
	CONTRACTS_WHICH_COUNT
};
extern const struct contract_list {
	const char *name; /* of `cunyi contract list NAME` */
	struct term term;
} contract_lists[CONTRACTS_WHICH_COUNT];

struct contract_query {
	enum contract_which which;
	int64_t village, team; /* rows, 0 = all */
	const char *package;   /* code, NULL = all */
};

/* Rows of contracts, those that end first standing first.  The caller frees *ids. */
bool contract_ids(struct app *app, const struct contract_query *q, int64_t **ids, size_t *n, struct err *err);

struct contract_line {
	const char *id, *start, *end, *status, *packages, *team;
	const char *resident, *name, *sex, *village, *group, *phone, *phone_owner;
	int age;
	int32_t born;
	int32_t days_over; /* > 0: ended so many days ago */
};
bool contract_line(struct app *app, int64_t row, struct arena *mem, struct contract_line *out, struct err *err);

#endif
