#include "people_scene.h"

int people_open(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	fake_fhir_init(&sc->county, NULL);
	desk_open(&sc->d, &sc->county, 7);
	*state = sc;
	return 0;
}

int people_close(void **state)
{
	struct scene *sc = *state;

	desk_close(&sc->d);
	fake_fhir_release(&sc->county);
	free(sc);
	return 0;
}

void put_people(struct fake_fhir *f, int from, int to)
{
	for (int i = from; i < to; i++) {
		AUTO_SBUF struct sbuf doc = SBUF_INIT;

		sbuf_addf(&doc, "{\"resourceType\":\"Patient\",\"id\":\"c%d\",\"gender\":\"male\",\"birthDate\":\"1950-01-02\","
				"\"name\":[{\"text\":\"某%d\"}]}", i, i);
		fake_put(f, doc.s);
	}
}

void all_came(struct desk *d, int n)
{
	for (int i = 0; i < n; i++) {
		char id[32];

		snprintf(id, sizeof(id), "c%d", i);
		if (!desk_has(d, "resident", id))
			fail_msg("%s never came", id);
	}
}
