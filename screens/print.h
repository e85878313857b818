/* Printing: a record as its paper form into a workbook, whose name is asked. */
#ifndef CUNYI_SCREENS_PRINT_H
#define CUNYI_SCREENS_PRINT_H

#include "app/clinic/report.h"
#include "screens/screens.h"

/* A file's name as typed, added to out: "~/x" is how people write their own folder. */
void path_typed(const char *typed, struct sbuf *out);
/* The same of a workbook: the ending is put on. */
void print_path(const char *typed, struct sbuf *out);

/* Asks for the file to write, "cunyi-NAME.xlsx" in the user's own folder when nothing else is typed; the answer's tag is the
 * caller's. */
unsigned print_ask_path(struct ui *ui, int tag, const char *question, const char *name, ...) PRINTF(4, 5);
/* Writes the report into the file typed and says so.  NULL: *err says why there is none. */
unsigned print_report(struct ui *ui, const struct report *rep, const char *typed, struct err *err);

/* Asks where to write; the answer's tag is the caller's, its text goes to print_record(). */
unsigned print_ask(struct ui *ui, int tag, enum kind_id kind, const struct record *rec);
unsigned print_record(struct ui *ui, enum kind_id kind, const struct record *rec, const char *typed);

/* The same for the slip that a resident takes home. */
unsigned print_slip_ask(struct ui *ui, int tag);
unsigned print_slip(struct ui *ui, const char *resident, const char *typed);

#endif
