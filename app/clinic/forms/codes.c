/* Code lists that several forms share. */
#include "app/clinic/forms/codes.h"

/* clang-format off */

/* GB/T 2261.1 */
const struct code sex_codes[] = {
	{ .code = "0", .term = { "未知", "Unknown" } },
	{ .code = "1", .term = { "男", "Male" } },
	{ .code = "2", .term = { "女", "Female" } },
	{ .code = "9", .term = { "未说明", "Not stated" } },
	{ .code = NULL },
};

/* As the paper prints it */
const struct code yes_no_codes[] = {
	{ .code = "1", .term = { "否", "No" } },
	{ .code = "2", .term = { "是", "Yes" } },
	{ .code = NULL },
};

/* "none / some" of the paper */
const struct code none_some_codes[] = {
	{ .code = "1", .term = { "无", "None" } },
	{ .code = "2", .term = { "有", "Yes" } },
	{ .code = NULL },
};

/* Who gave the account */
const struct code informant_codes[] = {
	{ .code = "1", .term = { "本人", "The person" } },
	{ .code = "2", .term = { "家属代述", "A relative" } },
	{ .code = NULL },
};

/* Where the service took place */
const struct code place_codes[] = {
	{ .code = "1", .term = { "门诊", "Clinic" } },
	{ .code = "2", .term = { "上门", "Home" } },
	{ .code = "3", .term = { "集市", "Market" } },
	{ .code = "4", .term = { "体检点", "Examination site" } },
	{ .code = "5", .term = { "电话", "Telephone" } },
	{ .code = NULL },
};

/* GB/T 4761, first digit */
const struct code relation_codes[] = {
	{ .code = "0", .term = { "户主", "Head" } },
	{ .code = "1", .term = { "配偶", "Spouse" } },
	{ .code = "2", .term = { "子", "Son" } },
	{ .code = "3", .term = { "女", "Daughter" } },
	{ .code = "4", .term = { "孙子女", "Grandchild" } },
	{ .code = "5", .term = { "父母", "Parent" } },
	{ .code = "6", .term = { "祖父母", "Grandparent" } },
	{ .code = "7", .term = { "兄弟姐妹", "Sibling" } },
	{ .code = "8", .term = { "其他", "Other relative" } },
	{ .code = NULL },
};

/* CV02.01.101, types of identity document */
const struct code document_codes[] = {
	{ .code = "01", .term = { "居民身份证", "Resident identity card" } },
	{ .code = "02", .term = { "居民户口簿", "Household register" } },
	{ .code = "03", .term = { "护照", "Passport" } },
	{ .code = "04", .term = { "军官证", "Officer's card" } },
	{ .code = "05", .term = { "驾驶证", "Driving licence" } },
	{ .code = "06", .term = { "港澳居民来往内地通行证", "Travel permit, Hong Kong and Macao" } },
	{ .code = "07", .term = { "台湾居民来往内地通行证", "Travel permit, Taiwan" } },
	{ .code = "99", .term = { "其他法定有效证件", "Other legal document" } },
	{ .code = NULL },
};

/* Numbers that name a person: the documents, and what is not one */
const struct code identifier_codes[] = {
	{ .code = "01", .term = { "居民身份证", "Resident identity card" } },
	{ .code = "02", .term = { "居民户口簿", "Household register" } },
	{ .code = "03", .term = { "护照", "Passport" } },
	{ .code = "04", .term = { "军官证", "Officer's card" } },
	{ .code = "05", .term = { "驾驶证", "Driving licence" } },
	{ .code = "06", .term = { "港澳居民来往内地通行证", "Travel permit, Hong Kong and Macao" } },
	{ .code = "07", .term = { "台湾居民来往内地通行证", "Travel permit, Taiwan" } },
	{ .code = "21", .term = { "出生医学证明", "Birth certificate" } },
	{ .code = "22", .term = { "居民健康卡", "Health card" } },
	{ .code = "23", .term = { "电子健康卡", "Electronic health card" } },
	{ .code = "24", .term = { "健康档案编号", "Health-file number" } },
	{ .code = "90", .term = { "临时编号", "Temporary number" } },
	{ .code = "99", .term = { "其他证件", "Other document" } },
	{ .code = NULL },
};

