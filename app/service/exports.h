/* Lists as files: residents, follow-ups, contracts and referrals as CSV for Excel or as a workbook.  Columns are the fields
 * of the form in its order under their labels; codes stand as their words, references as names.  A list of residents can be
 * imported again (imports.h). */
#ifndef CUNYI_EXPORTS_H
#define CUNYI_EXPORTS_H

#include "app/service/app.h"

/* what: "residents", "followups", "contracts", "referrals" (else unknown_kind); path ends with .csv or .xlsx (else usage).
 * All that are not void; *rows gets their number.  Numbers stand whole, or import could not find the person again; so the
 * file is readable by its owner alone (0600).  It appears whole or not at all; what was there before stays when
 * anything fails. */
bool export_records(struct app *app, const char *what, const char *path, size_t *rows, struct err *err);

#endif
