/* What the county gave this computer, and what this computer made for it: files for the owner alone. */
#include "app/service/county.h"

#include <errno.h>
#include <sodium.h>
#include <unistd.h>

#include "app/base/path.h"
#include "app/service/clinic_settings.h"

#define FOLDER "county"

static const struct {
	const char *name;
	bool of_device; /* named after the computer that it belongs to */
} files[COUNTY_FILES] = {
	[COUNTY_KEY] = { "key.pem", true },
	[COUNTY_KEY_BEFORE] = { "key-before.pem", true },
	[COUNTY_CERTIFICATE] = { "certificate.pem", true },
	[COUNTY_CERTIFICATE_KEY] = { "certificate-key.pem", true },
	[COUNTY_CA] = { "ca.pem", false },
	[COUNTY_TOKEN] = { "token", true },
	[COUNTY_TOKEN_FOR] = { "token-for", true },
	[COUNTY_PROXY_LOGIN] = { "proxy-login", false },
	[COUNTY_SESSION] = { "session.json", true },
	[COUNTY_SETTINGS] = { "settings", false },
};

char *county_path(struct app *app, enum county_file which, struct err *err)
{
	AUTO_FREE char *dir = path_join(app->dir, FOLDER);
	AUTO_SBUF struct sbuf name = SBUF_INIT;

	sbuf_addf(&name, "%s%s%s", files[which].of_device ? app->device_code : "", files[which].of_device ? "." : "",
		files[which].name);
	return path_make_private(dir, err) ? path_join(dir, name.s) : NULL;
}

bool county_read_file(struct app *app, enum county_file which, struct sbuf *out, struct err *err)
{
	AUTO_FREE char *path = county_path(app, which, err);
	struct err why;

	if (!path)
		return false;
	if (path_read(path, CERTIFICATE_FILE_MAX, out, &why) || why.code == ERR_NOT_FOUND)
		return true;
	*err = why;
	return false;
}

bool county_drop_file(struct app *app, enum county_file which, struct err *err)
{
	AUTO_FREE char *path = county_path(app, which, err);

	if (!path)
		return false;
	return unlink(path) == 0 || errno == ENOENT || err_errno(err, errno, path_shown(path));
}

bool county_write_file(struct app *app, enum county_file which, const char *text, struct err *err)
{
	AUTO_FREE char *path = county_path(app, which, err);

	return path && (*text ? path_write(path, text, strlen(text), err) : county_drop_file(app, which, err));
}

/* Whoever logs in otherwise from now on does not go on with the old pass. */
static bool keep(struct app *app, enum county_file which, const char *text, struct err *err)
{
	return county_drop_file(app, COUNTY_SESSION, err) &&
		(which != COUNTY_TOKEN || county_drop_file(app, COUNTY_TOKEN_FOR, err)) && county_write_file(app, which, text, err);
}

/* ---- taking in ----------------------------------------------------------------------------------------------------- */

/* The line without what surrounds it; false when there are more, or it is too long. */
static bool one_line(const char *text, char out[COUNTY_SECRET_MAX])
{
	size_t n;

	text += strspn(text, " \t\r\n");
	n = strlen(text);
	while (n && strchr(" \t\r\n", text[n - 1]))
		n--;
	if (n >= COUNTY_SECRET_MAX)
		return false;
	memcpy(out, text, n);
	out[n] = '\0';
	return !strpbrk(out, "\r\n");
}

static bool check_token(const char *line, struct err *err)
{
	for (; *line; line++)
		if (*line <= ' ' || *line > '~') {
			err_set(err, ERR_FORMAT,
				_("The county's secret text is one line of letters, digits and signs, without spaces."));
			return err_at(err, "token");
		}
	return true;
}

static bool check_proxy_login(const char *line, struct err *err)
{
	if (!*line || (*line != ':' && strchr(line, ':')))
		return true;
	err_set(err, ERR_FORMAT, _("Name and password for the proxy stand on one line with a colon between them."));
	err_at(err, "proxy_login");
	return err_example(err, "name:password");
}

