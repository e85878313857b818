/* The clinics of the model: made and opened once as templates; every schedule has a process of its own that begins with a copy
 * of them (memory_files.h), and what stands beside the databases in folders of its own.  Started again after a crash. */
#include "model.h"

#include <dirent.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/json.h"
#include "app/base/path.h"
#include "db/db_int.h"
#include "db/sql_text.h"
#include "support/base/check.h"
#include "support/db/memory_files.h"

enum { LIFE = 16 };

/* Without and with cards of the others.  Their folders go by the same names in every process, so each stands in its own. */
static struct {
	char *top;
	struct app apps[MODEL_DEVICES];
} templates[2];
static const int64_t epoch = INT64_C(1795312800000);

/* ---- files ---- */

static void copy_file(const char *from, const char *to)
{
	size_t n;
	char *data = scratch_read(from, &n);
	FILE *f;

	if (!data)
		return;
	f = fopen(to, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, n, f), n);
	fclose(f);
	free(data);
}

static void copy_folder(const char *from, const char *to)
{
	DIR *dir = opendir(from);

	assert_non_null(dir);
	assert_int_equal(mkdir(to, 0700), 0);
	for (struct dirent *e = readdir(dir); e; e = readdir(dir)) {
		AUTO_FREE char *a = path_join(from, e->d_name), *b = path_join(to, e->d_name);

		if (e->d_name[0] == '.')
			continue;
		if (e->d_type == DT_DIR)
			copy_folder(a, b);
		else
			copy_file(a, b);
	}
	closedir(dir);
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

/* ---- templates ---- */

static char *place(bool sticks, unsigned who)
{
	char name[16];

	snprintf(name, sizeof(name), "%c%u", sticks ? 's' : 'c', who);
	return xstrdup(name);
}

/* The databases live in memory; the program looks whether there is one. */
static void stand_for(const char *dir)
{
	AUTO_FREE char *path = path_join(dir, "clinic.db");

	scratch_write(path, "in memory", 0);
}

static void save_doctor(struct app *app, unsigned who)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_JSON struct json_object *obj = json_object_new_object();
	struct save_options o = { .confirm_all = true };
	struct save_result r = { 0 };
	struct err err = { 0 };
	char text[32];

	snprintf(text, sizeof(text), "陈医生%u", who);
	json_set_text(obj, "name", text);
	snprintf(text, sizeof(text), "D%u", who);
	json_set_text(obj, "staff_no", text);
	json_set_text(obj, "role", "1");
	assert_ok(records_save_json(app, kind_by_name("staff"), obj, &o, &mem, &r, &err), &err);
}

static void make_clinic(const char *dir, unsigned who)
{
	static const struct app_init init = { .code = "350299101", .name = "东村卫生室", .region = "350299101", .today = NO_DAY };
	struct app app;
	struct err err = { 0 };
	int64_t now = epoch;

	assert_ok(app_create_seeded(&app, dir, &init, &now, 900 + who, &err), &err);
	save_doctor(&app, who);
	app_close(&app);
	stand_for(dir);
}

static void introduce(unsigned who, unsigned to)
{
	AUTO_FREE char *a = place(true, who), *b = place(true, to);
	AUTO_SBUF struct sbuf card = SBUF_INIT;
	struct stick_peer peer;
	struct app app;
	struct err err = { 0 };
	int64_t now = epoch;

	assert_ok(app_open(&app, a, APP_COMMAND, &err), &err);
	clock_init_manual(&app.clock, &now);
	assert_ok(stick_card(&app, &card, &err), &err);
	app_close(&app);
	assert_ok(app_open(&app, b, APP_COMMAND, &err), &err);
	clock_init_manual(&app.clock, &now);
	assert_ok(stick_peer_add(&app, card.s, false, &peer, &err), &err);
	app_close(&app);
}

/* A copy that knows where it was made would take a name of its own when it is opened: these copies are the computers. */
static void forget_place(const char *dir)
{
	AUTO_FREE char *path = path_join(dir, "device");
	size_t n;
	AUTO_FREE char *text = scratch_read(path, &n);
	char *line = strstr(text, "\nfolder ");
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	fprintf(f, "%.*s%s", line ? (int)(line - text) : (int)n, text, line ? line + 1 + strcspn(line + 1, "\n") : "");
	fclose(f);
}

