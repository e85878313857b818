#include "app/clinic/forms/paper_int.h"

static const struct paper_layout *const layouts[] = { &resident_paper, &visit_paper, &referral_paper, &notice_paper,
	&consultation_paper, &exam_paper, &contract_paper };

const struct paper_layout *paper_layout_of(enum kind_id kind)
{
	for (size_t i = 0; i < N_ELEMENTS(layouts); i++)
		if (layouts[i]->kind == kind)
			return layouts[i];
	return NULL;
}
