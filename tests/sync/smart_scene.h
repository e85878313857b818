/* SMART Backend Services against a login server in memory that checks each statement as a server does: its signature by the
 * public half that the computer gives out, name, audience, times, and that no statement comes twice. */
#ifndef TESTS_SYNC_SMART_SCENE_H
#define TESTS_SYNC_SMART_SCENE_H

#include "app/service/device_key.h"
#include "sync/auth.h"

#define BASE "https://county.test/fhir"
#define LOGIN "https://login.test/token"
#define NOW INT64_C(1795309323000)

/* What the login server does. */
enum mood { MOOD_GOOD,
	MOOD_HTML,
	MOOD_INVALID_CLIENT,
	MOOD_INVALID_SCOPE,
	MOOD_FAULT,
	MOOD_MOVED,
	MOOD_NO_TOKEN,
	MOOD_OTHER_TYPE,
	MOOD_TWO_LINES,
	MOOD_NO_LIFE };

struct county {
	struct transport t;
	char begun[128]; /* a request that has gone out and is not asked for yet, "" for none ... */
	bool begun_good; /* ... with a pass that was good then */
	size_t n_begun;
	int64_t ours, login_ahead; /* clocks of the county's servers, ms; the login server's minus the other's */
	const char *configuration; /* answer of .well-known/smart-configuration; NULL: 404 */
	const char *content_type; /* of that */
	enum mood mood;
	int64_t life; /* of passes, s */
	int64_t wait; /* it asks for that while it has a fault, s */
	const struct device_key *known[2];
	const char *client;
	char scope[256], jtis[64][64];
	char good[64]; /* the pass that is good now */
	size_t asked_where, asked_pass, given, refused, reached, n_jtis;
	bool takes_none; /* whatever it gave */
	bool wrong_place; /* a bearer came where none may */
};

struct scene {
	struct county c;
	struct device_key *key, *before;
	struct auth_smart smart;
	struct auth_options o;
	struct clock clock;
	int64_t here; /* this computer's clock */
	struct transport *t;
	struct err err;
	size_t settled;
};

#define CONFIGURATION "{\"token_endpoint\":\"" LOGIN "\",\"capabilities\":[\"permission-v2\"]}"

void smart_begin(struct scene *s);
void smart_end(struct scene *s);
/* As another process would begin. */
void smart_anew(struct scene *s);
/* The status of one request for BASE "/Patient"; 0 when none came. */
int smart_ask(struct scene *s);
/* Time goes by, for everybody. */
void smart_pass(struct scene *s, int64_t seconds);

#endif
