/* What a contract promises and what of it was done.  Packages bring their usual items (packages.h); the doctor may change
 * them.  Items that records prove are counted from them, never typed: health file, examination, follow-up, guidance. */
#ifndef CUNYI_CONTRACT_PLAN_H
#define CUNYI_CONTRACT_PLAN_H

#include "app/service/record.h"

/* Fills a new contract's record: the only team (or the one the doctor leads), today; where the resident has a contract,
 * the renewal of it: the day after its end, the same team, packages, items.  *renews tells which of the two; old may be
 * NULL, else gets the contract that ends.  After one that was given up it is a new one with the same in it. */
bool contract_prefill(struct app *app, struct record *rec, bool *renews, struct record **old, struct arena *mem,
	struct err *err);

/* How many days before its end a contract may be renewed: the setting `renewal_days`, 30 when it says nothing. */
enum { CONTRACT_WINDOW_MAX = 366 };
int contract_window(struct app *app);

/* The contract in force today that is not yet to be renewed (nothing follows it and its end is further than the window):
 * its id, or "". */
bool contract_running(struct app *app, const char *resident, char out[RECORD_ID_MAX + 1], struct err *err);

/* The two parts of it for others: the next contract with the same team, or with another one that is still to be chosen. */
void contract_renewal(struct app *app, struct record *rec, const struct record *old);
void contract_handover(struct app *app, struct record *rec, const struct record *old);

struct fulfilment_item {
	const char *code;        /* of the item */
	const struct term *term;
	int64_t planned, done;   /* done is not cut at planned */
	bool counted;            /* from records; false: nothing here proves it */
};
enum { FULFILMENT_MAX = 30 };
struct fulfilment {
	struct fulfilment_item item[FULFILMENT_MAX];
	size_t n;
	int64_t planned, done; /* sums, an item counted up to what was planned */
};

/* What was done of it up to today. */
bool contract_fulfilment(struct app *app, const struct record *contract, struct fulfilment *out, struct err *err);

/* "6/9 随访3/4 体检1/1": the sum and its counted items. */
void contract_fulfilment_text(const struct fulfilment *f, struct sbuf *out);

#endif
