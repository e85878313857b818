/* Any answer of a server: refused, or read within the limits; what was read is written and read again as the same. */
#include "app/base/json.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_JSON struct json_object *first = NULL;
	AUTO_JSON struct json_object *again = NULL;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct err err = { 0 };

	if (!json_parse((const char *)data, size, NULL, &first, &err)) {
		MUST(err.code != ERR_NONE && *err.message);
		return 0;
	}
	json_write(&text, first);
	MUST(json_parse(text.s, text.len, NULL, &again, &err));
	MUST(json_same(first, again));
	return 0;
}
