/* Any text in an ID field: an accepted number is stored in a form that is accepted again and stays the same. */
#include <string.h>

#include "app/clinic/idcard.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_string(data, size);
	const int32_t today = 20779; /* 2026-11-22 */

	for (size_t i = 0; i <= id_document_count; i++) {
		const char *document = i < id_document_count ? id_documents[i].code : NULL;
		struct id_check first, again;
		struct date d;

		id_check(text, document, today, &first);
		MUST(strlen(first.norm) < sizeof(first.norm));
		if (first.result == ID_REJECT)
			MUST(first.reason != ID_FINE && id_check_sentence(&first));
		if (first.result != ID_ACCEPT)
			continue;
		id_check(first.norm, document, today, &again);
		MUST(again.result == ID_ACCEPT && strcmp(first.norm, again.norm) == 0);
		MUST(!*first.dob || date_parse(first.dob, &d) == DATE_DAY);
	}
	free(text);
	return 0;
}
