/* Exchange by stick: several computers, a folder for a stick, and everything that goes wrong with it. */
#include "stick_scene.h"

#include "app/base/path.h"
#include "app/service/receipts.h"
#include "app/service/watch.h"

#define SCENE(state)                   \
	struct scene *sc = *(state);   \
	struct desk *a = &sc->d[0];    \
	struct desk *b = &sc->d[1];    \
	struct desk *c = &sc->d[2]

/* ---- several files for one receiver ---------------------------------------------------------------------------------- */

/* Notes that no packer makes smaller: a file of this size is soon full. */
static void many_residents(struct desk *d, int n)
{
	unsigned seed = 7;

	for (int i = 0; i < n; i++) {
		char note[401];

		for (size_t k = 0; k < 400; k++) {
			seed = seed * 1103515245 + 12345;
			note[k] = (char)('0' + (seed >> 16) % 64);
			if (note[k] == '\\')
				note[k] = 'x';
		}
		note[400] = '\0';
		desk_save(d, "resident", "{\"name\":\"王%d\",\"sex\":\"1\",\"birth_date\":\"1950-01-02\",\"note\":\"%s\"}", i, note);
	}
}

static struct files out_in_parts(struct scene *sc, struct desk *from, struct desk *to)
{
	struct stick_options o = { .to = to->app.device_code, .part_max = 1 };
	struct files fs = { .n = 0 };

	assert_ok(stick_out(&from->app, sc->stick, &o, stick_scene_file, &fs, &from->err), &from->err);
	from->now += 1000;
	return fs;
}

static void stick__goes_in_parts__too_much_for_one_file(void **state)
{
	SCENE(state);
	struct files fs;

	many_residents(a, 900);
	fs = out_in_parts(sc, a, b);
	assert_true(fs.n >= 3);
	assert_int_equal(ask(a, "SELECT count(DISTINCT substr(bundle, 1, 36)) FROM stick_file WHERE dir = 'out'"), 1);
	for (size_t i = fs.n; i-- > 0;) { /* the last one first */
		in_from(sc, b, fs.name[i]);
		assert_ok(b->ok, &b->err);
	}
	assert_int_equal(ask(b, "SELECT count(*) FROM resident"), 900);
	carry(sc, b, a);
	assert_int_equal(ask(a, "SELECT count(*) FROM outbox WHERE remote = 2 AND state < 7"), 0);
	(void)c;
}

static void stick__tells_again__a_part_was_lost(void **state)
{
	SCENE(state);
	struct files fs;
	struct stick_read r;

	many_residents(a, 900);
	fs = out_in_parts(sc, a, b);
	for (size_t i = 0; i < fs.n; i++)
		if (i != 1)
			in_from(sc, b, fs.name[i]);
	assert_true(ask(b, "SELECT count(*) FROM resident") < 900);
	carry(sc, b, a);
	assert_true(ask(a, "SELECT count(*) FROM outbox WHERE remote = 2 AND state = 4") > 0);
	r = carry(sc, a, b);
	assert_true(r.changed > 0 && r.changed < 500); /* the lost ones, not all */
	assert_int_equal(ask(b, "SELECT count(*) FROM resident"), 900);
	(void)c;
}

/* ---- all goes well -------------------------------------------------------------------------------------------------- */

static void stick__brings_all__first_time(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02"), *visit = desk_followup(a, wang, 152);
	struct stick_read r = carry(sc, a, b);

	assert_int_equal(r.fate, STICK_TAKEN);
	assert_true(r.changed >= 4); /* and the doctor, and the clinic */
	assert_int_equal(r.conflicts, 0);
	assert_string_equal(desk_field(b, "resident", wang, "name"), "王小明");
	assert_string_equal(desk_field(b, "followup", visit, "sbp"), "152");
	assert_int_equal(ask(a, "SELECT count(*) FROM outbox WHERE remote = 2 AND state <> 4"), 0);
	(void)c;
}

