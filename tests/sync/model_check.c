/* What must hold after every step.  The invariants, with the numbers that failures name:
 *
 *    1 no loss                  5 no lost update         9 frozen bytes          13 urgent ones first    18 nothing deleted
 *    2 no duplicate             6 cursor behind rows    10 honest acks           15 unknown elements     19 echo-free
 *    3 convergence              7 cursor with rows      11 ask before resending  16 whatever clock       20 stick = network
 *    4 whole groups             8 save = outbox row     12 poison isolated       17 links acyclic        23 no captive page
 *                                                                                                        25 single runner
 * 1 2 3 17 19 20 are looked at when all has come to rest (model_rest.c), 12 and 25 when a round ends (model_net.c); 7 and 16 hold
 * because crashes between any two statements and wrong clocks are part of every schedule.  14, the laws of the merge, is
 * test_merge_laws.c; 21, a stick that was tampered with, test_stick_attack.c; 22, the bytes of a day, test_pace.c; 24, who is
 * loaded, test_scope.c; and whole histories of a hub and of sticks besides in test_hub_model.c and test_stick_model.c. */
#include "model.h"

#include <limits.h>

#include "app/base/json.h"
#include "support/base/check.h"
#include "sync/fhir/fhir.h"
#include "sync/state.h"

/* ---- what a device sends ---- */

