/* Several computers in one clinic.  One of them is the hub: it serves a small part of FHIR R4 over the clinic's network, and
 * for the others it is just the nearest server.  Each one has all records and works alone when the hub is away; any one
 * can become the hub.  The hub's own screens exchange with its store in the same way, inside the process, so what comes is
 * taken in, merged and passed on to the county by the one machinery of rounds.
 *
 * What the hub has is not yet at the county: a computer's rows for the county stay open until the county has them from
 * this computer, or until the hub says so and shows the county's own document (sync-status). */
#ifndef SYNC_HUB_H
#define SYNC_HUB_H

#include "app/service/app.h"
#include "sync/sync.h"
#include "sync/transport.h"

#define HUB_REMOTE "hub" /* its row of sync_remote */
#define HUB_LOCAL "local:hub" /* the address of this computer's own store */
enum { HUB_PORT = 7653,
	HUB_CODE = 16,
	HUB_CODE_LETTERS = 12,
	HUB_KEY_TEXT = 72,
	HUB_PIN = 64,
	HUB_BODY_MAX = 8 * 1024 * 1024 };

/* ---- the server's brain: a request, an answer, no sockets ---------------------------------------------------------- */

struct hub_request {
	const char *method;
	const char *path; /* below the base, with the query: "Patient?_id=1", "" for a transaction */
	const char *base; /* as the client knows it, for links */
	const char *body; /* NULL: none */
	size_t body_len;
	bool minimal; /* Prefer: return=minimal */
	const char *if_match, *if_none_match; /* headers of a single PUT, or NULL */
};

struct hub_reply {
	int status;
	int64_t date;
	char etag[32], location[256]; /* "" if none */
	struct sbuf body; /* FHIR JSON */
};
void hub_reply_init(struct hub_reply *r);
void hub_reply_release(struct hub_reply *r);
#define AUTO_REPLY __attribute__((cleanup(hub_reply_release)))

/* Answers from the tables of this clinic.  Whatever is asked, there is an answer; nothing of a refused request is kept. */
void hub_answer(struct app *app, const struct hub_request *req, struct hub_reply *out);

/* The same as a line for rounds: this process is client and server.  transport_close() frees it. */
struct transport *hub_line(struct app *app);

/* ---- who is the hub ------------------------------------------------------------------------------------------------ */

enum hub_role {
	HUB_NONE, /* no hub is known: the clinic has one computer, or each speaks with the county alone */
	HUB_MEMBER, /* another computer is the hub */
	HUB_SELF, /* this one is */
};

struct hub_state {
	enum hub_role role;
	int64_t remote; /* 0 when there is no hub */
	char address[TRANSPORT_URL_MAX / 2]; /* of the other one */
	int64_t waiting; /* records that it has not */
	bool any, ok; /* the last round */
	int64_t at;
	char message[256];
};
bool hub_state(struct app *app, struct hub_state *out, struct err *err);

/* This computer is the hub from now on.  wrong_state when another one is; promote: that one is gone, and everything that
 * is here goes into a new store. */
bool hub_become(struct app *app, bool promote, struct err *err);
/* Another one is, at an address like 192.168.1.10, and shows this code (hub_invite()).  auth when it does not know it. */
bool hub_join(struct app *app, const char *address, const char *code, struct err *err);
/* The last step of it: everything that is here is compared with it in the next round, and what it lacks is sent.  An own store
 * is given up. */
bool hub_join_at(struct app *app, const char *address, const char *pin, const char *key, struct err *err);
/* No hub any more: nothing is exchanged in the clinic, and a store of our own is given up.  The records stay. */
bool hub_leave(struct app *app, struct err *err);

/* The store of this hub is empty from now on and has another name; everything that is here goes into it. */
bool hub_store_anew(struct app *app, struct err *err);

/* One round with the hub; the figures are those of the hub.  o->county is not used; o->transport NULL: the pinned line, or the
 * own store. */
bool hub_round(struct app *app, const struct sync_options *o, struct sync_figures *figures, struct err *err);

/* ---- who may ask --------------------------------------------------------------------------------------------------- */

/* A code like "K7PM-4TQ9-XW2A", good for a quarter of an hour and for one computer; an older one is void. */
bool hub_invite(struct app *app, char out[HUB_CODE], struct err *err);

struct hub_client {
	char device[16];
	int64_t joined_at, seen_at;
	bool shut_out;
};
bool hub_clients(struct app *app, bool (*each)(void *ctx, const struct hub_client *c), void *ctx, struct err *err);
bool hub_shut_out(struct app *app, const char *device, struct err *err);
/* A key for a device, shown once. */
bool hub_client_key(struct app *app, const char *device, char key[HUB_KEY_TEXT], struct err *err);
/* Whose key is it?  0: nobody's.  seen: when that one asked last, as far as it was noted. */
bool hub_client_of_key(struct app *app, const char *key, int64_t *client, int64_t *seen, struct err *err);
/* He asks now.  Noted once a minute: to write is to wait for whoever else writes. */
bool hub_client_seen(struct app *app, int64_t client, int64_t seen, struct err *err);

/* ---- the server ---------------------------------------------------------------------------------------------------------- */

struct hub_serve {
	const char *listen; /* "192.168.1.10:7653"; NULL: this computer alone; port 0: any free one */
	bool plain; /* http without TLS: on this computer alone */
	/* Told once, when it answers. */
	void (*ready)(void *ctx, const char *base);
	/* Somebody wrote here: the hub's own records are to be exchanged with the store.  Called between requests. */
	void (*changed)(void *ctx);
	/* True: enough.  Called at least twice a second. */
	bool (*stop)(void *ctx);
	void *ctx;
};
/* Becomes the hub (hub_become) once it listens: who cannot listen there is no hub. */
bool hub_serve(struct app *app, const struct hub_serve *o, struct err *err);

#endif
