#!/bin/sh
# The contract of `contract`: steps, renewal of one and of a village, transfer, a household in one go, lists, what was done.
# timeout: 60
. tests/cli/lib.sh

run demo --residents 60 --seed 7 --today 2026-11-22
as() { run --as 001 contract "$@"; }

# ---- a person of our own, so that nothing depends on the practice clinic
save organisation "{'name':'试验村','type':'1','code':'350299101999'}" --as 001
save team "{'name':'甲队'}" --as 001
save team "{'name':'乙队'}" --as 001
save household "{'name':'张三','village':'试验村'}" --as 001
home=$(take id)
save resident "{'name':'张三','sex':'1','birth_date':'1950-01-02','village':'试验村','household':'$home'}" --as 001
zhang=$(take id)
save resident "{'name':'李四','sex':'2','birth_date':'1985-01-02','village':'试验村','household':'$home'}" --as 001
li=$(take id)
save resident "{'name':'王五','sex':'1','birth_date':'1970-01-02','village':'试验村'}" --as 001
wang=$(take id)
save contract "{'signed_by':'0','sign_method':'1','resident':'$zhang','team':'甲队','start':'2025-12-02','packages':['1','4']}" --as 001
expect "packages bring their items" 0 '"items":[{"item":"1","planned":1' '"signed_packages":[{"package":"d72b12eb' '"end":"2026-12-01"'
old=$(take id)

# ---- what is wrong is said
as
expect "alone: usage" 2 '"code":"usage"'
as dance "$old"
expect "no such step: usage" 2 '"code":"usage"'
as reject "$old" --reason x
expect "an active one is not refused" 1 '"code":"wrong_state"'
as terminate "$old" --reason x
expect "who gives it up" 1 '"code":"required"' '"field":"by"' '"example":"resident"'
as terminate "$old" --by resident
expect "and why" 1 '"code":"required"' '"field":"status_reason"'
as terminate "$old" --by nobody --reason x
expect "by nobody else" 2 '"code":"usage"'
as keep "$old"
expect "nothing to keep" 1 '"code":"wrong_state"'
as renew nothing
expect "no such contract" 1 '"code":"not_found"'
as renew "$old" --years 4
expect "one to three years" 2 '"code":"usage"'
as renew
expect "renew what" 2 '"code":"usage"'
as transfer "$old" --to 甲队
expect "handed over to the same team" 1 '"code":"inconsistent"' '"field":"team"'
as transfer "$old" --to 丙队
expect "to a team that is not there" 1 '"code":"not_found"'
as list nonsense
expect "no such list" 2 '"code":"usage"'
as household "$home-x"
expect "no such household" 1 '"code":"not_found"'

# ---- lists, a village
as list renew --village 试验村
expect "to renew in the village" 0 "\"id\":\"$old\"" '"name":"张三"' '"team":"甲队"'
as list renew --village 试验村 --team 乙队
same "none of the other team" '[]' "$out"
as list renew --village 试验村 --package 4
expect "of a package" 0 "$old"
as renew --village 试验村 --dry-run
expect "a trial renews nobody" 0 '"renewed":1' '"failed":0'
as renew --village 试验村 --signed-by 0 --sign-method 2
expect "the village is renewed" 0 '"renewed":1' '"failed":0' '"faults":[]'
run get contract "$old"
expect "the old one is renewed" 0 '"status":"renewed"'
as renew --village 试验村
expect "nobody is left" 0 '"renewed":0'
run list contract --where "resident=$zhang" --where status=active
expect "the next one follows without a gap" 0 '"start":"2026-12-02"' '"end":"2027-12-01"' "\"previous\":\"$old\"" '"sign_method":"2"'

# ---- a household: only who has none
as household "$zhang" --dry-run
expect "what would be signed" 0 '"signed":0' '"state":"has"' '"state":"new"' '"packages":"1"'
as household "$li" --signed-by 0 --sign-method 1
expect "the household signs" 0 '"signed":1'
run list contract --where "resident=$li"
expect "one contract" 0 '"packages":["1"]' '"status":"active"'
new=$(take id)
as household "$li"
expect "once" 1 '"code":"required"'

# ---- signed later: who and how are asked for
save contract "{'resident':'$wang','team':'甲队','start':'2026-11-22','packages':['1']}" --as 001
expect "without a signature it waits" 0 '"status":"pending"' '"code":"unsigned"' '签约人'
wait=$(take id)
as sign "$wait"
expect "nobody signed" 1 '"code":"required"' '"field":"signed_by"'
as withdraw "$wait" --signed-by 0 --sign-method 1
expect "who signs is said of no other step" 2 '"code":"usage"' '--signed-by'
as sign "$wait" --signed-by 0
expect "nor how" 1 '"code":"required"' '"field":"sign_method"'
as sign "$wait" --signed-by 0 --sign-method 1
expect "signed" 0 '"status":"active"' '"signed_on":"2026-11-22"'

# ---- handed over, given up
as transfer "$new" --to 乙队 --reason 搬家
expect "not on its first day" 1 '"code":"inconsistent"' '"field":"start"'
as transfer "$new" --to 乙队 --reason 搬家 --date 2026-11-23
expect "handed over" 0 "\"previous\":\"$new\"" '"start":"2026-11-23"'
next=$(take id)
run get contract "$new"
expect "the old team's ends" 0 '"status":"transferred"' '"ended_on":"2026-11-23"'
as ask_termination "$next" --by resident --reason 不需要
expect "asked to end" 0 '"status":"terminating"' '"resident_reason":"不需要"'
as list ending
expect "on the list of those" 0 "$next"
as terminate "$next"
expect "ended" 0 '"status":"terminated"' '"ended_on":"2026-11-22"'

# ---- its code
run contract code "$next"
expect "number, short code, what a scanner reads" 0 '"number":"QY2026-00-' '"code":"' '"qr":"CUNYI-QY:'
number=$(take number)
short=$(take code)
qr=$(take qr)
run contract check "$qr"
expect "the paper says what the record says" 0 '"match":"same"' "\"contract\":\"$next\""
run contract check "$number $short"
expect "read out by telephone" 0 '"match":"same"'
run contract check "$number 0000-0000"
expect "another short code" 1 '"match":"different"'
run contract check "$number"
expect "the number alone" 0 '"match":"number"'
run contract check QY1999-00-000001
expect "not ours" 1 '"match":"unknown"' '!contract'
run contract code nothing
expect "no such contract" 1 '"code":"not_found"'
run contract check
expect "check what" 2 '"code":"usage"'
run find "$qr"
expect "the scanner finds the person" 0 '"name":"李四"'

# ---- what was done
save contract "{'signed_by':'0','sign_method':'1','resident':'$li','team':'甲队','start':'2026-11-22','packages':['1']}" --as 001
now=$(take id)
as services "$now"
expect "the file is there" 0 '{"item":"1"' '"planned":1,"done":1' '{"item":"4"'
save service "{'resident':'$li','contract':'$now','date':'2026-11-22','item':'4','content':'讲座'}" --as 001
expect "given by hand" 0 "\"contract\":\"$now\""
service=$(take id)
as services "$now"
expect "counted" 0 '{"item":"4","name":"健康教育","planned":1,"done":1}'
run --as 001 void service "$service" --reason 记错
as services "$now"
expect "and no longer" 0 '{"item":"4","name":"健康教育","planned":1,"done":0}'
done_testing