static void stick__is_confirmed__by_the_return_file(void **state)
{
	SCENE(state);
	struct stick_read r;

	desk_resident(a, "王小明", "1950-01-02");
	carry(sc, a, b);
	r = carry(sc, b, a);
	assert_true(r.confirmed >= 3);
	assert_int_equal(ask(a, "SELECT count(*) FROM outbox WHERE remote = 2 AND state < 7"), 0);
	assert_int_equal(out_to(sc, a, b).n, 1); /* the answer to what came */
	assert_int_equal(out_to(sc, a, b).n, 0);
	assert_true(desk_count(a, "pending") > 0); /* for the county it waits all the same */
	(void)c;
}

static void stick__falls_silent__all_have_all(void **state)
{
	SCENE(state);

	desk_followup(a, desk_resident(a, "王小明", "1950-01-02"), 152);
	desk_resident(b, "李四", "1960-05-06");
	desk_resident(c, "张三", "1955-05-06");
	for (unsigned i = 0; i < 4; i++)
		round_of_all(sc);
	all_hold_the_same(sc, "three rounds");
	sc->n_files = 0;
	round_of_all(sc);
	assert_int_equal(sc->n_files, 0);
}

static void stick__passes_on__what_came_from_another(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02");
	struct stick_read r;

	carry(sc, a, b);
	carry(sc, b, c);
	assert_string_equal(desk_field(c, "resident", wang, "name"), "王小明");
	r = carry(sc, a, c); /* directly, too: nothing new */
	assert_int_equal(r.changed, 0);
	assert_int_equal(r.conflicts, 0);
}

static void stick__takes_the_newer__edited_again(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02");
	struct files first, second;

	first = out_to(sc, a, b);
	desk_change(a, "resident", wang, "phone", "\"10050000048\"");
	second = out_to(sc, a, b); /* the first has not been confirmed: the newer generation goes in its stead */
	in_from(sc, b, second.name[0]);
	assert_ok(b->ok, &b->err);
	assert_string_equal(desk_field(b, "resident", wang, "phone"), "10050000048");
	assert_int_equal(in_from(sc, b, first.name[0]).changed, 0); /* late: changes nothing */
	assert_ok(b->ok, &b->err);
	assert_string_equal(desk_field(b, "resident", wang, "phone"), "10050000048");
	assert_int_equal(in_from(sc, b, second.name[0]).fate, STICK_KNOWN);
	(void)c;
}

static void stick__names_what_is_missing__and_needs_it_not(void **state)
{
	SCENE(state);
	const char *wang, *li;
	struct stick_read r;
	struct files fs;

	wang = desk_resident(a, "王小明", "1950-01-02");
	out_to(sc, a, b);
	li = desk_resident(a, "李四", "1960-05-06");
	fs = out_to(sc, a, b);
	r = in_from(sc, b, fs.name[0]);
	assert_ok(b->ok, &b->err);
	assert_int_equal(r.n_missing, 1);
	assert_int_equal(r.missing[0], 1);
	assert_true(desk_has(b, "resident", wang) && desk_has(b, "resident", li));
	(void)c;
}

/* ---- both changed it ------------------------------------------------------------------------------------------------ */

static void stick__merges__different_fields(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02");

	round_of_all(sc);
	desk_change(a, "resident", wang, "phone", "\"10050000048\"");
	desk_change(b, "resident", wang, "drug_allergy", "[\"1\"]");
	for (unsigned i = 0; i < 3; i++)
		round_of_all(sc);
	for (unsigned i = 0; i < DESKS; i++) {
		assert_string_equal(desk_field(&sc->d[i], "resident", wang, "phone"), "10050000048");
		assert_string_equal(desk_field(&sc->d[i], "resident", wang, "drug_allergy"), desk_field(b, "resident", wang, "drug_allergy"));
		assert_int_equal(open_conflicts(&sc->d[i]), 0);
	}
	all_hold_the_same(sc, "merge");
	(void)c;
}

