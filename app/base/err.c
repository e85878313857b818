#include "app/base/err.h"

#include <errno.h>
#include <stdarg.h>

#include "app/base/i18n.h"

static const char *const names[] = {
#define X(id, name) [ERR_##id] = name,
	ERR_LIST(X)
#undef X
};

static void start(struct err *err, enum err_code code)
{
	err_clear(err);
	err->code = code;
}

/* What did not fit was cut between two bytes; take the rest of a cut character away too. */
static void whole_characters(char *s)
{
	size_t n = strlen(s), back = 0;
	unsigned char lead;

	while (back < n && back < 3 && ((unsigned char)s[n - 1 - back] & 0xC0) == 0x80)
		back++;
	if (back == n)
		return;
	lead = (unsigned char)s[n - 1 - back];
	if (back < (lead >= 0xF0 ? 3u : lead >= 0xE0 ? 2u : lead >= 0xC0 ? 1u : 0u))
		s[n - 1 - back] = '\0';
}

bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	start(err, code);
	va_start(ap, fmt);
	vsnprintf(err->message, sizeof err->message, fmt, ap);
	va_end(ap);
	whole_characters(err->message);
	return false;
}

bool err_system(struct err *err, enum err_code code, int detail, const char *message, const char *logfmt, ...)
{
	va_list ap;

	start(err, code);
	err->detail = detail;
	snprintf(err->message, sizeof err->message, "%s", message);
	va_start(ap, logfmt);
	vsnprintf(err->log, sizeof err->log, logfmt, ap);
	va_end(ap);
	whole_characters(err->message);
	whole_characters(err->log);
	return false;
}

/* In words of our own: those of libc come in the user's language only where its catalogues are installed. */
static const struct cause {
	int errnum;
	enum err_code code;
	const char *fmt; /* with the name of the file */
} causes[] = {
	{ ENOSPC, ERR_DISK_FULL, N_("%s: the disk is full. Free some space and try again.") },
	{ EDQUOT, ERR_DISK_FULL, N_("%s: the disk is full. Free some space and try again.") },
	{ EACCES, ERR_NOT_ALLOWED, N_("%s: no permission.") },
	{ EPERM, ERR_NOT_ALLOWED, N_("%s: no permission.") },
	{ EROFS, ERR_NOT_ALLOWED, N_("%s: this disk cannot be written to.") },
	{ ENOENT, ERR_NOT_FOUND, N_("%s: there is no such file or folder.") },
	{ ENOTDIR, ERR_IO, N_("%s: this is no folder.") },
	{ EISDIR, ERR_IO, N_("%s: this is a folder; a file is expected.") },
	{ EEXIST, ERR_IO, N_("%s: there is one already.") },
	{ ENAMETOOLONG, ERR_IO, N_("%s: this name is too long.") },
	{ EIO, ERR_IO, N_("%s: the disk is damaged or was unplugged.") },
};

bool err_errno(struct err *err, int errnum, const char *what)
{
	enum err_code code = ERR_IO;
	const char *fmt = N_("%s: cannot be read or written.");

	for (size_t i = 0; i < N_ELEMENTS(causes); i++)
		if (causes[i].errnum == errnum) {
			code = causes[i].code;
			fmt = causes[i].fmt;
		}
	start(err, code);
	err->detail = errnum;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(err->message, sizeof err->message, _(fmt), what);
#pragma GCC diagnostic pop
	whole_characters(err->message);
	snprintf(err->log, sizeof err->log, "errno %d", errnum);
	return false;
}

bool err_at(struct err *err, const char *field)
{
	snprintf(err->field, sizeof err->field, "%s", field);
	whole_characters(err->field);
	return false;
}

bool err_example(struct err *err, const char *example)
{
	snprintf(err->example, sizeof err->example, "%s", example);
	whole_characters(err->example);
	return false;
}

void err_clear(struct err *err)
{
	memset(err, 0, sizeof *err);
}

const char *err_name(enum err_code code)
{
	return (unsigned)code < ERR_COUNT ? names[code] : "none";
}

int err_exit_status(enum err_code code)
{
	static const unsigned char status[ERR_COUNT] = {
		[ERR_NONE] = 0,        [ERR_USAGE] = 2,   [ERR_UNKNOWN_COMMAND] = 2, [ERR_BUSY] = 3,
		[ERR_NETWORK] = 4,     [ERR_SERVER] = 4,  [ERR_AUTH] = 4,            [ERR_NOT_ALLOWED] = 5,
	};

	if (code == ERR_NONE)
		return 0;
	return status[code] ? status[code] : 1;
}
