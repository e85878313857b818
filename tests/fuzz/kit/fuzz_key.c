/* Any text as a key's name: what is accepted has a label for the bar. */
#include "fuzz/fuzz.h"
#include "screens/kit/key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_string(data, size);
	char name[KEY_NAME_LEN];
	struct key key;

	if (key_parse(text, &key)) {
		key_label(key, name);
		MUST(*name);
		key_fold(key);
		key_twin(key);
	}
	free(text);
	return 0;
}
