#!/bin/sh
# The contract of the commands that ask: find, worklist, fields, rules, check, audit, sql, report, help; and of the program's
# options.
. tests/cli/lib.sh

plain demo --residents 300 --seed 7 --today 2026-11-22
expect "demo" 0 "$data"
run demo --residents 10
expect "demo: there is a clinic already" 1 '"code":"duplicate"'
home=$data
data=$TMPDIR/other
for bad in "--residents 0" "--residents 1000001" "--residents x" "--today 2026-13-01" "--bogus" "more"; do
	run demo $bad
	case $bad in --r*) code=out_of_range s=1 ;; --t*) code=invalid_value s=1 ;; *) code=usage s=2 ;; esac
	expect "demo $bad: $code" $s "\"code\":\"$code\""
done
data=$home
"$CUNYI" --data "$TMPDIR/a" demo --residents 60 --seed 3 --today 2026-11-22 >/dev/null
"$CUNYI" --data "$TMPDIR/b" demo --residents 60 --seed 3 --today 2026-11-22 >/dev/null
for d in a b; do
	"$CUNYI" --data "$TMPDIR/$d" sql --readonly "SELECT uid, body FROM record ORDER BY id" >"$TMPDIR/$d.txt"
done
cmp -s "$TMPDIR/a.txt" "$TMPDIR/b.txt" && wrong= || wrong="they differ"
result "demo: the same seed gives the same data" "$wrong"

# ---- find

person=$("$CUNYI" --data "$data" sql --readonly "SELECT name FROM resident ORDER BY id LIMIT 1")
run find "$person"
expect "find" 0 '[{"id":"' "\"name\":\"$person\"" '"sex":"' '"birth_date":"' '"age":' '"village":"' '"house":"' \
	'"id_masked":"350299********' '"programmes":[' '"contract":' '"match":"name"'
one_value "find prints one JSON value"
case $out in *[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9X]\"*) wrong="a whole ID number is shown" ;; *) wrong= ;; esac
result "find masks the ID number" "$wrong"
run find l --limit 2
one_value "find --limit"
run find 无此人
expect "find nobody" 0 '[]'
run find
expect "find without a text: usage" 2 '"code":"usage"'
run find l --limit 0
expect "find --limit 0: usage" 2 '"code":"usage"'
run find l --village 无此村
expect "find in a village that is not there" 1 '"code":"not_found"'

# ---- worklist

run worklist
expect "worklist" 0 '[{"resident":"' '"name":"' '"sex":"' '"age":' '"village":"' '"group":"' '"due":"20' '"days_over":' \
	'"tasks":[{"task":"' '"programme":' '"reason":"'
one_value "worklist prints one JSON value"
run worklist --programme htn --date 2026-12-31
expect "worklist of a programme and date" 0 '"task":"followup","programme":"htn"' '!"programme":"dm"'
run worklist --date 1990-01-01
expect "nothing was due then" 0 '[]'
run worklist --date xx
expect "worklist: no date" 1 '"code":"invalid_value"'
run worklist --programme xx
expect "worklist: no such programme" 1 '"code":"unknown_code"'
run worklist --village 无此村
expect "worklist: no such village" 1 '"code":"not_found"'
run worklist --bogus
expect "worklist: usage" 2 '"code":"usage"'

# ---- fields

for kind in resident household staff team organisation contract enrolment followup visit exam referral; do
	run fields $kind
	expect "fields $kind" 0 '[{"key":"' '"zh":"' '"en":"' '"type":"' '"required":"' '"listed":'
done
one_value "fields prints one JSON value"
run fields followup htn
expect "fields: limits, units, places, choices" 0 '{"key":"sbp","zh":"收缩压","en":"Systolic","type":"int","unit":"mmHg"' '"hard":[40,300]' \
	'"soft":[' '"key":"weight"' '"places":1' '"codes":[{"code":"1","zh":"' '"exclusive":true' '"key":"drugs"' '"fields":[{"key":"name"'
run fields nothing
expect "fields of an unknown kind" 1 '"code":"unknown_kind"'
run fields followup xx
expect "fields of an unknown programme" 1 '"code":"unknown_code"'

# ---- rules

printf 'id\tfunction\tinput\texpected\nX1\tid_check\tid=350299195203150048\taccept\n' >"$TMPDIR/cases.tsv"
plain rules test tests/data/domain_cases.tsv
expect "rules test: the golden cases pass" 0 ' passed, 0 failed'
run rules test tests/data/domain_cases.tsv
expect "rules test in JSON" 0 '{"passed":' '"failed":0' '"skipped":'
run rules test "$TMPDIR/none.tsv"
expect "rules: no such file" 1 '"code":"not_found"'
run rules
expect "rules: usage" 2 '"code":"usage"'

