/* SMART Backend Services: where passes are given, getting one, and what a refusal means. */
#include "sync/auth_int.h"

#include <sodium.h>

#include "app/base/i18n.h"
#include "app/base/json.h"
#include "app/base/log.h"
#include "app/base/mem.h"

static bool is_json(const struct http_answer *answer)
{
	return strcmp(answer->content_type, "application/json") == 0 ||
		strcmp(answer->content_type, "application/fhir+json") == 0;
}

static bool read_json(const struct http_answer *answer, struct json_object **out)
{
	struct err ignored;

	*out = NULL;
	return is_json(answer) && json_parse(answer->body.s, answer->body.len, NULL, out, &ignored) && *out;
}

/* ---- where ---------------------------------------------------------------------------------------------------------- */

static bool page_instead(const struct http_answer *answer, struct err *err)
{
	if (answer->status >= 300 && answer->status < 400)
		return err_system(err, ERR_NETWORK, answer->status,
			_("The network asks for a login first, or the county's address has moved. Nothing was sent there."),
			"HTTP %d",
			answer->status);
	return err_system(err, ERR_NETWORK, answer->status,
		_("The network answered with a page instead of the county server: log in to it first."), "HTTP %d, content type %s",
		answer->status, answer->content_type);
}

static bool unsaid(const struct http_answer *answer, struct err *err)
{
	if (answer->status == 200 && !is_json(answer))
		return page_instead(answer, err);
	if (answer->status >= 300 && answer->status < 400)
		return page_instead(answer, err);
	if (answer->status == 429 || answer->status >= 500)
		return err_system(err, ERR_SERVER, answer->status, _("The county server has a fault. Try again later."), "HTTP %d",
			answer->status);
	err_system(err, ERR_AUTH, answer->status,
		_("The county server does not say where passes are given. Ask the county for that address (token_url)."), "HTTP %d",
		answer->status);
	return err_example(err, "cunyi county set --token-url https://login.example.gov.cn/token");
}

static bool holds(const struct json_object *list, const char *text)
{
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *item = json_object_array_get_idx(list, i);

		if (json_object_is_type(item, json_type_string) && strcmp(json_object_get_string(item), text) == 0)
			return true;
	}
	return false;
}

/* Servers of the first edition of SMART know the scopes read and write only; those of the second, cruds. */
static bool is_v1(const struct json_object *o)
{
	struct json_object *can = json_array(o, "capabilities");

	return holds(can, "permission-v1") && !holds(can, "permission-v2");
}

static bool take_address(struct auth *a, const char *url, struct err *err)
{
	char checked[TRANSPORT_URL_MAX];

	if (!transport_check_url(url, checked, err))
		return err_system(err, ERR_AUTH, 0,
			_("The address where passes are given cannot be used: it must begin with https."),
			"token endpoint");
	free(a->found_url);
	a->found_url = xstrdup(url);
	return true;
}

static bool find_endpoint(struct auth *a, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_ANSWER struct http_answer answer;
	AUTO_JSON struct json_object *o = NULL;
	const char *found;

	http_answer_init(&answer);
	if (*a->token_url)
		return take_address(a, a->token_url, err);
	sbuf_addf(&url, "%s/.well-known/smart-configuration", a->base);
	if (!auth_ask(a, &(struct http_request){ .method = "GET", .url = url.s, .content_type = "" }, &answer, err))
		return false;
	found = answer.status == 200 && read_json(&answer, &o) ? json_text(o, "token_endpoint") : NULL;
	if (!found)
		return unsaid(&answer, err);
	a->v1 = is_v1(o);
	return take_address(a, found, err);
}

/* ---- asking --------------------------------------------------------------------------------------------------------- */

static void add_form(struct sbuf *out, const char *name, const char *value)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	sbuf_addf(out, "%s%s=", out->len ? "&" : "", name);
	for (; *value; value++)
		if (strchr(plain, *value))
			sbuf_addc(out, *value);
		else
			sbuf_addf(out, "%%%02X", (unsigned)(unsigned char)*value);
}

static const char *scope_of(const struct auth *a)
{
	if (*a->scope)
		return a->scope;
	return a->v1 ? "system/*.read system/*.write" : "system/*.cruds";
}

