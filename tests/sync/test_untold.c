/* The history of one resource cannot be told: it waits with a reason, nothing of it is applied or sent unseen, all else goes on, and
 * it is asked for again, not each round. */
#include <stdlib.h>

#include "app/base/json.h"
#include "app/base/mem.h"
#include "app/service/exchange.h"
#include "db/db_int.h"
#include "db/stmt.h"
#include "desk.h"
#include "sync/fhir/doc.h"

enum { MINUTE = 60000, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

struct scene {
	struct fake_fhir county;
	struct desk a, b;
	char wang[RECORD_ID_MAX + 1], li[RECORD_ID_MAX + 1];
	char *first; /* the document that made Wang */
};

static int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	desks_open(&sc->county, &sc->a, &sc->b);
	snprintf(sc->wang, sizeof(sc->wang), "%s", desk_resident(&sc->a, "王小明", "1950-01-02"));
	snprintf(sc->li, sizeof(sc->li), "%s", desk_resident(&sc->a, "李大山", "1948-05-06"));
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	sc->first = xstrdup(fake_latest(&sc->county, "Patient", sc->wang)->doc);
	*state = sc;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *sc = *state;

	desks_close(&sc->county, &sc->a, &sc->b);
	free(sc->first);
	free(sc);
	return 0;
}

/* B wrote, a copy of what A sent at first lies over it, and only the history tells; it does not. */
static void copy_over_b(struct scene *sc, enum fake_history how)
{
	desk_change(&sc->b, "resident", sc->wang, "nickname", "\"阿明\"");
	desk_change(&sc->b, "resident", sc->li, "nickname", "\"阿山\"");
	desk_syncs(&sc->b);
	fake_put(&sc->county, sc->first);
	sc->county.odd_history = how;
	snprintf(sc->county.odd_id, sizeof(sc->county.odd_id), "%s", sc->wang);
}

static void mended(struct scene *sc)
{
	sc->county.odd_history = FAKE_HISTORY_FINE;
	sc->a.now += 2 * DAY;
}

static int64_t number(struct desk *d, const char *sql)
{
	struct stmt *st;
	int64_t n;
	bool row;

	assert_ok(stmt_adhoc(d->app.db, sql, &st, &d->err) && stmt_step(st, &row, &d->err), &d->err);
	n = stmt_int(st, 0);
	stmt_free(st);
	return n;
}

static const char *words_of(struct desk *d, const char *id, struct arena *mem)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct receipt r;

	assert_ok(receipt_read(&d->app, record_row(&d->app, KIND_RESIDENT, id), mem, &r, &d->err), &d->err);
	receipt_words(&d->app, &r, &text);
	return arena_strdup(mem, text.s);
}

static void assert_at_county(struct scene *sc, const char *want, size_t i)
{
	AUTO_JSON struct json_object *doc = fake_get(&sc->county, "Patient", sc->wang);
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	json_write(&text, doc);
	assert_case(strstr(text.s, want) != NULL, i, text.s);
}

static const struct {
	enum fake_history how;
	const char *what, *why;
} odd[] = {
	{ FAKE_HISTORY_FAULT, "500", "fails" },
	{ FAKE_HISTORY_LARGE, "too large", "too large" },
	{ FAKE_HISTORY_HEAVY, "too large in all", "to the end" },
	{ FAKE_HISTORY_ENDLESS, "pages without end", "to the end" },
	{ FAKE_HISTORY_BROKEN, "half of its pages", "to the end" },
	{ FAKE_HISTORY_ANOTHERS, "another's", "another record" },
};

static void each_odd(void (*check)(struct scene *sc, size_t i))
{
	for (size_t i = 0; i < N_ELEMENTS(odd); i++) {
		void *state;

		open_scene(&state);
		check(state, i);
		close_scene(&state);
	}
}

