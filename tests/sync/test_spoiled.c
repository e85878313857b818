/* Every element of every resource, spoiled in many ways: whatever somebody makes of a record at the county, the round goes on, with
 * a change of ours to it or without, and the next good version is taken. */
#include "app/base/json.h"
#include "app/base/mem.h"
#include "desk.h"
#include "sync/fhir/fhir.h"

#define LONG "long" /* a text as long as one may be */
#define WIDE "wide" /* a long list */
#define GONE "gone" /* the element is not there */

static const char *const spoils[] = { "null", "\"\"", "[]", "{}", "[null]", "[[]]", "[{}]", "0", "-1", "1e999", "1.0e-999",
	"9223372036854775807", "true", "\"\\u0000\"", "\"a\\u0000b\"", "\"0000-00-00\"", "\"9999-12-31T23:59:59.999+14:00\"", "\"-1\"",
	"\"\\u001b[2J\\u202e\"", "\"../../etc/passwd\"", "\"http://elsewhere.example/fhir/Patient/1\"", "\"#\"", "\"Patient/\"",
	"\"urn:uuid:x\"", "{\"value\":1e308,\"unit\":\"\",\"code\":null}", "{\"reference\":\"Patient/nobody\"}", LONG, WIDE, GONE };

/* To test all with all takes a minute: each element meets every seventh of them, another seventh than the one before it. */
enum { EACH = 7 };

static struct json_object *wide(void)
{
	struct json_object *list = json_object_new_array();

	for (int i = 0; i < 2000; i++)
		json_object_array_add(list, json_object_new_string("x"));
	return list;
}

static struct json_object *spoil(const char *with)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct json_object *out;
	struct err err;

	if (strcmp(with, WIDE) == 0)
		return wide();
	if (strcmp(with, LONG) == 0)
		sbuf_addf(&text, "\"%060000d\"", 1);
	else
		sbuf_adds(&text, with);
	assert_ok(json_parse(text.s, text.len, NULL, &out, &err), &err);
	return out;
}

/* The n-th element of a resource, counted from the outside to the inside. */
struct search {
	size_t left;
	const char *with;
	bool done;
};

static bool is_it(struct search *s)
{
	s->done = !s->done && s->left-- == 0;
	return s->done;
}

static void spoil_in(struct search *s, struct json_object *node, bool top);

static void spoil_in_list(struct search *s, struct json_object *list)
{
	for (size_t i = 0; i < json_count(list) && !s->done; i++) {
		if (!is_it(s))
			spoil_in(s, json_object_array_get_idx(list, i), false);
		else if (strcmp(s->with, GONE) == 0)
			json_object_array_del_idx(list, i, 1);
		else
			json_object_array_put_idx(list, i, spoil(s->with));
	}
}

static bool is_fixed(const char *key)
{
	return strcmp(key, "id") == 0 || strcmp(key, "resourceType") == 0 || strcmp(key, "meta") == 0;
}

static void spoil_in(struct search *s, struct json_object *node, bool top)
{
	const char *it = NULL;

	spoil_in_list(s, node);
	if (!json_object_is_type(node, json_type_object))
		return;
	json_object_object_foreach(node, key, value) {
		if (s->done)
			return;
		if (top && is_fixed(key))
			continue;
		if (is_it(s)) {
			it = key;
			break;
		}
		spoil_in(s, value, false);
	}
	if (it && strcmp(s->with, GONE) == 0)
		json_object_object_del(node, it);
	else if (it)
		json_object_object_add(node, it, spoil(s->with));
}

/* ---- at the county ------------------------------------------------------------------------------------------------------ */

struct scene {
	struct fake_fhir county;
	struct desk a, b;
	char wang[RECORD_ID_MAX + 1];
	unsigned tried;
};

/* Its history would grow with each of them. */
static void forget_old(struct fake_fhir *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		if (f->versions[i].latest)
			f->versions[n++] = f->versions[i];
		else
			free(f->versions[i].doc);
	f->n = n;
}

static void meets(struct scene *sc, const char *type, const char *id, struct json_object *doc, const char *what)
{
	fake_commit(&sc->county, type, id, doc);
	desk_sync(&sc->b);
	if (!sc->b.ok)
		fail_msg("%s with %.40s: %s (%s)", type, what, sc->b.err.message, sc->b.err.log);
	forget_old(&sc->county);
}

static void good_again(struct scene *sc, const char *type, const char *id, const struct json_object *good)
{
	AUTO_JSON struct json_object *doc = NULL;

	assert_int_equal(json_object_deep_copy((struct json_object *)(uintptr_t)good, &doc, NULL), 0);
	meets(sc, type, id, doc, "nothing");
}

static void change_ours(struct scene *sc)
{
	char phone[32];

	snprintf(phone, sizeof(phone), "\"1005%07u\"", sc->tried);
	desk_change(&sc->b, "resident", sc->wang, "phone", phone);
}

static void spoil_all(struct scene *sc, const char *type, const char *id, bool ours)
{
	AUTO_JSON struct json_object *good = fake_get(&sc->county, type, id);
	bool any = true;

	for (size_t at = 0; any; at++) {
		any = false;
		for (size_t k = at % EACH; k < N_ELEMENTS(spoils); k += EACH) {
			AUTO_JSON struct json_object *doc = NULL;
			struct search s = { .left = at, .with = spoils[k] };

			assert_int_equal(json_object_deep_copy(good, &doc, NULL), 0);
			spoil_in(&s, doc, true);
			if (!s.done)
				break;
			any = true;
			sc->tried++;
			if (ours) {
				good_again(sc, type, id, good);
				change_ours(sc);
			}
			meets(sc, type, id, doc, spoils[k]);
		}
	}
	good_again(sc, type, id, good);
}

static void open_scene(struct scene *sc)
{
	*sc = (struct scene){ .tried = 0 };
	desks_open(&sc->county, &sc->a, &sc->b);
	snprintf(sc->wang, sizeof(sc->wang), "%s", desk_resident(&sc->a, "王小明", "1950-01-02"));
	desk_followup(&sc->a, sc->wang, 152);
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
}

static void spoiled__stops_nobody(void **state)
{
	struct scene sc;

	(void)state;
	open_scene(&sc);
	for (size_t t = 0; fhir_types[t]; t++) {
		char id[80];

		if (!fake_nth(&sc.county, fhir_types[t], 0))
			continue;
		snprintf(id, sizeof(id), "%s", fake_nth(&sc.county, fhir_types[t], 0));
		spoil_all(&sc, fhir_types[t], id, false);
	}
	assert_true(sc.tried > 200);
	assert_string_equal(desk_field(&sc.b, "resident", sc.wang, "name"), "王小明");
	desks_close(&sc.county, &sc.a, &sc.b);
}

static void spoiled__stops_nobody__changed_here(void **state)
{
	struct scene sc;

	(void)state;
	open_scene(&sc);
	spoil_all(&sc, "Patient", sc.wang, true);
	assert_string_equal(desk_field(&sc.b, "resident", sc.wang, "name"), "王小明");
	desks_close(&sc.county, &sc.a, &sc.b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spoiled__stops_nobody),
		cmocka_unit_test(spoiled__stops_nobody__changed_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
