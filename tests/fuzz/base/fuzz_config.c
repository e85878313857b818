/* Any settings file: a change of one setting takes, and leaves all others as they were. */
#include <string.h>

#include "app/base/config.h"
#include "fuzz/fuzz.h"

static void list(const struct config *c, const char *but, struct sbuf *out)
{
	char key[64], value[256];

	for (size_t pos = 0; config_next(c, &pos, key, sizeof key, value, sizeof value);)
		if (strcmp(key, but) != 0)
			sbuf_addf(out, "%s=%s\n", key, value);
}

static void change(struct config *c, const char *key, const char *value)
{
	AUTO_SBUF struct sbuf before = SBUF_INIT;
	AUTO_SBUF struct sbuf after = SBUF_INIT;
	struct err err = { 0 };
	char now[64] = "none";

	list(c, key, &before);
	MUST(config_set(c, key, value, &err));
	list(c, key, &after);
	MUST(!strcmp(before.s, after.s));
	MUST(config_get(c, key, now, sizeof now) == (value != NULL));
	MUST(!value || !strcmp(now, value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_CONFIG struct config c;
	char key[64], value[256];
	size_t pos = 0;

	if (!config_parse(&c, (const char *)data, size))
		return 0;
	if (!config_next(&c, &pos, key, sizeof key, value, sizeof value))
		memcpy(key, "language", sizeof "language");
	change(&c, key, "zh_CN");
	change(&c, "new.key", "");
	change(&c, key, "x = y # z");
	change(&c, key, NULL);
	return 0;
}
