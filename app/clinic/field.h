/* The tables that declare forms.  A form is an array of fields in the order of the paper; the screens, the command line,
 * import, export, the database body, FHIR and the help are all driven by it.  Keys never change their meaning once
 * released, and are never translated. */
#ifndef CUNYI_FIELD_H
#define CUNYI_FIELD_H

#include "app/base/err.h"
#include "app/base/i18n.h"
#include "app/base/mem.h"
#include "app/base/sbuf.h"
#include "app/clinic/value.h"

struct findings;
struct form_def;
struct dated_bp;

struct code {
	const char *code; /* as printed: "1", "01" */
	struct term term;
	bool exclusive; /* clears the rest of a multi-select ("1 none") */
	bool other;     /* its text is in the field "<key>_other" */
};

/* What a score or an index means, by ascending lower ends; ends with term.zh NULL. */
struct meaning {
	int64_t from; /* in the scale of the value */
	struct term term;
};

enum required {
	REQUIRED_NO,
	REQUIRED_COMPLETE, /* missing: a warning, and on the list of what is still lacking */
	REQUIRED_SAVE,     /* missing: refused */
};

enum field_flag {
	FIELD_LISTED = 1u << 0,    /* `list --where` knows it */
	FIELD_COMPUTED = 1u << 1,  /* set by the form's compute(); ignored on input */
	FIELD_READONLY = 1u << 2,  /* set by use cases only (states, numbers); ignored on input */
	FIELD_MEASURED = 1u << 3,  /* a measured value: '=' and K never fill it (copied readings are falsification) */
	FIELD_HISTORY = 1u << 4,   /* K takes it from the last record, marked as carried */
	FIELD_PARTIAL = 1u << 5,   /* a date that may be known by month or year only */
	FIELD_FUTURE = 1u << 6,    /* a date that may lie after today */
	FIELD_BIRTH = 1u << 7,     /* a birth date: two-digit years are in the past */
	FIELD_HIDDEN = 1u << 8,    /* not on the form's screen (context of the record: resident, programme) */
	FIELD_SENSITIVE = 1u << 9, /* identifies a person: masked on lists */
	FIELD_LEGEND = 1u << 11,   /* its codes are printed however many lines they take */
	FIELD_NO_LAST = 1u << 13,  /* its last value is not shown beside it: a mean says what its readings said */
	FIELD_IN_PERSON = 1u << 16, /* measured by us at the person: nothing a relative or a telephone can tell */
	FIELD_OWN = 1u << 14,      /* of one disease by nature: not shared on a combined follow-up though others have it too */
	FIELD_STATE = 1u << 10,    /* with FIELD_READONLY: shown on forms, but `save` may set it; the use case checks the step */
	FIELD_OPEN = 1u << 12,     /* records of the kind `ref` add codes to the printed ones: any short word is taken here, the
	                              use case asks the store */
	FIELD_FRAME = 1u << 17,    /* whom, when, how, by whom, what follows: a sheet that holds nothing else is blank */
	FIELD_TWICE = 1u << 15,    /* a vital sign: an unusual value is typed a second time, not only confirmed */
};

struct range {
	int64_t lo, hi; /* inclusive, in the scale of the value; lo == hi == 0: no limit */
};

struct field {
	const char *key;
	struct term label;
	struct term on_form; /* what the screen prints before it where that differs; {"",""} prints nothing */
	enum value_kind type;
	const char *unit; /* msgid: "mmHg", "cig/day"; or NULL.  For people: field_unit() */
	uint8_t places;   /* V_DECIMAL */
	uint8_t page;     /* 0 and 1 are the first page */
	uint8_t row;      /* consecutive fields with the same row > 0 share a line */
	uint8_t width;    /* columns of the input on the screen; 0 = from the type */
	uint16_t max;     /* V_TEXT: code points; V_LIST: items.  0 = 200 and 20 */
	enum required required;
	unsigned flags;
	const struct code *codes;    /* V_CODE, V_CODES; ends with { .code = NULL } */
	struct range hard;           /* outside: refused (a slip of the finger) */
	struct range soft;           /* outside: asked once (a very ill patient, or a slip) */
	const char *ref;             /* V_REF: name of the kind; V_TEXT: of the kind whose id it is, if any */
	const struct form_def *form; /* V_LIST: the nested form */
	const struct meaning *meanings; /* of a score or an index: printed behind it; NULL: the number speaks for itself */
	struct term help;            /* one sentence under the field; may be empty */
	const char *source;          /* of a clinical rule or code list, for reviewers; may be NULL */
};

