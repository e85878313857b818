/* The hub's answers to those who read: one resource, a search page, a history. */
#include "sync/hub_int.h"

/* ---- one resource ---------------------------------------------------------------------------------------------------- */

static void answer_doc(const struct hub_doc *d, struct hub_reply *out)
{
	out->status = 200;
	snprintf(out->etag, sizeof out->etag, "W/\"%lld\"", (long long)d->version);
	json_write(&out->body, d->doc);
}

void hub_read(struct app *app, const char *type, const char *id, const char *version, struct hub_reply *out)
{
	int64_t n = version ? strtoll(version, NULL, 10) : 0;
	struct hub_doc d = { .version = 0 };
	struct err err;

	if (version && n < 1)
		hub_refuse(out, 404, "not-found", "%s/%s has no such version", type, id);
	else if (!hub_load(app, type, id, n, &d, &err))
		hub_fault(out, &err);
	else if (!d.version)
		hub_refuse(out, 404, "not-found", "%s/%s is not here", type, id);
	else
		answer_doc(&d, out);
	hub_doc_release(&d);
}

/* ---- what a search asks for ------------------------------------------------------------------------------------------ */

struct search {
	struct hub_window w;
	int64_t page, after; /* the page goes on behind this time */
	char tag[160];
	const char *ids; /* "a,b,c", NULL: all */
	bool count;
	const char *elements;
};

static bool read_time(const char *value, struct hub_window *w)
{
	static const struct {
		char op[3];
		int from, to; /* +1: the window begins (ends) one millisecond later */
	} ops[] = { { "ge", 0, -1 }, { "gt", 1, -1 }, { "lt", -1, 0 }, { "le", -1, 1 }, { "eq", 0, 1 } };
	int64_t at;

	for (size_t i = 0; i < N_ELEMENTS(ops); i++) {
		if (strncmp(value, ops[i].op, 2) != 0 || !clock_parse(value + 2, &at))
			continue;
		if (ops[i].from >= 0 && at + ops[i].from > w->from)
			w->from = at + ops[i].from;
		if (ops[i].to >= 0 && at + ops[i].to < w->to)
			w->to = at + ops[i].to;
		return true;
	}
	return false;
}

static bool read_number(const char *value, int64_t lo, int64_t hi, int64_t *out)
{
	char *end;
	long long n = strtoll(value, &end, 10);

	if (*end || !*value || n < lo)
		return false;
	*out = n < hi ? n : hi;
	return true;
}

/* "system|code", "|code", "code": one tag. */
static bool read_tag(const char *value, struct search *s)
{
	const char *bar = strchr(value, '|');

	if (strlen(value) > sizeof s->tag - 4 || strchr(value, ',') || strchr(value, ' '))
		return false;
	if (bar && bar > value)
		snprintf(s->tag, sizeof s->tag, " %s ", value);
	else
		snprintf(s->tag, sizeof s->tag, "|%s ", bar ? bar + 1 : value);
	s->w.tag = s->tag;
	return true;
}

/* What is not understood is refused: a search that returned everything instead would be taken for the answer. */
static bool read_pair(struct search *s, const struct hub_pair *p)
{
	if (strcmp(p->name, "_id") == 0)
		s->ids = p->value;
	else if (strcmp(p->name, "_lastUpdated") == 0)
		return read_time(p->value, &s->w);
	else if (strcmp(p->name, "_sort") == 0)
		return strcmp(p->value, "_lastUpdated") == 0;
	else if (strcmp(p->name, "_count") == 0)
		return read_number(p->value, 1, HUB_PAGE_MAX, &s->page);
	else if (strcmp(p->name, "_after") == 0)
		return read_number(p->value, 0, INT64_MAX - 1, &s->after); /* what is behind it has a time, too */
	else if (strcmp(p->name, "_tag") == 0)
		return read_tag(p->value, s);
	else if (strcmp(p->name, "_elements") == 0)
		s->elements = p->value;
	else if (strcmp(p->name, "_summary") == 0)
		return s->count = strcmp(p->value, "count") == 0;
	else
		return strcmp(p->name, "_format") == 0 || strcmp(p->name, "_total") == 0;
	return true;
}

