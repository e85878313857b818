/* The contract between a resident and a family-doctor team. */
#include "app/base/sbuf.h"
#include "app/clinic/forms/codes.h"
#include "app/clinic/forms/forms_int.h"
#include "app/clinic/keygroup.h"
#include "app/clinic/states.h"

/* clang-format off */

/* The packages that every clinic begins with.  The clinic's own (kind `package`) come after them and may rename them. */
static const struct code package_codes[] = {
	{ .code = "1", .term = { "基础包", "Basic" } },
	{ .code = "2", .term = { "高血压包", "Hypertension" } },
	{ .code = "3", .term = { "糖尿病包", "Diabetes" } },
	{ .code = "4", .term = { "老年人包", "Elderly" } },
	{ .code = "5", .term = { "孕产妇包", "Maternal" } },
	{ .code = "6", .term = { "0-6岁儿童包", "Child 0-6" } },
	{ .code = "7", .term = { "残疾人包", "Disabled" } },
	{ .code = "8", .term = { "慢阻肺包", "COPD" } },
	{ .code = "9", .term = { "结核病包", "Tuberculosis" } },
	{ .code = "10", .term = { "严重精神障碍包", "Severe mental disorder" } },
	{ .code = "11", .term = { "个性化包", "Individual" } },
	{ .code = NULL },
};

static const struct code signed_by_codes[] = {
	{ .code = "0", .term = { "本人", "Self" } },
	{ .code = "1", .term = { "家属", "Family member" } },
	{ .code = "2", .term = { "医生代签", "Doctor on behalf" } },
	{ .code = "3", .term = { "本人扫码", "Self by QR code" } },
	{ .code = NULL },
};

static const struct code channel_codes[] = {
	{ .code = "1", .term = { "APP", "App" } },
	{ .code = "2", .term = { "网页", "Web" } },
	{ .code = "3", .term = { "微信", "WeChat" } },
	{ .code = "4", .term = { "一体机", "Kiosk" } },
	{ .code = "5", .term = { "POS机", "POS" } },
	{ .code = "6", .term = { "导入", "Import" } },
	{ .code = "7", .term = { "现场纸质", "On paper, on the spot" } },
	{ .code = NULL },
};

static const struct code paid_codes[] = {
	{ .code = "0", .term = { "未缴", "Not paid" } },
	{ .code = "1", .term = { "已缴", "Paid" } },
	{ .code = "2", .term = { "已登记", "Registered" } },
	{ .code = NULL },
};

static const struct code contract_status_codes[] = {
	{ .code = "draft", .term = { "草稿", "Draft" } },
	{ .code = "pending", .term = { "待签", "Waiting for signature" } },
	{ .code = "active", .term = { "已签约", "Active" } },
	{ .code = "terminating", .term = { "解约中", "Ending asked" } },
	{ .code = "terminated", .term = { "已解约", "Terminated" } },
	{ .code = "expired", .term = { "已到期", "Expired" } },
	{ .code = "renewed", .term = { "已续签", "Renewed" } },
	{ .code = "transferred", .term = { "已转签", "Transferred" } },
	{ .code = "rejected", .term = { "已拒签", "Rejected" } },
	{ .code = "withdrawn", .term = { "已撤回", "Withdrawn" } },
	{ .code = "cancelled", .term = { "已取消", "Cancelled" } },
	{ .code = NULL },
};

static const struct field item_fields[] = {
	{ .key = "item", .label = { "服务项目", "Service item" }, .on_form = { "项目", "Item" }, .type = V_CODE,
	  .codes = service_item_codes, .row = 1, .required = REQUIRED_SAVE },
	{ .key = "planned", .label = { "约定次数", "Times planned" }, .on_form = { "约定", "planned" }, .type = V_INT,
	  .width = 3, .row = 1, .hard = { 1, 365 }, .required = REQUIRED_COMPLETE },
	{ .key = "per", .label = { "周期", "Spread" }, .on_form = { "周期", "spread" }, .type = V_CODE, .codes = service_per_codes,
	  .row = 1 },
	{ .key = "done", .label = { "已履约次数", "Times done" }, .on_form = { "已履约", "done" }, .type = V_INT, .width = 3,
	  .row = 1, .hard = { 0, 9999 }, .flags = FIELD_READONLY },
};

