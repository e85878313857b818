#!/bin/sh
# timeout: 120
# Situation 5: a wrong person picked, found after saving: the record moves to the right one in one step, with history on both.
. tests/pty/lib.sh
need_tmux

other_person() {
	YUE=$(save resident '{"name":"欧阳秋月","sex":"2","birth_date":"1957-09-09","village":"上坂","group":"2"}' | id_of)
	[ -n "$YUE" ] && save enrolment "{\"resident\":\"$YUE\",\"programme\":\"htn\",\"enrolled_on\":\"2021-03-03\"}" >/dev/null
}
wrong_one() {
	typed oyqy && press F7 && shows 随访日期 && typed 111 && press Enter && typed 133/81 && press Enter Enter F2
	shows '高血压随访 133/81'
	WRONG=$(newest followup "$YUE")
	[ -n "$WRONG" ] && echo "$WRONG" >"$TMPDIR/wrong"
}
moved() {
	home && typed oyqy && press Enter && shows 时间线 && shows 133/81 && press Enter && shows 收缩压 || return 1
	press m && shows 找 && typed oyqj && shows 欧阳秋菊 && press Enter || return 1
	shows 欧阳秋菊 && press 1
	shows '欧阳秋菊'
	i=0
	until cunyi --json get followup "$(cat "$TMPDIR/wrong")" | grep -q "\"resident\":\"$JU\""; do
		[ $i -lt 50 ] || { cunyi --json get followup "$(cat "$TMPDIR/wrong")"; return 1; }
		i=$((i + 1))
		sleep 0.1
	done
}
only_there() {
	[ "$(how_many followup "$YUE")" -eq 0 ] && [ "$(how_many followup "$JU")" -eq 2 ]
}
history_tells() { cunyi history followup "$(cat "$TMPDIR/wrong")" | grep -q 欧阳秋菊 && cunyi history followup "$(cat "$TMPDIR/wrong")" | grep -q 欧阳秋月; }
both_classified() {
	cunyi --json get enrolment "$(newest enrolment "$YUE")" >/dev/null
	cunyi --json worklist --date 2027-03-01 | grep -c "$JU" | grep -q 1
}

clinic "$TMPDIR/clinic" && other_person && start "$TMPDIR/clinic"
ok "moved: a follow-up is saved for the wrong one of two alike names" wrong_one
ok "moved: M on the record moves it to the right one" moved
ok "moved: it is gone there and stands here" only_there
ok "moved: the history names both" history_tells
ok "moved: what is due follows the record" both_classified
done_testing