static void one_history(struct scene *sc, size_t i)
{
	AUTO_ARENA struct arena mem = { 0 };
	size_t asked;

	copy_over_b(sc, odd[i].how);
	desk_syncs(&sc->a);
	assert_case(strcmp(desk_field(&sc->a, "resident", sc->li, "nickname"), "阿山") == 0, i, "all else comes");
	assert_case(strstr(words_of(&sc->a, sc->wang, &mem), odd[i].why) != NULL, i, words_of(&sc->a, sc->wang, &mem));
	sc->a.now += MINUTE;
	desk_syncs(&sc->a); /* a fault may be over by now */
	asked = fake_asked(&sc->county, "/_history");
	sc->a.now += MINUTE;
	desk_syncs(&sc->a);
	assert_case(fake_asked(&sc->county, "/_history") == asked, i, "asked again in the next round");
	sc->a.now += 2 * DAY;
	desk_syncs(&sc->a);
	assert_case(fake_asked(&sc->county, "/_history") > asked, i, "and later it is");
	mended(sc);
	desk_syncs(&sc->a);
	assert_case(strcmp(desk_field(&sc->a, "resident", sc->wang, "nickname"), "阿明") == 0, i, "what B wrote is lost");
	assert_at_county(sc, "阿明", i);
	assert_case(number(&sc->a, "SELECT count(*) FROM sync_untold") == 0, i, "over");
	assert_case(!strstr(words_of(&sc->a, sc->wang, &mem), odd[i].why), i, words_of(&sc->a, sc->wang, &mem));
	desk_invariants(&sc->a);
}

static void untold__costs_that_resource_alone__nothing_to_say(void **unused)
{
	(void)unused;
	each_odd(one_history);
}

/* What we say of it would replace what nobody here has seen. */
static void one_edit(struct scene *sc, size_t i)
{
	AUTO_ARENA struct arena mem = { 0 };
	size_t sent;

	copy_over_b(sc, odd[i].how);
	desk_change(&sc->a, "resident", sc->wang, "contact_name", "\"甲一\"");
	desk_change(&sc->a, "resident", sc->li, "contact_name", "\"甲二\"");
	desk_syncs(&sc->a);
	assert_case(desk_county(&sc->a, "resident", sc->li) == COUNTY_AT_COUNTY, i, "the other one went");
	assert_case(desk_county(&sc->a, "resident", sc->wang) == COUNTY_WAITING, i, "this one waits");
	assert_case(strstr(words_of(&sc->a, sc->wang, &mem), odd[i].why) != NULL, i, words_of(&sc->a, sc->wang, &mem));
	assert_case(!strstr(words_of(&sc->a, sc->wang, &mem), "next exchange"), i, words_of(&sc->a, sc->wang, &mem));
	sent = fake_bundles(&sc->county);
	sc->a.now += MINUTE;
	desk_syncs(&sc->a);
	assert_case(fake_bundles(&sc->county) == sent, i, "sent for nothing");
	mended(sc);
	desk_syncs(&sc->a);
	assert_case(sc->a.fig.waiting == 0 && sc->a.fig.conflicts == 0, i, "waits on");
	assert_at_county(sc, "甲一", i);
	assert_at_county(sc, "阿明", i);
	desk_invariants(&sc->a);
}

static void untold__waits_with_our_edit(void **unused)
{
	(void)unused;
	each_odd(one_edit);
}

/* Somebody wrote over an edit whose answer was lost: until it is known whether it was there it is not sent again. */
static void one_fate(struct scene *sc, size_t i)
{
	AUTO_ARENA struct arena mem = { 0 };

	desk_change(&sc->a, "resident", sc->wang, "nickname", "\"阿明\"");
	desk_change(&sc->a, "resident", sc->li, "nickname", "\"阿山\"");
	fake_order(&sc->county, (struct fake_order){ FAKE_LOST_ANSWER, "POST", 0, 0, 0 });
	desk_sync(&sc->a);
	assert_case(!sc->a.ok, i, "the answer was lost");
	desk_syncs(&sc->b);
	desk_change(&sc->b, "resident", sc->wang, "contact_name", "\"乙一\"");
	desk_syncs(&sc->b);
	sc->county.odd_history = odd[i].how;
	snprintf(sc->county.odd_id, sizeof(sc->county.odd_id), "%s", sc->wang);
	for (size_t round = 0; round < 3; round++) {
		desk_syncs(&sc->a);
		assert_case(sc->a.fig.unknown == 1, i, "its fate is open");
		assert_case(desk_county(&sc->a, "resident", sc->li) == COUNTY_AT_COUNTY, i, "the other one is there");
		sc->a.now += MINUTE;
	}
	assert_case(strstr(words_of(&sc->a, sc->wang, &mem), odd[i].why) != NULL, i, words_of(&sc->a, sc->wang, &mem));
	mended(sc);
	desk_syncs(&sc->a);
	assert_case(sc->a.fig.waiting == 0, i, "waits on");
	assert_case(strcmp(desk_field(&sc->a, "resident", sc->wang, "contact_name"), "乙一") == 0, i, "what B wrote is lost");
	assert_at_county(sc, "阿明", i);
	assert_case(number(&sc->a, "SELECT count(*) FROM sync_untold") == 0, i, "over");
	desk_invariants(&sc->a);
}

