/* Whole change groups into one transaction, each with everything unsent that it refers to. */
#include "sync/idmap.h"
#include "sync/pace.h"

#include "sync/fhir/doc.h"

enum { PAGE = 100, GROUP_DEPTH = 16, TURN = 8 };

void bundle_release(struct bundle *b)
{
	for (size_t i = 0; i < b->n; i++) {
		item_release(b->items[i]);
		free(b->items[i]);
	}
	free(b->items);
	*b = (struct bundle){ 0 };
}

bool is_held(const struct sync *s, int64_t grp)
{
	for (size_t i = 0; i < s->n_held; i++)
		if (s->held[i].grp == grp)
			return true;
	return false;
}

static void add_held(struct sync *s, int64_t grp, bool waits)
{
	if (s->n_held == s->cap_held) {
		s->cap_held = s->cap_held ? s->cap_held * 2 : 16;
		s->held = xrealloc(s->held, s->cap_held, sizeof(*s->held));
	}
	s->held[s->n_held++] = (struct held_group){ grp, waits };
}

void hold(struct sync *s, int64_t grp)
{
	unhold(s, grp);
	add_held(s, grp, false);
}

void hold_back(struct sync *s, int64_t grp)
{
	if (!is_held(s, grp))
		add_held(s, grp, true);
}

void unhold(struct sync *s, int64_t grp)
{
	for (size_t i = 0; i < s->n_held; i++)
		if (s->held[i].grp == grp)
			s->held[i--] = s->held[--s->n_held];
}

void unhold_back(struct sync *s)
{
	for (size_t i = 0; i < s->n_held; i++)
		if (s->held[i].waits)
			s->held[i--] = s->held[--s->n_held];
}

static bool has_group(const struct bundle *b, int64_t grp)
{
	for (size_t i = 0; i < b->n_groups; i++)
		if (b->groups[i] == grp)
			return true;
	return false;
}

static void add_item(struct bundle *b, struct item *it)
{
	if (b->n == b->cap) {
		b->cap = b->cap ? b->cap * 2 : 16;
		b->items = xrealloc(b->items, b->cap, sizeof(struct item *));
	}
	b->items[b->n++] = it;
	b->entries += it->n_sends;
	b->bytes += it->bytes;
}

static void cut_to(struct bundle *b, size_t items, size_t groups)
{
	while (b->n > items) {
		struct item *it = b->items[--b->n];

		b->entries -= it->n_sends;
		b->bytes -= it->bytes;
		item_release(it);
		free(it);
	}
	b->n_groups = groups;
}

/* ---- what a group refers to --------------------------------------------------------------------------------------- */

struct needs {
	int64_t groups[64];
	size_t n;
	bool stuck; /* something it refers to is refused or disputed and was never at the server */
};

/* Is the record that a reference names unknown to the server, and what can be done about it? */
static bool need_record(struct sync *s, int64_t record, struct needs *needs, struct err *err)
{
	struct held_version v;
	struct out_row row;

	if (!version_load(s->app, s->remote.id, record, ROLE_MAIN, &v, err) || v.known)
		return v.known;
	if (!store_newest(s->app, s->remote.id, record, &row, err))
		return false;
	if (!row.seq)
		return true; /* the county's own: it came by another way */
	if (row.state != OUTBOX_PENDING) {
		needs->stuck |= row.state < OUTBOX_ACKED;
		return true;
	}
	for (size_t i = 0; i < needs->n; i++)
		if (needs->groups[i] == row.grp)
			return true;
	if (needs->n < N_ELEMENTS(needs->groups))
		needs->groups[needs->n++] = row.grp;
	else
		needs->stuck = true; /* it waits until some of them have gone */
	return true;
}

struct needing {
	struct sync *s;
	int64_t own;
	struct needs *needs;
	struct err *err;
};

