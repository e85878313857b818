/* Households, staff, teams and organisations: what the other records point to. */
#include "app/clinic/forms/codes.h"
#include "app/clinic/forms/forms_int.h"

#include <string.h>

#include "app/clinic/idcard.h"

/* clang-format off */

static const struct code team_kind_codes[] = {
	{ .code = "0", .term = { "家庭医生团队", "Family doctors" } },
	{ .code = "1", .term = { "三师共管", "Three-doctor team" } },
	{ .code = "2", .term = { "居家养老", "Home care" } },
	{ .code = NULL },
};

static const struct code member_role_codes[] = {
	{ .code = "1", .term = { "健康管理师", "Health manager" } },
	{ .code = "2", .term = { "专科医生", "Specialist" } },
	{ .code = "3", .term = { "全科医生", "General practitioner" } },
	{ .code = "4", .term = { "医技人员", "Technician" } },
	{ .code = "5", .term = { "公卫医师", "Public-health doctor" } },
	{ .code = "6", .term = { "社区护士", "Community nurse" } },
	{ .code = "7", .term = { "助理", "Assistant" } },
	{ .code = NULL },
};

static const struct code organisation_kind_codes[] = {
	{ .code = "1", .term = { "村(居)委会", "Village" } },
	{ .code = "2", .term = { "村卫生室", "Village clinic" } },
	{ .code = "3", .term = { "乡镇卫生院", "Township health centre" } },
	{ .code = "4", .term = { "县级医院", "County hospital" } },
	{ .code = "5", .term = { "卫生健康局", "Health bureau" } },
	{ .code = "6", .term = { "科室", "Department" } },
	{ .code = "7", .term = { "流动医院", "Mobile hospital" } },
	{ .code = NULL },
};

static const struct field household_fields[] = {
	{ .key = "name", .label = { "户主", "Householder" }, .type = V_TEXT, .width = 20, .max = 50, .row = 1,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "head", .label = { "户主档案", "Householder's file" }, .on_form = { "户主档案", "file" }, .type = V_REF,
	  .ref = "resident", .width = 20, .row = 1, .flags = FIELD_LISTED },
	{ .key = "village", .label = { "村(居)委会", "Village" }, .on_form = { "村(居)", "Village" }, .type = V_REF,
	  .ref = "organisation", .width = 20, .row = 2, .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "group", .label = { "村民小组", "Group" }, .on_form = { "组", "Group" }, .type = V_TEXT, .width = 12,
	  .max = 40, .row = 2, .flags = FIELD_LISTED },
	{ .key = "house", .label = { "门牌", "House number" }, .on_form = { "门牌", "House" }, .type = V_TEXT, .width = 10,
	  .max = 40, .row = 2 },
	{ .key = "address", .label = { "地址", "Address" }, .type = V_TEXT, .width = 50, .max = 120 },
	{ .key = "phone", .label = { "电话", "Telephone" }, .type = V_TEXT, .width = 16, .max = 40, .flags = FIELD_SENSITIVE },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500 },
};

static void household_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	(void)cx;
	form_check_phone(rec, "phone", out);
}

const struct form_def household_form = {
	.code = "household", .edition = "2017", .title = { "家庭", "Household" },
	.fields = household_fields, .n_fields = N_ELEMENTS(household_fields), .check = household_check,
};

static const struct field staff_fields[] = {
	{ .key = "name", .label = { "姓名", "Name" }, .type = V_TEXT, .width = 20, .max = 50, .row = 1,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "initials", .label = { "简称", "Initials" }, .type = V_TEXT, .width = 10, .max = 20, .row = 1,
	  .help = { "表格里写不下姓名时用", "Where there is no room for the name" } },
	{ .key = "staff_no", .label = { "工号", "Staff number" }, .on_form = { "工号", "Number" }, .type = V_TEXT, .width = 16,
	  .max = 40, .row = 1, .flags = FIELD_LISTED },
	{ .key = "role", .label = { "岗位", "Role" }, .type = V_CODE, .codes = staff_role_codes, .row = 2,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "title", .label = { "职称", "Title" }, .type = V_TEXT, .width = 20, .max = 40, .row = 2 },
	{ .key = "organisation", .label = { "所在机构", "Organisation" }, .type = V_REF, .ref = "organisation", .width = 30,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "phone", .label = { "电话", "Telephone" }, .type = V_TEXT, .width = 16, .max = 40, .row = 4 },
	{ .key = "active", .label = { "在岗", "Active" }, .type = V_CODE, .codes = yes_no_codes, .row = 4,
	  .flags = FIELD_LISTED },
};

