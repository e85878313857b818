/* Referral -> ServiceRequest, what we ask, and Task, how it goes: its state and the hospital's answer are the Task's
 * alone, so that neither side overwrites the other's half. */
#include "app/base/clock.h"
#include "app/base/utf8.h"
#include "app/clinic/states.h"
#include "sync/fhir/fhir_int.h"

#define OUTPUT "urn:cunyi:referral-answer"
#define STATE  "urn:cunyi:referral-state"

/* As in app/clinic/states.c, then what other programs may say. */
static const struct fhir_pair task_statuses[] = {
	{ "draft", "draft" },         { "requested", "requested" },     { "accepted", "accepted" },
	{ "in_progress", "in-progress" }, { "returned", "completed" },  { "closed", "completed" },
	{ "rejected", "rejected" },   { "expired", "failed" },          { "cancelled", "cancelled" },
	{ "requested", "received" },  { "accepted", "ready" },          { "in_progress", "on-hold" },
	{ NULL, NULL },
};

static const struct fhir_pair request_statuses[] = {
	{ "draft", "draft" },       { "requested", "active" },   { "accepted", "active" },  { "in_progress", "active" },
	{ "returned", "completed" }, { "closed", "completed" },  { "rejected", "revoked" }, { "expired", "revoked" },
	{ "cancelled", "revoked" }, { NULL, NULL },
};

static const struct fhir_pair priorities[] = {
	{ "emergency", "stat" }, { "urgent", "urgent" }, { "routine", "routine" }, { "urgent", "asap" }, { NULL, NULL },
};

static const struct fhir_map maps[] = {
	{ "urgency", "priority", AS_PAIRS, NULL, priorities },
	{ "resident", "subject", AS_REFERENCE, NULL, NULL },
	{ "date", "authoredOn", AS_TEXT, NULL, NULL },
	{ "from_doctor", "requester", AS_REFERENCE, NULL, NULL },
	{ "to_org", "performer{}", AS_REFERENCE, NULL, NULL },
	{ "source_followup", "supportingInfo{}", AS_REFERENCE, NULL, NULL },
	{ "number", "identifier{system=urn:oid:2.16.156.10011.1.24}.value", AS_TEXT, NULL, NULL },
	/* the Task's half */
	{ "status", NULL, AS_OTHER, NULL, NULL },
	{ "status_reason", NULL, AS_OTHER, NULL, NULL },
	{ "answer_org", NULL, AS_OTHER, NULL, NULL },
	{ "answer_department", NULL, AS_OTHER, NULL, NULL },
	{ "answer_doctor", NULL, AS_OTHER, NULL, NULL },
	{ "answered_at", NULL, AS_OTHER, NULL, NULL },
	{ "appointment_date", NULL, AS_OTHER, NULL, NULL },
	{ "answer_text", NULL, AS_OTHER, NULL, NULL },
	{ "returned_on", NULL, AS_OTHER, NULL, NULL },
	{ "return_no", NULL, AS_OTHER, NULL, NULL },
	{ "return_org", NULL, AS_OTHER, NULL, NULL },
	{ "return_department", NULL, AS_OTHER, NULL, NULL },
	{ "return_doctor", NULL, AS_OTHER, NULL, NULL },
	{ "return_phone", NULL, AS_OTHER, NULL, NULL },
	{ "return_diagnosis", NULL, AS_OTHER, NULL, NULL },
	{ "return_results", NULL, AS_OTHER, NULL, NULL },
	{ "return_treatment", NULL, AS_OTHER, NULL, NULL },
	{ "return_advice", NULL, AS_OTHER, NULL, NULL },
	{ "return_notes", NULL, AS_OTHER, NULL, NULL },
	{ NULL, NULL, AS_OTHER, NULL, NULL },
};

/* Elements of the Task. */
static const struct fhir_map task_maps[] = {
	{ "status_reason", "statusReason.text", AS_TEXT, NULL, NULL },
	{ "answer_org", "owner.display", AS_TEXT, NULL, NULL },
	{ "answered_at", "lastModified", AS_TEXT, NULL, NULL },
	{ "answer_text", "note{}.text", AS_TEXT, NULL, NULL },
	{ NULL, NULL, AS_OTHER, NULL, NULL },
};

