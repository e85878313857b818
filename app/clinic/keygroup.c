#include "app/clinic/keygroup.h"

#include "app/clinic/record.h"

const struct key_group_name key_groups[] = {
	{ GROUP_ELDERLY, "elderly", { "65岁及以上老年人", "People of 65 and over" }, "birth date" },
	{ GROUP_CHILD, "child", { "0-6岁儿童", "Children 0-6" }, "birth date" },
	{ GROUP_PREGNANT, "pregnant", { "孕产妇", "Pregnant and postpartum women" }, "key_flags" },
	{ GROUP_DISABLED, "disabled", { "残疾人", "Disabled people" }, "disability" },
	{ GROUP_POVERTY, "poverty", { "脱贫人口", "People lifted out of poverty" }, "key_flags" },
	{ GROUP_FAMILY_PLANNING, "family_planning", { "计划生育特殊家庭", "Special family-planning families" }, "key_flags" },
	{ GROUP_HYPERTENSION, "htn", { "高血压患者", "Hypertension" }, "roster, past disease" },
	{ GROUP_DIABETES, "dm", { "2型糖尿病患者", "Type-2 diabetes" }, "roster, past disease" },
	{ GROUP_TB, "tb", { "肺结核患者", "Tuberculosis" }, "roster" },
	{ GROUP_MENTAL, "mental", { "严重精神障碍患者", "Severe mental disorder" }, "roster, past disease" },
	{ GROUP_COPD, "copd", { "慢阻肺患者", "COPD" }, "roster, past disease" },
};
const size_t key_group_count = N_ELEMENTS(key_groups);

/* Codes of the personal basic information form, edition 2017. */
struct code_group {
	const char *code;
	enum key_group group;
};
static const struct code_group diseases[] = {
	{ "2", GROUP_HYPERTENSION },
	{ "3", GROUP_DIABETES },
	{ "5", GROUP_COPD },
	{ "8", GROUP_MENTAL },
	{ NULL, 0 },
};
static const struct code_group disabilities[] = {
	{ "2", GROUP_DISABLED }, { "3", GROUP_DISABLED }, { "4", GROUP_DISABLED }, { "5", GROUP_DISABLED },
	{ "6", GROUP_DISABLED }, { "7", GROUP_DISABLED }, { "8", GROUP_DISABLED }, { NULL, 0 },
};
static const struct code_group flags[] = {
	{ "1", GROUP_POVERTY },
	{ "2", GROUP_FAMILY_PLANNING },
	{ "3", GROUP_PREGNANT },
	{ NULL, 0 },
};

static bool listed(const char *list, const char *word, size_t n)
{
	for (const char *s = list; s && *s;) {
		size_t len = strcspn(s, ",");

		if (len == n && !strncmp(s, word, n))
			return true;
		s += len + (s[len] == ',');
	}
	return false;
}

static unsigned by_age(const struct key_group_input *in)
{
	int age = in->born == NO_DAY ? -1 : date_age(in->born, in->on);

	if (age < 0)
		return 0;
	return (age >= 65 ? GROUP_ELDERLY : 0u) | (age <= 6 ? GROUP_CHILD : 0u);
}

static unsigned by_codes(const struct code_group *table, const char *list)
{
	unsigned groups = 0;

	for (; table->code; table++)
		if (listed(list, table->code, strlen(table->code)))
			groups |= (unsigned)table->group;
	return groups;
}

unsigned key_groups_of(const struct key_group_input *in)
{
	unsigned groups = by_age(in);

	for (size_t i = 0; i < key_group_count; i++)
		if (listed(in->programmes, key_groups[i].key, strlen(key_groups[i].key)))
			groups |= (unsigned)key_groups[i].group;
	return groups | by_codes(diseases, in->past_diseases) | by_codes(disabilities, in->disabilities) |
		by_codes(flags, in->flags);
}

unsigned key_groups_of_resident(const struct record *resident, const char *programmes, int32_t on)
{
	AUTO_SBUF struct sbuf past = SBUF_INIT;
	const struct value *list = record_get(resident, "past_disease");
	struct key_group_input in = {
		.born = record_day(resident, "birth_date"),
		.on = on,
		.programmes = programmes,
		.disabilities = record_text(resident, "disability"),
		.flags = record_text(resident, "key_flags"),
	};

	for (size_t i = 0; i < list->n_items; i++) {
		const char *code = record_text(list->items[i], "code");

		sbuf_addf(&past, "%s%s", past.len ? "," : "", code ? code : "");
	}
	in.past_diseases = past.s;
	return key_groups_of(&in);
}
