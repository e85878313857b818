/* The searches of a download. */
#include "sync/pace.h"
#include "sync/pull_int.h"
#include "sync/scope.h"

enum { SLICE_COUNT = 1000, TOTAL_MAX = 2000000000 }; /* more is no number of resources */

/* "A,B": of one or the other. */
static void add_townships(const char *list, struct sbuf *out)
{
	for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',')
		sbuf_addf(out, "%s%s%%7C%.*s", at == list ? "&_tag=" : ",", FHIR_SCOPE, (int)strcspn(at, ","), at);
}

/* What narrows a search besides the time. */
static void add_filters(const struct sync *s, const struct cursor *c, struct sbuf *out)
{
	if (c->people)
		sbuf_addf(out, "&%s", c->people);
	else if (scope_is_narrow(s) && !scope_is_for_all(c->type))
		add_townships(s->remote.scope + 4, out);
	if (strcmp(c->type, "Encounter") == 0) /* visits, not the Encounters that follow from forms */
		sbuf_addf(out, "&_tag=%s%%7Cvisit", FHIR_KIND);
}

static void add_since(struct sbuf *out, int64_t from)
{
	char text[CLOCK_LEN];

	if (from > 0)
		sbuf_addf(out, "_lastUpdated=ge%s&", clock_utc(from, text));
}

static void begin_url(const struct sync *s, const struct cursor *c, struct sbuf *out)
{
	sbuf_clear(out);
	sbuf_addf(out, "%s/%s?", s->remote.base, c->type);
}

/* A server that gives its own ids tells by the identifiers which of ours it is. */
static const char *outline(const struct sync *s, const struct cursor *c)
{
	return !c->outlines ? "" : s->remote.posts ? "&_elements=id,meta,identifier" : "&_elements=id,meta";
}

void pull_url(const struct sync *s, struct cursor *c, struct sbuf *out)
{
	c->from_window = !c->page;
	c->began = c->page ? c->page : c->hw ? c->hw - pull_overlap(s) : 0;
	begin_url(s, c, out);
	add_since(out, c->began);
	sbuf_addf(out, "_sort=_lastUpdated&_count=%lld%s", (long long)(c->count ? c->count : pace_page(s)),
		outline(s, c));
	add_filters(s, c, out);
}

void pull_slice_url(const struct sync *s, const struct cursor *c, int64_t at, const char *sort, struct sbuf *out)
{
	char text[CLOCK_LEN];

	begin_url(s, c, out);
	add_since(out, at);
	sbuf_addf(out, "_lastUpdated=lt%s&_sort=%s&_count=%d%s", clock_utc(at + 1, text), sort, SLICE_COUNT,
		outline(s, c));
	add_filters(s, c, out);
}

bool pull_count(struct sync *s, const struct cursor *c, int64_t from, int64_t to, int64_t *out, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	AUTO_JSON struct json_object *bundle = NULL;
	char text[CLOCK_LEN];
	int status;

	begin_url(s, c, &url);
	add_since(&url, from);
	if (to)
		sbuf_addf(&url, "_lastUpdated=lt%s&", clock_utc(to, text));
	sbuf_adds(&url, "_summary=count");
	add_filters(s, c, &url);
	if (!fetch(s, url.s, &bundle, &status, err))
		return false;
	*out = json_int(bundle, "total", -1);
	if (*out < 0 || *out > TOTAL_MAX)
		*out = -1;
	return true;
}