/* The rest of the answer: one output each, named by its key and labelled as on the paper. */
static const char *const outputs[] = { "answer_department", "answer_doctor", "returned_on", "return_no", "return_org",
	"return_department", "return_doctor", "return_phone", "return_diagnosis", "return_results", "return_treatment",
	"return_advice", "return_notes" };

/* ---- ServiceRequest ----------------------------------------------------------------------------------------------- */

static void write_reasons(const struct record *rec, struct json_object *doc)
{
	const struct value *v = record_get(rec, "reason");
	const char *impression = record_text(rec, "impression");

	for (const struct code *c = value_is_empty(v) ? NULL : form_field(rec->form, "reason")->codes; c && c->code; c++) {
		const char *text = c->other ? record_text(rec, "reason_other") : NULL;

		if (value_has_code(v, c->code))
			doc_add(doc, "reasonCode", doc_concept("urn:cunyi:referral-reason", c->code, c->term.zh, text));
	}
	if (impression)
		doc_add(doc, "reasonCode", doc_concept(NULL, NULL, NULL, impression));
}

static void write(const struct record *rec, struct json_object *doc)
{
	const char *status = fhir_pair_to(request_statuses, record_text(rec, "status"));
	const char *direction = record_text(rec, "direction");
	const struct code *c = field_code(form_field(rec->form, "direction"), direction ? direction : "up");

	json_set_text(doc, "status", status ? status : "active");
	json_set_text(doc, "intent", "order");
	if (c)
		json_object_object_add(doc, "code", doc_concept("urn:cunyi:referral", c->code, c->term.zh, NULL));
	write_reasons(rec, doc);
}

/* A new referral of another laptop has no state yet; its Task follows.  A revoked one is over whatever its Task says. */
static void read(const struct json_object *doc, struct record *rec)
{
	const char *status = json_text(doc, "status"), *now = record_text(rec, "status");
	const char *ours = fhir_pair_from(request_statuses, status);

	if (!now)
		record_set_text(rec, "status", ours ? ours : "requested");
	else if (status && strcmp(status, "revoked") == 0 && referral_is_open(referral_state_by_name(now)))
		record_set_text(rec, "status", "cancelled");
}

/* ---- Task --------------------------------------------------------------------------------------------------------- */

static void write_outputs(const struct record *rec, struct json_object *doc)
{
	for (size_t i = 0; i < N_ELEMENTS(outputs); i++) {
		const char *text = record_text(rec, outputs[i]);
		struct json_object *o;

		if (!text)
			continue;
		o = json_object_new_object();
		json_object_object_add(o, "type", doc_concept(OUTPUT, outputs[i], NULL,
						      form_field(rec->form, outputs[i])->label.zh));
		json_set_text(o, "valueString", text);
		doc_add(doc, "output", o);
	}
}

static void derive(struct encoder *enc)
{
	const struct record *rec = enc->rec;
	const char *status = fhir_pair_to(task_statuses, record_text(rec, "status"));
	struct json_object *doc = encoder_add(enc, "Task", ROLE_TASK, "for");

	json_set_text(doc, "status", status ? status : "requested");
	json_set_text(doc, "intent", "order");
	doc_put_text(doc, "priority", fhir_pair_to(priorities, record_text(rec, "urgency")));
	json_object_object_add(doc, "focus", doc_reference("ServiceRequest", rec->meta.id));
	doc_put_text(doc, "authoredOn", record_text(rec, "date"));
	if (record_text(rec, "from_doctor"))
		json_object_object_add(doc, "requester", doc_reference("Practitioner", record_text(rec, "from_doctor")));
	fhir_write_maps(task_maps, rec, doc);
	if (status && strcmp(status, "completed") == 0) /* returned or closed: Task.status alone cannot tell */
		json_object_object_add(doc, "businessStatus", doc_concept(STATE, record_text(rec, "status"), NULL, NULL));
	doc_put_text(doc, "executionPeriod.start", record_text(rec, "appointment_date"));
	write_outputs(rec, doc);
}