/* He edits the same field again before he hears of our edit of another one: still no conflict. */
static void stick__merges__edited_again_before_the_answer(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02");

	round_of_all(sc);
	desk_change(b, "resident", wang, "phone", "\"10050000048\"");
	desk_change(a, "resident", wang, "drug_allergy", "[\"1\"]");
	carry(sc, b, a);
	desk_change(b, "resident", wang, "phone", "\"10050000049\"");
	carry(sc, b, a);
	assert_int_equal(open_conflicts(a), 0);
	assert_string_equal(desk_field(a, "resident", wang, "phone"), "10050000049");
	carry(sc, a, b);
	assert_int_equal(open_conflicts(b), 0);
	assert_string_equal(desk_field(b, "resident", wang, "phone"), "10050000049");
	assert_string_equal(desk_field(a, "resident", wang, "drug_allergy"), desk_field(b, "resident", wang, "drug_allergy"));
	(void)c;
}

static void settle_ours(struct desk *d)
{
	const struct conflict_word word = { .whole = "ours" };

	assert_ok(conflict_settle(&d->app, first_conflict(d), &word, &d->err), &d->err);
}

static int64_t autos(struct desk *d)
{
	return ask(d, "SELECT count(*) FROM sync_conflict WHERE state = 'auto'");
}

/* A telephone does no harm: the later edit holds on every computer, and who lost it can see that. */
static void stick__takes_the_later_edit__telephone(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02");

	round_of_all(sc);
	desk_change(a, "resident", wang, "phone", "\"10050000048\"");
	b->now += 60000;
	desk_change(b, "resident", wang, "phone", "\"10050000077\"");
	round_of_all(sc);
	round_of_all(sc);
	for (unsigned i = 0; i < DESKS; i++) {
		assert_int_equal(open_conflicts(&sc->d[i]), 0);
		assert_string_equal(desk_field(&sc->d[i], "resident", wang, "phone"), "10050000077");
	}
	assert_true(autos(a) + autos(b) + autos(c) >= 1);
	all_hold_the_same(sc, "later");
}

/* What it contains came from a clock that is an hour ahead: it is the later one all the same, also for a computer that
 * has it from the county and does not know what it contains. */
static void stick__takes_the_later_edit__seen_on_a_clock_ahead(void **state)
{
	SCENE(state);
	char wang[RECORD_ID_MAX + 1];

	a->now += 3600000;
	snprintf(wang, sizeof(wang), "%s", desk_resident(a, "王小明", "1950-01-02"));
	desk_change(a, "resident", wang, "phone", "\"10050000048\"");
	desk_syncs(a);
	desk_syncs(b);
	desk_change(b, "resident", wang, "phone", "\"10050000077\"");
	desk_syncs(b);
	desk_syncs(c);
	carry(sc, a, c);
	assert_string_equal(desk_field(c, "resident", wang, "phone"), "10050000077");
	for (unsigned i = 0; i < 3; i++)
		round_of_all(sc);
	all_hold_the_same(sc, "ahead");
	assert_string_equal(desk_field(a, "resident", wang, "phone"), "10050000077");
}

static void stick__asks_a_person__same_field(void **state)
{
	SCENE(state);
	const char *wang = desk_resident(a, "王小明", "1950-01-02");

	round_of_all(sc);
	desk_change(a, "resident", wang, "birth_date", "\"1950-01-05\"");
	desk_change(b, "resident", wang, "birth_date", "\"1950-01-07\"");
	round_of_all(sc);
	assert_true(open_conflicts(a) + open_conflicts(b) >= 1);
	{
		struct desk *judge = open_conflicts(a) ? a : b;

		settle_ours(judge);
		for (unsigned i = 0; i < 4; i++)
			round_of_all(sc);
		for (unsigned i = 0; i < DESKS; i++)
			while (first_conflict(&sc->d[i])) /* those who heard of it by a third */
				settle_ours(&sc->d[i]);
		for (unsigned i = 0; i < 4; i++)
			round_of_all(sc);
		all_hold_the_same(sc, "settled");
	}
	(void)c;
}

