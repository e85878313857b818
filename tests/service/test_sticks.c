/* Where the stick is, as the system's table of mounts tells it. */
#include "support/base/check.h"

#include "app/base/mem.h"
#include "app/service/sticks.h"

static const struct {
	const char *mounts, *folder;
} cases[] = {
	{ "", "" },
	{ "/dev/sda1 / ext4 rw 0 0\nproc /proc proc rw 0 0\n", "" },
	{ "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/chen/USB vfat rw 0 0\n", "/media/chen/USB" },
	{ "/dev/sdb1 /run/media/chen/KINGSTON vfat rw 0 0\n", "/run/media/chen/KINGSTON" },
	{ "/dev/sdb1 /media/chen/A vfat rw 0 0\n/dev/sdc1 /media/chen/B vfat rw 0 0\n", "/media/chen/B" },
	{ "/dev/sdb1 /media/chen/MY\\040STICK vfat rw 0 0\n", "/media/chen/MY STICK" },
	{ "/dev/sdb1 /media/chen/\\3 vfat rw 0 0", "/media/chen/\\3" },
	{ "/dev/sdb1 /media/chen/CD iso9660 ro 0 0\n", "" },
	{ "/dev/sdb1 /media/chen/LOCKED vfat ro,nosuid 0 0\n", "" },
	{ "tool /mnt/tool tmpfs rw 0 0\n", "" },
	{ "/dev/sdb1 /media/chen/A vfat rw,nosuid 0 0\ntool /mnt/tool tmpfs rw 0 0\n", "/media/chen/A" },
	{ "/dev/sdb1 /mediation vfat rw 0 0\nodd\n \n", "" },
	{ "/dev/sdb1 /mnt/usb", "" },
	{ "/dev/sdb1 /mnt/usb exfat rw", "/mnt/usb" },
};

static void sticks__are_found__table(void **state)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "mounts");

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_SBUF struct sbuf out = SBUF_INIT;

		if (*cases[i].mounts)
			scratch_write(path, cases[i].mounts, 0);
		sticks_folder(path, &out);
		assert_case(strcmp(out.s, cases[i].folder) == 0, i, cases[i].mounts);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(sticks__are_found__table) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
