/* The rosters of the practice clinic: who is on one, how his follow-ups went, where he was referred.  A disease is a row of
 * the table; one whose programme this build does not have is passed over. */
#include "app/base/date.h"
#include "app/clinic/schedule.h"
#include "app/programmes/programmes.h"
#include "app/service/demo_int.h"
#include "app/service/use_case.h"

struct record *demo_new(const struct course *c, enum kind_id kind, const char *programme)
{
	return demo_record(c->d, c->mem, kind, programme, c->resident, c->village);
}

int demo_number(struct course *c, int lo, int hi)
{
	return (int)rng_between(&c->d->rng, lo, hi);
}

/* What is the same for a person at each of his visits. */
static struct rng own_rng(const struct person *p)
{
	return (struct rng){ .s = (uint64_t)p->born * 2654435761u + (uint64_t)p->surname };
}

/* ---- what is measured and asked -------------------------------------------------------------------------------------- */

struct rng demo_own_rng(const struct person *p, unsigned index)
{
	return (struct rng){ .s = own_rng(p).s * 977 + (uint64_t)p->sbp * 131 + index };
}

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

/* Forms differ in what they ask. */
static void set_num(struct record *rec, const char *key, int64_t n)
{
	if (form_index(rec->form, key) >= 0)
		record_set_num(rec, key, n);
}

static void set_text(struct record *rec, const char *key, const char *text)
{
	if (form_index(rec->form, key) >= 0)
		record_set_text(rec, key, text);
}

void demo_blood_pressure(struct course *c, struct record *rec, bool after_uncontrolled)
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

int demo_glucose_level(const struct person *p)
{
	struct rng own = own_rng(p);

	return 66 + demo_normal(&own) * 11 / 1000;
}

/* Three in five of those on the roster are in target. */
static void glucose(struct course *c, struct record *rec, bool after_uncontrolled)
{
	struct rng *r = &c->d->rng;
	int level = demo_glucose_level(c->p), fpg = level + demo_normal(r) * 6 / 1000 - (after_uncontrolled ? 2 : 0);

	demo_blood_pressure(c, rec, false);
	record_set_num(rec, "fpg", fpg < 41 ? 41 : fpg);
	record_set_text(rec, "foot_pulse", rng_chance(r, 950) ? "1" : "2");
	if (record_is(rec, "foot_pulse", "2"))
		record_set_text(rec, "foot_side", "1");
	if (!rng_chance(r, 250))
		return;
	record_set_num(rec, "hba1c", level + 3 + demo_number(c, 0, 6));
	record_set_day(rec, "hba1c_date", record_day(rec, "date") - demo_number(c, 0, 20));
}

static void breath(struct course *c, struct record *rec, bool after_uncontrolled)
{
	struct rng *r = &c->d->rng, own = own_rng(c->p);
	int grade = (int)rng_between(&own, 0, 3), worse = rng_chance(r, after_uncontrolled ? 200 : 90);
	char code[2] = { (char)('0' + grade), '\0' };

	demo_blood_pressure(c, rec, false);
	record_set_text(rec, "mmrc", code);
	record_set_num(rec, "cat", 4 + grade * 5 + demo_number(c, 0, 3) + worse * 6);
	record_set_num(rec, "spo2", 97 - grade - demo_number(c, 0, 1) - worse);
	record_set_text(rec, "acute", worse ? "2" : "1");
	record_set_num(rec, "exacerbations", grade > 1 ? demo_number(c, 0, 2) : 0);
	record_set_num(rec, "admissions", grade > 2 && rng_chance(r, 200) ? 1 : 0);
	record_set_text(rec, "device", rng_chance(r, 700) ? "1" : "2");
	record_set_num(rec, "fev1_percent", 850 - grade * 170 + demo_number(c, 0, 60));
}

/* The order of what is drawn stays: a new habit goes to the end. */
struct demo_habits demo_habits_of(const struct person *p)
{
	struct demo_habits h = { .rest = own_rng(p) };

