/* The resident: cover of the health file and personal basic information form, third edition (2017), in the order of the
 * paper.  Checks are in resident_check.c. */
#include "app/clinic/forms/codes.h"
#include "app/clinic/forms/forms_int.h"

/* clang-format off */

static const struct code phone_owner_codes[] = {
	{ .code = "1", .term = { "本人", "The person" } },
	{ .code = "2", .term = { "配偶", "Spouse" } },
	{ .code = "3", .term = { "子女", "Child" } },
	{ .code = "4", .term = { "邻居", "Neighbour" } },
	{ .code = "5", .term = { "村干部", "Village official" } },
	{ .code = "6", .term = { "其他", "Other" } },
	{ .code = NULL },
};

/* The name that tells two people of the same name apart */
static const struct code kin_relation_codes[] = {
	{ .code = "1", .term = { "丈夫", "Husband" } },
	{ .code = "2", .term = { "父亲", "Father" } },
	{ .code = "3", .term = { "户主", "Householder" } },
	{ .code = "4", .term = { "妻子", "Wife" } },
	{ .code = "5", .term = { "母亲", "Mother" } },
	{ .code = "6", .term = { "儿子", "Son" } },
	{ .code = NULL },
};

static const struct code residence_codes[] = {
	{ .code = "1", .term = { "户籍", "Registered here" } },
	{ .code = "2", .term = { "非户籍", "Not registered here" } },
	{ .code = NULL },
};

static const struct code abo_codes[] = {
	{ .code = "1", .term = { "A型", "A" } },
	{ .code = "2", .term = { "B型", "B" } },
	{ .code = "3", .term = { "O型", "O" } },
	{ .code = "4", .term = { "AB型", "AB" } },
	{ .code = "5", .term = { "不详", "Unknown" } },
	{ .code = NULL },
};

/* Edition 2017.  The forms of 2009 and 2011 ask "RH negative: 1 no 2 yes 3 unknown": the same digit means the opposite. */
static const struct code rh_codes[] = {
	{ .code = "1", .term = { "阴性", "Negative" } },
	{ .code = "2", .term = { "阳性", "Positive" } },
	{ .code = "3", .term = { "不详", "Unknown" } },
	{ .code = NULL },
};

static const struct code education_codes[] = {
	{ .code = "1", .term = { "研究生", "Postgraduate" } },
	{ .code = "2", .term = { "大学本科", "Bachelor" } },
	{ .code = "3", .term = { "大学专科和专科学校", "Junior college" } },
	{ .code = "4", .term = { "中等专业学校", "Secondary vocational" } },
	{ .code = "5", .term = { "技工学校", "Technical school" } },
	{ .code = "6", .term = { "高中", "Senior middle school" } },
	{ .code = "7", .term = { "初中", "Junior middle school" } },
	{ .code = "8", .term = { "小学", "Primary school" } },
	{ .code = "9", .term = { "文盲或半文盲", "Illiterate or semi-literate" } },
	{ .code = "10", .term = { "不详", "Unknown" } },
	{ .code = NULL },
};

static const struct code occupation_codes[] = {
	{ .code = "0", .term = { "国家机关、党群组织、企业、事业单位负责人", "Head of an office, enterprise or institution" } },
	{ .code = "1", .term = { "专业技术人员", "Professional or technical" } },
	{ .code = "2", .term = { "办事人员和有关人员", "Clerical" } },
	{ .code = "3", .term = { "商业、服务业人员", "Commerce or service" } },
	{ .code = "4", .term = { "农、林、牧、渔、水利业生产人员", "Farming, forestry, herding, fishing, water" } },
	{ .code = "5", .term = { "生产、运输设备操作人员及有关人员", "Production or transport worker" } },
	{ .code = "6", .term = { "军人", "Military" } },
	{ .code = "7", .term = { "不便分类的其他从业人员", "Other occupation" } },
	{ .code = "8", .term = { "无职业", "None" } },
	{ .code = NULL },
};

static const struct code marital_codes[] = {
	{ .code = "1", .term = { "未婚", "Never married" } },
	{ .code = "2", .term = { "已婚", "Married" } },
	{ .code = "3", .term = { "丧偶", "Widowed" } },
	{ .code = "4", .term = { "离婚", "Divorced" } },
	{ .code = "5", .term = { "未说明的婚姻状况", "Not stated" } },
	{ .code = NULL },
};

