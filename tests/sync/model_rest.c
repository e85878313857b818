/* The end of a schedule: nothing goes wrong any more, people decide what is left to decide, and then all must hold the same,
 * everything that was ever saved among it. */
#include "model.h"

#include "app/base/json.h"
#include "sync/fhir/fhir.h"

enum { TRIES = 60,
	DAY = 24 * 3600 * 1000, /* then what a server could not tell is asked for again */
	SILENCE = 15000 }; /* two counts for each type, by this line's reckoning of 200 bytes for a head */

/* ---- coming to rest ---- */

static void repair(struct model *m)
{
	struct fake_fhir *f = &m->county;

	m->resting = true;
	model_deliver_late(m, true);
	for (unsigned i = 0; i < m->s->devices; i++) {
		m->d[i].online = true;
		while (m->d[i].fiber.alive && !m->failed)
			model_go_on(m, &m->d[i]);
	}
	f->refuse_id[0] = '\0';
	f->pages_expire = f->same_time = false;
	f->late_ms = 0;
	f->drops_every = 0;
	f->max_entries = 50;
	f->page = m->s->odd ? 4 : 50;
}

/* A refused record is put right by whoever works there, and who sees by it that the clock is years behind sets that. */
static void put_right(struct model *m, struct model_device *d)
{
	for (size_t i = 0; i < m->n_things; i++) {
		struct model_thing *t = &m->things[i];

		if (!model_ask_of(d, "SELECT 1 FROM outbox o JOIN record r ON r.id = o.record WHERE o.remote = 1 AND o.state = 6 "
			"AND r.kind = ?1 AND r.uid = ?2", t->kind, t->id))
			continue;
		d->offset = 0;
		d->now = m->truth;
		model_put_right(d, (int)i);
	}
}

static bool one_turn(struct model *m)
{
	bool busy = false;

	for (unsigned i = 0; i < m->s->devices && !busy; i++) /* one person decides at a time */
		while (!m->failed && model_ask(&m->d[i], "SELECT count(*) FROM sync_conflict WHERE state = 'open'")) {
			model_settle(m, &m->d[i], (unsigned)m->s->seed);
			busy = true;
		}
	for (unsigned i = 0; i < m->s->devices && !m->failed; i++) {
		struct model_device *d = &m->d[i];

		put_right(m, d);
		model_time(m, 61000);
		model_round(m, d, 0, FATE_FINE);
		model_ok(m, d->ok, &d->err, "a round with nothing in its way");
		busy |= d->fig.pushed || d->fig.pulled || d->fig.waiting;
		if (model_ask(d, "SELECT count(*) FROM sync_untold")) {
			model_time(m, DAY);
			busy = true;
		}
	}
	for (unsigned i = 0; m->s->sticks && i < m->s->devices; i++)
		for (unsigned j = 0; j < m->s->devices && !m->failed; j++) {
			m->n_files = 0;
			if (i != j && model_carry(m, i, j)) {
				busy = true;
				for (size_t f = 0; f < m->n_files; f++)
					model_read_file(m, f);
			}
		}
	return busy;
}

/* ---- what must be true then ---- */

static char *everything(struct model_device *d)
{
	struct sbuf out = SBUF_INIT;
	struct stmt *st = model_query(d, "SELECT kind, uid, state, body FROM record ORDER BY kind, uid");
	bool row;

	if (!st)
		return xstrdup("");
	while (stmt_step(st, &row, &d->err) && row)
		sbuf_addf(&out, "%lld %s %lld %s\n", (long long)stmt_int(st, 0), stmt_text(st, 1), (long long)stmt_int(st, 2),
			stmt_text(st, 3));
	stmt_done(&st);
	return out.s ? sbuf_take(&out) : xstrdup("");
}

/* 3 and 20 */
static void check_same(struct model *m)
{
	AUTO_FREE char *first = everything(&m->d[0]);

	for (unsigned i = 1; i < m->s->devices; i++) {
		AUTO_FREE char *other = everything(&m->d[i]);
		size_t line = 0, at = 0;

		for (; first[at] && first[at] == other[at]; at++)
			line = first[at] == '\n' ? at + 1 : line;
		if (first[at] != other[at])
			model_fail(m, "3: device 0: %.*s\n   device %u: %.*s", (int)strcspn(first + line, "\n"), first + line, i,
				(int)strcspn(other + line, "\n"), other + line);
	}
}

/* 1 and 2: what was saved is at the county once, and says what was typed last. */
static void check_thing(struct model *m, size_t i)
{
	struct model_thing *t = &m->things[i];
	AUTO_FREE char *body = model_body(&m->d[0], t);
	AUTO_JSON struct json_object *doc = fake_get(&m->county, fhir_main_type(t->kind), t->id);
	struct edit_set now = model_edits_in(m, body);

	if (!*body || !doc)
		model_fail(m, "1: %s is not %s", t->id, doc ? "here" : "at the county");
	for (size_t e = 0; e < m->n_edits; e++) {
		struct edit_set one = { { 0 } };

		one.w[e / 64] = UINT64_C(1) << (e % 64);
		if (m->edits[e].thing != i || !m->edits[e].saved || model_lost(m, &one, &now) < 0)
			continue;
		model_say(m, "   here it says %s", body);
		model_fail(m, "1: edit %zu of %s is lost", e, t->id);
	}
	for (unsigned c = 2; t->kind == KIND_RESIDENT && c <= 4; c++)
		if ((t->allergies >> c & 1) && !model_allergic(body, c))
			model_fail(m, "1: the allergy %u of %s is lost", c, t->id);
}