	h.smokes = !p->female && rng_chance(&h.rest, 450);
	h.drinks = !p->female && rng_chance(&h.rest, 300);
	h.cigarettes = (int)rng_between(&h.rest, 2, 4) * 5;
	h.weight = (int)rng_between(&h.rest, 480, 760);
	h.height = (int)(p->female ? rng_between(&h.rest, 1480, 1620) : rng_between(&h.rest, 1580, 1750));
	h.liquor = h.drinks ? (int)rng_between(&h.rest, 1, 4) * 5 : 0;
	h.times = (int)rng_between(&h.rest, 2, 7);
	h.minutes = (int)rng_between(&h.rest, 2, 4) * 10;
	return h;
}

/* The life-style part: a person keeps his habits. */
static void habits(struct course *c, struct record *rec)
{
	struct demo_habits h = demo_habits_of(c->p);
	struct rng own = h.rest;

	record_set_num(rec, "weight", h.weight + demo_number(c, -8, 8));
	record_set_num(rec, "height", h.height);
	record_set_num(rec, "smoking", h.smokes ? h.cigarettes : 0);
	record_set_num(rec, "smoking_target", h.smokes ? h.cigarettes / 2 : 0);
	set_num(rec, "drinking", h.liquor);
	set_num(rec, "drinking_target", 0);
	record_set_num(rec, "exercise_times", h.times);
	record_set_num(rec, "exercise_minutes", h.minutes);
	record_set_num(rec, "exercise_times_target", 7);
	record_set_num(rec, "exercise_minutes_target", 30);
	set_text(rec, "salt", rng_chance(&own, 400) ? "2" : rng_chance(&own, 500) ? "1" : "3");
	set_text(rec, "salt_target", "1");
	record_set_text(rec, "mind", rng_chance(&own, 850) ? "1" : "2");
	record_set_text(rec, "compliance", rng_chance(&own, 800) ? "1" : "2");
	set_num(rec, "staple", rng_between(&own, 5, 9) * 50);
	set_num(rec, "staple_target", 250);
	set_text(rec, "hypoglycaemia", rng_chance(&own, 930) ? "1" : "2");
}

/* ---- the diseases ------------------------------------------------------------------------------------------------------ */

struct drug {
	const char *name, *strength, *dose;
	int times;
};

static const struct drug pressure_drugs[] = {
	{ "氨氯地平", "5mg", "1片", 1 },    { "硝苯地平控释片", "30mg", "1片", 1 }, { "缬沙坦", "80mg", "1粒", 1 },
	{ "厄贝沙坦", "150mg", "1片", 1 }, { "依那普利", "10mg", "1片", 2 },      { "氢氯噻嗪", "25mg", "半片", 1 },
	{ "美托洛尔", "25mg", "1片", 2 },
};
static const struct drug glucose_drugs[] = {
	{ "二甲双胍", "0.5g", "1片", 2 }, { "格列美脲", "2mg", "1片", 1 }, { "阿卡波糖", "50mg", "1片", 3 }, { "格列吡嗪", "5mg", "1片", 2 },
};
static const struct drug breath_drugs[] = {
	{ "茶碱缓释片", "0.1g", "1片", 2 }, { "异丙托溴铵气雾剂", "20μg", "2喷", 3 }, { "沙丁胺醇气雾剂", "100μg", "1喷", 3 },
};

static bool has_pressure(const struct person *p)
{
	return p->enrolled;
}

static bool has_glucose(const struct person *p)
{
	struct rng own = own_rng(p);

	return p->diabetes && rng_chance(&own, 700);
}

static bool has_copd(const struct person *p)
{
	return p->copd;
}

/* What the made-up doctors write. */
static const struct demo_disease {
	const char *programme, *icd10;
	bool (*on)(const struct person *p);
	void (*readings)(struct course *c, struct record *rec, bool after_uncontrolled);
	const struct drug *drugs;
	size_t n_drugs;
	const char *few, *more; /* symptoms of the days that are not free of them */
	const char *adr, *department, *impression, *illness, *treatment;
	const char *answered_by;
	int urgent_from; /* systolic: an urgent referral */
} diseases[] = {
	{ "htn", "I10", has_pressure, demo_blood_pressure, pressure_drugs, N_ELEMENTS(pressure_drugs), "2", "2,9", "氨氯地平 踝部水肿",
	  "心内科", "高血压, 血压连续两次控制不满意", "规律服药, 两次随访血压均高于目标", "已调整药物", "练习县医院", 180 },
	{ "dm", "E11.9", has_glucose, glucose, glucose_drugs, N_ELEMENTS(glucose_drugs), "7", "3,7", "二甲双胍 腹胀", "内分泌科",
	  "2型糖尿病, 空腹血糖连续两次控制不满意", "规律服药, 两次随访空腹血糖均高于目标", "已调整药物", "练习县医院", 180 },
	{ "copd", "J44.9", has_copd, breath, breath_drugs, N_ELEMENTS(breath_drugs), "2", "2,3", "茶碱 恶心", "呼吸内科",
	  "慢阻肺, 连续两次急性加重", "咳嗽咳痰加重, 气急", "已对症处理", "练习县医院", 180 },
};

