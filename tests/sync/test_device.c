/* Older databases that were put back, copied folders, and twins that nobody noticed: they go on, converge, and double nothing. */
#include "hub_scene.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/json.h"
#include "app/base/path.h"
#include "app/service/record_device.h"
#include "app/service/numbers.h"
#include "db/stmt.h"
#include "sync/fhir/fhir.h"
#include "sync/stick.h"
#include "sync/vector.h"

struct scene {
	struct fake_fhir county;
	struct desk d;
	char *roots[2]; /* two machines' /etc and /sys */
};

static char *machine(const char *id, const char *address)
{
	char *dir = scratch_dir(), path[512], card[512];

	snprintf(path, sizeof(path), "%s/etc", dir);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/etc/machine-id", dir);
	scratch_write(path, id, 0);
	for (const char *const *below = (const char *const[]){ "sys", "sys/class", "sys/class/net", "sys/class/net/eth0",
			     "sys/class/net/eth0/device", "sys/bus", "sys/bus/pci", NULL };
		*below; below++) {
		snprintf(path, sizeof(path), "%s/%s", dir, *below);
		mkdir(path, 0700);
	}
	snprintf(path, sizeof(path), "%s/sys/class/net/eth0/address", dir);
	scratch_write(path, address, 0);
	snprintf(path, sizeof(path), "%s/sys/bus/pci", dir);
	snprintf(card, sizeof(card), "%s/sys/class/net/eth0/device/subsystem", dir);
	assert_int_equal(symlink(path, card), 0);
	return dir;
}

static int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	sc->roots[0] = machine("00000000000000000000000000000001\n", "00:16:3e:00:00:01\n");
	sc->roots[1] = machine("00000000000000000000000000000001\n", "00:16:3e:00:00:02\n"); /* a disk image: the same id */
	device_test_root(sc->roots[0]);
	fake_fhir_init(&sc->county, NULL);
	desk_open(&sc->d, &sc->county, 7);
	*state = sc;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *sc = *state;

	desk_close(&sc->d);
	fake_fhir_release(&sc->county);
	free(sc->roots[0]);
	free(sc->roots[1]);
	free(sc);
	device_test_root("");
	return 0;
}

static void copy_file(const char *from_dir, const char *to_dir, const char *name)
{
	char *from = scratch_path(from_dir, name), *to = scratch_path(to_dir, name), *data;
	size_t n;

	data = scratch_read(from, &n);
	if (data && n)
		scratch_write(to, data, n);
	free(data);
	free(from);
	free(to);
}

/* All files of a folder into another. */
static void copy_folder(const char *from, const char *to)
{
	DIR *d = opendir(from);
	struct dirent *e;

	assert_non_null(d);
	while ((e = readdir(d)))
		if (e->d_name[0] != '.' && e->d_type == DT_REG)
			copy_file(from, to, e->d_name);
	closedir(d);
}

/* A backup: the database alone, taken while nothing is open. */
static char *backup(struct desk *d)
{
	char *dir = scratch_dir();

	app_close(&d->app);
	copy_file(d->dir, dir, "clinic.db");
	copy_file(d->dir, dir, "drafts.db");
	desk_restart(d);
	return dir;
}

static void put_back(struct desk *d, char *dir)
{
	app_close(&d->app);
	copy_file(dir, d->dir, "clinic.db");
	copy_file(dir, d->dir, "drafts.db");
	free(dir);
	desk_restart(d);
}

