/* 接诊记录表 of the resident's file (national norm, 2017): what he says, what is found, what it is, what is done. */
#include "app/clinic/forms/paper_int.h"

/* clang-format off */

static const struct paper_line lines[] = {
	{ PAPER_TITLE, { 0 }, { "接诊记录表", "Reception record" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "姓名: {resident.name|walkin_name}    性别: {resident.sex|walkin_sex}    "
	  "年龄: {resident.age|walkin_age}    编号: {resident.tail}",
	  "Name: {resident.name|walkin_name}    Sex: {resident.sex|walkin_sex}    "
	  "Age: {resident.age|walkin_age}    File no.: {resident.tail}" }, 0, NULL },
	{ PAPER_BOX, { "就诊者的主观资料", "Subjective" },
	  { "?主诉: {complaint}\n?现病史: {history}\n?发病日期: {onset_date}\n?病史陈述者: {informant}",
	    "?Complaint: {complaint}\n?Present history: {history}\n?Onset: {onset_date}\n?Informant: {informant}" }, 7, NULL },
	{ PAPER_BOX, { "就诊者的客观资料", "Objective" },
	  { "?体温: {temperature}    脉率: {pulse}    呼吸: {resp}\n?血压: {sbp} / {dbp}\n"
	    "?身高: {height}    体重: {weight}    腰围: {waist}\n?血氧: {spo2}    血糖: {glucose} {glucose_kind}\n?查体: {exam_findings}",
	    "?Temperature: {temperature}    Pulse: {pulse}    Respiration: {resp}\n?BP: {sbp} / {dbp}\n"
	    "?Height: {height}    Weight: {weight}    Waist: {waist}\n?SpO2: {spo2}    Glucose: {glucose} {glucose_kind}\n"
	    "?Findings: {exam_findings}" }, 8, NULL },
	{ PAPER_BOX, { "评估", "Assessment" }, { "{diagnosis}", "{diagnosis}" }, 5, NULL },
	{ PAPER_BOX, { "处置计划", "Plan" },
	  { "?处理: {treatment}\n?处方: {prescriptions}\n?医嘱: {orders}", "?Treatment: {treatment}\n?Prescription: {prescriptions}\n?Orders: {orders}" }, 9, NULL },
	{ PAPER_LINE, { 0 }, { "接诊机构: {clinic.name}", "Institution: {clinic.name}" }, 0, NULL },
	{ PAPER_LINE, { 0 }, { "医生签字: {doctor} ________    接诊日期: {date}", "Doctor's signature: {doctor} ________    Date: {date}" }, 2, NULL },
};

const struct paper_layout visit_paper = { KIND_VISIT, lines, N_ELEMENTS(lines) };
