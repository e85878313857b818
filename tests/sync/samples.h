/* Records with every field filled, made from the tables alone: what a form gains later is tested without a line here. */
#ifndef TESTS_SYNC_SAMPLES_H
#define TESTS_SYNC_SAMPLES_H

#include "app/clinic/kind.h"
#include "app/clinic/record.h"

/* variant: programme of a follow-up, else "".  seed varies which codes are chosen. */
struct record *sample_record(struct arena *mem, enum kind_id kind, const char *variant, unsigned seed);
/* The same with as many lines in each list as its form takes. */
struct record *sample_fullest(struct arena *mem, enum kind_id kind, const char *variant);

/* Fails the test, naming the field, when two records differ in a value. */
void assert_same_record(const struct record *a, const struct record *b);

#endif