static const struct programme *programme_of_disease(const struct demo_disease *d)
{
	return programme_by_code(d->programme);
}

void demo_rosters_of(const struct person *p, struct sbuf *out)
{
	for (size_t i = 0; i < N_ELEMENTS(diseases); i++)
		if (programme_of_disease(&diseases[i]) && diseases[i].on(p))
			sbuf_addf(out, "%s%s", out->len ? "," : "", diseases[i].programme);
}

static const struct {
	const char *day, *times, *spray, *inhaled, *swallowed, *a_year;
} written = { "1日", "次", "雾剂", "吸入", "口服", "12个月" };

void demo_exam_drugs(struct course *c, struct record *rec)
{
	for (size_t i = 0; i < N_ELEMENTS(diseases); i++) {
		const struct drug *d = &diseases[i].drugs[(size_t)c->p->born % diseases[i].n_drugs];
		struct record *item;
		char dose[64];

		if (!programme_of_disease(&diseases[i]) || !diseases[i].on(c->p))
			continue;
		item = record_add_item(rec, "drugs");
		snprintf(dose, sizeof dose, "%s%d%s %s", written.day, d->times, written.times, d->dose);
		record_set_text(item, "name", d->name);
		record_set_text(item, "usage", strstr(d->name, written.spray) ? written.inhaled : written.swallowed);
		record_set_text(item, "dose", dose);
		record_set_text(item, "duration", written.a_year);
		record_set_text(item, "adherence", rng_chance(&c->d->rng, 800) ? "1" : "2");
	}
}

/* ---- follow-ups --------------------------------------------------------------------------------------------------------- */

static void add_drug(struct record *rec, const struct drug *d)
{
	struct record *item = record_add_item(rec, "drugs");

	record_set_text(item, "name", d->name);
	record_set_text(item, "strength", d->strength);
	record_set_num(item, "times", d->times);
	record_set_text(item, "dose", d->dose);
}

static void fill_followup(struct course *c, const struct demo_disease *ill, struct record *rec, int32_t day, bool phone,
	bool after_uncontrolled)
{
	struct rng *r = &c->d->rng;
	uint32_t n_drugs = rng_chance(r, 900) ? 1 + rng_chance(r, 300) : 0;

	record_set_day(rec, "date", day);
	record_set_text(rec, "mode", phone ? "3" : rng_chance(r, 800) ? "1" : "2");
	record_set_text(rec, "informant", "1");
	record_set_text(rec, "symptoms", rng_chance(r, 880) ? "1" : rng_chance(r, 700) ? ill->few : ill->more);
	if (!phone)
		ill->readings(c, rec, after_uncontrolled);
	habits(c, rec);
	record_set_text(rec, "adherence", n_drugs ? rng_chance(r, 800) ? "1" : "2" : "3");
	record_set_text(rec, "adr", rng_chance(r, 985) ? "1" : "2");
	if (record_is(rec, "adr", "2"))
		record_set_text(rec, "adr_other", ill->adr);
	for (uint32_t i = 0; i < n_drugs; i++)
		add_drug(rec, &ill->drugs[((size_t)c->p->born + i * 5) % ill->n_drugs]);
	record_set_text(rec, "doctor", c->d->doctors[c->village]);
}

