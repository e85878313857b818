/* Settings of the clinic itself (of the person and the machine: app/base/config.h). */
#ifndef CUNYI_CLINIC_SETTINGS_H
#define CUNYI_CLINIC_SETTINGS_H

#include "app/service/app.h"

/* The village whose people come first ("" = none: the clinic serves several). */
bool clinic_set_village(struct app *app, const char *id, struct err *err);

/* A setting of the reports or the like, as app_setting() reads it; NULL takes it away ("" is stored). */
bool clinic_set(struct app *app, const char *key, const char *value, struct err *err);

/* A number among the settings. */
struct clinic_number {
	const char *key;
	int64_t lo, hi;
	int64_t (*holds)(struct app *app); /* what is reckoned with while nothing is set; NULL: see otherwise */
	const char *otherwise;             /* msgid: what then stands in for it; NULL: nothing */
};
/* NULL: it is no number. */
const struct clinic_number *clinic_number(const char *key);
/* The settings' keys, one after the other; NULL after the last.  The task numbers of the programmes
 * and what else decides the figures (report_settings.h) stand at the end. */
const char *clinic_setting_key(size_t i);
/* The same by key, each in its own way: a village by name or code, market days, numbers; unknown_field for others. */
bool clinic_setting_set(struct app *app, const char *key, const char *value, struct err *err);
/* As people read it: what is set, else what holds all the same, marked as default; "-" when that is nothing. */
const char *clinic_setting_words(struct app *app, const char *key, struct arena *mem);

/* The market days as people write them (app/clinic/market.h); "" = none. */
bool clinic_set_market(struct app *app, const char *text, struct err *err);

/* Address of the county's server; "" when none is known.  Plain http only to this machine; a practice clinic only there
 * or to a server for tests is the exchange's own business. */
const char *clinic_county(struct app *app, struct arena *mem);
bool clinic_set_county(struct app *app, const char *url, struct err *err);
/* Is it an address that may be used?  False with a sentence and an example. */
bool clinic_county_check(const char *url, struct err *err);

#endif
