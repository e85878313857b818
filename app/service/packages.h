/* Packages of services: records that the clinic edits.  A clinic begins with those of the national norm; they have the same
 * ids on every device, so that two devices which both began with them have one of each. */
#ifndef CUNYI_PACKAGES_H
#define CUNYI_PACKAGES_H

#include "app/clinic/field.h"
#include "app/service/record.h"

struct package {
	const char *code, *name;
	const char *groups; /* key groups it is for, joined by commas; NULL: for everybody */
	const struct record *rec;
};
struct packages {
	struct package *v; /* by code, numbers first */
	size_t n;
};

/* Those that may be signed on a day (NO_DAY: all that are not void). */
bool packages_read(struct app *app, int32_t day, struct arena *mem, struct packages *out, struct err *err);
/* NULL when there is none of this code. */
const struct package *package_of(const struct packages *all, const char *code);

/* A contract's form whose field `packages` has exactly these codes; codes of rec that are not among them are kept. */
const struct form_def *packages_form(const struct packages *all, const struct record *rec, struct arena *mem);

/* The codes that fit key groups (GROUP_... bits), joined by commas: the first for everybody, then the groups' own. */
void packages_propose(const struct packages *all, unsigned groups, struct sbuf *out);

/* Puts into a contract what its packages promise in its term: items with their numbers, and where no fee was entered yet the
 * fees of the term.  The same item in two packages is done once: the larger number counts. */
void packages_plan(const struct packages *all, struct record *contract);
/* Does it promise exactly what its packages do?  Else somebody changed the list. */
bool packages_are_planned(const struct packages *all, const struct record *contract, struct arena *mem);
/* Of packages that are not among the codes `before`: their items come to those that stand there. */
void packages_add(const struct packages *all, const char *before, struct record *contract);
/* The fees of its packages for its term, where none was entered yet. */
void packages_charge(const struct packages *all, struct record *contract);
/* Notes which packages in which version a contract was signed on. */
void packages_sign(const struct packages *all, struct record *contract);

/* The first packages, where they are not there yet.  Inside a work. */
bool packages_seed(struct app *app, struct err *err);
/* Are they missing? */
bool packages_lacking(struct app *app);

#endif
