/* The clinics of the model: made once as templates, copied for every schedule, started again after a crash. */
#include "model.h"

#include <dirent.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/json.h"
#include "app/base/path.h"
#include "support/base/check.h"

enum { LIFE = 16 };

static char *templates[2]; /* without and with cards of the others */
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

static char *place(const char *top, unsigned who)
{
	char name[8];

	snprintf(name, sizeof(name), "%u", who);
	return path_join(top, name);
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
}

static void introduce(const char *top, unsigned who, unsigned to)
{
	AUTO_FREE char *a = place(top, who), *b = place(top, to);
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

void model_templates(void)
{
	for (unsigned sticks = 0; sticks < 2; sticks++) {
		char *top = templates[sticks] = scratch_dir();
		unsigned n = sticks ? 3 : MODEL_DEVICES;

		for (unsigned i = 0; i < n; i++) {
			AUTO_FREE char *dir = place(top, i);

			assert_int_equal(mkdir(dir, 0700), 0);
			make_clinic(dir, i);
		}
		for (unsigned i = 0; sticks && i < n; i++)
			for (unsigned j = 0; j < n; j++)
				if (i != j)
					introduce(top, i, j);
		for (unsigned i = 0; i < n; i++) {
			AUTO_FREE char *dir = place(top, i);

			forget_place(dir);
		}
	}
}

/* ---- one schedule's world ---- */

static void start(struct model_device *d)
{
	char number[8];

	if (!model_ok(d->m, app_open(&d->app, d->dir, APP_COMMAND, &d->err), &d->err, "open"))
		return;
	clock_init_manual(&d->app.clock, &d->now);
	ids_init_seeded(&d->app.ids, &d->app.clock, d->m->s->seed * 1000 + d->who * LIFE + d->lives++);
	snprintf(number, sizeof(number), "D%u", d->who);
	model_ok(d->m, app_choose_actor(&d->app, number, &d->err), &d->err, "actor");
}

void model_restart(struct model_device *d)
{
	model_forget_queries(d);
	app_close(&d->app);
	start(d);
}

void model_open(struct model *m)
{
	AUTO_FREE char *top = scratch_dir();

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
		AUTO_FREE char *from = place(templates[m->s->sticks], i);

		*d = (struct model_device){ .t = { .send = model_send }, .m = m, .who = i, .online = true, .now = m->truth };
		d->dir = place(top, i);
		d->held = xcalloc(MODEL_THINGS, sizeof(*d->held));
		copy_folder(from, d->dir);
		start(d);
	}
}

static void end(struct model_device *d)
{
	while (d->fiber.alive) {
		d->online = false;
		fiber_go_on(&d->fiber);
	}
	fiber_release(&d->fiber);
	model_forget_queries(d);
	app_close(&d->app);
	free(d->dir);
	free(d->held);
}

void model_close(struct model *m)
{
	AUTO_FREE char *top = xstrdup(m->stick);

	*strrchr(top, '/') = '\0';
	for (unsigned i = 0; i < m->s->devices; i++)
		end(&m->d[i]);
	nftw(top, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	while (m->n_late)
		free(m->late[--m->n_late].body);
	fake_fhir_release(&m->county);
	free(m->puts);
	free(m->stick);
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
