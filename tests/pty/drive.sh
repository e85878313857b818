# Helpers of the journeys: the program in a tmux of its own, real keys, and looking until a text is there.  Nothing waits for
# a fixed time: `sees` looks again and again and gives up after ten seconds.  Each check is a line of TAP.
#
#   . tests/pty/drive.sh
#   clinic_new 30                       a practice clinic in $DATA (residents)
#   start [ENV=VALUE]...                the program in a new 80x24 terminal; START_ARGS are added to its command line
#   keys F7 1 Enter                     key names of tmux
#   typed '陈桂兰'                       text as it comes from a keyboard
#   sees "name of the test" '文字'       the screen shows it
#   gone "name" '文字'                   the screen no longer shows it
#   ended "name" 0                      the program is over with this exit status
#   finish                              the plan; the terminal is put away

n=0
failed=0
# A socket of this test's own: tests run side by side.
TMUX_DIR=$(mktemp -d "${TMPDIR:-/tmp}/tmux-XXXXXX")
DATA=$TMUX_DIR/data
STATUS=$TMUX_DIR/status
unset TMUX
tm() { tmux -S "$TMUX_DIR/socket" -f /dev/null "$@"; }
trap 'tm kill-server 2>/dev/null; rm -rf "$TMUX_DIR"' EXIT

ok() { n=$((n + 1)); echo "ok $n - $1"; }
not_ok() {
	n=$((n + 1))
	failed=$((failed + 1))
	echo "not ok $n - $1"
	shift
	[ $# -eq 0 ] || printf '%s\n' "$@" | sed 's/^/# /'
}
# check "name" command...: passes when the command does.
check() {
	name=$1
	shift
	if "$@" >"$TMUX_DIR/out" 2>&1; then ok "$name"; else not_ok "$name" "$(cat "$TMUX_DIR/out")"; fi
}
finish() {
	echo "1..$n"
	exit "$([ "$failed" -eq 0 ] && echo 0 || echo 1)"
}

cunyi() { "$CUNYI" --data "$DATA" --lang zh "$@"; }
clinic_new() { cunyi demo --residents "$1" --seed 7 --today 2026-11-22 >/dev/null; }

# The settings of the machine must not matter: the program gets an environment of its own.
start() {
	rm -f "$STATUS"
	cat >"$TMUX_DIR/run.sh" <<-RUN
		env -i PATH="$PATH" HOME="$TMUX_DIR" XDG_CONFIG_HOME="$TMUX_DIR/config" CUNYI_LOCALEDIR="$CUNYI_LOCALEDIR" \
			TERM=tmux-256color LANG=C.UTF-8 $* "$CUNYI" --data "$DATA" ${START_ARGS---lang zh --as 001}
		echo \$? >"$STATUS"
		stty -a
		cat
	RUN
	if tm has-session 2>/dev/null; then
		tm resize-window -x 80 -y 24
		tm respawn-pane -k "exec sh $TMUX_DIR/run.sh"
		tm clear-history
	else
		tm new-session -d -x 80 -y 24 "exec sh $TMUX_DIR/run.sh"
		tm set-option -g escape-time 0
	fi
}

keys() {
	count=$((count + $#))
	tm send-keys "$@"
}
typed() {
	count=$((count + $(printf %s "$1" | LC_ALL=C.UTF-8 wc -m)))
	tm send-keys -l "$1"
}
count=0
screen() { tm capture-pane -p; }

# Looks every 20 ms, at most 500 times.
until_seen() {
	tries=500
	while [ $tries -gt 0 ]; do
		screen 2>/dev/null | grep -qF -- "$1" && return 0
		tries=$((tries - 1))
		sleep 0.02
	done
	return 1
}
sees() {
	if until_seen "$2"; then ok "$1"; else not_ok "$1" "not seen: $2" "$(screen)"; fi
}
gone() {
	tries=500
	while screen | grep -qF -- "$2"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || { not_ok "$1" "still seen: $2" "$(screen)"; return; }
		sleep 0.02
	done
	ok "$1"
}
ended() {
	tries=500
	while [ ! -s "$STATUS" ] && [ $tries -gt 0 ]; do
		tries=$((tries - 1))
		sleep 0.02
	done
	if [ "$(cat "$STATUS" 2>/dev/null)" = "$2" ]; then ok "$1"; else not_ok "$1" "exit status: $(cat "$STATUS" 2>/dev/null)" "$(screen)"; fi
}
# Process id of the program: the child of the shell of the terminal, or env's.
program() { pgrep -P "$(tm display-message -p '#{pane_pid}')"; }
# The value of a member of the first object of a list, e.g. value sbp cunyi --json list followup
value() {
	key=$1
	shift
	"$@" | tr ',{}' '\n\n\n' | sed -n "s/^ *\"$key\": *\"\{0,1\}\([^\"]*\)\"\{0,1\} *\$/\1/p" | head -1
}
