/* How a computer is set to reach the county: what may be set, what is taken in, and the whole way with a real server. */
#include <sys/stat.h>

#include "app/base/json.h"
#include "app/base/mem.h"
#include "app/service/clinic_settings.h"
#include "app/service/county.h"
#include "support/service/clinic.h"
#include "sync/auth.h"
#include "web.h"

/* ---- settings ------------------------------------------------------------------------------------------------------- */

#define PIN "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static const struct {
	const char *key, *value;
	enum err_code code;
} values[] = {
	{ "login", "key", ERR_NONE },
	{ "login", "certificate", ERR_NONE },
	{ "login", "password", ERR_INVALID_VALUE },
	{ "login", "", ERR_NONE },
	{ "client_id", "clinic-350299101", ERR_NONE },
	{ "client_id", "two words", ERR_INVALID_VALUE },
	{ "client_id", "say \"", ERR_INVALID_VALUE },
	{ "client_id", "\xe6\x9d\x91", ERR_INVALID_VALUE },
	{ "token_url", "https://login.example.gov.cn/token", ERR_NONE },
	{ "token_url", "http://login.example.gov.cn/token", ERR_INVALID_VALUE },
	{ "token_url", "https://", ERR_INVALID_VALUE },
	{ "scope", "system/Patient.rs system/Task.cruds", ERR_NONE },
	{ "scope", "a\tb", ERR_INVALID_VALUE },
	{ "proxy", "none", ERR_NONE },
	{ "proxy", "environment", ERR_NONE },
	{ "proxy", "http://10.1.1.1:3128", ERR_NONE },
	{ "proxy", "socks5h://10.1.1.1:1080", ERR_NONE },
	{ "proxy", "http://name:pass@10.1.1.1:3128", ERR_INVALID_VALUE },
	{ "proxy", "file:///etc/passwd", ERR_INVALID_VALUE },
	{ "proxy", "10.1.1.1", ERR_INVALID_VALUE },
	{ "pins", PIN, ERR_NONE },
	{ "pins", PIN ";" PIN, ERR_NONE },
	{ "pins", "", ERR_NONE },
	{ "pins", "sha256//short=", ERR_INVALID_VALUE },
	{ "pins", PIN "," PIN, ERR_INVALID_VALUE },
	{ "pins", "sha1//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", ERR_INVALID_VALUE },
	{ "pins", PIN ";" PIN ";" PIN ";" PIN ";" PIN ";" PIN ";" PIN ";" PIN ";" PIN, ERR_INVALID_VALUE },
	{ "load", "all", ERR_NONE },
	{ "load", "350299101", ERR_NONE },
	{ "load", "350299101,350299102", ERR_NONE },
	{ "load", "350299101, 350299102、350299103，350299101;", ERR_NONE },
	{ "load", "35029910", ERR_INVALID_VALUE },
	{ "load", "350299101001", ERR_INVALID_VALUE }, /* a village */
	{ "load", "东乡", ERR_INVALID_VALUE },
	{ "load", "350299101-350299102", ERR_INVALID_VALUE },
	{ "load", "100000001,100000002,100000003,100000004,100000005,100000006,100000007,100000008,100000009,100000010,100000011,100000012",
		ERR_NONE },
	{ "load", "100000001,100000002,100000003,100000004,100000005,100000006,100000007,100000008,100000009,100000010,100000011,100000012,"
		  "100000013", ERR_INVALID_VALUE },
	{ "colour", "red", ERR_UNKNOWN_FIELD },
};