/* ---- through a relay -------------------------------------------------------------------------------------------------- */

static void knows_as_relay(struct desk *van, struct desk *relay)
{
	AUTO_SBUF struct sbuf card = SBUF_INIT;
	struct stick_peer peer;

	assert_ok(stick_card(&relay->app, &card, &relay->err), &relay->err);
	assert_ok(stick_peer_add(&van->app, card.s, true, &peer, &van->err), &van->err);
}

/* a is a van that never sees a network; b is the township's computer. */
static void relay__brings_receipts__van_without_network(void **state)
{
	SCENE(state);
	const char *wang, *visit;
	struct stick_read r;

	sc->county.now = &b->now;
	knows_as_relay(a, b);
	desk_syncs(b);
	wang = desk_resident(a, "王小明", "1950-01-02");
	visit = desk_followup(a, wang, 152);
	carry(sc, a, b);
	assert_int_equal(desk_county(a, "resident", wang), COUNTY_CARRIED);
	assert_false(fake_version_of(&sc->county, "Patient", wang));
	desk_syncs(b);
	assert_int_equal(fake_version_of(&sc->county, "Patient", wang), 1);
	assert_int_equal(fake_count(&sc->county, "AllergyIntolerance"), 1);
	r = carry(sc, b, a);
	assert_true(r.at_county >= 3);
	assert_int_equal(desk_county(a, "resident", wang), COUNTY_AT_COUNTY);
	assert_int_equal(desk_county(a, "followup", visit), COUNTY_AT_COUNTY);
	for (unsigned i = 0; i < 2; i++) {
		carry(sc, a, b);
		carry(sc, b, a);
	}
	carry(sc, a, b);
	assert_int_equal(ask(b, "SELECT count(*) FROM stick_receipt WHERE remote = 2"), 0); /* heard, and not told again */
	(void)c;
}

static void nothing_waits(struct scene *sc, const char *wang)
{
	struct desk *van = &sc->d[0], *relay = &sc->d[1];

	for (unsigned i = 0; i < 3; i++) {
		carry(sc, van, relay);
		relay->now += 1000;
		desk_syncs(relay);
		carry(sc, relay, van);
	}
	assert_int_equal(ask(van, "SELECT count(*) FROM outbox WHERE remote = 1 AND state < 7"), 0);
	assert_int_equal(desk_county(van, "resident", wang), COUNTY_AT_COUNTY);
	assert_int_equal(fake_version_of(&sc->county, "Patient", wang), 1);
}

/* The relay has him from the county, where another clinic wrote him: for the van he is there as well. */
static void relay__leaves_nothing_waiting__somebody_elses_records(void **state)
{
	SCENE(state);
	char wang[RECORD_ID_MAX + 1];

	sc->county.now = &b->now;
	knows_as_relay(a, b);
	snprintf(wang, sizeof(wang), "%s", desk_resident(c, "王小明", "1950-01-02"));
	desk_syncs(c);
	nothing_waits(sc, wang);
}

/* Another laptop may have sent the version that it brought, so what the van writes upon it stands behind; the county has both. */
static void relay__leaves_nothing_waiting__written_upon_what_came_by_stick(void **state)
{
	SCENE(state);
	char wang[RECORD_ID_MAX + 1];

	sc->county.now = &b->now;
	knows_as_relay(a, b);
	snprintf(wang, sizeof(wang), "%s", desk_resident(c, "王小明", "1950-01-02"));
	carry(sc, c, a);
	desk_change(a, "resident", wang, "phone", "\"10050000048\"");
	nothing_waits(sc, wang);
}

