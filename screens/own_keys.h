/* The keys of the person who uses this machine: lines of the configuration like
 *
 *   key.save = F12 C-w
 *
 * Names of keys are those of key_parse(), names of commands those of cmd_name(); `cunyi help keys` lists both.  They replace
 * all keys that the screens' tables give the command, also on the bottom line and in the help. */
#ifndef SCREENS_OWN_KEYS_H
#define SCREENS_OWN_KEYS_H

#include "app/base/config.h"
#include "screens/kit/key.h"

struct own_keys {
	struct override keys[64];
	size_t n;
	char wrong[80]; /* the first line that names no key or no command, or for which there is no room; "" if none */
};

void own_keys_read(struct own_keys *out, const struct config *c);

#endif
