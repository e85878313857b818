/* The people behind the figures.  In the columns of indicators 1 is numerator and denominator, 0 denominator only, empty
 * neither: a column's sum is the numerator, its count the denominator.  Document numbers are masked. */
#include "app/base/i18n.h"
#include "app/base/utf8.h"
#include "app/clinic/idcard.h"
#include "app/programmes/programmes.h"
#include "app/service/reports_int.h"

/* Name, sex, birth date, masked number. */
enum { PERSON_COLUMNS = 5 };
static const struct term person_heads[] = { { "姓名", "Name" }, { "性别", "Sex" }, { "出生日期", "Born" }, { "证件号码", "ID number" },
	{ "村", "Village" } };

static const struct term sexes[] = { { "男", "M" }, { "女", "F" } };

static void put_person(struct sheet *sh, const struct person *p)
{
	char masked[64];

	/* Texts of the census live as long as the report. */
	sheet_static(sh, CELL_STYLE_PLAIN, p->name);
	sheet_static(sh, CELL_STYLE_CENTRE, p->sex == '1' || p->sex == '2' ? term_text(&sexes[p->sex - '1']) : "");
	if (p->birth && strlen(p->birth) == DATE_LEN - 1)
		sheet_date(sh, CELL_STYLE_PLAIN, p->born);
	else
		sheet_static(sh, CELL_STYLE_CENTRE, p->birth);
	sheet_text(sh, CELL_STYLE_PLAIN, p->id_number ? id_mask(p->id_number, masked, sizeof masked) : "");
	sheet_static(sh, CELL_STYLE_PLAIN, p->village);
}

/* Measuring each cell of a hundred thousand rows takes longer than writing them. */
static void fix_person_widths(struct sheet *sh)
{
	static const unsigned widths[PERSON_COLUMNS] = { 10, 4, 10, 18, 10 };

	for (size_t i = 0; i < PERSON_COLUMNS; i++)
		sheet_width(sh, i, widths[i]);
	sh->frozen_cols = 1;
}

static void list_heads(struct sheet *sh, const struct term *more, size_t n)
{
	fix_person_widths(sh);
	put_heads(sh, person_heads, PERSON_COLUMNS);
	for (size_t i = 0; i < n; i++) {
		sheet_static(sh, CELL_STYLE_HEAD, term_text(&more[i]));
		if (!sh->fixed[PERSON_COLUMNS + i])
			sheet_width(sh, PERSON_COLUMNS + i, (unsigned)utf8_width(term_text(&more[i])) + 2);
	}
	sheet_head_row(sh);
}

static void put_flag(struct sheet *sh, bool in_denominator, bool in_numerator)
{
	if (in_denominator)
		sheet_int(sh, CELL_STYLE_CENTRE, in_numerator);
	else
		sheet_empty(sh, CELL_STYLE_CENTRE);
}

/* How many of how many: empty where nothing was agreed on. */
static void put_share(struct sheet *sh, int of, int n)
{
	if (of)
		sheet_int(sh, CELL_STYLE_CENTRE, n);
	else
		sheet_empty(sh, CELL_STYLE_CENTRE);
}

static const char *flags_note(void)
{
	return _("1: counted above; 0: counted below only; empty: neither. The sum of a column is the numerator.");
}

/* ---- residents: S01 S03 SN00 SN01 SN03 SN07 SN10 ------------------------------------------------------------------ */

static const struct term sheet_residents = { "居民名单", "Residents" };

static const struct term resident_heads[] = { { "S01", "S01" }, { "S03", "S03" }, { "SN00", "SN00" }, { "SN01", "SN01" },
	{ "SN03", "SN03" }, { "SN07", "SN07" }, { "SN10", "SN10" }, { "SN10约定", "SN10 agreed" } };

void lists_residents(const struct census *c, struct report *rep)
{
	struct sheet *sh = titled_sheet(rep, SHEET_LIST, &sheet_residents);

	sheet_line(sh, CELL_STYLE_NOTE, flags_note());
	list_heads(sh, resident_heads, N_ELEMENTS(resident_heads));
	for (size_t i = 0; i < c->people.n; i++) {
		const struct person *p = &c->people.at[i];

		if (!p->living)
			continue;
		sheet_row(sh);
		put_person(sh, p);
		put_flag(sh, true, true);
		put_flag(sh, true, p->used);
		put_flag(sh, true, p->contracted);
		put_flag(sh, p->key, p->contracted);
		put_flag(sh, true, p->paid);
		put_flag(sh, p->ends, p->renewed);
		put_share(sh, p->planned, p->done);
		put_share(sh, p->planned, p->planned);
	}
}

