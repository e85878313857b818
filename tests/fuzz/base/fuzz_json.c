/* Any answer of a server: refused, or read within the limits; what was read is written and read again as the same,
 * in its canonical form too. */
#include "app/base/json.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_JSON struct json_object *first = NULL;
	AUTO_JSON struct json_object *again = NULL;
	AUTO_JSON struct json_object *plain = NULL;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_SBUF struct sbuf canonical = SBUF_INIT;
	struct err err = { 0 };

	if (!json_parse((const char *)data, size, NULL, &first, &err)) {
		MUST(err.code != ERR_NONE && *err.message);
		return 0;
	}
	json_write(&text, first);
	MUST(json_parse(text.s, text.len, NULL, &again, &err));
	MUST(json_same(first, again));
	json_canonical(&canonical, first);
	if (json_parse(canonical.s, canonical.len, NULL, &plain, &err)) /* 1e30 becomes an integer too large to read */
		MUST(json_same(first, plain));
	return 0;
}
