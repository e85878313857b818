#include "support/base/check.h"

#include "app/clinic/rules_test.h"

/* ---- the golden tables --------------------------------------------------------------------------------------------- */

static void tell(void *ctx, const struct case_outcome *o)
{
	if (o->result != CASE_PASSED) {
		print_error("%s line %d, %s %s: %s\n", (const char *)ctx, o->line, o->id, o->function,
			o->result == CASE_SKIPPED ? "skipped" : o->detail);
		fail();
	}
}

static void run_file(const char *path, size_t at_least)
{
	char name[128];
	size_t n;
	char *text = scratch_read(path, &n);
	struct rules_tally tally;

	assert_non_null(text);
	snprintf(name, sizeof name, "%s", path);
	rules_test(text, n, tell, name, &tally);
	assert_int_equal(tally.failed, 0);
	assert_true(tally.passed >= at_least);
	free(text);
}

static void golden_cases__pass__domain(void **state)
{
	run_file("tests/data/domain_cases.tsv", 80);
}

static void golden_cases__pass__every_limit(void **state)
{
	run_file("tests/data/more_cases.tsv", 500);
}

/* Written by somebody who had read the norm and not the program. */
static void golden_cases__pass__examiner(void **state)
{
	run_file("tests/data/examiner_cases.tsv", 680);
}

/* ---- the reader of cases ------------------------------------------------------------------------------------------- */

struct seen {
	struct case_outcome last;
	char detail[200], id[40];
	int count;
};

static void remember(void *ctx, const struct case_outcome *o)
{
	struct seen *s = ctx;

	s->last = *o;
	s->count++;
	snprintf(s->detail, sizeof s->detail, "%s", o->detail);
	snprintf(s->id, sizeof s->id, "%s", o->id);
}

#define HEAD "# comment\nid\tfunction\tinput\texpected\tbasis\tnote\n"

