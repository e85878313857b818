/* Number, short code and QR code of an agreement: what they are made of, and that paper and record are told apart. */
#include "given.h"

#include "app/service/contract_code.h"
#include "app/service/contract_steps.h"
#include "app/service/numbers.h"

static struct contract_code code_of(struct test_clinic *c, const char *id)
{
	struct contract_code code;

	assert_true(contract_code(&c->app, given_load(c, id), &code));
	return code;
}

static const char *signed_for(struct test_clinic *c, const char *name)
{
	const char *team = given_team(c, "林秀英团队", "");

	return given_sign(c, given_person(c, name, "1955-07-15"), team, "2026-01-01", ",'packages':['1','2'],'fee_total':12000");
}

static void numbers__run_on__each_device_its_own(void **state)
{
	struct test_clinic *c = *state;
	const char *team = given_team(c, "林秀英团队", "");
	const char *one = given_sign(c, given_person(c, "甲", "1955-07-15"), team, "2026-01-01", "");
	const char *two = given_sign(c, given_person(c, "乙", "1955-07-15"), team, "2026-01-01", ",'status':'pending'");
	const char *three;

	assert_string_equal(code_of(c, one).number, "QY2026-00-000001");
	assert_string_equal(code_of(c, two).number, "QY2026-00-000002");
	assert_ok(number_set_device(&c->app, 3, &c->err), &c->err);
	three = given_sign(c, given_person(c, "丙", "1955-07-15"), team, "2026-01-01", "");
	assert_string_equal(code_of(c, three).number, "QY2026-03-000001");
	assert_ok(number_set_device(&c->app, 0, &c->err), &c->err); /* its block was given up: it goes on after what is known */
	three = given_sign(c, given_person(c, "丁", "1955-07-15"), team, "2026-01-01", "");
	assert_string_equal(code_of(c, three).number, "QY2026-00-000003");
	clinic_check(c);
}

static void code__tells__what_was_agreed_on(void **state)
{
	static const char *const changes[] = { "'end':'2027-12-31','years':2", "'packages':['1']", "'fee_total':9900" };
	struct test_clinic *c = *state;
	const char *id = signed_for(c, "甲");
	struct contract_code first = code_of(c, id), now;

	assert_int_equal(strlen(first.short_), 9);
	assert_int_equal(first.short_[4], '-');
	for (size_t i = 0; i < N_ELEMENTS(changes); i++) {
		struct contract_code before = code_of(c, id);

		clinic_save(c, "contract", "{'id':'%s','revision':%d,%s}", id, (int)given_load(c, id)->meta.revision, changes[i]);
		now = code_of(c, id);
		assert_case(strcmp(before.short_, now.short_) != 0, i, changes[i]);
		assert_string_equal(now.number, first.number);
	}
	clinic_save(c, "contract", "{'id':'%s','revision':%d,'note':'家里有狗'}", id, (int)given_load(c, id)->meta.revision);
	assert_string_equal(code_of(c, id).short_, now.short_); /* nothing that was agreed on */
}

/* What became of it is not what was agreed on: the paper stays right. */
static void code__stays__when_it_ends(void **state)
{
	const struct contract_act end = { .event = "terminate", .side = ENDED_BY_RESIDENT, .reason = "搬家", .day = NO_DAY };
	struct test_clinic *c = *state;
	const char *id = signed_for(c, "甲");
	struct contract_code before = code_of(c, id);
	struct save_result r;

	assert_ok(contract_act(&c->app, id, &end, &c->mem, &r, &c->err), &c->err);
	assert_string_equal(code_of(c, id).short_, before.short_);
}

static void code__is_not_there__before_it_is_saved(void **state)
{
	struct test_clinic *c = *state;
	const char *who = given_person(c, "甲", "1955-07-15");
	struct contract_code code;
	struct record *rec;

	assert_ok(records_new(&c->app, kind_by_id(KIND_CONTRACT), NULL, who, &c->mem, &rec, &c->err), &c->err);
	assert_false(contract_code(&c->app, rec, &code));
	assert_string_equal(code.number, "");
}

static void find__lays_paper_and_record__side_by_side(void **state)
{
	struct test_clinic *c = *state;
	const char *id = signed_for(c, "甲");
	struct contract_code code = code_of(c, id);
	const struct {
		const char *text;
		enum contract_match match;
	} cases[] = {
		{ code.qr, CONTRACT_SAME },
		{ arena_printf(&c->mem, "%s %s", code.number, code.short_), CONTRACT_SAME },
		{ arena_printf(&c->mem, " qy2026-00-000001: %s ", code.short_), CONTRACT_SAME },
		{ "qy2026-00-000001", CONTRACT_NUMBER },
		{ "QY2026-00-000001 0000-0000", CONTRACT_DIFFERENT },
		{ "CUNYI-QY:350299101:QY2026-00-000001:0000-0000", CONTRACT_DIFFERENT },
		{ "CUNYI-QY:350299999:QY2026-00-000001:0000-0000", CONTRACT_UNKNOWN }, /* another institution's */
		{ "QY2026-00-000009", CONTRACT_UNKNOWN },
		{ "CUNYI-QY:", CONTRACT_UNKNOWN },
		{ "", CONTRACT_UNKNOWN },
		{ "QY2026-00-000001'; DROP TABLE contract --", CONTRACT_UNKNOWN },
	};

	assert_string_equal(code.qr, arena_printf(&c->mem, "CUNYI-QY:350299101:QY2026-00-000001:%s", code.short_));
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		enum contract_match match;
		char found[RECORD_ID_MAX + 1];

		assert_ok(contract_find(&c->app, cases[i].text, found, &match, &c->err), &c->err);
		assert_case(match == cases[i].match, i, cases[i].text);
		assert_case((match == CONTRACT_UNKNOWN) == !*found, i, cases[i].text);
	}
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, clinic_setup, clinic_teardown)
	const struct CMUnitTest tests[] = {
		T(numbers__run_on__each_device_its_own),
		T(code__tells__what_was_agreed_on),
		T(code__stays__when_it_ends),
		T(code__is_not_there__before_it_is_saved),
		T(find__lays_paper_and_record__side_by_side),
	};
#undef T

	return cmocka_run_group_tests(tests, NULL, NULL);
}
