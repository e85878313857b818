/* What the forms compute and check across their fields. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "app/base/date.h"
#include "app/clinic/forms/forms.h"
#include "app/clinic/record.h"

enum { TODAY = 20779 }; /* 2026-11-22 */

struct world {
	struct arena mem;
	struct form_context cx;
	struct findings fs;
};

static int set_up(void **state)
{
	struct world *w = xcalloc(1, sizeof *w);

	w->cx = (struct form_context){ .today = TODAY, .last_visit = NO_DAY };
	findings_init(&w->fs, &w->mem);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	arena_release(&w->mem);
	mem_auto_free(&w);
	return 0;
}

/* A record from "key=value" pairs; values as people type them. */
static struct record *make(struct world *w, const struct form_def *form, const char *const *pairs)
{
	struct record *rec = record_new(&w->mem, form);

	for (; *pairs; pairs += 2) {
		const struct field *f = form_field(form, pairs[0]);
		struct value v;
		struct err err;

		assert_non_null(f);
		assert_true(field_parse(f, pairs[1], TODAY, &w->mem, &v, &err));
		record_set(rec, pairs[0], &v);
	}
	return rec;
}
#define MAKE(w, form, ...) make(w, form, (const char *const[]){ __VA_ARGS__, NULL })

static struct record *resident(struct world *w, const char *key, const char *value)
{
	return MAKE(w, &resident_form, "name", "陈桂兰", "sex", "2", "birth_date", "1952-03-15", key, value);
}

static const struct finding *find(const struct findings *fs, const char *field, enum finding_level level)
{
	for (const struct finding *f = fs->first; f; f = f->next)
		if (!strcmp(f->field, field) && f->level == level)
			return f;
	return NULL;
}

static const struct findings *check(struct world *w, struct record *rec)
{
	findings_init(&w->fs, &w->mem);
	record_check(rec, &w->cx, &w->fs);
	return &w->fs;
}

static void resident__takes_sex_and_birth__from_the_id(void **state)
{
	struct world *w = *state;
	struct record *rec = MAKE(w, &resident_form, "name", "陈桂兰", "id_number", "３５０２９９１９５２０３１５００４８");

	check(w, rec);
	assert_int_equal(w->fs.errors, 0);
	assert_string_equal(record_text(rec, "sex"), "2");
	assert_string_equal(record_text(rec, "birth_date"), "1952-03-15");
	assert_string_equal(record_text(rec, "id_type"), "01");
	assert_string_equal(record_text(rec, "id_number"), "350299195203150048");
	assert_string_equal(record_text(rec, "status"), "1");
}

static void resident__is_refused__wrong_check_digit(void **state)
{
	struct world *w = *state;
	const struct finding *f = find(check(w, resident(w, "id_number", "350299195203150047")), "id_number", FINDING_ERROR);

	assert_string_equal(f ? f->example : "no error", "350299195203150048");
}

static void resident__asks_and_keeps_both__id_says_otherwise(void **state)
{
	struct world *w = *state;
	struct record *rec = MAKE(w, &resident_form, "name", "陈桂兰", "sex", "1", "birth_date", "1952-03-16", "id_number",
		"350299195203150048");
	const struct findings *fs = check(w, rec);

	assert_int_equal(fs->errors, 0);
	assert_non_null(find(fs, "sex", FINDING_QUESTION));
	assert_non_null(find(fs, "birth_date", FINDING_QUESTION));
	assert_string_equal(record_text(rec, "sex"), "1");
	assert_string_equal(record_text(rec, "birth_date"), "1952-03-16");
}

static void resident__findings__one_by_one(void **state)
{
	static const struct {
		const char *key, *value, *field;
		enum finding_level level;
	} cases[] = {
		{ "name", "陈桂兰", "phone", FINDING_WARNING },
		{ "phone", "12", "phone", FINDING_WARNING },
		{ "name", "陈桂兰", "id_number", FINDING_WARNING },
		{ "id_type", "99", "no_id_reason", FINDING_ERROR },
		{ "file_no", "3502990011010001", "file_no", FINDING_ERROR },
		{ "file_no", "35029900155500017", "file_no", FINDING_WARNING },
		{ "guardian_id", "350299195203150047", "guardian_id", FINDING_ERROR },
		{ "died_on", "1952-03-14", "died_on", FINDING_ERROR },
		{ "died_on", "2026-01-01", "death_cause", FINDING_WARNING },
		{ "status", "3", "moved_on", FINDING_WARNING },
		{ "status", "5", "lost_reason", FINDING_WARNING },
		{ "has_surgery", "2", "past_surgery", FINDING_WARNING },
		{ "genetic", "2", "genetic_text", FINDING_WARNING },
		{ "drug_allergy", "5", "drug_allergy_other", FINDING_WARNING },
		{ "filed_on", "2027-01-01", "filed_on", FINDING_ERROR },
		{ "birth_order", "0", "birth_order", FINDING_ERROR },
	};
	struct world *w = *state;

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		if (!find(check(w, resident(w, cases[i].key, cases[i].value)), cases[i].field, cases[i].level))
			fail_msg("%s=%s: no finding on %s", cases[i].key, cases[i].value, cases[i].field);
}

