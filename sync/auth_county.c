/* The line to the county as this computer is set. */
#include "sync/auth.h"

#include <sodium.h>

#include "app/base/i18n.h"
#include "app/base/log.h"
#include "app/base/mem.h"
#include "app/service/county.h"

/* Everything that was read from the files; the secret ones are wiped. */
struct means {
	struct app *app;
	struct county_settings set;
	struct sbuf ca, certificate, key, proxy_login, token;
	struct device_key *own, *before;
	char *session;
	bool untried; /* no server has accepted the text yet */
};

static void wipe(struct sbuf *b)
{
	if (b->len)
		sodium_memzero(b->s, b->len);
	sbuf_release(b);
}

static void means_release(struct means *m)
{
	wipe(&m->key);
	wipe(&m->token);
	wipe(&m->proxy_login);
	sbuf_release(&m->ca);
	sbuf_release(&m->certificate);
	device_key_free(m->own);
	device_key_free(m->before);
	free(m->session);
}

/* A file of ours is missing: nobody was asked, so nobody refused us. */
static bool lacks(struct err *err, const char *what, const char *example)
{
	err_set(err, ERR_NOT_FOUND, "%s", what);
	return err_example(err, example);
}

/* The county's own key file, else that one of ours for which the certificate was made. */
static bool read_certificate_key(struct means *m, struct err *err)
{
	static const enum county_file places[] = { COUNTY_CERTIFICATE_KEY, COUNTY_KEY, COUNTY_KEY_BEFORE };

	for (size_t i = 0; i < N_ELEMENTS(places); i++) {
		sbuf_clear(&m->key);
		if (!county_read_file(m->app, places[i], &m->key, err))
			return false;
		if (m->key.len && certificate_is_of(m->certificate.s, m->key.s))
			return true;
	}
	return lacks(err, _("The key of this computer's certificate is gone. Ask the county for a new certificate."),
		"cunyi county request --out /media/usb/cunyi.csr");
}

static bool read_certificate(struct means *m, struct err *err)
{
	if (!county_read_file(m->app, COUNTY_CERTIFICATE, &m->certificate, err))
		return false;
	if (m->certificate.len)
		return read_certificate_key(m, err);
	return m->set.login != COUNTY_LOGIN_CERTIFICATE ||
		lacks(err, _("This computer's certificate is not here yet: send the county the request, take in what comes back."),
			"cunyi county set --certificate /media/usb/clinic.crt");
}

/* Whoever has the text is this computer for the county: a wrong address must not get it. */
static bool is_for(struct means *m, const char *base, struct err *err)
{
	AUTO_SBUF struct sbuf first = SBUF_INIT;

	if (!county_read_file(m->app, COUNTY_TOKEN_FOR, &first, err))
		return false;
	m->untried = !first.len;
	if (m->untried || transport_same_origin(first.s, base))
		return true;
	err_set(err, ERR_AUTH,
		_("The county's secret text belongs to %.80s; it is not shown to %.80s. Take in that one's, or this one again."),
		first.s, base);
	return err_example(err, "cunyi county set --token /media/usb/token.txt");
}

static bool read_token(struct means *m, const char *base, struct err *err)
{
	if (!county_read_file(m->app, COUNTY_TOKEN, &m->token, err))
		return false;
	if (m->token.len)
		return is_for(m, base, err);
	return lacks(err, _("The county's secret text is not here yet."), "cunyi county set --token /media/usb/token.txt");
}

static bool read_keys(struct means *m, struct err *err)
{
	m->own = county_key(m->app, err);
	if (!m->own)
		return false;
	m->before = county_key_before(m->app, err);
	if (!m->before && err->code != ERR_NONE)
		return false;
	m->session = county_path(m->app, COUNTY_SESSION, err);
	return m->session != NULL;
}

static bool read_means(struct means *m, const char *base, struct err *err)
{
	if (!county_load(m->app, &m->set, err) || !county_read_file(m->app, COUNTY_CA, &m->ca, err) ||
		!county_read_file(m->app, COUNTY_PROXY_LOGIN, &m->proxy_login, err) || !read_certificate(m, err))
		return false;
	if (m->set.login == COUNTY_LOGIN_TOKEN)
		return read_token(m, base, err);
	return m->set.login != COUNTY_LOGIN_KEY || read_keys(m, err);
}

