/* 居民健康档案 (national norm, 2017): the cover, the personal basic information form, the information card.  What is handed over
 * when somebody moves away. */
#include "app/clinic/forms/paper_int.h"

/* clang-format off */

static const struct paper_line lines[] = {
	{ PAPER_LINE, { 0 }, { "编号 {file_no}", "Number {file_no}" }, 0 },
	{ PAPER_TITLE, { 0 }, { "居民健康档案", "Resident's health file" }, 0 },
	{ PAPER_LINE, { 0 }, { "姓    名: {name}", "Name: {name}" }, 2 },
	{ PAPER_LINE, { 0 }, { "现 住 址: {address}", "Address: {address}" }, 2 },
	{ PAPER_LINE, { 0 }, { "户籍地址: {registered_address}", "Registered at: {registered_address}" }, 2 },
	{ PAPER_LINE, { 0 }, { "联系电话: {phone|contact_phone}", "Telephone: {phone|contact_phone}" }, 2 },
	{ PAPER_LINE, { 0 }, { "村(居)委会名称: {village}", "Village: {village}" }, 2 },
	{ PAPER_LINE, { 0 }, { "建档单位: {filed_org|clinic.name}", "File opened at: {filed_org|clinic.name}" }, 2 },
	{ PAPER_LINE, { 0 }, { "建 档 人: {filed_by}", "File opened by: {filed_by}" }, 2 },
	{ PAPER_LINE, { 0 }, { "责任医生: {responsible_doctor}", "Responsible doctor: {responsible_doctor}" }, 2 },
	{ PAPER_LINE, { 0 }, { "建档日期: {filed_on}", "File opened on: {filed_on}" }, 2 },
	{ PAPER_CUT, { 0 }, { 0 }, 0 },

	{ PAPER_TITLE, { 0 }, { "个人基本信息表", "Personal basic information" }, 0 },
	{ PAPER_LINE, { 0 }, { "姓名 {name}    编号 {file_no}", "Name {name}    number {file_no}" }, 0 },
	{ PAPER_BOX, { "性别", "Sex" }, { "{sex#}    出生日期 {birth_date}", "{sex#}    born {birth_date}" }, 1 },
	{ PAPER_BOX, { "身份证号", "Identity number" }, { "{id_number}    工作单位 {workplace}", "{id_number}    workplace {workplace}" }, 1 },
	{ PAPER_BOX, { "本人电话", "Telephone" }, { "{phone}    联系人姓名 {contact_name}    联系人电话 {contact_phone}",
	  "{phone}    contact {contact_name}    telephone {contact_phone}" }, 1 },
	{ PAPER_BOX, { "常住类型", "Residence" }, { "{residence_type#}    民族 {ethnicity} {ethnicity_other}",
	  "{residence_type#}    ethnic group {ethnicity} {ethnicity_other}" }, 1 },
	{ PAPER_BOX, { "血型", "Blood group" }, { "{abo#}    RH {rh#}", "{abo#}    Rh {rh#}" }, 1 },
	{ PAPER_BOX, { "文化程度", "Education" }, { "{education#}", "{education#}" }, 2 },
	{ PAPER_BOX, { "职业", "Occupation" }, { "{occupation#}", "{occupation#}" }, 3 },
	{ PAPER_BOX, { "婚姻状况", "Marital status" }, { "{marital#}", "{marital#}" }, 1 },
	{ PAPER_BOX, { "医疗费用支付方式", "Payment" }, { "{payment#} {payment_other}", "{payment#} {payment_other}" }, 2 },
	{ PAPER_BOX, { "药物过敏史", "Drug allergy" }, { "{drug_allergy#} {drug_allergy_other}", "{drug_allergy#} {drug_allergy_other}" }, 1 },
	{ PAPER_BOX, { "暴露史", "Exposure" }, { "{exposure#}", "{exposure#}" }, 1 },
	{ PAPER_BOX, { "既往史 疾病", "Past disease" }, { "{past_disease}", "{past_disease}" }, 2 },
	{ PAPER_BOX, { "既往史 手术", "Surgery" }, { "{has_surgery#}\n?{past_surgery}", "{has_surgery#}\n?{past_surgery}" }, 1 },
	{ PAPER_BOX, { "既往史 外伤", "Injury" }, { "{has_trauma#}\n?{past_trauma}", "{has_trauma#}\n?{past_trauma}" }, 1 },
	{ PAPER_BOX, { "既往史 输血", "Transfusion" }, { "{has_transfusion#}\n?{past_transfusion}", "{has_transfusion#}\n?{past_transfusion}" }, 1 },
	{ PAPER_BOX, { "家族史", "Family history" },
	  { "父亲 {family_father} {family_father_other}    母亲 {family_mother} {family_mother_other}\n"
	    "兄弟姐妹 {family_siblings} {family_siblings_other}    子女 {family_children} {family_children_other}",
	    "father {family_father} {family_father_other}    mother {family_mother} {family_mother_other}\n"
	    "siblings {family_siblings} {family_siblings_other}    children {family_children} {family_children_other}" }, 2 },
	{ PAPER_BOX, { "遗传病史", "Hereditary disease" }, { "{genetic#} {genetic_text}", "{genetic#} {genetic_text}" }, 1 },
	{ PAPER_BOX, { "残疾情况", "Disability" }, { "{disability#} {disability_other}", "{disability#} {disability_other}" }, 2 },
	{ PAPER_BOX, { "生活环境", "Home" },
	  { "厨房排风设施 {kitchen_exhaust#}\n燃料类型 {fuel#} {fuel_other}\n饮水 {water#} {water_other}\n厕所 {toilet#}\n禽畜栏 {livestock#}",
	    "kitchen ventilation {kitchen_exhaust#}\nfuel {fuel#} {fuel_other}\nwater {water#} {water_other}\n"
	    "toilet {toilet#}\nlivestock {livestock#}" }, 5 },
	{ PAPER_CUT, { 0 }, { 0 }, 0 },

	{ PAPER_TITLE, { 0 }, { "居民健康档案信息卡", "Health-file card" }, 0 },
	{ PAPER_LINE, { 0 }, { "姓名 {name}    性别 {sex}    出生日期 {birth_date}", "Name {name}    sex {sex}    born {birth_date}" }, 0 },
	{ PAPER_LINE, { 0 }, { "健康档案编号 {file_no}", "File number {file_no}" }, 0 },
	{ PAPER_LINE, { 0 }, { "ABO血型 {abo#}    RH血型 {rh#}", "ABO {abo#}    Rh {rh#}" }, 0 },
	{ PAPER_BOX, { "慢性病患病情况", "Chronic diseases" }, { "{past_disease}", "{past_disease}" }, 2 },
	{ PAPER_BOX, { "过敏史", "Allergy" }, { "{drug_allergy} {drug_allergy_other}", "{drug_allergy} {drug_allergy_other}" }, 1 },
	{ PAPER_LINE, { 0 }, { "家庭住址 {address}    家庭电话 {phone}", "Address {address}    telephone {phone}" }, 0 },
	{ PAPER_LINE, { 0 }, { "紧急情况联系人 {contact_name}    联系人电话 {contact_phone}",
	  "In an emergency {contact_name}    telephone {contact_phone}" }, 0 },
	{ PAPER_LINE, { 0 }, { "建档机构 {filed_org|clinic.name}    责任医生或护士 {responsible_doctor}",
	  "File kept at {filed_org|clinic.name}    doctor or nurse {responsible_doctor}" }, 0 },
	{ PAPER_LINE, { 0 }, { "其他说明 {note}", "Remarks {note}" }, 0 },
};

const struct paper_layout resident_paper = { KIND_RESIDENT, lines, N_ELEMENTS(lines) };