static void resident__died__status_follows(void **state)
{
	struct world *w = *state;
	struct record *rec = resident(w, "died_on", "2026-01-01");

	check(w, rec);
	assert_string_equal(record_text(rec, "status"), "4");
}

static void resident__past_disease__none_beside_others(void **state)
{
	struct world *w = *state;
	struct record *rec = resident(w, "phone", "10050000048"), *item;

	record_set_text(record_add_item(rec, "past_disease"), "code", "1");
	item = record_add_item(rec, "past_disease");
	record_set_text(item, "code", "12");
	record_set_text(item, "diagnosed", "1951");
	check(w, rec);
	assert_non_null(find(&w->fs, "past_disease", FINDING_ERROR));
	assert_non_null(find(&w->fs, "past_disease[1].diagnosed", FINDING_ERROR));
	assert_non_null(find(&w->fs, "past_disease[1].text", FINDING_WARNING));
}

static void resident__man__not_pregnant(void **state)
{
	struct world *w = *state;
	struct record *rec = resident(w, "key_flags", "1,3");

	assert_null(find(check(w, rec), "key_flags", FINDING_ERROR));
	record_set_text(rec, "sex", "1");
	assert_non_null(find(check(w, rec), "key_flags", FINDING_ERROR));
}

/* ---- contracts ---------------------------------------------------------------------------------------------- */

static void contract__end_follows__from_start_and_years(void **state)
{
	static const struct { const char *start, *years, *end, *want_end; int want_years; } cases[] = {
		{ "2026-01-01", "1", "", "2026-12-31", 1 },
		{ "2026-01-01", "", "", "2026-12-31", 1 },
		{ "2026-04-01", "3", "", "2029-03-31", 3 },
		{ "2024-02-29", "1", "", "2025-02-27", 1 },
		{ "2026-01-01", "", "2027-12-31", "2027-12-31", 2 },
		{ "2026-01-01", "1", "2027-03-31", "2027-03-31", 1 },
	};
	struct world *w = *state;

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct record *rec = MAKE(w, &contract_form, "start", cases[i].start, "years", cases[i].years, "end", cases[i].end);

		check(w, rec);
		assert_string_equal(record_text(rec, "end"), cases[i].want_end);
		assert_int_equal(record_num(rec, "years", 0), cases[i].want_years);
	}
}

static void contract__asks__term_out_of_bounds(void **state)
{
	struct world *w = *state;

	assert_non_null(find(check(w, MAKE(w, &contract_form, "start", "2026-01-01", "end", "2025-12-31")), "end", FINDING_ERROR));
	assert_non_null(find(check(w, MAKE(w, &contract_form, "start", "2026-01-01", "end", "2026-12-30")), "end", FINDING_QUESTION));
	assert_null(find(check(w, MAKE(w, &contract_form, "start", "2026-01-01", "end", "2026-12-31")), "end", FINDING_QUESTION));
	assert_non_null(find(check(w, MAKE(w, &contract_form, "start", "2026-01-01", "end", "2029-01-01")), "end", FINDING_QUESTION));
	assert_non_null(find(check(w, MAKE(w, &contract_form, "start", "2026-01-01", "years", "1", "end", "2027-03-31")), "end",
		FINDING_WARNING));
}

static void contract__key_groups__from_the_resident(void **state)
{
	struct world *w = *state;
	struct record *who = resident(w, "key_flags", "1"), *rec;

	record_set_text(record_add_item(who, "past_disease"), "code", "2");
	record_set_text(who, "disability", "2,5");
	w->cx.resident = who;
	rec = MAKE(w, &contract_form, "start", "2026-01-01");
	check(w, rec);
	assert_string_equal(record_text(rec, "key_groups"), "elderly,disabled,poverty,htn");
}

/* ---- enrolments, visits, referrals, exams ---------------------------------------------------------------------- */

