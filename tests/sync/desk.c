#include "desk.h"

#include "app/base/json.h"
#include "db/stmt.h"
#include "sync/fhir/fhir.h"
#include "sync/probe.h"
#include "sync/state.h"

static bool survives(void *ctx, const char *where)
{
	struct desk *d = ctx;

	(void)where;
	d->steps++;
	return !d->dies_at || d->steps != d->dies_at;
}

/* A server that gives its own ids is known as such before the first round. */
static void enrol(struct desk *d)
{
	struct sync_options o = { .county = d->county->base, .transport = &d->county->t };
	struct probe_report r;

	assert_ok(sync_probe(&d->app, &o, &r, &d->err), &d->err);
	assert_true(r.usable && r.posts);
	d->county->n_requests = 0;
}

void desk_open(struct desk *d, struct fake_fhir *county, uint64_t seed)
{
	static const struct app_init init = { .code = "350299101", .name = "东村卫生室", .region = "350299101",
		.practice = false, .today = NO_DAY };

	*d = (struct desk){ .dir = scratch_dir(), .now = INT64_C(1795312800000), .county = county };
	assert_ok(app_create_seeded(&d->app, d->dir, &init, &d->now, seed, &d->err), &d->err);
	county->now = county->now ? county->now : &d->now;
	if (!d->app.actor_row) {
		desk_save(d, "staff", "{\"name\":\"陈医生%u\",\"staff_no\":\"D%u\",\"role\":\"1\"}", (unsigned)seed, (unsigned)seed);
		assert_ok(app_choose_actor(&d->app, NULL, &d->err), &d->err);
	}
	if (county->assigns_ids)
		enrol(d);
}

void desk_close(struct desk *d)
{
	app_close(&d->app);
	free(d->dir);
}

void desks_open(struct fake_fhir *county, struct desk *a, struct desk *b)
{
	fake_fhir_init(county, NULL);
	desk_open(a, county, 7);
	desk_open(b, county, 8);
}

void desks_close(struct fake_fhir *county, struct desk *a, struct desk *b)
{
	desk_close(a);
	desk_close(b);
	fake_fhir_release(county);
}

void desk_restart(struct desk *d)
{
	struct app_clock_keep {
		struct clock clock;
	} keep = { d->app.clock };
	char actor[RECORD_ID_MAX + 1];

	snprintf(actor, sizeof(actor), "%s", d->app.actor);
	app_close(&d->app);
	assert_ok(app_open(&d->app, d->dir, APP_COMMAND, &d->err), &d->err);
	d->app.clock = keep.clock;
	ids_init_seeded(&d->app.ids, &d->app.clock, (uint64_t)d->now);
	assert_ok(app_choose_actor(&d->app, actor, &d->err), &d->err); /* others may have come by now */
	d->dies_at = 0;
}

void desk_sync(struct desk *d)
{
	struct sync_options o = { .county = d->county->base, .transport = &d->county->t, .survives = survives,
		.survives_ctx = d };

	d->steps = 0;
	d->err = (struct err){ 0 };
	fake_hang_up(d->county);
	d->county->by = d;
	d->ok = sync_round(&d->app, &o, &d->fig, &d->err);
}

void desk_syncs(struct desk *d)
{
	desk_sync(d);
	assert_ok(d->ok, &d->err);
}

static char *slot(void)
{
	static char slots[16][256];
	static unsigned next;

	return slots[next++ % N_ELEMENTS(slots)];
}

static const char *save(struct desk *d, const char *kind, const char *json)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_JSON struct json_object *obj = NULL;
	struct save_options o = { .confirm_all = true };
	struct save_result r = { 0 };
	char *id = slot();

	assert_ok(json_parse(json, strlen(json), NULL, &obj, &d->err), &d->err);
	if (!records_save_json(&d->app, kind_by_name(kind), obj, &o, &mem, &r, &d->err))
		fail_msg("save %s %s: %s (%s)", kind, json, d->err.message, d->err.field);
	snprintf(id, 256, "%s", r.rec->meta.id);
	d->now += 1000;
	return id;
}

const char *desk_save(struct desk *d, const char *kind, const char *fmt, ...)
{
	AUTO_SBUF struct sbuf json = SBUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	sbuf_vaddf(&json, fmt, ap);
	va_end(ap);
	return save(d, kind, json.s);
}

static struct record *load(struct desk *d, const char *kind, const char *id, struct arena *mem)
{
	struct record *rec;

	assert_ok(record_load(&d->app, kind_by_name(kind)->id, id, mem, &rec, &d->err), &d->err);
	return rec;
}

void desk_change(struct desk *d, const char *kind, const char *id, const char *key, const char *json)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec = load(d, kind, id, &mem);

	desk_save(d, kind, "{\"id\":\"%s\",\"revision\":%lld,\"%s\":%s}", id, (long long)rec->meta.revision, key, json);
}

