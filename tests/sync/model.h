/* The model test: a few clinics, a county, sticks, and everything that goes wrong, in one process.
 *
 * A schedule is a seed and a list of actions made from it.  Each action is a few small numbers that mean something whatever
 * happened before, so that a failing schedule can be cut down by leaving actions out.  A round with the county runs on a
 * stack of its own (fiber.h) and may stand still before or after any of its requests, while others go on.
 *
 * What is checked after every step, and what at the end, stands in model_check.c and model_rest.c; the numbers in their
 * comments are those of the invariants listed in model_check.c. */
#ifndef TESTS_SYNC_MODEL_H
#define TESTS_SYNC_MODEL_H

#include <setjmp.h>

#include "app/base/rng.h"
#include "app/service/records.h"
#include "db/stmt.h"
#include "fake_fhir.h"
#include "fiber.h"
#include "sync/stick.h"
#include "sync/sync.h"

enum {
	MODEL_DEVICES = 6,
	MODEL_ACTIONS = 200,
	MODEL_THINGS = 96,
	MODEL_EDITS = 512,
	MODEL_FILES = 64,
	MODEL_LATE = 8,
	MODEL_WORDS = 400,
	MODEL_QUERIES = 32,
	MODEL_STAMP = 96,
	MODEL_KEY = 224,
};

/* ---- schedules ------------------------------------------------------------------------------------------------------ */

#define MODEL_OPS(X)                                                                                                      \
	X(REGISTER, 60)                                                                                                   \
	X(EDIT, 220)                                                                                                      \
	X(ALLERGY, 40) X(FOLLOWUP, 110) X(CORRECT, 70) X(WITHDRAW, 15) X(MERGE, 12)                                       \
		X(URGENT, 20) X(SETTLE, 60) X(ROUND, 170) X(GO_ON, 70) X(LINK, 25) X(CLOCK, 20) X(TIME, 40) X(COUNTY, 45) \
			X(SWITCH, 20) X(LATE, 10) X(POISON, 8) X(WRITE, 12) X(READ, 14)
enum model_op {
#define X(name, weight) OP_##name,
	MODEL_OPS(X)
#undef X
		OP_COUNT
};
const char *model_op_name(enum model_op op);

struct model_action {
	uint8_t op, who;
	uint16_t a, b;
};

struct model_schedule {
	uint64_t seed;
	unsigned devices; /* 2 ... MODEL_DEVICES */
	bool sticks; /* they also exchange files */
	bool deaf; /* the county does not look at If-None-Match: a copy of what made something undoes what was written since */
	bool odd; /* the county is slow and simple: small pages whose links expire, a bundle has one time, some entries are left out */
	bool early; /* the next page of a download goes out before its answer is asked for, and meets its fate then */
	bool pairs; /* who corrects a follow-up writes down the person's telephone number, too: both are one change group */
	bool poison; /* the county refuses records now and then; then nobody withdraws any: that cannot be put right */
	struct model_action act[MODEL_ACTIONS];
	bool left_out[MODEL_ACTIONS];
};

/* From this seed on the early ones: those before stay as they were when they failed. */
enum { MODEL_EARLY = 10001 };
void model_schedule_make(struct model_schedule *s, uint64_t seed);

/* Once, before the first schedule: the clinics that every schedule begins with. */
void model_templates(void);

/* Runs it to its end, and this process is good for nothing else after that.  False: words say which invariant did not hold.  True: they are a digest of what the county and the
 * clinics held then, so that a change of the harness can be seen to change nothing else. */
bool model_run(const struct model_schedule *s, bool verbose, char words[MODEL_WORDS]);

/* The same in a child process, so that a schedule may crash and leaves nothing behind. */
bool model_run_apart(const struct model_schedule *s, bool verbose, char words[MODEL_WORDS]);
/* Seeds from ... to in so many processes at a time, until one fails; *bad tells which. */
struct model_range {
	uint64_t from, to;
	unsigned jobs;
	bool digests; /* prints that of each, and goes on after one that fails */
};
bool model_run_many(struct model_range r, uint64_t *bad, char words[MODEL_WORDS]);
/* Leaves out what is not needed for it to fail. */
void model_shrink(struct model_schedule *s, char words[MODEL_WORDS]);

/* ---- inside --------------------------------------------------------------------------------------------------------- */

struct model;

