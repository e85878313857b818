/* SMART Backend Services against a login server in memory that checks each statement as a server does: its signature by the
 * public half that the computer gives out, name, audience, times, and that no statement comes twice. */
#include "app/base/json.h"
#include "app/base/mem.h"
#include "app/service/device_key.h"
#include "jwt_check.h"
#include "sync/auth.h"

#define BASE "https://county.test/fhir"
#define LOGIN "https://login.test/token"
#define NOW INT64_C(1795309323000)

enum { YEARS_2 = 2 * 365 * 86400 };

/* What the login server does. */
enum mood { MOOD_GOOD,
	MOOD_HTML,
	MOOD_INVALID_CLIENT,
	MOOD_INVALID_SCOPE,
	MOOD_FAULT,
	MOOD_MOVED,
	MOOD_NO_TOKEN,
	MOOD_OTHER_TYPE,
	MOOD_TWO_LINES,
	MOOD_NO_LIFE };

struct county {
	struct transport t;
	char begun[128]; /* a request that has gone out and is not asked for yet, "" for none ... */
	bool begun_good; /* ... with a pass that was good then */
	size_t n_begun;
	int64_t ours, login_ahead; /* clocks of the county's servers, ms; the login server's minus the other's */
	const char *configuration; /* answer of .well-known/smart-configuration; NULL: 404 */
	const char *content_type; /* of that */
	enum mood mood;
	int64_t life; /* of passes, s */
	const struct device_key *known[2];
	const char *client;
	char scope[256], jtis[64][64];
	char good[64]; /* the pass that is good now */
	size_t asked_where, asked_pass, given, refused, reached, n_jtis;
	bool takes_none; /* whatever it gave */
	bool wrong_place; /* a bearer came where none may */
};

/* ---- the login server's eyes ---------------------------------------------------------------------------------------- */

/* Does one of the known keys stand behind it? */
static bool signed_by_known(const struct county *c, const char *jwt)
{
	size_t head = strcspn(jwt, "."), claims = head + 1 + strcspn(jwt + head + 1, ".");
	AUTO_JSON struct json_object *h = jwt_piece(jwt, head);
	unsigned char sig[1024];
	size_t n = jwt_unbase64(jwt + claims + 1, strlen(jwt + claims + 1), sig, sizeof(sig));

	for (size_t i = 0; i < N_ELEMENTS(c->known); i++) {
		AUTO_SBUF struct sbuf jwk = SBUF_INIT;
		AUTO_JSON struct json_object *o = NULL;
		struct err err;

		if (!c->known[i])
			continue;
		device_key_public(c->known[i], &jwk);
		assert_ok(json_parse(jwk.s, jwk.len, NULL, &o, &err), &err);
		if (strcmp(json_text(h, "kid"), json_text(o, "kid")) == 0)
			return strcmp(json_text(h, "alg"), json_text(o, "alg")) == 0 && jwt_verify(o, jwt, claims, sig, n);
	}
	return false;
}

static bool claims_hold(struct county *c, const char *jwt)
{
	size_t head = strcspn(jwt, ".") + 1;
	AUTO_JSON struct json_object *o = jwt_piece(jwt + head, strcspn(jwt + head, "."));
	int64_t now = (c->ours + c->login_ahead) / 1000, iat = json_int(o, "iat", 0), exp = json_int(o, "exp", 0);
	const char *jti = json_text(o, "jti");

	for (size_t i = 0; i < c->n_jtis; i++)
		assert_string_not_equal(c->jtis[i], jti);
	assert_true(strlen(jti) >= 22 && c->n_jtis < N_ELEMENTS(c->jtis));
	snprintf(c->jtis[c->n_jtis++], sizeof(c->jtis[0]), "%s", jti);
	return strcmp(json_text(o, "iss"), c->client) == 0 && strcmp(json_text(o, "sub"), c->client) == 0 &&
		strcmp(json_text(o, "aud"), LOGIN) == 0 && iat <= now + 1 && iat > now - 60 && exp > now && exp <= now + 60;
}

/* ---- the servers ---------------------------------------------------------------------------------------------------- */

static bool reply(struct http_answer *a, int status, const char *type, int64_t date, const char *body)
{
	a->status = status;
	a->date = date;
	snprintf(a->content_type, sizeof(a->content_type), "%s", type);
	sbuf_adds(&a->body, body);
	return true;
}

