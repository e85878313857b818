#!/bin/sh
# Residents and households by commands, as the situations of a village ask for them.
. tests/cli/lib.sh

run demo --residents 40 --seed 3 --today 2026-11-22
expect "a practice clinic" 0
as() { run --as 001 "$@"; }
put() {
	kind=$1
	text=$(printf '%s' "$2" | tr "'" '"')
	shift 2
	out=$(printf '%s' "$text" | "$CUNYI" --data "$data" --as 001 --json save "$kind" - "$@" 2>"$TMPDIR/stderr")
	status=$?
	err=$(cat "$TMPDIR/stderr")
}
# change KIND ID JSON: an edit of the newest version
change() {
	as get "$1" "$2"
	put "$1" "{'id':'$2','revision':$(take revision),$3}"
}

# ---- somebody who is perhaps on file already: saved, and told, as the screen of registration does
put resident "{'name':'章秀英','sex':'2','birth_date':'1950-01-02','village':'上坂'}"
expect "likeness: the first" 0 '!"code":"duplicate"'
first=$(take id)
put resident "{'name':'樟秀英','sex':'2','birth_date':'1950-01-02','village':'上坂'}"
expect "likeness: a name that sounds alike" 0 '"warnings":[{"code":"duplicate","field":"name"' '章秀英, 上坂 (' "\"record\":\"$first\""
second=$(take id)
revision=$(take revision)
>"$TMPDIR/zhuang" printf '%s' '{"name":"庄秀英","sex":"2","birth_date":"1951-03-04"}'
plain --as 001 save resident "$TMPDIR/zhuang"
>"$TMPDIR/zhuang" printf '%s' '{"name":"装秀英","sex":"2","birth_date":"1951-03-04"}'
plain --as 001 save resident "$TMPDIR/zhuang"
expect "likeness: told to people without a number of the machine" 0 '可能已经登记过: 庄秀英 ('
same "likeness: told before what is missing" "$(printf '%s\n' "$out" | sed -n 2p | cut -d: -f1)" "  可能已经登记过"
put resident "{'id':'$second','revision':$revision,'phone':'10000000001'}"
expect "likeness: told once" 0 '!"code":"duplicate"'
revision=$(take revision)
put resident "{'id':'$second','revision':$revision,'name':'章秀英'}"
expect "likeness: told again about another name" 0 '"code":"duplicate","field":"name"' "$first" "!$second ("
put resident "{'name':'章秀英','sex':'1','birth_date':'1950-01-02','village':'上坂'}"
expect "likeness: a man is somebody else" 0 '!"code":"duplicate"'
put resident "{'name':'章秀英','sex':'2','birth_date':'1950-01-02','birth_order':2,'village':'上坂'}"
expect "likeness: a twin is somebody else" 0 '!"code":"duplicate"'

# ---- documents, and people without a number

put resident "{'name':'陈桂兰','id_number':'350299550715004','village':'上坂'}"
expect "fifteen digits become eighteen, the old ones stay known" 0 '"id_number":"350299195507150047"' '"birth_date":"1955-07-15"' \
	'"identifiers":[{"system":"01","value":"350299550715004","use":"2","to":"2012-12-31"}]'
lan=$(take id)
as find 350299550715004
expect "found by the number on the old paper" 0 "\"id\":\"$lan\"" '"id_masked":"350299********0047"'
put resident "{'no_id':'2','birth_date':'1960'}"
expect "an unknown person: a temporary number, never in the place of a document's" 0 '"name":"未知2026-11-22"' '"sex":"0"' \
	'"value":"LS2026112200-01","use":"3"' '!"id_number"'
