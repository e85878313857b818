#!/bin/sh
# The contract of save, get, list, void, move, undo, history: JSON, exit statuses, error codes.
. tests/cli/lib.sh

# ---- a clinic

run get resident x
expect "no clinic yet: not_found" 1 '"code":"not_found"' '"example":"cunyi init'
run init
expect "init without its options: usage" 2 '"code":"usage"'
run init --org 350299101 --name 试验卫生院
expect "init makes a clinic" 0 '"organisation":"' '"device":"pc'
run init --org 350299101 --name 试验卫生院
expect "init: there is one already" 1 '"code":"duplicate"'
save resident "{'name':'张三','sex':'1','birth_date':'1950-01-02'}"
expect "nobody works here yet: not_chosen" 1 '"code":"not_chosen"' '"example":"--as 001"'
run user add 林秀英 --no 001 --role 1
expect "user add" 0 '"kind":"staff"' '"revision":1' '"changed_by":""' '"staff_no":"001"'
first=$(take id)
run user add 陈志明 --no 001 --role 1
expect "user add: the number is taken" 1 '"code":"duplicate"' '"field":"staff_no"'
run user
expect "user list" 0 "[{\"id\":\"$first\",\"name\":\"林秀英\",\"staff_no\":\"001\",\"role\":\"1\"}]"
save organisation "{'name':'上坂村','type':'1','code':'350299101101'}"
expect "an organisation: the only member of staff is named" 0 "\"changed_by\":\"$first\""
village=$(take id)

# ---- save

save resident "{'name':'张三','sex':1,'birth_date':'1950-01-02'}"
expect "save creates; a number is taken for a code" 0 '"kind":"resident"' '"revision":1' '"state":"active"' \
	'"county":"waiting"' '"sex":"1"' "\"changed_by\":\"$first\"" '"warnings":[{"code":"incomplete","field":"village"'
one_value "save prints one JSON value"
same "save keeps stderr for people" "" "$err"
zhang=$(take id)
case $(take created_at) in
20[0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][+-][01][0-9]:[0-5][0-9]) wrong= ;;
*) wrong="not RFC 3339: $(take created_at)" ;;
esac
result "times are RFC 3339" "$wrong"

save resident '{}'
expect "all that is needed to save is named at once" 1 '{"error":{"code":"required","field":"name","message":"' \
	'"errors":[{"code":"required","field":"name"' '"field":"sex"' '"field":"birth_date"'
save resident '[]'
expect "no object: format" 1 '"code":"format"'
save resident "{'name':"
expect "no JSON: format" 1 '"code":"format"'
save resident "{'name':'张三','sex':'1','birth_date':'1950-01-02'} {}"
expect "two values: format" 1 '"code":"format"'
save resident "{'name':'李四','sex':'7','birth_date':'2099-01-02','foo':1,'phone':123,'abo':'x','house':true}"
expect "every fault is told" 1 '"error":{"code":"unknown_code","field":"sex"' '"code":"unknown_field","field":"foo"' \
	'"code":"invalid_type","field":"phone"' '"code":"unknown_code","field":"abo"' '"code":"future_date","field":"birth_date"' \
	'"code":"invalid_type","field":"house"' '!"required","field":"sex"' '!filed_on'
save resident "{'name':'李四','sex':'1','birth_date':'1950-02-30'}"
expect "no such day: invalid_value" 1 '"code":"invalid_value","field":"birth_date"' '"example":"1952-03-15"'
save resident "{'name':'李四','sex':'1','birth_date':'1950-02','family_father':['1','2']}"
expect "none and something: inconsistent" 1 '"code":"inconsistent","field":"family_father"'
save resident "{'name':'李四','id_number':'350299195203150049'}"
expect "wrong check digit: invalid_value with an example" 1 '{"error":{"code":"invalid_value","field":"id_number"' \
	'"example":"350299195203150048"'
save resident "{'name':'李四','id_number':'350299195203150048','past_disease':[{'code':2,'diagnosed':'2010-05'}],
	'drug_allergy':[2,'3']}"