/* What was signed: which packages, in which version, at which price.  Set when the contract is made.  The id is a text: a
 * package that nobody changed is on every device by itself and never at the county, whose server may refuse references
 * to what it does not have. */
static const struct field signed_fields[] = {
	{ .key = "package", .label = { "服务包", "Package" }, .type = V_TEXT, .ref = "package", .max = 64, .width = 20,
	  .row = 1 },
	{ .key = "version", .label = { "版本", "Version" }, .on_form = { "版本", "version" }, .type = V_INT, .width = 3, .row = 1,
	  .hard = { 1, 99999 } },
	{ .key = "fee", .label = { "年费", "Fee a year" }, .on_form = { "年费", "fee" }, .type = V_MONEY, .width = 9, .row = 1,
	  .hard = { 0, 10000000 } },
};

static const struct form_def signed_form = {
	.code = "contract_package", .edition = "2018", .title = { "所签服务包", "Package as signed" },
	.fields = signed_fields, .n_fields = N_ELEMENTS(signed_fields),
};

static const struct form_def item_form = {
	.code = "contract_item", .edition = "2018", .title = { "履约项目", "Service item" },
	.fields = item_fields, .n_fields = N_ELEMENTS(item_fields),
};

static const struct field fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident", .required = REQUIRED_SAVE,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "previous", .label = { "上一份协议", "Contract before" }, .type = V_REF, .ref = "contract",
	  .flags = FIELD_HIDDEN | FIELD_READONLY },
	{ .key = "team", .label = { "签约团队", "Team" }, .type = V_REF, .ref = "team", .width = 28, .row = 1,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "doctor", .label = { "签约医生", "Family doctor" }, .type = V_REF, .ref = "staff", .width = 14, .row = 1,
	  .flags = FIELD_LISTED },
	{ .key = "start", .label = { "协议开始", "Start" }, .type = V_DATE, .width = 10, .row = 2, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED | FIELD_FUTURE },
	{ .key = "years", .label = { "年限", "Years" }, .type = V_INT, .width = 2, .row = 2, .hard = { 1, CONTRACT_MAX_YEARS } },
	{ .key = "end", .label = { "协议结束", "End" }, .type = V_DATE, .width = 10, .row = 2, .flags = FIELD_LISTED | FIELD_FUTURE,
	  .help = { "空着按年限推算: 开始 + 年 - 1天", "Left empty: start + years - 1 day" } },
	{ .key = "packages", .label = { "服务包", "Packages" }, .type = V_CODES, .codes = package_codes, .ref = "package",
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED | FIELD_OPEN },
	{ .key = "signed_packages", .label = { "所签服务包", "Packages as signed" }, .type = V_LIST, .form = &signed_form,
	  .max = 20, .flags = FIELD_HIDDEN | FIELD_READONLY },
	{ .key = "key_groups", .label = { "重点人群", "Key groups" }, .type = V_CODES, .codes = key_group_codes,
	  .flags = FIELD_COMPUTED | FIELD_LISTED },
	{ .key = "items", .label = { "履约项目", "Service items" }, .type = V_LIST, .form = &item_form, .max = 30 },
	{ .key = "signed_on", .label = { "签约日期", "Signed on" }, .type = V_DATE, .width = 10, .row = 6,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "signed_by", .label = { "签约人", "Signed by" }, .type = V_CODE, .codes = signed_by_codes,
	  .row = 6, .required = REQUIRED_COMPLETE },
	{ .key = "sign_method", .label = { "签字方式", "Way of signing" }, .on_form = { "方式", "by" }, .type = V_CODE,
	  .codes = sign_method_codes, .row = 6, .required = REQUIRED_COMPLETE },
	{ .key = "signer_name", .label = { "代签人姓名", "Signer's name" }, .type = V_TEXT, .width = 16, .max = 50, .row = 7,
	  .help = { "不是本人签的写明谁签的", "Who signed, if not the resident" } },
	{ .key = "signer_relation", .label = { "与本人关系", "Signer's relation" }, .on_form = { "与本人关系", "relation" },
	  .type = V_CODE, .codes = relation_codes, .row = 7, .source = "GB/T 4761" },
	{ .key = "channel", .label = { "签约渠道", "Channel" }, .type = V_CODE, .codes = channel_codes, .row = 8 },
	{ .key = "number", .label = { "协议编号", "Agreement number" }, .on_form = { "编号", "Number" }, .type = V_TEXT,
	  .width = 18, .max = 40, .row = 8, .flags = FIELD_READONLY | FIELD_LISTED },
	{ .key = "paper_no", .label = { "纸质协议编号", "Paper number" }, .on_form = { "纸质编号", "Paper" }, .type = V_TEXT,
	  .width = 16, .max = 40, .row = 8 },
	{ .key = "fee_total", .label = { "签约服务费", "Fee" }, .type = V_MONEY, .width = 9, .row = 9, .hard = { 0, 10000000 },
	  .soft = { 0, 200000 } },
	{ .key = "fee_public", .label = { "基本公卫承担", "From public-health money" }, .on_form = { "公卫", "public" },
	  .type = V_MONEY, .width = 9, .row = 9, .hard = { 0, 10000000 } },
	{ .key = "fee_insurance", .label = { "医保承担", "From medical insurance" }, .on_form = { "医保", "insurance" },
	  .type = V_MONEY, .width = 9, .row = 9, .hard = { 0, 10000000 } },
	{ .key = "fee_self", .label = { "个人承担", "Own payment" }, .on_form = { "个人", "own" }, .type = V_MONEY, .width = 9,
	  .row = 9, .hard = { 0, 10000000 } },
	{ .key = "paid", .label = { "缴费状态", "Payment" }, .type = V_CODE, .codes = paid_codes, .flags = FIELD_LISTED },
	{ .key = "status", .label = { "协议状态", "Status" }, .type = V_CODE, .codes = contract_status_codes, .row = 11,
	  .flags = FIELD_LISTED | FIELD_READONLY | FIELD_STATE },
	{ .key = "ended_on", .label = { "终止日期", "Ended on" }, .type = V_DATE, .width = 10, .row = 11,
	  .flags = FIELD_READONLY | FIELD_STATE },
	{ .key = "status_reason", .label = { "状态原因", "Reason" }, .type = V_TEXT, .width = 50,
	  .flags = FIELD_READONLY | FIELD_STATE },
	{ .key = "resident_reason", .label = { "居民解约原因", "Resident's reason" }, .type = V_TEXT, .width = 50,
	  .flags = FIELD_READONLY | FIELD_STATE },
	{ .key = "doctor_reason", .label = { "医生解约原因", "Doctor's reason" }, .type = V_TEXT, .width = 50,
	  .flags = FIELD_READONLY | FIELD_STATE },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500 },
	{ .key = "witness", .label = { "见证人", "Witness" }, .type = V_TEXT, .width = 16, .max = 50,
	  .help = { "按手印或别人代签时在场的人", "Who was there when a thumb was printed or somebody else signed" } },
};

