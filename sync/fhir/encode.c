/* The engine: kinds are tables and two functions each; what is the same for all stands here. */
#include "sync/fhir/fhir_int.h"

#include <assert.h>

#include "app/base/uuid.h"
#include "sync/fhir/fields.h"

/* Names of derived resources are made inside this namespace when a record's id is no UUID (the county's). */
#define NAMESPACE "5f1c6c5e-7c0b-5d0e-9a35-3f3f0c2b6d11"

#define HTEST_SYSTEM "http://terminology.hl7.org/CodeSystem/v3-ActReason"

static const struct fhir_kind *const table[] = {
	&fhir_resident, &fhir_household, &fhir_staff, &fhir_team, &fhir_organisation, &fhir_contract, &fhir_enrolment,
	&fhir_followup, &fhir_visit, &fhir_exam, &fhir_referral, &fhir_dispute,
};

/* References before referents, so that most arrive complete; derived types are never read back. */
const char *const fhir_types[] = { "Organization", "Practitioner", "CareTeam", "Group", "Patient", "EpisodeOfCare",
	"Contract", "Encounter", "QuestionnaireResponse", "ServiceRequest", "Task", "Basic", NULL };

static const struct fhir_kind *kind_of(enum kind_id kind)
{
	for (size_t i = 0; i < N_ELEMENTS(table); i++)
		if (table[i]->kind == kind)
			return table[i];
	return &fhir_basic;
}

const char *fhir_main_type(enum kind_id kind)
{
	return kind_of(kind)->type;
}

void fhir_set_release(struct fhir_set *set)
{
	while (set->n)
		json_object_put(set->r[--set->n].doc);
}

void fhir_derived_id(const char *uid, unsigned role, char out[RECORD_ID_MAX + 1])
{
	char ns[UUID_LEN], name[24], id[UUID_LEN];

	if (uuid_valid(uid))
		snprintf(ns, sizeof(ns), "%s", uid);
	else
		uuid5(NAMESPACE, uid, ns);
	snprintf(name, sizeof(name), "role %u", role);
	uuid5(ns, name, id);
	snprintf(out, RECORD_ID_MAX + 1, "%s", id);
}

/* ---- writing ---- */

static struct json_object *add(struct fhir_set *set, const char *type, unsigned role, const char *id)
{
	struct fhir_resource *r = &set->r[set->n++];

	assert(set->n <= FHIR_SET_MAX);
	*r = (struct fhir_resource){ .type = type, .role = role, .doc = json_object_new_object() };
	snprintf(r->id, sizeof(r->id), "%s", id);
	json_set_text(r->doc, "resourceType", type);
	json_set_text(r->doc, "id", id);
	return r->doc;
}

struct json_object *encoder_add(struct encoder *enc, const char *type, unsigned role, const char *subject)
{
	char id[RECORD_ID_MAX + 1];
	struct json_object *doc;
	const char *resident = enc->rec->form == kind_by_id(KIND_RESIDENT)->form ? enc->rec->meta.id :
										  record_text(enc->rec, "resident");

	fhir_derived_id(enc->rec->meta.id, role, id);
	doc = add(enc->set, type, role, id);
	if (subject && resident)
		json_object_object_add(doc, subject, doc_reference("Patient", resident));
	return doc;
}

struct json_object *encoder_reference(const struct encoder *enc, const char *type, unsigned role)
{
	char id[RECORD_ID_MAX + 1];

	fhir_derived_id(enc->rec->meta.id, role, id);
	return doc_reference(type, id);
}

void encoder_diagnosis(const struct encoder *enc, unsigned role)
{
	struct json_object *link = json_object_new_object();

	json_object_object_add(link, "condition", encoder_reference(enc, "Condition", role));
	doc_add(enc->set->r[0].doc, "diagnosis", link);
}

static const char *const states[] = { NULL, "void", "merged" };

static void put_extension(struct json_object *doc, const char *url, const char *text)
{
	struct json_object *e = json_object_new_object();

	json_set_text(e, "url", url);
	json_set_text(e, "valueString", text);
	doc_add(doc, "extension", e);
}

static void add_tags(struct json_object *meta, const char *system, const char *codes)
{
	for (const char *at = codes ? codes : ""; *at; at += strcspn(at, ","), at += *at == ',') {
		char text[16];

		snprintf(text, sizeof(text), "%.*s", (int)strcspn(at, ","), at);
		doc_add(meta, "tag", doc_coding(system, text, NULL));
	}
}