uint64_t model_hash(uint64_t so_far, const char *text, size_t len)
{
	for (; len; text++, len--)
		so_far = (so_far ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return so_far;
}

static struct model_put *put_of(struct model *m, const char *key)
{
	for (size_t i = m->n_puts; i-- > 0;)
		if (strcmp(m->puts[i].key, key) == 0)
			return &m->puts[i];
	if (m->n_puts == m->cap_puts) {
		m->cap_puts = m->cap_puts ? m->cap_puts * 2 : 64;
		m->puts = xrealloc(m->puts, m->cap_puts, sizeof(*m->puts));
	}
	m->puts[m->n_puts] = (struct model_put){ .who = UINT_MAX };
	snprintf(m->puts[m->n_puts].key, sizeof(m->puts[0].key), "%s", key);
	return &m->puts[m->n_puts++];
}

/* What it says, less what its author's version has before it and the seal on that: whoever passes a version on names what was known
 * when it came to him, and its author may have learnt more since. */
static uint64_t said_hash(const struct model_resource *r)
{
	static const char *const marks[] = { "{\"url\":\"" FHIR_VECTOR_URL "\",", "{\"url\":\"" FHIR_SEAL_URL "\"," };
	const char *at = r->text, *end = r->text + r->len;
	uint64_t hash = MODEL_HASH;

	while (at < end) {
		const char *next = end;

		for (size_t i = 0; i < N_ELEMENTS(marks); i++) {
			const char *mark = strstr(at, marks[i]);

			next = mark && mark < next ? mark : next;
		}
		hash = model_hash(hash, at, (size_t)(next - at));
		at = next + (next < end ? strcspn(next, "}") + 1 : 0);
		at += next < end && *at == ',';
	}
	return hash;
}

/* 9 and 11: what may have arrived is asked about before it goes again, and it is the same to the letter unless the county has
 * said in between what it holds: then it is written anew upon that. */
static void check_entry(struct model *m, struct model_device *d, const struct model_resource *r)
{
	uint64_t hash = model_hash(MODEL_HASH, r->text, r->len), said = said_hash(r);
	struct model_put *p;
	char key[MODEL_KEY];

	if (!*r->stamp) /* what a server is tried with */
		return;
	snprintf(key, sizeof(key), "%s/%s %s", r->type, r->id, r->stamp);
	p = put_of(m, key);
	if (p->open && !p->asked && p->who == d->who)
		model_fail(m, "11: device %u sends %s again without asking", d->who, key);
	if (p->open && !p->told && (p->who == d->who ? p->hash != hash : p->said != said))
		model_fail(m, "9: %s is not the same when it is sent again", key);
	p->hash = hash;
	p->said = said;
	p->who = d->who;
	p->open = true;
	p->asked = p->told = false;
}

static uint64_t name_hash(const struct model_resource *r)
{
	return model_hash(model_hash(MODEL_HASH, r->type, strlen(r->type)), r->id, strlen(r->id));
}

/* The check of the server itself. */
static bool is_of_probe(const char *body)
{
	return strstr(body, "urn:cunyi:probe") != NULL;
}

static bool is_part(struct model *m, const struct model_device *d, const char *body)
{
	struct model_resource r;
	uint64_t first = model_next_resource(m, &body, &r) ? name_hash(&r) : 0;

	for (size_t i = 0; i < d->n_refused; i++)
		if (d->refused[i] == first)
			return true;
	return false;
}

/* The parts of a refused bundle are as old as it is. */
static void note_refused(struct model *m, struct model_device *d, const char *body)
{
	struct model_resource r;

	if (is_of_probe(body) || is_part(m, d, body))
		return;
	for (d->n_refused = 0; d->n_refused < MODEL_ENTRIES && model_next_resource(m, &body, &r); d->n_refused++)
		d->refused[d->n_refused] = name_hash(&r);
}

/* The bundle that goes now was begun before the urgent one was saved; the next one was not. */
static bool bundled_before(struct model *m, struct model_device *d, const char *body)
{
	bool before = d->urgent;

	d->urgent = before && is_part(m, d, body);
	return before;
}

/* 4: of a change group that goes, nothing stays behind.  13: nothing goes before what is urgent, but for what that refers to, and
 * where what the county has of it could not be read: that holds up nothing else.
 * Where a bundle holds but a few entries, groups go in parts. */
static void check_groups(struct model *m, struct model_device *d, const char *body)
{
	if (m->county.max_entries < 20 || is_of_probe(body))
		return;
	if (model_ask(d, "SELECT count(*) FROM outbox WHERE remote = 1 AND state IN (0, 1) AND grp IN "
			     "(SELECT grp FROM outbox WHERE remote = 1 AND state = 2)"))
		model_fail(m, "4: device %u sends a part of a change group", d->who);
	if (!m->county.refuse_id[0] && !bundled_before(m, d, body) && !d->unread &&
		model_ask(d, "SELECT count(*) FROM outbox o WHERE remote = 1 AND state = 0 AND prio = 0 AND NOT EXISTS "
			     "(SELECT 1 FROM outbox x WHERE x.remote = 1 AND x.state = 2 AND x.prio = 0) AND NOT EXISTS "
			     "(SELECT 1 FROM outbox b WHERE b.remote = 1 AND b.state IN (3, 5, 6))"))
		model_fail(m, "13: device %u sends others before the urgent one", d->who);
}

void model_check_put(struct model *m, struct model_device *d, const struct http_request *req)
{
	struct model_resource r;
	const char *at = req->body;

	if (db_test_is_dead(d->app.db))
		return;
	if (strncmp(req->url, m->county.base, strlen(m->county.base)) != 0)
		model_fail(m, "23: device %u sends to %s", d->who, req->url);
	while (model_next_resource(m, &at, &r))
		check_entry(m, d, &r);
	check_groups(m, d, req->body);
}

/* Does the sender know now what became of it? */
static bool is_clear(const struct http_answer *a, const struct http_request *req)
{
	const char *puts = "\"method\":\"PUT\"", *answers = "\"response\"";
	size_t n = 0;

	if (a->status == 0)
		return !a->may_have_arrived;
	if (a->status != 200)
		return a->status != 500 && a->status != 502 && a->status != 504;
	for (const char *at = strstr(req->body, puts); at; at = strstr(at + 1, puts))
		n++;
	for (const char *at = strstr(a->body.s, answers); at; at = strstr(at + 1, answers))
		n--;
	return n == 0 && strcmp(a->content_type, "application/fhir+json") == 0 && a->body.s[a->body.len - 1] == '}';
}

void model_check_answered(struct model *m, struct model_device *d, const struct http_request *req, const struct http_answer *a)
{
	bool get = strcmp(req->method, "GET") == 0;

	if (!get && a->status >= 400 && a->status < 500)
		note_refused(m, d, req->body);
	for (size_t i = 0; i < m->n_puts; i++) {
		struct model_put *p = &m->puts[i];
		const char *id = strchr(p->key, '/') + 1;
		char short_id[RECORD_ID_MAX + 1];

		if (!p->open || p->who != d->who)
			continue;
		snprintf(short_id, sizeof(short_id), "%.*s", (int)strcspn(id, " "), id);
		if (get && a->status == 200 && strstr(req->url, short_id)) {
			p->asked = true;
			p->told |= strstr(a->body.s, short_id) != NULL;
		} else if (!get && strstr(req->body, strchr(p->key, ' ') + 1) && is_clear(a, req)) {
			p->open = false;
		}
	}
}

/* ---- what the county holds ---- */

static const struct fake_version *before(const struct fake_fhir *f, size_t i)
{
	for (size_t j = i; j-- > 0;)
		if (strcmp(f->versions[j].id, f->versions[i].id) == 0 && strcmp(f->versions[j].type, f->versions[i].type) == 0)
			return &f->versions[j];
	return NULL;
}

/* 15: marks of others stay, whoever writes. */
static void check_marks(struct model *m, const char *old, const struct fake_version *v)
{
	static const char mark[] = "urn:foreign:";

	for (const char *at = strstr(old, mark); at; at = strstr(at + 1, mark)) {
		char text[48];

		snprintf(text, sizeof(text), "%.*s", (int)strcspn(at, "\""), at);
		if (!strstr(v->doc, text))
			model_fail(m, "15: %s/%s has lost %s in version %u", v->type, v->id, text, v->number);
	}
}

/* Who has a version by stick, and knows the county only by the late copy that lies over it there, puts it there again: it is that
 * version, under its author's mark, and nothing else. */
static bool is_put_back(const struct model *m, size_t i, const struct fake_version *o, const struct fake_version *v)
{
	const struct fake_version *hides = before(&m->county, i);
	struct edit_set was = model_edits_in(m, o->doc), is = model_edits_in(m, v->doc);

	return m->s->deaf && m->s->sticks && hides && hides != o && !hides->posted && memcmp(&was, &is, sizeof(was)) == 0;
}

/* 2: nothing is written twice under one stamp. */
static void check_stamp(struct model *m, size_t i, const struct fake_version *v)
{
	char stamp[MODEL_STAMP];

	if (!model_stamp(v->doc, strlen(v->doc), stamp))
		model_fail(m, "the model cannot read %.300s", v->doc);
	if (!*stamp)
		return;
	for (size_t j = 0; j < i; j++) {
		const struct fake_version *o = &m->county.versions[j];

		if (o->posted && o->doc && strcmp(o->id, v->id) == 0 && strcmp(o->type, v->type) == 0 && strstr(o->doc, stamp) &&
			!is_put_back(m, i, o, v))
			model_fail(m, "2: %s/%s holds %s in versions %u and %u", v->type, v->id, stamp, o->number, v->number);
	}
}

void model_check_county(struct model *m)
{
	for (size_t i = m->looked; i < m->county.n; i++) {
		const struct fake_version *v = &m->county.versions[i], *old = before(&m->county, i);
		struct edit_set a, b;
		int lost;

		if (!v->posted || !v->doc)
			continue;
		check_stamp(m, i, v);
		if (!old || !old->doc)
			continue;
		check_marks(m, old->doc, v);
		a = model_edits_in(m, old->doc);
		b = model_edits_in(m, v->doc);
		lost = model_lost(m, &a, &b);
		if (lost >= 0) {
			model_say(m, "   was %s\n   is  %s", old->doc, v->doc);
			model_fail(m, "5: %s/%s version %u replaces edit %d unseen", v->type, v->id, v->number, lost);
		}
	}
	m->looked = m->county.n;
}

/* ---- what a device holds ---- */

static const struct fake_version *newest(const struct fake_fhir *f, const char *type, const char *id)
{
	for (size_t i = f->n; i-- > 0;)
		if (strcmp(f->versions[i].id, id) == 0 && strcmp(f->versions[i].type, type) == 0)
			return &f->versions[i];
	return NULL;
}

/* Does the county hold what was written under a stamp?  Of this resource, most often; or any. */
static bool holds(const struct fake_fhir *f, const char *type, const char *id, const char *stamp)
{
	for (size_t i = f->n; i-- > 0;) {
		const struct fake_version *v = &f->versions[i];

		if (v->doc && strcmp(v->id, id) == 0 && strcmp(v->type, type) == 0 && strstr(v->doc, stamp))
			return true;
	}
	for (size_t i = 0; i < f->n; i++)
		if (f->versions[i].doc && strstr(f->versions[i].doc, stamp))
			return true;
	return false;
}

/* 10: what is called "at the county" is there: its stamp, or what it says. */
static bool is_there(struct model *m, struct model_device *d, enum kind_id kind, const char *id, const char *stamp,
	const char *body)
{
	const char *type = fhir_main_type(kind);
	const struct fake_version *v = newest(&m->county, type, id);
	struct edit_set ours, theirs;

	(void)d;
	if (!v)
		return false;
	if (stamp && holds(&m->county, type, id, stamp))
		return true;
	if (!v->doc)
		return true;
	ours = model_edits_in(m, body);
	theirs = model_edits_in(m, v->doc);
	return model_lost(m, &ours, &theirs) < 0;
}

static void check_acks(struct model *m, struct model_device *d)
{
	struct stmt *st = model_query(d, "SELECT r.kind, r.uid, o.stamp, r.body FROM outbox o JOIN record r ON r.id = o.record "
					 "WHERE o.remote = 1 AND o.state = 7 AND r.revision = o.revision");
	bool row;

	if (!st)
		return;
	while (stmt_step(st, &row, &d->err) && row)
		if (!is_there(m, d, (enum kind_id)stmt_int(st, 0), stmt_text(st, 1), stmt_text(st, 2), stmt_text(st, 3)))
			model_fail(m, "10: device %u takes %s %s for sent", d->who, kind_by_id((enum kind_id)stmt_int(st, 0))->name,
				stmt_text(st, 1));
	stmt_done(&st);
}

/* What a device holds of a thing. */
struct holding {
	int64_t version; /* of the county's */
	bool open;       /* before a person, its own version's fate is not known, or the county could not tell its history */
	struct edit_set edits;
};

static void read_holdings(struct model *m, struct model_device *d, struct holding *out)
{
	struct stmt *st = model_query(d, "SELECT r.kind, r.uid, r.body, coalesce(CAST(v.version AS INTEGER), 0), "
		"EXISTS (SELECT 1 FROM outbox o WHERE o.record = r.id AND o.remote = 1 AND o.state IN (2, 3)) OR "
		"EXISTS (SELECT 1 FROM sync_conflict x WHERE x.record = r.id AND x.state = 'open') OR "
		"EXISTS (SELECT 1 FROM sync_untold u WHERE u.record = r.id AND u.remote = 1) FROM record r "
		"LEFT JOIN sync_version v ON v.record = r.id AND v.remote = 1 AND v.role = 0");
	bool row;

	if (!st)
		return;
	while (stmt_step(st, &row, &d->err) && row)
		for (size_t i = 0; i < m->n_things; i++)
			if (m->things[i].kind == (enum kind_id)stmt_int(st, 0) && strcmp(m->things[i].id, stmt_text(st, 1)) == 0)
				out[i] = (struct holding){ .edits = model_edits_in(m, stmt_text(st, 2)), .version = stmt_int(st, 3),
					.open = stmt_int(st, 4) != 0 };
	stmt_done(&st);
}

/* 6: all that is older than the place in the download, less the overlap, has been taken in, or is before a person, or waits
 * for a lost answer or a history. */
static void check_cursor(struct model *m, struct model_device *d, const struct holding *have, const char *type, int64_t place)
{
	for (size_t i = 0; i < m->n_things; i++) {
		const struct model_thing *t = &m->things[i];
		const struct fake_version *v = strcmp(fhir_main_type(t->kind), type) == 0 ? newest(&m->county, type, t->id) : NULL;

		if (v && v->doc && v->at < place - 600000 && !have[i].open && have[i].version < v->number)
			model_fail(m, "6: device %u is past version %u of %s/%s and does not have it", d->who, v->number, type, t->id);
	}
}

static void check_cursors(struct model *m, struct model_device *d, const struct holding *have)
{
	struct stmt *st = model_query(d, "SELECT rtype, hw FROM sync_cursor WHERE remote = 1");
	bool row;

	if (!st)
		return;
	while (stmt_step(st, &row, &d->err) && row)
		check_cursor(m, d, have, stmt_text(st, 0), stmt_int(st, 1));
	stmt_done(&st);
}

void model_hold(struct model *m, struct model_device *d, size_t thing)
{
	AUTO_FREE char *body = model_body(d, &m->things[thing]);

	d->held[thing] = model_edits_in(m, body);
}

/* 5, here: what stood in a record is replaced only by what was written in sight of it, or by what a person has before him
 * together with it. */
static void check_held(struct model *m, struct model_device *d, size_t thing, const struct holding *now)
{
	int lost = model_lost(m, &d->held[thing], &now->edits);

	if (lost >= 0 && m->verbose)
		for (size_t e = 0; e < m->n_edits; e++)
			if (edit_in(&now->edits, e))
				model_say(m, "   holds edit %zu, which %s it", e, edit_in(&m->edits[e].seen, (size_t)lost) ? "saw" :
					edit_in(&m->edits[lost].seen, e) ? "was seen by" : "did not know");
	d->held[thing] = now->edits;
	if (lost >= 0 && !now->open)
		model_fail(m, "5: device %u gives up edit %d of %s unseen", d->who, lost, m->things[thing].id);
}

void model_check_device(struct model *m, struct model_device *d)
{
	int64_t changes = model_ask(d, "SELECT count(*) FROM change");
	struct holding *have;

	if (changes < d->changes)
		model_fail(m, "18: device %u has forgotten a change", d->who);
	d->changes = changes;
	if (model_ask(d, "SELECT count(*) FROM record r JOIN change c ON c.record = r.id AND c.revision = r.revision WHERE c.origin = 0 "
			 "AND NOT (r.kind = 14 AND r.revision = 1) AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = r.id "
			 "AND o.remote = 1 AND (o.revision = r.revision OR o.state = 7))"))
		model_fail(m, "8: device %u has a save without its outbox row", d->who);
	check_acks(m, d);
	have = xcalloc(MODEL_THINGS, sizeof(*have));
	read_holdings(m, d, have);
	check_cursors(m, d, have);
	for (size_t i = 0; i < m->n_things; i++)
		check_held(m, d, i, &have[i]);
	free(have);
}
