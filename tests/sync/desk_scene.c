#include "desk_scene.h"

#include "app/base/mem.h"

int desk_scene_open(void **state)
{
	struct desk_scene *sc = xcalloc(1, sizeof *sc);

	fake_fhir_init(&sc->county, NULL);
	desk_open(&sc->d, &sc->county, 7);
	*state = sc;
	return 0;
}

int desk_scene_close(void **state)
{
	struct desk_scene *sc = *state;

	desk_close(&sc->d);
	fake_fhir_release(&sc->county);
	free(sc);
	return 0;
}

int desk_pair_open(void **state)
{
	struct desk_pair *p = xcalloc(1, sizeof *p);

	desks_open(&p->county, &p->a, &p->b);
	*state = p;
	return 0;
}

int desk_pair_close(void **state)
{
	struct desk_pair *p = *state;

	desks_close(&p->county, &p->a, &p->b);
	free(p);
	return 0;
}
