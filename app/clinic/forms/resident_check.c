/* The resident: what follows from the identity number, and what does not fit together. */
#include <string.h>

#include "app/clinic/forms/forms.h"
#include "app/clinic/forms/forms_int.h"
#include "app/clinic/healthcode.h"
#include "app/clinic/idcard.h"

static const char id_example[] = "350299195203150048";

static const char *id_document(const struct record *rec)
{
	const char *type = record_text(rec, "id_type");

	return type ? type : "01";
}

/* Fifteen digits are no longer valid since 2013: the number that the same person has today takes their place, and they stay
 * known, because the paper file has them. */
static void upgrade(struct record *rec, const struct id_check *id)
{
	const struct value *list = record_get(rec, "identifiers");
	struct record *item;

	record_set_text(rec, "id_number", id->upgraded);
	for (size_t i = 0; i < list->n_items; i++)
		if (record_text(list->items[i], "value") && !strcmp(record_text(list->items[i], "value"), id->norm))
			return;
	item = record_add_item(rec, "identifiers");
	record_set_text(item, "system", "01");
	record_set_text(item, "value", id->norm);
	record_set_text(item, "use", "2");
	record_set_text(item, "to", "2012-12-31");
}

static void compute_from_id(struct record *rec, int32_t today)
{
	const char *number = record_text(rec, "id_number");
	struct id_check id;

	if (!number)
		return;
	form_default(rec, "id_type", "01");
	id_check(number, id_document(rec), today, &id);
	if (id.result == ID_REJECT)
		return;
	record_clear(rec, "no_id");
	if (*id.upgraded)
		upgrade(rec, &id);
	else if (*id.norm && strcmp(id.norm, number) != 0)
		record_set_text(rec, "id_number", id.norm);
	if (id.sex)
		form_default(rec, "sex", id.sex == 1 ? "1" : "2");
	if (*id.dob)
		form_default(rec, "birth_date", id.dob);
}

enum { FIRST_BASIC_PAGE = 2, BASIC_FORM_FROM = 7 };

/* The basic information form is not filled for children of 0 to 6; the cover is. */
bool resident_needed(const struct record *rec, const struct field *f, int32_t today)
{
	int32_t birth = record_day(rec, "birth_date");
	bool child = birth != NO_DAY && today != NO_DAY && date_age(birth, today) < BASIC_FORM_FROM;

	return !child || f->page < FIRST_BASIC_PAGE;
}

static const struct { const char *has, *list; } histories[] = {
	{ "has_surgery", "past_surgery" },
	{ "has_trauma", "past_trauma" },
	{ "has_transfusion", "past_transfusion" },
};

void resident_compute(struct record *rec, const struct form_context *cx)
{
	compute_from_id(rec, cx->today);
	for (size_t i = 0; i < N_ELEMENTS(histories); i++)
		if (!value_is_empty(record_get(rec, histories[i].list)))
			form_default(rec, histories[i].has, "2");
	if (record_text(rec, "genetic_text"))
		form_default(rec, "genetic", "2");
	form_default(rec, "status", record_text(rec, "died_on") ? "4" : "1");
}

static void check_against_id(const struct record *rec, const struct id_check *id, struct findings *out)
{
	struct id_match match = id_vs_declared(id, record_text(rec, "sex"), record_text(rec, "birth_date"));

	/* A few real cards carry old mistakes: ask, and keep both. */
	if (!match.sex && id->sex == 1)
		finding_question(out, "sex", _("The identity number says male. Keep what is written here?"));
	else if (!match.sex)
		finding_question(out, "sex", _("The identity number says female. Keep what is written here?"));
	if (!match.dob)
		finding_question(out, "birth_date", _("The identity number says born on %s. Keep what is written here?"),
			id->dob);
}

static void check_id(const struct record *rec, int32_t today, struct findings *out)
{
	const char *number = record_text(rec, "id_number"), *sentence;
	struct id_check id;

	if (!number)
		return;
	id_check(number, id_document(rec), today, &id);
	sentence = id_check_sentence(&id);
	if (id.result == ID_REJECT) {
		finding_error(out, id.reason == ID_FUTURE_DATE ? ERR_FUTURE_DATE : ERR_INVALID_VALUE, "id_number", "%s", sentence);
		finding_example(out, id_example);
		return;
	}
	if (id.result == ID_MANUAL && sentence)
		finding_question(out, "id_number", "%s", sentence);
	else if (id.warn && sentence)
		finding_warning(out, id.warn & ID_WARN_REGION ? "region_unknown" : "age_over_120", "id_number", "%s",
			sentence);
	check_against_id(rec, &id, out);
}