/* Another desk on a copy of the folder; with the same inode it looks like the same folder on another disk. */
static void clone(struct desk *d, struct desk *out, const char *root)
{
	struct err err;
	char *path, *text, *line;
	struct stat st;

	*out = *d;
	out->now += 77;
	out->dir = scratch_dir();
	app_close(&d->app);
	copy_folder(d->dir, out->dir);
	desk_restart(d);
	assert_int_equal(stat(out->dir, &st), 0);
	path = scratch_path(out->dir, "device");
	text = scratch_read(path, NULL);
	line = strstr(text, "\nfolder ");
	if (line) { /* as a disk image keeps it */
		AUTO_SBUF struct sbuf new = SBUF_INIT;

		sbuf_add(&new, text, (size_t)(line - text));
		sbuf_addf(&new, "\nfolder %llu%s", (unsigned long long)st.st_ino, strchr(line + 1, '\n'));
		scratch_write(path, new.s, new.len);
	}
	free(text);
	free(path);
	device_test_root(root);
	assert_ok(app_open(&out->app, out->dir, APP_COMMAND, &err), &err);
	clock_init_manual(&out->app.clock, &out->now);
	ids_init_seeded(&out->app.ids, &out->app.clock, 99);
	assert_ok(app_choose_actor(&out->app, d->app.actor, &err), &err);
}

static size_t patients(const struct scene *sc)
{
	return fake_count(&sc->county, "Patient");
}

static const char *why(struct desk *d)
{
	static char text[16];

	device_to_heal(&d->app, text);
	return text;
}

/* ---- an older database ---------------------------------------------------------------------------------------------- */

static void restored__converges__nothing_doubled(void **state)
{
	struct scene *sc = *state;
	struct desk *d = &sc->d;
	const char *wang = desk_resident(d, "王小明", "1950-01-02"), *li = desk_resident(d, "李四", "1951-03-04"), *zhao, *sun;
	char code[16], *old;

	snprintf(code, sizeof(code), "%s", d->app.device_code);
	old = backup(d); /* nothing was sent yet */
	desk_syncs(d);
	zhao = desk_resident(d, "赵六", "1952-05-06");
	desk_change(d, "resident", wang, "phone", "\"10050000048\"");
	desk_syncs(d);
	put_back(d, old);
	assert_string_not_equal(d->app.device_code, code);
	assert_string_equal(why(d), DEVICE_RESTORED);
	assert_false(desk_has(d, "resident", zhao));
	sun = desk_resident(d, "孙七", "1953-07-08");
	desk_syncs(d);
	desk_syncs(d);
	assert_int_equal(d->fig.waiting, 0);
	assert_int_equal(d->fig.conflicts, 0);
	assert_string_equal(why(d), "");
	assert_true(desk_has(d, "resident", zhao)); /* what was lost here is back */
	assert_string_equal(desk_field(d, "resident", wang, "phone"), "10050000048");
	assert_int_equal(patients(sc), 4);
	assert_int_equal(fake_version_of(&sc->county, "Patient", li), 1);
	assert_int_equal(fake_version_of(&sc->county, "Patient", wang), 2);
	assert_int_equal(fake_version_of(&sc->county, "Patient", sun), 1);
	desk_invariants(d);
}

/* What was edited in the lost life goes on from there: no dispute between a person and himself. */
static void restored__takes_own_later_edit(void **state)
{
	struct scene *sc = *state;
	struct desk *d = &sc->d;
	const char *wang = desk_resident(d, "王小明", "1950-01-02");
	char *old;

	desk_syncs(d);
	desk_change(d, "resident", wang, "phone", "\"10050000041\"");
	old = backup(d); /* the first edit waits here for ever */
	desk_change(d, "resident", wang, "phone", "\"10050000042\"");
	desk_syncs(d);
	put_back(d, old);
	desk_syncs(d);
	desk_syncs(d);
	assert_int_equal(d->fig.conflicts, 0);
	assert_int_equal(d->fig.waiting, 0);
	assert_string_equal(desk_field(d, "resident", wang, "phone"), "10050000042");
	assert_int_equal(fake_version_of(&sc->county, "Patient", wang), 2);
}

/* New file numbers come from another range than those that were given out and forgotten. */
static void restored__has_other_numbers(void **state)
{
	struct scene *sc = *state;
	struct desk *d = &sc->d;
	char *old = backup(d);
	int before = d->app.device_number;

	desk_resident(d, "王小明", "1950-01-02");
	desk_syncs(d);
	put_back(d, old);
	assert_int_not_equal(d->app.device_number, before);
	assert_true(number_range_of(d->app.device_number).lo > number_range_of(before).hi ||
		number_range_of(d->app.device_number).hi < number_range_of(before).lo);
}

