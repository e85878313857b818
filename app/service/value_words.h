/* Records as people read them: words beside codes, names instead of ids, what a score means. */
#ifndef CUNYI_VALUE_WORDS_H
#define CUNYI_VALUE_WORDS_H

#include "app/service/record.h"

/* Appends a value: codes with their words, the name of what is referred to (a record without a name: its day and what it
 * says), times without their zone, scores with what they mean. */
void record_value_words(struct app *app, const struct field *f, const struct value *v, struct arena *mem, struct sbuf *out);
/* The same with its unit: "29.76 kg/m2 肥胖". */
void record_amount_words(struct app *app, const struct field *f, const struct value *v, struct arena *mem, struct sbuf *out);

/* The institution that a referral goes to: its name, or what was written instead; "". */
const char *referral_to(struct app *app, const struct record *referral, struct arena *mem);

/* "22个月" of a child below three years, as papers and logs write it; false: older, or its birthday is not known, and nothing is
 * written. */
bool age_in_months(int age, int32_t born, int32_t day, struct sbuf *out);
/* The same, else the years: "22个月", "71". */
void age_on_paper(int age, int32_t born, int32_t day, struct sbuf *out);
const char *age_text(struct arena *mem, int age, int32_t born, int32_t day);

struct record_line {
	const char *label, *text; /* label "" of the second and later items of a list */
};
/* All that has a value, in the order of the form; what the paper prints behind another field stands behind it here too, and
 * an item of a list is a line. */
void record_lines(struct app *app, const struct record *rec, struct arena *mem, struct record_line **out, size_t *n);

#endif
