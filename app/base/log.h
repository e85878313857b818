/* The log file of the data folder.  For support, so it may be sent to strangers: ids, codes, counts and library
 * messages only, never a name, a number, a date or a text of a patient, and never a struct err's message. */
#ifndef CUNYI_LOG_H
#define CUNYI_LOG_H

#include "app/base/base.h"
#include "app/base/clock.h"
#include "app/base/err.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO };

/* Opens (0600, appending) and sets the file's limit; when a line would pass it, the file becomes PATH.1 and a new one
 * starts.  Several processes may write the same file.  Until a file is open, warnings and errors go to stderr. */
enum { LOG_SIZE_MAX = 1024 * 1024 };
bool log_open(const char *path, size_t max_size, struct err *err) MUST_CHECK;
void log_close(void);
/* Descriptor for others' noise (stderr while the screen is up), or -1. */
int log_fd(void);

/* NULL for the machine's. */
void log_set_clock(const struct clock *clock);

/* One line: "2026-11-22T10:05:33.120+08:00 1234 warn  text".  Control characters are written as \xNN. */
void log_write(enum log_level level, const char *fmt, ...) PRINTF(2, 3);

/* What a struct err may tell a log: code, detail, field and technical line, after `what` was being done. */
void log_err(const char *what, const struct err *err);

#define log_error(...) log_write(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warn(...)  log_write(LOG_LEVEL_WARN, __VA_ARGS__)
#define log_info(...)  log_write(LOG_LEVEL_INFO, __VA_ARGS__)

#endif