static void settings__take_what_is_right(void **state)
{
	struct test_clinic c;
	struct county_settings s, back;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(values); i++) {
		struct err err = { 0 };
		bool ok;

		assert_ok(county_load(&c.app, &s, &c.err), &c.err);
		ok = county_set(&s, values[i].key, values[i].value, &err);
		assert_case(ok == (values[i].code == ERR_NONE) && err.code == values[i].code, i, values[i].value);
		assert_case(ok || (*err.message && !strcmp(err.field, values[i].key)), i, "names the field");
		assert_ok(county_store(&c.app, &s, &c.err) && county_load(&c.app, &back, &c.err), &c.err);
		for (size_t k = 0; county_setting(k); k++)
			assert_case(!strcmp(county_get(&s, county_setting(k)), county_get(&back, county_setting(k))), i, county_setting(k));
	}
	memset(s.scope, 'x', sizeof(s.scope) - 1);
	s.scope[sizeof(s.scope) - 1] = '\0';
	assert_refused(county_set(&back, "scope", arena_printf(&c.mem, "%sx", s.scope), &c.err), &c.err, ERR_INVALID_VALUE);
	clinic_stop(&c);
}

/* ---- what the county gave -------------------------------------------------------------------------------------------- */

static bool is_private(struct app *app, enum county_file which)
{
	struct err err;
	AUTO_FREE char *path = county_path(app, which, &err);
	struct stat st;

	return path && stat(path, &st) == 0 && (st.st_mode & 0777) == 0600;
}

static void secrets__are_for_the_owner_alone(void **state)
{
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	assert_ok(county_take(&c.app, &(struct county_given){ .token = " abc.def-1 \r\n", .proxy_login = "name:pass word\n" }, &c.err), &c.err);
	device_key_free(county_key(&c.app, &c.err));
	AUTO_SBUF struct sbuf token = SBUF_INIT;

	assert_ok(county_read_file(&c.app, COUNTY_TOKEN, &token, &c.err), &c.err);
	assert_string_equal(token.s, "abc.def-1");
	assert_true(is_private(&c.app, COUNTY_TOKEN) && is_private(&c.app, COUNTY_PROXY_LOGIN) && is_private(&c.app, COUNTY_KEY));
	assert_ok(county_take(&c.app, &(struct county_given){ .token = "" }, &c.err), &c.err);
	assert_false(is_private(&c.app, COUNTY_TOKEN));
	assert_true(is_private(&c.app, COUNTY_PROXY_LOGIN));
	clinic_stop(&c);
}

static void given__all_of_it_or_nothing(void **state)
{
	AUTO_PKI struct pki ca = pki_authority("County CA");
	AUTO_PKI struct pki a = pki_make(&(struct pki_wish){ "D1", NULL, -1, 90, false }, &ca);
	AUTO_PKI struct pki b = pki_make(&(struct pki_wish){ "D2", NULL, -1, 90, false }, &ca);
	const struct {
		struct county_given given;
		enum err_code code;
	} cases[] = {
		{ { .token = "good", .ca = "no certificate" }, ERR_FORMAT },
		{ { .token = "two words" }, ERR_FORMAT },
		{ { .token = "two\nlines" }, ERR_FORMAT },
		{ { .token = "good", .proxy_login = "no colon" }, ERR_FORMAT },
		{ { .token = "good", .certificate = a.certificate }, ERR_INCONSISTENT }, /* not for our key */
		{ { .token = "good", .certificate = a.certificate, .key = b.key }, ERR_INCONSISTENT },
		{ { .token = "good", .certificate = a.key, .key = a.key }, ERR_FORMAT },
		{ { .token = "good", .key = a.key }, ERR_REQUIRED },
	};
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct county_view v;

		assert_refused(county_take(&c.app, &cases[i].given, &c.err), &c.err, cases[i].code);
		assert_ok(county_view(&c.app, &c.mem, &v, &c.err), &c.err);
		assert_case(!v.has_token && !v.has_ca && !v.has_certificate && !v.has_proxy_login, i, "nothing was taken");
	}
	clinic_stop(&c);
}

