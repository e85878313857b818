#include "app/clinic/forms/forms_int.h"

#include <stdio.h>
#include <string.h>

void form_default(struct record *rec, const char *key, const char *text)
{
	if (value_is_empty(record_get(rec, key)))
		record_set_text(rec, key, text);
}

void form_still_missing(const struct record *rec, const char *key, struct findings *out)
{
	const struct field *f = form_field(rec->form, key);

	if (value_is_empty(record_get(rec, key)))
		finding_warning(out, "incomplete", key, _("Still missing: %s."), field_label(f));
}

const char *form_item_path(const char *list, size_t i, const char *key, char *out)
{
	snprintf(out, FORM_PATH, "%s[%zu].%s", list, i, key);
	return out;
}

static void say_before(struct findings *out, const char *at, const char *label, const char *date, enum not_before what)
{
	switch (what) {
	case BEFORE_BIRTH:
		finding_error(out, ERR_INCONSISTENT, at, _("%s: %s lies before the birth."), label, date);
		break;
	case BEFORE_ENROLMENT:
		finding_error(out, ERR_INCONSISTENT, at, _("%s: %s lies before the enrolment."), label, date);
		break;
	case BEFORE_EXAM:
		finding_error(out, ERR_INCONSISTENT, at, _("%s: %s lies before the examination."), label, date);
		break;
	case BEFORE_REFERRAL:
		finding_error(out, ERR_INCONSISTENT, at, _("%s: %s lies before the referral."), label, date);
		break;
	}
}

void form_not_before(const struct record *rec, const char *key, const char *path, int32_t day, enum not_before what,
	struct findings *out)
{
	const struct field *f = form_field(rec->form, key);
	struct date from = { 0 };
	enum date_precision p = date_parse(record_text(rec, key) ? record_text(rec, key) : "", &from);
	struct date limit;

	if (p == DATE_INVALID || day == NO_DAY)
		return;
	/* A date known by month or year only is compared as far as it goes. */
	limit = date_from_day(day);
	if (p == DATE_YEAR)
		limit.month = limit.day = 1;
	else if (p == DATE_MONTH)
		limit.day = 1;
	if (date_day_number(&from) >= date_day_number(&limit))
		return;
	say_before(out, path ? path : key, field_label(f), record_text(rec, key), what);
}

void form_service_date(const struct record *rec, const char *key, const struct form_context *cx, struct findings *out)
{
	const struct field *f = form_field(rec->form, key);
	int32_t day = record_day(rec, key), died;

	if (!cx->resident || day == NO_DAY)
		return;
	form_not_before(rec, key, NULL, record_day(cx->resident, "birth_date"), BEFORE_BIRTH, out);
	died = record_day(cx->resident, "died_on");
	if (died != NO_DAY && day > died)
		finding_error(out, ERR_INCONSISTENT, key, _("%s: %s lies after the death on %s."), field_label(f),
			record_text(rec, key), record_text(cx->resident, "died_on"));
}

int form_age(const struct form_context *cx, int32_t day)
{
	int32_t birth = cx->resident ? record_day(cx->resident, "birth_date") : NO_DAY;

	return birth == NO_DAY || day == NO_DAY ? -1 : date_age(birth, day);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

void form_check_phone(const struct record *rec, const char *key, struct findings *out)
{
	const char *s = record_text(rec, key);
	size_t digits = 0;
	bool odd = false;

	if (!s)
		return;
	for (const char *p = s; *p; p++) {
		digits += is_digit(*p);
		odd |= !is_digit(*p) && !strchr("+- /()", *p);
	}
	if (!odd && digits >= 7)
		return;
	finding_warning(out, "phone_shape", key, _("%s: \"%s\" does not look like a telephone number."),
		field_label(form_field(rec->form, key)), s);
	finding_example(out, "10050000048");
}

static int64_t fee_parts(const struct record *rec)
{
	return record_num(rec, "fee_public", 0) + record_num(rec, "fee_insurance", 0) + record_num(rec, "fee_self", 0);
}

void form_sum_fees(struct record *rec)
{
	if (value_is_empty(record_get(rec, "fee_total")) && fee_parts(rec) > 0)
		record_set_num(rec, "fee_total", fee_parts(rec));
}

void form_check_fees(const struct record *rec, struct findings *out)
{
	int64_t parts = fee_parts(rec), total = record_num(rec, "fee_total", -1);

	if (total >= 0 && parts > 0 && parts != total)
		finding_question(out, "fee_total", _("The parts of the fee do not add up to the whole. Is it right?"));
}
