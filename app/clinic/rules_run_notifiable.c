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

/* Other names by which county tables know a disease, as folded() writes them: the spelling of the old lists, the short
 * forms, the group's name where the card asks for the kind. */
static const struct {
	const char *name, *key;
} synonyms[] = {
	{ "covid", "covid19" },
	{ "polio", "poliomyelitis" },
	{ "viral_hepatitis", "hepatitis_unspecified" },
	{ "hepatitis", "hepatitis_unspecified" },
	{ "human_avian_influenza", "novel_influenza" },
	{ "avian_influenza", "novel_influenza" },
	{ "hemorrhagic_fever", "hfrs" },
	{ "epidemic_hemorrhagic_fever", "hfrs" },
	{ "monkeypox", "mpox" },
	{ "dengue_fever", "dengue" },
	{ "epidemic_encephalitis_b", "japanese_encephalitis" },
	{ "encephalitis_b", "japanese_encephalitis" },
	{ "dysentery", "bacillary_dysentery" },
	{ "amebiasis", "amoebic_dysentery" },
	{ "tb", "tuberculosis" },
	{ "typhoid_fever", "typhoid" },
	{ "paratyphoid_fever", "paratyphoid" },
	{ "meningococcal_meningitis", "meningococcal" },
	{ "epidemic_meningitis", "meningococcal" },
	{ "flu", "influenza" },
	{ "epidemic_parotitis", "mumps" },
	{ "epidemic_typhus", "typhus" },
	{ "visceral_leishmaniasis", "kala_azar" },
	{ "hydatid_disease", "echinococcosis" },
	{ "hand_foot_and_mouth", "hand_foot_mouth" },
	{ "hfmd", "hand_foot_mouth" },
};

/* Lower case, British ae and oe as e, whatever parts two words as one "_": "Gonorrhoea" and "gonorrhea" are one. */
static void folded(const char *text, char *out, size_t size)
{
	size_t n = 0;

	for (const char *s = text; *s && n + 1 < size; s++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s;

		if ((c == 'a' || c == 'o') && (s[1] == 'e' || s[1] == 'E'))
			continue;
		if (!strchr(" ,-_.()", c))
			out[n++] = c;
		else if (n && out[n - 1] != '_')
			out[n++] = '_';
	}
	while (n && out[n - 1] == '_')
		n--;
	out[n] = '\0';
}

enum { NAME_LEN = 80 };

static bool folds_to(const char *text, const char *name)
{
	char f[NAME_LEN];

	folded(text, f, sizeof f);
	return !strcmp(f, name);
}

/* The key of a disease told by its key, its Chinese or its English name in either spelling ("gonorrhea"), or by another name of
 * the lists; NULL: no such disease. */
static const char *disease_by_name(const char *text)
{
	char name[NAME_LEN];

	folded(text, name, sizeof name);
	if (!*name)
		return NULL;
	for (const struct code *c = notifiable_codes; c->code; c++)
		if (folds_to(c->code, name) || folds_to(c->term.en, name) || !strcmp(c->term.zh, text))
			return c->code;
	for (size_t i = 0; i < N_ELEMENTS(synonyms); i++)
		if (!strcmp(synonyms[i].name, name))
			return synonyms[i].key;
	return NULL;
}

bool run_report_deadline(const struct pairs *in, struct pairs *out, struct err *err)
{
	const char *told = pairs_text(in, "disease"), *disease = told ? disease_by_name(told) : NULL;
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
		pairs_set(out, "result", "not_notifiable");
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
	return true;
}
