/* Resident -> Patient, and AllergyIntolerance and FamilyMemberHistory for those who look for these. */
#include "sync/fhir/fhir_int.h"

#define ID_CARD   "urn:oid:2.16.156.10011.1.3" /* resident identity number */
#define ID_FILE   "urn:oid:2.16.156.10011.1.2" /* 17-digit health-file number */
#define ID_HEALTH "urn:oid:2.16.156.10011.1.19" /* health card */
#define ID_OTHER  "urn:cunyi:identity-document:" /* + type code */

static const struct fhir_pair sexes[] = {
	{ "1", "male" }, { "2", "female" }, { "0", "unknown" }, { "9", "unknown" }, { NULL, NULL },
};

/* GB/T 2261.2 beside the digits of the paper */
static const struct fhir_pair marital[] = {
	{ "1", "10" }, { "2", "20" }, { "3", "30" }, { "4", "40" }, { "5", "90" }, { "2", "21" }, { "2", "22" },
	{ "2", "23" }, { NULL, NULL },
};

static const struct fhir_map maps[] = {
	{ "name", NULL, AS_OTHER, NULL, NULL },
	{ "id_number", NULL, AS_OTHER, NULL, NULL },
	{ "id_type", NULL, AS_OTHER, NULL, NULL },
	{ "sex", "gender", AS_PAIRS, NULL, sexes },
	{ "birth_date", "birthDate", AS_TEXT, NULL, NULL },
	{ "nickname", "name{use=nickname}.text", AS_TEXT, NULL, NULL },
	{ "phone", "telecom{system=phone}.value", AS_TEXT, NULL, NULL },
	{ "contact_name", "contact{}.name.text", AS_TEXT, NULL, NULL },
	{ "contact_phone", "contact{}.telecom{system=phone}.value", AS_TEXT, NULL, NULL },
	{ "address", NULL, AS_OTHER, NULL, NULL },
	{ "file_no", "identifier{system=" ID_FILE "}.value", AS_TEXT, NULL, NULL },
	{ "card_no", "identifier{system=" ID_HEALTH "}.value", AS_TEXT, NULL, NULL },
	{ "marital", "maritalStatus", AS_PAIRS, "urn:oid:2.16.156.10011.2.3.3.5", marital },
	{ "responsible_doctor", "generalPractitioner{}", AS_REFERENCE, NULL, NULL },
	{ "died_on", "deceasedDateTime", AS_TEXT, NULL, NULL },
	{ "replaced_by", "link{type=replaced-by}.other", AS_REFERENCE, NULL, NULL },
	{ NULL, NULL, AS_OTHER, NULL, NULL },
};

/* ---- name, numbers, address: other programs write them in many ways ------------------------------------ */

static bool is_han(const char *s)
{
	return (unsigned char)*s >= 0xe3; /* three and more bytes of UTF-8: not Latin, Greek, Cyrillic */
}

/* A HumanName without text: 王小明 for Chinese, Anna Müller for others. */
static void join_name(const struct json_object *name, struct sbuf *out)
{
	const char *family = json_text(name, "family");
	struct json_object *given = json_array(name, "given");
	bool han = is_han(family ? family : "");

	if (han)
		sbuf_adds(out, family);
	for (size_t i = 0; i < json_count(given); i++) {
		const char *part = json_object_get_string(json_object_array_get_idx(given, i));

		if (!han && out->len)
			sbuf_addc(out, ' ');
		sbuf_adds(out, part ? part : "");
	}
	if (!han && family) {
		if (out->len)
			sbuf_addc(out, ' ');
		sbuf_adds(out, family);
	}
}

static const struct json_object *best_name(const struct json_object *doc)
{
	static const char *const uses[] = { "name{use=official}", "name{use=usual}" };
	struct json_object *list = json_array(doc, "name");

	for (size_t i = 0; i < N_ELEMENTS(uses); i++)
		if (doc_get(doc, uses[i]))
			return doc_get(doc, uses[i]);
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_object *n = json_object_array_get_idx(list, i);
		const char *use = json_text(n, "use");

		if (!use || (strcmp(use, "nickname") != 0 && strcmp(use, "old") != 0))
			return n;
	}
	return NULL;
}

static void read_name(const struct json_object *doc, struct record *rec)
{
	const struct json_object *name = best_name(doc);
	const char *text = json_text(name, "text");
	AUTO_SBUF struct sbuf joined = SBUF_INIT;

	if (!text && name) {
		join_name(name, &joined);
		text = joined.s;
	}
	if (text && *text)
		record_set_text(rec, "name", text);
}

