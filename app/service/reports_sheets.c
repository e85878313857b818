/* The sheets of figures. */
#include "app/base/i18n.h"
#include "app/programmes/programmes.h"
#include "app/service/reports_int.h"

static const struct term total = { "合计", "Total" };

/* ---- shared --------------------------------------------------------------------------------------------------------- */

struct sheet *titled_sheet(struct report *rep, enum sheet_kind kind, const struct term *name)
{
	struct sheet *sh = report_sheet(rep, kind, term_text(name));
	AUTO_SBUF struct sbuf title = SBUF_INIT;

	sbuf_addf(&title, "%s  %s", rep->title, term_text(name));
	sheet_line(sh, CELL_STYLE_TITLE, title.s);
	sheet_line(sh, CELL_STYLE_NOTE, rep->org);
	return sh;
}

void put_heads(struct sheet *sh, const struct term *heads, size_t n)
{
	sheet_row(sh);
	for (size_t i = 0; i < n; i++)
		sheet_static(sh, CELL_STYLE_HEAD, term_text(&heads[i]));
}

/* Further tables of one sheet stand below each other, each with a line of its own. */
static void table(struct sheet *sh, const char *name, const struct term *heads, size_t n)
{
	sheet_row(sh);
	sheet_line(sh, CELL_STYLE_NOTE, name);
	put_heads(sh, heads, n);
}

static void span_note(struct sheet *sh, const char *fmt, int32_t from, int32_t to) PRINTF(2, 0);

static void span_note(struct sheet *sh, const char *fmt, int32_t from, int32_t to)
{
	char a[DATE_LEN], b[DATE_LEN], text[256];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(text, sizeof text, fmt, date_iso(from, a), date_iso(to, b));
#pragma GCC diagnostic pop
	sheet_line(sh, CELL_STYLE_NOTE, text);
}

/* ---- indicators ----------------------------------------------------------------------------------------------------- */

static const struct term sheet_indicators = { "公卫指标", "Indicators" };
static const struct term indicator_heads[] = {
	{ "代码", "Code" },
	{ "指标", "Indicator" },
	{ "新口径名称", "Present name" },
	{ "分子", "Numerator" },
	{ "分母", "Denominator" },
	{ "百分比", "Per cent" },
	{ "分子统计内容", "Counted above" },
	{ "分母统计内容", "Counted below" },
	{ "备注", "Note" },
};

static const char *note_of(const struct indicator_result *r)
{
	if (r->over)
		return _("More than 100 %: check the denominator.");
	switch (r->source) {
	case DEN_MISSING:
		return _("The denominator is not typed in yet (settings).");
	case DEN_FALLBACK:
		return _("The service population is not typed in: residents on file stand in.");
	case DEN_ESTIMATE:
		return _("Denominator estimated: adults x prevalence.");
	case DEN_SETTING:
		return _("Denominator typed in (settings).");
	case DEN_NONE:
	case DEN_RECORDS:
		break;
	}
	return "";
}

static void put_indicator(struct sheet *sh, const struct indicator_result *r)
{
	const bool count = r->ind->kind == INDICATOR_COUNT;

	sheet_row(sh);
	sheet_static(sh, CELL_STYLE_CENTRE, r->ind->code);
	sheet_static(sh, CELL_STYLE_LABEL, term_text(&r->ind->name));
	sheet_static(sh, CELL_STYLE_LABEL, r->ind->newer.zh ? term_text(&r->ind->newer) : "");
	sheet_int(sh, CELL_STYLE_PLAIN, r->num);
	if (count || r->source == DEN_MISSING)
		sheet_empty(sh, CELL_STYLE_PLAIN);
	else
		sheet_int(sh, CELL_STYLE_PLAIN, r->den);
	if (r->has_percent)
		sheet_percent(sh, r->over ? CELL_STYLE_WARN : CELL_STYLE_TOTAL, r->percent);
	else
		sheet_static(sh, CELL_STYLE_CENTRE, count ? "" : "NA");
	sheet_static(sh, CELL_STYLE_LABEL, term_text(&r->ind->numerator));
	sheet_static(sh, CELL_STYLE_LABEL, count ? "" : term_text(&r->ind->denominator));
	sheet_static(sh, r->over ? CELL_STYLE_WARN : CELL_STYLE_LABEL, note_of(r));
}

