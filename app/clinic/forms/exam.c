/* 健康体检表, edition 2017: everything the paper asks, in its order, a page of the screen a part of the paper.  What the
 * paper lacks is ours: for which programmes it counts, the place, and that the result was given back.  Codes stand in
 * exam_codes.c, checks in exam_check.c. */
#include "app/clinic/body.h"
#include "app/clinic/forms/exam_codes.h"
#include "app/clinic/forms/forms_int.h"

/* clang-format off */

#define ITEM(key_, zh_, en_, type_) .key = key_, .label = { zh_, en_ }, .type = type_
#define CODE(key_, zh_, en_, codes_) ITEM(key_, zh_, en_, V_CODE), .codes = codes_
#define CODES(key_, zh_, en_, codes_) ITEM(key_, zh_, en_, V_CODES), .codes = codes_
#define WORDS(key_, zh_, en_, width_) ITEM(key_, zh_, en_, V_TEXT), .max = 200, .width = width_
#define NUMBER(key_, zh_, en_, unit_) ITEM(key_, zh_, en_, V_INT), .unit = unit_
#define DECIMAL(key_, zh_, en_, places_, unit_) ITEM(key_, zh_, en_, V_DECIMAL), .places = places_, .unit = unit_
#define ON_FORM(zh_, en_) .on_form = { zh_, en_ }
#define BARE .on_form = { "", "" }
#define AT(page_, row_) .page = page_, .row = row_
#define LIMITS(lo_, hi_, low_, high_) .hard = { lo_, hi_ }, .soft = { low_, high_ }
#define NEEDED .required = REQUIRED_COMPLETE
#define MEASURED .flags = FIELD_MEASURED
#define HISTORY .flags = FIELD_HISTORY

/* The text beside a code that asks for it */
#define WHAT(key_, zh_, en_, width_) WORDS(key_ "_other", zh_, en_, width_), BARE

#define SBP_LIMITS LIMITS(40, 300, 80, 200)
#define DBP_LIMITS LIMITS(20, 200, 40, 130)

static const struct field abnormality_fields[] = {
	{ WORDS("text", "异常", "Finding", 50), BARE, .row = 1, .required = REQUIRED_SAVE },
};
static const struct form_def abnormality_form = {
	.code = "exam_abnormality", .edition = "2017", .title = { "异常", "Abnormal finding" },
	.fields = abnormality_fields, .n_fields = N_ELEMENTS(abnormality_fields),
};

static const struct field hazard_fields[] = {
	{ CODE("hazard", "种类", "Kind", exam_hazard_codes), BARE, .row = 1, .required = REQUIRED_SAVE },
	{ WORDS("name", "名称", "Name", 14), BARE, .row = 1 },
	{ CODE("protection", "防护", "Protection", none_some_codes), .row = 1 },
	{ WORDS("measure", "防护措施", "Measure", 14), BARE, .row = 1 },
};
static const struct form_def hazard_form = {
	.code = "exam_hazard", .edition = "2017", .title = { "毒物种类", "Hazards" },
	.fields = hazard_fields, .n_fields = N_ELEMENTS(hazard_fields),
};

static const struct field stay_fields[] = {
	{ ITEM("from", "入院", "Admitted", V_DATE), .row = 1, .flags = FIELD_PARTIAL, .required = REQUIRED_SAVE },
	{ ITEM("to", "出院", "Discharged", V_DATE), ON_FORM("至", "to"), .row = 1, .flags = FIELD_PARTIAL },
	{ WORDS("reason", "原因", "Reason", 10), BARE, .row = 1, NEEDED },
	{ WORDS("institution", "医疗机构", "Institution", 12), BARE, .row = 1 },
	{ ITEM("record_no", "病案号", "Record number", V_TEXT), BARE, .max = 40, .width = 8, .row = 1 },
};
static const struct form_def stay_form = {
	.code = "exam_stay", .edition = "2017", .title = { "住院史", "Hospital stays" },
	.fields = stay_fields, .n_fields = N_ELEMENTS(stay_fields),
};

static const struct field home_bed_fields[] = {
	{ ITEM("from", "建床", "Set up", V_DATE), .row = 1, .flags = FIELD_PARTIAL, .required = REQUIRED_SAVE },
	{ ITEM("to", "撤床", "Ended", V_DATE), ON_FORM("至", "to"), .row = 1, .flags = FIELD_PARTIAL },
	{ WORDS("reason", "原因", "Reason", 10), BARE, .row = 1, NEEDED },
	{ WORDS("institution", "医疗机构", "Institution", 12), BARE, .row = 1 },
	{ ITEM("record_no", "病案号", "Record number", V_TEXT), BARE, .max = 40, .width = 8, .row = 1 },
};
static const struct form_def home_bed_form = {
	.code = "exam_home_bed", .edition = "2017", .title = { "家庭病床史", "Home-bed care" },
	.fields = home_bed_fields, .n_fields = N_ELEMENTS(home_bed_fields),
};