static bool read_search(struct search *s, const struct hub_query *q, struct hub_reply *out)
{
	*s = (struct search){ .w = { .from = INT64_MIN, .to = INT64_MAX }, .page = HUB_PAGE, .after = -1 };
	for (size_t i = 0; i < q->n; i++)
		if (!read_pair(s, &q->p[i])) {
			hub_refuse(out, 400, "not-supported", "this hub does not search by %s=%s", q->p[i].name, q->p[i].value);
			return false;
		}
	if (s->ids && (s->count || s->w.tag)) {
		hub_refuse(out, 400, "not-supported", "this hub neither counts ids nor narrows them by a tag");
		return false;
	}
	if (s->after >= s->w.from)
		s->w.from = s->after + 1;
	s->w.limit = s->page + 1;
	return true;
}

/* ---- a page ---------------------------------------------------------------------------------------------------------- */

struct page {
	struct hub_reply *out;
	const struct hub_request *req;
	const char *type;
	const struct search *s;
	int64_t n, last; /* entries so far; time of the newest of them */
	bool more;
};

static bool is_wanted(const char *elements, const char *key)
{
	size_t n = strlen(key);

	if (strcmp(key, "resourceType") == 0 || strcmp(key, "id") == 0 || strcmp(key, "meta") == 0)
		return true;
	for (const char *s = elements; s; s = strchr(s, ','), s += s != NULL)
		if (strncmp(s, key, n) == 0 && (s[n] == ',' || !s[n]))
			return true;
	return false;
}

static void write_elements(const struct json_object *doc, const char *elements, struct sbuf *out)
{
	AUTO_JSON struct json_object *some = json_object_new_object();

	json_object_object_foreach(doc, key, value) {
		if (is_wanted(elements, key))
			json_object_object_add(some, key, json_object_get(value));
	}
	json_write(out, some);
}

/* By number, or by what one answer may weigh: one entry goes in any case. */
static bool is_full(struct page *p)
{
	p->more |= p->n == p->s->page || (p->n && p->out->body.len > HUB_BODY_MAX / 2);
	return p->more;
}

static bool add_entry(void *ctx, struct hub_doc *d)
{
	struct page *p = ctx;

	if (is_full(p))
		return false;
	sbuf_addf(&p->out->body, "%s{\"fullUrl\":\"%s/%s/%s\",\"resource\":", p->n ? "," : "", p->req->base, p->type, d->id);
	if (p->s->elements)
		write_elements(d->doc, p->s->elements, &p->out->body);
	else
		json_write(&p->out->body, d->doc);
	sbuf_adds(&p->out->body, "}");
	p->last = d->updated;
	p->n++;
	return true;
}

static bool in_window(const struct search *s, const struct hub_doc *d)
{
	return d->version && d->updated >= s->w.from && d->updated < s->w.to;
}

static int by_time(const void *a, const void *b)
{
	const struct hub_doc *x = a, *y = b;

	return (x->updated > y->updated) - (x->updated < y->updated);
}

static bool add_loaded(struct app *app, const char *type, struct hub_doc *d, struct page *p, bool *more, struct err *err)
{
	struct hub_doc whole;
	bool ok = hub_load(app, type, d->id, d->version, &whole, err);

	*more = ok && add_entry(p, &whole);
	hub_doc_release(&whole);
	return ok;
}

/* A list of ids is looked up one by one, for their times first: they are few, but all at once they may be large. */
static bool list_ids(struct app *app, const char *type, const struct search *s, struct page *p, struct err *err)
{
	struct hub_doc *d = xcalloc(HUB_IDS_MAX, sizeof *d);
	size_t n = 0;
	bool ok = true, more = true;

	for (const char *at = s->ids; ok && *at && n < HUB_IDS_MAX; at += strcspn(at, ","), at += *at == ',') {
		char id[HUB_ID_MAX + 1];
		size_t len = strcspn(at, ",");

		if (!hub_is_id(at, len))
			continue;
		snprintf(id, sizeof id, "%.*s", (int)len, at);
		ok = hub_load(app, type, id, 0, &d[n], err);
		hub_doc_release(&d[n]);
		n += in_window(s, &d[n]);
	}
	qsort(d, n, sizeof *d, by_time);
	for (size_t i = 0; ok && more && i < n; i++)
		ok = add_loaded(app, type, &d[i], p, &more, err);
	free(d);
	return ok;
}

static bool too_many_ids(const char *ids)
{
	size_t n = 1;

	for (; ids && *ids; ids++)
		n += *ids == ',';
	return n > HUB_IDS_MAX;
}

