/* The base of every form screen: a new record or one to edit, its draft, the person's head with allergies and warnings, the
 * form, the live advice box, saving.  A screen over it is a table:
 *
 *     static const struct form_table table = { .kind = KIND_ENROLMENT, .today = "enrolled_on" };
 *     static bool open(struct ui *ui, void *st, const void *arg, struct err *err)
 *     {
 *             return form_screen_open(ui, st, &table, arg, err);
 *     }
 *     const struct screen enrolment_screen = {
 *             .name = "enrolment", .title = N_("Roster entry"), .state_size = sizeof(struct form_screen),
 *             .keys = form_screen_keys, .open = open, FORM_SCREEN_MEMBERS
 *     };
 *
 * A screen with more state puts struct form_screen first in its own struct, and may replace single members after
 * FORM_SCREEN_MEMBERS' functions by its own that call them.
 *
 * What the base does:
 *   - opening: arg says person, record, programme, draft; a draft of the same form and person is taken up by itself (the
 *     header says so); otherwise records_new() or record_load(), context and last values by records_context();
 *   - drafts: stored when a field is left, after two seconds without a key, on Esc (which closes), on SIGTERM; dropped
 *     after a save; nothing typed yet = no draft;
 *   - live: after each field the record is previewed (records_preview() on a copy) and the box shows class, next date and
 *     reasons, warnings, what is still missing;
 *   - F2: form_finish(), then records_save() with the draft's token: refusals put the cursor on the field with the
 *     sentence, questions are asked once and confirmed with Enter/yes, STALE offers: look at the newer version, put mine
 *     on top of it, or keep the draft; BUSY says so and tries again by a timer;
 *   - after the save: message, topics, the draft is dropped, the screen closes, and what the person still lacks is
 *     offered with digits (saved_screen). */
#ifndef CUNYI_FORM_SCREEN_H
#define CUNYI_FORM_SCREEN_H

#include "app/service/drafts.h"
#include "app/service/records.h"
#include "screens/kit/form.h"
#include "screens/screens.h"

struct form_screen;

/* Lines of the box under the form. */
enum { FORM_BOX_ROWS = 5 };
struct form_box {
	struct {
		enum face face;
		char label[24];  /* "建议", "因为" */
		char text[400];
	} row[FORM_BOX_ROWS];
	size_t n;
};
void form_box_add(struct form_box *box, enum face face, const char *label, const char *fmt, ...) PRINTF(4, 5);
/* What is missing, n words joined. */
void form_box_lacks(struct form_box *box, enum face face, const char *label, size_t n, const char *words);

struct form_table {
	enum kind_id kind;
	const char *today;    /* a date that is today in a new record; NULL = none */
	const char *signed_by; /* who signs it, on paper too; NULL = "doctor" */
	const char *start;    /* where the cursor starts in a new record; NULL = at the first field */
	int box_rows;         /* room of the box: 0 = 3 */
	bool ask_blank;       /* a sheet with nothing filled in is a slip of the finger: asked about before it is saved */
	bool keep_open;       /* after a save stay on the person's next thing: do not open saved_screen */

	/* The record is there (new, stored or from a draft), its context too; fill what follows from arg.  May fail. */
	bool (*opened)(struct form_screen *fs, struct ui *ui, const struct open_arg *arg, struct err *err);
	/* A value was entered; may set others (then form_refresh() runs).  The box is made after it. */
	void (*changed)(struct form_screen *fs, struct ui *ui, const char *key);
	/* Which fields are on the screen; NULL = all that are not hidden. */
	bool (*shown)(const struct form_screen *fs, const struct field *f);
	/* Fills the box from fs->preview; NULL = advice and findings as form_screen_box() does. */
	void (*box)(const struct form_screen *fs, struct form_box *out);
	/* F4 on a field: more than the base offers (staff, teams, villages, organisations, ICD-10).  False = nothing. */
	bool (*pick)(struct form_screen *fs, struct ui *ui, const struct field *f);
	/* Answers of popups the screen itself opened, tags below FORM_SCREEN_TAG. */
	unsigned (*answer)(struct form_screen *fs, struct ui *ui, int tag, const struct answer *answer);
	/* More bits of the focus, from FOCUS_OWN << 1 on. */
	unsigned (*focus)(const struct form_screen *fs);
	/* Commands before the base's; 0 = not mine. */
	unsigned (*command)(struct form_screen *fs, struct ui *ui, enum cmd cmd);
	/* Before the save, after the form's own checks; false: not yet (it asked something, and calls form_screen_save()
	 * again). */
	bool (*saving)(struct form_screen *fs, struct ui *ui);
	/* After the save, before the screen closes: fs->result.  The outcomes are returned as they are; 0 = the base goes on
	 * as described above. */
	unsigned (*saved)(struct form_screen *fs, struct ui *ui);
};

