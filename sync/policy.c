#include "sync/policy.h"

#include <ctype.h>

#include "app/base/i18n.h"
#include "db/stmt.h"
#include "sync/pace.h"

#define CODE   "sync-policy"
#define SYSTEM "urn:cunyi:record-kind"
#define MEMBER "urn:cunyi:policy:"

enum { DAY_MS = 24 * 60 * 60 * 1000, PROGRAM_PARTS = 3 };

/* ---- what may be said ------------------------------------------------------------------------------------------------- */

static const struct limit {
	const char *name;
	size_t at;
	int64_t lo, hi;
	const char *label;
} limits[] = {
	{ "entries", offsetof(struct policy, entries), 10, 100000, N_("records a bundle at most") },
	{ "bytes", offsetof(struct policy, bytes), SYNC_BYTES_MIN, 1 << 30, N_("bytes a bundle at most") },
	{ "bytes-a-day", offsetof(struct policy, bytes_a_day), 1000000, INT64_C(1) << 40, N_("bytes a day at most") },
	{ "overlap", offsetof(struct policy, overlap), SYNC_OVERLAP_MS / 1000, 86400, N_("seconds read again") },
};

static int64_t number(const struct policy *p, const struct limit *l)
{
	return *(const int64_t *)(const void *)((const char *)p + l->at);
}

/* "1.4.2" -> { 1, 4, 2 }; false when it is no version. */
static bool parts_of(const char *version, int parts[PROGRAM_PARTS])
{
	memset(parts, 0, PROGRAM_PARTS * sizeof(*parts));
	if (strlen(version) >= POLICY_VERSION)
		return false;
	for (size_t i = 0; i < PROGRAM_PARTS && isdigit((unsigned char)*version); i++) {
		char *end;

		parts[i] = (int)strtol(version, &end, 10);
		if (!*end)
			return true;
		version = *end == '.' ? end + 1 : "";
	}
	return false;
}

bool policy_too_old(const struct policy *p, const char *version)
{
	int want[PROGRAM_PARTS], have[PROGRAM_PARTS];

	if (!*p->program || !parts_of(p->program, want) || !parts_of(version, have))
		return false;
	for (size_t i = 0; i < PROGRAM_PARTS; i++)
		if (want[i] != have[i])
			return have[i] < want[i];
	return false;
}

static void set_program(struct policy *p, const char *version)
{
	int parts[PROGRAM_PARTS];

	if (version && parts_of(version, parts))
		snprintf(p->program, sizeof(p->program), "%s", version);
}

static void set_limit(struct policy *p, const struct limit *l, int64_t n)
{
	if (n >= l->lo && n <= l->hi)
		memcpy((char *)p + l->at, &n, sizeof(n));
}

/* ---- the county's resource --------------------------------------------------------------------------------------------- */

static bool is_policy(const struct json_object *doc)
{
	struct json_object *codings = json_array(json_dict(doc, "code"), "coding");

	for (size_t i = 0; i < json_count(codings); i++) {
		struct json_object *c = json_object_array_get_idx(codings, i);
		const char *system = json_text(c, "system"), *code = json_text(c, "code");

		if (system && code && strcmp(system, SYSTEM) == 0 && strcmp(code, CODE) == 0)
			return true;
	}
	return false;
}

static void read_member(struct policy *out, const struct json_object *extension)
{
	const char *url = json_text(extension, "url");

	if (!url || strncmp(url, MEMBER, sizeof(MEMBER) - 1) != 0)
		return;
	url += sizeof(MEMBER) - 1;
	if (strcmp(url, "program") == 0)
		set_program(out, json_text(extension, "valueString"));
	for (size_t i = 0; i < N_ELEMENTS(limits); i++)
		if (strcmp(url, limits[i].name) == 0)
			set_limit(out, &limits[i], json_int(extension, "valueInteger", 0));
}

void policy_read(struct policy *out, const struct json_object *basic)
{
	struct json_object *members = is_policy(basic) ? json_array(basic, "extension") : NULL;

	*out = (struct policy){ .entries = 0 };
	for (size_t i = 0; i < json_count(members); i++)
		read_member(out, json_object_array_get_idx(members, i));
}

