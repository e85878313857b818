/* Follow-up forms: what is computed while typing, what must hold across fields. */
#include "app/clinic/body.h"
#include "app/clinic/schedule.h"
#include "app/programmes/followup.h"

static bool absent(const struct record *rec)
{
	return record_text(rec, "absence") != NULL;
}

static bool empty(const struct record *rec, const char *key)
{
	return value_is_empty(record_get(rec, key));
}

static bool has_field(const struct record *rec, const char *key)
{
	return form_index(rec->form, key) >= 0;
}

static bool in_person(const struct record *rec)
{
	return !record_is(rec, "informant", "2") && !record_is(rec, "mode", "3");
}

/* ---- computed ------------------------------------------------------------------------------------------------------ */

static struct bp reading(const struct record *rec, const char *sbp, const char *dbp)
{
	int64_t s = record_num(rec, sbp, 0), d = record_num(rec, dbp, 0);

	/* what is typed is reckoned with before it is checked */
	return (struct bp){ s > 0 && s < 1000 ? (int)s : 0, d > 0 && d < 1000 ? (int)d : 0 };
}

static void set_num(struct record *rec, const char *key, int64_t num)
{
	if (!has_field(rec, key))
		return;
	if (num > 0)
		record_set_num(rec, key, num);
	else
		record_clear(rec, key);
}

/* A weight or height in tenths; 0 when empty or of no living person. */
static int64_t tenths(const struct record *rec, const char *key)
{
	int64_t v = record_num(rec, key, 0);

	return v > 0 && v <= BODY_MILLI_MAX / 100 ? v : 0;
}

static void compute_bmi(struct record *rec)
{
	int64_t height = tenths(rec, "height") * 100;

	set_num(rec, "bmi", bmi_hundredths(tenths(rec, "weight") * 100, height));
	set_num(rec, "bmi_target", bmi_hundredths(tenths(rec, "weight_target") * 100, height));
}

static void compute_mean(struct record *rec)
{
	struct bp r[FOLLOWUP_READINGS], mean;

	for (size_t i = 0; i < FOLLOWUP_READINGS; i++)
		r[i] = reading(rec, followup_reading_keys[i][0], followup_reading_keys[i][1]);
	mean = bp_mean(r, FOLLOWUP_READINGS);
	set_num(rec, "sbp_mean", mean.sbp);
	set_num(rec, "dbp_mean", mean.dbp);
}

/* The next date follows from the class: none is proposed while nothing is known.  An emergency needs no class; who was told
 * of by a relative or on the telephone is asked to come. */
static bool date_is_known(const struct record *rec, const struct advice *a)
{
	if (record_is_blank(rec))
		return false;
	return strcmp(a->class_, "ask") != 0 || record_text(rec, "class") || a->state.emergency || !in_person(rec);
}

static void compute_advice(struct record *rec, const struct form_context *cx)
{
	const struct programme *p = programme_by_form(rec->form);
	struct visit_ctx vcx;
	struct advice advice;

	visit_ctx_of_record(p, rec, cx, &vcx);
	programme_advise(&vcx, &advice);
	record_set_text(rec, "class_proposed", advice.class_);
	record_set_text(rec, "action", advice.action ? advice.action->name : NULL);
	record_set_text(rec, "controlled", !advice.state.measured ? NULL : advice.state.controlled ? "2"
												   : "1");
	if (advice.next_due == NO_DAY || !date_is_known(rec, &advice))
		record_clear(rec, "next_due_proposed");
	else
		record_set_day(rec, "next_due_proposed", advice.next_due);
}

static void compute_late(struct record *rec, const struct form_context *cx)
{
	int32_t day = record_day(rec, "date");

	if (rec->meta.revision || day == NO_DAY || cx->today == NO_DAY)
		return;
	record_set_text(rec, "entered_late", day < cx->today ? "2" : "1");
}

void followup_compute(struct record *rec, const struct form_context *cx)
{
	static const char *const advice_keys[] = { "class_proposed", "action", "controlled", "next_due_proposed" };

	compute_bmi(rec);
	compute_mean(rec);
	compute_late(rec, cx);
	if (!absent(rec)) {
		compute_advice(rec, cx);
		return;
	}
	for (size_t i = 0; i < N_ELEMENTS(advice_keys); i++)
		record_clear(rec, advice_keys[i]);
}

/* ---- what a complete sheet needs ------------------------------------------------------------------------------------ */

