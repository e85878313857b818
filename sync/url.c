/* Addresses of servers, read by hand and strictly: what is not plainly allowed is refused. */
#include "sync/transport.h"

#include <ctype.h>
#include <stdlib.h>

#include "app/base/i18n.h"

struct url_parts {
	bool https;
	char host[256]; /* lower case; an IPv6 address without its brackets */
	const char *rest; /* from the port or the path on */
};

static bool scheme(const char **s, bool *https)
{
	if (strncasecmp(*s, "https://", 8) == 0) {
		*https = true;
		*s += 8;
		return true;
	}
	*https = false;
	if (strncasecmp(*s, "http://", 7) != 0)
		return false;
	*s += 7;
	return true;
}

static bool url_split(const char *url, struct url_parts *out)
{
	size_t n;

	if (!scheme(&url, &out->https))
		return false;
	if (*url == '[') {
		n = strcspn(++url, "]/?#@");
		out->rest = url + n + 1;
		if (url[n] != ']')
			return false;
	} else {
		n = strcspn(url, ":/?#@");
		out->rest = url + n;
	}
	if (n == 0 || n >= sizeof(out->host))
		return false;
	for (size_t i = 0; i < n; i++)
		out->host[i] = (char)tolower((unsigned char)url[i]);
	out->host[n] = '\0';
	return *out->rest == '\0' || strchr(":/", *out->rest) != NULL;
}

static bool is_dotted_127(const char *host)
{
	unsigned part[4];
	int end = 0;

	if (sscanf(host, "%3u.%3u.%3u.%3u%n", &part[0], &part[1], &part[2], &part[3], &end) != 4 || host[end] != '\0')
		return false;
	return part[0] == 127 && part[1] < 256 && part[2] < 256 && part[3] < 256;
}

static bool is_loopback_host(const char *host)
{
	return strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 || is_dotted_127(host);
}

bool transport_is_loopback(const char *url)
{
	struct url_parts p;

	return url && url_split(url, &p) && is_loopback_host(p.host);
}

/* The port as written, or the scheme's. */
static long port_of(const struct url_parts *p)
{
	return *p->rest == ':' ? strtol(p->rest + 1, NULL, 10) : p->https ? 443
									  : 80;
}

bool transport_same_origin(const char *a, const char *b)
{
	struct url_parts x, y;

	return url_split(a, &x) && url_split(b, &y) && x.https == y.https && strcmp(x.host, y.host) == 0 &&
		port_of(&x) == port_of(&y);
}

static bool plain_characters(const char *url)
{
	for (; *url; url++)
		if ((unsigned char)*url <= ' ' || (unsigned char)*url >= 127 || strchr("@?#\\\"<>{}|^`", *url))
			return false;
	return true;
}

bool transport_check_url(const char *url, char *base, struct err *err)
{
	struct url_parts p;
	size_t n = strlen(url);

	if (n >= TRANSPORT_URL_MAX / 2 || !plain_characters(url) || !url_split(url, &p)) {
		err_set(err, ERR_INVALID_VALUE, _("This is no address of a county server."));
		err_example(err, "https://county.example.cn/fhir");
		return err_at(err, "county");
	}
	if (!p.https && !is_loopback_host(p.host)) {
		err_set(err, ERR_NOT_ALLOWED,
			_("Patients' data go over encrypted connections only: the address must begin with https."));
		err_example(err, "https://county.example.cn/fhir");
		return err_at(err, "county");
	}
	while (n && url[n - 1] == '/')
		n--;
	memcpy(base, url, n);
	base[n] = '\0';
	return true;
}
