/* Inside sync/. */
#ifndef SYNC_INT_H
#define SYNC_INT_H

#include "app/base/json.h"
#include "app/base/log.h"
#include "app/base/mem.h"
#include "app/service/record.h"
#include "sync/fhir/fhir.h"
#include "sync/merge.h"
#include "sync/policy.h"
#include "sync/state.h"
#include "sync/sync.h"
#include "sync/vector.h"

enum {
	SYNC_STAMP_LEN = 64,
	SYNC_VERSION_LEN = 72,      /* meta.versionId */
	SYNC_SCHEMA = 1,            /* in every stamp: what wrote it */
	STAMP_INSTANT = 12,         /* its first signs: when, in hexadecimal digits */
	SYNC_URGENT = 0,            /* the class of the outbox that goes first */
	SYNC_BYTES_MIN = 4096,      /* compressed, of a bundle */
	SYNC_BYTES_MAX = 262144,
	SYNC_ENTRIES_SURE = 50,     /* entries that any server takes in a bundle ... */
	SYNC_ENTRIES_MAX = 400,     /* ... and at most, where it does */
	SYNC_POSTS_MAX = 8,         /* entries of a bundle with conditions, of a server that gives its own ids */
	SYNC_ASK_AFTER_MS = 60000,  /* after a time-out the server may still be working */
	SYNC_OVERLAP_MS = 600000,   /* commits that become visible late */
	SYNC_IDS_A_SEARCH = 40,
	SYNC_APPLY_MS = 12,         /* of work in one transaction, so that it ends within 20 */
	SYNC_BULK_MS = 300,         /* the same while no screen waits for it */
};

struct stmt;

struct remote {
	int64_t id;
	bool is_hub;
	char base[TRANSPORT_URL_MAX / 2];
	char scope[160]; /* what is downloaded: "all", or "tag:" and townships with commas between (scope.h) */
	int64_t max_entries, max_bytes;
	int64_t last_push, last_pull; /* when all went, and when all came; 0 = never */
	bool posts; /* the server gives its own ids: idmap.h */
	bool plain; /* it does not take packed bodies */
	bool known; /* it is the remembered one */
	char profile[16];     /* of the line: pace.h */
	int64_t goodput;      /* bytes a second, 0 = not known */
	int64_t entry_bytes;  /* of a resource in a page, 0 = not known */
	int64_t budget, budget_at;
	int64_t fails, next_try, bundles, compared_at;
	struct policy policy; /* the county's, as it was last told at policy_at */
	int64_t policy_at;
	int64_t few_at; /* when it last refused so many entries as no server must take, 0 = never */
};

struct held_group {
	int64_t grp;
	bool waits; /* for another one */
};

/* Things that records name (lacks.h). */
struct named {
	char type[64], id[RECORD_ID_MAX + 1]; /* ours */
	bool there;
	bool unsure; /* the remote does not say */
};

struct named_list {
	struct named *n;
	size_t count, cap;
};

/* How far the line's bytes were counted, and when that last moved. */
struct line_mark {
	uint64_t all, down;
	int64_t at;
};

/* A request that went out before its answer is asked for (line_begin() of pace.h). */
struct line_early {
	char *url; /* NULL: there is none */
	struct line_mark from;
	bool mixed; /* another one was sent since */
};

