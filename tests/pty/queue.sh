#!/bin/sh
# timeout: 180
# Situation 10: a power cut with a crowd waiting: people are taken in by their names alone, numbers go on after the restart, what yesterday
# left is offered in the morning, and the slips are written up later.
. tests/pty/lib.sh
need_tmux

json() { printf '%s' "$1" | tr "'" '"'; }
yesterday() { json "{'walkin_name':'$1','date':'2026-11-21','complaint':'$2'}" | cunyi save visit - >/dev/null; }
state_of() { cunyi sql --readonly "SELECT status FROM visit WHERE walkin_name = '$1'" | grep -q "$2"; }
number_of() { cunyi --json sql --readonly "SELECT queue_no FROM visit WHERE walkin_name = '$1' AND day = '2026-11-22'" | grep -q ":$2}"; }
queue() { home && press Down : && typed houzhen && press Enter && shows 候诊; }

clinic "$TMPDIR/data"
yesterday 甲某 头晕
yesterday 乙某 腹痛
start "$TMPDIR/data"

ok "the first screen names what yesterday left" shows 昨日未看完
left() {
	queue && shows 前几天还有2个没看完 || return 1
	typed 1 && press F2 && shows 前几天还有1个 && press Delete && shows 取消这次就诊 && typed 1 && hides 前几天还有
	state_of 甲某 finished || { cunyi sql --readonly "SELECT walkin_name, status FROM visit"; return 1; }
	state_of 乙某 cancelled
}
ok "one is finished, the other cancelled, by keys" left

known() {
	home && count_from_here
	typed oyqj && press F8 && shows 门诊就诊 && press F2 && shows '候诊 1号' && at_most 6
}
ok "a known person is taken in with at most 6 keys from the first screen" known

by_name() { queue && press F4 && typed 2 && typed "$1" && press Enter && shows "$2号: 已挂号"; }
ok "somebody by the name alone" by_name 王某 2

cut() {
	pid=$(mux display-message -p '#{pane_pid}')
	kill -9 $(pgrep -P "$pid")
	stop
}
ok "the power fails" cut
TMUX_SOCKET=$TMUX_SOCKET-again # the old server may still be leaving
ok "the program starts again" start "$TMPDIR/data"
ok "the numbers go on" by_name 李某 3

join() {
	queue && shows '李某(未对档)' && typed 3 && press m && typed oyqj && press Enter && shows 3号
	number_of 李某 3 && return 1
	hides '李某(未对档)'
}
ok "later the name is joined to its file" join

write_up() {
	typed 2 && press Enter && shows 门诊就诊 && shows 王某 || return 1
	press F2 && shows 已保存
	state_of 王某 in_progress || { cunyi sql --readonly "SELECT walkin_name, status FROM visit"; return 1; }
}
ok "a slip is typed in later" write_up
slips() { cunyi queue slips 8 --out "$TMPDIR/slips.xlsx" && [ "$(head -c 2 "$TMPDIR/slips.xlsx")" = PK ]; }
ok "numbered slips for the next power cut" slips
stop
done_testing