static const struct term chart_heads[] = { { "代码", "Code" }, { "指标", "Indicator" }, { "百分比", "Per cent" } };

/* The chart takes a range without gaps: the rates that have a value, once more below the table; the chart beside. */
static void put_chart_rows(struct sheet *sh, const struct report_result *r)
{
	const char *title = arena_strdup(&sh->report->mem, _("Indicators, year to date"));
	size_t first;

	table(sh, _("For the chart"), chart_heads, N_ELEMENTS(chart_heads));
	first = sh->n_rows;
	for (size_t i = 0; i < r->n_indicators; i++) {
		if (!r->indicators[i].has_percent)
			continue;
		sheet_row(sh);
		sheet_static(sh, CELL_STYLE_CENTRE, r->indicators[i].ind->code);
		sheet_static(sh, CELL_STYLE_LABEL, term_text(&r->indicators[i].ind->name));
		sheet_percent(sh, CELL_STYLE_PLAIN, r->indicators[i].percent);
	}
	if (sh->n_rows > first)
		sh->chart = (struct chart_spec){ CHART_COLUMNS, title, first, sh->n_rows - 1, 0, 2, first - 1, 4, 0 };
}

void sheets_indicators(const struct census *c, const struct report_result *r)
{
	static const unsigned widths[] = { 6, 22, 22, 8, 8, 9, 24, 20, 18 };
	struct sheet *sh = titled_sheet(r->report, SHEET_FIGURES, &sheet_indicators);

	sh->landscape = true;
	for (size_t i = 0; i < N_ELEMENTS(widths); i++)
		sheet_width(sh, i, widths[i]);
	span_note(sh, _("Counts: %s to %s."), c->period.from, c->period.to);
	span_note(sh, _("Rates: year to date, %s to %s."), c->period.year_from, c->cutoff);
	if (c->unsteady)
		sheet_line(sh, CELL_STYLE_NOTE, _("Records were saved while this was counted: figures may differ by those few."));
	put_heads(sh, indicator_heads, N_ELEMENTS(indicator_heads));
	sheet_head_row(sh);
	for (size_t i = 0; i < r->n_indicators; i++)
		put_indicator(sh, &r->indicators[i]);
	put_chart_rows(sh, r);
}

/* ---- outpatient figures --------------------------------------------------------------------------------------------- */

static const struct term sheet_outpatient = { "门诊统计", "Outpatients" };

static const struct term age_bands[AGE_BANDS] = {
	{ "0-6岁", "0-6" },
	{ "7-17岁", "7-17" },
	{ "18-44岁", "18-44" },
	{ "45-64岁", "45-64" },
	{ "65岁及以上", "65 and over" },
};

int age_band_of(int32_t born, int32_t on)
{
	static const int from[AGE_BANDS] = { 0, 7, 18, 45, 65 };
	const int age = born == NO_DAY ? 18 : date_age(born, on);
	int band = AGE_BANDS - 1;

	while (band > 0 && age < from[band])
		band--;
	return band;
}

