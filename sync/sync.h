/* One round with the county: what waits here goes out, what changed there comes in.  A round may be cut off at any point
 * and run again: nothing is lost, nothing is doubled (sync/state.h). */
#ifndef SYNC_H
#define SYNC_H

#include "app/clinic/kind.h"
#include "app/service/app.h"
#include "sync/merge.h"
#include "sync/transport.h"

/* What `cunyi sync --json` prints. */
struct sync_figures {
	int64_t pushed;  /* records acknowledged in this round */
	int64_t pulled;  /* records changed here by this round */
	int64_t conflicts, rejected, unknown; /* records that stand so now */
	int64_t conflicts_sent; /* of these conflicts: the county was asked to decide */
	int64_t waiting; /* records not yet acknowledged, whatever the reason */
	uint64_t bytes_up, bytes_down;
	int64_t ms;
	int64_t clock_offset; /* the server's clock less ours in ms, 0 when it did not tell */
	bool held_back;       /* the day's bytes are used up: only what is urgent went */
	char server[TRANSPORT_URL_MAX];
};
enum { CLOCK_WRONG_MS = 5 * 60 * 1000 }; /* from here on people are told that this computer's clock is wrong */

struct sync_options {
	const char *remote;           /* the row of sync_remote; NULL: the county.  For the hub see hub_round() */
	const char *county;           /* address to use from now on; NULL: the one remembered */
	struct transport *transport;  /* NULL: libcurl, as this computer is set (app/service/county.h) */
	bool when_due;                /* nobody asked: after a failure not before its pause is over */
	bool polite;                  /* a screen may be open: pause after each write for as long as it took */

	/* Told what happens: "push", 40, 120 ... ; NULL: nobody. */
	void (*progress)(void *ctx, const char *what, int64_t done, int64_t of);
	void *progress_ctx;

	/* For tests: called before every step that could be the last one; false ends the process' life there. */
	bool (*survives)(void *ctx, const char *where);
	void *survives_ctx;
};

/* One round.  False: it could not be completed (network, server, auth, busy, practice ...), and figures are true all the
 * same.  Conflicts and refused records are no failure. */
bool sync_round(struct app *app, const struct sync_options *o, struct sync_figures *figures, struct err *err);

/* Before this process is confined: names of the local network among the addresses that it may talk to (sync/transport.h). */
void sync_look_up(struct app *app);

/* What kind of line goes to the county: "lan", "metered", "satellite"; NULL: only asked for.  now gets the name. */
bool sync_profile(struct app *app, const char *set, char now[16], struct err *err);

/* How things stand, without a round: the figures, with pushed, pulled and bytes of the last one. */
bool sync_status(struct app *app, struct sync_figures *figures, struct err *err);

/* ---- conflicts ---------------------------------------------------------------------------------------------------- */

struct conflict_field {
	const char *key;   /* of the form, or "state" */
	const char *label; /* in the present language */
	char class; /* A D E F: sync/merge.h */
	bool told; /* what both began with is here: else nobody knows what it was, and base is empty */
	struct value base, ours, theirs;
	enum record_state base_state, our_state, their_state; /* of "state" */
	const struct field *field; /* NULL for "state" */
};

/* Where and when one of the two was written.  Texts are "" when nobody knows. */
struct conflict_side {
	const char *who; /* the staff member */
	const char *where; /* "the county", the other computer's clinic or code, this computer's code */
	int64_t at;
};

enum { CONFLICT_MARK = 17 };
struct conflict {
	int64_t id, row, made_at;
	enum kind_id kind;
	const char *uid;
	const struct record *now; /* as it is here */
	struct conflict_field fields[MERGE_KEYS_MAX];
	size_t n_fields;
	struct conflict_side ours, theirs;
	bool deleted_there;
	bool theirs_holds; /* theirs is what is used until it is decided; else ours is */
	bool open, automatic; /* automatic: the later edit settled it, nobody has looked yet */
	bool grave; /* nothing in it is of class D */
	bool sent; /* the county was asked to decide */
	int64_t settled_at;
	const char *settled_by, *decision, *reason; /* "" */
	char mark[CONFLICT_MARK]; /* of what both sides say: another one when either of them says something else */
};
/* Open longer than this: it is shown on the first screen. */
#define CONFLICT_ESCALATES_MS (7 * 86400000LL)

enum conflict_list { CONFLICTS_OPEN,
	CONFLICTS_AUTO,
	CONFLICTS_ALL };
/* Calls back for each, the open ones first; CONFLICTS_AUTO: and those that the later edit settled. */
bool conflict_list(struct app *app, enum conflict_list which, struct arena *mem,
	bool (*each)(void *ctx, const struct conflict *c), void *ctx, struct err *err);
/* not_found when there is no such conflict. */
bool conflict_load(struct app *app, int64_t id, struct arena *mem, struct conflict *out, struct err *err);

/* A person's word, for each field that both changed: ours, theirs, or a new value as it is typed; whole ("ours", "theirs")
 * says it for those not named (NULL: all must be named).  What is decided becomes a version of its own, which is sent.  What
 * the later edit settled may be decided otherwise by the same. */
struct conflict_choice {
	const char *key;
	enum { TAKE_OURS,
		TAKE_THEIRS,
		TAKE_NEW } take;
	const char *text; /* TAKE_NEW */
};
struct conflict_word {
	const struct conflict_choice *choices;
	size_t n;
	const char *whole, *reason; /* may be NULL */
	const char *mark; /* of what the person has seen; NULL: whatever it says now.  Else stale, when that is not so any more */
};
bool conflict_settle(struct app *app, int64_t id, const struct conflict_word *word, struct err *err);
/* For somebody who may not decide: a Task goes to the county with both versions.  The conflict stays open; when the county
 * calls the Task completed, its version holds. */
bool conflict_send(struct app *app, int64_t id, const char *reason, struct err *err);
/* Somebody has looked at all that the later edit settled, up to that number (0: all there are), and lets it be. */
bool conflicts_seen(struct app *app, int64_t upto, struct err *err);

/* ---- refused records ---------------------------------------------------------------------------------------------- */

struct refused {
	int64_t row, revision;
	enum kind_id kind;
	char id[RECORD_ID_MAX + 1];
	const char *reason; /* the server's words */
};
bool sync_refused(struct app *app, struct arena *mem, bool (*each)(void *ctx, const struct refused *r), void *ctx,
	struct err *err);

#endif