static void enrolment__asks__age_and_diagnosis(void **state)
{
	static const struct { const char *programme, *birth, *icd, *field; bool asked; } cases[] = {
		{ "htn", "1991-11-22", "I10", "programme", false },
		{ "htn", "1991-11-23", "I10", "programme", true },
		{ "htn", "1952-03-15", "I13.9", "icd10", false },
		{ "htn", "1952-03-15", "I15", "icd10", true },

	};
	struct world *w = *state;

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct record *who = resident(w, "birth_date", cases[i].birth);
		struct record *rec = MAKE(w, &enrolment_form, "programme", cases[i].programme, "enrolled_on", "2026-11-22", "icd10",
			cases[i].icd);

		w->cx.resident = who;
		if (!!find(check(w, rec), cases[i].field, FINDING_QUESTION) != cases[i].asked)
			fail_msg("%s %s %s", cases[i].programme, cases[i].birth, cases[i].icd);
		assert_string_equal(record_text(rec, "status"), "active");
	}
}

/* A code that is there already is asked about, never replaced. */
static void enrolment__proposes_the_code__of_its_programme(void **state)
{
	struct world *w = *state;
	struct record *rec = MAKE(w, &enrolment_form, "programme", "htn", "enrolled_on", "2026-01-01");

	check(w, rec);
	assert_string_equal(record_text(rec, "icd10"), "I10");
	record_set_text(rec, "programme", "dm");
	assert_non_null(find(check(w, rec), "icd10", FINDING_QUESTION));
	assert_string_equal(record_text(rec, "icd10"), "I10");
	record_set_text(rec, "icd10", NULL);
	check(w, rec);
	assert_string_equal(record_text(rec, "icd10"), "E11");
}

static void enrolment__ends__with_a_date(void **state)
{
	struct world *w = *state;
	struct record *rec = MAKE(w, &enrolment_form, "programme", "htn", "enrolled_on", "2026-01-01", "ended_on", "2026-02-01");
	const struct findings *fs = check(w, rec);

	assert_string_equal(record_text(rec, "status"), "ended");
	assert_non_null(find(fs, "end_reason", FINDING_WARNING));
	record_set_text(rec, "ended_on", "2025-12-31");
	assert_non_null(find(check(w, rec), "ended_on", FINDING_ERROR));
}

static void visit__findings__one_by_one(void **state)
{
	static const struct {
		const char *key, *value, *key2, *value2, *field;
		enum finding_level level;
		bool there;
	} cases[] = {
		{ "sbp", "120", "dbp", "120", "dbp", FINDING_ERROR, true },
		{ "sbp", "120", "dbp", "101", "dbp", FINDING_QUESTION, true },
		{ "sbp", "120", "dbp", "100", "dbp", FINDING_QUESTION, false },
		{ "sbp", "1300", "dbp", "80", "sbp", FINDING_ERROR, true },
		{ "sbp", "230", "dbp", "110", "sbp", FINDING_QUESTION, true },
		{ "sbp", "120", "informant", "2", "sbp", FINDING_ERROR, true },
		{ "date", "2026-11-23", "place", "1", "date", FINDING_ERROR, true },
		{ "date", "1952-03-14", "place", "1", "date", FINDING_ERROR, true },
		{ "onset_date", "2026-11-22", "date", "2026-11-21", "onset_date", FINDING_ERROR, true },
		{ "complaint", "发热2天", "place", "1", "temperature", FINDING_WARNING, true },
		{ "status", "finished", "place", "1", "diagnosis", FINDING_WARNING, true },
		{ "glucose", "6.4", "place", "1", "glucose_kind", FINDING_WARNING, true },
		{ "temperature", "39.1", "place", "1", "temperature", FINDING_QUESTION, true },
		{ "temperature", "39", "place", "1", "temperature", FINDING_QUESTION, false },
	};
	struct world *w = *state;

	w->cx.resident = resident(w, "phone", "10050000048");
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct record *rec = MAKE(w, &visit_form, "date", "2026-11-22", cases[i].key, cases[i].value, cases[i].key2,
			cases[i].value2);

		if (!!find(check(w, rec), cases[i].field, cases[i].level) != cases[i].there)
			fail_msg("case %zu: %s=%s %s=%s", i, cases[i].key, cases[i].value, cases[i].key2, cases[i].value2);
	}
}

static void visit__late_entry__told_at_the_first_save(void **state)
{
	struct world *w = *state;
	struct record *rec = MAKE(w, &visit_form, "date", "2026-11-21");

	check(w, rec);
	assert_string_equal(record_text(rec, "entered_late"), "2");
	rec = MAKE(w, &visit_form, "date", "2026-11-22");
	check(w, rec);
	assert_string_equal(record_text(rec, "entered_late"), "1");
	rec->meta.revision = 1;
	w->cx.today++;
	check(w, rec);
	assert_string_equal(record_text(rec, "entered_late"), "1");
}