static void same_database__keeps_its_name(void **state)
{
	struct scene *sc = *state;
	struct desk *d = &sc->d;
	char code[16];

	snprintf(code, sizeof(code), "%s", d->app.device_code);
	for (int i = 0; i < 3; i++) {
		desk_resident(d, "王小明", "1950-01-02");
		desk_syncs(d);
		desk_restart(d);
		assert_string_equal(d->app.device_code, code);
	}
	put_back(d, backup(d)); /* nothing has gone out since */
	assert_string_equal(d->app.device_code, code);
}

/* The file of an older program: the name alone. */
static void old_file__is_understood(void **state)
{
	struct scene *sc = *state;
	struct desk *d = &sc->d;
	char *path = scratch_path(d->dir, "device"), *text = scratch_read(path, NULL), code[16];

	snprintf(code, sizeof(code), "%s", d->app.device_code);
	scratch_write(path, text, 36);
	desk_restart(d);
	assert_string_equal(d->app.device_code, code);
	desk_resident(d, "王小明", "1950-01-02");
	desk_syncs(d);
	free(text);
	text = scratch_read(path, NULL);
	assert_non_null(strstr(text, "\nepoch "));
	assert_non_null(strstr(text, "\nnet "));
	free(text);
	free(path);
}

/* ---- copies ------------------------------------------------------------------------------------------------------------ */

static void copy__on_another_machine__has_its_own_name(void **state)
{
	struct scene *sc = *state;
	struct desk *a = &sc->d, b;
	const char *wang = desk_resident(a, "王小明", "1950-01-02");

	desk_syncs(a);
	desk_change(a, "resident", wang, "note", "\"住村口\""); /* waits on both */
	clone(a, &b, sc->roots[1]);
	assert_string_not_equal(a->app.device_code, b.app.device_code);
	assert_int_not_equal(a->app.device_number, b.app.device_number);
	desk_change(a, "resident", wang, "phone", "\"10050000048\"");
	desk_change(&b, "resident", wang, "nickname", "\"阿明\"");
	for (int i = 0; i < 3; i++) {
		device_test_root(sc->roots[0]);
		desk_syncs(a);
		device_test_root(sc->roots[1]);
		desk_syncs(&b);
	}
	assert_int_equal(a->fig.conflicts + b.fig.conflicts, 0);
	assert_string_equal(desk_field(a, "resident", wang, "nickname"), "阿明");
	assert_string_equal(desk_field(&b, "resident", wang, "phone"), "10050000048");
	assert_string_equal(desk_field(&b, "resident", wang, "note"), "住村口");
	assert_int_equal(patients(sc), 1);
	desk_close(&b);
}

/* Nothing tells the two apart but what they say: neither overwrites the other, and they part. */
static void twin__is_found_out__nothing_lost(void **state)
{
	struct scene *sc = *state;
	struct desk *a = &sc->d, b;
	const char *wang = desk_resident(a, "王小明", "1950-01-02");

	desk_syncs(a);
	clone(a, &b, sc->roots[0]);
	assert_string_equal(a->app.device_code, b.app.device_code);
	desk_change(a, "resident", wang, "phone", "\"10050000048\"");
	desk_change(&b, "resident", wang, "nickname", "\"阿明\"");
	b.now += 5000;
	desk_syncs(a);
	desk_syncs(&b); /* hears its own name from somebody else */
	assert_string_not_equal(a->app.device_code, b.app.device_code);
	desk_syncs(&b);
	desk_syncs(a);
	assert_int_equal(a->fig.conflicts + b.fig.conflicts, 0);
	assert_string_equal(desk_field(a, "resident", wang, "nickname"), "阿明");
	assert_string_equal(desk_field(&b, "resident", wang, "phone"), "10050000048");
	assert_int_equal(a->fig.waiting + b.fig.waiting, 0);
	desk_invariants(a);
	desk_close(&b);
}

