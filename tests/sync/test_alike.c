/* Two computers of one clinic that were set up by themselves: its organisation is one when they meet. */
#include "hub_scene.h"

#include "app/service/imports_int.h"

struct scene {
	struct fake_fhir county;
	struct desk a, b;
};

static int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	desks_open(&sc->county, &sc->a, &sc->b);
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

#define SCENE(state)                 \
	struct scene *sc = *(state); \
	struct desk *a = &sc->a, *b = &sc->b

static size_t organisations_at(struct fake_fhir *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += f->versions[i].latest && strcmp(f->versions[i].type, "Organization") == 0;
	return n;
}

static bool count_one(void *ctx, const struct record *rec)
{
	(void)rec;
	++*(size_t *)ctx;
	return true;
}

static size_t organisations_of(struct desk *d)
{
	const struct list_query q = { .kind = kind_by_name("organisation") };
	size_t n = 0;

	assert_ok(records_list(&d->app, &q, count_one, &n, &d->err), &d->err);
	return n;
}

static const char *org(struct desk *d, const char *key)
{
	return desk_field(d, "organisation", d->app.clinic.org_id, key);
}

/* One record, no dispute, and what was written about it first stays. */
static void is_one(struct desk *d, const char *phone)
{
	assert_int_equal(organisations_of(d), 1);
	assert_int_equal(d->fig.conflicts + d->fig.waiting, 0);
	assert_string_equal(org(d, "phone"), phone);
}

static void clinic__is_one__both_set_up_alone(void **state)
{
	SCENE(state);

	assert_string_equal(a->app.clinic.org_id, b->app.clinic.org_id);
	desk_change(a, "organisation", a->app.clinic.org_id, "phone", "\"10050000048\"");
	desk_syncs(a);
	b->now += 1000;
	desk_syncs(b);
	desk_syncs(a);
	assert_int_equal(organisations_at(&sc->county), 1);
	is_one(a, "10050000048");
	is_one(b, "10050000048");
}

/* Who typed its name later has it his way; nobody is asked. */
static void clinic__is_one__names_differ(void **state)
{
	SCENE(state);

	desk_change(a, "organisation", a->app.clinic.org_id, "phone", "\"10050000048\"");
	b->now += 60000;
	desk_change(b, "organisation", b->app.clinic.org_id, "name", "\"东村村卫生室\"");
	desk_syncs(a);
	desk_syncs(b);
	desk_syncs(a);
	assert_int_equal(organisations_at(&sc->county), 1);
	is_one(a, "10050000048");
	is_one(b, "10050000048");
	assert_string_equal(org(a, "name"), "东村村卫生室");
	assert_string_equal(org(b, "name"), "东村村卫生室");
}

/* Not every server looks at ifNoneMatch. */
static void clinic__loses_nothing__server_replaces_unseen(void **state)
{
	SCENE(state);

	sc->county.ignores_none_match = true;
	clinic__is_one__both_set_up_alone(state);
	(void)a;
	(void)b;
}

static void village__is_one__both_read_a_list(void **state)
{
	static const char *const written[] = { "上坂村", "上坂村民委员会" };
	struct scene *sc = *state;
	struct desk *const both[] = { &sc->a, &sc->b };

	for (size_t i = 0; i < 2; i++) {
		AUTO_WORK struct work w = { 0 };
		struct import_places p;
		const struct import_village *v;
		struct desk *d = both[i];

		assert_ok(import_places_read(&p, &d->app, &d->err) && work_begin(&w, &d->app, &d->err) &&
			import_village_make(&p, written[i], false, &v, &d->err) && work_commit(&w, &d->err), &d->err);
		import_places_release(&p);
	}
	for (size_t i = 0; i < 4; i++)
		desk_syncs(both[i % 2]);
	assert_int_equal(organisations_at(&sc->county), 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(organisations_of(both[i]), 2);
		assert_int_equal(both[i]->fig.conflicts, 0);
	}
}

/* A village that was made so and has got another name since is not taken for the one of the old name. */
static void village__is_another__first_was_renamed(void **state)
{
	SCENE(state);
	AUTO_WORK struct work w = { 0 };
	struct import_places p;
	const struct import_village *v;
	char first[RECORD_ID_MAX + 1];

	(void)b;
	assert_ok(import_places_read(&p, &a->app, &a->err) && work_begin(&w, &a->app, &a->err) &&
		import_village_make(&p, "上坂村", false, &v, &a->err) && work_commit(&w, &a->err), &a->err);
	snprintf(first, sizeof(first), "%s", v->id);
	import_places_release(&p);
	desk_change(a, "organisation", first, "name", "\"下坂村\"");
	assert_ok(import_places_read(&p, &a->app, &a->err) && work_begin(&w, &a->app, &a->err) &&
		import_village_make(&p, "上坂村", false, &v, &a->err) && work_commit(&w, &a->err), &a->err);
	assert_string_not_equal(v->id, first);
	import_places_release(&p);
	assert_string_equal(desk_field(a, "organisation", first, "name"), "下坂村");
	assert_int_equal(organisations_of(a), 3);
}

static void clinic__is_one__at_the_hub(void **state)
{
	struct office *o = xcalloc(1, sizeof(*o));

	(void)state;
	office_open(o, 3);
	desk_change(&o->pc[1], "organisation", o->pc[1].app.clinic.org_id, "phone", "\"10050000048\"");
	for (size_t i = 0; i < 2; i++) {
		office_settle(o);
		desk_syncs(&o->pc[0]);
	}
	office_settle(o);
	for (size_t i = 0; i < 3; i++)
		is_one(&o->pc[i], "10050000048");
	assert_int_equal(organisations_at(&o->county), 1);
	office_close(o);
	free(o);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(clinic__is_one__both_set_up_alone),
		T(clinic__is_one__names_differ),
		T(clinic__loses_nothing__server_replaces_unseen),
		T(village__is_one__both_read_a_list),
		T(village__is_another__first_was_renamed),
		cmocka_unit_test(clinic__is_one__at_the_hub),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
