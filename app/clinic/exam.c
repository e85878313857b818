#include "app/clinic/exam.h"

#include "app/clinic/bp.h"
#include "app/clinic/record.h"

/* Codes of an item that are findings. */
static const struct {
	const char *key, *codes; /* single characters */
} found_codes[] = {
	{ "self_care", "234" },  { "cognition", "2" },   { "emotion", "2" },      { "lips", "2345" },   { "pharynx", "23" },
	{ "hearing", "2" },      { "movement", "2" },    { "fundus", "2" },       { "skin", "234567" }, { "sclera", "234" },
	{ "lymph", "234" },      { "barrel_chest", "2" }, { "breath", "2" },      { "rales", "234" },   { "rhythm", "23" },
	{ "murmur", "2" },       { "tenderness", "2" },  { "mass", "2" },         { "liver", "2" },     { "spleen", "2" },
	{ "dullness", "2" },     { "oedema", "234" },    { "foot_pulse", "134" }, { "rectal", "2345" }, { "breast", "2345" },
	{ "vulva", "2" },        { "vagina", "2" },      { "cervix", "2" },       { "uterus", "2" },    { "adnexa", "2" },
	{ "ecg", "2" },          { "stool_blood", "2" }, { "hbsag", "2" },        { "chest_xray", "2" },
	{ "abdominal_us", "2" }, { "other_us", "2" },    { "cervical_smear", "2" },
};

/* Usual from lo to hi, both inclusive, in the scale of the field; women's where they differ.  Adults: WS/T 404 and 405;
 * lipids: the Chinese guideline's limits; glucose: the limits of the diabetes norm. */
static const struct {
	const char *key;
	int64_t lo, hi;       /* men, or everybody */
	int64_t f_lo, f_hi;   /* women; 0 0: as men */
} usual[] = {
	{ "temperature", 355, 373, 0, 0 },
	{ "hr", 50, 100, 0, 0 },
	{ "hb", 130, 175, 115, 150 },
	{ "wbc", 35, 95, 0, 0 },
	{ "plt", 100, 350, 0, 0 },
	{ "fpg", 390, 609, 0, 0 },
	{ "urine_albumin", 0, 30, 0, 0 },
	{ "hba1c", 0, 64, 0, 0 },
	{ "alt", 0, 500, 0, 400 },
	{ "ast", 0, 400, 0, 350 },
	{ "albumin", 400, 550, 0, 0 },
	{ "tbil", 0, 260, 0, 210 },
	{ "dbil", 0, 80, 0, 0 },
	{ "creatinine", 0, 1110, 0, 810 },
	{ "urea", 0, 950, 0, 880 },
	{ "potassium", 350, 530, 0, 0 },
	{ "sodium", 1370, 1470, 0, 0 },
	{ "tc", 0, 619, 0, 0 },
	{ "tg", 0, 229, 0, 0 },
	{ "ldl", 0, 409, 0, 0 },
	{ "hdl", 100, 10000, 0, 0 },
};

static const char *const urine_keys[] = { "urine_protein", "urine_sugar", "urine_ketone", "urine_blood" };

/* How sheets write a finding and what is none. */
static const struct {
	const char *text;
	enum exam_side side;
} urine_words[] = {
	{ "+-", EXAM_USUAL },
	{ "±", EXAM_USUAL },
	{ "+", EXAM_ABNORMAL },
	{ "阳", EXAM_ABNORMAL },
};

/* The pages of the form that hold tests; what the doctor says of the whole. */
enum { TESTS_FROM_ROW = 86, TESTS_TO_ROW = 110 };

bool exam_is_result(const struct field *f)
{
	return (f->row >= TESTS_FROM_ROW && f->row <= TESTS_TO_ROW) || !strcmp(f->key, "evaluation") ||
		!strcmp(f->key, "result_summary");
}

static enum exam_side side_of_code(const char *key, const char *code)
{
	for (size_t i = 0; i < N_ELEMENTS(found_codes); i++) {
		if (found_codes[i].key[0] != key[0] || strcmp(found_codes[i].key, key) != 0)
			continue;
		for (const char *c = code; *c; c++)
			if (*c != ',' && strchr(found_codes[i].codes, *c))
				return EXAM_ABNORMAL;
	}
	return EXAM_USUAL;
}

