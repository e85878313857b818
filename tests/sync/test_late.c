/* A copy of the request that made a resource arrives late, over what others have written since. */
#include "app/base/json.h"
#include "late_scene.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fhir.h"

static void b_writes_and_is_gone(struct scene *sc)
{
	desk_change(&sc->b, "resident", sc->wang, "nickname", "\"阿明\"");
	desk_syncs(&sc->b);
}

static void late__undoes_nothing__sender_alone_is_left(void **state)
{
	struct scene *sc = *state;

	b_writes_and_is_gone(sc);
	fake_put(&sc->county, sc->first);
	desk_syncs(&sc->a);
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "nickname"), "阿明");
	assert_int_equal(sc->a.fig.waiting, 0);
	assert_at_county(sc, "阿明");
	desk_syncs(&sc->b);
	assert_string_equal(desk_field(&sc->b, "resident", sc->wang, "nickname"), "阿明");
	desk_invariants(&sc->a);
}

static void late__undoes_nothing__sender_has_an_edit_waiting(void **state)
{
	struct scene *sc = *state;

	b_writes_and_is_gone(sc);
	desk_change(&sc->a, "resident", sc->wang, "contact_name", "\"甲一\"");
	fake_put(&sc->county, sc->first);
	desk_syncs(&sc->a);
	assert_int_equal(sc->a.fig.conflicts, 0);
	assert_int_equal(sc->a.fig.waiting, 0);
	assert_at_county(sc, "阿明");
	assert_at_county(sc, "甲一");
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "nickname"), "阿明");
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "contact_name"), "甲一");
	desk_invariants(&sc->a);
}

/* Another's edit after his own: he knows that one, and not the one between. */
static void late__undoes_nothing__of_a_third(void **state)
{
	struct scene *sc = *state;
	struct desk c;

	desk_open(&c, &sc->county, 9);
	desk_syncs(&c);
	b_writes_and_is_gone(sc);
	desk_syncs(&c);
	desk_change(&c, "resident", sc->wang, "contact_name", "\"丙\"");
	desk_syncs(&c);
	fake_put(&sc->county, sc->first);
	desk_syncs(&sc->b);
	assert_string_equal(desk_field(&sc->b, "resident", sc->wang, "contact_name"), "丙");
	assert_at_county(sc, "阿明");
	assert_at_county(sc, "丙");
	desk_close(&c);
}

/* He has never had what the copy is a copy of: its mark is older than the one that he knows, and the history tells the rest. */
static void late__undoes_nothing__who_came_later_is_left(void **state)
{
	struct scene *sc = *state;
	struct desk c;

	b_writes_and_is_gone(sc);
	desk_open(&c, &sc->county, 9);
	desk_syncs(&c);
	fake_put(&sc->county, sc->first);
	desk_syncs(&c);
	assert_string_equal(desk_field(&c, "resident", sc->wang, "nickname"), "阿明");
	assert_at_county(sc, "阿明");
	desk_close(&c);
}

/* That theirs is gone from there, for a copy lies over it, is no yes to ours. */
static void late__is_nobodys_word__in_a_dispute(void **state)
{
	struct scene *sc = *state;
	char followup[RECORD_ID_MAX + 1];
	AUTO_FREE char *doc = NULL;

	snprintf(followup, sizeof(followup), "%s", desk_followup(&sc->a, sc->wang, 138));
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	doc = xstrdup(fake_latest(&sc->county, "QuestionnaireResponse", followup)->doc);
	desk_change(&sc->b, "followup", followup, "sbp", "142");
	desk_syncs(&sc->b);
	desk_change(&sc->a, "followup", followup, "sbp", "146");
	fake_put(&sc->county, doc);
	desk_sync(&sc->a);
	assert_int_equal(sc->a.fig.conflicts, 1);
	assert_int_equal(desk_count(&sc->a, "conflict"), 1);
	desk_sync(&sc->a);
	assert_int_equal(sc->a.fig.conflicts, 1); /* still before a person */
	desk_invariants(&sc->a);
}

