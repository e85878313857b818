/* Proving to a server who we are: a transport around another one that gives each request its Authorization.
 *
 * A bearer is sent to the origin of `base` and nowhere else: a request to another one is refused here, whoever made it.
 * With a key (SMART Backend Services) we sign a statement that is good for a minute, get a pass for it and keep that until
 * four fifths of its life are over, or the server once says 401.  The minute is reckoned by the server's Date and not by
 * our clock: a village computer with a dead battery thinks that it is the year 2000. */
#ifndef SYNC_AUTH_H
#define SYNC_AUTH_H

#include "app/base/clock.h"
#include "app/service/device_key.h"
#include "sync/transport.h"

struct app;

struct auth_smart {
	const char *client_id;
	const char *token_url; /* "": as the server's .well-known/smart-configuration says */
	const char *scope; /* "": what the server offers of the system level */
	const struct device_key *key, *before; /* before: tried when the server does not know key; or NULL */
	void (*settled)(void *ctx); /* the server took `key`: before is of no use any more; or NULL */
	void *settled_ctx;
};

struct auth_options {
	const char *base;
	const char *bearer; /* the same always; NULL when smart says how to get one, or there is none */
	const struct auth_smart *smart; /* or NULL.  The keys stay the caller's, until close; texts are copied */
	const char *session; /* file where the pass is kept between processes; NULL: not */
	const struct clock *clock;
};

/* inner is closed with it. */
struct transport *auth_transport(struct transport *inner, const struct auth_options *o);

/* The line to the county as this computer is set (app/service/county.h): whom we believe, who we are, the way there.  NULL
 * with an error when what was set is not there or cannot be used. */
struct transport *auth_county_line(struct app *app, const char *base, struct err *err) MUST_CHECK;

/* What a failed round or try means where this computer was never told how to prove who it is. */
void auth_county_error(struct app *app, struct err *err);

/* Does the county's server answer, and let us in?  Two small questions, for many tell everybody what they are; nothing is written
 * there.  software: what it says
 * that it is, "" if nothing. */
bool auth_try(struct app *app, char *software, size_t size, struct err *err) MUST_CHECK;

#endif
