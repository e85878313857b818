#include "sync/pace.h"

#include "app/base/clock.h"
#include "app/base/i18n.h"
#include "db/stmt.h"

enum {
	DAY_MS = 24 * 60 * 60 * 1000,
	WEEK_MS = 7 * DAY_MS,
	SECONDS_A_BUNDLE = 20,
	PAGE_MIN = 10,
	PAGE_MAX = 500,
	PAGE_FIRST = 100,
	FIRST_PAUSE_MS = 5000,
	LONGEST_PAUSE_MS = 15 * 60 * 1000,
	LONGEST_ASKED_S = 3600, /* a server that asks for more is asked again all the same */
};

/* ---- kinds of lines ------------------------------------------------------------------------------------------------- */

static const struct pace_profile profiles[] = {
	{ "lan", N_("a line that costs nothing by the byte"), 0 },
	{ "metered", N_("a mobile line: 20 MB a day"), 20 << 20 },
	{ "satellite", N_("a dear line: 3 MB a day"), 3 << 20 },
};

const struct pace_profile *pace_profile(const char *name)
{
	for (size_t i = 0; i < N_ELEMENTS(profiles); i++)
		if (strcmp(profiles[i].name, name) == 0)
			return &profiles[i];
	return NULL;
}

bool sync_profile(struct app *app, const char *set, char now[16], struct err *err)
{
	AUTO_WORK struct work w = { 0 };
	struct remote r;
	struct stmt *st;

	if (!remote_load(app, NULL, &r, err))
		return false;
	snprintf(now, 16, "%s", set ? set : r.profile);
	if (!set)
		return true;
	if (!pace_profile(set)) {
		err_set(err, ERR_UNKNOWN_CODE, _("There is no such kind of line."));
		err_example(err, "lan, metered, satellite");
		return err_at(err, "profile");
	}
	if (!work_begin(&w, app, err))
		return false;
	st = stmt_get(app->db, "sync_remote_profile");
	stmt_bind_int(st, "remote", r.id);
	stmt_bind_text(st, "profile", set);
	return stmt_run(st, err) && work_commit(&w, err);
}

static int64_t a_day(const struct sync *s)
{
	const struct pace_profile *p = pace_profile(s->remote.profile);
	int64_t line = p ? p->bytes_a_day : 0, county = s->remote.policy.bytes_a_day;

	return !county || (line && line < county) ? line : county;
}

/* A bucket of a day's bytes that fills evenly: yesterday's rest is no more than today's whole. */
void pace_refill(struct sync *s)
{
	int64_t now = clock_now(&s->app->clock), whole = a_day(s), passed = now - s->remote.budget_at;

	if (s->remote.budget_at == 0 || passed < 0 || passed > 2 * (int64_t)DAY_MS) /* new, or somebody set the clock */
		s->remote.budget = whole;
	else
		s->remote.budget += whole / DAY_MS * passed + whole % DAY_MS * passed / DAY_MS; /* as it is it may not fit */
	if (s->remote.budget > whole)
		s->remote.budget = whole;
	s->remote.budget_at = now;
}

bool pace_allows(const struct sync *s)
{
	return a_day(s) == 0 || s->remote.budget > 0;
}

/* ---- the line --------------------------------------------------------------------------------------------------------- */

static void note_speed(struct sync *s, uint64_t bytes, int64_t ms)
{
	int64_t now;

	if (bytes < 2000) /* says more of the delay than of the speed */
		return;
	now = (int64_t)bytes * 1000 / (ms > 0 ? ms : 1);
	s->remote.goodput = s->remote.goodput ? (3 * s->remote.goodput + now) / 4 : now;
}

/* early: the answer has lain here since nobody knows when, so its time is none. */
static void note_answer(struct sync *s, const struct http_answer *a, bool early)
{
	int64_t wait = a->retry_after < LONGEST_ASKED_S ? a->retry_after : LONGEST_ASKED_S;

	if (a->date && !early) {
		s->clock_offset = a->date - clock_now(&s->app->clock);
		s->dated = true;
	}
	if ((a->status == 429 || a->status == 503 || !a->status) && wait > s->asked_to_wait)
		s->asked_to_wait = wait;
}

