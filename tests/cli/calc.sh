#!/bin/sh
# timeout: 400
# A list that this project did not write: 2,000 residents, saved by LibreOffice Calc as its own sheet and from that as GB18030
# CSV; and our workbook opened by it.
. tests/cli/lib.sh
if ! command -v soffice >/dev/null 2>&1; then
	echo "1..0 # SKIP no LibreOffice"
	exit 0
fi
clinic
top=$PWD
calc() { # FILTER FILE
	soffice --headless "-env:UserInstallation=file://$TMPDIR/profile" --convert-to "$1" --outdir "$TMPDIR/out" "$2" >"$TMPDIR/soffice" 2>&1
}

awk -v n=2000 -f tests/cli/village.awk </dev/null >"$TMPDIR/list.fods"
calc ods "$TMPDIR/list.fods"
[ -s "$TMPDIR/out/list.ods" ] && wrong= || wrong=$(cat "$TMPDIR/soffice")
result "LibreOffice writes its sheet" "$wrong"
calc 'csv:Text - txt - csv (StarCalc):44,34,85,1,,0,false,true,false' "$TMPDIR/out/list.ods"
iconv -f GB18030 -t UTF-8 "$TMPDIR/out/list.csv" >"$TMPDIR/list.utf8" 2>"$TMPDIR/iconv" && wrong= || wrong=$(cat "$TMPDIR/iconv")
grep -q 生僻字 "$TMPDIR/list.utf8" || wrong="$wrong not Chinese"
grep -q 生僻字 "$TMPDIR/out/list.csv" && wrong="$wrong it is UTF-8"
result "and saves it as GB18030 CSV" "$wrong"

cp "$TMPDIR/out/list.csv" "$TMPDIR/list.csv"
run import residents "$TMPDIR/list.csv" --rejects "$TMPDIR/rejects.csv"
expect "the list comes in; numbers that the sheet lost are told" 0 '"lines":2000,"imported":1995,"updated":0,"unchanged":0,"differing":0,"rejected":5' \
	'"encoding":"GB18030"' '"households_made":667' 'E+017' '"unknown_columns":[]'
run import residents "$TMPDIR/list.csv"
expect "twice changes nothing" 0 '"imported":0,"updated":0,"unchanged":1995,"differing":0,"rejected":5'
# Each line by hand: the reader here is awk, not ours.
awk -F, '!/^,|花名册|序号/ && $1 ~ /^[0-9]+$/ && $4 !~ /E/ { gsub(/　/, "", $2); print $4 "\t" $2 "\t" ($3 == "男" ? 1 : 2) }' "$TMPDIR/list.utf8" | sort >"$TMPDIR/want"
"$CUNYI" --data "$data" sql --readonly "SELECT id_number, name, sex FROM resident" | sort >"$TMPDIR/have"
same "everybody is there by number, name and sex" "" "$(diff "$TMPDIR/want" "$TMPDIR/have" | head -5)"
out=$("$CUNYI" --data "$data" sql --readonly "SELECT count(*) FROM resident WHERE birth_date <> substr(id_number, 7, 4) || '-' || substr(id_number, 11, 2) || '-' || substr(id_number, 13, 2)")
same "the dates of the sheet are those of the numbers" 0 "$out"
run find 陈
expect "and found" 0 '"name":"陈'

run export residents "$TMPDIR/back.xlsx"
expect "our workbook" 0 '"rows":1995'
calc 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false' "$TMPDIR/back.xlsx"
cp "$TMPDIR/out/back.csv" "$TMPDIR/back.csv"
run import residents "$TMPDIR/back.csv"
expect "opens in LibreOffice; saved from there as CSV it is the same list" 0 '"lines":1995,"imported":0,"updated":0,"unchanged":1995,"differing":0,"rejected":0'
done_testing
