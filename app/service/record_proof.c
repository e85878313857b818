/* Which services that agreements promise a record proves: codes of service_item_codes. */
#include "app/service/record_int.h"

/* A field that is filled in; "_target" at the end: any field whose key ends so. */
static const struct {
	enum kind_id kind;
	const char *programme; /* NULL: any */
	const char *field, *item;
} by_field[] = {
	{ KIND_FOLLOWUP, NULL, "_target", "5" },             /* guidance: something was agreed on */
	{ KIND_FOLLOWUP, NULL, "drugs", "7" },               /* guidance on drugs */
	{ KIND_FOLLOWUP, "elderly", "pinghe", "8" },         /* constitution */
	{ KIND_FOLLOWUP, "elderly", "tcm_guidance", "9" },   /* guidance of Chinese medicine */
	{ KIND_VISIT, NULL, "prescriptions", "7" },
};

/* A visit by its diagnoses: a child's check, supervision of a pregnancy, after a birth, a vaccination. */
static const struct {
	const char *from, *to, *item; /* ICD-10, the first characters */
} by_diagnosis[] = {
	{ "Z00.1", "Z00.1", "2" }, { "Z34", "Z35", "11" }, { "Z39", "Z39", "12" }, { "Z23", "Z27", "13" },
};

/* A visit marked with the service of Chinese medicine. */
static const struct {
	const char *code, *item;
} by_mark[] = { { "1", "8" }, { "2", "9" }, { "3", "10" } };

static void add(struct proves *p, const char *item)
{
	size_t n = strlen(p->items), len = strlen(item);

	for (const char *at = strstr(p->items, item); at; at = strstr(at + 1, item))
		if (at[-1] == ',' && at[len] == ',')
			return;
	snprintf(p->items + n, sizeof p->items - n, "%s%s,", n ? "" : ",", item);
}

static bool any_ends_in(const struct record *rec, const char *end)
{
	size_t n = strlen(end);

	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const char *key = rec->form->fields[i].key;

		if (!value_is_empty(&rec->values[i]) && strlen(key) > n && !strcmp(key + strlen(key) - n, end))
			return true;
	}
	return false;
}

static void prove_by_fields(enum kind_id kind, const struct record *rec, struct proves *out)
{
	for (size_t i = 0; i < N_ELEMENTS(by_field); i++) {
		const char *key = by_field[i].field;

		if (by_field[i].kind != kind || (by_field[i].programme && !record_is(rec, "programme", by_field[i].programme)))
			continue;
		if (*key == '_' ? any_ends_in(rec, key) : form_field(rec->form, key) && !value_is_empty(record_get(rec, key)))
			add(out, by_field[i].item);
	}
}

static void prove_by_diagnosis(const struct record *visit, struct proves *out)
{
	const struct value *list = record_get(visit, "diagnosis");

	for (size_t k = 0; k < list->n_items; k++) {
		const char *code = record_text(list->items[k], "icd10");

		for (size_t i = 0; code && *code == 'Z' && i < N_ELEMENTS(by_diagnosis); i++)
			if (strncmp(code, by_diagnosis[i].from, strlen(by_diagnosis[i].from)) >= 0 &&
				strncmp(code, by_diagnosis[i].to, strlen(by_diagnosis[i].to)) <= 0)
				add(out, by_diagnosis[i].item);
	}
}

void record_proves(enum kind_id kind, const struct record *rec, bool face, struct proves *out)
{
	*out = (struct proves){ "" };
	if (kind == KIND_FOLLOWUP ? !face : !record_is(rec, "status", "finished"))
		return;
	if (kind == KIND_FOLLOWUP)
		add(out, "3"); /* a follow-up face to face */
	prove_by_fields(kind, rec, out);
	if (kind != KIND_VISIT)
		return;
	prove_by_diagnosis(rec, out);
	for (size_t i = 0; i < N_ELEMENTS(by_mark); i++)
		if (record_is(rec, "tcm", by_mark[i].code))
			add(out, by_mark[i].item);
}
