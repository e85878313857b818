/* A FHIR server in memory for `make test`: transactions with rollback, versions, If-Match, search by _lastUpdated and _id
 * with paging, tombstones, and every way in which a line or a server fails.  It is a struct transport. */
#ifndef TESTS_SYNC_FAKE_FHIR_H
#define TESTS_SYNC_FAKE_FHIR_H

#include "sync/transport.h"

struct json_object;

enum fake_fault {
	FAKE_FINE,
	FAKE_NO_NETWORK,    /* nothing leaves the machine */
	FAKE_LOST_REQUEST,  /* it left and never arrived */
	FAKE_LOST_ANSWER,   /* the server acted, nobody hears of it */
	FAKE_TIMED_OUT,     /* the same, and we waited for it as long as we wait */
	FAKE_CUT_ANSWER,    /* the line breaks in the middle of the answer */
	FAKE_HALF_BODY,     /* a whole HTTP answer with half a JSON text in it */
	FAKE_DONE_STATUS,   /* the server acted, and what stands before it says .status */
	FAKE_SHORT_BUNDLE,  /* a good answer that lacks its last entry */
	FAKE_STATUS,        /* .status, the request is not looked at */
	FAKE_CAPTIVE,       /* 200 and a page of HTML */
	FAKE_REDIRECT,      /* 302 elsewhere */
};

struct fake_order {
	enum fake_fault fault;
	const char *method; /* NULL: any */
	unsigned skip;      /* let so many matching requests pass first */
	int status;
	int64_t retry_after;
};

struct fake_version {
	char type[32], id[80];
	unsigned number;
	int64_t at;  /* lastUpdated, ms */
	char *doc;   /* NULL: deleted */
	char tags[512]; /* "system%7Ccode," of each of its tags */
	bool latest, posted; /* posted: by a client under test, not by fake_put() or fake_edit() */
};

struct fake_request {
	char method[8], url[512];
	size_t body_len;
	int status;
	bool minimal;
	char puts[64][112]; /* "Type/id stamp" of the first entries */
	size_t n_puts, entries;
	const void *by; /* fake_fhir.by at that time */
};

/* How several histories are told in one answer. */
enum fake_batch {
	FAKE_BATCH_WHOLE,
	FAKE_BATCH_NEWEST,  /* the newest version of each, and no link to the rest */
	FAKE_BATCH_SHIFTED, /* each in another's place */
	FAKE_BATCH_CUT,     /* one is left out, but counted */
};

/* What becomes of the question for the history of one resource. */
enum fake_history {
	FAKE_HISTORY_FINE,
	FAKE_HISTORY_FAULT,    /* 500 */
	FAKE_HISTORY_LARGE,    /* more than an answer may have */
	FAKE_HISTORY_HEAVY,    /* more than an answer may have, in pages that each have less */
	FAKE_HISTORY_ENDLESS,  /* each page leads to another one */
	FAKE_HISTORY_BROKEN,   /* its second page is gone */
	FAKE_HISTORY_ANOTHERS, /* another resource's, which bears the marks of this one */
};

struct fake_fhir {
	struct transport t;
	char base[64];
	int64_t *now;
	struct fake_version *versions; /* in the order of their commits */
	size_t n, cap;
	struct fake_request *requests;
	size_t n_requests, cap_requests;
	const void *by; /* whose round it is; desk_sync() says it */
	struct fake_order orders[64];
	size_t n_orders;

	/* switches */
	int conflict_status;     /* 412, or 409 as HAPI does */
	int gone_status;         /* of a replacement of what is not there: 412, 404 elsewhere */
	bool no_versions_for_noop;
	bool integrity;          /* a reference to nothing is refused */
	size_t page, max_entries, max_bytes;
	char refuse_id[80];      /* a transaction that holds this id is answered with refuse_status */
	int refuse_status;
	char hidden[80];         /* no search shows this id */
	int lookup_status;       /* it says this to a search for people by ids ... */
	int read_status;         /* ... and this where one is read */
	bool assigns_ids; /* no creation by PUT: POST with ifNoneExist, ids of its own */
	unsigned next_id; /* of those */
	bool ignores_match, ignores_none_match, no_rollback, ignores_since, no_tags, no_order, no_counts, no_history;
	bool ignores_code;
	int code_status;           /* it says this to a search by code */
	bool ignores_organization; /* of a search: everybody is found */
	int organization_status;   /* or it says this to such a search */
	bool organization_strict;  /* it forbids it of whom it does not know */
	int history_status;      /* what it says then; 0: 404 */
	enum fake_history odd_history;
	char odd_id[80];         /* of this one; "": of each */
	bool short_history;      /* the newest version only, unless asked since when: HAPI counts a history once a minute */
	bool links_expire;       /* a next link is answered with 410 */
	bool no_links_within;    /* it cannot go on by time inside one millisecond: 500, as Medplum did */
	bool fails_behind;       /* every page but the first one of all: 500 */
	bool same_time;          /* all commits in one millisecond */
	bool bundle_time;        /* all commits of one bundle in one millisecond, as with HAPI */
	bool in_bundle;          /* of that one */
	bool keeps_tags;         /* an update adds tags and takes none away, as with HAPI */
	bool no_batch; /* several reads in one request are refused */
	enum fake_batch batch; /* or answered so */
	bool no_gzip; /* a packed body is refused: 415 */
	bool smart; /* it describes its login */
	unsigned updates; /* how often it got new software */
	int64_t late_ms; /* commits get a lastUpdated so far in the past */
	bool pages_expire; /* every third link to a next page is answered with 410 */
	unsigned n_pages;
	bool forgets; /* requests are not noted */
	/* A request that goes out before its answer is asked for: looked at when it goes out, and so is what befalls it. */
	struct {
		char *url; /* NULL: there is none */
		struct http_answer answer;
		struct err err;
		bool whole;
	} early;
	size_t n_begun, n_collected; /* so many, and whose answer was asked for */
	unsigned drops_every, n_transactions; /* of every so many-th only the first entry is done, and answered (hapi-fhir#8183) */

