/* Who loads only some townships: which tag a record bears, who moves in with all that was written about him, who moves out. */
#include "scope_scene.h"

#include "app/base/json.h"
#include "db/db_int.h"
#include "sync/fhir/fhir.h"

#ifndef SERVER_GIVES_IDS
#define SERVER_GIVES_IDS false /* test_scope_posts.c runs all of it the other way */
#endif

/* ---- what is asked for -------------------------------------------------------------------------------------------- */

static void scope__narrows_the_searches__by_setting(void **state)
{
	static const struct {
		const char *load, *type, *has, *hasnt;
	} cases[] = {
		{ "", "Patient", "_count=", "_tag" },
		{ "all", "Encounter", "&_tag=urn:cunyi:kind%7Cvisit", "urn:cunyi:scope" },
		{ EAST, "Patient", "&_tag=urn:cunyi:scope%7C" EAST, "," },
		{ WEST "," EAST, "Patient", "&_tag=urn:cunyi:scope%7C" WEST ",urn:cunyi:scope%7C" EAST, NULL },
		{ EAST "、" WEST, "Basic", "&_tag=urn:cunyi:scope%7C" EAST ",urn:cunyi:scope%7C" WEST, NULL },
		{ EAST, "Encounter", "&_tag=urn:cunyi:scope%7C" EAST "&_tag=urn:cunyi:kind%7Cvisit", "," },
		{ EAST, "Organization", "_count=", "_tag" }, /* the directory comes whole */
		{ EAST, "Practitioner", "_count=", "_tag" },
		{ EAST, "CareTeam", "_count=", "_tag" },
	};
	SCENE(state);

	(void)west;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char begin[96];
		size_t seen = 0;

		loads(east, FAR); /* a place of its own for each */
		loads(east, cases[i].load);
		county->n_requests = 0;
		later(sc, 60000);
		desk_syncs(east);
		snprintf(begin, sizeof(begin), "%s/%s?", county->base, cases[i].type);
		for (size_t j = 0; j < county->n_requests; j++) {
			const char *url = county->requests[j].url;

			if (strncmp(url, begin, strlen(begin)) != 0 || strstr(url, "_id=") || strstr(url, "identifier=") ||
				strstr(url, "organization="))
				continue;
			seen++;
			assert_case((strstr(url, "_summary") || strstr(url, cases[i].has)) && !(cases[i].hasnt && strstr(url, cases[i].hasnt)), i, url);
		}
		assert_case(seen, i, "never asked");
		assert_case(!fake_asked(county, "organization=") == (!*cases[i].load || strcmp(cases[i].load, "all") == 0), i, "by organisation");
	}
}

/* ---- the tag ------------------------------------------------------------------------------------------------------ */

static void scope__follows_the_person__and_all_that_is_about_him(void **state)
{
	SCENE(state);
	char wang[RECORD_ID_MAX + 1], li[RECORD_ID_MAX + 1], visit[RECORD_ID_MAX + 1], bp[RECORD_ID_MAX + 1];

	(void)west;
	snprintf(wang, sizeof(wang), "%s", person(sc, east, "王小明", sc->west_village));
	snprintf(visit, sizeof(visit), "%s", desk_followup(east, wang, 152));
	snprintf(li, sizeof(li), "%s", desk_resident(east, "李四", "1960-05-06")); /* nobody knows where he lives */
	later(sc, 1000);
	desk_syncs(east);
	assert_string_equal(tags(county, "Patient", wang, FHIR_SCOPE), WEST "," EAST); /* ours beside it: we write about him */
	assert_string_equal(tags(county, "QuestionnaireResponse", visit, FHIR_SCOPE), WEST "," EAST);
	fhir_derived_id(visit, ROLE_BP, bp);
	assert_string_equal(tags(county, "Observation", bp, FHIR_SCOPE), WEST "," EAST);
	assert_string_equal(tags(county, "Patient", li, FHIR_SCOPE), EAST);
	assert_string_equal(tags(county, "Organization", sc->west_village, FHIR_SCOPE), EAST);
	assert_string_equal(tags(county, "Patient", wang, FHIR_SCOPE_BEFORE), "");
}