void fhir_add_scope(struct json_object *meta, const char *code, const char *by, const char *before)
{
	add_tags(meta, FHIR_SCOPE, code);
	add_tags(meta, FHIR_SCOPE, by);
	add_tags(meta, FHIR_SCOPE_BEFORE, before);
}

static void put_meta(struct json_object *doc, const struct fhir_options *options, const char *tag, bool main)
{
	struct json_object *meta = json_object_new_object();

	if (tag)
		doc_add(meta, "tag", doc_coding(FHIR_KIND, tag, NULL));
	if (options->scope)
		fhir_add_scope(meta, options->scope, options->by, main ? options->before : NULL);
	if (options->practice)
		doc_add(meta, "security", doc_coding(HTEST_SYSTEM, "HTEST", NULL));
	if (json_object_object_length(meta))
		json_object_object_add(doc, "meta", meta);
	else
		json_object_put(meta);
}

static void put_state(struct json_object *doc, enum record_state state, const char *reason)
{
	if (state == RECORD_ACTIVE)
		return;
	put_extension(doc, FHIR_STATE_URL, states[state]);
	if (reason)
		put_extension(doc, FHIR_REASON_URL, reason);
}

void fhir_encode(enum kind_id kind, const struct record *rec, const struct fhir_options *options, struct fhir_set *out)
{
	const struct fhir_kind *k = kind_of(kind);
	struct encoder enc = { .rec = rec, .set = out };
	struct json_object *doc;

	out->n = 0;
	doc = add(out, k->type, ROLE_MAIN, rec->meta.id);
	fhir_write_maps(k->maps, rec, doc);
	if (k->write)
		k->write(rec, doc);
	if (k->whole_form)
		fhir_write_items(doc, rec);
	else
		fhir_write_fields(doc, rec, k->maps);
	put_state(doc, rec->meta.state, options->reason);
	if (k->refer)
		k->refer(&enc);
	if (k->derive && (!options->alone || kind == KIND_REFERRAL))
		k->derive(&enc);
	for (size_t i = 0; i < out->n; i++) {
		put_meta(out->r[i].doc, options, i == 0 ? k->tag : NULL, i == 0);
		if (rec->meta.state != RECORD_ACTIVE)
			fhir_withdraw(out->r[i].doc);
		if (options->stamp)
			put_extension(out->r[i].doc, FHIR_STAMP_URL, options->stamp);
	}
}

/* How each type says that it should not have been written. */
static const struct {
	const char *type, *member, *system;
} withdrawals[] = {
	{ "Observation", "status", NULL },
	{ "Encounter", "status", NULL },
	{ "QuestionnaireResponse", "status", NULL },
	{ "ServiceRequest", "status", NULL },
	{ "Task", "status", NULL },
	{ "MedicationRequest", "status", NULL },
	{ "EpisodeOfCare", "status", NULL },
	{ "Contract", "status", NULL },
	{ "CareTeam", "status", NULL },
	{ "FamilyMemberHistory", "status", NULL },
	{ "AllergyIntolerance", "verificationStatus", "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification" },
	{ "Condition", "verificationStatus", "http://terminology.hl7.org/CodeSystem/condition-ver-status" },
};

void fhir_withdraw(struct json_object *doc)
{
	const char *type = json_text(doc, "resourceType");

	if (strcmp(type, fhir_basic.type) == 0) /* it has no status: our extension alone says it */
		return;
	for (size_t i = 0; i < N_ELEMENTS(withdrawals); i++) {
		if (strcmp(withdrawals[i].type, type) != 0)
			continue;
		json_object_object_del(doc, "clinicalStatus"); /* R4 forbids it beside entered-in-error */
		json_object_object_add(doc, withdrawals[i].member, withdrawals[i].system ?
			doc_concept(withdrawals[i].system, "entered-in-error", NULL, NULL) :
			json_object_new_string("entered-in-error"));
		return;
	}
	json_set_bool(doc, "active", false);
}

/* ---- reading ---- */

static bool is_type(const struct json_object *doc, const char *type)
{
	const char *has = json_text(doc, "resourceType");

	return has && strcmp(has, type) == 0;
}

