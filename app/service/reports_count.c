/* Decides for each person what the indicators ask, and adds up. */
#include "app/base/date.h"
#include "app/base/i18n.h"
#include "app/clinic/keygroup.h"
#include "app/programmes/programmes.h"
#include "app/service/reports_int.h"

/* ---- persons -------------------------------------------------------------------------------------------------------- */

/* Away for so long that he no longer counts as living here; who is away for a while still does. */
static bool away_for_good(const struct person *p, int months, int32_t cutoff)
{
	return p->status == '2' && months > 0 && p->away != NO_DAY && date_add_months(p->away, months) <= cutoff;
}

/* Here at the cut-off, with a file. */
static bool lives_here(const struct person *p, const struct report_settings *set, int32_t cutoff)
{
	const bool dead = p->died != NO_DAY ? p->died <= cutoff : p->status == '4';
	const bool gone = p->status == '3' && (p->moved == NO_DAY || p->moved <= cutoff);

	return !dead && !gone && !away_for_good(p, set->away_months, cutoff) && p->filed != NO_DAY && p->filed <= cutoff;
}

static void programmes_text(uint32_t mask, struct sbuf *out)
{
	size_t n;
	const struct programme *const *p = programmes(&n);

	sbuf_clear(out);
	for (size_t i = 0; i < n && i < REPORT_PROGRAMMES_MAX; i++)
		if (mask & 1u << i)
			sbuf_addf(out, "%s%s", out->len ? "," : "", p[i]->code);
}

static void judge_person(const struct census *c, struct person *p, struct sbuf *tmp)
{
	struct key_group_input in = { p->born, c->cutoff, NULL, p->past, p->disability, p->flags };

	p->living = lives_here(p, &c->set, c->cutoff);
	if (p->programmes) {
		programmes_text(p->programmes, tmp);
		in.programmes = tmp->s;
	}
	p->key = p->living && (key_groups_of(&in) & c->set.key_groups) != 0;
}

/* ---- rosters -------------------------------------------------------------------------------------------------------- */

static int compare_members(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->programme != y->programme)
		return x->programme < y->programme ? -1 : 1;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->enrolled > y->enrolled) - (x->enrolled < y->enrolled);
}

static int compare_followups(const void *a, const void *b)
{
	const struct followup_row *x = a, *y = b;

	if (x->programme != y->programme)
		return x->programme < y->programme ? -1 : 1;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->v.day > y->v.day) - (x->v.day < y->v.day);
}

/* A person enrolled twice counts once: the last enrolment that began by the cut-off; those entered in error not at all. */
static void merge_members(struct census *c)
{
	size_t n = 0;

	if (c->members.n)
		qsort(c->members.at, c->members.n, sizeof *c->members.at, compare_members);
	for (size_t i = 0; i < c->members.n; i++) {
		const struct member *m = &c->members.at[i];

		if (m->end_reason == '6' || (m->enrolled != NO_DAY && m->enrolled > c->cutoff))
			continue;
		if (n && c->members.at[n - 1].person == m->person && c->members.at[n - 1].programme == m->programme)
			n--;
		c->members.at[n++] = *m;
	}
	c->members.n = n;
}

/* A check of a referral answers a recheck, though it is no visit. */
static void add_referral_checks(struct census *c)
{
	for (size_t i = 0; i < c->referrals.n; i++) {
		const struct referral_row *r = &c->referrals.at[i];
		struct followup_row *f;

		if (r->programme < 0 || r->checked == NO_DAY || r->checked > c->cutoff)
			continue;
		f = vec_push(&c->followups);
		f->person = r->person;
		f->programme = r->programme;
		f->v = (struct counted_visit){ .day = r->checked, .referral_check = true };
	}
}

/* Both are sorted by programme and person. */
static void join_followups(struct census *c)
{
	size_t f = 0;

	add_referral_checks(c);
	if (c->followups.n)
		qsort(c->followups.at, c->followups.n, sizeof *c->followups.at, compare_followups);
	for (size_t i = 0; i < c->members.n; i++) {
		struct member *m = &c->members.at[i];
		const struct followup_row key = { .person = m->person, .programme = m->programme, .v = { .day = NO_DAY } };

		while (f < c->followups.n && compare_followups(&c->followups.at[f], &key) < 0)
			f++;
		m->first = f;
		while (f < c->followups.n && c->followups.at[f].person == m->person &&
			c->followups.at[f].programme == m->programme)
			f++;
		m->n = f - m->first;
	}
}

