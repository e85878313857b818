#include "late_scene.h"

#include "app/base/json.h"
#include "sync/fhir/fhir.h"

int late_open(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	desks_open(&sc->county, &sc->a, &sc->b);
	snprintf(sc->wang, sizeof(sc->wang), "%s", desk_resident(&sc->a, "王小明", "1950-01-02"));
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	sc->first = xstrdup(fake_latest(&sc->county, "Patient", sc->wang)->doc);
	*state = sc;
	return 0;
}

int late_close(void **state)
{
	struct scene *sc = *state;

	desks_close(&sc->county, &sc->a, &sc->b);
	free(sc->first);
	free(sc);
	return 0;
}

void assert_at_county(struct scene *sc, const char *want)
{
	AUTO_JSON struct json_object *doc = fake_get(&sc->county, "Patient", sc->wang);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	json_write(&text, doc);
	if (!strstr(text.s, want))
		fail_msg("the county lacks %s: %s", want, text.s);
}

void late_third_writes(struct scene *sc, struct desk *c, const char *key, const char *json)
{
	fake_put(&sc->county, sc->first);
	desk_open(c, &sc->county, 9);
	c->now += 3600000;
	desk_syncs(c);
	desk_change(c, "resident", sc->wang, key, json);
	desk_syncs(c);
}
