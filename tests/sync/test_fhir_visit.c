/* A visit on the wire: what is said of its prescription lines. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/base/json.h"
#include "app/clinic/kind.h"
#include "app/clinic/record.h"
#include "sync/fhir/fhir.h"

/* A line of a prescription: its form is a Medication inside the request, the quantity has its unit; who gave it out is read
 * back.  A line without a form is written as it was before there were forms. */
static void encode__says_form_and_quantity__prescription_line(void **state)
{
	static const char body[] = "{\"resident\":\"0195f3c2-aaaa-7000-8000-00000000000a\",\"date\":\"2026-11-20\","
				   "\"dispenser\":\"0195f3c2-aaaa-7000-8000-00000000000b\",\"prescriptions\":["
				   "{\"name\":\"氨氯地平\",\"form\":\"1\",\"strength\":\"5mg\",\"quantity\":2,\"quantity_unit\":\"盒\"},"
				   "{\"name\":\"开塞露\",\"form\":\"9\",\"form_other\":\"灌肠剂\",\"quantity\":2.5},"
				   "{\"name\":\"布洛芬\",\"strength\":\"0.3g\"}]}";
	static const char *const want[] = {
		"\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"drug\",\"code\":{\"text\":\"氨氯地平 5mg\"},",
		"\"form\":{\"coding\":[{\"system\":\"urn:cunyi:drug-form\",\"code\":\"1\",\"display\":\"片剂\"}]}}]",
		"\"medicationReference\":{\"reference\":\"#drug\",\"display\":\"氨氯地平 5mg\"}",
		"\"dispenseRequest\":{\"quantity\":{\"value\":2.0,\"unit\":\"盒\"}}",
		"\"display\":\"其他\"}],\"text\":\"灌肠剂\"}",
		"\"dispenseRequest\":{\"quantity\":{\"value\":2.5}}",
		"\"medicationCodeableConcept\":{\"text\":\"布洛芬 0.3g\"}",
	};
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct record *rec = record_new(&mem, kind_form(kind_by_id(KIND_VISIT), "")), *back;
	struct err err;

	(void)state;
	assert_true(record_read_body(rec, body, strlen(body), &err));
	snprintf(rec->meta.id, sizeof(rec->meta.id), "0195f3c2-0000-7000-8000-000000000001");
	fhir_encode(KIND_VISIT, rec, &(struct fhir_options){ 0 }, &set);
	for (size_t i = 0; i < set.n; i++)
		if (!strcmp(set.r[i].type, "MedicationRequest"))
			json_write(&text, set.r[i].doc);
	for (size_t i = 0; i < N_ELEMENTS(want); i++)
		if (!strstr(text.s, want[i]))
			fail_msg("%s is not in %s", want[i], text.s);
	back = record_new(&mem, rec->form);
	assert_int_equal(fhir_decode(KIND_VISIT, set.r[0].doc, back), 0);
	assert_true(record_says_the_same(rec, back));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encode__says_form_and_quantity__prescription_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
