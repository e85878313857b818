/* A disease programme is its forms and small tables of rules.  Facts are booleans that a visit establishes; classes,
 * actions and intervals are chosen by facts alone, so that a doctor can read the tables and check them against the norm.
 * The engine is pure: it reads a form's record, a golden case or anything else through two getters. */
#ifndef CUNYI_PROGRAMME_H
#define CUNYI_PROGRAMME_H

#include "app/base/date.h"
#include "app/base/sbuf.h"
#include "app/clinic/field.h"
#include "app/clinic/measure.h"

struct programme;
struct visit_ctx;
struct indicator;
struct rule_function;
struct paper_line;

/* What a visit says.  Keys are those of the follow-up form ("sbp", "adr"). */
struct visit_source {
	/* A number in the scale of the form's field; a code as its number.  False when it was not entered. */
	bool (*number)(const struct visit_ctx *cx, const char *key, int64_t *out);
	/* One of the programme's flags ("danger"). */
	bool (*flag)(const struct visit_ctx *cx, const char *key);
};

/* A flag is true when one of these codes of a field was chosen. */
struct flag {
	const char *key, *field;
	const char *const *codes; /* ends with NULL */
};

struct fact {
	const char *key;
	bool (*holds)(const struct visit_ctx *cx);
	struct term reason; /* shown when the fact holds; empty: an inner fact, never shown */
	const char *source;
};

/* All of `when` must hold, "!x": must not; NULL ends.  No condition: always. */
struct class_rule {
	const char *code; /* of the form's class field, or "ask": the doctor must say */
	const char *when[3];
};

struct action {
	const char *name; /* one of action_names (programme.c), the most urgent first */
	struct term term;
	const char *when[4];
	int months, days; /* until the next visit */
};

/* Below this value is in target.  The last row counts whose from_age and valid_from are reached. */
struct target {
	const char *field;
	int from_age;
	int64_t below; /* in the scale of the field */
	const char *valid_from, *source;
};

/* What makes somebody a case to be found: read at a visit or an examination, it is measured again on another day, as long as he
 * is not on the roster. */
struct suspicion {
	const struct measure *measure; /* one of the programme's */
	int64_t from, from2;           /* at or above either, in the scale of the measure; from2 0: no pair */
	int days;                      /* measured again within */
	int from_age;                  /* children have tables of their own */
	struct term task;              /* "血压升高: 换日再测" */
	const char *source;
};

struct advice;

struct programme {
	const char *code;   /* "htn"; stored, synced, never reused */
	struct term title;  /* "高血压" */
	struct term brief;  /* the same where little room is: "HT" */
	unsigned version;   /* of the rules, stored with every visit */
	struct term mark;   /* one character beside a name on lists: "高" */
	int min_age;        /* of the roster; younger ones are asked about */
	bool year_age;      /* the age counts that is reached on 31 December */
	const char *const *icd10; /* first three characters of the diagnoses it takes, the usual one first; NULL ends.
	                             NULL: it takes everybody of the age */
	struct term disease;      /* of icd10[0], as a diagnosis is written */
	const char *past_disease; /* its code among the past diseases; NULL */
	struct term department;   /* of a hospital, that treats it */
	struct term prepare;      /* what the patient is told for the next time: "空腹来"; empty: nothing */
	int yearly_visits;  /* face to face; fewer than four are not spread over the quarters */
	const struct measure *const *measures; /* what it watches; the first stands on lists; NULL ends.  NULL: nothing */
	const struct suspicion *suspicion; /* NULL: a number alone makes nobody suspect */
	const char *const *danger_symptoms; /* codes of `symptoms` that may be a danger sign: they ask; NULL: none */
	const struct form_def *followup;
	const struct flag *flags;
	size_t n_flags;
	const struct fact *facts; /* at most 32 */
	size_t n_facts;
	const char *const *emergencies; /* facts that are one; NULL ends */
	const struct class_rule *classes; /* the most severe first; the first match counts */
	size_t n_classes;
	const struct action *actions; /* the most urgent first; the first match counts */
	size_t n_actions;
	const struct target *targets; /* youngest and oldest rule first */
	size_t n_targets;
	const struct indicator *indicators;
	size_t n_indicators;
	const struct rule_function *rules; /* golden cases of its own rules ("self_care"), beside its follow-up's */
	size_t n_rules;
	/* What a follow-up found beside class and measured value, in codes and words, for lists and the person's page.  May be
	 * NULL. */
	void (*result)(const struct record *rec, struct sbuf *out);
	/* The printed follow-up (paper.h): four visits side by side, or the whole width for what is done once a year.  NULL: its
	 * fields in their order. */
	const struct paper_line *paper;
	size_t n_paper;
	/* One line with the numbers behind the advice: "71岁标准 <150/90, 今天 151/87".  May be NULL. */
	void (*explain)(const struct visit_ctx *cx, struct sbuf *out);
};