/* NO_DAY: he was not lost by then. */
static int32_t lost_since(const struct person *p, int32_t cutoff)
{
	if (p->status != '5' || (p->lost_on != NO_DAY && p->lost_on > cutoff))
		return NO_DAY;
	return p->lost_on != NO_DAY ? p->lost_on : cutoff;
}

/* Lost, refused or away for long: nobody follows him up, and he has the disease. */
static bool still_ill(const struct member *m)
{
	return m->lost || (m->end_reason && strchr("345", m->end_reason));
}

/* Died and moved take a person off the roster; refused or away for long does not: he is still to be managed. */
static void judge_member(const struct census *c, struct member *m, struct counted_visit *visits)
{
	struct person *p = &c->people.at[m->person];
	struct roster_person who = { m->enrolled, p->died, p->status == '3' ? p->moved : NO_DAY, NO_DAY, p->exam, visits, m->n };

	for (size_t i = 0; i < m->n; i++)
		visits[i] = c->followups.at[m->first + i].v;
	if (who.died == NO_DAY && p->status == '4')
		who.died = c->cutoff;
	if (who.moved == NO_DAY && p->status == '3')
		who.moved = c->cutoff;
	if (m->end_reason == '1' && who.died == NO_DAY)
		who.died = m->ended != NO_DAY ? m->ended : c->cutoff;
	if (m->end_reason == '2' && who.moved == NO_DAY)
		who.moved = m->ended != NO_DAY ? m->ended : c->cutoff;
	m->lost = m->lost && (m->ended == NO_DAY || m->ended <= c->cutoff);
	who.lost = m->lost ? (m->ended != NO_DAY ? m->ended : c->cutoff) : lost_since(p, c->cutoff);
	m->lost = who.lost != NO_DAY;
	m->regular = regular_managed(&who, c->cutoff, &c->set.indicator);
	m->managed = m->regular.excluded == ROSTER_IN && managed_in_year(&who, c->cutoff);
	m->controlled = m->managed && last_control(&who, c->cutoff);
	if (m->regular.excluded == ROSTER_IN && (m->ended == NO_DAY || m->ended > c->cutoff || still_ill(m)))
		p->programmes |= 1u << m->programme;
}

static void judge_members(struct census *c)
{
	struct counted_visit *visits = NULL;
	size_t room = 0;

	merge_members(c);
	join_followups(c);
	for (size_t i = 0; i < c->members.n; i++) {
		struct member *m = &c->members.at[i];

		if (m->n > room) {
			room = m->n + 16;
			visits = xrealloc(visits, room, sizeof *visits);
		}
		judge_member(c, m, visits);
	}
	free(visits);
}

/* ---- contracts ------------------------------------------------------------------------------------------------------ */

/* Was ever agreed on: not a draft, not refused or taken back. */
static bool was_agreed(enum contract_state s)
{
	return s == CONTRACT_ACTIVE || s == CONTRACT_TERMINATING || s == CONTRACT_TERMINATED || s == CONTRACT_EXPIRED ||
		s == CONTRACT_RENEWED || s == CONTRACT_TRANSFERRED;
}

bool contract_in_force(const struct contract_row *ct, int32_t day)
{
	return was_agreed(ct->state) && ct->start != NO_DAY && ct->start <= day && (ct->end == NO_DAY || ct->end >= day) &&
		(ct->ended == NO_DAY || ct->ended > day);
}

