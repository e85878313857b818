/* The disease programmes.  A new one is a file of tables here and one line in registry.c. */
#ifndef CUNYI_PROGRAMMES_H
#define CUNYI_PROGRAMMES_H

#include "app/clinic/programme.h"

extern const struct measure measure_bp;

/* All programmes in the order of the menus; *n gets the count. */
const struct programme *const *programmes(size_t *n);
/* NULL when there is none with this code ("htn"). */
const struct programme *programme_by_code(const char *code);
/* The programme whose follow-up has this form; NULL when there is none. */
const struct programme *programme_by_form(const struct form_def *form);

/* The i-th of those that a county counts: its first indicator has a setting of its own, the task number.  NULL after the last. */
const struct programme *programme_counted(size_t i);

/* ",htn,dm,copd,": those for a disease, whose patients a team carries; the others take everybody of an age. */
void programmes_of_disease(struct sbuf *out);
/* Is one of them in a list "elderly,dm"?  NULL and "": no. */
bool programmes_any_disease(const char *list);

/* ",elderly,": those with fewer than four visits a year, whom no quarter misses. */
void programmes_seldom(struct sbuf *out);

/* Runs programme_selftest() on all, and on the general indicators. */
bool programmes_selftest(struct err *err) MUST_CHECK;

#endif
