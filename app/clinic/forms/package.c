/* Packages of services that family-doctor contracts offer, and a service that was given under one. */
#include "app/clinic/forms/codes.h"
#include "app/clinic/forms/forms_int.h"

#include <string.h>

/* clang-format off */

static const struct code package_type_codes[] = {
	{ .code = "1", .term = { "基础性", "Basic" } },
	{ .code = "2", .term = { "个性化", "Individual" } },
	{ .code = NULL },
};

static const struct field item_fields[] = {
	{ .key = "item", .label = { "服务项目", "Service item" }, .on_form = { "项目", "Item" }, .type = V_CODE,
	  .codes = service_item_codes, .row = 1, .required = REQUIRED_SAVE },
	{ .key = "times", .label = { "次数", "Times" }, .on_form = { "次数", "times" }, .type = V_INT, .width = 3, .row = 1,
	  .hard = { 1, 365 }, .required = REQUIRED_SAVE },
	{ .key = "per", .label = { "周期", "Spread" }, .on_form = { "周期", "spread" }, .type = V_CODE, .codes = service_per_codes,
	  .row = 1, .help = { "空着按每年", "Empty: a year" } },
	{ .key = "price", .label = { "单价", "Price" }, .on_form = { "单价", "price" }, .type = V_MONEY, .width = 8, .row = 1,
	  .hard = { 0, 10000000 } },
};

static const struct form_def item_form = {
	.code = "package_item", .edition = "2018", .title = { "服务项目", "Service item" },
	.fields = item_fields, .n_fields = N_ELEMENTS(item_fields),
};

static const struct field package_fields[] = {
	{ .key = "code", .label = { "代码", "Code" }, .type = V_TEXT, .width = 8, .max = 8, .row = 1, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED, .help = { "签约时打的数字, 如 12", "What is typed when signing: 12" } },
	{ .key = "name", .label = { "名称", "Name" }, .on_form = { "名称", "Name" }, .type = V_TEXT, .width = 30, .max = 40, .row = 1,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "type", .label = { "类型", "Kind" }, .type = V_CODE, .codes = package_type_codes, .row = 2,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "active", .label = { "启用", "Active" }, .on_form = { "启用", "Active" }, .type = V_CODE, .codes = yes_no_codes,
	  .row = 2, .flags = FIELD_LISTED },
	{ .key = "groups", .label = { "适用重点人群", "For key groups" }, .type = V_CODES, .codes = key_group_codes,
	  .help = { "空着: 人人可签", "Empty: for everybody" } },
	{ .key = "valid_from", .label = { "有效期起", "Valid from" }, .type = V_DATE, .width = 10, .row = 4,
	  .flags = FIELD_FUTURE },
	{ .key = "valid_to", .label = { "止", "to" }, .on_form = { "止", "to" }, .type = V_DATE, .width = 10, .row = 4,
	  .flags = FIELD_FUTURE },
	{ .key = "fee_total", .label = { "年服务费", "Fee a year" }, .type = V_MONEY, .width = 9, .row = 5, .hard = { 0, 10000000 },
	  .soft = { 0, 200000 } },
	{ .key = "fee_public", .label = { "公卫承担", "Public-health money" }, .on_form = { "公卫", "public" }, .type = V_MONEY,
	  .width = 9, .row = 5, .hard = { 0, 10000000 } },
	{ .key = "fee_insurance", .label = { "医保承担", "Medical insurance" }, .on_form = { "医保", "insurance" }, .type = V_MONEY,
	  .width = 9, .row = 5, .hard = { 0, 10000000 } },
	{ .key = "fee_self", .label = { "个人承担", "Own payment" }, .on_form = { "个人", "own" }, .type = V_MONEY, .width = 9,
	  .row = 5, .hard = { 0, 10000000 } },
	{ .key = "items", .label = { "服务项目", "Service items" }, .type = V_LIST, .form = &item_form, .max = 20,
	  .required = REQUIRED_COMPLETE },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500 },
};

static const struct field service_fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .required = REQUIRED_SAVE,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "contract", .label = { "协议", "Contract" }, .type = V_REF, .ref = "contract", .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "date", .label = { "服务日期", "Date" }, .type = V_DATE, .width = 10, .row = 1, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED },
	{ .key = "item", .label = { "服务项目", "Service item" }, .type = V_CODE, .codes = service_item_codes,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "doctor", .label = { "服务人员", "Given by" }, .type = V_REF, .ref = "staff", .width = 14, .row = 3,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "place", .label = { "地点", "Place" }, .on_form = { "地点", "Place" }, .type = V_CODE, .codes = place_codes, .row = 3 },
	{ .key = "content", .label = { "服务内容", "What was done" }, .type = V_TEXT, .width = 60, .max = 300,
	  .required = REQUIRED_COMPLETE },
	{ .key = "sign_method", .label = { "居民确认", "Confirmed by" }, .type = V_CODE, .codes = sign_method_codes, .row = 5 },
	{ .key = "signer_name", .label = { "确认人", "Signer" }, .on_form = { "确认人", "Signer" }, .type = V_TEXT, .width = 16,
	  .max = 50, .row = 5, .help = { "不是本人的写明谁", "Who, if not the resident" } },
	{ .key = "paper_no", .label = { "纸质编号", "Paper number" }, .type = V_TEXT, .width = 20, .max = 40 },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500 },
};

/* clang-format on */

static void package_compute(struct record *rec, const struct form_context *cx)
{
	const struct value *list = record_get(rec, "items");

	(void)cx;
	form_default(rec, "active", "2");
	form_default(rec, "type", "1");
	for (size_t i = 0; i < list->n_items; i++)
		form_default(list->items[i], "per", "2");
	form_sum_fees(rec);
}

static void check_items(const struct record *rec, struct findings *out)
{
	const struct value *list = record_get(rec, "items");
	char path[FORM_PATH];

	for (size_t i = 0; i < list->n_items; i++)
		for (size_t j = 0; j < i; j++)
			if (!value_is_empty(record_get(list->items[i], "item")) &&
				value_equal(record_get(list->items[i], "item"), record_get(list->items[j], "item")))
				finding_error(out, ERR_DUPLICATE, form_item_path("items", i, "item", path),
					_("This item is in the list already: raise its number instead."));
}

static void check_code(const struct record *rec, struct findings *out)
{
	const char *s = record_text(rec, "code");

	if (!s || strspn(s, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(s))
		return;
	finding_error(out, ERR_INVALID_VALUE, "code", _("A package's code is digits or letters, at most 8."));
	finding_example(out, "12");
}

static void package_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	int32_t from = record_day(rec, "valid_from"), to = record_day(rec, "valid_to");

	(void)cx;
	check_code(rec, out);
	check_items(rec, out);
	form_check_fees(rec, out);
	if (from != NO_DAY && to != NO_DAY && to < from)
		finding_error(out, ERR_INCONSISTENT, "valid_to", _("The package ends before it starts."));
}

const struct form_def package_form = {
	.code = "package", .edition = "2018", .title = { "签约服务包", "Package of services" },
	.fields = package_fields, .n_fields = N_ELEMENTS(package_fields), .compute = package_compute, .check = package_check,
};

static void service_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	form_service_date(rec, "date", cx, out);
}

const struct form_def service_form = {
	.code = "service", .edition = "2018", .title = { "签约服务履约记录", "Service given under a contract" },
	.fields = service_fields, .n_fields = N_ELEMENTS(service_fields), .check = service_check,
};
