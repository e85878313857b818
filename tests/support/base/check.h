/* What every C test includes: cmocka with what it needs before it, and a few checks of our own. */
#ifndef CUNYI_TEST_CHECK_H
#define CUNYI_TEST_CHECK_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/base/base.h"
#include "app/base/err.h"

/* A call that must succeed: the error's sentence is printed when it does not. */
#define assert_ok(call, err) check_ok((call), (err), #call, __FILE__, __LINE__)
void check_ok(bool ok, const struct err *err, const char *call, const char *file, int line);

/* A call that must fail with this code and a sentence. */
#define assert_refused(call, err, expected) check_refused((call), (err), (expected), #call, __FILE__, __LINE__)
void check_refused(bool ok, const struct err *err, enum err_code code, const char *call, const char *file, int line);

/* One case of a table: its number is printed when it fails. */
#define assert_case(ok, i, what)                                                                          \
	do {                                                                                              \
		if (!(ok))                                                                                \
			fail_msg("case %zu: %s", (size_t)(i), (what));                                    \
	} while (0)

/* A new folder below $TMPDIR, and a path in one.  Owned by the caller; the runner removes them all. */
char *scratch_dir(void);
/* A new one that the program takes for that folder of the person: "HOME", "XDG_CONFIG_HOME". */
char *scratch_home(const char *variable);
char *scratch_path(const char *dir, const char *name);
/* Writes a file; n bytes, or a C string when n is 0. */
void scratch_write(const char *path, const char *data, size_t n);
/* The whole file, owned by the caller; NULL when there is none. */
char *scratch_read(const char *path, size_t *n);
/* How many names a folder holds. */
size_t scratch_count(const char *dir);

#endif
