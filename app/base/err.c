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

bool err_errno(struct err *err, int errnum, const char *what)
{
	enum err_code code = ERR_IO;
	const char *fmt = _("%s: cannot be read or written (%s).");

	if (errnum == ENOSPC || errnum == EDQUOT) {
		code = ERR_DISK_FULL;
		fmt = _("%s: the disk is full (%s). Free some space and try again.");
	} else if (errnum == EACCES || errnum == EPERM || errnum == EROFS) {
		code = ERR_NOT_ALLOWED;
		fmt = _("%s: no permission (%s).");
	} else if (errnum == ENOENT) {
		code = ERR_NOT_FOUND;
		fmt = _("%s: there is no such file or folder (%s).");
	}
	start(err, code);
	err->detail = errnum;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(err->message, sizeof err->message, fmt, what, strerror(errnum));
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
