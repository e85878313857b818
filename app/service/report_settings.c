#include "app/service/report_settings.h"

#include <assert.h>

#include "app/base/i18n.h"
#include "app/base/sbuf.h"
#include "app/clinic/indicator.h"
#include "app/clinic/keygroup.h"
#include "app/programmes/programmes.h"
#include "app/service/reports_int.h"

#define KEY_GROUPS "key_groups"

static const struct code file_use[] = {
	{ .code = "rolling", .term = { "到期末的近12个月", "Twelve months to the cut-off" } },
	{ .code = "year", .term = { "当年1月1日起", "From 1 January" } },
	{ .code = NULL },
};
static const struct code quarters[] = {
	{ .code = "0", .term = { "次数够就行", "Enough visits will do" } },
	{ .code = "1", .term = { "每季都要有", "One in each quarter" } },
	{ .code = NULL },
};
static const struct code rechecks[] = {
	{ .code = "0", .term = { "只列出, 不扣", "Only listed" } },
	{ .code = "1", .term = { "没复查就不算规范", "Without it not by the norm" } },
	{ .code = NULL },
};

static const struct {
	const char *key;
	const struct code *choices;
} chosen[] = {
	{ "file_use_period", file_use },
	{ "one_per_quarter", quarters },
	{ "recheck_in_14d", rechecks },
};

const struct code *report_choices(const char *key)
{
	for (size_t i = 0; i < N_ELEMENTS(chosen); i++)
		if (!strcmp(chosen[i].key, key))
			return chosen[i].choices;
	return NULL;
}

/* Programmes that the county gives a task number are those that it may estimate as well. */
const char *report_percent_key(size_t i)
{
	static char keys[REPORT_PROGRAMMES_MAX][40];
	const struct programme *p = programme_counted(i);

	if (!p)
		return NULL;
	assert(i < N_ELEMENTS(keys));
	snprintf(keys[i], sizeof keys[i], "%s_prevalence", p->code);
	return keys[i];
}

/* Per cent of the adults that have a programme's disease, "27.9": up to two places, 0 to 100. */
static bool report_is_percent(const char *key)
{
	const char *k;

	for (size_t i = 0; (k = report_percent_key(i)); i++)
		if (!strcmp(k, key))
			return true;
	return false;
}

const char *report_setting_key(size_t i)
{
	if (i < N_ELEMENTS(chosen))
		return chosen[i].key;
	i -= N_ELEMENTS(chosen);
	return i == 0 ? KEY_GROUPS : report_percent_key(i - 1);
}

bool report_is_setting(const char *key)
{
	return report_choices(key) || !strcmp(key, KEY_GROUPS) || report_is_percent(key);
}

/* ---- right or wrong ----------------------------------------------------------------------------------------------------- */

bool report_percent_check(const char *text, struct err *err)
{
	const size_t whole = strspn(text, "0123456789");
	const char *rest = text + whole;
	const size_t places = *rest == '.' ? strspn(rest + 1, "0123456789") : 0;
	const bool shaped = whole >= 1 && whole <= 3 && (*rest == '.' ? places >= 1 && places <= 2 && !rest[1 + places] : !*rest);
	const long n = strtol(text, NULL, 10);

	if (!*text || (shaped && (n < 100 || (n == 100 && strspn(rest, ".0") == strlen(rest)))))
		return true;
	err_set(err, ERR_OUT_OF_RANGE, _("Per cent from 0 to 100, with up to two places."));
	return err_example(err, "27.9");
}

static const struct key_group_name *group_named(const char *word, size_t n)
{
	for (size_t i = 0; i < key_group_count; i++) {
		const struct key_group_name *g = &key_groups[i];

		if (n == strlen(g->key) && !strncmp(g->key, word, n))
			return g;
	}
	return NULL;
}

static bool check_groups(const char *value, struct err *err)
{
	AUTO_SBUF struct sbuf all = SBUF_INIT;

	for (const char *s = value; *s;) {
		const size_t n = strcspn(s, ",");

		if (!group_named(s, n)) {
			for (size_t i = 0; i < key_group_count; i++)
				sbuf_addf(&all, "%s%s", i ? "," : "", key_groups[i].key);
			err_set(err, ERR_UNKNOWN_CODE, _("There is no key group \"%.*s\"; there are %s."), (int)n, s, all.s);
			return err_example(err, "elderly,htn,dm");
		}
		s += n + (s[n] == ',');
	}
	return true;
}

static bool check_choice(const struct code *choices, const char *value, struct err *err)
{
	AUTO_SBUF struct sbuf all = SBUF_INIT;

	for (const struct code *c = choices; c->code; c++) {
		if (!strcmp(c->code, value))
			return true;
		sbuf_addf(&all, "%s%s %s", all.len ? ", " : "", c->code, term_text(&c->term));
	}
	if (!*value)
		return true;
	err_set(err, ERR_UNKNOWN_CODE, _("It is one of: %s."), all.s);
	return err_example(err, choices[1].code);
}

bool report_setting_check(const char *key, const char *value, struct err *err)
{
	const struct code *choices = report_choices(key);

	if (choices)
		return check_choice(choices, value, err);
	return report_is_percent(key) ? report_percent_check(value, err) : check_groups(value, err);
}

/* ---- in words ----------------------------------------------------------------------------------------------------------- */

static const char *group_words(const char *value, struct arena *mem)
{
	AUTO_SBUF struct sbuf all = SBUF_INIT;

	for (const char *s = value; *s;) {
		const size_t n = strcspn(s, ",");
		const struct key_group_name *g = group_named(s, n);

		if (g)
			sbuf_addf(&all, "%s%s", all.len ? ", " : "", term_text(&g->name));
		s += n + (s[n] == ',');
	}
	return arena_strdup(mem, all.len ? all.s : "-");
}

const char *report_setting_words(const char *key, const char *value, struct arena *mem)
{
	const struct code *choices = report_choices(key);

	if (report_is_percent(key))
		return *value ? arena_printf(mem, "%s%%", value) : "-";
	if (!choices)
		return *value ? group_words(value, mem) : _("all (default)");
	for (const struct code *c = choices; c->code; c++)
		if (!strcmp(c->code, value))
			return term_text(&c->term);
	return arena_printf(mem, _("%s (default)"), term_text(&choices->term));
}