/* His first version is one that somebody wrote whose clock is so far ahead. */
static void hears(struct desk *d, const char *wang, int64_t ahead)
{
	struct vector v = { .n = 0 };
	AUTO_WORK struct work w = { 0 };

	assert_true(vector_raise(&v, "pc00000f", ahead));
	assert_ok(work_begin(&w, &d->app, &d->err), &d->err);
	assert_ok(record_learn(&d->app, record_row(&d->app, KIND_RESIDENT, wang), 1, &v, d->now + ahead, NULL, &d->err), &d->err);
	assert_ok(work_commit(&w, &d->err), &d->err);
}

/* When a version of ours was written is counted from what it contains: what is heard of that later moves it, and its mark is still
 * ours. */
static void own_mark__is_known_again__whatever_was_heard_since(void **state)
{
	struct scene *sc = *state;
	struct desk *d = &sc->d, c;
	char wang[RECORD_ID_MAX + 1], code[sizeof(d->app.device_code)];

	desk_open(&c, &sc->county, 9);
	snprintf(wang, sizeof(wang), "%s", desk_resident(&c, "王小明", "1950-01-02"));
	desk_syncs(&c);
	desk_syncs(d);
	hears(d, wang, 60000);
	desk_change(d, "resident", wang, "nickname", "\"阿明\"");
	desk_syncs(d);
	snprintf(code, sizeof(code), "%s", d->app.device_code);
	hears(d, wang, 120000);
	fake_edit(&sc->county, "Patient", wang, "birthDate", "\"1950-01-09\"");
	desk_syncs(d);
	desk_syncs(d);
	assert_string_equal(d->app.device_code, code);
	assert_string_equal(desk_field(d, "resident", wang, "birth_date"), "1950-01-09");
	desk_close(&c);
}

static void twin__same_field__is_a_dispute(void **state)
{
	struct scene *sc = *state;
	struct desk *a = &sc->d, b;
	const char *wang = desk_resident(a, "王小明", "1950-01-02");

	desk_syncs(a);
	clone(a, &b, sc->roots[0]);
	desk_change(a, "resident", wang, "birth_date", "\"1950-01-03\"");
	desk_change(&b, "resident", wang, "birth_date", "\"1950-01-04\"");
	desk_syncs(a);
	desk_syncs(&b);
	assert_int_equal(b.fig.conflicts, 1);
	assert_string_not_equal(a->app.device_code, b.app.device_code);
	desk_close(&b);
}

static void stick_file(void *ctx, const struct stick_written *f)
{
	snprintf(ctx, STICK_NAME, "%s", f->name);
}

/* A file that the other wrote under our name is enough, where there is no county. */
static void twin__is_found_out__by_stick(void **state)
{
	static const struct stick_options plain = { .to = NULL };
	struct scene *sc = *state;
	struct desk *a = &sc->d, b, c;
	AUTO_SBUF struct sbuf card = SBUF_INIT;
	struct stick_peer peer;
	char *stick = scratch_dir(), *keys[2], name[STICK_NAME] = "", code[2][VECTOR_DEVICE];
	const char *wang = desk_resident(a, "王小明", "1950-01-02");

	desk_open(&c, &sc->county, 41);
	assert_ok(stick_card(&c.app, &card, &c.err), &c.err);
	assert_ok(stick_peer_add(&a->app, card.s, false, &peer, &a->err), &a->err);
	sbuf_clear(&card);
	assert_ok(stick_card(&a->app, &card, &a->err), &a->err); /* its keys are there, and are copied */
	clone(a, &b, sc->roots[0]);
	keys[0] = scratch_path(a->dir, "stick");
	keys[1] = scratch_path(b.dir, "stick");
	assert_int_equal(mkdir(keys[1], 0700), 0);
	copy_folder(keys[0], keys[1]);
	for (size_t i = 0; i < 2; i++)
		snprintf(code[i], sizeof(code[i]), "%s", a->app.device_code);
	desk_change(a, "resident", wang, "phone", "\"10050000048\"");
	assert_ok(stick_out(&a->app, stick, &plain, stick_file, name, &a->err), &a->err);
	assert_true(*name);
	assert_ok(stick_in(&a->app, stick, &plain, NULL, NULL, &a->err), &a->err);
	assert_string_equal(a->app.device_code, code[0]); /* it wrote that itself */
	desk_change(&b, "resident", wang, "nickname", "\"阿明\"");
	assert_ok(stick_in(&b.app, stick, &plain, NULL, NULL, &b.err), &b.err);
	assert_string_not_equal(b.app.device_code, code[1]);
	assert_string_equal(desk_field(&b, "resident", wang, "nickname"), "阿明");
	snprintf(code[1], sizeof(code[1]), "%s", b.app.device_code);
	assert_ok(stick_in(&b.app, stick, &plain, NULL, NULL, &b.err), &b.err); /* another's, now */
	assert_string_equal(b.app.device_code, code[1]);
	desk_close(&b);
	desk_close(&c);
	free(keys[0]);
	free(keys[1]);
	free(stick);
}