/* Whatever went over the line since the last look is paid, whether anybody asks for it or not. */
static void count(struct sync *s)
{
	uint64_t all = s->t->bytes_up + s->t->bytes_down;

	if (all == s->counted.all)
		return;
	s->remote.budget -= (int64_t)(all - s->counted.all);
	s->counted = (struct line_mark){ .all = all, .down = s->t->bytes_down, .at = clock_steady_ms() };
}

void line_start(struct sync *s)
{
	s->counted = (struct line_mark){ .all = s->t->bytes_up + s->t->bytes_down, .down = s->t->bytes_down };
}

static void forget_early(struct sync *s)
{
	free(s->early.url);
	s->early = (struct line_early){ .url = NULL };
}

void line_begin(struct sync *s, const struct http_request *req)
{
	if (!s->t->begin)
		return;
	forget_early(s);
	s->early = (struct line_early){ .url = xstrdup(req->url), .from = s->counted };
	s->early.from.at = clock_steady_ms();
	transport_begin(s->t, req);
	count(s);
}

void line_drive(struct sync *s)
{
	if (!s->early.url)
		return;
	transport_drive(s->t);
	count(s);
}

bool line_has_begun(const struct sync *s, const char *url)
{
	return s->early.url && strcmp(s->early.url, url) == 0;
}

void line_end(struct sync *s)
{
	line_drive(s);
	forget_early(s);
}

/* Of two answers that came one after the other nobody knows which took how long. */
bool line_send(struct sync *s, const struct http_request *req, struct http_answer *a, struct err *err)
{
	bool early = transport_is_begun(req, s->early.url), alone = early ? !s->early.mixed : !s->early.url, ok;
	struct line_mark from = early ? s->early.from : s->counted;

	if (!early)
		from.at = clock_steady_ms();
	ok = s->t->send(s->t, req, a, err);
	count(s);
	s->came = alone ? s->counted.down - from.down : 0;
	if (ok && alone)
		note_speed(s, s->counted.all - from.all, s->counted.at - from.at);
	note_answer(s, a, early);
	s->heard |= ok && a->status == 200 && answer_is_fhir(a);
	s->nowhere = ok && (a->status == 404 || a->status == 410) ? a->status : s->nowhere;
	if (early)
		forget_early(s);
	s->early.mixed = s->early.url != NULL;
	return ok;
}

/* ---- sizes ------------------------------------------------------------------------------------------------------------ */

static int64_t clamp(int64_t n, int64_t lo, int64_t hi)
{
	return n < lo ? lo : n > hi ? hi : n;
}

/* The county may allow less than the program does. */
static int64_t at_most(int64_t ours, int64_t county)
{
	return county && county < ours ? county : ours;
}

static int64_t most_bytes(const struct sync *s)
{
	return at_most(SYNC_BYTES_MAX, s->remote.policy.bytes);
}

void pace_narrow(struct sync *s, bool anew)
{
	s->remote.max_entries = at_most(s->remote.max_entries, s->remote.policy.entries);
	s->remote.max_bytes = at_most(s->remote.max_bytes, most_bytes(s));
	if (anew) {
		s->remote.budget_at = 0;
		pace_refill(s);
	}
}

void pace_sent(struct sync *s, size_t body, uint64_t up)
{
	double packed = up > 400 ? (double)(up - 400) : 1.0; /* headers */
	int64_t most = s->remote.goodput ? s->remote.goodput * SECONDS_A_BUNDLE : most_bytes(s);

	s->packing = (double)body / packed;
	s->packing = s->packing < 1.0 ? 1.0 : s->packing > 20.0 ? 20.0 : s->packing;
	s->remote.max_bytes = clamp(s->remote.max_bytes + s->remote.max_bytes / 4, SYNC_BYTES_MIN, clamp(most, SYNC_BYTES_MIN,
													most_bytes(s)));
	s->remote.bundles++;
}

void pace_lost(struct sync *s)
{
	s->remote.max_bytes = clamp(s->remote.max_bytes / 2, SYNC_BYTES_MIN, most_bytes(s));
	s->remote.goodput /= 2;
}

