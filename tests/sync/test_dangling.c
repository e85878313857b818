/* What names something that the county does not have yet: it waits, says for what, and stands in nobody's way. */
#include "app/base/i18n.h"
#include "app/service/merging.h"
#include "app/service/receipts.h"
#include "db/db_int.h"
#include "db/stmt.h"
#include "desk.h"
#include "sync/idmap.h"

#ifndef SERVER_GIVES_IDS
#define SERVER_GIVES_IDS false /* test_dangling_posts.c runs all of it the other way */
#endif

struct scene {
	struct fake_fhir county;
	struct desk a, b;
	char wang[RECORD_ID_MAX + 1], li[RECORD_ID_MAX + 1], visit[RECORD_ID_MAX + 1];
	char *file, theirs[80]; /* Wang's, as the county had it, and under which id */
};

/* The county has lost Wang's file, and B writes about him. */
static int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));
	const struct fake_version *there;

	desks_open(&sc->county, &sc->a, &sc->b);
	snprintf(sc->wang, sizeof(sc->wang), "%s", desk_resident(&sc->a, "王小明", "1950-01-02"));
	snprintf(sc->li, sizeof(sc->li), "%s", desk_resident(&sc->a, "李四", "1951-01-02"));
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	there = SERVER_GIVES_IDS ? fake_by_client_id(&sc->county, "Patient", sc->wang) : fake_latest(&sc->county, "Patient", sc->wang);
	sc->file = xstrdup(there->doc);
	snprintf(sc->theirs, sizeof(sc->theirs), "%s", there->id);
	fake_delete(&sc->county, "Patient", sc->theirs);
	snprintf(sc->visit, sizeof(sc->visit), "%s", desk_followup(&sc->b, sc->wang, 138));
	*state = sc;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *sc = *state;

	desks_close(&sc->county, &sc->a, &sc->b);
	free(sc->file);
	free(sc);
	return 0;
}

/* Somebody made it again, where the server gives the ids under another one. */
static void comes_back(struct scene *sc)
{
	AUTO_JSON struct json_object *doc = NULL;

	assert_ok(json_parse(sc->file, strlen(sc->file), NULL, &doc, &sc->b.err), &sc->b.err);
	if (SERVER_GIVES_IDS) {
		json_object_object_del(doc, "id");
		json_set_text(doc, "id", "made-again-1");
	}
	fake_put(&sc->county, json_object_to_json_string(doc));
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

/* The bundles of a round, in their order: "200 400". */
static const char *bundles(struct scene *sc)
{
	static char out[128];

	*out = '\0';
	for (size_t i = 0; i < sc->county.n_requests; i++)
		if (strcmp(sc->county.requests[i].method, "POST") == 0 && sc->county.requests[i].n_puts)
			snprintf(out + strlen(out), sizeof(out) - strlen(out), "%s%d", *out ? " " : "", sc->county.requests[i].status);
	return out;
}

/* A server that gives its own ids gets more of them: eight entries each. */
static void assert_bundles(struct scene *sc, const char *want)
{
	if (!SERVER_GIVES_IDS || !*want)
		assert_string_equal(bundles(sc), want);
	else
		assert_null(strstr(bundles(sc), "400"));
}

static size_t n_bundles(struct scene *sc)
{
	size_t n = 0;

	for (size_t i = 0; i < sc->county.n_requests; i++)
		n += strcmp(sc->county.requests[i].method, "POST") == 0 && sc->county.requests[i].n_puts;
	return n;
}

/* Is the n-th bundle one with that id?  What has none yet cannot be told. */
static bool is_about(struct scene *sc, size_t n, const char *id)
{
	if (SERVER_GIVES_IDS)
		return true;
	for (size_t i = 0; i < sc->county.n_requests; i++) {
		const struct fake_request *r = &sc->county.requests[i];

		if (strcmp(r->method, "POST") != 0 || !r->n_puts || n--)
			continue;
		for (size_t j = 0; j < r->n_puts; j++)
			if (strstr(r->puts[j], id))
				return true;
		return false;
	}
	return false;
}

/* How many searches were for Wang's file. */
static size_t asked(struct scene *sc)
{
	size_t n = 0;

	for (size_t i = 0; i < sc->county.n_requests; i++)
		n += strstr(sc->county.requests[i].url, SERVER_GIVES_IDS ? "/Patient?identifier=" : "/Patient?_id=") &&
			strstr(sc->county.requests[i].url, sc->wang);
	return n;
}

static void round_of_b(struct scene *sc)
{
	sc->county.n_requests = 0;
	desk_syncs(&sc->b);
	assert_int_equal(sc->b.fig.rejected, 0);
}

/* What stands in the list of what the county lacks. */
static void assert_said(struct desk *d, const char *want)
{
	AUTO_ARENA struct arena mem = { 0 };
	AUTO_SBUF struct sbuf words = SBUF_INIT;
	struct lacking *l;
	size_t n;

	assert_ok(receipts_lacking(&d->app, 0, 10, &mem, &l, &n, &d->err), &d->err);
	assert_int_equal(n, 1);
	receipt_words(&d->app, &l[0].r, &words);
	if (!strstr(words.s, want))
		fail_msg("it says: %s", words.s);
}

static void dangling__says_for_what_it_waits__until_that_comes(void **state)
{
	struct scene *sc = *state;

	assert_true(i18n_set_language("en"));
	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 1);
	assert_said(&sc->b, "the county does not have Resident 王小明 yet");
	i18n_set_language("zh");
	comes_back(sc);
	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 0);
	assert_int_equal(fake_count(&sc->county, "QuestionnaireResponse"), 1);
	desk_invariants(&sc->b);
}