/* Who lives there and is treated here: both townships have him, whoever writes next. */
static void scope__keeps_both__who_is_treated_in_another_township(void **state)
{
	SCENE(state);
	char wang[RECORD_ID_MAX + 1];

	snprintf(wang, sizeof(wang), "%s", person(sc, east, "王小明", sc->west_village));
	sync_both(sc);
	assert_true(desk_has(west, "resident", wang));
	desk_change(west, "resident", wang, "phone", "\"10050000048\"");
	sync_both(sc);
	sync_both(sc);
	assert_string_equal(tags(county, "Patient", wang, FHIR_SCOPE), WEST "," EAST);
	assert_string_equal(tags(county, "Patient", wang, FHIR_SCOPE_BEFORE), "");
	assert_string_equal(desk_field(east, "resident", wang, "phone"), "10050000048");
	assert_int_equal(number(east, "SELECT count(*) FROM sync_backfill") + number(west, "SELECT count(*) FROM sync_backfill"), 0);
	assert_int_equal(fake_asked(county, "patient="), 0);
}

/* The township of a village by its own region, by a code that is one, by what it is part of. */
static void scope__knows_the_township__of_a_village(void **state)
{
	static const struct {
		const char *key, *value, *tag;
	} cases[] = {
		{ "region_code", "350299103002", FAR "," EAST },
		{ "code", "350299103002", FAR "," EAST },
		{ "code", "350299103", FAR "," EAST },
		{ "code", "V12", EAST },
		{ "region_code", "350299", EAST }, /* a county's: not fine enough */
		{ "code", "91350200MA0000000X", EAST },
		{ "parent", "", FAR "," EAST },
	};
	SCENE(state);
	char far_town[RECORD_ID_MAX + 1];

	(void)west;
	snprintf(far_town, sizeof(far_town), "%s", desk_save(east, "organisation", "{\"name\":\"远乡卫生院\",\"type\":\"3\",\"region_code\":\"" FAR "\"}"));
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char lives[RECORD_ID_MAX + 1], wang[RECORD_ID_MAX + 1];

		snprintf(lives, sizeof(lives), "%s", desk_save(east, "organisation", "{\"name\":\"村%zu\",\"type\":\"1\",\"%s\":\"%s\"}", i,
			cases[i].key, strcmp(cases[i].key, "parent") == 0 ? far_town : cases[i].value));
		snprintf(wang, sizeof(wang), "%s", person(sc, east, "王小明", lives));
		later(sc, 1000);
		desk_syncs(east);
		assert_case(strcmp(tags(county, "Patient", wang, FHIR_SCOPE), cases[i].tag) == 0, i, tags(county, "Patient", wang, FHIR_SCOPE));
	}
}

/* Older versions that are read; SQLite tells of each statement that is run. */
static int count_old(unsigned what, void *ctx, void *st, void *text)
{
	(void)what;
	(void)text;
	*(size_t *)ctx += strstr(sqlite3_sql(st), "SELECT c.after, c.state") != NULL;
	return 0;
}

