/* What happened to a person of the practice clinic: visits, contract, examination; the rosters are in demo_roster.c. */
#include "app/base/date.h"
#include "app/clinic/forms/forms.h"
#include "app/service/contract_code.h"
#include "app/service/demo_int.h"

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
	struct record *rec = demo_new(c, KIND_VISIT, NULL), *item;
	size_t i = pick_cause(c);

	record_set_day(rec, "date", day);
	record_set_text(rec, "first_or_repeat", rng_chance(&c->d->rng, 600) ? "1" : "2");
	record_set_text(rec, "status", "finished");
	record_set_text(rec, "complaint", causes[i].complaint);
	record_set_text(rec, "treatment", causes[i].treatment);
	if (causes[i].fever)
		record_set_num(rec, "temperature", demo_number(c, 365, 385));
	if (date_age(c->p->born, day) >= 35 && rng_chance(&c->d->rng, 500))
		demo_blood_pressure(c, rec, false);
	item = record_add_item(rec, "diagnosis");
	record_set_text(item, "icd10", causes[i].icd10);
	record_set_text(item, "text", causes[i].text);
	record_set_text(item, "certainty", "1");
	record_set_text(rec, "infectious_report", "1");
	record_set_num(rec, "fee", demo_number(c, 5, 60) * 100);
	record_set_text(rec, "doctor", c->d->doctors[c->village]);
	return demo_put(c->d, KIND_VISIT, rec, day, err);
}

static bool visits(struct course *c, struct err *err)
{
	int age = date_age(c->p->born, c->d->today);
	unsigned n = rng_below(&c->d->rng, age >= 60 || age < 7 ? 6 : 3);

	for (unsigned i = 0; i < n; i++) {
		int32_t day = c->until - demo_number(c, 0, 720);

		if (day >= c->p->born && !one_visit(c, day, err))
			return false;
	}
	return true;
}

/* ---- contract, examination ----------------------------------------------------------------------------------------------- */

/* The son or daughter who signs instead, and the official who was there. */
static const struct {
	const char *given, *relation; /* GB/T 4761 */
} children[] = { { "志强", "2" }, { "建华", "2" }, { "美英", "3" }, { "丽珍", "3" } };
static const char official[] = "主任";

static void child_signs(struct course *c, struct record *rec, struct rng *own)
{
	const size_t i = rng_below(own, N_ELEMENTS(children));
	const int surname = c->p->female ? (int)rng_below(own, 8) : c->p->surname;

	record_set_text(rec, "signer_name", arena_printf(c->mem, "%s%s", demo_surname(surname), children[i].given));
	record_set_text(rec, "signer_relation", children[i].relation);
}

/* Who signed and how, drawn apart from all else; who is old often prints his thumb. */
static void sign_contract(struct course *c, struct record *rec, int32_t start)
{
	struct rng own = demo_own_rng(c->p, 200 + (unsigned)date_year(start));
	const bool self = record_is(rec, "signed_by", "0");
	const bool thumb = self && rng_chance(&own, date_age(c->p->born, start) >= 75 ? 350 : 20);

	record_set_text(rec, "sign_method", thumb ? "2" : "1");
	if (contract_needs_guardian(rec, c->resident)) { /* a parent, of the same surname */
		record_set_text(rec, "signed_by", "1");
		record_set_text(rec, "signer_name", arena_printf(c->mem, "%s%s", demo_surname(c->p->surname), children[0].given));
		record_set_text(rec, "signer_relation", "5");
	} else if (!self)
		child_signs(c, rec, &own);
	if (thumb || record_is(rec, "signed_by", "1"))
		record_set_text(rec, "witness", arena_printf(c->mem, "%s%s", demo_surname((int)(c->village % 8)), official));
}

static struct record *contract_of_year(struct course *c, int32_t start, bool key_group)
{
	struct record *rec = demo_new(c, KIND_CONTRACT, NULL);
	AUTO_SBUF struct sbuf rosters = SBUF_INIT;
	struct form_context cx = { .today = start, .resident = c->resident };

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
	sign_contract(c, rec, start);
	demo_rosters_of(c->p, &rosters);
	cx.programmes = rosters.s;
	rec->form->compute(rec, &cx); /* the key groups */
	return rec;
}

