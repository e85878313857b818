#include "sync/fhir/values.h"

#include "app/base/clock.h"
#include "app/base/date.h"
#include "app/base/json.h"
#include "app/base/utf8.h"
#include "app/clinic/kind.h"
#include "sync/fhir/doc.h"
#include "sync/fhir/fields.h"

static const struct {
	const char *kind, *type;
} ref_types[] = {
	{ "resident", "Patient" },
	{ "household", "Group" },
	{ "staff", "Practitioner" },
	{ "team", "CareTeam" },
	{ "organisation", "Organization" },
	{ "contract", "Contract" },
	{ "enrolment", "EpisodeOfCare" },
	{ "followup", "QuestionnaireResponse" },
	{ "visit", "Encounter" },
	{ "exam", "QuestionnaireResponse" },
	{ "referral", "ServiceRequest" },
};

const char *fhir_type_of_ref(const char *kind)
{
	for (size_t i = 0; i < N_ELEMENTS(ref_types); i++)
		if (strcmp(ref_types[i].kind, kind) == 0)
			return ref_types[i].type;
	return kind_by_name(kind) ? "Basic" : NULL; /* what has no resource of its own travels as such */
}

const char *fhir_next_code(const char **rest, char *out, size_t size)
{
	size_t n = strcspn(*rest, ",");

	if (!**rest)
		return NULL;
	snprintf(out, size, "%.*s", (int)n, *rest);
	*rest += n + ((*rest)[n] == ',');
	return out;
}

static void put_code(struct json_object *holder, const struct field *f, const char *code, enum fhir_shape shape)
{
	const struct code *c = field_code(f, code);

	if (shape == FHIR_EXTENSION)
		json_set_text(holder, "valueCode", code);
	else
		json_object_object_add(holder, "valueCoding", doc_coding(NULL, code, c ? c->term.zh : NULL));
}

static void put_money(struct json_object *holder, int64_t fen, enum fhir_shape shape)
{
	struct json_object *money;

	if (shape == FHIR_ANSWER) {
		json_object_object_add(holder, "valueDecimal", json_new_decimal(fen, 2));
		return;
	}
	money = json_object_new_object();
	json_object_object_add(money, "value", json_new_decimal(fen, 2));
	json_set_text(money, "currency", "CNY");
	json_object_object_add(holder, "valueMoney", money);
}

void fhir_put_value(struct json_object *holder, const struct field *f, const struct value *v, const char *code,
	enum fhir_shape shape)
{
	switch (v->kind) {
	case V_INT:
		json_set_int(holder, "valueInteger", v->num);
		break;
	case V_DECIMAL:
		json_object_object_add(holder, "valueDecimal", json_new_decimal(v->num, f->places));
		break;
	case V_MONEY:
		put_money(holder, v->num, shape);
		break;
	case V_DATE:
		json_set_text(holder, "valueDate", v->text);
		break;
	case V_TIME:
		json_set_text(holder, "valueDateTime", v->text);
		break;
	case V_TEXT:
		json_set_text(holder, "valueString", v->text);
		break;
	case V_CODE:
	case V_CODES:
		put_code(holder, f, code ? code : v->text, shape);
		break;
	case V_REF:
		json_object_object_add(holder, "valueReference", doc_reference(fhir_type_of_ref(f->ref), v->text));
		break;
	case V_EMPTY:
	case V_LIST:
		break;
	}
}

static bool get_number(const struct json_object *v, int places, struct value *out)
{
	return v && json_scaled(v, places, &out->num);
}

static bool get_text(const char *text, struct arena *mem, struct value *out)
{
	AUTO_SBUF struct sbuf clean = SBUF_INIT;

	if (!text || !*text)
		return false;
	utf8_clean(&clean, text, strlen(text));
	out->text = arena_strdup(mem, clean.s);
	return true;
}

static bool get_ref(const struct json_object *holder, const struct field *f, struct arena *mem, struct value *out)
{
	const char *id = doc_reference_id(json_member(holder, "valueReference"), fhir_type_of_ref(f->ref));

	return id && strlen(id) <= RECORD_ID_MAX && get_text(id, mem, out);
}

/* A code as both shapes have it. */
static const char *code_text(const struct json_object *holder)
{
	const char *code = json_text(holder, "valueCode");

	return code ? code : json_text(json_member(holder, "valueCoding"), "code");
}

static bool get_code(const struct json_object *holder, const struct field *f, struct arena *mem, struct value *out)
{
	const char *text = code_text(holder);
	const struct code *c = text ? field_code(f, text) : NULL;

	return c && get_text(c->code, mem, out);
}

static bool get_money(const struct json_object *holder, struct value *out)
{
	struct json_object *plain = json_member(holder, "valueDecimal");

	return get_number(plain ? plain : json_member(json_member(holder, "valueMoney"), "value"), 2, out);
}

static bool get_time(const struct json_object *holder, struct arena *mem, struct value *out)
{
	const char *text = json_text(holder, "valueDateTime");
	int64_t ms;

	return text && clock_parse(text, &ms) && get_text(text, mem, out);
}

static bool get_raw(const struct json_object *holder, const struct field *f, struct arena *mem, struct value *out)
{
	switch (f->type) {
	case V_INT:
		return get_number(json_member(holder, "valueInteger"), 0, out);
	case V_DECIMAL:
		return get_number(json_member(holder, "valueDecimal"), f->places, out);
	case V_MONEY:
		return get_money(holder, out);
	case V_DATE:
		return get_text(json_text(holder, "valueDate"), mem, out);
	case V_TIME:
		return get_time(holder, mem, out);
	case V_TEXT:
		return get_text(json_text(holder, "valueString"), mem, out);
	case V_CODE:
	case V_CODES:
		return get_code(holder, f, mem, out);
	case V_REF:
		return get_ref(holder, f, mem, out);
	case V_EMPTY:
	case V_LIST:
		break;
	}
	return false;
}

bool fhir_get_value(const struct json_object *holder, const struct field *f, struct arena *mem, struct value *out)
{
	struct err ignored;

	*out = (struct value){ .kind = f->type };
	return get_raw(holder, f, mem, out) && field_check(f, out, NO_DAY, &ignored);
}
