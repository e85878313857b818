/* Which versions of a resource are late copies, by their marks alone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>

#include "app/base/json.h"
#include "support/base/check.h"
#include "sync/fhir/fhir.h"
#include "sync/history.h"

/* Each letter is a version with that mark, a dot one without. */
static struct json_object *versions_of(const char *marks)
{
	struct json_object *out = json_object_new_array();

	for (; *marks; marks++) {
		struct json_object *doc = json_object_new_object();
		char stamp[] = { *marks, '\0' };

		json_set_text(doc, "resourceType", "Patient");
		if (*marks != '.')
			fhir_set_stamp(doc, stamp);
		json_object_array_add(out, doc);
	}
	return out;
}

static void history__tells_copies__by_their_marks(void **state)
{
	static const struct {
		const char *marks, *copies, *firsts;
	} cases[] = {
		{ "", "", "" },
		{ "a", "-", "0" },
		{ "ab", "--", "01" },
		{ "aab", "---", "002" },   /* somebody without a mark of his own wrote upon a's, and kept it */
		{ "aba", "--c", "010" },   /* a's request once more */
		{ "abaa", "--cc", "0100" }, /* and what was written upon that */
		{ "abab", "--cc", "0101" },
		{ "a.a", "--c", "010" },
		{ "...", "---", "012" },
		{ "abcbca", "---ccc", "012120" },
	};

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_JSON struct json_object *versions = versions_of(cases[i].marks);
		AUTO_FREE struct told *told = history_told(versions);

		for (size_t j = 0; cases[i].marks[j]; j++) {
			assert_case(told[j].copy == (cases[i].copies[j] == 'c'), i, cases[i].marks);
			assert_case(told[j].first == (size_t)(cases[i].firsts[j] - '0'), i, cases[i].marks);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(history__tells_copies__by_their_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