/* His hundredth version costs what his twentieth does, and still says where he lived before. */
static void scope__reads_each_version_once__of_who_is_edited_often(void **state)
{
	enum { EDITS = 100, EARLY = 20, MORE = 16 };
	SCENE(state);
	char wang[RECORD_ID_MAX + 1];
	size_t read[EDITS];

	(void)west;
	snprintf(wang, sizeof(wang), "%s", person(sc, east, "王小明", sc->west_village));
	for (int i = 0; i < EDITS; i++) {
		if (i == EDITS / 2)
			moves(east, wang, sc->east_village);
		else
			desk_change(east, "resident", wang, "phone", i % 2 ? "\"10050000048\"" : "\"10050000056\"");
		read[i] = 0;
		sqlite3_trace_v2(east->app.db->handle, SQLITE_TRACE_STMT, count_old, &read[i]);
		later(sc, 1000);
		desk_syncs(east);
		sqlite3_trace_v2(east->app.db->handle, 0, NULL, NULL);
	}
	assert_in_range(read[EDITS - 1], 1, read[EARLY] + MORE);
	assert_string_equal(tags(county, "Patient", wang, FHIR_SCOPE), EAST);
	assert_string_equal(tags(county, "Patient", wang, FHIR_SCOPE_BEFORE), WEST);
	assert_int_equal(number(east, "SELECT count(*) FROM sync_lived"), 2);
}

/* ---- moving in ----------------------------------------------------------------------------------------------------- */

static void scope__brings_all_that_was_written__who_moves_in(void **state)
{
	SCENE(state);
	struct history h;

	write_history(sc, &h);
	moves(east, h.wang, sc->west_village);
	later(sc, 1000);
	desk_syncs(east);
	assert_string_equal(tags(county, "Patient", h.wang, FHIR_SCOPE), WEST "," EAST);
	assert_string_equal(tags(county, "Patient", h.wang, FHIR_SCOPE_BEFORE), EAST);
	assert_string_equal(tags(county, "QuestionnaireResponse", h.visits[0], FHIR_SCOPE), EAST); /* nobody loads it anew */
	assert_int_equal(fake_version_of(county, "QuestionnaireResponse", h.visits[0]), 1);
	later(sc, 60000);
	desk_syncs(west);
	is_whole(west, &h);
	assert_string_equal(desk_field(west, "followup", h.visits[2], "sbp"), "142");
	county->n_requests = 0;
	sync_both(sc);
	assert_int_equal(fake_asked(county, "patient="), 0); /* once */
	desk_change(west, "followup", h.visits[0], "weight", "62.0"); /* what is written from now on counts where he lives */
	sync_both(sc);
	assert_string_equal(tags(county, "QuestionnaireResponse", h.visits[0], FHIR_SCOPE), WEST);
	desk_change(west, "resident", h.wang, "phone", "\"10050000048\"");
	sync_both(sc);
	assert_string_equal(tags(county, "Patient", h.wang, FHIR_SCOPE), WEST); /* the east has let him go */
	moves(west, h.wang, sc->east_village); /* and back */
	sync_both(sc);
	assert_string_equal(tags(county, "Patient", h.wang, FHIR_SCOPE), EAST "," WEST);
	assert_string_equal(tags(county, "Patient", h.wang, FHIR_SCOPE_BEFORE), WEST);
	sync_both(sc);
	assert_string_equal(desk_field(east, "followup", h.visits[0], "weight"), "62.0");
	assert_int_equal(east->fig.waiting + west->fig.waiting, 0);
	desk_invariants(east);
	desk_invariants(west);
}

/* A computer that loads for the first time asks for him alone, not for each person. */
static void scope__first_load_asks_for_who_has_moved__and_nobody_else(void **state)
{
	SCENE(state);
	struct history h;
	struct desk new;

	(void)west;
	write_history(sc, &h);
	for (int i = 0; i < 5; i++)
		person(sc, east, "张三", sc->west_village);
	moves(east, h.wang, sc->west_village);
	later(sc, 1000);
	desk_syncs(east);
	scope_third(sc, &new, WEST);
	desk_syncs(&new);
	is_whole(&new, &h);
	for (size_t i = 0; i < county->n_requests; i++) {
		const char *people = strstr(county->requests[i].url, "&patient=");

		if (people) /* one id: no comma, and his own where the server leaves ids alone */
			assert_true(!strchr(people, ',') && (county->assigns_ids || strstr(people, h.wang)));
	}
	assert_true(fake_asked(county, "&patient=") >= 5);
	desk_close(&new);
}

