/* All screens of the program, and what they share: the session.
 *
 * A new screen is one file with one const struct screen, one line here, and one row in screens/table.c (its name for the
 * go-to list).  A screen that is a form is a small table over form_screen.h. */
#ifndef CUNYI_SCREENS_H
#define CUNYI_SCREENS_H

#include "app/base/date.h"
#include "app/clinic/kind.h"
#include "app/service/app.h"
#include "app/service/batch.h"
#include "app/service/verify.h"
#include "app/service/watch.h"
#include "app/service/worklist.h"
#include "screens/kit/loop.h"
#include "screens/run.h"

struct session;

/* ---- the screens --------------------------------------------------------------------------------------------------- */

extern const struct screen login_screen;     /* who works */
extern const struct screen today_screen;     /* the first screen: search box, work list */
extern const struct screen find_screen;      /* residents */
extern const struct screen register_screen;  /* a new resident, or his record to edit */
extern const struct screen resident_screen;  /* one resident's page */
extern const struct screen timeline_screen;  /* all his records */
extern const struct screen trend_screen;     /* blood pressure over time, large */
extern const struct screen code_screen;      /* the person's QR code */
extern const struct screen record_screen;    /* one record to read: its values, county, history; E M and void */
extern const struct screen history_screen;   /* who changed what */
extern const struct screen enrolment_screen; /* onto a roster */
extern const struct screen drafts_screen;    /* unfinished forms */
extern const struct screen person_screen;    /* picks a person: answer text = id (ui_ask) */
extern const struct screen saved_screen;     /* popup after a save: what is still missing */

extern const struct screen followup_screen;
extern const struct screen visit_screen;
extern const struct screen log_screen;            /* outpatient log */
extern const struct screen queue_screen;          /* who waits today */
extern const struct screen contract_screen;
extern const struct screen referral_screen;
extern const struct screen exam_screen;
extern const struct screen refusal_screen;
extern const struct screen screening_screen, screening_list_screen;           /* text: code of what is refused */
extern const struct screen note_screen;              /* on a record: kind, and its id as text */
extern const struct screen batch_screen;             /* entry of paper, a pile at a time */
extern const struct screen round_screen;             /* who is visited today in the order of the way; F9 prints it */
extern const struct screen phone_screen;             /* popup: the number, the last calls, the outcome of this one */
extern const struct screen notice_screen;         /* report card of a notifiable disease */
extern const struct screen consultation_screen;
extern const struct screen exam_days_screen;          /* examination days */
extern const struct screen exam_day_screen;           /* one of them: who came, ticks of the stations */
extern const struct screen exam_day_form_screen;
extern const struct screen rosters_screen;            /* the rosters, filtered */
extern const struct screen household_screen;         /* one household and its people */
extern const struct screen household_form_screen;
extern const struct screen newborn_screen;           /* from the mother's page */
extern const struct screen away_screen, after_death_screen, dead_phones_screen, no_number_screen; /* lists of people */
extern const struct screen verify_screen;            /* telephone verification */
extern const struct screen duplicates_screen;        /* files that may be of one person */
extern const struct screen imports_screen;           /* which list of residents to take in */
extern const struct screen import_screen;            /* what becomes of its lines.  text: the file, or what
                                                         `cunyi --json import residents` said of it */
extern const struct screen lab_files_screen;         /* which laboratory sheet; .record: of which examination day (the last) */
extern const struct screen lab_screen;               /* what becomes of its lines.  text as import_screen's; .record: the day */
extern const struct screen merge_screen;             /* two of them beside each other: arg .resident and .record */
extern const struct screen household_sign_screen;    /* contracts for all of them in one go */
extern const struct screen services_screen, service_screen; /* given under a contract; one by hand */
extern const struct screen contracts_screen;         /* contracts as lists, a village renewed in one go */
extern const struct screen population_screen;        /* the pyramid of who lives here, of all or of one village */
extern const struct screen reports_screen;           /* figures of a period, workbook, the people behind them */
extern const struct screen sync_screen;              /* what waits, what was refused, how the exchange goes */
extern const struct screen lacking_screen;           /* what the county lacks, and why */
extern const struct screen conflicts_screen;         /* on what we and the county differ */
extern const struct screen hub_screen;               /* several computers in one clinic: what this one is to the others */
extern const struct screen hub_code_screen;          /* the code by which a computer joins */
extern const struct screen settings_screen;
extern const struct screen county_screen;
extern const struct screen county_key_screen;
extern const struct screen staff_list_screen, team_list_screen, village_list_screen, organisation_list_screen, package_list_screen;
extern const struct screen staff_screen, team_screen, organisation_screen, package_screen;