/* A temporary number is no document: in the place of one it would travel to the county as if it were. */
static void check_not_temporary(const struct record *rec, struct findings *out)
{
	const char *number = record_text(rec, "id_number");

	if (number && !strncmp(number, RESIDENT_TEMPORARY, strlen(RESIDENT_TEMPORARY)))
		finding_error(out, ERR_INVALID_VALUE, "id_number",
			_("This is a temporary number, not that of a document. Leave the field empty."));
}

static void check_one_identifier(const struct record *item, size_t i, int32_t today, struct findings *out)
{
	const char *system = record_text(item, "system"), *value = record_text(item, "value");
	int32_t from = record_day(item, "from"), to = record_day(item, "to");
	char path[FORM_PATH];
	struct id_check id;

	if (from != NO_DAY && to != NO_DAY && to < from)
		finding_error(out, ERR_INCONSISTENT, form_item_path("identifiers", i, "to", path),
			_("A number cannot end before it began."));
	if (!system || !value || !id_document_by_code(system))
		return;
	id_check(value, system, today, &id);
	if (id.result == ID_REJECT) {
		finding_error(out, ERR_INVALID_VALUE, form_item_path("identifiers", i, "value", path), "%s",
			id_check_sentence(&id));
		finding_example(out, id_example);
	}
}

static void check_identifiers(const struct record *rec, int32_t today, struct findings *out)
{
	const struct value *list = record_get(rec, "identifiers");

	for (size_t i = 0; i < list->n_items; i++)
		check_one_identifier(list->items[i], i, today, out);
}