/* What a form may look at besides its own record.  Any pointer may be NULL. */
struct form_context {
	int32_t today;                  /* day number */
	const struct record *resident;  /* whom it is about */
	const struct record *enrolment; /* in the record's programme */
	const char *programmes;         /* of all rosters he is on: "htn,dm"; for contracts */
	const struct record *previous;  /* last completed record of the same form */
	const struct record *stored;    /* the version that is edited; NULL: a new one */
	const struct market_days *market; /* proposed dates are drawn to them; NULL = none */
	bool open_referral;             /* one for the same disease is requested, accepted or in progress */
	int visits_this_year;           /* face-to-face follow-ups of this programme this year before this one */
	int32_t last_visit;             /* day of the last one, or NO_DAY */
	int yearly_expected;            /* follow-ups expected this year; 0 = not known */
	const struct dated_bp *readings; /* of a screening: pressures taken before, of any kind of record */
	size_t n_readings;
	const struct form_context *parts; /* of a combined follow-up: one a programme; else NULL */
};

struct form_def {
	const char *code;    /* stored with every record: "htn_followup" */
	const char *edition; /* "2017": codes change with the edition */
	struct term title;
	const struct field *fields;
	size_t n_fields;

	/* Is this REQUIRED_COMPLETE field needed in this record?  (A telephone call has no blood pressure.)  today may be NO_DAY.
	 * NULL: always. */
	bool (*needed)(const struct record *rec, const struct field *f, int32_t today);
	/* Sets the computed fields.  Pure; called while typing.  May be NULL. */
	void (*compute)(struct record *rec, const struct form_context *cx);
	/* Checks across fields.  Pure; adds errors, warnings and questions.  May be NULL. */
	void (*check)(const struct record *rec, const struct form_context *cx, struct findings *out);
};

/* Does `save` take it?  What is computed or set by use cases alone is passed over. */
static inline bool field_takes_input(const struct field *f)
{
	return !(f->flags & (FIELD_COMPUTED | FIELD_READONLY)) || (f->flags & FIELD_STATE);
}

/* NULL when the form has no such field. */
const struct field *form_field(const struct form_def *form, const char *key);
/* Its position in form->fields; -1 when there is none. */
int form_index(const struct form_def *form, const char *key);
/* The field for the words of a code "other": "<key>_other"; NULL. */
const struct field *form_other(const struct form_def *form, const struct field *f);

/* NULL when the field has no such code.  A number without its leading zeros is found too ("1" for "01"). */
const struct code *field_code(const struct field *f, const char *code);

/* Reads what a person typed or a sheet's cell holds: numbers with full-width digits, dates in all usual ways, codes by
 * number or by their printed words, several codes with any of ", ， 、 ; . space" between.  today resolves "t" and "-3";
 * NO_DAY where only written dates are expected (import).  Text goes to mem.  Empty text gives V_EMPTY.  Lists and
 * references are not read here.  False: err names the field, the fault and an example. */
bool field_parse(const struct field *f, const char *text, int32_t today, struct arena *mem, struct value *out,
	struct err *err);

/* Checks one value against the field's codes and hard limits, length, and a date against today (NO_DAY: not checked). */
bool field_check(const struct field *f, const struct value *v, int32_t today, struct err *err);

/* Outside the soft limits? */
bool field_is_unusual(const struct field *f, const struct value *v);

/* "超重" of a body mass index of 24.8, "中等影响" of a CAT score of 17; "" when there is nothing to say. */
const char *field_meaning(const struct field *f, const struct value *v);

/* For people: "151", "61.5", "2026-11-22", "2", "12.50"; codes with their words ("2 头痛头晕") when words is true.  A code
 * that no paper prints ("htn", "active") is left out beside its words. */
void field_format(const struct field *f, const struct value *v, bool words, struct sbuf *out);

/* An example of right for messages: "120", "61.5", "2026-11-22", "1". */
void field_example(const struct field *f, char *out, size_t size);

/* Label in the present language. */
static inline const char *field_label(const struct field *f)
{
	return term_text(&f->label);
}

/* Unit in the present language ("支/日"); "" when it has none. */
static inline const char *field_unit(const struct field *f)
{
	return f->unit ? _(f->unit) : "";
}

/* "codes", "decimal" ...: the type's name in `cunyi fields`. */
const char *value_kind_name(enum value_kind kind);

#endif
