# The same work done twice, by keys and by commands: both give the same records.
# timeout: 120
. tests/pty/drive.sh

# init and who works; both clinics are made alike.
clinic_of() {
	DATA=$TMUX_DIR/$1
	cunyi init --org 350299101 --name 上坂村卫生室 >/dev/null || exit 1
	cunyi user add 林秀英 --no 001 --role 1 >/dev/null
	echo '{"name":"上坂村","type":"1","code":"350299101201"}' | cunyi --as 001 save organisation >/dev/null
	echo '{"name":"县医院","type":"4","code":"350299901"}' | cunyi --as 001 save organisation >/dev/null
	echo '{"name":"林秀英团队"}' | cunyi --as 001 save team >/dev/null
}
# One value a line, without what must differ: ids, instants.
plain() {
	cunyi --json get "$1" "$(value id cunyi --json list "$1")" | tr '{}' '\n\n' | sed 's/,"/\n"/g' | tr -d ' ' |
		grep -vE '^"(id|created_at|changed_at|changed_by|resident|responsible_doctor|doctor|from_doctor|village|team|to_org|from_org|source_followup|household)":' |
		grep . | sort
}
# value picks the first of a list; each clinic holds one of each.
day_of() {
	for kind in resident enrolment followup referral contract; do
		echo "== $kind"
		plain $kind
	done
}

clinic_of keys
start
sees "the first screen" "找人"
keys F4
sees "register" "个人基本信息表"
typed 350299195203150048
keys Enter
typed 陈水木
keys F2
sees "his page" "陈水木"
keys f
sees "enrol" "慢病管理登记"
typed 1
keys F2
sees "enrolled" "已保存: 陈水木 登记高血压"
keys Escape
gone "closed" "数字接着办"
keys f
sees "follow-up" "高血压患者随访服务记录表"
typed 1
keys Enter
typed 2
keys Enter
typed 152/88
keys Enter
typed 150/86
keys Enter
sees "the mean" "151/87"
keys F2
sees "saved" "已保存: 陈水木 高血压随访 151/87"
keys r
sees "referral" "双向转诊单"
typed 2
keys F2
sees "requested" "已申请"
keys s
sees "contract" "签约"
keys Enter
typed 01 # by himself, in writing
keys F2
sees "signed" "已签约"
kill -TERM "$(program)"
ended "left" 0
day_of >"$TMUX_DIR/by_keys"

today=$(date +%F)
clinic_of commands
save() { cunyi --as 001 save "$1" >"$TMUX_DIR/saved" 2>&1 || cat "$TMUX_DIR/saved"; }
who=350299195203150048
echo "{\"name\":\"陈水木\",\"id_number\":\"$who\",\"filed_by\":\"林秀英\",\"filed_org\":\"上坂村卫生室\"}" | save resident
echo "{\"resident\":\"$who\",\"programme\":\"htn\",\"enrolled_on\":\"$today\",\"responsible_doctor\":\"001\"}" | save enrolment
echo "{\"resident\":\"$who\",\"programme\":\"htn\",\"date\":\"$today\",\"mode\":\"1\",\"symptoms\":[\"2\"],\"sbp\":152,\"dbp\":88,\"sbp2\":150,\"dbp2\":86,\"doctor\":\"001\"}" | save followup
echo "{\"resident\":\"$who\",\"programme\":\"htn\",\"direction\":\"up\",\"urgency\":\"routine\",\"date\":\"$today\",\"consent\":\"2\",\"to_org\":\"县医院\",\"to_department\":\"心内科\",\"from_doctor\":\"001\"}" | save referral
echo "{\"resident\":\"$who\",\"team\":\"林秀英团队\",\"start\":\"$today\",\"years\":1,\"signed_on\":\"$today\",\"signed_by\":\"0\",\"sign_method\":\"1\"}" | save contract
day_of >"$TMUX_DIR/by_commands"
# What the screen proposes in words and people change: the letter's text and the groups of a contract.
for f in by_keys by_commands; do grep -vE '^"(impression|present_illness|key_groups)":' "$TMUX_DIR/$f" >"$TMUX_DIR/$f.same"; done
check "the same five records" diff "$TMUX_DIR/by_keys.same" "$TMUX_DIR/by_commands.same"
check "with what was entered" grep -q '"sbp_mean":151' "$TMUX_DIR/by_keys.same"
finish
