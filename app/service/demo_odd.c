/* What does not go its usual way and an officer trains on: contracts that ended, were refused, ran out or wait for the
 * signature, or cost something; a hospital that sends somebody back, or says no; people who refuse; a visit nobody finished.
 * All is drawn from generators of its own: nothing else of the clinic moves. */
#include "app/base/date.h"
#include "app/service/demo_int.h"

/* The generators' numbers, beside those of demo_course.c. */
enum { OF_CONTRACT = 300,
	OF_SIGNING,
	OF_CARE };

static int between(struct rng *own, int lo, int hi)
{
	return (int)rng_between(own, lo, hi);
}

/* ---- contracts ------------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *key, *reason;
} endings[] = {
	{ "resident_reason", "随子女到县城居住" },
	{ "resident_reason", "改签到镇卫生院" },
	{ "doctor_reason", "多次联系不上" },
};

static void end_contract(struct course *c, struct record *rec, int32_t start, struct rng *own)
{
	const size_t i = rng_below(own, N_ELEMENTS(endings));

	record_set_text(rec, "status", "terminated");
	record_set_text(rec, "status_reason", endings[i].reason);
	record_set_text(rec, endings[i].key, endings[i].reason);
	record_set_day(rec, "ended_on", start + between(own, 10, c->d->today - start));
}

/* The personal package: who pays what. */
static void charge(struct record *rec, struct rng *own)
{
	const int self = between(own, 2, 8) * 1000;

	record_set_num(rec, "fee_self", self);
	record_set_num(rec, "fee_public", 5000);
	record_set_num(rec, "fee_insurance", 2000);
	record_set_num(rec, "fee_total", self + 7000);
	record_set_text(rec, "paid", rng_chance(own, 800) ? "1" : "0");
}

void demo_odd_contract(struct course *c, struct record *rec, int32_t start)
{
	struct rng own = demo_own_rng(c->p, OF_CONTRACT);
	const unsigned x = rng_below(&own, 1000);

	if (x < 25)
		end_contract(c, rec, start, &own);
	else if (x < 30) {
		record_set_text(rec, "status", "terminating");
		record_set_text(rec, "status_reason", endings[0].reason);
		record_set_text(rec, endings[0].key, endings[0].reason);
	} else if (x < 110)
		charge(rec, &own);
}

static const char *const refusals[] = { "觉得用不上", "怕以后收费", "在县医院看病" };

enum demo_unsigned demo_odd_unsigned(const struct course *c, int32_t *start)
{
	struct rng own = demo_own_rng(c->p, OF_SIGNING);
	const unsigned x = rng_below(&own, 1000);

	*start = c->d->today - between(&own, 1, 20);
	if (x < 20)
		return DEMO_REFUSED;
	if (x < 40)
		return DEMO_WAITS;
	if (x >= 100)
		return DEMO_NEVER;
	*start = c->d->today - between(&own, 380, 700);
	return DEMO_RAN_OUT;
}

void demo_odd_unsign(const struct course *c, struct record *rec, enum demo_unsigned how)
{
	static const char *const keys[] = { "signed_on", "signed_by", "sign_method", "signer_name", "signer_relation", "witness" };
	struct rng own = demo_own_rng(c->p, OF_SIGNING);

	record_set_text(rec, "status", how == DEMO_REFUSED ? "rejected" : how == DEMO_WAITS ? "pending" : "active");
	if (how == DEMO_RAN_OUT)
		return;
	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		record_clear(rec, keys[i]);
	if (how == DEMO_REFUSED)
		record_set_text(rec, "status_reason", refusals[rng_below(&own, N_ELEMENTS(refusals))]);
}

/* ---- care ------------------------------------------------------------------------------------------------------------------ */

static const char hospital[] = "县医院";

struct words {
	const char *key, *text;
};
static const struct words of_referral[] = { { "urgency", "routine" }, { "consent", "2" }, { "impression", "高血压, 血压控制不满意" },
	{ NULL, NULL } };