# ---- check, audit, sql

run check
expect "check" 0 '{"ok":true,"engine":"SQLite '
run check --full
expect "check --full" 0 '{"ok":true'
run check more
expect "check: usage" 2 '"code":"usage"'
run audit verify
expect "audit verify" 0 '{"ok":true'
run audit
expect "audit: usage" 2 '"code":"usage"'
run sql --readonly "SELECT 1 AS a, 'x' AS b, NULL AS c, 1.5 AS d"
expect "sql" 0 '[{"a":1,"b":"x","c":null,"d":1.5}]'
plain sql --readonly "SELECT 1, 'x', NULL, 1.5"
same "sql for people: tabs" "1	x		1.5" "$out"
out=$(echo "SELECT count(*) AS n FROM resident" | "$CUNYI" --data "$data" --json sql --readonly -)
status=$?
expect "sql from standard input" 0 '[{"n":3'
run sql "SELECT 1"
expect "sql without --readonly: usage" 2 '"code":"usage"'
for bad in "DELETE FROM record" "UPDATE setting SET value = '0'" "CREATE TABLE x(a)" "ATTACH 'x.db' AS x" "PRAGMA journal_mode = DELETE" \
	"PRAGMA query_only = 0" "VACUUM"; do
	run sql --readonly "$bad"
	expect "sql refuses $bad" 5 '"code":"not_allowed"'
done
run sql --readonly "SELECT 1; DELETE FROM record"
expect "sql: one query" 2 '"code":"usage"'
run sql --readonly "SELEC"
expect "sql: nonsense" 1 '"code":"format"'

# ---- report

run report 2026-10
expect "report" 0 '"period":"2026-10"' '"indicators":[{"code":"S01"' '"numerator":' '"denominator":' '"percent":'
one_value "report prints one JSON value"
run report 2026-13
expect "report: no month" 2 '"code":"usage"'
run report 2026-10 --freeze --out "$TMPDIR/r.pdf"
expect "report: a name that says something else, and nothing is frozen" 2 '"code":"usage"' '"example":"--out 2026-11.xlsx"'
[ -e "$TMPDIR/r.pdf" ] && wrong="written" || wrong=
result "report: nothing is written under it" "$wrong"
plain report 2026-10
expect "report: not frozen" 0 '!上报留底' '!frozen'
run report 2026-10 --out "$TMPDIR/no/such/r.xlsx"
expect "report: a folder that is not there" 1 '"code":"not_found"'

# ---- the program's options

run
expect "no command and no terminal: a refusal, not a screen" 2 '"code":"usage"'
run nothing
expect "unknown_command" 2 '"code":"unknown_command"'
run help
expect "help in JSON" 0 '[{"name":"demo","usage":"' '"name":"sql"'
one_value "help prints one JSON value"
run help save
expect "help of one" 0 '{"name":"save"'
run help nothing
expect "help of an unknown one" 2 '"code":"unknown_command"'
run --lang xx list resident
expect "--lang takes zh or en" 2 '"code":"usage"'
plain --lang en help
expect "--lang en" 0 'makes a practice clinic'
plain help --lang=zh
expect "--lang=zh anywhere on the line" 0 '建一个练习诊所'
data=$TMPDIR/nowhere
run list resident
expect "--data: no clinic there" 1 '"code":"not_found"'
out=$(XDG_DATA_HOME=$TMPDIR/xdg "$CUNYI" init --org 350299102 --name 另一个 2>&1)
status=$?
[ -f "$TMPDIR/xdg/cunyi/clinic.db" ] && wrong= || wrong="no database there"
result "without --data: \$XDG_DATA_HOME/cunyi" "$wrong"
same "the folder is the user's alone" "drwx------" "$(ls -ld "$TMPDIR/xdg/cunyi" | cut -c1-10)"
same "and so is the database" "-rw-------" "$(ls -l "$TMPDIR/xdg/cunyi/clinic.db" | cut -c1-10)"
echo nonsense >"$TMPDIR/xdg/cunyi/clinic.db"
data=$TMPDIR/xdg/cunyi
run list resident
expect "not a database: corrupt" 1 '"code":"corrupt"'
one_value "a failure is one JSON value"
"$CUNYI" --data "$home" list resident >/dev/full 2>"$TMPDIR/stderr" && status=0 || status=$?
out=
err=$(cat "$TMPDIR/stderr")
expect "output that cannot be written is no success" 1 'err:'

done_testing