static bool fits_own_key(struct app *app, const char *pem, struct err *err)
{
	AUTO_SBUF struct sbuf own = SBUF_INIT;
	bool ok = county_read_file(app, COUNTY_KEY, &own, err);

	if (ok && !certificate_is_of(pem, own.s)) {
		err_set(err, ERR_INCONSISTENT,
			_("This certificate is not for the key of this computer. Does a key file come with it?"));
		ok = err_at(err, "certificate");
	}
	sodium_memzero(own.s, own.len);
	return ok;
}

static bool check_certificate(struct app *app, const struct county_given *g, struct err *err)
{
	struct certificate c;

	if (!g->certificate || !*g->certificate)
		return !g->key || err_set(err, ERR_REQUIRED, _("A key file is taken in together with its certificate."));
	if (!certificate_read(g->certificate, &c, err))
		return err_at(err, "certificate");
	if (!g->key)
		return fits_own_key(app, g->certificate, err);
	if (certificate_is_of(g->certificate, g->key))
		return true;
	err_set(err, ERR_INCONSISTENT, _("Certificate and key file do not belong together, or the key has a password."));
	return err_at(err, "key");
}

static bool check_ca(const char *pem, struct err *err)
{
	struct certificate c;

	return !pem || !*pem || certificate_read(pem, &c, err) || err_at(err, "ca");
}

/* "" takes the file away, NULL leaves it. */
static bool keep_given(struct app *app, enum county_file which, const char *text, struct err *err)
{
	return !text || keep(app, which, text, err);
}

static bool take_checked(struct app *app, const struct county_given *g, const char *token, const char *login, struct err *err)
{
	return keep_given(app, COUNTY_TOKEN, token, err) && keep_given(app, COUNTY_PROXY_LOGIN, login, err) &&
		keep_given(app, COUNTY_CA, g->ca, err) &&
		keep_given(app, COUNTY_CERTIFICATE_KEY, g->certificate && !g->key ? "" : g->key, err) &&
		keep_given(app, COUNTY_CERTIFICATE, g->certificate, err);
}

bool county_take(struct app *app, const struct county_given *g, struct err *err)
{
	char token[COUNTY_SECRET_MAX], login[COUNTY_SECRET_MAX];
	bool lines = one_line(g->token ? g->token : "", token) && one_line(g->proxy_login ? g->proxy_login : "", login);
	bool ok = lines || err_set(err, ERR_FORMAT, _("A secret text is one line."));

	ok = ok && check_token(token, err) && check_proxy_login(login, err) && check_ca(g->ca, err) &&
		check_certificate(app, g, err) &&
		take_checked(app, g, g->token ? token : NULL, g->proxy_login ? login : NULL, err);
	sodium_memzero(token, sizeof(token));
	sodium_memzero(login, sizeof(login));
	return ok;
}

/* ---- the key ------------------------------------------------------------------------------------------------------- */

static bool make_key(struct app *app, enum device_key_kind kind, struct err *err)
{
	AUTO_DEVICE_KEY struct device_key *key = device_key_new(kind, err);
	AUTO_SBUF struct sbuf pem = SBUF_INIT;
	bool ok;

	if (!key)
		return false;
	device_key_pem(key, &pem);
	ok = keep(app, COUNTY_KEY, pem.s, err);
	sodium_memzero(pem.s, pem.len);
	return ok;
}

/* NULL with ERR_NONE: there is none. */
static struct device_key *read_key(struct app *app, enum county_file which, struct err *err)
{
	AUTO_SBUF struct sbuf pem = SBUF_INIT;
	struct device_key *key = NULL;

	err_clear(err);
	if (county_read_file(app, which, &pem, err) && pem.len)
		key = device_key_read(pem.s, err);
	sodium_memzero(pem.s, pem.len);
	return key;
}

struct device_key *county_key(struct app *app, struct err *err)
{
	struct device_key *key = read_key(app, COUNTY_KEY, err);

	if (key || err->code != ERR_NONE || !make_key(app, DEVICE_KEY_ES384, err))
		return key;
	return read_key(app, COUNTY_KEY, err);
}