/* GB/T 3304 */
const struct code ethnicity_codes[] = {
	{ .code = "01", .term = { "汉族", "Han" } },
	{ .code = "02", .term = { "蒙古族", "Mongol" } },
	{ .code = "03", .term = { "回族", "Hui" } },
	{ .code = "04", .term = { "藏族", "Tibetan" } },
	{ .code = "05", .term = { "维吾尔族", "Uygur" } },
	{ .code = "06", .term = { "苗族", "Miao" } },
	{ .code = "07", .term = { "彝族", "Yi" } },
	{ .code = "08", .term = { "壮族", "Zhuang" } },
	{ .code = "09", .term = { "布依族", "Buyei" } },
	{ .code = "10", .term = { "朝鲜族", "Korean" } },
	{ .code = "11", .term = { "满族", "Manchu" } },
	{ .code = "12", .term = { "侗族", "Dong" } },
	{ .code = "13", .term = { "瑶族", "Yao" } },
	{ .code = "14", .term = { "白族", "Bai" } },
	{ .code = "15", .term = { "土家族", "Tujia" } },
	{ .code = "16", .term = { "哈尼族", "Hani" } },
	{ .code = "17", .term = { "哈萨克族", "Kazak" } },
	{ .code = "18", .term = { "傣族", "Dai" } },
	{ .code = "19", .term = { "黎族", "Li" } },
	{ .code = "20", .term = { "傈僳族", "Lisu" } },
	{ .code = "21", .term = { "佤族", "Va" } },
	{ .code = "22", .term = { "畲族", "She" } },
	{ .code = "23", .term = { "高山族", "Gaoshan" } },
	{ .code = "24", .term = { "拉祜族", "Lahu" } },
	{ .code = "25", .term = { "水族", "Sui" } },
	{ .code = "26", .term = { "东乡族", "Dongxiang" } },
	{ .code = "27", .term = { "纳西族", "Naxi" } },
	{ .code = "28", .term = { "景颇族", "Jingpo" } },
	{ .code = "29", .term = { "柯尔克孜族", "Kirgiz" } },
	{ .code = "30", .term = { "土族", "Tu" } },
	{ .code = "31", .term = { "达斡尔族", "Daur" } },
	{ .code = "32", .term = { "仫佬族", "Mulao" } },
	{ .code = "33", .term = { "羌族", "Qiang" } },
	{ .code = "34", .term = { "布朗族", "Blang" } },
	{ .code = "35", .term = { "撒拉族", "Salar" } },
	{ .code = "36", .term = { "毛南族", "Maonan" } },
	{ .code = "37", .term = { "仡佬族", "Gelao" } },
	{ .code = "38", .term = { "锡伯族", "Xibe" } },
	{ .code = "39", .term = { "阿昌族", "Achang" } },
	{ .code = "40", .term = { "普米族", "Pumi" } },
	{ .code = "41", .term = { "塔吉克族", "Tajik" } },
	{ .code = "42", .term = { "怒族", "Nu" } },
	{ .code = "43", .term = { "乌孜别克族", "Uzbek" } },
	{ .code = "44", .term = { "俄罗斯族", "Russian" } },
	{ .code = "45", .term = { "鄂温克族", "Ewenki" } },
	{ .code = "46", .term = { "德昂族", "De'ang" } },
	{ .code = "47", .term = { "保安族", "Bonan" } },
	{ .code = "48", .term = { "裕固族", "Yugur" } },
	{ .code = "49", .term = { "京族", "Gin" } },
	{ .code = "50", .term = { "塔塔尔族", "Tatar" } },
	{ .code = "51", .term = { "独龙族", "Derung" } },
	{ .code = "52", .term = { "鄂伦春族", "Oroqen" } },
	{ .code = "53", .term = { "赫哲族", "Hezhen" } },
	{ .code = "54", .term = { "门巴族", "Moinba" } },
	{ .code = "55", .term = { "珞巴族", "Lhoba" } },
	{ .code = "56", .term = { "基诺族", "Jino" } },
	{ .code = "97", .term = { "其他", "Other" }, .other = true },
	{ .code = "98", .term = { "外国血统中国籍", "Chinese citizen of foreign descent" } },
	{ .code = NULL },
};

