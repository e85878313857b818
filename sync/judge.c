/* What the server's answers to a bundle mean. */
#include "sync/history.h"
#include "sync/pace.h"
#include "sync/push_int.h"

#include "app/base/i18n.h"

static void note_refusal(struct push *p, const struct http_answer *a)
{
	AUTO_JSON struct json_object *doc = NULL;
	struct err ignored;

	sbuf_clear(&p->words);
	p->fault = a->status == 500;
	if (!answer_is_fhir(a) || !json_parse(a->body.s, a->body.len, NULL, &doc, &ignored))
		doc = NULL;
	outcome_words(doc, &p->words);
	p->blames = outcome_entry(doc);
}

struct moved {
	struct bundle *b;
	size_t n;
	bool (*seen)[FHIR_SET_MAX]; /* by item */
};

/* What is there now and could not be taken stands in the way of this row alone: the others go on without its group. */
static bool hold_if_not_taken(struct sync *s, const struct item *it, unsigned role, const char *version, struct err *err)
{
	struct held_version v;

	if (!version_load(s->app, s->remote.id, it->row.record, role, &v, err))
		return false;
	if (!v.known || strcmp(v.version, version) != 0)
		hold(s, it->row.grp);
	return true;
}

static bool on_current(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	struct moved *m = ctx;
	const char *id = json_text(doc, "id"), *version = doc_version(doc);
	bool changed, told;

	for (size_t i = 0; i < m->b->n; i++)
		for (size_t j = 0; j < m->b->items[i]->set.n; j++) {
			struct item *it = m->b->items[i];
			unsigned role = it->set.r[j].role;
			AUTO_WORK struct work w = { 0 };

			if (strcmp(it->set.r[j].id, id) != 0)
				continue;
			m->seen[i][j] = true;
			if (!version || (it->held[j].known && strcmp(version, it->held[j].version) == 0))
				return true;
			m->n++;
			if (!history_catch_up(s, doc, &told, err))
				return false;
			if (!told) {
				hold_back(s, it->row.grp);
				return true;
			}
			if (!work_begin(&w, s->app, err) ||
				!(role == ROLE_MAIN || role == ROLE_TASK ? apply_resource(s, &w, doc, &changed, err) :
					apply_derived(s, it->row.record, role, doc, err)))
				return false;
			s->figures->pulled += (role == ROLE_MAIN || role == ROLE_TASK) && changed;
			return hold_if_not_taken(s, it, role, version, err) && work_commit(&w, err);
		}
	return true;
}

/* It is not the version that we know, or we could have read it: it stands in the way of this row alone. */
static bool on_unread(struct sync *s, const char *id, void *ctx, struct err *err)
{
	struct moved *m = ctx;

	(void)err;
	for (size_t i = 0; i < m->b->n; i++)
		for (size_t j = 0; j < m->b->items[i]->set.n; j++)
			if (strcmp(m->b->items[i]->set.r[j].id, id) == 0) {
				m->seen[i][j] = true;
				m->n++;
				hold(s, m->b->items[i]->row.grp);
			}
	return true;
}

static bool ask_current(struct sync *s, struct moved *m, const char *type, struct err *err)
{
	const char **ids = xcalloc(m->b->n * FHIR_SET_MAX, sizeof(const char *));
	size_t n = 0;
	bool ok;

	for (size_t i = 0; i < m->b->n; i++)
		for (size_t j = 0; j < m->b->items[i]->set.n; j++)
			if (m->b->items[i]->sends[j] && strcmp(m->b->items[i]->set.r[j].type, type) == 0)
				ids[n++] = m->b->items[i]->set.r[j].id;
	ok = !n || fetch_readable(s, type, ids, n, on_current, on_unread, m, err);
	free(ids);
	return ok;
}

/* What the server no longer has although we knew a version of it.  A server that has nothing of ours any more was made
 * anew: that is no matter for a person. */
static bool find_deleted(struct sync *s, struct moved *m, struct err *err)
{
	for (size_t i = 0; i < m->b->n; i++) {
		struct item *it = m->b->items[i];
		AUTO_WORK struct work w = { 0 };
		bool anew;

		if (!it->sends[0] || !it->held[0].known || m->seen[i][0] || it->row.state != OUTBOX_PENDING)
			continue;
		m->n++;
		if (!meet_again(s, &anew, err))
			return false;
		if (anew)
			return true;
		if (!work_begin(&w, s->app, err) || !apply_deleted(s, &it->row, err) || !work_commit(&w, err))
			return false;
	}
	return true;
}

/* Nothing of the bundle was written.  Whose version has moved is merged or disputed; the rest is sent again. */
static enum result versions_moved(struct push *p, struct bundle *b, struct err *err)
{
	static const char *const types[] = { "Organization", "Practitioner", "PractitionerRole", "CareTeam", "Group", "Patient",
		"AllergyIntolerance", "FamilyMemberHistory", "EpisodeOfCare", "Condition", "Contract", "Encounter", "Observation",
		"MedicationRequest", "QuestionnaireResponse", "ServiceRequest", "Task" };
	struct moved m = { .b = b, .seen = xcalloc(b->n + 1, sizeof(*m.seen)) };
	enum result r;
	bool ok = true;