put resident "{'name':'张三','sex':'1','birth_date':'1950-01-02','no_id':'3'}"
expect "refuses to show it: a reason is needed" 1 '"code":"required","field":"no_id_reason"'
put resident "{'name':'张三','sex':'1','birth_date':'1950-01-02','id_type':'99','id_number':'LS2026112200-01'}"
expect "a temporary number is no document" 1 '"code":"invalid_value","field":"id_number"'
as device
expect "this device has the first range" 0 '"number":0,"from":1,"to":49999'
as device number 100
expect "no such device number" 1 '"code":"out_of_range"'
as device number x
expect "device: usage" 2 '"code":"usage"'

# ---- situation 9: newborn, twins, unnamed; the dead on the list

put household "{'name':'林美玉','village':'上坂','house':'88'}"
home=$(take id)
put resident "{'name':'林美玉','id_number':'350299198802030025','village':'上坂','house':'88','phone':'10000000025','household':'$home','household_relation':'0'}"
mother=$(take id)
change household "$home" "'head':'$mother'"
as newborn 350299198802030025 --sex 2 --date 2026-11-20 --weight 2650 --certificate T350299001
expect "a newborn from the mother's file" 0 '{"id":"'
first=$(take id)
as get resident "$first"
expect "with what the mother's file says" 0 '"name":"林美玉之女"' '"guardian_id":"350299198802030025"' "\"household\":\"$home\"" \
	'"birth_weight":2650' '"birth_certificate":"T350299001"' '"contact_phone":"10000000025"' '!"id_number"'
as newborn "$mother" --sex 2 --date 2026-11-20 --weight 2500 --certificate T350299002
second=$(take id)
as get resident "$second"
expect "the twin is told apart" 0 '"name":"林美玉之女2"' '"birth_order":2'
as duplicates
expect "and is no duplicate" 0 '!之女2' "!$second"
as newborn "$lan" --sex 1 --date 2026-11-20
expect "no newborn of a woman of 71" 1 '"code":"wrong_state"'
as newborn "$mother" --sex 1 --date 2026-13-40
expect "newborn: no such day" 1 '"code":"invalid_value","field":"birth_date"'
as newborn "$mother" --sex 7 --date 2026-11-20
expect "newborn: no such sex" 1 '"code":"unknown_code","field":"sex"'
as newborn "$mother" --sex 1 --date 2026-11-20 --weight x
expect "newborn: no such weight" 1 '"code":"invalid_value","field":"birth_weight"'
as newborn "$mother" --sex 1
expect "newborn: usage" 2 '"code":"usage"'
change resident "$first" "'name':'黄小月','id_number':'350299202611200027'"
expect "the name and the number come to the same file" 0 "\"id\":\"$first\"" '"name":"黄小月"' '!"no_id"'

put enrolment "{'resident':'$mother','programme':'htn','enrolled_on':'2024-03-01'}"
roster=$(take id)
as list team
team=$(take id)
put contract "{'signed_by':'0','sign_method':'1','resident':'$mother','team':'$team','start':'2026-01-01'}"
contract=$(take id)
put visit "{'resident':'$mother','date':'2026-10-20','status':'finished'}"
change resident "$mother" "'died_on':'2026-10-01','death_cause':'脑卒中'"
expect "a death months late: said what is dated after it, and that the household has no head" 0 '"status":"4"' \
	'"code":"after_death","field":"died_on","message":"死后记录 1 条: 2026-10-20 就诊' '"code":"new_head"'
as get enrolment "$roster"
expect "the roster ended on that date" 0 '"status":"ended"' '"ended_on":"2026-10-01"' '"end_reason":"1"'
as get contract "$contract"
expect "the contract too" 0 '"status":"terminated"' '"ended_on":"2026-10-01"'
as people after-death
expect "the record after the death is listed" 0 "\"id\":\"$mother\"" '"day":"2026-10-20"'
put visit "{'resident':'$mother','date':'2026-10-05','status':'finished'}"
expect "no further one can be made" 1 '"code":"inconsistent","field":"date"'
as household head "$home" "$second"
expect "the household gets another head" 0
as get household "$home"
expect "it has his name" 0 "\"head\":\"$second\"" '"name":"林美玉之女2"'
change resident "$mother" "'died_on':null"
expect "it was a mistake" 0 '"status":"1"'
as get enrolment "$roster"
expect "the roster is as before" 0 '"status":"active"' '!ended_on' '!end_reason'
as get contract "$contract"
expect "the contract is as before" 0 '"status":"active"' '!ended_on'

