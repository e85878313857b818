/* What happened to a person of the practice clinic: visits, roster, follow-ups, contract, examination, referrals. */
#include "app/base/date.h"
#include "app/clinic/schedule.h"
#include "app/service/demo_int.h"
#include "app/service/use_case.h"

/* What the made-up doctors write. */
static const struct {
	const char *department, *impression, *illness, *treatment, *answered_by, *adr, *normal, *abnormal;
} phrases = { "心内科", "高血压, 血压连续两次控制不满意", "规律服药, 两次随访血压均高于目标", "已调整药物", "练习县医院",
	"氨氯地平 踝部水肿", "无异常", "血脂偏高, 建议复查" };

struct course {
	struct demo *d;
	const struct person *p;
	const struct record *resident;
	size_t village;
	struct arena *mem;
	int32_t until; /* his last day here */
};

static struct record *new_record(const struct course *c, enum kind_id kind, const char *programme)
{
	return demo_record(c->d, c->mem, kind, programme, c->resident, c->village);
}

static int number(struct course *c, int lo, int hi)
{
	return (int)rng_between(&c->d->rng, lo, hi);
}

/* ---- follow-ups --------------------------------------------------------------------------------------------------------- */

/* People read 0 and 8 off the scale more often than there are. */
static int as_read(struct rng *r, int v)
{
	unsigned x = rng_below(r, 1000);

	if (x < 300)
		return (v + 5) / 10 * 10;
	if (x < 480)
		return (v + 1) / 10 * 10 + 8;
	return v;
}

static const struct {
	const char *name, *strength, *dose;
	int times;
} drugs[] = {
	{ "氨氯地平", "5mg", "1片", 1 },    { "硝苯地平控释片", "30mg", "1片", 1 }, { "缬沙坦", "80mg", "1粒", 1 },
	{ "厄贝沙坦", "150mg", "1片", 1 }, { "依那普利", "10mg", "1片", 2 },      { "氢氯噻嗪", "25mg", "半片", 1 },
	{ "美托洛尔", "25mg", "1片", 2 },
};

static void add_drug(struct record *rec, size_t i)
{
	struct record *item = record_add_item(rec, "drugs");

	record_set_text(item, "name", drugs[i].name);
	record_set_text(item, "strength", drugs[i].strength);
	record_set_num(item, "times", drugs[i].times);
	record_set_text(item, "dose", drugs[i].dose);
}

/* The life-style part: a person keeps his habits. */
static void habits(struct course *c, struct record *rec)
{
	struct rng own = { .s = (uint64_t)c->p->born * 2654435761u + (uint64_t)c->p->surname };
	bool smokes = !c->p->female && rng_chance(&own, 450), drinks = !c->p->female && rng_chance(&own, 300);
	int cigarettes = (int)rng_between(&own, 2, 4) * 5, weight = (int)rng_between(&own, 480, 760);

	record_set_num(rec, "weight", weight + number(c, -8, 8));
	record_set_num(rec, "height", c->p->female ? rng_between(&own, 1480, 1620) : rng_between(&own, 1580, 1750));
	record_set_num(rec, "smoking", smokes ? cigarettes : 0);
	record_set_num(rec, "smoking_target", smokes ? cigarettes / 2 : 0);
	record_set_num(rec, "drinking", drinks ? rng_between(&own, 1, 4) * 5 : 0);
	record_set_num(rec, "drinking_target", 0);
	record_set_num(rec, "exercise_times", rng_between(&own, 2, 7));
	record_set_num(rec, "exercise_minutes", rng_between(&own, 2, 4) * 10);
	record_set_num(rec, "exercise_times_target", 7);
	record_set_num(rec, "exercise_minutes_target", 30);
	record_set_text(rec, "salt", rng_chance(&own, 400) ? "2" : rng_chance(&own, 500) ? "1" : "3");
	record_set_text(rec, "salt_target", "1");
	record_set_text(rec, "mind", rng_chance(&own, 850) ? "1" : "2");
	record_set_text(rec, "compliance", rng_chance(&own, 800) ? "1" : "2");
}

static void readings(struct course *c, struct record *rec, bool after_uncontrolled)
{
	struct rng *r = &c->d->rng;
	int sbp = c->p->sbp + demo_normal(r) * 11 / 1000 - (after_uncontrolled ? 1 : 0);
	int dbp = c->p->dbp + demo_normal(r) * 7 / 1000 - (after_uncontrolled ? 1 : 0);

	sbp = as_read(r, sbp < 90 ? 90 : sbp > 215 ? 215 : sbp);
	dbp = as_read(r, dbp < 52 ? 52 : dbp > 125 ? 125 : dbp);
	if (dbp > sbp - 20)
		dbp = sbp - 22;
	record_set_num(rec, "sbp", sbp);
	record_set_num(rec, "dbp", dbp);
	record_set_num(rec, form_index(rec->form, "hr") >= 0 ? "hr" : "pulse", 72 + demo_normal(r) * 7 / 1000);
}