static bool need_reference(const char *ref, void *ctx)
{
	struct needing *n = ctx;
	char type[64];
	const char *slash = strchr(ref, '/');
	enum kind_id kind;
	int64_t row;

	if (!slash || slash == ref || slash - ref >= (ptrdiff_t)sizeof(type))
		return true;
	snprintf(type, sizeof(type), "%.*s", (int)(slash - ref), ref);
	row = row_of_type(n->s, type, slash + 1, &kind);
	return !row || row == n->own || need_record(n->s, row, n->needs, n->err);
}

static bool needs_of(struct sync *s, const struct item *it, struct needs *needs, struct err *err)
{
	struct needing n = { .s = s, .own = it->row.record, .needs = needs, .err = err };

	for (size_t i = 0; i < it->set.n; i++)
		if (it->sends[i] && !doc_references(it->set.r[i].doc, need_reference, &n))
			return false;
	return true;
}

/* ---- adding ------------------------------------------------------------------------------------------------------- */

static bool over(const struct sync *s, const struct bundle *b)
{
	return b->entries > (size_t)s->remote.max_entries ||
		(double)b->bytes / s->packing > (double)s->remote.max_bytes;
}

static bool add_rows(struct sync *s, struct bundle *b, int64_t grp, struct needs *needs, struct err *err)
{
	AUTO_ROWS struct out_rows rows = { 0 };

	if (!store_group(s, grp, &rows, err))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		struct item *it = xcalloc(1, sizeof(*it));

		if (!item_render(s, &rows.r[i], it, err)) {
			free(it);
			return false;
		}
		/* A group above the server's limit cannot go whole: alone, and in parts, its records in the order of saving. */
		if (i && b->n_groups == 1 && b->entries + it->n_sends > (size_t)s->remote.max_entries) {
			item_release(it);
			free(it);
			return true;
		}
		add_item(b, it);
		if (!needs_of(s, it, needs, err))
			return false;
	}
	return true;
}

/* Recursion ends: a group is entered once, and deeper chains than GROUP_DEPTH are held. */
static bool add_closure(struct sync *s, struct bundle *b, int64_t grp, unsigned depth, bool *held, struct err *err)
{
	struct needs needs = { .n = 0 };

	if (has_group(b, grp))
		return true;
	if (b->n_groups == N_ELEMENTS(b->groups) || depth > GROUP_DEPTH) {
		*held = true;
		return true;
	}
	if (!store_group_waits(s, grp, held, err) || *held)
		return *held;
	b->groups[b->n_groups++] = grp;
	if (!add_rows(s, b, grp, &needs, err))
		return false;
	*held |= needs.stuck;
	for (size_t i = 0; i < needs.n && !*held; i++) {
		if (is_held(s, needs.groups[i]))
			*held = true;
		else if (!add_closure(s, b, needs.groups[i], depth + 1, held, err))
			return false;
	}
	return true;
}

static bool add_group(struct sync *s, struct bundle *b, int64_t grp, bool *fits, bool *held, struct err *err)
{
	size_t items = b->n, groups = b->n_groups;

	*fits = true;
	*held = false;
	if (!add_closure(s, b, grp, 0, held, err))
		return false;
	if (*held) {
		bool full = b->n_groups == N_ELEMENTS(b->groups) && items > 0;

		cut_to(b, items, groups);
		*held = !full; /* no room for one more group is no fault of it */
		*fits = !full;
		return true;
	}
	if (over(s, b) && items > 0) {
		cut_to(b, items, groups);
		*fits = false;
	}
	return true;
}

bool bundle_add_group(struct sync *s, struct bundle *b, int64_t grp, bool *fits, bool *held, struct err *err)
{
	int64_t last = 0;

	if (!add_group(s, b, grp, fits, held, err))
		return false;
	/* Too large with what it refers to: that goes first, unless it refers back; a group that is too large alone goes alone. */
	for (unsigned tries = 0; tries < GROUP_DEPTH && *fits && !*held && over(s, b) && b->n_groups > 1; tries++) {
		int64_t first = b->groups[b->n_groups - 1];

		if (first == last || first == grp)
			return true;
		last = b->groups[0];
		cut_to(b, 0, 0);
		if (!add_group(s, b, first, fits, held, err))
			return false;
	}
	return true;
}

