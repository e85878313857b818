/* 传染病报告卡 (2019) and 会诊记录表 (2017) as they are handed in and filed. */
#include "app/clinic/forms/paper_int.h"

/* clang-format off */

static const struct paper_line card[] = {
	{ PAPER_TITLE, { 0 }, { "中华人民共和国传染病报告卡", "Infectious disease report card" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "卡片编号: {number}    报卡类别: {card#}", "Card number: {number}    Kind: {card#}" }, 0, NULL },
	{ PAPER_BOX, { "患者", "Patient" },
	  { "姓名: {name}    (患儿家长姓名: {parent_name})\n有效证件号: {id_number}    性别: {sex#}\n"
	    "出生日期: {birth_date}    (如出生日期不详, 实足年龄: {age} 年龄单位: {age_unit#})\n"
	    "工作单位(学校): {workplace}    联系电话: {phone}",
	    "Name: {name}    (parent: {parent_name})\nID number: {id_number}    Sex: {sex#}\n"
	    "Born: {birth_date}    (if not known, age: {age} unit: {age_unit#})\n"
	    "Workplace, school: {workplace}    Telephone: {phone}" }, 4, NULL },
	{ PAPER_BOX, { "病人属于", "Belongs to" }, { "{belongs#}", "{belongs#}" }, 0, NULL },
	{ PAPER_BOX, { "现住址(详填)", "Address" }, { "{address}", "{address}" }, 2, NULL },
	{ PAPER_BOX, { "人群分类", "Group" }, { "{group#} {group_other}", "{group#} {group_other}" }, 3, NULL },
	{ PAPER_BOX, { "病例分类", "Case" }, { "{case_class#}\n{course#}", "{case_class#}\n{course#}" }, 2, NULL },
	{ PAPER_BOX, { "日期", "Dates" },
	  { "发病日期: {onset_date}    诊断日期: {date} {diagnosed_hour} 时    死亡日期: {death_date}",
	    "Onset: {onset_date}    Diagnosed: {date} {diagnosed_hour} h    Died: {death_date}" }, 0, NULL },
	{ PAPER_BOX, { "病种", "Disease" }, { "{disease}", "{disease}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "订正前病名: {corrected_from}", "Disease before the correction: {corrected_from}" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "报告单位: {clinic.name}    填卡医生: {doctor}    联系电话: {doctor_phone}    填卡日期: {card_date}",
	  "Institution: {clinic.name}    Doctor: {doctor}    Telephone: {doctor_phone}    Date: {card_date}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "报告时限: {deadline}    报告: {reported_on} {reported_hour} 时    {reported_how}    {reported_to}",
	  "Report by: {deadline}    Reported: {reported_on} {reported_hour} h    {reported_how}    {reported_to}" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "备注: {note}", "Note: {note}" }, 2, NULL },
};

static const struct paper_line consultation[] = {
	{ PAPER_TITLE, { 0 }, { "会诊记录表", "Consultation" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "姓名: {resident.name}    编号: {resident.tail}", "Name: {resident.name}    File no.: {resident.tail}" }, 0, NULL },
	{ PAPER_BOX, { "会诊原因", "Reason" }, { "{reason}", "{reason}" }, 9, NULL },
	{ PAPER_BOX, { "会诊意见", "Opinion" }, { "{opinion}", "{opinion}" }, 12, NULL },
	{ PAPER_BOX, { "会诊医生及其所在医疗卫生机构", "Doctors and their institutions" }, { "{doctors}\n\n签字: ", "{doctors}\n\nSignatures: " }, 7, NULL },
	{ PAPER_LINE, { 0 }, { "责任医生: {doctor} ________    会诊日期: {date}", "Responsible doctor: {doctor} ________    Date: {date}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "{clinic.name}", "{clinic.name}" }, 0, NULL },
};

const struct paper_layout notice_paper = { KIND_NOTICE, card, N_ELEMENTS(card) };
const struct paper_layout consultation_paper = { KIND_CONSULTATION, consultation, N_ELEMENTS(consultation) };
