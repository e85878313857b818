/* What we need of a county's server, how each need is checked, and what follows when it is not met. */
#include "sync/probe_int.h"

#include "app/base/i18n.h"
#include "sync/fhir/doc.h"
#include "sync/idmap.h"

typedef bool check_fn(struct probe *p, enum probe_found *out, struct err *err);

static enum probe_found found(bool it)
{
	return it ? PROBE_HAS : PROBE_LACKS;
}

/* ---- metadata ----------------------------------------------------------------------------------------------------- */

void probe_software(const struct json_object *metadata, char out[PROBE_SOFTWARE])
{
	struct json_object *sw = json_dict(metadata, "software");
	const char *name = json_text(sw, "name"), *version = json_text(sw, "version");

	snprintf(out, PROBE_SOFTWARE, "%.60s%s%.30s", name ? name : "", version ? " " : "", version ? version : "");
}

static void note_software(struct probe *p)
{
	const char *fhir = json_text(p->metadata, "fhirVersion");

	probe_software(p->metadata, p->report->software);
	snprintf(p->report->version, sizeof(p->report->version), "%.15s", fhir ? fhir : "");
}

static bool check_fhir(struct probe *p, enum probe_found *out, struct err *err)
{
	int status;
	const char *type;

	if (!probe_get(p, "/metadata", &status, &p->metadata, err))
		return false;
	type = json_text(p->metadata, "resourceType");
	if (status != 200 || !type || strcmp(type, "CapabilityStatement") != 0)
		return err_system(err, ERR_SERVER, status, _("There is no FHIR server at the county's address."), "HTTP %d",
			status);
	note_software(p);
	*out = found(strncmp(p->report->version, "4.0", 3) == 0);
	return true;
}

/* ---- writing ------------------------------------------------------------------------------------------------------ */

static bool check_create(struct probe *p, enum probe_found *out, struct err *err)
{
	const struct probe_write two[] = { { .thing = 0, .says = 0 }, { .thing = 1, .says = 0 } };
	int status;

	if (!probe_write(p, two, 2, true, &status, err))
		return false;
	*out = found(status == 200 && strcmp(p->thing[0].id, p->thing[0].own) == 0);
	return true;
}

static bool check_transaction(struct probe *p, enum probe_found *out, struct err *err)
{
	const struct probe_write two[] = { { .thing = 0, .says = 0, .post = true }, { .thing = 1, .says = 0, .post = true } };
	int status = 200;

	p->posts = probe_found(p->report, "create") == PROBE_LACKS;
	if (p->posts && !probe_write(p, two, 2, true, &status, err))
		return false;
	*out = found(status == 200 && p->thing[0].version[0] && p->thing[1].version[0]);
	return true;
}

/* An id that the server gave is found again by ours: otherwise a lost answer would leave a double.  Under our own id it is found
 * anyway. */
static bool check_identifier(struct probe *p, enum probe_found *out, struct err *err)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	AUTO_JSON struct json_object *doc = NULL;
	struct json_object *entries;
	int status;

	if (!p->posts)
		return true;
	sbuf_addf(&path, "/Basic?identifier=" IDMAP_SYSTEM "%%7C%s", p->thing[0].own);
	if (!probe_get(p, path.s, &status, &doc, err))
		return false;
	entries = json_array(doc, "entry");
	*out = found(json_count(entries) == 1);
	return true;
}

/* Over the versions that are there.  A late copy of what an earlier check wrote, or a twin's check, may come between reading and
 * writing; so what is refused for that is tried once more. */
static bool change(struct probe *p, const struct probe_write *w, size_t n, bool plain, int *status, struct err *err)
{
	int ignored;
	char match[2][72];
	struct probe_write now[2];

	for (int tries = 0; tries < 2; tries++) {
		for (size_t i = 0; i < n; i++) {
			if (!probe_read(p, w[i].thing, &ignored, err))
				return false;
			snprintf(match[i], sizeof(match[i]), "%s", p->thing[w[i].thing].version);
			now[i] = w[i];
			now[i].match = match[i];
		}
		if (!probe_write(p, now, n, plain, status, err))
			return false;
		if (*status != 409 && *status != 412)
			return true;
	}
	return true;
}

/* Both at one number, so that what is written from now on can be told from what was there. */
static bool level(struct probe *p, int says, int *status, struct err *err)
{
	const struct probe_write two[] = { { .thing = 0, .says = says }, { .thing = 1, .says = says } };

	return change(p, two, 2, true, status, err);
}

