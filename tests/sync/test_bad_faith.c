/* A county, or whoever stands in its place, that answers in good form and in bad faith: what it says spoils nothing that comes
 * after it. */
#include "app/base/clock.h"
#include "app/base/json.h"
#include "app/base/mem.h"
#include "db/stmt.h"
#include "desk.h"

static int64_t desk_rows(struct desk *d, const char *sql)
{
	struct stmt *st, *of;
	int64_t n;

	assert_ok(stmt_adhoc(d->app.db, sql, &st, &d->err), &d->err);
	of = st;
	assert_ok(stmt_value(st, &n, 0, &d->err), &d->err);
	stmt_free(of);
	return n;
}

/* A county whose answers go through a liar. */
struct liar {
	struct transport t;
	struct fake_fhir county;
	/* false: nothing is sent on */
	bool (*before)(struct liar *l, const struct http_request *req, struct http_answer *a);
	void (*after)(struct liar *l, const struct http_request *req, struct http_answer *a);
};

static bool lie(struct transport *t, const struct http_request *req, struct http_answer *a, struct err *err)
{
	struct liar *l = (struct liar *)t;
	bool ok;

	if (l->before && !l->before(l, req, a))
		return true;
	ok = l->county.t.send(&l->county.t, req, a, err);
	if (ok && l->after)
		l->after(l, req, a);
	return ok;
}

struct scene {
	struct liar liar;
	struct desk a, b;
	char wang[RECORD_ID_MAX + 1];
};

static int open_scene(void **state)
{
	struct scene *sc = xcalloc(1, sizeof(*sc));

	desks_open(&sc->liar.county, &sc->a, &sc->b);
	sc->liar.t.send = lie;
	snprintf(sc->wang, sizeof(sc->wang), "%s", desk_resident(&sc->a, "王小明", "1950-01-02"));
	desk_syncs(&sc->a);
	desk_syncs(&sc->b);
	*state = sc;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *sc = *state;

	desks_close(&sc->liar.county, &sc->a, &sc->b);
	free(sc);
	return 0;
}

static bool round_of(struct scene *sc, struct desk *d)
{
	struct sync_options o = { .county = sc->liar.county.base, .transport = &sc->liar.t };

	d->err = (struct err){ 0 };
	d->ok = sync_round(&d->app, &o, &d->fig, &d->err);
	d->now += 1000;
	return d->ok;
}

/* ---- a vector of as many computers as one can name ---------------------------------------------------------------------- */

static void crowd(struct sbuf *out)
{
	for (int i = 0; i < 64; i++)
		sbuf_addf(out, "%spc%06d:1", i ? "," : "", i);
}

static void crowd__stops_nobody(void **state)
{
	struct scene *sc = *state;
	AUTO_SBUF struct sbuf vector = SBUF_INIT, doc = SBUF_INIT;

	crowd(&vector);
	sbuf_addf(&doc, "{\"resourceType\":\"Patient\",\"id\":\"x77\",\"name\":[{\"text\":\"林秀英\"}],\"gender\":\"female\","
		"\"birthDate\":\"1948-07-11\",\"extension\":[{\"url\":\"urn:cunyi:sync-stamp\","
		"\"valueString\":\"019000000000-0001-pc000000-00000001/1\"},{\"url\":\"urn:cunyi:stick-vector\",\"valueString\":\"%s\"}]}",
		vector.s);
	fake_put(&sc->liar.county, doc.s);
	desk_syncs(&sc->a);
	assert_true(desk_has(&sc->a, "resident", "x77"));
	desk_change(&sc->a, "resident", "x77", "phone", "\"10050000048\"");
	desk_change(&sc->a, "resident", sc->wang, "phone", "\"10050000048\"");
	desk_syncs(&sc->a);
	assert_int_equal(sc->a.fig.waiting, 0);
	desk_syncs(&sc->b);
	assert_string_equal(desk_field(&sc->b, "resident", "x77", "phone"), "10050000048");
	assert_string_equal(desk_field(&sc->b, "resident", sc->wang, "phone"), "10050000048");
}

