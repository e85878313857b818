#!/bin/sh
# run.sh BUILD RESIDENTS [STEP,...]: runs the steps of steps.sh, then prints the rows of rows.txt.
# A step appends "name<TAB>value" lines to $values; one that fails is named below the table and its rows stay empty.
# Ends with 1 when the rows and what the steps print do not fit together.
set -u
build=$(cd "$1" && pwd)
residents=$2
wanted=${3:-}
here=tests/bench
work=$build/bench
values=$work/values
mkdir -p "$work"
: >"$values"
failures=
ran=
broken=
export TZ=UTC LC_ALL=C.UTF-8 CUNYI_LOCALEDIR="$build/locale"
export XDG_CONFIG_HOME="$work/config"
cunyi=$build/cunyi
pty=$build/tests/bench/ptybench

# step NAME[/PART] COMMAND...: runs it when NAME is wanted.
step() {
	name=$1
	shift
	case ",$wanted," in ,, | *",${name%%/*},"*) ;; *) return 0 ;; esac
	printf '%s ... ' "$name" >&2
	began=$(date +%s)
	if "$@" >"$work/out" 2>"$work/err"; then
		cat "$work/out" >>"$values"
		ran="$ran $name"
		echo "$(($(date +%s) - began)) s" >&2
	else
		echo failed >&2
		broken="$broken $name "
		failures="$failures
$name: $(tail -n 1 "$work/err")"
	fi
}

value() {
	printf '%s\t%s\n' "$1" "$2"
}

. $here/steps.sh

whole=
for name in $ran; do
	case $broken in *" $name "*) ;; *) whole="$whole $name" ;; esac
done
echo
awk -v residents="$residents" -v whole="$whole" -f $here/table.awk "$values" $here/rows.txt
fits=$?
if [ -n "$failures" ]; then
	echo "Not measured:$failures" | sed '2,$s/^/  /'
fi
exit $fits