/* One good entry beside a stale one: it must be refused, and then nothing may have changed. */
static bool stale(struct probe *p, enum probe_found *atomic, enum probe_found *versions, struct err *err)
{
	char old[72], now[72];
	int status, says;

	snprintf(old, sizeof(old), "%s", p->thing[1].version);
	if (!level(p, 2, &status, err))
		return false;
	if (status != 200) { /* even the right version is refused */
		*versions = PROBE_LACKS;
		return true;
	}
	snprintf(now, sizeof(now), "%s", p->thing[0].version);
	{
		const struct probe_write two[] = {
			{ .thing = 0, .says = 3, .match = now },
			{ .thing = 1, .says = 3, .match = old },
		};

		if (!probe_write(p, two, 2, true, &status, err) || !probe_read(p, 0, &says, err))
			return false;
	}
	*versions = found(status != 200);
	*atomic = status == 200 ? PROBE_UNTRIED : found(says != 3);
	return true;
}

static bool check_versions(struct probe *p, enum probe_found *out, struct err *err)
{
	enum probe_found atomic = PROBE_UNTRIED;
	int status;

	if (!level(p, 1, &status, err) || !stale(p, &atomic, out, err))
		return false;
	for (size_t i = 0; i < p->report->n; i++)
		if (strcmp(p->report->lines[i].key, "atomic") == 0)
			p->report->lines[i].found = atomic;
	return true;
}

static bool check_none_match(struct probe *p, enum probe_found *out, struct err *err)
{
	const struct probe_write one = { .thing = 0, .says = 4, .none = true };
	int status;

	if (!probe_write(p, &one, 1, true, &status, err))
		return false;
	*out = found(status != 200);
	return true;
}

static bool check_noop(struct probe *p, enum probe_found *out, struct err *err)
{
	char before[72];
	int says, status;

	if (!probe_read(p, 0, &says, err))
		return false;
	snprintf(before, sizeof(before), "%s", p->thing[0].version);
	{
		const struct probe_write one = { .thing = 0, .says = says, .match = before };

		if (!probe_write(p, &one, 1, true, &status, err))
			return false;
	}
	*out = found(status == 200 && strcmp(before, p->thing[0].version) == 0);
	return true;
}

/* One of the two alone, over the version that is there. */
static bool change_one(struct probe *p, int to, bool plain, int *status, struct err *err)
{
	const struct probe_write one = { .thing = 1, .says = to };

	return change(p, &one, 1, plain, status, err);
}

static bool check_gzip_request(struct probe *p, enum probe_found *out, struct err *err)
{
	int status;

	if (!change_one(p, 5, false, &status, err))
		return false;
	*out = found(status == 200);
	return true;
}

static bool check_gzip_answer(struct probe *p, enum probe_found *out, struct err *err)
{
	(void)err;
	*out = found(p->packed);
	return true;
}

/* A reference to nobody: a server that takes it would also take a record whose resident was lost on the way. */
static bool check_integrity(struct probe *p, enum probe_found *out, struct err *err)
{
	AUTO_SBUF struct sbuf subject = SBUF_INIT;
	struct probe_write one = { .thing = 2, .says = 6, .post = p->posts };
	char nobody[UUID_LEN];
	int status;

	ids_new(&p->s->app->ids, nobody);
	sbuf_addf(&subject, "Patient/%s", nobody);
	one.subject = subject.s;
	if (!probe_write(p, &one, 1, true, &status, err))
		return false;
	*out = found(status != 200);
	return true;
}

/* ---- searching ---------------------------------------------------------------------------------------------------- */

/* How many of our two things a search brings, and whether in the order of their times. */
static bool search(struct probe *p, const char *path, size_t *n, bool *ordered, int64_t *total, struct err *err)
{
	AUTO_JSON struct json_object *doc = NULL;
	struct json_object *entries;
	int64_t last = 0;
	int status;

	*n = 0;
	*ordered = p->one_time = true;
	if (!probe_get(p, path, &status, &doc, err))
		return false;
	entries = json_array(doc, "entry");
	*total = json_int(doc, "total", -1);
	for (size_t i = 0; i < json_count(entries); i++) {
		struct json_object *r = json_dict(json_object_array_get_idx(entries, i), "resource");
		const char *id = json_text(r, "id");

		if (!id)
			continue;
		if (!last)
			snprintf(p->first, sizeof(p->first), "%s", id);
		*n += strcmp(id, p->thing[0].id) == 0 || strcmp(id, p->thing[1].id) == 0;
		*ordered &= doc_updated(r) >= last;
		p->one_time &= !last || doc_updated(r) == last;
		last = doc_updated(r);
	}
	return true;
}

static bool search_for(struct probe *p, const char *before_tag, size_t want, bool in_order, enum probe_found *out,
	struct err *err)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	int64_t total;
	bool ordered;
	size_t n;

	sbuf_addf(&path, "/Basic?%s_tag=" PROBE_TAG "%%7C%s", before_tag, p->s->app->device_code);
	if (!search(p, path.s, &n, &ordered, &total, err))
		return false;
	*out = found(n == want && (!in_order || ordered));
	return true;
}

