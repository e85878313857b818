#!/bin/sh
# timeout: 120
# The whole contract form by keys, as a paper form is copied, and what is stored compared with what was typed; one visit with
# several services, each item of the contract credited once; the village renewed from the list.
. tests/pty/drive.sh

cunyi init --org 350299101 --name 上坂村卫生室 >/dev/null || exit 1
cunyi user add 林秀英 --no 001 --role 1 >/dev/null
save() { cunyi --json --as 001 save "$1" 2>&1; }
id_of() { sed 's/.*"id":"\([^"]*\)".*/\1/'; }
echo '{"name":"上坂村","type":"1","code":"350299101201"}' | save organisation >/dev/null
echo '{"name":"林秀英团队","leader":"001","members":[{"staff":"001","role":"3"}]}' | save team >/dev/null
mei=$(echo '{"name":"李美玉","sex":"2","birth_date":"1955-03-15","village":"上坂村"}' | save resident | id_of)
echo "{\"resident\":\"$mei\",\"programme\":\"htn\",\"enrolled_on\":\"$(date +%Y)-01-01\"}" | save enrolment >/dev/null

# ---- the form, field by field
start
sees "the first screen" "找人"
typed 'lmy'
keys Enter
sees "her page" "李美玉"
keys s
sees "the contract" "家庭医生签约服务协议"
typed '1,2,4'
keys Enter
sees "the packages bring their items" "约定 4"
typed 12    # signed by a relative, by thumb print
typed '李大山'
keys Enter
typed 27    # a son; on paper
typed 'QY-0001'
keys Enter
typed 120
keys Enter
typed 60
keys Enter
typed 40
keys Enter
typed 20
keys Enter
typed 1
typed '上门签'
keys F2
sees "signed" "已保存"
contract=$(cunyi --json list contract | id_of)
got=$(cunyi --json get contract "$contract")
stored() {
	for want; do
		case $got in *"$want"*) ;; *) echo "not stored: $want"; echo "$got"; return 1 ;; esac
	done
}
check "what was typed is stored" stored "\"resident\":\"$mei\"" '"packages":["1","2","4"]' "\"start\":\"$(date +%F)\"" '"years":1' \
	"\"signed_on\":\"$(date +%F)\"" '"signed_by":"1"' '"sign_method":"2"' '"signer_name":"李大山"' '"signer_relation":"2"' \
	'"channel":"7"' '"paper_no":"QY-0001"' '"fee_total":12000' '"fee_public":6000' '"fee_insurance":4000' '"fee_self":2000' \
	'"paid":"1"' '"note":"上门签"' '"status":"active"'
number=QY$(date +%Y)-00-000001
check "it has its number" stored "\"number\":\"$number\""
check "with what follows from it" stored '"key_groups":["elderly","htn"]' '{"item":"3","planned":4' '{"item":"8","planned":1' \
	'"signed_packages":[{"package":"d72b12eb-4a81-5d31-bf68-c4ea45129575","version":1}'

# ---- one visit, several services: blood pressure, pills, examination; each item once
today=$(date +%F)
echo "{\"resident\":\"$mei\",\"programme\":\"htn\",\"date\":\"$today\",\"mode\":\"1\",\"sbp\":132,\"dbp\":78,\"salt_target\":\"1\",\"drugs\":[{\"name\":\"氨氯地平\"}],\"doctor\":\"001\"}" | save followup >/dev/null
echo "{\"resident\":\"$mei\",\"date\":\"$today\",\"status\":\"finished\",\"complaint\":\"配药\",\"prescriptions\":[{\"name\":\"氨氯地平\",\"strength\":\"5mg\",\"quantity\":28,\"unit\":\"片\",\"times_per_day\":1}],\"doctor\":\"001\"}" | save visit >/dev/null
echo "{\"resident\":\"$mei\",\"date\":\"$today\"}" | save exam >/dev/null
credited() { cunyi --json contract services "$contract" | grep -o '"item":"[0-9]*"[^}]*"done":1' | grep -o '"item":"[0-9]*"' | sort | tr -d '\n'; }
check "each item once" test "$(credited)" = '"item":"1""item":"2""item":"3""item":"5""item":"7"'
none_twice() { ! cunyi --json contract services "$contract" | grep -q '"done":[2-9]'; }
check "none twice" none_twice

# ---- its code: shown to be scanned, read out, found again by the scanner
keys Escape
gone "still missing is closed" "数字接着办"
keys c
sees "the person's code" "编号  3502"
keys c
short=$(cunyi --json contract code "$contract" | sed 's/.*"code":"\([^"]*\)".*/\1/')
sees "the agreement's number and short code" "签约协议 $number  协议码 $short"
paper_is_same() { cunyi --json contract check "$number $short" | grep -q '"match":"same"'; }
check "the paper says what the record says" paper_is_same
keys Escape Escape
sees "the first screen again" "找人"
typed "$number"
sees "the number finds her" "李美玉"
keys Enter
sees "her page again" "签约 林秀英团队"

# ---- what was given, as the resident signs it
keys :
sees "go to" "/"
typed 'lvyuejilu'
keys Enter
sees "what was given" "履约记录  李美玉"
sees "counted" "定期随访 1/4"
keys F4
sees "by hand" "签约服务履约记录"
typed 4
keys Enter Enter
typed '高血压讲座'
keys Enter
typed 2
keys F2
sees "counted at once" "健康教育 1/1"
kill -TERM "$(program)"
ended "left" 0
finish