/* All that a device may ever ask its file is prepared here once and not in every process. */
static void prepare_all(struct db *db)
{
	for (size_t i = 0; i < sql_statement_count; i++) {
		struct stmt *st = NULL;
		struct err err = { 0 };

		if (stmt_adhoc(db, sql_statements[i].text, &st, &err))
			stmt_free(st);
		if (err.code == ERR_FORMAT) /* of the other file */
			continue;
		st = stmt_get(db, sql_statements[i].name);
		stmt_done(&st);
	}
}

static void make_template(bool sticks, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		AUTO_FREE char *dir = place(sticks, i);

		assert_int_equal(mkdir(dir, 0700), 0);
		make_clinic(dir, i);
	}
	for (unsigned i = 0; sticks && i < n; i++)
		for (unsigned j = 0; j < n; j++)
			if (i != j)
				introduce(i, j);
	for (unsigned i = 0; i < n; i++) {
		AUTO_FREE char *dir = place(sticks, i);
		struct app *app = &templates[sticks].apps[i];
		struct err err = { 0 };

		forget_place(dir);
		assert_ok(app_open(app, dir, APP_COMMAND, &err), &err);
		prepare_all(app->db);
		/* A log that is begun again soon stays where the processor has it at hand. */
		assert_ok(db_exec(app->db, "PRAGMA wal_autocheckpoint=100", &err), &err);
		forget_place(dir);
	}
}

void model_templates(void)
{
	char before[4096];

	assert_non_null(getcwd(before, sizeof(before)));
	memory_files();
	for (unsigned sticks = 0; sticks < 2; sticks++) {
		templates[sticks].top = scratch_dir();
		assert_int_equal(chdir(templates[sticks].top), 0);
		make_template(sticks, sticks ? 3 : MODEL_DEVICES);
	}
	assert_int_equal(chdir(before), 0);
}

/* ---- one schedule's world ---- */

/* What every process of a device begins with, once its files are open. */
static void start(struct model_device *d)
{
	char number[8];

	clock_init_manual(&d->app.clock, &d->now);
	ids_init_seeded(&d->app.ids, &d->app.clock, d->m->s->seed * 1000 + d->who * LIFE + d->lives++);
	snprintf(number, sizeof(number), "D%u", d->who);
	model_ok(d->m, app_choose_actor(&d->app, number, &d->err), &d->err, "actor");
}

void model_restart(struct model_device *d)
{
	model_forget_queries(d);
	app_close(&d->app);
	if (model_ok(d->m, app_open(&d->app, d->dir, APP_COMMAND, &d->err), &d->err, "open"))
		start(d);
}

void model_open(struct model *m)
{
	AUTO_FREE char *top = scratch_dir();

	assert_int_equal(chdir(top), 0);
	m->truth = epoch + 3600000;
	fake_fhir_init(&m->county, &m->truth);
	m->county.forgets = true;
	m->county.ignores_none_match = m->s->deaf;
	if (m->s->odd) {
		m->county.bundle_time = m->county.pages_expire = true;
		m->county.page = 4;
		m->county.drops_every = 5;
	}
	m->stick = path_join(top, "stick");
	assert_int_equal(mkdir(m->stick, 0700), 0);
	for (unsigned i = 0; i < m->s->devices; i++) {
		struct model_device *d = &m->d[i];
		AUTO_FREE char *from = NULL;

		*d = (struct model_device){ .t = { .send = model_send, .begin = m->s->early ? model_begin : NULL }, .m = m, .who = i, .online = true, .now = m->truth };
		d->dir = place(m->s->sticks, i);
		d->held = xcalloc(MODEL_THINGS, sizeof(*d->held));
		from = path_join(templates[m->s->sticks].top, d->dir);
		copy_folder(from, d->dir);
		d->app = templates[m->s->sticks].apps[i];
		start(d);
	}
}

/* The process ends with its schedule, and its memory with it: only what lies on the disk is taken away. */
void model_close(struct model *m)
{
	*strrchr(m->stick, '/') = '\0';
	nftw(m->stick, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void model_time(struct model *m, int64_t ms)
{
	m->truth += ms;
	for (unsigned i = 0; i < m->s->devices; i++)
		m->d[i].now = m->truth + m->d[i].offset;
	model_deliver_late(m, false);
}

bool model_allergic(const char *body, unsigned code)
{
	const char *at = strstr(body, "\"drug_allergy\":[");
	char want[8];

	snprintf(want, sizeof(want), "\"%u\"", code);
	at = at ? at + strlen("\"drug_allergy\":[") : NULL;
	return at && strstr(at, want) && strstr(at, want) < strchr(at, ']');
}