/* Groups a village clinic's diagnoses fall into; the first match counts. */
static const struct diagnosis_group {
	const char *from, *to; /* first three characters of ICD-10, both inclusive; NULL: what is left */
	struct term name;
} diagnosis_groups[] = {
	{ "I10", "I15", { "高血压 (I10-I15)", "Hypertension (I10-I15)" } },
	{ "E10", "E14", { "糖尿病 (E10-E14)", "Diabetes (E10-E14)" } },
	{ "J40", "J47", { "慢阻肺、支气管炎、哮喘 (J40-J47)", "COPD, bronchitis, asthma (J40-J47)" } },
	{ "I20", "I25", { "冠心病 (I20-I25)", "Coronary heart disease (I20-I25)" } },
	{ "I60", "I69", { "脑血管病 (I60-I69)", "Stroke (I60-I69)" } },
	{ "I00", "I99", { "其他循环系统疾病 (I)", "Other circulatory (I)" } },
	{ "J00", "J06", { "急性上呼吸道感染 (J00-J06)", "Acute upper respiratory infection (J00-J06)" } },
	{ "J09", "J22", { "流感、肺炎、急性下呼吸道感染 (J09-J22)", "Influenza, pneumonia (J09-J22)" } },
	{ "J00", "J99", { "其他呼吸系统疾病 (J)", "Other respiratory (J)" } },
	{ "A00", "A09", { "肠道感染 (A00-A09)", "Intestinal infection (A00-A09)" } },
	{ "A00", "B99", { "其他传染病和寄生虫病 (A-B)", "Other infections (A-B)" } },
	{ "C00", "D48", { "肿瘤 (C00-D48)", "Tumours (C00-D48)" } },
	{ "E00", "E90", { "其他内分泌代谢病 (E)", "Other endocrine (E)" } },
	{ "F00", "F99", { "精神和行为障碍 (F)", "Mental (F)" } },
	{ "G00", "G99", { "神经系统疾病 (G)", "Nervous system (G)" } },
	{ "H00", "H95", { "眼、耳疾病 (H)", "Eye and ear (H)" } },
	{ "K00", "K93", { "消化系统疾病 (K)", "Digestive (K)" } },
	{ "L00", "L99", { "皮肤疾病 (L)", "Skin (L)" } },
	{ "M00", "M99", { "肌肉骨骼疾病 (M)", "Muscles and bones (M)" } },
	{ "N00", "N99", { "泌尿生殖系统疾病 (N)", "Urogenital (N)" } },
	{ "O00", "O99", { "妊娠、分娩、产褥期 (O)", "Pregnancy and birth (O)" } },
	{ "S00", "T98", { "损伤、中毒 (S-T)", "Injury and poisoning (S-T)" } },
	{ "R00", "R99", { "症状和体征, 未明确诊断 (R)", "Symptoms, no diagnosis yet (R)" } },
	{ "Z00", "Z99", { "健康检查、咨询等 (Z)", "Check-ups, advice (Z)" } },
	{ NULL, NULL, { "其他或未编码", "Other or not coded" } },
};
static const size_t diagnosis_group_count = N_ELEMENTS(diagnosis_groups);

size_t diagnosis_group_of(const char *icd10)
{
	size_t i = 0;

	while (diagnosis_groups[i].from && (strncmp(icd10, diagnosis_groups[i].from, 3) < 0 ||
						   strncmp(icd10, diagnosis_groups[i].to, 3) > 0))
		i++;
	return i;
}

static const struct term month_heads[] = { { "月份", "Month" }, { "诊疗人次", "Visits" } };

static void put_months(const struct census *c, struct sheet *sh)
{
	const int last = date_from_day(c->cutoff).month;
	int64_t sum = 0;
	char month[16];

	table(sh, _("Finished visits of each calendar month, up to the cut-off"), month_heads, N_ELEMENTS(month_heads));
	for (int m = 0; m < last; m++) {
		snprintf(month, sizeof month, "%d-%02d", date_year(c->cutoff), m + 1);
		sheet_row(sh);
		sheet_text(sh, CELL_STYLE_LABEL, month);
		sheet_int(sh, CELL_STYLE_PLAIN, c->month_visits[m]);
		sum += c->month_visits[m];
	}
	sheet_row(sh);
	sheet_static(sh, CELL_STYLE_TOTAL, term_text(&total));
	sheet_int(sh, CELL_STYLE_TOTAL, sum);
}

static void put_group_row(struct sheet *sh, const char *name, const int64_t *ages, enum cell_style style)
{
	int64_t sum = 0;

	sheet_row(sh);
	sheet_static(sh, style == CELL_STYLE_TOTAL ? style : CELL_STYLE_LABEL, name);
	for (int a = 0; a < AGE_BANDS; a++)
		sum += ages[a];
	sheet_int(sh, style, sum);
	for (int a = 0; a < AGE_BANDS; a++)
		sheet_int(sh, style, ages[a]);
}