struct sync {
	struct app *app;
	struct transport *t;
	const struct sync_options *o;
	struct sync_figures *figures;
	struct remote remote;
	char region[10];     /* scope tag of what we write, "" if not known */
	const struct vector *hint; /* of a document of the county that a relay brought, or NULL */
	bool alone;          /* encode main resources only: another of our computers derives the rest itself */
	bool few;            /* the server has refused a bundle of more entries than any takes: they grow no more ... */
	bool few_met;        /* ... in this round ... */
	bool few_found;      /* ... and for nothing else */
	size_t taken, taken_bytes; /* entries of the largest bundle that it took in this round, and what that weighed */
	size_t too_large, too_large_bytes; /* of the last one that it called too large, 0: none */
	bool blamed;         /* something was refused for what it says: a refusal is no word on its size */
	bool (*job)(struct sync *s, struct err *err); /* what is done once the line stands; NULL: a round */
	void *job_ctx;
	int64_t clock_offset; /* the server's clock less ours, ms ... */
	bool dated;          /* ... when it told the time */
	int64_t asked_to_wait; /* seconds, by a server that is busy */
	bool first_load;     /* what is applied comes of a download that has never got to its end */
	bool raw;            /* ids of what is fetched stay as the server has them */
	bool probed;         /* the server was checked in this round */
	size_t fetched;      /* how long the last answer to a read was, in bytes */
	bool heard;          /* it has answered something as a FHIR server does ... */
	int nowhere;         /* ... and this, 404 or 410, to something else; 0: it did not */
	bool counts_otherwise; /* a history has shown that its versions' numbers leave some out */
	bool unreadable;     /* the last answer came, but was too large or not to be understood ... */
	bool too_many;       /* ... because it says too much */
	bool gone_out;       /* noted in this round that something leaves (app/service/record_device.h) */
	bool pulled;         /* all came in this round, be it that not all could go */
	bool twin;           /* somebody else works under our name */
	bool too_early;      /* nobody asked, and the last failure is too young */
	bool met;            /* the server was looked at closely in this round */
	const struct json_object *copy; /* the document at hand, where its history shows that it is a late copy (history.h) */
	const struct json_object *upon; /* the document at hand, where its history is known ... */
	struct json_object *ground;     /* ... the newest version in it that ours contains, be it the document; NULL: none ... */
	struct vector under;            /* ... and, where it bears no mark, that of the version which it was written upon */
	struct json_object *ahead; /* histories asked for ahead: "Type/id" to versions, oldest first, or to NULL: not told whole */
	bool no_batch;       /* the server answers no batch of reads */
	unsigned n_untold;   /* so many histories in a row did not come in this round */
	bool dead;           /* a test ended our life */
	bool has_unread;     /* some documents could not be records yet */
	double packing;      /* how much smaller bodies get */
	struct held_group *held; /* groups that cannot go in this round */
	size_t n_held, cap_held;
	struct named_list lacks; /* what the remote was asked for in this round, and was not found to have */
	bool asked_lacks;
	bool minds_none;     /* it takes references to what it does not have: nobody waits because of that */
	int64_t to_push;     /* when the round began, for the progress line */
	struct line_mark counted;
	struct line_early early;
	uint64_t came;       /* bytes of the last answer, 0: not known */
};

/* False when a test ends our life here: everybody up the stack only returns. */
bool sync_alive(struct sync *s, const char *where, struct err *err);
/* After a write transaction: leaves the file to a screen for as long as we had it. */
void sync_yield(const struct sync *s, int64_t ms);
/* Is a screen open, or may one be?  Asked anew at each transaction: one may be opened at any time. */
bool sync_is_polite(const struct sync *s);
/* So long a transaction may last. */
int64_t sync_longest_ms(const struct sync *s);
void sync_tell(const struct sync *s, const char *what, int64_t done, int64_t of);

/* ---- rows: store.c ------------------------------------------------------------------------------------------------ */

struct out_row {
	int64_t seq, grp, record, revision, prio;
	enum outbox_state state;
	enum kind_id kind;
	char id[RECORD_ID_MAX + 1];
	char stamp[SYNC_STAMP_LEN];
	int64_t ask_after; /* of its batch, 0 if none */
};

struct out_rows {
	struct out_row *r;
	size_t n, cap;
};
void out_rows_release(struct out_rows *rows);
#define AUTO_ROWS __attribute__((cleanup(out_rows_release)))
void out_rows_add(struct out_rows *rows, const struct out_row *row);

/* Runs a statement whose columns are those of outbox rows. */
bool store_read(struct stmt *st, struct out_rows *out, struct err *err);