static void form(const struct http_request *req, const char *name, char *out, size_t size)
{
	const char *at = strstr(req->body, name);
	size_t n = 0;

	assert_non_null(at);
	for (at += strlen(name); *at && *at != '&' && n + 1 < size; at++) {
		unsigned code;

		if (*at == '%' && sscanf(at + 1, "%2x", &code) == 1) {
			out[n++] = (char)code;
			at += 2;
		} else {
			out[n++] = *at;
		}
	}
	out[n] = '\0';
}

static bool give(struct county *c, struct http_answer *a, int64_t date)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT;

	snprintf(c->good, sizeof(c->good), "pass-%zu", ++c->given);
	sbuf_addf(&body, "{\"access_token\":\"%s%s\"%s", c->mood == MOOD_NO_TOKEN ? "" : c->good, c->mood == MOOD_TWO_LINES ? "\\r\\nX: y" : "",
		c->mood == MOOD_OTHER_TYPE ? ",\"token_type\":\"mac\"" : ",\"token_type\":\"bearer\"");
	if (c->mood != MOOD_NO_LIFE)
		sbuf_addf(&body, ",\"expires_in\":%lld", (long long)c->life);
	sbuf_adds(&body, "}");
	return reply(a, 200, "application/json", date, body.s);
}

static bool login(struct county *c, const struct http_request *req, struct http_answer *a)
{
	int64_t date = c->ours + c->login_ahead;
	char jwt[4096], text[128];

	c->asked_pass++;
	assert_string_equal(req->content_type, "application/x-www-form-urlencoded");
	form(req, "grant_type=", text, sizeof(text));
	assert_string_equal(text, "client_credentials");
	form(req, "client_assertion_type=", text, sizeof(text));
	assert_string_equal(text, "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
	form(req, "scope=", c->scope, sizeof(c->scope));
	form(req, "client_assertion=", jwt, sizeof(jwt));
	if (c->mood == MOOD_HTML)
		return reply(a, 200, "text/html", date, "<html>Log in</html>");
	if (c->mood == MOOD_FAULT)
		return reply(a, 503, "text/html", date, "");
	if (c->mood == MOOD_MOVED)
		return reply(a, 302, "text/html", date, "");
	if (c->mood == MOOD_INVALID_SCOPE)
		return reply(a, 400, "application/json", date, "{\"error\":\"invalid_scope\",\"error_description\":\"\\u001b]0;x\"}");
	if (c->mood == MOOD_INVALID_CLIENT || !signed_by_known(c, jwt) || !claims_hold(c, jwt))
		return c->refused++, reply(a, 400, "application/json", date, "{\"error\":\"invalid_client\"}");
	return give(c, a, date);
}

static bool takes(const struct county *c, const struct http_request *req)
{
	return !c->takes_none && req->bearer && strcmp(req->bearer, c->good) == 0;
}

static void county_begin(struct transport *t, const struct http_request *req)
{
	struct county *c = (struct county *)t;

	assert_true(strncmp(req->url, BASE, strlen(BASE)) == 0);
	t->bytes_up += 10;
	snprintf(c->begun, sizeof(c->begun), "%s", req->url);
	c->begun_good = takes(c, req);
	c->n_begun++;
}

static bool county_send(struct transport *t, const struct http_request *req, struct http_answer *a, struct err *err)
{
	struct county *c = (struct county *)t;
	bool good;

	t->bytes_up += 10;
	if (strstr(req->url, "smart-configuration")) {
		c->asked_where++;
		c->wrong_place |= req->bearer != NULL;
		return c->configuration ? reply(a, 200, c->content_type, c->ours, c->configuration) : reply(a, 404, "application/json", c->ours, "{}");
	}
	if (strcmp(req->url, LOGIN) == 0) {
		c->wrong_place |= req->bearer != NULL;
		return login(c, req, a);
	}
	assert_true(strncmp(req->url, BASE, strlen(BASE)) == 0);
	if (strcmp(c->begun, req->url) == 0) {
		*c->begun = '\0';
		good = c->begun_good;
	} else {
		good = takes(c, req);
	}
	if (!good)
		return reply(a, 401, "application/fhir+json", c->ours, "{}");
	c->reached++;
	return reply(a, 200, "application/fhir+json", c->ours, "{}");
}

static void county_close(struct transport *t)
{
	(void)t;
}

/* ---- a scene -------------------------------------------------------------------------------------------------------- */

struct scene {
	struct county c;
	struct device_key *key, *before;
	struct auth_smart smart;
	struct auth_options o;
	struct clock clock;
	int64_t here; /* this computer's clock */
	struct transport *t;
	struct err err;
	size_t settled;
};

static void note_settled(void *ctx)
{
	(*(size_t *)ctx)++;
}

#define CONFIGURATION "{\"token_endpoint\":\"" LOGIN "\",\"capabilities\":[\"permission-v2\"]}"

static void begin(struct scene *s)
{
	*s = (struct scene){ .here = NOW };
	s->key = device_key_new(DEVICE_KEY_ES384, &s->err);
	assert_non_null(s->key);
	s->c = (struct county){ .t = { .send = county_send, .close = county_close, .begin = county_begin }, .ours = NOW, .configuration = CONFIGURATION, .content_type = "application/json", .life = 300, .known = { s->key }, .client = "clinic-7" };
	s->smart = (struct auth_smart){ .client_id = "clinic-7", .token_url = "", .scope = "", .key = s->key, .settled = note_settled, .settled_ctx = &s->settled };
	clock_init_manual(&s->clock, &s->here);
	s->o = (struct auth_options){ .base = BASE, .smart = &s->smart, .clock = &s->clock };
}

static void end(struct scene *s)
{
	assert_false(s->c.wrong_place);
	transport_close(s->t);
	device_key_free(s->key);
	device_key_free(s->before);
}

/* As another process would begin. */
static void anew(struct scene *s)
{
	transport_close(s->t);
	s->t = auth_transport(&s->c.t, &s->o);
}

/* The status of one request; 0 when none came. */
static int ask(struct scene *s)
{
	AUTO_ANSWER struct http_answer a;

	if (!s->t)
		anew(s);
	http_answer_init(&a);
	return s->t->send(s->t, &(struct http_request){ .method = "GET", .url = BASE "/Patient" }, &a, &s->err) ? a.status : 0;
}

static void pass(struct scene *s, int64_t seconds)
{
	s->here += seconds * 1000;
	s->c.ours += seconds * 1000;
}

/* ---- what holds ----------------------------------------------------------------------------------------------------- */

static void smart__gets_a_pass__and_keeps_it(void **state)
{
	struct scene s;

	(void)state;
	begin(&s);
	assert_int_equal(ask(&s), 200);
	assert_int_equal(ask(&s), 200);
	assert_int_equal(s.c.asked_where, 1);
	assert_int_equal(s.c.given, 1);
	assert_string_equal(s.c.scope, "system/*.cruds");
	assert_int_equal(s.t->bytes_up, s.c.t.bytes_up);
	end(&s);
}

static void smart__works_with_rsa(void **state)
{
	struct scene s;

	(void)state;
	begin(&s);
	s.before = s.key;
	s.key = device_key_new(DEVICE_KEY_RS384, &s.err);
	s.smart.key = s.c.known[0] = s.key;
	assert_int_equal(ask(&s), 200);
	assert_string_equal(device_key_algorithm(s.key), "RS384");
	end(&s);
}

static void smart__goes_by_the_servers_clock(void **state)
{
	static const int64_t wrong[] = { -YEARS_2, YEARS_2, -61, 61, -26LL * 365 * 86400 };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(wrong); i++) {
		struct scene s;

		begin(&s);
		s.here += wrong[i] * 1000;
		assert_case(ask(&s) == 200, i, s.err.message);
		assert_case(s.c.refused == 0, i, "at the first try");
		end(&s);
	}
}

