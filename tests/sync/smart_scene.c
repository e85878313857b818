#include "smart_scene.h"

#include "app/base/json.h"
#include "app/base/mem.h"
#include "jwt_check.h"
#include "support/base/check.h"

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
	if (c->mood == MOOD_FAULT) {
		a->retry_after = c->wait;
		return reply(a, 503, "text/html", date, "");
	}
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

static void note_settled(void *ctx)
{
	(*(size_t *)ctx)++;
}

void smart_begin(struct scene *s)
{
	*s = (struct scene){ .here = NOW };
	s->key = device_key_new(DEVICE_KEY_ES384, &s->err);
	assert_non_null(s->key);
	s->c = (struct county){ .t = { .send = county_send, .close = county_close, .begin = county_begin }, .ours = NOW, .configuration = CONFIGURATION, .content_type = "application/json", .life = 300, .known = { s->key }, .client = "clinic-7" };
	s->smart = (struct auth_smart){ .client_id = "clinic-7", .token_url = "", .scope = "", .key = s->key, .settled = note_settled, .settled_ctx = &s->settled };
	clock_init_manual(&s->clock, &s->here);
	s->o = (struct auth_options){ .base = BASE, .smart = &s->smart, .clock = &s->clock };
}

void smart_end(struct scene *s)
{
	assert_false(s->c.wrong_place);
	transport_close(s->t);
	device_key_free(s->key);
	device_key_free(s->before);
}

void smart_anew(struct scene *s)
{
	transport_close(s->t);
	s->t = auth_transport(&s->c.t, &s->o);
}

int smart_ask(struct scene *s)
{
	AUTO_ANSWER struct http_answer a;

	if (!s->t)
		smart_anew(s);
	http_answer_init(&a);
	return s->t->send(s->t, &(struct http_request){ .method = "GET", .url = BASE "/Patient" }, &a, &s->err) ? a.status : 0;
}

void smart_pass(struct scene *s, int64_t seconds)
{
	s->here += seconds * 1000;
	s->c.ours += seconds * 1000;
}
