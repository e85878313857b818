/* Disputes where a stick goes beside the county: each is told once, undone by nobody, and says whose word is on either side. */
#include "stick_scene.h"

#include "app/base/i18n.h"
#include "app/base/json.h"
#include "app/service/merging.h"
#include "sync/vector.h"

/* Both correct it, and the county has B's word. */
static void two_correct(struct scene *sc, struct desk *a, struct desk *b, char followup[RECORD_ID_MAX + 1])
{
	sc->county.now = &b->now;
	snprintf(followup, RECORD_ID_MAX + 1, "%s", desk_followup(a, desk_resident(a, "王小明", "1950-01-02"), 138));
	desk_syncs(a);
	b->now = a->now;
	desk_syncs(b);
	desk_change(b, "followup", followup, "sbp", "142");
	desk_syncs(b);
	desk_change(a, "followup", followup, "sbp", "146");
}

/* Until a person at A decides theirs holds there. */
static void a_hears_of_it(struct desk *a, const char *followup)
{
	desk_sync(a);
	assert_int_equal(a->fig.conflicts, 1);
	assert_string_equal(desk_field(a, "followup", followup, "sbp"), "142");
}

/* That theirs holds for now is nobody's choice: by stick goes what A had written itself, and no more. */
static void stick__tells_no_decision__in_a_dispute_with_the_county(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	two_correct(sc, a, b, wang);
	a_hears_of_it(a, wang);
	carry(sc, a, c);
	assert_string_equal(desk_field(c, "followup", wang, "sbp"), "146");
	carry(sc, a, b);
	assert_string_equal(desk_field(b, "followup", wang, "sbp"), "142");
	assert_int_equal(open_conflicts(b), 1);
	assert_int_equal(carry(sc, a, c).changed, 0);
	assert_ok(conflict_settle(&a->app, first_conflict(a), &(struct conflict_word){ .whole = "theirs" }, &a->err), &a->err);
	carry(sc, a, c);
	assert_string_equal(desk_field(c, "followup", wang, "sbp"), "142");
	carry(sc, a, b);
	assert_int_equal(open_conflicts(b), 0);
}

/* Who has said that he has it does not get it with each file until it is decided; who has not does. */
static void stick__tells_it_once__in_a_dispute_with_the_county(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	two_correct(sc, a, b, wang);
	a_hears_of_it(a, wang);
	assert_int_equal(out_to(sc, a, c).n, 1); /* and is lost */
	assert_int_equal(out_to(sc, a, c).n, 1);
	in_from(sc, c, NULL);
	assert_true(c->ok);
	carry(sc, c, a);
	assert_int_equal(out_to(sc, a, c).n, 1); /* that C's own file came */
	in_from(sc, c, NULL);
	carry(sc, c, a);
	assert_int_equal(out_to(sc, a, c).n, 0);
	desk_resident(a, "李四", "1951-01-02");
	assert_int_equal(carry(sc, a, c).changed, 1);
	assert_ok(conflict_settle(&a->app, first_conflict(a), &(struct conflict_word){ .whole = "theirs" }, &a->err), &a->err);
	carry(sc, a, c);
	assert_string_equal(desk_field(c, "followup", wang, "sbp"), "142");
}

/* It was decided and is in dispute again: what was lent is another version now. */
static void stick__tells_the_next_one_too__in_a_dispute_with_the_county(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	two_correct(sc, a, b, wang);
	a_hears_of_it(a, wang);
	carry(sc, a, c);
	carry(sc, c, a);
	assert_int_equal(out_to(sc, a, c).n, 1); /* that C's own file came */
	in_from(sc, c, NULL);
	carry(sc, c, a);
	assert_int_equal(out_to(sc, a, c).n, 0);
	assert_ok(conflict_settle(&a->app, first_conflict(a), &(struct conflict_word){ .whole = "ours" }, &a->err), &a->err);
	desk_syncs(a);
	b->now = a->now;
	desk_syncs(b);
	desk_change(b, "followup", wang, "sbp", "144");
	desk_syncs(b);
	desk_change(a, "followup", wang, "sbp", "148");
	desk_sync(a);
	assert_int_equal(a->fig.conflicts, 1);
	assert_string_equal(desk_field(a, "followup", wang, "sbp"), "144");
	carry(sc, a, c);
	assert_string_equal(desk_field(c, "followup", wang, "sbp"), "148");
}