static bool is_id(const char *id)
{
	size_t n = id ? strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.") : 0;

	return n > 0 && n <= RECORD_ID_MAX && id[n] == '\0';
}

/* The form that a QuestionnaireResponse answers: "urn:cunyi:form:htn_followup|2017". */
static bool questionnaire_of(const struct json_object *doc, char *code, size_t size)
{
	const char *url = json_text(doc, "questionnaire");
	size_t n = strlen(FHIR_FORM_URL ":");

	if (!url || strncmp(url, FHIR_FORM_URL ":", n) != 0)
		return false;
	snprintf(code, size, "%.*s", (int)strcspn(url + n, "|"), url + n);
	return true;
}

static bool matches(const struct fhir_kind *k, const struct json_object *doc, char *variant, size_t size)
{
	char code[64];
	const struct form_def *form;
	const char *programme;

	*variant = '\0';
	if (!is_type(doc, k->type))
		return false;
	if (!k->whole_form)
		return k->from_anybody || fhir_form_of(doc, code, sizeof(code));
	if (!questionnaire_of(doc, code, sizeof(code)))
		return false;
	programme = doc_text(doc, "item{linkId=programme}.answer{}.valueCoding.code");
	if (k->kind == KIND_FOLLOWUP && programme)
		snprintf(variant, size, "%s", programme);
	form = kind_form(kind_by_id(k->kind), variant);
	return form && strcmp(form->code, code) == 0;
}

bool fhir_recognise(const struct json_object *doc, enum kind_id *kind, char *variant, size_t size)
{
	if (!is_id(json_text(doc, "id")))
		return false;
	for (size_t i = 0; i < N_ELEMENTS(table); i++)
		if (matches(table[i], doc, variant, size)) {
			*kind = table[i]->kind;
			return true;
		}
	*kind = is_type(doc, fhir_basic.type) ? fhir_basic_kind(doc) : KIND_NONE;
	return *kind != KIND_NONE;
}

const char *fhir_answers(const struct json_object *doc)
{
	return is_type(doc, "Task") && !fhir_is_dispute(doc) ? doc_reference_id(json_member(doc, "focus"), "ServiceRequest") : NULL;
}

static enum record_state state_of(const struct json_object *doc, enum record_state now)
{
	const char *text = doc_text(doc, "extension{url=" FHIR_STATE_URL "}.valueString");
	const char *status = json_text(doc, "status");

	if (status && strcmp(status, "entered-in-error") == 0 && !text)
		return RECORD_VOID;
	for (size_t i = 1; text && i < N_ELEMENTS(states); i++)
		if (strcmp(text, states[i]) == 0)
			return (enum record_state)i;
	/* however another program says that a Patient was merged */
	if (!json_flag(doc, "active", true) && doc_get(doc, "link{type=replaced-by}"))
		return RECORD_MERGED;
	/* A program that drops our extensions does not thereby revive what was withdrawn. */
	return doc_get(doc, "extension{url=" FHIR_FORM_URL "}") || json_text(doc, "questionnaire") ? RECORD_ACTIVE : now;
}

const char *fhir_reason_of(const struct json_object *doc)
{
	return state_of(doc, RECORD_ACTIVE) == RECORD_ACTIVE ? NULL :
		doc_text(doc, "extension{url=" FHIR_REASON_URL "}.valueString");
}

static const struct json_object *contained_task(const struct json_object *doc)
{
	struct json_object *list = json_array(doc, "contained");

	for (size_t i = 0; i < json_count(list); i++)
		if (is_type(json_object_array_get_idx(list, i), "Task"))
			return json_object_array_get_idx(list, i);
	return NULL;
}

size_t fhir_decode(enum kind_id kind, const struct json_object *doc, struct record *rec)
{
	const struct fhir_kind *k = kind_of(kind);
	size_t bad;

	if (kind == KIND_REFERRAL && is_type(doc, "Task")) {
		referral_read_task(doc, rec);
		return 0;
	}
	/* Extensions first: where an element cannot tell two codes apart, the finer one stands already. */
	bad = k->whole_form ? fhir_read_items(doc, rec) : fhir_read_fields(doc, rec, k->maps);
	bad += fhir_read_maps(k->maps, doc, rec);
	if (k->read)
		k->read(doc, rec);
	if (kind == KIND_REFERRAL && contained_task(doc)) /* both halves in one, from a stick */
		referral_read_task(contained_task(doc), rec);
	rec->meta.state = state_of(doc, rec->meta.state);
	snprintf(rec->meta.id, sizeof(rec->meta.id), "%s", json_text(doc, "id"));
	return bad;
}