static const struct term diagnosis_head = { "诊断分类", "Diagnosis" };

static void put_groups(const struct census *c, struct sheet *sh)
{
	struct term heads[AGE_BANDS + 2] = { diagnosis_head, total };
	int64_t sum[AGE_BANDS] = { 0 };

	memcpy(heads + 2, age_bands, sizeof age_bands);
	table(sh, _("Finished visits of the period, by diagnosis and age"), heads, N_ELEMENTS(heads));
	for (size_t g = 0; g < diagnosis_group_count; g++) {
		int64_t any = 0;

		for (int a = 0; a < AGE_BANDS; a++) {
			sum[a] += c->groups[g][a];
			any += c->groups[g][a];
		}
		if (any)
			put_group_row(sh, term_text(&diagnosis_groups[g].name), c->groups[g], CELL_STYLE_PLAIN);
	}
	put_group_row(sh, term_text(&total), sum, CELL_STYLE_TOTAL);
}

void sheets_outpatient(const struct census *c, struct report *rep)
{
	struct sheet *sh = titled_sheet(rep, SHEET_FIGURES, &sheet_outpatient);

	span_note(sh, _("Counts: %s to %s."), c->period.from, c->period.to);
	put_groups(c, sh);
	put_months(c, sh);
}

/* ---- referrals and contracts ---------------------------------------------------------------------------------------- */

static const struct term sheet_services = { "转诊和签约", "Referrals, contracts" };

static const struct term referral_heads[] = { { "转诊状态", "State" }, { "上转", "Up" }, { "下转", "Down" },
	{ "合计", "Total" } };

/* Of referrals written in the period, by what has become of them. */
static void put_referrals(const struct census *c, struct sheet *sh)
{
	int64_t n[REFERRAL_STATE_COUNT][2] = { { 0 } }, sum[2] = { 0 };

	for (size_t i = 0; i < c->referrals.n; i++) {
		const struct referral_row *r = &c->referrals.at[i];

		if (r->day != NO_DAY && r->day >= c->period.from && r->day <= c->period.to)
			n[r->state][r->up ? 0 : 1]++;
	}
	table(sh, _("Referrals written in the period, by their present state"), referral_heads, N_ELEMENTS(referral_heads));
	for (int s = REFERRAL_DRAFT; s < REFERRAL_STATE_COUNT; s++) {
		sheet_row(sh);
		sheet_static(sh, CELL_STYLE_LABEL, term_text(&referral_states[s].term));
		sheet_int(sh, CELL_STYLE_PLAIN, n[s][0]);
		sheet_int(sh, CELL_STYLE_PLAIN, n[s][1]);
		sheet_int(sh, CELL_STYLE_PLAIN, n[s][0] + n[s][1]);
		sum[0] += n[s][0];
		sum[1] += n[s][1];
	}
	sheet_row(sh);
	sheet_static(sh, CELL_STYLE_TOTAL, term_text(&total));
	sheet_int(sh, CELL_STYLE_TOTAL, sum[0]);
	sheet_int(sh, CELL_STYLE_TOTAL, sum[1]);
	sheet_int(sh, CELL_STYLE_TOTAL, sum[0] + sum[1]);
}

enum contract_figure { CF_NEW, CF_RENEWED, CF_BROKEN, CF_ENDED, CF_IN_FORCE, CF_KEY, CF_COUNT };

static const struct term contract_figures[CF_COUNT] = {
	{ "新签", "Signed anew" },
	{ "续签或转签", "Renewed or transferred" },
	{ "解约", "Terminated" },
	{ "到期未续", "Ended, not renewed" },
	{ "期末在约人数", "Under contract at the end" },
	{ "其中重点人群", "of them in key groups" },
};

