/* The yearly examinations of the practice clinic, with every item of the form, and the yearly service of the elderly.  Most of
 * a person is well: what is usual is one record that is copied; tables say what is measured about which value and how often
 * something is found.  Drawn from generators of their own, so that nothing else of the clinic depends on them. */
#include "app/base/date.h"
#include "app/clinic/exam.h"
#include "app/service/demo_int.h"

#define ELDERLY "elderly"

/* ---- what is usual --------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *key, *text;
} usual[] = {
	{ "symptoms", "01" },
	{ "diet", "1" },
	{ "occupational", "1" },
	{ "lips", "1" },
	{ "teeth", "1" },
	{ "pharynx", "1" },
	{ "hearing", "1" },
	{ "movement", "1" },
	{ "fundus", "1" },
	{ "skin", "1" },
	{ "sclera", "1" },
	{ "lymph", "1" },
	{ "barrel_chest", "1" },
	{ "breath", "1" },
	{ "rales", "1" },
	{ "rhythm", "1" },
	{ "murmur", "1" },
	{ "tenderness", "1" },
	{ "mass", "1" },
	{ "liver", "1" },
	{ "spleen", "1" },
	{ "dullness", "1" },
	{ "oedema", "1" },
	{ "foot_pulse", "2" },
	{ "urine_protein", "-" },
	{ "urine_sugar", "-" },
	{ "urine_ketone", "-" },
	{ "urine_blood", "-" },
	{ "ecg", "1" },
	{ "chest_xray", "1" },
	{ "abdominal_us", "1" },
	{ "brain", "1" },
	{ "kidney", "1" },
	{ "heart", "1" },
	{ "vessel", "1" },
	{ "eye", "1" },
	{ "nervous", "1" },
	{ "other_system", "1" },
};
/* Only the old are asked. */
static const struct {
	const char *key, *text;
} usual_old[] = { { "self_rated", "1" }, { "self_care", "1" }, { "cognition", "1" }, { "emotion", "1" } };

/* About normal: mean of men and women, deviation, and what nobody is beyond; in the scale of the field. */
static const struct {
	const char *key;
	int man, woman, sd, lo, hi;
} numbers[] = {
	{ "temperature", 365, 365, 2, 358, 372 },
	{ "pulse", 74, 75, 8, 52, 104 },
	{ "resp", 18, 18, 1, 15, 22 },
	{ "vision_left", 7, 7, 2, 1, 15 },
	{ "vision_right", 7, 7, 2, 1, 15 },
	{ "hb", 146, 132, 9, 92, 178 },
	{ "wbc", 61, 60, 13, 31, 118 },
	{ "plt", 214, 221, 42, 88, 380 },
	{ "alt", 231, 194, 80, 60, 980 },
	{ "ast", 238, 221, 50, 90, 760 },
	{ "albumin", 441, 437, 22, 340, 520 },
	{ "tbil", 131, 118, 38, 40, 310 },
	{ "dbil", 41, 37, 11, 10, 110 },
	{ "creatinine", 772, 603, 120, 380, 1660 },
	{ "urea", 545, 521, 115, 240, 1180 },
	{ "potassium", 421, 419, 30, 330, 540 },
	{ "sodium", 1407, 1406, 18, 1340, 1465 },
	{ "tc", 489, 513, 82, 262, 845 },
	{ "tg", 149, 146, 52, 42, 620 },
	{ "ldl", 296, 304, 66, 110, 580 },
	{ "hdl", 126, 139, 23, 68, 240 },
};

