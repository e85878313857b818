#!/bin/sh
# The README's tour, done as it is written there, in both languages: what stands between <!-- tour --> and <!-- /tour -->.
# ```sh blocks are run; the ```console block opens the program; in the rows of the table, `words` of the first column are
# pressed or typed, and every **text** of the second must then stand on the screen.
# timeout: 300
. tests/pty/drive.sh

top=$PWD

press() {
	case $1 in
	Enter | Tab | F[1-9] | F10) keys "$1" ;;
	Esc) keys Escape ;;
	↓) keys Down ;;
	Ctrl-?) keys "C-$(echo "${1#Ctrl-}" | tr A-Z a-z)" ;;
	*) typed "$1" ;;
	esac
}

# The tour as lines: "sh COMMANDS", "open COMMAND", "keys KEY<tab>KEY...", "see TEXT".
steps() {
	awk '
	/^<!-- tour -->/ { on = 1 }
	/^<!-- \/tour -->/ { on = 0 }
	!on { next }
	/^```sh$/ { block = "sh"; next }
	/^```console$/ { block = "open"; next }
	/^```/ { block = ""; next }
	block { print block " " $0; next }
	/^\| `/ {
		split($0, cell, " \\| ")
		keys = ""
		rest = cell[1]
		while (match(rest, /`[^`]+`/)) {
			keys = keys (keys == "" ? "" : "\t") substr(rest, RSTART + 1, RLENGTH - 2)
			rest = substr(rest, RSTART + RLENGTH)
		}
		print "keys " keys
		rest = cell[2]
		while (match(rest, /\*\*[^*]+\*\*/)) {
			print "see " substr(rest, RSTART + 2, RLENGTH - 4)
			rest = substr(rest, RSTART + RLENGTH)
		}
	}' "$1"
}

commands_work() {
	cd "$1" && ln -s "$BUILD" build && sed -n 's/^sh //p' "$1/steps" >commands.sh && HOME=$1 sh -e commands.sh
}

# A row ends with what is to be seen, so its keys may come faster than the program draws.
walk() {
	grep -E '^(keys|see) ' "$1/steps" >"$1/rows"
	while read -r what text; do
		if [ "$what" = keys ]; then
			old=$IFS
			IFS='	'
			# shellcheck disable=SC2086 # a list of keys
			set -- $text
			IFS=$old
			for key; do press "$key"; done
		elif ! until_seen "$text"; then
			echo "after $*: not seen: $text"
			screen
			return 1
		fi
	done <"$1/rows"
}

# The first screen as the README pictures it: of the practice clinic alone.
pictured() {
	sed -n '/^ 村医 Cunyi/,/^```$/p' "$1" | sed '$d' >"$TMUX_DIR/pictured"
	screen >"$TMUX_DIR/drawn"
	diff "$TMUX_DIR/pictured" "$TMUX_DIR/drawn"
}

DATA=$TMUX_DIR/first
eval "$(sed -n 's/^build.cunyi --data tour \(demo .*\)/cunyi \1/p' README.md)" >/dev/null
START_ARGS='--as 001 --lang zh'
start
until_seen '下洋1组'
for readme in README.zh-CN.md README.md; do
	check "tour: the first screen is as $readme pictures it" pictured "$readme"
done
keys F10 1
ended "tour: the first screen is left" 0

for readme in README.zh-CN.md README.md; do
	dir=$TMUX_DIR/${readme%.md}
	mkdir "$dir"
	steps "$readme" >"$dir/steps"
	check "tour: $readme has one" grep -q '^see ' "$dir/steps"
	check "tour: the commands of $readme work" commands_work "$dir"
	cd "$top" || exit 1
	DATA=$dir/tour
	START_ARGS=$(sed -n 's/^open build.cunyi --data tour//p' "$dir/steps")
	start
	check "tour: the keys of $readme lead where it says" walk "$dir"
	ended "tour: $readme ends where it began" 0
done
finish