static void count_contracts(const struct census *c, int32_t from, int64_t *n)
{
	for (size_t i = 0; i < c->contracts.n; i++) {
		const struct contract_row *ct = &c->contracts.at[i];
		const bool agreed = contract_in_force(ct, ct->start);

		n[CF_NEW] += agreed && !ct->renewal && ct->start >= from && ct->start <= c->cutoff;
		n[CF_RENEWED] += agreed && ct->renewal && ct->start >= from && ct->start <= c->cutoff;
		n[CF_BROKEN] += ct->state == CONTRACT_TERMINATED && ct->ended != NO_DAY && ct->ended >= from &&
			ct->ended <= c->cutoff;
		n[CF_ENDED] += agreed && ct->end != NO_DAY && ct->end >= from && ct->end < c->cutoff &&
			(ct->state == CONTRACT_ACTIVE || ct->state == CONTRACT_EXPIRED || ct->state == CONTRACT_TERMINATING) &&
			!c->people.at[ct->person].contracted;
	}
	for (size_t i = 0; i < c->people.n; i++) {
		const struct person *p = &c->people.at[i];

		n[CF_IN_FORCE] += p->living && p->contracted;
		n[CF_KEY] += p->key && p->contracted;
	}
}

static const struct term contract_heads[] = { { "签约", "Contracts" }, { "本期", "Period" }, { "本年累计", "Year to date" } };

static void put_contracts(const struct census *c, struct sheet *sh)
{
	int64_t period[CF_COUNT] = { 0 }, year[CF_COUNT] = { 0 };

	count_contracts(c, c->period.from, period);
	count_contracts(c, c->period.year_from, year);
	table(sh, _("Family-doctor contracts, by their first day"), contract_heads, N_ELEMENTS(contract_heads));
	for (int i = 0; i < CF_COUNT; i++) {
		sheet_row(sh);
		sheet_static(sh, CELL_STYLE_LABEL, term_text(&contract_figures[i]));
		sheet_int(sh, CELL_STYLE_PLAIN, period[i]);
		sheet_int(sh, CELL_STYLE_PLAIN, year[i]);
	}
}

void sheets_services(const struct census *c, struct report *rep)
{
	struct sheet *sh = titled_sheet(rep, SHEET_FIGURES, &sheet_services);

	span_note(sh, _("Counts: %s to %s."), c->period.from, c->period.to);
	put_referrals(c, sh);
	put_contracts(c, sh);
}

/* ---- by village ----------------------------------------------------------------------------------------------------- */

static const struct term sheet_villages = { "按村汇总", "By village" };
static const struct term no_village = { "未填村", "No village" };

struct village_sum {
	int64_t files, used, contracted, key, key_contracted, managed, regular, controlled, visits;
};

static size_t village_index(const struct census *c, const struct person *p)
{
	const struct village *v = census_village(c, p->village_row);

	return v ? (size_t)(v - c->villages) : c->n_villages;
}

static struct village_sum *sum_villages(const struct census *c)
{
	struct village_sum *sums = xcalloc(c->n_villages + 1, sizeof *sums);
	uint32_t *of = xcalloc(c->people.n + 1, sizeof *of);

	for (size_t i = 0; i < c->people.n; i++) {
		const struct person *p = &c->people.at[i];
		struct village_sum *v = &sums[of[i] = (uint32_t)village_index(c, p)];

		v->files += p->living;
		v->used += p->living && p->used;
		v->contracted += p->living && p->contracted;
		v->key += p->key;
		v->key_contracted += p->key && p->contracted;
	}
	for (size_t i = 0; i < c->members.n; i++) {
		const struct member *m = &c->members.at[i];
		struct village_sum *v = &sums[of[m->person]];

		v->managed += m->managed;
		v->regular += m->managed && m->regular.regular;
		v->controlled += m->controlled;
	}
	for (size_t i = 0; i < c->visits.n; i++) {
		const uint32_t person = c->visits.at[i].person;

		sums[person == NOBODY ? c->n_villages : of[person]].visits++;
	}
	free(of);
	return sums;
}

static void put_percent(struct sheet *sh, enum cell_style style, int64_t num, int64_t den)
{
	int64_t v;

	if (percent_hundredths(num, den, &v))
		sheet_percent(sh, style, v);
	else
		sheet_static(sh, CELL_STYLE_CENTRE, "NA");
}

