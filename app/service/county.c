/* The settings: a small file of lines, read and written whole. */
#include "app/service/county.h"

#include "app/base/config.h"
#include "app/base/path.h"

const struct county_login_words county_logins[COUNTY_LOGINS] = {
	[COUNTY_LOGIN_NONE] = { "none", { "不用证明", "Nothing" } },
	[COUNTY_LOGIN_KEY] = { "key", { "本机密钥(SMART)", "This computer's key (SMART)" } },
	[COUNTY_LOGIN_CERTIFICATE] = { "certificate", { "本机证书", "A certificate of this computer" } },
	[COUNTY_LOGIN_TOKEN] = { "token", { "县里给的口令", "A secret text from the county" } },
};

/* ---- what may be set ---------------------------------------------------------------------------------------------- */

static bool no_good(struct err *err, const char *key, const char *message, const char *example)
{
	err_set(err, ERR_INVALID_VALUE, "%s", message);
	err_example(err, example);
	return err_at(err, key);
}

static bool set_login(struct county_settings *s, const char *value, struct err *err)
{
	for (int i = 0; i < COUNTY_LOGINS; i++)
		if (strcmp(*value ? value : "none", county_logins[i].value) == 0) {
			s->login = (enum county_login)i;
			return true;
		}
	return no_good(err, "login", _("We can prove who we are by none, key, certificate or token."), "key");
}

/* Printable ASCII without spaces, quotes or backslashes. */
static bool is_word(const char *text)
{
	for (; *text; text++)
		if (*text <= ' ' || *text > '~' || *text == '"' || *text == '\\')
			return false;
	return true;
}

static bool set_client(struct county_settings *s, const char *value, struct err *err)
{
	if (!is_word(value))
		return no_good(err, "client_id",
			_("The name by which the county knows us has letters, digits and signs, no spaces."),
			"clinic-350299101");
	snprintf(s->client_id, sizeof(s->client_id), "%s", value);
	return true;
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0 && text[strlen(with)];
}

/* The exchange checks again, and more closely (sync/transport.h); here the typing error is caught. */
static bool set_token_url(struct county_settings *s, const char *value, struct err *err)
{
	if (!is_word(value) || (*value && !begins(value, "https://") && !begins(value, "http://127.0.0.1") &&
		!begins(value, "http://localhost")))
		return no_good(err, "token_url", _("The address where passes are given begins with https://."),
			"https://login.example.gov.cn/token");
	snprintf(s->token_url, sizeof(s->token_url), "%s", value);
	return true;
}

static bool set_scope(struct county_settings *s, const char *value, struct err *err)
{
	for (const char *c = value; *c; c++)
		if (*c < ' ' || *c > '~' || *c == '"' || *c == '\\')
			return no_good(err, "scope",
				_("What we ask for is a list of words with spaces between."), "system/*.cruds");
	snprintf(s->scope, sizeof(s->scope), "%s", value);
	return true;
}

/* Name and password do not stand in it: they would be shown with it. */
static bool set_proxy(struct county_settings *s, const char *value, struct err *err)
{
	static const char *const schemes[] = { "http://", "https://", "socks5h://" };
	bool good = !*value || strcmp(value, "none") == 0;

	if (strcmp(value, "environment") == 0)
		value = "";
	for (size_t i = 0; i < N_ELEMENTS(schemes); i++)
		good |= begins(value, schemes[i]) && is_word(value) && !strchr(value, '@');
	if (!good && *value)
		return no_good(err, "proxy",
			_("The proxy is none, environment, or an address without name and password (they have a file)."),
			"http://10.1.1.1:3128");
	snprintf(s->proxy, sizeof(s->proxy), "%s", value);
	return true;
}

/* "sha256//" and 32 bytes in base64: 43 characters and a =. */
static bool is_pin(const char *pin, size_t n)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *scheme = "sha256//";

	return n == strlen(scheme) + 44 && strncmp(pin, scheme, strlen(scheme)) == 0 &&
		strspn(pin + strlen(scheme), letters) == 43 && pin[n - 1] == '=';
}

