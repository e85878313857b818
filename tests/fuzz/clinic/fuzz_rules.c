/* A table of golden cases from anywhere: every line gets one answer, and the tally is their sum.  Through it every rule is
 * called with whatever its arguments may hold. */
#include <string.h>

#include "app/clinic/healthcode.h"
#include "app/clinic/idcard.h"
#include "app/clinic/rules_test.h"
#include "fuzz/fuzz.h"

static void count(void *ctx, const struct case_outcome *o)
{
	size_t *n = ctx;

	MUST(o->line > 0 && o->id && o->function && o->detail);
	MUST((o->result == CASE_MALFORMED || o->result == CASE_FAILED) == (*o->detail != '\0'));
	++*n;
}

static void check_numbers(const char *text)
{
	char masked[64], norm[ID_LEN];
	struct health_code code, again;

	id_mask(text, masked, sizeof masked);
	MUST(strlen(masked) < sizeof masked);
	if (health_code_parse(text, &code))
		MUST(health_code_parse(code.norm, &again) && !strcmp(code.norm, again.norm));
	if (org_code_check(text, norm) == ID_FINE)
		MUST(org_code_check(norm, norm) == ID_FINE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_string(data, size);
	struct rules_tally tally;
	size_t n = 0;

	rules_test((const char *)data, size, count, &n, &tally);
	MUST(tally.passed + tally.failed + tally.skipped == n);
	check_numbers(text);
	free(text);
	return 0;
}