static void key__public_half_is_shown__secret_half_never(void **state)
{
	AUTO_SBUF struct sbuf first = SBUF_INIT;
	AUTO_SBUF struct sbuf again = SBUF_INIT;
	AUTO_SBUF struct sbuf both = SBUF_INIT;
	struct test_clinic c;

	(void)state;
	clinic_start(&c);
	assert_ok(county_public_keys(&c.app, &first, &c.err) && county_public_keys(&c.app, &again, &c.err), &c.err);
	assert_string_equal(first.s, again.s);
	assert_ok(county_key_renew(&c.app, DEVICE_KEY_RS384, &c.err), &c.err);
	assert_ok(county_public_keys(&c.app, &both, &c.err), &c.err);
	AUTO_JSON struct json_object *o = NULL;

	assert_ok(json_parse(both.s, both.len, NULL, &o, &c.err), &c.err);
	assert_int_equal(json_count(json_array(o, "keys")), 2);
	for (size_t i = 0; i < 2; i++) {
		struct json_object *key = json_object_array_get_idx(json_array(o, "keys"), i);

		assert_string_equal(json_text(key, "alg"), i ? "ES384" : "RS384");
		assert_null(json_member(key, "d"));
		assert_int_equal(strlen(json_text(key, "kid")), 43);
	}
	assert_ok(county_drop_file(&c.app, COUNTY_KEY_BEFORE, &c.err), &c.err);
	sbuf_clear(&both);
	assert_ok(county_public_keys(&c.app, &both, &c.err), &c.err);
	assert_null(strstr(both.s, "ES384"));
	clinic_stop(&c);
}