/* clang-format on */

/* Years and end give each other: an empty end follows from the years, empty years from the end. */
static void compute_term(struct record *rec)
{
	int32_t start = record_day(rec, "start"), end = record_day(rec, "end");
	const bool given = !value_is_empty(record_get(rec, "years"));
	int64_t years = record_num(rec, "years", 1);

	if (start == NO_DAY)
		return;
	if (!given && end != NO_DAY)
		years = date_age(start, end + 1);
	if (years < 1 || years > CONTRACT_MAX_YEARS)
		return;
	record_set_num(rec, "years", years);
	if (end == NO_DAY)
		record_set_day(rec, "end", contract_end(start, (int)years));
}

static void compute_groups(struct record *rec, const struct form_context *cx)
{
	AUTO_SBUF struct sbuf text = SBUF_INIT;
	int32_t start = record_day(rec, "start");
	unsigned groups = key_groups_of_resident(cx->resident, cx->programmes, start == NO_DAY ? cx->today : start);

	for (size_t i = 0; i < key_group_count; i++)
		if (groups & (unsigned)key_groups[i].group)
			sbuf_addf(&text, "%s%s", text.len ? "," : "", key_groups[i].key);
	record_set_text(rec, "key_groups", text.s);
}

static void contract_compute(struct record *rec, const struct form_context *cx)
{
	compute_term(rec);
	form_sum_fees(rec);
	if (cx->resident)
		compute_groups(rec, cx);
}

