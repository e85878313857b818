#!/bin/sh
# timeout: 180
# A visit with every field filled by keys, read back by `get` and compared with the paper field by field; then F7 goes on to
# the follow-up with what was measured, and bad values are told with a sentence and keep what was typed.
. tests/pty/lib.sh
need_tmux

fill_first_page() {
	typed oyqj && press F8 && shows 门诊就诊 || return 1
	typed 11                                   # who tells it, place; the kind of visit stands there
	typed 1119 && press Enter                  # onset
	typed 咽痛咳嗽3天 && press Enter
	typed '受凉后起病, 无发热' && press Enter
	typed 152/88 && press Enter
	typed 78 && press Enter && typed 36.8 && press Enter && typed 18 && press Enter
	typed 61.5 && press Enter && typed 158 && press Enter && typed 84 && press Enter && typed 97 && press Enter
	typed 6.1 && press Enter && typed 2        # fasting
	typed 咽部充血 && press Enter
	typed gxy && press Enter && shows 原发性高血压 && press Enter && typed 1
	typed j029 && press Enter && shows 急性咽炎 && press Enter && typed 1
	press Enter                                # no third diagnosis
	typed '多饮水, 休息' && press Enter
	shows '第2/2页'
}
fill_second_page() {
	typed 氨氯地平 && press Enter && typed 5mg && press Enter    # form and route follow from the name
	typed 1 && press Enter && press Enter && typed 1 && press Enter && typed 7 && press Enter && typed 7 && press Enter
	press Enter && press Enter                 # no skin test, no note
	press Enter                                # no second drug
	typed 1 && typed 1 && press Enter          # ordinary, valid today
	press Enter && press Enter                 # no long prescription
	typed 三天后复诊 && press Enter
	typed 24 && press Enter                    # guidance of Chinese medicine, herbs
	typed 1                                    # nothing to report
	typed 12.50 && press Enter
	press Enter && typed MZ-17 && press Enter
	typed lxy && press Enter                   # who gave them out
	press F2 && shows 已保存
}
equal_to_the_paper() {
	id=$(newest visit "$JU")
	got visit "$id" >"$TMPDIR/have"
	while IFS= read -r want; do
		grep -qxF -- "$want" "$TMPDIR/have" || {
			echo "paper: $want"
			echo "stored: $(grep "^${want%%:*}: " "$TMPDIR/have")"
			bad=1
		}
	done <<-'END'
	date: "2026-11-22"
	first_or_repeat: "1"
	informant: "1"
	place: "1"
	onset_date: "2026-11-19"
	complaint: "咽痛咳嗽3天"
	history: "受凉后起病, 无发热"
	sbp: 152
	dbp: 88
	pulse: 78
	temperature: 36.8
	resp: 18
	weight: 61.5
	height: 158.0
	waist: 84.0
	spo2: 97
	glucose: 6.1
	glucose_kind: "2"
	exam_findings: "咽部充血"
	diagnosis: [{"icd10":"I10","text":"原发性高血压","certainty":"1"},{"icd10":"J02.9","text":"急性咽炎","certainty":"1"}]
	treatment: "多饮水, 休息"
	prescriptions: [{"name":"氨氯地平","form":"1","strength":"5mg","route":"1","dose":1.00,"unit":"片","times_per_day":1,"days":7,"quantity":7.0,"quantity_unit":"片"}]
	rx_kind: "1"
	rx_valid_days: 1
	orders: "三天后复诊"
	tcm: ["2","4"]
	infectious_report: "1"
	fee: 1250
	paper_no: "MZ-17"
	status: "finished"
	END
	[ -z "$bad" ] || { cat "$TMPDIR/have"; return 1; }
}

clinic "$TMPDIR/clinic" && start "$TMPDIR/clinic"
ok "visit: the first page is filled by keys" fill_first_page
ok "visit: the second page too" fill_second_page
ok "visit: what get prints equals the paper, field by field" equal_to_the_paper

goes_on() {
	home && typed oyqj && press F7 && shows 随访日期 && shows 今天量过的已带入 && shows 152
}
ok "visit: the follow-up begins with what was measured today" goes_on
done_testing