/* NULL name: the county.  not_found when there is no such remote. */
bool remote_load(struct app *app, const char *name, struct remote *out, struct err *err);
/* Inside a work: one more, of a kind as in db/schema; not_allowed when there are too many. */
bool remote_add(struct app *app, const char *name, const char *kind, int64_t *id, struct err *err);
/* How the line goes, and what the county asks of programs; done: the round was completed. */
bool remote_save_pace(struct sync *s, bool done, struct err *err);
/* Does the lock, the address and the line, then s->job. */
bool sync_session(struct sync *s, struct err *err);

/* Inside a work: statements in order, each about a remote and, where they ask for one, a record. */
bool store_run(struct app *app, const char *const *steps, size_t n, int64_t remote, int64_t record, struct err *err);
/* Inside a work: nothing of what the remote held counts any more, and everything that is here goes there. */
bool store_anew(struct app *app, int64_t remote, struct err *err);

/* Inside a work: the remote has all that we have of the record, nothing of that goes there. */
bool store_moot(struct app *app, int64_t remote, int64_t record, struct err *err);

/* Pending rows after a seq of a priority, in order; at most n. */
bool store_pending(struct sync *s, int64_t prio, int64_t after, size_t n, struct out_rows *out, struct err *err);
/* Pending rows after a seq, whatever their priority. */
bool store_oldest(struct sync *s, int64_t after, size_t n, struct out_rows *out, struct err *err);
bool store_group(struct sync *s, int64_t grp, struct out_rows *out, struct err *err);
/* Can the group not go yet, because a record in it waits for an older version of it?  Groups go whole. */
bool store_group_waits(struct sync *s, int64_t grp, bool *waits, struct err *err);
bool store_in_state(struct sync *s, enum outbox_state state, int64_t after, size_t n, struct out_rows *out, struct err *err);
/* The newest row of a record; seq 0 when there is none. */
bool store_newest(struct app *app, int64_t remote, int64_t record, struct out_row *out, struct err *err);

/* Inside a transaction.  The move is checked. */
bool store_move(struct app *app, struct out_row *row, enum outbox_state to, const char *outcome, struct err *err);

struct held_version {
	char version[SYNC_VERSION_LEN];
	char stamp[SYNC_STAMP_LEN]; /* of the main resource, as its author left it; "" when somebody else wrote since */
	char mark[SYNC_STAMP_LEN];  /* the same, as whoever wrote last left it; MARK_NONE; "": not known */
	int64_t hash, revision;
	bool elsewhere, known;
};
bool version_load(struct app *app, int64_t remote, int64_t record, unsigned role, struct held_version *out,
	struct err *err);
/* Which mark it bears now (NULL: none), and whether its author wrote it. */
#define MARK_NONE "-"
void version_mark(struct held_version *v, unsigned role, const char *stamp, bool by_author);
bool version_store(struct app *app, int64_t remote, int64_t record, unsigned role, const struct held_version *v,
	struct err *err);
bool version_drop(struct app *app, int64_t remote, int64_t record, struct err *err);
/* What the server has of what is derived from it is asked before it is sent again. */
bool version_drop_derived(struct app *app, int64_t remote, int64_t record, struct err *err);
/* Every role of the record now says what this revision says. */
bool version_set_revision(struct app *app, int64_t remote, int64_t record, int64_t revision, struct err *err);
/* Roles known at the remote; returns how many, at most n. */
bool version_roles(struct app *app, int64_t remote, int64_t record, unsigned *roles, size_t *n, struct err *err);

/* NULL text: none is kept.  Owned by the caller. */
bool kept_load(struct app *app, int64_t remote, int64_t record, unsigned role, struct json_object **out, struct err *err);
/* NULL doc: forget it. */
bool kept_store(struct app *app, int64_t remote, int64_t record, unsigned role, const struct json_object *doc,
	struct err *err);

bool entry_add(struct app *app, int64_t seq, unsigned role, int64_t hash, const char *base, struct err *err);
struct sent_entry {
	unsigned role;
	int64_t hash;
	char base[SYNC_VERSION_LEN]; /* "" for a new resource */
};
bool entries_of(struct app *app, int64_t seq, struct sent_entry *out, size_t *n, struct err *err);
bool entries_drop(struct app *app, int64_t seq, struct err *err);