static void visit__diagnosis__shape_and_symptoms(void **state)
{
	static const struct { const char *icd, *text, *field; enum finding_level level; bool there; } cases[] = {
		{ "I10", "高血压", "diagnosis[0].icd10", FINDING_ERROR, false },
		{ "I10.x00", "高血压", "diagnosis[0].icd10", FINDING_ERROR, false },
		{ "110", "高血压", "diagnosis[0].icd10", FINDING_ERROR, true },
		{ "I10.", "高血压", "diagnosis[0].icd10", FINDING_ERROR, true },
		{ "R50", "发热", "diagnosis[0].icd10", FINDING_WARNING, true },
		{ "", "咳嗽", "diagnosis[0].text", FINDING_WARNING, true },
		{ "", "急性支气管炎", "diagnosis[0].text", FINDING_WARNING, false },
	};
	struct world *w = *state;

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct record *rec = MAKE(w, &visit_form, "date", "2026-11-22"), *item = record_add_item(rec, "diagnosis");

		record_set_text(item, "icd10", cases[i].icd);
		record_set_text(item, "text", cases[i].text);
		if (!!find(check(w, rec), cases[i].field, cases[i].level) != cases[i].there)
			fail_msg("%s %s", cases[i].icd, cases[i].text);
	}
}

static void visit__drugs__allergies_and_colds(void **state)
{
	static const struct { const char *allergy, *other, *icd, *drug; enum finding_level level; bool there; } cases[] = {
		{ "2", "", "J18", "阿莫西林胶囊", FINDING_ERROR, true },
		{ "2", "", "J18", "头孢克肟", FINDING_QUESTION, true },
		{ "2", "", "J18", "阿奇霉素", FINDING_ERROR, false },
		{ "3", "", "J18", "复方新诺明", FINDING_ERROR, true },
		{ "1", "", "J18", "阿莫西林胶囊", FINDING_ERROR, false },
		{ "1", "", "J06.9", "阿莫西林胶囊", FINDING_QUESTION, true },
		{ "1", "", "J06.9", "对乙酰氨基酚", FINDING_QUESTION, false },
		{ "5", "甲硝唑", "K04", "甲硝唑", FINDING_ERROR, true },
	};
	struct world *w = *state;

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct record *rec = MAKE(w, &visit_form, "date", "2026-11-22");

		w->cx.resident = MAKE(w, &resident_form, "birth_date", "1952-03-15", "drug_allergy", cases[i].allergy,
			"drug_allergy_other", cases[i].other);
		record_set_text(record_add_item(rec, "diagnosis"), "icd10", cases[i].icd);
		record_set_text(record_add_item(rec, "prescriptions"), "name", cases[i].drug);
		if (!!find(check(w, rec), "prescriptions[0].name", cases[i].level) != cases[i].there)
			fail_msg("allergy %s, %s for %s", cases[i].allergy, cases[i].drug, cases[i].icd);
	}
}

/* One character from a notifiable name: asked softly, and only where no code says what it is. */
static void visit__nearly_notifiable__is_asked(void **state)
{
	static const struct { const char *icd, *text; bool there; } cases[] = {
		{ "", "手足口并", true }, { "", "手足口病", false }, { "", "湿疹", false }, { "L30", "麻诊", false }, { "", "麻诊", true },
	};
	struct world *w = *state;

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct record *rec = MAKE(w, &visit_form, "date", "2026-11-22"), *item = record_add_item(rec, "diagnosis");
		bool there = false;

		record_set_text(item, "icd10", cases[i].icd);
		record_set_text(item, "text", cases[i].text);
		for (const struct finding *f = check(w, rec)->first; f; f = f->next)
			there = there || !strcmp(f->code, "notifiable_like");
		if (there != cases[i].there)
			fail_msg("%s %s", cases[i].icd, cases[i].text);
	}
}

static void visit__wants_a_parent__up_to_fourteen(void **state)
{
	struct world *w = *state;
	struct record *rec = MAKE(w, &visit_form, "date", "2026-11-22");

	w->cx.resident = resident(w, "birth_date", "2011-11-23");
	assert_non_null(find(check(w, rec), "guardian_name", FINDING_WARNING));
	w->cx.resident = resident(w, "birth_date", "2011-11-22");
	assert_null(find(check(w, rec), "guardian_name", FINDING_WARNING));
}

