# A morning by real keys: a person is registered with her name typed in Chinese, enrolled, followed up; the power goes off
# half-way through the next form, and it is there again.
# timeout: 120
. tests/pty/drive.sh

clinic_new 30
start
sees "the first screen opens" "找人"

# ---- register ----------------------------------------------------------------------------------------------------------
count=0
keys F4
sees "F4 opens the resident's record" "个人基本信息表"
typed 350299199102020023
keys Enter
sees "the number fills the birth date" "1991-02-02"
typed 欧阳美玉
keys F2
sees "her page opens after the save" "时间线"
sees "her name is on it" "欧阳美玉 女 35岁"
echo "# register: $((count - 18 - 4)) keys beside name and number"
cunyi --json find 欧阳 >"$TMUX_DIR/found"
check "the command line finds her" grep -q '"birth_date": *"1991-02-02"' "$TMUX_DIR/found"

# ---- follow-up ---------------------------------------------------------------------------------------------------------
keys f
sees "she is on no roster yet" "先登记纳入"
typed 1
keys F2
sees "enrolled" "已保存: 欧阳美玉 登记高血压"
keys Escape
gone "the popup closes" "数字接着办"
keys f
sees "the follow-up opens" "高血压患者随访服务记录表"
typed 1
keys Enter
typed 1
keys Enter
typed 128/78
keys Enter Enter
sees "the advice is there while typing" "控制满意"
keys F2
sees "saved" "128/78"
check "what was keyed is what is stored" test "$(value sbp cunyi --json list followup --where "resident=$(value id cunyi --json find 欧阳)")" = 128

# ---- refer -------------------------------------------------------------------------------------------------------------
count=0
keys F6
sees "the referral opens" "双向转诊单"
typed 2
keys F2
sees "the referral is requested" "已申请"
echo "# referral: $count keys"
check "and stored as such" test "$(value status cunyi --json list referral --where "resident=$(value id cunyi --json find 欧阳)")" = requested

# ---- the power goes off ------------------------------------------------------------------------------------------------
keys Escape
sees "the first screen again" "找人"
keys F4
sees "another form" "个人基本信息表"
typed 350299195203150048
keys Enter
typed 陈水
sees "the draft is on the disk" "草稿已存"
# the half-typed name too: two seconds of rest
kept() { grep -aq 陈水 "$DATA"/drafts.db "$DATA"/drafts.db-wal 2>/dev/null; }
tries=500
until kept || [ $tries -eq 0 ]; do tries=$((tries - 1)); sleep 0.02; done
check "the unfinished name is in the draft" kept
kill -9 "$(program)"
ended "killed" 137
start
sees "the draft is offered at the start" "草稿1"
keys Down End
keys Enter
sees "the form is open again" "350299195203150048"
sees "with the half-typed name" "陈水"
typed 木
keys F2
sees "finished and saved" "陈水木"
keys Escape
gone "no draft is left" "草稿1"

keys F10
sees "leaving is asked" "退出吗"
keys 1
ended "left" 0
sees "the terminal is put right" "icanon"
finish
