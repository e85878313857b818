/* USB sticks that this system has mounted. */
#ifndef CUNYI_SERVICE_STICKS_H
#define CUNYI_SERVICE_STICKS_H

#include "app/base/err.h"
#include "app/base/sbuf.h"

/* The folder of the newest one below /media, /run/media or /mnt; "" when none is there.  mounts: NULL = /proc/mounts. */
void sticks_folder(const char *mounts, struct sbuf *out);

/* Is this a folder that is there?  The sentence says what to do when it is not. */
bool sticks_check(const char *folder, struct err *err);

#endif