/* Which field an output fills: by our code, or by the label of the paper. */
static const char *output_key(const struct json_object *o, const struct record *rec)
{
	const char *code = doc_text(o, "type.coding{system=" OUTPUT "}.code"), *text = doc_text(o, "type.text");

	for (size_t i = 0; i < N_ELEMENTS(outputs); i++)
		if ((code && strcmp(code, outputs[i]) == 0) ||
			(!code && text && strcmp(text, form_field(rec->form, outputs[i])->label.zh) == 0))
			return outputs[i];
	return NULL;
}

/* Text that fits no field of the return form is not lost: it goes to its notes, with what it was called. */
static void add_note(struct sbuf *notes, const struct json_object *o, const char *text)
{
	const char *label = doc_text(o, "type.text");

	label = label ? label : doc_text(o, "type.coding{}.display");
	sbuf_addf(notes, "%s%s%s%s", notes->len ? "; " : "", label ? label : "", label ? ": " : "", text);
}

static void set_checked(struct record *rec, const char *key, const char *text)
{
	const struct field *f = form_field(rec->form, key);
	AUTO_SBUF struct sbuf clean = SBUF_INIT;
	struct value v = { .kind = f->type };
	struct err ignored;

	utf8_clean(&clean, text, strlen(text));
	v.text = clean.s;
	if (field_check(f, &v, NO_DAY, &ignored))
		record_set_text(rec, key, v.text);
}

static void read_outputs(const struct json_object *doc, struct record *rec)
{
	struct json_object *list = json_array(doc, "output");
	AUTO_SBUF struct sbuf notes = SBUF_INIT;

	for (size_t i = 0; i < N_ELEMENTS(outputs); i++)
		record_clear(rec, outputs[i]);
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *o = json_object_array_get_idx(list, i);
		const char *text = json_text(o, "valueString"), *key = output_key(o, rec);

		if (!text || !*text)
			continue;
		if (key && strcmp(key, "return_notes") != 0)
			set_checked(rec, key, text);
		else if (key)
			sbuf_addf(&notes, "%s%s", notes.len ? "; " : "", text);
		else
			add_note(&notes, o, text);
	}
	if (notes.len)
		set_checked(rec, "return_notes", notes.s);
}

static void read_status(const struct json_object *doc, struct record *rec)
{
	const char *status = json_text(doc, "status"), *now = record_text(rec, "status");
	const char *same = fhir_pair_to(task_statuses, now), *ours = fhir_pair_from(task_statuses, status);
	const char *exact = doc_text(doc, "businessStatus.coding{system=" STATE "}.code");
	const char *means = fhir_pair_to(task_statuses, exact);

	if (means && status && strcmp(means, status) == 0) {
		record_set_text(rec, "status", exact);
		return;
	}
	if (!status || !ours || (same && strcmp(same, status) == 0))
		return;
	if (strcmp(ours, "returned") == 0 && !record_text(rec, "return_diagnosis") && !record_text(rec, "return_advice"))
		ours = "closed"; /* completed without a return form */
	record_set_text(rec, "status", ours);
	if (!record_text(rec, "answered_at")) {
		const char *at = doc_text(doc, "meta.lastUpdated");
		int64_t ms;

		record_set_text(rec, "answered_at", at && clock_parse(at, &ms) ? at : NULL);
	}
}

void referral_read_task(const struct json_object *task, struct record *rec)
{
	const char *start = doc_text(task, "executionPeriod.start");
	char day[DATE_LEN];

	fhir_read_maps(task_maps, task, rec);
	snprintf(day, sizeof(day), "%s", start ? start : "");
	record_clear(rec, "appointment_date");
	if (start)
		set_checked(rec, "appointment_date", day);
	read_outputs(task, rec);
	read_status(task, rec);
}

const struct fhir_kind fhir_referral = { .kind = KIND_REFERRAL, .type = "ServiceRequest", .maps = maps, .write = write,
	.read = read, .derive = derive };
