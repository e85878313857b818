#!/bin/sh
# timeout: 240
# Two clinics change the same resident, and the same allergy, before either hears of the other.  Who comes second decides
# with real keys; then both hold the same.
. tests/pty/drive.sh

# Both clinics have a number 001 once they hear of each other: people are named by their ids here.
other() { "$CUNYI" --data "$TMUX_DIR/other" --lang zh ${HER:+--as "$HER"} "$@"; }
ours() { cunyi ${HE:+--as "$HE"} "$@"; }
field() { # CLINIC KEY: as get prints it, lists in one line
	$1 --json get resident "$WHO" | tr -d '\n' | sed -n "s/.*\"$2\":\(\[[^]]*\]\|\"[^\"]*\"\|[^,}]*\).*/\1/p"
}
change() { # CLINIC JSON-MEMBERS
	revision=$(value revision $1 --json get resident "$WHO")
	printf '{"id":"%s","revision":%s,%s}' "$WHO" "$revision" "$2" | $1 save resident - --json >"$TMUX_DIR/saved" 2>&1 ||
		not_ok "change of $1" "$(cat "$TMUX_DIR/saved")"
}

"$BUILD/tests/sync/test_serve" --serve "$TMUX_DIR/county" &
SERVER=$!
trap 'kill $SERVER 2>/dev/null; tm kill-server 2>/dev/null; rm -rf "$TMUX_DIR"' EXIT
clinic_new 10
other demo --residents 2 --seed 9 --today 2026-11-22 >/dev/null
tries=500
while [ ! -s "$TMUX_DIR/county" ] && [ $tries -gt 0 ]; do tries=$((tries - 1)); sleep 0.02; done
COUNTY=$(cat "$TMUX_DIR/county")
HE=$(value id cunyi --json list staff --limit 1)
HER=$(value id other --json list staff --limit 1)
START_ARGS="--lang zh --as $HE"
WHO=$(value id cunyi --json list resident --limit 1)
NAME=$(value name cunyi --json get resident "$WHO")

check "the first clinic sends what it has" ours sync --county "$COUNTY"
check "the second one takes it" other sync --county "$COUNTY"
check "the person is there" test "$(field other name)" = "\"$NAME\""

# Birth dates and drugs that differ, and two telephones, which do no harm.
change other '"birth_date":"1951-02-03","drug_allergy":["5"],"drug_allergy_other":"头孢呋辛","phone":"10050000001","id_number":null,"id_type":null,"confirm":["birth_date"]'
check "the second sends first" other sync
change ours '"birth_date":"1952-03-04","drug_allergy":["5"],"drug_allergy_other":"头孢克洛","phone":"10050000002","id_number":null,"id_type":null,"confirm":["birth_date"]'
check "the first one hears of it" ours sync
check "two fields are for a person" test "$(cunyi --json conflicts list | tr ',' '\n' | grep -c '"class":"E"')" = 2
check "no line of them ends in blanks" sh -c "! '$CUNYI' --data '$DATA' --lang zh conflicts | grep -q ' \$'"
check "until then the county's word holds" test "$(field ours birth_date)" = '"1951-02-03"'

start
sees "it is open" '今日'
typed "$NAME"
keys Enter
sees "the page warns of what either side knows" '两边的都算'
sees "the county's drug" '头孢呋辛'
sees "and ours" '头孢克洛'
sees "one key leads to it" 'T分歧'
keys t
sees "what is in dispute about him" '项等您定'
keys Escape
sees "and back" '两边的都算'
keys Escape
sees "back on the first page" "本季未访"
keys Down
typed u
sees "what the county lacks" '有分歧'
keys Enter
sees "the disputes" '等您定'
keys Enter
sees "both sides" '还没上传'
change other '"birth_date":"1951-02-07","confirm":["birth_date"]'
check "meanwhile the county has another word" other sync
check "and it comes here" ours sync
typed 22
keys F2
sees "why" '为什么'
keys Enter
sees "nothing is decided between values that are no more" '这次什么都没有定'
sees "both sides anew" '1951-02-07'
keys F2
sees "every line wants a word" '按1取我们的'
typed 3
sees "another value is asked for" '正确的值'
typed 1953-13-01
keys Enter
sees "and looked at" '不是日期'
sees "what was typed stays" '1953-13-01'
keys C-u
typed 1953-05-06
keys Enter
typed 1
keys F2
sees "why" '为什么'
typed 看过身份证
keys Enter
sees "it is settled" '下次同步时传出去'
sees "nothing is left to decide" '0 项等您定'
keys F5
sees "the exchange is through" '和县里同步好了'
keys F10
typed 1
ended "the program ends" 0

check "the other one hears of the decision" other sync
for key in birth_date drug_allergy drug_allergy_other phone; do
	check "$key is the same at both" test "$(field ours $key)" = "$(field other $key)"
done
check "the value that was typed" test "$(field other birth_date)" = '"1953-05-06"'
check "the allergy that was chosen" test "$(field other drug_allergy_other)" = '"头孢克洛"'
check "the loser and the reason are kept" sh -c "\"$CUNYI\" --data \"$DATA\" --json conflicts list --all | grep -q 看过身份证"
shown() {
	settled=$(cunyi --json conflicts list --all | tr '{' '\n' | grep '"state":"settled"' | grep -o '"n":[0-9]*' | head -n 1 | cut -d: -f2)
	"$CUNYI" --data "$DATA" --lang "$1" conflicts show "$settled"
}
check "what was decided is told in words" sh -c "echo '$(shown zh | tr '\n' ' ')' | grep -q '已定: .*出生日期: 别的值.*看过身份证'"
check "and in the other language" sh -c "echo '$(shown en | tr '\n' ' ')' | grep -q 'decided: .*Birth date: another value'"
check "the county lacks nothing" test "$(cunyi --json sync lacks)" = '[]'
finish