/* ---- answers that are not what was asked for -------------------------------------------------------------------------- */

static const char *instead;
static int instead_status;

static bool says_nothing(struct liar *l, const struct http_request *req, struct http_answer *a)
{
	(void)l;
	(void)req;
	a->status = instead_status;
	a->may_have_arrived = true;
	snprintf(a->content_type, sizeof a->content_type, "%s", *instead == '<' ? "text/html" : "application/fhir+json");
	sbuf_clear(&a->body);
	sbuf_adds(&a->body, instead);
	return false;
}

static const struct {
	const char *what;
	int status;
	const char *body;
} nothings[] = {
	{ "an empty object", 200, "{}" },
	{ "a list", 200, "[]" },
	{ "null", 200, "null" },
	{ "an outcome", 200, "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"information\",\"code\":\"x\"}]}" },
	{ "a person", 200, "{\"resourceType\":\"Patient\",\"id\":\"x\"}" },
	{ "nothing at any address", 404, "<html>Not Found</html>" },
	{ "nothing at any address, in FHIR", 404, "{\"resourceType\":\"OperationOutcome\"}" },
	{ "everything gone", 410, "{\"resourceType\":\"OperationOutcome\"}" },
	{ "everything wrong", 400, "{\"resourceType\":\"OperationOutcome\"}" },
};

/* Also a week later, when everything is compared: no round of those succeeds, and nobody is gone by them. */
static void nothing__is_no_answer(void **state)
{
	struct scene *sc = *state;

	for (size_t i = 0; i < 2 * N_ELEMENTS(nothings); i++) {
		instead = nothings[i / 2].body;
		instead_status = nothings[i / 2].status;
		sc->liar.before = says_nothing;
		sc->a.now += i % 2 ? INT64_C(8) * 24 * 3600 * 1000 : 60000;
		assert_case(!round_of(sc, &sc->a) && sc->a.err.code == ERR_SERVER && *sc->a.err.message, i, nothings[i / 2].what);
		sc->liar.before = NULL;
		assert_case(round_of(sc, &sc->a), i, sc->a.err.message);
		assert_case(sc->a.fig.waiting == 0 && sc->a.fig.pushed == 0, i, nothings[i / 2].what);
		assert_case(desk_county(&sc->a, "resident", sc->wang) == COUNTY_AT_COUNTY, i, nothings[i / 2].what);
		assert_case(desk_rows(&sc->a, "SELECT count(*) FROM sync_gone") == 0, i, nothings[i / 2].what);
	}
}

/* ---- times -------------------------------------------------------------------------------------------------------------- */

static int64_t shift;

static void dates(struct liar *l, const struct http_request *req, struct http_answer *a)
{
	(void)req;
	a->date = *l->county.now + shift;
}

static void future__hides_nothing(void **state)
{
	struct scene *sc = *state;
	const char *li;
	int64_t year = INT64_C(365) * 24 * 3600 * 1000;

	sc->liar.after = dates;
	round_of(sc, &sc->b);
	shift = 70 * year;
	sc->liar.county.late_ms = -shift;
	desk_change(&sc->a, "resident", sc->wang, "phone", "\"10050000048\"");
	round_of(sc, &sc->a);
	round_of(sc, &sc->b);
	assert_string_equal(desk_field(&sc->b, "resident", sc->wang, "phone"), "10050000048");
	shift = 0;
	sc->liar.county.late_ms = 0;
	li = desk_resident(&sc->a, "李四", "1951-03-04");
	round_of(sc, &sc->a);
	round_of(sc, &sc->b);
	assert_true(desk_has(&sc->b, "resident", li));
}

/* ---- what cannot be read ---------------------------------------------------------------------------------------------- */