enum { FORM_SCREEN_TAG = 0x6000 }; /* tags from here on are the base's */

struct form_screen {
	const struct form_table *table;
	const struct kind *kind;
	struct session *session;
	struct app *app;
	struct ui *ui;

	struct arena mem;              /* record and context: as long as the screen */
	struct record *rec;
	struct form_context cx;        /* resident, enrolment, previous ... */
	struct form form;              /* the widget */
	bool of_paper;                 /* one sheet of a pile: after the save comes the next name */
	char resident[RECORD_ID_MAX + 1];
	char variant[16];              /* programme, "" */
	const char *head;              /* "陈桂兰 71岁 女 上坂1组 夫陈阿水 ****0048" */
	const char *alerts;            /* "!青霉素过敏  高血压(2019)  在转诊 ..."; "" = none */
	bool danger;                   /* the alerts begin with an allergy */

	struct arena live;             /* of preview, made anew at each change */
	struct save_result preview;    /* findings and advice as if saved now */
	bool previewed;
	struct form_box box;
	int box_page;             /* of the paper, that it was filled for */
	char missing[200];             /* labels of what is still missing, joined; "" = nothing */
	size_t n_missing;

	struct draft draft;            /* id 0 = none stored */
	bool taken_up;                 /* it began from a draft */
	char drafted_at[96];           /* the field that the stored draft stands on */
	int64_t drafted_ms;            /* when it was last stored (ui clock); 0 = not in this session */
	bool unsaved;                  /* something is newer than the draft */
	bool field_left;               /* a whole field is: it is stored at once, not after a rest */
	int idle;                      /* timers; 0 = none */
	int retry;
	int asked;                     /* what a popup of the base is about */
	char question_key[96];

	struct save_options save;      /* confirmed fields */
	struct arena saved_mem;
	struct save_result result;     /* of the last try */
};

bool form_screen_open(struct ui *ui, void *st, const struct form_table *table, const void *arg, struct err *err);
bool form_screen_load(struct ui *ui, void *st, struct err *err);
void form_screen_layout(struct ui *ui, void *st);
void form_screen_draw(const struct ui *ui, const void *st, struct canvas *cv);
unsigned form_screen_focus(const void *st);
const char *form_screen_hint(const struct ui *ui, const void *st, struct sbuf *tmp, enum face *face);
unsigned form_screen_command(struct ui *ui, void *st, enum cmd cmd);
unsigned form_screen_key(struct ui *ui, void *st, struct key key);
unsigned form_screen_paste(struct ui *ui, void *st, const char *text, enum paste kind);
unsigned form_screen_click(struct ui *ui, void *st, int y, int x);
unsigned form_screen_answer(struct ui *ui, void *st, int tag, const struct answer *answer);
bool form_screen_may_close(struct ui *ui, void *st);
void form_screen_rescue(struct ui *ui, void *st);
void form_screen_close(struct ui *ui, void *st);

#define FORM_SCREEN_MEMBERS                                                                                          \
	.load = form_screen_load, .layout = form_screen_layout, .draw = form_screen_draw, .focus = form_screen_focus, \
	.hint = form_screen_hint, .command = form_screen_command, .key = form_screen_key, .paste = form_screen_paste, \
	.click = form_screen_click, .answer = form_screen_answer, .may_close = form_screen_may_close,                \
	.rescue = form_screen_rescue, .close = form_screen_close

/* F2 save, F4 codes, K, =, lists, pages: bindings of every form.  A screen with more rows copies the macro first. */
extern const struct binding form_screen_keys[];
#define FORM_SCREEN_KEYS                                                                          \
	{ "F2", CMD_SAVE, NULL, 0 }, { "F4", CMD_CODES, NULL, 0 }, { "F9", CMD_PRINT, NULL, 0 },      \
		{ "k", CMD_AS_BEFORE, NULL, FOCUS_OWN }

/* Nothing of it is kept: its draft is thrown away.  Close it then. */
void form_screen_forget(struct form_screen *fs);
/* Saves now, as F2 does after its checks. */
unsigned form_screen_save(struct ui *ui, struct form_screen *fs);
/* The default box: proposed class and next date, why, warnings, what is missing. */
void form_screen_box(const struct form_screen *fs, struct form_box *out);
/* Values were set by the screen: shows them, previews anew, notes the draft. */
void form_screen_refresh(struct form_screen *fs);

#endif