/* The other one decides before A does: nothing of A's file undoes that. */
static void stick__undoes_no_decision__in_a_dispute_with_the_county(void **state)
{
	PAIR(state);

	two_correct(sc, a, b, wang);
	carry(sc, a, b);
	a_hears_of_it(a, wang);
	assert_ok(conflict_settle(&b->app, first_conflict(b), &(struct conflict_word){ .whole = "theirs" }, &b->err), &b->err);
	assert_string_equal(desk_field(b, "followup", wang, "sbp"), "146");
	carry(sc, a, b);
	assert_string_equal(desk_field(b, "followup", wang, "sbp"), "146");
	assert_int_equal(open_conflicts(b), 0);
	desk_syncs(b);
	desk_syncs(a);
	assert_int_equal(a->fig.conflicts, 0);
	assert_string_equal(desk_field(a, "followup", wang, "sbp"), "146");
}

/* B wrote upon A's second version, and C has the first and the third, into which another file was joined: that its contact came along
 * says nothing, for the one that B still has was replaced long before.  Nobody but a person can tell. */
static void stick__asks_a_person__what_both_began_with_never_came(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];
	char other[RECORD_ID_MAX + 1];
	struct merge_request q = { .keep = wang, .other = other, .confirmed = true };
	struct merge_result m;

	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	snprintf(other, sizeof(other), "%s", desk_resident(a, "王晓明", "1950-01-02"));
	changes(a, other, "contact_name", "\"甲一\"");
	carry(sc, a, b);
	carry(sc, a, c);
	changes(a, wang, "contact_name", "\"甲〇\"");
	carry(sc, a, b);
	b->now = a->now;
	changes(b, wang, "nickname", "\"阿明\"");
	a->now = b->now;
	changes(a, wang, "contact_name", "\"甲二\"");
	goes_by(a);
	assert_ok(residents_merge(&a->app, &q, &m, &a->err), &a->err);
	desk_change(a, "resident", wang, "contact_name", "\"甲一\"");
	carry(sc, a, c);
	carry(sc, b, c);
	assert_int_equal(open_conflicts(c), 1);
	assert_ok(conflict_settle(&c->app, first_conflict(c), &(struct conflict_word){ .whole = "ours" }, &c->err), &c->err);
	assert_string_equal(desk_field(c, "resident", wang, "nickname"), "阿明");
	assert_string_equal(desk_field(c, "resident", wang, "contact_name"), "甲一");
}

/* C met him when B had written already; A, who went on without seeing that, has the contact that B replaced.  A's is the later
 * version, and yet that contact is not the later word. */
static void stick__asks_a_person__who_met_him_after_another_wrote(void **state)
{
	PAIR(state);
	AUTO_ARENA struct arena mem = { 0 };
	struct conflict *dispute = arena_alloc(&mem, sizeof(*dispute));
	struct desk *c = &sc->d[2];

	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	changes(a, wang, "contact_name", "\"甲一\"");
	desk_syncs(a);
	desk_syncs(b);
	changes(b, wang, "contact_name", "\"乙二\"");
	desk_syncs(b);
	desk_syncs(c);
	a->now = b->now + 60000;
	changes(a, wang, "nickname", "\"阿明\"");
	carry(sc, a, c);
	assert_string_equal(desk_field(c, "resident", wang, "contact_name"), "乙二");
	assert_int_equal(open_conflicts(c), 1);
	assert_ok(conflict_load(&c->app, first_conflict(c), &mem, dispute, &c->err), &c->err);
	assert_string_equal(dispute->fields[0].key, "contact_name");
	assert_false(dispute->fields[0].told);
	assert_ok(conflict_settle(&c->app, first_conflict(c), &(struct conflict_word){ .whole = "ours" }, &c->err), &c->err);
	assert_string_equal(desk_field(c, "resident", wang, "contact_name"), "乙二");
	assert_string_equal(desk_field(c, "resident", wang, "nickname"), "阿明");
}