/* What it does not understand a server passes over, and then it brings all. */
static bool finds_nothing(struct probe *p, const char *path, enum probe_found *out, struct err *err)
{
	int64_t total;
	bool ordered;
	size_t n;

	if (!search(p, path, &n, &ordered, &total, err))
		return false;
	*out = found(n == 0);
	return true;
}

static bool check_ids(struct probe *p, enum probe_found *out, struct err *err)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	int64_t total;
	bool ordered;
	size_t n;

	sbuf_addf(&path, "/Basic?_id=%s,%s", p->thing[0].id, p->thing[1].id);
	if (!search(p, path.s, &n, &ordered, &total, err))
		return false;
	*out = found(n == 2);
	return n != 2 || finds_nothing(p, "/Basic?_id=nobody-has-this", out, err);
}

static bool check_tag(struct probe *p, enum probe_found *out, struct err *err)
{
	return search_for(p, "", 2, false, out, err) &&
		(*out == PROBE_LACKS || finds_nothing(p, "/Basic?_tag=" PROBE_TAG "%7Cnobody", out, err));
}

static bool check_since(struct probe *p, enum probe_found *out, struct err *err)
{
	enum probe_found none, both;

	/* With a tag so that the server need not read all; the tag itself may be what it does not know. */
	if (!search_for(p, "_lastUpdated=ge2900-01-01T00:00:00.000Z&", 0, false, &none, err) ||
		!search_for(p, "_lastUpdated=ge2000-01-01T00:00:00.000Z&", 2, false, &both, err))
		return false;
	*out = found(none == PROBE_HAS && (both == PROBE_HAS || probe_found(p->report, "tag") == PROBE_LACKS));
	return true;
}

static bool check_sort(struct probe *p, enum probe_found *out, struct err *err)
{
	enum probe_found back = PROBE_HAS;
	char oldest[RECORD_ID_MAX + 1];
	int status;

	/* What was written in one bundle may have one time, and then any order is right. */
	if (!change_one(p, 7, true, &status, err))
		return false;
	if (!search_for(p, "_sort=_lastUpdated&_count=50&", 2, true, out, err))
		return false;
	if (*out == PROBE_HAS && p->one_time) /* it keeps whole seconds: no order can be seen, and that is no ground to refuse it */
		return true;
	snprintf(oldest, sizeof(oldest), "%s", p->first);
	/* Two may stand in the right order by chance; turned round they stand so only if it sorts. */
	if (*out == PROBE_HAS && !search_for(p, "_sort=-_lastUpdated&_count=50&", 2, false, &back, err))
		return false;
	*out = found(*out == PROBE_HAS && back == PROBE_HAS && strcmp(oldest, p->first) != 0);
	return true;
}

static bool check_count(struct probe *p, enum probe_found *out, struct err *err)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;
	int64_t total;
	bool ordered;
	size_t n;

	sbuf_addf(&path, "/Basic?_summary=count&_tag=" PROBE_TAG "%%7C%s", p->s->app->device_code);
	if (!search(p, path.s, &n, &ordered, &total, err))
		return false;
	*out = found(total >= 2);
	return true;
}

static bool is_history(struct probe *p, const char *path, enum probe_found *out, struct err *err)
{
	AUTO_JSON struct json_object *doc = NULL;
	const char *type;
	int status;

	if (!probe_get(p, path, &status, &doc, err))
		return false;
	type = json_text(doc, "type");
	*out = found(status == 200 && type && strcmp(type, "history") == 0);
	return true;
}

static bool check_history_of_one(struct probe *p, enum probe_found *out, struct err *err)
{
	AUTO_SBUF struct sbuf path = SBUF_INIT;

	sbuf_addf(&path, "/Basic/%s/_history", p->thing[1].id);
	return is_history(p, path.s, out, err);
}

static bool check_history_of_type(struct probe *p, enum probe_found *out, struct err *err)
{
	return is_history(p, "/Basic/_history?_count=2", out, err);
}

static bool check_login(struct probe *p, enum probe_found *out, struct err *err)
{
	AUTO_JSON struct json_object *doc = NULL;
	struct err portal = { 0 };
	int status;

	/* Whatever else it answers there, a page even, it is no such description. */
	if (!probe_get(p, "/.well-known/smart-configuration", &status, &doc, &portal)) {
		if (!portal.detail) {
			*err = portal;
			return false;
		}
		doc = NULL;
	}
	*out = found(json_text(doc, "token_endpoint") != NULL);
	return true;
}

/* ---- the table ---------------------------------------------------------------------------------------------------- */