/* A request that was refused when it came first: nobody but its sender ever had that version. */
static void late__undoes_nothing__never_taken_before(void **state)
{
	struct scene *sc = *state;
	char li[RECORD_ID_MAX + 1];
	AUTO_FREE char *doc = NULL;
	char *revision;

	snprintf(li, sizeof(li), "%s", desk_resident(&sc->a, "李四", "1951-01-02"));
	desk_change(&sc->a, "resident", li, "nickname", "\"阿四\"");
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	doc = xstrdup(fake_latest(&sc->county, "Patient", li)->doc);
	revision = strstr(doc, "-00000002/1");
	assert_non_null(revision);
	memcpy(revision, "-00000001/1", 11); /* as it was before */
	memcpy(strstr(doc, "阿四"), "阿三", strlen("阿四"));
	fake_put(&sc->county, doc);
	desk_syncs(&sc->b);
	assert_string_equal(desk_field(&sc->b, "resident", li, "nickname"), "阿四");
	snprintf(sc->wang, sizeof(sc->wang), "%s", li);
	assert_at_county(sc, "阿四");
}

/* Who met him only after a stranger's edit never saw the mark: the history shows that it is no new one. */
static void late__undoes_nothing__its_mark_was_never_seen(void **state)
{
	struct scene *sc = *state;
	struct desk c;

	fake_edit(&sc->county, "Patient", sc->wang, "multipleBirthInteger", "2");
	fake_edit(&sc->county, "Patient", sc->wang, "birthDate", "\"1950-01-09\"");
	fake_unmark(&sc->county, "Patient", sc->wang);
	desk_open(&c, &sc->county, 9);
	desk_syncs(&c);
	fake_put(&sc->county, sc->first);
	desk_syncs(&c);
	assert_int_equal(c.fig.conflicts, 0);
	assert_string_equal(desk_field(&c, "resident", sc->wang, "birth_date"), "1950-01-09");
	assert_at_county(sc, "1950-01-09");
	desk_close(&c);
}

/* With all that is derived from the record. */
static void late_derived(struct scene *sc, struct desk *left)
{
	size_t from = sc->county.n, to;
	char followup[RECORD_ID_MAX + 1];

	snprintf(followup, sizeof(followup), "%s", desk_followup(&sc->a, sc->wang, 150));
	desk_syncs(&sc->a);
	to = sc->county.n;
	desk_syncs(&sc->b);
	desk_change(&sc->b, "followup", followup, "weight", "63.5");
	desk_syncs(&sc->b);
	for (size_t i = from; i < to; i++) {
		AUTO_FREE char *doc = xstrdup(sc->county.versions[i].doc);

		fake_put(&sc->county, doc);
	}
	desk_syncs(left);
	desk_syncs(left);
	for (size_t i = 0; i < sc->county.n; i++) {
		const struct fake_version *v = &sc->county.versions[i];

		if (v->latest && strcmp(v->type, "Patient") != 0 && strstr(v->doc, "61.5"))
			fail_msg("%s says what was before: %s", v->type, v->doc);
	}
	assert_int_equal(fake_count(&sc->county, "QuestionnaireResponse"), 1);
	desk_invariants(left);
}

static void late__undoes_nothing__derived_sender_is_left(void **state)
{
	struct scene *sc = *state;

	late_derived(sc, &sc->a);
}

static void late__undoes_nothing__derived_who_wrote_between_is_left(void **state)
{
	struct scene *sc = *state;

	late_derived(sc, &sc->b);
}

/* The process ends anywhere between: the next one asks again. */
static void late__undoes_nothing__killed_on_the_way(void **state)
{
	struct scene *sc = *state;
	unsigned steps = 1;

	for (unsigned i = 1; i <= steps; i++) {
		char name[32];

		snprintf(name, sizeof(name), "\"阿明%u\"", i);
		desk_change(&sc->b, "resident", sc->wang, "nickname", name);
		desk_syncs(&sc->b);
		fake_put(&sc->county, sc->first);
		sc->a.dies_at = i;
		sc->a.steps = 0;
		desk_sync(&sc->a);
		steps = sc->a.ok ? i : i + 1;
		sc->a.dies_at = 0;
		desk_restart(&sc->a);
		desk_syncs(&sc->a);
		name[strlen(name) - 1] = '\0';
		assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "nickname"), name + 1);
		assert_at_county(sc, name + 1);
		desk_syncs(&sc->b);
	}
	assert_in_range(steps, 10, 200);
}