bool followup_needed(const struct record *rec, const struct field *f, int32_t today)
{
	(void)today;
	if (!strcmp(f->key, "mode"))
		return !absent(rec);
	if (absent(rec))
		return !strcmp(f->key, "next_due") && record_is(rec, "absence", "1");
	if (f->flags & FIELD_IN_PERSON)
		return in_person(rec);
	if (!strcmp(f->key, "symptoms"))
		return empty(rec, "symptoms_other");
	return true;
}

/* ---- across fields --------------------------------------------------------------------------------------------------- */

/* Both numbers, the lower one lower; near ones are asked once. */
static void check_pair(const struct record *rec, const char *sbp, const char *dbp, struct findings *out)
{
	struct bp bp = reading(rec, sbp, dbp);

	if (bp.sbp && bp.dbp && bp.dbp >= bp.sbp) {
		finding_error(out, ERR_INCONSISTENT, dbp, _("The diastolic pressure (%d) must be below the systolic (%d)."),
			bp.dbp, bp.sbp);
		finding_example(out, "130/80");
	} else if (bp_complete(&bp) && bp.sbp - bp.dbp < 20) {
		finding_question(out, dbp, _("%d/%d: the two pressures are less than 20 apart. Is it right?"), bp.sbp, bp.dbp);
	} else if (bp.sbp && !bp.dbp && strcmp(dbp, "dbp") != 0) {
		form_still_missing(rec, dbp, out);
	} else if (bp.dbp && !bp.sbp && strcmp(sbp, "sbp") != 0) {
		form_still_missing(rec, sbp, out);
	}
}

static void check_readings(const struct record *rec, struct findings *out)
{
	struct bp r[FOLLOWUP_READINGS];

	for (size_t i = 0; i < FOLLOWUP_READINGS; i++) {
		check_pair(rec, followup_reading_keys[i][0], followup_reading_keys[i][1], out);
		r[i] = reading(rec, followup_reading_keys[i][0], followup_reading_keys[i][1]);
	}
	check_pair(rec, "home_sbp", "home_dbp", out);
	if (!bp_complete(&r[2]) && bp_one_more(r, FOLLOWUP_READINGS, BP_APART))
		finding_warning(out, "third_reading", "sbp3",
			_("The two readings differ by more than %d mmHg: a third one is advised."), BP_APART);
}

/* Nobody measured him: a relative came, or he was on the telephone.  What was measured at home has fields of its own. */
static void check_told(const struct record *rec, struct findings *out)
{
	const bool relative = record_is(rec, "informant", "2");

	for (size_t i = 0; !in_person(rec) && i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];

		if (!(f->flags & FIELD_IN_PERSON) || value_is_empty(&rec->values[i]))
			continue;
		finding_error(out, ERR_INCONSISTENT, f->key,
			relative ? _("A relative reports: %s was not measured here. "
				     "What was measured at home goes to the field for it.") :
				   _("On the telephone nothing is measured: %s told by him goes to the field for home values."),
			field_label(f));
		break;
	}
	if (relative && record_is(rec, "class", "1"))
		finding_error(out, ERR_INCONSISTENT, "class",
			_("A relative reports: \"controlled\" cannot be said. Ask the patient to come to be measured."));
}

static void check_class(const struct record *rec, struct findings *out)
{
	const char *chosen = record_text(rec, "class"), *proposed = record_text(rec, "class_proposed");
	bool differs;

	if (!chosen || !proposed || !empty(rec, "class_reason"))
		return;
	differs = strcmp(proposed, "ask") != 0 ? strcmp(chosen, proposed) != 0 : !strcmp(chosen, "1");
	if (differs)
		finding_error(out, ERR_REQUIRED, "class_reason",
			_("The class differs from the proposal (%s): please write why."), proposed);
}

/* Symptoms that may be a danger sign: the question must be asked, the answer is the clinician's. */
static void check_danger(const struct record *rec, struct findings *out)
{
	const struct programme *p = programme_by_form(rec->form);

	if (!empty(rec, "danger"))
		return;
	for (size_t i = 0; p->danger_symptoms && p->danger_symptoms[i]; i++) {
		if (!record_is(rec, "symptoms", p->danger_symptoms[i]))
			continue;
		finding_warning(out, "danger_unasked", "danger",
			_("These symptoms may be a danger sign. Is one of the danger signs there?"));
		return;
	}
}

static void check_referral(const struct record *rec, struct findings *out)
{
	if (!empty(rec, "referral_reason"))
		form_still_missing(rec, "referral_org", out);
	if (!empty(rec, "referral_org") || !empty(rec, "referral_dept"))
		form_still_missing(rec, "referral_reason", out);
}