/* ---- kept ---------------------------------------------------------------------------------------------------------------- */

struct json_object *policy_json(const struct policy *p)
{
	struct json_object *o = json_object_new_object();

	if (*p->program)
		json_set_text(o, "program", p->program);
	for (size_t i = 0; i < N_ELEMENTS(limits); i++)
		if (number(p, &limits[i]))
			json_set_int(o, limits[i].name, number(p, &limits[i]));
	return o;
}

void policy_parse(struct policy *out, const char *text)
{
	AUTO_JSON struct json_object *o = NULL;
	struct err ignored;

	*out = (struct policy){ .entries = 0 };
	if (!text || !json_parse(text, strlen(text), NULL, &o, &ignored))
		return;
	set_program(out, json_text(o, "program"));
	for (size_t i = 0; i < N_ELEMENTS(limits); i++)
		set_limit(out, &limits[i], json_int(o, limits[i].name, 0));
}

/* ---- a round --------------------------------------------------------------------------------------------------------------- */

/* A question that the server fails at or cannot be understood about is no reason to exchange nothing: the line is there. */
static bool fails_at_it(const struct sync *s, struct err *err)
{
	bool fails = s->unreadable || (err->code == ERR_SERVER && (err->detail == 422 || err->detail == 500));

	if (s->dead || !fails)
		return false;
	log_err("sync: asking for the county's policy", err);
	*err = (struct err){ 0 };
	return true;
}

/* The newest, should somebody have made a second one; a server that knows no codes answers with whatever it has.  *told: it said
 * one, or that it has none. */
static bool fetch_it(struct sync *s, struct json_object **bundle, bool *told, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	int status;
	bool ok;

	sbuf_addf(&url, "%s/Basic?code=" SYSTEM "%%7C" CODE "&_sort=-_lastUpdated&_count=1", s->remote.base);
	s->raw = true;
	ok = fetch(s, url.s, bundle, &status, err);
	s->raw = false;
	*told = ok || answer_may_lack(s, err);
	return *told || fails_at_it(s, err);
}

static const struct json_object *first_of(const struct json_object *bundle)
{
	struct json_object *entries = json_array(bundle, "entry");

	return json_count(entries) ? json_dict(json_object_array_get_idx(entries, 0), "resource") : NULL;
}

bool policy_ask(struct sync *s, struct err *err)
{
	AUTO_JSON struct json_object *bundle = NULL;
	int64_t a_day = s->remote.policy.bytes_a_day;
	bool told = false;

	if (!clock_within(s->remote.policy_at, clock_now(&s->app->clock), DAY_MS) && !fetch_it(s, &bundle, &told, err))
		return false;
	if (told) {
		policy_read(&s->remote.policy, first_of(bundle));
		s->remote.policy_at = clock_now(&s->app->clock);
	}
	pace_narrow(s, a_day != s->remote.policy.bytes_a_day);
	return true;
}

bool policy_lets_write(const struct sync *s)
{
	return !policy_too_old(&s->remote.policy, CUNYI_VERSION);
}

bool policy_refuse(const struct sync *s, struct err *err)
{
	return err_set(err, ERR_TOO_NEW,
		_("The county wants program %s or newer, this is %s: what is entered here waits until it is replaced."),
		s->remote.policy.program, CUNYI_VERSION);
}

/* ---- for people --------------------------------------------------------------------------------------------------------- */

bool policy_kept(struct app *app, struct policy *out, struct err *err)
{
	struct remote r;

	if (!remote_load(app, NULL, &r, err))
		return false;
	*out = r.policy;
	return true;
}

const char *policy_words(const struct policy *p, struct arena *mem)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	if (*p->program)
		sbuf_addf(&text, _("program %s or newer"), p->program);
	for (size_t i = 0; i < N_ELEMENTS(limits); i++)
		if (number(p, &limits[i]))
			sbuf_addf(&text, "%s%s: %lld", text.len ? "; " : "", _(limits[i].label), (long long)number(p, &limits[i]));
	return arena_strdup(mem, text.len ? text.s : "");
}
