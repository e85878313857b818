#include "app/clinic/body.h"

static const char *const names[] = {
	[BMI_UNDER] = "under",
	[BMI_NORMAL] = "normal",
	[BMI_OVERWEIGHT] = "overweight",
	[BMI_OBESE] = "obese",
};

/* In the order of the classes, from hundredths of kg/m2; overweight 24 and obese 28 from the national norm, 18.5 common. */
const struct meaning bmi_meanings[] = {
	{ 0, { "偏瘦", "underweight" } },
	{ 1850, { "正常", "normal" } },
	{ 2400, { "超重", "overweight" } },
	{ 2800, { "肥胖", "obese" } },
	{ 0, { NULL, NULL } },
};

static const struct drink drinks[] = {
	{ "liquor", { "白酒", "Liquor" }, 1 },
	{ "beer", { "啤酒", "Beer" }, 10 },
	{ "red_wine", { "红酒", "Wine" }, 4 },
	{ "yellow_wine", { "黄酒", "Yellow wine" }, 5 },
};

/* kg/m2 = (kg_milli / 1000) / (cm_milli / 100000)^2, so index * square = kg_milli * 10^7. */
int32_t bmi_hundredths(int64_t kg_milli, int64_t cm_milli)
{
	int64_t square = cm_milli * cm_milli;

	if (kg_milli <= 0 || cm_milli <= 0)
		return 0;
	return (int32_t)((kg_milli * 2000000000 + square) / (2 * square));
}

bool bmi_class_of(int64_t kg_milli, int64_t cm_milli, enum bmi_class *out)
{
	if (kg_milli <= 0 || cm_milli <= 0)
		return false;
	*out = BMI_UNDER;
	while (*out < BMI_OBESE && kg_milli * 1000000000 >= bmi_meanings[*out + 1].from * cm_milli * cm_milli)
		++*out;
	return true;
}

enum bmi_class bmi_class_of_index(int64_t bmi_milli)
{
	enum bmi_class c = BMI_UNDER;

	while (c < BMI_OBESE && bmi_milli >= bmi_meanings[c + 1].from * 10)
		c++;
	return c;
}

const char *bmi_class_name(enum bmi_class c)
{
	return names[c];
}

const struct drink *drink_by_key(const char *key)
{
	for (size_t i = 0; i < N_ELEMENTS(drinks); i++)
		if (!strcmp(drinks[i].key, key))
			return &drinks[i];
	return NULL;
}

int64_t alcohol_liang_tenths(const struct drink *drink, int64_t liang_milli)
{
	int64_t unit = (int64_t)drink->divisor * 100;

	return (2 * liang_milli + unit) / (2 * unit);
}