expect "sex and birth date come from the ID number; lists and choices" 0 '"sex":"2"' '"birth_date":"1952-03-15"' \
	'"past_disease":[{"code":"2","diagnosed":"2010-05"}]' '"drug_allergy":["2","3"]'
li=$(take id)
save resident "{'name':'李四','id_number':'350299195203150048'}"
expect "the same ID number: duplicate" 1 '"code":"duplicate","field":"id_number"'
save resident "{'name':'李四','sex':'2','id_number':'350299196001011239'}"
expect "sex against the ID number: needs_confirmation" 1 '"code":"needs_confirmation","field":"sex"'
save resident "{'name':'黄美','sex':'2','id_number':'350299196001011239','confirm':['sex']}"
expect "confirmed: saved with a warning" 0 '"code":"confirmed","field":"sex"'
confirmed=$(take id)
save resident "{'id':'$confirmed','revision':1,'phone':'10000000001'}"
expect "what was answered is not asked again" 0 '"revision":2' '"code":"confirmed","field":"sex"'
save resident "{'id':'$confirmed','revision':2,'birth_date':'1961-01-01'}"
expect "a new question is" 1 '"code":"needs_confirmation","field":"birth_date"' '!"code":"needs_confirmation","field":"sex"'
save resident "{'name':'王五','sex':'1','birth_date':'1950-01-02','past_disease':[{'code':'99'}]}"
expect "a fault in a list names its line" 1 '"code":"unknown_code","field":"past_disease[0].code"'
save resident "{'name':'王五','sex':'1','birth_date':'1950-01-02','village':'没有的村'}"
expect "a village that is not there: not_found" 1 '"code":"not_found","field":"village"'
save resident "{'name':'王五','sex':'1','birth_date':'1950-01-02','village':'350299101101'}"
expect "a village by its code becomes its id; the file number is made" 0 "\"village\":\"$village\"" '"file_no":"35029910110100001"'

# ---- change

save resident "{'id':'$zhang','phone':'10000000000'}"
expect "change without revision: usage" 2 '"code":"usage","field":"revision"'
save resident "{'id':'$zhang','revision':1,'phone':'10000000000','abo':1,'village':'上坂村'}"
expect "change: only the keys present" 0 '"revision":2' '"phone":"10000000000"' '"abo":"1"' '"name":"张三"' "\"village\":\"$village\""
save resident "{'id':'$zhang','revision':1,'phone':'1'}"
expect "an old revision: stale" 1 '"code":"stale"'
save resident "{'id':'$zhang','revision':2,'abo':null}"
expect "null clears" 0 '"revision":3' '!"abo"' '"phone":"10000000000"'
save resident "{'id':'$zhang','revision':3,'name':null}"
expect "what is needed cannot be cleared" 1 '"code":"required","field":"name"'
save resident "{'id':'$zhang','revision':3,'phone':'10000000000'}"
expect "nothing changed: no new revision" 0 '"revision":3'
save resident "{'id':'nobody','revision':3,'phone':'1'}"
expect "no such record: not_found" 1 '"code":"not_found","field":"id"'
save resident "{'id':'$zhang','revision':3,'kind':'resident','state':'void','county':'at_county','changed_by':'x','warnings':[]}"
expect "what describes the record is passed over" 0 '"revision":3' '"state":"active"' '"county":"waiting"'
save nothing '{}'
expect "unknown_kind" 1 '"code":"unknown_kind"'
run get resident "$zhang"
expect "get" 0 "{\"kind\":\"resident\",\"id\":\"$zhang\",\"revision\":3" '!"warnings"'
run get followup "$zhang"
expect "get: an id of another kind: not_found" 1 '"code":"not_found"'
run get resident
expect "get without id: usage" 2 '"code":"usage"'

# ---- a follow-up

