/* The merge of records, and the moves of an outbox row: pure. */
#include "samples.h"
#include "support/base/check.h"
#include "sync/merge.h"
#include "sync/state.h"

static struct record *resident(struct arena *mem, const char *name, const char *birth, const char *phone)
{
	struct record *rec = record_new(mem, kind_by_id(KIND_RESIDENT)->form);

	record_set_text(rec, "name", name);
	record_set_text(rec, "birth_date", birth);
	record_set_text(rec, "phone", phone);
	return rec;
}

static const struct {
	const char *what;
	const char *base[3], *ours[3], *theirs[3], *want[3]; /* name, birth date, telephone; base NULL: unknown */
	size_t conflicts;
	bool takes_ours, takes_theirs;
} merges[] = {
	{ "nothing changed", { "王", "1950", "1" }, { "王", "1950", "1" }, { "王", "1950", "1" }, { "王", "1950", "1" }, 0, false, false },
	{ "ours only", { "王", "1950", "1" }, { "王", "1950", "2" }, { "王", "1950", "1" }, { "王", "1950", "2" }, 0, true, false },
	{ "theirs only", { "王", "1950", "1" }, { "王", "1950", "1" }, { "王", "1951", "1" }, { "王", "1951", "1" }, 0, false, true },
	{ "different things", { "王", "1950", "1" }, { "王", "1950", "2" }, { "王", "1951", "1" }, { "王", "1951", "2" }, 0, true, true },
	{ "the same thing alike", { "王", "1950", "1" }, { "王", "1951", "1" }, { "王", "1951", "1" }, { "王", "1951", "1" }, 0, false, false },
	{ "the same thing unlike", { "王", "1950", "1" }, { "王", "1951", "1" }, { "王", "1952", "1" }, { "王", "1951", "1" }, 1, true, false },
	{ "one conflict, one merge", { "王", "1950", "1" }, { "王", "1951", "1" }, { "王", "1952", "2" }, { "王", "1951", "2" }, 1, true, true },
	{ "cleared by us", { "王", "1950", "1" }, { "王", "1950", NULL }, { "王", "1950", "1" }, { "王", "1950", NULL }, 0, true, false },
	{ "cleared by them", { "王", "1950", "1" }, { "王", "1950", "1" }, { "王", "1950", NULL }, { "王", "1950", NULL }, 0, false, true },
	{ "cleared and changed", { "王", "1950", "1" }, { "王", NULL, "1" }, { "王", "1951", "1" }, { "王", NULL, "1" }, 1, true, false },
	{ "no base: filled beats empty", { NULL }, { "王", "1950", NULL }, { "王", "1950", "2" }, { "王", "1950", "2" }, 0, false, true },
	{ "no base: unlike", { NULL }, { "王", "1950", "1" }, { "王", "1951", "1" }, { "王", "1950", "1" }, 1, true, false },
};

static struct record *side(struct arena *mem, const char *const v[3])
{
	return v[0] ? resident(mem, v[0], v[1], v[2]) : NULL;
}

static void merge__takes_each_sides_changes__table(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(merges); i++) {
		AUTO_ARENA struct arena mem = { 0 };
		struct record *base = side(&mem, merges[i].base), *ours = side(&mem, merges[i].ours);
		struct record *theirs = side(&mem, merges[i].theirs), *want = side(&mem, merges[i].want);
		struct record *out = record_copy(&mem, ours);
		struct merge m;

		merge_records(KIND_RESIDENT, base, ours, theirs, NULL, out, &m);
		assert_same_record(out, want);
		assert_case(m.n == merges[i].conflicts, i, merges[i].what);
		assert_case(m.takes_ours == merges[i].takes_ours, i, merges[i].what);
		assert_case(m.takes_theirs == merges[i].takes_theirs, i, merges[i].what);
	}
}

/* merge(base, a, b) says the same as merge(base, b, a) but for what is disputed, and merge(base, x, base) is x. */
static void merge__keeps_its_laws__all_kinds(void **state)
{
	(void)state;
	for (int k = 1; k < KIND_MAX; k++)
		for (unsigned seed = 0; seed < 12 && kind_by_id((enum kind_id)k); seed++) {
			AUTO_ARENA struct arena mem = { 0 };
			const char *variant = k == KIND_FOLLOWUP ? "htn" : "";
			struct record *base = sample_record(&mem, (enum kind_id)k, variant, seed);
			struct record *a = sample_record(&mem, (enum kind_id)k, variant, seed + 1), *b = record_copy(&mem, base);
			struct record *x = record_copy(&mem, base), *y = record_copy(&mem, base);
			struct merge m, n;

			merge_records((enum kind_id)k, base, a, base, NULL, x, &m);
			assert_int_equal(m.n, 0);
			assert_same_record(x, a);
			merge_records((enum kind_id)k, base, base, a, NULL, x, &m);
			assert_int_equal(m.n, 0);
			assert_same_record(x, a);
			if (form_field(base->form, "note"))
				record_set_text(b, "note", "另记");
			merge_records((enum kind_id)k, base, a, b, NULL, x, &m);
			merge_records((enum kind_id)k, base, b, a, NULL, y, &n);
			assert_int_equal(m.n, n.n);
			if (!m.n)
				assert_same_record(x, y);
		}
}