/* How often in a thousand; the text of another code stands in "<key>_other". */
static const struct {
	const char *key, *code, *other;
	unsigned permille;
	bool old; /* only from 65 on */
} found[] = {
	{ "symptoms", "14", NULL, 120, false },
	{ "symptoms", "03", NULL, 70, false },
	{ "symptoms", "02,15", NULL, 30, true },
	{ "diet", "1,4", NULL, 260, false },
	{ "diet", "3", NULL, 120, false },
	{ "pharynx", "2", NULL, 60, false },
	{ "hearing", "2", NULL, 90, true },
	{ "movement", "2", NULL, 25, true },
	{ "fundus", "2", "动脉硬化", 90, true },
	{ "skin", "6", NULL, 20, true },
	{ "breath", "2", "双肺呼吸音粗", 40, true },
	{ "murmur", "2", "心尖区收缩期杂音", 20, true },
	{ "rhythm", "2", NULL, 40, true },
	{ "oedema", "4", NULL, 25, true },
	{ "ecg", "2", "ST-T改变", 80, true },
	{ "ecg", "2", "窦性心动过缓", 50, false },
	{ "ecg", "2", "房性早搏", 40, true },
	{ "chest_xray", "2", "双肺纹理增粗", 110, true },
	{ "abdominal_us", "2", "脂肪肝", 170, false },
	{ "abdominal_us", "2", "胆囊结石", 45, false },
	{ "abdominal_us", "2", "肾囊肿", 50, true },
	{ "urine_protein", "+", NULL, 25, false },
	{ "urine_blood", "+", NULL, 20, false },
	{ "eye", "4", NULL, 150, true },
	{ "brain", "2", NULL, 35, true },
	{ "heart", "4", NULL, 25, true },
	{ "self_rated", "2", NULL, 450, true },
	{ "self_rated", "3", NULL, 60, true },
};

/* A finding that brings a second item with it. */
static const struct {
	const char *key, *code, *with, *text;
	int lo, hi; /* text NULL: a number */
	unsigned permille;
	bool old;
} with_more[] = {
	{ "teeth", "2", "teeth_missing", "6|--|--|7", 0, 0, 180, false },
	{ "teeth", "4", "teeth_denture", "76|67|--|6", 0, 0, 220, true },
	{ "cognition", "2", "cognition_score", NULL, 15, 23, 30, true },
	{ "emotion", "2", "emotion_score", NULL, 11, 17, 25, true },
};

/* What the made-up doctors write. */
static const struct {
	const char *walks, *farms, *diabetes, *nothing;
} written = { "散步", "农活", "2型糖尿病", "无异常" };

const struct record *demo_exam_usual(struct arena *mem)
{
	struct record *rec = record_new(mem, kind_form(kind_by_id(KIND_EXAM), NULL));

	for (size_t i = 0; i < N_ELEMENTS(usual); i++)
		record_set_text(rec, usual[i].key, usual[i].text);
	return rec;
}

/* ---- one person -------------------------------------------------------------------------------------------------------------- */

static void set_numbers(struct course *c, struct record *rec)
{
	for (size_t i = 0; i < N_ELEMENTS(numbers); i++) {
		const int n = (c->p->female ? numbers[i].woman : numbers[i].man) + demo_normal(&c->d->rng) * numbers[i].sd / 1000;

		record_set_num(rec, numbers[i].key, n < numbers[i].lo ? numbers[i].lo : n > numbers[i].hi ? numbers[i].hi
													  : n);
	}
}

static void set_found(struct course *c, struct record *rec, bool old)
{
	struct rng *r = &c->d->rng;

	for (size_t i = 0; i < N_ELEMENTS(found); i++) {
		if ((found[i].old && !old) || !rng_chance(r, found[i].permille))
			continue;
		record_set_text(rec, found[i].key, found[i].code);
		if (found[i].other)
			record_set_text(rec, form_other(rec->form, form_field(rec->form, found[i].key))->key, found[i].other);
	}
	for (size_t i = 0; i < N_ELEMENTS(with_more); i++) {
		if ((with_more[i].old && !old) || !rng_chance(r, with_more[i].permille))
			continue;
		record_set_text(rec, with_more[i].key, with_more[i].code);
		if (with_more[i].text)
			record_set_text(rec, with_more[i].with, with_more[i].text);
		else
			record_set_num(rec, with_more[i].with, demo_number(c, with_more[i].lo, with_more[i].hi));
	}
}

static void set_old(struct course *c, struct record *rec)
{
	for (size_t i = 0; i < N_ELEMENTS(usual_old); i++)
		record_set_text(rec, usual_old[i].key, usual_old[i].text);
	if (date_age(c->p->born, c->d->today) >= 80 && rng_chance(&c->d->rng, 160))
		record_set_text(rec, "self_care", rng_chance(&c->d->rng, 700) ? "2" : "3");
}

