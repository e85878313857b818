/* 双向转诊单 (national norm, 2017): the stub 存根 that stays, the sheet 转出单 that goes with the patient. */
#include "app/clinic/forms/paper_int.h"

/* clang-format off */

static const struct paper_line lines[] = {
	{ PAPER_TITLE, { 0 }, { "存    根", "Stub" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "转诊单号: {number}", "Number: {number}" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "患者姓名 {resident.name}    性别 {resident.sex}    年龄 {resident.age}    档案编号 {resident.file_no}",
	  "Patient {resident.name}    sex {resident.sex}    age {resident.age}    file number {resident.file_no}" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "家庭住址 {resident.place}    联系电话 {resident.phone}",
	  "Address {resident.place}    telephone {resident.phone}" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "于 {date} 因病情需要, 转入 {to_org|to_org_text} 单位 {to_department} 科室 {to_doctor} 接诊医生。",
	  "was referred on {date} to {to_org|to_org_text}, department {to_department}, doctor {to_doctor}." }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "转诊医生(签字): {from_doctor} ________    {date}", "Referring doctor (signature): {from_doctor} ________    {date}" }, 2, NULL },
	{ PAPER_CUT, { 0 }, { 0 }, 0, NULL },
	{ PAPER_TITLE, { 0 }, { "双向转诊(转出)单", "Referral" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "{to_org|to_org_text} (机构名称):", "To {to_org|to_org_text}:" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "    现有患者 {resident.name}    性别 {resident.sex}    年龄 {resident.age}    "
	  "因病情需要, 需转入贵单位, 请予以接诊。",
	  "    The patient {resident.name}, {resident.sex}, {resident.age}, needs your care. "
	  "Please receive this patient." }, 0, NULL },
	{ PAPER_BOX, { "缓急", "Urgency" }, { "{urgency}    转诊原因: {reason} {reason_other}",
	  "{urgency}    Reasons: {reason} {reason_other}" }, 1, NULL },
	{ PAPER_BOX, { "初步印象", "Impression" }, { "{impression}", "{impression}" }, 3, NULL },
	{ PAPER_BOX, { "主要现病史(转出原因)", "Present illness, why referred" }, { "{present_illness}", "{present_illness}" }, 5, NULL },
	{ PAPER_BOX, { "主要既往史", "Past history" }, { "{history}", "{history}" }, 4, NULL },
	{ PAPER_BOX, { "治疗经过", "Treatment so far" }, { "{treatment}", "{treatment}" }, 5, NULL },
	{ PAPER_LINE, { 0 }, { "转诊医生(签字): {from_doctor} ________    联系电话: {from_phone}",
	  "Referring doctor (signature): {from_doctor} ________    Telephone: {from_phone}" }, 2, NULL },
	{ PAPER_LINE, { 0 }, { "{from_org|clinic.name} (机构名称)    {date}", "{from_org|clinic.name}    {date}" }, 0, NULL },
};

const struct paper_layout referral_paper = { KIND_REFERRAL, lines, N_ELEMENTS(lines) };
