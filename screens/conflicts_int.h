/* Between the files of the screen of disputes. */
#ifndef CUNYI_CONFLICTS_INT_H
#define CUNYI_CONFLICTS_INT_H

#include "app/base/json.h"
#include "app/clinic/kind.h"
#include "screens/kit/table.h"

enum side { SIDE_NONE, SIDE_OURS, SIDE_THEIRS, SIDE_NEW };

struct dispute_field {
	const char *key, *label, *base, *ours, *theirs;
	const struct field *field; /* NULL for the state of the record */
	enum side choice;
	const char *fresh; /* SIDE_NEW: as it was typed */
};

struct dispute {
	int64_t n, days;
	enum kind_id kind;
	const char *name, *what;           /* whose; one line about the record */
	const char *our_place, *their_place, *with; /* "this computer 林秀英 11-22 09:41"; with: the other side alone */
	enum side whole;                   /* of what was deleted there: the word about all of it */
	bool deleted_there, theirs_holds, automatic, overdue;
	bool sent; /* the county was asked to decide */
	const char *mark; /* of what is shown here: a word about it holds for nothing else */
	struct dispute_field *fields;
	size_t n_fields;
};

struct disputes {
	struct dispute *v;
	size_t n;
	size_t n_open, n_overdue, n_auto;
	size_t shown; /* whose fields the table shows; n = the list itself */
};

/* What `cunyi --json conflicts list` printed, of one resident unless "" (his id); texts go to mem. */
bool disputes_read(const char *text, const char *resident, struct arena *mem, struct disputes *out, struct err *err);

/* The one that is shown, or an empty one. */
const struct dispute *disputes_inside(const struct disputes *d);
/* Of all disputes, and of the fields of the one that is shown; both look into d as it is then. */
void disputes_tables(struct table *all, struct table *fields, const struct disputes *d);

#endif
