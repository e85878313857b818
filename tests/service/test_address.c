/* An address as people write it, on report cards, logs and printed forms. */
#include "support/service/clinic.h"

#include "app/service/address.h"

static void address__is_put_together__from_its_parts(void **state)
{
	static const struct {
		const char *more, *want;
	} cases[] = {
		{ "'village':'上坂村','group':'1','house':'12'", "上坂村1组12号" },
		{ "'village':'上坂村','group':'桥头组','place_name':'祠堂边'", "上坂村桥头组祠堂边" },
		{ "'village':'上坂村','group':'上坂村2组','house':'12-1'", "上坂村2组12-1" }, /* the village stands in the group */
		{ "'village':'上坂村'", "上坂村" },
		{ "'group':'3'", "3组" },
		{ "'nickname':'阿土'", "" },
		{ "'village':'上坂村','group':'1','address':'练习镇上坂村8号'", "练习镇上坂村8号" }, /* as it was written */
	};
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_SBUF struct sbuf out = SBUF_INIT;
		struct record *rec;
		const char *id = clinic_save(&c, "resident", "{'name':'张土','sex':'1','birth_date':'195%d-01-02',%s}", (int)i,
			cases[i].more);

		assert_ok(record_load(&c.app, KIND_RESIDENT, id, &c.mem, &rec, &c.err), &c.err);
		address_words(&c.app, rec, &out);
		assert_case(!strcmp(out.s, cases[i].want), i, out.s);
	}
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(address__is_put_together__from_its_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
