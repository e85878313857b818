/* Between confine.c, confine_files.c and confine_calls.c. */
#ifndef SYNC_CONFINE_INT_H
#define SYNC_CONFINE_INT_H

#include "sync/confine.h"

/* Each: 0 when it is in force, else the errno of what failed. */
int confine_files(const char *const folders[]);
int confine_calls(bool answers);

#endif