/* The same habits as at his follow-ups. */
static void set_habits(struct course *c, struct record *rec, const struct demo_habits *h)
{
	record_set_text(rec, "exercise", h->times >= 6 ? "1" : h->times >= 3 ? "2"
									     : "3");
	record_set_num(rec, "exercise_minutes", h->minutes);
	record_set_num(rec, "exercise_years", 1 + h->minutes / 5 + h->times);
	record_set_text(rec, "exercise_kind", h->times >= 4 ? written.walks : written.farms);
	record_set_text(rec, "smoking_status", h->smokes ? "3" : "1");
	if (h->smokes) {
		record_set_num(rec, "smoking", h->cigarettes);
		record_set_num(rec, "smoking_from_age", 17 + h->times);
	}
	record_set_text(rec, "drinking_status", !h->drinks ? "1" : h->liquor > 10 ? "4"
										  : "2");
	if (h->drinks) {
		record_set_num(rec, "drinking", h->liquor);
		record_set_num(rec, "drinking_from_age", 19 + h->times);
		record_set_text(rec, "drinking_stopped", "1");
		record_set_text(rec, "drunk", h->liquor > 15 && rng_chance(&c->d->rng, 150) ? "1" : "2");
		record_set_text(rec, "drinks", h->liquor > 10 ? "1" : "2");
	}
}

static void set_body(struct course *c, struct record *rec, const struct demo_habits *h)
{
	const int weight = h->weight + demo_number(c, -8, 8);
	/* 84 cm at an index of 24 */
	const int waist = (int)((int64_t)weight * 3500000 / ((int64_t)h->height * h->height)) + demo_normal(&c->d->rng) * 28 / 1000;

	record_set_num(rec, "height", h->height);
	record_set_num(rec, "weight", weight);
	record_set_num(rec, "waist", waist < 600 ? 600 : waist > 1180 ? 1180
								      : waist);
	demo_blood_pressure(c, rec, false);
	for (size_t i = 0; i < 2; i++) {
		static const char *const arms[2][2] = { { "left_sbp", "left_dbp" }, { "right_sbp", "right_dbp" } };

		record_set_num(rec, arms[i][0], record_num(rec, "sbp", 0) - (i ? demo_number(c, 0, 6) : 0));
		record_set_num(rec, arms[i][1], record_num(rec, "dbp", 0) - (i ? demo_number(c, 0, 4) : 0));
	}
}

static void set_glucose(struct course *c, struct record *rec, bool diabetic)
{
	struct rng *r = &c->d->rng;
	const int fpg = diabetic ? demo_glucose_level(c->p) * 10 + demo_normal(r) * 60 / 1000 : 528 + demo_normal(r) * 42 / 1000;

	record_set_num(rec, "fpg", fpg < 395 ? 395 : fpg);
	record_set_num(rec, "hba1c", diabetic ? fpg / 10 + demo_number(c, 1, 8) : 54 + demo_normal(r) * 3 / 1000);
	if (!diabetic)
		return;
	record_set_text(rec, "other_system", "2");
	record_set_text(rec, "other_system_other", written.diabetes);
	if (fpg > 900)
		record_set_text(rec, "urine_sugar", "+");
}

/* ---- judgement --------------------------------------------------------------------------------------------------------------- */

static void set_judgement(struct record *rec, const char *sex, bool chronic)
{
	const struct field *first[4];
	const size_t n = exam_abnormal(rec, sex, first, N_ELEMENTS(first));

	AUTO_SBUF struct sbuf all = SBUF_INIT;

	record_set_text(rec, "evaluation", n ? "2" : "1");
	for (size_t i = 0; i < n && i < N_ELEMENTS(first); i++) {
		AUTO_SBUF struct sbuf what = SBUF_INIT;

		exam_value_text(rec, first[i], sex, &what);
		record_set_text(record_add_item(rec, "abnormalities"), "text", what.s);
		sbuf_addf(&all, "%s%s", all.len ? ", " : "", what.s);
	}
	record_set_text(rec, "result_summary", all.len ? all.s : written.nothing);
	if (n || chronic)
		record_set_text(rec, "guidance", n && chronic ? "1,2" : chronic ? "1"
										: "2");
}

static void set_risks(struct record *rec)
{
	const int64_t height = record_num(rec, "height", 1);
	AUTO_SBUF struct sbuf codes = SBUF_INIT;

	sbuf_addf(&codes, "%s%s3,4", record_is(rec, "smoking_status", "3") ? "1," : "",
		record_is(rec, "drinking_status", "4") ? "2," : "");
	if (record_num(rec, "bmi", 0) >= 2400) {
		sbuf_adds(&codes, ",5");
		record_set_num(rec, "weight_target", 235 * height * height / 1000000); /* an index of 23.5 */
	}
	record_set_text(rec, "risk_control", codes.s);
}

