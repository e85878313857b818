#include "app/clinic/indicator.h"

#include "app/clinic/schedule.h"

const struct indicator indicators_general[] = {
	{ .code = "S01",
	  .key = "file_rate",
	  .name = { "居民电子健康档案建档率", "Residents with an electronic health file" },
	  .newer = { "居民规范化电子健康档案覆盖率", "Coverage of standardised electronic health files" },
	  .numerator = { "建立电子健康档案(封面和个人基本信息表)的人数", "People with a file (cover and basic information)" },
	  .denominator = { "辖区常住居民数", "Residents living in the area" },
	  .settings = "resident_population",
	  .source = "National basic public-health services norm, 3rd edition 2017, health files" },
	{ .code = "S03",
	  .key = "file_use_rate",
	  .name = { "健康档案使用率", "Health files in use" },
	  .numerator = { "近一年有动态记录的档案数", "Files with a record in the last year" },
	  .denominator = { "建立的健康档案数", "Health files" },
	  .settings = "file_use_period",
	  .source = "National basic public-health services norm, 3rd edition 2017, health files" },
	{ .code = "SN00",
	  .key = "sign_rate",
	  .name = { "家庭医生签约率", "Residents with a family-doctor contract" },
	  .numerator = { "签约居民数", "Residents under contract" },
	  .denominator = { "服务人口数", "Service population" },
	  .settings = "service_population",
	  .source = "Guidance on standardised management of family-doctor contracts, 2018" },
	{ .code = "SN01",
	  .key = "key_group_sign_rate",
	  .name = { "重点人群签约率", "Key groups with a family-doctor contract" },
	  .numerator = { "签约的重点人群人数(每人计一次)", "Key-group residents under contract, each once" },
	  .denominator = { "重点人群人数", "Key-group residents" },
	  .settings = "key_groups",
	  .source = "Guidance on standardised management of family-doctor contracts, 2018" },
	{ .code = "SN03",
	  .key = "paid_sign_rate",
	  .name = { "有偿签约率", "Contracts with a fee" },
	  .numerator = { "签有收费服务包并已缴费(或登记)的居民数", "Residents under contract with a fee that was paid or registered" },
	  .denominator = { "服务人口数", "Service population" },
	  .settings = "service_population",
	  .source = "Guidance on standardised management of family-doctor contracts, 2018; the fee is of whatever source" },
	{ .code = "SN07",
	  .key = "renew_rate",
	  .name = { "续签率", "Contracts renewed" },
	  .numerator = { "下一年度继续签约的人数", "Contracted again for the next year" },
	  .denominator = { "本年度签约人数(协议在本年内到期)", "Contracted this year (the contract ends in it)" },
	  .settings = "",
	  .source = "Guidance on standardised management of family-doctor contracts, 2018" },
	{ .code = "SN10",
	  .key = "fulfil_rate",
	  .name = { "履约率", "Services fulfilled" },
	  .numerator = { "已履约的服务项次(每项最多计到约定数)", "Services given, an item up to what was agreed" },
	  .denominator = { "在约协议到期末应履约的服务项次", "Services agreed in contracts in force, of the years begun" },
	  .settings = "",
	  .source = "Guidance on standardised management of family-doctor contracts, 2018; items, not people" },
	{ .code = "R1",
	  .key = "referrals_up",
	  .kind = INDICATOR_COUNT,
	  .name = { "上转人次", "Referrals up" },
	  .numerator = { "本期上级医院已接收的上转人次", "Referrals to a higher hospital, accepted or later" },
	  .settings = "",
	  .source = "County platform practice: waiting, refused and expired are not counted" },
	{ .code = "R2",
	  .key = "referrals_down",
	  .kind = INDICATOR_COUNT,
	  .name = { "下转人次", "Referrals down" },
	  .numerator = { "本期已接收的下转人次", "Referrals back to primary care, accepted or later" },
	  .settings = "",
	  .source = "County platform practice: waiting, refused and expired are not counted" },
	{ .code = "V1",
	  .key = "visits",
	  .kind = INDICATOR_COUNT,
	  .name = { "诊疗人次", "Outpatient visits" },
	  .numerator = { "本期已完成的就诊人次", "Visits finished in the period" },
	  .settings = "",
	  .source = "Our reading: finished visits" },
};
const size_t indicator_general_count = N_ELEMENTS(indicators_general);

static bool both(const struct term *t)
{
	return t->zh && *t->zh && t->en && *t->en;
}

bool indicator_full(const struct indicator *ind)
{
	return ind->code && ind->key && both(&ind->name) && both(&ind->numerator) && ind->settings && ind->source &&
		(ind->kind == INDICATOR_COUNT || both(&ind->denominator)) && !ind->newer.zh == !ind->newer.en;
}

bool percent_hundredths(int64_t num, int64_t den, int64_t *out)
{
	if (den <= 0)
		return false;
	*out = (num * 20000 + den) / (2 * den);
	return true;
}

