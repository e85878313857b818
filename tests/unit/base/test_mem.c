#include "app/base/mem.h"
#include "support/base/check.h"

#include <signal.h>
#include <stdalign.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void xmalloc__never_gives_null__for_nothing(void **state UNUSED)
{
	AUTO_FREE char *a = xmalloc(0);
	AUTO_FREE char *b = xcalloc(0, 8);
	AUTO_FREE char *c = xrealloc(NULL, 0, 0);
	AUTO_FREE char *none UNUSED = NULL;

	assert_non_null(a);
	assert_non_null(b);
	assert_non_null(c);
}

static void xstrndup__copies__at_most_n(void **state UNUSED)
{
	AUTO_FREE char *a = xstrndup("abc", 2);
	AUTO_FREE char *b = xstrndup("abc", 9);
	AUTO_FREE char *c = xstrdup("村");

	assert_string_equal(a, "ab");
	assert_string_equal(b, "abc");
	assert_string_equal(c, "村");
}

static void arena__gives_zeroed_aligned_memory__of_any_size(void **state UNUSED)
{
	AUTO_ARENA struct arena a = { 0 };

	for (size_t size = 0; size < 50000; size = size * 3 + 1) {
		unsigned char *p = arena_alloc(&a, size);

		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xAA, size);
	}
	assert_string_equal(arena_strdup(&a, "张三"), "张三");
	assert_string_equal(arena_strndup(&a, "张三", 3), "张");
	assert_string_equal(arena_printf(&a, "%05d%s", 42, "x"), "00042x");
	assert_string_equal(arena_printf(&a, "%s", ""), "");
}

static void arena_clear__gives_the_memory_again__zeroed(void **state UNUSED)
{
	AUTO_ARENA struct arena a = { 0 };
	unsigned char *p;

	arena_clear(&a);
	for (int i = 0; i < 100; i++)
		memset(arena_alloc(&a, 4000), 0xFF, 4000);
	arena_clear(&a);
	p = arena_alloc(&a, 4000);
	for (size_t i = 0; i < 4000; i++)
		assert_int_equal(p[i], 0);
	arena_release(&a);
	arena_release(&a);
	assert_null(a.first);
}

static void say_restored(void)
{
	if (write(STDOUT_FILENO, "restored", 8) != 8)
		_exit(3);
}

/* In a child: ask for more than there can be, and look at what it leaves behind. */
static int starve(void (*ask)(void), char *out, size_t size)
{
	int ends[2], status;
	size_t len = 0;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (!pid) {
		struct rlimit no_core = { 0, 0 };

		signal(SIGABRT, SIG_DFL);
		setrlimit(RLIMIT_CORE, &no_core);
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		mem_on_failure(say_restored);
		ask();
		_exit(0);
	}
	close(ends[1]);
	for (ssize_t n = 1; n > 0 && len < size - 1; len += (size_t)(n > 0 ? n : 0))
		n = read(ends[0], out + len, size - 1 - len);
	out[len] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void ask_overflow(void)
{
	volatile size_t n = SIZE_MAX / 2;

	free(xrealloc(NULL, n, 4));
}

static void ask_calloc(void)
{
	volatile size_t n = SIZE_MAX / 2;

	free(xcalloc(n, 4));
}

static void out_of_memory__restores_and_aborts__when_sizes_overflow(void **state UNUSED)
{
	void (*const asks[])(void) = { ask_overflow, ask_calloc };

	for (size_t i = 0; i < N_ELEMENTS(asks); i++) {
		char out[4096];
		int status = starve(asks[i], out, sizeof out);

#ifndef __SANITIZE_ADDRESS__ /* there the sanitizer ends the program before us */
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
		assert_string_equal(out, "restoredcunyi: out of memory\n");
#else
		assert_true(status != 0);
#endif
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(xmalloc__never_gives_null__for_nothing),
		cmocka_unit_test(xstrndup__copies__at_most_n),
		cmocka_unit_test(arena__gives_zeroed_aligned_memory__of_any_size),
		cmocka_unit_test(arena_clear__gives_the_memory_again__zeroed),
		cmocka_unit_test(out_of_memory__restores_and_aborts__when_sizes_overflow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
