/* An examination day: where the team sits, for which villages, and which stations there are.  Who came and which station
 * each has done stands in the examinations themselves (exam.c), so that two laptops at two stations do not write the same
 * record. */
#include "app/clinic/forms/exam_codes.h"
#include "app/clinic/forms/forms_int.h"

/* clang-format off */

/* In the order of the walk: fasting first. */
const struct code exam_station_codes[] = {
	{ .code = "1", .term = { "登记", "Desk" } },
	{ .code = "2", .term = { "抽血", "Blood" } },
	{ .code = "3", .term = { "尿检", "Urine" } },
	{ .code = "4", .term = { "B超", "US" } },
	{ .code = "5", .term = { "心电", "ECG" } },
	{ .code = "6", .term = { "DR", "DR" } },
	{ .code = "7", .term = { "内科", "Phys." } },
	{ .code = "8", .term = { "中医", "TCM" } },
	{ .code = "9", .term = { "五官", "Sight" } },
	{ .code = NULL },
};

static const struct field village_fields[] = {
	{ .key = "village", .label = { "村", "Village" }, .on_form = { "", "" }, .type = V_REF, .ref = "organisation", .width = 20,
	  .row = 1, .required = REQUIRED_SAVE },
};
static const struct form_def village_form = {
	.code = "exam_day_village", .edition = "1", .title = { "村", "Village" },
	.fields = village_fields, .n_fields = N_ELEMENTS(village_fields),
};

static const struct field fields[] = {
	{ .key = "date", .label = { "体检日期", "Date" }, .type = V_DATE, .row = 1, .required = REQUIRED_SAVE,
	  .flags = FIELD_LISTED | FIELD_FUTURE },
	{ .key = "place", .label = { "地点", "Place" }, .type = V_TEXT, .width = 24, .max = 100, .row = 1,
	  .required = REQUIRED_SAVE, .help = { "如 上坂祠堂", "For example the ancestral hall" } },
	{ .key = "villages", .label = { "参加的村", "Villages" }, .type = V_LIST, .form = &village_form, .max = 20, .row = 2,
	  .required = REQUIRED_COMPLETE, .help = { "未到的人按这些村列出", "Who did not come is listed for these" } },
	{ .key = "stations", .label = { "站点", "Stations" }, .type = V_CODES, .codes = exam_station_codes, .row = 3,
	  .required = REQUIRED_SAVE, .help = { "当天设了哪些站点", "Which there are on that day" } },
	{ .key = "responsible", .label = { "责任医生", "Responsible doctor" }, .type = V_REF, .ref = "staff", .width = 14, .row = 4,
	  .required = REQUIRED_COMPLETE },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500, .row = 5,
	  .help = { "如 空腹, 带身份证", "For example: fasting, bring the identity card" } },
};

/* clang-format on */

const struct form_def exam_day_form = {
	.code = "exam_day", .edition = "1", .title = { "体检日", "Examination day" },
	.fields = fields, .n_fields = N_ELEMENTS(fields),
};
