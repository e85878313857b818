/* What others look for in our records: vital signs as Observations, the diagnosis behind a roster as a Condition. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/base/json.h"
#include "samples.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fhir.h"

static const struct fhir_options plain = { .stamp = NULL };

/* Of visits and examinations all vital signs; of follow-ups those that others look for, the rest is in the form. */
static void encode__readings__are_observations(void **state)
{
	static const struct {
		enum kind_id kind;
		const char *variant, *codes, *none;
	} cases[] = {
		{ KIND_VISIT, "", "85354-9 8867-4 29463-7 8280-0 8310-5 59408-5 9279-1 8302-2", "39156-5" },
		{ KIND_EXAM, "", "85354-9 8867-4 29463-7 8280-0 8310-5 14770-2 4548-4 9279-1 8302-2 39156-5", "59408-5" },
		{ KIND_FOLLOWUP, "htn", "85354-9 8867-4 29463-7", "9279-1 8302-2 39156-5" },
		{ KIND_FOLLOWUP, "dm", "85354-9 8867-4 29463-7 14770-2 4548-4", "9279-1 8302-2 39156-5" },
		{ KIND_FOLLOWUP, "copd", "85354-9 8867-4 29463-7 59408-5", "9279-1 8302-2 39156-5" },
	};

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
		AUTO_SBUF struct sbuf all = SBUF_INIT;
		char code[16];
		int used;

		fhir_encode(cases[i].kind, sample_record(&mem, cases[i].kind, cases[i].variant, 1), &plain, &set);
		for (size_t j = 0; j < set.n; j++)
			if (!strcmp(set.r[j].type, "Observation"))
				sbuf_addf(&all, "%s ", doc_text(set.r[j].doc, "code.coding{system=http://loinc.org}.code"));
		for (const char *c = cases[i].codes; sscanf(c, "%15s%n", code, &used) == 1; c += used)
			if (!strstr(all.s, code))
				fail_msg("%s %s: no %s in %s", kind_by_id(cases[i].kind)->name, cases[i].variant, code, all.s);
		for (const char *c = cases[i].none; sscanf(c, "%15s%n", code, &used) == 1; c += used)
			if (strstr(all.s, code))
				fail_msg("%s %s: %s in %s", kind_by_id(cases[i].kind)->name, cases[i].variant, code, all.s);
	}
}

static void encode__diagnosis__has_the_code_that_was_found(void **state)
{
	static const struct {
		const char *programme, *icd10, *code;
	} cases[] = {
		{ "htn", NULL, "I10" }, { "htn", "I11.9", "I11.9" }, { "dm", "E11.9", "E11.9" }, { "copd", "J44.1", "J44.1" },
		{ "copd", NULL, "J44" },
	};

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
		struct record *rec = sample_record(&mem, KIND_ENROLMENT, "", 1);
		const char *code = NULL;

		record_set_text(rec, "programme", cases[i].programme);
		record_set_text(rec, "icd10", cases[i].icd10);
		fhir_encode(KIND_ENROLMENT, rec, &plain, &set);
		for (size_t j = 0; j < set.n; j++)
			if (set.r[j].role == ROLE_CONDITION)
				code = doc_text(set.r[j].doc, "code.coding{}.code");
		assert_non_null(code);
		assert_string_equal(code, cases[i].code);
	}
}

static void encode__diagnosis__is_withdrawn__enrolled_by_mistake(void **state)
{
	static const struct {
		const char *status, *reason, *verified, *clinical;
	} cases[] = {
		{ "active", NULL, "confirmed", "active" }, { "lost", NULL, "confirmed", "active" }, { "ended", "1", "confirmed", "active" },
		{ "ended", "4", "confirmed", "active" }, { "ended", "6", "entered-in-error", NULL },
	};

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
		struct record *rec = sample_record(&mem, KIND_ENROLMENT, "", 1);
		const struct json_object *doc = NULL;
		const char *clinical;

		record_set_text(rec, "programme", "htn");
		record_set_text(rec, "status", cases[i].status);
		record_set_text(rec, "end_reason", cases[i].reason);
		fhir_encode(KIND_ENROLMENT, rec, &plain, &set);
		for (size_t j = 0; j < set.n; j++)
			if (set.r[j].role == ROLE_CONDITION)
				doc = set.r[j].doc;
		assert_non_null(doc);
		assert_string_equal(doc_text(doc, "verificationStatus.coding{}.code"), cases[i].verified);
		clinical = doc_text(doc, "clinicalStatus.coding{}.code");
		if (cases[i].clinical)
			assert_string_equal(clinical, cases[i].clinical);
		else
			assert_null(clinical);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encode__readings__are_observations),
		cmocka_unit_test(encode__diagnosis__has_the_code_that_was_found),
		cmocka_unit_test(encode__diagnosis__is_withdrawn__enrolled_by_mistake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
