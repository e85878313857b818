/* Saving, voiding, listing records of any kind: the use case behind every form and behind `save`, `get`, `list`, `void`.
 * What a kind does besides (duplicates, states, advice) stands in its own file and in the table of use_case.h. */
#ifndef CUNYI_RECORDS_H
#define CUNYI_RECORDS_H

#include "app/clinic/programme.h"
#include "app/programmes/combined.h"
#include "app/service/record.h"

struct save_options {
	const char **confirm; /* keys of fields whose questions were answered with yes: save_confirm() */
	size_t n_confirm;
	bool confirm_all;  /* import with --yes: questions become warnings */
	const char *token; /* submit token of a form: a save repeated after a lost answer finds what it saved; or NULL */
	const char *reason;
};

/* One more question was answered with yes.  The list grows in mem; key is kept as a pointer. */
void save_confirm(struct save_options *o, const char *key, struct arena *mem);

/* What became of one programme of a combined follow-up. */
struct save_part {
	const struct programme *programme;
	struct record *rec; /* as stored; NULL in a preview */
	struct advice advice;
	bool has_advice;
};

struct save_result {
	struct record *rec;       /* as stored, with its meta */
	int64_t row;
	struct findings findings; /* all errors when refused; warnings when saved */
	struct advice advice;     /* of a follow-up */
	bool has_advice;
	struct save_part parts[COMBINED_MAX]; /* of a combined follow-up; rec is the first one's */
	size_t n_parts;
};

/* Saves one JSON object: without id it creates; with id it must carry the revision and changes only the keys present.
 * References take ids; `resident` also an ID number, villages and organisations a name or code, staff a number or name.
 * False: err is the first error (code, field, sentence, example), result->findings holds all; nothing was saved. */
bool records_save_json(struct app *app, const struct kind *kind, struct json_object *obj, const struct save_options *o,
	struct arena *mem, struct save_result *result, struct err *err);

/* The same for a form's record; rec->meta tells which record and revision it is based on (id "" creates). */
bool records_save(struct app *app, const struct kind *kind, struct record *rec, const struct save_options *o,
	struct arena *mem, struct save_result *result, struct err *err);

/* The two halves of a save, for bulk work that must do something between them (import).  records_check() resolves the
 * references, fills what follows from the rest and checks against old (NULL: new); records_put() stores inside the
 * caller's work.  Both add to a result that the caller made with records_result(). */
void records_result(struct save_result *result, struct arena *mem);
bool records_check(struct app *app, const struct kind *kind, struct record *rec, const struct record *old,
	const struct save_options *o, struct arena *mem, struct save_result *result, struct err *err);
bool records_put(struct app *app, const struct kind *kind, struct record *rec, const struct record *old,
	const struct save_options *o, struct save_result *result, struct err *err);

/* The same checks and advice without saving, for a form while it is being filled. */
bool records_preview(struct app *app, const struct kind *kind, struct record *rec, struct arena *mem,
	struct save_result *result, struct err *err);

/* What a form may look at: resident, previous record, open referral, this year's visits.  Read once when it is opened. */
bool records_context(struct app *app, const struct kind *kind, const struct record *rec, struct arena *mem,
	struct form_context *out, struct err *err);

/* A new record with what is known without asking: who it is about, the signing doctor, the filing day. */
bool records_new(struct app *app, const struct kind *kind, const char *variant, const char *resident_id,
	struct arena *mem, struct record **out, struct err *err);

/* Marks a record void, with the reason; what it caused (dues, roster) is recomputed.  wrong_state when it is void,
 * or when others hang on it (dependants.h). */
bool records_void(struct app *app, const struct kind *kind, const char *id, const char *reason, struct arena *mem,
	struct save_result *result, struct err *err);

/* Takes back the newest save of this record, made today by whoever works: the version before becomes the newest again;
 * a record that was created is voided, unless others hang on it.  Inside a work it is a part of that. */
bool records_undo(struct app *app, const struct kind *kind, const char *id, struct arena *mem,
	struct save_result *result, struct err *err);

/* Moves a record to another resident (an id or a number) with what came of it: credits, referrals written from it, notes on
 * it.  Its history names both; both are classified anew and what is due for both is recomputed. */
bool records_move(struct app *app, const struct kind *kind, const char *id, const char *to_resident, const char *reason,
	struct arena *mem, struct save_result *result, struct err *err);

/* Calls back for each record of a kind in the order of making; filters are pairs of a listed field's key and a value
 * (as on input).  all: void and merged ones too.  limit 0 = none.  The callback returns false to stop. */
struct list_filter {
	const char *key, *value;
};
struct list_query {
	const struct kind *kind;
	const struct list_filter *filters;
	size_t n_filters;
	bool all;
	size_t limit;
};
bool records_list(struct app *app, const struct list_query *q, bool (*each)(void *ctx, const struct record *rec), void *ctx,
	struct err *err);

/* Before a stored record is printed: what today's date makes of it (a contract past its end is expired). */
void records_present(struct app *app, enum kind_id kind, struct record *rec);

/* The record as JSON, as the contract says: kind, id, revision, state, county, ..., the fields.  The caller puts it. */
struct json_object *records_json(const struct kind *kind, const struct record *rec);
/* Adds "warnings" and "advice". */
void records_json_result(struct json_object *obj, const struct save_result *result);
/* {"records":[...],"warnings":[...]} of a combined follow-up, each record with its own advice. */
struct json_object *records_json_parts(const struct kind *kind, const struct save_result *result);
/* {"error":{...},"errors":[...]} of a refused save. */
struct json_object *records_json_refusal(const struct err *err, const struct findings *fs);

#endif
