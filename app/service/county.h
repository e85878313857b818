/* How this computer goes to the county's server: how it proves who it is, whom it believes, and the way there.
 *
 * All of it lies in files of the data folder (county/, for the owner alone) and not in the database: a backup that is
 * restored on another computer must not make two computers one.  What belongs to one computer is named after it, so that
 * a cloned folder which became another device does not go on with the keys of the first.  The address itself is the
 * clinic's (clinic_settings.h). */
#ifndef CUNYI_COUNTY_H
#define CUNYI_COUNTY_H

#include "app/base/i18n.h"
#include "app/service/app.h"
#include "app/service/device_key.h"

enum county_login {
	COUNTY_LOGIN_NONE, /* the address is enough: a server on this computer, or one that only this network reaches */
	COUNTY_LOGIN_KEY, /* SMART Backend Services: we sign with the device's key and get a pass for some minutes */
	COUNTY_LOGIN_CERTIFICATE, /* TLS with a certificate of this computer */
	COUNTY_LOGIN_TOKEN, /* one secret text that the county gave to this computer */
	COUNTY_LOGINS
};

/* By enum county_login: the word of commands and files, and what people read. */
extern const struct county_login_words {
	const char *value;
	struct term term;
} county_logins[COUNTY_LOGINS];

enum { COUNTY_TEXT = 512,
	COUNTY_PINS = 8,
	COUNTY_TOWNSHIPS = 12, /* a van serves several */
	COUNTY_TOWNSHIP = 10, /* nine digits */
	COUNTY_SECRET_MAX = 8192 };

struct county_settings {
	enum county_login login;
	char client_id[COUNTY_TEXT]; /* by what name the county knows us, for COUNTY_LOGIN_KEY; "" = the device's code */
	char token_url[COUNTY_TEXT]; /* where passes are given; "" = as the server says (.well-known/smart-configuration) */
	char scope[COUNTY_TEXT]; /* what we ask for; "" = everything of the system level that we need */
	char proxy[COUNTY_TEXT]; /* "" = as the environment says, "none", or an address */
	char pins[COUNTY_TEXT]; /* "sha256//...;sha256//...": the county's key and its spare; "" = any key rightly signed */
	char load[COUNTY_TEXT]; /* what comes here: "350299101,350299102" = of these townships; "" = of the whole county */
};

bool county_load(struct app *app, struct county_settings *out, struct err *err) MUST_CHECK;
bool county_store(struct app *app, const struct county_settings *s, struct err *err) MUST_CHECK;

/* Changes one of the settings by its word (login, client_id, token_url, scope, proxy, pins, load), in memory only, if the
 * value is right; "" takes it away.  pins are joined by ; and there may be COUNTY_PINS; townships by commas, at most
 * COUNTY_TOWNSHIPS, "all" is the whole county. */
bool county_set(struct county_settings *s, const char *key, const char *value, struct err *err) MUST_CHECK;
/* The words in their order; NULL behind the last. */
const char *county_setting(size_t i);
/* The present value. */
const char *county_get(const struct county_settings *s, const char *key);
/* The township of this clinic; "" when its region is not known. */
void county_township(const struct app *app, char out[COUNTY_TOWNSHIP]);
/* What is loaded, in words: the whole county, this township, townships by their numbers.  Borrowed or in mem. */
const char *county_load_words(const struct app *app, const struct county_settings *s, struct arena *mem);

/* ---- files ---------------------------------------------------------------------------------------------------------- */

enum county_file {
	COUNTY_KEY, /* this computer's secret key */
	COUNTY_KEY_BEFORE, /* the one before, until the county takes the new one */
	COUNTY_CERTIFICATE, /* of this computer */
	COUNTY_CERTIFICATE_KEY, /* its key, when the county made that as well; else COUNTY_KEY is */
	COUNTY_CA, /* whom the county's certificate is signed by */
	COUNTY_TOKEN, /* the secret text */
	COUNTY_TOKEN_FOR, /* the address where it was accepted; it is shown to no other server */
	COUNTY_PROXY_LOGIN, /* "user:password" */
	COUNTY_SESSION, /* the pass that is valid now (sync/auth.h); losing it costs one request */
	COUNTY_SETTINGS, /* struct county_settings */
	COUNTY_FILES
};

/* Text of a file of this list; "" takes it away. */
bool county_write_file(struct app *app, enum county_file which, const char *text, struct err *err) MUST_CHECK;
/* Path of a file, whether there or not; owned by the caller, NULL with err. */
char *county_path(struct app *app, enum county_file which, struct err *err) MUST_CHECK;
/* The file's text appended; nothing is appended when there is none. */
bool county_read_file(struct app *app, enum county_file which, struct sbuf *out, struct err *err) MUST_CHECK;
bool county_drop_file(struct app *app, enum county_file which, struct err *err) MUST_CHECK;

/* What the county gave: NULL leaves what is there, "" takes it away. */
struct county_given {
	const char *token; /* one line */
	const char *proxy_login; /* one line, user:password */
	const char *ca; /* PEM */
	const char *certificate; /* PEM: on our request for our own key, unless key comes with it */
	const char *key; /* PEM */
};
/* Takes all of it in, or nothing and says what cannot be right. */
bool county_take(struct app *app, const struct county_given *given, struct err *err) MUST_CHECK;

/* ---- the key -------------------------------------------------------------------------------------------------------- */

/* This computer's key; made when there is none yet. */
struct device_key *county_key(struct app *app, struct err *err) MUST_CHECK;
/* The one before; NULL when there is none (err->code is ERR_NONE then) or it cannot be read. */
struct device_key *county_key_before(struct app *app, struct err *err) MUST_CHECK;
/* A new key.  The one before stays in use until the county knows the new one (county_drop_file(COUNTY_KEY_BEFORE)). */
bool county_key_renew(struct app *app, enum device_key_kind kind, struct err *err) MUST_CHECK;
/* For the county: {"keys":[...]} with the key, and with the one before while it is in use. */
bool county_public_keys(struct app *app, struct sbuf *out, struct err *err) MUST_CHECK;
/* For the county's certificate authority: a request in PEM. */
bool county_request(struct app *app, struct sbuf *out, struct err *err) MUST_CHECK;

/* ---- how it stands -------------------------------------------------------------------------------------------------- */

struct county_view {
	struct county_settings settings;
	const char *address; /* "" = not known */
	bool has_key, key_replaced, has_token, has_proxy_login, has_ca, has_certificate;
	char key_id[DEVICE_KEY_ID], key_algorithm[8];
	struct certificate certificate, ca;
	const char *lacks; /* a sentence: what is missing before it can work; "" = nothing */
};

bool county_view(struct app *app, struct arena *mem, struct county_view *out, struct err *err) MUST_CHECK;

#endif
