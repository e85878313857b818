/* The process that talks to a server, or answers the other computers of a clinic, is confined before the first byte comes in:
 * whoever finds a fault in what reads that gets a process that sees the clinic's folder and nothing else of this machine, starts
 * no program, opens no terminal and cannot use the machine up.
 *
 *   Landlock   files: the clinic's folder; certificates, name resolution, languages and libraries to read.  Nothing else.
 *   seccomp    calls of the kernel: those that files, sockets, memory and threads need.  No programs, no other processes, no
 *              sockets of other programs on this machine.
 *   limits     memory, time of the processor, open files, size of files, no core dump
 *
 * Kernels that lack the first or the second (4.19 of some desktops) get the rest, and the log says so in one line. */
#ifndef SYNC_CONFINE_H
#define SYNC_CONFINE_H

#include "app/base/err.h"

enum {
	CONFINE_FILES = 1, /* Landlock */
	CONFINE_CALLS = 2, /* seccomp */
};

/* From here on, for ever, for this process.  folders: those it may change, ended by NULL; they are there.  Returns what the
 * kernel could do.  Files that are open stay open, so the log goes on. */
unsigned confine(const char *const folders[]);
/* The same for a process that answers others, for as long as it takes, and calls nobody: it listens already. */
unsigned confine_answering(const char *const folders[]);

/* Has this process a terminal at its standard input, output or error output?  A confined one should not. */
bool confine_has_terminal(void);

#endif