/* However often it is tried by itself until it is found to be the one. */
static void dangling__counts_rounds__not_requests(void **state)
{
	struct scene *sc = *state;

	for (int i = 0; i < 3; i++) {
		desk_followup(&sc->b, sc->li, 130 + i);
		round_of_b(sc);
		assert_int_equal(number(&sc->b, "SELECT max(dangles) FROM outbox WHERE state = 0"), i + 1);
		assert_int_equal(number(&sc->b, "SELECT count(*) FROM outbox WHERE state = 0"), 1);
	}
}

/* One search a round tells that it is still not there. */
static void dangling__is_not_sent__while_the_thing_is_missing(void **state)
{
	struct scene *sc = *state;

	round_of_b(sc);
	desk_followup(&sc->b, sc->li, 131);
	desk_followup(&sc->b, sc->li, 132);
	round_of_b(sc);
	assert_bundles(sc, "200");
	assert_int_equal(asked(sc), 1);
	round_of_b(sc);
	assert_bundles(sc, "");
	assert_int_equal(number(&sc->b, "SELECT max(dangles) FROM outbox WHERE state = 0"), 3);
}

/* A month's work about one lost file: each of it is tried, for the server might take it, and all of it costs a search a round from
 * then on. */
static void dangling__many_about_one__cost_one_search(void **state)
{
	struct scene *sc = *state;
	uint64_t before;

	for (int i = 0; i < 30; i++)
		desk_followup(&sc->b, sc->wang, 120 + i);
	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 31);
	assert_int_equal(number(&sc->b, "SELECT min(dangles) FROM outbox WHERE state = 0"), 1);
	assert_true(n_bundles(sc) < 2 * 31);
	assert_int_equal(asked(sc), 1);
	before = sc->county.t.bytes_up;
	round_of_b(sc);
	assert_int_equal(n_bundles(sc), 0);
	assert_int_equal(asked(sc), 1);
	assert_true(sc->county.t.bytes_up - before < 5000);
	assert_int_equal(number(&sc->b, "SELECT min(dangles) FROM outbox WHERE state = 0"), 2);
	comes_back(sc);
	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 0);
	desk_invariants(&sc->b);
}

static void dangling__several_things__are_one_search(void **state)
{
	struct scene *sc = *state;
	const char *li = SERVER_GIVES_IDS ? fake_by_client_id(&sc->county, "Patient", sc->li)->id : sc->li;

	fake_delete(&sc->county, "Patient", li);
	desk_followup(&sc->b, sc->li, 131);
	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 2);
	round_of_b(sc);
	assert_bundles(sc, "");
	assert_int_equal(asked(sc), 1);
	for (size_t i = 0; i < sc->county.n_requests; i++)
		if (strstr(sc->county.requests[i].url, SERVER_GIVES_IDS ? "/Patient?identifier=" : "/Patient?_id="))
			assert_non_null(strstr(sc->county.requests[i].url, sc->li));
}

/* The others lose no time by it. */
static void dangling__goes_alone_and_last__when_the_thing_has_come(void **state)
{
	struct scene *sc = *state;

	round_of_b(sc);
	desk_followup(&sc->b, sc->li, 131);
	comes_back(sc);
	round_of_b(sc);
	assert_bundles(sc, "200 200");
	assert_true(is_about(sc, 1, sc->visit));
}

