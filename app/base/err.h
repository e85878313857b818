/* Errors.  A function that can fail returns bool and fills a struct err: a stable code for programs, the field that is
 * wrong, a sentence for the user in the present language, an example of right, and a technical line for the log. */
#ifndef CUNYI_ERR_H
#define CUNYI_ERR_H

#include "app/base/base.h"

/* The codes are part of the command line's contract: `cunyi` prints the names, scripts compare them. */
#define ERR_LIST(X)                                                                                                  \
	X(NONE, "none")                                                                                              \
	X(USAGE, "usage")                                                                                            \
	X(UNKNOWN_COMMAND, "unknown_command")                                                                        \
	X(UNKNOWN_KIND, "unknown_kind")                                                                              \
	X(UNKNOWN_FIELD, "unknown_field")                                                                            \
	X(NOT_FOUND, "not_found")                                                                                    \
	X(REQUIRED, "required")                                                                                      \
	X(INVALID_TYPE, "invalid_type")                                                                              \
	X(INVALID_VALUE, "invalid_value")                                                                            \
	X(UNKNOWN_CODE, "unknown_code")                                                                              \
	X(OUT_OF_RANGE, "out_of_range")                                                                              \
	X(NEEDS_CONFIRMATION, "needs_confirmation")                                                                  \
	X(INCONSISTENT, "inconsistent")                                                                              \
	X(FUTURE_DATE, "future_date")                                                                                \
	X(WRONG_STATE, "wrong_state")                                                                                \
	X(DUPLICATE, "duplicate")                                                                                    \
	X(STALE, "stale")                                                                                            \
	X(NOT_ALLOWED, "not_allowed")                                                                                \
	X(NOT_CHOSEN, "not_chosen")                                                                                  \
	X(BUSY, "busy")                                                                                              \
	X(DISK_FULL, "disk_full")                                                                                    \
	X(IO, "io")                                                                                                  \
	X(CORRUPT, "corrupt")                                                                                        \
	X(TOO_NEW, "too_new")                                                                                        \
	X(NETWORK, "network")                                                                                        \
	X(SERVER, "server")                                                                                          \
	X(AUTH, "auth")                                                                                              \
	X(FORMAT, "format")                                                                                          \
	X(PRACTICE, "practice")

enum err_code {
#define X(id, name) ERR_##id,
	ERR_LIST(X)
#undef X
	ERR_COUNT
};

struct err {
	enum err_code code;
	int detail;        /* errno, SQLite extended code, CURLcode or HTTP status; 0 if none */
	char field[64];    /* key of the wrong field ("sbp"), or "" */
	char message[320]; /* sentence for the user, already in the present language */
	char example[96];  /* an example of right ("350299195203150048"), or "" */
	char log[192];     /* technical detail; never patient data */
};

/* Fills *err (field, example, log and detail emptied) and returns false, so that callers write: return err_set(...); */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...) PRINTF(3, 4);

/* The same for a failure of the system or a library: detail is kept, and the technical line goes to the log field. */
bool err_system(struct err *err, enum err_code code, int detail, const char *message, const char *logfmt, ...)
	PRINTF(5, 6);

/* The same from errno: ENOSPC becomes disk_full, EACCES/EPERM/EROFS not_allowed, all else io.  what is a path
 * (path_shown()) or another word the user knows; it is quoted in the message. */
bool err_errno(struct err *err, int errnum, const char *what);

/* Adds to an error that is set; each returns false too. */
bool err_at(struct err *err, const char *field);
bool err_example(struct err *err, const char *example);

void err_clear(struct err *err);

/* "out_of_range" for ERR_OUT_OF_RANGE. */
const char *err_name(enum err_code code);

/* Exit status of the program for a code: 2 usage, 3 busy, 4 network/server/auth, 5 not_allowed, 1 all others, 0 none. */
int err_exit_status(enum err_code code);

#endif