static void scope__goes_on_where_it_was__line_breaks_in_a_backfill(void **state)
{
	SCENE(state);
	struct history h;
	size_t from_a_place = 0, tries = 0;

	write_history(sc, &h);
	moves(east, h.wang, sc->west_village);
	later(sc, 1000);
	desk_syncs(east);
	county->page = 2;
	county->n_requests = 0;
	for (unsigned fine = 1; tries < 100; tries++, fine = fine < 24 ? fine + 1 : 24) { /* each time a little further */
		later(sc, 3600 * 1000);
		county->n_orders = 0;
		for (int i = 0; i < 60; i++)
			fake_order(county, (struct fake_order){ .fault = FAKE_LOST_ANSWER, .method = "GET", .skip = fine });
		desk_sync(west);
		if (west->ok)
			break;
	}
	county->n_orders = 0;
	county->page = 50;
	for (size_t i = 0; i < county->n_requests; i++)
		from_a_place += strstr(county->requests[i].url, "&patient=") && strstr(county->requests[i].url, "_lastUpdated=ge");
	if (tries < 5 || !from_a_place)
		fail_msg("the line never broke inside the backfill: %zu tries, %zu searches from a place", tries, from_a_place);
	desk_syncs(west);
	is_whole(west, &h);
}

/* The process ends at every place where it can: nothing is lost, and it ends some time. */
static void scope__is_whole_in_the_end__process_killed_anywhere(void **state)
{
	SCENE(state);
	struct history h;
	unsigned at;

	(void)county;
	write_history(sc, &h);
	moves(east, h.wang, sc->west_village);
	later(sc, 1000);
	desk_syncs(east);
	for (at = 5; at < 400; at += 7) {
		later(sc, 60000);
		west->dies_at = at;
		desk_sync(west);
		desk_restart(west);
		snprintf(west->app.clinic.region, sizeof(west->app.clinic.region), WEST);
	}
	later(sc, 60000);
	desk_syncs(west);
	is_whole(west, &h);
	desk_invariants(west);
}

/* As HAPI does: an update adds tags and takes none away.  Nothing is sent again for that, and nobody is loaded for ever. */
static void scope__comes_to_rest__server_keeps_old_tags(void **state)
{
	SCENE(state);
	struct history h;
	unsigned version;

	county->keeps_tags = true;
	write_history(sc, &h);
	moves(east, h.wang, sc->west_village);
	sync_both(sc);
	is_whole(west, &h);
	assert_string_equal(tags(county, "Patient", h.wang, FHIR_SCOPE), WEST "," EAST);
	fake_edit(county, "Patient", h.wang, "birthDate", "\"1950-01-03\""); /* a stranger's edit comes with all of them */
	sync_both(sc);
	desk_change(west, "resident", h.wang, "phone", "\"10050000048\"");
	desk_change(west, "followup", h.visits[1], "weight", "63.5");
	sync_both(sc);
	sync_both(sc);
	assert_string_equal(desk_field(east, "resident", h.wang, "phone"), "10050000048");
	version = fake_version_of(county, "Patient", h.wang);
	county->n_requests = 0;
	for (int i = 0; i < 4; i++)
		sync_both(sc);
	assert_int_equal(fake_version_of(county, "Patient", h.wang), version);
	assert_int_equal(fake_requests(county, "POST"), 0);
	assert_int_equal(fake_asked(county, "patient="), 0);
	assert_int_equal(east->fig.waiting + west->fig.waiting, 0);
	/* an answer that is lost, with tags there that we did not send */
	desk_change(west, "resident", h.wang, "phone", "\"10050000050\"");
	fake_order(county, (struct fake_order){ .fault = FAKE_LOST_ANSWER, .method = "POST" });
	later(sc, 60000);
	desk_sync(west);
	later(sc, 3600 * 1000);
	desk_syncs(west);
	assert_int_equal(west->fig.waiting, 0);
	assert_in_range(fake_version_of(county, "Patient", h.wang), version + 1, version + 1 + county->assigns_ids);
}

