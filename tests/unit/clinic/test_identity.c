#include "support/base/check.h"

#include "app/clinic/healthcode.h"
#include "app/clinic/idcard.h"

static const char today[] = "2026-06-30";

static void id_check__has_a_sentence__rejected_or_doubtful(void **state)
{
	static const struct {
		const char *id;
		bool sentence;
	} cases[] = {
		{ "350299195203150048", false }, { "350299195203150047", true },  { "35029919520315004", true },
		{ "350299920315999", true },     { "660101196001010019", true }, { "350299190506300037", true },
		{ "H12345678", false },          { "350299198002300010", true },  { "35029920260701001X", true },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct id_check c;

		id_check(cases[i].id, NULL, date_day(today), &c);
		assert_case((id_check_sentence(&c) != NULL) == cases[i].sentence, i, cases[i].id);
	}
}

static void id_check__survives__what_is_no_number(void **state)
{
	static const char *const junk[] = { "\xff\xfe", "陈桂兰陈桂兰陈桂兰陈桂兰陈桂兰陈桂兰", "\t\t", "000000000000000000",
		"999999999999999999", "----------------X-", "35029919520315004８" };
	char longest[400];
	struct id_check c;

	for (size_t i = 0; i < N_ELEMENTS(junk); i++)
		for (size_t d = 0; d <= id_document_count; d++)
			id_check(junk[i], d ? id_documents[d - 1].code : NULL, date_day(today), &c);
	memset(longest, '1', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	id_check(longest, NULL, date_day(today), &c);
	assert_int_equal(c.result, ID_REJECT);
	assert_int_equal(c.reason, ID_LENGTH);
}

static void id_documents__are_found__by_code_and_key(void **state)
{
	for (size_t i = 0; i < id_document_count; i++) {
		assert_ptr_equal(id_document_by_code(id_documents[i].code), &id_documents[i]);
		assert_ptr_equal(id_document_by_code(id_documents[i].key), &id_documents[i]);
		assert_true(*id_documents[i].name.zh && *id_documents[i].name.en);
	}
	assert_null(id_document_by_code("08"));
}

static void id_mask__cuts__small_buffers(void **state)
{
	char out[8];

	assert_string_equal(id_mask("350299195203150048", out, sizeof out), "350299*");
	assert_string_equal(id_mask("军字第12345号", out, sizeof out), "*****34");
}

static void health_code_sentence__is_said__of_each_fault(void **state)
{
	for (int r = HEALTH_CODE_FINE; r <= HEALTH_CODE_SERIAL_ZERO; r++)
		assert_true((health_code_sentence((enum health_code_reason)r) == NULL) == (r == HEALTH_CODE_FINE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(id_check__has_a_sentence__rejected_or_doubtful),
		cmocka_unit_test(id_check__survives__what_is_no_number),
		cmocka_unit_test(id_documents__are_found__by_code_and_key),
		cmocka_unit_test(id_mask__cuts__small_buffers),
		cmocka_unit_test(health_code_sentence__is_said__of_each_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
