/* The services given under a contract, one by one, with the records that prove them. */
#ifndef CUNYI_CONTRACT_SERVICES_H
#define CUNYI_CONTRACT_SERVICES_H

#include "app/base/i18n.h"
#include "app/service/record.h"

struct contract_service {
	const struct term *item;
	const char *code, *day;
	enum kind_id kind;       /* of the record that proves it */
	int64_t row;
	const char *source;      /* its id */
	const char *what, *by;   /* one line about it; who did it, "" */
	const char *signed_;     /* how the resident confirmed one that was entered by hand, "" */
};

/* In the order of their days. */
bool contract_services(struct app *app, const struct record *contract, struct arena *mem, struct contract_service **out,
	size_t *n, struct err *err);

#endif
