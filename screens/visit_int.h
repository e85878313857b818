/* Between the files of the visit's screen: visit.c (the form, diagnoses), visit_drugs.c (prescription lines). */
#ifndef CUNYI_VISIT_INT_H
#define CUNYI_VISIT_INT_H

#include "screens/form_screen.h"

struct visit_screen {
	struct form_screen fs;
	bool bp_due;              /* 35 or more, no blood pressure this year */
	char last_bp[48];         /* "2025-11-06 168/102", "" */
	enum cmd next;            /* what to go on with when it is saved: CMD_FOLLOW_UP, CMD_REFER; CMD_NONE */
	char item[64];            /* path of the line a picker is open for: "diagnosis[0]" */
};

enum { TAG_ICD10 = 1, TAG_DRUG };

/* The line of a list that a path is in: "diagnosis[0].icd10" gives it and "icd10". */
struct record *visit_item(struct form_screen *fs, const char *path, const char **key);

/* A value of a prescription line was entered: fills what follows from it. */
void visit_drug_changed(struct form_screen *fs, struct ui *ui, const char *path);
/* The list of common drugs, on the name of a line; false on any other field. */
bool visit_drug_pick(struct form_screen *fs, struct ui *ui, const char *path);
unsigned visit_drug_picked(struct form_screen *fs, const struct answer *a);

#endif
