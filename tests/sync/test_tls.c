/* Whom we believe and who we are, against a real TLS server.  Nothing may be sent to a server that is not the county's:
 * its journal is looked at each time. */
#include <openssl/ssl.h>

#include "app/base/mem.h"
#include "app/service/device_key.h"
#include "sync/auth.h"
#include "web.h"

static bool say_ok(struct web_line *l, const struct web_request *req)
{
	(void)req;
	return web_say(l, "200 OK", "application/fhir+json", "Date: Sun, 22 Nov 2026 01:02:03 GMT\r\n", "{}");
}

static bool ask(const struct transport_options *o, const char *base, struct http_answer *a, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	struct transport *t = transport_http(o, err);
	bool ok;

	assert_non_null(t);
	sbuf_addf(&url, "%s/metadata", base);
	http_answer_init(a);
	ok = t->send(t, &(struct http_request){ .method = "GET", .url = url.s }, a, err);
	transport_close(t);
	return ok;
}

/* ---- the server's certificate --------------------------------------------------------------------------------------- */

enum trust { TRUST_SYSTEM,
	TRUST_OWN,
	TRUST_OTHER };
enum pins { PINS_NONE,
	PINS_RIGHT,
	PINS_WRONG,
	PINS_SPARE };

static const struct {
	const char *what;
	struct pki_wish wish;
	bool self_signed;
	enum trust trust;
	enum pins pins;
	enum err_code code;
	const char *says; /* in the sentence */
} cases[] = {
	{ "private authority", { "county", "IP:127.0.0.1", -1, 90, false }, false, TRUST_OWN, PINS_NONE, ERR_NONE, "" },
	{ "unknown authority", { "county", "IP:127.0.0.1", -1, 90, false }, false, TRUST_SYSTEM, PINS_NONE, ERR_NETWORK, "signed by nobody" },
	{ "another authority", { "county", "IP:127.0.0.1", -1, 90, false }, false, TRUST_OTHER, PINS_NONE, ERR_NETWORK, "signed by nobody" },
	{ "signed by itself", { "county", "IP:127.0.0.1", -1, 90, false }, true, TRUST_OWN, PINS_NONE, ERR_NETWORK, "signed by nobody" },
	{ "expired", { "county", "IP:127.0.0.1", -90, -1, false }, false, TRUST_OWN, PINS_NONE, ERR_NETWORK, "Is its clock right" },
	{ "from tomorrow on", { "county", "IP:127.0.0.1", 1, 90, false }, false, TRUST_OWN, PINS_NONE, ERR_NETWORK, "Is its clock right" },
	{ "for another name", { "county", "DNS:portal.test", -1, 90, false }, false, TRUST_OWN, PINS_NONE, ERR_NETWORK, "not the county's" },
	{ "the noted key", { "county", "IP:127.0.0.1", -1, 90, false }, false, TRUST_OWN, PINS_RIGHT, ERR_NONE, "" },
	{ "another key than noted", { "county", "IP:127.0.0.1", -1, 90, false }, false, TRUST_OWN, PINS_WRONG, ERR_NETWORK, "another key" },
	{ "the spare key", { "county", "IP:127.0.0.1", -1, 90, false }, false, TRUST_OWN, PINS_SPARE, ERR_NONE, "" },
	{ "the noted key, but signed by nobody", { "county", "IP:127.0.0.1", -1, 90, false }, false, TRUST_SYSTEM, PINS_RIGHT, ERR_NETWORK, "signed by nobody" },
};

#define OTHER_PIN "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static const char *pins_of(enum pins kind, const char *certificate, struct sbuf *out)
{
	char pin[CERTIFICATE_PIN];
	struct err err;

	assert_ok(certificate_pin(certificate, pin, &err), &err);
	if (kind == PINS_NONE)
		return NULL;
	if (kind != PINS_RIGHT)
		sbuf_adds(out, OTHER_PIN);
	if (kind != PINS_WRONG)
		sbuf_addf(out, "%s%s", out->len ? ";" : "", pin);
	return out->s;
}

static void tls__believes_only_the_county(void **state)
{
	AUTO_PKI struct pki ca = pki_authority("County CA"), other = pki_authority("Other CA");

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_PKI struct pki own = pki_make(&cases[i].wish, cases[i].self_signed ? NULL : &ca);
		AUTO_SBUF struct sbuf pins = SBUF_INIT;
		AUTO_ANSWER struct http_answer a;
		const char *const trust[] = { NULL, ca.certificate, other.certificate };
		struct transport_options o = { .ca = trust[cases[i].trust], .pins = pins_of(cases[i].pins, own.certificate, &pins) };
		struct err err = { 0 };
		struct web w;

		web_start(&w, &(struct web_options){ .tls = &own, .answer = say_ok });
		assert_case(ask(&o, w.base, &a, &err) == (cases[i].code == ERR_NONE), i, cases[i].what);
		AUTO_FREE char *journal = web_stop(&w);

		assert_case(err.code == cases[i].code && strstr(err.message, cases[i].says), i, err.message);
		assert_case(!strcmp(journal, cases[i].code == ERR_NONE ? "GET /metadata -\n" : ""), i, journal);
		assert_case(a.status == (cases[i].code == ERR_NONE ? 200 : 0), i, cases[i].what);
	}
}

