/* What a county decides about the figures of its reports and is no plain number: how files count as used, what "managed
 * according to the norm" asks beyond the visits, how common a disease is, whom it calls a key group. */
#ifndef CUNYI_REPORT_SETTINGS_H
#define CUNYI_REPORT_SETTINGS_H

#include "app/clinic/field.h"
#include "app/service/app.h"

/* The settings' keys, one after the other; NULL after the last. */
const char *report_setting_key(size_t i);

/* What a setting may be; the first holds while nothing is set.  Ends with { .code = NULL }; NULL: nothing to choose from. */
const struct code *report_choices(const char *key);

/* The key of programme_counted(i); NULL after the last. */
const char *report_percent_key(size_t i);
bool report_percent_check(const char *text, struct err *err); /* "" is right */

/* "" takes it away; a sentence with an example otherwise. */
bool report_setting_check(const char *key, const char *value, struct err *err);
bool report_is_setting(const char *key);

/* As people read it: "key groups: all (default)". */
const char *report_setting_words(const char *key, const char *value, struct arena *mem);

#endif