static void put_village(struct sheet *sh, const char *name, const struct village_sum *v, enum cell_style style)
{
	sheet_row(sh);
	sheet_static(sh, style == CELL_STYLE_TOTAL ? style : CELL_STYLE_LABEL, name);
	sheet_int(sh, style, v->files);
	put_percent(sh, style, v->used, v->files);
	sheet_int(sh, style, v->contracted);
	put_percent(sh, style, v->contracted, v->files);
	sheet_int(sh, style, v->key);
	put_percent(sh, style, v->key_contracted, v->key);
	sheet_int(sh, style, v->managed);
	put_percent(sh, style, v->regular, v->managed);
	put_percent(sh, style, v->controlled, v->managed);
	sheet_int(sh, style, v->visits);
}

static const struct term village_heads[] = { { "村", "Village" }, { "档案", "Files" }, { "使用率", "In use" }, { "签约", "Contracts" },
	{ "签约率*", "of files*" }, { "重点人群", "Key groups" }, { "重点签约率", "of them contracted" },
	{ "慢病管理", "On rosters" }, { "规范率", "By the norm" }, { "控制率", "In target" }, { "诊疗人次", "Visits" } };

void sheets_villages(const struct census *c, struct report *rep)
{
	struct sheet *sh = titled_sheet(rep, SHEET_FIGURES, &sheet_villages);
	struct village_sum *sums = sum_villages(c), all = { 0 };

	sh->landscape = true;
	sheet_line(sh, CELL_STYLE_NOTE, _("* of the residents on file; rosters of all programmes together"));
	put_heads(sh, village_heads, N_ELEMENTS(village_heads));
	sheet_head_row(sh);
	for (size_t i = 0; i <= c->n_villages; i++) {
		const struct village_sum *v = &sums[i];

		all.files += v->files;
		all.used += v->used;
		all.contracted += v->contracted;
		all.key += v->key;
		all.key_contracted += v->key_contracted;
		all.managed += v->managed;
		all.regular += v->regular;
		all.controlled += v->controlled;
		all.visits += v->visits;
		if (v->files || v->visits || v->managed)
			put_village(sh, i < c->n_villages ? c->villages[i].name : term_text(&no_village), v, CELL_STYLE_PLAIN);
	}
	put_village(sh, term_text(&total), &all, CELL_STYLE_TOTAL);
	free(sums);
}

/* ---- by doctor ------------------------------------------------------------------------------------------------------ */

static const struct term sheet_workload = { "工作量", "Workload" };

static const struct term workload_heads[] = { { "医生", "Doctor" }, { "诊疗人次", "Visits" }, { "随访人次", "Follow-ups" },
	{ "其中面访", "of them face to face" } };

void sheets_workload(const struct census *c, struct report *rep)
{
	struct sheet *sh = titled_sheet(rep, SHEET_FIGURES, &sheet_workload);
	int64_t sum[3] = { 0 };

	span_note(sh, _("Counts: %s to %s."), c->period.from, c->period.to);
	put_heads(sh, workload_heads, N_ELEMENTS(workload_heads));
	sheet_head_row(sh);
	for (size_t i = 0; i < c->doctors.n; i++) {
		const struct doctor_row *d = &c->doctors.at[i];

		if (!d->visits && !d->followups)
			continue;
		sheet_row(sh);
		sheet_text(sh, CELL_STYLE_LABEL, d->name);
		sheet_int(sh, CELL_STYLE_PLAIN, d->visits);
		sheet_int(sh, CELL_STYLE_PLAIN, d->followups);
		sheet_int(sh, CELL_STYLE_PLAIN, d->face);
		sum[0] += d->visits;
		sum[1] += d->followups;
		sum[2] += d->face;
	}
	sheet_row(sh);
	sheet_static(sh, CELL_STYLE_TOTAL, term_text(&total));
	for (size_t i = 0; i < N_ELEMENTS(sum); i++)
		sheet_int(sh, CELL_STYLE_TOTAL, sum[i]);
}