static void add_picture(struct scene *sc)
{
	AUTO_SBUF struct sbuf photo = SBUF_INIT;

	sbuf_addf(&photo, "[{\"contentType\":\"image/jpeg\",\"data\":\"%0100000d\"}]", 1);
	fake_edit(&sc->liar.county, "Patient", sc->wang, "photo", photo.s);
}

enum meeting { AS_WE_EDIT, AS_WE_ASK, AS_WE_COMPARE, AFTER_MANY };

static const char *const meetings[] = {
	[AS_WE_EDIT] = "we have changed him, too",
	[AS_WE_ASK] = "the answer to our change was lost",
	[AS_WE_COMPARE] = "a week has passed",
	[AFTER_MANY] = "we have just sent so many that only outlines are asked for",
};

static void come_to(struct scene *sc, enum meeting m)
{
	if (m == AS_WE_EDIT || m == AS_WE_ASK)
		desk_change(&sc->a, "resident", sc->wang, "phone", "\"10050000048\"");
	if (m == AS_WE_ASK) {
		fake_order(&sc->liar.county, (struct fake_order){ .fault = FAKE_LOST_ANSWER, .method = "POST" });
		desk_sync(&sc->a);
		assert_false(sc->a.ok);
	}
	if (m == AS_WE_COMPARE)
		sc->a.now += INT64_C(8) * 24 * 3600 * 1000;
	for (int i = 0; m == AFTER_MANY && i < 25; i++)
		desk_followup(&sc->a, sc->wang, 140 + i);
}

/* A picture of half a page in the file of somebody, which this program cannot read: he waits, and nobody else does. */
static void picture__holds_up_one(void **state)
{
	(void)state;
	for (size_t m = 0; m < N_ELEMENTS(meetings); m++) {
		void *own = NULL;
		struct scene *sc;
		const char *li;

		open_scene(&own);
		sc = own;
		come_to(sc, (enum meeting)m);
		add_picture(sc);
		li = desk_resident(&sc->a, "李四", "1951-03-04");
		desk_sync(&sc->a);
		assert_case(sc->a.ok, m, meetings[m]);
		assert_case(fake_version_of(&sc->liar.county, "Patient", li) == 1, m, meetings[m]);
		fake_edit(&sc->liar.county, "Patient", sc->wang, "photo", NULL);
		desk_sync(&sc->a);
		assert_case(sc->a.ok && sc->a.fig.waiting == 0, m, meetings[m]);
		desk_syncs(&sc->b);
		if (m == AS_WE_EDIT || m == AS_WE_ASK)
			assert_string_equal(desk_field(&sc->b, "resident", sc->wang, "phone"), "10050000048");
		assert_string_equal(desk_field(&sc->a, "resident", sc->wang, "name"), "王小明");
		close_scene(&own);
	}
}

/* ---- a history without end ----------------------------------------------------------------------------------------------- */

static unsigned told;

/* Page upon page, small or heavy. */
static bool tells_for_ever(struct liar *l, const struct http_request *req, struct http_answer *a)
{
	const char *history = strstr(req->url, "/_history");

	if (!history)
		return true;
	told++;
	a->status = 200;
	a->may_have_arrived = true;
	snprintf(a->content_type, sizeof a->content_type, "application/fhir+json");
	sbuf_clear(&a->body);
	sbuf_addf(&a->body, "{\"resourceType\":\"Bundle\",\"type\":\"history\",\"link\":[{\"relation\":\"next\",\"url\":"
		"\"%s/Patient/x/_history?p=%u\"}],\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"x\","
		"\"meta\":{\"versionId\":\"%u\"},\"x\":[0", l->county.base, told, told);
	for (int i = 0; i < (instead_status ? 99000 : 1); i++)
		sbuf_adds(&a->body, ",{}");
	sbuf_adds(&a->body, "]}}]}");
	return false;
}