static int compare_contracts(const void *a, const void *b)
{
	const struct contract_row *x = a, *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

/* Of one that began, and where no day was told, its state says so. */
static bool signed_by(const struct contract_row *ct, int32_t day)
{
	return ct->signed_on == NO_DAY || ct->signed_on <= day;
}

/* Is the contract that comes to its end in this year (by term, not broken off) followed by another, signed by the cut-off? */
static bool has_next(const struct census *c, size_t i)
{
	const struct contract_row *ct = &c->contracts.at[i];

	for (size_t j = i + 1; j < c->contracts.n && c->contracts.at[j].person == ct->person; j++) {
		const struct contract_row *next = &c->contracts.at[j];

		if (was_agreed(next->state) && signed_by(next, c->cutoff) && next->start > ct->start &&
			(next->end == NO_DAY || next->end > ct->end))
			return true;
	}
	return false;
}

/* Contracted this year, for the renewal rate: whose contract, in force by the cut-off, comes to its end in the calendar
 * year.  With contracts from January to December that is everybody under contract; with others nobody is asked to renew
 * before his time. */
static bool ends_this_year(const struct census *c, const struct contract_row *ct)
{
	return was_agreed(ct->state) && ct->state != CONTRACT_TERMINATED && ct->start != NO_DAY && ct->start <= c->cutoff &&
		ct->end != NO_DAY && date_year(ct->end) == date_year(c->cutoff);
}

static void judge_contracts(struct census *c)
{
	if (c->contracts.n)
		qsort(c->contracts.at, c->contracts.n, sizeof *c->contracts.at, compare_contracts);
	for (size_t i = 0; i < c->contracts.n; i++) {
		const struct contract_row *ct = &c->contracts.at[i];
		struct person *p = &c->people.at[ct->person];

		if (contract_in_force(ct, c->cutoff)) {
			p->contracted = true;
			p->paid |= ct->paid;
			p->planned += ct->planned;
			p->done += ct->done;
		}
		if (ends_this_year(c, ct)) {
			p->ends = true;
			p->renewed = p->renewed || has_next(c, i);
		}
	}
}

void census_judge(struct census *c)
{
	AUTO_SBUF struct sbuf tmp = SBUF_INIT;

	judge_members(c);
	judge_contracts(c);
	for (size_t i = 0; i < c->people.n; i++)
		judge_person(c, &c->people.at[i], &tmp);
}

/* ---- sums ----------------------------------------------------------------------------------------------------------- */

struct sums {
	int64_t files, used, contracted, key, key_contracted, ends, renewed, paid, planned, done;
};

static struct sums add_up(const struct census *c)
{
	struct sums s = { 0 };

	for (size_t i = 0; i < c->people.n; i++) {
		const struct person *p = &c->people.at[i];

		if (!p->living)
			continue;
		s.files++;
		s.used += p->used;
		s.contracted += p->contracted;
		s.key += p->key;
		s.key_contracted += p->key && p->contracted;
		s.paid += p->paid;
		s.planned += p->planned;
		s.done += p->done;
		s.ends += p->ends;
		s.renewed += p->ends && p->renewed;
	}
	return s;
}

static int64_t referrals_reached(const struct census *c, bool up)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->referrals.n; i++) {
		const struct referral_row *r = &c->referrals.at[i];

		n += r->up == up && r->reached != NO_DAY && r->reached >= c->period.from && r->reached <= c->period.to &&
			referral_counts(r->state);
	}
	return n;
}

static struct indicator_result *add(struct report_result *out, const struct indicator *ind, int64_t num)
{
	struct indicator_result *r = &out->indicators[out->n_indicators];

	if (out->n_indicators == REPORT_INDICATORS_MAX)
		return NULL;
	out->n_indicators++;
	*r = (struct indicator_result){ .ind = ind, .num = num };
	return r;
}

static void add_rate(struct report_result *out, const struct indicator *ind, int64_t num, int64_t den,
	enum denominator_source source)
{
	struct indicator_result *r = add(out, ind, num);

	if (!r)
		return;
	r->source = source;
	r->den = source == DEN_MISSING ? 0 : den;
	r->has_percent = source != DEN_MISSING && percent_hundredths(num, den, &r->percent);
	r->over = r->has_percent && r->percent > 10000;
}

/* People that should be managed: the county's task number, else adults x prevalence, rounded to whole people. */
static enum denominator_source should_be_managed(const struct census *c, size_t programme, int64_t *den)
{
	const struct report_settings *s = &c->set;

	if (s->task[programme] >= 0) {
		*den = s->task[programme];
		return DEN_SETTING;
	}
	if (s->adults >= 0 && s->prevalence[programme] >= 0) {
		*den = (s->adults * s->prevalence[programme] + 5000) / 10000;
		return DEN_ESTIMATE;
	}
	return DEN_MISSING;
}

bool counts_for(const struct person *p, const struct indicator *ind, size_t programme)
{
	return ind->basis == INDICATOR_EXAMINED ? p->examined : (p->served >> programme & 1u) != 0;
}

/* Of everybody who has the age, on a roster or not. */
static void count_everybody(const struct census *c, size_t programme, const struct programme *p, const struct indicator *ind,
	struct report_result *out)
{
	int64_t num = 0, den = 0;