static void untold__leaves_a_fate_open(void **unused)
{
	(void)unused;
	each_odd(one_fate);
}

/* However many pages it takes: they are all in memory at once. */
static void untold__gives_up__what_is_too_large_in_all(void **unused)
{
	struct scene *sc;
	void *state;

	(void)unused;
	open_scene(&state);
	sc = state;
	copy_over_b(sc, FAKE_HISTORY_HEAVY);
	sc->county.n_requests = 0;
	desk_syncs(&sc->a);
	assert_in_range(fake_asked(&sc->county, "/_history"), 8, 20);
	close_scene(&state);
}

/* A server that tells none at all is not asked for each of a township. */
static void untold__asks_few__a_server_that_tells_none(void **unused)
{
	enum { N = 14 };
	char ids[N][RECORD_ID_MAX + 1], *docs[N];
	void *state;
	struct scene *sc;
	size_t asked;

	(void)unused;
	open_scene(&state);
	sc = state;
	for (size_t i = 2; i < N; i++) {
		char name[16];

		snprintf(name, sizeof(name), "陈%c", (int)('A' + (int)i));
		desk_resident(&sc->a, name, "1950-01-02");
	}
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	for (size_t i = 0; i < N; i++) {
		snprintf(ids[i], sizeof(ids[i]), "%s", fake_nth(&sc->county, "Patient", i));
		docs[i] = xstrdup(fake_latest(&sc->county, "Patient", ids[i])->doc);
		desk_change(&sc->b, "resident", ids[i], "nickname", "\"阿明\"");
	}
	desk_syncs(&sc->b);
	for (size_t i = 0; i < N; i++) {
		fake_put(&sc->county, docs[i]);
		free(docs[i]);
	}
	sc->county.odd_history = FAKE_HISTORY_FAULT;
	sc->county.n_requests = 0;
	desk_syncs(&sc->a);
	asked = fake_asked(&sc->county, "/_history");
	assert_in_range(asked, 1, 3);
	assert_int_equal(number(&sc->a, "SELECT count(*) FROM sync_untold"), N);
	sc->county.odd_history = FAKE_HISTORY_FINE;
	desk_syncs(&sc->a);
	sc->a.now += 2 * DAY;
	desk_syncs(&sc->a);
	assert_int_equal(number(&sc->a, "SELECT count(*) FROM sync_untold"), 0);
	for (size_t i = 0; i < N; i++)
		assert_string_equal(desk_field(&sc->a, "resident", ids[i], "nickname"), "阿明");
	close_scene(&state);
}

/* Wherever the process ends: nothing is passed over that is not noted. */
static void untold__loses_nothing__process_killed_anywhere(void **unused)
{
	bool lived = false;

	(void)unused;
	for (unsigned at = 1; !lived; at++) {
		struct scene *sc;
		void *state;

		open_scene(&state);
		sc = state;
		copy_over_b(sc, FAKE_HISTORY_LARGE);
		desk_change(&sc->a, "resident", sc->wang, "contact_name", "\"甲一\"");
		sc->a.dies_at = at;
		desk_sync(&sc->a);
		lived = sc->a.ok;
		desk_restart(&sc->a);
		desk_syncs(&sc->a);
		mended(sc);
		sc->a.dies_at = at;
		desk_sync(&sc->a);
		desk_restart(&sc->a);
		desk_syncs(&sc->a);
		desk_syncs(&sc->a);
		assert_case(strcmp(desk_field(&sc->a, "resident", sc->wang, "nickname"), "阿明") == 0, at, "what B wrote is lost");
		assert_at_county(sc, "阿明", at);
		assert_at_county(sc, "甲一", at);
		assert_case(number(&sc->a, "SELECT count(*) FROM sync_untold") == 0, at, "over");
		desk_invariants(&sc->a);
		close_scene(&state);
		assert_in_range(at, 1, 200);
	}
}

