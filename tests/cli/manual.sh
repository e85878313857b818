#!/bin/sh
# The manual pages and completion say what the program's tables say: every command, kind, error code, exit status.
. tests/lint/lib.sh

page() {
	sh packaging/man/make.sh "$CUNYI" "$1" "$2"
}
page en packaging/man/cunyi.1.in >"$TMPDIR/en" || { echo "Bail out! no English page"; exit 1; }
page zh packaging/man/cunyi.zh_CN.1.in >"$TMPDIR/zh" || { echo "Bail out! no Chinese page"; exit 1; }

names() {
	sed -n 's/^\t{ "\([a-z-]*\)", ".*/\1/p' app/commands/table.c
}
commands_in() {
	for f in en zh; do
		names | while read -r name; do
			grep -q "^\\\\fB$name\\\\fR" "$TMPDIR/$f" || echo "$f: $name is not in it"
		done
	done
}
kinds_in() {
	for f in en zh; do
		sed -n 's/^\t{ KIND_[A-Z]*, "\([a-z]*\)",.*/\1/p' app/clinic/kind.c | while read -r kind; do
			grep -q "^\\\\fB$kind\\\\fR" "$TMPDIR/$f" || echo "$f: $kind is not in it"
		done
	done
}
codes_in() {
	for f in en zh; do
		sed -n 's/^\tX([A-Z_]*, "\([a-z_]*\)").*/\1/p' app/base/err.h | grep -vx none | while read -r code; do
			grep -qw "$code" "$TMPDIR/$f" || echo "$f: $code is not in it"
		done
	done
}
no_warnings() {
	command -v groff >/dev/null 2>&1 || return 0
	groff -man -Tutf8 -K utf8 -ww "$TMPDIR/en" 2>&1 >/dev/null
}
usage_named() {
	names | while read -r name; do
		"$CUNYI" help "$name" | head -n 1 | grep -q "^cunyi $name" || echo "help $name does not begin with its usage"
	done
}

# complete WORD...: what bash offers for the last word.
complete() {
	bash -c '
		. packaging/completions/cunyi
		COMP_WORDS=("$CUNYI" "$@")
		COMP_CWORD=$#
		_cunyi
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
offers() {
	want=$1
	shift
	complete "$@" | grep -qx -- "$want" || echo "no $want after: $*"
}
completion() {
	offers followup save fol
	offers report rep
	offers --out report --o
	offers zh --lang ''
	offers verify audit ''
	offers resident --data x list res
	offers help help he
}

check "manual: every command is in both pages" commands_in
check "manual: every record kind is in both pages" kinds_in
check "manual: every error code is in both pages" codes_in
check "manual: nothing is left to fill in" sh -c "! grep -n '@[A-Z]*@' '$TMPDIR/en' '$TMPDIR/zh'"
check "manual: the page is well-formed" no_warnings
check "manual: help begins with the usage" usage_named
if command -v bash >/dev/null 2>&1; then
	check "completion: offers commands, kinds, options and words" completion
fi
checks_done
