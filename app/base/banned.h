/* Functions that truncate silently, overflow or keep hidden state: using one does not compile. */
#ifndef CUNYI_BANNED_H
#define CUNYI_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __GNUC__
#undef sprintf /* macros of glibc's fortified headers under clang, which does not poison macros */
#undef vsprintf
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok asctime ctime tmpnam
#endif

#endif
