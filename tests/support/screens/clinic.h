/* A small village clinic with its screens open in process, always the same: fixed clock (22 November 2026), seeded ids,
 * people whom the tests call by short names.  For tests of screens:
 *
 *     struct clinic c;
 *     clinic_open(&c, &(struct clinic_start){ .h = 24, .w = 80, .lang = "zh" });
 *     stage_press(&c.stage, "'cgl' Enter");
 *     stage_golden(&c.stage, "resident", "typical.zh");
 *     clinic_close(&c);
 */
#ifndef CUNYI_TEST_CLINIC_H
#define CUNYI_TEST_CLINIC_H

#include "screens/screens.h"
#include "support/kit/stage.h"

struct clinic_start {
	int h, w;         /* 0: 24, 80 */
	const char *lang; /* NULL: zh */
	bool empty;       /* staff and villages, nobody else */
	bool practice;
	bool two_staff;   /* the program asks who works */
	bool keep_dir;    /* open the clinic of the last clinic_close() again: what a restart finds */
};

struct clinic {
	struct stage stage; /* script, ui */
	struct session session;
	struct app app;
	int64_t now;        /* the clinic's clock; move it freely */
	struct arena mem;
	struct script *script;
};

void clinic_open(struct clinic *c, const struct clinic_start *start);
/* Ends the program at once, as kill -9 would: nothing is saved on the way out; the folder stays for keep_dir. */
void clinic_close(struct clinic *c);

/* Ids by short name: lan (陈桂兰, 71, hypertension, allergy, contract), lan2 (the other 陈桂兰), huang (recheck overdue), atu
 * (away), wu (contract ends), lin (back from hospital), lxy (the doctor), wang (the nurse), team, shangban, xitou, county. */
const char *clinic_id(const struct clinic *c, const char *name);
/* Saves one object as the command line does ('...' for "..."), %NAME is the id of a short name; the id is kept under the
 * name `as` unless NULL. */
void clinic_save(struct clinic *c, const char *as, const char *kind, const char *json);
/* So many people of one village more, 张0, 张1 ..., whose contracts run out in the same days. */
void clinic_crowd(struct clinic *c, int n);
/* The present version of a record as `get` prints it; the caller puts it. */
struct json_object *clinic_get(struct clinic *c, enum kind_id kind, const char *id);
/* The newest record of a kind, of this person when resident is not NULL: its id in c->mem; NULL when there is none. */
const char *clinic_newest(struct clinic *c, const char *kind, const char *resident);
/* Member as text; "" when absent; c->mem. */
const char *clinic_member(struct clinic *c, enum kind_id kind, const char *id, const char *key);

/* Opens a screen on top with a person present. */
void clinic_show(struct clinic *c, const struct screen *screen, const struct open_arg *arg);

/* One screen in all its pictures: runs prepare() and compares "<step>.<lang>[.60x20|.132x43]" in both languages. */
struct clinic_picture {
	const char *step;
	struct clinic_start start;
	void (*prepare)(struct clinic *c);
	bool sizes; /* at 60x20 and 132x43 too */
};
void clinic_pictures(const char *screen, const struct clinic_picture *pictures, size_t n);

/* A household "home" with huang as its head, "wife" and "son". */
void clinic_family(struct clinic *c);

#endif
