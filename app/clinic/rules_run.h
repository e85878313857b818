/* Shared by the runners of golden cases; not for other folders. */
#ifndef CUNYI_RULES_RUN_H
#define CUNYI_RULES_RUN_H

#include "app/clinic/programme.h"
#include "app/clinic/rules_test.h"

/* Arguments.  False with a sentence that names the key. */
bool arg_fault(const struct pairs *in, const char *key, struct err *err);
bool arg_int(const struct pairs *in, const char *key, int *out, struct err *err);
/* "" or absent: otherwise; else 0 to a million. */
bool arg_int_or(const struct pairs *in, const char *key, int otherwise, int *out, struct err *err);
bool arg_day(const struct pairs *in, const char *key, int32_t *out, struct err *err);
bool arg_day_or_none(const struct pairs *in, const char *key, int32_t *out, struct err *err); /* "" or absent: NO_DAY */
bool arg_flag(const struct pairs *in, const char *key);                                     /* "1" */
bool text_milli(const char *s, int64_t *out);
void out_day(struct pairs *out, const char *key, int32_t day);
/* Takes the next item of "a,b,c"; false at the end. */
bool next_item(const char **list, char *item, size_t size);

/* Programmes and indicators: rules_run_programme.c. */
bool run_followup(const struct programme *p, const struct pairs *in, struct pairs *out, struct err *err);
bool run_next_due(const struct pairs *in, struct pairs *out, struct err *err);
bool run_percent(const struct pairs *in, struct pairs *out, struct err *err);
bool run_regular_managed(const struct pairs *in, struct pairs *out, struct err *err);
bool run_last_control(const struct pairs *in, struct pairs *out, struct err *err);

/* Notifiable diseases: rules_run_notifiable.c. */
bool run_report_deadline(const struct pairs *in, struct pairs *out, struct err *err);
bool run_notifiable(const struct pairs *in, struct pairs *out, struct err *err);

/* Drugs: rules_run_drugs.c. */
bool run_drug_allergy(const struct pairs *in, struct pairs *out, struct err *err);
bool run_drug_usual(const struct pairs *in, struct pairs *out, struct err *err);

#endif
