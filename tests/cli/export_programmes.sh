#!/bin/sh
# One list of follow-ups of several programmes: the same digit means something else on each paper, and each is told in its own
# words.
. tests/cli/lib.sh

clinic
save resident "{'name':'陈桂兰','sex':'2','birth_date':'1955-07-15'}"
who=$(take id)
save followup "{'resident':'$who','programme':'htn','date':'2026-03-02','mode':'1','symptoms':['3'],'sbp':130,'dbp':80}"
expect "hypertension" 0 '"symptoms":["3"]'
save followup "{'resident':'$who','programme':'dm','date':'2026-03-03','mode':'1','symptoms':['3'],'fpg':6.4}"
expect "diabetes" 0 '"symptoms":["3"]'
save followup "{'resident':'$who','programme':'copd','date':'2026-03-04','mode':'1','symptoms':['3'],'cat':8,'adr':'3','adr_other':'茶碱'}"
expect "COPD" 0 '"symptoms":["3"]'
cd "$TMPDIR" || exit 1
"$CUNYI" --data "$data" --lang zh export followups list.csv >/dev/null 2>&1
expect "the list" 0
row() { grep "$1" list.csv; }
out=$(row 2026-03-02)
expect "3 of hypertension" 0 恶心呕吐 '!多食' '!咳痰'
out=$(row 2026-03-03)
expect "3 of diabetes" 0 多食 '!恶心呕吐' 6.4
out=$(row 2026-03-04)
expect "3 of COPD, and its grave reaction" 0 咳痰 严重 '!恶心呕吐'
done_testing