void demo_exam_fill(struct course *c, struct record *rec, const char *rosters, bool old)
{
	const struct form_context cx = { .today = record_day(rec, "date"), .resident = c->resident };
	const struct demo_habits h = demo_habits_of(c->p);
	const char *sex = c->p->female ? "2" : "1";
	const bool chronic = *rosters != '\0';

	if (old)
		set_old(c, rec);
	set_numbers(c, rec);
	set_found(c, rec, old);
	set_habits(c, rec, &h);
	set_body(c, rec, &h);
	set_glucose(c, rec, strstr(rosters, "dm") != NULL);
	demo_exam_drugs(c, rec);
	rec->form->compute(rec, &cx);
	set_judgement(rec, sex, chronic);
	set_risks(rec);
	if (rng_chance(&c->d->rng, 35)) /* the machine was away that day */
		record_clear(rec, rng_chance(&c->d->rng, 500) ? "chest_xray" : "abdominal_us");
}

/* ---- the yearly service of the elderly -------------------------------------------------------------------------------------- */

static void set_care(struct course *c, struct record *rec, const struct record *exam)
{
	static const char *const items[] = { "care_eat", "care_wash", "care_dress", "care_toilet", "care_move" };
	const bool helped = !record_is(exam, "self_care", "1");

	for (size_t i = 0; i < N_ELEMENTS(items); i++)
		record_set_text(rec, items[i], "0");
	if (!helped && !rng_chance(&c->d->rng, 80))
		return;
	record_set_text(rec, "care_wash", helped ? "3" : "1");
	record_set_text(rec, "care_move", helped && record_is(exam, "self_care", "3") ? "5" : "1");
	if (helped)
		record_set_text(rec, "care_toilet", "1");
}

/* Half are balanced; the others lean to one of the eight. */
static void set_answers(struct course *c, struct record *rec)
{
	static const int leans[8][4] = { { 2, 3, 4, 14 }, { 11, 12, 13, 29 }, { 10, 21, 26, 31 }, { 9, 16, 28, 32 },
		{ 23, 25, 27, 30 }, { 19, 22, 24, 33 }, { 5, 6, 7, 8 }, { 15, 17, 18, 20 } };
	const bool balanced = rng_chance(&c->d->rng, 500);
	const int *lean = leans[demo_number(c, 0, 7)];
	const struct field *questions = form_field(rec->form, "tcm1") - 1;
	char answer[2] = "";

	for (int i = 1; i <= 33; i++) {
		const bool leaning = !balanced && (i == lean[0] || i == lean[1] || i == lean[2] || i == lean[3]);

		answer[0] = (char)('0' + (i == 1 ? balanced ? 5 : 4 : leaning ? demo_number(c, 2, 4)
									      : demo_number(c, 1, 2)));
		record_set_text(rec, questions[i].key, answer);
	}
}

static bool put_service(struct course *c, const struct record *exam, struct err *err)
{
	static const char *const measured[] = { "height", "weight", "waist" };
	const int32_t day = record_day(exam, "date");
	const struct form_context cx = { .today = day, .resident = c->resident, .last_visit = NO_DAY };
	struct record *rec = demo_new(c, KIND_FOLLOWUP, ELDERLY);

	record_set_day(rec, "date", day);
	record_set_text(rec, "mode", "1");
	record_set_text(rec, "informant", "1");
	for (size_t i = 0; i < N_ELEMENTS(measured); i++)
		record_set_num(rec, measured[i], record_num(exam, measured[i], 0));
	set_care(c, rec, exam);
	set_answers(c, rec);
	rec->form->compute(rec, &cx);
	record_set_text(rec, "class", record_text(rec, "class_proposed"));
	record_set_text(rec, "tcm_guidance", rng_chance(&c->d->rng, 500) ? "2,4" : "1,2,3");
	record_set_day(rec, "next_due", date_add_months(day, 12));
	record_set_text(rec, "doctor", c->d->doctors[c->village]);
	return demo_put(c->d, KIND_FOLLOWUP, rec, day, err);
}

/* Seven in ten of those examined have it on the same day. */
bool demo_elderly(struct course *c, const struct record *exam, struct err *err)
{
	return !rng_chance(&c->d->rng, 700) || put_service(c, exam, err);
}