/* The same search, going on behind the newest entry of this page. */
static void add_links(struct page *p, const char *cut_at)
{
	const char *path = p->req->path, *cut = strstr(path, cut_at);
	int n = (int)(cut ? cut - path : (ptrdiff_t)strlen(path));

	sbuf_addf(&p->out->body, ",\"link\":[{\"relation\":\"self\",\"url\":\"%s/%s\"}", p->req->base, path);
	if (p->more)
		sbuf_addf(&p->out->body, ",{\"relation\":\"next\",\"url\":\"%s/%.*s%s%s%lld\"}", p->req->base, n, path,
			strchr(path, '?') ? "" : "?", cut_at, (long long)p->last);
	sbuf_adds(&p->out->body, "]}");
}

static void answer_count(struct app *app, const char *type, const struct search *s, struct hub_reply *out)
{
	struct err err;
	int64_t n;

	if (!hub_total(app, type, &s->w, &n, &err)) {
		hub_fault(out, &err);
		return;
	}
	out->status = 200;
	sbuf_addf(&out->body, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":%lld}", (long long)n);
}

void hub_search(struct app *app, const struct hub_request *req, const char *type, const struct hub_query *q,
	struct hub_reply *out)
{
	struct search s;
	struct page p = { .out = out, .req = req, .type = type, .s = &s };
	struct err err;
	bool ok;

	if (!read_search(&s, q, out))
		return;
	if (too_many_ids(s.ids)) {
		hub_refuse(out, 400, "too-long", "at most %d ids in one search", (int)HUB_IDS_MAX);
		return;
	}
	if (s.count) {
		answer_count(app, type, &s, out);
		return;
	}
	out->status = 200;
	sbuf_adds(&out->body, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[");
	ok = s.ids ? list_ids(app, type, &s, &p, &err) : hub_list(app, "hub_search", type, &s.w, add_entry, &p, &err);
	if (!ok) {
		hub_fault(out, &err);
		return;
	}
	sbuf_adds(&out->body, "]");
	add_links(&p, "&_after=");
}

/* ---- histories ------------------------------------------------------------------------------------------------------- */

static bool add_version(void *ctx, struct hub_doc *d)
{
	struct page *p = ctx;

	if (is_full(p))
		return false;
	sbuf_addf(&p->out->body, "%s{\"fullUrl\":\"%s/%s/%s\",\"resource\":", p->n ? "," : "", p->req->base, p->type, d->id);
	json_write(&p->out->body, d->doc);
	sbuf_addf(&p->out->body, ",\"request\":{\"method\":\"PUT\",\"url\":\"%s/%s\"},\"response\":{\"status\":\"%s\","
				 "\"etag\":\"W/\\\"%lld\\\"\"}}",
		p->type, d->id, d->version == 1 ? "201" : "200", (long long)d->version);
	p->last = d->updated;
	p->n++;
	return true;
}

static bool read_history(struct search *s, const struct hub_query *q)
{
	*s = (struct search){ .w = { .from = INT64_MIN, .to = INT64_MAX }, .page = HUB_PAGE };
	for (size_t i = 0; i < q->n; i++) {
		const struct hub_pair *p = &q->p[i];
		bool ok = true;

		if (strcmp(p->name, "_since") == 0)
			ok = clock_parse(p->value, &s->w.from);
		else if (strcmp(p->name, "_count") == 0)
			ok = read_number(p->value, 1, HUB_PAGE_MAX, &s->page);
		else if (strcmp(p->name, "_before") == 0)
			ok = read_number(p->value, 0, INT64_MAX, &s->w.to);
		else
			ok = strcmp(p->name, "_format") == 0;
		if (!ok)
			return false;
	}
	s->w.limit = s->page + 1;
	return true;
}

void hub_history_of(struct app *app, const struct hub_request *req, const char *type, const char *id,
	const struct hub_query *q, struct hub_reply *out)
{
	struct search s;
	struct page p = { .out = out, .req = req, .type = type, .s = &s };
	struct err err;

	if (!read_history(&s, q)) {
		hub_refuse(out, 400, "not-supported", "a history is asked for by _since and _count");
		return;
	}
	s.w.id = id;
	out->status = 200;
	sbuf_adds(&out->body, "{\"resourceType\":\"Bundle\",\"type\":\"history\",\"entry\":[");
	if (!hub_list(app, id ? "hub_history_one" : "hub_history", type, &s.w, add_version, &p, &err)) {
		hub_fault(out, &err);
		return;
	}
	if (id && !p.n && s.w.from == INT64_MIN && s.w.to == INT64_MAX) {
		hub_refuse(out, 404, "not-found", "%s/%s is not here", type, id);
		return;
	}
	sbuf_adds(&out->body, "]");
	add_links(&p, "&_before=");
}
