/* A pass outlives the process: rounds come every few minutes, and each is a process of its own.  The file is for the owner
 * alone and holds nothing that the key beside it could not get anew; sealing it with that key would protect from nobody. */
#include "sync/auth_int.h"

#include "app/base/json.h"
#include "app/base/log.h"
#include "app/base/mem.h"
#include "app/base/path.h"

enum { SESSION_MAX = 16384 };

/* For whom and with what the pass was got: another server, name, scope or key, and it is none of ours. */
static void identity(const struct auth *a, struct sbuf *out)
{
	char id[DEVICE_KEY_ID] = "";

	device_key_id(a->key, id);
	sbuf_addf(out, "%s %s %s %s %s", a->base, a->client_id, a->token_url, id, a->scope);
}

void auth_session_load(struct auth *a)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	AUTO_SBUF struct sbuf mine = SBUF_INIT;
	AUTO_JSON struct json_object *o = NULL;
	const char *pass, *of, *url;
	struct err err;

	if (!a->session || !path_read(a->session, SESSION_MAX, &text, &err) || !json_parse(text.s, text.len, NULL, &o, &err))
		return;
	identity(a, &mine);
	pass = json_text(o, "pass");
	of = json_text(o, "for");
	url = json_text(o, "token_url");
	if (!pass || !*pass || !of || strcmp(of, mine.s) != 0 || !url)
		return;
	a->pass = (struct auth_pass){ .text = xstrdup(pass), .from = json_int(o, "from", 0), .until = json_int(o, "until", 0) };
	a->offset = json_int(o, "offset", 0);
	a->found_url = xstrdup(url);
	a->v1 = json_flag(o, "v1", false);
}

void auth_session_save(const struct auth *a)
{
	AUTO_JSON struct json_object *o = json_object_new_object();
	AUTO_SBUF struct sbuf mine = SBUF_INIT;
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	struct err err;

	if (!a->session)
		return;
	identity(a, &mine);
	json_set_text(o, "for", mine.s);
	json_set_text(o, "token_url", a->found_url);
	json_set_bool(o, "v1", a->v1);
	json_set_int(o, "from", a->pass.from);
	json_set_int(o, "until", a->pass.until);
	json_set_int(o, "offset", a->offset);
	json_set_text(o, "pass", a->pass.text);
	json_write(&text, o);
	if (!path_write(a->session, text.s, text.len, &err)) /* the next process gets one of its own */
		log_err("auth: keeping the pass", &err);
}