/* The server that names the login server, or nobody, tells the time; the login server's own refusal does then. */
static void smart__tries_again__login_server_has_another_clock(void **state)
{
	struct scene s;

	(void)state;
	begin(&s);
	s.c.login_ahead = 3600 * 1000;
	assert_int_equal(ask(&s), 200);
	assert_int_equal(s.c.refused, 1);
	end(&s);
	begin(&s);
	s.smart.token_url = LOGIN;
	s.here -= YEARS_2 * INT64_C(1000);
	assert_int_equal(ask(&s), 200);
	assert_int_equal(s.c.asked_where, 0);
	assert_int_equal(s.c.refused, 1);
	end(&s);
}

static void smart__renews__at_four_fifths_of_its_life(void **state)
{
	static const struct {
		int64_t after;
		size_t given;
	} steps[] = { { 0, 1 }, { 239, 1 }, { 1, 2 }, { 239, 2 }, { 2, 3 }, { 100000, 4 } };
	struct scene s;

	(void)state;
	begin(&s);
	for (size_t i = 0; i < N_ELEMENTS(steps); i++) {
		pass(&s, steps[i].after);
		assert_case(ask(&s) == 200 && s.c.given == steps[i].given, i, "passes given");
	}
	end(&s);
}

static void smart__renews_once__pass_taken_back(void **state)
{
	struct scene s;

	(void)state;
	begin(&s);
	assert_int_equal(ask(&s), 200);
	snprintf(s.c.good, sizeof(s.c.good), "none of those given");
	assert_int_equal(ask(&s), 200);
	assert_int_equal(s.c.given, 2);
	assert_int_equal(s.c.reached, 2);
	end(&s);
}

