/* How a computer joins the hub.
 *
 * The code stands on the hub's screen and is typed at the other computer; it never goes over the line.  The joiner says
 * H(code; "join", its device, a nonce, the key of the certificate that it sees); somebody in between, who shows another
 * certificate, cannot use that.  The hub answers with a key for this device and H(code; "key", nonce, certificate, key), so
 * the joiner knows that who answers has read the same code.  A code serves once, and ten wrong tries end it. */
#include <ctype.h>
#include <sodium.h>

#include "app/base/i18n.h"
#include "sync/hub_serve_int.h"

enum { PROOF_BYTES = 32,
	PROOF_TEXT = 2 * PROOF_BYTES + 1,
	NONCE_TEXT = 33 };

/* Letters and digits of a code, in capitals: people type blanks and dashes as they like. */
static void plain_code(const char *code, char out[HUB_CODE])
{
	size_t n = 0;

	for (; *code && n < HUB_CODE - 1; code++)
		if (isalnum((unsigned char)*code))
			out[n++] = (char)toupper((unsigned char)*code);
	out[n] = '\0';
}

static void prove(const char *code, const char *what, const char *const parts[], size_t n, char out[PROOF_TEXT])
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	unsigned char sum[PROOF_BYTES];
	char key[HUB_CODE];

	plain_code(code, key);
	sbuf_adds(&text, what);
	for (size_t i = 0; i < n; i++)
		sbuf_addf(&text, "\n%zu %s", strlen(parts[i]), parts[i]);
	/* BLAKE2b takes keys of 16 bytes and more. */
	crypto_generichash(sum, 16, (const unsigned char *)key, strlen(key), NULL, 0);
	crypto_generichash(sum, sizeof sum, (const unsigned char *)text.s, text.len, sum, 16);
	sodium_bin2hex(out, PROOF_TEXT, sum, sizeof sum);
}

static bool is_equal(const char *a, const char *b)
{
	return strlen(a) == strlen(b) && sodium_memcmp(a, b, strlen(a)) == 0;
}

/* ---- at the hub -------------------------------------------------------------------------------------------------------- */

static bool is_device(const char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]))
			return false;
	return n > 0 && n < 16;
}

static void let_in(struct app *app, const char *code, const char *pin, const struct json_object *doc, struct hub_reply *out)
{
	const char *nonce = json_text(doc, "nonce");
	AUTO_JSON struct json_object *o = json_object_new_object();
	char key[HUB_KEY_TEXT], proof[PROOF_TEXT];
	struct err err;

	if (!hub_client_key(app, json_text(doc, "device"), key, &err) || !hub_invite_end(app, false, &err)) {
		hub_fault(out, &err);
		return;
	}
	prove(code, "key", (const char *const[]){ nonce, pin, key }, 3, proof);
	json_set_text(o, "key", key);
	json_set_text(o, "proof", proof);
	json_set_text(o, "clinic", app->clinic.name);
	out->status = 200;
	json_write(&out->body, o);
}

void hub_door(struct app *app, const char *pin, const char *body, size_t n, struct hub_reply *out)
{
	static const struct json_limits small = { 4096, 4, 64, 1024 };
	AUTO_JSON struct json_object *doc = NULL;
	const char *device, *nonce, *proof;
	char code[HUB_CODE], want[PROOF_TEXT];
	struct err err;

	if (!body || !json_parse(body, n, &small, &doc, &err) || !(device = json_text(doc, "device")) ||
		!(nonce = json_text(doc, "nonce")) || !(proof = json_text(doc, "proof")) || !is_device(device) ||
		strlen(nonce) != NONCE_TEXT - 1) {
		hub_refuse(out, 400, "structure", "this door is for computers that join");
		return;
	}
	if (json_flag(doc, "practice", false) != app->clinic.practice) {
		hub_refuse(out, 409, "business-rule", "practice");
		return;
	}
	if (!hub_invite_code(app, code, &err)) {
		hub_fault(out, &err);
		return;
	}
	prove(code, "join", (const char *const[]){ device, nonce, pin }, 3, want);
	if (*code && is_equal(proof, want)) {
		let_in(app, code, pin, doc, out);
		return;
	}
	if (!hub_invite_end(app, true, &err))
		log_err("hub: counting a wrong code", &err);
	hub_refuse(out, 403, "forbidden", "code");
}

/* ---- at the joiner ------------------------------------------------------------------------------------------------------- */

/* "192.168.1.10" -> "https://192.168.1.10:7653"; a whole address stays.  Plain http is for this computer alone. */
static bool origin_of(const char *address, char *out, size_t size, struct err *err)
{
	char base[TRANSPORT_URL_MAX];
	const char *path;

	if (strstr(address, "://"))
		snprintf(out, size, "%s", address);
	else if (strchr(address, ':'))
		snprintf(out, size, "https://%s", address);
	else
		snprintf(out, size, "https://%s:%d", address, HUB_PORT);
	if (!transport_check_url(out, base, err)) {
		if (err->code == ERR_INVALID_VALUE)
			err_set(err, ERR_INVALID_VALUE, _("\"%s\" is no address of a hub."), address);
		err_example(err, "192.168.1.10");
		return err_at(err, "address");
	}
	path = strstr(base, "://") + 3;
	snprintf(out, size, "%.*s%.*s", (int)(path - base), base, (int)strcspn(path, "/"), path);
	return true;
}