/* ---- stamps, marks, content ---- */

const char *fhir_stamp_of(const struct json_object *doc)
{
	return doc_text(doc, "extension{url=" FHIR_STAMP_URL "}.valueString");
}

void fhir_set_stamp(struct json_object *doc, const char *stamp)
{
	if (fhir_stamp_of(doc))
		doc_put(doc, "extension{url=" FHIR_STAMP_URL "}.valueString", json_object_new_string(stamp));
	else
		put_extension(doc, FHIR_STAMP_URL, stamp);
}

const char *fhir_author_of(const struct json_object *doc)
{
	return doc_text(doc, "extension{url=" FHIR_AUTHOR_URL "}.valueString");
}

void fhir_set_author(struct json_object *doc, const char *name)
{
	doc_drop_extension(doc, FHIR_AUTHOR_URL);
	if (name)
		put_extension(doc, FHIR_AUTHOR_URL, name);
}

bool fhir_is_practice(const struct json_object *doc)
{
	struct json_object *list = json_array(json_member(doc, "meta"), "security");

	for (size_t i = 0; i < json_count(list); i++) {
		const char *code = json_text(json_object_array_get_idx(list, i), "code");

		if (code && strcmp(code, "HTEST") == 0)
			return true;
	}
	return false;
}

static struct json_object *meta_content(const struct json_object *meta)
{
	struct json_object *out = json_object_new_object();

	json_object_object_foreach(meta, key, v)
		if (strcmp(key, "versionId") != 0 && strcmp(key, "lastUpdated") != 0 &&
			strcmp(key, "source") != 0) /* HAPI sets it to the request's id */
			json_object_object_add(out, key, json_object_get(v));
	return out;
}

static bool is_mark(const char *url)
{
	static const char *const marks[] = { FHIR_STAMP_URL, FHIR_VECTOR_URL, FHIR_AUTHOR_URL };
	bool is = false;

	for (size_t i = 0; url && i < N_ELEMENTS(marks); i++)
		is |= strcmp(url, marks[i]) == 0;
	return is;
}

static struct json_object *extension_content(const struct json_object *list)
{
	struct json_object *out = json_object_new_array();

	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *e = json_object_array_get_idx(list, i);

		if (!is_mark(json_text(e, "url")))
			json_object_array_add(out, json_object_get(e));
	}
	return out;
}

/* The canonical text without versions, times and our marks.  Members are shared, not copied. */
static void content(const struct json_object *doc, struct sbuf *out)
{
	AUTO_JSON struct json_object *view = json_object_new_object();

	json_object_object_foreach(doc, key, v)
		json_object_object_add(view, key,
			json_object_is_type(v, json_type_object) && strcmp(key, "meta") == 0       ? meta_content(v) :
			json_object_is_type(v, json_type_array) && strcmp(key, "extension") == 0 ? extension_content(v) :
												json_object_get(v));
	json_canonical(out, view);
}

/* The same content without its text: this runs twice for every resource of a download. */
static uint64_t member_hash(const char *key, struct json_object *v)
{
	AUTO_JSON struct json_object *view = NULL;

	if (json_object_is_type(v, json_type_object) && strcmp(key, "meta") == 0)
		view = meta_content(v);
	else if (json_object_is_type(v, json_type_array) && strcmp(key, "extension") == 0)
		view = extension_content(v);
	return json_hash_member(key, json_hash(view ? view : v));
}

int64_t fhir_hash(const struct json_object *doc)
{
	uint64_t sum = 0;
	int64_t hash;

	json_object_object_foreach(doc, key, v)
		sum += member_hash(key, v);
	memcpy(&hash, &sum, sizeof(hash));
	return hash;
}

bool fhir_same_content(const struct json_object *a, const struct json_object *b)
{
	AUTO_SBUF struct sbuf x = SBUF_INIT;
	AUTO_SBUF struct sbuf y = SBUF_INIT;

	content(a, &x);
	content(b, &y);
	return strcmp(x.s, y.s) == 0;
}
