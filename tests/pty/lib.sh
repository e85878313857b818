# Journeys: the real program in a private tmux, driven by keys, judged by what stands on the screen and by what the command
# line reads back.  Everything lives in $TMPDIR.
#   clinic DIR          a small practice clinic on 22 November 2026, with 欧阳秋菊 (71, hypertension) whom "oyqj" finds
#   start DIR [W H]     opens the program; `stop` ends it
#   press Enter F7 ...  keys by their tmux names;   typed '151/87'   characters;   both count into $KEYS
#   shows TEXT          waits until the screen holds it (up to ten seconds), fails otherwise
#   ok "name" command   one TAP result;   got KIND ID   the record as `get` prints it, one key a line
# BURST=all: keys are held back until something is looked at and then go out in one breath, as of a fast clerk before a slow
# machine; BURST=enter: each Enter ends a breath.
TMUX_SOCKET=cunyi-$$
TMUX_TMPDIR=$TMPDIR
XDG_CONFIG_HOME=$TMPDIR/config
export TMUX_TMPDIR XDG_CONFIG_HOME
N=0
KEYS=0

mux() { tmux -u -L "$TMUX_SOCKET" -f /dev/null "$@"; }
cunyi() { "$CUNYI" --data "$DIR" --lang zh --as 001 "$@"; }

stop() { mux kill-server 2>/dev/null; }
trap stop EXIT

ok() {
	name=$1
	shift
	N=$((N + 1))
	if why=$("$@" 2>&1); then
		echo "ok $N - $name"
	else
		echo "not ok $N - $name"
		printf '%s\n' "$why" | sed 's/^/# /'
		screen | sed 's/^/# |/'
	fi
}
done_testing() { echo "1..$N"; }
need_tmux() { command -v tmux >/dev/null || { echo "1..0 # SKIP no tmux here"; exit 0; }; }

screen() { mux capture-pane -p 2>/dev/null; }

# The keys that are held back, as words for eval.
HELD=
breathe() {
	[ -n "$HELD" ] || return 0
	eval "set -- $HELD"
	HELD=
	mux "$@"
}
quoted() { printf %s "$1" | sed "s/'/'\\\\''/g; s/^/'/; s/\$/'/"; }

# The screen is looked at again until it says so; nothing is waited for longer than it takes.
shows() {
	breathe
	i=0
	while [ $i -lt 200 ]; do
		screen | grep -qF -- "$1" && return 0
		i=$((i + 1))
		sleep 0.05
	done
	echo "not shown: $1"
	return 1
}
hides() {
	breathe
	i=0
	while [ $i -lt 200 ]; do
		screen | grep -qF -- "$1" || return 0
		i=$((i + 1))
		sleep 0.05
	done
	echo "still shown: $1"
	return 1
}

start() {
	DIR=$1
	mux new-session -d -x "${2:-80}" -y "${3:-24}" "env TERM=tmux-256color '$CUNYI' --data '$DIR' --lang zh --as 001; echo ENDED \$?; cat"
	shows 今日
}

press() {
	for k in "$@"; do
		KEYS=$((KEYS + 1))
		HELD="$HELD send-keys $(quoted "$k") ';'"
		[ "${BURST:-}" = all ] || { [ "${BURST:-}" = enter ] && [ "$k" != Enter ]; } || breathe
	done
}
typed() {
	KEYS=$((KEYS + $(printf %s "$1" | wc -m)))
	uncounted "$1"
}
# What a key count leaves out: what is on the paper anyway.
uncounted() {
	HELD="$HELD send-keys -l -- $(quoted "$1") ';'"
	[ -n "${BURST:-}" ] || breathe
}
count_from_here() { KEYS=0; }
at_most() { [ "$KEYS" -le "$1" ] || { echo "$KEYS keys, $1 at most"; return 1; }; }

# Back on the first screen, whatever is open; its question whether to leave is answered with no.
home() {
	breathe
	i=0
	until screen | grep -qF '找人' && ! screen | grep -qE '还差:|▶ 1'; do
		[ $i -lt 20 ] || { echo "no way home"; return 1; }
		i=$((i + 1))
		mux send-keys Escape
		sleep 0.3
		screen | grep -qF '退出吗' && mux send-keys 2
	done
	shows 今日
}
how_many() { cunyi --json list "$1" --where "resident=$2" | grep -o '"revision"' | wc -l; }

# ---- data ------------------------------------------------------------------------------------------------------------

save() { printf %s "$2" | cunyi --json save "$1" -; }
id_of() { sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' | head -n 1; }

clinic() {
	DIR=$1
	cunyi demo --residents 60 --seed 5 --today 2026-11-22 >/dev/null || return 1
	JU=$(save resident '{"name":"欧阳秋菊","sex":"2","birth_date":"1955-03-08","village":"上坂","group":"1","phone":"10000005151","phone_owner":"1"}' | id_of)
	save enrolment "{\"resident\":\"$JU\",\"programme\":\"htn\",\"enrolled_on\":\"2020-05-06\"}" >/dev/null
	save followup "{\"resident\":\"$JU\",\"programme\":\"htn\",\"date\":\"2026-08-20\",\"mode\":\"1\",\"informant\":\"1\",\"symptoms\":[\"1\"],
\"sbp\":168,\"dbp\":102,\"weight\":62.0,\"weight_target\":60.0,\"height\":158.0,\"hr\":80,\"smoking\":0,\"smoking_target\":0,\"drinking\":0,
\"drinking_target\":0,\"exercise_times\":7,\"exercise_minutes\":30,\"exercise_times_target\":7,\"exercise_minutes_target\":30,\"salt\":\"2\",
\"salt_target\":\"1\",\"mind\":\"1\",\"compliance\":\"1\",\"adherence\":\"1\",\"adr\":\"1\",\"class\":\"2\",\"next_due\":\"2026-09-03\",
\"drugs\":[{\"name\":\"氨氯地平\",\"strength\":\"5mg\",\"times\":1,\"dose\":\"1片\"}]}" >/dev/null
}

# The newest record of a kind of one person.
newest() { cunyi --json list "$1" --where "resident=$2" | tr '{' '\n' | grep -o '"id": *"[^"]*"' | tail -n 1 | sed 's/.*"\([^"]*\)"$/\1/'; }

# One key a line, without what differs between two runs by nature: "sbp: 151".
got() {
	cunyi --json get "$1" "$2" | sed -e 's/^{//' -e 's/}$//' |
		awk '{
			depth = 0; quoted = 0; out = ""
			n = length($0)
			for (i = 1; i <= n; i++) {
				c = substr($0, i, 1)
				if (c == "\\" && quoted) { out = out c substr($0, ++i, 1); continue }
				if (c == "\"") quoted = !quoted
				if (!quoted && (c == "[" || c == "{")) depth++
				if (!quoted && (c == "]" || c == "}")) depth--
				if (!quoted && depth == 0 && c == ",") { print out; out = ""; continue }
				out = out c
			}
			print out
		}' | sed -e 's/^ *"\([a-z0-9_]*\)": */\1: /'
}
values() { got "$1" "$2" | grep -vE '^(id|revision|created_at|changed_at|source_followup|started_at|warnings|advice|previous): '; }
