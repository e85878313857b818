#!/bin/sh
# timeout: 240
# A yearly examination with every item of the paper filled by keys, read back by `get` and compared field by field.
. tests/pty/lib.sh
need_tmux

# enters 61.5 78 ...: each followed by Enter
enters() {
	for v in "$@"; do
		typed "$v" && press Enter
	done
}

general_condition() {
	typed oyqj && press Enter && shows 欧阳秋菊 && typed :tijian && press Enter && shows 01无症状 || return 1
	typed 03,25 && press Enter      # symptoms: a code of two digits, and the other with its text
	enters 腰酸
	enters 36.5 72 18               # temperature, pulse, respiration
	typed 146/88 && press Enter && typed 142/86 && press Enter
	enters 158 62.5 86
	typed 2 && typed 1 && typed 1   # her own view, self-care, cognition
	typed 2 && enters 12            # mood: positive, with the score
	shows 1荤素均衡
}
way_of_life() {
	typed 2 && enters 30            # exercise, minutes; years and what kind are passed
	typed 14 && press Enter         # diet
	typed 2 && enters 20 50         # stopped smoking: from, until
	typed 2 && enters 0.5 25        # drinks now and then: a day, from
	typed 1 && typed 2              # drinks on; not drunk
	typed 12 && press Enter
	typed 2 && enters 石匠 12
	typed 1 && enters 石粉 && typed 2 && enters 口罩 && press Enter
	shows 1红润
}
organs() {
	typed 1                         # lips
	typed 23 && press Enter && enters '67|--|--|7' '--|6|--|--'
	typed 1                         # pharynx
	enters 0.6 0.8
	typed 1 && typed 1              # hearing, movement
	typed 2 && enters 动脉硬化      # fundus
	typed 1 && typed 1 && typed 1   # skin, sclera, lymph nodes
	shows 1否
}
physical() {
	typed 1 && typed 1 && typed 1   # chest, breath, rales
	enters 72 && typed 2            # heart rate, rhythm
	typed 2 && enters 收缩期2级
	typed 11111                     # abdomen
	typed 4 && typed 2 && typed 1 && typed 1 && press Enter
	shows 妇科
}
tests_first() {
	typed 11111                     # gynaecology
	press Enter                     # other findings
	enters 128 5.6 210 - - - +
	enters 6.38
	typed 2 && enters 房颤
	enters 6.1
	typed 11
	shows 谷丙
}
tests_second() {
	enters 21 24.5 43 12.6 4.1 62.4 5.12 4.05 141 5.21 1.62 3.11 1.27
	typed 1 && typed 2 && enters 脂肪肝
	typed 1 && typed 1 && press Enter
	shows 脑血管疾病
}
problems() {
	typed 1 && press Enter
	typed 1 && press Enter
	typed 6 && press Enter
	typed 1 && press Enter
	typed 4 && press Enter
	typed 11
	shows 住院史
}
treatment() {
	enters 2026-03-02 2026-03-09 肺炎 县医院 ZY-1 && press Enter
	press Enter                     # no home bed
	enters 氨氯地平 口服 1日1次1片 12个月 && typed 1 && press Enter
	enters 流感疫苗 2025-10-20 卫生院 && press Enter
	shows 健康评价
}
judgement() {
	typed 2 && enters 心电图房颤 脂肪肝 && press Enter
	typed 12 && press Enter
	typed 1345 && press Enter
	enters 60                       # target weight
	enters 见异常
	typed 1122 && press Enter && typed 1 && typed 1
	enters 家属陪同
	press F2 && shows 已保存
}
equal_to_the_paper() {
	id=$(newest exam "$JU")
	got exam "$id" >"$TMPDIR/have"
	while IFS= read -r want; do
		grep -qxF -- "$want" "$TMPDIR/have" || {
			echo "paper: $want"
			echo "stored: $(grep "^${want%%:*}: " "$TMPDIR/have")"
			bad=1
		}
	done <<-'END'
	date: "2026-11-22"
	programmes: ["htn","elderly"]
	symptoms: ["03","25"]
	symptoms_other: "腰酸"
	temperature: 36.5
	pulse: 72
	resp: 18
	left_sbp: 146
	left_dbp: 88
	right_sbp: 142
	right_dbp: 86
	sbp: 146
	dbp: 88
	height: 158.0
	weight: 62.5
	waist: 86.0
	bmi: 25.04
	self_rated: "2"
	self_care: "1"
	cognition: "1"
	emotion: "2"
	emotion_score: 12
	exercise: "2"
	exercise_minutes: 30
	diet: ["1","4"]
	smoking_status: "2"
	smoking_from_age: 20
	smoking_quit_age: 50
	drinking_status: "2"
	drinking: 0.5
	drinking_from_age: 25
	drinking_stopped: "1"
	drunk: "2"
	drinks: ["1","2"]
	occupational: "2"
	occupational_work: "石匠"
	occupational_years: 12
	hazards: [{"hazard":"1","name":"石粉","protection":"2","measure":"口罩"}]
	lips: "1"
	teeth: ["2","3"]
	teeth_missing: "67|--|--|7"
	teeth_caries: "--|6|--|--"
	pharynx: "1"
	vision_left: 0.6
	vision_right: 0.8
	hearing: "1"
	movement: "1"
	fundus: "2"
	fundus_other: "动脉硬化"
	skin: "1"
	sclera: "1"
	lymph: "1"
	barrel_chest: "1"
	breath: "1"
	rales: "1"
	hr: 72
	rhythm: "2"
	murmur: "2"
	murmur_other: "收缩期2级"
	tenderness: "1"
	mass: "1"
	liver: "1"
	spleen: "1"
	dullness: "1"
	oedema: "4"
	rectal: "2"
	vulva: "1"
	vagina: "1"
	cervix: "1"
	uterus: "1"
	adnexa: "1"
	hb: 128
	wbc: 5.6
	plt: 210
	urine_protein: "-"
	urine_sugar: "-"
	urine_ketone: "-"
	urine_blood: "+"
	fpg: 6.38
	ecg: "2"
	ecg_other: "房颤"
	hba1c: 6.1
	stool_blood: "1"
	hbsag: "1"
	alt: 21.0
	ast: 24.5
	albumin: 43.0
	tbil: 12.6
	dbil: 4.1
	creatinine: 62.4
	urea: 5.12
	potassium: 4.05
	sodium: 141.0
	tc: 5.21
	tg: 1.62
	ldl: 3.11
	hdl: 1.27
	chest_xray: "1"
	abdominal_us: "2"
	abdominal_us_other: "脂肪肝"
	other_us: "1"
	cervical_smear: "1"
	brain: ["1"]
	kidney: ["1"]
	heart: ["6"]
	vessel: ["1"]
	eye: ["4"]
	nervous: "1"
	other_system: "1"
	stays: [{"from":"2026-03-02","to":"2026-03-09","reason":"肺炎","institution":"县医院","record_no":"ZY-1"}]
	drugs: [{"name":"氨氯地平","usage":"口服","dose":"1日1次1片","duration":"12个月","adherence":"1"}]
	vaccinations: [{"name":"流感疫苗","date":"2025-10-20","institution":"卫生院"}]
	evaluation: "2"
	abnormalities: [{"text":"心电图房颤"},{"text":"脂肪肝"}]
	guidance: ["1","2"]
	risk_control: ["1","3","4","5"]
	weight_target: 60.0
	result_summary: "见异常"
	feedback_date: "2026-11-22"
	feedback_how: "1"
	feedback_to: "1"
	note: "家属陪同"
	END
	[ -z "$bad" ]
}

clinic "$TMPDIR/clinic" && start "$TMPDIR/clinic"
ok "exam: symptoms and general condition by keys" general_condition
ok "exam: way of life; what does not apply is passed" way_of_life
ok "exam: organs" organs
ok "exam: physical examination" physical
ok "exam: blood, urine, ECG" tests_first
ok "exam: laboratory and pictures" tests_second
ok "exam: problems found so far" problems
ok "exam: stays, drugs, vaccinations" treatment
ok "exam: judgement, guidance, result given back; saved" judgement
ok "exam: what get prints equals the paper, field by field" equal_to_the_paper
done_testing