static enum exam_side side_of_number(const char *key, int64_t n, bool woman)
{
	for (size_t i = 0; i < N_ELEMENTS(usual); i++) {
		bool own = woman && usual[i].f_hi;
		int64_t lo = own ? usual[i].f_lo : usual[i].lo, hi = own ? usual[i].f_hi : usual[i].hi;

		if (usual[i].key[0] == key[0] && !strcmp(usual[i].key, key))
			return n < lo ? EXAM_LOW : n > hi ? EXAM_HIGH : EXAM_USUAL;
	}
	return EXAM_USUAL;
}

static enum exam_side side_of_urine(const char *key, const char *text)
{
	for (size_t i = 0; i < N_ELEMENTS(urine_keys); i++)
		for (size_t j = 0; !strcmp(urine_keys[i], key) && j < N_ELEMENTS(urine_words); j++)
			if (strstr(text, urine_words[j].text))
				return urine_words[j].side;
	return EXAM_USUAL;
}

static enum exam_side side_of_pressure(const char *key, int64_t n)
{
	bool systolic = !strcmp(key, "sbp");
	struct bp bp = { .sbp = systolic ? (int)n : 0, .dbp = systolic ? 0 : (int)n };

	if (!systolic && strcmp(key, "dbp") != 0)
		return EXAM_USUAL;
	return bp_raised(&bp) ? EXAM_HIGH : systolic && n < 90 ? EXAM_LOW : EXAM_USUAL;
}

enum exam_side exam_side_of(const struct field *f, const struct value *v, const char *sex)
{
	enum exam_side side = EXAM_USUAL;

	if (v->kind == V_CODE || v->kind == V_CODES)
		side = side_of_code(f->key, v->text);
	else if (v->kind == V_INT || v->kind == V_DECIMAL)
		side = side_of_number(f->key, v->num, sex && !strcmp(sex, "2"));
	else if (v->kind == V_TEXT)
		side = side_of_urine(f->key, v->text);
	if (side == EXAM_USUAL && v->kind == V_INT)
		side = side_of_pressure(f->key, v->num);
	return side;
}

size_t exam_abnormal(const struct record *rec, const char *sex, const struct field **out, size_t max)
{
	size_t n = 0;
	bool pressure = false;

	for (size_t i = 0; i < rec->form->n_fields; i++) {
		const struct field *f = &rec->form->fields[i];

		if (exam_side_of(f, &rec->values[i], sex) == EXAM_USUAL)
			continue;
		if (!strcmp(f->key, "sbp"))
			pressure = true;
		else if (!strcmp(f->key, "dbp") && pressure)
			continue;
		if (n < max)
			out[n] = f;
		n++;
	}
	return n;
}

static void pressure_text(const struct record *rec, struct sbuf *out)
{
	sbuf_addf(out, "%s %lld/%lld mmHg", _("BP"), (long long)record_num(rec, "sbp", 0), (long long)record_num(rec, "dbp", 0));
}

void exam_value_text(const struct record *rec, const struct field *f, const char *sex, struct sbuf *out)
{
	const struct value *v = record_get(rec, f->key);
	enum exam_side side = exam_side_of(f, v, sex);
	const struct field *other = form_other(rec->form, f);
	const char *what = other ? record_text(rec, other->key) : NULL;

	if (!strcmp(f->key, "sbp") || !strcmp(f->key, "dbp")) {
		pressure_text(rec, out);
	} else {
		sbuf_addf(out, "%s ", field_label(f));
		field_format(f, v, true, out);
		if (f->unit)
			sbuf_addf(out, " %s", field_unit(f));
	}
	if (side == EXAM_LOW || side == EXAM_HIGH)
		sbuf_addf(out, " %s", side == EXAM_LOW ? _("low") : _("high"));
	if (what)
		sbuf_addf(out, " %s", what);
}
