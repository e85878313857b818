#!/bin/sh
# `cunyi sync` and what else talks to a server, at a terminal: the process that talks has no terminal, cannot start programs and sees
# no other files, and yet the person at the terminal sees what it says.
. tests/pty/drive.sh
command -v tmux >/dev/null || { echo "1..0 # SKIP no tmux here"; exit 0; }

until_there() {
	i=0
	while [ ! -s "$1" ] && [ ! -e "$2" ]; do
		i=$((i + 1))
		[ $i -lt 400 ] || return 1
		sleep 0.05
	done
}
# A county, or hub, that takes the line and says nothing until it is told to.
county() {
	rm -f "$TMUX_DIR/port" "$TMUX_DIR/asked" "$TMUX_DIR/go"
	perl -MIO::Socket::INET -e '
		my $l = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1) or die;
		open my $f, ">", $ARGV[0] or die; print $f $l->sockport, "\n"; close $f;
		my $c = $l->accept; my $line = <$c>;
		open $f, ">", $ARGV[1] or die; close $f;
		select undef, undef, undef, 0.05 until -e $ARGV[2];
		print $c "HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n";
	' "$TMUX_DIR/port" "$TMUX_DIR/asked" "$TMUX_DIR/go" &
	county=$!
	until_there "$TMUX_DIR/port" /nonexistent
	url=http://127.0.0.1:$(cat "$TMUX_DIR/port")
}

# Two processes: the one at the terminal, and the one that talks.
field() { sed 's/.*) //' "/proc/$1/stat" | cut -d' ' -f"$2"; }
find_talker() {
	talker=
	for pid in $(pgrep -f -- "--data $DATA"); do
		[ -r "/proc/$pid/exe" ] && case $(readlink "/proc/$pid/exe") in *cunyi) [ "$(field "$pid" 5)" = 0 ] && talker=$pid ;; esac
	done
}
no_terminal() { [ -n "$talker" ] && ! ls -l "/proc/$talker/fd" | grep -E '/dev/(pts|tty|console)'; }
confined() {
	[ -n "$talker" ] && grep -E '^NoNewPrivs:.*1' "/proc/$talker/status" && grep -E '^Seccomp:.*2' "/proc/$talker/status"
}
limited() { [ -n "$talker" ] && grep -E '^Max core file size +0 ' "/proc/$talker/limits"; }
once() { screen; [ "$(screen | grep -c "$1")" = 1 ]; }
# What is typed, what is seen in the end.
talks() {
	START_ARGS=$1 what=${1%% http*}
	start
	check "$what: it asks" until_there /nonexistent "$TMUX_DIR/asked"
	find_talker
	check "$what: the one that talks has no terminal" no_terminal
	case $BUILD in
	*-asan) ok "$what: it is filtered # SKIP not with sanitizers" ;;
	*) check "$what: it gained no rights and is filtered" confined ;;
	esac
	check "$what: it leaves no core with patients in it" limited
	touch "$TMUX_DIR/go"
	sees "$what: and what it says is seen" "$2"
	ended "$what: with the status of the network" 4
	check "$what: once, although it is for screens and for people" once "$2"
	kill "$county" 2>/dev/null
}

clinic_new 20
county
talks "sync --county $url" '县平台忙, 请 2 分钟后再试'
county
talks "county probe $url" '县平台忙, 请 2 分钟后再试'
county
"$CUNYI" --data "$DATA" county set --address "$url" >/dev/null
talks 'county try' '县平台忙, 请 2 分钟后再试'
county
talks "hub join $url K7PM-4TQ9-XW2A" '不是本程序的主机'
START_ARGS="sync --bogus"
start
sees "what is wrong with the command is seen as well" '--county URL'
ended "with the status of usage" 2
finish