static void referral__check_by__two_weeks_after(void **state)
{
	struct world *w = *state;
	struct record *rec = MAKE(w, &referral_form, "date", "2026-11-08", "reason", "2");

	check(w, rec);
	assert_string_equal(record_text(rec, "check_by"), "2026-11-22");
	assert_string_equal(record_text(rec, "direction"), "up");
	assert_string_equal(record_text(rec, "urgency"), "routine");
	assert_null(record_text(rec, "status")); /* states are set by use cases */
	assert_non_null(find(&w->fs, "to_org", FINDING_WARNING));
	record_set_text(rec, "check_by", "2026-11-23");
	assert_non_null(find(check(w, rec), "check_by", FINDING_WARNING));
	rec = MAKE(w, &referral_form, "date", "2026-11-08", "direction", "down");
	check(w, rec);
	assert_null(record_text(rec, "check_by"));
}

static void referral__asks__second_one_while_one_is_open(void **state)
{
	struct world *w = *state;
	struct record *rec = MAKE(w, &referral_form, "date", "2026-11-22");

	w->cx.open_referral = true;
	assert_non_null(find(check(w, rec), "date", FINDING_QUESTION));
	record_set_text(rec, "urgency", "emergency");
	assert_null(find(check(w, rec), "date", FINDING_QUESTION));
	record_set_text(rec, "reason", "1");
	assert_null(find(check(w, rec), "urgency", FINDING_QUESTION));
	record_set_text(rec, "urgency", "routine");
	assert_non_null(find(check(w, rec), "urgency", FINDING_QUESTION));
}

static void referral__wants_reasons__in_states_that_need_them(void **state)
{
	struct world *w = *state;
	struct record *rec = MAKE(w, &referral_form, "date", "2026-11-22");

	record_set_text(rec, "status", "rejected");
	assert_non_null(find(check(w, rec), "status_reason", FINDING_WARNING));
	record_set_text(rec, "status", "accepted");
	assert_null(find(check(w, rec), "status_reason", FINDING_WARNING));
}

static void exam__feedback__not_before_the_examination(void **state)
{
	struct world *w = *state;
	struct record *rec = MAKE(w, &exam_form, "date", "2026-11-20", "feedback_date", "2026-11-19");

	assert_non_null(find(check(w, rec), "feedback_date", FINDING_ERROR));
	assert_non_null(find(&w->fs, "feedback_how", FINDING_WARNING));
}

static void team__refuses__the_same_member_twice(void **state)
{
	struct world *w = *state;
	struct record *rec = MAKE(w, &team_form, "name", "林秀英团队");

	record_set_text(record_add_item(rec, "members"), "staff", "s1");
	record_set_text(record_add_item(rec, "members"), "staff", "s1");
	assert_non_null(find(check(w, rec), "members[1].staff", FINDING_ERROR));
	assert_string_equal(record_text(rec, "type"), "0");
}

static void organisation__checks__region_code(void **state)
{
	struct world *w = *state;

	assert_null(find(check(w, MAKE(w, &organisation_form, "region_code", "350299001")), "region_code", FINDING_ERROR));
	assert_null(find(check(w, MAKE(w, &organisation_form, "region_code", "350299001101")), "region_code", FINDING_ERROR));
	assert_non_null(find(check(w, MAKE(w, &organisation_form, "region_code", "35029900")), "region_code", FINDING_ERROR));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(resident__takes_sex_and_birth__from_the_id),
		TEST(resident__is_refused__wrong_check_digit),
		TEST(resident__asks_and_keeps_both__id_says_otherwise),
		TEST(resident__findings__one_by_one),
		TEST(resident__died__status_follows),
		TEST(resident__past_disease__none_beside_others),
		TEST(resident__man__not_pregnant),
		TEST(contract__end_follows__from_start_and_years),
		TEST(contract__asks__term_out_of_bounds),
		TEST(contract__key_groups__from_the_resident),
		TEST(enrolment__asks__age_and_diagnosis),
		TEST(enrolment__proposes_the_code__of_its_programme),
		TEST(enrolment__ends__with_a_date),
		TEST(visit__findings__one_by_one),
		TEST(visit__late_entry__told_at_the_first_save),
		TEST(visit__diagnosis__shape_and_symptoms),
		TEST(visit__drugs__allergies_and_colds),
		TEST(visit__nearly_notifiable__is_asked),
		TEST(visit__wants_a_parent__up_to_fourteen),
		TEST(referral__check_by__two_weeks_after),
		TEST(referral__asks__second_one_while_one_is_open),
		TEST(referral__wants_reasons__in_states_that_need_them),
		TEST(exam__feedback__not_before_the_examination),
		TEST(team__refuses__the_same_member_twice),
		TEST(organisation__checks__region_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
