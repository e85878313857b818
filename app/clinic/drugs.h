/* Drugs by their class: an allergy stops the class, not the name.  Generic names (通用名) of the national essential list and
 * what else a village clinic gives; a name that is not here is taken as it is written. */
#ifndef CUNYI_DRUGS_H
#define CUNYI_DRUGS_H

#include "app/base/base.h"
#include "app/base/i18n.h"

struct record;

#define DRUG_CLASS_LIST(X)                                                                                          \
	X(OTHER, "", "", false)                                                                                     \
	X(PENICILLIN, "青霉素类", "penicillins", true)                                                              \
	X(CEPHALOSPORIN, "头孢菌素类", "cephalosporins", true)                                                      \
	X(CARBAPENEM, "碳青霉烯类", "carbapenems", true)                                                            \
	X(SULFONAMIDE, "磺胺类", "sulfonamides", true)                                                              \
	X(SULFONAMIDE_LIKE, "含磺酰胺基的药", "drugs with a sulfonamide group", false)                              \
	X(STREPTOMYCIN, "链霉素", "streptomycin", true)                                                             \
	X(AMINOGLYCOSIDE, "氨基糖苷类", "aminoglycosides", true)                                                    \
	X(MACROLIDE, "大环内酯类", "macrolides", true)                                                              \
	X(QUINOLONE, "喹诺酮类", "quinolones", true)                                                                \
	X(TETRACYCLINE, "四环素类", "tetracyclines", true)                                                          \
	X(LINCOSAMIDE, "林可酰胺类", "lincosamides", true)                                                          \
	X(NITROIMIDAZOLE, "硝基咪唑类", "nitroimidazoles", true)                                                    \
	X(OTHER_ANTIBIOTIC, "其他抗菌药", "other antibacterials", true)                                             \
	X(NSAID, "解热镇痛抗炎药", "non-steroidal anti-inflammatory drugs", false)                                  \
	X(ACE_INHIBITOR, "普利类", "ACE inhibitors", false)

enum drug_class {
#define X(id, zh, en, antibiotic) DRUG_##id,
	DRUG_CLASS_LIST(X)
#undef X
};

/* The class of what was written ("注射用青霉素钠 80万单位"): of the longest known name in it. */
enum drug_class drug_class_of(const char *text);
const struct term *drug_class_term(enum drug_class class);
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

#endif