/* The one who writes down that he lives here now is here: nothing comes down that would tell. */
static void scope__brings_all_that_was_written__moved_by_our_own_edit(void **state)
{
	SCENE(state);
	struct history h;

	write_history(sc, &h);
	loads(west, "all"); /* he was looked up once */
	sync_both(sc);
	loads(west, WEST);
	sync_both(sc);
	desk_save(east, "followup", "{\"programme\":\"htn\",\"resident\":\"%s\",\"date\":\"2026-11-21\",\"mode\":\"1\",\"symptoms\":[\"1\"],"
		"\"sbp\":161,\"dbp\":90,\"hr\":70,\"weight\":61.5}", h.wang);
	sync_both(sc);
	assert_int_equal(number(west, "SELECT count(*) FROM followup"), VISITS); /* that one is none of ours yet */
	moves(west, h.wang, sc->west_village);
	sync_both(sc);
	assert_int_equal(number(west, "SELECT count(*) FROM followup"), VISITS + 1);
	is_whole(west, &h);
	assert_string_equal(tags(county, "Patient", h.wang, FHIR_SCOPE), WEST);
}

/* Somebody whom the west looked up once, and about whom more was written in the east since. */
static void looked_up_once(struct scene *sc, struct history *h)
{
	write_history(sc, h);
	loads(&sc->west, "all");
	sync_both(sc);
	loads(&sc->west, WEST);
	sync_both(sc);
	desk_followup(&sc->east, h->wang, 161);
	sync_both(sc);
	assert_int_equal(number(&sc->west, "SELECT count(*) FROM followup"), VISITS);
}

static void is_whole_with_the_last(struct scene *sc, const struct history *h)
{
	assert_int_equal(number(&sc->west, "SELECT count(*) FROM followup"), VISITS + 1);
	is_whole(&sc->west, h);
	sc->county.n_requests = 0;
	sync_both(sc);
	assert_int_equal(fake_asked(&sc->county, "patient="), 0); /* once */
}

/* Another program writes him down where he lives now, and says nothing of where he lived before. */
static void moved_by_a_stranger(struct scene *sc, const struct history *h)
{
	moves(&sc->east, h->wang, sc->west_village);
	later(sc, 1000);
	desk_syncs(&sc->east);
	fake_edit(&sc->county, "Patient", h->wang, "meta", "{\"tag\":[{\"system\":\"" FHIR_SCOPE "\",\"code\":\"" WEST "\"}]}");
	later(sc, 60000);
}

/* An edit of ours waited: the server refuses it, and so his removal comes before the download does. */
static void scope__brings_all_that_was_written__removal_came_by_a_refused_push(void **state)
{
	SCENE(state);
	struct history h;

	(void)east;
	looked_up_once(sc, &h);
	desk_change(west, "resident", h.wang, "phone", "\"10050000048\"");
	moved_by_a_stranger(sc, &h);
	desk_syncs(west);
	is_whole_with_the_last(sc, &h);
	assert_string_equal(tags(county, "Patient", h.wang, FHIR_SCOPE_BEFORE), EAST);
}

/* Others wrote over it: his removal is a version that only the history tells of. */
static void scope__brings_all_that_was_written__removal_came_by_history(void **state)
{
	SCENE(state);
	struct history h;

	(void)east;
	looked_up_once(sc, &h);
	moved_by_a_stranger(sc, &h);
	fake_edit(county, "Patient", h.wang, "extension", "[]");
	desk_syncs(west);
	assert_int_equal(fake_asked(county, "/_history"), 1);
	is_whole_with_the_last(sc, &h);
}

