/* An answer of the server breaks off in its middle, and nobody on the line notices: what is said in full a moment later is believed,
 * and nothing is given up, kept back or undone because of it. */
#include "app/base/json.h"
#include "app/base/mem.h"
#include "late_scene.h"

enum { ANSWERS = 60 }; /* more than any of these rounds asks for */

/* The n-th answer to a question; false: so many were not asked. */
static bool round_garbled(struct scene *sc, unsigned n)
{
	fake_order(&sc->county, (struct fake_order){ .fault = FAKE_HALF_BODY, .method = "GET", .skip = n });
	desk_sync(&sc->a);
	return sc->county.n_orders == 0;
}

static void each_answer(void (*scene)(struct scene *sc), void (*check)(struct scene *sc, unsigned n))
{
	bool asked = true;

	for (unsigned n = 0; asked; n++) {
		struct scene *sc;
		void *state;

		assert_in_range(n, 0, ANSWERS);
		late_open(&state);
		sc = state;
		scene(sc);
		asked = round_garbled(sc, n);
		sc->county.n_orders = 0;
		desk_syncs(&sc->a);
		check(sc, n);
		desk_invariants(&sc->a);
		late_close(&state);
	}
}

/* ---- a late copy over what a stranger wrote: only the history tells of that ---------------------------------------------- */

static void copy_over_a_stranger(struct scene *sc)
{
	fake_edit(&sc->county, "Patient", sc->wang, "telecom", "[{\"system\":\"phone\",\"value\":\"10050000009\"}]");
	fake_unmark(&sc->county, "Patient", sc->wang);
	fake_put(&sc->county, sc->first);
}

static void has_the_strangers(struct scene *sc, unsigned n)
{
	assert_case(strcmp(desk_field(&sc->a, "resident", sc->wang, "phone"), "10050000009") == 0, n, "the stranger's word is lost");
	assert_at_county(sc, "10050000009");
}

static void garbled__undoes_nothing__a_late_copy(void **unused)
{
	(void)unused;
	each_answer(copy_over_a_stranger, has_the_strangers);
}

/* ---- after a large push ids and versions are asked for, and what is not known by its id ---------------------------------- */

static void much_to_push(struct scene *sc)
{
	desk_change(&sc->b, "resident", sc->wang, "nickname", "\"阿明\"");
	desk_syncs(&sc->b);
	sc->a.now += 3600000; /* nothing asks for it again because it is new */
	for (int i = 0; i < 22; i++) {
		char name[16];

		snprintf(name, sizeof(name), "陈%c", 'A' + i);
		desk_resident(&sc->a, name, "1950-01-02");
	}
}

static void has_bs(struct scene *sc, unsigned n)
{
	assert_case(strcmp(desk_field(&sc->a, "resident", sc->wang, "nickname"), "阿明") == 0, n, "what B wrote did not come");
}

static void garbled__passes_over_nothing__in_a_download(void **unused)
{
	(void)unused;
	each_answer(much_to_push, has_bs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(garbled__undoes_nothing__a_late_copy),
		cmocka_unit_test(garbled__passes_over_nothing__in_a_download),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