/* Where no history is kept the one who wrote between puts it right. */
static void late__is_put_right_by_who_wrote_between__no_history(void **state)
{
	struct scene *sc = *state;

	sc->county.no_history = true;
	b_writes_and_is_gone(sc);
	fake_put(&sc->county, sc->first);
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	assert_at_county(sc, "阿明");
	desk_syncs(&sc->a);
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "nickname"), "阿明");
}

/* A county may keep its histories to itself, or say that it has none in one way or another: the round goes on without. */
static void stranger__is_believed__histories_are_forbidden(void **state)
{
	static const int statuses[] = { 400, 403, 404, 405, 501 };
	struct scene *sc = *state;

	sc->county.no_history = true;
	for (size_t i = 0; i < N_ELEMENTS(statuses); i++) {
		char day[16];

		sc->county.history_status = statuses[i];
		fake_unmark(&sc->county, "Patient", sc->wang);
		snprintf(day, sizeof(day), "\"1950-01-1%zu\"", i);
		fake_edit(&sc->county, "Patient", sc->wang, "birthDate", day);
		desk_sync(&sc->a);
		assert_case(sc->a.ok, statuses[i], sc->a.err.message);
		assert_case(strncmp(desk_field(&sc->a, "resident", sc->wang, "birth_date"), day + 1, 10) == 0, statuses[i], "not taken");
	}
}

/* A stranger who keeps the mark of what he changes, and changes it back, is believed both times. */
static void stranger__is_believed__he_keeps_the_mark(void **state)
{
	struct scene *sc = *state;

	b_writes_and_is_gone(sc);
	desk_syncs(&sc->a);
	fake_edit(&sc->county, "Patient", sc->wang, "birthDate", "\"1950-01-09\"");
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "birth_date"), "1950-01-09");
	fake_edit(&sc->county, "Patient", sc->wang, "birthDate", "\"1950-01-02\"");
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "birth_date"), "1950-01-02");
	assert_string_equal(desk_field(&sc->b, "resident", sc->wang, "birth_date"), "1950-01-02");
	assert_int_equal(fake_version_of(&sc->county, "Patient", sc->wang), 4);
}

/* A stranger who takes the mark off: when it is back, that is no edit of his. */
static void late__undoes_nothing__a_stranger_wrote_between(void **state)
{
	struct scene *sc = *state;

	fake_edit(&sc->county, "Patient", sc->wang, "birthDate", "\"1950-01-09\"");
	fake_edit(&sc->county, "Patient", sc->wang, "extension", NULL);
	fake_put(&sc->county, sc->first);
	desk_syncs(&sc->a);
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "birth_date"), "1950-01-09");
	assert_at_county(sc, "1950-01-09");
	desk_syncs(&sc->b);
	assert_string_equal(desk_field(&sc->b, "resident", sc->wang, "birth_date"), "1950-01-09");
}

/* With an edit of ours that waits meanwhile. */
static void stranger__is_believed__while_an_edit_waits(void **state)
{
	struct scene *sc = *state;

	desk_change(&sc->a, "resident", sc->wang, "contact_name", "\"甲一\"");
	fake_edit(&sc->county, "Patient", sc->wang, "birthDate", "\"1950-01-08\"");
	fake_edit(&sc->county, "Patient", sc->wang, "birthDate", "\"1950-01-09\"");
	desk_syncs(&sc->a);
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "birth_date"), "1950-01-09");
	assert_at_county(sc, "1950-01-09");
	assert_at_county(sc, "甲一");
}

/* Two strangers' edits, of which the second was made without having seen ours between. */
static void stranger__is_merged__he_wrote_over_what_he_had_not_seen(void **state)
{
	struct scene *sc = *state;
	AUTO_JSON struct json_object *doc = NULL;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct err err;

	b_writes_and_is_gone(sc);
	assert_ok(json_parse(sc->first, strlen(sc->first), NULL, &doc, &err), &err);
	json_object_object_add(doc, "birthDate", json_object_new_string("1950-01-09"));
	json_write(&text, doc);
	fake_put(&sc->county, text.s);
	desk_syncs(&sc->a);
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "birth_date"), "1950-01-09");
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "nickname"), "阿明");
	assert_at_county(sc, "1950-01-09");
	assert_at_county(sc, "阿明");
}