static const struct need {
	const char *key, *need, *missing, *builds_on;
	enum probe_follows follows;
	check_fn *check; /* NULL: found together with another */
} needs[] = {
	{ "fhir", N_("speaks FHIR 4.0"), N_("this program speaks no other."), NULL, PROBE_REFUSE, check_fhir },
	{ "create", N_("takes new records under our ids"),
		N_("it gives ids of its own; a list of them is kept here, and bundles are small (8)."), "fhir", PROBE_POST,
		check_create },
	{ "transaction", N_("takes several records at once"), N_("a visit could arrive in part."), "fhir", PROBE_REFUSE,
		check_transaction },
	{ "identifier", N_("finds a record by our id in its identifiers"),
		N_("after a lost answer a record would be there twice."), "transaction", PROBE_REFUSE, check_identifier },
	{ "versions", N_("refuses a change of a version that is not the newest"),
		N_("two people's changes of one record would be lost."), "transaction", PROBE_REFUSE, check_versions },
	{ "atomic", N_("writes all of a bundle or nothing"), N_("a visit could arrive in part."), "versions", PROBE_REFUSE, NULL },
	{ "ids", N_("finds a list of ids"), N_("after a lost answer nobody could tell what arrived."), "transaction", PROBE_REFUSE,
		check_ids },
	{ "tag", N_("finds by tag"), N_("what follows from forms comes along with the visits, at the cost of its bytes."),
		"transaction", PROBE_REMARK, check_tag },
	{ "since", N_("finds what changed since a time"), N_("nothing could be fetched from there."), "transaction", PROBE_REFUSE,
		check_since },
	{ "sort", N_("gives it in the order of its changes"), N_("a download that breaks off would lose its place."), "since",
		PROBE_REFUSE, check_sort },
	{ "count", N_("counts without sending"), N_("each exchange costs more bytes, and the weekly comparison reads all."), "since",
		PROBE_REMARK, check_count },
	{ "history", N_("keeps former versions of a record"),
		N_("after a lost answer a record that was changed meanwhile goes to a person."), "transaction", PROBE_REMARK,
		check_history_of_one },
	{ "deletions", N_("tells what was deleted"), N_("deletions are noticed at the weekly comparison only."), "transaction",
		PROBE_REMARK, check_history_of_type },
	{ "create_once", N_("refuses to make twice what is there"), N_("it is asked before anything is sent again; that is enough."),
		"transaction", PROBE_REMARK, check_none_match },
	{ "noop", N_("makes no new version when nothing changed"), N_("a few more bytes."), "versions", PROBE_REMARK, check_noop },
	{ "gzip_request", N_("takes packed bundles"), N_("sending costs about ten times the bytes."), "versions", PROBE_REMARK,
		check_gzip_request },
	{ "gzip_answer", N_("packs its answers"), N_("receiving costs about ten times the bytes."), "fhir", PROBE_REMARK,
		check_gzip_answer },
	{ "integrity", N_("refuses a record about nobody"), N_("the county should switch its check of references on."), "transaction",
		PROBE_REMARK, check_integrity },
	{ "login", N_("says where a program gets its key (SMART)"), N_("use a certificate or a key given by the county."), "fhir",
		PROBE_REMARK, check_login },
};
_Static_assert(N_ELEMENTS(needs) <= PROBE_NEEDS, "room for every need");

void probe_needs(struct probe_report *out)
{
	out->n = N_ELEMENTS(needs);
	for (size_t i = 0; i < out->n; i++)
		out->lines[i] = (struct probe_line){
			.key = needs[i].key,
			.need = _(needs[i].need),
			.missing = _(needs[i].missing),
			.follows = needs[i].follows,
		};
}

bool probe_only_for_posts(const char *key)
{
	return strcmp(key, "identifier") == 0;
}

/* Would it end the exchange, it or what was found together with it? */
static bool stops(const struct probe *p, size_t i)
{
	for (size_t k = i; k < N_ELEMENTS(needs) && (k == i || !needs[k].check); k++)
		if (needs[k].follows == PROBE_REFUSE && p->report->lines[k].found == PROBE_LACKS)
			return true;
	return false;
}

/* What ends the exchange with a server until a person looks is found twice: another check may have come between the first time. */
static bool look(struct probe *p, size_t i, struct err *err)
{
	enum probe_found *found = &p->report->lines[i].found;

	return needs[i].check(p, found, err) && (!stops(p, i) || needs[i].check(p, found, err));
}

bool probe_all(struct probe *p, struct err *err)
{
	for (size_t i = 0; i < N_ELEMENTS(needs); i++) {
		const char *on = needs[i].builds_on;

		if (needs[i].check && (!on || probe_found(p->report, on) == PROBE_HAS) && !look(p, i, err))
			return false;
	}
	return true;
}
