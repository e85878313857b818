#include "app/clinic/kind.h"

#include "app/base/key_memo.h"
#include "app/clinic/forms/forms.h"
#include "app/programmes/combined.h"
#include "app/programmes/programmes.h"

static const struct kind table[] = {
	{ KIND_RESIDENT, "resident", { "居民", "Resident" }, &resident_form, NULL, "name" },
	{ KIND_HOUSEHOLD, "household", { "家庭", "Household" }, &household_form, NULL, "name" },
	{ KIND_STAFF, "staff", { "工作人员", "Staff" }, &staff_form, NULL, "name" },
	{ KIND_TEAM, "team", { "团队", "Team" }, &team_form, NULL, "name" },
	{ KIND_ORGANISATION, "organisation", { "机构与村", "Organisation" }, &organisation_form, NULL, "name" },
	{ KIND_CONTRACT, "contract", { "签约", "Contract" }, &contract_form, "start", NULL },
	{ KIND_ENROLMENT, "enrolment", { "慢病登记", "Enrolment" }, &enrolment_form, "enrolled_on", NULL },
	{ KIND_FOLLOWUP, "followup", { "随访", "Follow-up" }, NULL, "date", NULL },
	{ KIND_VISIT, "visit", { "就诊", "Visit" }, &visit_form, "date", NULL },
	{ KIND_EXAM, "exam", { "体检", "Examination" }, &exam_form, "date", NULL },
	{ KIND_REFERRAL, "referral", { "转诊", "Referral" }, &referral_form, "date", NULL },
	{ KIND_REFUSAL, "refusal", { "拒绝记录", "Refusal" }, &refusal_form, "date", NULL },
	{ KIND_NOTE, "note", { "便签", "Note" }, &note_form, "date", "text" },
	{ KIND_PACKAGE, "package", { "服务包", "Package" }, &package_form, NULL, "name" },
	{ KIND_SERVICE, "service", { "履约记录", "Service given" }, &service_form, "date", NULL },
	{ KIND_EXAM_DAY, "exam_day", { "体检日", "Examination day" }, &exam_day_form, "date", "place" },
	{ KIND_SCREENING, "screening", { "筛查", "Screening" }, &screening_form, "date", NULL },
	{ KIND_NOTICE, "notice", { "传染病报告", "Infectious disease report" }, &notice_form, "date", "name" },
	{ KIND_CONSULTATION, "consultation", { "会诊", "Consultation" }, &consultation_form, "date", NULL },
	{ KIND_CALL, "call", { "电话联系", "Telephone call" }, &call_form, "date", NULL },
	{ KIND_DISPUTE, "dispute", { "请县里定的分歧", "Dispute for the county" }, &dispute_form, "date", "what" },
};

const struct kind *kinds(size_t *n)
{
	*n = N_ELEMENTS(table);
	return table;
}

const struct kind *kind_by_name(const char *name)
{
	for (size_t i = 0; i < N_ELEMENTS(table); i++)
		if (key_is(table[i].name, name))
			return &table[i];
	return NULL;
}

const struct kind *kind_by_id(enum kind_id id)
{
	for (size_t i = 0; i < N_ELEMENTS(table); i++)
		if (table[i].id == id)
			return &table[i];
	return NULL;
}

const struct form_def *kind_form(const struct kind *kind, const char *variant)
{
	const struct programme *programme;
	size_t n;

	if (kind->form)
		return kind->form;
	if (variant && strchr(variant, '+'))
		return combined_form(variant);
	programme = variant && *variant ? programme_by_code(variant) : programmes(&n)[0];
	return programme ? programme->followup : NULL;
}

const struct form_def *kind_form_by_code(const struct kind *kind, const char *form_code)
{
	size_t n;
	const struct programme *const *all = programmes(&n);

	if (kind->form)
		return strcmp(kind->form->code, form_code) ? NULL : kind->form;
	for (size_t i = 0; i < n; i++)
		if (!strcmp(all[i]->followup->code, form_code))
			return all[i]->followup;
	return NULL;
}
