/* seccomp: which calls of the kernel may be made.  What is not named answers "no such call", never death: a newer C library
 * tries new calls first and falls back. */
#define _GNU_SOURCE /* CLONE_THREAD */
#include "sync/confine_int.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* By name, because not every machine has every one of them. */
static const char *const calls[] = {
	/* files */
	"read",
	"write",
	"readv",
	"writev",
	"pread64",
	"pwrite64",
	"preadv",
	"pwritev",
	"open",
	"openat",
	"close",
	"close_range",
	"stat",
	"fstat",
	"lstat",
	"newfstatat",
	"fstatat64",
	"fstat64",
	"stat64",
	"lstat64",
	"statx",
	"access",
	"faccessat",
	"faccessat2",
	"lseek",
	"_llseek",
	"fcntl",
	"fcntl64",
	"flock",
	"fsync",
	"fdatasync",
	"ftruncate",
	"ftruncate64",
	"fallocate",
	"rename",
	"renameat",
	"renameat2",
	"unlink",
	"unlinkat",
	"mkdir",
	"mkdirat",
	"chmod",
	"fchmod",
	"fchmodat",
	"fchown",
	"fchown32",
	"utimensat",
	"getdents",
	"getdents64",
	"readlink",
	"readlinkat",
	"getcwd",
	"umask",
	"dup",
	"dup2",
	"dup3",
	"statfs",
	"fstatfs",
	"statfs64",
	"fstatfs64",
	"fadvise64",
	"sync_file_range",
	/* lines and waiting */
	"pipe",
	"pipe2",
	"poll",
	"ppoll",
	"ppoll_time64",
	"select",
	"_newselect",
	"pselect6",
	"epoll_create1",
	"epoll_ctl",
	"epoll_wait",
	"epoll_pwait",
	"eventfd2",
	"socketpair",
	"sendto",
	"recvfrom",
	"sendmsg",
	"recvmsg",
	"sendmmsg",
	"recvmmsg",
	"shutdown",
	"getsockname",
	"getpeername",
	"getsockopt",
	"setsockopt",
	"send",
	"recv",
	/* memory */
	"brk",
	"munmap",
	"mremap",
	"madvise",
	"mmap2",
	/* time and chance */
	"clock_gettime",
	"clock_gettime64",
	"clock_getres",
	"clock_nanosleep",
	"clock_nanosleep_time64",
	"nanosleep",
	"gettimeofday",
	"time",
	"times",
	"getrandom",
	"getrusage",
	/* who and where we are */
	"getpid",
	"gettid",
	"getppid",
	"getuid",
	"geteuid",
	"getgid",
	"getegid",
	"getuid32",
	"geteuid32",
	"getgid32",
	"getegid32",
	"uname",
	"sysinfo",
	"getrlimit",
	"ugetrlimit",
	"sched_getaffinity",
	"sched_yield",
	/* signals to ourselves, threads, the end */
	"rt_sigaction",
	"rt_sigprocmask",
	"rt_sigreturn",
	"sigreturn",
	"sigaltstack",
	"futex",
	"futex_time64",
	"set_robust_list",
	"get_robust_list",
	"rseq",
	"set_tid_address",
	"membarrier",
	"restart_syscall",
	"exit",
	"exit_group",
};

/* Who calls others, and who answers them. */
static const char *const calling[] = { "connect", "bind" };
static const char *const answering[] = { "accept", "accept4" };

/* Said to be forbidden and not absent, so that nobody tries another way. */
static const char *const forbidden[] = { "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev",
	"kill", "tkill" };

static int allow(scmp_filter_ctx ctx, const char *name)
{
	int nr = seccomp_syscall_resolve_name(name);

	return nr == __NR_SCMP_ERROR ? 0 : seccomp_rule_add(ctx, SCMP_ACT_ALLOW, nr, 0);
}

static int allow_all(scmp_filter_ctx ctx, const char *const names[], size_t n)
{
	int r = 0;

	for (size_t i = 0; !r && i < n; i++)
		r = allow(ctx, names[i]);
	return r;
}

static int forbid(scmp_filter_ctx ctx, const char *name)
{
	int nr = seccomp_syscall_resolve_name(name);

	return nr == __NR_SCMP_ERROR ? 0 : seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), nr, 0);
}

/* Lines to elsewhere, and the kernel's list of our addresses.  None to other programs of this machine (AF_UNIX): behind those are
 * the screen, and who starts programs for whoever asks; Landlock does not stop them.  What only such a program knows is looked up
 * before (transport_look_up()). */
static int allow_sockets(scmp_filter_ctx ctx)
{
	static const unsigned families[] = { AF_INET, AF_INET6, AF_NETLINK };
	int r = 0;

	for (size_t i = 0; !r && i < N_ELEMENTS(families); i++)
		r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, families[i], 0));
	return r;
}

/* Memory is for writing or for running, never for both. */
static int allow_memory(scmp_filter_ctx ctx)
{
	const unsigned both = PROT_WRITE | PROT_EXEC;
	int r = 0;

	for (unsigned prot = 0; !r && prot < both; prot++) {
		if (prot & ~both)
			continue;
		r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, both, prot));
		if (!r)
			r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, both, prot));
	}
	return r;
}

/* Threads, which the resolver needs, and no processes.  clone3 hides what it is asked for in memory, so it does not exist:
 * the C library then uses clone. */
static int allow_threads(scmp_filter_ctx ctx)
{
	int r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));

	if (!r)
		r = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
	return r;
}

/* Of the many things that ioctl does, two about sockets; it pushes no keys into a terminal (TIOCSTI) and asks none. */
static int allow_rest(scmp_filter_ctx ctx)
{
	static const unsigned requests[] = { FIONBIO, FIONREAD };
	int r = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, TCGETS, 0));

	for (size_t i = 0; !r && i < N_ELEMENTS(requests); i++)
		r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, requests[i], 0));
	if (!r) /* abort() */
		r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
	if (!r) /* reading limits, not changing them */
		r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0, 0));
	return r;
}

static int allow_line(scmp_filter_ctx ctx, bool answers)
{
	int r;

	if (answers)
		return allow_all(ctx, answering, N_ELEMENTS(answering));
	r = allow_all(ctx, calling, N_ELEMENTS(calling));
	return r ? r : allow_sockets(ctx);
}

static int add_all(scmp_filter_ctx ctx, bool answers)
{
	int r = allow_all(ctx, calls, N_ELEMENTS(calls));

	for (size_t i = 0; !r && i < N_ELEMENTS(forbidden); i++)
		r = forbid(ctx, forbidden[i]);
	if (!r)
		r = allow_line(ctx, answers);
	if (!r)
		r = allow_memory(ctx);
	if (!r)
		r = allow_threads(ctx);
	return r ? r : allow_rest(ctx);
}

int confine_calls(bool answers)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	int r;

	if (!ctx)
		return ENOMEM;
	r = add_all(ctx, answers);
	if (!r)
		r = seccomp_load(ctx);
	seccomp_release(ctx);
	return -r;
}
