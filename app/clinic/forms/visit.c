/* An outpatient visit: what the log, the reception record and the prescription sheet ask for.  Checks are in
 * visit_check.c. */
#include "app/clinic/drugs.h"
#include "app/clinic/forms/codes.h"
#include "app/clinic/forms/forms_int.h"

/* clang-format off */

static const struct code first_codes[] = {
	{ .code = "1", .term = { "初诊", "First" } },
	{ .code = "2", .term = { "复诊", "Repeat" } },
	{ .code = NULL },
};

static const struct code visit_status_codes[] = {
	{ .code = "registered", .term = { "已挂号", "Registered" } },
	{ .code = "in_progress", .term = { "就诊中", "In progress" } },
	{ .code = "finished", .term = { "已完成", "Finished" } },
	{ .code = "cancelled", .term = { "已取消", "Cancelled" } },
	{ .code = "no_show", .term = { "未到", "No-show" } },
	{ .code = NULL },
};

static const struct code glucose_codes[] = {
	{ .code = "1", .term = { "随机", "Random" } },
	{ .code = "2", .term = { "空腹", "Fasting" } },
	{ .code = "3", .term = { "餐后2小时", "2 h after a meal" } },
	{ .code = NULL },
};

static const struct code certainty_codes[] = {
	{ .code = "1", .term = { "确诊", "Confirmed" } },
	{ .code = "2", .term = { "疑似", "Suspected" } },
	{ .code = NULL },
};

/* Ways of giving a drug */
static const struct code route_codes[] = {
	{ .code = "1", .term = { "口服", "By mouth" } },
	{ .code = "2", .term = { "含服", "Under the tongue" } },
	{ .code = "3", .term = { "肌注", "Into a muscle" } },
	{ .code = "4", .term = { "静注", "Into a vein" } },
	{ .code = "5", .term = { "静滴", "By drip" } },
	{ .code = "6", .term = { "皮下", "Under the skin" } },
	{ .code = "7", .term = { "吸入", "Inhaled" } },
	{ .code = "8", .term = { "外用", "On the skin" } },
	{ .code = "9", .term = { "其他", "Other" } },
	{ .code = NULL },
};

