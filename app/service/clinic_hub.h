/* Several computers in one clinic, for a screen: what this one is to the others, whether it answers them, who has joined it and
 * what each lacks.  What is done about it (to serve, invite, join, promote, leave) is another process (`cunyi hub`). */
#ifndef CUNYI_CLINIC_HUB_H
#define CUNYI_CLINIC_HUB_H

#include "app/service/app.h"

enum clinic_hub_role {
	CLINIC_HUB_NONE,   /* alone */
	CLINIC_HUB_MEMBER, /* another computer is the hub */
	CLINIC_HUB_SELF,   /* this one is */
};

enum { HUB_LACKS_MAX = 10000 };
struct hub_computer {
	int64_t row;
	const char *device, *name; /* its code; in words */
	int64_t joined_at, seen_at; /* instants; seen_at 0 = never */
	bool here;                 /* it asked a moment ago: what it lacks it fetches within the minute */
	int64_t lacks;             /* documents that are newer than that, counted up to HUB_LACKS_MAX */
	bool shut_out;
};

struct clinic_hub {
	enum clinic_hub_role role;
	const char *address;          /* of the other one, as it is typed; "" */
	int64_t since;                /* instant from which this computer is that; 0 = not known */
	int64_t last_push, last_pull; /* instants of the last good exchanges with the hub, 0 = never */
	bool any, ok;                 /* the last round with it */
	int64_t at;
	const char *message;          /* why it was broken off; "" */
	int64_t waiting;              /* records that the hub has not from here */
	/* On the hub. */
	bool serving;                 /* the process that answers runs */
	bool kept;                    /* an open screen starts it where it does not run */
	const char *listen;           /* where it is to answer, "0.0.0.0:7653" */
	const char *serves_at;        /* what is typed on the other computers: "192.168.1.10", several with ", " between; "" */
	const char *code;             /* the invitation that is good now; "" */
	int64_t code_until;
	struct hub_computer *computers;
	size_t n;
};
bool clinic_hub_read(struct app *app, struct arena *mem, struct clinic_hub *out, struct err *err);

/* The file that is locked while this computer answers the others. */
char *clinic_hub_lock(const struct app *app) __attribute__((malloc, returns_nonnull));

/* Where it is to answer, "" = at all addresses; what is no address, with or without a port, is refused. */
bool clinic_hub_check_listen(const char *listen, struct err *err);
bool clinic_hub_listen_at(struct app *app, const char *listen, struct err *err);
/* Shall an open screen keep it answering? */
bool clinic_hub_keep(struct app *app, bool keep, struct err *err);
/* The one that answers is asked to end, whoever started it; false in *ran when none did. */
bool clinic_hub_stop(struct app *app, bool *ran, struct err *err);

/* Is it to be started now?  Then where it is to answer is in listen. */
enum { HUB_LISTEN = 64 };
bool clinic_hub_wanted(struct app *app, char listen[HUB_LISTEN]);

#endif