static bool refer(struct course *c, const struct demo_disease *ill, const struct record *followup, int32_t day, struct err *err)
{
	static const char *const later[] = { "closed", "returned", "in_progress", "accepted" };
	struct record *rec = demo_new(c, KIND_REFERRAL, ill->programme);
	int32_t age = c->d->today - day;

	record_set_text(rec, "source_followup", followup->meta.id);
	record_set_text(rec, "direction", "up");
	record_set_day(rec, "date", day);
	record_set_text(rec, "urgency", record_num(followup, "sbp", 0) >= ill->urgent_from ? "urgent" : "routine");
	record_set_text(rec, "consent", "2");
	record_set_text(rec, "to_org", c->d->hospital);
	record_set_text(rec, "to_department", ill->department);
	record_set_text(rec, "impression", ill->impression);
	record_set_text(rec, "present_illness", ill->illness);
	record_set_text(rec, "treatment", ill->treatment);
	record_set_text(rec, "from_doctor", c->d->doctors[c->village]);
	record_set_day(rec, "check_by", day + SCHEDULE_RECHECK_DAYS);
	if (age > 40) {
		record_set_text(rec, "status", later[rng_below(&c->d->rng, 2)]);
		record_set_day(rec, "checked_on", day + demo_number(c, 7, 14));
		record_set_text(rec, "check_result", rng_chance(&c->d->rng, 850) ? "1" : "2");
	} else {
		record_set_text(rec, "status", age > 6 ? later[2 + rng_below(&c->d->rng, 2)] : "requested");
	}
	if (age > 6) {
		char iso[DATE_LEN], when[40];

		snprintf(when, sizeof when, "%sT10:00:00+08:00", date_iso(day + 2, iso));
		record_set_text(rec, "answered_at", when);
		record_set_text(rec, "answer_org", ill->answered_by);
		record_set_text(rec, "answer_department", ill->department);
	}
	return demo_put(c->d, KIND_REFERRAL, rec, day, err);
}

struct roster_state {
	const struct record *enrolment, *previous;
	int year, faces;
	int32_t last, next; /* days of follow-ups */
	bool open_referral;
};

/* The doctor does as he is advised. */
static void follow_advice(struct record *rec, int32_t day)
{
	const char *class_ = record_text(rec, "class_proposed"), *next = record_text(rec, "next_due_proposed");

	if (record_text(rec, "controlled") && class_ && strcmp(class_, "ask") != 0)
		record_set_text(rec, "class", class_);
	if (!value_is_empty(record_get(rec, "next_due")))
		return;
	if (next)
		record_set_text(rec, "next_due", next);
	else
		record_set_day(rec, "next_due", date_add_months(day, 3));
}

static bool one_followup(struct course *c, const struct demo_disease *ill, struct roster_state *s, int32_t day,
	struct err *err)
{
	struct record *rec = demo_new(c, KIND_FOLLOWUP, ill->programme);
	bool phone = rng_chance(&c->d->rng, 60);
	/* Typed on that day: demo_put() says which ones came later from paper. */
	struct form_context cx = { .today = day, .resident = c->resident, .enrolment = s->enrolment,
		.previous = s->previous, .last_visit = s->last, .open_referral = s->open_referral };

	if (date_year(day) != s->year) {
		s->year = date_year(day);
		s->faces = 0;
	}
	cx.visits_this_year = s->faces;
	cx.yearly_expected = schedule_expected_in_year(record_day(s->enrolment, "enrolled_on"), day);
	fill_followup(c, ill, rec, day, phone, s->previous && record_is(s->previous, "class", "2"));
	if (rec->form->compute)
		rec->form->compute(rec, &cx);
	follow_advice(rec, day);
	if (!demo_put(c->d, KIND_FOLLOWUP, rec, day, err))
		return false;
	s->faces += !phone;
	s->last = day;
	s->next = record_day(rec, "next_due");
	s->open_referral = false;
	if (record_text(rec, "controlled"))
		s->previous = rec;
	if (record_is(rec, "action", "REFER") && rng_chance(&c->d->rng, 550)) {
		s->open_referral = true;
		return refer(c, ill, rec, day, err);
	}
	return true;
}