/* 剂型 of a drug; slow release and the like stand in the generic name (硝苯地平缓释片) */
static const struct code drug_form_codes[] = {
	{ .code = DRUG_TABLET, .term = { "片剂", "Tablet" } },
	{ .code = DRUG_CAPSULE, .term = { "胶囊", "Capsule" } },
	{ .code = DRUG_POWDER, .term = { "颗粒/散", "Powder" } },
	{ .code = DRUG_PILL, .term = { "丸剂", "Pill" } },
	{ .code = DRUG_LIQUID, .term = { "口服液", "Liquid" } },
	{ .code = DRUG_INJECTED, .term = { "注射剂", "Injection" } },
	{ .code = DRUG_INHALED, .term = { "吸入剂", "Inhaler" } },
	{ .code = DRUG_OUTER, .term = { "外用", "External" } },
	{ .code = DRUG_OTHER_FORM, .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

static const struct field diagnosis_fields[] = {
	{ .key = "icd10", .label = { "ICD-10", "ICD-10" }, .type = V_TEXT, .width = 11, .max = 12, .row = 1,
	  .source = "GB/T 14396" },
	{ .key = "text", .label = { "诊断", "Diagnosis" }, .type = V_TEXT, .width = 30, .max = 100, .row = 1,
	  .required = REQUIRED_SAVE },
	{ .key = "certainty", .label = { "确诊/疑似", "Certainty" }, .on_form = { "", "" }, .type = V_CODE,
	  .codes = certainty_codes, .row = 1 },
};

static const struct form_def diagnosis_form = {
	.code = "visit_diagnosis", .edition = "2017", .title = { "诊断", "Diagnosis" },
	.fields = diagnosis_fields, .n_fields = N_ELEMENTS(diagnosis_fields),
};

static const struct code skin_test_codes[] = {
	{ .code = "1", .term = { "阴性", "Negative" } },
	{ .code = "2", .term = { "阳性", "Positive" } },
	{ .code = "3", .term = { "续用免试", "Goes on, no new test" } },
	{ .code = NULL },
};

/* Services of Chinese medicine that contracts promise */
static const struct code tcm_service_codes[] = {
	{ .code = "1", .term = { "体质辨识", "Constitution" } },
	{ .code = "2", .term = { "保健指导", "Guidance" } },
	{ .code = "3", .term = { "0-36月儿童指导", "Guidance, 0-36 months" } },
	{ .code = "4", .term = { "饮片或适宜技术", "Herbs or techniques" } },
	{ .code = NULL },
};

static const struct code sheet_codes[] = {
	{ .code = "1", .term = { "普通", "Ordinary" } },
	{ .code = "2", .term = { "急诊", "Emergency" } },
	{ .code = "3", .term = { "长期", "Long" } },
	{ .code = NULL },
};

static const struct field prescription_fields[] = {
	{ .key = "name", .label = { "通用名", "Generic name" }, .on_form = { "药名", "Drug" }, .type = V_TEXT, .width = 18,
	  .max = 100, .row = 1, .required = REQUIRED_SAVE,
	  .help = { "F4 常用药: 剂型规格一起填; 打首字母回车也行", "F4 common drugs with form and strength; initials and Enter find them too" } },
	{ .key = "form", .label = { "剂型", "Form" }, .type = V_CODE, .codes = drug_form_codes, .row = 1,
	  .source = "处方管理办法 2007" },
	{ .key = "form_other", .label = { "其他剂型", "Other form" }, .on_form = { "", "" }, .type = V_TEXT, .width = 5, .max = 20, .row = 1 },
	{ .key = "strength", .label = { "规格", "Strength" }, .type = V_TEXT, .width = 12, .max = 40, .row = 1 },
	{ .key = "route", .label = { "用法", "Route" }, .type = V_CODE, .codes = route_codes, .row = 2 },
	{ .key = "dose", .label = { "每次剂量", "Dose" }, .on_form = { "每次", "Dose" }, .type = V_DECIMAL, .places = 2,
	  .width = 6, .row = 2, .hard = { 1, 1000000 } },
	{ .key = "unit", .label = { "剂量单位", "Dose unit" }, .on_form = { "", "" }, .type = V_TEXT, .width = 4, .max = 12,
	  .row = 2, .help = { "剂量单位, 如 mg 片 粒 ml", "The unit of the dose: mg, tablet, capsule, ml" } },
	{ .key = "times_per_day", .label = { "每日次数", "Times a day" }, .on_form = { "次/日", "/day" },
	  .type = V_INT, .width = 2, .row = 2, .hard = { 1, 24 }, .soft = { 1, 6 } },
	{ .key = "days", .label = { "天数", "Days" }, .on_form = { "天数", "days" }, .type = V_INT, .width = 3, .row = 2,
	  .hard = { 1, 365 } },
	{ .key = "quantity", .label = { "总量", "Quantity" }, .type = V_DECIMAL, .places = 1, .width = 7, .row = 3,
	  .hard = { 1, 100000 } },
	{ .key = "quantity_unit", .label = { "总量单位", "Unit of the quantity" }, .on_form = { "", "" }, .type = V_TEXT, .width = 4,
	  .max = 12, .row = 3, .help = { "总量单位, 如 盒 瓶 片 支", "What the quantity counts: box, bottle, tablet, ampoule" } },
	{ .key = "skin_test", .label = { "皮试结果", "Skin test" }, .on_form = { "皮试", "Skin test" }, .type = V_CODE,
	  .codes = skin_test_codes, .row = 3, .help = { "青霉素类和链霉素必填", "Needed for penicillins and streptomycin" } },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 20, .max = 100, .row = 3,
	  .help = { "超过7天写明原因", "Over 7 days: why" } },
};

static const struct form_def prescription_form = {
	.code = "visit_prescription", .edition = "2017", .title = { "处方", "Prescription" },
	.fields = prescription_fields, .n_fields = N_ELEMENTS(prescription_fields),
};

static const struct field fields[] = {
	{ .key = "resident", .label = { "居民", "Resident" }, .type = V_REF, .ref = "resident",
	  .flags = FIELD_HIDDEN | FIELD_LISTED },
	{ .key = "walkin_name", .label = { "姓名(先看后补)", "Name (not on file yet)" }, .on_form = { "姓名", "Name" }, .type = V_TEXT,
	  .width = 14, .max = 50, .row = 30, .help = { "还没有对上居民档案的人", "Somebody who is not joined to a file yet" }, .flags = FIELD_FRAME },
	{ .key = "walkin_sex", .label = { "性别(先看后补)", "Sex (not on file yet)" }, .on_form = { "性别", "Sex" }, .type = V_CODE,
	  .codes = sex_codes, .row = 30, .flags = FIELD_FRAME },
	{ .key = "walkin_age", .label = { "年龄(先看后补)", "Age (not on file yet)" }, .on_form = { "年龄", "Age" }, .type = V_INT,
	  .width = 3, .row = 30, .hard = { 0, 150 }, .flags = FIELD_FRAME },
	{ .key = "walkin_phone", .label = { "电话(先看后补)", "Telephone (not on file yet)" }, .on_form = { "电话", "Tel." },
	  .type = V_TEXT, .width = 16, .max = 40, .row = 30, .flags = FIELD_FRAME | FIELD_SENSITIVE },
	{ .key = "queue_no", .label = { "序号", "No." }, .type = V_INT, .width = 4, .row = 1, .hard = { 1, 9999 },
	  .flags = FIELD_READONLY },
	{ .key = "date", .label = { "就诊日期", "Date" }, .type = V_DATE, .width = 10, .row = 1, .required = REQUIRED_SAVE,
	  .flags = FIELD_FRAME | FIELD_LISTED },
	{ .key = "started_at", .label = { "就诊时间", "Started at" }, .type = V_TIME, .width = 16, .row = 1,
	  .flags = FIELD_HIDDEN },
	{ .key = "first_or_repeat", .label = { "初诊/复诊", "First or repeat" }, .on_form = { "初/复诊", "Kind" },
	  .type = V_CODE, .codes = first_codes, .row = 1, .required = REQUIRED_COMPLETE, .flags = FIELD_FRAME },
	{ .key = "status", .label = { "就诊状态", "Status" }, .on_form = { "状态", "Status" }, .type = V_CODE,
	  .codes = visit_status_codes, .row = 1, .flags = FIELD_FRAME | FIELD_LISTED },
	{ .key = "informant", .label = { "病史陈述者", "Informant" }, .on_form = { "本人/家属", "Informant" }, .type = V_CODE,
	  .codes = informant_codes, .row = 2,
	  .help = { "家属代取药: 可以开药, 不填血压等测量值", "A relative who fetches drugs brings no readings" }, .flags = FIELD_FRAME },
	{ .key = "place", .label = { "地点", "Place" }, .type = V_CODE, .codes = place_codes, .row = 2, .flags = FIELD_FRAME },
	{ .key = "guardian_name", .label = { "家长姓名", "Parent's name" }, .on_form = { "家长姓名", "Parent" }, .type = V_TEXT,
	  .width = 14, .max = 50, .row = 2, .help = { "14岁及以下填写", "For children of 14 and under" }, .flags = FIELD_FRAME },
	{ .key = "onset_date", .label = { "发病日期", "Onset" }, .type = V_DATE, .width = 10, .row = 3, .flags = FIELD_PARTIAL,
	  .required = REQUIRED_COMPLETE },
	{ .key = "complaint", .label = { "主诉", "Complaint" }, .type = V_TEXT, .width = 40, .max = 200, .row = 3,
	  .required = REQUIRED_COMPLETE },
	{ .key = "history", .label = { "现病史", "Present history" }, .type = V_TEXT, .width = 60, .max = 1000,
	  .help = { "主观资料: 症状怎么起的, 怎么变化", "Subjective: how it began and went on" } },
	{ .key = "sbp", .label = { "收缩压", "Systolic BP" }, .on_form = { "血压", "BP" }, .type = V_INT, .width = 3,
	  .row = 5, .hard = { 40, 300 }, .soft = { 80, 200 }, .flags = FIELD_MEASURED | FIELD_TWICE, .source = "DE04.10.174.00" },
	{ .key = "dbp", .label = { "舒张压", "Diastolic BP" }, .on_form = { "/", "/" }, .type = V_INT, .unit = "mmHg", .width = 3,
	  .row = 5, .hard = { 20, 200 }, .soft = { 40, 130 }, .flags = FIELD_MEASURED | FIELD_TWICE, .source = "DE04.10.176.00" },
	{ .key = "pulse", .label = { "脉率", "Pulse" }, .type = V_INT, .unit = "/min", .width = 3, .row = 5, .hard = { 20, 300 },
	  .soft = { 45, 130 }, .flags = FIELD_MEASURED | FIELD_TWICE, .source = "DE04.10.118.00" },
	{ .key = "temperature", .label = { "体温", "Temperature" }, .on_form = { "体温", "Temp." }, .type = V_DECIMAL,
	  .unit = "°C", .places = 1, .width = 4, .row = 5, .hard = { 300, 450 }, .soft = { 350, 390 },
	  .flags = FIELD_MEASURED | FIELD_TWICE, .source = "DE04.10.186.00" },
	{ .key = "resp", .label = { "呼吸", "Respiration" }, .on_form = { "呼吸", "Resp." }, .type = V_INT, .unit = "/min",
	  .width = 3, .row = 5, .hard = { 4, 100 }, .soft = { 10, 30 },
	  .flags = FIELD_MEASURED | FIELD_TWICE, .source = "DE04.10.081.00" },
	{ .key = "weight", .label = { "体重", "Weight" }, .type = V_DECIMAL, .unit = "kg", .places = 1, .width = 5, .row = 6,
	  .hard = { 3, 3000 }, .soft = { 350, 1200 }, .flags = FIELD_MEASURED | FIELD_TWICE, .source = "DE04.10.188.00" },
	{ .key = "height", .label = { "身高", "Height" }, .type = V_DECIMAL, .unit = "cm", .places = 1, .width = 5, .row = 6,
	  .hard = { 300, 2500 }, .soft = { 1350, 1950 }, .flags = FIELD_MEASURED | FIELD_TWICE, .source = "DE04.10.167.00" },
	{ .key = "waist", .label = { "腰围", "Waist" }, .type = V_DECIMAL, .unit = "cm", .places = 1, .width = 5, .row = 6,
	  .hard = { 300, 2000 }, .soft = { 550, 1200 }, .flags = FIELD_MEASURED | FIELD_TWICE },
	{ .key = "spo2", .label = { "血氧饱和度", "Oxygen saturation" }, .on_form = { "血氧", "SpO2" }, .type = V_INT, .unit = "%",
	  .width = 3, .row = 6, .hard = { 50, 100 }, .soft = { 90, 100 },
	  .flags = FIELD_MEASURED | FIELD_TWICE, .source = "DE04.50.149.00" },
	{ .key = "glucose", .label = { "血糖", "Glucose" }, .type = V_DECIMAL, .unit = "mmol/L", .places = 1, .width = 4, .row = 7,
	  .hard = { 6, 400 }, .soft = { 30, 200 }, .flags = FIELD_MEASURED | FIELD_TWICE, .source = "DE04.50.102.00" },
	{ .key = "glucose_kind", .label = { "血糖时间", "Kind of glucose" }, .on_form = { "", "" }, .type = V_CODE,
	  .codes = glucose_codes, .row = 7 },
	{ .key = "exam_findings", .label = { "查体", "Findings" }, .type = V_TEXT, .width = 60, .max = 1000,
	  .help = { "客观资料: 查体和检查结果", "Objective: examination and test results" } },
	{ .key = "diagnosis", .label = { "诊断", "Diagnosis" }, .type = V_LIST, .form = &diagnosis_form, .max = 10,
	  .help = { "写疾病, 不写症状", "A disease, not a symptom" } },
	{ .key = "treatment", .label = { "处理", "Treatment" }, .type = V_TEXT, .width = 60, .max = 1000 },
	{ .key = "prescriptions", .label = { "处方", "Prescription" }, .type = V_LIST, .form = &prescription_form, .max = 20,
	  .page = 2 },
	{ .key = "rx_kind", .label = { "处方类别", "Kind of prescription" }, .on_form = { "处方类别", "Prescription" }, .type = V_CODE,
	  .codes = sheet_codes, .row = 18, .page = 2 },
	{ .key = "rx_valid_days", .label = { "处方有效天数", "Prescription valid for" }, .on_form = { "有效", "valid" }, .type = V_INT,
	  .width = 1, .row = 18, .page = 2, .hard = { 1, 3 },
	  .help = { "当天有效, 最长3天", "Valid on the day, at most for 3 days" }, .source = "处方管理办法" },
	{ .key = "long_evaluation", .label = { "长期处方评估", "Evaluation for a long prescription" }, .on_form = { "评估", "Evaluation" },
	  .type = V_TEXT, .width = 40, .max = 300, .row = 19, .page = 2,
	  .help = { "超过4周: 病情稳定, 写评估", "Over 4 weeks: stable, write how it was judged" }, .source = "长期处方管理规范 2021" },
	{ .key = "long_confirmed", .label = { "患者确认长期处方", "Patient agrees to the long prescription" },
	  .on_form = { "患者确认", "Agreed" }, .type = V_CODE, .codes = yes_no_codes, .row = 19, .page = 2 },
	{ .key = "orders", .label = { "医嘱", "Orders" }, .type = V_TEXT, .width = 60, .max = 500, .page = 2 },
	{ .key = "tcm", .label = { "中医药服务", "Service of Chinese medicine" }, .on_form = { "中医药", "Chinese medicine" },
	  .type = V_CODES, .codes = tcm_service_codes, .page = 2,
	  .help = { "做了体质辨识、保健指导的, 签约履约自动记", "What the contract promises is credited from here" } },
	{ .key = "infectious_report", .label = { "传染病报告", "Infectious disease reported" },
	  .on_form = { "传染病报告", "Infectious report" }, .type = V_CODE, .codes = yes_no_codes, .row = 20, .page = 2 },
	{ .key = "fee", .label = { "费用", "Fee" }, .type = V_MONEY, .width = 9, .row = 20, .page = 2, .hard = { 0, 100000000 },
	  .soft = { 0, 100000 } },
	{ .key = "doctor", .label = { "接诊医生", "Doctor" }, .type = V_REF, .ref = "staff", .width = 14, .row = 21, .page = 2,
	  .required = REQUIRED_COMPLETE, .flags = FIELD_FRAME | FIELD_LISTED },
	{ .key = "entered_late", .label = { "补录", "Entered late" }, .type = V_CODE, .codes = yes_no_codes, .row = 21,
	  .page = 2, .flags = FIELD_COMPUTED },
	{ .key = "paper_no", .label = { "纸质编号", "Paper number" }, .type = V_TEXT, .width = 14, .max = 40, .row = 21, .page = 2, .flags = FIELD_FRAME },
	{ .key = "dispenser", .label = { "发药人", "Dispenser" }, .type = V_REF, .ref = "staff", .width = 14, .row = 22, .page = 2,
	  .help = { "谁调配、发药; 院外取药的留空", "Who made up and gave out the drugs; empty when they are fetched elsewhere" }, .flags = FIELD_FRAME,
	  .source = "处方管理办法 2007" },
};

const struct form_def visit_form = {
	.code = "visit", .edition = "2017", .title = { "门诊就诊", "Visit" },
	.fields = fields, .n_fields = N_ELEMENTS(fields), .compute = visit_compute, .check = visit_check,
};
