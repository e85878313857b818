/* How the clinic stands with the county, read from the outbox and the log of rounds: what waits, what was refused and in
 * which words, how the last exchange went.  The exchange itself is another process (`cunyi sync`). */
#ifndef CUNYI_EXCHANGE_H
#define CUNYI_EXCHANGE_H

#include "app/service/disputed.h"
#include "app/service/receipts.h"

struct exchange_class {
	int prio;              /* receipt_class() */
	int64_t count, oldest; /* instant of the oldest change that waits */
};
enum { EXCHANGE_CLASSES = 8, EXCHANGE_SERVERS = 4 };

/* The county, the clinic's main computer: with whom we speak over the network. */
struct exchange_server {
	const char *name;
	int64_t last_push, last_pull; /* instants of the last good ones, 0 = never */
};

struct exchange {
	const char *url;                /* "" = no county is known */
	struct exchange_server servers[EXCHANGE_SERVERS];
	size_t n_servers;
	struct exchange_class classes[EXCHANGE_CLASSES];
	size_t n_classes;
	int64_t total, oldest;          /* records that wait; since when the oldest does, 0 */
	int64_t bytes, seconds;         /* what they will take, by what the last rounds took; 0 = not known */
	/* What was refused, then what is newer at the county and cannot be taken in, and once what is both; of r only row and
	 * reason. */
	struct lacking *shown;
	size_t n_shown, n_refused, n_untold;
	struct disputed_counts disputes;
	/* By USB stick: other computers known; records they lack that no file holds; those in a file and not yet confirmed. */
	int64_t stick_peers, stick_waiting, stick_carried, stick_out_at, stick_in_at;
	/* The last round, whether good or not. */
	bool any;
	bool ok;
	int64_t at, ms, sent, received, bytes_up, bytes_down;
	const char *message;            /* why it was broken off; "" */
};

bool exchange_read(struct app *app, struct arena *mem, struct exchange *out, struct err *err);

#endif