static void key__damaged_file__is_said_and_not_replaced(void **state)
{
	struct test_clinic c;
	AUTO_FREE char *path = NULL;

	(void)state;
	clinic_start(&c);
	device_key_free(county_key(&c.app, &c.err));
	path = county_path(&c.app, COUNTY_KEY, &c.err);
	scratch_write(path, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", 0);
	assert_null(county_key(&c.app, &c.err));
	assert_int_equal(c.err.code, ERR_FORMAT);
	clinic_stop(&c);
}

/* ---- the whole way --------------------------------------------------------------------------------------------------- */

static bool be_county(struct web_line *l, const struct web_request *req)
{
	const char *wants = req->ctx;

	if (wants && strcmp(req->authorization, wants) != 0)
		return web_say(l, "401 Who are you", "application/fhir+json", "", "{}");
	return web_say(l, "200 OK", "application/fhir+json", "",
		"{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\",\"software\":{\"name\":\"test\\u001b]0;x county\"}}");
}

static void set(struct test_clinic *c, const char *address, const char *key, const char *value)
{
	struct county_settings s;

	assert_ok(county_load(&c->app, &s, &c->err) && county_set(&s, key, value, &c->err) && county_store(&c->app, &s, &c->err) &&
			clinic_set_county(&c->app, address, &c->err),
		&c->err);
}

static void way__by_a_certificate_on_our_request(void **state)
{
	AUTO_PKI struct pki ca = pki_authority("County CA"), own = pki_server(&ca);
	AUTO_SBUF struct sbuf request = SBUF_INIT;
	struct test_clinic c;
	struct county_view v;
	char software[128];
	struct web w;

	(void)state;
	clinic_start(&c);
	web_start(&w, &(struct web_options){ .tls = &own, .answer = be_county, .client_ca = ca.certificate });
	set(&c, w.base, "login", "certificate");
	assert_ok(county_take(&c.app, &(struct county_given){ .ca = ca.certificate }, &c.err), &c.err);
	/* it is not here yet: nobody refused us */
	assert_refused(auth_try(&c.app, software, sizeof(software), &c.err), &c.err, ERR_NOT_FOUND);
	assert_ok(county_request(&c.app, &request, &c.err), &c.err);
	AUTO_FREE char *certificate = pki_sign_request(request.s, &ca);

	assert_ok(county_take(&c.app, &(struct county_given){ .certificate = certificate }, &c.err), &c.err);
	assert_ok(auth_try(&c.app, software, sizeof(software), &c.err), &c.err);
	assert_null(strchr(software, '\x1b'));
	assert_ok(county_view(&c.app, &c.mem, &v, &c.err), &c.err);
	assert_string_equal(v.certificate.subject, c.app.device_code);
	assert_string_equal(v.certificate.issuer, "County CA");
	/* A new key does not take the certificate's one away. */
	assert_ok(county_key_renew(&c.app, DEVICE_KEY_ES384, &c.err), &c.err);
	assert_ok(auth_try(&c.app, software, sizeof(software), &c.err), &c.err);
	assert_ok(county_drop_file(&c.app, COUNTY_KEY_BEFORE, &c.err), &c.err);
	assert_refused(auth_try(&c.app, software, sizeof(software), &c.err), &c.err, ERR_NOT_FOUND);
	AUTO_FREE char *journal = web_stop(&w);

	assert_string_equal(journal, "GET /metadata -\nGET /Patient?_summary=count -\n"
			       "GET /metadata -\nGET /Patient?_summary=count -\n");
	clinic_stop(&c);
}

static void way__by_a_certificate_and_key_of_the_county(void **state)
{
	AUTO_PKI struct pki ca = pki_authority("County CA"), own = pki_server(&ca);
	AUTO_PKI struct pki ours = pki_make(&(struct pki_wish){ "D1", NULL, -1, 90, false }, &ca);
	struct test_clinic c;
	char software[128];
	struct web w;

	(void)state;
	clinic_start(&c);
	web_start(&w, &(struct web_options){ .tls = &own, .answer = be_county, .client_ca = ca.certificate });
	set(&c, w.base, "login", "certificate");
	assert_ok(county_take(&c.app,
			  &(struct county_given){ .ca = ca.certificate, .certificate = ours.certificate, .key = ours.key }, &c.err),
		&c.err);
	assert_ok(auth_try(&c.app, software, sizeof(software), &c.err), &c.err);
	free(web_stop(&w));
	clinic_stop(&c);
}

static void accepts(struct test_clinic *c, const char *base)
{
	struct transport *line = auth_county_line(&c->app, base, &c->err);
	AUTO_ANSWER struct http_answer answer;
	AUTO_SBUF struct sbuf url = SBUF_INIT;

	assert_non_null(line);
	http_answer_init(&answer);
	sbuf_addf(&url, "%s/Patient", base);
	assert_ok(line->send(line, &(struct http_request){ .method = "GET", .url = url.s }, &answer, &c->err), &c->err);
	assert_int_equal(answer.status, 200);
	transport_close(line);
}

static void way__by_the_countys_secret_text(void **state)
{
	struct test_clinic c;
	char software[128], *seen;
	struct web w, other;

	(void)state;
	clinic_start(&c);
	web_start(&w, &(struct web_options){ .answer = be_county, .ctx = "Bearer abc" });
	set(&c, w.base, "login", "token");
	assert_refused(auth_try(&c.app, software, sizeof(software), &c.err), &c.err, ERR_NOT_FOUND);
	assert_ok(county_take(&c.app, &(struct county_given){ .token = "wrong" }, &c.err), &c.err);
	assert_refused(auth_try(&c.app, software, sizeof(software), &c.err), &c.err, ERR_AUTH);
	assert_ok(county_take(&c.app, &(struct county_given){ .token = "abc" }, &c.err), &c.err);
	assert_ok(auth_try(&c.app, software, sizeof(software), &c.err), &c.err);
	accepts(&c, w.base); /* what it shows to everybody is no word about the text */
	web_start(&other, &(struct web_options){ .answer = be_county, .ctx = "Bearer abc" }); /* a wrong address, or somebody else's */
	set(&c, other.base, "login", "token");
	assert_refused(auth_try(&c.app, software, sizeof(software), &c.err), &c.err, ERR_AUTH);
	assert_non_null(strstr(c.err.message, w.base));
	seen = web_stop(&other);
	assert_null(strstr(seen ? seen : "", "GET")); /* nobody was asked */
	free(seen);
	set(&c, w.base, "login", "token");
	assert_ok(auth_try(&c.app, software, sizeof(software), &c.err), &c.err);
	set(&c, w.base, "login", "none"); /* the text is here, but not used */
	assert_refused(auth_try(&c.app, software, sizeof(software), &c.err), &c.err, ERR_AUTH);
	free(web_stop(&w));
	clinic_stop(&c);
}

/* What it is it tells everybody, and who is in it nobody whom it does not know. */
static bool be_open_county(struct web_line *l, const struct web_request *req)
{
	if (strcmp(req->path, "/metadata") != 0 && strcmp(req->authorization, "Bearer abc") != 0)
		return web_say(l, "401 Who are you", "application/fhir+json", "", "{}");
	return web_say(l, "200 OK", "application/fhir+json", "",
		"{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\"}");
}

static void way__is_asked_for__it_tells_everybody_what_it_is(void **state)
{
	struct test_clinic c;
	char software[128];
	struct web w;

	(void)state;
	clinic_start(&c);
	i18n_set_language("en");
	web_start(&w, &(struct web_options){ .answer = be_open_county });
	set(&c, w.base, "login", "none");
	assert_refused(auth_try(&c.app, software, sizeof(software), &c.err), &c.err, ERR_AUTH);
	assert_non_null(strstr(c.err.message, "how we prove who we are"));
	set(&c, w.base, "login", "token");
	assert_ok(county_take(&c.app, &(struct county_given){ .token = "wrong" }, &c.err), &c.err);
	assert_refused(auth_try(&c.app, software, sizeof(software), &c.err), &c.err, ERR_AUTH);
	assert_non_null(strstr(c.err.message, "does not know this clinic's key"));
	assert_ok(county_take(&c.app, &(struct county_given){ .token = "abc" }, &c.err), &c.err);
	assert_ok(auth_try(&c.app, software, sizeof(software), &c.err), &c.err);
	i18n_set_language("zh");
	free(web_stop(&w));
	clinic_stop(&c);
}

static bool be_portal(struct web_line *l, const struct web_request *req)
{
	(void)req;
	return web_say(l, "200 OK", "text/html; charset=utf-8", "", "<html>Please log in</html>");
}

static void way__a_captive_portal_is_no_county(void **state)
{
	struct test_clinic c;
	char software[128];
	struct web w;

	(void)state;
	clinic_start(&c);
	assert_refused(auth_try(&c.app, software, sizeof(software), &c.err), &c.err, ERR_USAGE); /* no address yet */
	web_start(&w, &(struct web_options){ .answer = be_portal });
	set(&c, w.base, "login", "none");
	assert_refused(auth_try(&c.app, software, sizeof(software), &c.err), &c.err, ERR_NETWORK);
	assert_non_null(strstr(c.err.message, "log in to it first"));
	free(web_stop(&w));
	clinic_stop(&c);
}

static void view__says_what_is_lacking(void **state)
{
	struct test_clinic c;
	struct county_view v;

	(void)state;
	clinic_start(&c);
	assert_ok(county_view(&c.app, &c.mem, &v, &c.err), &c.err);
	assert_non_null(strstr(v.lacks, "address"));
	for (int i = COUNTY_LOGIN_KEY; i < COUNTY_LOGINS; i++) {
		set(&c, "http://127.0.0.1:1/fhir", "login", county_logins[i].value);
		assert_ok(county_view(&c.app, &c.mem, &v, &c.err), &c.err);
		assert_case(*v.lacks && v.settings.login == (enum county_login)i, i, v.lacks);
	}
	set(&c, "http://127.0.0.1:1/fhir", "login", "none");
	assert_ok(county_view(&c.app, &c.mem, &v, &c.err), &c.err);
	assert_string_equal(v.lacks, "");
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings__take_what_is_right),
		cmocka_unit_test(secrets__are_for_the_owner_alone),
		cmocka_unit_test(given__all_of_it_or_nothing),
		cmocka_unit_test(key__public_half_is_shown__secret_half_never),
		cmocka_unit_test(key__damaged_file__is_said_and_not_replaced),
		cmocka_unit_test(way__by_a_certificate_on_our_request),
		cmocka_unit_test(way__by_a_certificate_and_key_of_the_county),
		cmocka_unit_test(way__by_the_countys_secret_text),
		cmocka_unit_test(way__is_asked_for__it_tells_everybody_what_it_is),
		cmocka_unit_test(way__a_captive_portal_is_no_county),
		cmocka_unit_test(view__says_what_is_lacking),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
