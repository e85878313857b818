/* The user's settings: plain lines `key = value` in $XDG_CONFIG_HOME/cunyi/config, # starts a comment line.  People edit
 * it by hand, so a change by the program keeps comments, order and everything it does not understand. */
#ifndef CUNYI_CONFIG_H
#define CUNYI_CONFIG_H

#include "app/base/base.h"
#include "app/base/err.h"
#include "app/base/sbuf.h"

struct config {
	struct sbuf text; /* the file as it is */
	int bad_line;     /* first line that is neither a setting, a comment nor blank; 0 if none: worth a warning */
};

/* A file that is not there is an empty one.  Also call config_release() after a failure. */
bool config_load(struct config *c, const char *path, struct err *err) MUST_CHECK;
/* The same from memory; false when it holds a NUL.  Damaged UTF-8 is made valid. */
bool config_parse(struct config *c, const char *text, size_t n);
void config_release(struct config *c);
#define AUTO_CONFIG __attribute__((cleanup(config_release)))

/* The value into out (cut never: false when it does not fit); false when the key is not set.  The last line of a key
 * counts.  Keys are case-sensitive: letters, digits, dot, hyphen, underscore. */
bool config_get(const struct config *c, const char *key, char *out, size_t size);

/* The next setting from *pos (0 at first), for listing; false at the end. */
bool config_next(const struct config *c, size_t *pos, char *key, size_t key_size, char *value, size_t value_size);

/* Changes one setting in memory only, as config_change() does. */
bool config_set(struct config *c, const char *key, const char *value, struct err *err) MUST_CHECK;

/* Changes one setting in the file (value NULL: takes it away), whole or not at all, after reading it anew under a lock:
 * two programs that change different settings at once both succeed.  Creates the file and its folder.  c gets the
 * text as written.  ERR_INVALID_VALUE for a key or a value that cannot stand on a line. */
bool config_change(struct config *c, const char *path, const char *key, const char *value, struct err *err) MUST_CHECK;

#endif