static bool roster(struct course *c, const struct demo_disease *ill, struct err *err)
{
	struct record *rec = demo_new(c, KIND_ENROLMENT, ill->programme);
	int32_t start = c->until - demo_number(c, 200, 1500), day = start;
	struct roster_state s = { .enrolment = rec, .last = NO_DAY };
	int lazy = rng_chance(&c->d->rng, 60) ? 60 : 0; /* some are hard to reach */

	if (date_age(c->p->born, start) < 35)
		start = day = date_add_months(c->p->born, 12 * 35);
	record_set_day(rec, "enrolled_on", start);
	record_set_day(rec, "diagnosed_on", start - demo_number(c, 10, 1800));
	record_set_text(rec, "source", "2");
	record_set_text(rec, "icd10", ill->icd10);
	record_set_text(rec, "status", c->p->died ? "ended" : "active");
	record_set_text(rec, "responsible_doctor", c->d->doctors[c->village]);
	if (c->p->died) {
		record_set_text(rec, "end_reason", "1");
		record_set_day(rec, "ended_on", c->p->died_on);
	}
	if (!demo_put(c->d, KIND_ENROLMENT, rec, start, err))
		return false;
	for (day += demo_number(c, 0, 20); day <= c->until;) {
		if (!one_followup(c, ill, &s, day, err))
			return false;
		/* Most come about the day they were told; the next date is a fortnight or some three months ahead. */
		day = s.next + demo_number(c, -9, 10) + lazy;
		if (s.next - s.last <= SCHEDULE_RECHECK_DAYS && rng_chance(&c->d->rng, 350))
			day += 40; /* a third do not come back in two weeks */
		if (day <= s.last)
			day = s.last + 7;
	}
	if (ill == diseases && c->p->died && rng_chance(&c->d->rng, 300)) { /* entered from a list that nobody corrected */
		c->d->result->faults[DEMO_FAULT_AFTER_DEATH]++;
		day = c->p->died_on + demo_number(c, 1, 20);
		return one_followup(c, ill, &s, day > c->d->today ? c->d->today : c->p->died_on + 1, err);
	}
	return true;
}

/* One in eight of the others was measured for the screening book in the last year. */
static bool screening(struct course *c, struct err *err)
{
	struct rng *r = &c->d->rng;
	struct form_context cx = { .today = c->d->today, .resident = c->resident };
	int32_t day = c->until - demo_number(c, 1, 300);
	struct record *rec;
	int sbp;

	if (!rng_chance(r, 125) || date_age(c->p->born, day) < 35)
		return true;
	rec = demo_new(c, KIND_SCREENING, NULL);
	sbp = as_read(r, c->p->sbp - 8 + demo_normal(r) * 6 / 1000);
	record_set_day(rec, "date", day);
	record_set_text(rec, "place", rng_chance(r, 600) ? "1" : "3");
	record_set_num(rec, "sbp", sbp < 96 ? 96 : sbp);
	record_set_num(rec, "dbp", (sbp < 96 ? 96 : sbp) * 5 / 8);
	if (rng_chance(r, 400))
		record_set_num(rec, "fpg", demo_number(c, 45, 66));
	record_set_num(rec, "waist", demo_number(c, 700, 980));
	record_set_text(rec, "doctor", c->d->doctors[c->village]);
	rec->form->compute(rec, &cx);
	record_set_text(rec, "next_due", record_text(rec, "next_due_proposed"));
	return demo_put(c->d, KIND_SCREENING, rec, day, err);
}

/* Each further roster has its own generator: a new disease changes nothing of what was there. */
bool demo_rosters(struct course *c, struct err *err)
{
	const struct rng kept = c->d->rng;
	bool ok = true;

	if (diseases[0].on(c->p) && !roster(c, &diseases[0], err))
		return false;
	for (size_t i = 1; ok && i < N_ELEMENTS(diseases); i++) {
		const struct rng main = c->d->rng;

		if (!programme_of_disease(&diseases[i]) || !diseases[i].on(c->p))
			continue;
		c->d->rng = (struct rng){ .s = own_rng(c->p).s * 31 + kept.s + i };
		ok = roster(c, &diseases[i], err);
		c->d->rng = main;
	}
	if (ok && !c->p->hypertension && !c->p->diabetes && !c->p->copd && !c->p->died) {
		const struct rng main = c->d->rng;

		c->d->rng = (struct rng){ .s = own_rng(c->p).s * 131 + kept.s };
		ok = screening(c, err);
		c->d->rng = main;
	}
	return ok;
}
