#include "fiber.h"

#include <assert.h>

#include "app/base/mem.h"

enum { STACK = 512 * 1024 };

static void begin(unsigned high, unsigned low)
{
	struct fiber *f = (struct fiber *)(((uintptr_t)high << 32) | low);

	f->run(f->ctx);
	f->alive = false;
}

static void enter(struct fiber *f)
{
	assert(!f->inside);
	f->inside = true;
	if (swapcontext(&f->caller, &f->self) != 0)
		abort();
	f->inside = false;
}

void fiber_start(struct fiber *f, void (*run)(void *ctx), void *ctx)
{
	uintptr_t at = (uintptr_t)f;

	assert(!f->alive);
	if (!f->stack)
		f->stack = xmalloc(STACK);
	f->run = run;
	f->ctx = ctx;
	f->alive = true;
	if (getcontext(&f->self) != 0)
		abort();
	f->self.uc_stack.ss_sp = f->stack;
	f->self.uc_stack.ss_size = STACK;
	f->self.uc_link = &f->caller;
	makecontext(&f->self, (void (*)(void))begin, 2, (unsigned)(at >> 32), (unsigned)at);
	enter(f);
}

void fiber_go_on(struct fiber *f)
{
	assert(f->alive);
	enter(f);
}

void fiber_wait(struct fiber *f)
{
	assert(f->inside);
	if (swapcontext(&f->self, &f->caller) != 0)
		abort();
}

void fiber_release(struct fiber *f)
{
	assert(!f->alive);
	free(f->stack);
	f->stack = NULL;
}