/* ---- a hub whose database went back -------------------------------------------------------------------------------------- */

static void hub_restored__gets_back_what_it_forgot(void **state)
{
	struct office *o = xcalloc(1, sizeof(*o));
	const char *wang, *li;
	char *old;

	(void)state;
	office_open(o, 3);
	wang = desk_resident(&o->pc[1], "王小明", "1950-01-02");
	office_settle(o);
	old = backup(&o->pc[0]);
	li = desk_resident(&o->pc[2], "李四", "1951-03-04");
	desk_change(&o->pc[1], "resident", wang, "phone", "\"10050000048\"");
	office_settle(o);
	put_back(&o->pc[0], old);
	assert_false(desk_has(&o->pc[0], "resident", li));
	office_settle(o);
	for (size_t i = 0; i < o->n; i++) {
		assert_true(desk_has(&o->pc[i], "resident", li));
		assert_string_equal(desk_field(&o->pc[i], "resident", wang, "phone"), "10050000048");
		assert_int_equal(o->pc[i].fig.conflicts, 0);
	}
	for (size_t i = 0; i < o->n; i++)
		desk_syncs(&o->pc[i]);
	office_settle(o);
	assert_int_equal(fake_count(&o->county, "Patient"), 2);
	assert_int_equal(fake_version_of(&o->county, "Patient", li), 1);
	office_close(o);
	free(o);
}

static void member_restored__gets_back_what_it_forgot(void **state)
{
	struct office *o = xcalloc(1, sizeof(*o));
	const char *wang, *li;
	char *old;

	(void)state;
	office_open(o, 3);
	wang = desk_resident(&o->pc[1], "王小明", "1950-01-02");
	office_settle(o);
	old = backup(&o->pc[1]);
	li = desk_resident(&o->pc[1], "李四", "1951-03-04");
	desk_change(&o->pc[1], "resident", wang, "phone", "\"10050000048\"");
	office_settle(o);
	put_back(&o->pc[1], old);
	office_settle(o);
	assert_true(desk_has(&o->pc[1], "resident", li));
	assert_string_equal(desk_field(&o->pc[1], "resident", wang, "phone"), "10050000048");
	assert_int_equal(o->pc[1].fig.conflicts, 0);
	assert_int_equal(o->pc[1].fig.waiting, 0);
	office_close(o);
	free(o);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		CASE(restored__converges__nothing_doubled),
		CASE(restored__takes_own_later_edit),
		CASE(restored__has_other_numbers),
		CASE(same_database__keeps_its_name),
		CASE(old_file__is_understood),
		CASE(copy__on_another_machine__has_its_own_name),
		CASE(twin__is_found_out__nothing_lost),
		CASE(twin__same_field__is_a_dispute),
		CASE(twin__is_found_out__by_stick),
		CASE(own_mark__is_known_again__whatever_was_heard_since),
		CASE(hub_restored__gets_back_what_it_forgot),
		CASE(member_restored__gets_back_what_it_forgot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
