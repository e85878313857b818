#include "service/bad_steps.h"

#include "app/base/date.h"
#include "app/service/contract_steps.h"
#include "app/service/endings.h"
#include "app/service/exam_days.h"
#include "app/service/households.h"
#include "app/service/merging.h"
#include "app/service/newborns.h"
#include "app/service/people_lists.h"
#include "app/service/visits.h"

static const char *arg(struct json_object *args, const char *key)
{
	return json_text(args, key);
}

static const char *id_of(struct json_object *args)
{
	return arg(args, "id") ? arg(args, "id") : "";
}

static int32_t day_of(struct json_object *args)
{
	return arg(args, "day") ? date_day(arg(args, "day")) : NO_DAY;
}

/* ---- contracts, referrals ------------------------------------------------------------------------------------------------------- */

static bool do_contract(struct test_clinic *c, const char *event, struct json_object *args)
{
	const char *by = arg(args, "by");
	struct contract_act act = { .event = event, .reason = arg(args, "reason"), .day = day_of(args),
		.side = !by ? ENDED_BY_NOBODY : !strcmp(by, "resident") ? ENDED_BY_RESIDENT : ENDED_BY_DOCTOR };
	struct save_result r;

	return contract_act(&c->app, id_of(args), &act, &c->mem, &r, &c->err);
}

static bool do_renew(struct test_clinic *c, const char *event, struct json_object *args)
{
	const struct contract_terms terms = { .signed_by = "0", .sign_method = "1" };
	const struct save_options o = { .confirm_all = true };
	struct save_result r;

	(void)event;
	return contract_renew(&c->app, id_of(args), &terms, &o, &c->mem, &r, &c->err);
}

static bool do_transfer(struct test_clinic *c, const char *event, struct json_object *args)
{
	const struct contract_transfer to = { .team = arg(args, "team"), .day = day_of(args), .reason = arg(args, "reason") };
	struct save_result r;

	(void)event;
	return contract_transfer(&c->app, id_of(args), &to, &c->mem, &r, &c->err);
}

static bool do_cancel(struct test_clinic *c, const char *event, struct json_object *args)
{
	(void)event;
	return referral_cancel(&c->app, id_of(args), arg(args, "reason"), &c->err);
}

/* ---- people ------------------------------------------------------------------------------------------------------------------------ */

static bool do_head(struct test_clinic *c, const char *event, struct json_object *args)
{
	(void)event;
	return household_set_head(&c->app, id_of(args), arg(args, "resident"), &c->err);
}

static bool do_join(struct test_clinic *c, const char *event, struct json_object *args)
{
	(void)event;
	return household_join(&c->app, arg(args, "resident"), id_of(args), &c->err);
}

static bool do_split(struct test_clinic *c, const char *event, struct json_object *args)
{
	const char *who[] = { arg(args, "resident") };
	char made[RECORD_ID_MAX + 1];

	(void)event;
	return household_split(&c->app, who, who[0] ? 1 : 0, made, &c->err);
}

static bool do_merge(struct test_clinic *c, const char *event, struct json_object *args)
{
	const char *take = arg(args, "take");
	const struct merge_request q = { .keep = id_of(args), .other = arg(args, "other"), .take = &take, .n_take = take ? 1 : 0 };
	struct merge_result r;

	(void)event;
	return residents_merge(&c->app, &q, &r, &c->err);
}

static bool do_unmerge(struct test_clinic *c, const char *event, struct json_object *args)
{
	struct merge_result r;

	(void)event;
	return residents_unmerge(&c->app, id_of(args), arg(args, "reason"), &r, &c->err);
}

static bool do_newborn(struct test_clinic *c, const char *event, struct json_object *args)
{
	(void)event;
	return newborn_begin(&c->app, id_of(args), record_new(&c->mem, kind_by_id(KIND_RESIDENT)->form), &c->err);
}

