/* A death that the county tells ends here what one entered here does, at its day; so does moving away. */
#include "desk.h"

#include "app/base/json.h"
#include "db/stmt.h"

struct scene {
	struct fake_fhir county;
	struct desk a, b;
	char who[RECORD_ID_MAX + 1], roster[RECORD_ID_MAX + 1], contract[RECORD_ID_MAX + 1];
};

static void keep(char out[RECORD_ID_MAX + 1], const char *id)
{
	snprintf(out, RECORD_ID_MAX + 1, "%s", id);
}

/* On the roster and with a contract, on both desks and at the county. */
static int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));
	struct desk *a = &sc->a;
	const char *team;

	desks_open(&sc->county, a, &sc->b);
	keep(sc->who, desk_resident(a, "黄水金", "1950-01-02"));
	team = desk_save(a, "team", "{\"name\":\"一队\"}");
	keep(sc->roster, desk_save(a, "enrolment", "{\"resident\":\"%s\",\"programme\":\"htn\",\"enrolled_on\":\"2020-05-06\"}", sc->who));
	keep(sc->contract, desk_save(a, "contract", "{\"resident\":\"%s\",\"team\":\"%s\",\"start\":\"2026-01-01\",\"signed_by\":\"0\",\"sign_method\":\"1\"}", sc->who, team));
	desk_syncs(a);
	desk_syncs(&sc->b);
	*state = sc;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *sc = *state;

	desks_close(&sc->county, &sc->a, &sc->b);
	free(sc);
	return 0;
}

static int64_t count(struct desk *d, const char *sql)
{
	struct stmt *st;
	int64_t n;
	bool row;

	assert_ok(stmt_adhoc(d->app.db, sql, &st, &d->err), &d->err);
	assert_ok(stmt_step(st, &row, &d->err), &d->err);
	assert_true(row);
	n = stmt_int(st, 0);
	stmt_free(st);
	return n;
}

static void assert_ended(struct desk *d, const struct scene *sc, const char *day, const char *reason)
{
	assert_string_equal(desk_field(d, "enrolment", sc->roster, "status"), "ended");
	assert_string_equal(desk_field(d, "enrolment", sc->roster, "ended_on"), day);
	assert_string_equal(desk_field(d, "enrolment", sc->roster, "end_reason"), reason);
	assert_string_equal(desk_field(d, "contract", sc->contract, "status"), "terminated");
	assert_string_equal(desk_field(d, "contract", sc->contract, "ended_on"), day);
	assert_int_equal(count(d, "SELECT count(*) FROM due"), 0);
}

static void assert_running(struct desk *d, const struct scene *sc)
{
	assert_string_equal(desk_field(d, "enrolment", sc->roster, "status"), "active");
	assert_string_equal(desk_field(d, "enrolment", sc->roster, "ended_on"), "");
	assert_string_equal(desk_field(d, "contract", sc->contract, "status"), "active");
	assert_true(count(d, "SELECT count(*) FROM due") > 0);
}

/* Both desks and the county hold the same, and nothing goes to and fro. */
static void settle(struct scene *sc)
{
	unsigned before[2];

	for (int i = 0; i < 3; i++) {
		desk_syncs(&sc->a);
		desk_syncs(&sc->b);
	}
	before[0] = fake_version_of(&sc->county, "EpisodeOfCare", sc->roster);
	before[1] = fake_version_of(&sc->county, "Contract", sc->contract);
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	assert_int_equal(fake_version_of(&sc->county, "EpisodeOfCare", sc->roster), before[0]);
	assert_int_equal(fake_version_of(&sc->county, "Contract", sc->contract), before[1]);
	assert_int_equal(sc->a.fig.conflicts + sc->b.fig.conflicts, 0);
	assert_int_equal(sc->a.fig.waiting + sc->b.fig.waiting, 0);
	desk_invariants(&sc->a);
	desk_invariants(&sc->b);
}

