/* Between the files of the stick. */
#ifndef SYNC_STICK_INT_H
#define SYNC_STICK_INT_H

#include "sync/stick.h"
#include "sync/stick_list.h"
#include "sync/sync_int.h"

#define STICK_FOLDER "stick"
enum { STICK_BATCH = UUID_LEN + 24 }; /* "<bundle>#<part>" */

struct stick_keys {
	struct age_identity age;
	struct minisign_secret sign;
};
bool stick_keys(struct app *app, struct stick_keys *out, struct err *err);
void stick_keys_forget(struct stick_keys *keys);
#define AUTO_KEYS __attribute__((cleanup(stick_keys_forget)))

/* "<data>/stick/<name>", the folder made; owned by the caller, NULL with err. */
char *stick_path(struct app *app, const char *name, struct err *err);

void stick_card_write(const char *code, const char *title, bool practice, const char *age, const char *sign, struct sbuf *out);
/* Whom a card is of, proved like that of a new peer but that it may be our own. */
bool stick_card_device(struct app *app, const char *card, struct stick_device *out, struct err *err);
/* The list of devices, when there is one, onto the stick; and from it, when it is newer than ours. */
bool stick_list_give(struct app *app, const char *dir, struct err *err);
bool stick_list_find_on(struct app *app, const char *path, struct err *err);
/* not_allowed when the county struck the peer off. */
bool stick_peer_is_good(const struct stick_peer *peer, struct err *err);

/* A session with one peer over the machinery of rounds. */
struct stick {
	struct sync sync;
	struct sync_options options;
	struct sync_figures figures;
	const struct stick_options *o;
	struct stick_peer peer;
	struct sync county;  /* for what a relay says of the county */
	struct stick_keys keys;
};
bool stick_begin(struct stick *st, struct app *app, const struct stick_options *o, struct err *err);
void stick_with(struct stick *st, const struct stick_peer *peer);

/* A folder's or a single file's sealed files, in the order of their names; owned by the caller. */
struct stick_names {
	char **path;
	size_t n;
};
bool stick_names_read(const char *path, struct stick_names *out, struct err *err);
void stick_names_release(struct stick_names *names);
#define AUTO_NAMES __attribute__((cleanup(stick_names_release)))

/* "from=... to=... seq=... bundle=... part=..." of a signature. */
struct stick_label {
	char from[VECTOR_DEVICE], to[VECTOR_DEVICE], bundle[UUID_LEN];
	int64_t seq, part;
};
bool stick_label_read(const char *comment, struct stick_label *out);
void stick_label_write(const struct stick_label *l, char out[256]);

/* The first line of a file; the label of its signature must say the same. */
struct stick_head {
	struct stick_label label;
	struct json_object *json; /* owned */
	int64_t groups;
	int64_t lines; /* after the first, as counted here */
	bool practice;
};
bool stick_head_read(struct stick_head *out, const char *line, size_t n, struct err *err);

/* What a computer began to write when its stick was pulled out: it is hidden, and as large as a file. */
bool stick_drop_halves(const char *folder, const char *from, struct err *err);

/* Files for others.  Of a label that is proved the newest is kept. */
bool stick_carry(struct app *app, const char *path, const struct stick_label *label, struct err *err);
/* Nobody can say whether its label is true: it stands beside others of the same label and puts none out of the way for it.  All
 * such files together take at most 2 GB (or `most` bytes), or half of what the disk has for them: the oldest of them are let go,
 * and nothing else.  disk_full: there is no room for it alone. */
bool stick_carry_unproved(struct app *app, const char *path, const struct stick_label *label, const struct cbx_sums *sums,
	int64_t most, int64_t *let_go, struct err *err);
bool stick_carry_out(struct app *app, const char *dir, void (*each)(void *ctx, const struct stick_written *f), void *ctx,
	struct err *err);

/* The county's word, by way of a relay (stick_relay.c). */
bool stick_county_exported(struct stick *st, int64_t record, struct err *err);
/* The peer is to hear what the county says of it; once: unless that is noted, told or not. */
bool stick_receipt_note(struct stick *st, int64_t record, bool once, struct err *err);
bool stick_receipts_write(struct stick *st, struct cbx_writer *w, int64_t *lines, struct err *err);
bool stick_is_receipt(const struct json_object *line);
bool stick_receipt_read(struct stick *st, struct work *w, const struct json_object *line, struct stick_read *f,
	struct err *err);
/* Takes the vector out of a document: it is not part of what the record says. */
bool stick_take_vector(struct json_object *doc, struct vector *out, bool *has, struct err *err);

/* One group of a file, inside a work. */
bool stick_apply(struct stick *st, struct work *w, const struct json_object *group, struct stick_read *f, struct err *err);
bool stick_is_group(const struct json_object *line);
/* Does every record in it say where it comes from? */
bool stick_group_check(const struct json_object *group, struct err *err);

#endif
