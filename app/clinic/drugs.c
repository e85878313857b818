#include "app/clinic/drugs.h"

#include <string.h>

#include "app/clinic/record.h"

/* clang-format off */

static const bool antibiotics[DRUG_CLASS_COUNT] = {
	[DRUG_PENICILLIN] = true,
	[DRUG_CEPHALOSPORIN] = true,
	[DRUG_CARBAPENEM] = true,
	[DRUG_SULFONAMIDE] = true,
	[DRUG_STREPTOMYCIN] = true,
	[DRUG_AMINOGLYCOSIDE] = true,
	[DRUG_MACROLIDE] = true,
	[DRUG_QUINOLONE] = true,
	[DRUG_TETRACYCLINE] = true,
	[DRUG_LINCOSAMIDE] = true,
	[DRUG_NITROIMIDAZOLE] = true,
	[DRUG_OTHER_ANTIBIOTIC] = true,
};

/* Names as they stand in 国家基本药物目录 (2018), without salts and forms; families by what their names share. */
static const struct {
	const char *name;
	enum drug_class class;
} names[] = {
	{ "青霉素", DRUG_PENICILLIN }, { "西林", DRUG_PENICILLIN }, { "阿莫西林", DRUG_PENICILLIN }, { "氨苄西林", DRUG_PENICILLIN },
	{ "苄星青霉素", DRUG_PENICILLIN }, { "苯唑西林", DRUG_PENICILLIN }, { "哌拉西林", DRUG_PENICILLIN }, { "氯唑西林", DRUG_PENICILLIN },
	{ "美洛西林", DRUG_PENICILLIN }, { "阿洛西林", DRUG_PENICILLIN }, { "替卡西林", DRUG_PENICILLIN }, { "磺苄西林", DRUG_PENICILLIN },
	{ "舒他西林", DRUG_PENICILLIN }, { "阿莫仙", DRUG_PENICILLIN }, { "普鲁卡因青霉素", DRUG_PENICILLIN },
	{ "头孢", DRUG_CEPHALOSPORIN }, { "先锋霉素", DRUG_CEPHALOSPORIN }, { "先锋", DRUG_CEPHALOSPORIN }, { "拉氧头孢", DRUG_CEPHALOSPORIN },
	{ "培南", DRUG_CARBAPENEM },
	{ "磺胺", DRUG_SULFONAMIDE }, { "复方新诺明", DRUG_SULFONAMIDE }, { "新诺明", DRUG_SULFONAMIDE }, { "柳氮磺吡啶", DRUG_SULFONAMIDE },
	{ "磺胺嘧啶银", DRUG_SULFONAMIDE }, { "磺胺醋酰", DRUG_SULFONAMIDE },
	{ "氢氯噻嗪", DRUG_SULFONAMIDE_LIKE }, { "呋塞米", DRUG_SULFONAMIDE_LIKE }, { "吲达帕胺", DRUG_SULFONAMIDE_LIKE },
	{ "布美他尼", DRUG_SULFONAMIDE_LIKE }, { "格列本脲", DRUG_SULFONAMIDE_LIKE }, { "格列吡嗪", DRUG_SULFONAMIDE_LIKE },
	{ "格列美脲", DRUG_SULFONAMIDE_LIKE }, { "格列齐特", DRUG_SULFONAMIDE_LIKE }, { "格列喹酮", DRUG_SULFONAMIDE_LIKE },
	{ "塞来昔布", DRUG_SULFONAMIDE_LIKE }, { "消渴丸", DRUG_SULFONAMIDE_LIKE }, { "乙酰唑胺", DRUG_SULFONAMIDE_LIKE },
	{ "链霉素", DRUG_STREPTOMYCIN },
	{ "庆大霉素", DRUG_AMINOGLYCOSIDE }, { "阿米卡星", DRUG_AMINOGLYCOSIDE }, { "妥布霉素", DRUG_AMINOGLYCOSIDE },
	{ "卡那霉素", DRUG_AMINOGLYCOSIDE }, { "新霉素", DRUG_AMINOGLYCOSIDE }, { "依替米星", DRUG_AMINOGLYCOSIDE }, { "奈替米星", DRUG_AMINOGLYCOSIDE },
	{ "大观霉素", DRUG_OTHER_ANTIBIOTIC },
	{ "红霉素", DRUG_MACROLIDE }, { "罗红霉素", DRUG_MACROLIDE }, { "阿奇霉素", DRUG_MACROLIDE }, { "克拉霉素", DRUG_MACROLIDE },
	{ "琥乙红霉素", DRUG_MACROLIDE }, { "乙酰螺旋霉素", DRUG_MACROLIDE }, { "螺旋霉素", DRUG_MACROLIDE }, { "麦迪霉素", DRUG_MACROLIDE },
	{ "交沙霉素", DRUG_MACROLIDE }, { "吉他霉素", DRUG_MACROLIDE },
	{ "沙星", DRUG_QUINOLONE }, { "氟哌酸", DRUG_QUINOLONE }, { "吡哌酸", DRUG_QUINOLONE },
	{ "四环素", DRUG_TETRACYCLINE }, { "多西环素", DRUG_TETRACYCLINE }, { "米诺环素", DRUG_TETRACYCLINE }, { "土霉素", DRUG_TETRACYCLINE },
	{ "金霉素", DRUG_TETRACYCLINE }, { "强力霉素", DRUG_TETRACYCLINE },
	{ "林可霉素", DRUG_LINCOSAMIDE }, { "克林霉素", DRUG_LINCOSAMIDE }, { "洁霉素", DRUG_LINCOSAMIDE },
	{ "甲硝唑", DRUG_NITROIMIDAZOLE }, { "替硝唑", DRUG_NITROIMIDAZOLE }, { "奥硝唑", DRUG_NITROIMIDAZOLE }, { "灭滴灵", DRUG_NITROIMIDAZOLE },
	{ "硝唑", DRUG_NITROIMIDAZOLE },
	{ "磷霉素", DRUG_OTHER_ANTIBIOTIC }, { "呋喃妥因", DRUG_OTHER_ANTIBIOTIC }, { "呋喃唑酮", DRUG_OTHER_ANTIBIOTIC },
	{ "氯霉素", DRUG_OTHER_ANTIBIOTIC }, { "利福平", DRUG_OTHER_ANTIBIOTIC }, { "利福霉素", DRUG_OTHER_ANTIBIOTIC },
	{ "异烟肼", DRUG_OTHER_ANTIBIOTIC }, { "乙胺丁醇", DRUG_OTHER_ANTIBIOTIC }, { "吡嗪酰胺", DRUG_OTHER_ANTIBIOTIC },
	{ "万古霉素", DRUG_OTHER_ANTIBIOTIC }, { "莫匹罗星", DRUG_OTHER_ANTIBIOTIC }, { "夫西地酸", DRUG_OTHER_ANTIBIOTIC },
	{ "小檗碱", DRUG_OTHER }, { "黄连素", DRUG_OTHER }, /* against diarrhoea, no reason to ask */
	{ "阿司匹林", DRUG_NSAID }, { "布洛芬", DRUG_NSAID }, { "双氯芬酸", DRUG_NSAID }, { "吲哚美辛", DRUG_NSAID }, { "消炎痛", DRUG_NSAID },
	{ "萘普生", DRUG_NSAID }, { "美洛昔康", DRUG_NSAID }, { "洛索洛芬", DRUG_NSAID }, { "安乃近", DRUG_NSAID }, { "氨基比林", DRUG_NSAID },
	{ "去痛片", DRUG_NSAID }, { "赖氨匹林", DRUG_NSAID }, { "酮咯酸", DRUG_NSAID }, { "尼美舒利", DRUG_NSAID },
	{ "卡托普利", DRUG_ACE_INHIBITOR }, { "依那普利", DRUG_ACE_INHIBITOR }, { "普利", DRUG_ACE_INHIBITOR },
	/* whose names would look like another class */
	{ "氨曲南", DRUG_OTHER_ANTIBIOTIC }, { "平阳霉素", DRUG_OTHER }, { "灰黄霉素", DRUG_OTHER }, { "制霉菌素", DRUG_OTHER },
	{ "丝裂霉素", DRUG_OTHER }, { "两性霉素", DRUG_OTHER },
};

