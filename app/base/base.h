/* What every file may take for granted: attributes, counting, forbidden functions. */
#ifndef CUNYI_BASE_H
#define CUNYI_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_CHECK      __attribute__((warn_unused_result))
#define PRINTF(fmt, va) __attribute__((format(printf, fmt, va)))
#define NORETURN        __attribute__((noreturn))
#define UNUSED          __attribute__((unused))
#define N_ELEMENTS(a)   (sizeof(a) / sizeof((a)[0]))

#include "app/base/banned.h"

#endif