static bool build(struct auth *a, const struct device_key *key, struct sbuf *body, struct err *err)
{
	AUTO_SBUF struct sbuf statement = SBUF_INIT;
	unsigned char random[18];
	char jti[32];

	randombytes_buf(random, sizeof(random));
	sodium_bin2base64(jti, sizeof(jti), random, sizeof(random), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	if (!auth_statement(key, a->client_id, a->found_url, auth_now(a), jti, &statement, err))
		return false;
	add_form(body, "grant_type", "client_credentials");
	add_form(body, "scope", scope_of(a));
	add_form(body, "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
	add_form(body, "client_assertion", statement.s);
	return true;
}

static bool is_pass(const char *text)
{
	size_t n = 0;

	for (; text[n]; n++)
		if (text[n] <= ' ' || text[n] > '~')
			return false;
	return n > 0 && n <= AUTH_PASS_MAX;
}

static bool take_pass(struct auth *a, const struct http_answer *answer, struct err *err)
{
	AUTO_JSON struct json_object *o = NULL;
	const char *text, *type;
	int64_t life;

	if (!read_json(answer, &o))
		return page_instead(answer, err);
	text = json_text(o, "access_token");
	type = json_text(o, "token_type");
	life = json_int(o, "expires_in", AUTH_LIFE_S);
	if (!text || !is_pass(text) || (type && strcasecmp(type, "bearer") != 0) || life <= 0)
		return err_system(err, ERR_AUTH, answer->status, _("The county's pass cannot be used."), "access_token");
	auth_pass_drop(a);
	life = life < AUTH_LIFE_MAX_S ? life : AUTH_LIFE_MAX_S;
	a->pass = (struct auth_pass){ .text = xstrdup(text), .from = auth_now(a), .until = auth_now(a) + life * 1000 };
	auth_session_save(a);
	return true;
}

/* ---- refusals -------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *error; /* RFC 6749 */
	const char *msgid;
} refusals[] = {
	{ "invalid_client", N_("The county does not know this computer's key. Send it the public half again (cunyi county key).") },
	{ "invalid_grant", N_("The county does not take this computer's signature. Ask the county whether name and key fit.") },
	{ "unauthorized_client", N_("The county does not allow this computer to log in by its key. Ask the county.") },
	{ "invalid_scope", N_("The county does not give what this program asks for (scope). Ask the county what to set.") },
	{ "unsupported_grant_type", N_("The county's login server does not know this way of logging in (SMART Backend Services).") },
	{ "invalid_request", N_("The county's login server does not understand the request. Ask the county.") },
};

/* The server's code is looked up and never printed: it is text from outside. */
static bool refused(const struct http_answer *answer, const struct json_object *o, struct err *err)
{
	const char *error = json_text(o, "error");

	if (answer->status == 429 || answer->status >= 500)
		return err_system(err, ERR_SERVER, answer->status, _("The county's login server has a fault. Try again later."),
			"token endpoint: HTTP %d", answer->status);
	for (size_t i = 0; error && i < N_ELEMENTS(refusals); i++)
		if (strcmp(error, refusals[i].error) == 0)
			return err_system(err, ERR_AUTH, answer->status, _(refusals[i].msgid), "token endpoint: HTTP %d, %s",
				answer->status, refusals[i].error);
	return err_system(err, ERR_AUTH, answer->status, _("The county's login server refuses this computer. Ask the county."),
		"token endpoint: HTTP %d", answer->status);
}

enum outcome { OUTCOME_PASS,
	OUTCOME_FAILED,
	OUTCOME_UNKNOWN_KEY };

static enum outcome ask_with(struct auth *a, const struct device_key *key, struct err *err)
{
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	AUTO_ANSWER struct http_answer answer;
	AUTO_JSON struct json_object *o = NULL;
	const char *error;

	http_answer_init(&answer);
	if (!build(a, key, &body, err) ||
		!auth_ask(a, &(struct http_request){ .method = "POST", .url = a->found_url, .body = body.s, .body_len = body.len,
					  .content_type = "application/x-www-form-urlencoded" },
			&answer, err))
		return OUTCOME_FAILED;
	if (answer.status == 200)
		return take_pass(a, &answer, err) ? OUTCOME_PASS : OUTCOME_FAILED;
	if (!read_json(&answer, &o) && answer.status < 429 && (answer.status != 401 && answer.status != 403)) {
		page_instead(&answer, err);
		return OUTCOME_FAILED;
	}
	refused(&answer, o, err);
	error = json_text(o, "error");
	return answer.status == 401 || (error && (strcmp(error, "invalid_client") == 0 || strcmp(error, "invalid_grant") == 0)) ?
		OUTCOME_UNKNOWN_KEY : OUTCOME_FAILED;
}

/* The login server's clock may be another than that of the server which told us where it is: what it says now is tried. */
static enum outcome ask_by_its_clock(struct auth *a, const struct device_key *key, struct err *err)
{
	int64_t before = a->offset, apart;
	enum outcome outcome = ask_with(a, key, err);

	apart = a->offset > before ? a->offset - before : before - a->offset;
	if (outcome != OUTCOME_UNKNOWN_KEY || apart <= AUTH_CLOCK_MS)
		return outcome;
	log_info("auth: the login server's clock is %lld s from ours", (long long)(a->offset / 1000));
	return ask_with(a, key, err);
}

static bool get_pass(struct auth *a, struct err *err)
{
	enum outcome outcome = ask_by_its_clock(a, a->key, err);
	struct err first = *err;

	if (outcome == OUTCOME_PASS && a->before && a->settled)
		a->settled(a->settled_ctx);
	if (outcome != OUTCOME_UNKNOWN_KEY || !a->before)
		return outcome == OUTCOME_PASS;
	if (ask_by_its_clock(a, a->before, err) == OUTCOME_PASS)
		return true;
	*err = first;
	return false;
}

/* Four fifths of its life, so that it does not end on the way. */
static bool still_good(const struct auth *a)
{
	int64_t now = auth_now(a);

	return a->pass.text && now >= a->pass.from - AUTH_CLOCK_MS && now < a->pass.from + (a->pass.until - a->pass.from) * 4 / 5;
}

bool auth_smart_pass(struct auth *a, bool fresh, struct err *err)
{
	if (!fresh && still_good(a))
		return true;
	auth_pass_drop(a);
	/* Each time anew: the county may have moved its login server, and the answer's Date is the clock of what follows. */
	return find_endpoint(a, err) && get_pass(a, err);
}