static const struct code payment_codes[] = {
	{ .code = "1", .term = { "城镇职工基本医疗保险", "Urban employee insurance" } },
	{ .code = "2", .term = { "城镇居民基本医疗保险", "Urban resident insurance" } },
	{ .code = "3", .term = { "新型农村合作医疗", "Rural cooperative insurance" } },
	{ .code = "4", .term = { "贫困救助", "Poverty relief" } },
	{ .code = "5", .term = { "商业医疗保险", "Commercial insurance" } },
	{ .code = "6", .term = { "全公费", "Public funds" } },
	{ .code = "7", .term = { "全自费", "Own payment" } },
	{ .code = "8", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

static const struct code drug_allergy_codes[] = {
	{ .code = "1", .term = { "无", "None" }, .exclusive = true },
	{ .code = "2", .term = { "青霉素", "Penicillin" } },
	{ .code = "3", .term = { "磺胺", "Sulphonamide" } },
	{ .code = "4", .term = { "链霉素", "Streptomycin" } },
	{ .code = "5", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

static const struct code exposure_codes[] = {
	{ .code = "1", .term = { "无", "None" }, .exclusive = true },
	{ .code = "2", .term = { "化学品", "Chemicals" } },
	{ .code = "3", .term = { "毒物", "Poison" } },
	{ .code = "4", .term = { "射线", "Radiation" } },
	{ .code = NULL },
};

/* Past disease: 11 is another notifiable infection here, a malformation in the family history. */
static const struct code past_disease_codes[] = {
	{ .code = "1", .term = { "无", "None" } },
	{ .code = "2", .term = { "高血压", "Hypertension" } },
	{ .code = "3", .term = { "糖尿病", "Diabetes" } },
	{ .code = "4", .term = { "冠心病", "Coronary heart disease" } },
	{ .code = "5", .term = { "慢性阻塞性肺疾病", "COPD" } },
	{ .code = "6", .term = { "恶性肿瘤", "Malignant tumour" } },
	{ .code = "7", .term = { "脑卒中", "Stroke" } },
	{ .code = "8", .term = { "严重精神障碍", "Severe mental disorder" } },
	{ .code = "9", .term = { "结核病", "Tuberculosis" } },
	{ .code = "10", .term = { "肝炎", "Hepatitis" } },
	{ .code = "11", .term = { "其他法定传染病", "Other notifiable infection" } },
	{ .code = "12", .term = { "职业病", "Occupational disease" } },
	{ .code = "13", .term = { "其他", "Other" } },
	{ .code = NULL },
};

static const struct code family_codes[] = {
	{ .code = "1", .term = { "无", "None" }, .exclusive = true },
	{ .code = "2", .term = { "高血压", "Hypertension" } },
	{ .code = "3", .term = { "糖尿病", "Diabetes" } },
	{ .code = "4", .term = { "冠心病", "Coronary heart disease" } },
	{ .code = "5", .term = { "慢性阻塞性肺疾病", "COPD" } },
	{ .code = "6", .term = { "恶性肿瘤", "Malignant tumour" } },
	{ .code = "7", .term = { "脑卒中", "Stroke" } },
	{ .code = "8", .term = { "严重精神障碍", "Severe mental disorder" } },
	{ .code = "9", .term = { "结核病", "Tuberculosis" } },
	{ .code = "10", .term = { "肝炎", "Hepatitis" } },
	{ .code = "11", .term = { "先天畸形", "Congenital malformation" } },
	{ .code = "12", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

static const struct code disability_codes[] = {
	{ .code = "1", .term = { "无残疾", "None" }, .exclusive = true },
	{ .code = "2", .term = { "视力残疾", "Sight" } },
	{ .code = "3", .term = { "听力残疾", "Hearing" } },
	{ .code = "4", .term = { "言语残疾", "Speech" } },
	{ .code = "5", .term = { "肢体残疾", "Limbs" } },
	{ .code = "6", .term = { "智力残疾", "Intellectual" } },
	{ .code = "7", .term = { "精神残疾", "Mental" } },
	{ .code = "8", .term = { "其他残疾", "Other" }, .other = true },
	{ .code = NULL },
};

static const struct code exhaust_codes[] = {
	{ .code = "1", .term = { "无", "None" } },
	{ .code = "2", .term = { "油烟机", "Range hood" } },
	{ .code = "3", .term = { "换气扇", "Exhaust fan" } },
	{ .code = "4", .term = { "烟囱", "Chimney" } },
	{ .code = NULL },
};

static const struct code fuel_codes[] = {
	{ .code = "1", .term = { "液化气", "Bottled gas" } },
	{ .code = "2", .term = { "煤", "Coal" } },
	{ .code = "3", .term = { "天然气", "Natural gas" } },
	{ .code = "4", .term = { "沼气", "Biogas" } },
	{ .code = "5", .term = { "柴火", "Firewood" } },
	{ .code = "6", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

static const struct code water_codes[] = {
	{ .code = "1", .term = { "自来水", "Tap water" } },
	{ .code = "2", .term = { "经净化过滤的水", "Purified or filtered" } },
	{ .code = "3", .term = { "井水", "Well" } },
	{ .code = "4", .term = { "河湖水", "River or lake" } },
	{ .code = "5", .term = { "塘水", "Pond" } },
	{ .code = "6", .term = { "其他", "Other" }, .other = true },
	{ .code = NULL },
};

static const struct code toilet_codes[] = {
	{ .code = "1", .term = { "卫生厕所", "Sanitary toilet" } },
	{ .code = "2", .term = { "一格或二格粪池式", "One or two chamber pit" } },
	{ .code = "3", .term = { "马桶", "Chamber pot" } },
	{ .code = "4", .term = { "露天粪坑", "Open pit" } },
	{ .code = "5", .term = { "简易棚厕", "Simple shed" } },
	{ .code = NULL },
};

static const struct code livestock_codes[] = {
	{ .code = "1", .term = { "无", "None" } },
	{ .code = "2", .term = { "单设", "Separate" } },
	{ .code = "3", .term = { "室内", "Indoors" } },
	{ .code = "4", .term = { "室外", "Outdoors" } },
	{ .code = NULL },
};

static const struct code status_codes[] = {
	{ .code = "1", .term = { "在管", "Managed here" } },
	{ .code = "2", .term = { "外出", "Away" } },
	{ .code = "3", .term = { "迁出", "Moved out" } },
	{ .code = "4", .term = { "死亡", "Died" } },
	{ .code = "5", .term = { "失访", "Lost to follow-up" } },
	{ .code = NULL },
};

/* Key groups that only the village knows */
static const struct code key_flag_codes[] = {
	{ .code = "1", .term = { "脱贫人口", "Lifted out of poverty" } },
	{ .code = "2", .term = { "计生特殊家庭", "Special family-planning family" } },
	{ .code = "3", .term = { "孕产妇", "Pregnant or postpartum" } },
	{ .code = NULL },
};

/* Why there is no identity number */
static const struct code no_id_codes[] = {
	{ .code = "1", .term = { "新生儿尚未上户", "Newborn, not registered yet" } },
	{ .code = "2", .term = { "身份不明", "Unknown person" } },
	{ .code = "3", .term = { "拒绝提供", "Refuses to give it" } },
	{ .code = "4", .term = { "从未办理", "Never had one" } },
	{ .code = NULL },
};

/* What became of the telephone number */
static const struct code phone_state_codes[] = {
	{ .code = "1", .term = { "打得通", "Reached" } },
	{ .code = "2", .term = { "空号停机", "Out of service" } },
	{ .code = "3", .term = { "号码错", "Somebody else's" } },
	{ .code = NULL },
};

static const struct code move_codes[] = {
	{ .code = "1", .term = { "婚嫁", "Marriage" } },
	{ .code = "2", .term = { "务工", "Work" } },
	{ .code = "3", .term = { "随家人", "With the family" } },
	{ .code = "4", .term = { "回迁", "Came back" } },
	{ .code = "5", .term = { "上学参军", "School or army" } },
	{ .code = "9", .term = { "其他", "Other" } },
	{ .code = NULL },
};

static const struct code identifier_use_codes[] = {
	{ .code = "1", .term = { "现用", "In use" } },
	{ .code = "2", .term = { "曾用", "Old" } },
	{ .code = "3", .term = { "临时", "Temporary" } },
	{ .code = NULL },
};

/* Numbers besides the present one: other documents, those of before, those of a file that was merged into this one. */
static const struct field identifier_fields[] = {
	{ .key = "system", .label = { "号码种类", "Kind of number" }, .on_form = { "种类", "Kind" }, .type = V_CODE,
	  .codes = identifier_codes, .row = 1, .required = REQUIRED_SAVE },
	{ .key = "value", .label = { "号码", "Number" }, .type = V_TEXT, .width = 22, .max = 64, .row = 1,
	  .required = REQUIRED_SAVE, .flags = FIELD_SENSITIVE },
	{ .key = "use", .label = { "用途", "Use" }, .type = V_CODE, .codes = identifier_use_codes, .row = 1 },
	{ .key = "from", .label = { "开始", "From" }, .type = V_DATE, .width = 10, .row = 2, .flags = FIELD_PARTIAL },
	{ .key = "to", .label = { "结束", "Until" }, .type = V_DATE, .width = 10, .row = 2,
	  .flags = FIELD_PARTIAL | FIELD_FUTURE },
};

static const struct form_def identifier_form = {
	.code = "resident_identifier", .edition = "2026", .title = { "其他号码", "Other numbers" },
	.fields = identifier_fields, .n_fields = N_ELEMENTS(identifier_fields),
};

/* Files that were merged into this one. */
static const struct field replaced_fields[] = {
	{ .key = "resident", .label = { "并入的档案", "Merged file" }, .type = V_REF, .ref = "resident",
	  .required = REQUIRED_SAVE },
};

static const struct form_def replaced_form = {
	.code = "resident_replaces", .edition = "2026", .title = { "并入的档案", "Merged files" },
	.fields = replaced_fields, .n_fields = N_ELEMENTS(replaced_fields),
};

static const struct field past_disease_fields[] = {
	{ .key = "code", .label = { "疾病", "Disease" }, .type = V_CODE, .codes = past_disease_codes,
	  .row = 1, .required = REQUIRED_SAVE },
	{ .key = "diagnosed", .label = { "确诊时间", "Diagnosed" }, .type = V_DATE, .flags = FIELD_PARTIAL, .width = 10,
	  .row = 1, .help = { "年月即可, 须一级以上医院正式诊断", "Year and month will do; the formal diagnosis of a hospital" } },
	{ .key = "text", .label = { "名称", "Name" }, .type = V_TEXT, .width = 14, .max = 100, .row = 1,
	  .help = { "恶性肿瘤、职业病、其他疾病写明名称", "Name of the tumour, occupational or other disease" } },
};

static const struct form_def past_disease_form = {
	.code = "resident_past_disease", .edition = "2017", .title = { "既往史 疾病", "Past disease" },
	.fields = past_disease_fields, .n_fields = N_ELEMENTS(past_disease_fields),
};

static const struct field event_fields[] = {
	{ .key = "name", .label = { "名称或原因", "Name or reason" }, .type = V_TEXT, .width = 34, .max = 100, .row = 1,
	  .required = REQUIRED_SAVE },
	{ .key = "date", .label = { "时间", "Date" }, .type = V_DATE, .flags = FIELD_PARTIAL, .width = 10, .row = 1,
	  .required = REQUIRED_COMPLETE },
};

static const struct form_def event_form = {
	.code = "resident_event", .edition = "2017", .title = { "既往史", "Past history" },
	.fields = event_fields, .n_fields = N_ELEMENTS(event_fields),
};

static const struct field fields[] = {
	/* ---- the cover */
	{ .key = "name", .label = { "姓名", "Name" }, .type = V_TEXT, .width = 18, .max = 50, .row = 1,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED },
	{ .key = "nickname", .label = { "小名", "Nickname" }, .type = V_TEXT, .width = 12, .max = 30, .row = 1 },
	{ .key = "name_alias", .label = { "证件拼写", "Spelling on the document" }, .on_form = { "拼写", "Spelling" },
	  .type = V_TEXT, .width = 14, .max = 60, .row = 1,
	  .help = { "护照或证件上的拼写", "As a passport or permit spells it" } },
	{ .key = "id_number", .label = { "身份证号", "Identity number" }, .on_form = { "证件号码", "ID number" },
	  .type = V_TEXT, .width = 20, .max = 30, .row = 2, .flags = FIELD_LISTED | FIELD_SENSITIVE,
	  .help = { "性别和出生日期从这里取; 没有号码就空着, 不要编", "Gives sex and birth date; leave it empty rather than invent one" } },
	{ .key = "id_type", .label = { "证件类型", "Document type" }, .on_form = { "类型", "Type" }, .type = V_CODE,
	  .codes = document_codes, .row = 2, .source = "CV02.01.101" },
	{ .key = "sex", .label = { "性别", "Sex" }, .type = V_CODE, .codes = sex_codes, .row = 3,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED, .source = "GB/T 2261.1" },
	{ .key = "birth_date", .label = { "出生日期", "Birth date" }, .type = V_DATE, .width = 10, .row = 3,
	  .required = REQUIRED_SAVE, .flags = FIELD_LISTED | FIELD_BIRTH | FIELD_PARTIAL },
	{ .key = "birth_order", .label = { "多胞胎第几个", "Order among twins" }, .on_form = { "胎次", "Twin no." },
	  .type = V_INT, .width = 2, .row = 3, .hard = { 1, 9 } },
	{ .key = "no_id", .label = { "无号码情形", "Case without a number" }, .on_form = { "无号码", "No number" },
	  .type = V_CODE, .codes = no_id_codes, .row = 4 },
	{ .key = "no_id_reason", .label = { "无证件原因", "Why there is no number" }, .on_form = { "原因", "why" },
	  .type = V_TEXT, .width = 18, .max = 100, .row = 4 },
	{ .key = "guardian_id", .label = { "监护人身份证号", "Guardian's identity number" },
	  .on_form = { "监护人身份证", "Guardian's ID" }, .type = V_TEXT, .width = 20, .max = 30, .row = 15,
	  .flags = FIELD_SENSITIVE,
	  .help = { "新生儿还没有号码时填母亲的", "The mother's, while a newborn has none" } },
	{ .key = "birth_weight", .label = { "出生体重", "Birth weight" },
	  .on_form = { "体重", "Weight" }, .type = V_INT, .unit = N_("g"), .width = 4, .row = 15,
	  .hard = { 300, 8000 }, .soft = { 1500, 4500 } },
	{ .key = "birth_certificate", .label = { "出生医学证明", "Birth certificate" },
	  .on_form = { "出生证明", "Certificate" }, .type = V_TEXT, .width = 11, .max = 20, .row = 15,
	  .flags = FIELD_SENSITIVE, .help = { "1个字母和9位数字", "One letter and nine digits" } },
	{ .key = "kin_name", .label = { "父/夫名", "Husband's or father's name" }, .on_form = { "父/夫名", "Kin" },
	  .type = V_TEXT, .width = 14, .max = 50, .row = 5,
	  .help = { "同名的人靠它分清", "Tells two people of the same name apart" } },
	{ .key = "kin_relation", .label = { "是本人的", "Who that is" }, .on_form = { "是本人的", "who is" }, .type = V_CODE,
	  .codes = kin_relation_codes, .row = 5 },
	{ .key = "phone", .label = { "本人电话", "Telephone" }, .on_form = { "电话", "Telephone" }, .type = V_TEXT, .width = 16,
	  .max = 40, .row = 6, .flags = FIELD_LISTED | FIELD_SENSITIVE },
	{ .key = "phone_owner", .label = { "电话机主", "Whose telephone" }, .on_form = { "机主", "whose" }, .type = V_CODE,
	  .codes = phone_owner_codes, .row = 6 },
	{ .key = "phone_verified", .label = { "电话核实日期", "Telephone verified on" }, .on_form = { "核实", "verified" },
	  .type = V_DATE, .width = 10, .row = 6 },
	{ .key = "contact_name", .label = { "联系人姓名", "Contact's name" }, .on_form = { "联系人", "Contact" }, .type = V_TEXT,
	  .width = 16, .max = 50, .row = 7, .help = { "关系密切的亲友", "A close relative or friend" } },
	{ .key = "contact_phone", .label = { "联系人电话", "Contact's telephone" }, .on_form = { "联系人电话", "telephone" },
	  .type = V_TEXT, .width = 16, .max = 40, .row = 7, .flags = FIELD_SENSITIVE },
	{ .key = "village", .label = { "村(居)委会", "Village" }, .on_form = { "村(居)", "Village" }, .type = V_REF,
	  .ref = "organisation", .width = 20, .row = 8, .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },
	{ .key = "group", .label = { "村民小组", "Group" }, .on_form = { "组", "Group" }, .type = V_TEXT, .width = 12,
	  .max = 40, .row = 8, .flags = FIELD_LISTED, .help = { "村民小组或自然村", "Villagers' group or hamlet" } },
	{ .key = "house", .label = { "门牌", "House number" }, .on_form = { "门牌", "House" }, .type = V_TEXT, .width = 10,
	  .max = 40, .row = 8 },
	{ .key = "place_name", .label = { "小地名", "Local place name" }, .on_form = { "小地名", "Place" }, .type = V_TEXT,
	  .width = 12, .max = 40, .row = 9, .help = { "祠堂后、桥头: 找得到家门", "What finds the door: behind the hall, by the bridge" } },
	{ .key = "address", .label = { "现住址", "Address" }, .type = V_TEXT, .width = 40, .max = 120, .row = 9,
	  .required = REQUIRED_COMPLETE },
	{ .key = "registered_address", .label = { "户籍地址", "Registered address" }, .on_form = { "户籍地址", "Registered at" },
	  .type = V_TEXT, .width = 40, .max = 120, .row = 10, .required = REQUIRED_COMPLETE },
	{ .key = "file_no", .label = { "编号", "File number" }, .on_form = { "编号", "File no." }, .type = V_TEXT, .width = 19,
	  .max = 17, .row = 11, .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED,
	  .help = { "17位: 县6 乡3 村3 顺序5", "17 digits: county 6, township 3, village 3, serial 5" } },
	{ .key = "card_no", .label = { "电子健康卡", "Electronic health card" }, .on_form = { "健康卡", "Health card" },
	  .type = V_TEXT, .width = 24, .max = 64, .row = 11, .flags = FIELD_SENSITIVE,
	  .help = { "扫码所得, 原样保存", "As scanned, kept unchanged" } },
	{ .key = "household", .label = { "家庭", "Household" }, .type = V_REF, .ref = "household", .width = 20, .row = 12,
	  .flags = FIELD_LISTED },
	{ .key = "household_relation", .label = { "与户主关系", "Relation to the head" },
	  .on_form = { "与户主关系", "Relation" }, .type = V_CODE, .codes = relation_codes, .row = 12,
	  .source = "GB/T 4761" },
	{ .key = "filed_on", .label = { "建档日期", "File opened on" }, .type = V_DATE, .width = 10, .row = 13,
	  .required = REQUIRED_COMPLETE },
	{ .key = "filed_by", .label = { "建档人", "File opened by" }, .on_form = { "建档人", "by" }, .type = V_TEXT,
	  .width = 12, .max = 50, .row = 13 },
	{ .key = "filed_org", .label = { "建档单位", "File opened at" }, .on_form = { "建档单位", "at" }, .type = V_TEXT,
	  .width = 18, .max = 100, .row = 13 },
	{ .key = "responsible_doctor", .label = { "责任医生", "Responsible doctor" }, .type = V_REF, .ref = "staff",
	  .width = 14, .row = 14, .required = REQUIRED_COMPLETE, .flags = FIELD_LISTED },

	/* ---- personal basic information */
	{ .key = "workplace", .label = { "工作单位", "Workplace" }, .type = V_TEXT, .width = 30, .max = 100, .page = 2, .row = 20,
	  .help = { "退休写最后的单位, 没有就写无", "Retired: the last one; none: say so" } },
	{ .key = "residence_type", .label = { "常住类型", "Residence" }, .type = V_CODE, .codes = residence_codes,
	  .page = 2, .row = 20, .required = REQUIRED_COMPLETE,
	  .help = { "住满半年就是常住", "Living here for half a year or more" } },
	{ .key = "ethnicity", .label = { "民族", "Ethnic group" }, .type = V_CODE, .codes = ethnicity_codes,
	  .page = 2, .row = 21, .required = REQUIRED_COMPLETE, .source = "GB/T 3304" },
	{ .key = "ethnicity_other", .label = { "其他民族名称", "Other ethnic group" }, .on_form = { "名称", "Name" },
	  .type = V_TEXT, .width = 14, .max = 30, .page = 2, .row = 21 },
	{ .key = "abo", .label = { "血型", "Blood group (ABO)" }, .on_form = { "血型", "ABO" }, .type = V_CODE, .codes = abo_codes,
	  .page = 2, .row = 22 },
	{ .key = "rh", .label = { "RH", "Rh" }, .type = V_CODE, .codes = rh_codes, .page = 2, .row = 22,
	  .help = { "2017版: 1阴性 2阳性; 老表(2009 2011)的1、2意思相反",
	            "Edition 2017: 1 negative, 2 positive; the forms of 2009 and 2011 mean the opposite" } },
	{ .key = "education", .label = { "文化程度", "Education" }, .type = V_CODE, .codes = education_codes,
	  .page = 2, .row = 23, .required = REQUIRED_COMPLETE },
	{ .key = "marital", .label = { "婚姻状况", "Marital status" }, .type = V_CODE, .codes = marital_codes,
	  .page = 2, .row = 23, .required = REQUIRED_COMPLETE },
	{ .key = "occupation", .label = { "职业", "Occupation" }, .type = V_CODE, .codes = occupation_codes,
	  .page = 2, .row = 24, .required = REQUIRED_COMPLETE },
	{ .key = "payment", .label = { "医疗费用支付方式", "Payment of medical care" }, .on_form = { "支付方式", "Payment" },
	  .type = V_CODES, .codes = payment_codes, .page = 2, .row = 25, .required = REQUIRED_COMPLETE },
	{ .key = "payment_other", .label = { "其他支付方式", "Other payment" }, .on_form = { "其他", "Other" }, .type = V_TEXT,
	  .width = 16, .max = 60, .page = 2, .row = 25 },
	{ .key = "drug_allergy", .label = { "药物过敏史", "Drug allergy" }, .type = V_CODES, .codes = drug_allergy_codes,
	  .page = 2, .row = 26, .required = REQUIRED_COMPLETE },
	{ .key = "drug_allergy_other", .label = { "其他过敏药物", "Other drug allergy" }, .on_form = { "其他", "Other" },
	  .type = V_TEXT, .width = 20, .max = 100, .page = 2, .row = 26 },
	{ .key = "exposure", .label = { "暴露史", "Exposure" }, .type = V_CODES, .codes = exposure_codes, .page = 2,
	  .row = 27, .required = REQUIRED_COMPLETE },
	{ .key = "past_disease", .label = { "既往史 疾病", "Past disease" }, .type = V_LIST, .form = &past_disease_form,
	  .page = 2, .required = REQUIRED_COMPLETE },
	{ .key = "has_surgery", .label = { "手术", "Surgery" }, .type = V_CODE, .codes = none_some_codes, .page = 2,
	  .row = 29, .required = REQUIRED_COMPLETE },
	{ .key = "has_trauma", .label = { "外伤", "Injury" }, .type = V_CODE, .codes = none_some_codes, .page = 2,
	  .row = 29, .required = REQUIRED_COMPLETE },
	{ .key = "has_transfusion", .label = { "输血", "Transfusion" }, .type = V_CODE, .codes = none_some_codes,
	  .page = 2, .row = 29, .required = REQUIRED_COMPLETE },
	{ .key = "past_surgery", .label = { "手术名称和时间", "Operations" }, .on_form = { "手术", "Operations" },
	  .type = V_LIST, .form = &event_form, .page = 2 },
	{ .key = "past_trauma", .label = { "外伤名称和时间", "Injuries" }, .on_form = { "外伤", "Injuries" },
	  .type = V_LIST, .form = &event_form, .page = 2 },
	{ .key = "past_transfusion", .label = { "输血原因和时间", "Transfusions" }, .on_form = { "输血", "Transfusions" },
	  .type = V_LIST, .form = &event_form, .page = 2 },

	/* ---- family, disability, home */
	{ .key = "family_father", .label = { "家族史 父亲", "Family history: father" }, .on_form = { "父亲", "Father" },
	  .type = V_CODES, .codes = family_codes, .page = 3, .row = 40, .required = REQUIRED_COMPLETE,
	  .help = { "11是先天畸形, 与既往史的11不同", "11 is a congenital malformation here, unlike in past disease" } },
	{ .key = "family_father_other", .label = { "父亲 其他疾病", "Father: other disease" }, .on_form = { "其他", "Other" },
	  .type = V_TEXT, .width = 14, .max = 60, .page = 3, .row = 40 },
	{ .key = "family_mother", .label = { "家族史 母亲", "Family history: mother" }, .on_form = { "母亲", "Mother" },
	  .type = V_CODES, .codes = family_codes, .page = 3, .row = 41, .required = REQUIRED_COMPLETE,
	  .help = { "11是先天畸形, 与既往史的11不同", "11 is a congenital malformation here, unlike in past disease" } },
	{ .key = "family_mother_other", .label = { "母亲 其他疾病", "Mother: other disease" }, .on_form = { "其他", "Other" },
	  .type = V_TEXT, .width = 14, .max = 60, .page = 3, .row = 41 },
	{ .key = "family_siblings", .label = { "家族史 兄弟姐妹", "Family history: siblings" },
	  .on_form = { "兄弟姐妹", "Siblings" }, .type = V_CODES, .codes = family_codes, .page = 3, .row = 42,
	  .required = REQUIRED_COMPLETE,
	  .help = { "11是先天畸形, 与既往史的11不同", "11 is a congenital malformation here, unlike in past disease" } },
	{ .key = "family_siblings_other", .label = { "兄弟姐妹 其他疾病", "Siblings: other disease" },
	  .on_form = { "其他", "Other" }, .type = V_TEXT, .width = 14, .max = 60, .page = 3, .row = 42 },
	{ .key = "family_children", .label = { "家族史 子女", "Family history: children" }, .on_form = { "子女", "Children" },
	  .type = V_CODES, .codes = family_codes, .page = 3, .row = 43, .required = REQUIRED_COMPLETE,
	  .help = { "11是先天畸形, 与既往史的11不同", "11 is a congenital malformation here, unlike in past disease" } },
	{ .key = "family_children_other", .label = { "子女 其他疾病", "Children: other disease" }, .on_form = { "其他", "Other" },
	  .type = V_TEXT, .width = 14, .max = 60, .page = 3, .row = 43 },
	{ .key = "genetic", .label = { "遗传病史", "Hereditary disease" }, .on_form = { "遗传病史", "Hereditary" }, .type = V_CODE,
	  .codes = none_some_codes, .page = 3, .row = 44, .required = REQUIRED_COMPLETE },
	{ .key = "genetic_text", .label = { "遗传病名称", "Name of the hereditary disease" }, .on_form = { "疾病名称", "which" },
	  .type = V_TEXT, .width = 30, .max = 100, .page = 3, .row = 44 },
	{ .key = "disability", .label = { "残疾情况", "Disability" }, .type = V_CODES, .codes = disability_codes,
	  .page = 3, .row = 45, .required = REQUIRED_COMPLETE },
	{ .key = "disability_other", .label = { "其他残疾", "Other disability" }, .on_form = { "其他", "Other" }, .type = V_TEXT,
	  .width = 14, .max = 60, .page = 3, .row = 45 },
	{ .key = "kitchen_exhaust", .label = { "厨房排风设施", "Kitchen ventilation" }, .type = V_CODE, .codes = exhaust_codes,
	  .page = 3, .row = 46, .required = REQUIRED_COMPLETE },
	{ .key = "livestock", .label = { "禽畜栏", "Livestock pen" }, .type = V_CODE, .codes = livestock_codes,
	  .page = 3, .row = 46, .required = REQUIRED_COMPLETE },
	{ .key = "fuel", .label = { "燃料类型", "Fuel" }, .type = V_CODE, .codes = fuel_codes, .page = 3, .row = 47,
	  .required = REQUIRED_COMPLETE },
	{ .key = "fuel_other", .label = { "其他燃料", "Other fuel" }, .on_form = { "其他", "Other" }, .type = V_TEXT, .width = 14,
	  .max = 30, .page = 3, .row = 47 },
	{ .key = "water", .label = { "饮水", "Drinking water" }, .type = V_CODE, .codes = water_codes, .page = 3,
	  .row = 48, .required = REQUIRED_COMPLETE },
	{ .key = "water_other", .label = { "其他饮水", "Other water" }, .on_form = { "其他", "Other" }, .type = V_TEXT,
	  .width = 14, .max = 30, .page = 3, .row = 48 },
	{ .key = "toilet", .label = { "厕所", "Toilet" }, .type = V_CODE, .codes = toilet_codes, .page = 3,
	  .row = 49, .required = REQUIRED_COMPLETE },
	{ .key = "key_flags", .label = { "重点人群标记", "Key groups" }, .on_form = { "重点人群", "Key groups" }, .type = V_CODES,
	  .codes = key_flag_codes, .page = 3, .row = 50, .flags = FIELD_SENSITIVE },

	/* ---- whether the person is here */
	{ .key = "status", .label = { "在管状态", "Status" }, .type = V_CODE, .codes = status_codes, .page = 4,
	  .row = 60, .flags = FIELD_LISTED },
	{ .key = "away_since", .label = { "外出日期", "Away since" }, .type = V_DATE, .width = 10, .page = 4, .row = 61 },
	{ .key = "away_back", .label = { "预计返回", "Expected back" }, .type = V_DATE, .width = 10, .page = 4, .row = 61,
	  .flags = FIELD_FUTURE },
	{ .key = "away_where", .label = { "外出地点", "Away where" }, .on_form = { "去哪里", "Where" }, .type = V_TEXT,
	  .width = 20, .max = 100, .page = 4, .row = 61 },
	{ .key = "home_until", .label = { "返乡在家至", "At home until" }, .type = V_DATE, .width = 10, .page = 4, .row = 62,
	  .flags = FIELD_FUTURE, .help = { "过年过节回家住几天, 过后仍算外出", "Home for the holidays; away again afterwards" } },
	{ .key = "moved_on", .label = { "迁出日期", "Moved out on" }, .type = V_DATE, .width = 10, .page = 4, .row = 63 },
	{ .key = "moved_why", .label = { "迁出原因", "Why moved out" }, .on_form = { "原因", "why" }, .type = V_CODE,
	  .codes = move_codes, .page = 4, .row = 63 },
	{ .key = "moved_to", .label = { "迁往何处", "Moved to" }, .type = V_TEXT, .width = 36, .max = 120, .page = 4, .row = 64 },
	{ .key = "died_on", .label = { "死亡日期", "Died on" }, .type = V_DATE, .width = 10, .page = 4, .row = 65 },
	{ .key = "death_cause", .label = { "死亡原因", "Cause of death" }, .type = V_TEXT, .width = 36, .max = 120, .page = 4,
	  .row = 65 },
	{ .key = "lost_on", .label = { "失访日期", "Lost since" }, .type = V_DATE, .width = 10, .page = 4, .row = 66 },
	{ .key = "lost_attempts", .label = { "找过几次", "Attempts to find him" }, .on_form = { "找过几次", "attempts" },
	  .type = V_INT, .width = 2, .page = 4, .row = 66, .hard = { 0, 99 },
	  .help = { "打电话、上门、托人, 一共几次没找到", "Calls, visits, messages: how often in vain" } },
	{ .key = "lost_how", .label = { "怎么找的", "How looked for" }, .type = V_CODES, .codes = lost_how_codes, .page = 4,
	  .row = 71 },
	{ .key = "lost_reason", .label = { "失访原因", "Why lost" }, .type = V_TEXT, .width = 40, .max = 120, .page = 4,
	  .row = 72 },
	{ .key = "moved_in_on", .label = { "迁入日期", "Moved in on" }, .type = V_DATE, .width = 10, .page = 4, .row = 67 },
	{ .key = "moved_in_why", .label = { "迁入原因", "Why moved in" }, .on_form = { "原因", "why" }, .type = V_CODE,
	  .codes = move_codes, .page = 4, .row = 67 },
	{ .key = "moved_in_from", .label = { "从何处迁入", "Moved in from" }, .type = V_TEXT, .width = 36, .max = 120, .page = 4,
	  .row = 68, .help = { "嫁入、迁入: 老档案在哪里", "Where the older file is kept" } },
	{ .key = "phone_state", .label = { "电话能否打通", "Telephone number works" }, .on_form = { "电话状态", "Phone works" },
	  .type = V_CODE, .codes = phone_state_codes, .page = 4, .row = 69 },
	{ .key = "note", .label = { "备注", "Note" }, .type = V_TEXT, .width = 60, .max = 500, .page = 4, .row = 70 },
	{ .key = "identifiers", .label = { "其他号码", "Other numbers" }, .type = V_LIST, .form = &identifier_form, .page = 4 },

	/* ---- set by merging and its opposite only */
	{ .key = "replaced_by", .label = { "并入", "Merged into" }, .type = V_REF, .ref = "resident",
	  .page = 4, .flags = FIELD_HIDDEN | FIELD_READONLY },
	{ .key = "replaces", .label = { "并入的档案", "Merged files" }, .type = V_LIST, .form = &replaced_form,
	  .page = 4, .flags = FIELD_HIDDEN | FIELD_READONLY },
};

const struct form_def resident_form = {
	.code = "resident", .edition = "2017", .title = { "个人基本信息表", "Personal basic information" },
	.fields = fields, .n_fields = N_ELEMENTS(fields),
	.needed = resident_needed, .compute = resident_compute, .check = resident_check,
};