/* Rows of screens/table.c, in the order of the go-to list. */
struct screen_row {
	const struct screen *screen;
	struct term title;
	const char *pinyin;   /* for typing: "jinri jr" */
	bool about_person;    /* opens for the present person only */
};
extern const struct screen_row screen_rows[];
extern const size_t screen_row_count;
/* By its name ("followup"); NULL when there is none. */
const struct screen *screen_named(const char *name);
/* The form screen of a record of this kind ("followup" for KIND_FOLLOWUP); NULL when there is none. */
const struct screen *screen_of_kind(enum kind_id kind);

/* What every screen here takes as its argument (open()'s arg); NULL is the same as all empty. */
struct open_arg {
	const char *resident; /* id; NULL: the session's present person where one is needed */
	const char *record;   /* id of a record to edit or look at; NULL: a new one */
	enum kind_id kind;    /* of the record, where the screen serves several kinds */
	const char *variant;  /* programme of a follow-up or enrolment; NULL: the screen finds out or asks */
	const char *text;     /* what was typed (find, register) */
	const char *title;    /* of a picker: what somebody is picked for; NULL */
	const char *paper_day, *paper_doctor; /* form screens: a new record is of this day and bears this signature; NULL */
	const char *field;    /* form screens: where the cursor starts; NULL: at the first */
	int64_t draft;        /* form screens: take up this draft; 0: the newest that fits, if any */
};

/* ---- topics: what changed, so that screens read it again -------------------------------------------------------------- */

enum topic {
	TOPIC_RESIDENT = 1u << 0,  /* residents, households */
	TOPIC_VISIT = 1u << 1,     /* visits, follow-ups, examinations */
	TOPIC_CONTRACT = 1u << 2,
	TOPIC_ENROLMENT = 1u << 3,
	TOPIC_REFERRAL = 1u << 4,
	TOPIC_STAFF = 1u << 5,     /* staff, teams, organisations, villages */
	TOPIC_DRAFT = 1u << 6,
	TOPIC_SYNC = 1u << 7,      /* what waits, what the county answered, disputes */
	TOPIC_PERSON = TOPIC_RESIDENT | TOPIC_VISIT | TOPIC_CONTRACT | TOPIC_ENROLMENT | TOPIC_REFERRAL,
	TOPIC_ALL = 0xFF
};

/* ---- the session: hung on struct ui, the same for all screens ----------------------------------------------------------- */

enum { CONVEYOR_MAX = 2000 };

/* Who is present: F6 F7 F8 act on him wherever no list says otherwise. */
struct person {
	char id[RECORD_ID_MAX + 1]; /* "" = nobody */
	int64_t row;
	char name[128];
	char sex[2];
	int age;
};

/* The last save, for taking it back (^Z). */
struct last_save {
	enum kind_id kind;
	char id[RECORD_ID_MAX + 1]; /* "" = none */
	char resident[RECORD_ID_MAX + 1];
	char what[160];             /* one line about it */
	char (*also)[RECORD_ID_MAX + 1]; /* of several made in one go, each a save of its own: the others */
	size_t n_also;
	struct verify_before answer;     /* .item: an answer of a telephone check, whoever's record was saved with it */
};

struct sync_state; /* sync_bar.c: a running `cunyi sync` or `cunyi stick` */
struct hub_bar;    /* hub_bar.c: rounds with the clinic's hub, and being it */