static void decides_for_theirs(struct desk *d)
{
	assert_int_equal(open_conflicts(d), 1);
	assert_ok(conflict_settle(&d->app, first_conflict(d), &(struct conflict_word){ .whole = "theirs" }, &d->err), &d->err);
}

/* Each gives way to the other, and neither knows it yet: both versions stand before both decisions, so that none of the two is what
 * the other one leaves as it was. */
static void stick__asks_a_person__two_have_decided_for_each_other(void **state)
{
	PAIR(state);
	size_t before;

	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	carry(sc, a, b);
	changes(a, wang, "birth_date", "\"1950-01-03\"");
	changes(b, wang, "birth_date", "\"1950-01-05\"");
	out_to(sc, a, b);
	out_to(sc, b, a);
	in_from(sc, a, NULL);
	in_from(sc, b, NULL);
	goes_by(a);
	goes_by(b);
	decides_for_theirs(a);
	decides_for_theirs(b);
	assert_string_equal(desk_field(a, "resident", wang, "birth_date"), "1950-01-05");
	assert_string_equal(desk_field(b, "resident", wang, "birth_date"), "1950-01-03");
	before = out_to(sc, a, b).n;
	assert_int_equal(out_to(sc, b, a).n + before, 2);
	in_from(sc, a, NULL);
	in_from(sc, b, NULL);
	assert_string_equal(desk_field(a, "resident", wang, "birth_date"), "1950-01-05");
	assert_string_equal(desk_field(b, "resident", wang, "birth_date"), "1950-01-03");
	assert_int_equal(open_conflicts(a), 1);
	decides_for_theirs(b);
	carry(sc, b, a);
	assert_string_equal(desk_field(a, "resident", wang, "birth_date"), "1950-01-05");
	assert_int_equal(open_conflicts(a), 0);
	assert_int_equal(carry(sc, a, b).conflicts, 0);
}

/* b wrote over what a had said.  Then both get what c wrote at the same time, and each has two versions before it that the other's
 * contains: a still says what b had before him, and is no later word for having been merged later (6439). */
static void stick__keeps_the_edit__merged_twice(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	snprintf(wang, sizeof(wang), "%s", desk_resident(c, "王小明", "1950-01-02"));
	carry(sc, c, a);
	desk_change(a, "resident", wang, "contact_name", "\"甲\"");
	carry(sc, a, b);
	b->now += 60000;
	desk_change(b, "resident", wang, "contact_name", "\"乙\"");
	desk_change(c, "resident", wang, "phone", "\"10050000048\"");
	carry(sc, c, b);
	a->now += 120000;
	carry(sc, c, a);
	carry(sc, a, b);
	assert_string_equal(desk_field(b, "resident", wang, "contact_name"), "乙");
	assert_string_equal(desk_field(b, "resident", wang, "phone"), "10050000048");
	for (unsigned i = 0; i < 3; i++)
		round_of_all(sc);
	for (unsigned i = 0; i < DESKS; i++)
		assert_string_equal(desk_field(&sc->d[i], "resident", wang, "contact_name"), "乙");
	all_hold_the_same(sc, "merged twice");
}

/* A joins in the evening what C wrote in the morning.  That is no later word than what B typed at noon (24771). */
static void stick__keeps_the_later_edit__joined_in_the_evening(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	round_of_all(sc);
	changes(a, wang, "nickname", "\"阿明\"");
	c->now = a->now + 60000;
	changes(c, wang, "contact_name", "\"丙\"");
	b->now = c->now + 60000;
	changes(b, wang, "contact_name", "\"乙\"");
	a->now = b->now + 3600000;
	carry(sc, c, a);
	assert_string_equal(desk_field(a, "resident", wang, "contact_name"), "丙");
	carry(sc, b, a);
	assert_string_equal(desk_field(a, "resident", wang, "contact_name"), "乙");
	round_of_all(sc);
	round_of_all(sc);
	all_hold_the_same(sc, "the later edit");
	assert_int_equal(open_conflicts(a) + open_conflicts(b) + open_conflicts(c), 0);
}

