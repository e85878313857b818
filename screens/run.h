/* The program with its screens, for the command line. */
#ifndef CUNYI_SCREENS_RUN_H
#define CUNYI_SCREENS_RUN_H

#include "app/base/base.h"

struct screens_options {
	const char *dir;     /* data folder */
	const char *as;      /* who works, or NULL */
	bool lang_given;     /* --lang: wins over the settings */
	bool no_probe;
};

/* `cunyi` without a command: opens the clinic and runs until the user leaves.  Exit status of the program. */
int screens_run(const struct screens_options *o);

#endif