bool batch_add(struct sync *s, const char *batch, struct err *err);
bool batch_ask_after(struct sync *s, const char *batch, int64_t at, struct err *err);
bool row_freeze(struct app *app, const struct out_row *row, const char *batch, const unsigned char *sha, size_t n,
	struct err *err);
/* The row has reached the server: acked, older rows of the record forgotten, the next generation let go. */
bool row_ack(struct sync *s, struct out_row *row, struct err *err);

/* merge_records(), which knows what nobody typed since (merge_came.c): what came into either side with a file that was merged
 * into it, and what it still says of revisions of row that both contain beside base (NULL: of none). */
struct commons;
bool merge_sides(struct app *app, enum kind_id kind, int64_t row, const struct commons *beside, const struct record *base,
	const struct record *ours, const struct record *theirs, struct record *out, struct merge *m, struct err *err);

/* ---- disputes: dispute.c ------------------------------------------------------------------------------------------ */

/* The keys get from's values; MERGE_STATE its state. */
void dispute_take(struct record *to, const struct record *from, const char *const *keys, size_t n);

/* As they are stored: JSON of the keys, and the keys joined by commas.  NULL text: no part. */
void dispute_part_write(const struct record *from, const char *const *keys, size_t n, struct sbuf *out);
bool dispute_part_read(const char *text, const struct form_def *form, struct arena *mem, struct record **out,
	struct err *err);
size_t dispute_keys(const char *joined, struct arena *mem, const char *out[MERGE_KEYS_MAX]);

/* An open one of a record, as stored. */
struct standing {
	int64_t id, base, ours, held;
	unsigned role;
	const char *keys[MERGE_KEYS_MAX];
	size_t n;
	struct record *aside, *before; /* parts; before NULL: not known */
};
enum { STANDING_MAX = 4 }; /* roles that may be disputed: the record itself, its Task, a stranger's Task */
bool standing_load(struct app *app, int64_t remote, int64_t record, const struct form_def *form, struct arena *mem,
	struct standing out[STANDING_MAX], size_t *n, struct err *err);
/* Nothing of a record's rows waits any more: what comes next begins anew. */
bool rows_superseded(struct app *app, int64_t remote, int64_t record, struct err *err);
/* What is disputed has settled itself. */
bool standing_over(struct app *app, const struct standing *st, const char *decision, struct err *err);

/* Inside a work, after a version came in: a dispute about what a stick brought is over where what we have contains both sides
 * by now, be it that somebody else decided it and we heard so by another way. */
bool disputes_overtaken(struct app *app, int64_t record, struct err *err);

/* Inside a work: a dispute is opened, or the open one of that role says this now.  autos: settled by the later edit, kept to
 * be seen. */
struct dispute_note {
	int64_t record, base, ours, held; /* revisions; see db/schema */
	unsigned role;
	const struct json_object *theirs; /* NULL: deleted there */
	const char *version;
	const char *const *keys;
	size_t n;
	const struct record *aside, *before; /* records from which the keys are kept; may be NULL */
	bool autos, later_theirs;
};
bool dispute_note(struct sync *s, const struct dispute_note *n, struct err *err);
/* What the later edit settled in a merge, if anything: both sides are revisions of ours. */
bool dispute_note_autos(struct sync *s, struct dispute_note n, const struct merge *m, struct err *err);

/* After anything came in, be it from the county, by the hub or by stick: what the county was asked to decide, and has. */
bool disputes_answered(struct app *app, struct err *err);

/* When the edit was made that a document holds: its stamp says it, else the server's time. */
int64_t doc_edited(const struct json_object *doc);

/* A document that cannot be a record here: remembered with the reason, so that it can be shown and is asked again when
 * it changes.  NULL reason: it is one now. */
bool unread_any(struct sync *s, bool *any, struct err *err);
bool unread_known(struct sync *s, const char *type, const char *id, bool *known, struct err *err);
bool unread_add(struct sync *s, const char *type, const char *id, const char *version, const char *reason, struct err *err);