static const struct field drug_fields[] = {
	{ ITEM("name", "药物名称", "Drug", V_TEXT), BARE, .max = 60, .width = 16, .row = 1, .required = REQUIRED_SAVE },
	{ ITEM("usage", "用法", "How", V_TEXT), BARE, .max = 40, .width = 8, .row = 1, NEEDED,
	  .help = { "如 口服", "For example by mouth" } },
	{ ITEM("dose", "用量", "How much", V_TEXT), BARE, .max = 40, .width = 12, .row = 1, NEEDED,
	  .help = { "如 1日1次 1片", "For example 1 tablet once a day" } },
	{ ITEM("duration", "用药时间", "For how long", V_TEXT), BARE, .max = 40, .width = 8, .row = 1,
	  .help = { "一年内用了多久, 如 12个月", "Within the last year, for example 12 months" } },
	{ CODE("adherence", "服药依从性", "Adherence", exam_adherence_codes), BARE, .row = 1, NEEDED },
};
static const struct form_def drug_form = {
	.code = "exam_drug", .edition = "2017", .title = { "主要用药情况", "Drugs" },
	.fields = drug_fields, .n_fields = N_ELEMENTS(drug_fields),
};

static const struct field vaccination_fields[] = {
	{ ITEM("name", "疫苗名称", "Vaccine", V_TEXT), BARE, .max = 60, .width = 20, .row = 1, .required = REQUIRED_SAVE },
	{ ITEM("date", "接种日期", "Date", V_DATE), BARE, .row = 1, .flags = FIELD_PARTIAL, NEEDED },
	{ ITEM("institution", "接种机构", "Institution", V_TEXT), BARE, .max = 100, .width = 20, .row = 1 },
};
static const struct form_def vaccination_form = {
	.code = "exam_vaccination", .edition = "2017", .title = { "非免疫规划预防接种史", "Vaccinations beside the programme" },
	.fields = vaccination_fields, .n_fields = N_ELEMENTS(vaccination_fields),
};

/* The geriatric depression scale of 30 questions. */
static const struct meaning depression_meanings[] = {
	{ 0, { "正常", "normal" } },
	{ 11, { "轻度抑郁", "mild" } },
	{ 21, { "中重度抑郁", "moderate to severe" } },
	{ 0, { NULL, NULL } },
};

