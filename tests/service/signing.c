#include "service/signing.h"

#include "app/service/contract_plan.h"

const char *signing_person(struct test_clinic *c, const char *name, const char *born)
{
	return clinic_save(c, "resident", "{'name':'%s','sex':'2','birth_date':'%s','village':'上坂村'}", name, born);
}

const char *signing_team(struct test_clinic *c, const char *name, const char *more)
{
	return clinic_save(c, "team", "{'name':'%s'%s}", name, more);
}

const char *signing_sign(struct test_clinic *c, const char *who, const char *team, const char *start, const char *more)
{
	return clinic_save(c, "contract", "{'resident':'%s','team':'%s','start':'%s'%s}", who, team, start, more);
}

struct record *signing_load(struct test_clinic *c, const char *id)
{
	struct record *rec;

	assert_ok(record_load(&c->app, KIND_CONTRACT, id, &c->mem, &rec, &c->err), &c->err);
	return rec;
}

const char *signing_status(struct test_clinic *c, const char *id)
{
	return record_text(signing_load(c, id), "status");
}

int64_t signing_done(struct test_clinic *c, const char *contract, const char *item)
{
	struct fulfilment f;

	assert_ok(contract_fulfilment(&c->app, signing_load(c, contract), &f, &c->err), &c->err);
	for (size_t i = 0; i < f.n; i++)
		if (!strcmp(f.item[i].code, item))
			return f.item[i].done;
	return -1;
}

const char *signing_follow_up(struct test_clinic *c, const char *who, const char *day, const char *more)
{
	return clinic_save(c, "followup", "{'resident':'%s','programme':'htn','date':'%s','mode':'1','sbp':132,'dbp':78%s}", who, day,
		more);
}

bool signing_warned(const struct save_result *r, const char *code, const char *field)
{
	for (const struct finding *f = r->findings.first; f; f = f->next)
		if (!strcmp(f->code, code) && !strcmp(f->field, field))
			return true;
	return false;
}
