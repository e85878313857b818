/* Landlock: which files may be seen at all.  The kernel's header of Debian 12 is older than many kernels, so the rights that
 * came later are named here. */
#define _GNU_SOURCE /* O_PATH */
#include "sync/confine_int.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	FS_EXECUTE = 1 << 0,
	FS_WRITE_FILE = 1 << 1,
	FS_READ_FILE = 1 << 2,
	FS_READ_DIR = 1 << 3,
	FS_REMOVE_DIR = 1 << 4,
	FS_REMOVE_FILE = 1 << 5,
	FS_MAKE_DIR = 1 << 7,
	FS_MAKE_REG = 1 << 8,
	FS_REFER = 1 << 13, /* from the second edition on */
	FS_TRUNCATE = 1 << 14, /* third */
	FS_IOCTL_DEV = 1 << 15, /* fifth */
	FS_FIRST = (1 << 13) - 1,
	NET_BIND = 1 << 0, /* fourth */
	SCOPE_ALL = 3, /* sixth: abstract sockets of others, signals to others */

	MAY_READ = FS_READ_FILE | FS_READ_DIR,
	MAY_CHANGE = MAY_READ | FS_WRITE_FILE | FS_REMOVE_FILE | FS_MAKE_DIR | FS_MAKE_REG | FS_TRUNCATE | FS_REFER,
	ON_FILES = FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV, /* what a rule on a file may say */
};

/* As the kernel has it now; older ones take it as long as what they do not know is zero. */
struct ruleset {
	uint64_t fs, net, scoped;
};

/* To read.  Folders that distributions link the resolver's file into are named as well: a rule is about the file that a
 * link leads to. */
static const char *const readable[] = {
	/* names to addresses */
	"/etc/resolv.conf",
	"/etc/hosts",
	"/etc/host.conf",
	"/etc/nsswitch.conf",
	"/etc/gai.conf",
	"/etc/services",
	"/etc/protocols",
	"/run/systemd/resolve",
	"/run/NetworkManager",
	"/run/resolvconf",
	"/run/nscd",
	/* certificates and settings of the library that checks them */
	"/etc/ssl",
	"/usr/share/ca-certificates",
	"/usr/local/share/ca-certificates",
	"/usr/lib/ssl",
	"/etc/pki",
	"/etc/ca-certificates",
	/* libraries that are loaded at their first use: modules of the resolver */
	"/etc/ld.so.cache",
	"/lib",
	"/usr/lib",
	"/lib64",
	"/usr/lib64",
	"/usr/local/lib",
	/* which computer this is: its number and those of its network cards tell a copied disk from the first */
	"/etc/machine-id",
	"/sys/class/net",
	"/sys/devices",
	/* time, languages, randomness */
	"/etc/localtime",
	"/usr/share/zoneinfo",
	"/usr/share/locale",
	"/dev/urandom",
	"/dev/random",
};

static const char *const writable[] = { "/dev/null" };

static int rule(int set, const char *path, uint64_t rights, uint64_t known)
{
	struct landlock_path_beneath_attr beneath = { .parent_fd = open(path, O_PATH | O_CLOEXEC) };
	struct stat st;
	int r = 0;

	if (beneath.parent_fd < 0)
		return errno == ENOENT || errno == EACCES || errno == ENOTDIR ? 0 : errno;
	if (fstat(beneath.parent_fd, &st) == 0) {
		beneath.allowed_access = rights & known & (S_ISDIR(st.st_mode) ? ~UINT64_C(0) : ON_FILES);
		if (syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0)
			r = errno;
	}
	close(beneath.parent_fd);
	return r;
}

static int add_rules(int set, const char *const folders[], uint64_t known)
{
	int r = 0;

	for (size_t i = 0; !r && i < N_ELEMENTS(readable); i++)
		r = rule(set, readable[i], MAY_READ, known);
	for (size_t i = 0; !r && i < N_ELEMENTS(writable); i++)
		r = rule(set, writable[i], FS_READ_FILE | FS_WRITE_FILE, known);
	for (; !r && *folders; folders++)
		r = rule(set, *folders, MAY_CHANGE, known);
	return r;
}

/* Everything that this kernel can forbid is forbidden; the rules then allow. */
static struct ruleset all_of(long edition)
{
	struct ruleset all = { .fs = FS_FIRST };

	if (edition >= 2)
		all.fs |= FS_REFER;
	if (edition >= 3)
		all.fs |= FS_TRUNCATE;
	if (edition >= 4)
		all.net = NET_BIND;
	if (edition >= 5)
		all.fs |= FS_IOCTL_DEV;
	if (edition >= 6)
		all.scoped = SCOPE_ALL;
	return all;
}

int confine_files(const char *const folders[])
{
	long edition = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct ruleset all = all_of(edition);
	int set, r;

	if (edition < 1)
		return edition < 0 ? errno : ENOSYS;
	set = (int)syscall(SYS_landlock_create_ruleset, &all, edition < 4 ? sizeof(all.fs) : sizeof(all), 0);
	if (set < 0)
		return errno;
	r = add_rules(set, folders, all.fs);
	if (!r && syscall(SYS_landlock_restrict_self, set, 0) != 0)
		r = errno;
	close(set);
	return r;
}
