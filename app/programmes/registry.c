#include "app/programmes/programmes.h"

#include "app/clinic/indicator.h"

static const struct programme *const registry[] = {
	&programme_htn,
};

const struct programme *const *programmes(size_t *n)
{
	*n = N_ELEMENTS(registry);
	return registry;
}

const struct programme *programme_by_code(const char *code)
{
	for (size_t i = 0; i < N_ELEMENTS(registry); i++)
		if (!strcmp(registry[i]->code, code))
			return registry[i];
	return NULL;
}

const struct programme *programme_by_form(const struct form_def *form)
{
	for (size_t i = 0; i < N_ELEMENTS(registry); i++)
		if (registry[i]->followup == form)
			return registry[i];
	return NULL;
}

bool programmes_selftest(struct err *err)
{
	for (size_t i = 0; i < N_ELEMENTS(registry); i++)
		if (programme_by_code(registry[i]->code) != registry[i] || !programme_selftest(registry[i], err))
			return false;
	for (size_t i = 0; i < indicator_general_count; i++)
		if (!indicator_full(&indicators_general[i]))
			return err_system(err, ERR_CORRUPT, 0,
				_("A programme's tables are faulty; please report this."), "indicator %s",
				indicators_general[i].code);
	return true;
}