/* The hospital knows of no rosters of ours: it only says when he died. */
static void death__ends_all_at_its_day__told_by_the_hospital(void **state)
{
	struct scene *sc = *state;

	assert_running(&sc->b, sc);
	fake_edit(&sc->county, "Patient", sc->who, "deceasedDateTime", "\"2026-08-03\"");
	desk_syncs(&sc->b);
	assert_string_equal(desk_field(&sc->b, "resident", sc->who, "status"), "4");
	assert_ended(&sc->b, sc, "2026-08-03", "1");
	settle(sc); /* the other desk heard of it at the same time and says the same */
	assert_ended(&sc->a, sc, "2026-08-03", "1");
}

static void death__ends_the_same__on_two_desks(void **state)
{
	struct scene *sc = *state;

	desk_change(&sc->a, "resident", sc->who, "died_on", "\"2026-08-03\"");
	assert_ended(&sc->a, sc, "2026-08-03", "1");
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	assert_ended(&sc->b, sc, "2026-08-03", "1");
	settle(sc);
	assert_ended(&sc->a, sc, "2026-08-03", "1");
	assert_ended(&sc->b, sc, "2026-08-03", "1");
}

static void death__restores_all__taken_back_elsewhere(void **state)
{
	struct scene *sc = *state;

	fake_edit(&sc->county, "Patient", sc->who, "deceasedDateTime", "\"2026-08-03\"");
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	settle(sc);
	desk_change(&sc->a, "resident", sc->who, "died_on", "null");
	assert_running(&sc->a, sc);
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	settle(sc);
	assert_running(&sc->b, sc);
	assert_running(&sc->a, sc);
}

/* Somebody who had not heard of it yet put him on another roster. */
static void death__ends__what_comes_after_it(void **state)
{
	struct scene *sc = *state;
	char dm[RECORD_ID_MAX + 1];

	desk_change(&sc->a, "resident", sc->who, "died_on", "\"2026-08-03\"");
	desk_syncs(&sc->a);
	keep(dm, desk_save(&sc->b, "enrolment", "{\"resident\":\"%s\",\"programme\":\"dm\",\"enrolled_on\":\"2021-01-01\"}", sc->who));
	settle(sc);
	assert_string_equal(desk_field(&sc->a, "enrolment", dm, "status"), "ended");
	assert_string_equal(desk_field(&sc->b, "enrolment", dm, "ended_on"), "2026-08-03");
}

/* Moved away and back: the new roster began after it, whatever comes first. */
static void move__ends_what_was__not_what_began_since(void **state)
{
	struct scene *sc = *state;
	char anew[RECORD_ID_MAX + 1];

	desk_save(&sc->a, "resident", "{\"id\":\"%s\",\"revision\":1,\"moved_on\":\"2026-06-01\",\"moved_to\":\"泉州\",\"moved_why\":\"1\"}", sc->who);
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	assert_ended(&sc->b, sc, "2026-06-01", "2");
	settle(sc);
	desk_save(&sc->a, "resident", "{\"id\":\"%s\",\"revision\":2,\"status\":\"1\",\"moved_in_on\":\"2026-11-01\",\"moved_in_from\":\"泉州\","
				      "\"moved_in_why\":\"4\"}",
		sc->who);
	keep(anew, desk_save(&sc->a, "enrolment", "{\"resident\":\"%s\",\"programme\":\"htn\",\"enrolled_on\":\"2026-11-02\"}", sc->who));
	settle(sc);
	assert_string_equal(desk_field(&sc->b, "enrolment", anew, "status"), "active");
	assert_string_equal(desk_field(&sc->b, "enrolment", sc->roster, "ended_on"), "2026-06-01");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(death__ends_all_at_its_day__told_by_the_hospital),
		T(death__ends_the_same__on_two_desks),
		T(death__restores_all__taken_back_elsewhere),
		T(death__ends__what_comes_after_it),
		T(move__ends_what_was__not_what_began_since),
	};
#undef T

	return cmocka_run_group_tests(tests, NULL, NULL);
}
