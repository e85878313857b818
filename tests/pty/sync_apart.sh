#!/bin/sh
# `cunyi sync` at a terminal: the process that talks to the county has no terminal, cannot start programs and sees no other
# files, and yet the person at the terminal sees what it says.
. tests/pty/drive.sh
command -v tmux >/dev/null || { echo "1..0 # SKIP no tmux here"; exit 0; }

# A county that takes the line and says nothing until it is told to.
perl -MIO::Socket::INET -e '
	my $l = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1) or die;
	open my $f, ">", $ARGV[0] or die; print $f $l->sockport, "\n"; close $f;
	my $c = $l->accept; my $line = <$c>;
	open $f, ">", $ARGV[1] or die; close $f;
	select undef, undef, undef, 0.05 until -e $ARGV[2];
	print $c "HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n";
' "$TMUX_DIR/port" "$TMUX_DIR/asked" "$TMUX_DIR/go" &
county=$!
until_there() {
	i=0
	while [ ! -s "$1" ] && [ ! -e "$2" ]; do
		i=$((i + 1))
		[ $i -lt 400 ] || return 1
		sleep 0.05
	done
}
until_there "$TMUX_DIR/port" /nonexistent

clinic_new 20
START_ARGS="sync --county http://127.0.0.1:$(cat "$TMUX_DIR/port")"
start
check "it asks the county" until_there /nonexistent "$TMUX_DIR/asked"

# Two processes: the one at the terminal, and the one that talks.
field() { sed 's/.*) //' "/proc/$1/stat" | cut -d' ' -f"$2"; }
talker=
for pid in $(pgrep -f -- "--data $DATA"); do
	[ -r "/proc/$pid/exe" ] && case $(readlink "/proc/$pid/exe") in *cunyi) [ "$(field "$pid" 5)" = 0 ] && talker=$pid ;; esac
done
no_terminal() { [ -n "$talker" ] && ! ls -l "/proc/$talker/fd" | grep -E '/dev/(pts|tty|console)'; }
confined() {
	grep -E '^NoNewPrivs:.*1' "/proc/$talker/status" && grep -E '^Seccomp:.*2' "/proc/$talker/status"
}
limited() { grep -E '^Max core file size +0 ' "/proc/$talker/limits"; }
check "the one that talks has no terminal" no_terminal
case $BUILD in
*-asan) ok "it is filtered # SKIP not with sanitizers" ;;
*) check "it gained no rights and is filtered" confined ;;
esac
check "it leaves no core with patients in it" limited
touch "$TMUX_DIR/go"
sees "and what it says is seen" '县平台忙, 请 2 分钟后再试'
ended "with the status of the network" 4
once() { screen; [ "$(screen | grep -c 县平台忙)" = 1 ]; }
check "once, although it is for screens and for people" once
kill "$county" 2>/dev/null
START_ARGS="sync --bogus"
start
sees "what is wrong with the command is seen as well" '--county URL'
ended "with the status of usage" 2
finish
