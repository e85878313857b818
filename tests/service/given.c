#include "service/given.h"

#include "app/service/contract_plan.h"

const char *given_person(struct test_clinic *c, const char *name, const char *born)
{
	return clinic_save(c, "resident", "{'name':'%s','sex':'2','birth_date':'%s','village':'上坂村'}", name, born);
}

const char *given_team(struct test_clinic *c, const char *name, const char *more)
{
	return clinic_save(c, "team", "{'name':'%s'%s}", name, more);
}

#define SIGNED "{'resident':'%s','team':'%s','start':'%s','signed_by':'0','sign_method':'1'%s}"

const char *given_sign(struct test_clinic *c, const char *who, const char *team, const char *start, const char *more)
{
	return clinic_save(c, "contract", SIGNED, who, team, start, more);
}

bool given_sign_try(struct test_clinic *c, struct save_result *r, const char *who, const char *team, const char *start,
	const char *more)
{
	return clinic_try(c, r, "contract", SIGNED, who, team, start, more);
}

struct record *given_load(struct test_clinic *c, const char *id)
{
	struct record *rec;

	assert_ok(record_load(&c->app, KIND_CONTRACT, id, &c->mem, &rec, &c->err), &c->err);
	return rec;
}

const char *given_status(struct test_clinic *c, const char *id)
{
	return record_text(given_load(c, id), "status");
}

int64_t given_done(struct test_clinic *c, const char *contract, const char *item)
{
	struct fulfilment f;

	assert_ok(contract_fulfilment(&c->app, given_load(c, contract), &f, &c->err), &c->err);
	for (size_t i = 0; i < f.n; i++)
		if (!strcmp(f.item[i].code, item))
			return f.item[i].done;
	return -1;
}

const char *given_follow_up(struct test_clinic *c, const char *who, const char *day, const char *more)
{
	return clinic_save(c, "followup", "{'resident':'%s','programme':'htn','date':'%s','mode':'1','sbp':132,'dbp':78%s}", who, day,
		more);
}

bool given_warned(const struct save_result *r, const char *code, const char *field)
{
	for (const struct finding *f = r->findings.first; f; f = f->next)
		if (!strcmp(f->code, code) && !strcmp(f->field, field))
			return true;
	return false;
}

const char *given_newest(struct test_clinic *c, int kind)
{
	char sql[96], id[RECORD_ID_MAX + 1];

	snprintf(sql, sizeof sql, "SELECT max(id) FROM record WHERE kind = %d", kind);
	assert_true(record_id_of_row(&c->app, clinic_count(c, sql), id));
	return arena_strdup(&c->mem, id);
}