/* What the relay itself wrote is at the county for the van as well: nothing waits for ever. */
static void relay__leaves_nothing_waiting__its_own_records(void **state)
{
	SCENE(state);

	sc->county.now = &b->now;
	knows_as_relay(a, b);
	desk_resident(b, "李四", "1960-05-06");
	nothing_waits(sc, desk_resident(a, "王小明", "1950-01-02"));
	assert_int_equal(fake_count(&sc->county, "Patient"), 2);
	sc->n_files = 0;
	for (unsigned i = 0; i < 2; i++) {
		carry(sc, a, b);
		carry(sc, b, a);
	}
	assert_true(sc->n_files <= 2);
	(void)c;
}

/* The county changes it, and the van goes on meanwhile. */
static void relay__brings_the_countys_changes__both_edited(void **state)
{
	SCENE(state);
	const char *wang;

	sc->county.now = &b->now;
	knows_as_relay(a, b);
	wang = desk_resident(a, "王小明", "1950-01-02");
	carry(sc, a, b);
	desk_change(a, "resident", wang, "phone", "\"10050000048\"");
	desk_syncs(b);
	b->now += 1000;
	fake_edit(&sc->county, "Patient", wang, "birthDate", "\"1950-01-09\"");
	desk_syncs(b);
	carry(sc, b, a);
	assert_int_equal(open_conflicts(a), 0);
	assert_string_equal(desk_field(a, "resident", wang, "birth_date"), "1950-01-09");
	assert_string_equal(desk_field(a, "resident", wang, "phone"), "10050000048");
	carry(sc, a, b);
	b->now += 1000;
	desk_syncs(b);
	carry(sc, b, a);
	assert_string_equal(desk_field(b, "resident", wang, "phone"), "10050000048");
	assert_int_equal(fake_version_of(&sc->county, "Patient", wang), 3);
	assert_int_equal(desk_county(a, "resident", wang), COUNTY_AT_COUNTY);
	assert_int_equal(fake_count(&sc->county, "Patient"), 1);
	desk_invariants(b);
	(void)c;
}

/* A van that only hears by sticks asks the county to decide. */
static void relay__brings_the_countys_decision__dispute_was_sent(void **state)
{
	SCENE(state);
	char wang[RECORD_ID_MAX + 1], task[RECORD_ID_MAX + 1];
	AUTO_FREE char *bad = NULL;

	sc->county.now = &b->now;
	knows_as_relay(a, b);
	snprintf(wang, sizeof(wang), "%s", desk_resident(b, "王小明", "1950-01-02"));
	desk_syncs(b);
	carry(sc, b, a);
	carry(sc, a, b);
	desk_change(b, "resident", wang, "birth_date", "\"1950-01-05\"");
	desk_change(a, "resident", wang, "birth_date", "\"1950-01-07\"");
	desk_syncs(b);
	carry(sc, b, a);
	assert_int_equal(open_conflicts(a), 1);
	assert_ok(conflict_send(&a->app, first_conflict(a), "身份证在县里", &a->err), &a->err);
	carry(sc, a, b);
	assert_int_equal(open_conflicts(b), 1);
	settle_ours(b);
	b->now += 1000;
	desk_syncs(b);
	snprintf(task, sizeof(task), "%s", fake_nth(&sc->county, "Task", 0));
	fake_edit(&sc->county, "Patient", wang, "birthDate", "\"1950-01-09\"");
	fake_edit(&sc->county, "Task", task, "status", "\"completed\"");
	b->now += 1000;
	desk_syncs(b);
	/* Beside it lies a file that is none: what is good is taken in, and followed, all the same. */
	bad = path_join(sc->stick, "a-0-1.cbx.age");
	assert_ok(path_write(bad, "x", 1, &a->err), &a->err);
	out_to(sc, b, a);
	in_from(sc, a, NULL);
	assert_false(a->ok);
	assert_int_equal(open_conflicts(a), 0);
	assert_string_equal(desk_field(a, "resident", wang, "birth_date"), "1950-01-09");
	(void)c;
}

