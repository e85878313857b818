/* What the program refuses, tried from tables: a clinic whose records have names ("$who"), saves that must be refused in both
 * languages without anything stored, and the sentences that were said. */
#ifndef CUNYI_TEST_BAD_INPUT_H
#define CUNYI_TEST_BAD_INPUT_H

#include "service/given.h"

#include "app/base/json.h"

enum { BAD_NAMES = 40 };

struct bad {
	struct test_clinic c;
	struct {
		const char *name, *id;
	} known[BAD_NAMES];
	size_t n_known;
	const char *about; /* said when a row fails: the form or the scene */
	unsigned faults;
};

/* $who (a woman of 71), $staff, $village and $team are there. */
void bad_start(struct bad *b, const char *about);
/* Fails when a row was at fault; each has been told. */
void bad_stop(struct bad *b);
/* A row is at fault; the others go on. */
void bad_fault(struct bad *b, const char *json, const char *fmt, ...) PRINTF(3, 4);
/* The longest name counts: "$who2" is not "$who" and a 2.  Kept as pointers. */
void bad_know(struct bad *b, const char *name, const char *id);
/* "$name" becomes its id; the caller puts it. */
struct json_object *bad_json(struct bad *b, const char *json);
/* into gets the members of from. */
void bad_merge(struct json_object *into, struct json_object *from);

/* confirm: whatever is only unusual is confirmed. */
bool bad_save(struct bad *b, const struct kind *kind, struct json_object *obj, bool confirm, struct save_result *r);
/* The save must be refused in both languages with this code ("needs_confirmation": it is asked) at this field, with a sentence
 * that is not the same in both; nothing is stored.  says: the sentence must hold this term's text; NULL: it need not.  example: an
 * example of right must stand beside it (not beside a question). */
void bad_refused(struct bad *b, const struct kind *kind, struct json_object *obj, const char *code, const char *field,
	const struct term *says, bool example);

/* The same for what is no save: act() is called in each language and must fail. */
void bad_act_refused(struct bad *b, bool (*act)(struct bad *b, void *ctx), void *ctx, const char *shown, const char *code,
	const char *field);

/* Has one of the English sentences of refusals been made from this format? */
bool bad_was_said(const char *format);

#endif
