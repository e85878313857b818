/* Values of forms.  No value passes through double: decimals are scaled integers, dates and codes are text. */
#ifndef CUNYI_VALUE_H
#define CUNYI_VALUE_H

#include "app/base/base.h"

struct record;

enum value_kind {
	V_EMPTY,
	V_INT,     /* num */
	V_DECIMAL, /* num, scaled by 10^places of its field: 61.5 kg is 615 */
	V_MONEY,   /* num, in fen */
	V_DATE,    /* text, ISO: "2026-11-22"; "1950-01" or "1950" where the field allows it */
	V_TIME,    /* text, RFC 3339 with offset: "2026-11-22T09:41:00+08:00" */
	V_TEXT,    /* text, valid UTF-8 */
	V_CODE,    /* text, the code exactly as printed: "1", "01" */
	V_CODES,   /* text, codes in the order of the table joined by commas: "2,6" */
	V_REF,     /* text, the id of another record */
	V_LIST,    /* items: records of the field's nested form */
};

struct value {
	enum value_kind kind; /* V_EMPTY or the type of its field */
	int64_t num;
	const char *text;      /* in the record's arena, or static */
	struct record **items; /* in the record's arena */
	size_t n_items;
};

static inline bool value_is_empty(const struct value *v)
{
	return v->kind == V_EMPTY;
}

/* Equal kind and content; lists are compared item by item. */
bool value_equal(const struct value *a, const struct value *b);

/* Is code one of the codes of a V_CODES (or the code of a V_CODE)?  An empty value has none. */
bool value_has_code(const struct value *v, const char *code);

#endif