/* The mark of the revision that a row sends; row->stamp is the one it bears already, or "". */
bool stamp_for(struct sync *s, const struct out_row *row, char out[SYNC_STAMP_LEN], struct err *err);
/* Inside a work: what the server's clock told, for the banner. */
bool clock_keep(struct sync *s, struct err *err);

bool figures_load(struct app *app, int64_t remote, struct sync_figures *out, struct err *err);
bool log_round(struct sync *s, bool ok, const struct err *why, struct err *err);

/* ---- several remotes: what one of them knows of the county (stick_relay.c, store.c) -------------------------------------- */

/* Whether the county has a record that another of our computers wrote is not known here: that one may have sent it.  It is
 * asked before anything is sent. */
bool county_ask_first(struct app *app, int64_t record, struct err *err);
/* Another way to the county has the record now: should we come online first, the county is asked before anything is sent. */
bool county_exported(struct app *app, int64_t record, struct err *err);

/* The county's word on a record, as another computer of ours heard it: acknowledged, refused, or something else is there. */
struct county_word {
	int64_t record;
	enum outbox_state state; /* OUTBOX_CONFLICT, OUTBOX_REJECTED, OUTBOX_ACKED */
	enum kind_id kind;
	char *outcome, *theirs; /* theirs: the county's document where it differs, or NULL */
	char id[RECORD_ID_MAX + 1];
};
/* The row of a statement with these columns. */
void county_word_read(struct stmt *q, struct arena *mem, struct county_word *out);
/* The county's document with its version and the vector of what it says; NULL when the county no longer has it. */
bool county_word_doc(struct sync *s, const struct county_word *w, struct json_object **out, struct err *err);
/* Takes it as the county's own answer: what the county has of ours is acknowledged. */
bool county_word_take(struct sync *county, struct work *w, struct json_object *doc, bool *changed, struct err *err);
bool county_word_refused(struct app *app, const char *kind_name, const char *id, const char *outcome, struct err *err);

/* ---- rendering: render.c ------------------------------------------------------------------------------------------ */

struct item {
	struct out_row row;
	int64_t revision; /* what set says: the row may name a later one by now */
	struct fhir_set set;
	struct held_version held[FHIR_SET_MAX];
	int64_t hash[FHIR_SET_MAX];
	bool sends[FHIR_SET_MAX]; /* differs from what the server has */
	bool gone[FHIR_SET_MAX];  /* the record says it no more */
	size_t n_sends, bytes;
	bool asked;  /* versions of derived resources were looked up */
	bool lacks;  /* made elsewhere, and some are not known yet */
	bool partial; /* too many for one bundle: the rest goes in the next */
	bool matched; /* the server had one under our id already: what it says has to be read */
};

/* The row's revision as resources, with others' elements grafted in, and which of them have to be sent. */
bool item_render(struct sync *s, const struct out_row *row, struct item *out, struct err *err);
void item_release(struct item *it);

/* How this clinic's resources are marked: by the nine digits of its township, if those are known. */
void sync_region(struct sync *s);

/* Puts into a main resource who saved that revision, or takes off who saved the one before it. */
bool author_put(struct sync *s, int64_t record, int64_t revision, struct json_object *doc, struct err *err);
/* The resources of a record at a revision, as our encoder writes them. */
bool encode_revision(struct sync *s, int64_t record, int64_t revision, struct fhir_set *out, struct err *err);
/* The one with a role, or NULL. */
struct fhir_resource *set_role(struct fhir_set *set, unsigned role);

/* The kind and id that a reference like "Patient/x" names. */
bool kind_of_type(const char *type, enum kind_id *kind);
/* Which of our records that is; several kinds may share a type.  0 and the first of them when it is none. */
int64_t row_of_type(const struct sync *s, const char *type, const char *id, enum kind_id *kind);

/* ---- bundles: bundle.c -------------------------------------------------------------------------------------------- */

