/* JSON from a server or a file: taken whole or refused with a sentence; its canonical form is JSON that means the same. */
#include "app/base/json.h"
#include "app/base/mem.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_JSON struct json_object *o = NULL;
	AUTO_JSON struct json_object *again = NULL;
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	struct err err = { 0 };
	AUTO_FREE char *text = xmalloc(size);

	memcpy(text, data, size);
	if (!json_parse(text, size, NULL, &o, &err)) {
		assert(err.code == ERR_FORMAT && *err.message && !o);
		return 0;
	}
	json_canonical(&b, o);
	if (!json_parse(b.s, b.len, NULL, &again, &err)) /* a number of many digits may grow past a limit, nothing else */
		assert(err.code == ERR_FORMAT);
	else
		assert(json_same(o, again));
	return 0;
}