static void rules_test__sorts__each_kind_of_line(void **state)
{
	static const struct {
		const char *line;
		enum case_result result;
		const char *detail; /* a part of it */
	} cases[] = {
		{ "A1\tid_mask\tid=350299195203150048\tmasked=350299********0048\tb\tn", CASE_PASSED, "" },
		{ "A1\tid_mask\tid=350299195203150048\tmasked=350299********0048", CASE_PASSED, "" },
		{ "A1\tid_mask\tid=350299195203150048\tmasked=350299********0048\r", CASE_PASSED, "" },
		{ "A1\tid_mask\tid=350299195203150048\tmasked=1\tb\tn", CASE_FAILED, "masked" },
		{ "A1\tid_mask\tid=350299195203150048\tother=1\tb\tn", CASE_FAILED, "other" },
		{ "A1\tno_such\tid=1\tx=1\tb\tn", CASE_SKIPPED, "" },
		{ "A1\tid_mask\tid=1", CASE_MALFORMED, "four columns" },
		{ "A1", CASE_MALFORMED, "four columns" },
		{ "\tid_mask\tid=1\tmasked=1", CASE_MALFORMED, "id" },
		{ "A1\t\tid=1\tmasked=1", CASE_MALFORMED, "function" },
		{ "A1\tid_mask\tid\tmasked=1", CASE_MALFORMED, "key=value" },
		{ "A1\tid_mask\t=1\tmasked=1", CASE_MALFORMED, "key=value" },
		{ "A1\tid_mask\tid=1;id=2\tmasked=1", CASE_MALFORMED, "twice" },
		{ "A1\tid_mask\tid=1;;x=2\tmasked=1", CASE_MALFORMED, "key=value" },
		{ "A1\tid_mask\tid=1\t", CASE_MALFORMED, "expects" },
		{ "A1\tid_mask\tid=\xff\tmasked=1", CASE_MALFORMED, "UTF-8" },
		{ "A1\tid_mask\tx=1\tmasked=1", CASE_FAILED, "lacks" },
		{ "A1\tbmi\tweight_kg=heavy;height_cm=170\tbmi=1", CASE_FAILED, "weight_kg" },
		{ "A1\tbmi\tweight_kg=70;height_cm=0\tbmi=1", CASE_FAILED, "height_cm" },
		{ "A1\toverdue\tnext_due=2026-02-30;today=2026-03-01\toverdue=1", CASE_FAILED, "next_due" },
		{ "A1\thtn_followup\tvisit=2026-03-10;age=x;sbp=120;dbp=80\tclass=1", CASE_FAILED, "age" },
		{ "A1\thtn_followup\tvisit=2026-03-10;age=50;sbp=12a;dbp=80\tclass=1", CASE_FAILED, "sbp" },
		{ "A1\tnext_due\texpected=4;visits=2026-13-01;class=1\tdue=1", CASE_FAILED, "visits" },
		{ "A1\tnext_due\texpected=4;visits=2026-03-01:bus;class=1\tdue=1", CASE_FAILED, "visits" },
		{ "A1\tlast_control\tdisease=gout;cutoff=2026-12-31\tcontrolled=1", CASE_FAILED, "disease" },
		{ "A1\tlast_control\tdisease=htn;cutoff=2026-12-31;visits=2026-01-01:9\tcontrolled=1", CASE_FAILED, "visits" },
		{ "A1\thtn_screen\treadings=2026-01-01\tresult=not_met", CASE_FAILED, "readings" },
		{ "A1\tbp_mean\treadings=\tsbp=1", CASE_FAILED, "readings" },
		{ "A1\tpercent\tnum=1;den=-1\tvalue=NA", CASE_FAILED, "den" },
		{ "A1\tcontract_state\tstatus=nowhere\tstatus=active", CASE_FAILED, "status" },
		{ "A1\treport_deadline\tdisease=measels;diagnosed=2026-03-10T23:30\tclass=B", CASE_FAILED, "class" },
		{ "A1\treferral_step\tstatus=nowhere;event=submit\tstatus=ERROR", CASE_FAILED, "status" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char text[400];
		struct seen seen = { 0 };
		struct rules_tally t;

		snprintf(text, sizeof text, HEAD "%s\n\n", cases[i].line);
		rules_test(text, strlen(text), remember, &seen, &t);
		assert_case(seen.count == 1, i, cases[i].line);
		assert_case(seen.last.result == cases[i].result, i, seen.detail);
		assert_case(strstr(seen.detail, cases[i].detail), i, seen.detail);
		assert_int_equal(seen.last.line, 3);
		assert_int_equal(t.passed, cases[i].result == CASE_PASSED);
		assert_int_equal(t.skipped, cases[i].result == CASE_SKIPPED);
		assert_int_equal(t.failed, cases[i].result == CASE_FAILED || cases[i].result == CASE_MALFORMED);
	}
}

static void rules_test__takes__mark_blank_sign_and_no_header(void **state)
{
	static const char text[] = "\xEF\xBB\xBF"
				   "A1\tid_mask\tid=␠12345␠\tmasked=***45␠\n"
				   "A2\tid_mask\tid=1234\tmasked=****";
	struct seen seen = { 0 };
	struct rules_tally t;

	rules_test(text, sizeof text - 1, remember, &seen, &t);
	assert_int_equal(seen.count, 2);
	assert_string_equal(seen.id, "A2");
	assert_int_equal(t.passed + t.failed, 2);
}

static void rules_test__counts_nothing__empty(void **state)
{
	struct rules_tally t;

	rules_test("", 0, NULL, NULL, &t);
	assert_int_equal(t.passed + t.failed + t.skipped, 0);
	rules_test("\n# only\n\n", 9, NULL, NULL, &t);
	assert_int_equal(t.passed + t.failed + t.skipped, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_cases__pass__domain),
		cmocka_unit_test(golden_cases__pass__every_limit),
		cmocka_unit_test(golden_cases__pass__examiner),
		cmocka_unit_test(rules_test__sorts__each_kind_of_line),
		cmocka_unit_test(rules_test__takes__mark_blank_sign_and_no_header),
		cmocka_unit_test(rules_test__counts_nothing__empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