/* Nobody is loaded for a removal that has not arrived, and everybody when it has, whether the answer was heard or not. */
static void scope__asks_when_it_arrived__moved_by_our_own_edit(void **state)
{
	static const enum fake_fault faults[] = { FAKE_STATUS, FAKE_LOST_ANSWER };
	SCENE(state);
	struct history h;

	(void)east;
	looked_up_once(sc, &h);
	moves(west, h.wang, sc->west_village);
	for (size_t i = 0; i < N_ELEMENTS(faults); i++) {
		fake_order(county, (struct fake_order){ .fault = faults[i], .status = 503, .method = "POST" });
		later(sc, 3600 * 1000);
		desk_sync(west);
		county->n_orders = 0;
		assert_int_equal(number(west, "SELECT count(*) FROM sync_backfill"), 0);
	}
	later(sc, 3600 * 1000);
	desk_syncs(west);
	is_whole_with_the_last(sc, &h);
}

/* Another program's new person has no past; one that it changed may have. */
static void scope__asks_for_a_stranger__whom_his_program_changed(void **state)
{
	static const char doc[] = "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"meta\":{\"tag\":[{\"system\":\"" FHIR_SCOPE "\",\"code\":\"" WEST
				  "\"}]},\"gender\":\"male\",\"birthDate\":\"1950-01-02\",\"name\":[{\"text\":\"某人\"}]}";
	char text[512];
	SCENE(state);

	(void)east;
	snprintf(text, sizeof(text), doc, "x0");
	fake_put(county, text);
	sync_both(sc); /* a place that is not the first */
	county->n_requests = 0;
	snprintf(text, sizeof(text), doc, "x1");
	fake_put(county, text);
	sync_both(sc);
	assert_true(desk_has(west, "resident", "x1"));
	assert_int_equal(fake_asked(county, "patient="), 0);
	snprintf(text, sizeof(text), doc, "x2");
	fake_put(county, text);
	fake_put(county, text);
	sync_both(sc);
	assert_true(desk_has(west, "resident", "x2"));
	assert_true(fake_asked(county, "patient=Patient/x2") >= 5);
}

static void scope__several_townships__are_loaded_together(void **state)
{
	SCENE(state);
	struct history h;
	struct desk van;
	const char *li;

	write_history(sc, &h);
	li = person(sc, west, "李四", sc->west_village);
	sync_both(sc);
	scope_third(sc, &van, EAST "，" WEST);
	desk_syncs(&van);
	is_whole(&van, &h);
	assert_true(desk_has(&van, "resident", li));
	moves(east, h.wang, sc->west_village); /* within what the van loads: he has not come from elsewhere */
	sync_both(sc);
	van.now = east->now;
	county->n_requests = 0;
	desk_syncs(&van);
	assert_int_equal(fake_asked(county, "patient="), 0);
	assert_string_equal(desk_field(&van, "resident", h.wang, "village"), sc->west_village);
	desk_close(&van);
}

/* ---- moving out ---------------------------------------------------------------------------------------------------- */