	for (size_t i = 0; ok && i < N_ELEMENTS(types); i++)
		ok = ask_current(p->s, &m, types[i], err);
	ok = ok && find_deleted(p->s, &m, err);
	r = !ok ? STOP : m.n ? RETRY : REFUSED;
	free(m.seen);
	return r;
}

/* 500: the server may have written all or nothing; it is asked at once. */
static enum result asked_after_fault(struct push *p, struct bundle *b, struct err *err)
{
	if (!push_move(p, b, OUTBOX_UNKNOWN, 0, err) || !readback_all(p->s, err))
		return STOP;
	for (size_t i = 0; i < b->n; i++) {
		struct out_row row;

		if (!store_newest(p->s->app, p->s->remote.id, b->items[i]->row.record, &row, err))
			return STOP;
		if (row.seq == b->items[i]->row.seq && row.state == OUTBOX_PENDING)
			return REFUSED;
	}
	return SENT;
}

/* Whoever waited has given up, we or a gateway; the server may still be at it. */
static bool still_at_it(const struct http_answer *a)
{
	return a->timed_out || a->status == 504 || a->status == 524;
}

/* Faults of which it is known that nothing was done: it cannot, it is busy, or a network that wants a login first stands before it.
 * Of any other one that is not its own 500, something between us and the server may speak. */
static bool may_be_done(int status)
{
	return status > 500 && status != 501 && status != 503 && status != 505 && status != 511;
}

enum result push_lost(struct push *p, struct bundle *b, const struct http_answer *a, struct err *err)
{
	int64_t now = clock_now(&p->s->app->clock);
	struct err second;

	if (p->s->dead)
		return STOP;
	pace_lost(p->s);
	if (!push_move(p, b, a->may_have_arrived ? OUTBOX_UNKNOWN : OUTBOX_PENDING,
		    still_at_it(a) ? now + SYNC_ASK_AFTER_MS : 0, &second))
		*err = second;
	return STOP;
}

static enum result judge_ok(struct push *p, struct bundle *b, const struct http_answer *a, struct err *err)
{
	AUTO_JSON struct json_object *answer = NULL;
	struct err why;

	if (!answer_is_fhir(a) || !json_parse(a->body.s, a->body.len, NULL, &answer, &why) ||
		!push_is_complete(answer, b->entries)) {
		answer_error(a, err);
		return push_lost(p, b, a, err);
	}
	p->matched = false;
	if (!push_ack(p, b, answer, err))
		return STOP;
	return !p->matched ? SENT : readback_all(p->s, err) ? RETRY : STOP;
}

/* A server that never took anything of ours: perhaps it takes no ids of ours at all. */
static bool other_way(struct push *p, bool *changed, struct err *err)
{
	*changed = false;
	if (p->s->remote.last_push || p->s->figures->pushed || p->s->probed)
		return true;
	p->s->probed = true;
	return probe_again(p->s, changed, err);
}

static enum result refused(struct push *p, struct bundle *b, const struct http_answer *a, struct err *err)
{
	bool changed;

	note_refusal(p, a);
	if (!push_move(p, b, OUTBOX_PENDING, 0, err) || !other_way(p, &changed, err))
		return STOP;
	return changed ? RETRY : REFUSED;
}

enum result push_judge(struct push *p, struct bundle *b, const struct http_answer *a, struct err *err)
{
	enum result r;

	if (a->status >= 200 && a->status < 300)
		return judge_ok(p, b, a, err);
	if (may_be_done(a->status)) {
		answer_error(a, err);
		return push_lost(p, b, a, err);
	}
	switch (a->status) {
	case 500:
		note_refusal(p, a);
		return asked_after_fault(p, b, err);
	case 409:
	case 412:
		note_refusal(p, a);
		return push_move(p, b, OUTBOX_PENDING, 0, err) ? versions_moved(p, b, err) : STOP;
	case 413:
		note_refusal(p, a);
		return push_move(p, b, OUTBOX_PENDING, 0, err) ? TOO_LARGE : STOP;
	case 400:
	case 415:
	case 422:
		return refused(p, b, a, err);
	case 404:
	case 405:
	case 410:
		/* A FHIR answer speaks of a resource that we wanted to replace, any other of the address. */
		if (!answer_is_fhir(a))
			break;
		r = refused(p, b, a, err);
		if (r == REFUSED)
			r = versions_moved(p, b, err);
		if (r == REFUSED)
			answer_error(a, err);
		return r == REFUSED ? STOP : r;
	default:
		break;
	}
	if (push_move(p, b, OUTBOX_PENDING, 0, err))
		answer_error(a, err);
	return STOP;
}