static void history__without_end__ends(void **state)
{
	(void)state;
	for (int heavy = 0; heavy < 2; heavy++) {
		void *own = NULL;
		struct scene *sc;
		const char *li;

		open_scene(&own);
		sc = own;
		come_to(sc, AS_WE_ASK);
		fake_edit(&sc->liar.county, "Patient", sc->wang, "maritalStatus", "{\"text\":\"x\"}");
		li = desk_resident(&sc->a, "李四", "1951-03-04");
		told = 0;
		instead_status = heavy;
		sc->liar.before = tells_for_ever;
		assert_case(round_of(sc, &sc->a), heavy, sc->a.err.message);
		assert_case(told > 0 && told < (heavy ? 12 : 5000), heavy, "pages");
		assert_int_equal(fake_version_of(&sc->liar.county, "Patient", li), 1);
		close_scene(&own);
	}
}

/* ---- lies in good form ------------------------------------------------------------------------------------------------- */

/* In every answer, each value of such a member becomes this one ("" takes the member away). */
static const struct lie {
	const char *what, *member, *value;
} lies[] = {
	{ "every version is the first", "\"versionId\":\"", "1" },
	{ "every version is the last", "\"versionId\":\"", "9223372036854775807" },
	{ "versions without a number", "\"versionId\":\"", "W-abc.0" },
	{ "versions longer than any", "\"versionId\":\"",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
	{ "versions below nothing", "\"versionId\":\"", "-1" },
	{ "no versions", "\"versionId\":\"", "" },
	{ "written at the end of days", "\"lastUpdated\":\"", "9999-12-31T23:59:59.999Z" },
	{ "written at the beginning of days", "\"lastUpdated\":\"", "0001-01-01T00:00:00Z" },
	{ "written in no year", "\"lastUpdated\":\"", "0000-00-00T00:00:00Z" },
	{ "written at no time", "\"lastUpdated\":\"", "" },
	{ "written yesterday, it says", "\"lastUpdated\":\"", "yesterday" },
	{ "answers about another one", "\"location\":\"", "Patient/nobody/_history/7" },
	{ "answers without a place", "\"location\":\"", "x" },
	{ "answers about a version that is none", "\"location\":\"", "Patient/x/_history/" },
	{ "another mark", "{\"url\":\"urn:cunyi:sync-stamp\",\"valueString\":\"", "ffffffffffff-ffff-pc999999-ffffffff/1" },
	{ "a mark of the end of days", "{\"url\":\"urn:cunyi:sync-stamp\",\"valueString\":\"", "fffffffffffe-0001-pc999999-00000001/99999999" },
	{ "no mark", "{\"url\":\"urn:cunyi:sync-stamp\",\"valueString\":\"", "x" },
	{ "pages that lead back", "\"relation\":\"next\",\"url\":\"", "http://127.0.0.1:1/fhir/Patient?_count=1" },
	{ "pages that lead elsewhere", "\"relation\":\"next\",\"url\":\"", "https://elsewhere.example/fhir/Patient?_count=1" },
	{ "a number of results that is none", "\"total\":", "-9223372036854775808" },
	{ "more results than there can be", "\"total\":", "9223372036854775807" },
};

static const struct lie *now_told;
static unsigned times_told;

static void twists(struct liar *l, const struct http_request *req, struct http_answer *a)
{
	AUTO_SBUF struct sbuf out = SBUF_INIT;
	size_t n = strlen(now_told->member);
	const char *at = a->body.s, *found;
	bool text = now_told->member[n - 1] == '"';

	(void)req;
	a->date = *l->county.now;
	while ((found = strstr(at, now_told->member))) {
		size_t old = text ? strcspn(found + n, "\"") : strspn(found + n, "0123456789");

		sbuf_add(&out, at, (size_t)(found - at) + n);
		sbuf_adds(&out, now_told->value);
		at = found + n + old;
		times_told++;
	}
	sbuf_adds(&out, at);
	sbuf_clear(&a->body);
	sbuf_adds(&a->body, out.s);
}

/* Whatever they did, each round ended, and with a sentence where it failed. */
static void rounds_under(struct scene *sc, size_t i)
{
	times_told = 0;
	now_told = &lies[i];
	sc->liar.after = twists;
	desk_change(&sc->a, "resident", sc->wang, "phone", "\"10050000048\"");
	for (int k = 0; k < 3; k++) {
		round_of(sc, &sc->a);
		assert_case(sc->a.ok || *sc->a.err.message, i, lies[i].what);
		sc->b.now += INT64_C(4) * 24 * 3600 * 1000; /* so that all is compared, too */
		round_of(sc, &sc->b);
		assert_case(sc->b.ok || *sc->b.err.message, i, lies[i].what);
	}
	assert_case(times_told > 0, i, lies[i].what);
	assert_case(sc->liar.county.n_requests < 2000, i, "nobody goes round in circles");
	shift = 0;
	sc->liar.after = dates;
}

static void lies__spoil_nothing__after_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(lies); i++) {
		void *own = NULL;
		struct scene *sc;
		const char *li;

		open_scene(&own);
		sc = own;
		sc->liar.county.page = 1; /* and there are pages */
		desk_resident(&sc->a, "周五", "1952-05-06");
		rounds_under(sc, i);
		li = desk_resident(&sc->a, "李四", "1951-03-04");
		for (int k = 0; k < 3; k++) {
			assert_case(round_of(sc, &sc->a), i, sc->a.err.message);
			assert_case(round_of(sc, &sc->b), i, sc->b.err.message);
		}
		assert_case(desk_has(&sc->b, "resident", li), i, lies[i].what);
		assert_case(strcmp(desk_field(&sc->b, "resident", sc->wang, "phone"), "10050000048") == 0, i, lies[i].what);
		assert_case(sc->a.fig.waiting == 0, i, lies[i].what);
		close_scene(&own);
	}
}

