#!/bin/sh
# timeout: 240
# Two computers of a clinic by keys alone: one becomes the hub and shows a code, the other joins with it, and takes its place when it is
# gone.
. tests/pty/drive.sh
first=$TMUX_DIR/first second=$TMUX_DIR/second
holder() { cat "$1/hub.lock" 2>/dev/null; }
stop_all() { for d in "$first" "$second"; do kill "$(holder "$d")" 2>/dev/null; done; }
trap 'stop_all; tm kill-server 2>/dev/null; rm -rf "$TMUX_DIR"' EXIT
make_clinic() {
	"$CUNYI" --data "$1" init --org 350299101 --name 东村卫生室 --region 350299101 >/dev/null
	"$CUNYI" --data "$1" user add "$2" --no "$3" --role 1 >/dev/null
}
use() { # DIR STAFF: the program's screen there, on the page of the hub
	DATA=$1
	START_ARGS="--lang zh --as $2" start
	sees "the screen of $2" '找人'
	keys Down
	keys :
	typed zhuji
	keys Enter
	sees "the page of the hub" '院内主机'
}
answer_here() { # on this computer alone, at any port: tests run side by side
	sees "alone" '单独使用'
	keys 2 Enter
	sees "where it answers" '0.0.0.0:7653'
	keys C-u
	typed 127.0.0.1:
	keys Enter
	sees "what is none is refused" '不能用作监听地址'
	sees "and what was typed stays" '127.0.0.1:'
	typed 0
	keys Enter
	sees "is kept" '127.0.0.1:0'
}
role() { "$CUNYI" --data "$1" --json hub | sed 's/.*"role":"\([a-z]*\)".*/\1/'; }
signal_hub() { # SIGNAL DIR: what answers there, and what it does apart
	kill "-$1" "$(holder "$2")" $(pgrep -P "$(holder "$2")")
}
arrives() { # DIR NAME: looked for again and again for ten seconds
	until=$(($(date +%s) + 10))
	while [ "$(date +%s)" -lt $until ]; do
		"$CUNYI" --data "$1" --json find "$2" | grep -q "$2" && return 0
	done
	return 1
}
make_clinic "$first" 李医生 H1
make_clinic "$second" 陈医生 D1
printf '{"name":"王秀英","sex":"2","birth_date":"1950-01-02","confirm":["name","birth_date"]}' |
	"$CUNYI" --data "$first" --as H1 --json save resident - >/dev/null

use "$first" H1
sees "alone" '单独使用'
keys 2 Enter C-u
typed 192.0.2.1:7653
keys Enter
sees "another network's address may be typed" '192.0.2.1:7653'
keys 1 Enter
sees "it cannot answer there, and the page says where to mend that" '应答的地址"'
gone "it says no option of a command" '--listen'
answer_here
keys 1 Enter
sees "it is the hub" '正在应答其他电脑'
sees "and says so" '正在运行'
check "as the command says" test "$(role "$first")" = hub
keys 1 Enter
sees "the code" '还有 15 分钟有效'
code=$(screen | sed -n 's/.*加入码: \([A-Z0-9-]*\).*/\1/p')
address=$(screen | sed -n 's/.*主机地址: \([0-9.:]*\).*/\1/p')
tm kill-session

use "$second" D1
answer_here
keys 3 Enter
sees "the address is asked" '主机的地址'
typed "$address"
keys Enter
sees "and the code" '显示的加入码'
typed K7PM
keys Enter
sees "a code cut short is refused, and what follows is an example" '例如: K7PM-4TQ9-XW2A'
keys 3 Enter Enter
sees "and the code is asked again" '显示的加入码'
typed AAAA-BBBB-CCCC
keys Enter
sees "a wrong code: which row on the hub shows one" '"让一台电脑加入"'
gone "and no command" 'cunyi hub'
keys 3 Enter
sees "the address is kept" "$address"
keys Enter
sees "and the code is asked again" '显示的加入码'
typed "$code"
keys Enter
sees "it has joined" '已加入主机'
check "as the command says" test "$(role "$second")" = member
check "what the hub has comes, although its screen is closed" arrives "$second" 王秀英
signal_hub STOP "$first"
keys F5
sees "without a county it is the hub that is exchanged with" '和主机交换'
signal_hub CONT "$first"
sees "and is told of" '送到主机'
kill "$(holder "$first")"
keys 2 Enter
sees "what it means to take its place" '再也不能用了吗'
keys 1
sees "it is the hub now" '是主机'
sees "and answers" '正在运行'
check "as the command says" test "$(role "$second")" = hub
keys 2 Enter
sees "and stops when it is told" '没有运行'
finish
