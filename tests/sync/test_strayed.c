/* Upon a late copy somebody writes who has seen nothing else: his word is one more, and not the last one about what he never saw. */
#include "late_scene.h"

static void a_says(struct scene *sc, const char *key, const char *json)
{
	desk_change(&sc->a, "resident", sc->wang, key, json);
}

static void a_has(struct scene *sc, const char *key, const char *want)
{
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, key), want);
}

static void all_is_at_county(struct scene *sc, const char *const *want)
{
	for (; *want; want++)
		assert_at_county(sc, *want);
	desk_invariants(&sc->a);
}

static void strayed__undoes_nothing__its_author_is_left(void **state)
{
	struct scene *sc = *state;
	struct desk c;

	a_says(sc, "nickname", "\"阿明\"");
	desk_syncs(&sc->a);
	late_third_writes(sc, &c, "contact_name", "\"丙一\"");
	desk_syncs(&sc->a);
	a_has(sc, "contact_name", "丙一");
	a_has(sc, "nickname", "阿明");
	assert_int_equal(sc->a.fig.conflicts, 0);
	all_is_at_county(sc, (const char *const[]){ "丙一", "阿明", NULL });
	desk_syncs(&c);
	assert_string_equal(desk_field(&c, "resident", sc->wang, "nickname"), "阿明");
	desk_close(&c);
}

static void strayed__undoes_nothing__its_author_has_an_edit_waiting(void **state)
{
	struct scene *sc = *state;
	struct desk c;

	a_says(sc, "nickname", "\"阿明\"");
	desk_syncs(&sc->a);
	late_third_writes(sc, &c, "contact_name", "\"丙一\"");
	a_says(sc, "workplace", "\"甲厂\"");
	desk_syncs(&sc->a);
	assert_int_equal(sc->a.fig.conflicts, 0);
	a_has(sc, "contact_name", "丙一");
	a_has(sc, "nickname", "阿明");
	a_has(sc, "workplace", "甲厂");
	all_is_at_county(sc, (const char *const[]){ "丙一", "阿明", "甲厂", NULL });
	desk_close(&c);
}

/* Both wrote the same field, and a person must choose: who wrote upon the copy did not choose against the other. */
static void strayed__is_a_dispute__of_what_is_dangerous(void **state)
{
	struct scene *sc = *state;
	struct desk c;

	a_says(sc, "birth_date", "\"1950-01-09\"");
	desk_syncs(&sc->a);
	late_third_writes(sc, &c, "birth_date", "\"1950-01-08\"");
	desk_syncs(&sc->a);
	assert_int_equal(sc->a.fig.conflicts, 1);
	a_has(sc, "birth_date", "1950-01-08");
	desk_invariants(&sc->a);
	desk_close(&c);
}

/* Who puts back what was undone types nothing: what its author has typed since is the later word, whenever it was put back. */
static void strayed__put_back_is_nobodys_edit(struct scene *sc, bool b_saw_the_copy)
{
	struct desk c;

	a_says(sc, "nickname", "\"阿明\"");
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	a_says(sc, "nickname", "\"阿新\""); /* his line is down */
	if (b_saw_the_copy) {
		fake_put(&sc->county, sc->first);
		sc->b.now += 1800000;
		desk_sync(&sc->b);
	}
	late_third_writes(sc, &c, "contact_name", "\"丙一\"");
	sc->b.now += 7200000;
	desk_syncs(&sc->b);
	assert_string_equal(desk_field(&sc->b, "resident", sc->wang, "nickname"), "阿明");
	assert_at_county(sc, "阿明");
	desk_syncs(&sc->a);
	a_has(sc, "nickname", "阿新");
	a_has(sc, "contact_name", "丙一");
	all_is_at_county(sc, (const char *const[]){ "丙一", "阿新", NULL });
	desk_syncs(&sc->b);
	assert_string_equal(desk_field(&sc->b, "resident", sc->wang, "nickname"), "阿新");
	desk_close(&c);
}

static void strayed__put_back_is_nobodys_edit__by_another(void **state)
{
	strayed__put_back_is_nobodys_edit(*state, false);
}