static struct transport *inner_line(const struct means *m, struct err *err)
{
	struct transport_options o = {
		.ca = m->ca.len ? m->ca.s : NULL,
		.pins = *m->set.pins ? m->set.pins : NULL,
		.certificate = m->certificate.len ? m->certificate.s : NULL,
		.key = m->certificate.len ? m->key.s : NULL,
		.proxy = !*m->set.proxy ? NULL : strcmp(m->set.proxy, "none") == 0 ? ""
										   : m->set.proxy,
		.proxy_login = m->proxy_login.len ? m->proxy_login.s : NULL,
	};

	return transport_http(&o, err);
}

/* ---- a line that owns its means ----------------------------------------------------------------------------------- */

struct county_line {
	struct transport t, *auth;
	struct means m;
	char base[TRANSPORT_URL_MAX];
};

/* The text was accepted here: from now on it belongs to this server. */
static void token_settled(struct county_line *l, const struct http_request *req, const struct http_answer *answer)
{
	struct err err;

	if (!l->m.untried || answer->status != 200 || strstr(req->url, "/metadata")) /* that many show to everybody */
		return;
	l->m.untried = false;
	if (!county_write_file(l->m.app, COUNTY_TOKEN_FOR, l->base, &err))
		log_err("auth: whose the secret text is", &err);
}

static void count(struct county_line *l)
{
	l->t.bytes_up = l->auth->bytes_up;
	l->t.bytes_down = l->auth->bytes_down;
}

static void line_begin(struct transport *t, const struct http_request *req)
{
	struct county_line *l = (struct county_line *)t;

	transport_begin(l->auth, req);
	count(l);
}

static void line_drive(struct transport *t)
{
	struct county_line *l = (struct county_line *)t;

	transport_drive(l->auth);
	count(l);
}

static bool line_send(struct transport *t, const struct http_request *req, struct http_answer *answer, struct err *err)
{
	struct county_line *l = (struct county_line *)t;
	bool ok = l->auth->send(l->auth, req, answer, err);

	count(l);
	if (ok)
		token_settled(l, req, answer);
	return ok;
}

static void line_close(struct transport *t)
{
	struct county_line *l = (struct county_line *)t;

	transport_close(l->auth);
	means_release(&l->m);
	free(l);
}

/* The county knows the new key: the one before has had its time. */
static void key_settled(void *ctx)
{
	struct err err;

	if (!county_drop_file(ctx, COUNTY_KEY_BEFORE, &err))
		log_err("auth: the key before", &err);
}

static struct transport *start(struct county_line *l, const char *base, struct err *err)
{
	struct means *m = &l->m;
	struct auth_smart smart = { .client_id = *m->set.client_id ? m->set.client_id : m->app->device_code,
		.token_url = m->set.token_url,
		.scope = m->set.scope,
		.key = m->own,
		.before = m->before,
		.settled = key_settled,
		.settled_ctx = m->app };
	struct auth_options o = { .base = base, .bearer = m->token.len ? m->token.s : NULL, .smart = m->own ? &smart : NULL,
		.session = m->session, .clock = &m->app->clock };
	struct transport *inner = inner_line(m, err);

	return inner ? auth_transport(inner, &o) : NULL;
}

void auth_county_error(struct app *app, struct err *err)
{
	struct county_settings set;
	struct err ignored;

	if (err->code == ERR_AUTH && err->detail == 401 && county_load(app, &set, &ignored) && set.login == COUNTY_LOGIN_NONE)
		snprintf(err->message, sizeof err->message, "%s",
			_("The county server wants to know who asks. Ask the county which way, and set it: "
			  "how we prove who we are."));
}

struct transport *auth_county_line(struct app *app, const char *base, struct err *err)
{
	struct county_line *l = xcalloc(1, sizeof(*l));
	struct sbuf *texts[] = { &l->m.ca, &l->m.certificate, &l->m.key, &l->m.proxy_login, &l->m.token };

	for (size_t i = 0; i < N_ELEMENTS(texts); i++)
		sbuf_init(texts[i], 0);
	l->m.app = app;
	snprintf(l->base, sizeof(l->base), "%s", base);
	l->t = (struct transport){ .send = line_send, .close = line_close, .begin = line_begin, .drive = line_drive };
	if (!read_means(&l->m, base, err) || !(l->auth = start(l, base, err))) {
		means_release(&l->m);
		free(l);
		return NULL;
	}
	return &l->t;
}