/* The clock's date is in the sentence: that is what the person at the desk can compare. */
static void tls__names_todays_date__certificate_outside_its_dates(void **state)
{
	AUTO_PKI struct pki ca = pki_authority("County CA");
	AUTO_PKI struct pki own = pki_make(&(struct pki_wish){ "county", "IP:127.0.0.1", -90, -1, false }, &ca);
	AUTO_ANSWER struct http_answer a;
	char today[CLOCK_LEN];
	struct clock clock;
	struct err err;
	struct web w;

	(void)state;
	clock_init_real(&clock);
	web_start(&w, &(struct web_options){ .tls = &own, .answer = say_ok });
	assert_refused(ask(&(struct transport_options){ .ca = ca.certificate }, w.base, &a, &err), &err, ERR_NETWORK);
	clock_rfc3339(clock_now(&clock), today)[10] = '\0';
	assert_non_null(strstr(err.message, today));
	free(web_stop(&w));
}

static void tls__refuses__older_than_1_2(void **state)
{
	AUTO_PKI struct pki ca = pki_authority("County CA");
	AUTO_PKI struct pki own = pki_server(&ca);
	AUTO_ANSWER struct http_answer a;
	struct err err;
	struct web w;

	(void)state;
	web_start(&w, &(struct web_options){ .tls = &own, .answer = say_ok, .max_tls = TLS1_1_VERSION });
	assert_refused(ask(&(struct transport_options){ .ca = ca.certificate }, w.base, &a, &err), &err, ERR_NETWORK);
	AUTO_FREE char *journal = web_stop(&w);

	assert_string_equal(journal, "");
}

/* ---- our certificate ------------------------------------------------------------------------------------------------ */

static void tls__shows_our_certificate(void **state)
{
	static const int versions[] = { TLS1_2_VERSION, TLS1_3_VERSION };
	AUTO_PKI struct pki ca = pki_authority("County CA"), other = pki_authority("Other CA");
	AUTO_PKI struct pki own = pki_server(&ca);
	AUTO_PKI struct pki good = pki_make(&(struct pki_wish){ "D1", NULL, -1, 90, false }, &ca);
	AUTO_PKI struct pki bad = pki_make(&(struct pki_wish){ "D1", NULL, -1, 90, false }, &other);
	AUTO_PKI struct pki ended = pki_make(&(struct pki_wish){ "D1", NULL, -90, -1, false }, &ca);
	const struct pki *shown[] = { &good, NULL, &bad, &ended };

	(void)state;
	for (size_t v = 0; v < N_ELEMENTS(versions); v++)
		for (size_t i = 0; i < N_ELEMENTS(shown); i++) {
			struct transport_options o = { .ca = ca.certificate, .certificate = shown[i] ? shown[i]->certificate : NULL, .key = shown[i] ? shown[i]->key : NULL };
			AUTO_ANSWER struct http_answer a;
			struct err err = { 0 };
			struct web w;
			bool ok;

			web_start(&w, &(struct web_options){ .tls = &own, .answer = say_ok, .client_ca = ca.certificate, .max_tls = versions[v] });
			ok = ask(&o, w.base, &a, &err);
			AUTO_FREE char *journal = web_stop(&w);

			assert_case(ok == (i == 0), i, err.message);
			assert_case(i == 0 || err.code == ERR_AUTH, i, err.message);
			assert_case(!strcmp(journal, i == 0 ? "GET /metadata -\n" : ""), i, journal);
		}
}

