/* Inside app/base only: the two questions behind path_check_local(), apart so that tests can ask them. */
#ifndef CUNYI_PATH_INT_H
#define CUNYI_PATH_INT_H

#include "app/base/base.h"

/* f_type of statfs(2). */
bool path_type_is_network(uint32_t f_type);
/* Type of the mount with this device number in the text of /proc/self/mountinfo ("fuse.sshfs"); false if not there. */
bool path_mount_type(const char *mountinfo, unsigned major, unsigned minor, char *out, size_t size);
bool path_fuse_is_network(const char *type);

#endif
