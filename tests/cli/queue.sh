#!/bin/sh
# The queue and the log by commands: the same service as the screens.
. tests/cli/lib.sh
clinic
cd "$TMPDIR" || exit 1
save resident "{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15','id_number':'350299195507150047'}"
lan=$(take id)

run queue
expect "nobody yet" 0 '[]'
run queue add 350299195507150047
expect "by the ID number: number 1, waiting" 0 '"queue_no":1' '"status":"registered"' '"first_or_repeat":"1"'
visit=$(take id)
run queue add 350299195507150047
expect "twice: duplicate" 1 '"code":"duplicate"'
run queue add --name 王某 --sex 1 --age 40 --phone 10000000001
expect "by the name alone: number 2" 0 '"queue_no":2' '"walkin_name":"王某"' '"walkin_age":40'
walkin=$(take id)
run queue add 350299000000000000
expect "nobody of that number: not_found" 1 '"code":"not_found"'
run queue add --name 王某 --age old
expect "an age in words: usage" 2
run queue
expect "both wait, in order" 0 '"no":1' '"no":2' '"name":"陈桂兰"' '"name":"王某"'
one_value "one JSON value"
run queue start "$visit"
expect "being seen" 0 '"status":"in_progress"'
run queue back "$visit"
expect "back to waiting: no such step" 1 '"code":"wrong_state"' '“就诊中”' '“已挂号”'
run queue finish "$visit"
expect "done" 0 '"status":"finished"'
run queue join "$walkin" 350299195507150047
expect "joined to a file" 0 "\"resident\":\"$lan\"" '!walkin_name'
run queue join "$walkin" 350299195507150047
expect "twice: wrong_state" 1 '"code":"wrong_state"'
run queue cancel "$walkin"
expect "cancelled" 0 '"status":"cancelled"'
run queue cancel nobody
expect "no such visit: not_found" 1 '"code":"not_found"'
run queue --date nonsense
expect "no such day: invalid_value" 1 '"code":"invalid_value"'
run queue slips 4 --out slips.xlsx
expect "slips" 0 '"file":"slips.xlsx"'
run queue slips 0 --out slips.xlsx
expect "no slips: usage" 2

run list visit --limit 1
today=$(take date)
run log "$today"
expect "the log has who was seen, not who went away" 0 '"name":"陈桂兰"' '!王某'
run log "$today" --out log.xlsx
expect "its workbook" 0 '"file":"log.xlsx"'
run log yesterday
expect "no such time: usage" 2 '"code":"usage"'
run log
expect "no time: usage" 2
run log "$today" --out nowhere/log.xlsx
expect "no such folder: not_found" 1 '"code":"not_found"'
done_testing
