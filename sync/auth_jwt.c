/* A signed statement about ourselves: three pieces of base64url with dots between (RFC 7519). */
#include "sync/auth_int.h"

#include <sodium.h>

#include "app/base/json.h"
#include "app/base/mem.h"

static void add_base64(const void *data, size_t n, struct sbuf *out)
{
	size_t size = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	AUTO_FREE char *text = xmalloc(size);

	sbuf_adds(out, sodium_bin2base64(text, size, data, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING));
}

static void add_object(const struct json_object *o, struct sbuf *out)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	json_write(&text, o);
	add_base64(text.s, text.len, out);
}

static struct json_object *head_of(const struct device_key *key)
{
	struct json_object *head = json_object_new_object();
	char id[DEVICE_KEY_ID];

	device_key_id(key, id);
	json_set_text(head, "alg", device_key_algorithm(key));
	json_set_text(head, "kid", id);
	json_set_text(head, "typ", "JWT");
	return head;
}

bool auth_statement(const struct device_key *key, const char *client_id, const char *audience, int64_t now, const char *jti,
	struct sbuf *out, struct err *err)
{
	AUTO_JSON struct json_object *head = head_of(key), *claims = json_object_new_object();
	AUTO_SBUF struct sbuf signature = SBUF_INIT;
	size_t begin = out->len;

	json_set_text(claims, "iss", client_id);
	json_set_text(claims, "sub", client_id);
	json_set_text(claims, "aud", audience);
	json_set_int(claims, "iat", now / 1000);
	json_set_int(claims, "exp", now / 1000 + AUTH_STATEMENT_S);
	json_set_text(claims, "jti", jti);
	add_object(head, out);
	sbuf_addc(out, '.');
	add_object(claims, out);
	if (!device_key_sign(key, out->s + begin, out->len - begin, &signature, err))
		return false;
	sbuf_addc(out, '.');
	add_base64(signature.s, signature.len, out);
	return true;
}