struct bundle {
	struct item **items;
	size_t n, cap;
	int64_t groups[64];
	size_t n_groups;
	size_t entries, bytes;
	bool full; /* a group did not fit any more */
};
void bundle_release(struct bundle *b);
#define AUTO_BUNDLE __attribute__((cleanup(bundle_release)))

/* Adds a group with everything unsent that it refers to; *fits false when there was no room, *held when it cannot go now
 * because something it refers to is refused or disputed. */
bool bundle_add_group(struct sync *s, struct bundle *b, int64_t grp, bool *fits, bool *held, struct err *err);
/* Fills with pending groups in the order of their priority. */
bool bundle_fill(struct sync *s, struct bundle *b, struct err *err);
/* {"resource":...,"request":{...}}; version: the one to replace, "": there must be none,
 * NULL: nothing is said about that. */
void bundle_entry(struct sbuf *out, const struct fhir_resource *r, const char *version);
/* The request's body; entries in the order of items and roles. */
bool bundle_body(struct sync *s, const struct bundle *b, struct sbuf *out, struct err *err);
bool is_held(const struct sync *s, int64_t grp);
/* The same until push_all() begins anew: it waits for another one, with which something may have happened by then. */
void hold_back(struct sync *s, int64_t grp);
void unhold_back(struct sync *s);
void hold(struct sync *s, int64_t grp);
void unhold(struct sync *s, int64_t grp);

/* ---- sending, asking back ----------------------------------------------------------------------------------------- */

bool push_all(struct sync *s, struct err *err);

/* Every unknown row whose time has come: acknowledged, pending again, or disputed. */
bool readback_all(struct sync *s, struct err *err);

/* Looks up what the server has of derived resources that somebody else may have made. */
bool lookup_missing(struct sync *s, struct bundle *b, struct err *err);

/* Reads resources of a type by ids and calls back for each. */
bool fetch_ids(struct sync *s, const char *type, const char *const *ids, size_t n, bool content,
	bool (*each)(struct sync *s, struct json_object *doc, void *ctx, struct err *err), void *ctx, struct err *err);
/* The same with content.  What cannot be read, because it is too large or not to be understood, is told to unread() and stops
 * nothing. */
bool fetch_readable(struct sync *s, const char *type, const char *const *ids, size_t n,
	bool (*each)(struct sync *s, struct json_object *doc, void *ctx, struct err *err),
	bool (*unread)(struct sync *s, const char *id, void *ctx, struct err *err), void *ctx, struct err *err);

/* GET; *doc is the parsed answer of status 200, else NULL; *status tells.  False: no usable answer; s->unreadable: it came, twice,
 * or was too large. */
bool fetch(struct sync *s, const char *url, struct json_object **doc, int *status, struct err *err);

/* What fetch() is certain to be called for soon goes out now, where the line can do that (pace.h). */
bool fetch_ahead(struct sync *s, const char *url, struct err *err);

/* Calls back for each resource of a type in a list of at most so many pages.  All pages, or an error: a page that is missing would
 * look like resources that are missing.  *status: 200, or that of the page which is none (fetch()); the caller knows what that
 * means. */
bool fetch_pages(struct sync *s, const char *type, const char *first, size_t most, int *status,
	bool (*each)(struct sync *s, struct json_object *doc, void *ctx, struct err *err), void *ctx, struct err *err);

/* The next page of a search, if it lies below our base; borrowed. */
const char *next_page(const struct sync *s, const struct json_object *bundle);

bool has_next(const struct json_object *bundle);

/* What a status that is not 200 means for the round: sets err. */
bool answer_error(const struct http_answer *a, struct err *err);
/* After a request that a round can do without: the server has no such thing, or keeps it to itself, and err is forgotten. */
bool answer_may_lack(const struct sync *s, struct err *err);
/* Is a FHIR server there?  Not when the address knew nothing of all that was asked in this round: sets err. */
bool answer_heard(const struct sync *s, struct err *err);
/* Is it a FHIR answer at all?  A captive portal's page is not. */
bool answer_is_fhir(const struct http_answer *a);
/* The words of an OperationOutcome. */
void outcome_words(const struct json_object *outcome, struct sbuf *out);
/* Number of the entry that an OperationOutcome blames, or -1. */
int outcome_entry(const struct json_object *outcome);

