/* The first exchange with an address. */
#include "sync/probe_int.h"
#include "sync/sync_int.h"

#include "app/base/i18n.h"
#include "db/stmt.h"

/* *doc: NULL when what it answers is no CapabilityStatement. */
static bool fetch_metadata(struct sync *s, struct json_object **doc, int *status, struct err *err)
{
	AUTO_SBUF struct sbuf url = SBUF_INIT;
	const char *type;

	sbuf_addf(&url, "%s/metadata", s->remote.base);
	if (!fetch(s, url.s, doc, status, err))
		return false;
	type = json_text(*doc, "resourceType");
	if (!type || strcmp(type, "CapabilityStatement") != 0) {
		json_object_put(*doc);
		*doc = NULL;
	}
	return true;
}

/* Before the first record goes there: is it a FHIR R4 server at all? */
static bool is_fhir_r4(struct sync *s, struct err *err)
{
	AUTO_JSON struct json_object *doc = NULL;
	const char *version;
	int status;

	if (!fetch_metadata(s, &doc, &status, err))
		return false;
	if (!doc)
		return err_system(err, ERR_SERVER, status, _("There is no FHIR server at the county's address."),
			"HTTP %d", status);
	version = json_text(doc, "fhirVersion");
	if (!version || strncmp(version, "4.0", 3) != 0)
		return err_set(err, ERR_SERVER, _("The county server speaks FHIR %s; this program needs 4.0."),
			version ? version : "?");
	return true;
}

enum { SAMPLE = SYNC_IDS_A_SEARCH };

struct sample {
	char ids[SAMPLE][RECORD_ID_MAX + 1];
	size_t n, found;
};

static bool take_sample(struct sync *s, enum kind_id kind, struct sample *out, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_known_ids");
	bool row;

	stmt_bind_int(st, "remote", s->remote.id);
	stmt_bind_int(st, "kind", kind);
	stmt_bind_int(st, "limit", SAMPLE);
	while (stmt_step(st, &row, err)) {
		if (!row || out->n == SAMPLE)
			return true;
		snprintf(out->ids[out->n++], RECORD_ID_MAX + 1, "%s", stmt_text(st, 0));
	}
	return false;
}

static bool on_found(struct sync *s, struct json_object *doc, void *ctx, struct err *err)
{
	(void)s;
	(void)doc;
	(void)err;
	((struct sample *)ctx)->found++;
	return true;
}

/* Does it have any of the residents (or organisations, when there are none) that we think it has? */
static bool has_ours(struct sync *s, bool *ours, struct err *err)
{
	static const enum kind_id kinds[] = { KIND_RESIDENT, KIND_ORGANISATION };

	for (size_t k = 0; k < N_ELEMENTS(kinds); k++) {
		struct sample sample = { .n = 0 };
		const char *ids[SAMPLE];

		if (!take_sample(s, kinds[k], &sample, err))
			return false;
		for (size_t i = 0; i < sample.n; i++)
			ids[i] = sample.ids[i];
		if (sample.n && !fetch_ids(s, fhir_main_type(kinds[k]), ids, sample.n, false, on_found, &sample, err))
			return false;
		*ours = !sample.n || sample.found;
		if (sample.n)
			return true;
	}
	return true;
}

static bool start_anew(struct sync *s, struct err *err)
{
	AUTO_WORK struct work w = { 0 };

	log_warn("sync: the server has nothing of ours; everything is sent anew");
	return work_begin(&w, s->app, err) && store_anew(s->app, s->remote.id, err) && work_commit(&w, err);
}

bool meet_again(struct sync *s, bool *anew, struct err *err)
{
	bool ours;

	*anew = false;
	if (s->met)
		return true;
	s->met = true;
	if (!has_ours(s, &ours, err))
		return false;
	*anew = !ours;
	return ours || start_anew(s, err);
}

/* What its last check found; NULL when it was never checked. */
static bool load_caps(struct sync *s, struct json_object **caps, struct err *err)
{
	AUTO_STMT struct stmt *st = stmt_get(s->app->db, "sync_remote_probed");
	const char *text;
	bool row;

	*caps = NULL;
	stmt_bind_int(st, "remote", s->remote.id);
	if (!stmt_step(st, &row, err))
		return false;
	text = row ? stmt_text(st, 0) : NULL;
	return !text || json_parse(text, strlen(text), NULL, caps, err);
}

/* Its last check said that records would be lost or doubled there. */
static bool is_usable(struct sync *s, struct err *err)
{
	AUTO_JSON struct json_object *caps = NULL;

	return load_caps(s, &caps, err) && (json_flag(caps, "usable", true) ||
		err_set(err, ERR_SERVER, _("This county server cannot be used as it is: cunyi county probe says why.")));
}

bool meet_lacks(struct sync *s, const char *need, bool *lacks, struct err *err)
{
	AUTO_JSON struct json_object *caps = NULL;
	const char *found;

	if (!load_caps(s, &caps, err))
		return false;
	found = json_text(caps, need);
	*lacks = found && strcmp(found, "lacks") == 0;
	return true;
}

bool meet_software(struct sync *s, struct err *err)
{
	AUTO_JSON struct json_object *caps = NULL, *metadata = NULL;
	char now[PROBE_SOFTWARE];
	const char *then;
	int status;

	if (!load_caps(s, &caps, err))
		return false;
	then = json_text(caps, "software");
	if (!then)
		return true;
	if (!fetch_metadata(s, &metadata, &status, err))
		return false;
	if (metadata)
		probe_software(metadata, now);
	return !metadata || strcmp(now, then) == 0 || probe_afresh(s, err);
}

bool meet_server(struct sync *s, struct err *err)
{
	bool ours;

	if (!is_usable(s, err))
		return false;
	if (s->remote.last_pull)
		return true;
	if (!is_fhir_r4(s, err) || !has_ours(s, &ours, err))
		return false;
	return ours || start_anew(s, err);
}