static void tls__refuses_at_once__certificate_that_is_none(void **state)
{
	AUTO_PKI struct pki ca = pki_authority("County CA");
	struct transport_options o = { .ca = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" };
	AUTO_PKI struct pki own = pki_server(&ca);
	AUTO_ANSWER struct http_answer a;
	struct err err;
	struct web w;

	(void)state;
	web_start(&w, &(struct web_options){ .tls = &own, .answer = say_ok });
	assert_false(ask(&o, w.base, &a, &err));
	o = (struct transport_options){ .ca = ca.certificate, .certificate = own.certificate, .key = "no key" };
	assert_refused(ask(&o, w.base, &a, &err), &err, ERR_AUTH);
	AUTO_FREE char *journal = web_stop(&w);

	assert_string_equal(journal, "");
}

/* ---- where secrets go ----------------------------------------------------------------------------------------------- */

static bool say_moved(struct web_line *l, const struct web_request *req)
{
	AUTO_SBUF struct sbuf more = SBUF_INIT;

	sbuf_addf(&more, "Location: %s/login\r\n", (const char *)req->ctx);
	return web_say(l, "307 Moved", "text/plain", more.s, "");
}

static void bearer__does_not_follow__redirect_to_another_server(void **state)
{
	AUTO_PKI struct pki ca = pki_authority("County CA");
	AUTO_PKI struct pki own = pki_server(&ca);
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_ANSWER struct http_answer a;
	struct clock clock;
	struct err err;
	struct web foreign, county;
	struct transport *t;

	(void)state;
	clock_init_real(&clock);
	web_start(&foreign, &(struct web_options){ .tls = &own, .answer = say_ok });
	web_start(&county, &(struct web_options){ .tls = &own, .answer = say_moved, .ctx = foreign.base });
	t = auth_transport(transport_http(&(struct transport_options){ .ca = ca.certificate }, &err),
		&(struct auth_options){ .base = county.base, .bearer = "secret", .clock = &clock });
	http_answer_init(&a);
	sbuf_addf(&url, "%s/Patient", county.base);
	assert_ok(t->send(t, &(struct http_request){ .method = "POST", .url = url.s, .body = "{}", .body_len = 2 }, &a, &err), &err);
	assert_int_equal(a.status, 307);
	/* And nobody can ask us to go there ourselves. */
	sbuf_clear(&url);
	sbuf_addf(&url, "%s/Patient", foreign.base);
	assert_refused(t->send(t, &(struct http_request){ .method = "GET", .url = url.s }, &a, &err), &err, ERR_NETWORK);
	transport_close(t);
	AUTO_FREE char *at_county = web_stop(&county);
	AUTO_FREE char *at_foreign = web_stop(&foreign);

	assert_string_equal(at_county, "POST /Patient Bearer secret\n");
	assert_string_equal(at_foreign, "");
}

static void origin__is_scheme_host_and_port(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} pairs[] = {
		{ "https://c.test/fhir", "https://c.test/fhir/Patient?x=1", true },
		{ "https://c.test/fhir", "https://C.TEST:443/", true },
		{ "https://c.test", "http://c.test", false },
		{ "https://c.test", "https://c.test:8443", false },
		{ "https://c.test", "https://c.test.evil.test/", false },
		{ "https://c.test", "https://c.test@evil.test/", false },
		{ "https://c.test", "https://evil.test/https://c.test", false },
		{ "http://127.0.0.1:80/a", "http://127.0.0.1/b", true },
		{ "https://c.test", "ftp://c.test", false },
		{ "https://c.test", "", false },
	};

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(pairs); i++)
		assert_case(transport_same_origin(pairs[i].a, pairs[i].b) == pairs[i].same, i, pairs[i].b);
}

/* ---- proxies -------------------------------------------------------------------------------------------------------- */

/* Wants name and password, then passes on to the port behind. */
static bool be_proxy(struct web_line *l, const struct web_request *req)
{
	if (strcmp(req->proxy_authorization, "Basic bmFtZTpwYXNz") != 0)
		return web_say(l, "407 Who are you", "text/plain", "Proxy-Authenticate: Basic realm=\"office\"\r\n", "");
	return web_tunnel(l, *(const int *)req->ctx);
}

static void proxy__carries_the_line__and_learns_no_bearer(void **state)
{
	AUTO_PKI struct pki ca = pki_authority("County CA");
	AUTO_PKI struct pki own = pki_make(&(struct pki_wish){ "county", "DNS:county.test", -1, 90, false }, &ca);
	struct transport_options o = { .ca = ca.certificate, .proxy_login = "name:pass" };
	AUTO_ANSWER struct http_answer a;
	struct clock clock;
	struct err err = { 0 };
	struct web county, proxy;
	struct transport *t;

	(void)state;
	clock_init_real(&clock);
	web_start(&county, &(struct web_options){ .tls = &own, .answer = say_ok });
	web_start(&proxy, &(struct web_options){ .answer = be_proxy, .ctx = &county.port });
	o.proxy = proxy.base;
	t = auth_transport(transport_http(&o, &err),
		&(struct auth_options){ .base = "https://county.test", .bearer = "secret", .clock = &clock });
	http_answer_init(&a);
	assert_ok(t->send(t, &(struct http_request){ .method = "GET", .url = "https://county.test/metadata" }, &a, &err), &err);
	transport_close(t);
	assert_int_equal(a.status, 200);
	assert_int_equal(a.date, INT64_C(1795309323000)); /* the county's, not the proxy's */
	AUTO_FREE char *at_proxy = web_stop(&proxy);
	AUTO_FREE char *at_county = web_stop(&county);

	assert_string_equal(at_proxy, "CONNECT county.test:443 -\nCONNECT county.test:443 -\n");
	assert_string_equal(at_county, "GET /metadata Bearer secret\n");
}