/* 药物过敏史 of the file: 2 青霉素 3 磺胺 4 链霉素; what is written under "other" stops the class of the drug named there. */
static const struct {
	enum drug_class allergic, given;
	enum drug_answer answer;
} crossing[] = {
	{ DRUG_PENICILLIN, DRUG_CEPHALOSPORIN, DRUG_ASK },
	{ DRUG_PENICILLIN, DRUG_CARBAPENEM, DRUG_ASK },
	{ DRUG_CEPHALOSPORIN, DRUG_PENICILLIN, DRUG_ASK },
	{ DRUG_SULFONAMIDE, DRUG_SULFONAMIDE_LIKE, DRUG_ASK },
	{ DRUG_STREPTOMYCIN, DRUG_AMINOGLYCOSIDE, DRUG_ASK },
	{ DRUG_AMINOGLYCOSIDE, DRUG_STREPTOMYCIN, DRUG_STOP },
};

static const struct {
	const char *code;
	enum drug_class class;
} allergies[] = { { "2", DRUG_PENICILLIN }, { "3", DRUG_SULFONAMIDE }, { "4", DRUG_STREPTOMYCIN } };

/* Words for a whole class that no drug's name holds. */
static const struct {
	const char *word;
	enum drug_class class;
} class_words[] = {
	{ "喹诺酮", DRUG_QUINOLONE }, { "大环内酯", DRUG_MACROLIDE }, { "氨基糖苷", DRUG_AMINOGLYCOSIDE },
	{ "解热镇痛", DRUG_NSAID }, { "非甾体", DRUG_NSAID },
};

