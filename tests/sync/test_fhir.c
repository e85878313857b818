/* Records to FHIR and back. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/base/json.h"
#include "app/programmes/programmes.h"
#include "samples.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fhir.h"
#include "sync/fhir/fhir_int.h"

/* Every kind, and follow-ups of every programme: what is added to the tables is tested here at once. */
static struct {
	enum kind_id kind;
	const char *variant;
} kinds_and_variants[64];
static size_t n_kinds_and_variants;

static void add_kind(enum kind_id kind, const char *variant)
{
	assert_true(n_kinds_and_variants < N_ELEMENTS(kinds_and_variants));
	kinds_and_variants[n_kinds_and_variants].kind = kind;
	kinds_and_variants[n_kinds_and_variants++].variant = variant;
}

static int all_kinds(void **state)
{
	size_t n, n_programmes;
	const struct kind *all = kinds(&n);
	const struct programme *const *p = programmes(&n_programmes);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < (all[i].form ? 1 : n_programmes); j++)
			add_kind(all[i].id, all[i].form ? "" : p[j]->code);
	return 0;
}

static const struct fhir_kind *const tables[] = { &fhir_resident, &fhir_household, &fhir_staff, &fhir_team,
	&fhir_organisation, &fhir_contract, &fhir_enrolment, &fhir_followup, &fhir_visit, &fhir_exam, &fhir_referral };

static const struct fhir_options plain = { .stamp = NULL, .scope = NULL, .practice = false };

static struct json_object *parsed(const char *text)
{
	struct json_object *doc = NULL;
	struct err err;

	if (!json_parse(text, strlen(text), NULL, &doc, &err))
		fail_msg("%s: %s", text, err.message);
	return doc;
}

/* Through text, as over the wire. */
static struct json_object *over_the_wire(const struct json_object *doc)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	json_write(&text, doc);
	return parsed(text.s);
}

static void maps__name_fields_of_their_form__all_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(tables); i++) {
		const struct form_def *form = kind_form(kind_by_id(tables[i]->kind), "htn");

		for (const struct fhir_map *m = tables[i]->maps; m && m->key; m++) {
			if (!form_field(form, m->key))
				fail_msg("%s has no field %s", form->code, m->key);
			assert_true(m->as == AS_OTHER || m->path);
		}
	}
}

static void decode_all(const struct fhir_set *set, enum kind_id kind, struct record *out)
{
	for (size_t i = 0; i < set->n; i++) {
		AUTO_JSON struct json_object *doc = over_the_wire(set->r[i].doc);

		if (i == 0 || set->r[i].role == ROLE_TASK)
			assert_int_equal(fhir_decode(kind, doc, out), 0);
		if (set->r[i].role == ROLE_TASK) /* the Task does not name the record by its id */
			snprintf(out->meta.id, sizeof(out->meta.id), "%s", set->r[0].id);
	}
}

static void decode__gives_back_every_field__all_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_kinds_and_variants; i++)
		for (unsigned seed = 0; seed < 40; seed++) {
			AUTO_ARENA struct arena mem = { 0 };
			AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
			enum kind_id kind = kinds_and_variants[i].kind, known;
			struct record *rec = sample_record(&mem, kind, kinds_and_variants[i].variant, seed), *back;
			char variant[16];

			fhir_encode(kind, rec, &plain, &set);
			assert_true(fhir_recognise(set.r[0].doc, &known, variant, sizeof(variant)));
			assert_int_equal(known, kind);
			assert_string_equal(variant, kinds_and_variants[i].variant);
			back = record_new(&mem, kind_form(kind_by_id(known), variant));
			decode_all(&set, kind, back);
			assert_same_record(rec, back);
			assert_string_equal(back->meta.id, rec->meta.id);
		}
}

static size_t mentions(const struct fhir_set *set, const char *id)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n; i++) {
		AUTO_SBUF struct sbuf text = SBUF_INIT;

		json_write(&text, set->r[i].doc);
		for (const char *s = text.s; (s = strstr(s, id)); s++)
			n++;
	}
	return n;
}

