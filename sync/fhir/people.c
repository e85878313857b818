/* Organisations, staff, teams, households -> Organization, Practitioner with its role, CareTeam, Group. */
#include "sync/fhir/fhir_int.h"

#define ID_STAFF        "urn:oid:2.16.156.10011.1.4"
#define ID_ORGANISATION "urn:oid:2.16.156.10011.1.5"

/* ---- organisation */

static const struct fhir_map organisation_maps[] = {
	{ "name", "name", AS_TEXT, NULL, NULL },
	{ "code", "identifier{system=" ID_ORGANISATION "}.value", AS_TEXT, NULL, NULL },
	{ "parent", "partOf", AS_REFERENCE, NULL, NULL },
	{ "address", "address{}.text", AS_TEXT, NULL, NULL },
	{ "phone", "telecom{system=phone}.value", AS_TEXT, NULL, NULL },
	{ "type", "type{}", AS_CONCEPT, "urn:cunyi:organisation-kind", NULL },
	{ NULL, NULL, AS_OTHER, NULL, NULL },
};

static void write_active(const struct record *rec, struct json_object *doc)
{
	json_set_bool(doc, "active", !record_is(rec, "active", "1"));
}

const struct fhir_kind fhir_organisation = { .kind = KIND_ORGANISATION, .type = "Organization",
	.maps = organisation_maps, .from_anybody = true, .write = write_active };

/* ---- staff */

static const struct fhir_map staff_maps[] = {
	{ "name", "name{}.text", AS_TEXT, NULL, NULL },
	{ "staff_no", "identifier{system=" ID_STAFF "}.value", AS_TEXT, NULL, NULL },
	{ "phone", "telecom{system=phone}.value", AS_TEXT, NULL, NULL },
	{ NULL, NULL, AS_OTHER, NULL, NULL },
};

/* "active": empty counts as yes and stays empty. */
static void read_active(const struct json_object *doc, struct record *rec)
{
	bool active = json_flag(doc, "active", true), ours = !record_is(rec, "active", "1");

	if (active != ours)
		record_set_text(rec, "active", active ? "2" : "1");
}

static void derive_role(struct encoder *enc)
{
	const char *org = record_text(enc->rec, "organisation"), *role = record_text(enc->rec, "role");
	const struct code *c = role ? field_code(form_field(enc->rec->form, "role"), role) : NULL;
	struct json_object *doc;

	if (!org && !c)
		return;
	doc = encoder_add(enc, "PractitionerRole", ROLE_PRACTITIONER_ROLE, NULL);
	json_set_bool(doc, "active", !record_is(enc->rec, "active", "1"));
	json_object_object_add(doc, "practitioner", doc_reference("Practitioner", enc->rec->meta.id));
	if (org)
		json_object_object_add(doc, "organization", doc_reference("Organization", org));
	if (c)
		doc_add(doc, "code", doc_concept("urn:cunyi:staff-role", c->code, c->term.zh, NULL));
}

/* The county's doctors are not our staff: only what a clinic's program wrote is taken. */
const struct fhir_kind fhir_staff = { .kind = KIND_STAFF,
	.type = "Practitioner",
	.maps = staff_maps,
	.write = write_active,
	.read = read_active,
	.derive = derive_role };

/* ---- team */

static const struct fhir_map team_maps[] = {
	{ "name", "name", AS_TEXT, NULL, NULL },
	{ "organisation", "managingOrganization{}", AS_REFERENCE, NULL, NULL },
	{ "phone", "telecom{system=phone}.value", AS_TEXT, NULL, NULL },
	{ "members", NULL, AS_OTHER, NULL, NULL },
	{ NULL, NULL, AS_OTHER, NULL, NULL },
};

static void write_team(const struct record *rec, struct json_object *doc)
{
	const struct value *members = record_get(rec, "members");

	json_set_text(doc, "status", record_is(rec, "active", "1") ? "inactive" : "active");
	for (size_t i = 0; i < members->n_items; i++) {
		const struct record *m = members->items[i];
		const char *role = record_text(m, "role"), *staff = record_text(m, "staff");
		const struct code *c = role ? field_code(form_field(m->form, "role"), role) : NULL;
		struct json_object *p = json_object_new_object();

		if (c)
			doc_add(p, "role", doc_concept("urn:cunyi:member-role", c->code, c->term.zh, NULL));
		if (staff)
			json_object_object_add(p, "member", doc_reference("Practitioner", staff));
		doc_add(doc, "participant", p);
	}
}

static void read_team(const struct json_object *doc, struct record *rec)
{
	struct json_object *list = json_array(doc, "participant");
	const char *status = json_text(doc, "status");
	bool active = !status || strcmp(status, "inactive") != 0;

	if (active == record_is(rec, "active", "1"))
		record_set_text(rec, "active", active ? "2" : "1");
	record_clear(rec, "members");
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *p = json_object_array_get_idx(list, i);
		const char *staff = doc_reference_id(json_member(p, "member"), "Practitioner");
		const char *role = doc_text(p, "role{}.coding{system=urn:cunyi:member-role}.code");
		struct record *m;

		if (!staff && !role)
			continue;
		m = record_add_item(rec, "members");
		record_set_text(m, "staff", staff);
		record_set_text(m, "role", role && field_code(form_field(m->form, "role"), role) ? role : NULL);
	}
}

const struct fhir_kind fhir_team = { .kind = KIND_TEAM, .type = "CareTeam", .maps = team_maps, .write = write_team,
	.read = read_team };

/* ---- household */

static void write_household(const struct record *rec, struct json_object *doc)
{
	(void)rec;
	json_set_bool(doc, "active", true);
	json_set_text(doc, "type", "person");
	json_set_bool(doc, "actual", true);
	json_object_object_add(doc, "code", doc_concept("urn:cunyi:group", "household",
					kind_by_id(KIND_HOUSEHOLD)->term.zh, NULL));
}

static const struct fhir_map household_maps[] = {
	{ "name", "name", AS_TEXT, NULL, NULL },
	{ NULL, NULL, AS_OTHER, NULL, NULL },
};

const struct fhir_kind fhir_household = { .kind = KIND_HOUSEHOLD, .type = "Group", .maps = household_maps,
	.write = write_household };