/* Before the first exchange with an address: is it a FHIR R4 server, and does it have what we think it has?  One that has
 * nothing of ours gets everything anew. */
bool meet_server(struct sync *s, struct err *err);
/* Something of ours is gone there: perhaps all is.  Asked once a round. */
bool meet_again(struct sync *s, bool *anew, struct err *err);
/* Once a week: has it other software than when it was checked?  Then it is checked again. */
bool meet_software(struct sync *s, struct err *err);
/* Did its last check say that it lacks a need (probe_needs.c)? */
bool meet_lacks(struct sync *s, const char *need, bool *lacks, struct err *err);

/* ---- who we are: device_heal.c -------------------------------------------------------------------------------------------- */

/* After this computer got a new name: what waits is asked for before it is sent.  At the start of a round, under its lock. */
bool device_heal(struct sync *s, struct err *err);
/* Inside a work: does the mark bear our name though we never made it?  Then somebody else uses that, and the next round parts
 * from him. */
bool stamp_is_twins(struct sync *s, int64_t row, const char *stamp, bool *twin, struct err *err);
/* Outside a work: somebody else uses our name; and the parting at once, if that was said, where no round may ever come. */
bool device_has_twin(struct app *app, struct err *err);
bool device_part(struct sync *s, struct err *err);

/* ---- the check of the server: probe.c ------------------------------------------------------------------------------ */

struct probe_report;
/* In the middle of a round, because the server behaves otherwise than we thought.  False also when it cannot be used. */
bool probe_again(struct sync *s, bool *changed, struct err *err);
/* Once more, with a server that has ours already: an error when it cannot be used any more or deals with ids otherwise; then
 * what is known of it stays. */
bool probe_afresh(struct sync *s, struct err *err);

/* ---- coming in ---------------------------------------------------------------------------------------------------- */

/* What is missing or wrong so that it cannot be a record here; "" when it can. */
void record_objections(const struct record *rec, char *out, size_t size);
/* Is the history of a document asked for before it is applied?  Either it bears a mark that is no news, on a version that we do not
 * hold, or a mark where the one that we hold bears none, or may lie over such a one (history.h): then what lies between that and
 * this comes first.  Or it was written upon a late copy by somebody who had not seen what we hold: then what lies between that and
 * the copy comes first.  Or the server counts versions that nobody of ours wrote, and its author does not know of them.  Or what it
 * and ours began with may be a version that is there and never came here. */
struct late {
	bool asks, between, strayed;
	char held[SYNC_VERSION_LEN]; /* the version that we hold, "": none */
	int64_t row;
};
bool apply_is_late(struct sync *s, const struct json_object *doc, struct late *out, struct err *err);
/* One resource of the server into the store, inside the caller's work.  *changed: something is different here now. */
bool apply_resource(struct sync *s, struct work *w, const struct json_object *doc, bool *changed, struct err *err);
/* A derived resource of ours as somebody else left it. */
bool apply_derived(struct sync *s, int64_t record, unsigned role, const struct json_object *doc, struct err *err);
/* A person has decided: the server's document, as this revision says it, is the ground of what follows. */
bool apply_settled(struct sync *s, enum kind_id kind, int64_t row, unsigned role, const struct json_object *doc,
	const struct record *rec, struct err *err);
/* The server no longer has it, and we have something to say about it. */
bool apply_deleted(struct sync *s, struct out_row *row, struct err *err);

bool pull_all(struct sync *s, struct err *err);

/* What a round with the hub consists of (hub_round.c). */
bool hub_exchange(struct sync *s, struct err *err);
/* The sentences about lines and answers speak of the county: here they speak of the hub. */
void hub_error(struct err *err);

const char *doc_version(const struct json_object *doc); /* meta.versionId */
int64_t doc_updated(const struct json_object *doc);     /* meta.lastUpdated in ms, 0 if none */

#endif