/* What lay between cannot be told, and then what is there now cannot be read either. */
static void untold__stops_nobody__not_to_be_read_by_then(void **unused)
{
	AUTO_SBUF struct sbuf large = SBUF_INIT;
	struct scene *sc;
	void *state;

	(void)unused;
	open_scene(&state);
	sc = state;
	copy_over_b(sc, FAKE_HISTORY_LARGE);
	desk_syncs(&sc->a);
	sbuf_addf(&large, "[{\"contentType\":\"image/jpeg\",\"data\":\"%070000d\"}]", 1);
	fake_edit(&sc->county, "Patient", sc->wang, "photo", large.s);
	sc->a.now += 2 * DAY;
	desk_change(&sc->a, "resident", sc->li, "contact_name", "\"甲二\"");
	desk_syncs(&sc->a);
	desk_syncs(&sc->a);
	fake_edit(&sc->county, "Patient", sc->wang, "photo", NULL);
	mended(sc);
	desk_syncs(&sc->a);
	assert_int_equal(number(&sc->a, "SELECT count(*) FROM sync_untold"), 0);
	desk_syncs(&sc->b); /* the history is not to be read any more: who wrote it says it again */
	desk_syncs(&sc->a);
	assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "nickname"), "阿明");
	close_scene(&state);
}

/* The page of the exchange names it. */
static void untold__is_shown(void **unused)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct exchange x;
	struct scene *sc;
	void *state;

	(void)unused;
	open_scene(&state);
	sc = state;
	copy_over_b(sc, FAKE_HISTORY_LARGE);
	desk_syncs(&sc->a);
	assert_ok(exchange_read(&sc->a.app, &mem, &x, &sc->a.err), &sc->a.err);
	assert_int_equal(x.n_refused, 0);
	assert_int_equal(x.n_untold, 1);
	assert_string_equal(x.shown[0].name, "王小明");
	assert_non_null(strstr(x.shown[0].r.reason, "too large"));
	close_scene(&state);
}

/* What was refused as well stands there once, with both reasons. */
static void untold__is_shown_once__refused_too(void **unused)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct exchange x;
	struct scene *sc;
	void *state;

	(void)unused;
	open_scene(&state);
	sc = state;
	snprintf(sc->county.refuse_id, sizeof(sc->county.refuse_id), "%s", sc->wang);
	sc->county.refuse_status = 422;
	desk_change(&sc->a, "resident", sc->wang, "contact_name", "\"甲一\"");
	desk_syncs(&sc->a);
	sc->county.refuse_id[0] = '\0';
	copy_over_b(sc, FAKE_HISTORY_LARGE);
	desk_syncs(&sc->a);
	assert_ok(exchange_read(&sc->a.app, &mem, &x, &sc->a.err), &sc->a.err);
	assert_int_equal(x.n_refused, 1);
	assert_int_equal(x.n_untold, 1);
	assert_int_equal(x.n_shown, 1);
	assert_string_equal(x.shown[0].name, "王小明");
	assert_non_null(strstr(x.shown[0].r.reason, "; "));
	assert_non_null(strstr(x.shown[0].r.reason, "too large"));
	close_scene(&state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(untold__costs_that_resource_alone__nothing_to_say),
		cmocka_unit_test(untold__waits_with_our_edit),
		cmocka_unit_test(untold__leaves_a_fate_open),
		cmocka_unit_test(untold__gives_up__what_is_too_large_in_all),
		cmocka_unit_test(untold__asks_few__a_server_that_tells_none),
		cmocka_unit_test(untold__loses_nothing__process_killed_anywhere),
		cmocka_unit_test(untold__stops_nobody__not_to_be_read_by_then),
		cmocka_unit_test(untold__is_shown),
		cmocka_unit_test(untold__is_shown_once__refused_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