	for (size_t i = 0; i < c->people.n; i++) {
		const struct person *who = &c->people.at[i];

		if (!who->living || !programme_takes_age(p, who->born, c->cutoff))
			continue;
		den++;
		num += counts_for(who, ind, programme);
	}
	add_rate(out, ind, num, den, DEN_RECORDS);
}

/* The three indicators that every programme has: managed, by the norm, in target; told apart by their last two digits. */
static void count_programme(const struct census *c, size_t programme, const struct programme *p, struct report_result *out)
{
	int64_t managed = 0, regular = 0, controlled = 0, den = 0;
	const enum denominator_source source = should_be_managed(c, programme, &den);

	for (size_t i = 0; i < c->members.n; i++) {
		const struct member *m = &c->members.at[i];

		if (m->programme != (int)programme || !m->managed)
			continue;
		managed++;
		regular += m->regular.regular;
		controlled += m->controlled;
	}
	for (size_t i = 0; i < p->n_indicators; i++) {
		const struct indicator *ind = &p->indicators[i];
		const size_t n = strlen(ind->code);

		if (ind->basis != INDICATOR_ROSTER)
			count_everybody(c, programme, p, ind, out);
		else if (n >= 2 && !strcmp(ind->code + n - 2, "00"))
			add_rate(out, ind, managed, den, source);
		else if (n >= 2 && !strcmp(ind->code + n - 2, "01"))
			add_rate(out, ind, regular, managed, DEN_RECORDS);
		else if (n >= 2 && !strcmp(ind->code + n - 2, "02"))
			add_rate(out, ind, controlled, managed, DEN_RECORDS);
	}
}

/* Of the population served; where that was not entered, of those who live here, else of those on file. */
static void add_of_population(const struct census *c, const struct indicator *ind, int64_t num, int64_t files,
	struct report_result *out)
{
	const struct report_settings *set = &c->set;

	if (set->service >= 0)
		add_rate(out, ind, num, set->service, DEN_SETTING);
	else if (set->residents >= 0)
		add_rate(out, ind, num, set->residents, DEN_SETTING);
	else
		add_rate(out, ind, num, files, DEN_FALLBACK);
}

static void count_general(const struct census *c, const struct indicator *ind, const struct sums *s,
	struct report_result *out)
{
	const struct report_settings *set = &c->set;
	const char *code = ind->code;

	if (!strcmp(code, "S01"))
		add_rate(out, ind, s->files, set->residents, set->residents < 0 ? DEN_MISSING : DEN_SETTING);
	else if (!strcmp(code, "S03"))
		add_rate(out, ind, s->used, s->files, DEN_RECORDS);
	else if (!strcmp(code, "SN00"))
		add_of_population(c, ind, s->contracted, s->files, out);
	else if (!strcmp(code, "SN03"))
		add_of_population(c, ind, s->paid, s->files, out);
	else if (!strcmp(code, "SN10"))
		add_rate(out, ind, s->done, s->planned, DEN_RECORDS);
	else if (!strcmp(code, "SN01"))
		add_rate(out, ind, s->key_contracted, s->key, DEN_RECORDS);
	else if (!strcmp(code, "SN07"))
		add_rate(out, ind, s->renewed, s->ends, DEN_RECORDS);
	else if (!strcmp(code, "R1"))
		add(out, ind, referrals_reached(c, true));
	else if (!strcmp(code, "R2"))
		add(out, ind, referrals_reached(c, false));
	else if (!strcmp(code, "V1"))
		add(out, ind, (int64_t)c->visits.n);
}

/* Files first, then the programmes, then contracts and counts: the order of the county's sheets. */
void census_count(const struct census *c, struct report_result *out)
{
	const struct sums s = add_up(c);
	size_t n, i = 0;
	const struct programme *const *p = programmes(&n);

	for (; i < indicator_general_count && strcmp(indicators_general[i].code, "SN00") != 0; i++)
		count_general(c, &indicators_general[i], &s, out);
	for (size_t k = 0; k < n && k < REPORT_PROGRAMMES_MAX; k++)
		count_programme(c, k, p[k], out);
	for (; i < indicator_general_count; i++)
		count_general(c, &indicators_general[i], &s, out);
}

const char *denominator_source_name(enum denominator_source s)
{
	static const char *const names[] = { "none", "records", "setting", "estimate", "missing", "fallback" };

	return names[s];
}