/* A record that is moved to the right person keeps all its ids; every resource that named the wrong one names the right one. */
static void encode__follows__a_record_that_is_moved(void **state)
{
	static const char to[] = "0195f3c2-aaaa-7000-8000-00000000000b";

	(void)state;
	for (size_t i = 0; i < n_kinds_and_variants; i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_FHIR_SET struct fhir_set before = { .n = 0 };
		AUTO_FHIR_SET struct fhir_set after = { .n = 0 };
		enum kind_id kind = kinds_and_variants[i].kind;
		struct record *rec = sample_record(&mem, kind, kinds_and_variants[i].variant, 7);
		const char *from;

		if (kind == KIND_RESIDENT || form_index(rec->form, "resident") < 0)
			continue;
		record_set_text(rec, "resident", "0195f3c2-aaaa-7000-8000-00000000000a");
		from = record_text(rec, "resident");
		fhir_encode(kind, rec, &plain, &before);
		record_set_text(rec, "resident", to);
		fhir_encode(kind, rec, &plain, &after);
		assert_int_equal(before.n, after.n);
		for (size_t k = 0; k < after.n; k++)
			assert_string_equal(before.r[k].id, after.r[k].id);
		assert_true(mentions(&before, from) > 0);
		assert_int_equal(mentions(&after, from), 0);
		assert_int_equal(mentions(&after, to), mentions(&before, from));
	}
}

static void decode__gives_back_nothing__empty_record(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_kinds_and_variants; i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
		enum kind_id kind = kinds_and_variants[i].kind;
		const struct form_def *form = kind_form(kind_by_id(kind), kinds_and_variants[i].variant);
		struct record *rec = record_new(&mem, form), *back = record_new(&mem, form);

		snprintf(rec->meta.id, sizeof(rec->meta.id), "0195f3c2-0000-7000-8000-000000000001");
		if (kind == KIND_REFERRAL || kind == KIND_DISPUTE) /* a Task has a status */
			record_set_text(rec, "status", "requested");
		fhir_encode(kind, rec, &plain, &set);
		decode_all(&set, kind, back);
		assert_same_record(rec, back);
	}
}

static void encode__is_reproduced__from_what_was_decoded(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_kinds_and_variants; i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
		AUTO_FHIR_SET struct fhir_set again = { .n = 0 };
		enum kind_id kind = kinds_and_variants[i].kind;
		struct record *rec = sample_record(&mem, kind, kinds_and_variants[i].variant, 3), *back;
		static const struct fhir_options stamped = { .stamp = "0000-00-van07-00/1", .scope = "350299101" };

		fhir_encode(kind, rec, &stamped, &set);
		back = record_new(&mem, rec->form);
		decode_all(&set, kind, back);
		fhir_encode(kind, back, &stamped, &again);
		assert_int_equal(set.n, again.n);
		for (size_t j = 0; j < set.n; j++) {
			assert_string_equal(set.r[j].id, again.r[j].id);
			assert_true(fhir_same_content(set.r[j].doc, again.r[j].doc));
			assert_int_equal(fhir_hash(set.r[j].doc), fhir_hash(again.r[j].doc));
			assert_string_equal(fhir_stamp_of(set.r[j].doc), stamped.stamp);
		}
	}
}

/* What is compared with a server's document is the main one alone. */
static void encode__main_is_the_same__alone(void **state)
{
	static const struct fhir_options alone = { .alone = true };

	(void)state;
	for (size_t i = 0; i < n_kinds_and_variants; i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
		AUTO_FHIR_SET struct fhir_set main_only = { .n = 0 };
		enum kind_id kind = kinds_and_variants[i].kind;
		struct record *rec = sample_record(&mem, kind, kinds_and_variants[i].variant, 3);

		fhir_encode(kind, rec, &plain, &set);
		fhir_encode(kind, rec, &alone, &main_only);
		if (!fhir_same_content(set.r[0].doc, main_only.r[0].doc))
			fail_msg("%s says less when it stands alone", kind_by_id(kind)->name);
	}
}