/* A server that takes no pass gets one more try, not an endless one. */
static void smart__hands_on_401__no_pass_is_taken(void **state)
{
	struct scene s;

	(void)state;
	begin(&s);
	s.c.takes_none = true;
	assert_int_equal(ask(&s), 401);
	assert_int_equal(s.c.given, 2);
	end(&s);
}

/* It may not say how long a pass lives, or say nonsense. */
static void smart__bounds_the_life_of_a_pass(void **state)
{
	static const struct {
		enum mood mood;
		int64_t life, still, over; /* seconds */
	} cases[] = { { MOOD_NO_LIFE, 0, 239, 241 }, { MOOD_GOOD, INT64_C(1) << 62, 69000, 69200 }, { MOOD_GOOD, 1, 0, 1 } };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct scene s;

		begin(&s);
		s.c.mood = cases[i].mood;
		s.c.life = cases[i].life;
		assert_case(ask(&s) == 200, i, s.err.message);
		pass(&s, cases[i].still);
		assert_case(ask(&s) == 200 && s.c.given == 1, i, "still good");
		pass(&s, cases[i].over - cases[i].still);
		assert_case(ask(&s) == 200 && s.c.given == 2, i, "over");
		end(&s);
	}
	for (int64_t life = -1; life < 1; life++) {
		struct scene s;

		begin(&s);
		s.c.life = life;
		assert_int_equal(ask(&s), 0);
		assert_int_equal(s.err.code, ERR_AUTH);
		end(&s);
	}
}

static void smart__keeps_the_pass__for_the_next_process(void **state)
{
	AUTO_FREE char *dir = scratch_dir(), *path = scratch_path(dir, "session.json");
	struct scene s;

	(void)state;
	begin(&s);
	s.o.session = path;
	s.here -= YEARS_2 * INT64_C(1000);
	assert_int_equal(ask(&s), 200);
	anew(&s);
	pass(&s, 100);
	assert_int_equal(ask(&s), 200);
	assert_int_equal(s.c.given, 1);
	/* Another name, and it is none of ours. */
	s.smart.client_id = s.c.client = "clinic-8";
	anew(&s);
	assert_int_equal(ask(&s), 200);
	assert_int_equal(s.c.given, 2);
	/* Its time is over, whatever was kept. */
	pass(&s, 290);
	anew(&s);
	assert_int_equal(ask(&s), 200);
	assert_int_equal(s.c.given, 3);
	end(&s);
}

static void smart__asks_anew__kept_pass_is_damaged(void **state)
{
	static const char *const texts[] = { "", "{", "[]", "{\"pass\":\"x\"}", "\x01\x02" };
	AUTO_FREE char *dir = scratch_dir(), *path = scratch_path(dir, "session.json");

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
		struct scene s;

		begin(&s);
		scratch_write(path, texts[i], 0);
		s.o.session = path;
		assert_case(ask(&s) == 200 && s.c.given == 1, i, texts[i]);
		end(&s);
	}
}

/* ---- replacing the key ---------------------------------------------------------------------------------------------- */

