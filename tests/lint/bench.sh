#!/bin/sh
# The table of make bench: every step has rows and every row a step, and a run tells when a row and what was printed do not
# fit together.
. tests/lint/lib.sh

# All steps by name, as run.sh would run them.
steps() (
	step() { echo "$1"; }
	value() { :; }
	build=build work=$TMPDIR residents=1 wanted=links,county cunyi=: pty=:
	. tests/bench/steps.sh
)
steps | sort -u >"$TMPDIR/steps"
sed -n 's/^\[\(.*\)\]$/\1/p' tests/bench/rows.txt | tr ' ' '\n' | sort -u >"$TMPDIR/sections"
differ() {
	[ -s "$TMPDIR/steps" ] || echo "tests/bench/steps.sh has no steps"
	comm -23 "$TMPDIR/steps" "$TMPDIR/sections" | sed 's/$/: a step of tests\/bench\/steps.sh without rows/'
	comm -13 "$TMPDIR/steps" "$TMPDIR/sections" | sed 's/$/: rows of tests\/bench\/rows.txt without a step/'
}
check "bench: every step has rows and every row a step" differ

cat >"$TMPDIR/rows" <<'END'
# a comment
[one]
save: p99    | save_p99 | ms | <= 8 | raw | raw_p99
             |          |    |      | pouch | pouch_p99
rate         | load_rate | /s | >= 100 | |
[two]
other        | other_s  | s  |      | |
END

# table WHOLE NAME=VALUE...: what it prints of that, and how it ends.
table() {
	whole=$1
	shift
	for pair; do echo "$pair"; done | tr = '\t' >"$TMPDIR/values"
	awk -v residents=5 -v whole="$whole" -f tests/bench/table.awk "$TMPDIR/values" "$TMPDIR/rows" >"$TMPDIR/table"
	echo "exit $?" >>"$TMPDIR/table"
}
# says TEXT... -- WHOLE NAME=VALUE...: each TEXT is in the table; !TEXT is not.
says() {
	wanted=
	while [ "$1" != -- ]; do
		wanted="$wanted$1
"
		shift
	done
	shift
	table "$@"
	printf %s "$wanted" | while read -r text; do
		case $text in
		!*) ! grep -qF -e "${text#!}" "$TMPDIR/table" || echo "says: ${text#!}" ;;
		*) grep -qF -e "$text" "$TMPDIR/table" || { echo "does not say: $text"; cat "$TMPDIR/table"; } ;;
		esac
	done
}
all='save_p99=4 raw_p99=8 pouch_p99=2 load_rate=150'
check "bench: a whole run" says 'raw 8 ms (ours is 0.50 of it)' 'pouch 2 ms (ours is 2.00 of it)' 'all targets met' 'exit 0' '!other' -- one $all
check "bench: a target is missed" says MISSED '1 targets missed' 'exit 0' -- one $all save_p99=9
check "bench: a peer that never gets there" says 'pouch never' 'exit 0' -- one $all pouch_p99=-
check "bench: a value that never came about misses its target" says MISSED 'exit 0' -- one $all load_rate=-
check "bench: a row that nobody measured" says 'In a row, but not measured: other_s' 'exit 1' -- 'one two' $all
check "bench: a peer that nobody measured" says 'In a row, but not measured: raw_p99' 'exit 1' -- one save_p99=4 pouch_p99=2 load_rate=150
check "bench: a step that broke off is not asked for its rows" says 'exit 0' '!not measured' -- two save_p99=4 other_s=1
check "bench: what stands in no row" says 'Measured, but in no row: lost_p99' 'exit 1' -- one $all lost_p99=3
check "bench: what belongs to a row" says 'exit 0' '!in no row' -- one $all save_p50=3 save_max=12
check "bench: nothing at all" says 'nothing was measured' 'exit 0' -- ''
checks_done
