/* Between log.c and log_report.c. */
#ifndef CUNYI_LOG_INT_H
#define CUNYI_LOG_INT_H

#include "app/service/log.h"

/* First and last day of a period as people write it. */
bool log_period(struct app *app, const char *text, int32_t *from, int32_t *to, struct err *err);

#endif