static void smart__uses_the_key_before__new_one_not_yet_known(void **state)
{
	struct scene s;

	(void)state;
	begin(&s);
	s.before = s.key;
	s.key = device_key_new(DEVICE_KEY_ES384, &s.err);
	s.smart.key = s.key;
	s.smart.before = s.before;
	assert_int_equal(ask(&s), 200);
	assert_int_equal(s.settled, 0);
	assert_int_equal(s.c.refused, 1);
	s.c.known[1] = s.key; /* now the county has put it in */
	anew(&s);
	assert_int_equal(ask(&s), 200);
	assert_int_equal(s.settled, 1);
	s.c.known[0] = s.c.known[1] = NULL;
	anew(&s);
	assert_int_equal(ask(&s), 0);
	assert_int_equal(s.err.code, ERR_AUTH);
	end(&s);
}

/* ---- refusals ------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *what, *configuration, *content_type;
	enum mood mood;
	enum err_code code;
	const char *says;
} refusals[] = {
	{ "key not known", CONFIGURATION, "application/json", MOOD_INVALID_CLIENT, ERR_AUTH, "does not know this computer's key" },
	{ "scope", CONFIGURATION, "application/json", MOOD_INVALID_SCOPE, ERR_AUTH, "(scope)" },
	{ "a page at the login server", CONFIGURATION, "application/json", MOOD_HTML, ERR_NETWORK, "answered with a page" },
	{ "redirect at the login server", CONFIGURATION, "application/json", MOOD_MOVED, ERR_NETWORK, "asks for a login" },
	{ "fault", CONFIGURATION, "application/json", MOOD_FAULT, ERR_SERVER, "has a fault" },
	{ "no token in it", CONFIGURATION, "application/json", MOOD_NO_TOKEN, ERR_AUTH, "pass cannot be used" },
	{ "another kind of token", CONFIGURATION, "application/json", MOOD_OTHER_TYPE, ERR_AUTH, "pass cannot be used" },
	{ "a token with a line end", CONFIGURATION, "application/json", MOOD_TWO_LINES, ERR_AUTH, "pass cannot be used" },
	{ "a captive portal", "<html>", "text/html", MOOD_GOOD, ERR_NETWORK, "answered with a page" },
	{ "nothing there", NULL, "", MOOD_GOOD, ERR_AUTH, "token_url" },
	{ "no endpoint named", "{}", "application/json", MOOD_GOOD, ERR_AUTH, "token_url" },
	{ "no JSON", "{\"token_endpoint\":", "application/json", MOOD_GOOD, ERR_AUTH, "token_url" },
	{ "a null", "null", "application/json", MOOD_GOOD, ERR_AUTH, "token_url" },
	{ "endpoint without https", "{\"token_endpoint\":\"http://login.test/token\"}", "application/json", MOOD_GOOD, ERR_AUTH, "https" },
	{ "endpoint with a password in it", "{\"token_endpoint\":\"https://a:b@login.test/\"}", "application/json", MOOD_GOOD, ERR_AUTH, "https" },
};

static void smart__says_why__refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(refusals); i++) {
		struct scene s;

		begin(&s);
		s.c.configuration = refusals[i].configuration;
		s.c.content_type = refusals[i].content_type;
		s.c.mood = refusals[i].mood;
		assert_case(ask(&s) == 0, i, refusals[i].what);
		assert_case(s.err.code == refusals[i].code && strstr(s.err.message, refusals[i].says), i, s.err.message);
		assert_case(s.c.reached == 0, i, "nothing else was asked");
		end(&s);
	}
}

static void smart__asks_for_the_scopes_that_are_known(void **state)
{
	static const struct {
		const char *configuration, *set, *scope;
	} cases[] = {
		{ "{\"token_endpoint\":\"" LOGIN "\"}", "", "system/*.cruds" },
		{ "{\"token_endpoint\":\"" LOGIN "\",\"capabilities\":[\"permission-v1\"]}", "", "system/*.read system/*.write" },
		{ "{\"token_endpoint\":\"" LOGIN "\",\"capabilities\":[\"permission-v1\",\"permission-v2\"]}", "", "system/*.cruds" },
		{ "{\"token_endpoint\":\"" LOGIN "\",\"capabilities\":[\"permission-v1\"]}", "system/Patient.rs", "system/Patient.rs" },
	};

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct scene s;

		begin(&s);
		s.c.configuration = cases[i].configuration;
		s.smart.scope = cases[i].set;
		assert_case(ask(&s) == 200 && strcmp(s.c.scope, cases[i].scope) == 0, i, s.c.scope);
		end(&s);
	}
}

static void smart__sends_nothing__to_another_origin(void **state)
{
	struct scene s;
	AUTO_ANSWER struct http_answer a;

	(void)state;
	begin(&s);
	anew(&s);
	http_answer_init(&a);
	assert_refused(s.t->send(s.t, &(struct http_request){ .method = "GET", .url = "https://evil.test/fhir/Patient" }, &a, &s.err), &s.err,
		ERR_NETWORK);
	assert_int_equal(s.c.asked_where + s.c.asked_pass, 0);
	assert_false(a.may_have_arrived);
	end(&s);
}

/* ---- a request that goes out early ------------------------------------------------------------------------------------ */