static void active_compute(struct record *rec, const struct form_context *cx)
{
	(void)cx;
	form_default(rec, "active", "2");
}

static void staff_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	(void)cx;
	form_check_phone(rec, "phone", out);
}

const struct form_def staff_form = {
	.code = "staff", .edition = "2017", .title = { "工作人员", "Staff" },
	.fields = staff_fields, .n_fields = N_ELEMENTS(staff_fields), .compute = active_compute, .check = staff_check,
};

static const struct field member_fields[] = {
	{ .key = "staff", .label = { "成员", "Member" }, .type = V_REF, .ref = "staff", .width = 20, .row = 1,
	  .required = REQUIRED_SAVE },
	{ .key = "role", .label = { "角色", "Role" }, .type = V_CODE, .codes = member_role_codes, .row = 1,
	  .required = REQUIRED_COMPLETE },
};

static const struct form_def member_form = {
	.code = "team_member", .edition = "2018", .title = { "团队成员", "Team member" },
	.fields = member_fields, .n_fields = N_ELEMENTS(member_fields),
};

static const struct field team_fields[] = {
	{ .key = "name", .label = { "团队名称", "Team" }, .type = V_TEXT, .width = 30, .max = 60, .row = 1,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "type", .label = { "类型", "Kind" }, .type = V_CODE, .codes = team_kind_codes, .row = 1,
	  .flags = FIELD_LISTED },
	{ .key = "organisation", .label = { "所在机构", "Organisation" }, .type = V_REF, .ref = "organisation", .width = 30,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "leader", .label = { "团队长", "Leader" }, .type = V_REF, .ref = "staff", .width = 20, .row = 3,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "phone", .label = { "电话", "Telephone" }, .type = V_TEXT, .width = 16, .max = 40, .row = 3 },
	{ .key = "capacity", .label = { "签约上限", "Capacity" }, .type = V_INT, .width = 5, .row = 4,
	  .hard = { 1, 99999 }, .soft = { 1, 4000 } },
	{ .key = "doctor_capacity", .label = { "每位医生上限", "Capacity of a doctor" }, .on_form = { "每医生", "a doctor" },
	  .type = V_INT, .width = 5, .row = 4, .hard = { 1, 99999 }, .soft = { 1, 2500 } },
	{ .key = "chronic_capacity", .label = { "慢病患者上限", "Capacity for chronic patients" }, .on_form = { "慢病", "chronic" },
	  .type = V_INT, .width = 5, .row = 4, .hard = { 1, 99999 }, .soft = { 1, 2000 } },
	{ .key = "active", .label = { "启用", "Active" }, .type = V_CODE, .codes = yes_no_codes, .row = 4,
	  .flags = FIELD_LISTED },
	{ .key = "members", .label = { "成员", "Members" }, .type = V_LIST, .form = &member_form, .max = 30 },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500 },
};

static void team_compute(struct record *rec, const struct form_context *cx)
{
	active_compute(rec, cx);
	form_default(rec, "type", "0");
}

static bool has_member(const struct record *team, const char *key, const char *value)
{
	const struct value *list = record_get(team, "members");

	for (size_t i = 0; i < list->n_items; i++)
		if (record_text(list->items[i], key) && !strcmp(record_text(list->items[i], key), value))
			return true;
	return false;
}

/* Three doctors share a patient: specialist, general practitioner, health manager. */
static void check_team_roles(const struct record *rec, struct findings *out)
{
	static const char *const three[] = { "2", "3", "1" };
	const struct value *list = record_get(rec, "members");
	const char *leader = record_text(rec, "leader");

	if (leader && list->n_items && !has_member(rec, "staff", leader))
		finding_warning(out, "leader", "leader", _("The leader is not among the members."));
	for (size_t i = 0; record_is(rec, "type", "1") && i < N_ELEMENTS(three); i++)
		if (!has_member(rec, "role", three[i]))
			finding_warning(out, "incomplete", "members", _("A three-doctor team lacks: %s."),
				term_text(&field_code(&member_fields[1], three[i])->term));
}

