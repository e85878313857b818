/* Rounds that stand still in the middle: each runs on a stack of its own and goes on when it is told to.  Everything
 * happens in one thread, in an order that the caller decides. */
#ifndef TESTS_SYNC_FIBER_H
#define TESTS_SYNC_FIBER_H

#include <ucontext.h>

#include "app/base/base.h"

struct fiber {
	ucontext_t self, caller;
	void *stack;
	void (*run)(void *ctx);
	void *ctx;
	bool alive; /* begun, and not at its end */
	bool inside; /* it is the one that runs now */
};

/* Runs until fiber_wait() or the end. */
void fiber_start(struct fiber *f, void (*run)(void *ctx), void *ctx);
/* The same again. */
void fiber_go_on(struct fiber *f);
/* From inside: back to whoever called. */
void fiber_wait(struct fiber *f);
/* It must have come to its end. */
void fiber_release(struct fiber *f);

#endif
