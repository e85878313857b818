/* Drugs by their class: an allergy stops the class, not the name.  Generic names (通用名) of the national essential list and
 * what else a village clinic gives; a name that is not here is taken as it is written. */
#ifndef CUNYI_DRUGS_H
#define CUNYI_DRUGS_H

#include "app/base/base.h"

struct record;

enum drug_class {
	DRUG_OTHER,
	DRUG_PENICILLIN, /* 青霉素类 */
	DRUG_CEPHALOSPORIN, /* 头孢菌素类 */
	DRUG_CARBAPENEM, /* 碳青霉烯类 */
	DRUG_SULFONAMIDE, /* 磺胺类 */
	DRUG_SULFONAMIDE_LIKE, /* 含磺酰胺基的药 */
	DRUG_STREPTOMYCIN, /* 链霉素 */
	DRUG_AMINOGLYCOSIDE, /* 氨基糖苷类 */
	DRUG_MACROLIDE, /* 大环内酯类 */
	DRUG_QUINOLONE, /* 喹诺酮类 */
	DRUG_TETRACYCLINE, /* 四环素类 */
	DRUG_LINCOSAMIDE, /* 林可酰胺类 */
	DRUG_NITROIMIDAZOLE, /* 硝基咪唑类 */
	DRUG_OTHER_ANTIBIOTIC, /* 其他抗菌药 */
	DRUG_NSAID, /* 解热镇痛抗炎药 */
	DRUG_ACE_INHIBITOR, /* 普利类 */
	DRUG_CLASS_COUNT
};

/* By what was written ("注射用青霉素钠 80万单位"). */
bool drug_is_antibiotic(const char *text);
/* Given only after a skin test. */
bool drug_needs_skin_test(const char *text);

enum drug_answer {
	DRUG_FINE,
	DRUG_ASK,  /* a related class: which reaction, how severe? */
	DRUG_STOP, /* the class itself */
};
/* May somebody with these allergies (codes of the resident's drug_allergy, the words of "other") have it? */
enum drug_answer drug_allergy(const struct record *resident, const char *text);

/* 剂型: the codes of a prescription line's `form`. */
#define DRUG_TABLET "1"
#define DRUG_CAPSULE "2"
#define DRUG_POWDER "3"
#define DRUG_PILL "4"
#define DRUG_LIQUID "5"
#define DRUG_INJECTED "6"
#define DRUG_INHALED "7"
#define DRUG_OUTER "8"
#define DRUG_OTHER_FORM "9"

/* One package of the list that a prescription line is filled from (drug_list.c). */
struct drug {
	const char *name, *form, *strength;
	const char *unit; /* of a dose: 片 粒 喷 */
};
const struct drug *drugs_listed(size_t *n);
/* What a name tells without being asked: form and unit of a listed drug, or the form that the name ends with.  The rest is
 * NULL: a drug comes in several strengths. */
struct drug drug_usual(const char *text);
/* Code of the route that follows from the form; NULL when there are several. */
const char *drug_route(const char *form);

#endif
