/* A stranger changes a document of ours as he should, and keeps in it what he does not know, our mark, too: what he wrote is his. */
#include "app/base/mem.h"
#include "app/service/disputed.h"
#include "desk.h"

/* A hospital changed what B wrote, as it should, and keeps his mark and his name: A's edit meets the hospital's. */
static void hospital_after_b(struct fake_fhir *county, struct desk *a, struct desk *b, char wang[RECORD_ID_MAX + 1],
	const char *const field[2], const char *const values[3])
{
	desks_open(county, a, b);
	snprintf(wang, RECORD_ID_MAX + 1, "%s", desk_resident(a, "王小明", "1950-01-02"));
	desk_syncs(a);
	desk_syncs(b);
	desk_change(b, "resident", wang, field[0], values[0]);
	desk_syncs(b);
	a->now += 3600000;
	desk_change(a, "resident", wang, field[0], values[1]);
	a->now += 3600000;
	fake_edit(county, "Patient", wang, field[1], values[2]);
	desk_syncs(a);
}

static void conflict__says_who__a_stranger_kept_the_mark(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct conflict *c = arena_alloc(&mem, sizeof(*c));
	char wang[RECORD_ID_MAX + 1];
	struct fake_fhir county;
	struct desk a, b;

	(void)state;
	hospital_after_b(&county, &a, &b, wang, (const char *[]){ "birth_date", "birthDate" },
		(const char *[]){ "\"1950-01-05\"", "\"1950-01-03\"", "\"1950-01-07\"" });
	assert_int_equal(a.fig.conflicts, 1);
	assert_ok(conflict_load(&a.app, 1, &mem, c, &a.err), &a.err);
	assert_string_equal(c->theirs.where, term_text(&(struct term){ "县里", "the county" }));
	assert_string_equal(c->theirs.who, "");
	assert_in_range(a.now - c->theirs.at, 0, 60000);
	desks_close(&county, &a, &b);
}

/* Of two telephone numbers the later one is taken: the mark tells when B wrote his, and not when the hospital did. */
static void merge__takes_the_later_word__a_stranger_kept_the_mark(void **state)
{
	char wang[RECORD_ID_MAX + 1];
	struct fake_fhir county;
	struct desk a, b;

	(void)state;
	hospital_after_b(&county, &a, &b, wang, (const char *[]){ "phone", "telecom" },
		(const char *[]){ "\"10050000005\"", "\"10050000003\"", "[{\"system\":\"phone\",\"value\":\"10050000007\"}]" });
	assert_int_equal(a.fig.conflicts, 0);
	assert_string_equal(desk_field(&a, "resident", wang, "phone"), "10050000007");
	desks_close(&county, &a, &b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conflict__says_who__a_stranger_kept_the_mark),
		cmocka_unit_test(merge__takes_the_later_word__a_stranger_kept_the_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
