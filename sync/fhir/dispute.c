/* A dispute that the county is asked to decide -> Task: what it is about in `focus`, both versions contained. */
#include "sync/fhir/fhir_int.h"

#define CODE "resolve-sync-conflict"

static const struct fhir_pair statuses[] = {
	{ "requested", "requested" }, { "accepted", "accepted" },   { "in_progress", "in-progress" }, { "completed", "completed" },
	{ "rejected", "rejected" },   { "cancelled", "cancelled" }, { "requested", "received" },      { "accepted", "ready" },
	{ "in_progress", "on-hold" }, { "rejected", "failed" },     { NULL, NULL },
};

static const struct fhir_map maps[] = {
	{ "about_resident", "for", AS_REFERENCE, NULL, NULL },
	{ "date", "authoredOn", AS_TEXT, NULL, NULL },
	{ "doctor", "requester", AS_REFERENCE, NULL, NULL },
	{ "reason", "description", AS_TEXT, NULL, NULL },
	{ "status", "status", AS_PAIRS, NULL, statuses },
	{ "answer", "note{}.text", AS_TEXT, NULL, NULL },
	{ "ours", NULL, AS_OTHER, NULL, NULL },
	{ "theirs", NULL, AS_OTHER, NULL, NULL },
	{ NULL, NULL, AS_OTHER, NULL, NULL },
};

static const char *const sides[] = { "ours", "theirs" };

static void write(const struct record *rec, struct json_object *doc)
{
	const char *kind = record_text(rec, "about_kind"), *about = record_text(rec, "about");
	const struct kind *k = kind ? kind_by_name(kind) : NULL;

	if (!json_text(doc, "status"))
		json_set_text(doc, "status", "requested");
	json_set_text(doc, "intent", "order");
	json_object_object_add(doc, "code", doc_concept("urn:cunyi:task", CODE, NULL, NULL));
	if (k && about)
		json_object_object_add(doc, "focus", doc_reference(fhir_main_type(k->id), about));
	for (size_t i = 0; i < N_ELEMENTS(sides); i++) {
		const char *text = record_text(rec, sides[i]);
		struct json_object *version = NULL;
		struct err ignored;

		if (text && json_parse(text, strlen(text), NULL, &version, &ignored))
			doc_add(doc, "contained", version);
	}
}

static void read(const struct json_object *doc, struct record *rec)
{
	struct json_object *list = json_array(doc, "contained");

	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *version = json_object_array_get_idx(list, i);
		AUTO_SBUF struct sbuf text = SBUF_INIT;

		for (size_t k = 0; k < N_ELEMENTS(sides); k++)
			if (json_text(version, "id") && strcmp(json_text(version, "id"), sides[k]) == 0) {
				json_write(&text, version);
				record_set_text(rec, sides[k], text.s);
			}
	}
}

bool fhir_is_dispute(const struct json_object *doc)
{
	const char *code = doc_text(doc, "code.coding{system=urn:cunyi:task}.code");

	return code && strcmp(code, CODE) == 0;
}

const struct fhir_kind fhir_dispute = { .kind = KIND_DISPUTE, .type = "Task", .maps = maps, .write = write, .read = read };