static bool not_let_in(const struct http_answer *a, struct err *err)
{
	if (a->status == 409)
		return err_set(err, ERR_PRACTICE, "%s", _("A practice clinic and a real one do not exchange anything."));
	if (a->status != 403)
		return err_system(err, ERR_SERVER, a->status, _("What answers at the hub's address is no hub of this program."),
			"HTTP %d", a->status);
	err_set(err, ERR_AUTH, "%s",
		_("The hub does not know this code. Let it show a new one; each is good for 15 minutes and one computer."));
	err_example(err, "cunyi hub invite");
	return err_at(err, "code");
}

static bool ask_door(struct app *app, struct transport *t, const char *origin, const char *pin, const char *code,
	char key[HUB_KEY_TEXT], struct err *err)
{
	AUTO_JSON struct json_object *say = json_object_new_object();
	AUTO_JSON struct json_object *answer = NULL;
	AUTO_SBUF struct sbuf body = SBUF_INIT;
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_ANSWER struct http_answer a;
	char nonce[NONCE_TEXT], proof[PROOF_TEXT];
	unsigned char raw[16];
	const char *theirs;

	randombytes_buf(raw, sizeof raw);
	sodium_bin2hex(nonce, sizeof nonce, raw, sizeof raw);
	prove(code, "join", (const char *const[]){ app->device_code, nonce, pin }, 3, proof);
	json_set_text(say, "device", app->device_code);
	json_set_text(say, "nonce", nonce);
	json_set_text(say, "proof", proof);
	json_set_bool(say, "practice", app->clinic.practice);
	json_write(&body, say);
	sbuf_addf(&url, "%s" HUB_DOOR, origin);
	http_answer_init(&a);
	if (!t->send(t, &(struct http_request){ .method = "POST", .url = url.s, .body = body.s, .body_len = body.len }, &a, err))
		return false;
	if (a.status != 200 || !json_parse(a.body.s, a.body.len, NULL, &answer, err))
		return not_let_in(&a, err);
	snprintf(key, HUB_KEY_TEXT, "%s", json_text(answer, "key") ? json_text(answer, "key") : "");
	theirs = json_text(answer, "proof");
	prove(code, "key", (const char *const[]){ nonce, pin, key }, 3, proof);
	return (theirs && is_equal(theirs, proof)) ||
		err_set(err, ERR_AUTH, "%s", _("What answered is not the hub that showed the code. Nothing was sent."));
}

/* The key of the certificate that is shown there; "" on this computer's own plain line. */
static bool look_at(const char *origin, char pin[HUB_PIN], struct err *err)
{
	AUTO_SBUF struct sbuf pem = SBUF_INIT;

	*pin = '\0';
	if (strncmp(origin, "https:", 6) != 0)
		return true;
	return transport_certificate(origin, &pem, err) && hub_pin_of(pem.s, pin, err);
}

static bool check_code(const char *code, struct err *err)
{
	char plain[HUB_CODE];

	plain_code(code, plain);
	if (strlen(plain) == HUB_CODE_LETTERS)
		return true;
	err_set(err, ERR_INVALID_VALUE, _("The code has %d letters and digits."), HUB_CODE_LETTERS);
	err_at(err, "code");
	return err_example(err, "K7PM-4TQ9-XW2A");
}

/* Who joins gives up the store that the others have joined: of the hub that is asked for by itself. */
static bool is_no_hub(struct app *app, struct err *err)
{
	struct hub_state h;

	if (!hub_state(app, &h, err))
		return false;
	if (h.role != HUB_SELF)
		return true;
	err_set(err, ERR_WRONG_STATE, "%s",
		_("This computer is the hub itself: the others join it. To join another one it leaves its own first."));
	return err_example(err, "cunyi hub leave");
}

bool hub_join(struct app *app, const char *address, const char *code, struct err *err)
{
	char origin[TRANSPORT_URL_MAX / 2 - 8], base[TRANSPORT_URL_MAX / 2], pin[HUB_PIN], key[HUB_KEY_TEXT];
	struct transport *t;
	bool ok;

	if (sodium_init() < 0)
		return err_set(err, ERR_IO, "libsodium");
	if (!is_no_hub(app, err) || !check_code(code, err) || !origin_of(address, origin, sizeof origin, err))
		return false;
	ok = look_at(origin, pin, err);
	t = ok ? transport_pinned(pin, err) : NULL;
	ok = t && ask_door(app, t, origin, pin, code, key, err);
	transport_close(t);
	if (!ok && err->code == ERR_NETWORK) /* what is kept for it when it is back is nothing yet */
		snprintf(err->message, sizeof err->message,
			_("The hub cannot be reached at %s. Is the address right, and is it running?"), origin);
	snprintf(base, sizeof base, "%s" HUB_PREFIX, origin);
	return ok && hub_join_at(app, base, pin, key, err);
}
