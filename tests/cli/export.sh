#!/bin/sh
# Export: what is printed can be imported again, nothing becomes a formula, numbers stay text, a failure leaves what was there.
. tests/cli/lib.sh
plain demo --residents 200 --seed 8 --today 2026-11-22
first=$data
second=$TMPDIR/second
cd "$TMPDIR" || exit 1

for list in residents followups contracts referrals; do
	run export $list $list.csv
	expect "export $list as CSV" 0 '{"rows":' "\"file\":\"$list.csv\""
	run export $list $list.xlsx
	expect "export $list as a workbook" 0 '{"rows":'
	case $(head -c 2 $list.xlsx) in PK) wrong= ;; *) wrong="no zip" ;; esac
	result "$list.xlsx is a workbook" "$wrong"
done
same "CSV begins with the mark that Excel needs" "357 273 277" "$(head -c 3 residents.csv | od -An -to1 | sed 's/^ //')"
same "files are the user's alone" "-rw------- -rw-------" "$(ls -l residents.csv residents.xlsx | cut -c1-10 | paste -sd' ')"
plain --lang en export residents told.csv
expect "it is said once that whole numbers are in it" 0 "err:It holds whole ID and telephone numbers" "err:yours alone"
plain --json --lang en export residents told.csv
expect "not to programs" 0 "!whole ID"
out=$(head -2 followups.csv)
expect "who it is about, the words of codes, names of references" 0 '姓名,性别,出生日期,身份证号,' '随访日期' '无症状' '!"1"'

# ---- there and back

bad=$("$CUNYI" --data "$data" sql --readonly "SELECT count(*) FROM resident")
run import residents residents.csv --as 001
expect "into the same clinic: nothing changes" 0 '"imported":0,"updated":0' '"differing":0' '"unknown_columns":[]'
data=$second
run init --org 350299101 --name 另一个卫生院
run user add 林秀英 --no 001 --role 1
"$CUNYI" --data "$first" --json sql --readonly "SELECT DISTINCT s.name, s.staff_no FROM staff s" | tr '{' '\n' |
	sed -n 's/.*"name":"\([^"]*\)","staff_no":"\([0-9]*\)".*/\1 \2/p' >staff
while read -r name number; do
	run user add "$name" --no "$number" --role 1
done <staff
run import residents residents.csv --yes --as 001
expect "into another clinic: all but the wrong ID numbers" 0 '"updated":0' '"imported":19' '"unknown_columns":[]'
run export residents again.csv
cut -d, -f1-8 residents.csv | sort >a
cut -d, -f1-8 again.csv | sort >b
same "what came in goes out the same" "" "$(comm -13 a b)"
"$CUNYI" --data "$first" --lang en export residents english.csv >/dev/null
run import residents english.csv --as 001
expect "the English list is the same list (somebody registered twice is one person here)" 0 '"imported":0' '"updated":0' '"unknown_columns":[]'
data=$first

# ---- formulas, numbers

data=$TMPDIR/third
clinic
save resident "{'name':'=cmd|calc','sex':'1','birth_date':'1950-03-15','note':'+1,\\\"x\\\"\\n-2','phone':'05911234567','id_number':'350299195003150115','confirm':['sex']}"
expect "a name that looks like a formula" 0 '"name":"=cmd|calc"'
run export residents formula.csv
out=$(cat formula.csv)
expect "a formula is no formula in CSV" 0 "'=cmd|calc," "\"'+1," '"05911234567	"' '"350299195003150115	"'
run import residents formula.csv
expect "and comes back as it was" 0 '"unchanged":1'
run export residents formula.xlsx
expect "nor in a workbook" 0 '"rows":1'

# ---- what goes wrong

run export nothing x.csv
expect "no such list: unknown_kind" 1 '"code":"unknown_kind"'
run export residents x.txt
expect "no such format: usage" 2 '"code":"usage"'
run export residents
expect "no file: usage" 2 '"code":"usage"'
echo before >there.csv
cp there.csv there.xlsx
for ending in csv xlsx; do
	run export residents no/such/folder/x.$ending
	expect "a folder that is not there ($ending)" 1 '"code":"not_found"'
	if [ -w /dev/full ]; then
		ln -sf /dev/full full.$ending
		run export residents full.$ending
		expect "a full disk ($ending)" 1 '"code":"disk_full"'
	fi
	mkdir -p dir.$ending
	run export residents dir.$ending
	expect "a folder of that name ($ending)" 1 '"error":{'
done
# A file-size limit stands for a disk that fills up half-way: the old file is whole afterwards.
data=$first
for ending in csv xlsx; do
	out=$( (ulimit -f 8; trap '' XFSZ; exec "$CUNYI" --data "$data" --json export residents there.$ending) 2>stderr)
	status=$?
	err=$(cat stderr)
	expect "a disk that fills up half-way ($ending)" 1 '"error":{"code":"'
	same "what was there before stays ($ending)" before "$(cat there.$ending)"
done
same "nothing is left behind" "" "$(ls -A | grep -i tmp; ls -A "$data/tmp" 2>/dev/null)"

done_testing
