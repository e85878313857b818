/* The open clinic: what every use case needs.  One per process; nothing here is global. */
#ifndef CUNYI_APP_H
#define CUNYI_APP_H

#include "app/base/clock.h"
#include "app/base/err.h"
#include "app/base/lock.h"
#include "app/base/uuid.h"
#include "app/clinic/record.h"
#include "db/db.h"

struct clinic_setting {
	bool practice;    /* practice data: marked for ever, shown everywhere */
	char name[96];    /* of the clinic */
	char org_code[32];
	char org_id[RECORD_ID_MAX + 1]; /* its organisation record */
	char region[16];  /* first 9 or 12 digits of health-file numbers made here */
};

enum { DEVICE_NUMBERS = 99 };

struct app {
	char dir[512]; /* data folder */
	struct db *db, *drafts;
	struct lock here; /* held while a screen is open */
	struct clock clock;
	struct ids ids;
	struct clinic_setting clinic;
	int64_t device;                       /* row of this device */
	char device_code[16];
	int device_number;                    /* 0 the clinic's first, else 1-99: its range of file numbers (numbers.h) */
	char actor[RECORD_ID_MAX + 1];        /* staff id of who works; "" = not chosen */
	char actor_name[64];
	int64_t actor_row;
	char own_village[RECORD_ID_MAX + 1];  /* "" when the clinic serves several */
	int64_t own_village_row;

	/* The work in progress (record.h). */
	struct tx *tx;
	int64_t group;
	int64_t utc;                 /* instant of this save */
	int64_t origin;              /* 0 local, else the remote whose rows are being applied */
	bool search_deferred;        /* new residents are indexed later (search.h) */
	struct search_held *search_held; /* their rows, as far as they are at hand (search_int.h) */
	struct lock search_lock;
	struct lock making;          /* held while a clinic is being made (making.h) */
	struct touched *touched;     /* residents whose dues are recomputed before the commit */
	struct arrived *arrived;     /* from elsewhere: what follows of it is done before the commit */
	struct known *known;         /* what was read once in this transaction */
	struct z_stream_s *packing;  /* of after_image_pack() (record.h); NULL until then */
};

enum app_mode {
	APP_SCREEN,   /* once open, without patience: the screen retries from its loop */
	APP_COMMAND,  /* waits up to 5 s for another process's save */
	APP_READONLY, /* reports, checks, sql */
};

/* Opens the clinic in a data folder.  not_found when there is none.  Reads settings; no actor is chosen yet. */
bool app_open(struct app *app, const char *dir, enum app_mode mode, struct err *err);
void app_close(struct app *app);
/* With patience (commands, and every opening) another process's save is waited for up to 5 s, without 50 ms: a screen that
 * was opened has none, but for what must not be lost when it ends. */
void app_patience(struct app *app, bool patient);

/* Makes a new clinic in an empty data folder: the organisation, its device, the county remote.  code is the
 * institution's code, region the 9 to 12 digits that health-file numbers begin with ("" if not known yet).
 * duplicate when there is one already; what a killed try left makes room.  The app is open afterwards. */
struct app_init {
	const char *code, *name, *region;
	bool practice;
	bool more_to_come; /* the clinic counts as unfinished until app_finished() */
	int32_t today; /* practice clinics may fix it; NO_DAY = the real date */
};
bool app_create(struct app *app, const char *dir, const struct app_init *init, struct err *err);

/* The same with a manual clock at *now and ids from a seed: tests, and the practice clinic's years of history. */
bool app_create_seeded(struct app *app, const char *dir, const struct app_init *init, int64_t *now, uint64_t seed,
	struct err *err);
/* After more_to_come: all is there now. */
bool app_finished(struct app *app, struct err *err);
/* Back to the machine's clock and to true randomness; a practice clinic's day stays fixed. */
void app_real_time(struct app *app);

/* Chooses who works: a staff id, staff number or name; NULL: the configuration's `staff`, else the only active one.
 * not_chosen when that is not one person; not_found when there is no such person. */
bool app_choose_actor(struct app *app, const char *who, struct err *err);

/* Settings by key.  The text lives in mem; NULL when not set. */
const char *app_setting(struct app *app, const char *key, struct arena *mem);
/* Inside a work. */
bool app_set_setting(struct app *app, const char *key, const char *value, struct err *err);

/* Is a screen open on this clinic, in whatever process?  Bulk work then writes in short transactions and pauses between
 * them, so that a save there does not wait. */
bool app_screen_is_open(const struct app *app);

/* Today, injected. */
int32_t app_today(const struct app *app);

#endif