void pace_taken(struct sync *s, size_t entries, size_t bytes)
{
	if (entries > s->taken) {
		s->taken = entries;
		s->taken_bytes = bytes;
	}
	s->few_met |= entries < s->too_large && bytes >= s->too_large_bytes;
	if (!s->few && !s->remote.posts && (int64_t)entries * 4 > s->remote.max_entries * 3)
		s->remote.max_entries =
			clamp(s->remote.max_entries * 2, 0, at_most(SYNC_ENTRIES_MAX, s->remote.policy.entries));
}

/* As many as it took before, if that were fewer. */
bool pace_refused(struct sync *s, size_t entries)
{
	if (entries <= SYNC_ENTRIES_SURE || s->remote.max_entries <= SYNC_ENTRIES_SURE) /* groups that name each other go whole */
		return false;
	s->few = s->few_met = true;
	s->remote.max_entries = s->taken > SYNC_ENTRIES_SURE && s->taken < entries ? (int64_t)s->taken : SYNC_ENTRIES_SURE;
	return true;
}

bool pace_too_large(struct sync *s, size_t entries, size_t bytes)
{
	bool met = s->few_met || (s->taken && s->taken < entries && s->taken_bytes >= bytes);

	if (!pace_refused(s, entries))
		return false;
	s->few_met = met;
	s->too_large = entries;
	s->too_large_bytes = bytes;
	return true;
}

void pace_entries(struct sync *s)
{
	s->few = s->remote.few_at && clock_within(s->remote.few_at, clock_now(&s->app->clock), WEEK_MS);
	if (!s->few)
		s->remote.few_at = 0;
}

void pace_note_few(struct sync *s)
{
	s->few_found = s->few_met && !s->blamed;
	if (s->few_found)
		s->remote.few_at = clock_now(&s->app->clock);
}

int64_t pace_page(const struct sync *s)
{
	if (!s->remote.goodput || !s->remote.entry_bytes)
		return PAGE_FIRST;
	return clamp(s->remote.goodput * SECONDS_A_BUNDLE / s->remote.entry_bytes, PAGE_MIN, PAGE_MAX);
}

void pace_got(struct sync *s, size_t resources, uint64_t down)
{
	int64_t each = resources >= 5 ? (int64_t)(down / resources) : 0;

	if (each > 0)
		s->remote.entry_bytes = s->remote.entry_bytes ? (3 * s->remote.entry_bytes + each) / 4 : each;
}

/* ---- when again ------------------------------------------------------------------------------------------------------- */

/* From nothing to the whole pause, so that a thousand clinics do not come back in one second after a power cut. */
static int64_t pause_ms(struct sync *s)
{
	int64_t longest = s->remote.fails < 9 ? (int64_t)FIRST_PAUSE_MS << s->remote.fails : LONGEST_PAUSE_MS;
	uint32_t dice;

	if (longest > LONGEST_PAUSE_MS)
		longest = LONGEST_PAUSE_MS;
	ids_random(&s->app->ids, &dice, sizeof(dice));
	return (int64_t)((uint64_t)dice * (uint64_t)longest >> 32);
}

void pace_next(struct sync *s, bool ok, const struct err *why)
{
	int64_t now = clock_now(&s->app->clock), wait;

	if (ok) {
		s->remote.fails = s->remote.next_try = 0;
		return;
	}
	if (why->code != ERR_NETWORK && why->code != ERR_SERVER && why->code != ERR_AUTH)
		return; /* our own trouble: the line is not to blame */
	wait = why->code == ERR_AUTH && why->detail == 403 ? DAY_MS : pause_ms(s); /* it forbids: a person has to do something */
	if (s->asked_to_wait * 1000 > wait)
		wait = s->asked_to_wait * 1000;
	s->remote.fails++;
	s->remote.next_try = now + wait;
}

bool pace_is_early(const struct sync *s)
{
	int64_t wait = s->remote.next_try - clock_now(&s->app->clock);

	return wait > 0 && wait <= DAY_MS;
}