/* Its mark is older than the evening, and A knows it for its own all the same: it is no copy of A's disk that wrote it. */
static void stick__knows_its_own_mark__joined_in_the_evening(void **state)
{
	PAIR(state);
	char code[sizeof(a->app.device_code)];

	snprintf(code, sizeof(code), "%s", a->app.device_code);
	sc->county.now = &a->now;
	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	carry(sc, a, b);
	changes(a, wang, "nickname", "\"阿明\"");
	changes(b, wang, "contact_name", "\"乙\"");
	a->now += 3600000;
	carry(sc, b, a);
	desk_syncs(a);
	assert_int_equal(fake_version_of(&sc->county, "Patient", wang), 1);
	fake_edit(&sc->county, "Patient", wang, "photo", "[]");
	desk_syncs(a);
	assert_string_equal(a->app.device_code, code);
}

/* On b: ours 1950-01-05, theirs 1950-01-03. */
static int64_t birthday_in_dispute(struct scene *sc, struct desk *a, struct desk *b, char wang[RECORD_ID_MAX + 1])
{
	snprintf(wang, RECORD_ID_MAX + 1, "%s", desk_resident(a, "王小明", "1950-01-02"));
	carry(sc, a, b);
	changes(a, wang, "birth_date", "\"1950-01-03\"");
	changes(b, wang, "birth_date", "\"1950-01-05\"");
	carry(sc, a, b);
	return first_conflict(b);
}

/* What both began with is known as well when a person has decided, and for ever. */
static void dispute__says_what_it_was__settled(void **state)
{
	PAIR(state);
	AUTO_ARENA struct arena mem = { 0 };
	struct conflict *dispute = arena_alloc(&mem, sizeof(*dispute));
	struct value day;
	int64_t id = birthday_in_dispute(sc, a, b, wang);

	assert_ok(conflict_load(&b->app, id, &mem, dispute, &b->err), &b->err);
	assert_true(dispute->fields[0].told);
	day = dispute->fields[0].base;
	assert_ok(conflict_settle(&b->app, id, &(struct conflict_word){ .whole = "ours" }, &b->err), &b->err);
	changes(b, wang, "birth_date", "\"1950-01-06\"");
	assert_ok(conflict_load(&b->app, id, &mem, dispute, &b->err), &b->err);
	assert_true(dispute->fields[0].told);
	assert_true(value_equal(&dispute->fields[0].base, &day));
}

/* Between looking and saying so another file was taken in: what holds is what somebody has seen, or nothing is decided. */
static void dispute__refuses__what_nobody_saw(void **state)
{
	PAIR(state);
	AUTO_ARENA struct arena mem = { 0 };
	struct conflict *seen = arena_alloc(&mem, sizeof(*seen)), *again = arena_alloc(&mem, sizeof(*again));
	struct conflict_word word = { .whole = "theirs" };
	int64_t id = birthday_in_dispute(sc, a, b, wang);

	assert_ok(conflict_load(&b->app, id, &mem, seen, &b->err), &b->err);
	changes(a, wang, "birth_date", "\"1950-01-04\"");
	carry(sc, a, b);
	word.mark = seen->mark;
	assert_refused(conflict_settle(&b->app, id, &word, &b->err), &b->err, ERR_STALE);
	assert_int_equal(open_conflicts(b), 1);
	assert_string_equal(desk_field(b, "resident", wang, "birth_date"), "1950-01-05");
	assert_ok(conflict_load(&b->app, id, &mem, again, &b->err), &b->err);
	assert_string_not_equal(again->mark, seen->mark);
	changes(b, wang, "nickname", "\"阿明\""); /* that is not what they differ in */
	word.mark = again->mark;
	assert_ok(conflict_settle(&b->app, id, &word, &b->err), &b->err);
	assert_string_equal(desk_field(b, "resident", wang, "birth_date"), "1950-01-04");
}

