/* Two computers that exchange by stick, a third one that both know, and whatever somebody may put on it. */
#ifndef TESTS_SYNC_FORGED_H
#define TESTS_SYNC_FORGED_H

#include "desk.h"
#include "sync/stick_int.h"

struct attack {
	struct fake_fhir county;
	struct desk a, b, c;
	char *stick, *path, *sig_path;
	char *file, *sig; /* a good file from a to b */
	size_t n_file, n_sig;
	char *before;
	unsigned serial; /* of the bundles' ids */
	int64_t seq; /* of the next forged file */
};

int attack_open(void **state);
int attack_close(void **state);

/* The callback of stick_out(): the file and its signature are those of sc from now on. */
void attack_on_file(void *ctx, const struct stick_written *f);
/* Everything that a file could change. */
char *attack_everything(struct desk *d);
extern const struct stick_options attack_plain;
/* Takes in the file as it lies there now; r may be NULL. */
bool attack_in(struct attack *sc, struct stick_read *r);
/* It must be refused, with this code (ERR_NONE: any), and must leave no trace. */
void must_be_refused(struct attack *sc, enum err_code code, const char *what);
/* The good file. */
void put_back(struct attack *sc);

/* ---- forged by somebody who holds a key ------------------------------------------------------------------------------- */

struct forgery {
	struct desk *signs;       /* whose key signs */
	const char *from, *to;    /* of the label */
	struct desk *for_whom;    /* sealed for */
};

/* a's to b. */
struct forgery forgery_of(struct attack *sc);
void forge_packed(const char *text, size_t n, struct sbuf *out);
void forge(struct attack *sc, const struct forgery *f, const char *packed, size_t n);
/* @A, @B: the codes of the two; @N, @S: of the bundle, of the file; a "*" is followed by its right end line. */
void forge_spell(const struct attack *sc, const char *text, struct sbuf *out);
void forge_text(struct attack *sc, const struct forgery *f, const char *text);

#define HEAD(cbx, from, to, more) \
	"{\"cbx\":" cbx ",\"bundle\":\"0195f3c2-0000-7000-8000-0000000000@N\",\"part\":1,\"from\":\"" from "\",\"to\":[\"" to \
	"\"],\"seq\":@S,\"schema\":1,\"practice\":false,\"groups\":1" more "}\n"
#define GROUP "{\"group\":\"x\",\"prio\":1,\"tx\":{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[]}}\n"

#endif