static void encode__ids_and_roles_are_unique__all_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_kinds_and_variants; i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
		struct record *rec = sample_record(&mem, kinds_and_variants[i].kind, kinds_and_variants[i].variant, 1);

		fhir_encode(kinds_and_variants[i].kind, rec, &plain, &set);
		for (size_t a = 0; a < set.n; a++)
			for (size_t b = 0; b < a; b++) {
				assert_string_not_equal(set.r[a].id, set.r[b].id);
				assert_int_not_equal(set.r[a].role, set.r[b].role);
			}
	}
}

/* However many lines its lists have, there is room for what follows from a record. */
static void encode__fits__the_fullest_record(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_kinds_and_variants; i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
		enum kind_id kind = kinds_and_variants[i].kind;

		fhir_encode(kind, sample_fullest(&mem, kind, kinds_and_variants[i].variant), &plain, &set);
		if (set.n > FHIR_SET_MAX)
			fail_msg("%s: %zu", kind_by_id(kind)->name, set.n);
	}
}

static void encode__withdraws_everything__void_record(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_kinds_and_variants; i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
		struct record *rec = sample_record(&mem, kinds_and_variants[i].kind, kinds_and_variants[i].variant, 2), *back;

		rec->meta.state = RECORD_VOID;
		fhir_encode(kinds_and_variants[i].kind, rec, &plain, &set);
		for (size_t j = 0; j < set.n; j++) {
			AUTO_SBUF struct sbuf text = SBUF_INIT;

			json_write(&text, set.r[j].doc);
			assert_true(strstr(text.s, "entered-in-error") || strstr(text.s, "\"active\":false") ||
				strstr(text.s, FHIR_STATE_URL));
		}
		back = record_new(&mem, rec->form);
		fhir_decode(kinds_and_variants[i].kind, set.r[0].doc, back);
		assert_int_equal(back->meta.state, RECORD_VOID);
	}
}

/* ---- what other programs write ------------------------------------------------------------------------------------ */

static const struct {
	const char *doc, *key, *want;
} strangers[] = {
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"name\":[{\"family\":\"王\",\"given\":[\"小\",\"明\"]}]}", "name", "王小明" },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"name\":[{\"family\":\"Smith\",\"given\":[\"Ann\",\"B\"]}]}", "name", "Ann B Smith" },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"name\":[{\"use\":\"nickname\",\"text\":\"阿\"},{\"text\":\"陈\"}]}", "name", "陈" },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"name\":[{\"use\":\"usual\",\"text\":\"乙\"},{\"use\":\"official\",\"text\":\"甲\"}]}", "name", "甲" },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"gender\":\"female\"}", "sex", "2" },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"gender\":\"unknown\"}", "sex", "0" },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"gender\":\"other\"}", "sex", NULL },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"birthDate\":\"1950-01\"}", "birth_date", "1950-01" },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"birthDate\":\"1950-13\"}", "birth_date", NULL },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"identifier\":[{\"system\":\"urn:oid:2.16.156.10011.1.3\",\"value\":\"350299195203150048\"}]}",
	  "id_number", "350299195203150048" },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"address\":[{\"city\":\"某市\",\"district\":\"某县\",\"line\":[\"东村\",\"3号\"]}]}",
	  "address", "某市某县东村3号" },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"telecom\":[{\"system\":\"email\",\"value\":\"a\"},{\"system\":\"phone\",\"value\":\"1\"}]}",
	  "phone", "1" },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"deceasedBoolean\":true}", "status", "4" },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"deceasedDateTime\":\"2026-01-02\"}", "died_on", "2026-01-02" },
	{ "{\"resourceType\":\"Patient\",\"id\":\"x\",\"maritalStatus\":{\"coding\":[{\"system\":\"urn:oid:2.16.156.10011.2.3.3.5\",\"code\":\"22\"}]}}",
	  "marital", "2" },
};

static void decode__reads_a_stranger__patient(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(strangers); i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_JSON struct json_object *doc = parsed(strangers[i].doc);
		struct record *rec = record_new(&mem, kind_by_id(KIND_RESIDENT)->form);
		enum kind_id kind;
		char variant[16];
		const char *got;

		assert_true(fhir_recognise(doc, &kind, variant, sizeof(variant)));
		fhir_decode(kind, doc, rec);
		got = record_text(rec, strangers[i].key);
		if (!strangers[i].want)
			assert_null(got);
		else if (!got || strcmp(got, strangers[i].want) != 0)
			fail_msg("%s: %s instead of %s", strangers[i].doc, got ? got : "nothing", strangers[i].want);
	}
}

