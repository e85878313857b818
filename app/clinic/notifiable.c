#include "app/clinic/notifiable.h"

#include <stdio.h>
#include <string.h>

#include "app/base/date.h"

/* The Law of 2025 (in force 2025-09-01) names 2 + 27 + 11 diseases; hepatitis, tuberculosis, malaria and the like are
 * counted by their kinds on the card, as here. */
#define LAW_2004 "传染病防治法 2004-12-01"
#define LAW_2025 "传染病防治法 2025-09-01"

/* clang-format off */

/* key, names, codes (beginnings, parted by blanks) */
#define DISEASES(X) \
	X(plague,               "鼠疫", "Plague", "A20") \
	X(cholera,              "霍乱", "Cholera", "A00") \
	X(covid19,              "新型冠状病毒感染", "COVID-19", "U07.1 U07.2") \
	X(sars,                 "传染性非典型肺炎", "Severe acute respiratory syndrome", "U04") \
	X(aids,                 "艾滋病", "AIDS", "B20 B21 B22 B23 B24") \
	X(hiv,                  "艾滋病病毒感染", "HIV infection", "Z21") \
	X(hepatitis_a,          "甲型肝炎", "Hepatitis A", "B15") \
	X(hepatitis_b,          "乙型肝炎", "Hepatitis B", "B16 B18.0 B18.1") \
	X(hepatitis_c,          "丙型肝炎", "Hepatitis C", "B17.1 B18.2") \
	X(hepatitis_d,          "丁型肝炎", "Hepatitis D", "B17.0") \
	X(hepatitis_e,          "戊型肝炎", "Hepatitis E", "B17.2") \
	X(hepatitis_unspecified, "未分型肝炎", "Hepatitis, not typed", "B19") \
	X(poliomyelitis,        "脊髓灰质炎", "Poliomyelitis", "A80") \
	X(novel_influenza,      "人感染新亚型流感", "Human infection with a novel influenza subtype", "J09") \
	X(measles,              "麻疹", "Measles", "B05") \
	X(hfrs,                 "流行性出血热", "Haemorrhagic fever with renal syndrome", "A98.5") \
	X(rabies,               "狂犬病", "Rabies", "A82") \
	X(japanese_encephalitis, "流行性乙型脑炎", "Japanese encephalitis", "A83.0") \
	X(dengue,               "登革热", "Dengue", "A90 A91 A97") \
	X(mpox,                 "猴痘", "Mpox", "B04") \
	X(pulmonary_anthrax,    "肺炭疽", "Pulmonary anthrax", "A22.1") \
	X(anthrax,              "炭疽", "Anthrax", "A22") \
	X(bacillary_dysentery,  "细菌性痢疾", "Bacillary dysentery", "A03") \
	X(amoebic_dysentery,    "阿米巴性痢疾", "Amoebic dysentery", "A06.0 A06.1") \
	X(tuberculosis,         "肺结核", "Pulmonary tuberculosis", "A15.0 A15.1 A15.2 A15.3 A15.6 A16.0 A16.1 A16.2 A16.5 A19") \
	X(typhoid,              "伤寒", "Typhoid", "A01.0") \
	X(paratyphoid,          "副伤寒", "Paratyphoid", "A01.1 A01.2 A01.3 A01.4") \
	X(meningococcal,        "流行性脑脊髓膜炎", "Epidemic cerebrospinal meningitis", "A39") \
	X(pertussis,            "百日咳", "Whooping cough", "A37") \
	X(diphtheria,           "白喉", "Diphtheria", "A36") \
	X(neonatal_tetanus,     "新生儿破伤风", "Neonatal tetanus", "A33") \
	X(scarlet_fever,        "猩红热", "Scarlet fever", "A38") \
	X(brucellosis,          "布鲁氏菌病", "Brucellosis", "A23") \
	X(gonorrhoea,           "淋病", "Gonorrhoea", "A54") \
	X(syphilis,             "梅毒", "Syphilis", "A50 A51 A52 A53") \
	X(leptospirosis,        "钩端螺旋体病", "Leptospirosis", "A27") \
	X(schistosomiasis,      "血吸虫病", "Schistosomiasis", "B65") \
	X(malaria,              "疟疾", "Malaria", "B50 B51 B52 B53 B54") \
	X(influenza,            "流行性感冒", "Influenza", "J10 J11") \
	X(mumps,                "流行性腮腺炎", "Mumps", "B26") \
	X(rubella,              "风疹", "Rubella", "B06") \
	X(haemorrhagic_conjunctivitis, "急性出血性结膜炎", "Acute haemorrhagic conjunctivitis", "B30.3") \
	X(leprosy,              "麻风病", "Leprosy", "A30") \
	X(typhus,               "斑疹伤寒", "Typhus", "A75.0 A75.2") \
	X(kala_azar,            "黑热病", "Kala-azar", "B55.0") \
	X(echinococcosis,       "包虫病", "Echinococcosis", "B67") \
	X(filariasis,           "丝虫病", "Filariasis", "B74") \
	X(hand_foot_mouth,      "手足口病", "Hand, foot and mouth disease", "B08.4") \
	X(infectious_diarrhoea, "其他感染性腹泻病", "Other infectious diarrhoea", "A02 A04 A07 A08 A09")

const struct code notifiable_codes[] = {
#define X(key, zh, en, icd) { .code = #key, .term = { zh, en } },
	DISEASES(X)
#undef X
	{ .code = NULL },
};

static const struct {
	const char *key, *icd;
} coded[] = {
#define X(key, zh, en, icd) { #key, icd },
	DISEASES(X)
#undef X
};

