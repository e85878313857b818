/* What a fuzz target is made of: one function that must hold for any bytes at all.  libFuzzer calls it for hours (make
 * fuzz); replay.c calls it with everything that is kept in tests/data/fuzz/NAME, as part of every make test. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "app/base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Like assert(), in every build. */
#define MUST(cond)                                                                                                   \
	do {                                                                                                         \
		if (!(cond)) {                                                                                       \
			fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #cond);                     \
			abort();                                                                                     \
		}                                                                                                    \
	} while (0)

/* The input as a string of its own, so that a read beyond its end is seen; NULs become '?'.  The caller frees. */
static inline char *fuzz_string(const uint8_t *data, size_t size)
{
	char *s = malloc(size + 1);

	MUST(s != NULL);
	for (size_t i = 0; i < size; i++)
		s[i] = data[i] ? (char)data[i] : '?';
	s[size] = '\0';
	return s;
}

#endif