static void relay__brings_the_refusal__refused_record(void **state)
{
	SCENE(state);
	const char *wang;

	sc->county.now = &b->now;
	knows_as_relay(a, b);
	desk_syncs(b);
	wang = desk_resident(a, "王小明", "1950-01-02");
	snprintf(sc->county.refuse_id, sizeof(sc->county.refuse_id), "%s", wang);
	sc->county.refuse_status = 422;
	carry(sc, a, b);
	desk_syncs(b);
	carry(sc, b, a);
	assert_int_equal(desk_county(a, "resident", wang), COUNTY_REFUSED);
	sc->county.refuse_id[0] = 0;
	desk_change(a, "resident", wang, "phone", "\"10050000048\""); /* put right, it goes again */
	carry(sc, a, b);
	b->now += 1000;
	desk_syncs(b);
	carry(sc, b, a);
	assert_int_equal(desk_county(a, "resident", wang), COUNTY_AT_COUNTY);
	(void)c;
}

/* It went out by stick, and then the van comes online itself: asked first, and not written twice. */
static void relay__is_no_double__van_online_too(void **state)
{
	SCENE(state);
	const char *wang;
	size_t n;

	sc->county.now = &b->now;
	knows_as_relay(a, b);
	wang = desk_resident(a, "王小明", "1950-01-02");
	carry(sc, a, b);
	desk_syncs(b);
	n = fake_count(&sc->county, NULL);
	sc->county.now = &a->now;
	a->now += 60000;
	desk_syncs(a);
	assert_int_equal(a->fig.waiting, 0);
	assert_int_equal(fake_version_of(&sc->county, "Patient", wang), 1);
	assert_true(fake_count(&sc->county, NULL) >= n);
	assert_int_equal(desk_county(a, "resident", wang), COUNTY_AT_COUNTY);
	desk_invariants(a);
	(void)c;
}

/* What is on the way by stick is not at the county yet, whoever counts it. */
static void relay__is_waited_for__every_count_alike(void **state)
{
	SCENE(state);
	struct receipt_counts all;
	struct glance glance;

	knows_as_relay(a, b);
	desk_resident(a, "王小明", "1950-01-02");
	carry(sc, a, b);
	assert_ok(receipts_all(&a->app, &all, &a->err), &a->err);
	assert_ok(watch_glance(&a->app, &glance, &a->err), &a->err);
	assert_true(all.waiting > 0);
	assert_int_equal(glance.waiting, all.waiting);
	(void)c;
}

/* A laptop that did not ask hears nothing of the county. */
static void relay__is_silent__not_asked(void **state)
{
	SCENE(state);
	sc->county.now = &b->now;
	desk_syncs(b);
	desk_resident(a, "王小明", "1950-01-02");
	carry(sc, a, b);
	desk_syncs(b);
	assert_int_equal(carry(sc, b, a).at_county, 0);
	(void)c;
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(stick__brings_all__first_time),
		T(stick__is_confirmed__by_the_return_file),
		T(stick__falls_silent__all_have_all),
		T(stick__passes_on__what_came_from_another),
		T(stick__goes_in_parts__too_much_for_one_file),
		T(stick__tells_again__a_part_was_lost),
		T(stick__takes_the_newer__edited_again),
		T(stick__names_what_is_missing__and_needs_it_not),
		T(stick__merges__different_fields),
		T(stick__merges__edited_again_before_the_answer),
		T(stick__takes_the_later_edit__telephone),
		T(stick__takes_the_later_edit__seen_on_a_clock_ahead),
		T(stick__asks_a_person__same_field),
		T(relay__brings_receipts__van_without_network),
		T(relay__leaves_nothing_waiting__its_own_records),
		T(relay__leaves_nothing_waiting__somebody_elses_records),
		T(relay__leaves_nothing_waiting__written_upon_what_came_by_stick),
		T(relay__brings_the_countys_changes__both_edited),
		T(relay__brings_the_countys_decision__dispute_was_sent),
		T(relay__brings_the_refusal__refused_record),
		T(relay__is_no_double__van_online_too),
		T(relay__is_waited_for__every_count_alike),
		T(relay__is_silent__not_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