save followup "{'resident':'350299195203150048','date':'2026-01-20'}"
expect "a follow-up names its programme" 1 '"code":"required","field":"programme"' '"example":"htn"'
save followup "{'programme':'xx','resident':'$li'}"
expect "no such programme: unknown_code" 1 '"code":"unknown_code","field":"programme"'
save followup "{'programme':'htn','resident':'350299195203150048','date':'2026-01-20','mode':'1','sbp':1300,'dbp':80}"
expect "hard limit: out_of_range" 1 '"code":"out_of_range","field":"sbp"' '"example":"'
save followup "{'programme':'htn','resident':'350299195203150048','date':'2026-01-20','mode':'1','sbp':100,'dbp':120}"
expect "diastolic above systolic: inconsistent" 1 '"code":"inconsistent","field":"dbp"'
save followup "{'programme':'htn','resident':'350299195203150048','date':'2026-01-20','mode':'1','sbp':260,'dbp':80,'weight':61.55}"
expect "more places than the field has, and a question, at once" 1 '"code":"invalid_value","field":"weight"' \
	'"code":"needs_confirmation","field":"sbp"'
save followup "{'programme':'htn','resident':'350299195203150048','date':'2026-01-20','mode':'1','symptoms':[1],'sbp':128,'dbp':78,
	'weight':61,'hr':72,'sbp_mean':1,'class_proposed':'9'}"
expect "decimals have their places; computed keys are ignored; advice" 0 '"weight":61.0' '"sbp_mean":128' '"class":"1"' \
	"\"resident\":\"$li\"" '"advice":{"class":"1","action":"ROUTINE","next_due":"2026-04-20","reasons":['
one_value "a saved follow-up is one JSON value"
visit=$(take id)
save followup "{'programme':'htn','resident':'350299195203150048','date':'2026-01-21','mode':'1','sbp':260,'dbp':80}" --confirm sbp
expect "confirmed by option" 0 '"code":"confirmed","field":"sbp"' '"action":"EMERGENCY_REFER"'
second=$(take id)

# ---- list

run list resident --where name=张三
expect "list by a listed field" 0 "[{\"kind\":\"resident\",\"id\":\"$zhang\"" '!李四'
run list resident --where sex=女 --where village=上坂村
expect "two filters; codes by their words; references by name" 0 '[]'
run list followup --where resident=350299195203150048 --limit 1
expect "list: limit" 0 "\"id\":\"$visit\"" "!$second"
run list resident --limit 2
one_value "list prints one JSON value"
run list resident --where abo=1
expect "list by what is not listed: unknown_field" 1 '"code":"unknown_field","field":"abo"'
run list resident --where sex=5
expect "list by a code that is not there" 1 '"code":"unknown_code","field":"sex"'
for bad in "--limit x" "--limit 0" "--limit -1" "--bogus" "--where" "--where x"; do
	run list resident $bad
	expect "list $bad: usage" 2 '"code":"usage"'
done
run list nothing
expect "list of an unknown kind" 1 '"code":"unknown_kind"'

# ---- void, undo, move, history

run void followup "$second"
expect "void without a reason" 1 '"code":"required","field":"reason"'
run void followup "$second" --reason 录错了人
expect "void" 0 '"revision":2' '"state":"void"' '"county":"waiting"'
run void followup "$second" --reason 再来
expect "void twice: wrong_state" 1 '"code":"wrong_state"'
save followup "{'id':'$second','revision':2,'hr':70}"
expect "a void record cannot be changed" 1 '"code":"wrong_state"'
run list followup
expect "list leaves out what is void" 0 "$visit" "!$second"
run list followup --all
expect "list --all has it" 0 "$visit" "$second" '"state":"void"'
run undo followup "$second"
expect "undo" 0 '"revision":3' '"state":"active"' '"county":"waiting"'
run move followup "$second" --to nobody
expect "move to nobody: not_found" 1 '"code":"not_found","field":"resident"'
run move followup "$second" --to "$zhang" --reason 选错了人
expect "move" 0 '"revision":4' "\"resident\":\"$zhang\""
run history followup "$second"
expect "history names what changed" 0 '"revision":4' '"field":"resident","from":"李四","to":"张三","reason":"选错了人"' '"by":"林秀英"'
run list followup --where resident="$zhang"
expect "the record is the other one's now" 0 "$second"

# ---- who works

