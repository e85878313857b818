/* What other records point to: organisations, villages, staff, teams, packages.  There are few of them, so a list is read whole. */
#ifndef CUNYI_DIRECTORY_H
#define CUNYI_DIRECTORY_H

#include "app/service/record.h"

struct directory_item {
	const char *id, *name;
	const char *detail;   /* role, kind, leader: in the present language */
	const char *code;     /* number or code, "" */
	const char *parent;   /* name of the organisation it belongs to; what a package holds; "" */
	int64_t row;
	bool active;
};
struct directory {
	struct directory_item *v;
	size_t n;
};

/* Which organisations: "1" villages; "345" township and county institutions; NULL = all.  Of other kinds it is passed
 * over. */
bool directory_read(struct app *app, enum kind_id kind, const char *types, struct arena *mem, struct directory *out,
	struct err *err);

/* Name of one, "" when it is not there. */
const char *directory_name(struct app *app, enum kind_id kind, const char *id, struct arena *mem);

#endif