/* ---- rosters -------------------------------------------------------------------------------------------------------- */

enum lack { LACK_VISITS, LACK_EXAM, LACK_QUARTER, LACK_RECHECK, LACK_TARGET, LACK_LOST, LACK_NONE_THIS_YEAR, LACK_COUNT };

static const struct term lacks[LACK_COUNT] = {
	{ "面访次数不够", "too few visits face to face" },
	{ "本年未体检", "no examination this year" },
	{ "有季度漏访", "a quarter without a visit" },
	{ "不满意后14天内未复查", "no recheck within 14 days" },
	{ "末次未达标", "not in target at the last visit" },
	{ "失访", "lost to follow-up" },
	{ "本年未随访", "no follow-up this year" },
};

static unsigned lacks_of(const struct member *m)
{
	const struct regular_result *r = &m->regular;
	unsigned mask = 0;

	mask |= (m->managed && r->counted < r->expected) ? 1u << LACK_VISITS : 0;
	mask |= r->exam_lacks ? 1u << LACK_EXAM : 0;
	mask |= r->quarter_lacks ? 1u << LACK_QUARTER : 0;
	mask |= r->recheck_lacks ? 1u << LACK_RECHECK : 0;
	mask |= (m->managed && !m->controlled) ? 1u << LACK_TARGET : 0;
	mask |= m->lost ? 1u << LACK_LOST : 0;
	mask |= !m->managed ? 1u << LACK_NONE_THIS_YEAR : 0;
	return mask;
}

static void put_lacks(struct sheet *sh, unsigned mask)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	for (int i = 0; i < LACK_COUNT; i++)
		if (mask & 1u << i)
			sbuf_addf(&text, "%s%s", text.len ? "; " : "", term_text(&lacks[i]));
	sheet_text(sh, CELL_STYLE_PLAIN, text.s);
}

/* The last follow-up by the cut-off; NULL when there is none in the rows read. */
static const struct followup_row *last_followup(const struct census *c, const struct member *m)
{
	for (size_t i = m->n; i > 0; i--)
		if (!c->followups.at[m->first + i - 1].v.referral_check)
			return &c->followups.at[m->first + i - 1];
	return NULL;
}

static void put_last(struct sheet *sh, const struct followup_row *f)
{
	char class_[2] = { f ? f->class_ : '\0', '\0' };

	sheet_date(sh, CELL_STYLE_PLAIN, f ? f->v.day : NO_DAY);
	sheet_text(sh, CELL_STYLE_CENTRE, f ? f->value : "");
	sheet_text(sh, CELL_STYLE_CENTRE, class_);
}

static void put_member(const struct census *c, struct sheet *sh, const struct member *m)
{
	sheet_row(sh);
	put_person(sh, &c->people.at[m->person]);
	sheet_date(sh, CELL_STYLE_PLAIN, m->enrolled);
	put_last(sh, last_followup(c, m));
	sheet_int(sh, CELL_STYLE_CENTRE, m->regular.counted);
	sheet_int(sh, CELL_STYLE_CENTRE, m->regular.expected);
	put_flag(sh, m->managed, true);
	put_flag(sh, m->managed, m->regular.regular);
	put_flag(sh, m->managed, m->controlled);
	put_lacks(sh, lacks_of(m));
}

static const struct term list_word = { "名单", " roster" };

/* The three empty ones are the codes of the programme's indicators. */
enum { ROSTER_CODES = 6 };
static const struct term roster_heads[] = { { "纳入日期", "Enrolled" }, { "末次随访", "Last visit" },
	{ "末次值", "Last value" }, { "分类", "Class" }, { "面访", "Visits" }, { "应访", "Expected" },
	{ "", "" }, { "", "" }, { "", "" }, { "存在问题", "What lacks" } };

static void list_roster(const struct census *c, int programme, const struct programme *p, struct report *rep)
{
	struct term heads[N_ELEMENTS(roster_heads)];
	char text[96];
	const struct term name = { text, text };
	struct sheet *sh;

	snprintf(text, sizeof text, "%s%s", term_text(&p->title), term_text(&list_word));
	memcpy(heads, roster_heads, sizeof heads);
	for (size_t i = 0; i < 3 && i < p->n_indicators; i++)
		heads[ROSTER_CODES + i] = (struct term){ p->indicators[i].code, p->indicators[i].code };
	sh = titled_sheet(rep, SHEET_LIST, &name);
	sh->landscape = true;
	sheet_line(sh, CELL_STYLE_NOTE, flags_note());
	sheet_width(sh, PERSON_COLUMNS, 10);
	sheet_width(sh, PERSON_COLUMNS + 1, 10);
	sheet_width(sh, PERSON_COLUMNS + N_ELEMENTS(heads) - 1, 40);
	list_heads(sh, heads, N_ELEMENTS(heads));
	for (size_t i = 0; i < c->members.n; i++)
		if (c->members.at[i].programme == programme && c->members.at[i].regular.excluded == ROSTER_IN)
			put_member(c, sh, &c->members.at[i]);
}

