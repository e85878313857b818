/* Steps that the tests of contracts share. */
#ifndef CUNYI_TEST_SIGNING_H
#define CUNYI_TEST_SIGNING_H

#include "support/service/clinic.h"

/* more is further JSON: ",'years':2"; everything is confirmed. */
const char *signing_person(struct test_clinic *c, const char *name, const char *born);
const char *signing_team(struct test_clinic *c, const char *name, const char *more);
const char *signing_sign(struct test_clinic *c, const char *who, const char *team, const char *start, const char *more);
struct record *signing_load(struct test_clinic *c, const char *id);
const char *signing_status(struct test_clinic *c, const char *id);
int64_t signing_done(struct test_clinic *c, const char *contract, const char *item);
const char *signing_follow_up(struct test_clinic *c, const char *who, const char *day, const char *more);
bool signing_warned(const struct save_result *r, const char *code, const char *field);

#endif