static bool set_pins(struct county_settings *s, const char *value, struct err *err)
{
	size_t count = 0;

	for (const char *pin = value; *pin; count++) {
		size_t n = strcspn(pin, ";");

		if (!is_pin(pin, n))
			return no_good(err, "pins",
				_("The mark of a server's key is sha256// and 44 letters; cunyi county pin FILE tells it."),
				"sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
		pin += n + (pin[n] == ';');
	}
	if (count > COUNTY_PINS || strlen(value) >= sizeof(s->pins))
		return no_good(err, "pins", _("Eight marks of keys are enough: the one in use and its spare."), "");
	snprintf(s->pins, sizeof(s->pins), "%s", value);
	return true;
}

/* What stands between two numbers, the Chinese signs too, which hands leave in. */
static size_t gap_at(const char *at)
{
	size_t n = strspn(at, ", ;");

	return n ? n : strncmp(at, "，", 3) == 0 || strncmp(at, "、", 3) == 0 || strncmp(at, "；", 3) == 0 ? 3 : 0;
}

static bool no_townships(struct err *err)
{
	return no_good(err, "load",
		_("What is loaded is all, or one or several townships by their nine digits, with commas between."),
		"350299101,350299102");
}

/* The townships in the order of the list, each once. */
static bool read_townships(const char *value, char *list, size_t size, struct err *err)
{
	size_t n = 0, gap;

	for (const char *at = value; *at; at += gap ? gap : COUNTY_TOWNSHIP - 1) {
		char code[COUNTY_TOWNSHIP];

		gap = gap_at(at);
		if (gap)
			continue;
		if (strspn(at, "0123456789") != COUNTY_TOWNSHIP - 1)
			return no_townships(err);
		snprintf(code, sizeof(code), "%s", at);
		if (strstr(list, code))
			continue;
		if (n++ == COUNTY_TOWNSHIPS)
			return no_good(err, "load", _("More than twelve townships: load the whole county instead."), "all");
		snprintf(list + strlen(list), size - strlen(list), "%s%s", *list ? "," : "", code);
	}
	return n || !*value || no_townships(err); /* commas alone are not the whole county */
}

static bool set_load(struct county_settings *s, const char *value, struct err *err)
{
	char list[COUNTY_TOWNSHIPS * COUNTY_TOWNSHIP + 1] = "";

	if (strcmp(value, "all") != 0 && !read_townships(value, list, sizeof(list), err))
		return false;
	snprintf(s->load, sizeof(s->load), "%s", list);
	return true;
}

void county_township(const struct app *app, char out[COUNTY_TOWNSHIP])
{
	const char *region = app->clinic.region;

	snprintf(out, COUNTY_TOWNSHIP, "%.9s", strspn(region, "0123456789") >= COUNTY_TOWNSHIP - 1 ? region : "");
}

const char *county_load_words(const struct app *app, const struct county_settings *s, struct arena *mem)
{
	char own[COUNTY_TOWNSHIP];

	county_township(app, own);
	if (!*s->load)
		return _("the whole county");
	return strcmp(s->load, own) == 0 ? arena_printf(mem, _("this township, %s"), own) :
					   arena_printf(mem, _("townships %s"), s->load);
}

static const char *login_word(const struct county_settings *s)
{
	return county_logins[s->login].value;
}

/* One row a setting: its word, how it is set, and where its text lies (0: by login_word()). */
static const struct setting {
	const char *key;
	bool (*set)(struct county_settings *s, const char *value, struct err *err);
	size_t at;
} settings[] = {
	{ "login", set_login, 0 },
	{ "client_id", set_client, offsetof(struct county_settings, client_id) },
	{ "token_url", set_token_url, offsetof(struct county_settings, token_url) },
	{ "scope", set_scope, offsetof(struct county_settings, scope) },
	{ "proxy", set_proxy, offsetof(struct county_settings, proxy) },
	{ "pins", set_pins, offsetof(struct county_settings, pins) },
	{ "load", set_load, offsetof(struct county_settings, load) },
};

const char *county_setting(size_t i)
{
	return i < N_ELEMENTS(settings) ? settings[i].key : NULL;
}

static const struct setting *find(const char *key)
{
	for (size_t i = 0; i < N_ELEMENTS(settings); i++)
		if (strcmp(settings[i].key, key) == 0)
			return &settings[i];
	return NULL;
}

bool county_set(struct county_settings *s, const char *key, const char *value, struct err *err)
{
	const struct setting *it = find(key);

	if (!it) {
		err_set(err, ERR_UNKNOWN_FIELD, _("There is no such setting of the county."));
		return err_at(err, key);
	}
	if (strlen(value) >= COUNTY_TEXT)
		return no_good(err, key, _("The text is too long."), "");
	return it->set(s, value, err);
}

const char *county_get(const struct county_settings *s, const char *key)
{
	const struct setting *it = find(key);

	return !it ? "" : it->at ? (const char *)s + it->at
				 : login_word(s);
}

/* ---- the file ------------------------------------------------------------------------------------------------------ */

bool county_load(struct app *app, struct county_settings *out, struct err *err)
{
	AUTO_FREE char *path = county_path(app, COUNTY_SETTINGS, err);
	AUTO_CONFIG struct config c = { .text = SBUF_INIT };
	char value[COUNTY_TEXT];

	*out = (struct county_settings){ .login = COUNTY_LOGIN_NONE };
	if (!path || !config_load(&c, path, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(settings); i++)
		if (config_get(&c, settings[i].key, value, sizeof(value)) && !settings[i].set(out, value, err))
			return false;
	return true;
}

bool county_store(struct app *app, const struct county_settings *s, struct err *err)
{
	AUTO_FREE char *path = county_path(app, COUNTY_SETTINGS, err);
	AUTO_CONFIG struct config c = { .text = SBUF_INIT };

	if (!path || !config_load(&c, path, err))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(settings); i++) {
		const char *value = county_get(s, settings[i].key);

		if (!config_set(&c, settings[i].key, *value ? value : NULL, err))
			return false;
	}
	return path_write(path, c.text.s, c.text.len, err);
}
