/* What records prove of a contract's promises: each kind of service by a record of its own; what none proves is entered by
 * hand, and the contract says so. */
#include "given.h"

#include "app/clinic/forms/codes.h"
#include "app/service/contract_plan.h"

#define ALL_ITEMS \
	"{'item':'1','planned':1},{'item':'2','planned':1},{'item':'3','planned':1},{'item':'4','planned':1},{'item':'5','planned':1}," \
	"{'item':'6','planned':1},{'item':'7','planned':1},{'item':'8','planned':1},{'item':'9','planned':1},{'item':'10','planned':1}," \
	"{'item':'11','planned':1},{'item':'12','planned':1},{'item':'13','planned':1}"

static const char *asked(struct test_clinic *c)
{
	AUTO_SBUF struct sbuf answers = SBUF_INIT;

	for (int i = 1; i <= 33; i++)
		if (i != 9 && i != 28) /* these two are measured */
			sbuf_addf(&answers, "'tcm%d':'%d',", i, i == 1 || i == 4 ? 4 : 1);
	return arena_printf(&c->mem, "%s'height':150,'weight':50,'waist':75", answers.s);
}

/* more NULL: the answers to the 33 questions. */
static const struct proof {
	const char *kind, *more, *items;
} proofs[] = {
	{ "exam", "'weight':61.5", "1,2" },
	{ "followup", "'programme':'htn','mode':'1','sbp':130,'dbp':80", "1,3" },
	{ "followup", "'programme':'htn','mode':'3'", "1" }, /* by telephone */
	{ "followup", "'programme':'htn','mode':'1','sbp':130,'dbp':80,'salt_target':'1','drugs':[{'name':'氨氯地平'}]", "1,3,5,7" },
	{ "followup", "'programme':'elderly','mode':'1','tcm_guidance':['1']", "1,3,9" },
	{ "followup", NULL, "1,3,8" },
	{ "visit", "'status':'finished','prescriptions':[{'name':'氨氯地平'}]", "1,7" },
	{ "visit", "'status':'registered','tcm':['1','2']", "1" }, /* waits still */
	{ "visit", "'status':'finished','tcm':['1','2']", "1,8,9" },
	{ "visit", "'status':'finished','tcm':['2','4'],'complaint':'1'", "1,9" },
	{ "visit", "'status':'finished','tcm':['3']", "1,10" },
	{ "visit", "'status':'finished','diagnosis':[{'icd10':'Z00.1','text':'儿童保健'},{'icd10':'Z24.2','text':'接种'}]", "1,2,13" },
	{ "visit", "'status':'finished','diagnosis':[{'icd10':'I10','text':'高血压'},{'icd10':'Z34.9','text':'产检'}]", "1,11" },
	{ "visit", "'status':'finished','diagnosis':[{'icd10':'Z35.9','text':'高危妊娠'}]", "1,11" },
	{ "visit", "'status':'finished','diagnosis':[{'icd10':'Z39.2','text':'产后随访'}]", "1,12" },
	{ "visit", "'status':'finished','diagnosis':[{'icd10':'Z25.1','text':'流感疫苗'}]", "1,13" },
	{ "visit", "'status':'finished','diagnosis':[{'icd10':'Z22.5','text':'携带者'},{'icd10':'Z30.5','text':'查环'}]", "1" },
	{ "service", "'item':'4','content':'讲座'", "1,4" },
	{ "service", "'item':'6','content':'咨询'", "1,6" },
};

static const char *done_items(struct test_clinic *c, const char *contract, struct fulfilment *f)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;

	assert_ok(contract_fulfilment(&c->app, given_load(c, contract), f, &c->err), &c->err);
	for (size_t i = 0; i < f->n; i++)
		if (f->item[i].done)
			sbuf_addf(&out, "%s%s", out.len ? "," : "", f->item[i].code);
	return arena_strdup(&c->mem, out.s ? out.s : "");
}

static void proof__each_record__its_items(void **state)
{
	struct test_clinic c;
	const char *team;

	(void)state;
	clinic_start(&c);
	team = given_team(&c, "一队", "");
	for (size_t i = 0; i < N_ELEMENTS(proofs); i++) {
		const struct proof *p = &proofs[i];
		const char *who = given_person(&c, "李美玉", "1955-03-15");
		const char *id = given_sign(&c, who, team, "2026-01-01", ",'packages':['11'],'items':[" ALL_ITEMS "]");
		const char *more = p->more ? p->more : arena_printf(&c.mem, "'programme':'elderly','mode':'1',%s", asked(&c));
		struct fulfilment f;

		clinic_save(&c, p->kind, "{'resident':'%s','date':'2026-11-20',%s}", who, more);
		assert_case(!strcmp(done_items(&c, id, &f), p->items), i, done_items(&c, id, &f));
	}
	clinic_stop(&c);
}

/* An item that counts by itself has a proof above; one that does not is marked on the screen. */
static void proof__counted_items__are_those_that_records_prove(void **state)
{
	struct test_clinic c;
	struct fulfilment f;
	const char *id;

	(void)state;
	clinic_start(&c);
	id = given_sign(&c, given_person(&c, "李美玉", "1955-03-15"), given_team(&c, "一队", ""), "2026-01-01",
		",'packages':['11'],'items':[" ALL_ITEMS "]");
	done_items(&c, id, &f);
	for (const struct code *item = service_item_codes; item->code; item++) {
		bool proven = false, counted = false;

		for (size_t i = 0; i < N_ELEMENTS(proofs); i++)
			proven |= strcmp(proofs[i].kind, "service") &&
				value_has_code(&(struct value){ .kind = V_CODES, .text = proofs[i].items }, item->code);
		for (size_t i = 0; i < f.n; i++)
			counted |= !strcmp(f.item[i].code, item->code) && f.item[i].counted;
		assert_case(proven == counted, (size_t)(item - service_item_codes), item->code);
	}
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(proof__each_record__its_items),
		cmocka_unit_test(proof__counted_items__are_those_that_records_prove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
