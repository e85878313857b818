#!/bin/sh
# What every command owes who types it: --help instead of doing the thing, no sign that steers the terminal, faults in the
# order in which they are mended.
. tests/cli/lib.sh
clinic

# ---- --help

run user add 陈志明 --help
expect "--help anywhere: how the command is used" 0 '"name":"user"' '"usage":"[list | add NAME'
run user
expect "and nothing was done" 0 '!--help' '!陈志明'
plain --lang en save --help
expect "--help for people" 0 'cunyi save KIND [FILE|-]' 'saves one record'
run user add --no-such-option --no 009 --role 1
expect "an option that user does not have is no name" 2 '"code":"usage"' '--no-such-option'

# ---- signs that steer a terminal

esc=$(printf '\033') rlo=$(printf '\342\200\256') bell=$(printf '\a')
bad="张${esc}[31m红${rlo}龙${bell}"
save resident "{'name':'张\\u001b[31m红\\u202e龙\\u0007','sex':'1','birth_date':'1970-01-01','village':'上坂村'}"
expect "a name with escape codes from elsewhere is kept as it came" 0 '"name":"张\u001b[31m红'
who=$(take id)
for job in "list resident" "get resident $who" "find zhang" "history resident $who" "sql --readonly -"; do
	out=$(echo 'SELECT name FROM resident' | "$CUNYI" --data "$data" $job 2>&1)
	status=$?
	expect "${job%% *}: for people it cannot steer the terminal" 0 '张 [31m红 龙' "!$esc" "!$rlo" "!$bell"
done
plain get "$bad" x
case $err in *"$esc"* | *"$rlo"*) wrong="on stderr: $err" ;; *) wrong= ;; esac
result "nor can what was typed, on the error output" "$wrong"
plain get "$(printf 'x\303\033[31m')" x
case $err in *"$esc"*) wrong="on stderr: $err" ;; *) wrong= ;; esac
result "nor an escape behind half a sign" "$wrong"
plain list resident --where name=无此人
expect "nothing is printed of nothing" 0
same "nothing at all" "" "$out"
long=$(awk 'BEGIN { for (i = 0; i < 9000; i++) printf "字" }')
out=$("$CUNYI" --data "$data" sql --readonly "SELECT '$long'")
same "signs on the borders of pieces stay whole" "$long" "$out"
"$CUNYI" --data "$data" list resident >/dev/full 2>"$TMPDIR/stderr"
same "a full disk is still noticed" 1 "$?"

# ---- faults

save resident "{'name':'陈桂兰','id_number':'350299195507150048'}"
expect "what is wrong is told before what is missing because of it" 1 '"errors":[{"code":"invalid_value","field":"id_number"' \
	'"code":"required","field":"sex"'
save resident "{'name':'陈桂兰','id_number':'350299195507150047','village':'上坂村'}"
expect "a resident" 0
chen=$(take id)
save followup "{'resident':'$chen','programme':'htn','date':'2026-11-01','mode':'1','sbp':140,'dbp':80}"
expect "a follow-up" 0
save followup "{'resident':'$chen','programme':'htn','date':'2026-11-02','mode':'1','sbp':1300,'dbp':80}"
expect "of a value that is impossible nobody asks whether it is this person's" 1 '"code":"out_of_range","field":"sbp"' \
	'!needs_confirmation'

# ---- what is said again is done once

again="{'resident':'$chen','programme':'htn','date':'2026-11-03','mode':'1','sbp':138,'dbp':80,'token':'a-form-of-ours'}"
save followup "$again"
expect "a save with a submit token" 0 '"revision":1'
one=$(take id)
save followup "$again"
expect "said again it is the same record" 0 "\"id\":\"$one\"" '"revision":1'
run list followup --where "resident=$chen"
same "and there is one of it" 2 "$(printf '%s\n' "$out" | grep -c '"kind":"followup"')"
save followup "{'resident':'$chen','programme':'htn','date':'2026-11-04','mode':'1','sbp':138,'dbp':80}" --token another
expect "the token as an option" 0
one=$(take id)
save followup "{'resident':'$chen','programme':'htn','date':'2026-11-04','mode':'1','sbp':138,'dbp':80}" --token another
expect "the same" 0 "\"id\":\"$one\""

# ---- a list's members

run worklist --date 2027-01-20
expect "who is on the work list: all members, what is not known as null" 0 "\"resident\":\"$chen\"" '"group":null' '"phone":null' \
	'"phone_owner":null' '"programme":"htn"'
# ---- what is no text, what is no clinic

run sql --readonly "SELECT x'00ff' AS b, hash AS h FROM audit ORDER BY seq LIMIT 1"
expect "sql: what is no text, in hexadecimal" 0 '[{"b":"00ff","h":"'
one_value "and that is JSON"
printf 'id\tfunction\tinput\texpected\nX1\tid_check\tid=350299195203150048;today=2026-06-30\tresult=reject\nbad line\n' >"$TMPDIR/cases.tsv"
run rules test "$TMPDIR/cases.tsv"
expect "rules test: the failures in JSON too" 1 '"passed":0,"failed":2' '"failures":[{"line":2,"id":"X1","function":"id_check","message":"'
one_value "and that is one value"
: >"$data/clinic.db"
rm -f "$data/clinic.db-wal" "$data/clinic.db-shm"
run check
expect "an emptied database is no sound clinic" 1 '"code":"corrupt"'
run list resident
expect "nor one without people" 1 '"code":"corrupt"'
run save resident -
expect "and nothing is written into it" 1 '"code":"corrupt"'
done_testing