static void fill_followup(struct course *c, struct record *rec, int32_t day, bool phone, bool after_uncontrolled)
{
	struct rng *r = &c->d->rng;
	uint32_t n_drugs = rng_chance(r, 900) ? 1 + rng_chance(r, 300) : 0;

	record_set_day(rec, "date", day);
	record_set_text(rec, "mode", phone ? "3" : rng_chance(r, 800) ? "1" : "2");
	record_set_text(rec, "informant", "1");
	record_set_text(rec, "symptoms", rng_chance(r, 880) ? "1" : rng_chance(r, 700) ? "2" : "2,9");
	if (!phone)
		readings(c, rec, after_uncontrolled);
	habits(c, rec);
	record_set_text(rec, "adherence", n_drugs ? rng_chance(r, 800) ? "1" : "2" : "3");
	record_set_text(rec, "adr", rng_chance(r, 985) ? "1" : "2");
	if (record_is(rec, "adr", "2"))
		record_set_text(rec, "adr_other", phrases.adr);
	for (uint32_t i = 0; i < n_drugs; i++)
		add_drug(rec, ((size_t)c->p->born + i * 5) % N_ELEMENTS(drugs));
	record_set_text(rec, "doctor", c->d->doctors[c->village]);
}

static bool refer(struct course *c, const struct record *followup, int32_t day, struct err *err)
{
	static const char *const later[] = { "closed", "returned", "in_progress", "accepted" };
	struct record *rec = new_record(c, KIND_REFERRAL, "htn");
	int32_t age = c->d->today - day;

	record_set_text(rec, "source_followup", followup->meta.id);
	record_set_text(rec, "direction", "up");
	record_set_day(rec, "date", day);
	record_set_text(rec, "urgency", record_num(followup, "sbp", 0) >= 180 ? "urgent" : "routine");
	record_set_text(rec, "consent", "2");
	record_set_text(rec, "to_org", c->d->hospital);
	record_set_text(rec, "to_department", phrases.department);
	record_set_text(rec, "impression", phrases.impression);
	record_set_text(rec, "present_illness", phrases.illness);
	record_set_text(rec, "treatment", phrases.treatment);
	record_set_text(rec, "from_doctor", c->d->doctors[c->village]);
	record_set_day(rec, "check_by", day + SCHEDULE_RECHECK_DAYS);
	if (age > 40) {
		record_set_text(rec, "status", later[rng_below(&c->d->rng, 2)]);
		record_set_day(rec, "checked_on", day + number(c, 7, 14));
		record_set_text(rec, "check_result", rng_chance(&c->d->rng, 850) ? "1" : "2");
	} else {
		record_set_text(rec, "status", age > 6 ? later[2 + rng_below(&c->d->rng, 2)] : "requested");
	}
	if (age > 6) {
		char iso[DATE_LEN], when[40];

		snprintf(when, sizeof when, "%sT10:00:00+08:00", date_iso(day + 2, iso));
		record_set_text(rec, "answered_at", when);
		record_set_text(rec, "answer_org", phrases.answered_by);
		record_set_text(rec, "answer_department", phrases.department);
	}
	return demo_put(c->d, KIND_REFERRAL, rec, day, err);
}

struct roster_state {
	const struct record *enrolment, *previous;
	int year, faces;
	int32_t last;
	bool open_referral;
};

static bool one_followup(struct course *c, struct roster_state *s, int32_t day, struct advice *advice, struct err *err)
{
	struct record *rec = new_record(c, KIND_FOLLOWUP, "htn");
	bool phone = rng_chance(&c->d->rng, 60);
	struct form_context cx = { .today = c->d->today, .resident = c->resident, .enrolment = s->enrolment,
		.previous = s->previous, .last_visit = s->last, .open_referral = s->open_referral };

	if (date_year(day) != s->year) {
		s->year = date_year(day);
		s->faces = 0;
	}
	cx.visits_this_year = s->faces;
	cx.yearly_expected = schedule_expected_in_year(record_day(s->enrolment, "enrolled_on"), day);
	fill_followup(c, rec, day, phone, s->previous && record_is(s->previous, "class", "2"));
	if (rec->form->compute)
		rec->form->compute(rec, &cx);
	*advice = (struct advice){ .class_ = "1", .next_due = date_add_months(day, 3) };
	if (followup_advice(rec, &cx, advice) && advice->measured && strcmp(advice->class_, "ask") != 0)
		record_set_text(rec, "class", advice->class_);
	if (value_is_empty(record_get(rec, "next_due")))
		record_set_day(rec, "next_due", advice->next_due);
	if (!demo_put(c->d, KIND_FOLLOWUP, rec, day, err))
		return false;
	s->faces += !phone;
	s->last = day;
	s->open_referral = false;
	if (advice->measured)
		s->previous = rec;
	if (advice->action && !strcmp(advice->action->name, "REFER") && rng_chance(&c->d->rng, 550)) {
		s->open_referral = true;
		return refer(c, rec, day, err);
	}
	return true;
}

