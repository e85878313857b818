#include "app/service/sticks.h"

#include "app/base/i18n.h"
#include "app/base/path.h"

enum { MOUNTS_MAX = 256 * 1024 };

static bool is_among(const char *word, size_t n, const char *const *list)
{
	for (; *list; list++)
		if (strlen(*list) == n && strncmp(word, *list, n) == 0)
			return true;
	return false;
}

/* Something that is written to, on a medium of its own. */
static bool is_medium(const char *type, const char *options)
{
	static const char *const types[] = { "vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "ext2", "ext3", "ext4", "btrfs", "xfs", "udf",
		NULL };

	return is_among(type, strcspn(type, " \n"), types) && strncmp(options, "rw", 2) == 0 && strchr(", \n", options[2]);
}

static bool is_for_sticks(const char *folder)
{
	static const char *const below[] = { "/media/", "/run/media/", "/mnt/" };

	for (size_t i = 0; i < N_ELEMENTS(below); i++)
		if (strncmp(folder, below[i], strlen(below[i])) == 0)
			return true;
	return false;
}

static bool is_octal(const char *s)
{
	return s[0] == '\\' && strspn(s + 1, "01234567") >= 3;
}

/* Blanks are written \040. */
static void unescape(const char *s, size_t n, struct sbuf *out)
{
	const char *end = s + n;

	sbuf_clear(out);
	for (; s < end; s++) {
		if (end - s >= 4 && is_octal(s)) {
			sbuf_addc(out, (char)((s[1] - '0') << 6 | (s[2] - '0') << 3 | (s[3] - '0')));
			s += 3;
		} else {
			sbuf_addc(out, *s);
		}
	}
}

/* The start of a line's next word; its end when there is none. */
static const char *next_word(const char *s)
{
	s += strcspn(s, " \n");
	return *s == ' ' ? s + 1 : s;
}

void sticks_folder(const char *mounts, struct sbuf *out)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_SBUF struct sbuf found = SBUF_INIT;
	struct err ignored;

	sbuf_clear(out);
	if (!path_read(mounts ? mounts : "/proc/mounts", MOUNTS_MAX, &text, &ignored))
		return;
	for (const char *line = text.s; *line; line += line[strcspn(line, "\n")] ? strcspn(line, "\n") + 1 : strlen(line)) {
		const char *folder = next_word(line), *type = next_word(folder), *options = next_word(type);

		unescape(folder, strcspn(folder, " \n"), &found);
		if (!is_for_sticks(found.s) || !is_medium(type, options))
			continue;
		sbuf_clear(out); /* the newest stands last */
		sbuf_adds(out, found.s);
	}
}

bool sticks_check(const char *folder, struct err *err)
{
	if (path_is_folder(folder))
		return true;
	err_set(err, ERR_NOT_FOUND, _("%s: there is no such folder. Is the stick plugged in?"), path_shown(folder));
	return err_example(err, "/media/usb");
}
