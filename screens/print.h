/* Printing: a record as its paper form into a workbook, whose name is asked. */
#ifndef CUNYI_SCREENS_PRINT_H
#define CUNYI_SCREENS_PRINT_H

#include "screens/screens.h"

/* The file's name as typed: "~/x" is how people write their own folder, the ending is put on. */
void print_path(const char *typed, struct sbuf *out);

/* Asks where to write; the answer's tag is the caller's, its text goes to print_record(). */
unsigned print_ask(struct ui *ui, int tag, enum kind_id kind, const struct record *rec);
unsigned print_record(struct ui *ui, enum kind_id kind, const struct record *rec, const char *typed);

/* The same for the slip that a resident takes home. */
unsigned print_slip_ask(struct ui *ui, int tag);
unsigned print_slip(struct ui *ui, const char *resident, const char *typed);

#endif