static void check_count(struct model *m, enum kind_id kind)
{
	size_t want = 0;

	for (size_t i = 0; i < m->n_things; i++)
		want += m->things[i].kind == kind;
	if (fake_count(&m->county, fhir_main_type(kind)) != want)
		model_fail(m, "2: the county holds %zu %s, %zu were made", fake_count(&m->county, fhir_main_type(kind)),
			fhir_main_type(kind), want);
}

/* 17: every file that was merged leads to one that was not, the same everywhere. */
static void check_links(struct model *m, size_t i)
{
	char first[RECORD_ID_MAX + 1], other[RECORD_ID_MAX + 1];

	if (m->things[i].kind != KIND_RESIDENT)
		return;
	record_survivor_id(&m->d[0].app, m->things[i].id, first);
	for (unsigned d = 0; d < m->s->devices; d++)
		if (strcmp(first, record_survivor_id(&m->d[d].app, m->things[i].id, other)) != 0)
			model_fail(m, "17: %s leads to %s or to %s", m->things[i].id, first, other);
	if (model_ask_of(&m->d[0], "SELECT state <> 0 FROM record WHERE kind = ?1 AND uid = ?2", KIND_RESIDENT, first))
		model_fail(m, "17: %s leads to %s, which is not valid", m->things[i].id, first);
}

/* What a round costs that says nothing and hears nothing. */
static uint64_t silent_round(struct model *m, struct model_device *d)
{
	uint64_t bytes = d->t.bytes_up + d->t.bytes_down;
	size_t versions = m->county.n;

	model_round(m, d, 0, FATE_FINE);
	bytes = d->t.bytes_up + d->t.bytes_down - bytes;
	model_say(m, "   %u: silence costs %llu bytes in %u requests", d->who, (unsigned long long)bytes, d->requests);
	if (!d->ok || d->fig.pushed || d->fig.pulled || m->county.n != versions)
		model_fail(m, "19: device %u is not silent", d->who);
	return bytes;
}

/* 19: one more round says nothing and hears nothing, and asks little once the ten minutes are over in which something may become
 * visible late: before, numbers that stay prove nothing (7482).  What a late request does now is new to the first look, only
 * the second one counts (finish() of sync/pull.c), and the third has nothing to look at. */
static void check_silence(struct model *m)
{
	model_deliver_late(m, true); /* where the county is deaf all has come by now */
	model_time(m, 660000);
	for (unsigned i = 0; i < m->s->devices && !m->failed; i++) {
		uint64_t bytes = SILENCE + 1;

		for (unsigned look = 0; look < 3 && bytes > SILENCE && !m->failed; look++)
			bytes = silent_round(m, &m->d[i]);
		if (bytes > SILENCE)
			model_fail(m, "19: silence of device %u costs %llu bytes", i, (unsigned long long)bytes);
	}
}

static void come_to_rest(struct model *m)
{
	static const enum kind_id kinds[] = { KIND_RESIDENT, KIND_REFERRAL };
	unsigned tries = 0;

	while (!m->failed && one_turn(m))
		if (++tries == TRIES)
			model_fail(m, "3: they do not come to rest");
	if (m->failed)
		return;
	check_same(m);
	for (size_t i = 0; i < m->n_things; i++) {
		check_thing(m, i);
		check_links(m, i);
	}
	for (size_t k = 0; k < N_ELEMENTS(kinds); k++)
		check_count(m, kinds[k]);
}

/* Where the county is deaf, a copy that comes only now undoes what was written since: whoever wrote it finds that and says it
 * once more (6615).  Everywhere else it must change nothing: check_silence. */
void model_rest(struct model *m)
{
	repair(m);
	come_to_rest(m);
	for (unsigned tries = 0; m->s->deaf && m->n_late && !m->failed; tries++) {
		if (tries == TRIES)
			model_fail(m, "3: they do not come to rest");
		model_deliver_late(m, true);
		come_to_rest(m);
	}
	check_silence(m);
}

void model_digest(struct model *m, char words[MODEL_WORDS])
{
	uint64_t h = MODEL_HASH;

	for (size_t i = 0; i < m->county.n; i++) {
		const struct fake_version *v = &m->county.versions[i];
		char head[32];

		snprintf(head, sizeof(head), "%u %lld ", v->number, (long long)v->at);
		h = model_hash(model_hash(h, head, strlen(head)), v->id, strlen(v->id));
		h = v->doc ? model_hash(h, v->doc, strlen(v->doc)) : h;
	}
	for (unsigned i = 0; i < m->s->devices; i++) {
		AUTO_FREE char *all = everything(&m->d[i]);

		h = model_hash(h, all, strlen(all));
	}
	snprintf(words, MODEL_WORDS, "%016llx of %zu versions", (unsigned long long)h, m->county.n);
}