static void team_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	const struct value *list = record_get(rec, "members");
	char path[FORM_PATH];

	(void)cx;
	form_check_phone(rec, "phone", out);
	check_team_roles(rec, out);
	for (size_t i = 0; i < list->n_items; i++)
		for (size_t j = 0; j < i; j++) {
			const char *a = record_text(list->items[i], "staff"), *b = record_text(list->items[j], "staff");

			if (a && b && !strcmp(a, b))
				finding_error(out, ERR_DUPLICATE, form_item_path("members", i, "staff", path),
					_("This member is in the team already."));
		}
}

const struct form_def team_form = {
	.code = "team", .edition = "2018", .title = { "家庭医生团队", "Family-doctor team" },
	.fields = team_fields, .n_fields = N_ELEMENTS(team_fields), .compute = team_compute, .check = team_check,
};

static const struct field organisation_fields[] = {
	{ .key = "name", .label = { "名称", "Name" }, .type = V_TEXT, .width = 36, .max = 100, .row = 1,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "type", .label = { "类型", "Kind" }, .type = V_CODE, .codes = organisation_kind_codes, .row = 1,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "code", .label = { "机构代码", "Code" }, .type = V_TEXT, .width = 24, .max = 40, .row = 2, .flags = FIELD_LISTED },
	{ .key = "region_code", .label = { "区划代码", "Region code" }, .type = V_TEXT, .width = 14, .max = 12, .row = 2,
	  .help = { "乡镇9位, 村12位", "Township 9 digits, village 12" } },
	{ .key = "parent", .label = { "上级", "Part of" }, .type = V_REF, .ref = "organisation", .width = 36,
	  .flags = FIELD_LISTED },
	{ .key = "address", .label = { "地址", "Address" }, .type = V_TEXT, .width = 50, .max = 120 },
	{ .key = "phone", .label = { "电话", "Telephone" }, .type = V_TEXT, .width = 16, .max = 40, .row = 5 },
	{ .key = "market_days", .label = { "墟日", "Market days" }, .type = V_TEXT, .width = 16, .max = 40, .row = 5,
	  .help = { "如 3-8: 逢三逢八", "For example 3-8: days ending in 3 and 8" } },
	{ .key = "aliases", .label = { "别名", "Other names" }, .type = V_TEXT, .width = 50, .max = 200,
	  .help = { "导入时认得的写法, 逗号隔开", "As lists spell it, separated by commas" } },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500 },
};

static void check_region(const struct record *rec, struct findings *out)
{
	const char *s = record_text(rec, "region_code");
	size_t n = s ? strlen(s) : 0;

	if (!s || ((n == 6 || n == 9 || n == 12) && strspn(s, "0123456789") == n))
		return;
	finding_error(out, ERR_INVALID_VALUE, "region_code",
		_("A region code has 6 digits for a county, 9 for a township, 12 for a village."));
	finding_example(out, "350299001101");
}

/* A code of eighteen characters is meant as the unified social credit code. */
static void check_org_code(const struct record *rec, struct findings *out)
{
	const char *s = record_text(rec, "code");
	char norm[ID_LEN];

	if (s && strlen(s) == 18 && org_code_check(s, norm) != ID_FINE)
		finding_warning(out, "credit_code", "code", _("The unified social credit code has a wrong check character."));
}

static void organisation_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	const char *parent = record_text(rec, "parent");

	(void)cx;
	form_check_phone(rec, "phone", out);
	check_region(rec, out);
	check_org_code(rec, out);
	if (parent && !strcmp(parent, rec->meta.id))
		finding_error(out, ERR_INCONSISTENT, "parent", _("An organisation is no part of itself."));
}

const struct form_def organisation_form = {
	.code = "organisation", .edition = "2017", .title = { "机构与村", "Organisation" },
	.fields = organisation_fields, .n_fields = N_ELEMENTS(organisation_fields), .check = organisation_check,
};
