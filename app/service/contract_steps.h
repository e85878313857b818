/* What happens to a contract after it was written: signed, refused, given up, handed over, renewed.  Each step is an event
 * of the state table (app/clinic/states.h) and a version of its own in the history; a step that the state does not take is
 * refused with a sentence. */
#ifndef CUNYI_CONTRACT_STEPS_H
#define CUNYI_CONTRACT_STEPS_H

#include "app/service/records.h"

/* Who gives it up: the two reasons are kept apart. */
enum ending_side { ENDED_BY_NOBODY, ENDED_BY_RESIDENT, ENDED_BY_DOCTOR };

struct contract_event {
	const char *name;  /* of the state table, and of `cunyi contract NAME ID` */
	struct term term;
	bool reason, side; /* which it needs */
};
extern const struct contract_event contract_events[];
extern const size_t contract_event_count;
/* NULL when there is none. */
const struct contract_event *contract_event_of(const char *name);

/* Which events the contract takes today, in the order of the table; out has room for contract_event_count. */
size_t contract_events_for(struct app *app, const struct record *contract, const struct contract_event **out);

struct contract_act {
	const char *event;
	enum ending_side side;
	const char *reason; /* NULL: none */
	int32_t day;        /* when it ended, was signed; NO_DAY: today */
	const char *signed_by, *sign_method; /* of "sign": codes of the form; NULL: as the sheet says */
	bool guardian; /* of "sign": of a child who cannot sign, his family did */
};
/* "sign" is refused while the sheet does not say who signed and how. */
bool contract_act(struct app *app, const char *id, const struct contract_act *act, struct arena *mem,
	struct save_result *result, struct err *err);

/* What an agreement still lacks before it is in force: who signed it and in which way.  The labels go to words (or NULL) with
 * commas between; the key of the first one, NULL when it is signed. */
const char *contract_unsigned(const struct record *contract, struct sbuf *words);

/* How contracts that are made in one go are signed. */
struct contract_terms {
	int years;                           /* 0: as before, else one */
	const char *signed_by, *sign_method; /* codes of the form; NULL: left open */
	bool guardian;                       /* of children who cannot sign, their families did */
	bool pending;                        /* it is only printed now and waits for the signature */
};
bool contract_take_terms(struct app *app, struct record *contract, const struct contract_terms *terms, struct err *err);

/* Renews a contract from the day after its end, with its team, packages and items. */
bool contract_renew(struct app *app, const char *id, const struct contract_terms *terms, const struct save_options *o,
	struct arena *mem, struct save_result *result, struct err *err);

/* Hands the resident over to another team from a day on (NO_DAY: today): a new contract; the old one ends. */
struct contract_transfer {
	const char *team, *doctor; /* ids; doctor may be NULL */
	int32_t day;
	const char *reason;
};
bool contract_transfer(struct app *app, const char *id, const struct contract_transfer *to, struct arena *mem,
	struct save_result *result, struct err *err);

#endif