static bool try_group(struct sync *s, struct bundle *b, int64_t grp, struct err *err)
{
	bool fits, held;

	if (has_group(b, grp) || is_held(s, grp))
		return true;
	if (!bundle_add_group(s, b, grp, &fits, &held, err))
		return false;
	if (held)
		hold_back(s, grp);
	b->full = !fits || over(s, b) || b->n_groups + 1 >= N_ELEMENTS(b->groups);
	return true;
}

/* Pending groups in their order, down to a class. */
static bool fill_classes(struct sync *s, struct bundle *b, int64_t lowest, struct err *err)
{
	int64_t prio = -1, after = 0;

	while (!b->full) {
		AUTO_ROWS struct out_rows rows = { 0 };

		if (!store_pending(s, prio, after, PAGE, &rows, err))
			return false;
		for (size_t i = 0; i < rows.n && !b->full; i++) {
			prio = rows.r[i].prio;
			after = rows.r[i].seq;
			if (prio > lowest)
				return true;
			if (!try_group(s, b, rows.r[i].grp, err))
				return false;
		}
		if (rows.n < PAGE)
			break;
	}
	return true;
}

/* Every eighth bundle takes the oldest group, whatever its class: nothing waits for ever behind what is more urgent. */
static bool take_oldest(struct sync *s, struct bundle *b, struct err *err)
{
	int64_t after = 0;
	size_t had = b->n_groups;

	while (!b->full && b->n_groups == had) {
		AUTO_ROWS struct out_rows rows = { 0 };

		if (!store_oldest(s, after, PAGE, &rows, err))
			return false;
		for (size_t i = 0; i < rows.n && !b->full && b->n_groups == had; i++) {
			after = rows.r[i].seq;
			if (!try_group(s, b, rows.r[i].grp, err))
				return false;
		}
		if (rows.n < PAGE)
			break;
	}
	return true;
}

bool bundle_fill(struct sync *s, struct bundle *b, struct err *err)
{
	bool turn = s->remote.bundles % TURN == TURN - 1;

	if (!fill_classes(s, b, SYNC_URGENT, err))
		return false;
	if (!pace_allows(s))
		return true;
	return (!turn || take_oldest(s, b, err)) && fill_classes(s, b, INT64_MAX, err);
}

/* ---- the request -------------------------------------------------------------------------------------------------- */

void bundle_entry(struct sbuf *out, const struct fhir_resource *r, const char *version)
{
	sbuf_adds(out, "{\"resource\":");
	json_write(out, r->doc);
	sbuf_addf(out, ",\"request\":{\"method\":\"PUT\",\"url\":\"%s/%s\"", r->type, r->id);
	if (version && *version)
		sbuf_addf(out, ",\"ifMatch\":\"W/\\\"%s\\\"\"", version);
	else if (version) /* not every server looks at it; where one does, nothing that came meanwhile is replaced unseen */
		sbuf_adds(out, ",\"ifNoneMatch\":\"*\"");
	sbuf_adds(out, "}}");
}

bool bundle_body(struct sync *s, const struct bundle *b, struct sbuf *out, struct err *err)
{
	bool first = true;

	sbuf_adds(out, "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->items[i]->set.n; j++) {
			const struct fhir_resource *r = &b->items[i]->set.r[j];
			const struct held_version *h = &b->items[i]->held[j];

			if (!b->items[i]->sends[j])
				continue;
			if (!first)
				sbuf_addc(out, ',');
			first = false;
			if (!s->remote.posts)
				bundle_entry(out, r, h->known ? h->version : "");
			else if (!idmap_entry(s, b, r, h->known ? h->version : NULL, out, err))
				return false;
		}
	sbuf_adds(out, "]}");
	return true;
}