/* clang-format on */

/* Of the longest known name in it. */
static enum drug_class drug_class_of(const char *text)
{
	enum drug_class found = DRUG_OTHER;
	size_t best = 0;

	for (size_t i = 0; i < N_ELEMENTS(names); i++) {
		size_t n = strlen(names[i].name);

		if (n > best && strstr(text, names[i].name)) {
			best = n;
			found = names[i].class;
		}
	}
	return found;
}

bool drug_is_antibiotic(const char *text)
{
	return antibiotics[drug_class_of(text)];
}

bool drug_needs_skin_test(const char *text)
{
	const enum drug_class class = drug_class_of(text);

	return class == DRUG_PENICILLIN || class == DRUG_STREPTOMYCIN;
}

static enum drug_answer answer_of(enum drug_class allergic, enum drug_class given)
{
	if (allergic == DRUG_OTHER)
		return DRUG_FINE;
	if (allergic == given)
		return DRUG_STOP;
	for (size_t i = 0; i < N_ELEMENTS(crossing); i++)
		if (crossing[i].allergic == allergic && crossing[i].given == given)
			return crossing[i].answer;
	return DRUG_FINE;
}

static enum drug_answer worse(enum drug_answer a, enum drug_answer b)
{
	return a > b ? a : b;
}

/* "头孢拉定, 阿司匹林": every drug named there counts with its class. */
static enum drug_answer answer_of_words(const char *words, enum drug_class given)
{
	enum drug_answer worst = DRUG_FINE;

	for (size_t i = 0; i < N_ELEMENTS(names); i++)
		if (strstr(words, names[i].name))
			worst = worse(worst, answer_of(drug_class_of(names[i].name), given));
	for (size_t i = 0; i < N_ELEMENTS(class_words); i++)
		if (strstr(words, class_words[i].word))
			worst = worse(worst, answer_of(class_words[i].class, given));
	return worst;
}

enum drug_answer drug_allergy(const struct record *resident, const char *text)
{
	const char *other = record_text(resident, "drug_allergy_other");
	const enum drug_class given = drug_class_of(text);
	enum drug_answer worst = DRUG_FINE;

	for (size_t i = 0; i < N_ELEMENTS(allergies); i++)
		if (record_is(resident, "drug_allergy", allergies[i].code))
			worst = worse(worst, answer_of(allergies[i].class, given));
	if (!other)
		return worst;
	if (strstr(other, text) || strstr(text, other))
		return DRUG_STOP;
	return worse(worst, answer_of_words(other, given));
}