static void decode__keeps_what_only_we_carry__extensions_dropped_by_others(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
	struct record *rec = sample_record(&mem, KIND_RESIDENT, "", 5), *back = record_copy(&mem, rec);

	(void)state;
	fhir_encode(KIND_RESIDENT, rec, &plain, &set);
	json_object_object_del(set.r[0].doc, "extension");
	json_object_object_add(set.r[0].doc, "birthDate", json_object_new_string("1960-01-01"));
	fhir_decode(KIND_RESIDENT, set.r[0].doc, back);
	assert_string_equal(record_text(back, "birth_date"), "1960-01-01");
	assert_string_equal(record_text(back, "ethnicity"), record_text(rec, "ethnicity"));
	assert_int_equal(record_get(back, "past_disease")->n_items, 2);
}

static void recognise__leaves_alone__what_is_not_ours(void **state)
{
	static const char *const docs[] = {
		"{\"resourceType\":\"Encounter\",\"id\":\"x\",\"status\":\"finished\"}",
		"{\"resourceType\":\"QuestionnaireResponse\",\"id\":\"x\",\"questionnaire\":\"http://else/form\"}",
		"{\"resourceType\":\"QuestionnaireResponse\",\"id\":\"x\",\"questionnaire\":\"urn:cunyi:form:unheard_of|1\"}",
		"{\"resourceType\":\"Observation\",\"id\":\"x\"}",
		"{\"resourceType\":\"Patient\",\"id\":\"no spaces here\"}",
		"{\"resourceType\":\"Patient\",\"id\":\"../../etc\"}",
		"{\"resourceType\":\"Patient\"}",
		"[]",
		"7",
	};
	enum kind_id kind;
	char variant[16];

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(docs); i++) {
		AUTO_JSON struct json_object *doc = parsed(docs[i]);

		if (fhir_recognise(doc, &kind, variant, sizeof(variant)))
			fail_msg("taken: %s", docs[i]);
	}
}

/* ---- the hospital's answer ---------------------------------------------------------------------------------------- */

static const struct {
	const char *ours, *task, *want, *key, *text;
} answers[] = {
	{ "requested", "\"status\":\"accepted\",\"owner\":{\"display\":\"县医院\"}", "accepted", "answer_org", "县医院" },
	{ "requested", "\"status\":\"rejected\",\"statusReason\":{\"text\":\"无床位\"}", "rejected", "status_reason", "无床位" },
	{ "requested", "\"status\":\"received\"", "requested", NULL, NULL },
	{ "accepted", "\"status\":\"in-progress\"", "in_progress", NULL, NULL },
	{ "accepted", "\"status\":\"completed\"", "closed", NULL, NULL },
	{ "accepted", "\"status\":\"completed\",\"output\":[{\"type\":{\"text\":\"诊断结果\"},\"valueString\":\"高血压3级\"}]", NULL, NULL, NULL },
	{ "in_progress", "\"status\":\"completed\",\"output\":[{\"type\":{\"coding\":[{\"system\":\"urn:cunyi:referral-answer\","
			 "\"code\":\"return_diagnosis\"}]},\"valueString\":\"高血压3级\"}]", "returned", "return_diagnosis", "高血压3级" },
	{ "in_progress", "\"status\":\"in-progress\",\"output\":[{\"type\":{\"text\":\"Discharge\"},\"valueString\":\"fine\"}]",
	  "in_progress", "return_notes", "Discharge: fine" },
	{ "returned", "\"status\":\"completed\"", "returned", NULL, NULL },
	{ "requested", "\"status\":\"accepted\",\"executionPeriod\":{\"start\":\"2026-12-01T08:00:00+08:00\"}", "accepted",
	  "appointment_date", "2026-12-01" },
};

