/* 门诊日志 as the inspectors want it: one line a visit with every column, and the register of notifiable diseases of the same
 * time, with the zero report when there was none. */
#ifndef CUNYI_SERVICE_LOG_H
#define CUNYI_SERVICE_LOG_H

#include "app/clinic/report.h"
#include "app/service/app.h"

enum log_column {
	LOG_NO, LOG_WHEN, LOG_NAME, LOG_SEX, LOG_AGE, LOG_OCCUPATION, LOG_ID, LOG_ADDRESS, LOG_PHONE, LOG_PARENT, LOG_ONSET,
	LOG_FIRST, LOG_COMPLAINT, LOG_TEMPERATURE, LOG_BP, LOG_DIAGNOSIS, LOG_TREATMENT, LOG_REPORTED, LOG_DOCTOR, LOG_COLUMNS
};
extern const struct term log_heads[LOG_COLUMNS];

struct log_row {
	const char *id;                /* of the visit */
	const char *cell[LOG_COLUMNS]; /* never NULL */
};

struct log {
	int32_t from, to;
	struct log_row *rows; /* in the arena, by day and number */
	size_t n;
};

/* "2026-11-22", "2026-11", "2026-Q4", "2026". */
bool log_read(struct app *app, const char *period, struct arena *mem, struct log *out, struct err *err);

/* The log and the register as sheets.  Free with report_free(). */
struct report *log_report(struct app *app, const char *period, struct err *err);

#endif
