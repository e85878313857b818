#include "app/service/sticks.h"

#include "app/base/path.h"

enum { MOUNTS_MAX = 256 * 1024 };

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

/* The second word of a line, in which blanks are written \040. */
static void mount_folder(const char *line, size_t n, struct sbuf *out)
{
	const char *end = line + n, *s = memchr(line, ' ', n);

	sbuf_clear(out);
	for (s = s ? s + 1 : end; s < end && *s != ' '; s++) {
		if (end - s >= 4 && is_octal(s)) {
			sbuf_addc(out, (char)((s[1] - '0') << 6 | (s[2] - '0') << 3 | (s[3] - '0')));
			s += 3;
		} else {
			sbuf_addc(out, *s);
		}
	}
}

void sticks_folder(const char *mounts, struct sbuf *out)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_SBUF struct sbuf folder = SBUF_INIT;
	struct err ignored;

	sbuf_clear(out);
	if (!path_read(mounts ? mounts : "/proc/mounts", MOUNTS_MAX, &text, &ignored))
		return;
	for (const char *line = text.s; *line;) {
		size_t n = strcspn(line, "\n");

		mount_folder(line, n, &folder);
		if (is_for_sticks(folder.s)) { /* the newest stands last */
			sbuf_clear(out);
			sbuf_adds(out, folder.s);
		}
		line += n + (line[n] == '\n');
	}
}