static const struct {
	const char *base, *ours, *theirs, *want;
} referrals[] = {
	{ "requested", "requested", "accepted", "accepted" },
	{ "requested", "cancelled", "accepted", "cancelled" }, /* an accepted one may be cancelled still */
	{ "in_progress", "cancelled", "closed", NULL },        /* of two ends neither leads on */
	{ "requested", "accepted", "returned", "returned" }, /* one leads on to the other */
	{ "accepted", "closed", "in_progress", "closed" },
};

static void merge__knows_the_states__referral(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(referrals); i++) {
		AUTO_ARENA struct arena mem = { 0 };
		struct record *base = record_new(&mem, kind_by_id(KIND_REFERRAL)->form), *ours = record_copy(&mem, base);
		struct record *theirs = record_copy(&mem, base), *out = record_copy(&mem, base);
		struct merge m;

		record_set_text(base, "status", referrals[i].base);
		record_set_text(ours, "status", referrals[i].ours);
		record_set_text(theirs, "status", referrals[i].theirs);
		merge_records(KIND_REFERRAL, base, ours, theirs, NULL, out, &m);
		assert_case(m.n == (referrals[i].want ? 0 : 1), i, referrals[i].ours);
		if (referrals[i].want)
			assert_string_equal(record_text(out, "status"), referrals[i].want);
	}
}

static void merge__disputes_the_state__void_against_edit(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *base = resident(&mem, "王", "1950", "1"), *ours = record_copy(&mem, base);
	struct record *theirs = record_copy(&mem, base), *out = record_copy(&mem, base);
	struct merge m;

	(void)state;
	theirs->meta.state = RECORD_VOID;
	merge_records(KIND_RESIDENT, base, ours, theirs, NULL, out, &m);
	assert_int_equal(out->meta.state, RECORD_VOID);
	assert_int_equal(m.n, 0);
	ours->meta.state = RECORD_MERGED;
	merge_records(KIND_RESIDENT, base, ours, theirs, NULL, out, &m);
	assert_int_equal(m.n, 1);
	assert_string_equal(m.conflicts[0], MERGE_STATE);
}

/* Two versions stand before both sides, and each has chosen one of them: that ours says what the base says is a choice, too.  The
 * later version is no ground then, of a telephone neither. */
static void merge__knows_a_choice__between_two_versions(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *base = resident(&mem, "王", "1950", "1"), *ours = record_copy(&mem, base);
	struct record *theirs = resident(&mem, "王", "1951", "2"), *out = record_copy(&mem, base);
	bool *pick = arena_alloc(&mem, base->form->n_fields + 1);
	struct merge m;

	(void)state;
	pick[form_index(base->form, "birth_date")] = pick[form_index(base->form, "phone")] = pick[base->form->n_fields] = true;
	theirs->meta.state = RECORD_VOID;
	for (int later_theirs = 0; later_theirs < 2; later_theirs++)
		for (int is_ours = 0; is_ours < 2; is_ours++) {
			struct record *a = is_ours ? theirs : ours, *b = is_ours ? ours : theirs;
			const struct merge_came came = { .our_pick = is_ours ? pick : NULL, .their_pick = is_ours ? NULL : pick };

			ours->meta.changed_at = 5;
			theirs->meta.changed_at = later_theirs ? 6 : 4;
			merge_records(KIND_RESIDENT, base, a, b, &came, out, &m);
			assert_int_equal(m.n, 3);
			assert_string_equal(m.conflicts[0], "birth_date");
			assert_string_equal(m.conflicts[1], "phone");
			assert_string_equal(m.conflicts[2], MERGE_STATE);
			assert_int_equal(m.n_autos, 0);
		}
}

static void outbox__never_sends_what_is_unknown__moves(void **state)
{
	(void)state;
	assert_false(outbox_may(OUTBOX_UNKNOWN, OUTBOX_SENDING));
	assert_false(outbox_may(OUTBOX_ACKED, OUTBOX_SENDING));
	assert_false(outbox_may(OUTBOX_CONFLICT, OUTBOX_SENDING));
	assert_false(outbox_may(OUTBOX_BLOCKED, OUTBOX_SENDING));
	assert_true(outbox_may(OUTBOX_PENDING, OUTBOX_SENDING));
	for (int s = 0; s < OUTBOX_STATE_COUNT; s++) {
		assert_false(outbox_may(OUTBOX_SUPERSEDED, (enum outbox_state)s)); /* the end */
		assert_false(outbox_may(OUTBOX_ACKED, (enum outbox_state)s));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merge__takes_each_sides_changes__table),
		cmocka_unit_test(merge__keeps_its_laws__all_kinds),
		cmocka_unit_test(merge__knows_the_states__referral),
		cmocka_unit_test(merge__disputes_the_state__void_against_edit),
		cmocka_unit_test(merge__knows_a_choice__between_two_versions),
		cmocka_unit_test(outbox__never_sends_what_is_unknown__moves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