static void check_absence(const struct record *rec, struct findings *out)
{
	if (record_is(rec, "absence", "2")) {
		form_still_missing(rec, "died_on", out);
		form_still_missing(rec, "death_cause", out);
	} else if (absent(rec)) {
		form_still_missing(rec, record_is(rec, "absence", "1") ? "lost_reason" : "moved_to", out);
	} else if (!empty(rec, "died_on")) {
		finding_error(out, ERR_INCONSISTENT, "died_on", _("A date of death goes with \"died\" as the reason."));
	}
}

/* The sheet that tells the death is dated after it: that one may. */
static void check_date(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	bool tells_death = record_is(rec, "absence", "2");
	struct followup_days d = {
		.visit = record_day(rec, "date"),
		.today = cx->today,
		.born = cx->resident ? record_day(cx->resident, "birth_date") : NO_DAY,
		.died = cx->resident && !tells_death ? record_day(cx->resident, "died_on") : NO_DAY,
		.enrolled = cx->enrolment ? record_day(cx->enrolment, "enrolled_on") : NO_DAY,
	};
	enum followup_date r = schedule_followup_date(&d);

	if (d.visit == NO_DAY || r == FOLLOWUP_DATE_FINE || r == FOLLOWUP_DATE_FUTURE)
		return; /* the future is refused by the field itself */
	if (r == FOLLOWUP_DATE_BEFORE_ENROLMENT)
		finding_warning(out, followup_date_name(r), "date", "%s", followup_date_sentence(r));
	else
		finding_error(out, ERR_INCONSISTENT, "date", "%s", followup_date_sentence(r));
}

static void check_next_due(const struct record *rec, struct findings *out)
{
	int32_t due = record_day(rec, "next_due"), day = record_day(rec, "date");
	int32_t proposed = record_day(rec, "next_due_proposed");
	const char *action = record_text(rec, "action");

	if (due == NO_DAY || day == NO_DAY)
		return;
	if (due <= day)
		finding_error(out, ERR_INCONSISTENT, "next_due", _("The next follow-up must lie after this one."));
	else if (proposed != NO_DAY && action && strcmp(action, "ROUTINE") != 0 && due > proposed)
		finding_warning(out, "next_due_late", "next_due",
			_("The next follow-up lies later than two weeks; %s would be right."),
			record_text(rec, "next_due_proposed"));
}

/* Regular drugs and an empty list, overweight and no weight: what an inspector deducts points for. */
static void check_gaps(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	if (record_is(rec, "adherence", "1") && !record_get(rec, "drugs")->n_items)
		finding_warning(out, "drugs_empty", "drugs", _("The drugs are taken regularly, but none is listed."));
	if (cx->previous && in_person(rec) && !absent(rec) && record_num(cx->previous, "bmi", 0) >= 2400)
		form_still_missing(rec, "weight", out);
}

/* Far from the last record: another person, or a slip. */
static void check_change(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	int64_t weight = tenths(rec, "weight"), height = tenths(rec, "height"), was;
	int32_t day = record_day(rec, "date"), before, days;

	if (!cx->previous || day == NO_DAY)
		return;
	before = record_day(cx->previous, "date");
	days = before == NO_DAY ? -1 : day - before;
	was = tenths(cx->previous, "weight");
	if (weight && was && days >= 0 && days <= 30 && llabs(weight - was) * 10 > was)
		finding_question(out, "weight", _("The weight differs by more than 10%% from that of %s. Is it right?"),
			record_text(cx->previous, "date"));
	was = tenths(cx->previous, "height");
	if (height && was && llabs(height - was) > 30)
		finding_question(out, "height", _("The height differs by more than 3 cm from the last one. Is it right?"));
}

/* Saved by a slip of the finger, it would look like a service. */
static void check_blank(const struct record *rec, struct findings *out)
{
	if (record_is_blank(rec))
		finding_question(out, record_first_field(rec),
			_("Nothing is filled in on this sheet: it will not count as a follow-up. Save it all the same?"));
}

void followup_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	check_blank(rec, out);
	check_date(rec, cx, out);
	check_absence(rec, out);
	check_readings(rec, out);
	check_told(rec, out);
	check_danger(rec, out);
	check_class(rec, out);
	check_referral(rec, out);
	check_next_due(rec, out);
	check_gaps(rec, cx, out);
	check_change(rec, cx, out);
}
