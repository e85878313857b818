/* Is a folder on a local disk? */
#include <errno.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include "app/base/i18n.h"
#include "app/base/path.h"
#include "app/base/path_int.h"

enum { MOUNTINFO_MAX = 1024 * 1024 };
static const uint32_t fuse_magic = 0x65735546;

/* Numbers of statfs(2) and linux/magic.h. */
bool path_type_is_network(uint32_t f_type)
{
	static const uint32_t types[] = {
		0x6969,     /* NFS */
		0x517B,     /* SMB */
		0xFE534D42, /* SMB2 */
		0xFF534D42, /* CIFS */
		0x564C,     /* NCP */
		0x73757245, /* Coda */
		0x5346414F, /* AFS (OpenAFS, kAFS) */
		0x6B414653, /* kAFS */
		0x00C36400, /* Ceph */
		0x01161970, /* GFS2 */
		0x7461636F, /* OCFS2 */
		0x01021997, /* 9P: folders shared by a virtual machine's host */
		0x786F4256, /* VirtualBox shared folder */
		0x0BD00BD0, /* Lustre */
		0x47504653, /* GPFS */
	};

	for (size_t i = 0; i < N_ELEMENTS(types); i++)
		if (types[i] == f_type)
			return true;
	return false;
}

bool path_fuse_is_network(const char *type)
{
	static const char *const types[] = { "fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.s3fs",
		"fuse.glusterfs", "fuse.cephfs", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.juicefs", "fuse.vmhgfs-fuse",
		"fuse.portal" };

	for (size_t i = 0; i < N_ELEMENTS(types); i++)
		if (!strcmp(types[i], type))
			return true;
	return false;
}

/* Lines of mountinfo: "36 35 98:0 / /mnt rw - ext3 /dev/sda1 rw": the third word is the device, the type follows " - ". */
bool path_mount_type(const char *mountinfo, unsigned major, unsigned minor, char *out, size_t size)
{
	for (const char *line = mountinfo; *line;) {
		size_t len = strcspn(line, "\n");
		unsigned a, b;
		const char *type;

		if (sscanf(line, "%*d %*d %u:%u", &a, &b) == 2 && a == major && b == minor) {
			type = strstr(line, " - ");
			if (type && type < line + len) {
				type += 3;
				snprintf(out, size, "%.*s", (int)strcspn(type, " \n"), type);
				return true;
			}
		}
		line += len + (line[len] == '\n');
	}
	return false;
}

static bool is_network(const char *dir, uint32_t f_type)
{
	AUTO_SBUF struct sbuf mounts = SBUF_INIT;
	struct err ignored = { 0 };
	struct stat st;
	char type[64];

	if (f_type != fuse_magic)
		return path_type_is_network(f_type);
	if (stat(dir, &st) != 0 || !path_read("/proc/self/mountinfo", MOUNTINFO_MAX, &mounts, &ignored))
		return false;
	return path_mount_type(mounts.s, major(st.st_dev), minor(st.st_dev), type, sizeof type) &&
		path_fuse_is_network(type);
}

bool path_check_local(const char *dir, struct err *err)
{
	struct statfs fs;

	if (statfs(dir, &fs) != 0)
		return err_errno(err, errno, path_shown(dir));
	if (is_network(dir, (uint32_t)fs.f_type))
		return err_set(err, ERR_NOT_ALLOWED,
			_("%s lies on a network drive. The records would be damaged there: choose a folder on this "
			  "computer's own disk."),
			path_shown(dir));
	return true;
}
