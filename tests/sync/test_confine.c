/* What a confined process cannot do, and what it still can.  Each case runs in a child of its own, because confinement is
 * for ever; where the kernel lacks a part, the cases of that part are passed over and said to be. */
#define _GNU_SOURCE /* posix_openpt */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/log.h"
#include "app/base/mem.h"
#include "support/service/clinic.h"
#include "sync/confine.h"
#include "sync/transport.h"
#include "web.h"

/* ---- a confined child ------------------------------------------------------------------------------------------------ */

struct place {
	const char *inside, *outside; /* folders */
	int terminal; /* a pseudo terminal that was open before */
	const char *web; /* a server on loopback */
	int door; /* where somebody waits to be let in */
};

/* Which of the two (sync/confine.h). */
enum { CALLER = 1, ANSWERER = 2, EITHER = CALLER | ANSWERER };

/* The exit status of what ran in a confined child; 99 when the kernel lacks what the case is about. */
static int confined(const struct place *p, unsigned as, unsigned needs, bool (*holds)(const struct place *p))
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		const char *const folders[] = { p->inside, NULL };
		unsigned has = as == ANSWERER ? confine_answering(folders) : confine(folders);

		_exit((has & needs) != needs ? 99 : holds(p) ? 0
							     : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static bool opens(const char *path, int flags)
{
	int fd = open(path, flags, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool opens_in(const char *dir, const char *name, int flags)
{
	AUTO_FREE char *path = scratch_path(dir, name);

	return opens(path, flags);
}

/* ---- what it cannot do ----------------------------------------------------------------------------------------------- */

static bool sees_no_passwords(const struct place *p)
{
	(void)p;
	return !opens("/etc/passwd", O_RDONLY) && !opens("/etc/shadow", O_RDONLY) && !opens("/proc/1/environ", O_RDONLY);
}

static bool sees_no_other_files(const struct place *p)
{
	return !opens_in(p->outside, "secret", O_RDONLY) && !opens_in(p->outside, "new", O_WRONLY | O_CREAT) && errno == EACCES &&
		!opens("/", O_RDONLY | O_DIRECTORY) && !opens("/home", O_RDONLY | O_DIRECTORY);
}

static bool climbs_out_of_nothing(const struct place *p)
{
	AUTO_FREE char *link = scratch_path(p->inside, "link"), *out = scratch_path(p->outside, "secret"),
		       *in = scratch_path(p->inside, "stolen");

	return symlink(out, link) != 0 && rename(out, in) != 0 && !opens(in, O_RDONLY);
}

static bool opens_no_terminal(const struct place *p)
{
	const char *name = ptsname(p->terminal);

	return !opens("/dev/tty", O_RDWR) && !opens("/dev/ptmx", O_RDWR) && !opens("/dev/console", O_WRONLY) &&
		(!name || !opens(name, O_RDWR));
}

static bool starts_no_program(const struct place *p)
{
	char name[] = "true", *const argv[] = { name, NULL };

	(void)p;
	return execv("/bin/true", argv) != 0;
}

static bool makes_no_process(const struct place *p)
{
	pid_t pid = fork();

	(void)p;
	if (pid == 0)
		_exit(0);
	return pid < 0 && errno == EPERM;
}

static bool pushes_no_keys(const struct place *p)
{
	char key = 'x';

	return ioctl(p->terminal, TIOCSTI, &key) != 0 && !isatty(p->terminal) && !isatty(STDIN_FILENO);
}

static bool touches_nobody(const struct place *p)
{
	(void)p;
	return kill(getppid(), 0) != 0 && ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) != 0;
}

static bool has_no_raw_sockets(const struct place *p)
{
	(void)p;
	return socket(AF_PACKET, SOCK_RAW, 0) < 0 && socket(AF_BLUETOOTH, SOCK_RAW, 0) < 0;
}

static bool runs_nothing_it_wrote(const struct place *p)
{
	void *m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)p;
	return m != MAP_FAILED && mprotect(m, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) != 0 &&
		mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED;
}

static bool raises_no_limit(const struct place *p)
{
	struct rlimit core = { .rlim_cur = 1, .rlim_max = 1 }, now;

	(void)p;
	return setrlimit(RLIMIT_CORE, &core) != 0 && getrlimit(RLIMIT_CORE, &now) == 0 && now.rlim_cur == 0;
}

static bool waits_at_no_door(const struct place *p)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)p;
	return listen(fd, 1) != 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0;
}

static bool calls_nobody(const struct place *p)
{
	(void)p;
	return socket(AF_INET, SOCK_STREAM, 0) < 0 && socket(AF_INET, SOCK_DGRAM, 0) < 0 && socket(AF_UNIX, SOCK_STREAM, 0) < 0;
}

