#include "sync/confine_int.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/base/i18n.h"
#include "app/base/log.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static const struct {
	int what;
	rlim_t most;
} limits[] = {
	{ RLIMIT_CORE, 0 }, /* it would hold patients */
	{ RLIMIT_CPU, 3600 }, /* seconds; a county's first load takes minutes */
	{ RLIMIT_NOFILE, 256 },
	{ RLIMIT_FSIZE, (rlim_t)64 << 30 }, /* ten times the largest clinic */
	{ RLIMIT_DATA, (rlim_t)512 << 20 }, /* the largest answer takes a tenth of it */
};

/* Only downwards: what the system allows already may be less. */
static void limit(int what, rlim_t most)
{
	struct rlimit now;

	if (getrlimit(what, &now) != 0)
		return;
	now.rlim_cur = now.rlim_cur < most ? now.rlim_cur : most;
	now.rlim_max = now.rlim_max < most ? now.rlim_max : most;
	if (setrlimit(what, &now) != 0)
		log_warn("confine: limit %d could not be set", what);
}

static void limit_all(bool answers)
{
	for (size_t i = 0; i < N_ELEMENTS(limits); i++)
		if (!(answers && limits[i].what == RLIMIT_CPU) &&              /* it goes on for days */
			!(SANITIZED && limits[i].what == RLIMIT_DATA)) /* a sanitizer's own tables are larger */
			limit(limits[i].what, limits[i].most);
	signal(SIGXFSZ, SIG_IGN); /* the write fails instead, as on a full disk */
}

/* Libraries load some things at their first use; afterwards they could not. */
static void load_before(void)
{
	(void)_("No network, or the county's address is unknown.");
	tzset();
}

static void no_input(void)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	dup2(fd, STDIN_FILENO);
	close(fd);
}

bool confine_has_terminal(void)
{
	return isatty(STDIN_FILENO) || isatty(STDOUT_FILENO) || isatty(STDERR_FILENO);
}

static unsigned enter(const char *const folders[], bool answers)
{
	int files, calls;

	load_before();
	no_input();
	limit_all(answers);
	if (SANITIZED) /* a sanitizer reads its own maps and starts a process at the end */
		return 0;
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		log_warn("confine: not possible on this system");
		return 0;
	}
	files = confine_files(folders);
	calls = confine_calls(answers);
	if (files || calls)
		log_warn("confine: this kernel lacks %s%s%s (%d, %d)", files ? "Landlock" : "", files && calls ? " and " : "",
			calls ? "seccomp" : "", files, calls);
	return (files ? 0 : CONFINE_FILES) | (calls ? 0 : CONFINE_CALLS);
}

unsigned confine(const char *const folders[])
{
	return enter(folders, false);
}

unsigned confine_answering(const char *const folders[])
{
	return enter(folders, true);
}
