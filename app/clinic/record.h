/* One record: the values of a form and what the store knows about it.  Everything it points to lives in its arena. */
#ifndef CUNYI_RECORD_H
#define CUNYI_RECORD_H

#include <json-c/json.h>

#include "app/clinic/field.h"
#include "app/clinic/findings.h"

enum { RECORD_ID_MAX = 64 };

enum record_state { RECORD_ACTIVE, RECORD_VOID, RECORD_MERGED };

/* Where the record stands with the county; derived from the outbox by SQL, never stored. */
enum county_state { COUNTY_LOCAL, COUNTY_WAITING, COUNTY_CARRIED, COUNTY_AT_COUNTY, COUNTY_REFUSED, COUNTY_CONFLICT };

struct record_meta {
	char id[RECORD_ID_MAX + 1]; /* the FHIR id; "" for a record that was never saved */
	int64_t revision;           /* counts our stored versions; 0 = never saved */
	enum record_state state;
	enum county_state county;
	int64_t created_at, changed_at;     /* UTC milliseconds */
	char changed_by[RECORD_ID_MAX + 1]; /* staff id */
};

struct record {
	const struct form_def *form;
	struct arena *mem;
	struct value *values; /* form->n_fields of them */
	struct record_meta meta;
};

struct record *record_new(struct arena *mem, const struct form_def *form);
/* A deep copy in mem. */
struct record *record_copy(struct arena *mem, const struct record *from);

/* The value of a field; a static empty value when the form has no such field. */
const struct value *record_get(const struct record *rec, const char *key);
/* Text of a date, time, text, code, codes or reference; NULL when empty. */
const char *record_text(const struct record *rec, const char *key);
/* Number of an int, decimal or money; otherwise when empty. */
int64_t record_num(const struct record *rec, const char *key, int64_t otherwise);
/* Day number of a full or partial date; NO_DAY when empty. */
int32_t record_day(const struct record *rec, const char *key);
/* Is the code (or one of the codes) chosen? */
bool record_is(const struct record *rec, const char *key, const char *code);

/* The setters copy text into the arena.  The form must have the field (asserted).  NULL or "" empties. */
void record_set_text(struct record *rec, const char *key, const char *text);
void record_set_num(struct record *rec, const char *key, int64_t num);
void record_set_day(struct record *rec, const char *key, int32_t day);
void record_set(struct record *rec, const char *key, const struct value *v);
void record_clear(struct record *rec, const char *key);
/* Adds an empty item to a list and returns it. */
struct record *record_add_item(struct record *rec, const char *key);
/* Have two records of one form equal values?  Their state is not looked at. */
bool record_says_the_same(const struct record *a, const struct record *b);
/* The item of the list that says the same as this one, or NULL: also when there is no list (NULL, an empty value). */
const struct record *record_same_item(const struct value *list, const struct record *item);

/* Was nothing of what the sheet is for filled in?  What frames it (FIELD_FRAME), what stands hidden and what the program sets
 * itself is not looked at. */
bool record_is_blank(const struct record *rec);
/* The first field that is looked at there: where a blank sheet begins. */
const char *record_first_field(const struct record *rec);

/* JSON.  record_read_json() changes only the keys that are present; null empties; unknown keys, wrong types, unknown
 * codes become errors in fs; computed and read-only keys are skipped unless trusted (own storage, the county).
 * Keys of struct record_meta and "kind", "confirm", "warnings", "advice" are not fields and are passed over. */
void record_read_json(struct record *rec, struct json_object *obj, bool trusted, struct findings *fs);

/* A new object with all values that are not empty; the caller puts it. */
struct json_object *record_write_json(const struct record *rec);
/* The same as text, appended: {"name":"...",...}; no second tree is built, so that bulk work is fast. */
void record_write_body(const struct record *rec, struct sbuf *out);

/* Own storage back again.  Keys of newer editions that this form does not know are passed over. */
bool record_read_body(struct record *rec, const char *json, size_t len, struct err *err);

/* Runs compute(), then checks every field, what is required, and the form's own check(). */
void record_check(struct record *rec, const struct form_context *cx, struct findings *fs);

/* Is nothing lacking that a complete record needs?  What the indicators count; values were checked when it was saved. */
bool record_is_complete(const struct record *rec, const struct form_context *cx, struct arena *mem);

#endif