/* What a person changed so that it names it no more goes. */
static void dangling__goes__when_it_names_it_no_more(void **state)
{
	struct scene *sc = *state;
	const char *call = desk_save(&sc->b, "call", "{\"resident\":\"%s\",\"date\":\"2026-11-22\",\"outcome\":\"1\"}", sc->wang);
	char json[128];

	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 2);
	snprintf(json, sizeof(json), "\"%s\"", sc->li);
	desk_change(&sc->b, "call", call, "resident", json);
	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 1);
}

/* A server that was found to take references to nobody refuses for another reason: that is a person's matter at once, and the
 * others about the same go. */
static void dangling__is_a_refusal__where_references_are_not_minded(void **state)
{
	struct scene *sc = *state;

	sc->county.integrity = false;
	assert_ok(db_exec(sc->b.app.db, "UPDATE sync_remote SET caps = '{\"integrity\":\"lacks\"}' WHERE id = 1", &sc->b.err),
		&sc->b.err);
	snprintf(sc->county.refuse_id, sizeof(sc->county.refuse_id), "%s", sc->visit);
	desk_followup(&sc->b, sc->wang, 140);
	desk_followup(&sc->b, sc->wang, 141);
	desk_syncs(&sc->b);
	assert_int_equal(sc->b.fig.rejected, 1);
	assert_int_equal(fake_count(&sc->county, "QuestionnaireResponse"), 2);
	assert_int_equal(number(&sc->b, "SELECT max(dangles) FROM outbox"), 0);
}

/* The same where nobody knows whether it minds them: one refusal says nothing about the others, and who was refused is tried again
 * when one of them was taken. */
static void dangling__holds_nobody__who_was_never_refused(void **state)
{
	struct scene *sc = *state;

	sc->county.integrity = false;
	snprintf(sc->county.refuse_id, sizeof(sc->county.refuse_id), "%s", sc->visit);
	desk_followup(&sc->b, sc->wang, 140);
	desk_followup(&sc->b, sc->wang, 141);
	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 1);
	assert_int_equal(fake_count(&sc->county, "QuestionnaireResponse"), 2);
	desk_followup(&sc->b, sc->wang, 142);
	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 1);
	assert_int_equal(fake_count(&sc->county, "QuestionnaireResponse"), 3);
	assert_int_equal(number(&sc->b, "SELECT max(dangles) FROM outbox WHERE state = 0"), 2);
	*sc->county.refuse_id = '\0';
	desk_followup(&sc->b, sc->wang, 143);
	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 0);
}

/* Whether the thing that is missing is the reason nobody knows where the county's words do not name it: they are shown, and it is
 * asked again now and then.  What a person has changed since goes at once. */
static void dangling__is_asked_again__where_the_words_are_about_something_else(void **state)
{
	enum { ROUNDS = 40, ASKED = 6 };
	struct scene *sc = *state;
	size_t sent = 0;

	i18n_set_language("en");
	sc->county.integrity = false;
	snprintf(sc->county.refuse_id, sizeof(sc->county.refuse_id), "%s", sc->visit);
	round_of_b(sc);
	assert_said(&sc->b, "the county does not have Resident 王小明 yet");
	assert_said(&sc->b, "this record is not accepted here");
	i18n_set_language("zh");
	for (int i = 0; i < ROUNDS; i++) {
		round_of_b(sc);
		sent += n_bundles(sc);
	}
	assert_in_range(sent, 2, ASKED);
	assert_int_equal(sc->b.fig.waiting, 1);
	desk_change(&sc->b, "followup", sc->visit, "hr", "71");
	round_of_b(sc);
	assert_true(n_bundles(sc) > 0);
	*sc->county.refuse_id = '\0';
	for (int i = 0; i < ROUNDS && sc->b.fig.waiting; i++)
		round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 0);
	assert_int_equal(fake_count(&sc->county, "QuestionnaireResponse"), 1);
}

/* Who names it for certain is not sent for nothing. */
static void dangling__is_not_asked_again__where_the_words_name_the_thing(void **state)
{
	struct scene *sc = *state;

	round_of_b(sc);
	for (int i = 0; i < 9; i++) {
		round_of_b(sc);
		assert_int_equal(n_bundles(sc), 0);
	}
	assert_int_equal(number(&sc->b, "SELECT count(*) FROM outbox WHERE dangles > 0 AND instr(outcome, ' ')"), 0);
}

/* Who changes the lost file does not wait for it: that it is lost is a matter for a person. */
static void dangling__holds_no_edit__of_what_is_missing(void **state)
{
	struct scene *sc = *state;
	struct merge_request q = { .keep = sc->wang, .other = sc->li };
	struct merge_result m;

	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 1);
	assert_ok(residents_merge(&sc->b.app, &q, &m, &sc->b.err), &sc->b.err);
	round_of_b(sc);
	assert_int_equal(sc->b.fig.conflicts, 1);
	desk_invariants(&sc->b);
}

