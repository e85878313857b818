/* The model's own judgement: of what has vanished, which is lost, and which did a person choose against? */
#include "model.h"

#include "support/base/check.h"

static struct edit_set of(unsigned n, const size_t e[])
{
	struct edit_set out = { { 0 } };

	for (unsigned i = 0; i < n; i++)
		out.w[e[i] / 64] |= UINT64_C(1) << (e[i] % 64);
	return out;
}

#define SET(...) of(sizeof((size_t[]){ __VA_ARGS__ }) / sizeof(size_t), (size_t[]){ __VA_ARGS__ })
static const struct edit_set nothing;

/* The signs of one follow-up: 0 at one clinic, 1 and 2 at another, where 2 was typed while 0 and 1 were in dispute; 3 at a
 * third, which knew none of them. */
static struct model *open_model(void)
{
	struct model *m = xcalloc(1, sizeof(*m));
	struct edit_set dispute = SET(0, 1);
	char text[32];

	for (size_t e = 0; e < 4; e++) {
		assert_int_equal(model_type(m, 0, FIELD_SIGNS, text, sizeof(text)), (int)e);
		m->edits[e].saved = true;
	}
	edit_sees(m, 2, &dispute);
	return m;
}

/* With `aside` beside what holds, somebody decides for one of the two. */
static void decide(struct model *m, struct edit_set before, struct edit_set aside, struct edit_set after)
{
	model_typed(m, &before, &aside, &after);
}

static int lost(const struct model *m, size_t e)
{
	struct edit_set was = SET(e);

	return model_lost(m, &was, &nothing);
}

static void what_vanishes__is_lost__unless_somebody_chose_against_it(void **state)
{
	struct model *m = open_model();

	(void)state;
	for (size_t e = 0; e < 4; e++)
		assert_int_equal(lost(m, e), (int)e);
	decide(m, SET(3), nothing, nothing);
	assert_int_equal(lost(m, 3), -1);
	for (size_t e = 0; e < 3; e++)
		assert_int_equal(lost(m, e), (int)e);
	free(m);
}

/* 9471 */
static void what_was_left_for_the_older_one__goes__with_that(void **state)
{
	struct model *m = open_model();

	(void)state;
	decide(m, SET(2), SET(0), SET(0));
	assert_int_equal(lost(m, 2), 2);
	decide(m, SET(0), nothing, nothing);
	for (size_t e = 0; e < 3; e++)
		assert_int_equal(lost(m, e), -1);
	assert_int_equal(lost(m, 3), 3);
	free(m);
}

static void the_chosen_one__stays__when_what_it_was_chosen_over_goes(void **state)
{
	struct model *m = open_model();

	(void)state;
	decide(m, SET(2), SET(0), SET(0));
	decide(m, SET(2), nothing, nothing);
	assert_int_equal(lost(m, 2), -1);
	assert_int_equal(lost(m, 0), 0);
	free(m);
}

static void the_last_choice__counts__between_two(void **state)
{
	struct model *m = open_model();

	(void)state;
	decide(m, SET(2), SET(0), SET(0));
	decide(m, SET(0), SET(2), SET(2));
	decide(m, SET(0), SET(3), SET(0));
	decide(m, SET(0), nothing, nothing);
	assert_int_equal(lost(m, 3), -1);
	assert_int_equal(lost(m, 2), 2);
	free(m);
}

static int lost_for(const struct model *m, size_t e, size_t now)
{
	struct edit_set was = SET(e), is = SET(now);

	return model_lost(m, &was, &is);
}

/* Of telephones the later one wins between two that did not know of each other, and no older one ever comes back by itself; but a
 * person may go back to it, and who had typed upon what he left knows nothing of that. */
static void an_older_telephone__comes_back__when_somebody_went_back_to_it(void **state)
{
	struct model *m = xcalloc(1, sizeof(*m));
	char text[32];

	(void)state;
	for (size_t e = 0; e < 4; e++) {
		struct edit_set before = e ? SET(e - 1) : nothing, after = SET(e);

		assert_int_equal(model_type(m, 0, FIELD_PHONE, text, sizeof(text)), (int)e);
		decide(m, e == 3 ? nothing : before, nothing, after); /* 3 was typed by somebody who had seen none */
	}
	assert_int_equal(lost_for(m, 2, 0), 2);
	assert_int_equal(lost_for(m, 2, 3), -1);
	assert_int_equal(lost_for(m, 0, 2), -1);
	decide(m, SET(1), SET(0), SET(0));
	assert_int_equal(lost_for(m, 2, 0), -1);
	assert_int_equal(lost_for(m, 2, 1), 2);
	assert_int_equal(lost_for(m, 0, 1), -1); /* where the decision is not known yet */
	free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_vanishes__is_lost__unless_somebody_chose_against_it),
		cmocka_unit_test(what_was_left_for_the_older_one__goes__with_that),
		cmocka_unit_test(the_chosen_one__stays__when_what_it_was_chosen_over_goes),
		cmocka_unit_test(the_last_choice__counts__between_two),
		cmocka_unit_test(an_older_telephone__comes_back__when_somebody_went_back_to_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