static void number_path(const char *type, char *path, size_t size)
{
	if (!type || strcmp(type, "01") == 0)
		snprintf(path, size, "identifier{system=" ID_CARD "}.value");
	else
		snprintf(path, size, "identifier{system=" ID_OTHER "%s}.value", type);
}

static void write_number(const struct record *rec, struct json_object *doc)
{
	const char *type = record_text(rec, "id_type"), *number = record_text(rec, "id_number");
	char path[96];

	number_path(type, path, sizeof(path));
	if (number)
		doc_put_text(doc, path, number);
	else if (type) /* the type alone: no number was given */
		doc_put_text(doc, "identifier{system=urn:cunyi:identity-document}.value", type);
}

/* Numbers besides the present ones.  A reader takes the first of a system for the present one, so an old number of a
 * system that has no present one is left to the extension. */
static const char *identifier_system(const char *code, const struct record *rec, char *out, size_t size)
{
	bool card = record_is(rec, "id_type", "01") && record_text(rec, "id_number");

	if (!strcmp(code, "01"))
		return card ? ID_CARD : NULL;
	if (!strcmp(code, "24"))
		return record_text(rec, "file_no") ? ID_FILE : NULL;
	if (!strcmp(code, "22") || !strcmp(code, "23"))
		return record_text(rec, "card_no") ? ID_HEALTH : NULL;
	snprintf(out, size, ID_OTHER "%s", code);
	return card || *code == '2' || *code == '9' ? out : NULL;
}

static void write_identifier(const struct record *item, const struct record *rec, struct json_object *doc)
{
	static const char *const uses[] = { "official", "old", "temp" };
	const char *code = record_text(item, "system"), *use = record_text(item, "use"), *system;
	struct json_object *o;
	char other[96];

	system = code ? identifier_system(code, rec, other, sizeof(other)) : NULL;
	if (!system || !record_text(item, "value"))
		return;
	o = json_object_new_object();
	if (use && *use >= '1' && *use <= '3')
		json_set_text(o, "use", uses[*use - '1']);
	json_set_text(o, "system", system);
	json_set_text(o, "value", record_text(item, "value"));
	doc_put_text(o, "period.start", record_text(item, "from"));
	doc_put_text(o, "period.end", record_text(item, "to"));
	doc_add(doc, "identifier", o);
}

static void write_identifiers(const struct record *rec, struct json_object *doc)
{
	const struct value *list = record_get(rec, "identifiers");

	for (size_t i = 0; i < list->n_items; i++)
		write_identifier(list->items[i], rec, doc);
}

/* Of a file that others were merged into. */
static void write_replaced(const struct record *rec, struct json_object *doc)
{
	const struct value *list = record_get(rec, "replaces");

	for (size_t i = 0; i < list->n_items; i++) {
		struct json_object *link = json_object_new_object();

		json_object_object_add(link, "other", doc_reference("Patient", record_text(list->items[i], "resident")));
		json_set_text(link, "type", "replaces");
		doc_add(doc, "link", link);
	}
}

static void read_number(const struct json_object *doc, struct record *rec)
{
	const struct field *f = form_field(rec->form, "id_type");
	const char *found = doc_text(doc, "identifier{system=" ID_CARD "}.value"), *type = found ? "01" : NULL;
	char path[96];

	for (const struct code *c = f->codes; !found && c->code; c++) {
		number_path(c->code, path, sizeof(path));
		found = doc_text(doc, path);
		type = found ? c->code : NULL;
	}
	if (!found)
		type = doc_text(doc, "identifier{system=urn:cunyi:identity-document}.value");
	/* A resident identity number goes by its system: whether the type was ticked on the form too is no difference. */
	record_set_text(rec, "id_number", found);
	record_set_text(rec, "id_type", type && field_code(f, type) ? type : NULL);
}

static void read_address(const struct json_object *doc, struct record *rec)
{
	const struct json_object *a = doc_get(doc, "address{use=home}");
	struct json_object *lines;
	AUTO_SBUF struct sbuf text = SBUF_INIT;

	a = a ? a : doc_get(doc, "address{}");
	lines = json_array(a, "line");
	if (json_text(a, "text")) {
		sbuf_adds(&text, json_text(a, "text"));
	} else {
		static const char *const parts[] = { "state", "city", "district" };

		for (size_t i = 0; i < N_ELEMENTS(parts); i++)
			sbuf_adds(&text, json_text(a, parts[i]) ? json_text(a, parts[i]) : "");
		for (size_t i = 0; i < json_count(lines); i++)
			sbuf_adds(&text, json_object_get_string(json_object_array_get_idx(lines, i)));
	}
	record_set_text(rec, "address", text.s);
}

