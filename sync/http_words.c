/* What libcurl's failures mean for the person at the desk. */
#include "sync/http_int.h"

#include "app/base/clock.h"
#include "app/base/i18n.h"

static const struct {
	CURLcode rc;
	enum err_code code;
	const char *msgid;
} words[] = {
	{ CURLE_ABORTED_BY_CALLBACK, ERR_BUSY,
		N_("A USB stick goes first: this exchange was broken off. What is left goes with the next one.") },
	{ CURLE_COULDNT_RESOLVE_HOST, ERR_NETWORK, N_("No network, or the county's address is unknown.") },
	{ CURLE_COULDNT_RESOLVE_PROXY, ERR_NETWORK, N_("No network, or the proxy's address is unknown.") },
	{ CURLE_COULDNT_CONNECT, ERR_NETWORK, N_("The county server cannot be reached.") },
	{ CURLE_OPERATION_TIMEDOUT, ERR_NETWORK, N_("The line to the county is too slow or was cut.") },
	{ CURLE_SSL_PINNEDPUBKEYNOTMATCH, ERR_NETWORK,
		N_("This is not the county's network: the server shows another key than the one noted here. Nothing was sent.") },
	{ CURLE_SSL_CONNECT_ERROR, ERR_NETWORK,
		N_("No encrypted connection with the county server could be made. Nothing was sent.") },
	{ CURLE_SSL_CERTPROBLEM, ERR_AUTH, N_("This computer's own certificate cannot be used. Take in the county's file again.") },
	{ CURLE_SSL_CACERT_BADFILE, ERR_NOT_FOUND, N_("This system's list of certificates is missing (package ca-certificates).") },
	{ CURLE_PEER_FAILED_VERIFICATION, ERR_NETWORK,
		N_("The server's certificate is not the county's. Nothing was sent.") },
	{ CURLE_SSL_ISSUER_ERROR, ERR_NETWORK, N_("The server's certificate is not the county's. Nothing was sent.") },
};

/* Numbers of OpenSSL's verification (X509_V_ERR_...), which libcurl hands on. */
enum { VERIFY_TOO_EARLY = 9,
	VERIFY_EXPIRED = 10,
	VERIFY_NO_ISSUER = 20,
	VERIFY_SELF_SIGNED = 18,
	VERIFY_SELF_SIGNED_ROOT = 19 };

/* A dead battery puts the clock years back, and then every certificate is wrong: that is said first. */
static bool outside_dates(const struct http *h, struct err *err)
{
	struct clock clock;
	char now[CLOCK_LEN];

	clock_init_real(&clock);
	err_system(err, ERR_NETWORK, CURLE_PEER_FAILED_VERIFICATION, "", "%s", h->fault);
	snprintf(err->message, sizeof(err->message),
		_("The certificate does not fit today's date, %.10s by this computer. Is its clock right? Nothing was sent."),
		clock_rfc3339(clock_now(&clock), now));
	return false;
}

static bool not_verified(const struct http *h, struct err *err)
{
	long result = 0;

	curl_easy_getinfo(h->curl, CURLINFO_SSL_VERIFYRESULT, &result);
	switch (result) {
	case VERIFY_TOO_EARLY:
	case VERIFY_EXPIRED:
		return outside_dates(h, err);
	case VERIFY_NO_ISSUER:
	case VERIFY_SELF_SIGNED:
	case VERIFY_SELF_SIGNED_ROOT:
		return err_system(err, ERR_NETWORK, CURLE_PEER_FAILED_VERIFICATION,
			_("The server's certificate is signed by nobody known here. Has the county a root? Nothing was sent."),
			"%s", h->fault);
	default:
		return err_system(err, ERR_NETWORK, CURLE_PEER_FAILED_VERIFICATION,
			_("The server's certificate is not the county's. Nothing was sent."), "%s", h->fault);
	}
}

/* A server that wants a certificate says so by a TLS alert, with TLS 1.3 only after the handshake. */
static bool refused_us(const struct http *h, CURLcode rc)
{
	if (rc == CURLE_SSL_CLIENTCERT)
		return true;
	if (rc == CURLE_PEER_FAILED_VERIFICATION && strstr(h->fault, "certificate verification failed"))
		return true; /* so libcurl puts the alert that our certificate has ended; of theirs it says what is wrong */
	return strstr(h->fault, "alert certificate") || strstr(h->fault, "alert bad certificate") ||
		strstr(h->fault, "alert unknown ca") || strstr(h->fault, "alert handshake failure") ||
		strstr(h->fault, "alert access denied");
}

bool http_failed(const struct http *h, CURLcode rc, struct err *err)
{
	const char *why = *h->fault ? h->fault : curl_easy_strerror(rc);

	if (h->too_large)
		return err_system(err, ERR_SERVER, (int)rc, _("The county server sent more than this program accepts."), "%s", why);
	if (refused_us(h, rc))
		return err_system(err, ERR_AUTH, (int)rc,
			_("The county server does not accept this computer's certificate, or wants one that is not here."),
			"%s", why);
	if (rc == CURLE_PEER_FAILED_VERIFICATION)
		return not_verified(h, err);
	for (size_t i = 0; i < N_ELEMENTS(words); i++)
		if (words[i].rc == rc)
			return err_system(err, words[i].code, (int)rc, _(words[i].msgid), "%s", why);
	if (rc == CURLE_RECV_ERROR && (strstr(why, "from proxy") || strstr(why, "CONNECT tunnel failed")))
		return err_system(err, ERR_NETWORK, (int)rc,
			_("The proxy does not let us through: its address, or name and password for it, are wrong."), "%s", why);
	return err_system(err, ERR_NETWORK, (int)rc, _("The line to the county was cut."), "%s", why);
}
