#!/bin/sh
# timeout: 7200
# Does the model test (tests/sync/model.h) see faults?  Each line of mutants.tsv puts one deliberate fault into a copy of the
# sources; the model runs until it fails.  TAP.  A fault that is not seen is a failure; one that does not change its file any
# more, or cannot be compiled, is said before any schedule runs, and none runs then.
#
#     tests/sync/mutants.sh [NAME...]      SEEDS=200 schedules at most of each sort for each; JOBS=2 at a time
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

# Those named, or all: name, file, change, as the list has them.
chosen() {
	while IFS="$tab" read -r name file change; do
		case $name in '#'* | '') continue ;; esac
		[ $# -eq 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
		printf '%s\t%s\t%s\n' "$name" "$file" "$change"
	done <"$list"
}

compiles() {
	case $1 in
	*.c) make -s BUILD=build "build/obj/${1%.c}.o" ;;
	*) model ;;
	esac
}

# From the seed 10001 on a page is asked for before the one before it is applied (MODEL_EARLY in model.h): another sort.
holds() { build/tests/sync/test_model "1-$seeds" "${JOBS:-2}" --first && build/tests/sync/test_model "10001-$((10000 + seeds))" "${JOBS:-2}" --first; }

chosen "$@" >"$work/chosen"
for name in "$@"; do
	grep -q "^$name$tab" "$work/chosen" || { echo "Bail out! no fault of that name: $name"; exit 1; }
done

bad=0
while IFS="$tab" read -r name file change; do
	[ -f "$file" ] || { echo "# mutant $name: there is no $file"; bad=$((bad + 1)); continue; }
	cp -p "$file" original
	if ! sed -i "$change" "$file" 2>"$work/log"; then
		echo "# mutant $name: no expression for sed: $(head -n 1 "$work/log")"
		bad=$((bad + 1))
	elif cmp -s original "$file"; then
		echo "# mutant $name: it changes nothing in $file"
		bad=$((bad + 1))
	elif ! compiles "$file" >"$work/log" 2>&1; then
		echo "# mutant $name: it cannot be compiled: $(grep -m 1 error "$work/log")"
		bad=$((bad + 1))
	fi
	cp original "$file" # newer than what was built from the fault
done <"$work/chosen"
[ "$bad" -eq 0 ] || { echo "Bail out! $bad faults of mutants.tsv do not fit the sources"; exit 1; }

# What fails without any fault sees none.
model >"$work/log" 2>&1 && holds >"$work/said" 2>&1 || { cat "$work/said"; echo "Bail out! the model fails without a fault"; exit 1; }

n=0
while IFS="$tab" read -r name file change; do
	n=$((n + 1))
	cp -p "$file" original
	sed -i "$change" "$file"
	if ! model >"$work/log" 2>&1; then
		says="not ok $n - mutant $name: it cannot be built: $(grep -m 1 error "$work/log")"
	elif holds >"$work/said" 2>&1; then
		says="not ok $n - mutant $name: twice $seeds schedules did not see it"
	else
		says="ok $n - mutant $name: $(grep -m 1 '^seed ' "$work/said" | cut -c 1-110)"
	fi
	case $says in ok*) ;; *) bad=$((bad + 1)) ;; esac
	echo "$says"
	cp original "$file"
done <"$work/chosen"
echo "1..$n"
[ "$bad" -eq 0 ]
