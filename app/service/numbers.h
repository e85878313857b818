/* Numbers that people read: health-file numbers, temporary numbers of unknown persons, contracts.  They are made without asking
 * anybody, so each device has a range of its own: the clinic's first device (number 0) has the serials up to 49,999 of
 * every series, each further one (1 to 99) five hundred above.  Two devices never give out the same number as long as
 * their own numbers differ; a copy of the folder takes one from its identity, `cunyi device number N` sets it. */
#ifndef CUNYI_NUMBERS_H
#define CUNYI_NUMBERS_H

#include "app/service/record.h"

struct number_range {
	int64_t lo, hi;
};
struct number_range number_range_of(int device_number);

/* Inside a work.  The file number that a new resident of this village gets: 12 digits of the village and a serial after
 * the highest that is known of our range.  "" when the village has no code or the range is used up. */
bool number_file_no(struct app *app, const struct record *resident, char *out, size_t size, struct err *err);

/* Inside a work.  A temporary number: "LS2026112200-01" (day, device, serial). */
bool number_temporary(struct app *app, char *out, size_t size, struct err *err);

/* Inside a work.  The next serial of contracts whose number begins with this series ("QY2026-00-", contract_code.h): after
 * the highest that is known. */
bool number_contract(struct app *app, const char *series, int64_t *serial, struct err *err);

/* Notes a number among the resident's further ones (codes of the form: system, use); one that is there already is not
 * doubled.  Returns its item. */
struct record *number_note(struct record *resident, const char *system, const char *value, const char *use);

/* What somebody is called who cannot tell his name; the day follows. */
const char *resident_unknown_name(void);

/* Gives this device another number; what it had reserved is given up.  duplicate when another device here has it. */
bool number_set_device(struct app *app, int number, struct err *err);

#endif