static const struct notifiable_rule rules[] = {
	{ "plague", 'A', 2, "2004-12-01", NULL, LAW_2004 },
	{ "cholera", 'A', 2, "2004-12-01", NULL, LAW_2004 },
	{ "covid19", 'B', 2, "2020-01-20", "2023-01-07", "国家卫生健康委公告 2020年第1号" },
	{ "covid19", 'B', 24, "2023-01-08", NULL, "国家卫生健康委公告 2022年第7号" },
	{ "sars", 'B', 2, "2004-12-01", NULL, LAW_2004 },
	{ "aids", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "hiv", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "hepatitis_a", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "hepatitis_b", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "hepatitis_c", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "hepatitis_d", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "hepatitis_e", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "hepatitis_unspecified", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "poliomyelitis", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "novel_influenza", 'B', 24, "2025-09-01", NULL, LAW_2025 },
	{ "measles", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "hfrs", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "rabies", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "japanese_encephalitis", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "dengue", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "mpox", 'B', 24, "2023-09-20", NULL, "国家卫生健康委公告 2023年第7号" },
	{ "pulmonary_anthrax", 'B', 2, "2004-12-01", NULL, LAW_2004 },
	{ "anthrax", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "bacillary_dysentery", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "amoebic_dysentery", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "tuberculosis", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "typhoid", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "paratyphoid", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "meningococcal", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "pertussis", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "diphtheria", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "neonatal_tetanus", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "scarlet_fever", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "brucellosis", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "gonorrhoea", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "syphilis", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "leptospirosis", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "schistosomiasis", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "malaria", 'B', 24, "2004-12-01", NULL, LAW_2004 },
	{ "influenza", 'C', 24, "2004-12-01", NULL, LAW_2004 },
	{ "mumps", 'C', 24, "2004-12-01", NULL, LAW_2004 },
	{ "rubella", 'C', 24, "2004-12-01", NULL, LAW_2004 },
	{ "haemorrhagic_conjunctivitis", 'C', 24, "2004-12-01", NULL, LAW_2004 },
	{ "leprosy", 'C', 24, "2004-12-01", NULL, LAW_2004 },
	{ "typhus", 'C', 24, "2004-12-01", NULL, LAW_2004 },
	{ "kala_azar", 'C', 24, "2004-12-01", NULL, LAW_2004 },
	{ "echinococcosis", 'C', 24, "2004-12-01", NULL, LAW_2004 },
	{ "filariasis", 'C', 24, "2004-12-01", NULL, LAW_2004 },
	{ "hand_foot_mouth", 'C', 24, "2008-05-02", NULL, "卫生部 2008-05-02" },
	{ "infectious_diarrhoea", 'C', 24, "2004-12-01", NULL, LAW_2004 },
};

/* clang-format on */

const struct notifiable_rule *notifiable_rule_on(const char *key, int32_t day)
{
	for (size_t i = 0; i < N_ELEMENTS(rules); i++)
		if (!strcmp(rules[i].key, key) && date_day(rules[i].from) <= day &&
			(!rules[i].to || day <= date_day(rules[i].to)))
			return &rules[i];
	return NULL;
}

/* The longest beginning that fits: A22.1 is pulmonary anthrax, A22.9 the other. */
static size_t code_fits(const char *list, const char *icd)
{
	size_t best = 0;

	while (*list) {
		size_t n = strcspn(list, " ");

		if (n > best && !strncmp(list, icd, n))
			best = n;
		list += n + (list[n] == ' ');
	}
	return best;
}

static const char *by_code(const char *icd)
{
	const char *found = NULL;
	size_t best = 0;

	for (size_t i = 0; i < N_ELEMENTS(coded); i++) {
		size_t n = code_fits(coded[i].icd, icd);

		if (n > best) {
			best = n;
			found = coded[i].key;
		}
	}
	return found;
}

/* Words that hold a name and mean something else. */
static const struct {
	const char *word, *key;
} confused[] = { { "荨麻疹", "measles" }, { "风疹块", "rubella" } };

static bool means_else(const char *key, const char *text)
{
	for (size_t i = 0; i < N_ELEMENTS(confused); i++)
		if (!strcmp(confused[i].key, key) && strstr(text, confused[i].word))
			return true;
	return false;
}

/* The longest name that stands in the words: 新生儿破伤风 is not 破伤风, 副伤寒 is not 伤寒. */
static const char *by_words(const char *text)
{
	const char *found = NULL;
	size_t best = 0;

	for (const struct code *c = notifiable_codes; c->code; c++) {
		size_t n = strlen(c->term.zh);

		if (n > best && strstr(text, c->term.zh) && !means_else(c->code, text)) {
			best = n;
			found = c->code;
		}
	}
	return found;
}

const char *notifiable_of(const char *icd10, const char *text, int32_t day)
{
	const char *key = icd10 && *icd10 ? by_code(icd10) : text ? by_words(text) : NULL;

	return key && notifiable_rule_on(key, day) ? key : NULL;
}

bool notifiable_has_course(const char *key)
{
	return !strcmp(key, "hepatitis_b") || !strcmp(key, "hepatitis_c") || !strcmp(key, "schistosomiasis");
}

bool notifiable_deadline(const char *key, int32_t day, int minute, char out[NOTIFIABLE_TIME_LEN])
{
	const struct notifiable_rule *rule = notifiable_rule_on(key, day);
	int at;

	if (!rule)
		return false;
	at = minute + rule->hours * 60;
	date_iso(day + at / 1440, out);
	snprintf(out + strlen(out), NOTIFIABLE_TIME_LEN - strlen(out), "T%02d:%02d", at % 1440 / 60, at % 60);
	return true;
}