static bool do_home(struct test_clinic *c, const char *event, struct json_object *args)
{
	const char *who[] = { id_of(args) };
	size_t changed;

	(void)event;
	return away_home_until(&c->app, who, 1, day_of(args), &changed, &c->err);
}

/* ---- the queue, examination days ------------------------------------------------------------------------------------------------- */

static bool do_register(struct test_clinic *c, const char *event, struct json_object *args)
{
	const struct registration who = { .resident = arg(args, "id"), .name = arg(args, "name"), .age = -1 };
	struct save_result r;

	(void)event;
	return queue_register(&c->app, &who, &c->mem, &r, &c->err);
}

static bool do_queue(struct test_clinic *c, const char *event, struct json_object *args)
{
	struct save_result r;

	return queue_step(&c->app, id_of(args), event, &c->mem, &r, &c->err);
}

static bool do_queue_join(struct test_clinic *c, const char *event, struct json_object *args)
{
	struct save_result r;

	(void)event;
	return queue_join(&c->app, id_of(args), arg(args, "resident"), &c->mem, &r, &c->err);
}

static bool do_come(struct test_clinic *c, const char *event, struct json_object *args)
{
	const char *guest;

	(void)event;
	return exam_day_join(&c->app, id_of(args), arg(args, "resident"), &c->mem, &guest, &c->err);
}

static bool do_tick(struct test_clinic *c, const char *event, struct json_object *args)
{
	(void)event;
	return exam_day_tick(&c->app, id_of(args), arg(args, "station"), true, &c->mem, &c->err);
}

/* ---- any record ---------------------------------------------------------------------------------------------------------------------- */

static bool do_void(struct test_clinic *c, const char *kind, struct json_object *args)
{
	struct save_result r;

	return records_void(&c->app, kind_by_name(kind), id_of(args), arg(args, "reason"), &c->mem, &r, &c->err);
}

static bool do_undo(struct test_clinic *c, const char *kind, struct json_object *args)
{
	struct save_result r;

	return records_undo(&c->app, kind_by_name(kind), id_of(args), &c->mem, &r, &c->err);
}

static bool do_move(struct test_clinic *c, const char *kind, struct json_object *args)
{
	struct save_result r;

	return records_move(&c->app, kind_by_name(kind), id_of(args), arg(args, "resident"), "选错人", &c->mem, &r, &c->err);
}

static bool do_tomorrow(struct test_clinic *c, const char *event, struct json_object *args)
{
	(void)event;
	(void)args;
	c->now += INT64_C(24) * 3600 * 1000;
	return true;
}

/* What follows the point in the verb is handed on where the row has no word of its own. */
static const struct {
	const char *verb;
	bool (*act)(struct test_clinic *c, const char *word, struct json_object *args);
} verbs[] = {
	{ "contract.renew", do_renew },     { "contract.transfer", do_transfer }, { "contract.", do_contract },
	{ "referral.cancel", do_cancel },   { "household.head", do_head },        { "household.join", do_join },
	{ "household.split", do_split },    { "resident.merge", do_merge },       { "resident.unmerge", do_unmerge },
	{ "resident.newborn", do_newborn }, { "resident.home", do_home },         { "queue.register", do_register },
	{ "queue.join", do_queue_join },    { "queue.", do_queue },               { "exam_day.come", do_come },
	{ "exam_day.tick", do_tick },       { "void.", do_void },                 { "undo.", do_undo },
	{ "move.", do_move },               { "tomorrow", do_tomorrow },
};

bool bad_step(struct test_clinic *c, const char *verb, struct json_object *args)
{
	for (size_t i = 0; i < N_ELEMENTS(verbs); i++) {
		size_t n = strlen(verbs[i].verb);
		bool whole = verbs[i].verb[n - 1] != '.';

		if (whole ? !strcmp(verbs[i].verb, verb) : !strncmp(verbs[i].verb, verb, n))
			return verbs[i].act(c, strchr(verb, '.') ? strchr(verb, '.') + 1 : "", args);
	}
	fail_msg("no step %s", verb);
	return false;
}