/* A commit that took long bears a time before that of what it replaced: the county's numbers say which came first. */
static void stranger__is_believed__times_are_out_of_order(void **state)
{
	struct scene *sc = *state;

	sc->county.late_ms = 300000;
	b_writes_and_is_gone(sc);
	fake_edit(&sc->county, "Patient", sc->wang, "birthDate", "\"1950-01-08\"");
	sc->county.late_ms = 0;
	fake_edit(&sc->county, "Patient", sc->wang, "birthDate", "\"1950-01-09\"");
	desk_syncs(&sc->b);
	assert_int_equal(sc->b.fig.conflicts, 0);
	assert_string_equal(desk_field(&sc->b, "resident", sc->wang, "birth_date"), "1950-01-09");
	assert_int_equal(fake_version_of(&sc->county, "Patient", sc->wang), 4);
}

static void copy_then_stranger(struct scene *sc)
{
	fake_put(&sc->county, sc->first);
	fake_edit(&sc->county, "Patient", sc->wang, "birthDate", "\"1950-01-09\"");
	fake_unmark(&sc->county, "Patient", sc->wang);
}

static void assert_both_kept(struct scene *sc, struct desk *d)
{
	assert_string_equal(desk_field(d, "resident", sc->wang, "birth_date"), "1950-01-09");
	assert_string_equal(desk_field(d, "resident", sc->wang, "nickname"), "阿明");
	assert_int_equal(d->fig.conflicts, 0);
	assert_at_county(sc, "1950-01-09");
	assert_at_county(sc, "阿明");
}

/* What he left unchanged is what the copy said: nobody's word. */
static void stranger__is_merged__he_wrote_over_a_copy_and_took_the_mark_off(void **state)
{
	struct scene *sc = *state;

	b_writes_and_is_gone(sc);
	copy_then_stranger(sc);
	desk_syncs(&sc->b);
	assert_both_kept(sc, &sc->b);
	desk_syncs(&sc->a);
	assert_both_kept(sc, &sc->a);
}

/* The same for who came between and never had what was copied. */
static void stranger__is_merged__he_wrote_over_a_copy_of_what_was_never_seen(void **state)
{
	struct scene *sc = *state;
	struct desk c;

	b_writes_and_is_gone(sc);
	desk_open(&c, &sc->county, 9);
	desk_syncs(&c);
	copy_then_stranger(sc);
	desk_syncs(&c);
	assert_both_kept(sc, &c);
	desk_close(&c);
}

/* The county takes in its own lists over thousands of ours: where nothing lies between, nothing is asked. */
static void stranger__is_believed__nothing_lies_between(void **state)
{
	struct scene *sc = *state;
	size_t before = fake_asked(&sc->county, "/_history");

	fake_unmark(&sc->county, "Patient", sc->wang);
	desk_syncs(&sc->a);
	fake_edit(&sc->county, "Patient", sc->wang, "birthDate", "\"1950-01-09\"");
	desk_syncs(&sc->a);
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "birth_date"), "1950-01-09");
	assert_int_equal(fake_asked(&sc->county, "/_history"), before);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, late_open, late_close)
	const struct CMUnitTest tests[] = {
		T(late__undoes_nothing__sender_alone_is_left),
		T(late__undoes_nothing__sender_has_an_edit_waiting),
		T(late__undoes_nothing__of_a_third),
		T(late__undoes_nothing__who_came_later_is_left),
		T(late__is_nobodys_word__in_a_dispute),
		T(late__undoes_nothing__never_taken_before),
		T(late__undoes_nothing__its_mark_was_never_seen),
		T(late__undoes_nothing__derived_sender_is_left),
		T(late__undoes_nothing__derived_who_wrote_between_is_left),
		T(late__undoes_nothing__killed_on_the_way),
		T(late__is_put_right_by_who_wrote_between__no_history),
		T(late__undoes_nothing__a_stranger_wrote_between),
		T(stranger__is_believed__histories_are_forbidden),
		T(stranger__is_believed__he_keeps_the_mark),
		T(stranger__is_believed__while_an_edit_waits),
		T(stranger__is_merged__he_wrote_over_what_he_had_not_seen),
		T(stranger__is_believed__times_are_out_of_order),
		T(stranger__is_merged__he_wrote_over_a_copy_and_took_the_mark_off),
		T(stranger__is_merged__he_wrote_over_a_copy_of_what_was_never_seen),
		T(stranger__is_believed__nothing_lies_between),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