const char *desk_field(struct desk *d, const char *kind, const char *id, const char *key)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct record *rec = load(d, kind, id, &mem);
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	char *out = slot();

	assert_non_null(form_field(rec->form, key));
	field_format(form_field(rec->form, key), record_get(rec, key), false, &text);
	snprintf(out, 256, "%s", text.s);
	return out;
}

bool desk_has(struct desk *d, const char *kind, const char *id)
{
	return record_row(&d->app, kind_by_name(kind)->id, id) != 0;
}

enum county_state desk_county(struct desk *d, const char *kind, const char *id)
{
	return record_county_state(&d->app, record_row(&d->app, kind_by_name(kind)->id, id));
}

static const char *const state_names[OUTBOX_STATE_COUNT] = { "pending", "blocked", "sending", "unknown", "exported", "conflict",
	"rejected", "acked", "superseded" };

int64_t desk_count(struct desk *d, const char *state)
{
	struct stmt *st;
	char sql[128];
	int64_t n = 0;
	bool row;

	for (int s = 0; s < OUTBOX_STATE_COUNT; s++)
		if (strcmp(state_names[s], state) == 0) {
			snprintf(sql, sizeof(sql), "SELECT count(*) FROM outbox WHERE state = %d", s);
			assert_ok(stmt_adhoc(d->app.db, sql, &st, &d->err), &d->err);
			assert_ok(stmt_step(st, &row, &d->err), &d->err);
			n = stmt_int(st, 0);
			stmt_free(st);
			return n;
		}
	fail_msg("no state %s", state);
	return 0;
}

const char *desk_resident(struct desk *d, const char *name, const char *birth)
{
	return desk_save(d, "resident", "{\"name\":\"%s\",\"sex\":\"1\",\"birth_date\":\"%s\",\"drug_allergy\":[\"2\"]}", name, birth);
}

const char *desk_followup(struct desk *d, const char *resident, int sbp)
{
	return desk_save(d, "followup", "{\"programme\":\"htn\",\"resident\":\"%s\",\"date\":\"2026-11-20\",\"mode\":\"1\","
		"\"symptoms\":[\"1\"],\"sbp\":%d,\"dbp\":84,\"hr\":72,\"weight\":61.5}", resident, sbp);
}

/* ---- invariants --------------------------------------------------------------------------------------------------- */

static const char *stamp_in(const char *doc)
{
	const char *at = strstr(doc, FHIR_STAMP_URL);

	return at ? strstr(at, "valueString") : NULL;
}

static void no_stamp_twice(const struct fake_fhir *f)
{
	for (size_t i = 0; i < f->n; i++)
		for (size_t j = 0; j < i; j++) {
			const struct fake_version *a = &f->versions[i], *b = &f->versions[j];
			const char *x, *y;

			if (strcmp(a->id, b->id) != 0 || strcmp(a->type, b->type) != 0 || !a->posted || !b->posted)
				continue;
			x = stamp_in(a->doc);
			y = stamp_in(b->doc);
			if (x && y && strncmp(x, y, 60) == 0)
				fail_msg("%s/%s holds one stamp in versions %u and %u", a->type, a->id, b->number, a->number);
		}
}

/* Between two requests of one desk that put the same stamp it must have asked.  Another one that has the version, too, knows
 * nothing of the first one's. */
static void no_put_twice_without_asking(const struct fake_fhir *f)
{
	for (size_t i = 0; i < f->n_requests; i++)
		for (size_t k = 0; k < f->requests[i].n_puts; k++)
			for (size_t j = 0; j < i; j++) {
				/* A whole answer was no lost one. */
				bool asked = f->requests[j].status != 0 || f->requests[j].by != f->requests[i].by;

				for (size_t m = j; m < i && !asked; m++)
					asked = strcmp(f->requests[m].method, "GET") == 0;
				for (size_t m = 0; m < f->requests[j].n_puts && !asked; m++)
					if (strcmp(f->requests[i].puts[k], f->requests[j].puts[m]) == 0)
						fail_msg("%s was put again without asking", f->requests[i].puts[k]);
			}
}

static void acknowledged_is_there(struct desk *d)
{
	struct stmt *st;
	bool row;

	assert_ok(stmt_adhoc(d->app.db, "SELECT r.kind, r.uid, o.stamp FROM outbox o JOIN record r ON r.id = o.record "
				"WHERE o.remote = 1 AND o.state = 7 AND o.stamp IS NOT NULL", &st, &d->err), &d->err);
	while (stmt_step(st, &row, &d->err) && row) {
		const char *type = fhir_main_type((enum kind_id)stmt_int(st, 0));

		if (!fake_version_of(d->county, type, stmt_text(st, 1)))
			fail_msg("%s/%s is acknowledged here and not there", type, stmt_text(st, 1));
	}
	stmt_free(st);
}

void desk_invariants(struct desk *d)
{
	no_stamp_twice(d->county);
	no_put_twice_without_asking(d->county);
	acknowledged_is_there(d);
}
