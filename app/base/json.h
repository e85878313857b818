/* Small conveniences over json-c, which the rest of the program uses directly.  What comes from outside enters through
 * json_parse(): strict RFC 8259 (json-c alone lets NaN, 'x' and "1." pass and cuts large integers), with limits. */
#ifndef CUNYI_JSON_H
#define CUNYI_JSON_H

#include <json-c/json.h>

#include "app/base/base.h"
#include "app/base/err.h"
#include "app/base/sbuf.h"

/* AUTO_JSON struct json_object *o = ...;  drops the reference at the end of its scope. */
void json_auto_put(struct json_object **o);
#define AUTO_JSON __attribute__((cleanup(json_auto_put)))

struct json_limits {
	size_t size;   /* bytes of the whole text */
	size_t depth;  /* objects and arrays inside each other */
	size_t nodes;  /* values and member names together; not more than half of so many are objects */
	size_t string; /* bytes of one string as written */
};

enum { JSON_TOO_MANY = 1 }; /* err->detail: the text is too long, or has too many values */

/* The value, owned by the caller; false with ERR_FORMAT, and the line and column in the sentence, when it is not one
 * JSON value inside the limits.  A byte order mark is skipped; of equal member names the last wins; text may lack an
 * ending NUL.  limits NULL: 8 MiB, 32, 200,000, 64 KiB, what a county server may send.  The JSON value `null` gives
 * *out == NULL, as everywhere in json-c. */
bool json_parse(const char *text, size_t len, const struct json_limits *limits, struct json_object **out,
	struct err *err) MUST_CHECK;

/* Members of an object.  All take a NULL or non-object `obj` as one without members.  Borrowed, not owned. */
struct json_object *json_member(const struct json_object *obj, const char *key);
/* NULL unless it is a string. */
const char *json_text(const struct json_object *obj, const char *key);
/* def unless it is a number without fraction (7, 7.0). */
int64_t json_int(const struct json_object *obj, const char *key, int64_t def);
bool json_flag(const struct json_object *obj, const char *key, bool def);
/* The member if it is an array / an object, else NULL. */
struct json_object *json_array(const struct json_object *obj, const char *key);
struct json_object *json_dict(const struct json_object *obj, const char *key);
size_t json_count(const struct json_object *array); /* 0 for NULL and what is no array */

/* Decimals never pass through double: a number's text as it was written ("7.10"), NULL when v is no number.  Owned by v,
 * until v is printed or changed. */
const char *json_number_text(const struct json_object *v);
/* 10^places times the number, exactly; false when v is no number, does not fit or has more places (trailing zeros do
 * not count). places <= 9. */
bool json_scaled(const struct json_object *v, int places, int64_t *out) MUST_CHECK;
/* The other way: 70 with places 1 prints as 7.0. */
struct json_object *json_new_decimal(int64_t scaled, int places);

/* Setters for short code; text may be NULL: then nothing is added. */
void json_set_text(struct json_object *obj, const char *key, const char *text);
/* Of a member that is always there: null when the text is NULL or empty. */
void json_set_known(struct json_object *obj, const char *key, const char *text);
void json_set_int(struct json_object *obj, const char *key, int64_t value);
void json_set_bool(struct json_object *obj, const char *key, bool value);

/* Appends n bytes of text as a JSON string, as json_write() would. */
void json_write_text(struct sbuf *out, const char *s, size_t n);

/* Appends v as compact JSON on one line. */
void json_write(struct sbuf *out, const struct json_object *v);

/* Appends v in one form for all that mean the same: members sorted by bytes, numbers by value (7.00 is 7, 1e2 is 100),
 * members left out that are null, "", [] or {}.  For comparing and hashing, not for sending. */
void json_canonical(struct sbuf *out, const struct json_object *v);
/* The same number for all that json_canonical() writes alike, and most probably another one for everything else; 0 for what
 * it leaves out.  Many times faster than the text. */
uint64_t json_hash(const struct json_object *v);
/* What a member adds to the sum of an object's hash, for who leaves out some of them. */
uint64_t json_hash_member(const char *key, uint64_t value);
bool json_same(const struct json_object *a, const struct json_object *b);

#endif
