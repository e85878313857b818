/* What stays the same for all requests: whom we believe, who we are, the way there, and what it may cost. */
#include "sync/http_int.h"

#include "app/base/clock.h"
#include "app/base/i18n.h"

enum {
	CONNECT_SECONDS = 45,
	SLOW_BYTES_A_SECOND = 30, /* below this for SLOW_SECONDS the line counts as dead */
	SLOW_SECONDS = 90,
	REQUEST_SECONDS = 20 * 60, /* the largest bundle at 220 bytes a second */
	ALL_SECONDS = 4 * 3600,
};

#define LOOPBACK "127.0.0.1,localhost,::1"

static int or_usual(int value, int usual)
{
	return value > 0 ? value : usual;
}

static void set_limits(struct http *h, const struct transport_limits *l)
{
	h->request_ms = or_usual(l->request, REQUEST_SECONDS) * INT64_C(1000);
	h->until = clock_steady_ms() + or_usual(l->all, ALL_SECONDS) * INT64_C(1000);
	curl_easy_setopt(h->curl, CURLOPT_CONNECTTIMEOUT, (long)or_usual(l->connect, CONNECT_SECONDS));
	curl_easy_setopt(h->curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES_A_SECOND);
	curl_easy_setopt(h->curl, CURLOPT_LOW_SPEED_TIME, (long)or_usual(l->slow, SLOW_SECONDS));
}

static CURLcode set_blob(CURL *curl, CURLoption option, const char *pem)
{
	struct curl_blob blob = { .data = (void *)(uintptr_t)pem, .len = strlen(pem), .flags = CURL_BLOB_COPY };

	return curl_easy_setopt(curl, option, &blob);
}

/* A private CA stands instead of the system's list, not beside it: who is told to believe the county believes the county. */
static CURLcode set_trust(struct http *h, const struct transport_options *o)
{
	CURLcode rc = CURLE_OK;

	if (o->ca) {
		rc = set_blob(h->curl, CURLOPT_CAINFO_BLOB, o->ca);
		curl_easy_setopt(h->curl, CURLOPT_CAPATH, NULL);
	}
	if (rc == CURLE_OK && o->pins && *o->pins)
		rc = curl_easy_setopt(h->curl, CURLOPT_PINNEDPUBLICKEY, o->pins);
	if (rc == CURLE_OK && o->certificate && o->key)
		rc = set_blob(h->curl, CURLOPT_SSLCERT_BLOB, o->certificate);
	if (rc == CURLE_OK && o->certificate && o->key)
		rc = set_blob(h->curl, CURLOPT_SSLKEY_BLOB, o->key);
	return rc;
}

/* libcurl's own setting would hide the environment's no_proxy, so it is taken over.  This machine is never behind one. */
static void set_no_proxy(struct http *h, bool environment)
{
	const char *env = getenv("no_proxy");
	AUTO_SBUF struct sbuf all = SBUF_INIT;

	env = env ? env : getenv("NO_PROXY");
	if (environment && env && strcmp(env, "*") == 0)
		sbuf_adds(&all, "*");
	else
		sbuf_addf(&all, LOOPBACK "%s%s", environment && env ? "," : "", environment && env ? env : "");
	curl_easy_setopt(h->curl, CURLOPT_NOPROXY, all.s);
}

static CURLcode set_proxy(struct http *h, const struct transport_options *o)
{
	CURLcode rc = CURLE_OK;

	set_no_proxy(h, o->proxy == NULL);
	curl_easy_setopt(h->curl, CURLOPT_PROXYAUTH, (long)(CURLAUTH_BASIC | CURLAUTH_DIGEST | CURLAUTH_NTLM));
	curl_easy_setopt(h->curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); /* its Date is not the server's */
	if (o->proxy)
		rc = curl_easy_setopt(h->curl, CURLOPT_PROXY, o->proxy);
	if (rc == CURLE_OK && o->proxy_login)
		rc = curl_easy_setopt(h->curl, CURLOPT_PROXYUSERPWD, o->proxy_login);
	return rc;
}

static void set_manners(struct http *h)
{
	curl_easy_setopt(h->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(h->curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(h->curl, CURLOPT_UNRESTRICTED_AUTH, 0L);
	curl_easy_setopt(h->curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(h->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(h->curl, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl_easy_setopt(h->curl, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(h->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h->curl, CURLOPT_USERAGENT, "cunyi/" CUNYI_VERSION);
	curl_easy_setopt(h->curl, CURLOPT_ERRORBUFFER, h->fault);
}

bool http_set_up(struct http *h, const struct transport_options *o, struct err *err)
{
	static const struct transport_options nothing;
	CURLcode rc;

	o = o ? o : &nothing;
	set_manners(h);
	curl_easy_setopt(h->curl, CURLOPT_RESOLVE, http_known());
	set_limits(h, &o->limits);
	rc = set_trust(h, o);
	if (rc == CURLE_OK)
		rc = set_proxy(h, o);
	return rc == CURLE_OK || err_system(err, ERR_NETWORK, (int)rc, _("The network library could not be started."), "%s",
		curl_easy_strerror(rc));
}
