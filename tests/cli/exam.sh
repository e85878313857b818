#!/bin/sh
# Examination days and the laboratory's sheet by commands: the everyday situation "80 elders before ten, fasting, in the
# ancestral hall" from the desk to the slip.
. tests/cli/lib.sh
plain demo --residents 100 --seed 5 --today 2026-11-22

save organisation "{'name':'体检村','code':'350299101188','type':'1'}" --as 001
village=$(take id)
person() {
	save resident "{'name':'$1','sex':'$2','birth_date':'$3','village':'$village'}" --as 001
	take id
}
lan=$(person 周秀兰 2 1950-02-03)
mu=$(person 周木生 1 1948-05-06)
person 周火旺 1 1955-01-01 >/dev/null

save exam_day "{'date':'2026-11-22','stations':['1','2']}" --as 001
expect "a day without a place: refused, with the field" 1 '"code":"required"' '"field":"place"'
save exam_day "{'date':'2026-11-22','place':'祠堂','stations':['1','2','9x']}" --as 001
expect "a station that does not exist: refused" 1 '"code":"unknown_code"' '"field":"stations"'
save exam_day "{'date':'2026-11-22','place':'体检村祠堂','villages':[{'village':'$village'}],'stations':['1','2','3','4','5']}" --as 001
expect "a day is planned" 0 '"kind":"exam_day"'
day=$(take id)
run exam days --as 001
expect "exam days lists it" 0 "\"id\":\"$day\"" '"place":"体检村祠堂"' '"people":0'

run exam join today "$lan" --as 001
expect "who comes gets number 1 and the desk's tick" 0 '"no":1' '"done":["1"]' '"lacking":["2","3","4","5"]'
run exam join today "$mu" --as 001
expect "the next gets number 2" 0 '"no":2'
run exam join "$day" "$lan" --as 001
expect "who comes twice keeps the number" 0 '"no":1'
run exam join nothing "$lan" --as 001
expect "no such day: not_found, at the day" 1 '"code":"not_found"' '"field":"day"'
run exam join today nobody --as 001
expect "no such resident: not_found" 1 '"code":"not_found"' '"field":"resident"'

run exam tick today 1 心电 --as 001
expect "a station is ticked by its word" 0 '"done":["1","5"]'
run exam tick today 1 5 --undo --as 001
expect "and unticked by its code" 0 '"done":["1"]'
run exam tick today 9 5 --as 001
expect "nobody has that number" 1 '"code":"not_found"' '"field":"no"'
run exam tick today 1 8 --as 001
expect "the day has no such station: wrong_state" 1 '"code":"wrong_state"'
run exam tick today 1 牙科 --as 001
expect "there is no such station at all: unknown_code" 1 '"code":"unknown_code"'
run exam day today --as 001
expect "who lacks what, who did not come" 0 '"name":"周木生"' '"absent":[{' '"name":"周火旺"'
run exam --as 001
expect "exam: usage" 2 '"code":"usage"'

# ---- the sheet comes days later

cat >"$TMPDIR/lab.csv" <<'END'
编号,姓名,HGB(g/L),丙氨酸氨基转移酶,总胆红素,肌酐,条码
1,周秀兰,108↓,22.34,31.0↑,62,A01
2,周木生,150,30,12,80,A02
3,周火旺,150,30,12,80,A03
2,周木,150,30,12,80,A04
END
run import lab "$TMPDIR/lab.csv" --day today --dry-run --as 001
expect "a trial stores nothing" 0 '"taken":2' '"unmatched":2' '"dry_run":true'
run exam day today --as 001
expect "really nothing" 0 '!"results":true'
run import lab "$TMPDIR/lab.csv" --day today --as 001
expect "matched by number and name; the rest is told with its reason" 0 '"taken":2' '"unmatched":2' '"unknown_columns":["条码"]'
case $out in *'"lines":[{"outcome":"taken","line":2'*) wrong= ;; *) wrong="the abnormal one is not first" ;; esac
result "the abnormal first" "$wrong"
run exam day today --as 001
expect "values, the blood's tick, and what is outside the usual" 0 '"done":["1","2"]' '"abnormal":2' '"results":true'
run import lab "$TMPDIR/lab.csv" --day today --as 001
expect "the same sheet again changes nothing" 0 '"taken":0' '"unchanged":2'
run import lab "$TMPDIR/nothing.csv" --day today --as 001
expect "no such file" 1 '"code":"not_found"'
run import lab "$TMPDIR/lab.csv" --as 001
expect "which day is not guessed: usage" 2 '"code":"usage"'
printf 'x,y\n1,2\n' >"$TMPDIR/bad.csv"
run import lab "$TMPDIR/bad.csv" --day today --as 001
expect "a sheet without names or tests: format" 1 '"code":"format"'

# ---- the sheets on paper, the result given back

run exam day today --out "$TMPDIR/day.xlsx" --as 001
expect "list, absent, slips: one workbook" 0 '"file":"'
case $(head -c 2 "$TMPDIR/day.xlsx") in PK) wrong= ;; *) wrong="no zip" ;; esac
result "it is a workbook" "$wrong"
run exam day today --out "$TMPDIR/no/day.xlsx" --as 001
expect "no such folder" 1 '"code":"not_found"'
run list exam --where exam_day="$day" --where resident="$lan" --as 001
expect "list exam by its day" 0 '"hb":108' '"tbil":31.0'
exam=$(take id)
revision=$(printf '%s' "$out" | sed 's/.*"revision":\([0-9]*\).*/\1/')
run worklist --date 2026-12-06 --as 001
expect "two weeks later the result is due to be given back" 0 '"task":"exam_feedback"' "\"record\":\"$exam\""
save exam "{'id':'$exam','revision':$revision,'feedback_date':'2026-11-21','feedback_how':'1','feedback_to':'1'}" --as 001
expect "not before the examination" 1 '"field":"feedback_date"'
save exam "{'id':'$exam','revision':$revision,'feedback_date':'2026-11-22','feedback_how':'1','feedback_to':'1'}" --as 001
expect "given back" 0 '"feedback_date":"2026-11-22"'
run worklist --date 2026-12-06 --as 001
expect "and off the list" 0 "!\"record\":\"$exam\""
done_testing
