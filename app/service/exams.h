/* The yearly examination: one serves every programme of the person; its values agree with the follow-up of the same day;
 * its result is given back. */
#ifndef CUNYI_EXAMS_H
#define CUNYI_EXAMS_H

#include "app/base/date.h"
#include "app/service/records.h"

/* The programmes an examination of this day counts for: the rosters he is on, and those that take everybody of his age.
 * Codes joined by commas; empty when there is none. */
bool exam_programmes(struct app *app, const struct record *resident, int32_t day, struct sbuf *out, struct err *err);

/* A follow-up and an examination of one day must show the same pressure, weight and height (inspectors lay them side by
 * side): adds a warning for each value that differs from what the person's other records of that day say. */
bool exam_same_day(struct app *app, const struct record *rec, enum kind_id kind, struct findings *fs, struct err *err);

/* Was he examined in the year of this examination already, by another one?  The last day of it, or "". */
bool exam_of_year(struct app *app, const struct record *exam, char day[DATE_LEN], struct err *err);

#endif
