#!/bin/sh
# timeout: 180
# A hypertension sheet with every field filled by keys, read back by `get` and compared with the paper field by field.
. tests/pty/lib.sh
need_tmux

fill_first_page() {
	typed oyqj && press F7 && shows 随访日期 || return 1
	typed 11                        # mode, informant
	typed 26 && press Enter         # symptoms
	typed 152/88 && press Enter && typed 150/86 && press Enter
	typed 2 && press Down           # danger sign
	typed 耳鸣 && press Enter
	typed 61.5 && press Enter && typed 60 && press Enter
	typed 78 && press Enter && typed 颈静脉怒张 && press Enter
	typed 5 && press Enter && typed 0 && press Enter
	typed 1.5 && press Enter && typed 0.5 && press Enter
	typed 4/30/7/40 && press Enter
	typed 21 && typed 12            # salt, mind, compliance
	typed '县医院 10-30 血脂' && press Enter
	typed 2 && typed 2              # adherence, adverse reaction
	typed '缬沙坦 头晕' && press Enter
	typed 2                         # class
	shows '第2/2页' && shows 改动理由
}
fill_second_page() {
	typed 氨氯地平 && press Enter && typed 5mg && press Enter && typed 1 && press Enter && typed 1片 && press Enter
	typed 卡托普利 && press Enter && typed 25mg && press Enter && typed 3 && press Enter && typed 半片 && press Enter
	press Enter
	typed 两次不满意 && press Enter && typed 练习县医院 && press Enter && typed 心内科 && press Enter
	typed 1206 && press Enter       # next date
	press Enter                     # signature
	typed 血压未达标 && press Enter # why another class than proposed
	typed 158 && press Enter
	typed 151/87 && press Enter && typed 140/85 && press Enter
	typed 2 && typed 左室肥厚 && press Enter
	typed 3 && typed 4              # risk, next step
	typed 1 && typed XF-17 && press Enter
	press F2 && shows 已保存
}
equal_to_the_paper() {
	id=$(newest followup "$JU")
	got followup "$id" >"$TMPDIR/have"
	while IFS= read -r want; do
		grep -qxF -- "$want" "$TMPDIR/have" || {
			echo "paper: $want"
			echo "stored: $(grep "^${want%%:*}: " "$TMPDIR/have")"
			bad=1
		}
	done <<-'END'
	date: "2026-11-22"
	mode: "1"
	informant: "1"
	symptoms: ["2","6"]
	symptoms_other: "耳鸣"
	sbp: 152
	dbp: 88
	sbp2: 150
	dbp2: 86
	sbp3: 151
	dbp3: 87
	sbp_mean: 151
	dbp_mean: 87
	danger: ["2"]
	weight: 61.5
	weight_target: 60.0
	height: 158.0
	bmi: 24.64
	bmi_target: 24.03
	hr: 78
	signs: "颈静脉怒张"
	smoking: 5
	smoking_target: 0
	drinking: 1.5
	drinking_target: 0.5
	exercise_times: 4
	exercise_minutes: 30
	exercise_times_target: 7
	exercise_minutes_target: 40
	salt: "2"
	salt_target: "1"
	mind: "1"
	compliance: "2"
	tests: "县医院 10-30 血脂"
	adherence: "2"
	adr: "2"
	adr_other: "缬沙坦 头晕"
	class: "2"
	class_reason: "血压未达标"
	drugs: [{"name":"氨氯地平","strength":"5mg","times":1,"dose":"1片"},{"name":"卡托普利","strength":"25mg","times":3,"dose":"半片"}]
	referral_reason: "两次不满意"
	referral_org: "练习县医院"
	referral_dept: "心内科"
	next_due: "2026-12-06"
	home_sbp: 140
	home_dbp: 85
	complication: "2"
	complication_other: "左室肥厚"
	risk: "3"
	plan: "4"
	place: "1"
	paper_no: "XF-17"
	entered_late: "1"
	action: "EMERGENCY_REFER"
	END
	[ -z "$bad" ]
}

clinic "$TMPDIR/clinic" && start "$TMPDIR/clinic"
ok "fields: the first page is filled by keys" fill_first_page
ok "fields: the second page too" fill_second_page
ok "fields: what get prints equals the paper, field by field" equal_to_the_paper
done_testing
