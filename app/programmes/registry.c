#include "app/programmes/programmes.h"

#include "app/clinic/forms/forms.h"
#include "app/clinic/indicator.h"
#include "app/clinic/schedule.h"

/* One line a programme: its variable, and its name among the codes of the forms. */
#define PROGRAMME_LIST(X)                      \
	X(htn, "高血压", "Hypertension")         \
	X(dm, "2型糖尿病", "Type-2 diabetes")    \
	X(copd, "慢阻肺", "COPD")              \
	X(elderly, "老年人", "Elderly")

#define X(code_, zh_, en_) extern const struct programme programme_##code_;
PROGRAMME_LIST(X)
#undef X

static const struct programme *const registry[] = {
#define X(code_, zh_, en_) &programme_##code_,
	PROGRAMME_LIST(X)
#undef X
};

const struct code programme_codes[] = {
#define X(code_, zh_, en_) { .code = #code_, .term = { zh_, en_ } },
	PROGRAMME_LIST(X)
#undef X
	{ .code = NULL },
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

const struct programme *programme_counted(size_t i)
{
	for (size_t p = 0; p < N_ELEMENTS(registry); p++)
		if (registry[p]->n_indicators && *registry[p]->indicators[0].settings && !i--)
			return registry[p];
	return NULL;
}

/* Who takes people by a diagnosis is for a disease. */
static bool is_disease(const struct programme *p)
{
	return p->icd10 != NULL;
}

void programmes_of_disease(struct sbuf *out)
{
	sbuf_adds(out, ",");
	for (size_t i = 0; i < N_ELEMENTS(registry); i++)
		if (is_disease(registry[i]))
			sbuf_addf(out, "%s,", registry[i]->code);
}

bool programmes_any_disease(const char *list)
{
	for (size_t n; list && *list; list += n + (list[n] == ',')) {
		n = strcspn(list, ",");
		for (size_t i = 0; i < N_ELEMENTS(registry); i++)
			if (is_disease(registry[i]) && strlen(registry[i]->code) == n && !strncmp(registry[i]->code, list, n))
				return true;
	}
	return false;
}

void programmes_seldom(struct sbuf *out)
{
	sbuf_adds(out, ",");
	for (size_t i = 0; i < N_ELEMENTS(registry); i++)
		if (registry[i]->yearly_visits < SCHEDULE_YEARLY_VISITS)
			sbuf_addf(out, "%s,", registry[i]->code);
}

bool programmes_selftest(struct err *err)
{
	for (size_t i = 0; i < N_ELEMENTS(registry); i++)
		if (programme_by_code(registry[i]->code) != registry[i] ||
			strcmp(programme_codes[i].code, registry[i]->code) != 0 ||
			strcmp(programme_codes[i].term.zh, registry[i]->title.zh) != 0 ||
			!programme_selftest(registry[i], err))
			return false;
	for (size_t i = 0; i < indicator_general_count; i++)
		if (!indicator_full(&indicators_general[i]))
			return err_system(err, ERR_CORRUPT, 0,
				_("A programme's tables are faulty; please report this."), "indicator %s",
				indicators_general[i].code);
	return true;
}