static void decode__takes_the_answer__task(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(answers); i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_SBUF struct sbuf text = SBUF_INIT;
		AUTO_JSON struct json_object *doc = NULL;
		struct record *rec = record_new(&mem, kind_by_id(KIND_REFERRAL)->form);

		record_set_text(rec, "status", answers[i].ours);
		sbuf_addf(&text, "{\"resourceType\":\"Task\",\"id\":\"t\",\"intent\":\"order\","
				 "\"focus\":{\"reference\":\"ServiceRequest/r1\"},%s}", answers[i].task);
		doc = parsed(text.s);
		assert_string_equal(fhir_answers(doc), "r1");
		fhir_decode(KIND_REFERRAL, doc, rec);
		if (answers[i].want)
			assert_string_equal(record_text(rec, "status"), answers[i].want);
		if (answers[i].key)
			assert_string_equal(record_text(rec, answers[i].key), answers[i].text);
	}
}

static void practice__is_marked_and_seen__htest(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
	static const struct fhir_options practice = { .practice = true };

	(void)state;
	fhir_encode(KIND_FOLLOWUP, sample_record(&mem, KIND_FOLLOWUP, "htn", 1), &practice, &set);
	for (size_t i = 0; i < set.n; i++)
		assert_true(fhir_is_practice(set.r[i].doc));
}

/* ---- grafting ----------------------------------------------------------------------------------------------------- */

static const struct {
	const char *what, *base, *ours, *theirs, *want;
} grafts[] = {
	{ "unknown member stays", "{\"a\":1}", "{\"a\":2}", "{\"a\":1,\"z\":{\"b\":[1]}}", "{\"a\":2,\"z\":{\"b\":[1]}}" },
	{ "unchanged is theirs", "{\"a\":1}", "{\"a\":1}", "{\"a\":1.0,\"z\":1}", "{\"a\":1.0,\"z\":1}" },
	{ "removed by us", "{\"a\":1,\"b\":2}", "{\"b\":2}", "{\"a\":1,\"b\":2,\"z\":3}", "{\"b\":2,\"z\":3}" },
	{ "added by us", "{}", "{\"a\":1}", "{\"z\":3}", "{\"z\":3,\"a\":1}" },
	{ "extension by url", "{\"x\":[{\"url\":\"u\",\"v\":1}]}", "{\"x\":[{\"url\":\"u\",\"v\":2}]}",
	  "{\"x\":[{\"url\":\"f\",\"v\":9},{\"url\":\"u\",\"v\":1}]}", "{\"x\":[{\"url\":\"f\",\"v\":9},{\"url\":\"u\",\"v\":2}]}" },
	{ "same url twice", "{\"x\":[{\"url\":\"u\",\"v\":1},{\"url\":\"u\",\"v\":2}]}", "{\"x\":[{\"url\":\"u\",\"v\":1},{\"url\":\"u\",\"v\":3}]}",
	  "{\"x\":[{\"url\":\"u\",\"v\":1},{\"url\":\"u\",\"v\":2},{\"url\":\"f\"}]}", "{\"x\":[{\"url\":\"u\",\"v\":1},{\"url\":\"u\",\"v\":3},{\"url\":\"f\"}]}" },
	{ "identifier by system", "{\"i\":[{\"system\":\"a\",\"value\":\"1\"}]}", "{\"i\":[{\"system\":\"a\",\"value\":\"2\"},{\"system\":\"b\",\"value\":\"3\"}]}",
	  "{\"i\":[{\"system\":\"c\",\"value\":\"9\"},{\"system\":\"a\",\"value\":\"1\",\"period\":{}}]}",
	  "{\"i\":[{\"system\":\"c\",\"value\":\"9\"},{\"system\":\"a\",\"value\":\"2\",\"period\":{}},{\"system\":\"b\",\"value\":\"3\"}]}" },
	{ "element inside an element", "{\"n\":[{\"use\":\"official\",\"text\":\"a\"}]}", "{\"n\":[{\"use\":\"official\",\"text\":\"b\"}]}",
	  "{\"n\":[{\"use\":\"official\",\"text\":\"a\",\"suffix\":[\"x\"]}]}", "{\"n\":[{\"use\":\"official\",\"text\":\"b\",\"suffix\":[\"x\"]}]}" },
	{ "last element removed by us", "{\"n\":[{\"use\":\"old\"}]}", "{}", "{\"n\":[{\"use\":\"old\"}],\"z\":1}", "{\"z\":1}" },
	{ "element removed beside a foreign one", "{\"n\":[{\"use\":\"old\"}]}", "{}", "{\"n\":[{\"use\":\"old\"},{\"use\":\"temp\"}]}",
	  "{\"n\":[{\"use\":\"temp\"}]}" },
	{ "values without a name", "{\"c\":[\"a\",\"b\"]}", "{\"c\":[\"a\",\"d\"]}", "{\"c\":[\"a\",\"b\",\"z\"]}", "{\"c\":[\"a\",\"z\",\"d\"]}" },
};