/* What happens to the request that the plan of a round names. */
#define MODEL_FATES(X)                                                                             \
	X(FINE)                                                                                    \
	X(WAIT_BEFORE)                                                                             \
	X(WAIT_AFTER) X(NO_NETWORK) X(LOST_REQUEST) X(LOST_ANSWER) X(CUT) X(HALF) X(SHORT) X(BUSY) \
		X(GATEWAY) X(FAULT) X(CAPTIVE) X(REDIRECT) X(TIME_OUT) X(REPLAY) X(DIE) X(DIE_BETWEEN)
enum model_fate {
#define X(name) FATE_##name,
	MODEL_FATES(X)
#undef X
		FATE_COUNT
};

/* Every value that is typed is typed only once in the world, so that it can be followed: whoever typed it had seen what
 * stood there before. */
enum model_field { FIELD_PHONE,
	FIELD_CONTACT,
	FIELD_SIGNS,
	FIELD_COUNT_ };
#define EDIT_SET_WORDS (MODEL_EDITS / 64)
struct edit_set {
	uint64_t w[EDIT_SET_WORDS];
};

enum { MODEL_ENTRIES = 400 };

struct model_device {
	struct transport t; /* its line to the county */
	struct {
		char *url; /* of a request that went out before its answer is asked for; NULL: there is none */
		struct http_answer answer;
		struct err err;
		bool whole;
	} early;
	struct model *m;
	unsigned who;
	struct app app;
	char *dir;
	int64_t now, offset; /* what its clock shows, and how far that is from the truth */
	bool online;
	struct fiber fiber;
	struct sync_figures fig;
	struct err err;
	bool ok, over; /* of the round that ended last, and that nobody has looked at yet */
	unsigned requests, fate_at;
	enum model_fate fate;
	unsigned lives;
	bool urgent; /* something urgent was saved while a round stood still */
	bool unread; /* an answer about single resources could not be read in this round: what it was about waits, and the rest goes */
	uint64_t refused[MODEL_ENTRIES]; /* of the bundle that was refused last: it goes again in parts */
	size_t n_refused;
	int64_t changes;
	struct edit_set *held; /* of each thing: what it says here */
	struct {
		const char *sql;
		struct stmt *st;
	} queries[MODEL_QUERIES];
	size_t n_queries;
};

/* A resident or a follow-up. */
struct model_thing {
	enum kind_id kind;
	unsigned person; /* of a follow-up: number of the thing that it is about */
	unsigned allergies; /* codes that somebody named and nobody chose against, as bits */
	char id[RECORD_ID_MAX + 1];
};

struct model_edit {
	unsigned thing;
	enum model_field field;
	bool saved;
	bool overruled; /* a person chose against it */
	struct edit_set seen; /* what it was typed, or chosen, in sight of */
	struct edit_set over; /* what a person chose it over, having both before him */
};

/* A request that the county gets after its sender has given up. */
struct model_late {
	char *body;
	unsigned who;
	int64_t until; /* no longer than this on its way */
	bool copy;     /* the first one arrived in time */
};

/* What a device put under a stamp, and whether it knows what became of it. */
struct model_put {
	char key[MODEL_KEY]; /* "Patient/id stamp" */
	uint64_t hash, said; /* of the whole, and without the marks on it */
	unsigned who;
	bool open, asked, told, replayed; /* told: the county said what it holds there */
};

struct model_file {
	char name[STICK_NAME];
	unsigned to;
};

struct model {
	const struct model_schedule *s;
	bool verbose;
	unsigned step;
	int64_t truth; /* the county's clock */
	struct fake_fhir county;
	struct model_device d[MODEL_DEVICES];
	struct model_thing things[MODEL_THINGS];
	size_t n_things;
	struct model_edit edits[MODEL_EDITS];
	size_t n_edits;
	unsigned foreign; /* marks that the county put on people, which we do not know */
	struct model_late late[MODEL_LATE];
	size_t n_late;
	struct model_put *puts;
	size_t n_puts, cap_puts;
	size_t looked; /* versions at the county that were looked at */
	char *stick;
	struct model_file files[MODEL_FILES];
	size_t n_files;
	bool resting; /* nothing goes wrong any more */
	bool failed;
	char *words;
};

/* Says what is wrong, the first time.  The schedule ends after the present step. */
void model_fail(struct model *m, const char *fmt, ...) PRINTF(2, 3);
/* A call that must succeed. */
bool model_ok(struct model *m, bool ok, const struct err *err, const char *what);
void model_say(const struct model *m, const char *fmt, ...) PRINTF(2, 3);