static void strayed__put_back_is_nobodys_edit__by_who_saw_the_copy(void **state)
{
	strayed__put_back_is_nobodys_edit(*state, true);
}

/* Only the history has it: he left no mark of his own, and nobody of us had looked. */
static void strayed__undoes_nothing__of_a_stranger(struct scene *sc, bool keeps_the_mark)
{
	struct desk c;

	a_says(sc, "nickname", "\"阿明\"");
	desk_syncs(&sc->a);
	fake_edit(&sc->county, "Patient", sc->wang, "birthDate", "\"1950-01-09\"");
	if (!keeps_the_mark)
		fake_unmark(&sc->county, "Patient", sc->wang);
	late_third_writes(sc, &c, "contact_name", "\"丙一\"");
	desk_syncs(&sc->a);
	a_has(sc, "birth_date", "1950-01-09");
	a_has(sc, "nickname", "阿明");
	a_has(sc, "contact_name", "丙一");
	assert_int_equal(sc->a.fig.conflicts, 0);
	all_is_at_county(sc, (const char *const[]){ "丙一", "阿明", "1950-01-09", NULL });
	desk_close(&c);
}

static void strayed__undoes_nothing__of_a_stranger_who_keeps_the_mark(void **state)
{
	strayed__undoes_nothing__of_a_stranger(*state, true);
}

static void strayed__undoes_nothing__of_a_stranger_who_takes_it_off(void **state)
{
	strayed__undoes_nothing__of_a_stranger(*state, false);
}

/* Nobody of us saw the hospital's version, and whoever wrote upon the copy has seen all that we hold: but the county counts more
 * versions than we wrote. */
static void strayed__undoes_nothing__of_a_stranger_whom_nobody_saw(void **state)
{
	struct scene *sc = *state;
	struct desk c;

	fake_edit(&sc->county, "Patient", sc->wang, "birthDate", "\"1950-01-09\"");
	fake_unmark(&sc->county, "Patient", sc->wang);
	late_third_writes(sc, &c, "contact_name", "\"丙一\"");
	desk_syncs(&sc->a);
	a_has(sc, "birth_date", "1950-01-09");
	a_has(sc, "contact_name", "丙一");
	assert_int_equal(sc->a.fig.conflicts, 0);
	all_is_at_county(sc, (const char *const[]){ "丙一", "1950-01-09", NULL });
	desk_close(&c);
}

/* Each writes upon the one before, and strangers between: nothing strays, and no history is asked. */
static void straight__asks_nothing__one_after_the_other(void **state)
{
	struct scene *sc = *state;
	size_t before = fake_asked(&sc->county, "/_history");

	for (unsigned i = 0; i < 3; i++) {
		char name[32];

		snprintf(name, sizeof(name), "\"阿明%u\"", i);
		a_says(sc, "nickname", name);
		desk_syncs(&sc->a);
		a_says(sc, "workplace", name);
		desk_syncs(&sc->a);
		desk_syncs(&sc->b);
		desk_change(&sc->b, "resident", sc->wang, "contact_name", name);
		desk_syncs(&sc->b);
		desk_change(&sc->b, "resident", sc->wang, "nickname", "\"乙\"");
		desk_syncs(&sc->b);
		desk_syncs(&sc->a);
		a_has(sc, "nickname", "乙");
	}
	assert_int_equal(fake_asked(&sc->county, "/_history"), before);
	assert_int_equal(sc->a.fig.waiting, 0);
}

static void strayed__undoes_nothing__no_history(void **state)
{
	struct scene *sc = *state;

	sc->county.no_history = true;
	strayed__undoes_nothing__its_author_is_left(state);
}