static void check_term(const struct record *rec, struct findings *out)
{
	int32_t start = record_day(rec, "start"), end = record_day(rec, "end");
	int years = (int)record_num(rec, "years", 0);
	int32_t due = start == NO_DAY ? NO_DAY : contract_end(start, years);
	char iso[DATE_LEN];

	if (start == NO_DAY || end == NO_DAY)
		return;
	if (end < start)
		finding_error(out, ERR_INCONSISTENT, "end", _("The contract ends before it starts."));
	else if (end < contract_end(start, 1))
		finding_question(out, "end", _("The contract runs for less than one year. Is it right?"));
	else if (end > contract_end(start, CONTRACT_MAX_YEARS))
		finding_question(out, "end", _("The contract runs for more than three years. Is it right?"));
	else if (due != NO_DAY && end != due)
		finding_warning(out, "end_differs", "end", _("%d year(s) from the start end on %s."), years, date_iso(due, iso));
}

/* Civil Code, articles 17 to 20 */
enum { LIMITED_FROM = 8, FULL_FROM = 18 };

/* On the day of the signature, else of the start; -1 when it cannot be said. */
static int age_at_signature(const struct record *contract, const struct record *resident)
{
	int32_t born = resident ? record_day(resident, "birth_date") : NO_DAY, day = record_day(contract, "signed_on");

	if (day == NO_DAY)
		day = record_day(contract, "start");
	return born == NO_DAY || day == NO_DAY ? -1 : date_age(born, day);
}

bool contract_needs_guardian(const struct record *contract, const struct record *resident)
{
	int age = age_at_signature(contract, resident);

	return age >= 0 && age < LIMITED_FROM;
}

/* What ended stays as it was signed. */
static void check_signer(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	bool self = record_is(rec, "signed_by", "0") || record_is(rec, "signed_by", "3");
	bool runs = !record_text(rec, "status") || record_is(rec, "status", "active") || record_is(rec, "status", "pending");
	int age = age_at_signature(rec, cx->resident);

	if (!self || !runs || age < 0 || age >= FULL_FROM)
		return;
	if (age >= LIMITED_FROM) {
		finding_warning(out, "minor", "signed_by", _("Under 18: the guardian agrees to it, too."));
		return;
	}
	finding_error(out, ERR_INCONSISTENT, "signed_by", _("A child under 8 cannot sign: the guardian does."));
	finding_example(out, "1");
}

static void contract_check(const struct record *rec, const struct form_context *cx, struct findings *out)
{
	const char *by = record_text(rec, "signed_by");
	int32_t died = cx->resident ? record_day(cx->resident, "died_on") : NO_DAY;
	int32_t start = record_day(rec, "start");

	check_term(rec, out);
	form_check_fees(rec, out);
	form_service_date(rec, "signed_on", cx, out);
	check_signer(rec, cx, out);
	if (died != NO_DAY && start != NO_DAY && start > died)
		finding_error(out, ERR_INCONSISTENT, "start", _("The resident died on %s."), record_text(cx->resident, "died_on"));
	if (by && (*by == '1' || *by == '2'))
		form_still_missing(rec, "signer_name", out);
	if (by && *by == '1')
		form_still_missing(rec, "signer_relation", out);
	if ((by && *by == '1') || record_is(rec, "sign_method", "2"))
		form_still_missing(rec, "witness", out);
}

const struct form_def contract_form = {
	.code = "contract", .edition = "2018", .title = { "家庭医生签约服务协议", "Family-doctor contract" },
	.fields = fields, .n_fields = N_ELEMENTS(fields), .compute = contract_compute, .check = contract_check,
};
