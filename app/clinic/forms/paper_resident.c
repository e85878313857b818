/* 居民健康档案 (national norm, 2017): the cover, the personal basic information form, the information card.  What is handed over
 * when somebody moves away. */
#include "app/clinic/forms/paper_int.h"

/* clang-format off */

static const struct paper_line lines[] = {
	{ PAPER_LINE, { 0 }, { "编号 {file_no}", "Number {file_no}" }, 0, NULL },
	{ PAPER_TITLE, { 0 }, { "居民健康档案", "Resident's health file" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "姓    名: {name}", "Name: {name}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "现 住 址: {address}", "Address: {address}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "户籍地址: {registered_address}", "Registered at: {registered_address}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "联系电话: {phone|contact_phone}", "Telephone: {phone|contact_phone}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "村(居)委会名称: {village}", "Village: {village}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "建档单位: {filed_org|clinic.name}", "File opened at: {filed_org|clinic.name}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "建 档 人: {filed_by}", "File opened by: {filed_by}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "责任医生: {responsible_doctor}", "Responsible doctor: {responsible_doctor}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "建档日期: {filed_on}", "File opened on: {filed_on}" }, 2, NULL },
	{ .part = PAPER_PAGE, .label = { "个人基本信息表", "Basic information" } },
	PAPER_T("个人基本信息表", "Personal basic information"),
	PAPER_L("姓名: {name}    编号: {file_no}", "Name: {name}    Number: {file_no}"),
	PAPER_A("sex"),
	PAPER_P("birth_date workplace"),
	PAPER_A("id_number"),
	PAPER_A("phone"),
	PAPER_P("contact_name contact_phone"),
	PAPER_A("residence_type"),
	PAPER_F("民族", "Ethnic group", "{ethnicity} {ethnicity_other}", "{ethnicity} {ethnicity_other}"),
	PAPER_A("abo rh education occupation marital payment drug_allergy exposure"),
	PAPER_S("既往史", "Past"),
	PAPER_F("疾病", "Disease", "{past_disease}", "{past_disease}"),
	PAPER_A_TEXT("has_surgery", "{past_surgery}", "{past_surgery}"),
	PAPER_A_TEXT("has_trauma", "{past_trauma}", "{past_trauma}"),
	PAPER_A_TEXT("has_transfusion", "{past_transfusion}", "{past_transfusion}"),
	PAPER_S("家族史", "Family"),
	PAPER_A("family_father family_mother family_siblings family_children"),
	PAPER_S("", ""),
	PAPER_A_TEXT("genetic", "疾病名称 {genetic_text}", "which {genetic_text}"),
	PAPER_A("disability"),
	PAPER_S("生活环境", "Home"),
	PAPER_A("kitchen_exhaust fuel water toilet livestock"),

	{ .part = PAPER_PAGE, .label = { "信息卡", "Card" } },
	{ PAPER_TITLE, { 0 }, { "居民健康档案信息卡", "Health-file card" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "姓名 {name}    性别 {sex}    出生日期 {birth_date}", "Name {name}    sex {sex}    born {birth_date}" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "健康档案编号 {file_no}", "File number {file_no}" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "ABO血型 {abo#}    RH血型 {rh#}", "ABO {abo#}    Rh {rh#}" }, 0, NULL },
	{ PAPER_BOX, { "慢性病患病情况", "Chronic diseases" }, { "{past_disease}", "{past_disease}" }, 2, NULL },
	{ PAPER_BOX, { "过敏史", "Allergy" }, { "{drug_allergy} {drug_allergy_other}", "{drug_allergy} {drug_allergy_other}" }, 1, NULL },
	{ PAPER_LINE, { 0 }, { "家庭住址 {address}    家庭电话 {phone}", "Address {address}    telephone {phone}" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "紧急情况联系人 {contact_name}    联系人电话 {contact_phone}",
	  "In an emergency {contact_name}    telephone {contact_phone}" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "建档机构 {filed_org|clinic.name}    责任医生或护士 {responsible_doctor}",
	  "File kept at {filed_org|clinic.name}    doctor or nurse {responsible_doctor}" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "其他说明 {note}", "Remarks {note}" }, 0, NULL },
};

const struct paper_layout resident_paper = { KIND_RESIDENT, lines, N_ELEMENTS(lines) };