# ---- situation 8: away and back, moved within, married in, moved out, back again

put resident "{'name':'张阿土','sex':'1','birth_date':'1968-06-01','village':'上坂','phone':'10000001188','status':'2','away_since':'2026-03-01','away_where':'泉州','away_back':'2027-02-01'}"
atu=$(take id)
as people away
expect "the list of who comes home: since, where, back, no longer living here" 0 "\"id\":\"$atu\"" '"day":"2026-03-01"' \
	'泉州; 预计 2027-02-01 回; 不算常住'
as home --until 2027-02-20 "$atu" "$mother"
expect "home for the festival, in one go" 0 '{"changed":1}'
as find 张阿土
expect "the lists take him as here" 0 '"id":"'"$atu"
as home --until 2026-01-01 "$atu"
expect "not until a day that is past" 1 '"code":"invalid_value"'
as home "$atu"
expect "away again" 0 '{"changed":1}'
as home
expect "home: usage" 2 '"code":"usage"'
change resident "$mother" "'village':'下洋'"
expect "moved within the township: the same file, and the contract is asked about" 0 "\"id\":\"$mother\"" \
	'"code":"transfer_contract"'
change resident "$mother" "'moved_on':'2026-11-20','moved_to':'泉州','moved_why':'1'"
expect "married out" 0 '"status":"3"'
as get enrolment "$roster"
expect "moving out ends the roster on its day" 0 '"ended_on":"2026-11-20"' '"end_reason":"2"'
change resident "$mother" "'status':'1'"
expect "back again needs its day" 1 '"code":"inconsistent","field":"moved_on"'
change resident "$mother" "'status':'1','moved_in_on':'2026-11-22','moved_in_why':'4','moved_in_from':'泉州'"
expect "back again" 0 '"status":"1"'
as get enrolment "$roster"
expect "what ended stays ended: he counts from the new enrolment" 0 '"status":"ended"'
put resident "{'name':'阿芳','sex':'2','birth_date':'1995-05-05','village':'上坂','registered_address':'泉州','moved_in_on':'2026-11-01','moved_in_why':'1','moved_in_from':'泉州, 老档案在那里'}"
expect "married in: a file of her own, with where the older one is" 0 '"moved_in_why":"1"'

# ---- situation 7: the inspector's telephone check

as verify draw --seed 17 --per-doctor 2 --from 2026-01-01
expect "people are drawn, with their number and what was written down" 0 '"seed":17' '"recorded":"' '"phone":"'
drawn=$(printf '%s' "$out" | tr '{' '\n' | sed -n 's/.*"item":\([0-9]*\).*/\1/p' | head -n 2)
who=$(printf '%s' "$out" | sed 's/"draw":[0-9]*//; s/"item":[0-9]*//g')
as verify draw --seed 17 --per-doctor 2 --from 2026-01-01
same "the same seed draws the same people" "$who" "$(printf '%s' "$out" | sed 's/"draw":[0-9]*//; s/"item":[0-9]*//g')"
items=$(printf '%s' "$out" | tr '{' '\n' | sed -n 's/.*"item":\([0-9]*\).*/\1/p' | head -n 2)
one=$(printf '%s\n' "$items" | head -n 1)
two=$(printf '%s\n' "$items" | tail -n 1)
as verify print --out "$TMPDIR/verify.xlsx"
expect "the list on paper" 0
result "it is a workbook" "$(head -c 2 "$TMPDIR/verify.xlsx" | grep -q PK || echo no zip)"
as verify print --out "$TMPDIR/nowhere/verify.xlsx"
expect "no such folder" 1 '"code":"not_found"'
as verify print
expect "verify print: usage" 2 '"code":"usage"'
as verify answer "$one" 1 --note 记得
expect "true" 0
as verify answer "$two" 4
expect "the number is wrong" 0
as verify answer "$two" 9
expect "no such answer" 1 '"code":"unknown_code"'
as verify draw --seed x
expect "verify: a seed is a number" 2 '"code":"usage"'
as verify draw --per-doctor 0
expect "verify: nobody is drawn" 1 '"code":"out_of_range"'
as verify
expect "verify: usage" 2 '"code":"usage"'
as verify rates
expect "the truth rate" 0 '"answered":2,"true":1,"rate":"50.00"'
as people dead-phones
expect "the wrong number is on the list" 0 '号码错'
as verify draw --from 1990-01-01 --until 1990-12-31
expect "nobody had a service then" 1 '"code":"not_found"'

