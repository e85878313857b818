/* The model test (model.h).
 *
 *    test_model                              the seeds that once failed, and some more: part of `make test`
 *    test_model FROM-TO [JOBS [--first | --digests]]    so many schedules; a failing one is cut down and printed, or only named;
 *                                            or all to their ends, each with a digest of what it left
 *    test_model SEED [ACTION,ACTION,...]     one schedule with its story, or only these actions of it
 */
#include "model.h"

#include <unistd.h>

#include "support/base/check.h"

enum { FIRST = 17,
	LAST = 40 }; /* of `make test`; `make model` runs eleven thousand */

static void print_schedule(const struct model_schedule *s)
{
	bool first = true;

	printf("replay: test_model %llu ", (unsigned long long)s->seed);
	for (unsigned i = 0; i < MODEL_ACTIONS; i++)
		if (!s->left_out[i]) {
			printf("%s%u", first ? "" : ",", i);
			first = false;
		}
	printf("\n");
}

static void explain(uint64_t seed, char words[MODEL_WORDS])
{
	struct model_schedule s;

	printf("seed %llu: %s\n", (unsigned long long)seed, words);
	model_schedule_make(&s, seed);
	model_shrink(&s, words);
	printf("in short: %s\n", words);
	print_schedule(&s);
}

static void hold(uint64_t from, uint64_t to, unsigned jobs)
{
	char words[MODEL_WORDS] = "";
	uint64_t bad = 0;

	if (model_run_many((struct model_range){ .from = from, .to = to, .jobs = jobs }, &bad, words))
		return;
	explain(bad, words);
	fail_msg("seed %llu: %s", (unsigned long long)bad, words);
}

static void model__holds__seeds_that_failed_once(void **state)
{
	FILE *f = fopen("tests/sync/model_seeds.txt", "r");
	unsigned long long seed;
	char line[200];

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%llu", &seed) == 1)
			hold(seed, seed, 1);
	fclose(f);
}

static void model__holds__some_schedules(void **state)
{
	(void)state;
	hold(FIRST, LAST, 2);
	hold(MODEL_EARLY, MODEL_EARLY + LAST - FIRST, 2);
}

/* ---- by hand ---- */

static int one(uint64_t seed, const char *only)
{
	struct model_schedule s;
	char words[MODEL_WORDS];
	bool ok;

	model_schedule_make(&s, seed);
	if (only) {
		memset(s.left_out, 1, sizeof(s.left_out));
		for (char *end = NULL; *only; only = *end ? end + 1 : end)
			s.left_out[strtoul(only, &end, 10) % MODEL_ACTIONS] = false;
	}
	ok = model_run_apart(&s, true, words);
	printf("%s\n", ok ? "holds" : words);
	return !ok;
}

static int many(struct model_range r, bool first)
{
	char words[MODEL_WORDS];
	uint64_t bad;

	if (model_run_many(r, &bad, words)) {
		printf("seeds %llu to %llu hold, %d actions each\n", (unsigned long long)r.from, (unsigned long long)r.to, MODEL_ACTIONS);
		return 0;
	}
	if (first || r.digests)
		printf("seed %llu, %s\n", (unsigned long long)bad, words);
	else
		explain(bad, words);
	return 1;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(model__holds__seeds_that_failed_once),
		cmocka_unit_test(model__holds__some_schedules),
	};
	unsigned long long from, to;

	model_templates();
	if (argc > 1 && sscanf(argv[1], "%llu-%llu", &from, &to) == 2) {
		const char *how = argc > 3 ? argv[3] : "";
		struct model_range r = { from, to, argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 2, strcmp(how, "--digests") == 0 };

		return many(r, strcmp(how, "--first") == 0);
	}
	if (argc > 1)
		return one(strtoull(argv[1], NULL, 10), argc > 2 ? argv[2] : NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
