/* Any text as a key's name: what is accepted has a label; lists of keys never overflow. */
#include "fuzz/fuzz.h"
#include "screens/kit/key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_string(data, size);
	char label[KEY_NAME_LEN], bad[KEY_NAME_LEN];
	struct override keys[4];
	struct key key;
	int n;

	if (key_parse(text, &key)) {
		key_label(key, label);
		key_fold(key);
		key_twin(key);
	}
	n = override_parse(CMD_SAVE, text, keys, N_ELEMENTS(keys), bad);
	MUST(n >= -1 && n <= (int)N_ELEMENTS(keys));
	for (int i = 0; i < n; i++)
		MUST(keys[i].cmd == CMD_SAVE && keys[i].key.code != K_NONE);
	free(text);
	return 0;
}
