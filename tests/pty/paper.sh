#!/bin/sh
# timeout: 120
# Situation 6 at full speed: a pile of paper typed without looking: all keys of the pile and of two sheets are sent at once, faster than anybody types, and
# every one of them arrives.
. tests/pty/lib.sh
need_tmux

second_person() {
	YUE=$(save resident '{"name":"欧阳秋月","sex":"2","birth_date":"1957-09-09","village":"上坂","group":"2"}' | id_of)
	[ -n "$YUE" ] && save enrolment "{\"resident\":\"$YUE\",\"programme\":\"htn\",\"enrolled_on\":\"2021-03-03\"}" >/dev/null
}
burst() {
	press Down && shows J下一人 || return 1
	mux send-keys : b l Enter 1 1 - 0 5 Enter 1 1 Enter 2 Enter \
		o y q j Enter 1 1 Enter 1 5 1 / 8 7 Enter Enter F2 \
		o y q y Enter 1 1 Enter 1 2 8 / 7 8 Enter Enter F2
	shows 这一叠录完了
}
both_stored() {
	values followup "$(newest followup "$JU")" | grep -q '^sbp: 151$' &&
		values followup "$(newest followup "$YUE")" | grep -q '^sbp: 128$'
}
late() {
	for who in $JU $YUE; do
		values followup "$(newest followup "$who")" >"$TMPDIR/sheet"
		grep -q '^date: "2026-11-05"$' "$TMPDIR/sheet" && grep -q '^entered_late: "2"$' "$TMPDIR/sheet" || { cat "$TMPDIR/sheet"; return 1; }
	done
}
# The same sheet once more is asked about.
twice() {
	mux send-keys o y q y Enter 1 1 Enter 1 2 8 / 7 8 Enter Enter F2
	shows 真的是第二次吗 && press 2 Escape && shows 下一张 && [ "$(how_many followup "$YUE")" -eq 1 ]
}

clinic "$TMPDIR/clinic" && second_person && start "$TMPDIR/clinic"
ok "paper: no key is lost when a pile and two sheets are typed ahead" burst
ok "paper: both sheets are stored as typed" both_stored
ok "paper: with the day of the paper, as entered late" late
ok "paper: a sheet that is typed twice is asked about" twice
done_testing
