/* Exchange by USB stick: with another laptop of the van, with the township, and through a relay with the county.  A file
 * holds everything that its receiver has not yet said to have, so a lost one loses nothing; what has come twice, late or
 * out of order changes nothing (sync/vector.h).  Nobody but the receiver can read a file (age), and it is proved who wrote
 * it before anything of it is opened (minisign). */
#ifndef SYNC_STICK_H
#define SYNC_STICK_H

#include "app/base/date.h"
#include "app/service/app.h"
#include "sync/cbx.h"
#include "sync/vector.h"

enum { STICK_NAME = 96, STICK_TITLE = 96, STICK_FINGERPRINT = 24 };
#define STICK_UNPROVED_MAX INT64_C(2000000000)

/* ---- with whom ---------------------------------------------------------------------------------------------------- */

struct stick_peer {
	int64_t remote;
	char code[VECTOR_DEVICE], title[STICK_TITLE];
	unsigned char recipient[AGE_KEY];
	struct minisign_public signer;
	bool relay;            /* it passes on to the county */
	bool wants;            /* it asks us what the county says */
	char revoked[DATE_LEN]; /* the day when the county struck it off its list; "" while it is good */
	int64_t sent;          /* number of our last file for it */
	char sent_sha[CBX_SHA_TEXT];
	int64_t waiting;       /* records it has not said to have ... */
	int64_t carried;       /* ... of which so many are in a file already */
	int64_t received;      /* number of the newest file from it, 0: none yet */
	int64_t in_at, out_at; /* instants of the last exchange, 0: none yet */
	bool renewed;          /* of one that was added: it was known, with other keys */
};

/* Our card: a small text with our public keys, for a file on the stick or a QR code.  The keys are made when they are
 * first asked for, and stand in files beside the database. */
bool stick_card(struct app *app, struct sbuf *out, struct err *err);
/* Four groups of four letters and digits, to be compared over the telephone. */
bool stick_fingerprint(const char *card, char out[STICK_FINGERPRINT], struct err *err);

/* Takes in another device's card: from now on everything that is saved here is for it, too, and all that is here already.
 * A card of a known device replaces its keys.  relay: it passes on to the county. */
bool stick_peer_add(struct app *app, const char *card, bool relay, struct stick_peer *out, struct err *err);
/* In the order of their coming. */
bool stick_peers(struct app *app, struct stick_peer **out, size_t *n, struct err *err);

/* ---- out ---------------------------------------------------------------------------------------------------------- */

struct stick_options {
	const char *to;        /* a device's code; NULL: everybody */
	int64_t part_max;      /* bytes of a file; 0: CBX_SEALED_MAX less a margin */
	int64_t carry_max;     /* bytes of files carried for computers that nobody here knows; 0: STICK_UNPROVED_MAX */
	void (*progress)(void *ctx, const char *what, int64_t done, int64_t of);
	void *progress_ctx;
};

struct stick_written {
	char name[STICK_NAME]; /* of the file in the folder */
	char to[VECTOR_DEVICE];
	bool carried;          /* written by another device; we only carry it */
	int64_t seq, groups, records, bytes;
	int64_t receipts; /* words of the county about records of the receiver */
};

/* Writes what each one lacks into a folder, and what we carry for others; each file is read back from the medium before
 * it is named.  Nobody lacks anything: no file.  not_found: no such folder, no such device. */
bool stick_out(struct app *app, const char *dir, const struct stick_options *o,
	void (*each)(void *ctx, const struct stick_written *f), void *ctx, struct err *err);

/* ---- in ----------------------------------------------------------------------------------------------------------- */

enum stick_fate {
	STICK_TAKEN,   /* applied */
	STICK_KNOWN,   /* was taken in before */
	STICK_CARRIED, /* sealed for another: carried on by the next stick_out() */
	STICK_OURS,    /* we wrote it */
	STICK_TWINS,   /* another computer wrote it that works with a copy of our records: after stick_in() we have a new name */
	STICK_REFUSED, /* err tells why; nothing was changed */
};

struct stick_read {
	char name[256], from[VECTOR_DEVICE], to[VECTOR_DEVICE], title[STICK_TITLE];
	enum stick_fate fate;
	int64_t seq, groups, bytes;
	int64_t changed;   /* records that are different here now */
	int64_t at_county; /* records of ours that the county has now, as the relay says */
	int64_t confirmed; /* records of ours that the other side has now */
	int64_t conflicts; /* versions that a person must choose between */
	int64_t missing[8];
	size_t n_missing;  /* files before it that never came; it holds their content, too */
	int64_t let_go;    /* older files of unknown computers that are carried no more: there was no room for them */
	struct err err;    /* of STICK_REFUSED */
};

/* A file, or all files of a folder.  False: the first refusal, after all were tried. */
bool stick_in(struct app *app, const char *path, const struct stick_options *o,
	void (*each)(void *ctx, const struct stick_read *f), void *ctx, struct err *err);

/* What is in a file, without taking it in: proved and counted. */
bool stick_show(struct app *app, const char *path, struct stick_read *out, struct err *err);

#endif
