/* Other work runs as another process of this same binary (never a thread, never a bare fork: a forked SQLite connection
 * corrupts).  Its standard output is a pipe to us, one progress line an event; its messages go to the log. */
#ifndef CUNYI_PROC_H
#define CUNYI_PROC_H

#include <sys/types.h>

#include "app/base/base.h"
#include "app/base/err.h"
#include "app/base/sbuf.h"

struct proc {
	pid_t pid;        /* 0: none */
	int fd;           /* read end, non-blocking, for poll(); -1 when all has been read */
	int status;       /* exit status, or 128 + signal, once it has ended */
	bool ended;
	bool skipping;    /* the rest of a line that was too long */
	struct sbuf line; /* of an unfinished line */
};
#define PROC_INIT { .fd = -1, .line = SBUF_INIT }

enum { PROC_LINE_MAX = 4096 };

/* Starts `cunyi ARGS...` (args ends with NULL).  The child gets none of our descriptors, the default signals, a session
 * of its own (^C at the terminal is ours alone, and it cannot open that terminal), and its standard input is empty. */
bool proc_start(struct proc *p, const char *const args[], struct err *err) MUST_CHECK;

/* The same, but its error output goes to this descriptor instead of the log. */
bool proc_start_with(struct proc *p, const char *const args[], int errors, struct err *err) MUST_CHECK;

/* The next whole line, without its end, into out; longer ones are cut to PROC_LINE_MAX bytes. */
enum proc_read { PROC_END, PROC_LINE, PROC_LATER };
enum proc_read proc_read_line(struct proc *p, struct sbuf *out);

/* True when it has ended; p->status is set then.  wait: until it does. */
bool proc_ended(struct proc *p, bool wait);

/* Asks it to end (SIGTERM). */
void proc_stop(struct proc *p);

/* Closes our end.  A child that still runs goes on without us. */
void proc_release(struct proc *p);
#define AUTO_PROC __attribute__((cleanup(proc_release)))

#endif