run user add 陈志明 --no 002 --role 1
save resident "{'name':'赵六','sex':'1','birth_date':'1960-01-01'}"
expect "two work here: not_chosen" 1 '"code":"not_chosen"'
run --as 无此人 list resident
expect "--as somebody else: not_found" 1 '"code":"not_found"'
save resident "{'name':'赵六','sex':'1','birth_date':'1960-01-01'}" --as 002
expect "--as by number" 0 '"revision":1' "!\"changed_by\":\"$first\""
mkdir -p "$HOME/.config/cunyi"
echo 'staff = 001' >"$HOME/.config/cunyi/config"
save resident "{'name':'钱七','sex':'1','birth_date':'1960-01-01'}"
expect "staff of the configuration" 0 "\"changed_by\":\"$first\""

# ---- two of one name
# KIND MEMBERS MEMBERS-OF-THE-SECOND
twice() {
	save "$1" "{$2}" --as 001
	expect "the first $1 of a name" 0 '"revision":1'
	save "$1" "{$3}" --as 001
	expect "a second $1 of the name is asked about" 1 '"code":"needs_confirmation","field":"name"'
	save "$1" "{$3,'confirm':['name']}" --as 001
	expect "a second $1 of the name, when that is right" 0 '"revision":1'
	save "$1" "{'id':'$(take id)','revision':1,'name':$4}" --as 001
	expect "a $1 that is there is not asked about again" 0
}
twice organisation "'name':'东村','type':'1'" "'name':'东村','type':'1'" "'东村'"
save organisation "{'name':'东村','type':'2'}" --as 001
expect "what is there is called what it is" 1 '"message":"村(居)委会“东村”已经有了'
twice team "'name':'东队'" "'name':'东队'" "'东队'"
twice package "'name':'试用包','code':'91','type':'1'" "'name':'试用包','code':'92','type':'1'" "'试用包'"
twice household "'name':'王五','house':'3'" "'name':'王五','house':'3'" "'王五'"
save household "{'name':'王五','house':'4'}" --as 001
expect "a household of the name in another house is another one" 0

# ---- states

save organisation "{'name':'练习县医院','type':'4'}"
save team "{'name':'林秀英团队'}"
team=$(printf %s "$out" | sed 's/.*"id":"\([^"]*\)".*/\1/')
save contract "{'signed_by':'0','sign_method':'1','resident':'$zhang','team':'$team','start':'2026-01-01','years':3}"
expect "a contract is active" 0 '"status":"active"' '"end":"2028-12-31"'
contract=$(printf %s "$out" | sed 's/.*"id":"\([^"]*\)".*/\1/')
save contract "{'id':'$contract','revision':1,'status':'draft'}"
expect "no way back to a draft" 1 '"code":"wrong_state"' '"field":"status"'
save contract "{'id':'$contract','revision':1,'status':'terminated'}"
expect "an end needs its reason" 1 '"code":"required"' '"field":"status_reason"'
save contract "{'id':'$contract','revision':1,'status':'terminated','status_reason':'moved'}"
expect "ended by command" 0 '"status":"terminated"' '"ended_on":'
save referral "{'resident':'$zhang','direction':'up','date':'2026-01-05','to_org':'练习县医院'}"
expect "a referral is requested" 0 '"status":"requested"' '"check_by":"2026-01-19"'
referral=$(printf %s "$out" | sed 's/.*"id":"\([^"]*\)".*/\1/')
save referral "{'id':'$referral','revision':1,'status':'draft'}"
expect "requested is not a draft again" 1 '"code":"wrong_state"'
save referral "{'id':'$referral','revision':1,'status':'cancelled','status_reason':'refused'}"
expect "cancelled by command" 0 '"status":"cancelled"'

# ---- for people

plain --lang en get resident "$zhang"
expect "get for people, in English" 0 'Name: 张三' 'Sex: 1 Male'
plain --lang zh get resident "$zhang"
expect "get for people, in Chinese" 0 '姓名: 张三' '性别: 1 男'
plain --lang en list nothing
expect "messages go to stderr" 1 '!kind' 'err:There is no record kind'
same "and nothing else is printed" "" "$out"
run check --full
expect "after all this the database is sound" 0 '"ok":true'
run audit verify
expect "and the history whole" 0 '"ok":true'

done_testing