/* Facts that were asked already: bit i of the programme's i-th. */
struct fact_memo {
	uint32_t known, holds;
};

struct visit_ctx {
	const struct programme *programme;
	const struct visit_source *source;
	const void *data;         /* for the source */
	int32_t day;              /* of the visit */
	int age;                  /* completed years on that day */
	bool prev_unc, prev_adr;  /* stored facts of the last completed follow-up with a measured value */
	bool open_referral;       /* requested, accepted or in progress, for the same disease */
	int32_t referral_check;   /* its due day; 0: none (no visit is that old) */
	const struct market_days *market; /* the next date is drawn to one; NULL = none */
	int expected;             /* follow-ups this year; 0: not known, then the routine date is not refined */
	int done;                 /* of them face to face, this visit included */
	const struct target *county; /* targets of the county's settings, before the programme's */
	size_t n_county;
	struct fact_memo *memo;   /* while advice is given; NULL elsewhere: every fact is reckoned anew */
};

enum { ADVICE_REASONS = 16 };

/* What is stored of a visit beside its class: facts that each programme has under these names, or that never hold in it. */
struct visit_state {
	bool measured, controlled, adr, comp, emergency;
};

struct advice {
	const char *class_;          /* "1" ... or "ask" */
	const struct action *action;
	struct visit_state state;
	int32_t next_due;
	uint32_t facts;              /* bit i: programme->facts[i] holds */
	const struct fact *reasons[ADVICE_REASONS];
	size_t n_reasons;
};

/* For facts. */
bool cx_number(const struct visit_ctx *cx, const char *key, int64_t *out);
bool cx_flag(const struct visit_ctx *cx, const char *key);
/* Another fact of the same programme; false when there is none of this name. */
bool cx_fact(const struct visit_ctx *cx, const char *key);
/* The target of a field for the age and the day of the visit; NULL when there is none. */
const struct target *cx_target(const struct visit_ctx *cx, const char *field);

/* Does it take somebody for his age alone?  Programmes with a diagnosis never do. */
bool programme_takes_age(const struct programme *p, int32_t born, int32_t day);

/* The target of one field at an age on a day, from the programme's table; NULL when there is none. */
const struct target *programme_target(const struct programme *p, const char *field, int age, int32_t day);

/* What the programme watches first; NULL when it watches nothing. */
const struct measure *programme_measure(const struct programme *p);

/* Does what this record says make somebody suspect who is not on the roster?  What was told never does. */
bool programme_suspects(const struct programme *p, const struct record *rec);

/* Does the sheet ask for the danger signs one by one: a symptom that may be one, or a number that is an emergency?  The
 * answer is the clinician's. */
bool programme_asks_danger(const struct programme *p, const struct record *rec);

/* The patient himself, at the clinic or at home, and something was asked or measured.  A telephone call or a relative never
 * counts. */
bool followup_is_face_to_face(const struct record *rec);

void programme_advise(const struct visit_ctx *cx, struct advice *out);
/* The state alone: what a sheet says by itself, without the visits before it. */
void programme_state(const struct visit_ctx *cx, struct visit_state *out);

/* The context of a record of programme->followup.  fcx gives the resident (birth_date), the previous record (its stored
 * facts), the open referral and this year's visits; any of it may be missing. */
void visit_ctx_of_record(const struct programme *p, const struct record *rec, const struct form_context *fcx,
	struct visit_ctx *out);

/* Keys unique; classes and actions name existing facts and stand in order of severity; all terms in both languages.
 * False with the fault in err. */
bool programme_selftest(const struct programme *p, struct err *err) MUST_CHECK;

#endif
