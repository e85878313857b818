/* F1 and `?`: the searchable list of everything that can be done here, made from the binding tables of the screen that is
 * open.  Enter does it. */
#ifndef CUNYI_KIT_HELP_H
#define CUNYI_KIT_HELP_H

#include "screens/kit/loop.h"

/* Opens the list for the top screen.  The loop does it for CMD_HELP unless a screen handles that itself. */
unsigned help_show(struct ui *ui);

#endif
