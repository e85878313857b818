/* Code lists of 健康体检表, edition 2017, as the paper prints them. */
#include "app/clinic/forms/exam_codes.h"

/* clang-format off */

const struct code exam_symptom_codes[] = {
	{ .code = "01", .term = { "无症状", "No symptoms" }, .exclusive = true },
	{ .code = "02", .term = { "头痛", "Headache" } },
	{ .code = "03", .term = { "头晕", "Dizziness" } },
	{ .code = "04", .term = { "心悸", "Palpitations" } },
	{ .code = "05", .term = { "胸闷", "Chest tightness" } },
	{ .code = "06", .term = { "胸痛", "Chest pain" } },
	{ .code = "07", .term = { "慢性咳嗽", "Chronic cough" } },
	{ .code = "08", .term = { "咳痰", "Sputum" } },
	{ .code = "09", .term = { "呼吸困难", "Breathlessness" } },
	{ .code = "10", .term = { "多饮", "Thirst" } },
	{ .code = "11", .term = { "多尿", "Polyuria" } },
	{ .code = "12", .term = { "体重下降", "Weight loss" } },
	{ .code = "13", .term = { "乏力", "Fatigue" } },
	{ .code = "14", .term = { "关节肿痛", "Painful joints" } },
	{ .code = "15", .term = { "视力模糊", "Blurred vision" } },
	{ .code = "16", .term = { "手脚麻木", "Numb hands or feet" } },
	{ .code = "17", .term = { "尿急", "Urgency" } },
	{ .code = "18", .term = { "尿痛", "Painful urination" } },
	{ .code = "19", .term = { "便秘", "Constipation" } },
	{ .code = "20", .term = { "腹泻", "Diarrhoea" } },
	{ .code = "21", .term = { "恶心呕吐", "Nausea, vomiting" } },
	{ .code = "22", .term = { "眼花", "Dim sight" } },
	{ .code = "23", .term = { "耳鸣", "Tinnitus" } },
	{ .code = "24", .term = { "乳房胀痛", "Painful breasts" } },
	{ .code = "25", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

/* 老年人健康状态自我评估 */
const struct code exam_self_rated_codes[] = {
	{ .code = "1", .term = { "满意", "Satisfied" } },
	{ .code = "2", .term = { "基本满意", "Fairly satisfied" } },
	{ .code = "3", .term = { "说不清楚", "Cannot say" } },
	{ .code = "4", .term = { "不太满意", "Not very satisfied" } },
	{ .code = "5", .term = { "不满意", "Dissatisfied" } },
	{ .code = NULL },
};

/* 老年人生活自理能力自我评估; scores 0-3, 4-8, 9-18, 19 and more */
const struct code exam_self_care_codes[] = {
	{ .code = "1", .term = { "可自理", "Independent" } },
	{ .code = "2", .term = { "轻度依赖", "Mildly dependent" } },
	{ .code = "3", .term = { "中度依赖", "Moderately dependent" } },
	{ .code = "4", .term = { "不能自理", "Dependent" } },
	{ .code = NULL },
};

const struct code exam_screen_codes[] = {
	{ .code = "1", .term = { "粗筛阴性", "Negative" } },
	{ .code = "2", .term = { "粗筛阳性", "Positive" } },
	{ .code = NULL },
};

const struct code exam_sign_codes[] = {
	{ .code = "1", .term = { "阴性", "Negative" } },
	{ .code = "2", .term = { "阳性", "Positive" } },
	{ .code = NULL },
};

const struct code exam_exercise_codes[] = {
	{ .code = "1", .term = { "每天", "Daily" } },
	{ .code = "2", .term = { "每周一次以上", "More than once a week" } },
	{ .code = "3", .term = { "偶尔", "Now and then" } },
	{ .code = "4", .term = { "不锻炼", "Never" } },
	{ .code = NULL },
};

const struct code exam_diet_codes[] = {
	{ .code = "1", .term = { "荤素均衡", "Balanced" } },
	{ .code = "2", .term = { "荤食为主", "Mostly meat" } },
	{ .code = "3", .term = { "素食为主", "Mostly vegetables" } },
	{ .code = "4", .term = { "嗜盐", "Salty" } },
	{ .code = "5", .term = { "嗜油", "Oily" } },
	{ .code = "6", .term = { "嗜糖", "Sweet" } },
	{ .code = NULL },
};

const struct code exam_smoking_codes[] = {
	{ .code = "1", .term = { "从不吸烟", "Never" } },
	{ .code = "2", .term = { "已戒烟", "Stopped" } },
	{ .code = "3", .term = { "吸烟", "Smokes" } },
	{ .code = NULL },
};

const struct code exam_drinking_codes[] = {
	{ .code = "1", .term = { "从不", "Never" } },
	{ .code = "2", .term = { "偶尔", "Now and then" } },
	{ .code = "3", .term = { "经常", "Often" } },
	{ .code = "4", .term = { "每天", "Daily" } },
	{ .code = NULL },
};

const struct code exam_drink_stop_codes[] = {
	{ .code = "1", .term = { "未戒酒", "Drinks on" } },
	{ .code = "2", .term = { "已戒酒", "Stopped" } },
	{ .code = NULL },
};

const struct code exam_drunk_codes[] = {
	{ .code = "1", .term = { "是", "Yes" } },
	{ .code = "2", .term = { "否", "No" } },
	{ .code = NULL },
};

const struct code exam_drink_codes[] = {
	{ .code = "1", .term = { "白酒", "Liquor" } },
	{ .code = "2", .term = { "啤酒", "Beer" } },
	{ .code = "3", .term = { "红酒", "Red wine" } },
	{ .code = "4", .term = { "黄酒", "Yellow wine" } },
	{ .code = "5", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

/* 职业病危害因素 */
const struct code exam_hazard_codes[] = {
	{ .code = "1", .term = { "粉尘", "Dust" } },
	{ .code = "2", .term = { "放射物质", "Radiation" } },
	{ .code = "3", .term = { "物理因素", "Physical" } },
	{ .code = "4", .term = { "化学物质", "Chemical" } },
	{ .code = "5", .term = { "其他", "Other" } },
	{ .code = NULL },
};

const struct code exam_lip_codes[] = {
	{ .code = "1", .term = { "红润", "Red" } },
	{ .code = "2", .term = { "苍白", "Pale" } },
	{ .code = "3", .term = { "发绀", "Cyanosed" } },
	{ .code = "4", .term = { "皲裂", "Chapped" } },
	{ .code = "5", .term = { "疱疹", "Herpes" } },
	{ .code = NULL },
};

const struct code exam_teeth_codes[] = {
	{ .code = "1", .term = { "正常", "Normal" }, .exclusive = true },
	{ .code = "2", .term = { "缺齿", "Missing" } },
	{ .code = "3", .term = { "龋齿", "Caries" } },
	{ .code = "4", .term = { "义齿", "Denture" } },
	{ .code = NULL },
};

const struct code exam_pharynx_codes[] = {
	{ .code = "1", .term = { "无充血", "Not congested" } },
	{ .code = "2", .term = { "充血", "Congested" } },
	{ .code = "3", .term = { "淋巴滤泡增生", "Lymphoid follicles" } },
	{ .code = NULL },
};

const struct code exam_hearing_codes[] = {
	{ .code = "1", .term = { "听见", "Hears" } },
	{ .code = "2", .term = { "听不清或无法听见", "Hears badly or not" } },
	{ .code = NULL },
};

const struct code exam_movement_codes[] = {
	{ .code = "1", .term = { "可顺利完成", "Done with ease" } },
	{ .code = "2", .term = { "无法独立完成任何一个动作", "None done alone" } },
	{ .code = NULL },
};

const struct code exam_skin_codes[] = {
	{ .code = "1", .term = { "正常", "Normal" } },
	{ .code = "2", .term = { "潮红", "Flushed" } },
	{ .code = "3", .term = { "苍白", "Pale" } },
	{ .code = "4", .term = { "发绀", "Cyanosed" } },
	{ .code = "5", .term = { "黄染", "Jaundiced" } },
	{ .code = "6", .term = { "色素沉着", "Pigmented" } },
	{ .code = "7", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

const struct code exam_sclera_codes[] = {
	{ .code = "1", .term = { "正常", "Normal" } },
	{ .code = "2", .term = { "黄染", "Jaundiced" } },
	{ .code = "3", .term = { "充血", "Congested" } },
	{ .code = "4", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

const struct code exam_lymph_codes[] = {
	{ .code = "1", .term = { "未触及", "Not palpable" } },
	{ .code = "2", .term = { "锁骨上", "Supraclavicular" } },
	{ .code = "3", .term = { "腋窝", "Axillary" } },
	{ .code = "4", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

const struct code exam_rale_codes[] = {
	{ .code = "1", .term = { "无", "None" } },
	{ .code = "2", .term = { "干罗音", "Dry" } },
	{ .code = "3", .term = { "湿罗音", "Moist" } },
	{ .code = "4", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

const struct code exam_rhythm_codes[] = {
	{ .code = "1", .term = { "齐", "Regular" } },
	{ .code = "2", .term = { "不齐", "Irregular" } },
	{ .code = "3", .term = { "绝对不齐", "Wholly irregular" } },
	{ .code = NULL },
};

const struct code exam_oedema_codes[] = {
	{ .code = "1", .term = { "无", "None" } },
	{ .code = "2", .term = { "单侧", "One side" } },
	{ .code = "3", .term = { "双侧不对称", "Both, unequal" } },
	{ .code = "4", .term = { "双侧对称", "Both, equal" } },
	{ .code = NULL },
};

const struct code exam_foot_pulse_codes[] = {
	{ .code = "1", .term = { "未触及", "Not palpable" } },
	{ .code = "2", .term = { "触及双侧对称", "Both equal" } },
	{ .code = "3", .term = { "触及左侧弱或消失", "Left weak or absent" } },
	{ .code = "4", .term = { "触及右侧弱或消失", "Right weak or absent" } },
	{ .code = NULL },
};

const struct code exam_rectal_codes[] = {
	{ .code = "1", .term = { "未及异常", "Nothing found" } },
	{ .code = "2", .term = { "触痛", "Tender" } },
	{ .code = "3", .term = { "包块", "Mass" } },
	{ .code = "4", .term = { "前列腺异常", "Prostate abnormal" } },
	{ .code = "5", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

const struct code exam_breast_codes[] = {
	{ .code = "1", .term = { "未见异常", "Nothing found" }, .exclusive = true },
	{ .code = "2", .term = { "乳房切除", "Removed" } },
	{ .code = "3", .term = { "异常泌乳", "Discharge" } },
	{ .code = "4", .term = { "乳腺包块", "Lump" } },
	{ .code = "5", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

const struct code exam_normal_codes[] = {
	{ .code = "1", .term = { "正常", "Normal" } },
	{ .code = "2", .term = { "异常", "Abnormal" }, .other = true },
	{ .code = NULL },
};

const struct code exam_none_some_codes[] = {
	{ .code = "1", .term = { "无", "None" } },
	{ .code = "2", .term = { "有", "Yes" }, .other = true },
	{ .code = NULL },
};

const struct code exam_found_codes[] = {
	{ .code = "1", .term = { "未见异常", "Nothing found" } },
	{ .code = "2", .term = { "异常", "Abnormal" }, .other = true },
	{ .code = NULL },
};

/* 现存主要健康问题 */
const struct code exam_brain_codes[] = {
	{ .code = "1", .term = { "未发现", "None found" }, .exclusive = true },
	{ .code = "2", .term = { "缺血性卒中", "Ischaemic stroke" } },
	{ .code = "3", .term = { "脑出血", "Cerebral haemorrhage" } },
	{ .code = "4", .term = { "蛛网膜下腔出血", "Subarachnoid haemorrhage" } },
	{ .code = "5", .term = { "短暂性脑缺血发作", "Transient ischaemic attack" } },
	{ .code = "6", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

const struct code exam_kidney_codes[] = {
	{ .code = "1", .term = { "未发现", "None found" }, .exclusive = true },
	{ .code = "2", .term = { "糖尿病肾病", "Diabetic nephropathy" } },
	{ .code = "3", .term = { "肾功能衰竭", "Renal failure" } },
	{ .code = "4", .term = { "急性肾炎", "Acute nephritis" } },
	{ .code = "5", .term = { "慢性肾炎", "Chronic nephritis" } },
	{ .code = "6", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

const struct code exam_heart_codes[] = {
	{ .code = "1", .term = { "未发现", "None found" }, .exclusive = true },
	{ .code = "2", .term = { "心肌梗死", "Infarction" } },
	{ .code = "3", .term = { "心绞痛", "Angina" } },
	{ .code = "4", .term = { "冠状动脉血运重建", "Revascularised" } },
	{ .code = "5", .term = { "充血性心力衰竭", "Congestive failure" } },
	{ .code = "6", .term = { "心前区疼痛", "Precordial pain" } },
	{ .code = "7", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

const struct code exam_vessel_codes[] = {
	{ .code = "1", .term = { "未发现", "None found" }, .exclusive = true },
	{ .code = "2", .term = { "夹层动脉瘤", "Dissecting aneurysm" } },
	{ .code = "3", .term = { "动脉闭塞性疾病", "Arterial occlusion" } },
	{ .code = "4", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

const struct code exam_eye_codes[] = {
	{ .code = "1", .term = { "未发现", "None found" }, .exclusive = true },
	{ .code = "2", .term = { "视网膜出血或渗出", "Retinal bleeding or exudate" } },
	{ .code = "3", .term = { "视乳头水肿", "Papilloedema" } },
	{ .code = "4", .term = { "白内障", "Cataract" } },
	{ .code = "5", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

const struct code exam_problem_codes[] = {
	{ .code = "1", .term = { "未发现", "None found" } },
	{ .code = "2", .term = { "有", "Yes" }, .other = true },
	{ .code = NULL },
};

const struct code exam_adherence_codes[] = {
	{ .code = "1", .term = { "规律", "Regular" } },
	{ .code = "2", .term = { "间断", "Irregular" } },
	{ .code = "3", .term = { "不服药", "Not taken" } },
	{ .code = NULL },
};

/* 健康评价 */
const struct code exam_result_codes[] = {
	{ .code = "1", .term = { "体检无异常", "Nothing abnormal" } },
	{ .code = "2", .term = { "有异常", "Abnormal" } },
	{ .code = NULL },
};

const struct code exam_guidance_codes[] = {
	{ .code = "1", .term = { "纳入慢性病患者健康管理", "Chronic-disease management" } },
	{ .code = "2", .term = { "建议复查", "Check again" } },
	{ .code = "3", .term = { "建议转诊", "Refer" } },
	{ .code = NULL },
};

/* 危险因素控制 */
const struct code exam_risk_codes[] = {
	{ .code = "1", .term = { "戒烟", "Stop smoking" } },
	{ .code = "2", .term = { "健康饮酒", "Drink sensibly" } },
	{ .code = "3", .term = { "饮食", "Diet" } },
	{ .code = "4", .term = { "锻炼", "Exercise" } },
	{ .code = "5", .term = { "减体重", "Lose weight" } },
	{ .code = "6", .term = { "建议接种疫苗", "Vaccination" } },
	{ .code = "7", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

/* 结果反馈 (ours) */
const struct code exam_feedback_how_codes[] = {
	{ .code = "1", .term = { "当面", "In person" } },
	{ .code = "2", .term = { "电话", "By telephone" } },
	{ .code = "3", .term = { "书面", "In writing" } },
	{ .code = "4", .term = { "短信微信", "By message" } },
	{ .code = NULL },
};

const struct code exam_feedback_to_codes[] = {
	{ .code = "1", .term = { "本人", "The person" } },
	{ .code = "2", .term = { "家属", "A relative" } },
	{ .code = NULL },
};

/* clang-format on */
