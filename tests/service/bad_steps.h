/* What can be done with records besides saving them, for tables of what is refused: a verb and its arguments as one JSON object. */
#ifndef CUNYI_TEST_BAD_STEPS_H
#define CUNYI_TEST_BAD_STEPS_H

#include "service/bad_input.h"

/* "contract.sign" with {"id":"$c"}: bad_steps.c has the table.  False: c->err says why. */
bool bad_step(struct test_clinic *c, const char *verb, struct json_object *args);

#endif
