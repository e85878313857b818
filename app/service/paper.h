/* Any record as its printed form: a report of one sheet on A4, written as a workbook.  Kinds with a layout (paper.h) look
 * like their paper; a visit has its prescription sheets behind it; a follow-up prints the year's four visits side by side;
 * others print their fields in their order. */
#ifndef CUNYI_SERVICE_PAPER_H
#define CUNYI_SERVICE_PAPER_H

#include "app/clinic/report.h"
#include "app/service/record.h"

/* The sheet of a record, stored or still being filled in (an emergency's letter is not kept waiting for a save).  Free
 * with report_free(). */
struct report *paper_report(struct app *app, enum kind_id kind, const struct record *rec, struct err *err);

/* 复诊条: a resident's slip in large print, to take home after a follow-up: when to come again, which drugs, what to do.
 * not_found when there is no such resident; free with report_free(). */
struct report *paper_slip(struct app *app, const char *resident, struct err *err);
bool paper_slip_write(struct app *app, const char *resident, const char *path, struct err *err);

/* Writes it as xlsx.  The errors of a file: not_found, not_allowed, disk_full. */
bool paper_write(struct app *app, enum kind_id kind, const struct record *rec, const char *path, struct err *err);

/* Any report of this clinic begins here: without sheets, as of today, marked in a practice clinic. */
struct report *report_begin(const struct app *app, const char *period, const char *title);

/* Writes any report of this clinic as xlsx, temporary files in memory or in the data folder. */
bool paper_write_report(struct app *app, const struct report *rep, const char *path, struct err *err);

#endif