# ---- files of one person

put resident "{'name':'陈贵兰','sex':'2','birth_date':'1955-07-15','village':'上坂','drug_allergy':['2'],'phone':'10000002203'}"
gui=$(take id)
put visit "{'resident':'$gui','date':'2026-09-01','status':'finished'}"
as duplicates
expect "the sweep finds the pair" 0 "\"id\":\"$lan\"" "\"id\":\"$gui\"" '音近'
as merge "$lan" "$gui" --take phone
expect "one file" 0 "\"survivor\":\"$lan\",\"merged\":\"$gui\""
as get resident "$lan"
expect "with the chosen telephone and the other's allergy" 0 '"phone":"10000002203"' '"drug_allergy":["2"]' "\"replaces\":[{\"resident\":\"$gui\"}]"
as get resident "$gui"
expect "the other one says where it went" 0 '"state":"merged"' "\"replaced_by\":\"$lan\""
as list visit --where resident="$lan"
expect "its records stand at the survivor, with their own subject" 0 "\"resident\":\"$gui\""
as find 陈贵兰
expect "found as the survivor only" 0 "!\"id\":\"$gui\""
as merge "$lan" "$gui"
expect "not twice" 1 '"code":"wrong_state"'
as history resident "$lan" --field phone
expect "the course of one field" 0 '"field":"phone","from":"","to":"10000002203"' '!"field":"name"'
as history resident "$lan" --field nonsense
expect "no such field" 1 '"code":"unknown_field"'
printf '姓名,性别,出生日期,村(居)委会,本人电话\n陈贵兰,女,1955-07-15,上坂,10000002203\n' >"$TMPDIR/old.csv"
as import residents "$TMPDIR/old.csv"
expect "an old list does not bring the merged file back" 0 '"imported":0' "\"resident\":\"$lan\"" '"field":"name"'
as unmerge "$lan"
expect "parting needs a reason" 1 '"code":"required","field":"reason"'
as unmerge "$lan" --reason 两个人
expect "two files again" 0 "\"merged\":\"$gui\""
as list visit --where resident="$gui"
expect "each with its own records" 0 "\"resident\":\"$gui\""
as get resident "$lan"
expect "and its own values" 0 '!10000002203' '!replaces'
as duplicates --different "$lan" "$gui"
expect "two people" 0
as duplicates
expect "not listed again" 0 "!$gui"
as merge "$lan" "$first"
expect "two right identity numbers are asked about" 1 '"code":"needs_confirmation","field":"id_number"'

# ---- households

as household split "$second" "$first"
expect "they live apart" 0 '{"household":"'
apart=$(take household)
as get household "$apart"
expect "the first is the head" 0 "\"head\":\"$second\""
as household head "$apart" "$mother"
expect "no stranger becomes the head" 1 '"code":"wrong_state"'
as household
expect "household: usage" 2 '"code":"usage"'
as people nonsense
expect "people: usage" 2 '"code":"usage"'

run check --full
expect "the file is whole" 0
run audit verify
expect "the history's chain is whole" 0

done_testing
