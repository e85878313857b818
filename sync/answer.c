/* What answers mean, in words. */
#include "sync/sync_int.h"

#include "app/base/i18n.h"
#include "app/base/utf8.h"
#include "sync/fhir/doc.h"

enum { WORDS_MAX = 400 };

bool answer_is_fhir(const struct http_answer *a)
{
	return strcmp(a->content_type, "application/fhir+json") == 0 || strcmp(a->content_type, "application/json") == 0 ||
		strcmp(a->content_type, "application/json+fhir") == 0;
}

static bool too_many(const struct http_answer *a, struct err *err)
{
	int64_t minutes = (a->retry_after + 59) / 60;

	if (minutes < 1)
		return err_system(err, ERR_SERVER, a->status, _("The county server is busy. Try again later."), "HTTP %d",
			a->status);
	err_system(err, ERR_SERVER, a->status, "", "HTTP %d, retry after %lld s", a->status, (long long)a->retry_after);
	snprintf(err->message, sizeof(err->message), _("The county server is busy. It asks to try again in %lld min."),
		(long long)minutes);
	return false;
}

/* Whom the user has to ask, or that there is nobody to ask. */
static const struct {
	int status;
	const char *msgid;
} sentences[] = {
	{ 401, N_("The county server does not know this clinic's key. Ask the county to renew it.") },
	{ 403, N_("The county server does not allow this clinic to do that. Ask the county.") },
	{ 404, N_("There is no FHIR server at the county's address.") },
	{ 405, N_("The county server cannot do something that this program needs. Ask the county.") },
	{ 406, N_("The county server does not speak FHIR in JSON. Ask the county.") },
	{ 408, N_("The line is too slow for the county server. Try again later.") },
	{ 410, N_("There is no FHIR server at the county's address.") },
	{ 413, N_("The county server does not take so much at once. Ask the county.") },
	{ 415, N_("The county server does not speak FHIR in JSON. Ask the county.") },
	{ 501, N_("The county server cannot do something that this program needs. Ask the county.") },
	{ 502, N_("The county server does not answer behind its gateway. Try again later.") },
	{ 504, N_("The county server does not answer behind its gateway. Try again later.") },
};

/* A network that is not the county's: it leads elsewhere, or says so (RFC 6585). */
static bool asks_login(int status)
{
	return (status >= 300 && status < 400) || status == 511;
}

/* The county's people need the number of what is not in the table. */
static void sentence(int status, struct err *err)
{
	const char *msgid = NULL;

	for (size_t i = 0; i < N_ELEMENTS(sentences); i++)
		if (sentences[i].status == status)
			msgid = sentences[i].msgid;
	if (asks_login(status))
		msgid = N_("The network asks for a login first, or the county's address has moved. Nothing was sent there.");
	else if (!msgid && status >= 500)
		msgid = N_("The county server has a fault. Try again later.");
	if (msgid)
		snprintf(err->message, sizeof err->message, "%s", _(msgid));
	else
		snprintf(err->message, sizeof err->message, _("The county server refused the request (HTTP %d). Ask the county."),
			status);
}

bool answer_error(const struct http_answer *a, struct err *err)
{
	enum err_code code = a->status == 401 || a->status == 403 ? ERR_AUTH : ERR_SERVER;

	if (a->status == 503 || a->status == 429)
		return too_many(a, err);
	if (a->status == 200 && !answer_is_fhir(a))
		return err_system(err, ERR_NETWORK, a->status,
			_("The network answered with a page instead of the county server: log in to it first."), "content type %s",
			a->content_type);
	if (a->status == 200)
		return err_system(err, ERR_SERVER, a->status, _("The county server's answer cannot be understood."), "HTTP 200");
	if (asks_login(a->status))
		code = ERR_NETWORK;
	err_system(err, code, a->status, "", "HTTP %d", a->status);
	sentence(a->status, err);
	return false;
}

bool answer_heard(const struct sync *s, struct err *err)
{
	const struct http_answer nothing = { .status = s->nowhere };

	return s->heard || !s->nowhere || answer_error(&nothing, err);
}

bool answer_may_lack(const struct sync *s, struct err *err)
{
	static const int says_so[] = { 403, 405, 501 };
	bool none = false;

	for (size_t i = 0; i < N_ELEMENTS(says_so); i++)
		none |= err->detail == says_so[i];
	if (s->dead || !none || (err->code != ERR_SERVER && err->code != ERR_AUTH))
		return false;
	*err = (struct err){ 0 };
	return true;
}

/* ---- OperationOutcome --------------------------------------------------------------------------------------------- */

static void add_issue(const struct json_object *issue, struct sbuf *out)
{
	const char *text = doc_text(issue, "details.text"), *where = NULL;
	struct json_object *at = json_array(issue, "expression");

	text = text ? text : json_text(issue, "diagnostics");
	text = text ? text : json_text(issue, "code");
	at = at ? at : json_array(issue, "location");
	if (json_count(at))
		where = json_object_get_string(json_object_array_get_idx(at, 0));
	sbuf_addf(out, "%s%s%s%s%s", out->len ? "; " : "", text ? text : "?", where ? " (" : "", where ? where : "",
		where ? ")" : "");
}

void outcome_words(const struct json_object *outcome, struct sbuf *out)
{
	struct json_object *issues = json_array(outcome, "issue");
	AUTO_SBUF struct sbuf raw = SBUF_INIT;

	for (size_t i = 0; i < json_count(issues) && raw.len < WORDS_MAX; i++) {
		struct json_object *issue = json_object_array_get_idx(issues, i);
		const char *severity = json_text(issue, "severity");

		if (!severity || (strcmp(severity, "error") == 0 || strcmp(severity, "fatal") == 0))
			add_issue(issue, &raw);
	}
	if (raw.len > WORDS_MAX)
		sbuf_cut(&raw, WORDS_MAX);
	utf8_clean(out, raw.s, raw.len);
	if (!out->len)
		sbuf_adds(out, _("The county server gave no reason."));
}

int outcome_entry(const struct json_object *outcome)
{
	struct json_object *issues = json_array(outcome, "issue");

	for (size_t i = 0; i < json_count(issues); i++) {
		struct json_object *issue = json_object_array_get_idx(issues, i), *at = json_array(issue, "expression");
		const char *where;
		int n;

		at = at ? at : json_array(issue, "location");
		where = json_count(at) ? json_object_get_string(json_object_array_get_idx(at, 0)) : NULL;
		if (where && sscanf(where, "Bundle.entry[%5d]", &n) == 1 && n >= 0)
			return n;
	}
	return -1;
}

/* ---- meta --------------------------------------------------------------------------------------------------------- */

/* A version goes back into requests: only what FHIR allows in one is taken. */
const char *doc_version(const struct json_object *doc)
{
	const char *v = json_text(json_member(doc, "meta"), "versionId");
	size_t n = v ? strspn(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.") : 0;

	return v && n > 0 && n <= 64 && v[n] == '\0' ? v : NULL;
}

int64_t doc_updated(const struct json_object *doc)
{
	const char *text = json_text(json_member(doc, "meta"), "lastUpdated");
	int64_t ms;

	return text && clock_parse(text, &ms) ? ms : 0;
}