static void begin_early(struct scene *s, const char *url)
{
	if (!s->t)
		anew(s);
	s->t->begin(s->t, &(struct http_request){ .method = "GET", .url = url });
	assert_int_equal(s->t->bytes_up, s->c.t.bytes_up);
}

static void smart__goes_out_early__with_a_pass(void **state)
{
	struct scene s;

	(void)state;
	begin(&s);
	begin_early(&s, BASE "/Patient");
	assert_int_equal(s.c.given, 1);
	assert_int_equal(ask(&s), 200);
	assert_int_equal(s.c.reached, 1);
	assert_int_equal(s.c.given, 1);
	end(&s);
}

/* Before it went out, or while it lay there. */
static void smart__renews_once__pass_of_an_early_request_taken_back(void **state)
{
	(void)state;
	for (int ended = 0; ended < 2; ended++) {
		struct scene s;

		begin(&s);
		assert_int_equal(ask(&s), 200);
		if (!ended)
			snprintf(s.c.good, sizeof(s.c.good), "none of those given");
		begin_early(&s, BASE "/Patient");
		if (ended)
			pass(&s, 250);
		assert_int_equal(ask(&s), 200);
		assert_int_equal(s.c.given, 2);
		assert_int_equal(s.c.n_begun, 1);
		assert_int_equal(s.c.reached, 2);
		end(&s);
	}
}

/* It is told where it is asked for. */
static void smart__sends_nothing_early__no_pass_or_another_origin(void **state)
{
	struct scene s;

	(void)state;
	begin(&s);
	s.c.mood = MOOD_FAULT;
	begin_early(&s, BASE "/Patient");
	assert_int_equal(s.c.n_begun, 0);
	assert_int_equal(ask(&s), 0);
	s.c.mood = MOOD_GOOD;
	assert_int_equal(ask(&s), 200);
	begin_early(&s, "https://evil.test/fhir/Patient");
	assert_int_equal(s.c.n_begun, 0);
	end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(smart__gets_a_pass__and_keeps_it),
		cmocka_unit_test(smart__works_with_rsa),
		cmocka_unit_test(smart__goes_by_the_servers_clock),
		cmocka_unit_test(smart__tries_again__login_server_has_another_clock),
		cmocka_unit_test(smart__renews__at_four_fifths_of_its_life),
		cmocka_unit_test(smart__renews_once__pass_taken_back),
		cmocka_unit_test(smart__hands_on_401__no_pass_is_taken),
		cmocka_unit_test(smart__bounds_the_life_of_a_pass),
		cmocka_unit_test(smart__keeps_the_pass__for_the_next_process),
		cmocka_unit_test(smart__asks_anew__kept_pass_is_damaged),
		cmocka_unit_test(smart__uses_the_key_before__new_one_not_yet_known),
		cmocka_unit_test(smart__says_why__refused),
		cmocka_unit_test(smart__asks_for_the_scopes_that_are_known),
		cmocka_unit_test(smart__sends_nothing__to_another_origin),
		cmocka_unit_test(smart__goes_out_early__with_a_pass),
		cmocka_unit_test(smart__renews_once__pass_of_an_early_request_taken_back),
		cmocka_unit_test(smart__sends_nothing_early__no_pass_or_another_origin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