/* Who made him takes the copy for what he has, where no history tells him more, and goes on with it. */
static void strayed__undoes_nothing__by_who_made_the_copied__no_history(void **state)
{
	struct scene *sc = *state;

	sc->county.no_history = true;
	desk_change(&sc->b, "resident", sc->wang, "nickname", "\"阿明\"");
	desk_syncs(&sc->b);
	fake_put(&sc->county, sc->first);
	desk_syncs(&sc->a);
	a_says(sc, "contact_name", "\"甲一\"");
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	assert_string_equal(desk_field(&sc->b, "resident", sc->wang, "nickname"), "阿明");
	assert_string_equal(desk_field(&sc->b, "resident", sc->wang, "contact_name"), "甲一");
	desk_syncs(&sc->a);
	a_has(sc, "nickname", "阿明");
	all_is_at_county(sc, (const char *const[]){ "甲一", "阿明", NULL });
}

/* A dispute about the birth date, and nothing else. */
static void open_dispute(struct scene *sc)
{
	a_says(sc, "nickname", "\"阿明\"");
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	desk_change(&sc->b, "resident", sc->wang, "birth_date", "\"1950-01-08\"");
	desk_syncs(&sc->b);
	a_says(sc, "birth_date", "\"1950-01-09\"");
	desk_sync(&sc->a);
	assert_int_equal(sc->a.fig.conflicts, 1);
}

static void still_disputed(struct scene *sc)
{
	for (unsigned i = 0; i < 2; i++)
		desk_sync(&sc->a);
	assert_int_equal(sc->a.fig.conflicts, 1);
	a_has(sc, "birth_date", "1950-01-08");
	a_has(sc, "nickname", "阿明");
	desk_invariants(&sc->a);
}

/* What is in dispute stays so, and the rest is as it was. */
static void strayed__undoes_nothing__while_another_field_is_in_dispute(void **state)
{
	struct scene *sc = *state;
	struct desk c;

	open_dispute(sc);
	late_third_writes(sc, &c, "contact_name", "\"丙一\"");
	still_disputed(sc);
	a_has(sc, "contact_name", "丙一");
	desk_close(&c);
}

/* A second question about the same person comes to the first. */
static void strayed__is_a_dispute_more__of_another_field(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct scene *sc = *state;
	struct conflict d;
	struct desk c;

	open_dispute(sc);
	a_says(sc, "abo", "\"2\"");
	late_third_writes(sc, &c, "abo", "\"3\"");
	still_disputed(sc);
	a_has(sc, "abo", "3");
	assert_ok(conflict_load(&sc->a.app, 1, &mem, &d, &sc->a.err), &sc->a.err);
	assert_int_equal(d.n_fields, 2);
	for (size_t i = 0; i < 2; i++) {
		bool birth = strcmp(d.fields[i].key, "birth_date") == 0;

		assert_string_equal(d.fields[i].ours.text, birth ? "1950-01-09" : "2");
		assert_string_equal(d.fields[i].theirs.text, birth ? "1950-01-08" : "3");
	}
	assert_ok(conflict_settle(&sc->a.app, 1, &(struct conflict_word){ .whole = "ours" }, &sc->a.err), &sc->a.err);
	desk_syncs(&sc->a);
	assert_int_equal(sc->a.fig.conflicts, 0);
	all_is_at_county(sc, (const char *const[]){ "1950-01-09", "阿明", NULL });
	a_has(sc, "abo", "2");
	desk_close(&c);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, late_open, late_close)
	const struct CMUnitTest tests[] = {
		T(strayed__undoes_nothing__its_author_is_left),
		T(strayed__undoes_nothing__its_author_has_an_edit_waiting),
		T(strayed__is_a_dispute__of_what_is_dangerous),
		T(strayed__put_back_is_nobodys_edit__by_another),
		T(strayed__put_back_is_nobodys_edit__by_who_saw_the_copy),
		T(strayed__undoes_nothing__of_a_stranger_who_keeps_the_mark),
		T(strayed__undoes_nothing__of_a_stranger_who_takes_it_off),
		T(strayed__undoes_nothing__of_a_stranger_whom_nobody_saw),
		T(strayed__undoes_nothing__no_history),
		T(strayed__undoes_nothing__by_who_made_the_copied__no_history),
		T(strayed__undoes_nothing__while_another_field_is_in_dispute),
		T(strayed__is_a_dispute_more__of_another_field),
		T(straight__asks_nothing__one_after_the_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