struct device_key *county_key_before(struct app *app, struct err *err)
{
	return read_key(app, COUNTY_KEY_BEFORE, err);
}

bool county_key_renew(struct app *app, enum device_key_kind kind, struct err *err)
{
	AUTO_SBUF struct sbuf old = SBUF_INIT;
	bool ok = county_read_file(app, COUNTY_KEY, &old, err) &&
		(!old.len || county_write_file(app, COUNTY_KEY_BEFORE, old.s, err)) && make_key(app, kind, err);

	sodium_memzero(old.s, old.len);
	return ok;
}

bool county_public_keys(struct app *app, struct sbuf *out, struct err *err)
{
	AUTO_DEVICE_KEY struct device_key *key = county_key(app, err);
	AUTO_DEVICE_KEY struct device_key *before = key ? county_key_before(app, err) : NULL;

	if (!key || (!before && err->code != ERR_NONE))
		return false;
	sbuf_adds(out, "{\"keys\":[");
	device_key_public(key, out);
	if (before) {
		sbuf_addc(out, ',');
		device_key_public(before, out);
	}
	sbuf_adds(out, "]}\n");
	return true;
}

bool county_request(struct app *app, struct sbuf *out, struct err *err)
{
	AUTO_DEVICE_KEY struct device_key *key = county_key(app, err);

	return key && device_key_request(key, app->device_code, app->clinic.name, out, err);
}

/* ---- how it stands ------------------------------------------------------------------------------------------------- */

static bool has_file(struct app *app, enum county_file which, bool *has, struct sbuf *text, struct err *err)
{
	sbuf_clear(text);
	if (!county_read_file(app, which, text, err))
		return false;
	*has = text->len > 0;
	return true;
}

static bool view_key(struct app *app, struct county_view *v, struct err *err)
{
	AUTO_DEVICE_KEY struct device_key *key = read_key(app, COUNTY_KEY, err);

	v->has_key = key != NULL;
	if (!key)
		return err->code == ERR_NONE;
	device_key_id(key, v->key_id);
	snprintf(v->key_algorithm, sizeof(v->key_algorithm), "%s", device_key_algorithm(key));
	return true;
}

static bool view_files(struct app *app, struct county_view *v, struct err *err)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	bool ok = has_file(app, COUNTY_KEY_BEFORE, &v->key_replaced, &text, err) &&
		has_file(app, COUNTY_TOKEN, &v->has_token, &text, err) &&
		has_file(app, COUNTY_PROXY_LOGIN, &v->has_proxy_login, &text, err);

	sodium_memzero(text.s, text.len);
	return ok && has_file(app, COUNTY_CA, &v->has_ca, &text, err) &&
		(!v->has_ca || certificate_read(text.s, &v->ca, err)) &&
		has_file(app, COUNTY_CERTIFICATE, &v->has_certificate, &text, err) &&
		(!v->has_certificate || certificate_read(text.s, &v->certificate, err));
}

/* What is missing, by the way that was chosen. */
static const char *lacks(const struct county_view *v, int64_t now)
{
	const enum county_login login = v->settings.login;

	if (!*v->address)
		return _("The county's address is not known yet.");
	if (login == COUNTY_LOGIN_KEY && !v->has_key)
		return _("This computer has no key yet: make one and send its public half to the county.");
	if (login == COUNTY_LOGIN_TOKEN && !v->has_token)
		return _("The county's secret text is not here yet.");
	if (login == COUNTY_LOGIN_CERTIFICATE && !v->has_certificate)
		return _("This computer's certificate is not here yet: send the county the request, take in what comes back.");
	if (v->has_certificate && v->certificate.until < now)
		return _("This computer's certificate has ended. Ask the county for a new one.");
	return "";
}

bool county_view(struct app *app, struct arena *mem, struct county_view *out, struct err *err)
{
	*out = (struct county_view){ 0 };
	if (!county_load(app, &out->settings, err) || !view_key(app, out, err) || !view_files(app, out, err))
		return false;
	out->address = clinic_county(app, mem);
	out->lacks = lacks(out, clock_now(&app->clock));
	return true;
}