/* model_world.c */
void model_open(struct model *m);
void model_close(struct model *m);
void model_restart(struct model_device *d);
void model_time(struct model *m, int64_t ms);
/* Does this body name the allergy? */
bool model_allergic(const char *body, unsigned code);

/* model_ask.c */
/* Of literal SQL; end its use with stmt_done().  NULL: it failed. */
struct stmt *model_query(struct model_device *d, const char *sql);
/* Before its file is closed. */
void model_forget_queries(struct model_device *d);
/* One number; 0 where there is none, and where the process is dead.  Of a number ?1 and an id ?2. */
int64_t model_ask(struct model_device *d, const char *sql);
int64_t model_ask_of(struct model_device *d, const char *sql, int64_t number, const char *id);
/* The body of a record; "" when the device does not have it.  Owned by the caller. */
char *model_body(struct model_device *d, const struct model_thing *t);

/* model_net.c */
void model_begin(struct transport *t, const struct http_request *req);
bool model_send(struct transport *t, const struct http_request *req, struct http_answer *a, struct err *err);
/* All that is due; now: all there is. */
void model_deliver_late(struct model *m, bool now);
/* A round from its beginning, or from where it stood still, up to its end or the next stop. */
void model_round(struct model *m, struct model_device *d, unsigned fate_at, enum model_fate fate);
void model_go_on(struct model *m, struct model_device *d);

/* model_act.c */
void model_act(struct model *m, const struct model_action *act);
void model_settle(struct model *m, struct model_device *d, unsigned how);
/* What stands beside a record because it is disputed. */
struct edit_set model_disputed(struct model_device *d, const struct model_thing *t);
/* Somebody saves it once more. */
void model_put_right(struct model_device *d, int thing);
/* A file for another device, if there is anything to tell it. */
bool model_carry(struct model *m, unsigned from, unsigned to);
void model_read_file(struct model *m, size_t i);

/* model_pairs.c */
/* The first valid follow-up from a number on whose last version's fate is open or before a person: what is saved now waits for
 * that.  -1: none. */
int model_open_followup(struct model_device *d, unsigned from);
/* Signs of a follow-up and its person's telephone number, in one save. */
void model_type_two(struct model_device *d, unsigned followup, unsigned person);

/* model_edits.c */
int model_type(struct model *m, unsigned thing, enum model_field field, char *text, size_t size);
struct edit_set model_edits_in(const struct model *m, const char *text);
bool edit_in(const struct edit_set *s, size_t e);
void edit_sees(struct model *m, size_t e, const struct edit_set *what);
/* A person's work made `after` of `before`, with `aside` in sight. */
void model_typed(struct model *m, const struct edit_set *before, const struct edit_set *aside, const struct edit_set *after);
/* The same of a file that another was merged into. */
void model_moved(struct model *m, const struct edit_set *before, const struct edit_set *after);
/* A dispute was settled, in which values of some fields were shown: those a person decided, what became of the others was moved. */
void model_decided(struct model *m, const struct edit_set *before, const struct edit_set *aside, const struct edit_set *shown,
	const struct edit_set *after);
/* Nobody may replace what he has not seen: the first value of before that is lost in after, or -1. */
int model_lost(const struct model *m, const struct edit_set *before, const struct edit_set *after);

/* model_text.c */
struct model_resource {
	char type[32], id[80], stamp[MODEL_STAMP];
	const char *text;
	size_t len;
};
/* The next one of a bundle's text; *at is behind it then. */
bool model_next_resource(struct model *m, const char **at, struct model_resource *out);
bool model_stamp(const char *text, size_t len, char out[MODEL_STAMP]);

/* model_check.c */
#define MODEL_HASH UINT64_C(14695981039346656037) /* of nothing */
uint64_t model_hash(uint64_t so_far, const char *text, size_t len);
void model_check_put(struct model *m, struct model_device *d, const struct http_request *req);
void model_check_answered(struct model *m, struct model_device *d, const struct http_request *req, const struct http_answer *a);
void model_check_county(struct model *m);
void model_check_device(struct model *m, struct model_device *d);
/* A person has changed things here: that is no loss. */
void model_hold(struct model *m, struct model_device *d, size_t thing);

/* model_rest.c */
void model_rest(struct model *m);
void model_digest(struct model *m, char words[MODEL_WORDS]);

#endif