static void check_birth_certificate(const struct record *rec, struct findings *out)
{
	const char *s = record_text(rec, "birth_certificate");
	bool letter = s && ((*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z'));

	if (!s || (letter && strlen(s) == 10 && strspn(s + 1, "0123456789") == 9))
		return;
	finding_warning(out, "certificate_shape", "birth_certificate",
		_("A birth certificate has one letter and nine digits."));
	finding_example(out, "T350299001");
}

static void check_without_id(const struct record *rec, int32_t today, struct findings *out)
{
	int32_t birth = record_day(rec, "birth_date");
	bool newborn = birth != NO_DAY && birth <= today && date_age(birth, today) < 1;

	if (record_text(rec, "id_number") || record_text(rec, "no_id_reason"))
		return;
	if (record_is(rec, "id_type", "99") || record_is(rec, "no_id", "3") || record_is(rec, "no_id", "4"))
		finding_error(out, ERR_REQUIRED, "no_id_reason", _("Write why there is no identity number."));
	else if (!record_is(rec, "no_id", "2"))
		form_still_missing(rec, newborn || record_is(rec, "no_id", "1") ? "guardian_id" : "id_number", out);
}

/* A newborn's guardian lends no number: it would travel to the county as the child's own. */
static void check_guardian(const struct record *rec, int32_t today, struct findings *out)
{
	const char *guardian = record_text(rec, "guardian_id"), *own = record_text(rec, "id_number");
	struct id_check id;

	if (!guardian)
		return;
	id_check(guardian, NULL, today, &id);
	if (id.result == ID_REJECT) {
		finding_error(out, ERR_INVALID_VALUE, "guardian_id", "%s",
			id_check_sentence(&id));
		finding_example(out, id_example);
	} else if (own && !strcmp(id.norm, own)) {
		finding_error(out, ERR_INCONSISTENT, "id_number",
			_("This is the guardian's number. Leave it empty until the child has one."));
	}
}

static void check_file_no(const struct record *rec, struct findings *out)
{
	const char *number = record_text(rec, "file_no");
	struct health_code code;

	if (!number)
		return;
	if (!health_code_parse(number, &code)) {
		finding_error(out, ERR_INVALID_VALUE, "file_no", "%s", health_code_sentence(code.reason));
		finding_example(out, "35029900110100017");
	} else if (code.kind == VILLAGE_UNKNOWN) {
		finding_warning(out, "village_segment", "file_no",
			_("Digits 10 to 12 of the file number name no kind of village."));
	}
}

static void check_one_disease(const struct record *item, size_t i, int32_t birth, struct findings *out)
{
	bool named = record_is(item, "code", "6") || record_is(item, "code", "12") || record_is(item, "code", "13");
	char path[FORM_PATH];

	if (!record_is(item, "code", "1") && record_text(item, "code") && !record_text(item, "diagnosed"))
		finding_warning(out, "incomplete", form_item_path("past_disease", i, "diagnosed", path),
			_("Still missing: when the past disease was diagnosed."));
	if (named && !record_text(item, "text"))
		finding_warning(out, "incomplete", form_item_path("past_disease", i, "text", path),
			_("Still missing: the name of the past disease."));
	form_not_before(item, "diagnosed", form_item_path("past_disease", i, "diagnosed", path), birth, BEFORE_BIRTH, out);
}

static void check_past_disease(const struct record *rec, struct findings *out)
{
	const struct value *list = record_get(rec, "past_disease");
	bool none = false;

	for (size_t i = 0; i < list->n_items; i++) {
		none |= record_is(list->items[i], "code", "1");
		check_one_disease(list->items[i], i, record_day(rec, "birth_date"), out);
	}
	if (none && list->n_items > 1)
		finding_error(out, ERR_INCONSISTENT, "past_disease", _("%s: \"none\" cannot stand beside other choices."),
			field_label(form_field(rec->form, "past_disease")));
}

static void check_histories(const struct record *rec, struct findings *out)
{
	int32_t birth = record_day(rec, "birth_date");

	for (size_t i = 0; i < N_ELEMENTS(histories); i++) {
		const struct value *list = record_get(rec, histories[i].list);
		char path[FORM_PATH];

		if (list->n_items && record_is(rec, histories[i].has, "1"))
			finding_error(out, ERR_INCONSISTENT, histories[i].has,
				_("%s: \"none\" is chosen, yet the list below is not empty."),
				field_label(form_field(rec->form, histories[i].has)));
		if (record_is(rec, histories[i].has, "2"))
			form_still_missing(rec, histories[i].list, out);
		for (size_t j = 0; j < list->n_items; j++)
			form_not_before(list->items[j], "date", form_item_path(histories[i].list, j, "date", path), birth,
				BEFORE_BIRTH, out);
	}
	if (record_is(rec, "genetic", "2"))
		form_still_missing(rec, "genetic_text", out);
}

/* What each date says about somebody excludes other states; a date entered by mistake is cleared. */
static void check_state_dates(const struct record *rec, struct findings *out)
{
	int32_t moved = record_day(rec, "moved_on"), back = record_day(rec, "moved_in_on");

	if (record_text(rec, "died_on") && !record_is(rec, "status", "4"))
		finding_error(out, ERR_INCONSISTENT, "status",
			_("A day of death is written (%s). If it was a mistake, clear it; what it ended comes back."),
			record_text(rec, "died_on"));
	else if (moved != NO_DAY && record_is(rec, "status", "1") && (back == NO_DAY || back < moved))
		finding_error(out, ERR_INCONSISTENT, "moved_on",
			_("Moved out on %s, yet managed here. Back again: write when; a mistake: clear the date."),
			record_text(rec, "moved_on"));
}

static void check_status(const struct record *rec, int32_t today, struct findings *out)
{
	static const struct { const char *status, *needs; } needs[] = {
		{ "2", "away_since" }, { "3", "moved_on" }, { "3", "moved_to" }, { "4", "died_on" },
		{ "4", "death_cause" }, { "5", "lost_on" }, { "5", "lost_attempts" },
		{ "5", "lost_how" }, { "5", "lost_reason" },
	};
	static const char *const after_birth[] = { "died_on", "filed_on", "moved_on", "moved_in_on", "away_since", "lost_on" };
	int32_t birth = record_day(rec, "birth_date");

	check_state_dates(rec, out);
	for (size_t i = 0; i < N_ELEMENTS(needs); i++)
		if (record_is(rec, "status", needs[i].status))
			form_still_missing(rec, needs[i].needs, out);
	for (size_t i = 0; i < N_ELEMENTS(after_birth) && birth <= today; i++) /* a birth to come is said once */
		form_not_before(rec, after_birth[i], NULL, birth, BEFORE_BIRTH, out);
	if (record_is(rec, "sex", "1") && record_is(rec, "key_flags", "3"))
		finding_error(out, ERR_INCONSISTENT, "key_flags", _("A man is not pregnant or postpartum."));
}

static void check_reachable(const struct record *rec, struct findings *out)
{
	if (!record_text(rec, "contact_phone"))
		form_still_missing(rec, "phone", out);
	form_check_phone(rec, "phone", out);
	form_check_phone(rec, "contact_phone", out);
}

void resident_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	int32_t birth = record_day(rec, "birth_date");

	check_id(rec, cx->today, out);
	check_not_temporary(rec, out);
	check_without_id(rec, cx->today, out);
	check_identifiers(rec, cx->today, out);
	check_birth_certificate(rec, out);
	check_guardian(rec, cx->today, out);
	check_file_no(rec, out);
	check_reachable(rec, out);
	check_past_disease(rec, out);
	check_histories(rec, out);
	check_status(rec, cx->today != NO_DAY ? cx->today : INT32_MAX, out);
	if (birth != NO_DAY && cx->today != NO_DAY && date_age(birth, cx->today) > 120 && !record_text(rec, "id_number"))
		finding_warning(out, "age_over_120", "birth_date", _("Older than 120 years. Is the birth date right?"));
}
