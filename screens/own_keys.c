#include "screens/own_keys.h"

#include <string.h>

#define PREFIX "key."

static bool take(struct own_keys *out, const char *command, const char *keys)
{
	enum cmd cmd = cmd_by_name(command);
	char bad[KEY_NAME_LEN];
	int n = cmd == CMD_NONE ? -1 : override_parse(cmd, keys, out->keys + out->n, N_ELEMENTS(out->keys) - out->n, bad);

	out->n += n > 0 ? (size_t)n : 0;
	return n > 0;
}

void own_keys_read(struct own_keys *out, const struct config *c)
{
	char key[128], keys[1024];
	size_t pos = 0;

	*out = (struct own_keys){ .n = 0 };
	while (config_next(c, &pos, key, sizeof key, keys, sizeof keys))
		if (!strncmp(key, PREFIX, sizeof PREFIX - 1) && !take(out, key + sizeof PREFIX - 1, keys) && !*out->wrong)
			snprintf(out->wrong, sizeof out->wrong, "%.30s = %.30s", key, keys);
}
