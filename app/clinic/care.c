#include "app/clinic/care.h"

/* What is worst for coming to the clinic stands first. */
static const struct sign {
	bool of_exam;
	const char *key, *code;
	struct term why;
	bool phones; /* it keeps him at home and not from the telephone */
} signs[] = {
	{ true, "self_care", "4", { "不能自理", "depends on others" }, false },
	{ true, "cognition", "2", { "认知功能粗筛阳性", "cognition screened positive" }, false },
	{ false, "disability", "6", { "智力残疾", "intellectual disability" }, false },
	{ false, "disability", "3", { "听力残疾", "cannot hear" }, false },
	{ false, "disability", "2", { "视力残疾", "cannot see" }, true },
};

const struct term *care_needed(const struct record *resident, const struct record *exam, bool *phones)
{
	*phones = true;
	for (size_t i = 0; i < N_ELEMENTS(signs); i++) {
		const struct record *rec = signs[i].of_exam ? exam : resident;

		if (rec && record_is(rec, signs[i].key, signs[i].code)) {
			*phones = signs[i].phones;
			return &signs[i].why;
		}
	}
	return NULL;
}
