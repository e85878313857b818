#!/bin/sh
# timeout: 120
# Two laptops of a van by real keys: what one wrote to a stick on the exchange page, the other takes in there.
. tests/pty/drive.sh

STICK=$TMUX_DIR/usb
mkdir -p "$STICK/cards"
other() { "$CUNYI" --data "$TMUX_DIR/other" --lang zh "$@"; }
to_the_page() {
	keys Down
	typed :
	typed 同步
	keys Enter
	sees "$1" 'O写U盘 I读U盘'
}

# A stick of this machine may stand there already.
clear_line() {
	keys End
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do keys BSpace BSpace BSpace BSpace BSpace; done
}

clinic_new 10
other demo --residents 3 --seed 9 --today 2026-11-22 >/dev/null
start
sees "it is open" '今日'
to_the_page "the exchange page"
sees "nobody is known yet" '还没有登记其他电脑'
typed o
sees "and it says what to do first" '两台都要做'
typed c
sees "it asks where our card goes" '本机名片写到U盘'
sees "and what to do with the stick" '找到U盘'
clear_line
typed "$STICK/cards"
keys Enter
sees "the mark for the telephone is shown" '核对码'
check "the card lies there" test -s "$(ls "$STICK"/cards/*.card | head -n 1)"
keys F4
clear_line
typed "$STICK/cards"
keys Enter
sees "only our own card: a sentence" '其他电脑的名片。'
other stick card "$STICK/cards" >/dev/null
keys F4
sees "it asks where the others' cards are" '读入其他电脑的名片'
clear_line
typed "$STICK/cards"
keys Enter
sees "the other is known, and its mark shown" '核对码'
other stick peer add "$STICK/cards" >/dev/null 2>&1
keys Escape
to_the_page "the page again"
sees "what is to be taken along" '待带走'
typed o
sees "it asks where the stick is" '写到U盘, 文件夹是'
clear_line
typed "$STICK"
keys Enter
sees "only when it was read back it may be unplugged" '可以拔出U盘'
sees "and the file is named with its folder" '-000001.cbx'
sees "it is carried, not confirmed" '待带走 0'
typed o
clear_line
typed /nowhere/at/all
keys Enter
sees "no such folder: a sentence, and what was typed stays" '/nowhere/at/all: 没有这个文件夹'
keys Escape
check "the other has everything" other stick in "$STICK"
check "and answers" other stick out "$STICK"
typed i
sees "it asks where the stick is" '从U盘读入, 文件夹是'
clear_line
typed "$STICK"
keys Enter
sees "taken in" '已读入'
sees "and confirmed" '未确认 0'

# A county that takes the call and says nothing: the stick does not wait for it.
perl -MIO::Socket::INET -e '
	my $l = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 5) or die;
	open my $f, ">", $ARGV[0] or die; print $f "http://127.0.0.1:" . $l->sockport . "\n"; close $f;
	while (my $c = $l->accept) { push @all, $c; open my $f, ">", $ARGV[1]; close $f; }
' "$TMUX_DIR/base" "$TMUX_DIR/called" &
county=$!
until [ -s "$TMUX_DIR/base" ]; do kill -0 $county || break; done
check "the county is set" "$CUNYI" --data "$DATA" county set --address "$(cat "$TMUX_DIR/base")"
keys F5
sees "the exchange begins" '正在同步'

typed i
sees "it asks where the stick is, while that goes on" '从U盘读入, 文件夹是'
clear_line
typed "$STICK"
keys Enter
sees "the stick goes first" '这里没有给本机的新文件'
kill $county
finish
