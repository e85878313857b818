/* Golden cases: a table of rules, inputs and expected results that doctors and county staff can write themselves.
 *
 * UTF-8, tab separated: id, function, input, expected, and any further columns (basis, note).  Lines that begin with #,
 * blank lines and the header are passed over.  input and expected are key=value joined by ';'; "␠" stands for a blank.
 * Every key of expected must be equal; keys that the rule prints beyond are ignored.  A function that is not there yet
 * counts as skipped, by name.  A line that cannot be read is reported with its number and counts as failed. */
#ifndef CUNYI_RULES_TEST_H
#define CUNYI_RULES_TEST_H

#include "app/base/err.h"
#include "app/base/mem.h"

struct pair {
	const char *key, *value;
};

struct pairs {
	struct arena *mem;
	struct pair *items;
	size_t n, cap;
};

/* NULL when there is no such key. */
const char *pairs_get(const struct pairs *p, const char *key);
/* "" when there is none. */
const char *pairs_text(const struct pairs *p, const char *key);
void pairs_set(struct pairs *p, const char *key, const char *fmt, ...) PRINTF(3, 4);

struct rule_function {
	const char *name;
	/* Fills out from in; false with a sentence when the input cannot be understood. */
	bool (*run)(const struct pairs *in, struct pairs *out, struct err *err);
};
extern const struct rule_function rule_functions[];
extern const size_t rule_function_count;

enum case_result { CASE_PASSED, CASE_FAILED, CASE_SKIPPED, CASE_MALFORMED };

struct case_outcome {
	enum case_result result;
	int line;
	const char *id, *function; /* "" when the line could not be read so far */
	const char *detail;        /* failed: "class: expected 2, got 1"; malformed: what is wrong; else "" */
};

struct rules_tally {
	size_t passed, failed, skipped; /* malformed lines are among the failed */
};

/* Runs all cases of text.  report (may be NULL) is called once a case in the order of the lines. */
void rules_test(const char *text, size_t len, void (*report)(void *ctx, const struct case_outcome *outcome), void *ctx,
	struct rules_tally *tally);

#endif
