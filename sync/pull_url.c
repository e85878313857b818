/* The searches of a download. */
#include "sync/pace.h"
#include "sync/pull_int.h"

enum { SLICE_COUNT = 1000 };

/* UTC with milliseconds: "2026-11-22T01:02:03.004Z". */
static void utc_text(int64_t ms, char out[32])
{
	time_t t = (time_t)(ms / 1000);
	struct tm tm;
	size_t n;

	gmtime_r(&t, &tm);
	n = strftime(out, 24, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(out + n, 32 - n, ".%03uZ", (unsigned)(ms % 1000) & 1023u);
}

/* What narrows a search besides the time. */
static void add_filters(const struct sync *s, const struct cursor *c, struct sbuf *out)
{
	if (strncmp(s->remote.scope, "tag:", 4) == 0 && !c->only)
		sbuf_addf(out, "&_tag=%s%%7C%s", FHIR_SCOPE, s->remote.scope + 4);
	if (strcmp(c->type, "Encounter") == 0) /* visits, not the Encounters that follow from forms */
		sbuf_addf(out, "&_tag=%s%%7Cvisit", FHIR_KIND);
}

static void add_since(struct sbuf *out, int64_t from)
{
	char text[32];

	if (from <= 0)
		return;
	utc_text(from, text);
	sbuf_addf(out, "_lastUpdated=ge%s&", text);
}

/* "base/Type?" and what narrows it. */
static void begin_url(const struct sync *s, const struct cursor *c, struct sbuf *out)
{
	sbuf_clear(out);
	sbuf_addf(out, "%s/%s?%s", s->remote.base, c->type, c->only ? c->only : "");
}

void pull_url(const struct sync *s, struct cursor *c, struct sbuf *out)
{
	c->from_window = !c->page;
	c->began = c->page ? c->page : c->hw ? c->hw - SYNC_OVERLAP_MS : 0;
	begin_url(s, c, out);
	add_since(out, c->began);
	sbuf_addf(out, "_sort=_lastUpdated&_count=%lld%s", (long long)(c->count ? c->count : pace_page(s)),
		c->outlines ? "&_elements=id,meta" : "");
	add_filters(s, c, out);
}

void pull_slice_url(const struct sync *s, const struct cursor *c, int64_t at, const char *sort, struct sbuf *out)
{
	char text[32];

	begin_url(s, c, out);
	add_since(out, at);
	utc_text(at + 1, text);
	sbuf_addf(out, "_lastUpdated=lt%s&_sort=%s&_count=%d%s", text, sort, SLICE_COUNT, c->outlines ? "&_elements=id,meta" : "");
	add_filters(s, c, out);
}

bool pull_count(struct sync *s, const struct cursor *c, int64_t from, int64_t to, int64_t *out, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_JSON struct json_object *bundle = NULL;
	char text[32];
	int status;

	begin_url(s, c, &url);
	add_since(&url, from);
	utc_text(to, text);
	if (to)
		sbuf_addf(&url, "_lastUpdated=lt%s&", text);
	sbuf_adds(&url, "_summary=count");
	add_filters(s, c, &url);
	if (!fetch(s, url.s, &bundle, &status, err))
		return false;
	*out = json_int(bundle, "total", -1);
	return true;
}
