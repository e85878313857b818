/* What stands on a signed agreement so that paper and record can be laid side by side.
 *
 * Number 协议编号: "QY2026-00-000017", of the year in which it was signed, the device that saved it first, a serial of that
 * device for that year: two devices never give out the same one.  It is read to the resident and written on the paper.
 * Short code 协议码: "7KQM-2F4D", made from what was agreed on: institution, number, resident, team, term, packages, fee.
 * Whoever reads it out by telephone tells at once whether the paper in his hand says what the record says: another end,
 * another package, another person give another code.  States (renewed, ended) do not change it.
 * QR code: "CUNYI-QY:" institution ":" number ":" short code.  Nothing of the person is in it.
 * There is no national rule for such a code (the ministry's list of items for a signed agreement has its number and the code
 * that the resident's app shows); a county that gives out its own numbers writes them as the paper number. */
#ifndef CUNYI_CONTRACT_CODE_H
#define CUNYI_CONTRACT_CODE_H

#include "app/service/record.h"

enum { CONTRACT_CODE_MAX = 96, CONTRACT_SHORT = 10 };

struct contract_code {
	const char *number;           /* of the record, "" when it has none yet */
	char short_[CONTRACT_SHORT];  /* "7KQM-2F4D" */
	char qr[CONTRACT_CODE_MAX];
};

/* Only an agreement that was saved has codes: false for a new one. */
bool contract_code(struct app *app, const struct record *contract, struct contract_code *out);

/* Inside a work: the number of a new contract that was signed on a day. */
bool contract_number(struct app *app, int32_t day, char *out, size_t size, struct err *err);

/* What a scanner read, or somebody reads out: the QR code's text, the number, or the number and the short code after a blank
 * or colon. */
enum contract_match {
	CONTRACT_UNKNOWN,   /* no such agreement here */
	CONTRACT_SAME,      /* and it says what the record says */
	CONTRACT_DIFFERENT, /* the record says something else now */
	CONTRACT_NUMBER,    /* known; no short code was given */
};
/* Does the text begin as such a number or code does? */
bool contract_is_named(const char *text);
/* id gets the contract's, "" when it is unknown. */
bool contract_find(struct app *app, const char *text, char id[RECORD_ID_MAX + 1], enum contract_match *match, struct err *err);

#endif
