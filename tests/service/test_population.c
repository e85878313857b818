/* Who lives here by age and sex. */
#include "support/service/clinic.h"

#include "app/service/population.h"
#include "db/db_int.h"

/* He lives here and is counted; his age is not invented. */
static void population__without_a_birth_date__is_in_no_band(void **state)
{
	struct test_clinic c;
	struct population p;
	int64_t drawn = 0;

	(void)state;
	clinic_start(&c);
	clinic_save(&c, "resident", "{'name':'甲','sex':'1','birth_date':'1950-01-02'}");
	clinic_save(&c, "resident", "{'name':'乙','sex':'2','birth_date':'1980'}"); /* the year is enough for a band */
	clinic_save(&c, "resident", "{'name':'丙','sex':'2','birth_date':'1990-05-06'}");
	assert_ok(db_exec(c.app.db, "UPDATE resident SET birth_date = '' WHERE name = '丙'", &c.err), &c.err);
	assert_ok(population_read(&c.app, 0, &p, &c.err), &c.err);
	for (size_t b = 0; b < POPULATION_BANDS; b++)
		for (int s = 0; s < POPULATION_SEXES; s++)
			drawn += p.n[b][s];
	assert_int_equal(drawn, 2);
	assert_int_equal(p.n[0][POPULATION_WOMEN], 0);
	assert_int_equal(p.all, 3);
	assert_int_equal(p.of_sex[POPULATION_WOMEN], 2);
	assert_int_equal(p.ageless, 1);
	assert_int_equal(p.elders, 1);
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(population__without_a_birth_date__is_in_no_band),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
