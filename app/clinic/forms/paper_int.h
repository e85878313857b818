/* The layouts of printed forms, one file a group of forms; paper.c lists them. */
#ifndef CUNYI_PAPER_INT_H
#define CUNYI_PAPER_INT_H

#include "app/clinic/paper.h"

extern const struct paper_layout resident_paper, visit_paper, referral_paper, notice_paper, consultation_paper, exam_paper,
	contract_paper;

#endif