static void scope__marks_and_keeps__who_moves_out(void **state)
{
	SCENE(state);
	struct history h;
	int64_t left, gone_at;

	write_history(sc, &h);
	loads(west, "all");
	sync_both(sc);
	loads(west, WEST);
	moves(west, h.wang, sc->west_village); /* they write it down, not we */
	for (int i = 0; i < VISITS - 1; i++)
		desk_change(west, "followup", h.visits[i], "weight", "64.0");
	sync_both(sc);
	later(sc, INT64_C(8) * 24 * 3600 * 1000);
	desk_followup(east, h.wang, 133); /* unsent when it is found out */
	fake_order(county, (struct fake_order){ .fault = FAKE_STATUS, .status = 503, .method = "POST" });
	desk_sync(east);
	county->n_orders = 0;
	later(sc, INT64_C(8) * 24 * 3600 * 1000);
	county->n_requests = 0;
	desk_syncs(east);
	if (county->assigns_ids)
		return; /* such a server is not compared */
	left = number(east, "SELECT count(*) FROM sync_gone WHERE why = 'left'");
	assert_int_equal(left, VISITS); /* he, and what is written about him since; the rest is where it was */
	for (int i = 0; i < VISITS; i++)
		assert_true(desk_has(east, "followup", h.visits[i]));
	assert_int_equal(number(east, "SELECT count(*) FROM record WHERE state <> 0"), 0);
	assert_int_equal(east->fig.waiting, 0); /* sent all the same */
	for (int i = 0; i < VISITS; i++) { /* not one request each */
		char one[128];

		snprintf(one, sizeof(one), "QuestionnaireResponse/%s", h.visits[i]);
		assert_int_equal(fake_asked(county, one), 0);
	}
	/* since when he is gone stays known, though each comparison finds it again */
	gone_at = number(east, "SELECT max(at) FROM sync_gone");
	later(sc, INT64_C(8) * 24 * 3600 * 1000);
	desk_syncs(east);
	assert_int_equal(number(east, "SELECT max(at) FROM sync_gone"), gone_at);
	/* whom the west has gained keeps what bears the other township */
	later(sc, INT64_C(8) * 24 * 3600 * 1000);
	desk_syncs(west);
	assert_int_equal(number(west, "SELECT count(*) FROM sync_gone g JOIN record r ON r.id = g.record WHERE r.kind = 8"), 0);
	moves(west, h.wang, sc->east_village); /* and back: the mark goes, what was written meanwhile comes */
	desk_followup(west, h.wang, 177);
	sync_both(sc);
	sync_both(sc);
	assert_int_equal(number(east, "SELECT count(*) FROM sync_gone g JOIN record r ON r.id = g.record WHERE r.kind = 1"), 0);
	assert_int_equal(number(east, "SELECT count(*) FROM followup"), VISITS + 2);
}

static void scope__forgets_the_list__who_loads_all(void **state)
{
	SCENE(state);
	struct history h;

	write_history(sc, &h);
	moves(east, h.wang, sc->west_village);
	later(sc, 1000);
	desk_syncs(east);
	for (int i = 0; i < 40; i++)
		fake_order(county, (struct fake_order){ .fault = FAKE_NO_NETWORK, .method = "GET", .skip = 16 });
	desk_sync(west);
	county->n_orders = 0;
	assert_int_equal(number(west, "SELECT count(*) FROM sync_backfill"), 1);
	loads(west, "all");
	later(sc, 3600 * 1000);
	county->n_requests = 0;
	desk_syncs(west);
	assert_int_equal(fake_asked(county, "patient="), 0);
	is_whole(west, &h);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, scope_open, scope_close)
	const struct CMUnitTest tests[] = {
		T(scope__narrows_the_searches__by_setting),
		T(scope__follows_the_person__and_all_that_is_about_him),
		T(scope__keeps_both__who_is_treated_in_another_township),
		T(scope__knows_the_township__of_a_village),
		T(scope__reads_each_version_once__of_who_is_edited_often),
		T(scope__brings_all_that_was_written__who_moves_in),
		T(scope__first_load_asks_for_who_has_moved__and_nobody_else),
		T(scope__goes_on_where_it_was__line_breaks_in_a_backfill),
		T(scope__is_whole_in_the_end__process_killed_anywhere),
		T(scope__comes_to_rest__server_keeps_old_tags),
		T(scope__brings_all_that_was_written__moved_by_our_own_edit),
		T(scope__brings_all_that_was_written__removal_came_by_a_refused_push),
		T(scope__brings_all_that_was_written__removal_came_by_history),
		T(scope__asks_when_it_arrived__moved_by_our_own_edit),
		T(scope__asks_for_a_stranger__whom_his_program_changed),
		T(scope__several_townships__are_loaded_together),
		T(scope__marks_and_keeps__who_moves_out),
		T(scope__forgets_the_list__who_loads_all),
	};

	fake_default_assigns_ids = SERVER_GIVES_IDS;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