/* Behind such doors are the screen (X11), and who starts programs for whoever asks (D-Bus, a terminal multiplexer). */
static bool knocks_at_no_file(const struct place *p)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "%s/socket", p->outside);
	return fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof(at)) != 0;
}

/* ---- what it still can ------------------------------------------------------------------------------------------------ */

static bool works_in_its_folder(const struct place *p)
{
	AUTO_FREE char *a = scratch_path(p->inside, "a"), *b = scratch_path(p->inside, "b"), *dir = scratch_path(p->inside, "d");
	struct stat st;

	return opens(a, O_RDWR | O_CREAT) && rename(a, b) == 0 && opens(b, O_RDONLY) && chmod(b, 0600) == 0 && unlink(b) == 0 &&
		mkdir(dir, 0700) == 0 && stat(dir, &st) == 0 && opens(p->inside, O_RDONLY | O_DIRECTORY);
}

static bool finds_names(const struct place *p)
{
	struct addrinfo *found = NULL;
	bool ok = getaddrinfo("localhost", "443", NULL, &found) == 0;

	(void)p;
	if (found)
		freeaddrinfo(found);
	return ok && opens("/etc/hosts", O_RDONLY) && opens("/dev/null", O_WRONLY) && opens("/dev/urandom", O_RDONLY);
}

/* Where there is a number of the computer, it is read: a copied disk is told by it. */
static bool knows_the_computer(const struct place *p)
{
	(void)p;
	return (access("/etc/machine-id", F_OK) != 0 || opens("/etc/machine-id", O_RDONLY)) &&
		(access("/sys/class/net/lo", F_OK) != 0 || opens("/sys/class/net/lo/address", O_RDONLY));
}

/* libcurl starts a thread for the name, opens certificates and sockets. */
static bool talks(const struct place *p)
{
	struct err err;
	AUTO_ANSWER struct http_answer a;
	struct transport *t = transport_http(NULL, &err);
	bool ok;

	http_answer_init(&a);
	ok = t && t->send(t, &(struct http_request){ .method = "GET", .url = p->web }, &a, &err) && a.status == 200;
	transport_close(t);
	return ok;
}

static bool lets_in(const struct place *p)
{
	char said = 0;
	int fd = accept(p->door, NULL, NULL);

	return fd >= 0 && recv(fd, &said, 1, 0) == 1 && said == '?' && send(fd, "!", 1, MSG_NOSIGNAL) == 1;
}

/* ---- the table --------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *what;
	unsigned as, needs;
	bool (*holds)(const struct place *p);
} cases[] = {
	{ "sees no passwords", EITHER, CONFINE_FILES, sees_no_passwords },
	{ "sees no other files", EITHER, CONFINE_FILES, sees_no_other_files },
	{ "climbs out of nothing", EITHER, CONFINE_FILES, climbs_out_of_nothing },
	{ "opens no terminal", EITHER, CONFINE_FILES, opens_no_terminal },
	{ "starts no program, by files", EITHER, CONFINE_FILES, starts_no_program },
	{ "starts no program, by calls", EITHER, CONFINE_CALLS, starts_no_program },
	{ "makes no process", EITHER, CONFINE_CALLS, makes_no_process },
	{ "pushes no keys into a terminal", EITHER, CONFINE_CALLS, pushes_no_keys },
	{ "touches no other process", EITHER, CONFINE_CALLS, touches_nobody },
	{ "has no raw sockets", CALLER, CONFINE_CALLS, has_no_raw_sockets },
	{ "runs nothing that it wrote", EITHER, CONFINE_CALLS, runs_nothing_it_wrote },
	{ "raises no limit", EITHER, CONFINE_CALLS, raises_no_limit },
	{ "waits at no door", CALLER, CONFINE_CALLS, waits_at_no_door },
	{ "knocks at no file of another program", EITHER, CONFINE_CALLS, knocks_at_no_file },
	{ "works in its folder", EITHER, 0, works_in_its_folder },
	{ "finds names", CALLER, 0, finds_names },
	{ "knows which computer it is on", EITHER, 0, knows_the_computer },
	{ "talks with a server", CALLER, 0, talks },
	{ "calls nobody", ANSWERER, CONFINE_CALLS, calls_nobody },
	{ "lets somebody in", ANSWERER, 0, lets_in },
};

static bool say_ok(struct web_line *l, const struct web_request *req)
{
	(void)req;
	return web_say(l, "200 OK", "application/fhir+json", "", "{}");
}

/* A listening socket, and a connection to it that says something. */
static int open_door(int *visitor)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);
	int door = socket(AF_INET, SOCK_STREAM, 0);

	*visitor = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(door, (struct sockaddr *)&at, n) | listen(door, 1), 0);
	assert_int_equal(getsockname(door, (struct sockaddr *)&at, &n) | connect(*visitor, (struct sockaddr *)&at, n), 0);
	assert_int_equal(send(*visitor, "?", 1, MSG_NOSIGNAL), 1);
	return door;
}