	/* Before a request is looked at: what others do meanwhile. */
	void (*meanwhile)(struct fake_fhir *f, const struct http_request *req, void *ctx);
	void *meanwhile_ctx;
};

/* Servers made from now on give their own ids: a whole file of tests runs that way, too. */
extern bool fake_default_assigns_ids;

void fake_fhir_init(struct fake_fhir *f, int64_t *now);
void fake_fhir_release(struct fake_fhir *f);

void fake_order(struct fake_fhir *f, struct fake_order order);
/* Whoever comes next has a line of his own: nothing that was begun on the last one is there. */
void fake_hang_up(struct fake_fhir *f);

/* As another client would: stores doc (JSON text with resourceType and id) as a new version. */
void fake_put(struct fake_fhir *f, const char *doc);
/* Replaces a member of what is stored: fake_edit(f, "Patient", id, "birthDate", "\"1950-01-02\""). */
void fake_edit(struct fake_fhir *f, const char *type, const char *id, const char *member, const char *json);
/* Drops our stamp, and keeps the rest. */
void fake_unmark(struct fake_fhir *f, const char *type, const char *id);
void fake_delete(struct fake_fhir *f, const char *type, const char *id);

/* The newest version, parsed, owned by the caller; NULL when there is none. */
struct json_object *fake_get(const struct fake_fhir *f, const char *type, const char *id);
unsigned fake_version_of(const struct fake_fhir *f, const char *type, const char *id); /* 0: none */
/* Resources of a type that are there now; NULL: of all types. */
size_t fake_count(const struct fake_fhir *f, const char *type);
/* The id of the n-th resource of a type, or NULL. */
const char *fake_nth(const struct fake_fhir *f, const char *type, size_t n);
/* How often a stamp was written into versions: more than one of a resource would be a double. */
size_t fake_stamp_versions(const struct fake_fhir *f, const char *type, const char *id, const char *stamp);
size_t fake_requests(const struct fake_fhir *f, const char *method);
/* How many had this in their address. */
size_t fake_asked(const struct fake_fhir *f, const char *part);
/* Bundles of records: what the check of the server wrote bears no stamp. */
size_t fake_bundles(const struct fake_fhir *f);

/* Between the server's files. */
struct fake_version *fake_latest(const struct fake_fhir *f, const char *type, const char *id);
struct fake_version *fake_commit(struct fake_fhir *f, const char *type, const char *id, struct json_object *doc);
/* One entry that gives no id: made, or found by its condition; 0, else the status of the whole.  *id: what it has now. */
int fake_post_entry(struct fake_fhir *f, struct json_object *entry, bool *made, char id[80]);
/* urn:uuid: references to entries of this bundle become those to what was made of them. */
void fake_rewrite(struct json_object *node, const struct json_object *bundle, char ids[][80], size_t n);
struct fake_version *fake_by_client_id(const struct fake_fhir *f, const char *type, const char *id);
/* Does it bear an identifier out of a list "system%7Cvalue,system%7Cvalue"? */
bool fake_identified(const struct fake_version *v, const char *list);
/* A version that replaces another gets its tags, too. */
void fake_note_tags(struct fake_version *v, struct json_object *doc);
void fake_keep_tags(struct json_object *doc, const char *before);
/* Does it bear one out of each _tag of the address? */
bool fake_is_tagged(const struct fake_version *v, const char *url);
/* Is it of the code of a search, "system%7Ccode"? */
bool fake_is_coded(const struct fake_version *v, const char *code);
/* Does it refer to one of a list "Patient/id,Patient/id"? */
bool fake_is_about(const struct fake_version *v, const char *list);
/* The status of a question that it does not answer; 0: it does. */
int fake_forbids(const struct fake_fhir *f, const char *path);
int fake_transaction(struct fake_fhir *f, const struct http_request *req, struct sbuf *out);
int fake_answer(struct fake_fhir *f, const char *url, struct sbuf *out);
const char *fake_stamp_of(struct json_object *doc);

#endif
