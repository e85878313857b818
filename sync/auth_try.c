/* Does the county's server answer, and let us in?  One small question, nothing is written there. */
#include "sync/auth.h"

#include "app/base/i18n.h"
#include "app/base/json.h"
#include "app/base/utf8.h"
#include "sync/fhir/doc.h"
#include "sync/sync_int.h"

enum { SOFTWARE_COLUMNS = 40 };

static void software_of(const struct json_object *doc, char *out, size_t size)
{
	const char *name = doc_text(doc, "software.name");
	AUTO_SBUF struct sbuf clean = SBUF_INIT;
	size_t n;

	if (name)
		utf8_plain(&clean, name, strlen(name));
	n = utf8_fit(clean.s, SOFTWARE_COLUMNS);
	snprintf(out, size, "%.*s", n < size ? (int)n : 0, clean.s);
}

/* What is for those alone whom it knows. */
static bool lets_in(struct transport *line, const char *base, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_ANSWER struct http_answer answer;

	http_answer_init(&answer);
	sbuf_addf(&url, "%s/Patient?_summary=count", base);
	if (!line->send(line, &(struct http_request){ .method = "GET", .url = url.s }, &answer, err))
		return false;
	return (answer.status != 401 && answer.status != 403) || answer_error(&answer, err);
}

static bool ask(struct transport *line, const char *base, char *software, size_t size, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_ANSWER struct http_answer answer;
	AUTO_JSON struct json_object *doc = NULL;
	const char *type;

	http_answer_init(&answer);
	sbuf_addf(&url, "%s/metadata", base);
	if (!line->send(line, &(struct http_request){ .method = "GET", .url = url.s }, &answer, err))
		return false;
	if (answer.status != 200 || !answer_is_fhir(&answer) || !json_parse(answer.body.s, answer.body.len, NULL, &doc, err))
		return answer_error(&answer, err);
	type = json_text(doc, "resourceType");
	if (!type || strcmp(type, "CapabilityStatement") != 0)
		return err_system(err, ERR_SERVER, answer.status, _("There is no FHIR server at the county's address."),
			"HTTP 200");
	software_of(doc, software, size);
	return true;
}

bool auth_try(struct app *app, char *software, size_t size, struct err *err)
{
	struct remote remote;
	struct transport *line;
	bool ok;

	if (!remote_load(app, NULL, &remote, err))
		return false;
	if (!remote.base[0]) {
		err_set(err, ERR_USAGE, _("The address of the county server is not known yet."));
		return err_example(err, "cunyi county enrol https://county.example.cn/fhir");
	}
	line = auth_county_line(app, remote.base, err);
	ok = line && ask(line, remote.base, software, size, err) && lets_in(line, remote.base, err);
	if (!ok)
		auth_county_error(app, err);
	transport_close(line);
	return ok;
}