static void urgent_about_li(struct scene *sc)
{
	desk_save(&sc->b, "referral", "{\"resident\":\"%s\",\"direction\":\"up\",\"urgency\":\"emergency\",\"date\":\"2026-11-22\","
		"\"consent\":\"1\",\"reason\":[\"1\"],\"to_org_text\":\"县医院\",\"impression\":\"高血压急症\"}", sc->li);
}

/* Where a server does not say what it has, all goes that went before, and what waited is tried once a round. */
static void dangling__holds_nothing__where_the_search_is_not_answered(void **state)
{
	static const int says[] = { 400, 403, 404, 405, 500 };
	struct scene *sc = *state;

	round_of_b(sc);
	for (size_t i = 0; i < N_ELEMENTS(says); i++) {
		urgent_about_li(sc);
		sc->county.lookup_status = says[i];
		sc->county.read_status = 403;
		sc->county.n_requests = 0;
		desk_sync(&sc->b);
		assert_case(sc->b.ok == (says[i] != 500), i, sc->b.err.message); /* then the refusal cannot be judged */
		assert_case(fake_count(&sc->county, "ServiceRequest") == i + 1, i, "urgent");
		assert_case(sc->b.fig.waiting == 1 && sc->b.fig.rejected == 0, i, "waiting");
		assert_case(n_bundles(sc) >= 2, i, "tried");
	}
	sc->county.lookup_status = sc->county.read_status = 0;
	comes_back(sc);
	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 0);
}

/* A thing that can be read by its id need not be searched for. */
static void dangling__is_known_by_reading__where_the_search_is_not_answered(void **state)
{
	struct scene *sc = *state;

	if (SERVER_GIVES_IDS)
		return; /* the lost one has no id there */
	round_of_b(sc);
	sc->county.lookup_status = 403;
	round_of_b(sc);
	assert_bundles(sc, "");
	comes_back(sc);
	round_of_b(sc);
	assert_bundles(sc, "200");
}

/* A role may hide from searches what is there: then it is another refusal, and the id that the server gave it is kept. */
static void dangling__is_a_refusal__where_a_search_only_hides_the_thing(void **state)
{
	struct scene *sc = *state;
	const char *li = SERVER_GIVES_IDS ? fake_by_client_id(&sc->county, "Patient", sc->li)->id : sc->li;

	snprintf(sc->county.refuse_id, sizeof(sc->county.refuse_id), "%s", desk_followup(&sc->b, sc->li, 150));
	snprintf(sc->county.hidden, sizeof(sc->county.hidden), "%s", li);
	desk_syncs(&sc->b);
	assert_int_equal(sc->b.fig.rejected, 1);
	assert_int_equal(number(&sc->b, "SELECT count(*) FROM outbox WHERE dangles > 0"), 1); /* Wang's */
	desk_followup(&sc->b, sc->li, 151);
	desk_syncs(&sc->b);
	assert_int_equal(fake_count(&sc->county, "QuestionnaireResponse"), 1);
}

struct asked_ids {
	const char *ids[2];
	const char *ours[2];
	bool known[2];
};

static bool ask_ids(struct sync *s, struct err *err)
{
	struct asked_ids *q = s->job_ctx;
	char theirs[RECORD_ID_MAX + 1];

	return idmap_ask(s, "Patient", q->ids, 2, err) && idmap_theirs(s, "Patient", q->ours[0], theirs, &q->known[0], err) &&
		idmap_theirs(s, "Patient", q->ours[1], theirs, &q->known[1], err);
}

/* However short the pages are in which the server says it. */
static void ids__are_all_learned__from_short_pages(void **state)
{
	struct scene *sc = *state;
	const char *zhao = desk_resident(&sc->a, "赵六", "1953-01-02");
	struct asked_ids q = { .ours = { sc->li, zhao } };
	struct sync_options o = { .county = sc->county.base, .transport = &sc->county.t };
	struct sync s = { .app = &sc->b.app, .o = &o, .figures = &sc->b.fig, .packing = 8.0, .job = ask_ids, .job_ctx = &q };

	if (!SERVER_GIVES_IDS)
		return;
	desk_syncs(&sc->a);
	for (size_t i = 0; i < 2; i++)
		q.ids[i] = fake_by_client_id(&sc->county, "Patient", q.ours[i])->id;
	assert_ok(db_exec(sc->b.app.db, "DELETE FROM sync_id", &sc->b.err), &sc->b.err);
	sc->county.page = 1;
	assert_ok(sync_session(&s, &sc->b.err), &sc->b.err);
	assert_true(q.known[0] && q.known[1]);
}