static void write(const struct record *rec, struct json_object *doc)
{
	/* who left or died is a patient still: only void and merged ones are not (encode.c) */
	json_set_bool(doc, "active", true);
	write_number(rec, doc);
	write_identifiers(rec, doc);
	write_replaced(rec, doc);
	doc_put_text(doc, "name{use=official}.text", record_text(rec, "name"));
	doc_put_text(doc, "address{use=home}.text", record_text(rec, "address"));
}

static void read(const struct json_object *doc, struct record *rec)
{
	read_name(doc, rec);
	read_number(doc, rec);
	read_address(doc, rec);
	/* The county says that somebody died without the day: that is a state here. */
	if ((json_flag(doc, "deceasedBoolean", false) || record_text(rec, "died_on")) && !record_is(rec, "status", "4"))
		record_set_text(rec, "status", "4");
}

/* ---- derived ------------------------------------------------------------------------------------------------------ */

static struct json_object *confirmed(const char *system_end, const char *code)
{
	char system[96];

	snprintf(system, sizeof(system), "http://terminology.hl7.org/CodeSystem/%s", system_end);
	return doc_concept(system, code, NULL, NULL);
}

static void derive_allergies(struct encoder *enc)
{
	const struct value *v = record_get(enc->rec, "drug_allergy");
	const struct field *f = form_field(enc->rec->form, "drug_allergy");

	for (const struct code *c = value_is_empty(v) ? NULL : f->codes; c && c->code; c++) {
		struct json_object *doc;
		const char *text = c->other ? record_text(enc->rec, "drug_allergy_other") : NULL;

		if (c->exclusive || !value_has_code(v, c->code))
			continue;
		doc = encoder_add(enc, "AllergyIntolerance", ROLE_ALLERGY + (unsigned)strtoul(c->code, NULL, 10), "patient");
		json_object_object_add(doc, "clinicalStatus", confirmed("allergyintolerance-clinical", "active"));
		json_object_object_add(doc, "verificationStatus", confirmed("allergyintolerance-verification", "confirmed"));
		doc_add(doc, "category", json_object_new_string("medication"));
		json_object_object_add(doc, "code", doc_concept(NULL, NULL, NULL, text ? text : c->term.zh));
	}
}

static const struct {
	const char *key, *other, *code, *display;
} relatives[] = {
	{ "family_father", "family_father_other", "FTH", "father" },
	{ "family_mother", "family_mother_other", "MTH", "mother" },
	{ "family_siblings", "family_siblings_other", "SIB", "sibling" },
	{ "family_children", "family_children_other", "CHILD", "child" },
};

static void add_diseases(const struct encoder *enc, size_t who, struct json_object *doc)
{
	const struct value *v = record_get(enc->rec, relatives[who].key);

	for (const struct code *c = form_field(enc->rec->form, relatives[who].key)->codes; c->code; c++) {
		struct json_object *condition;
		const char *text = c->other ? record_text(enc->rec, relatives[who].other) : NULL;

		if (c->exclusive || !value_has_code(v, c->code))
			continue;
		condition = json_object_new_object();
		json_object_object_add(condition, "code", doc_concept(NULL, NULL, NULL, text ? text : c->term.zh));
		doc_add(doc, "condition", condition);
	}
}

static void derive_family(struct encoder *enc)
{
	for (unsigned i = 0; i < N_ELEMENTS(relatives); i++) {
		const struct value *v = record_get(enc->rec, relatives[i].key);
		struct json_object *doc;

		if (value_is_empty(v) || value_has_code(v, "1"))
			continue;
		doc = encoder_add(enc, "FamilyMemberHistory", ROLE_FAMILY + i, "patient");
		json_set_text(doc, "status", "completed");
		json_object_object_add(doc, "relationship", doc_concept("http://terminology.hl7.org/CodeSystem/v3-RoleCode",
								  relatives[i].code, relatives[i].display, NULL));
		add_diseases(enc, i, doc);
	}
}

static void derive(struct encoder *enc)
{
	derive_allergies(enc);
	derive_family(enc);
}

const struct fhir_kind fhir_resident = { .kind = KIND_RESIDENT, .type = "Patient", .maps = maps, .from_anybody = true,
	.write = write, .read = read, .derive = derive };