static const struct term everybody_head = { "体检", "Examined" };

/* A programme that takes everybody of an age: all of them, with a flag an indicator. */
static void list_everybody(const struct census *c, size_t programme, const struct programme *p, struct report *rep)
{
	struct term heads[8] = { everybody_head };
	size_t n = 1;
	struct sheet *sh = titled_sheet(rep, SHEET_LIST, &p->title);

	sheet_line(sh, CELL_STYLE_NOTE, flags_note());
	for (size_t i = 0; i < p->n_indicators && n < N_ELEMENTS(heads); i++)
		heads[n++] = (struct term){ p->indicators[i].code, p->indicators[i].code };
	list_heads(sh, heads, n);
	for (size_t i = 0; i < c->people.n; i++) {
		const struct person *who = &c->people.at[i];

		if (!who->living || !programme_takes_age(p, who->born, c->cutoff))
			continue;
		sheet_row(sh);
		put_person(sh, who);
		sheet_date(sh, CELL_STYLE_PLAIN, who->exam);
		for (size_t k = 0; k + 1 < n; k++)
			put_flag(sh, true, counts_for(who, &p->indicators[k], programme));
	}
}

void lists_rosters(const struct census *c, struct report *rep)
{
	size_t n;
	const struct programme *const *p = programmes(&n);

	for (size_t i = 0; i < n && i < REPORT_PROGRAMMES_MAX; i++)
		if (p[i]->n_indicators && p[i]->indicators[0].basis != INDICATOR_ROSTER)
			list_everybody(c, i, p[i], rep);
		else if (p[i]->n_indicators)
			list_roster(c, (int)i, p[i], rep);
}

/* ---- visits, referrals ---------------------------------------------------------------------------------------------- */

static const struct term sheet_visits = { "就诊名单", "Visits" };
static const struct term sheet_referrals = { "转诊名单", "Referrals" };

static const char *doctor_name(const struct census *c, int64_t row)
{
	const struct doctor_row *d = census_doctor(c, row);

	return d ? d->name : "";
}

static void put_walkin(struct sheet *sh, const char *name)
{
	static const struct term not_on_file = { "未对上档案", "not on file yet" };

	sheet_static(sh, CELL_STYLE_PLAIN, name);
	sheet_empty(sh, CELL_STYLE_CENTRE);
	sheet_empty(sh, CELL_STYLE_CENTRE);
	sheet_static(sh, CELL_STYLE_PLAIN, term_text(&not_on_file));
	sheet_empty(sh, CELL_STYLE_PLAIN);
}

static const struct term visit_heads[] = { { "就诊日期", "Day" }, { "ICD-10", "ICD-10" }, { "接诊医生", "Doctor" }, { "V1", "V1" } };

void lists_visits(const struct census *c, struct report *rep)
{
	struct sheet *sh = titled_sheet(rep, SHEET_LIST, &sheet_visits);

	sheet_width(sh, PERSON_COLUMNS, 10);
	list_heads(sh, visit_heads, N_ELEMENTS(visit_heads));
	for (size_t i = 0; i < c->visits.n; i++) {
		const struct visit_row *v = &c->visits.at[i];

		sheet_row(sh);
		if (v->person == NOBODY)
			put_walkin(sh, v->walkin);
		else
			put_person(sh, &c->people.at[v->person]);
		sheet_date(sh, CELL_STYLE_PLAIN, v->day);
		sheet_static(sh, CELL_STYLE_CENTRE, v->icd10);
		sheet_static(sh, CELL_STYLE_PLAIN, doctor_name(c, v->doctor));
		sheet_int(sh, CELL_STYLE_CENTRE, 1);
	}
}

static bool in_period(const struct census *c, int32_t day)
{
	return day != NO_DAY && day >= c->period.from && day <= c->period.to;
}

static const struct term referral_heads[] = { { "转诊日期", "Day" }, { "转诊状态", "State" }, { "接收日期", "Accepted on" },
	{ "追访日期", "Checked on" }, { "R1", "R1" }, { "R2", "R2" } };

