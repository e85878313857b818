#include "stick_scene.h"

#include "app/base/json.h"
#include "app/base/path.h"
#include "db/stmt.h"

static void introduce(struct desk *to, struct desk *who)
{
	AUTO_SBUF struct sbuf card = SBUF_INIT;
	struct stick_peer peer;

	assert_ok(stick_card(&who->app, &card, &who->err), &who->err);
	assert_ok(stick_peer_add(&to->app, card.s, false, &peer, &to->err), &to->err);
	assert_string_equal(peer.code, who->app.device_code);
}

int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	fake_fhir_init(&sc->county, NULL);
	sc->stick = scratch_dir();
	for (unsigned i = 0; i < DESKS; i++)
		desk_open(&sc->d[i], &sc->county, 11 + i);
	for (unsigned i = 0; i < DESKS; i++)
		for (unsigned j = 0; j < DESKS; j++)
			if (i != j)
				introduce(&sc->d[i], &sc->d[j]);
	*state = sc;
	return 0;
}

int close_scene(void **state)
{
	struct scene *sc = *state;

	for (unsigned i = 0; i < DESKS; i++)
		desk_close(&sc->d[i]);
	fake_fhir_release(&sc->county);
	free(sc->stick);
	free(sc);
	return 0;
}

/* ---- going out and coming in ---------------------------------------------------------------------------------------- */

static const struct stick_options plain;

void stick_scene_file(void *ctx, const struct stick_written *f)
{
	struct files *fs = ctx;

	assert_true(fs->n < N_ELEMENTS(fs->name));
	snprintf(fs->name[fs->n++], STICK_NAME, "%s", f->name);
}

struct files out_to(struct scene *sc, struct desk *from, struct desk *to)
{
	struct stick_options o = { .to = to ? to->app.device_code : NULL };
	struct files fs = { .n = 0 };

	assert_ok(stick_out(&from->app, sc->stick, &o, stick_scene_file, &fs, &from->err), &from->err);
	from->now += 1000;
	sc->n_files += fs.n;
	return fs;
}

static void on_read(void *ctx, const struct stick_read *f)
{
	struct stick_read *sum = ctx;
	int64_t changed = sum->changed + f->changed, conflicts = sum->conflicts + f->conflicts;
	int64_t confirmed = sum->confirmed + f->confirmed;

	*sum = *f;
	sum->changed = changed;
	sum->conflicts = conflicts;
	sum->confirmed = confirmed;
}

/* One file, or the whole stick when name is NULL. */
struct stick_read in_from(struct scene *sc, struct desk *to, const char *name)
{
	AUTO_FREE char *path = name ? path_join(sc->stick, name) : xstrdup(sc->stick);
	struct stick_read sum = { .changed = 0 };

	to->err = (struct err){ 0 };
	to->ok = stick_in(&to->app, path, &plain, on_read, &sum, &to->err);
	to->now += 1000;
	return sum;
}

struct stick_read carry(struct scene *sc, struct desk *from, struct desk *to)
{
	struct files fs = out_to(sc, from, to);
	struct stick_read r;

	if (!fs.n)
		return (struct stick_read){ .fate = STICK_KNOWN };
	r = in_from(sc, to, fs.name[0]);
	assert_ok(to->ok, &to->err);
	return r;
}

void round_of_all(struct scene *sc)
{
	for (unsigned i = 0; i < DESKS; i++)
		for (unsigned j = 0; j < DESKS; j++)
			if (i != j)
				carry(sc, &sc->d[i], &sc->d[j]);
}

/* ---- what the desks hold -------------------------------------------------------------------------------------------- */

static char *everything(struct desk *d)
{
	struct sbuf out = SBUF_INIT;
	struct stmt *st;
	bool row;

	assert_ok(stmt_adhoc(d->app.db, "SELECT kind, uid, state, body FROM record ORDER BY kind, uid", &st, &d->err), &d->err);
	while (stmt_step(st, &row, &d->err) && row)
		sbuf_addf(&out, "%lld %s %lld %s\n", (long long)stmt_int(st, 0), stmt_text(st, 1), (long long)stmt_int(st, 2),
			stmt_text(st, 3));
	stmt_free(st);
	return sbuf_take(&out);
}

int64_t ask(struct desk *d, const char *sql)
{
	struct stmt *st;
	int64_t n;
	bool row;

	assert_ok(stmt_adhoc(d->app.db, sql, &st, &d->err), &d->err);
	assert_ok(stmt_step(st, &row, &d->err), &d->err);
	n = stmt_int(st, 0);
	stmt_free(st);
	return n;
}

static void first_difference(const char *x, const char *y, const char *what)
{
	size_t line = 0;

	for (size_t i = 0; x[i] || y[i]; i++) {
		if (x[i] == '\n' && y[i] == '\n')
			line = i + 1;
		if (x[i] != y[i])
			fail_msg("%s: the desks differ:\n%.*s\n%.*s", what, (int)strcspn(x + line, "\n"), x + line,
				(int)strcspn(y + line, "\n"), y + line);
	}
}

void all_hold_the_same(struct scene *sc, const char *what)
{
	AUTO_FREE char *first = everything(&sc->d[0]);

	for (unsigned i = 1; i < DESKS; i++) {
		AUTO_FREE char *other = everything(&sc->d[i]);

		first_difference(first, other, what);
	}
}

int64_t open_conflicts(struct desk *d)
{
	return ask(d, "SELECT count(*) FROM sync_conflict WHERE state = 'open'");
}

int64_t first_conflict(struct desk *d)
{
	return ask(d, "SELECT coalesce(min(id), 0) FROM sync_conflict WHERE state = 'open'");
}

void goes_by(struct desk *d)
{
	d->now += 20000;
}

void changes(struct desk *d, const char *id, const char *key, const char *json)
{
	goes_by(d);
	desk_change(d, "resident", id, key, json);
}

bool at_county(struct scene *sc, const char *id, const char *what)
{
	AUTO_JSON struct json_object *doc = fake_get(&sc->county, "Patient", id);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	json_write(&text, doc);
	return strstr(text.s, what) != NULL;
}