static bool roster(struct course *c, struct err *err)
{
	struct record *rec = new_record(c, KIND_ENROLMENT, "htn");
	int32_t start = c->until - number(c, 200, 1500), day = start;
	struct roster_state s = { .enrolment = rec, .last = NO_DAY };
	struct advice advice;
	int lazy = rng_chance(&c->d->rng, 60) ? 60 : 0; /* some are hard to reach */

	if (date_age(c->p->born, start) < 35)
		start = day = date_add_months(c->p->born, 12 * 35);
	record_set_day(rec, "enrolled_on", start);
	record_set_day(rec, "diagnosed_on", start - number(c, 10, 1800));
	record_set_text(rec, "source", "2");
	record_set_text(rec, "icd10", "I10");
	record_set_text(rec, "status", c->p->died ? "ended" : "active");
	record_set_text(rec, "responsible_doctor", c->d->doctors[c->village]);
	if (c->p->died) {
		record_set_text(rec, "end_reason", "1");
		record_set_day(rec, "ended_on", c->p->died_on);
	}
	if (!demo_put(c->d, KIND_ENROLMENT, rec, start, err))
		return false;
	for (day += number(c, 0, 20); day <= c->until;) {
		if (!one_followup(c, &s, day, &advice, err))
			return false;
		/* Most come about the day they were told; the next date is a fortnight or some three months ahead. */
		day = advice.next_due + number(c, -9, 10) + lazy;
		if (advice.next_due - s.last <= SCHEDULE_RECHECK_DAYS && rng_chance(&c->d->rng, 350))
			day += 40; /* a third do not come back in two weeks */
		if (day <= s.last)
			day = s.last + 7;
	}
	if (c->p->died && rng_chance(&c->d->rng, 60)) { /* entered from a list that nobody corrected */
		c->d->result->faults[DEMO_FAULT_AFTER_DEATH]++;
		return one_followup(c, &s, c->p->died_on + number(c, 1, 20) > c->d->today ? c->d->today : c->p->died_on + 1,
			&advice, err);
	}
	return true;
}

/* ---- visits ---------------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *icd10, *text, *complaint, *treatment;
	unsigned share;
	bool fever;
} causes[] = {
	{ "J06.9", "急性上呼吸道感染", "鼻塞流涕2天", "对症, 多饮水", 300, true },
	{ "J20.9", "急性支气管炎", "咳嗽咳痰4天", "止咳化痰", 90, true },
	{ "I10", "原发性高血压", "取药", "续方降压药", 160, false },
	{ "E11.9", "2型糖尿病", "取药", "续方降糖药", 60, false },
	{ "K29.5", "慢性胃炎", "上腹胀1周", "抑酸护胃", 70, false },
	{ "M54.5", "腰痛", "腰痛3天", "外用药, 休息", 80, false },
	{ "M17.9", "膝骨关节炎", "膝痛半月", "外用药, 减重", 50, false },
	{ "L30.9", "皮炎", "皮肤瘙痒", "外用药", 45, false },
	{ "A09", "感染性腹泻", "腹泻1天", "补液, 对症", 40, true },
	{ "S61.9", "手开放性损伤", "手割伤1小时", "清创包扎", 30, false },
	{ "J02.9", "急性咽炎", "咽痛2天", "对症", 60, true },
	{ "H10.9", "结膜炎", "眼红2天", "滴眼液", 15, false },
};

static size_t pick_cause(struct course *c)
{
	unsigned weights[N_ELEMENTS(causes) + 1] = { 0 };

	for (size_t i = 0; i < N_ELEMENTS(causes); i++)
		weights[i] = !strcmp(causes[i].icd10, "I10")   ? c->p->hypertension ? 400 : 1 :
			     !strcmp(causes[i].icd10, "E11.9") ? c->p->diabetes ? 200 : 1 :
							       causes[i].share;
	return (size_t)demo_pick(&c->d->rng, weights);
}

static bool one_visit(struct course *c, int32_t day, struct err *err)
{
	struct record *rec = new_record(c, KIND_VISIT, NULL), *item;
	size_t i = pick_cause(c);

	record_set_day(rec, "date", day);
	record_set_text(rec, "first_or_repeat", rng_chance(&c->d->rng, 600) ? "1" : "2");
	record_set_text(rec, "status", "finished");
	record_set_text(rec, "complaint", causes[i].complaint);
	record_set_text(rec, "treatment", causes[i].treatment);
	if (causes[i].fever)
		record_set_num(rec, "temperature", number(c, 365, 385));
	if (date_age(c->p->born, day) >= 35 && rng_chance(&c->d->rng, 500))
		readings(c, rec, false);
	item = record_add_item(rec, "diagnosis");
	record_set_text(item, "icd10", causes[i].icd10);
	record_set_text(item, "text", causes[i].text);
	record_set_text(item, "certainty", "1");
	record_set_text(rec, "infectious_report", "1");
	record_set_num(rec, "fee", number(c, 5, 60) * 100);
	record_set_text(rec, "doctor", c->d->doctors[c->village]);
	return demo_put(c->d, KIND_VISIT, rec, day, err);
}

static bool visits(struct course *c, struct err *err)
{
	int age = date_age(c->p->born, c->d->today);
	unsigned n = rng_below(&c->d->rng, age >= 60 || age < 7 ? 6 : 3);

	for (unsigned i = 0; i < n; i++) {
		int32_t day = c->until - number(c, 0, 720);

		if (day >= c->p->born && !one_visit(c, day, err))
			return false;
	}
	return true;
}

/* ---- contract, examination ----------------------------------------------------------------------------------------------- */