/* A line that is paid by the byte carries it another day, like all that is not urgent. */
static void dangling__waits__where_the_days_bytes_are_used_up(void **state)
{
	struct scene *sc = *state;
	char now[16], sql[128];

	round_of_b(sc);
	assert_ok(sync_profile(&sc->b.app, "satellite", now, &sc->b.err), &sc->b.err);
	snprintf(sql, sizeof(sql), "UPDATE sync_remote SET budget = -100000, budget_at = %lld WHERE id = 1", (long long)sc->b.now);
	assert_ok(db_exec(sc->b.app.db, sql, &sc->b.err), &sc->b.err);
	sc->county.n_requests = 0;
	desk_syncs(&sc->b);
	assert_bundles(sc, "");
	assert_int_equal(sc->b.fig.waiting, 1);
}

/* Notes, calls and others are all Basic: which one it is, the record tells. */
static void reference__is_ours__whatever_kind_shares_its_type(void **state)
{
	struct scene *sc = *state;
	const char *call = desk_save(&sc->b, "call", "{\"resident\":\"%s\",\"date\":\"2026-11-22\",\"outcome\":\"1\"}", sc->li);
	const struct sync s = { .app = &sc->b.app };
	enum kind_id kind;

	assert_int_equal(row_of_type(&s, "Basic", call, &kind), record_row(&sc->b.app, KIND_CALL, call));
	assert_int_equal(kind, KIND_CALL);
	assert_int_equal(row_of_type(&s, "Basic", "nobody-has-this", &kind), 0);
	assert_true(kind_of_type("Basic", &kind) && kind != KIND_CALL);
	assert_int_equal(row_of_type(&s, "Location", call, &kind), 0);
}

static void dangling__goes_alone_and_first__urgent(void **state)
{
	struct scene *sc = *state;

	desk_save(&sc->b, "referral", "{\"resident\":\"%s\",\"direction\":\"up\",\"urgency\":\"emergency\",\"date\":\"2026-11-22\",\"consent\":\"1\","
		"\"reason\":[\"1\"],\"to_org_text\":\"县医院\",\"impression\":\"高血压急症\"}", sc->wang);
	round_of_b(sc);
	assert_int_equal(number(&sc->b, "SELECT count(*) FROM outbox WHERE state = 0 AND dangles > 0"), 2);
	desk_followup(&sc->b, sc->li, 131);
	round_of_b(sc);
	assert_bundles(sc, "200");
	desk_followup(&sc->b, sc->li, 132);
	comes_back(sc);
	round_of_b(sc);
	assert_bundles(sc, "200 200 200");
	assert_true(is_about(sc, 2, sc->visit));
	assert_int_equal(sc->b.fig.waiting, 0);
}

/* Bad lines are no reason: hundreds of attempts that never arrived say nothing about what it names. */
static void dangling__waits_on__after_many_lost_attempts(void **state)
{
	struct scene *sc = *state;

	assert_ok(db_exec(sc->b.app.db, "UPDATE outbox SET attempts = 800 WHERE state = 0", &sc->b.err), &sc->b.err);
	round_of_b(sc);
	assert_int_equal(sc->b.fig.waiting, 1);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(dangling__says_for_what_it_waits__until_that_comes),
		T(dangling__counts_rounds__not_requests),
		T(dangling__is_not_sent__while_the_thing_is_missing),
		T(dangling__many_about_one__cost_one_search),
		T(dangling__several_things__are_one_search),
		T(dangling__goes_alone_and_last__when_the_thing_has_come),
		T(dangling__goes__when_it_names_it_no_more),
		T(dangling__is_a_refusal__where_references_are_not_minded),
		T(dangling__holds_nobody__who_was_never_refused),
		T(dangling__is_asked_again__where_the_words_are_about_something_else),
		T(dangling__is_not_asked_again__where_the_words_name_the_thing),
		T(dangling__holds_no_edit__of_what_is_missing),
		T(dangling__holds_nothing__where_the_search_is_not_answered),
		T(dangling__is_known_by_reading__where_the_search_is_not_answered),
		T(dangling__is_a_refusal__where_a_search_only_hides_the_thing),
		T(ids__are_all_learned__from_short_pages),
		T(dangling__waits__where_the_days_bytes_are_used_up),
		T(reference__is_ours__whatever_kind_shares_its_type),
		T(dangling__goes_alone_and_first__urgent),
		T(dangling__waits_on__after_many_lost_attempts),
	};

	fake_default_assigns_ids = SERVER_GIVES_IDS;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
