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

/* A folder is one; a file, nothing and an empty word are none, and the sentence names what was given. */
static void sticks_check__takes__folders_alone(void **state)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *file = scratch_path(dir, "file"), *nothing = scratch_path(dir, "nothing");
	struct err err;

	(void)state;
	scratch_write(file, "x", 0);
	assert_ok(sticks_check(dir, &err), &err);
	assert_refused(sticks_check(file, &err), &err, ERR_NOT_FOUND);
	assert_non_null(strstr(err.message, file));
	assert_refused(sticks_check(nothing, &err), &err, ERR_NOT_FOUND);
	assert_non_null(strstr(err.message, nothing));
	assert_string_equal(err.example, "/media/usb");
	assert_refused(sticks_check("", &err), &err, ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sticks__are_found__table),
		cmocka_unit_test(sticks_check__takes__folders_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