static struct record *contract_of_year(struct course *c, int32_t start, bool key_group)
{
	struct record *rec = new_record(c, KIND_CONTRACT, NULL);

	record_set_text(rec, "team", c->d->teams[c->village]);
	record_set_text(rec, "doctor", c->d->doctors[c->village]);
	record_set_day(rec, "start", start);
	record_set_day(rec, "signed_on", start);
	record_set_num(rec, "years", 1);
	record_set_day(rec, "end", date_add_months(start, 12) - 1);
	record_set_text(rec, "packages", c->p->enrolled ? "1,2" : key_group ? "1,4" : "1");
	packages_plan(&c->d->packages, rec);
	packages_sign(&c->d->packages, rec);
	record_set_text(rec, "signed_by", rng_chance(&c->d->rng, 800) ? "0" : "1");
	return rec;
}

static bool contracts(struct course *c, struct err *err)
{
	bool key_group = c->p->enrolled || date_age(c->p->born, c->d->today) >= 65;
	int32_t start = c->d->today - number(c, 20, 364);
	struct record *rec, *before = NULL;

	if (c->p->died || !rng_chance(&c->d->rng, key_group ? 780 : 420))
		return true;
	if (rng_chance(&c->d->rng, 600)) {
		before = contract_of_year(c, date_add_months(start, -12), key_group);
		record_set_text(before, "status", "renewed");
		if (!demo_put(c->d, KIND_CONTRACT, before, date_add_months(start, -12), err))
			return false;
	}
	rec = contract_of_year(c, start, key_group);
	record_set_text(rec, "status", "active");
	if (before)
		record_set_text(rec, "previous", before->meta.id);
	return demo_put(c->d, KIND_CONTRACT, rec, start, err);
}

static bool examinations(struct course *c, struct err *err)
{
	bool old = date_age(c->p->born, c->d->today) >= 65;

	if (!old && !c->p->enrolled)
		return true;
	for (int year = 0; year < 2; year++) {
		struct record *rec;
		int32_t day = c->until - year * 365 - number(c, 30, 280);

		if (!rng_chance(&c->d->rng, 680))
			continue;
		rec = new_record(c, KIND_EXAM, NULL);
		record_set_day(rec, "date", day);
		record_set_text(rec, "programmes", c->p->enrolled ? "htn" : NULL);
		record_set_text(rec, "responsible", c->d->doctors[c->village]);
		record_set_text(rec, "result_summary", rng_chance(&c->d->rng, 600) ? phrases.normal : phrases.abnormal);
		if (rng_chance(&c->d->rng, 800)) {
			record_set_day(rec, "feedback_date", day + number(c, 3, 20) > c->d->today ? c->d->today : day + 3);
			record_set_text(rec, "feedback_how", "1");
		}
		if (!demo_put(c->d, KIND_EXAM, rec, day, err))
			return false;
	}
	return true;
}

bool demo_course(struct demo *d, const struct person *p, const struct record *resident, size_t village,
	struct arena *mem, struct err *err)
{
	struct course c = { .d = d, .p = p, .resident = resident, .village = village, .mem = mem,
		.until = p->died ? p->died_on : d->today };

	return visits(&c, err) && (!p->enrolled || roster(&c, err)) && contracts(&c, err) && examinations(&c, err);
}