/* Work of a member of staff */
const struct code staff_role_codes[] = {
	{ .code = "1", .term = { "村医", "Village doctor" } },
	{ .code = "2", .term = { "全科医生", "General practitioner" } },
	{ .code = "3", .term = { "护士", "Nurse" } },
	{ .code = "4", .term = { "公卫医师", "Public-health doctor" } },
	{ .code = "5", .term = { "管理员", "Administrator" } },
	{ .code = "6", .term = { "专科医生", "Specialist" } },
	{ .code = "7", .term = { "助理", "Assistant" } },
	{ .code = NULL },
};

/* What is promised and credited */
const struct code service_item_codes[] = {
	{ .code = "1", .term = { "健康档案", "Health file" } },
	{ .code = "2", .term = { "健康体检", "Examination" } },
	{ .code = "3", .term = { "定期随访", "Follow-up" } },
	{ .code = "4", .term = { "健康教育", "Education" } },
	{ .code = "5", .term = { "健康指导", "Guidance" } },
	{ .code = "6", .term = { "健康咨询", "Advice" } },
	{ .code = "7", .term = { "用药指导", "Drug guidance" } },
	{ .code = "8", .term = { "中医体质辨识", "TCM constitution" } },
	{ .code = "9", .term = { "中医药保健指导", "TCM guidance" } },
	{ .code = "10", .term = { "0-36月龄中医药指导", "TCM guidance, 0-36 months" } },
	{ .code = "11", .term = { "孕期保健", "Antenatal care" } },
	{ .code = "12", .term = { "产后访视", "Postpartum visit" } },
	{ .code = "13", .term = { "预防接种", "Vaccination" } },
	{ .code = NULL },
};

/* How somebody who cannot be found was looked for */
const struct code lost_how_codes[] = {
	{ .code = "1", .term = { "打电话", "By telephone" } },
	{ .code = "2", .term = { "上门", "At his home" } },
	{ .code = "3", .term = { "问家属邻居", "Asked family, neighbours" } },
	{ .code = "4", .term = { "问村干部", "Asked the village office" } },
	{ .code = "5", .term = { "短信微信", "By message" } },
	{ .code = NULL },
};

/* How the times of a service are spread */
const struct code service_per_codes[] = {
	{ .code = "1", .term = { "全期", "in all" } },
	{ .code = "2", .term = { "每年", "a year" } },
	{ .code = "3", .term = { "每半年", "a half-year" } },
	{ .code = "4", .term = { "每季", "a quarter" } },
	{ .code = "5", .term = { "每月", "a month" } },
	{ .code = NULL },
};

/* How somebody signed */
const struct code sign_method_codes[] = {
	{ .code = "1", .term = { "签字", "Signature" } },
	{ .code = "2", .term = { "手印", "Thumb print" } },
	{ .code = "3", .term = { "电子签名", "Electronic signature" } },
	{ .code = NULL },
};

/* Computed, so they are words: the keys of keygroup.h. */
const struct code key_group_codes[] = {
	{ .code = "elderly", .term = { "65岁及以上老年人", "People of 65 and over" } },
	{ .code = "child", .term = { "0-6岁儿童", "Children 0-6" } },
	{ .code = "pregnant", .term = { "孕产妇", "Pregnant and postpartum women" } },
	{ .code = "disabled", .term = { "残疾人", "Disabled people" } },
	{ .code = "poverty", .term = { "脱贫人口", "People lifted out of poverty" } },
	{ .code = "family_planning", .term = { "计划生育特殊家庭", "Special family-planning families" } },
	{ .code = "htn", .term = { "高血压患者", "Hypertension" } },
	{ .code = "dm", .term = { "2型糖尿病患者", "Type-2 diabetes" } },
	{ .code = "tb", .term = { "肺结核患者", "Tuberculosis" } },
	{ .code = "mental", .term = { "严重精神障碍患者", "Severe mental disorder" } },
	{ .code = "copd", .term = { "慢阻肺患者", "COPD" } },
	{ .code = NULL },
};
