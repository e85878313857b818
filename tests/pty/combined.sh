#!/bin/sh
# Somebody on two rosters comes: one sheet, shared items typed once, one save; each programme has its own class and next date,
# and one key takes both back.
. tests/pty/drive.sh

clinic_new 30
save() { echo "$2" | cunyi --json --as 001 save "$1" | tr ',{}' '\n\n\n' | sed -n 's/^"id":"\(.*\)"$/\1/p' | head -1; }
who=$(save resident '{"name":"欧阳合并","sex":"2","birth_date":"1960-02-03","village":"上坂"}')
save enrolment "{\"resident\":\"$who\",\"programme\":\"htn\",\"enrolled_on\":\"2020-03-01\"}" >/dev/null
save enrolment "{\"resident\":\"$who\",\"programme\":\"dm\",\"enrolled_on\":\"2021-03-01\"}" >/dev/null

start
sees "opens" '找人'
typed 'oyhb'
sees "she is found" '欧阳合并'
keys Enter
sees "her page" '她还差'
keys F7
sees "all rosters on one sheet is the first choice" '1 慢病合并随访 高血压+2型糖尿病'
keys Enter
sees "the sheet" '高血压+2型糖尿病  欧阳合并'
typed '11'
typed '152/96'
keys Enter Enter Enter
typed '61.5'
keys Enter
typed '60'
keys Enter
typed '78'
keys Enter Enter
typed '0'; keys Enter; typed '0'; keys Enter
typed '0'; keys Enter; typed '0'; keys Enter
typed '7'; keys Enter; typed '30'; keys Enter Enter Enter
typed '11'
keys Enter
typed '11'
sees "the blocks: hypertension says at once" '高血压 控制不满意; 调整用药, 2周复查 12-06'
typed '1'; keys Enter
typed '2'; keys Enter Enter
sees "its class is taken with Enter" '高 分类      2'
typed '1'; keys Enter
typed '1'
keys Enter
typed '300'; keys Enter; typed '250'; keys Enter
typed '6.4'; keys Enter
sees "diabetes for itself" '2型糖尿病 控制满意; 按期随访'
keys F2
sees "both are saved" '已保存: 欧阳合并 高血压随访 152/96 控制不满意 + 2型糖尿病随访 6.4 控制满意'

both() { cunyi --json list followup --where resident="$who" "$@"; }
check "two records" [ "$(both | grep -o '"programme":"[a-z]*"' | sort | tr '\n' ' ')" = '"programme":"dm" "programme":"htn" ' ]
check "shared items in both" [ "$(both | grep -o '"weight":61.5' | wc -l)" = 2 ]
check "the pressure in both" [ "$(both | grep -o '"sbp":152' | wc -l)" = 2 ]
check "salt in one" [ "$(both | grep -o '"salt":"2"' | wc -l)" = 1 ]
check "staple food in the other" [ "$(both | grep -o '"staple":300' | wc -l)" = 1 ]
check "each its class" [ "$(both | grep -o '"class":"[12]"' | sort | tr '\n' ' ')" = '"class":"1" "class":"2" ' ]
check "each its next date" [ "$(both | grep -o '"next_due":"[-0-9]*"' | sort -u | wc -l)" = 2 ]

keys Escape
gone "what she still lacks is read" '数字接着办'
keys C-z
sees "taken back in one" '撤回这次保存?'
keys 1
gone "the question is over" '撤回这次保存?'
until_seen '欧阳合并'
check "nothing is left" [ "$(both)" = '[]' ]
keys F10
finish
