/* What a yearly examination found: values outside the usual, of the form, of a laboratory sheet, for slips and checks. */
#ifndef CUNYI_EXAM_H
#define CUNYI_EXAM_H

#include "app/clinic/field.h"

enum exam_side { EXAM_USUAL, EXAM_LOW, EXAM_HIGH, EXAM_ABNORMAL }; /* the last: a code or a text, that has no side */

/* Is this value of the examination form outside the usual for a person of this sex ("1" man, "2" woman)?  Reference
 * intervals of adults (WS/T 404, 405); a laboratory's own print may differ a little.  What was known before (problems,
 * drugs) and habits are no findings. */
enum exam_side exam_side_of(const struct field *f, const struct value *v, const char *sex);

/* Is it a result that is given back: of the laboratory, of a picture, the evaluation? */
bool exam_is_result(const struct field *f);

/* The fields of an examination that are abnormal, in the order of the form; returns how many, out gets at most max.
 * The pressure counts once, by its systolic field. */
size_t exam_abnormal(const struct record *rec, const char *sex, const struct field **out, size_t max);

/* "总胆红素 31.0 umol/L 高", "心电图 2 异常 房颤": for slips and summaries. */
void exam_value_text(const struct record *rec, const struct field *f, const char *sex, struct sbuf *out);

#endif