static void graft__applies_our_edit__table(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(grafts); i++) {
		AUTO_JSON struct json_object *base = parsed(grafts[i].base), *ours = parsed(grafts[i].ours);
		AUTO_JSON struct json_object *theirs = parsed(grafts[i].theirs), *want = parsed(grafts[i].want);
		AUTO_JSON struct json_object *got = doc_graft(base, ours, theirs);
		AUTO_SBUF struct sbuf text = SBUF_INIT;

		json_write(&text, got);
		if (!json_same(got, want))
			fail_msg("%s: %s", grafts[i].what, text.s);
	}
}

static void graft__keeps_foreign_elements__patient_edited_here(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_JSON struct json_object *kept = parsed("{\"resourceType\":\"Patient\",\"id\":\"p1\",\"gender\":\"male\",\"birthDate\":\"1950-01-02\","
		"\"name\":[{\"use\":\"usual\",\"family\":\"李\",\"given\":[\"四\"]}],\"photo\":[{\"url\":\"http://x/p\"}],"
		"\"extension\":[{\"url\":\"http://county/ext\",\"valueString\":\"低保\"}],\"communication\":[{\"language\":{\"text\":\"闽南语\"}}]}");
	AUTO_FHIR_SET struct fhir_set base = { .n = 0 };
	AUTO_FHIR_SET struct fhir_set ours = { .n = 0 };
	AUTO_JSON struct json_object *out = NULL;
	struct record *rec = record_new(&mem, kind_by_id(KIND_RESIDENT)->form);

	(void)state;
	fhir_decode(KIND_RESIDENT, kept, rec);
	fhir_encode(KIND_RESIDENT, rec, &plain, &base);
	record_set_text(rec, "phone", "10000000048");
	fhir_encode(KIND_RESIDENT, rec, &plain, &ours);
	out = doc_graft(base.r[0].doc, ours.r[0].doc, kept);
	assert_string_equal(doc_text(out, "telecom{system=phone}.value"), "10000000048");
	assert_string_equal(doc_text(out, "name{use=usual}.family"), "李");
	assert_string_equal(doc_text(out, "photo{}.url"), "http://x/p");
	assert_string_equal(doc_text(out, "extension{url=http://county/ext}.valueString"), "低保");
	assert_string_equal(doc_text(out, "communication{}.language.text"), "闽南语");
}

/* A file that was merged: both sides of the link, the numbers of the other file as old ones. */
static void encode__links__merged_residents(void **state)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_FHIR_SET struct fhir_set set = { .n = 0 };
	struct record *rec = record_new(&mem, kind_by_id(KIND_RESIDENT)->form), *item, *back;

	(void)state;
	snprintf(rec->meta.id, sizeof(rec->meta.id), "a1");
	record_set_text(rec, "name", "陈桂兰");
	record_set_text(rec, "id_type", "01");
	record_set_text(rec, "id_number", "350299195507150047");
	item = record_add_item(rec, "identifiers");
	record_set_text(item, "system", "01");
	record_set_text(item, "value", "350299550715004");
	record_set_text(item, "use", "2");
	record_set_text(item, "to", "2012-12-31");
	record_set_text(record_add_item(rec, "replaces"), "resident", "b2");
	fhir_encode(KIND_RESIDENT, rec, &plain, &set);
	assert_string_equal(doc_text(set.r[0].doc, "link{type=replaces}.other.reference"), "Patient/b2");
	assert_string_equal(doc_text(set.r[0].doc, "identifier{use=old}.value"), "350299550715004");
	assert_string_equal(doc_text(set.r[0].doc, "identifier{use=old}.period.end"), "2012-12-31");
	back = record_new(&mem, rec->form);
	assert_int_equal(fhir_decode(KIND_RESIDENT, set.r[0].doc, back), 0);
	assert_string_equal(record_text(back, "id_number"), "350299195507150047");
}

