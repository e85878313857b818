#!/bin/sh
# Records in words: whatever kind a record is of, `get` without --json shows nobody an id or a word between programs, in
# either language.
. tests/cli/lib.sh

run demo --residents 200 --today 2026-11-22
expect "a practice clinic" 0
id='[0-9a-f]\{8\}-[0-9a-f]\{4\}-[0-9a-f]\{4\}-[0-9a-f]\{4\}-'
word='\(^\|[ :,]\)\(htn\|dm\|copd\|elderly\|active\|renewed\|expired\|routine\|urgent\|up\|down\|closed\|finished\|[A-Z]*_[A-Z0-9_]*\|ROUTINE\|REFER\)\($\|[ ,]\)'
seen=0
# English words of people are those of programs too ("Follow up"), so codes are looked for in Chinese only
shows() {
	plain "--lang=$1" get "$2" "$3"
	odd=$id
	[ "$1" = en ] || odd="$id\\|$word"
	bad=$(printf '%s\n' "$out" | grep -e "$odd")
	[ -z "$bad" ] || faults="$faults
$1 $2: $bad"
	seen=$((seen + 1))
}
for kind in resident household staff team organisation contract enrolment followup visit exam referral package screening; do
	faults=
	ids=$("$CUNYI" --data "$data" list "$kind" --all --limit 400 | cut -f1 | awk 'NR % 23 == 1')
	for one in $ids; do
		shows zh "$kind" "$one"
	done
	[ -n "$ids" ] || faults="there is none"
	same "$kind: no ids, no codes of ours" "" "$faults"
done
# The list says in words what each record is, and that it is void; what programs read keeps the codes.
plain --lang=zh list contract --limit 3
expect "a list names the person and says what it is" 0 '	签约 ' ' 至20' '!active' '!terminated' '!expired'
plain --lang=zh list resident --limit 3
expect "who is valid is nothing to be said" 0 '!active' '!有效'
visit=$("$CUNYI" --data "$data" list visit --limit 1 | cut -f1)
"$CUNYI" --data "$data" --as 001 void visit "$visit" --reason 试 >/dev/null
plain --lang=zh list visit --all --where "resident=$("$CUNYI" --data "$data" --json get visit "$visit" | tr ',' '\n' | sed -n 's/.*"resident":"\([^"]*\)".*/\1/p')"
expect "a void one is called so" 0 "$visit" '	作废' '!void'
plain --lang=en list visit --all
expect "in English too" 0 '	void'
plain --json list visit --all --limit 400
expect "--json keeps the names of programs" 0 '"state":"void"' '"state":"active"' '!作废'
faults=
for p in htn dm copd elderly; do
	for one in $("$CUNYI" --data "$data" list followup --where "programme=$p" --limit 3 | cut -f1); do
		shows zh followup "$one"
		shows en followup "$one"
	done
done
same "follow-ups of every programme" "" "$faults"
[ "$seen" -gt 60 ] || faults="only $seen records"
same "enough of them" "" "$faults"

plain --lang=zh get followup "$("$CUNYI" --data "$data" list followup --where programme=copd --limit 1 | cut -f1)"
expect "a score says what it means" 0 '慢病项目: 慢阻肺' 'CAT评分: ' '影响' 'kg/m2 '
plain --lang=zh get contract "$("$CUNYI" --data "$data" list contract --limit 1 | cut -f1)"
expect "a contract names its packages, an item a line" 0 '所签服务包: 1. 基础包' '履约项目: 1. ' '
  2. '
done_testing
