/* Any text as a key's name: what is accepted is written again as a name of the same key. */
#include "fuzz/fuzz.h"
#include "screens/kit/key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_string(data, size);
	char name[KEY_NAME_LEN];
	struct key key, again;

	if (key_parse(text, &key)) {
		key_name(key, name);
		MUST(key_parse(name, &again) && key_equal(key, again));
		key_label(key, name);
		key_fold(key);
		key_twin(key);
	}
	free(text);
	return 0;
}