/* ---- a gateway that gives up, though the server behind it does not ---------------------------------------------------- */

static int gateway_says;

static void gives_up(struct liar *l, const struct http_request *req, struct http_answer *a)
{
	(void)l;
	if (!gateway_says || !req->body || !strstr(req->body, "transaction"))
		return;
	a->status = gateway_says;
	gateway_says = 0;
	sbuf_clear(&a->body);
	snprintf(a->content_type, sizeof(a->content_type), "text/html");
}

/* What was sent may have been done: the county is asked before anything goes again, and what it wrote upon that stays. */
static void gateway__is_no_word_of_the_server(void **state)
{
	static const int says[] = { 503, 408, 520, 524, 599 };
	struct scene *sc = *state;

	sc->liar.after = gives_up;
	sc->liar.county.ignores_none_match = true; /* as every server that is tried */
	for (size_t i = 0; i < N_ELEMENTS(says); i++) {
		char birth[16];
		const char *li;

		snprintf(birth, sizeof(birth), "1951-01-%02zu", i + 1);
		li = desk_resident(&sc->a, "李四", birth);
		gateway_says = says[i];
		assert_false(round_of(sc, &sc->a));
		assert_case(fake_version_of(&sc->liar.county, "Patient", li) == 1, i, "the server did it");
		fake_edit(&sc->liar.county, "Patient", li, "birthDate", "\"1950-07-07\"");
		sc->a.now += 61000;
		assert_case(round_of(sc, &sc->a), i, sc->a.err.message);
		assert_case(fake_version_of(&sc->liar.county, "Patient", li) == 2, i, "sent again over the county's edit");
		assert_case(strcmp(desk_field(&sc->a, "resident", li, "birth_date"), "1950-07-07") == 0, i, "the county's edit did not come");
	}
	sc->liar.after = NULL;
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
	const struct CMUnitTest tests[] = {
		T(crowd__stops_nobody),
		T(nothing__is_no_answer),
		T(future__hides_nothing),
		T(gateway__is_no_word_of_the_server),
		cmocka_unit_test(picture__holds_up_one),
		cmocka_unit_test(lies__spoil_nothing__after_them),
		cmocka_unit_test(history__without_end__ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
