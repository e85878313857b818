/* Golden cases of the notifiable diseases. */
#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/clinic/notifiable.h"
#include "app/clinic/rules_run.h"

/* "2026-03-10T23:30" */
static bool day_and_minute(const char *text, int32_t *day, int *minute)
{
	int hour, min, used = 0;
	char iso[DATE_LEN];

	if (strlen(text) != 16 || text[10] != 'T' || sscanf(text + 11, "%2d:%2d%n", &hour, &min, &used) != 2 || used != 5)
		return false;
	snprintf(iso, sizeof iso, "%.10s", text);
	*day = date_day(iso);
	*minute = hour * 60 + min;
	return *day != NO_DAY && hour >= 0 && hour < 24 && min >= 0 && min < 60;
}

bool run_report_deadline(const struct pairs *in, struct pairs *out, struct err *err)
{
	const char *told = pairs_text(in, "disease"), *disease = told ? notifiable_by_name(told) : NULL;
	const struct notifiable_rule *rule;
	char deadline[NOTIFIABLE_TIME_LEN];
	int32_t day;
	int minute;

	if (!told)
		return arg_fault(in, "disease", err);
	if (!day_and_minute(pairs_text(in, "diagnosed"), &day, &minute))
		return arg_fault(in, "diagnosed", err);
	rule = disease ? notifiable_rule_on(disease, day) : NULL; /* a cold stands in no list */
	if (!rule || !notifiable_deadline(disease, day, minute, deadline)) {
		const char *like = disease ? NULL : notifiable_like(NULL, told, day); /* a slip of the finger is told */

		pairs_set(out, "result", "not_notifiable");
		pairs_set(out, "like", "%s", like ? like : "none");
		return true;
	}
	pairs_set(out, "result", "report");
	pairs_set(out, "class", "%c", rule->class_);
	pairs_set(out, "hours", "%d", rule->hours);
	pairs_set(out, "deadline", "%s", deadline);
	return true;
}

bool run_notifiable(const struct pairs *in, struct pairs *out, struct err *err)
{
	const char *key;
	int32_t day;

	if (!arg_day(in, "day", &day, err))
		return false;
	key = notifiable_of(pairs_text(in, "icd10"), pairs_text(in, "text"), day);
	pairs_set(out, "disease", "%s", key ? key : "none");
	key = key ? NULL : notifiable_like(pairs_text(in, "icd10"), pairs_text(in, "text"), day);
	pairs_set(out, "like", "%s", key ? key : "none");
	return true;
}