/* Of a field that is not in dispute, or is named twice, nothing is decided behind anybody's back. */
static void dispute__refuses__a_word_about_nothing(void **state)
{
	PAIR(state);
	struct conflict_choice c[] = { { .key = "birth_date", .take = TAKE_THEIRS }, { .key = "sex", .take = TAKE_NEW, .text = "2" } };
	struct conflict_word word = { .choices = c, .n = 2 };

	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	carry(sc, a, b);
	changes(a, wang, "birth_date", "\"1950-01-03\"");
	changes(b, wang, "birth_date", "\"1950-01-05\"");
	carry(sc, a, b);
	assert_refused(conflict_settle(&b->app, first_conflict(b), &word, &b->err), &b->err, ERR_UNKNOWN_FIELD);
	assert_string_equal(b->err.field, "sex");
	assert_string_equal(b->err.example, "birth_date=ours");
	c[1] = (struct conflict_choice){ .key = "birth_date", .take = TAKE_OURS };
	assert_refused(conflict_settle(&b->app, first_conflict(b), &word, &b->err), &b->err, ERR_DUPLICATE);
	assert_int_equal(open_conflicts(b), 1);
}

/* Neither side was written on the computer where the dispute is seen. */
static void dispute__says_whose__both_came_by_stick(void **state)
{
	PAIR(state);
	AUTO_ARENA struct arena mem = { 0 };
	struct conflict *dispute = arena_alloc(&mem, sizeof(*dispute));
	struct desk *c = &sc->d[2];

	snprintf(wang, sizeof(wang), "%s", desk_resident(c, "王小明", "1950-01-02"));
	carry(sc, c, b);
	changes(b, wang, "birth_date", "\"1950-01-03\"");
	changes(c, wang, "birth_date", "\"1950-01-05\"");
	carry(sc, c, a);
	carry(sc, b, a);
	assert_int_equal(open_conflicts(a), 1);
	assert_ok(conflict_load(&a->app, first_conflict(a), &mem, dispute, &a->err), &a->err);
	assert_string_not_equal(dispute->ours.where, _("this computer"));
	assert_string_not_equal(dispute->theirs.where, _("this computer"));
	assert_true(*dispute->theirs.who);
	assert_false(dispute->fields[0].told);
}

/* Who passes on what another wrote says whose it is. */
static void version__says_whose__passed_on(void **state)
{
	PAIR(state);
	struct desk *c = &sc->d[2];

	sc->county.now = &b->now;
	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	carry(sc, a, b);
	carry(sc, b, c);
	b->now = c->now = a->now;
	desk_syncs(c);
	assert_true(at_county(sc, wang, "urn:cunyi:author"));
	assert_true(at_county(sc, wang, "陈医生11"));
	changes(b, wang, "nickname", "\"阿明\"");
	desk_syncs(b);
	assert_true(at_county(sc, wang, "陈医生12"));
	assert_false(at_county(sc, wang, "陈医生11"));
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(stick__tells_no_decision__in_a_dispute_with_the_county),
		T(stick__tells_it_once__in_a_dispute_with_the_county),
		T(stick__tells_the_next_one_too__in_a_dispute_with_the_county),
		T(stick__undoes_no_decision__in_a_dispute_with_the_county),
		T(stick__asks_a_person__what_both_began_with_never_came),
		T(stick__keeps_the_edit__merged_twice),
		T(stick__keeps_the_later_edit__joined_in_the_evening),
		T(stick__knows_its_own_mark__joined_in_the_evening),
		T(stick__asks_a_person__two_have_decided_for_each_other),
		T(stick__asks_a_person__who_met_him_after_another_wrote),
		T(dispute__says_what_it_was__settled),
		T(dispute__refuses__what_nobody_saw),
		T(dispute__refuses__a_word_about_nothing),
		T(dispute__says_whose__both_came_by_stick),
		T(version__says_whose__passed_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
