#include "scope_scene.h"

#include "app/base/json.h"
#include "app/service/county.h"
#include "db/stmt.h"

void loads(struct desk *d, const char *what)
{
	struct county_settings s;

	assert_ok(county_load(&d->app, &s, &d->err) && county_set(&s, "load", what, &d->err) && county_store(&d->app, &s, &d->err), &d->err);
}

void scope_third(struct scene *sc, struct desk *d, const char *what)
{
	desk_open(d, &sc->county, 9);
	d->now = sc->east.now;
	loads(d, what);
	sc->county.n_requests = 0;
}

void later(struct scene *sc, int64_t ms)
{
	sc->east.now = sc->west.now = (sc->east.now > sc->west.now ? sc->east.now : sc->west.now) + ms;
}

void sync_both(struct scene *sc)
{
	later(sc, 60000);
	desk_syncs(&sc->east);
	later(sc, 60000);
	desk_syncs(&sc->west);
	later(sc, 60000);
}

static void village(struct scene *sc, const char *name, const char *region, char out[RECORD_ID_MAX + 1])
{
	snprintf(out, RECORD_ID_MAX + 1, "%s",
		desk_save(&sc->east, "organisation", "{\"name\":\"%s\",\"type\":\"1\",\"region_code\":\"%s\"}", name, region));
}

int scope_open(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	fake_fhir_init(&sc->county, NULL);
	desk_open(&sc->east, &sc->county, 7);
	desk_open(&sc->west, &sc->county, 8);
	snprintf(sc->west.app.clinic.region, sizeof(sc->west.app.clinic.region), WEST);
	village(sc, "东村", EAST "001", sc->east_village);
	village(sc, "西村", WEST "001", sc->west_village);
	loads(&sc->east, EAST);
	loads(&sc->west, WEST);
	sync_both(sc);
	*state = sc;
	return 0;
}

int scope_close(void **state)
{
	struct scene *sc = *state;

	desk_close(&sc->east);
	desk_close(&sc->west);
	fake_fhir_release(&sc->county);
	free(sc);
	return 0;
}

const char *person(struct scene *sc, struct desk *d, const char *name, const char *lives)
{
	(void)sc;
	return desk_save(d, "resident", "{\"name\":\"%s\",\"sex\":\"1\",\"birth_date\":\"1950-01-02\",\"drug_allergy\":[\"2\"],\"village\":\"%s\"}",
		name, lives);
}

void moves(struct desk *d, const char *id, const char *to)
{
	char json[RECORD_ID_MAX + 3];

	snprintf(json, sizeof(json), "\"%s\"", to);
	desk_change(d, "resident", id, "village", json);
}

const char *tags(struct fake_fhir *f, const char *type, const char *id, const char *system)
{
	AUTO_JSON struct json_object *doc = fake_get(f, type, id);
	struct json_object *list = json_array(json_member(doc, "meta"), "tag");
	static char out[256];

	*out = '\0';
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *tag = json_object_array_get_idx(list, i);

		if (strcmp(json_text(tag, "system"), system) == 0)
			snprintf(out + strlen(out), sizeof(out) - strlen(out), "%s%s", *out ? "," : "", json_text(tag, "code"));
	}
	return out;
}

int64_t number(struct desk *d, const char *sql)
{
	struct stmt *st;
	int64_t n;
	bool row;

	assert_ok(stmt_adhoc(d->app.db, sql, &st, &d->err) && stmt_step(st, &row, &d->err), &d->err);
	n = stmt_int(st, 0);
	stmt_free(st);
	return n;
}

void write_history(struct scene *sc, struct history *h)
{
	snprintf(h->wang, sizeof(h->wang), "%s", person(sc, &sc->east, "王小明", sc->east_village));
	for (int i = 0; i < VISITS; i++)
		snprintf(h->visits[i], sizeof(h->visits[i]), "%s", desk_followup(&sc->east, h->wang, 140 + i));
	snprintf(h->outpatient, sizeof(h->outpatient), "%s",
		desk_save(&sc->east, "visit", "{\"resident\":\"%s\",\"date\":\"2026-11-19\"}", h->wang));
	sync_both(sc);
	assert_false(desk_has(&sc->west, "resident", h->wang));
	assert_false(desk_has(&sc->west, "followup", h->visits[0]));
}

void is_whole(struct desk *d, const struct history *h)
{
	assert_true(desk_has(d, "resident", h->wang));
	for (int i = 0; i < VISITS; i++)
		if (!desk_has(d, "followup", h->visits[i]))
			fail_msg("follow-up %d never came", i);
	assert_true(desk_has(d, "visit", h->outpatient));
	assert_int_equal(number(d, "SELECT count(*) FROM sync_backfill"), 0);
	assert_int_equal(number(d, "SELECT count(*) FROM sync_cursor WHERE scope LIKE '%people%'"), 0);
}
