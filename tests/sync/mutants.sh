#!/bin/sh
# timeout: 7200
# Does the model test (tests/sync/model.h) see faults?  Each line of mutants.tsv puts one deliberate fault into a copy of the
# sources; the model runs until it fails.  TAP.  A fault that does not change its file, or is not seen, is a failure.
#
#     tests/sync/mutants.sh [NAME...]      SEEDS=200 schedules at most for each; JOBS=2 at a time
top=$(cd "$(dirname "$0")/../.." && pwd)
list=$top/tests/sync/mutants.tsv
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
seeds=${SEEDS:-200}
tab=$(printf '\t')

model() { make -s BUILD=build build/tests/sync/test_model; }

# With its times, and what is built already: only what a fault touches is built anew.
cd "$top" || exit 1
git ls-files -z | tar -c --null -T - 2>/dev/null | tar -x -C "$work"
cp -a "${BUILD:-build}" "$work/build"
cd "$work" || exit 1
model >"$work/log" 2>&1 || { cat "$work/log"; echo "Bail out! the copy cannot be built"; exit 1; }

n=0
bad=0
while IFS="$tab" read -r name file change; do
	case $name in '#'* | '') continue ;; esac
	[ $# -eq 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
	n=$((n + 1))
	cp -p "$file" original
	sed -i "$change" "$file"
	if cmp -s original "$file"; then
		says="not ok $n - mutant $name: it changes nothing in $file"
	elif ! model >"$work/log" 2>&1; then
		says="not ok $n - mutant $name: it cannot be compiled: $(grep -m 1 error "$work/log")"
	elif build/tests/sync/test_model "1-$seeds" "${JOBS:-2}" --first >"$work/said" 2>&1; then
		says="not ok $n - mutant $name: $seeds schedules did not see it"
	else
		says="ok $n - mutant $name: $(head -n 1 "$work/said" | cut -c 1-110)"
	fi
	case $says in ok*) ;; *) bad=$((bad + 1)) ;; esac
	echo "$says"
	cp original "$file" # newer than what was built from the fault
done <"$list"
echo "1..$n"
[ "$bad" -eq 0 ]
