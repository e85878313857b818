/* Between the files of the follow-up's screen: followup.c (fields, keys), followup_box.c (what the numbers mean today),
 * followup_danger.c (danger signs one by one). */
#ifndef CUNYI_FOLLOWUP_INT_H
#define CUNYI_FOLLOWUP_INT_H

#include "app/programmes/combined.h"
#include "app/service/contract_plan.h"
#include "screens/form_int.h"

struct followup_screen {
	struct form_screen fs;
	const struct combined *sheet;   /* NULL: of one programme */
	size_t n_parts;                 /* programmes on the sheet, 1 when it is of one */
	bool refer_after;               /* F6: the referral follows the save */
	size_t danger_part, danger_at;  /* of the question that is open */
	char danger[64];                /* codes answered with yes so far */
	struct fulfilment fulfilment;
	bool contract;
};

enum { TAG_DANGER = 1 };

static inline struct followup_screen *followup_whole(struct form_screen *fs)
{
	return (struct followup_screen *)fs;
}

static inline const struct followup_screen *followup_whole_const(const struct form_screen *fs)
{
	return (const struct followup_screen *)fs;
}

const struct programme *followup_programme(const struct followup_screen *st, size_t part);
/* What the sheet says of one programme, for reading, in mem. */
const struct record *followup_part(const struct followup_screen *st, size_t part, struct arena *mem);
const struct form_context *followup_context(const struct followup_screen *st, size_t part);
/* The sheet's key of a field of one programme; NULL when it has none such. */
const char *followup_key(const struct followup_screen *st, size_t part, const char *key);
/* What a field of the sheet is called in its programme; *part gets the first that has it. */
const char *followup_base(const struct followup_screen *st, const struct field *f, size_t *part);

bool followup_has(const struct record *rec, const char *key);

/* followup_box.c */
void followup_box(const struct form_screen *fs, struct form_box *out);

/* followup_danger.c */
unsigned followup_ask_dangers(struct followup_screen *st, struct ui *ui);
unsigned followup_no_dangers(struct followup_screen *st, struct ui *ui);
unsigned followup_danger_answer(struct form_screen *fs, struct ui *ui, int tag, const struct answer *a);

#endif
