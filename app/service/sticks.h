/* USB sticks that this system has mounted. */
#ifndef CUNYI_SERVICE_STICKS_H
#define CUNYI_SERVICE_STICKS_H

#include "app/base/sbuf.h"

/* The folder of the newest one below /media, /run/media or /mnt; "" when none is there.  mounts: NULL = /proc/mounts. */
void sticks_folder(const char *mounts, struct sbuf *out);

#endif
