/* A clinic in the making.  Until `init` or `demo` is through, a file "unfinished" lies in its folder: what a power cut or
 * Ctrl-C leaves behind is then known to be no clinic, and the next try starts anew. */
#ifndef CUNYI_MAKING_H
#define CUNYI_MAKING_H

#include "app/base/err.h"
#include "app/base/lock.h"

/* Makes the folder, takes the lock and sets the mark; removes what an unfinished try left.  duplicate when there is a
 * finished clinic, busy while another process is making one. */
bool making_begin(struct lock *lock, const char *dir, struct err *err) MUST_CHECK;
/* The clinic is whole: the mark goes, durably, and so does the lock. */
bool making_end(struct lock *lock, const char *dir, struct err *err) MUST_CHECK;
/* Is there a finished clinic in this folder? */
bool making_is_done(const char *dir);

#endif