struct session {
	struct app *app;
	struct person person;
	struct last_save last;
	/* The list that J goes along: ids of the work list or of another list of people, in order. */
	char (*conveyor)[RECORD_ID_MAX + 1];
	size_t n_conveyor, conveyor_at;
	struct batch_pile pile;          /* the paper that is being entered */
	struct glance glance;            /* what waits for the county, last sync: the right corner */
	struct watch watch;
	struct sync_state *sync, *stick; /* both, while an exchange lets go for a stick */
	struct hub_bar *hub;
	const struct own_keys *own_keys; /* of who uses this machine; NULL: none */
	void *term;                      /* struct terminal of a real one, NULL in tests: theme, mouse */
	struct ui_app ui_app;
};

struct session *session_of(const struct ui *ui);
/* The open clinic. */
struct app *app_of(const struct ui *ui);

/* Makes him the present person. */
bool session_set_person(struct session *s, const char *id, struct err *err);
void session_clear_person(struct session *s);
/* Ids are copied; at = who is first. */
void session_set_conveyor(struct session *s, const char *const ids[], size_t n, size_t at);
/* Reads the corner's numbers again (after a save, after a sync). */
bool session_count(struct session *s, struct err *err);

/* Acts for one person: F6 F7 F8, letters of the person's page (S A E H C L, F, V, R).  0 for other commands.  Screens with
 * a list of people call it with the chosen one; elsewhere the global handler does with the present person. */
unsigned person_command(struct ui *ui, const char *resident, enum cmd cmd);
/* Opens his page and makes him present. */
unsigned person_open(struct ui *ui, const char *resident);
/* J: opens the page of the next person of the conveyor in place of whatever is open; open forms stay as drafts. */
unsigned person_next(struct ui *ui);
/* ^Z: asks whether the last save is taken back; the answer comes with the tag. */
unsigned session_ask_undo(struct ui *ui, int tag);
/* Takes it back, without asking. */
unsigned session_undo(struct ui *ui);
/* Opens the form that does a due task ("followup" of "htn", "referral_check" ...), for digits of "still missing". */
unsigned task_open(struct ui *ui, const char *resident, const struct due_task *task);
/* Opens a visit of the queue to be written: whoever waited is being seen from now on. */
unsigned visit_begin(struct ui *ui, const char *visit);
/* Opens a record in its form screen, or where there is none to read. */
unsigned record_open(struct ui *ui, enum kind_id kind, const char *id, bool edit);
/* To be mended: its form with the cursor on this field (NULL: the first). */
unsigned record_mend(struct ui *ui, enum kind_id kind, const char *id, const char *field);

/* Asks for a village (and for all of them); choice = its row, 0 = all. */
unsigned village_ask(struct ui *ui, int tag, int64_t selected, bool all);
/* M: looks at the record and asks whose it is. */
unsigned record_move(struct ui *ui, enum kind_id kind, const char *id);

/* After a save through a service (form_screen.h does it): topics, counters, last save. */
void session_saved(struct ui *ui, enum kind_id kind, const struct record *rec);
/* After several saves in one go: ^Z takes all of them back.  what: "续签15份". */
void session_saved_all(struct ui *ui, enum kind_id kind, char (*ids)[RECORD_ID_MAX + 1], size_t n, const char *what);
/* Nothing is there to take back any more. */
void session_forget_last(struct session *s);
/* "傅春梅 体检": the last save, and whose it was. */
void session_last_words(const struct session *s, struct sbuf *out);

/* Line 0 of a screen.  right NULL: who works and what waits; else the screen's own, and a practice clinic is named at the
 * left. */
void screen_header(const struct ui *ui, struct canvas *cv, const char *left, const char *right);

/* Matches words with what is typed, hanzi by pinyin or initials too: for menus. */
bool match_pinyin(const char *text, const char *typed);

/* ---- entry -------------------------------------------------------------------------------------------------------------- */

/* screens_run() on any backend and an open clinic: for tests.  Opens the first screen; the caller runs ui_run() or ui_step(). */
struct ui *screens_start(struct session *s, const struct backend *backend, void *ctx, struct err *err);
void screens_end(struct session *s, struct ui *ui);

#endif