static const struct words of_sent_back[] = {
	{ "direction", "down" },
	{ "present_illness", "住院调整用药, 血压已平稳" },
	{ "treatment", "氨氯地平5mg 每日1次, 缬沙坦80mg 每日1次" },
	{ NULL, NULL },
};
static const struct words of_turned_away[] = {
	{ "direction", "up" },
	{ "to_department", "心内科" },
	{ "present_illness", "规范服药3个月血压仍高于140/90" },
	{ "treatment", "氨氯地平5mg 每日1次" },
	{ "status", "rejected" },
	{ "status_reason", "床位已满, 请下周再约" },
	{ NULL, NULL },
};
static const struct words of_left_open[] = {
	{ "first_or_repeat", "2" },
	{ "status", "in_progress" },
	{ "complaint", "头晕2天" },
	{ NULL, NULL },
};

static void say(struct record *rec, const struct words *words)
{
	for (; words->key; words++)
		record_set_text(rec, words->key, words->text);
}

static struct record *referral(struct course *c, const struct words *words, int32_t day)
{
	struct record *rec = demo_new(c, KIND_REFERRAL, "htn");

	record_set_day(rec, "date", day);
	say(rec, of_referral);
	say(rec, words);
	return rec;
}

static void answer(struct record *rec, int32_t day, const char *by)
{
	char iso[DATE_LEN], when[40];

	snprintf(when, sizeof when, "%sT10:00:00+08:00", date_iso(day, iso));
	record_set_text(rec, "answered_at", when);
	record_set_text(rec, "answer_org", by);
}

/* The hospital sends him back to go on here. */
static bool sent_back(struct course *c, struct rng *own, struct err *err)
{
	const int32_t day = c->d->today - between(own, 3, 90);
	struct record *rec = referral(c, of_sent_back, day);

	record_set_text(rec, "from_org", c->d->hospital);
	record_set_text(rec, "to_org", c->d->app->clinic.org_id);
	record_set_text(rec, "status", c->d->today - day > 20 ? "closed" : "accepted");
	answer(rec, day + 1, c->d->app->clinic.name);
	return demo_put(c->d, KIND_REFERRAL, rec, day, err);
}

static bool turned_away(struct course *c, struct rng *own, struct err *err)
{
	const int32_t day = c->d->today - between(own, 4, 30);
	struct record *rec = referral(c, of_turned_away, day);

	record_set_text(rec, "to_org", c->d->hospital);
	record_set_text(rec, "from_doctor", c->d->doctors[c->village]);
	answer(rec, day + 2, hospital);
	return demo_put(c->d, KIND_REFERRAL, rec, day, err);
}

static bool refuses(struct course *c, struct rng *own, struct err *err)
{
	static const char *const what[] = { "1", "2", "3", "4" }, *const why[] = { "1", "2", "3", "4", "5", "6" };
	const int32_t day = c->d->today - between(own, 1, 120);
	struct record *rec = demo_new(c, KIND_REFUSAL, NULL);

	record_set_day(rec, "date", day);
	record_set_text(rec, "what", what[rng_below(own, N_ELEMENTS(what))]);
	record_set_text(rec, "reason", why[rng_below(own, N_ELEMENTS(why))]);
	record_set_text(rec, "doctor", c->d->doctors[c->village]);
	record_set_text(rec, "signed_how", "1");
	return demo_put(c->d, KIND_REFUSAL, rec, day, err);
}

/* Somebody came yesterday and the sheet was left as it was. */
static bool leaves_open(struct course *c, struct err *err)
{
	struct record *rec = demo_new(c, KIND_VISIT, NULL);

	record_set_day(rec, "date", c->d->today - 1);
	say(rec, of_left_open);
	record_set_text(rec, "doctor", c->d->doctors[c->village]);
	return demo_put(c->d, KIND_VISIT, rec, c->d->today - 1, err);
}

static bool odd_care(struct course *c, struct rng *own, struct err *err)
{
	const unsigned x = rng_below(own, 1000);

	if (c->p->enrolled && x < 20)
		return sent_back(c, own, err);
	if (c->p->enrolled && x < 30)
		return turned_away(c, own, err);
	if (x >= 30 && x < 40 && date_age(c->p->born, c->d->today) >= 35)
		return refuses(c, own, err);
	return x < 997 || leaves_open(c, err);
}

bool demo_odd_care(struct course *c, struct err *err)
{
	const struct rng main = c->d->rng;
	struct rng own = demo_own_rng(c->p, OF_CARE);
	bool ok;

	if (c->p->died)
		return true;
	c->d->rng = own;
	ok = odd_care(c, &own, err);
	c->d->rng = main;
	return ok;
}