static const struct field fields[] = {
	{ ITEM("resident", "居民", "Resident", V_REF), .ref = "resident", .required = REQUIRED_SAVE,
	  .flags = FIELD_HIDDEN | FIELD_LISTED },

	/* 1: who, when, symptoms, general condition */
	{ ITEM("date", "体检日期", "Date", V_DATE), .width = 10, AT(1, 1), .required = REQUIRED_SAVE,
	  .flags = FIELD_FRAME | FIELD_LISTED },
	{ ITEM("responsible", "责任医生", "Responsible doctor", V_REF), ON_FORM("责任医生", "Doctor"), .ref = "staff", .width = 14,
	  AT(1, 1), NEEDED, .flags = FIELD_FRAME | FIELD_LISTED },
	{ WORDS("place", "地点", "Place", 12), AT(1, 1), .flags = FIELD_FRAME },
	{ CODES("programmes", "所属项目", "Programmes", programme_codes), AT(1, 2), NEEDED, .flags = FIELD_FRAME,
	  .help = { "一次体检可以算几个项目", "One examination may serve several programmes" } },
	{ CODES("symptoms", "症状", "Symptoms", exam_symptom_codes), AT(1, 3), NEEDED, .flags = FIELD_LEGEND },
	{ WORDS("symptoms_other", "其他症状", "Other symptoms", 40), ON_FORM("其他症状", "Other"), AT(1, 4) },
	{ DECIMAL("temperature", "体温", "Temperature", 1, "°C"), ON_FORM("体温", "Temp."), .width = 4, AT(1, 5), NEEDED, MEASURED,
	  LIMITS(300, 450, 350, 390), .source = "DE04.10.186.00" },
	{ NUMBER("pulse", "脉率", "Pulse", N_("/min")), .width = 3, AT(1, 5), NEEDED, MEASURED, LIMITS(20, 300, 45, 130),
	  .source = "DE04.10.118.00" },
	{ NUMBER("resp", "呼吸频率", "Respiration", N_("/min")), ON_FORM("呼吸", "Resp."), .width = 3, AT(1, 5), NEEDED, MEASURED,
	  LIMITS(4, 100, 10, 30), .source = "DE04.10.081.00" },
	{ NUMBER("left_sbp", "左侧收缩压", "Left systolic", "mmHg"), ON_FORM("血压 左侧", "BP, left"), .width = 3, AT(1, 6), NEEDED,
	  MEASURED, SBP_LIMITS, .source = "DE04.10.174.00" },
	{ NUMBER("left_dbp", "左侧舒张压", "Left diastolic", "mmHg"), ON_FORM("/", "/"), .width = 3, AT(1, 6), NEEDED, MEASURED,
	  DBP_LIMITS, .source = "DE04.10.176.00" },
	{ NUMBER("right_sbp", "右侧收缩压", "Right systolic", "mmHg"), ON_FORM("右侧", "right"), .width = 3, AT(1, 6), NEEDED,
	  MEASURED, SBP_LIMITS, .source = "DE04.10.174.00" },
	{ NUMBER("right_dbp", "右侧舒张压", "Right diastolic", "mmHg"), ON_FORM("/", "/"), .width = 3, AT(1, 6), NEEDED, MEASURED,
	  DBP_LIMITS, .source = "DE04.10.176.00" },
	{ NUMBER("sbp", "收缩压", "Systolic", "mmHg"), AT(1, 6), .hard = { 40, 300 }, .flags = FIELD_COMPUTED | FIELD_HIDDEN },
	{ NUMBER("dbp", "舒张压", "Diastolic", "mmHg"), AT(1, 6), .hard = { 20, 200 }, .flags = FIELD_COMPUTED | FIELD_HIDDEN },
	{ DECIMAL("height", "身高", "Height", 1, "cm"), .width = 5, AT(1, 7), NEEDED, MEASURED, LIMITS(300, 2500, 1350, 1950),
	  .source = "DE04.10.167.00" },
	{ DECIMAL("weight", "体重", "Weight", 1, "kg"), .width = 5, AT(1, 7), NEEDED, MEASURED, LIMITS(3, 3000, 350, 1200),
	  .source = "DE04.10.188.00" },
	{ DECIMAL("waist", "腰围", "Waist", 1, "cm"), .width = 5, AT(1, 7), NEEDED, MEASURED, LIMITS(300, 2000, 550, 1200) },
	{ DECIMAL("bmi", "体质指数", "BMI", 2, "kg/m2"), ON_FORM("BMI", "BMI"), .width = 5, AT(1, 7), .hard = { 0, 100000 },
	  .flags = FIELD_COMPUTED, .meanings = bmi_meanings },
	{ CODE("self_rated", "健康状态自我评估", "Own view of health", exam_self_rated_codes), ON_FORM("自我评估", "Own view"),
	  AT(1, 8), NEEDED },
	{ CODE("self_care", "生活自理能力自我评估", "Self-care", exam_self_care_codes), ON_FORM("自理能力", "Self-care"), AT(1, 9),
	  NEEDED },
	{ CODE("cognition", "认知功能粗筛", "Cognition, screening", exam_screen_codes), ON_FORM("认知功能", "Cognition"), AT(1, 10),
	  NEEDED },
	{ NUMBER("cognition_score", "简易智力状态检查总分", "Mini mental state", N_("points")), ON_FORM("总分", "score"), .width = 2,
	  AT(1, 10), .hard = { 0, 30 }, NEEDED,
	  .help = { "满分30; 有缺陷: 文盲17分及以下, 小学20分及以下, 初中以上24分及以下",
		"Of 30; impaired: no school up to 17, primary up to 20, more up to 24" } },
	{ CODE("emotion", "情感状态粗筛", "Mood, screening", exam_screen_codes), ON_FORM("情感状态", "Mood"), AT(1, 11), NEEDED },
	{ NUMBER("emotion_score", "老年人抑郁评分总分", "Geriatric depression scale", N_("points")), ON_FORM("总分", "score"),
	  .width = 2, AT(1, 11), .hard = { 0, 30 }, NEEDED, .meanings = depression_meanings },

	/* 2: way of life */
	{ CODE("exercise", "锻炼频率", "Exercise", exam_exercise_codes), ON_FORM("体育锻炼", "Exercise"), AT(2, 20), HISTORY, NEEDED },
	{ NUMBER("exercise_minutes", "每次锻炼时间", "Minutes each", N_("min each")), ON_FORM("每次锻炼", "Each time"), .width = 3,
	  AT(2, 21), HISTORY,
	  LIMITS(0, 600, 0, 300), NEEDED },
	{ NUMBER("exercise_years", "坚持锻炼时间", "For years", N_("yr")), ON_FORM("坚持", "since"), .width = 2, AT(2, 21), HISTORY,
	  .hard = { 0, 99 } },
	{ WORDS("exercise_kind", "锻炼方式", "What exercise", 20), ON_FORM("方式", "what"), AT(2, 21), HISTORY },
	{ CODES("diet", "饮食习惯", "Diet", exam_diet_codes), AT(2, 22), HISTORY, NEEDED },
	{ CODE("smoking_status", "吸烟状况", "Smoking", exam_smoking_codes), AT(2, 23), HISTORY, NEEDED },
	{ NUMBER("smoking", "日吸烟量", "Cigarettes a day", N_("cig/day")), ON_FORM("日吸烟量", "A day"), .width = 3, AT(2, 24),
	  HISTORY,
	  LIMITS(0, 200, 0, 60), NEEDED },
	{ NUMBER("smoking_from_age", "开始吸烟年龄", "Smoking from age", N_("yr old")), ON_FORM("开始", "from"), .width = 2,
	  AT(2, 24), HISTORY, .hard = { 3, 99 }, NEEDED },
	{ NUMBER("smoking_quit_age", "戒烟年龄", "Stopped smoking at age", N_("yr old")), ON_FORM("戒烟", "stopped"), .width = 2,
	  AT(2, 24), HISTORY, .hard = { 3, 99 }, NEEDED },
	{ CODE("drinking_status", "饮酒频率", "Drinking", exam_drinking_codes), ON_FORM("饮酒情况", "Drinking"), AT(2, 25), HISTORY,
	  NEEDED },
	{ DECIMAL("drinking", "日饮酒量", "Alcohol a day", 1, N_("liang")), ON_FORM("日饮酒量", "A day"), .width = 4, AT(2, 26),
	  HISTORY,
	  LIMITS(0, 1000, 0, 150), NEEDED,
	  .help = { "折合白酒: 啤酒÷10 红酒÷4 黄酒÷5", "As liquor: beer / 10, wine / 4, yellow wine / 5" } },
	{ NUMBER("drinking_from_age", "开始饮酒年龄", "Drinking from age", N_("yr old")), ON_FORM("开始", "from"), .width = 2,
	  AT(2, 26), HISTORY, .hard = { 3, 99 }, NEEDED },
	{ CODE("drinking_stopped", "是否戒酒", "Stopped drinking", exam_drink_stop_codes), AT(2, 27), HISTORY, NEEDED },
	{ NUMBER("drinking_quit_age", "戒酒年龄", "Stopped drinking at age", N_("yr old")), ON_FORM("戒酒", "stopped"),
	  .width = 2, AT(2, 27), HISTORY, .hard = { 3, 99 }, NEEDED },
	{ CODE("drunk", "近一年内是否曾醉酒", "Drunk within the year", exam_drunk_codes), ON_FORM("曾醉酒", "Drunk"), AT(2, 28), HISTORY,
	  NEEDED },
	{ CODES("drinks", "饮酒种类", "Drinks", exam_drink_codes), AT(2, 29), HISTORY, NEEDED },
	{ WHAT("drinks", "其他酒", "Other drinks", 10), AT(2, 29), HISTORY },
	{ CODE("occupational", "职业病危害因素接触史", "Occupational hazards", none_some_codes), ON_FORM("职业病危害", "Hazards"),
	  AT(2, 30), HISTORY, NEEDED },
	{ WORDS("occupational_work", "工种", "Work", 12), AT(2, 30), HISTORY, NEEDED },
	{ NUMBER("occupational_years", "从业时间", "Years of it", N_("yr")), BARE, .width = 2, AT(2, 30), HISTORY,
	  .hard = { 0, 80 },
	  NEEDED },
	{ ITEM("hazards", "毒物种类", "Kinds", V_LIST), .form = &hazard_form, .max = 5, AT(2, 31), HISTORY },

	/* 3: organs */
	{ CODE("lips", "口唇", "Lips", exam_lip_codes), AT(3, 40), NEEDED },
	{ CODES("teeth", "齿列", "Teeth", exam_teeth_codes), AT(3, 41), NEEDED },
	{ ITEM("teeth_missing", "缺齿位置", "Missing teeth", V_TEXT), ON_FORM("缺齿", "Missing"), .max = 40, .width = 12, AT(3, 42),
	  .help = { "按四个象限 右上 左上 右下 左下 写, 如 67|6|--|7", "By quarters upper right, upper left, lower right, lower left: 67|6|--|7" } },
	{ ITEM("teeth_caries", "龋齿位置", "Teeth with caries", V_TEXT), ON_FORM("龋齿", "Caries"), .max = 40, .width = 12,
	  AT(3, 42) },
	{ ITEM("teeth_denture", "义齿位置", "Dentures", V_TEXT), ON_FORM("义齿", "Denture"), .max = 40, .width = 12, AT(3, 42) },
	{ CODE("pharynx", "咽部", "Pharynx", exam_pharynx_codes), AT(3, 43), NEEDED },
	{ DECIMAL("vision_left", "视力 左眼", "Sight, left", 1, NULL), .width = 3, AT(3, 44), .hard = { 0, 53 }, NEEDED, MEASURED,
	  .help = { "小数记录或5分记录", "Decimal or five-grade notation" } },
	{ DECIMAL("vision_right", "视力 右眼", "Sight, right", 1, NULL), ON_FORM("右眼", "right"), .width = 3, AT(3, 44),
	  .hard = { 0, 53 }, NEEDED, MEASURED },
	{ DECIMAL("corrected_left", "矫正视力 左眼", "Corrected sight, left", 1, NULL), ON_FORM("矫正 左眼", "corrected, left"),
	  .width = 3, AT(3, 44), .hard = { 0, 53 }, MEASURED },
	{ DECIMAL("corrected_right", "矫正视力 右眼", "Corrected sight, right", 1, NULL), ON_FORM("右眼", "right"), .width = 3,
	  AT(3, 44), .hard = { 0, 53 }, MEASURED },
	{ CODE("hearing", "听力", "Hearing", exam_hearing_codes), AT(3, 45), NEEDED },
	{ CODE("movement", "运动功能", "Movement", exam_movement_codes), AT(3, 46), NEEDED },

	/* 4: physical examination */
	{ CODE("fundus", "眼底", "Fundus", exam_normal_codes), AT(3, 47) },
	{ WHAT("fundus", "眼底异常", "Fundus, what", 20), AT(3, 47) },
	{ CODE("skin", "皮肤", "Skin", exam_skin_codes), AT(3, 48), NEEDED },
	{ WHAT("skin", "皮肤其他", "Skin, what", 10), AT(3, 48) },
	{ CODE("sclera", "巩膜", "Sclera", exam_sclera_codes), AT(3, 49), NEEDED },
	{ WHAT("sclera", "巩膜其他", "Sclera, what", 14), AT(3, 49) },
	{ CODE("lymph", "淋巴结", "Lymph nodes", exam_lymph_codes), AT(3, 50), NEEDED },
	{ WHAT("lymph", "淋巴结其他", "Lymph nodes, where", 14), AT(3, 50) },
	{ CODE("barrel_chest", "桶状胸", "Barrel chest", yes_no_codes), ON_FORM("肺 桶状胸", "Barrel chest"), AT(4, 60), NEEDED },
	{ CODE("breath", "呼吸音", "Breath sounds", exam_normal_codes), AT(4, 61), NEEDED },
	{ WHAT("breath", "呼吸音异常", "Breath sounds, what", 20), AT(4, 61) },
	{ CODE("rales", "罗音", "Rales", exam_rale_codes), AT(4, 62), NEEDED },
	{ WHAT("rales", "罗音其他", "Rales, what", 16), AT(4, 62) },
	{ NUMBER("hr", "心率", "Heart rate", N_("/min")), .width = 3, AT(4, 63), NEEDED, MEASURED, LIMITS(20, 300, 45, 130) },
	{ CODE("rhythm", "心律", "Rhythm", exam_rhythm_codes), AT(4, 63), NEEDED },
	{ CODE("murmur", "杂音", "Murmur", exam_none_some_codes), AT(4, 64), NEEDED },
	{ WHAT("murmur", "什么杂音", "What murmur", 20), AT(4, 64) },
	{ CODE("tenderness", "压痛", "Tenderness", exam_none_some_codes), ON_FORM("腹部 压痛", "Tenderness"), AT(4, 65), NEEDED },
	{ WHAT("tenderness", "压痛部位", "Tenderness, where", 20), AT(4, 65) },
	{ CODE("mass", "包块", "Mass", exam_none_some_codes), AT(4, 66), NEEDED },
	{ WHAT("mass", "什么包块", "Mass, where", 20), AT(4, 66) },
	{ CODE("liver", "肝大", "Large liver", exam_none_some_codes), AT(4, 67), NEEDED },
	{ WHAT("liver", "肝大多少", "Liver, how large", 20), AT(4, 67) },
	{ CODE("spleen", "脾大", "Large spleen", exam_none_some_codes), AT(4, 68), NEEDED },
	{ WHAT("spleen", "脾大多少", "Spleen, how large", 20), AT(4, 68) },
	{ CODE("dullness", "移动性浊音", "Shifting dullness", exam_none_some_codes), AT(4, 69), NEEDED },
	{ WHAT("dullness", "浊音情况", "Dullness, what", 20), AT(4, 69) },
	{ CODE("oedema", "下肢水肿", "Oedema of the legs", exam_oedema_codes), ON_FORM("下肢水肿", "Oedema, legs"), AT(4, 70), NEEDED },
	{ CODE("foot_pulse", "足背动脉搏动", "Dorsalis pedis pulse", exam_foot_pulse_codes), ON_FORM("足背动脉", "Foot pulse"),
	  AT(4, 71), NEEDED },
	{ CODE("rectal", "肛门指诊", "Rectal examination", exam_rectal_codes), ON_FORM("肛门指诊", "Rectal"), AT(4, 72) },
	{ WHAT("rectal", "肛门指诊其他", "Rectal, what", 10), AT(4, 72) },
	{ CODES("breast", "乳腺", "Breasts", exam_breast_codes), AT(4, 73) },
	{ WHAT("breast", "乳腺其他", "Breasts, what", 10), AT(4, 73) },
	{ CODE("vulva", "外阴", "Vulva", exam_found_codes), ON_FORM("妇科 外阴", "Vulva"), AT(5, 80) },
	{ WHAT("vulva", "外阴异常", "Vulva, what", 20), AT(5, 80) },
	{ CODE("vagina", "阴道", "Vagina", exam_found_codes), AT(5, 81) },
	{ WHAT("vagina", "阴道异常", "Vagina, what", 20), AT(5, 81) },
	{ CODE("cervix", "宫颈", "Cervix", exam_found_codes), AT(5, 82) },
	{ WHAT("cervix", "宫颈异常", "Cervix, what", 20), AT(5, 82) },
	{ CODE("uterus", "宫体", "Uterus", exam_found_codes), AT(5, 83) },
	{ WHAT("uterus", "宫体异常", "Uterus, what", 20), AT(5, 83) },
	{ CODE("adnexa", "附件", "Adnexa", exam_found_codes), AT(5, 84) },
	{ WHAT("adnexa", "附件异常", "Adnexa, what", 20), AT(5, 84) },
	{ WORDS("other_signs", "其他查体", "Other findings", 50), AT(5, 85) },

	/* 5 and 6: tests */
	{ NUMBER("hb", "血红蛋白", "Haemoglobin", "g/L"), ON_FORM("血红蛋白", "Haemoglobin"), .width = 3, AT(5, 86), NEEDED, MEASURED,
	  LIMITS(20, 260, 60, 200) },
	{ DECIMAL("wbc", "白细胞", "White cells", 1, "10^9/L"), .width = 4, AT(5, 86), NEEDED, MEASURED,
	  LIMITS(1, 5000, 20, 250) },
	{ NUMBER("plt", "血小板", "Platelets", "10^9/L"), .width = 4, AT(5, 86), NEEDED, MEASURED, LIMITS(1, 3000, 50, 600) },
	{ WORDS("blood_other", "血常规其他", "Blood count, other", 40), ON_FORM("血常规其他", "Blood, other"), AT(5, 87) },
	{ ITEM("urine_protein", "尿蛋白", "Urine protein", V_TEXT), .max = 12, .width = 4, AT(5, 88), NEEDED,
	  .help = { "- +- + ++ +++", "- +- + ++ +++" } },
	{ ITEM("urine_sugar", "尿糖", "Urine glucose", V_TEXT), ON_FORM("尿糖", "glucose"), .max = 12, .width = 4, AT(5, 88),
	  NEEDED },
	{ ITEM("urine_ketone", "尿酮体", "Urine ketone", V_TEXT), ON_FORM("酮体", "ketone"), .max = 12, .width = 4, AT(5, 88),
	  NEEDED },
	{ ITEM("urine_blood", "尿潜血", "Urine blood", V_TEXT), ON_FORM("潜血", "blood"), .max = 12, .width = 4, AT(5, 88), NEEDED },
	{ WORDS("urine_other", "尿常规其他", "Urine, other", 40), AT(5, 89) },
	{ DECIMAL("fpg", "空腹血糖", "Fasting glucose", 2, "mmol/L"), .width = 5, AT(5, 90), NEEDED, MEASURED,
	  LIMITS(60, 4000, 300, 2000), .source = "DE04.50.102.00" },
	{ NUMBER("fpg_mgdl", "空腹血糖 原值", "Fasting glucose, as read", "mg/dL"), ON_FORM("或", "or"), .width = 3, AT(5, 90),
	  MEASURED, LIMITS(10, 800, 50, 360),
	  .help = { "换算成 mmol/L (÷18), 原值保留", "Becomes mmol/L (divided by 18); kept as read" } },
	{ CODE("ecg", "心电图", "ECG", exam_normal_codes), AT(5, 91), NEEDED },
	{ WHAT("ecg", "心电图异常", "ECG, what", 24), AT(5, 91) },
	{ DECIMAL("urine_albumin", "尿微量白蛋白", "Urine microalbumin", 1, "mg/dL"), .width = 5, AT(5, 92), MEASURED,
	  LIMITS(0, 10000, 0, 3000) },
	{ DECIMAL("hba1c", "糖化血红蛋白", "HbA1c", 1, "%"), .width = 4, AT(5, 92), NEEDED, MEASURED, LIMITS(20, 200, 35, 140) },
	{ CODE("stool_blood", "大便潜血", "Stool blood", exam_sign_codes), AT(5, 93) },
	{ CODE("hbsag", "乙肝表面抗原", "Hepatitis B antigen", exam_sign_codes), ON_FORM("乙肝抗原", "HBsAg"), AT(5, 93) },
	{ DECIMAL("alt", "谷丙转氨酶", "ALT", 1, "U/L"), ON_FORM("肝 谷丙", "ALT"), .width = 5, AT(6, 100), NEEDED, MEASURED,
	  LIMITS(0, 50000, 10, 3000) },
	{ DECIMAL("ast", "谷草转氨酶", "AST", 1, "U/L"), ON_FORM("谷草", "AST"), .width = 5, AT(6, 100), NEEDED, MEASURED,
	  LIMITS(0, 50000, 10, 3000) },
	{ DECIMAL("albumin", "白蛋白", "Albumin", 1, "g/L"), .width = 4, AT(6, 100), MEASURED, LIMITS(50, 900, 200, 600) },
	{ DECIMAL("tbil", "总胆红素", "Total bilirubin", 1, "umol/L"), ON_FORM("总胆红素", "Bilirubin"), .width = 5, AT(6, 101),
	  NEEDED, MEASURED, LIMITS(0, 10000, 10, 1000) },
	{ DECIMAL("dbil", "结合胆红素", "Conjugated bilirubin", 1, "umol/L"), ON_FORM("结合", "conjugated"), .width = 5, AT(6, 101),
	  MEASURED, LIMITS(0, 10000, 0, 500) },
	{ DECIMAL("creatinine", "血清肌酐", "Creatinine", 1, "umol/L"), ON_FORM("肾 肌酐", "Creatinine"), .width = 6, AT(6, 102),
	  NEEDED,
	  MEASURED, LIMITS(50, 30000, 200, 3000) },
	{ DECIMAL("urea", "血尿素", "Urea", 2, "mmol/L"), ON_FORM("尿素", "urea"), .width = 5, AT(6, 102), NEEDED, MEASURED,
	  LIMITS(10, 10000, 100, 2500) },
	{ DECIMAL("potassium", "血钾", "Potassium", 2, "mmol/L"), .width = 4, AT(6, 103), MEASURED, LIMITS(100, 1000, 300, 600) },
	{ DECIMAL("sodium", "血钠", "Sodium", 1, "mmol/L"), .width = 5, AT(6, 103), MEASURED, LIMITS(900, 2000, 1250, 1550) },
	{ DECIMAL("tc", "总胆固醇", "Total cholesterol", 2, "mmol/L"), ON_FORM("总胆固醇", "Cholesterol"), .width = 5, AT(6, 104),
	  NEEDED, MEASURED, LIMITS(50, 3000, 200, 1200) },
	{ DECIMAL("tg", "甘油三酯", "Triglycerides", 2, "mmol/L"), ON_FORM("甘油三酯", "TG"), .width = 5, AT(6, 104), NEEDED, MEASURED,
	  LIMITS(10, 6000, 20, 1500) },
	{ DECIMAL("ldl", "低密度脂蛋白", "LDL cholesterol", 2, "mmol/L"), ON_FORM("低密度", "LDL"), .width = 5, AT(6, 105), NEEDED,
	  MEASURED, LIMITS(10, 2000, 50, 900) },
	{ DECIMAL("hdl", "高密度脂蛋白", "HDL cholesterol", 2, "mmol/L"), ON_FORM("高密度", "HDL"), .width = 5, AT(6, 105), NEEDED,
	  MEASURED, LIMITS(10, 1000, 40, 350) },
	{ CODE("chest_xray", "胸部X线片", "Chest X-ray", exam_normal_codes), AT(6, 106), NEEDED,
	  .help = { "2025年起65岁以上含胸部DR正位", "From 2025 on a chest DR for everybody of 65" } },
	{ WHAT("chest_xray", "胸片异常", "Chest X-ray, what", 24), AT(6, 106) },
	{ CODE("abdominal_us", "腹部B超", "Abdominal ultrasound", exam_normal_codes), ON_FORM("腹部B超", "Ultrasound"), AT(6, 107),
	  NEEDED },
	{ WHAT("abdominal_us", "腹部B超异常", "Abdominal ultrasound, what", 24), AT(6, 107) },
	{ CODE("other_us", "其他B超", "Other ultrasound", exam_normal_codes), ON_FORM("其他B超", "Other US"), AT(6, 108) },
	{ WHAT("other_us", "其他B超异常", "Other ultrasound, what", 24), AT(6, 108) },
	{ CODE("cervical_smear", "宫颈涂片", "Cervical smear", exam_normal_codes), AT(6, 109) },
	{ WHAT("cervical_smear", "宫颈涂片异常", "Cervical smear, what", 24), AT(6, 109) },
	{ WORDS("other_tests", "其他辅助检查", "Other tests", 50), AT(6, 110) },

	/* 7: problems found so far */
	{ CODES("brain", "脑血管疾病", "Cerebrovascular disease", exam_brain_codes), ON_FORM("脑血管疾病", "Brain"), AT(7, 120), HISTORY,
	  NEEDED },
	{ WHAT("brain", "其他脑血管疾病", "Cerebrovascular, other", 12), AT(7, 120), HISTORY },
	{ CODES("kidney", "肾脏疾病", "Kidney disease", exam_kidney_codes), ON_FORM("肾脏疾病", "Kidney"), AT(7, 121), HISTORY,
	  NEEDED },
	{ WHAT("kidney", "其他肾脏疾病", "Kidney, other", 12), AT(7, 121), HISTORY },
	{ CODES("heart", "心脏疾病", "Heart disease", exam_heart_codes), ON_FORM("心脏疾病", "Heart"), AT(7, 122), HISTORY, NEEDED },
	{ WHAT("heart", "其他心脏疾病", "Heart, other", 12), AT(7, 122), HISTORY },
	{ CODES("vessel", "血管疾病", "Vascular disease", exam_vessel_codes), ON_FORM("血管疾病", "Vessels"), AT(7, 123), HISTORY,
	  NEEDED },
	{ WHAT("vessel", "其他血管疾病", "Vascular, other", 12), AT(7, 123), HISTORY },
	{ CODES("eye", "眼部疾病", "Eye disease", exam_eye_codes), ON_FORM("眼部疾病", "Eyes"), AT(7, 124), HISTORY, NEEDED },
	{ WHAT("eye", "其他眼部疾病", "Eyes, other", 12), AT(7, 124), HISTORY },
	{ CODE("nervous", "神经系统疾病", "Disease of the nervous system", exam_problem_codes), ON_FORM("神经系统", "Nerves"), AT(7, 125),
	  HISTORY,
	  NEEDED },
	{ WHAT("nervous", "何种神经系统疾病", "Nervous system, what", 24), AT(7, 125), HISTORY },
	{ CODE("other_system", "其他系统疾病", "Disease of another system", exam_problem_codes), ON_FORM("其他系统", "Others"),
	  AT(7, 126), HISTORY,
	  NEEDED },
	{ WHAT("other_system", "何种其他疾病", "Other system, what", 24), AT(7, 126), HISTORY },

	/* 8: treatment */
	{ ITEM("stays", "住院史", "Hospital stays", V_LIST), .form = &stay_form, .max = 10, AT(8, 130),
	  .help = { "近一年内的住院", "Within the last year" } },
	{ ITEM("home_beds", "家庭病床史", "Home-bed care", V_LIST), .form = &home_bed_form, .max = 10,
	  AT(8, 131) },
	{ ITEM("drugs", "主要用药情况", "Drugs", V_LIST), .form = &drug_form, .max = 12, AT(8, 132),
	  .flags = FIELD_HISTORY },
	{ ITEM("vaccinations", "预防接种史", "Vaccinations", V_LIST),
	  .form = &vaccination_form, .max = 10, AT(8, 133), .flags = FIELD_HISTORY },

	/* 9: judgement, guidance, the result given back */
	{ CODE("evaluation", "健康评价", "Evaluation", exam_result_codes), AT(9, 140), NEEDED },
	{ ITEM("abnormalities", "异常", "Abnormal", V_LIST), .form = &abnormality_form, .max = 4,
	  AT(9, 141), NEEDED },
	{ CODES("guidance", "健康指导", "Guidance", exam_guidance_codes), AT(9, 142), NEEDED },
	{ CODES("risk_control", "危险因素控制", "Risk factors", exam_risk_codes), ON_FORM("危险因素", "Risk factors"), AT(9, 143) },
	{ DECIMAL("weight_target", "减体重目标", "Weight, target", 1, "kg"), ON_FORM("减重目标", "Weight aim"), .width = 5, AT(9, 144),
	  .hard = { 3, 3000 }, .soft = { 350, 1200 }, NEEDED },
	{ WORDS("vaccine_advised", "建议接种的疫苗", "Vaccine advised", 12), ON_FORM("疫苗", "Vaccine"), AT(9, 144), NEEDED },
	{ WORDS("risk_control_other", "其他危险因素", "Other risk factor", 12), ON_FORM("其他", "Other"), AT(9, 144) },
	{ ITEM("result_summary", "结果摘要", "Result", V_TEXT), .width = 60, .max = 1000, AT(9, 145) },
	{ ITEM("feedback_date", "结果反馈日期", "Result given back on", V_DATE), ON_FORM("结果反馈", "Given back"), .width = 10,
	  AT(9, 146), .flags = FIELD_LISTED },
	{ CODE("feedback_how", "反馈方式", "How", exam_feedback_how_codes), AT(9, 146) },
	{ CODE("feedback_to", "反馈给谁", "To whom", exam_feedback_to_codes), AT(9, 146) },
	{ ITEM("note", "备注", "Note", V_TEXT), .width = 60, .max = 500, AT(9, 147) },

	/* ours: the examination day it belongs to, the running number there, the stations done */
	{ ITEM("exam_day", "体检日", "Examination day", V_REF), .ref = "exam_day", .flags = FIELD_LISTED, .width = 30, AT(9, 148) },
	{ NUMBER("exam_no", "体检编号", "Number", NULL), .width = 4, AT(9, 148), .hard = { 1, 9999 }, .flags = FIELD_LISTED },
	{ CODES("stations", "已做站点", "Stations done", exam_station_codes), AT(9, 149) },
};

/* clang-format on */

const struct form_def exam_form = {
	.code = "exam", .edition = "2017", .title = { "健康体检表", "Health examination" },
	.fields = fields, .n_fields = N_ELEMENTS(fields),
	.needed = exam_needed, .compute = exam_compute, .check = exam_check,
};