void lists_referrals(const struct census *c, struct report *rep)
{
	struct sheet *sh = titled_sheet(rep, SHEET_LIST, &sheet_referrals);

	list_heads(sh, referral_heads, N_ELEMENTS(referral_heads));
	for (size_t i = 0; i < c->referrals.n; i++) {
		const struct referral_row *r = &c->referrals.at[i];
		const bool counts = in_period(c, r->reached) && referral_counts(r->state);

		if (!counts && !in_period(c, r->day))
			continue;
		sheet_row(sh);
		put_person(sh, &c->people.at[r->person]);
		sheet_date(sh, CELL_STYLE_PLAIN, r->day);
		sheet_static(sh, CELL_STYLE_CENTRE, term_text(&referral_states[r->state].term));
		sheet_date(sh, CELL_STYLE_PLAIN, r->reached);
		sheet_date(sh, CELL_STYLE_PLAIN, r->checked);
		put_flag(sh, r->up, counts);
		put_flag(sh, !r->up, counts);
	}
}

/* ---- what an inspector would find ----------------------------------------------------------------------------------- */

static const struct term sheet_quality = { "质量清单", "Quality list" };

enum fault { FAULT_AFTER_DEATH, FAULT_NO_ID, FAULT_FORMS, FAULT_ROSTER };

static const struct term faults[] = {
	[FAULT_AFTER_DEATH] = { "死亡后仍有记录", "Records after the death" },
	[FAULT_NO_ID] = { "证件号码缺", "ID number lacks" },
	[FAULT_FORMS] = { "随访表缺项", "Follow-up forms not complete" },
	[FAULT_ROSTER] = { "随访管理", "Follow-up" },
};

static void put_fault(struct sheet *sh, const struct person *p, enum fault f)
{
	sheet_row(sh);
	put_person(sh, p);
	sheet_static(sh, CELL_STYLE_PLAIN, term_text(&faults[f]));
}

static void put_count(struct sheet *sh, int n)
{
	char text[16];

	snprintf(text, sizeof text, "%d", n);
	sheet_text(sh, CELL_STYLE_PLAIN, text);
}

static int incomplete_forms(const struct census *c, const struct member *m)
{
	int n = 0;

	for (size_t i = 0; i < m->n; i++) {
		const struct followup_row *f = &c->followups.at[m->first + i];

		n += f->v.incomplete && f->v.day >= c->period.year_from;
	}
	return n;
}

static void put_person_faults(const struct census *c, struct sheet *sh)
{
	for (size_t i = 0; i < c->people.n; i++) {
		const struct person *p = &c->people.at[i];

		if (p->after_death) {
			put_fault(sh, p, FAULT_AFTER_DEATH);
			put_count(sh, p->after_death);
		}
		if (p->living && !p->id_number) {
			put_fault(sh, p, FAULT_NO_ID);
			sheet_empty(sh, CELL_STYLE_PLAIN);
		}
	}
}

static void put_roster_faults(const struct census *c, struct sheet *sh)
{
	const unsigned not_faults = 1u << LACK_TARGET; /* a patient out of target is a task, not a fault of the file */

	for (size_t i = 0; i < c->members.n; i++) {
		const struct member *m = &c->members.at[i];
		const struct person *p = &c->people.at[m->person];
		const int forms = incomplete_forms(c, m);

		if (m->regular.excluded != ROSTER_IN)
			continue;
		if (lacks_of(m) & ~not_faults) {
			put_fault(sh, p, FAULT_ROSTER);
			put_lacks(sh, lacks_of(m) & ~not_faults);
		}
		if (forms) {
			put_fault(sh, p, FAULT_FORMS);
			put_count(sh, forms);
		}
	}
}

static const struct term quality_heads[] = { { "问题", "Fault" }, { "说明或次数", "Detail or number" } };

void lists_quality(const struct census *c, struct report *rep)
{
	struct sheet *sh = titled_sheet(rep, SHEET_LIST, &sheet_quality);

	sh->landscape = true;
	sheet_line(sh, CELL_STYLE_NOTE, _("The gravest first: records after a death, then what an inspector takes points for."));
	sheet_width(sh, PERSON_COLUMNS, 24);
	sheet_width(sh, PERSON_COLUMNS + 1, 44);
	list_heads(sh, quality_heads, N_ELEMENTS(quality_heads));
	put_person_faults(c, sh);
	put_roster_faults(c, sh);
}
