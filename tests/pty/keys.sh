#!/bin/sh
# timeout: 180
# How many keys the daily work takes, counted as they are sent to the terminal.
. tests/pty/lib.sh
need_tmux
HOME=$TMPDIR
export HOME

with_one_reading() {
	count_from_here
	typed oyqj && press F7 && shows 随访日期 && typed 111 && press Enter && typed 15187 && press Enter Enter
	typed 61.5 && press Enter && typed k && typed 78 && press Enter Enter Enter && typed 11 && press Enter F2
	shows 已保存 && at_most 32
	echo "# follow-up with one reading: $KEYS keys" >&3
}
complete() {
	lacks=$(got followup "$(newest followup "$JU")" | grep -o '"code":"incomplete"')
	[ -z "$lacks" ] || { echo "$lacks"; got followup "$(newest followup "$JU")"; return 1; }
}
referral() {
	count_from_here
	press F6 && shows 转诊日期 && typed 2 && press F2 && shows 已保存 && at_most 12
	echo "# referral from it: $KEYS keys" >&3
}
with_two_readings() {
	home || return 1
	count_from_here
	typed oyqj && press F7 && shows 随访日期 && typed 111 && press Enter && typed 152/88 && press Enter && typed 150/86 && press Enter
	typed 61.5 && press Enter && typed k && typed 78 && press Enter Enter Enter && typed 11 && press Enter F2
	shows 找人 && shows 151/87 && at_most 40 && [ "$(how_many followup "$JU")" -eq 3 ]
	echo "# follow-up with two readings: $KEYS keys" >&3
}
# Beside the eighteen characters of the number and the three of the name.
registration() {
	home || return 1
	count_from_here
	press F4 && shows 个人基本信息表 && typed 350299196103050124 && press Enter && typed 林海生 && press Enter F2
	shows 已保存 && at_most $((18 + 3 + 8)) && got resident "$(cunyi --json find 林海生 | id_of)" | grep -qx 'birth_date: "\?1961-03-05"\?'
	status=$?
	echo "# registration: $((KEYS - 18 - 3)) keys beside number and name" >&3
	return $status
}
contract() {
	home && typed oyqj && press Enter && shows 时间线 || return 1
	count_from_here
	typed s && shows 服务包 && typed 1,2 && press Enter && typed 01 && press F2 && shows 已保存 && at_most 12
	echo "# contract: $KEYS keys" >&3
}
workbook() {
	home || return 1
	count_from_here
	press F9 && shows 指标 && press F9 && shows 报表写到 && press Enter && shows 已写好 && at_most 5 &&
		[ -s "$HOME/cunyi-2026-10.xlsx" ]
	echo "# month's workbook: $KEYS keys" >&3
}
exchange() {
	home || return 1
	count_from_here
	press F5 && shows 县平台网址 && at_most 1
	echo "# exchange: $KEYS key" >&3
}

exec 3>&1
clinic "$TMPDIR/clinic" && start "$TMPDIR/clinic"
ok "keys: a complete follow-up with one reading, 32 at most" with_one_reading
ok "keys: it is complete" complete
ok "keys: the referral from it, 12 at most" referral
ok "keys: a complete follow-up with two readings, 40 at most" with_two_readings
ok "keys: a registration, 8 at most beside number and name" registration
ok "keys: a contract, 12 at most" contract
ok "keys: the month's workbook, 5 at most" workbook
ok "keys: the exchange, 1" exchange
done_testing
