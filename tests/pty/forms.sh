#!/bin/sh
# timeout: 600
# Every form that the program has is filled by keys from a paper's worth of data and read back by `get`.  The sheets stand in
# forms.txt (how it is written is said there); a form without one, and without a journey of its own, fails.
. tests/pty/lib.sh
need_tmux
SHEETS=tests/pty/forms.txt

# The lines of one sheet: section NAME of form FORM.
part() { awk -v form="$1" -v want="$2" '/^== / { on = $2 == form; next } on && $1 == want { sub("^" want " ", ""); print }' "$SHEETS"; }

# "=text" is typed (_ stands for a blank), "~text" is waited for, all else are keys.  Who types ahead waits for nothing.
play() {
	for token in $1; do
		case $token in
		=*) typed "$(printf %s "${token#=}" | tr _ ' ')" ;;
		~*) [ -n "${BURST:-}" ] || shows "$(printf %s "${token#\~}" | tr _ ' ')" || return 1 ;;
		*) press "$token" ;;
		esac
	done
}
# What is there before, in the order of the lines.
given() {
	part "$1" given >"$TMPDIR/given"
	while IFS= read -r line; do
		LAST=$(save "${line%% *}" "$(printf %s "${line#* }" | sed "s/@LAST/$LAST/")" | id_of)
		[ -n "$LAST" ] || { echo "not saved: $line"; return 1; }
	done <"$TMPDIR/given"
}
fill() {
	given "$1" && start "$TMPDIR/clinic" || return 1
	part "$1" keys >"$TMPDIR/keys"
	while IFS= read -r line; do
		play "$line" </dev/null || { echo "at: $line"; return 1; }
	done <"$TMPDIR/keys"
	shows 已保存
}
# The newest record of the form's kind whose stored form is this one.
stored() {
	cunyi --json list "$(part "$1" kind)" | sed 's/^\[//' | awk -v want="$(part "$1" which)" 'want == "" || index($0, want)' |
		sed -n 's/.*"id":"\([^"]*\)".*/\1/p' | tail -n 1
}
equal() {
	id=$(stored "$1")
	got "$(part "$1" kind)" "$id" >"$TMPDIR/have"
	part "$1" want >"$TMPDIR/want"
	[ -s "$TMPDIR/want" ] || { echo "the sheet says nothing"; return 1; }
	bad=
	while IFS= read -r want; do
		grep -qxF -- "$want" "$TMPDIR/have" || {
			echo "paper: $want"
			echo "stored: $(grep "^${want%%:*}: " "$TMPDIR/have")"
			bad=1
		}
	done <"$TMPDIR/want"
	[ -z "$bad" ]
}
# Every kind, and every programme of the follow-up, has a sheet here or a journey of its own that reads it back.
all_forms() {
	cunyi --json fields | tr '{' '\n' | sed -n 's/.*"kind":"\([a-z_]*\)".*/\1/p' | grep -v '^followup$' >"$TMPDIR/forms"
	cunyi --json fields followup | grep -o '"key":"programme".*' | grep -o '"code":"[a-z]*"' | sed 's/.*"\(.*\)"/followup.\1/' | grep -v '\.ask$' | sort -u >>"$TMPDIR/forms"
	while IFS= read -r form; do # what has to be there and nobody may enter: the program alone makes such records
		cunyi --json fields "${form%.*}" | tr '{' '\n' | grep '"required":"save"' | grep -q '"readonly":true' || echo "$form"
	done <"$TMPDIR/forms" >"$TMPDIR/by_people"
	mv "$TMPDIR/by_people" "$TMPDIR/forms"
	[ "$(wc -l <"$TMPDIR/forms")" -ge 23 ] || { cat "$TMPDIR/forms"; return 1; }
	bad=
	while IFS= read -r form; do
		grep -q "^== $form\( \|$\)" "$SHEETS" || { echo "no sheet: $form"; bad=1; }
	done <"$TMPDIR/forms"
	[ -z "$bad" ]
}
elsewhere() {
	part "$1" elsewhere >"$TMPDIR/other"
	[ -s "$TMPDIR/other" ] || return 1
	grep -q "equal_to_the_paper" "tests/pty/$(cat "$TMPDIR/other")"
}

clinic "$TMPDIR/clinic"
ok "forms: every form has a sheet" all_forms
for form in ${FORMS:-$(sed -n 's/^== //p' "$SHEETS")}; do
	if [ -n "$(part "$form" elsewhere)" ]; then
		ok "forms: $form is read back in a journey of its own" elsewhere "$form"
		continue
	fi
	stop
	TMUX_SOCKET=cunyi-$$-$form # the old one may still be leaving
	ok "forms: $form is filled by keys" fill "$form"
	ok "forms: $form is stored as it stands on the paper" equal "$form"
done
done_testing