static int open_file_door(const char *folder)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int door = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "%s/socket", folder);
	assert_int_equal(bind(door, (struct sockaddr *)&at, sizeof(at)) | listen(door, 8), 0);
	return door;
}

static void confined__can_do_what_it_must_and_nothing_else(void **state)
{
	AUTO_FREE char *caller = scratch_dir(), *answerer = scratch_dir(), *outside = scratch_dir();
	AUTO_FREE char *secret = scratch_path(outside, "secret");
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	struct place p = { .outside = outside, .terminal = posix_openpt(O_RDWR | O_NOCTTY) };
	struct web w;
	int visitor, file_door = open_file_door(outside);

	(void)state;
	scratch_write(secret, "secret", 0);
	web_start(&w, &(struct web_options){ .answer = say_ok });
	sbuf_addf(&url, "http://localhost:%d/", w.port);
	p.web = url.s;
	p.door = open_door(&visitor);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		for (unsigned as = CALLER; as <= ANSWERER; as++) {
			int status;

			p.inside = as == CALLER ? caller : answerer;
			status = cases[i].as & as ? confined(&p, as, cases[i].needs, cases[i].holds) : 0;

			if (status == 99)
				print_message("# SKIP %s: this kernel lacks it\n", cases[i].what);
			else
				assert_case(status == 0, i, cases[i].what);
		}
	close(visitor);
	close(file_door);
	close(p.door);
	free(web_stop(&w));
	close(p.terminal);
}

/* ---- kernels that lack it --------------------------------------------------------------------------------------------- */

/* From here on the kernel knows no Landlock, as that of some desktops. */
static bool grow_old(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	bool ok = ctx && seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), seccomp_syscall_resolve_name("landlock_create_ruleset"), 0) == 0 &&
		seccomp_load(ctx) == 0;

	seccomp_release(ctx);
	return ok;
}

static void confined__takes_the_rest_and_says_so_in_one_line__old_kernel(void **state)
{
	AUTO_FREE char *dir = scratch_dir(), *path = scratch_path(dir, "log"), *text = NULL;
	int status;
	pid_t pid = fork();

	(void)state;
	if (!pid) {
		struct place p = { .inside = dir };
		struct err err;
		unsigned has;

		if (!log_open(path, LOG_SIZE_MAX, &err) || !grow_old())
			_exit(99);
		has = confine((const char *const[]){ dir, NULL });
		log_close();
		if (!has) /* a build that is not confined, for its sanitizer's sake */
			_exit(99);
		_exit(has == CONFINE_CALLS && makes_no_process(&p) && works_in_its_folder(&p) ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 99) {
		print_message("# SKIP old kernel: no seccomp here\n");
		return;
	}
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	text = scratch_read(path, NULL);
	assert_non_null(strstr(text, "lacks Landlock ("));
	assert_string_equal(strchr(text, '\n'), "\n");
}

/* ---- the database under it -------------------------------------------------------------------------------------------- */

static void save_some(struct test_clinic *c, int n, const char *mark)
{
	for (int i = 0; i < n; i++)
		clinic_save(c, "resident", "{'name':'%s%c%c','sex':'1','birth_date':'1950-01-%02d'}", mark, 'a' + i % 26, 'a' + i / 26,
			1 + i % 28);
}

/* Both write at once; the file grows, its log is moved into it, and at the end all is whole.  The first child opens the
 * clinic before it is confined, as `sync` does, the second after. */
static void confined__database_works(void **state)
{
	struct test_clinic c;
	pid_t pids[2];

	(void)state;
	clinic_start(&c);
	app_close(&c.app);
	c.app.db = NULL;
	for (int i = 0; i < 2; i++) {
		pids[i] = fork();
		if (!pids[i]) {
			const char *const folders[] = { c.dir, NULL };

			if (i == 0)
				clinic_reopen(&c, APP_COMMAND);
			confine(folders);
			if (i == 1)
				clinic_reopen(&c, APP_COMMAND);
			save_some(&c, 60, i ? "\xe9\x99\x88" : "\xe6\x9d\x8e");
			app_close(&c.app);
			_exit(0);
		}
	}
	clinic_reopen(&c, APP_COMMAND);
	save_some(&c, 20, "\xe7\x8e\x8b");
	for (int i = 0; i < 2; i++) {
		int status;

		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	assert_int_equal(clinic_count(&c, "SELECT count(*) FROM resident"), 140);
	clinic_check(&c);
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(confined__takes_the_rest_and_says_so_in_one_line__old_kernel),
		cmocka_unit_test(confined__database_works),
		cmocka_unit_test(confined__can_do_what_it_must_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