static void proxy__is_not_asked__by_no_proxy_none_and_loopback(void **state)
{
	AUTO_ANSWER struct http_answer a;
	struct err err = { 0 };
	struct web here, proxy;

	(void)state;
	web_start(&here, &(struct web_options){ .answer = say_ok });
	web_start(&proxy, &(struct web_options){ .answer = be_proxy, .ctx = &here.port });
	setenv("http_proxy", proxy.base, 1);
	setenv("https_proxy", proxy.base, 1);
	setenv("no_proxy", "other.test,county.test", 1);
	assert_ok(ask(NULL, here.base, &a, &err), &err); /* this machine is never behind one */
	http_answer_release(&a);
	assert_false(ask(NULL, "https://county.test:1", &a, &err));
	assert_false(ask(&(struct transport_options){ .proxy = "" }, "https://elsewhere.test:1", &a, &err));
	assert_refused(ask(NULL, "https://elsewhere.test:1", &a, &err), &err, ERR_NETWORK);
	assert_non_null(strstr(err.message, "proxy"));
	unsetenv("http_proxy");
	unsetenv("https_proxy");
	unsetenv("no_proxy");
	AUTO_FREE char *at_proxy = web_stop(&proxy);
	AUTO_FREE char *at_here = web_stop(&here);

	assert_string_equal(at_proxy, "CONNECT elsewhere.test:1 -\n");
	assert_string_equal(at_here, "GET /metadata -\n");
}

/* ---- what a server may cost ----------------------------------------------------------------------------------------- */

/* A whole head, and then a byte now and then for ever. */
static bool drip(struct web_line *l, const struct web_request *req)
{
	static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\n\r\n";

	(void)req;
	if (!web_put(l, head, sizeof(head) - 1))
		return false;
	while (web_put(l, "                                                                ", 64)) {
		struct timespec pause = { .tv_nsec = 20 * 1000 * 1000 };

		nanosleep(&pause, NULL);
	}
	return false;
}

static void limits__end_it__body_that_never_ends(void **state)
{
	static const struct transport_limits limits[] = { { .request = 1 }, { .all = 1 } };

	(void)state;
	for (size_t i = 0; i < N_ELEMENTS(limits); i++) {
		AUTO_ANSWER struct http_answer a;
		struct err err;
		struct web w;

		web_start(&w, &(struct web_options){ .answer = drip });
		assert_refused(ask(&(struct transport_options){ .limits = limits[i] }, w.base, &a, &err), &err, ERR_NETWORK);
		assert_true(a.timed_out && a.may_have_arrived);
		free(web_stop(&w));
	}
}

static void limits__no_more_requests__time_is_up(void **state)
{
	struct transport_options o = { .limits = { .all = 1 } };
	AUTO_ANSWER struct http_answer a;
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	struct err err;
	struct web slow, w;
	struct transport *t = transport_http(&o, &err);

	(void)state;
	web_start(&slow, &(struct web_options){ .answer = drip });
	web_start(&w, &(struct web_options){ .answer = say_ok });
	http_answer_init(&a);
	sbuf_addf(&url, "%s/a", slow.base);
	assert_false(t->send(t, &(struct http_request){ .method = "GET", .url = url.s }, &a, &err));
	assert_true(a.timed_out);
	http_answer_release(&a);
	http_answer_init(&a);
	sbuf_clear(&url);
	sbuf_addf(&url, "%s/b", w.base);
	assert_refused(t->send(t, &(struct http_request){ .method = "GET", .url = url.s }, &a, &err), &err, ERR_NETWORK);
	assert_false(a.may_have_arrived);
	transport_close(t);
	free(web_stop(&slow));
	AUTO_FREE char *journal = web_stop(&w);

	assert_string_equal(journal, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tls__believes_only_the_county),
		cmocka_unit_test(tls__names_todays_date__certificate_outside_its_dates),
		cmocka_unit_test(tls__refuses__older_than_1_2),
		cmocka_unit_test(tls__shows_our_certificate),
		cmocka_unit_test(tls__refuses_at_once__certificate_that_is_none),
		cmocka_unit_test(bearer__does_not_follow__redirect_to_another_server),
		cmocka_unit_test(origin__is_scheme_host_and_port),
		cmocka_unit_test(proxy__carries_the_line__and_learns_no_bearer),
		cmocka_unit_test(proxy__is_not_asked__by_no_proxy_none_and_loopback),
		cmocka_unit_test(limits__end_it__body_that_never_ends),
		cmocka_unit_test(limits__no_more_requests__time_is_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
