#include "app/clinic/screening.h"

#include "app/base/date.h"
#include "app/base/mem.h"
#include "app/clinic/body.h"

const struct htn_factor_name htn_factor_names[] = {
	{ HTN_BP_HIGH_NORMAL, "bp_high_normal", { "血压正常高值", "High-normal blood pressure" } },
	{ HTN_OVERWEIGHT, "overweight", { "超重", "Overweight" } },
	{ HTN_OBESE, "obese", { "肥胖", "Obese" } },
	{ HTN_CENTRAL_OBESITY, "central_obesity", { "腹型肥胖", "Central obesity" } },
	{ HTN_FAMILY_HISTORY, "family_history", { "高血压家族史", "Family history of hypertension" } },
	{ HTN_SALTY_DIET, "salty_diet", { "长期高盐饮食", "Long-term salty diet" } },
	{ HTN_HEAVY_DRINKING, "heavy_drinking", { "长期过量饮酒", "Long-term heavy drinking" } },
	{ HTN_AGE55, "age55", { "55岁及以上", "55 years or more" } },
};
const size_t htn_factor_count = N_ELEMENTS(htn_factor_names);

static const char *const screen_names[] = {
	[HTN_NOT_MET] = "not_met",
	[HTN_RECHECK] = "recheck",
	[HTN_SUSPECTED] = "suspected",
};

const char *htn_screen_name(enum htn_screen r)
{
	return screen_names[r];
}

static int by_day(const void *a, const void *b)
{
	int32_t x = ((const struct dated_bp *)a)->day, y = ((const struct dated_bp *)b)->day;

	return (x > y) - (x < y);
}

/* Length of the run of readings of one day at r, and their mean. */
static size_t one_day(const struct dated_bp *r, size_t n, struct bp *mean)
{
	AUTO_FREE struct bp *bps = xcalloc(n, sizeof *bps);
	size_t k = 0;

	for (; k < n && r[k].day == r[0].day; k++)
		bps[k] = r[k].bp;
	*mean = bp_mean(bps, k);
	return k;
}

struct htn_screen_result htn_screen(const struct dated_bp *readings, size_t n)
{
	struct htn_screen_result res = { HTN_NOT_MET, 0, NO_DAY };
	AUTO_FREE struct dated_bp *r = xcalloc(n + 1, sizeof *r);
	int raised = 0;
	int32_t last = NO_DAY;

	if (n)
		memcpy(r, readings, n * sizeof *r);
	qsort(r, n, sizeof *r, by_day);
	for (size_t i = 0; i < n;) {
		struct bp day;
		size_t k = one_day(r + i, n - i, &day);

		if (bp_complete(&day)) {
			res.distinct_days++;
			raised += bp_raised(&day);
			last = r[i].day;
		}
		i += k;
	}
	if (raised >= 3) {
		res.result = HTN_SUSPECTED;
		res.check_by = last + 14;
	} else if (raised && raised == res.distinct_days) {
		res.result = HTN_RECHECK;
	}
	return res;
}

static bool between(int v, int low, int high)
{
	return v >= low && v <= high;
}

static unsigned weight_factor(const struct htn_risk_input *in)
{
	enum bmi_class c = in->bmi_milli > 0 ? bmi_class_of_index(in->bmi_milli) : BMI_NORMAL;

	bmi_class_of(in->kg_milli, in->cm_milli, &c);
	return c == BMI_OVERWEIGHT ? HTN_OVERWEIGHT : c == BMI_OBESE ? HTN_OBESE : 0;
}

unsigned htn_high_risk(const struct htn_risk_input *in)
{
	unsigned f = weight_factor(in);
	int64_t waist_limit = in->sex == 2 ? 85000 : 90000;

	if (between(in->bp.sbp, 130, 139) || between(in->bp.dbp, 85, 89))
		f |= HTN_BP_HIGH_NORMAL;
	if (in->waist_milli >= waist_limit)
		f |= HTN_CENTRAL_OBESITY;
	if (in->family_history)
		f |= HTN_FAMILY_HISTORY;
	if (in->salty_diet)
		f |= HTN_SALTY_DIET;
	if (in->liquor_ml >= 100)
		f |= HTN_HEAVY_DRINKING;
	if (in->age >= 55)
		f |= HTN_AGE55;
	return f;
}