static bool put_contract(struct course *c, struct record *rec, int32_t start, struct err *err)
{
	char number[40];

	if (!contract_number(c->d->app, start, number, sizeof number, err))
		return false;
	record_set_text(rec, "number", number);
	return demo_put(c->d, KIND_CONTRACT, rec, start, err);
}

/* Who has no contract in force may have refused one, may not have signed it yet, or let it run out. */
static bool without_contract(struct course *c, bool key_group, struct err *err)
{
	const struct rng main = c->d->rng;
	enum demo_unsigned how;
	struct record *rec;
	int32_t start;
	bool ok;

	if (c->p->died || (how = demo_odd_unsigned(c, &start)) == DEMO_NEVER)
		return true;
	c->d->rng = demo_own_rng(c->p, 400);
	rec = contract_of_year(c, start, key_group);
	demo_odd_unsign(c, rec, how);
	ok = put_contract(c, rec, start, err);
	c->d->rng = main;
	return ok;
}

static bool contracts(struct course *c, struct err *err)
{
	bool key_group = c->p->enrolled || date_age(c->p->born, c->d->today) >= 65;
	int32_t start = c->d->today - demo_number(c, 20, 364);
	struct record *rec, *before = NULL;

	if (c->p->died || !rng_chance(&c->d->rng, key_group ? 780 : 420))
		return without_contract(c, key_group, err);
	if (rng_chance(&c->d->rng, 600)) {
		before = contract_of_year(c, date_add_months(start, -12), key_group);
		record_set_text(before, "status", "renewed");
		if (!put_contract(c, before, date_add_months(start, -12), err))
			return false;
	}
	rec = contract_of_year(c, start, key_group);
	record_set_text(rec, "status", "active");
	demo_odd_contract(c, rec, start);
	if (before)
		record_set_text(rec, "previous", before->meta.id);
	return put_contract(c, rec, start, err);
}

/* The whole form, and from 65 on the yearly service of the elderly, drawn apart from all else. */
static bool put_exam(struct course *c, struct record *rec, unsigned year, struct err *err)
{
	const int32_t day = record_day(rec, "date");
	const bool old = date_year(day) - date_year(c->p->born) >= 65;
	const struct rng main = c->d->rng;
	AUTO_SBUF struct sbuf rosters = SBUF_INIT, programmes = SBUF_INIT;
	bool ok;

	demo_rosters_of(c->p, &rosters);
	sbuf_addf(&programmes, "%s%s%s", rosters.s, rosters.len && old ? "," : "", old ? "elderly" : "");
	record_set_text(rec, "programmes", programmes.s);
	c->d->rng = demo_own_rng(c->p, year);
	demo_exam_fill(c, rec, rosters.s, old);
	c->d->rng = main;
	if (!demo_put(c->d, KIND_EXAM, rec, day, err))
		return false;
	if (!old)
		return true;
	{
		const struct rng after = c->d->rng;

		c->d->rng = demo_own_rng(c->p, 100 + year);
		ok = demo_elderly(c, rec, err);
		c->d->rng = after;
	}
	return ok;
}

static bool examinations(struct course *c, struct err *err)
{
	if (date_age(c->p->born, c->d->today) < 65 && !c->p->enrolled)
		return true;
	for (int year = 0; year < 2; year++) {
		struct record *rec;
		int32_t day = c->until - year * 365 - demo_number(c, 30, 280);

		if (!rng_chance(&c->d->rng, 680))
			continue;
		rec = record_copy(c->mem, c->d->exam_usual);
		record_set_text(rec, "resident", c->resident->meta.id);
		record_set_day(rec, "date", day);
		record_set_text(rec, "responsible", c->d->doctors[c->village]);
		if (rng_chance(&c->d->rng, 800)) {
			record_set_day(rec, "feedback_date", day + demo_number(c, 3, 20) > c->d->today ? c->d->today : day + 3);
			record_set_text(rec, "feedback_how", "1");
			record_set_text(rec, "feedback_to", "1");
		}
		if (!put_exam(c, rec, (unsigned)year, err))
			return false;
	}
	return true;
}

bool demo_course(struct demo *d, const struct person *p, const struct record *resident, size_t village,
	struct arena *mem, struct err *err)
{
	struct course c = { .d = d, .p = p, .resident = resident, .village = village, .mem = mem,
		.until = p->died ? p->died_on : d->today };

	return visits(&c, err) && demo_rosters(&c, err) && contracts(&c, err) && examinations(&c, err) &&
		demo_odd_care(&c, err);
}
