/* Which elements may be settled by the later edit, and which are a person's.  What is not named is dangerous. */
#include <string.h>

#include "sync/merge.h"

#define HOME "village", "group", "house", "place_name", "address", "registered_address", "household", "household_relation"
#define PHONES "phone", "phone_owner", "phone_verified", "phone_state", "contact_name", "contact_phone"
#define LIFE                                                                                                            \
	"workplace", "residence_type", "ethnicity", "ethnicity_other", "education", "marital", "occupation", "payment", \
		"payment_other", "kitchen_exhaust", "livestock", "fuel", "fuel_other", "water", "water_other", "toilet"

static const struct {
	enum kind_id kind;
	const char *keys[48]; /* { "*" }: all */
} low_risk[] = {
	{ KIND_RESIDENT, { "nickname", "name_alias", "kin_name", "kin_relation", "filed_on", "filed_by", "filed_org", "responsible_doctor", "moved_in_on", "moved_in_why", "moved_in_from", "note", HOME, PHONES, LIFE } },
	{ KIND_HOUSEHOLD, { "*" } },
	{ KIND_STAFF, { "*" } },
	{ KIND_TEAM, { "*" } },
	{ KIND_ORGANISATION, { "*" } },
	{ KIND_EXAM_DAY, { "*" } },
	{ KIND_CONTRACT, { "note" } },
	{ KIND_ENROLMENT, { "usual_mode", "responsible_doctor", "care_team" } },
	{ KIND_REFERRAL, { "note", "from_phone", "family_member", "family_phone" } },
};

/* Kinds of what happened, and the code of their status from which on they are finished; NULL: from the first save on. */
static const struct {
	enum kind_id kind;
	const char *finished;
} happened[] = {
	{ KIND_FOLLOWUP, NULL },
	{ KIND_VISIT, "finished" },
	{ KIND_SERVICE, NULL },
	{ KIND_NOTE, NULL },
	{ KIND_CALL, NULL },
	{ KIND_REFUSAL, NULL },
	{ KIND_CONSULTATION, NULL },
};

static bool is_append_only(enum kind_id kind, const struct record *rec)
{
	for (size_t i = 0; i < N_ELEMENTS(happened); i++)
		if (happened[i].kind == kind)
			return !happened[i].finished || (rec && record_is(rec, "status", happened[i].finished));
	return false;
}

enum merge_class merge_class_of(enum kind_id kind, const struct record *rec, const char *key)
{
	if (is_append_only(kind, rec))
		return MERGE_A;
	if ((kind == KIND_REFERRAL || kind == KIND_CONTRACT) && strcmp(key, "status") == 0)
		return MERGE_F;
	for (size_t i = 0; i < N_ELEMENTS(low_risk); i++)
		for (size_t k = 0; low_risk[i].kind == kind && k < N_ELEMENTS(low_risk[i].keys) && low_risk[i].keys[k]; k++)
			if (strcmp(low_risk[i].keys[k], key) == 0 ||
				(*low_risk[i].keys[k] == '*' && strcmp(key, MERGE_STATE) != 0))
				return MERGE_D;
	return MERGE_E;
}

char merge_class_letter(enum merge_class c)
{
	return "ADEF"[c];
}

bool merge_table_row(size_t i, enum kind_id *kind, const char **key)
{
	for (size_t k = 0; k < N_ELEMENTS(low_risk); k++)
		for (size_t j = 0; j < N_ELEMENTS(low_risk[k].keys) && low_risk[k].keys[j]; j++) {
			if (*low_risk[k].keys[j] == '*' || i-- > 0)
				continue;
			*kind = low_risk[k].kind;
			*key = low_risk[k].keys[j];
			return true;
		}
	return false;
}
