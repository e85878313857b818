#!/bin/sh
# timeout: 120
# Situation 4 by real keys: she is called, refuses, and it is written down; the day's task is closed without a service,
# and comes back on the day that was agreed.
. tests/pty/lib.sh
need_tmux

on_list() { cunyi --json worklist --date "$1" | grep -q "$JU"; }
called() {
	typed oyqj && press Enter && shows 时间线 && press p && shows '100 0000 5151' && press 7 && shows 拒绝记录
}
written() {
	press 1 Enter && typed 不量血压 && press Enter 2 Enter && press F2
	shows 已保存
}
stored() {
	values refusal "$(newest refusal "$JU")" >"$TMPDIR/refusal"
	for want in 'what: "1"' 'detail: "不量血压"' 'reason: "2"' 'ask_again: "2026-12-22"' 'date: "2026-11-22"'; do
		grep -qF "$want" "$TMPDIR/refusal" || { echo "not stored: $want"; cat "$TMPDIR/refusal"; return 1; }
	done
	[ "$(how_many call "$JU")" -eq 1 ] && [ "$(how_many followup "$JU")" -eq 1 ]
}
closed() { on_list 2026-11-22 && return 1; on_list 2026-12-22; }
# One key and a yes: the whole of it is taken back.
taken_back() {
	mux send-keys C-z && shows 撤回 && press 1 && shows 已撤回 && on_list 2026-11-22
}

clinic "$TMPDIR/clinic" && start "$TMPDIR/clinic"
ok "refused: she is due" on_list 2026-11-22
ok "refused: the call leads on to the refusal" called
ok "refused: it is written down" written
ok "refused: as it was said, and no service besides" stored
ok "refused: closed until the agreed day" closed
ok "refused: the same day one key takes it back" taken_back
done_testing
