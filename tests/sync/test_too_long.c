/* A text longer than the form allows comes from the county: nothing of it is lost, and it holds up nobody's edit of something else. */
#include "app/base/json.h"
#include "desk.h"

struct scene {
	struct fake_fhir county;
	struct desk a, b;
	struct arena mem;
	char wang[RECORD_ID_MAX + 1];
};

static int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	desks_open(&sc->county, &sc->a, &sc->b);
	snprintf(sc->wang, sizeof(sc->wang), "%s", desk_resident(&sc->a, "王芳", "1950-01-02"));
	desk_syncs(&sc->a);
	*state = sc;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *sc = *state;

	desks_close(&sc->county, &sc->a, &sc->b);
	arena_release(&sc->mem);
	free(sc);
	return 0;
}

/* So many characters, one as good as another. */
static char *text_of(size_t n)
{
	char *out = xmalloc(n + 1);

	memset(out, 'x', n);
	out[n] = '\0';
	return out;
}

static void county_writes(struct scene *sc, const char *address)
{
	AUTO_SBUF struct sbuf json = SBUF_INIT;

	sbuf_addf(&json, "[{\"text\":\"%s\"}]", address);
	fake_edit(&sc->county, "Patient", sc->wang, "address", json.s);
	desk_syncs(&sc->a);
}

static bool a_writes(struct scene *sc, const char *key, const char *value, struct save_result *r)
{
	const struct kind *kind = kind_by_id(KIND_RESIDENT);
	struct record *rec;

	assert_ok(record_load(&sc->a.app, KIND_RESIDENT, sc->wang, &sc->mem, &rec, &sc->a.err), &sc->a.err);
	record_set_text(rec, key, value);
	return records_save(&sc->a.app, kind, rec, &(struct save_options){ .token = NULL }, &sc->mem, r, &sc->a.err);
}

static void too_long__holds_up_nothing__something_else_is_changed(void **state)
{
	struct scene *sc = *state;
	AUTO_FREE char *address = text_of(500);
	struct save_result r;
	bool told = false;

	county_writes(sc, address);
	assert_ok(a_writes(sc, "nickname", "阿明", &r), &sc->a.err);
	for (const struct finding *f = r.findings.first; f; f = f->next)
		told |= strcmp(f->field, "address") == 0 && f->level == FINDING_WARNING && strstr(f->message, "120");
	assert_true(told);
	desk_syncs(&sc->a);
	assert_non_null(strstr(fake_latest(&sc->county, "Patient", sc->wang)->doc, address));
	assert_non_null(strstr(fake_latest(&sc->county, "Patient", sc->wang)->doc, "阿明"));
}

static void too_long__is_refused__typed_here(void **state)
{
	struct scene *sc = *state;
	AUTO_FREE char *address = text_of(500);
	AUTO_FREE char *other = text_of(121);
	struct save_result r;

	county_writes(sc, address);
	assert_false(a_writes(sc, "address", other, &r));
	assert_int_equal(sc->a.err.code, ERR_OUT_OF_RANGE);
	assert_string_equal(sc->a.err.field, "address");
	assert_non_null(strstr(sc->a.err.message, "120"));
	assert_ok(a_writes(sc, "address", "东村1组", &r), &sc->a.err);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(too_long__holds_up_nothing__something_else_is_changed),
		T(too_long__is_refused__typed_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
