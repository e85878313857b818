/* What a county asks of every program that exchanges with it, published as one resource that all may read and only the county may
 * write (packaging/county):
 *
 *   Basic, code urn:cunyi:record-kind|sync-policy, with extensions urn:cunyi:policy:<name> of
 *     program      valueString   the oldest program that may still write, "1.4"
 *     entries      valueInteger  in a bundle, at most (10 or more)
 *     bytes        valueInteger  of a packed bundle, at most (4,096 or more)
 *     bytes-a-day  valueInteger  over the line, both ways (1,000,000 or more); what is urgent goes all the same
 *     overlap      valueInteger  seconds before the last place that are asked for again (600 to 86,400), because what the server
 *                                commits late becomes visible with an early time
 *
 * It only ever narrows what the program would do by itself, and what it says outside of these ranges is passed over: whoever
 * got hold of it could slow a clinic down, never lose or misdirect a record.  Therefore keys of sticks are not in it: those are
 * compared by a person.  It is asked for once a day, before anything is sent. */
#ifndef SYNC_POLICY_H
#define SYNC_POLICY_H

#include <stdbool.h>
#include <stdint.h>

enum { POLICY_VERSION = 16 };

struct policy {
	char program[POLICY_VERSION]; /* "": any */
	int64_t entries, bytes, bytes_a_day, overlap; /* 0: not said */
};

struct json_object;
/* Of the county's resource; NULL: nothing is said. */
void policy_read(struct policy *out, const struct json_object *basic);
/* As it is kept between rounds, and back; text NULL: nothing. */
struct json_object *policy_json(const struct policy *p);
void policy_parse(struct policy *out, const char *text);
/* Is this program (or another version of it) older than the policy wants? */
bool policy_too_old(const struct policy *p, const char *version);

struct app;
struct err;
struct arena;
/* The one of the county, as it was told last. */
bool policy_kept(struct app *app, struct policy *out, struct err *err);
/* In words of the present language; "" where it asks for nothing. */
const char *policy_words(const struct policy *p, struct arena *mem);

struct sync;
/* Before anything is sent: asks for it when that was a day ago; remote_save_pace() keeps it.  A server that does not tell has none;
 * of one that fails at the question what it told last holds, and it is asked again in the next round. */
bool policy_ask(struct sync *s, struct err *err);
/* May this program send?  If not, records wait until it is replaced; what the county sends comes all the same. */
bool policy_lets_write(const struct sync *s);
/* Says so: too_new. */
bool policy_refuse(const struct sync *s, struct err *err);

#endif