static void decode__follows__a_merge_whoever_made_it(void **state)
{
	static const struct {
		const char *doc;
		enum record_state state;
	} cases[] = {
		{ "{\"resourceType\":\"Patient\",\"id\":\"b2\",\"active\":false,\"link\":[{\"other\":{\"reference\":\"Patient/a1\"},"
		  "\"type\":\"replaced-by\"}]}", RECORD_MERGED },
		{ "{\"resourceType\":\"Patient\",\"id\":\"b2\",\"active\":true,\"link\":[{\"other\":{\"reference\":\"Patient/a1\"},"
		  "\"type\":\"seealso\"}]}", RECORD_ACTIVE },
		{ "{\"resourceType\":\"Patient\",\"id\":\"b2\",\"active\":false}", RECORD_ACTIVE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		AUTO_ARENA struct arena mem = { 0 };
		AUTO_JSON struct json_object *doc = parsed(cases[i].doc);
		struct record *rec = record_new(&mem, kind_by_id(KIND_RESIDENT)->form);

		fhir_decode(KIND_RESIDENT, doc, rec);
		assert_int_equal(rec->meta.state, cases[i].state);
		if (rec->meta.state == RECORD_MERGED)
			assert_string_equal(record_text(rec, "replaced_by"), "a1");
		else
			assert_null(record_text(rec, "replaced_by"));
	}
}

static void doc_reference_id__reads__table(void **state)
{
	static const struct {
		const char *ref, *type, *want;
	} cases[] = {
		{ "Patient/a1", "Patient", "a1" }, { "http://h/fhir/Patient/a1", "Patient", "a1" }, { "Patient/", "Patient", NULL },
		{ "Practitioner/a1", "Patient", NULL }, { "OutPatient/a1", "Patient", NULL }, { "a1", "Patient", NULL },
	};

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_JSON struct json_object *ref = json_object_new_object();
		const char *got;

		json_set_text(ref, "reference", cases[i].ref);
		got = doc_reference_id(ref, cases[i].type);
		if (cases[i].want)
			assert_string_equal(got, cases[i].want);
		else
			assert_null(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps__name_fields_of_their_form__all_kinds),
		cmocka_unit_test(decode__gives_back_every_field__all_kinds),
		cmocka_unit_test(encode__follows__a_record_that_is_moved),
		cmocka_unit_test(decode__gives_back_nothing__empty_record),
		cmocka_unit_test(encode__is_reproduced__from_what_was_decoded),
		cmocka_unit_test(encode__main_is_the_same__alone),
		cmocka_unit_test(encode__ids_and_roles_are_unique__all_kinds),
		cmocka_unit_test(encode__fits__the_fullest_record),
		cmocka_unit_test(encode__withdraws_everything__void_record),
		cmocka_unit_test(decode__reads_a_stranger__patient),
		cmocka_unit_test(decode__keeps_what_only_we_carry__extensions_dropped_by_others),
		cmocka_unit_test(recognise__leaves_alone__what_is_not_ours),
		cmocka_unit_test(decode__takes_the_answer__task),
		cmocka_unit_test(practice__is_marked_and_seen__htest),
		cmocka_unit_test(graft__applies_our_edit__table),
		cmocka_unit_test(graft__keeps_foreign_elements__patient_edited_here),
		cmocka_unit_test(encode__links__merged_residents),
		cmocka_unit_test(decode__follows__a_merge_whoever_made_it),
		cmocka_unit_test(doc_reference_id__reads__table),
	};

	return cmocka_run_group_tests(tests, all_kinds, NULL);
}
