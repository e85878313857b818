/* Between the files of the one door. */
#ifndef CUNYI_RECORD_INT_H
#define CUNYI_RECORD_INT_H

#include "app/clinic/kind.h"
#include "app/service/record.h"
#include "db/stmt.h"

struct touched {
	int64_t resident;
	struct touched *next;
};

/* Typed columns that a kind derives from its record (and from whom it is about); at most DERIVED_MAX. */
enum { DERIVED_MAX = 12 };
/* ",3,7,": codes of service_item_codes, "" for none.  face: of a follow-up, whether it was face to face. */
struct proves {
	char items[40];
};
void record_proves(enum kind_id kind, const struct record *rec, bool face, struct proves *out);

struct derived {
	struct {
		const char *name; /* of the parameter */
		bool is_text;
		int64_t num;
		const char *text;
	} col[DERIVED_MAX];
	size_t n;
	char scratch[16]; /* holds a derived text */
	struct proves proves;
};
bool record_derive(struct app *app, enum kind_id kind, const struct record *rec, int64_t resident,
	struct derived *out, struct err *err);

/* The typed columns of a record, and what else stands in rows of their own because it is counted (promises). */
bool columns_put(struct app *app, enum kind_id kind, const struct record *rec, int64_t row, int64_t resident, bool is_new,
	struct err *err);
/* Row of what a reference names, 0 when it has not come yet.  Somebody's merged file is found at the one it went into. */
int64_t record_ref(struct app *app, const struct field *f, const char *id);

/* What a transaction reads once: nobody else writes while it lasts, and rows keep their ids.  Bulk work lives by it. */
enum { AUDIT_HASH = 32,
	KNOWN_IDS = 128,
	KNOWN_FORMS = 16,
	COLUMNS_MAX = 40 };
/* Which field each parameter of a kind's statement carries (-1: none), found once a form. */
struct columns {
	const struct form_def *form;
	int n, field[COLUMNS_MAX];
};
struct known {
	struct {
		enum kind_id kind;
		int64_t row;
		char id[RECORD_ID_MAX + 1];
	} ids[KNOWN_IDS];
	struct {
		const struct form_def *form;
		int64_t row;
	} forms[KNOWN_FORMS];
	size_t n_forms;
	int64_t remotes[REMOTES_MAX], remotes_without; /* of the origin they leave out */
	size_t n_remotes;
	bool has_remotes, has_hash;
	unsigned char hash[AUDIT_HASH]; /* the newest link of the audit chain */
	struct columns columns[KIND_MAX][2]; /* add, set */
	int64_t linked, leads_to; /* whom record_survivor() was asked about last */
	int64_t last_change; /* seq of the newest change of this transaction */
	bool orphans_counted, has_orphans;
	struct record *person; /* the resident of a run of records */
	int64_t person_row;
	struct arena person_mem;
};
/* He is saved just now: what follows is most likely about him. */
void person_keep(struct app *app, int64_t row, const struct record *rec);

/* The columns of a stored record anew: what it refers to has come, or leads elsewhere now. */
bool record_columns_anew(struct app *app, int64_t row, struct err *err);
/* After a link of this resident changed (or its target came): the records that stood at `before` because of it stand
 * where it leads now. */
bool links_follow(struct app *app, int64_t row, int64_t before, struct err *err);
/* The further numbers of a resident in their table. */
bool identifiers_put(struct app *app, int64_t row, bool is_new, const struct record *rec, struct err *err);

/* What is due of him is counted anew before the commit. */
void work_touch(struct app *app, int64_t resident);

/* Search rows of a resident: stores the difference between two versions.  old NULL: there are none yet (a new resident,
 * or a village that was not known when he came). */
bool search_index(struct app *app, int64_t row, const struct record *old, const struct record *rec, struct err *err);

/* The link of the chain for one change; body is the version as saved. */
struct audit_item {
	int64_t seq, record, revision, actor, utc, origin, state;
	const char *reason, *body;
};
bool audit_add(struct app *app, const struct audit_item *item, struct err *err);

/* The version that was the newest until now: compressed from here on. */
bool after_image_keep(struct app *app, int64_t row, int64_t revision, const char *body, struct err *err);
/* Before the clinic is closed. */
void after_image_release(struct app *app);

#endif