char *percent_text(int64_t num, int64_t den, char *out, size_t size)
{
	int64_t v;

	if (percent_hundredths(num, den, &v))
		snprintf(out, size, "%lld.%02lld", (long long)(v / 100), (long long)(v % 100));
	else
		snprintf(out, size, "NA");
	return out;
}

const char *roster_exclusion_name(enum roster_exclusion e)
{
	static const char *const names[] = { "", "died", "moved", "not_enrolled" };

	return names[e];
}

enum roster_exclusion roster_exclusion(const struct roster_person *p, int32_t cutoff)
{
	if (p->died != NO_DAY && p->died <= cutoff)
		return ROSTER_DIED;
	if (p->moved != NO_DAY && p->moved <= cutoff)
		return ROSTER_MOVED;
	if (p->enrolled != NO_DAY && p->enrolled > cutoff)
		return ROSTER_NOT_YET;
	return ROSTER_IN;
}

static int32_t year_start(int32_t day)
{
	struct date d = { date_year(day), 1, 1 };

	return date_day_number(&d);
}

static bool in_year(const struct roster_person *p, int32_t day, int32_t cutoff)
{
	return day >= year_start(cutoff) && day <= cutoff && (p->enrolled == NO_DAY || day >= p->enrolled);
}

static bool counts(const struct roster_person *p, const struct counted_visit *v, int32_t cutoff)
{
	return v->face_to_face && !v->incomplete && !v->referral_check && in_year(p, v->day, cutoff);
}

/* Two sheets of one day are one visit. */
static bool first_of_its_day(const struct roster_person *p, size_t i, int32_t cutoff)
{
	for (size_t j = 0; j < i; j++)
		if (p->visits[j].day == p->visits[i].day && counts(p, &p->visits[j], cutoff))
			return false;
	return true;
}

static bool quarter_lacks(const struct roster_person *p, int32_t cutoff)
{
	int32_t from = year_start(cutoff);

	if (p->enrolled != NO_DAY && p->enrolled > from)
		from = date_quarter_start(p->enrolled);
	for (; date_quarter_end(from) <= cutoff; from = date_quarter_end(from) + 1) {
		bool found = false;

		for (size_t i = 0; i < p->n_visits && !found; i++)
			found = counts(p, &p->visits[i], cutoff) && schedule_in_quarter(p->visits[i].day, from);
		if (!found)
			return true;
	}
	return false;
}

static bool answered(const struct roster_person *p, int32_t day)
{
	for (size_t i = 0; i < p->n_visits; i++)
		if (p->visits[i].day > day && p->visits[i].day <= day + SCHEDULE_RECHECK_DAYS)
			return true;
	return false;
}

/* A recheck whose fourteen days are not over at the cut-off is not missed yet. */
static bool recheck_lacks(const struct roster_person *p, int32_t cutoff)
{
	for (size_t i = 0; i < p->n_visits; i++) {
		const struct counted_visit *v = &p->visits[i];

		if (v->recheck && in_year(p, v->day, cutoff) && v->day + SCHEDULE_RECHECK_DAYS <= cutoff &&
			!answered(p, v->day))
			return true;
	}
	return false;
}

static bool year_ends(int32_t cutoff)
{
	struct date d = date_from_day(cutoff);

	return d.month == 12 && d.day == 31;
}

struct regular_result regular_managed(const struct roster_person *p, int32_t cutoff,
	const struct indicator_settings *settings)
{
	struct regular_result r = { .excluded = roster_exclusion(p, cutoff) };

	if (r.excluded != ROSTER_IN)
		return r;
	r.expected = schedule_expected_visits(p->enrolled, cutoff);
	for (size_t i = 0; i < p->n_visits; i++)
		r.counted += counts(p, &p->visits[i], cutoff) && first_of_its_day(p, i, cutoff);
	r.exam_lacks = year_ends(cutoff) &&
		(p->exam == NO_DAY || p->exam < year_start(cutoff) || p->exam > cutoff);
	r.quarter_lacks = quarter_lacks(p, cutoff);
	r.recheck_lacks = recheck_lacks(p, cutoff);
	r.regular = r.counted >= r.expected && !r.exam_lacks && !(settings->one_per_quarter && r.quarter_lacks) &&
		!(settings->recheck_in_14d && r.recheck_lacks);
	return r;
}

bool managed_in_year(const struct roster_person *p, int32_t cutoff)
{
	if (roster_exclusion(p, cutoff) != ROSTER_IN)
		return false;
	for (size_t i = 0; i < p->n_visits; i++)
		if (!p->visits[i].referral_check && in_year(p, p->visits[i].day, cutoff))
			return true;
	return false;
}

bool last_control(const struct roster_person *p, int32_t cutoff)
{
	const struct counted_visit *last = NULL;

	if (p->lost != NO_DAY && p->lost <= cutoff)
		return false;
	for (size_t i = 0; i < p->n_visits; i++) {
		const struct counted_visit *v = &p->visits[i];

		if (v->measured && in_year(p, v->day, cutoff) && (!last || v->day >= last->day))
			last = v;
	}
	return last && last->controlled;
}
