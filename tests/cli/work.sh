#!/bin/sh
# What is done from the work list, by commands: the round, calls, refusals, notes, the right person.
. tests/cli/lib.sh

XDG_CONFIG_HOME=$TMPDIR/config
export XDG_CONFIG_HOME
mkdir -p "$XDG_CONFIG_HOME/cunyi" && echo 'staff = 001' >"$XDG_CONFIG_HOME/cunyi/config"
"$CUNYI" --data "$data" demo --residents 60 --seed 5 --today 2026-11-22 >/dev/null || { echo "Bail out! no practice clinic"; exit 1; }
save resident "{'name':'欧阳秋菊','sex':'2','birth_date':'1955-03-08','village':'上坂','group':'2组','house':'10','phone':'10000005151','phone_owner':'1'}"
who=$(take id)
save resident "{'name':'欧阳秋月','sex':'2','birth_date':'1957-09-09','village':'上坂','group':'2组','house':'9','contact_name':'林大海','contact_phone':'10000007711'}"
other=$(take id)
for p in $who $other; do
	save enrolment "{'resident':'$p','programme':'htn','enrolled_on':'2021-03-03','next_due':'2026-11-20'}"
done

# ---- the round
run round --village 上坂
expect "round: people in the order of the way" 0 '"name":"欧阳秋菊"' '"place":"2组 10号"' '"last":' '"tasks":[{"task":"followup"'
case $out in *'"name":"欧阳秋月"'*'"name":"欧阳秋菊"'*) wrong= ;; *) wrong="house 9 does not come before house 10" ;; esac
result "round: house 9 before house 10" "$wrong"
run worklist
expect "worklist: through whom somebody is reached" 0 '"phone":"10000005151"' '"carer_phone":"10000007711","carer":"林大海"'
run round --out "$TMPDIR/round.xlsx" --village 上坂
expect "round: the sheet" 0 '"name":"欧阳秋菊"'
[ -s "$TMPDIR/round.xlsx" ] && wrong= || wrong="no file"
result "round: the sheet is written" "$wrong"
run round --out "$TMPDIR/nowhere/round.xlsx"
expect "round: no such folder" 1 '"error"'
run round --date xx
expect "round: no date" 1 '"code":"invalid_value"'
run round --village 无此村
expect "round: no such village" 1 '"code":"not_found"'
run round --bogus
expect "round: usage" 2 '"code":"usage"'

# ---- two referrals of one person
save referral "{'resident':'$other','direction':'up','date':'2026-11-08','to_org_text':'县医院','to_department':'心内科'}"
first=$(take id)
save referral "{'resident':'$other','direction':'up','date':'2026-11-15','to_org_text':'县中医院','confirm':['date']}"
second=$(take id)
"$CUNYI" --data "$data" --lang zh --json worklist --date 2026-12-01 >"$TMPDIR/two" 2>/dev/null
out=$(cat "$TMPDIR/two")
expect "two referrals: each says when and where to, and is itself" 0 \
	'"reason":"转诊追访(11-08转县医院心内科)","record":"'$first'"' '"reason":"转诊追访(11-15转县中医院)","record":"'$second'"'
run undo referral "$second"
run worklist --date 2026-12-01
expect "one referral: says no more than what it is" 0 '"record":"'$first'"' '!"record":"'$second'"' '!11-08'
run undo referral "$first"

# ---- calls
save call "{'resident':'$who','outcome':'2'}"
expect "call: again, but when?" 1 '"code":"required"' '"field":"again_on"' '"example":"+1"'
save call "{'resident':'$who','outcome':'2','again_on':'2026-11-24','again_time':'15:00'}"
expect "call: again later" 0 '"phone":"10000005151"' '"date":"2026-11-22"' '"again_on":"2026-11-24"'
call=$(take id)
run worklist --village 上坂
expect "call: not asked for before that day" 0 '!欧阳秋菊' '欧阳秋月'
run worklist --village 上坂 --date 2026-11-24
expect "call: shown again on it" 0 '"task":"call_back"' '15:00'
run undo call "$call"
expect "call: taken back" 0 '"state":"void"'
run worklist --village 上坂
expect "call: due again" 0 '欧阳秋菊'
save call "{'resident':'$who','outcome':'x'}"
expect "call: no such outcome" 1 '"code":"unknown_code"' '"field":"outcome"'

# ---- refusals
save refusal "{'resident':'$who','what':'1','reason':'2','ask_again':'2026-12-01'}"
expect "refusal" 0 '"ask_again":"2026-12-01"'
refusal=$(take id)
run worklist --village 上坂
expect "refusal: closes the task" 0 '!欧阳秋菊'
run report 2026-11
expect "refusal: is no service" 0
run void refusal "$refusal" --reason 录错
expect "refusal: void" 0 '"state":"void"'
run worklist --village 上坂
expect "refusal: void, and due again" 0 '欧阳秋菊'

# ---- notes
save note "{'resident':'$who','text':'钥匙在邻居家'}"
expect "note" 0 '"text":"钥匙在邻居家"'
save note "{'about_kind':'call','about':'none','text':'x'}"
expect "note: on nothing" 1 '"code":"not_found"' '"field":"about"'

# ---- the right person
save followup "{'resident':'$other','programme':'htn','date':'2026-11-22','mode':'1','symptoms':['1'],'sbp':133,'dbp':81,'doctor':'001'}"
wrong_one=$(take id)
save note "{'about_kind':'followup','about':'$wrong_one','text':'药盒在女儿家'}"
note=$(take id)
run move followup "$wrong_one" --to nobody
expect "move: to nobody" 1 '"code":"not_found"' '"field":"resident"'
run move followup "$wrong_one" --to "$other"
expect "move: hers already" 1 '"code":"wrong_state"'
run move followup "$wrong_one" --to "$who" --reason 选错了人
expect "move" 0 "\"resident\":\"$who\"" '"county":"waiting"'
run get note "$note"
expect "move: the note on it follows" 0 "\"resident\":\"$who\""
run history followup "$wrong_one"
expect "move: history names both" 0 欧阳秋菊 欧阳秋月 选错了人
run worklist --village 上坂
expect "move: the other one is due again" 0 '欧阳秋月' '!欧阳秋菊'
run undo followup "$wrong_one"
expect "move: taken back as one" 0 "\"resident\":\"$other\""
run get note "$note"
expect "move: with the note" 0 "\"resident\":\"$other\""
run move organisation "$who" --to "$other"
expect "move: what is about nobody" 1 '"error"'

# ---- market days
run setting market_days 3-8
expect "market days: set" 0 '"market_days":"3-8"'
run setting market_days x
expect "market days: wrong" 1 '"code":"invalid_value"' '"example":"3-8"'
run setting bogus
expect "setting: usage" 2 '"code":"usage"'
run setting own_village 无此村
expect "setting: no such village" 1 '"error"'
save followup "{'resident':'$who','programme':'htn','date':'2026-11-22','mode':'1','symptoms':['1'],'sbp':168,'dbp':81,'doctor':'001'}"
expect "market days: the recheck of 6 December is proposed for the market of the 3rd" 0 '"next_due":"2026-12-03"'
run setting market_days ""
expect "market days: none" 0 '"market_days":""'

# ---- the other settings
for key in resident_population service_population htn_task; do run setting $key ""; done
plain --lang zh setting
expect "settings: people see what holds while nothing is set" 0 'away_months	6 (默认)' 'lost_attempts	3 (默认)' 'period_first_day	1 (默认)' \
	'renewal_days	30 (默认)' 'resident_population	-' 'service_population	按常住或档案人数 (默认)' 'htn_task	-'
run setting
expect "settings: programs see what is set" 0 '"away_months":""' '"lost_attempts":""'
run setting away_months 3
expect "settings: a number is kept" 0 '"away_months":"3"'
plain --lang zh setting away_months
expect "settings: one of them, no default any more" 0 'away_months	3' '!默认' '!lost'
for bad in "period_first_day 29" "period_first_day 0" "renewal_days 367" "lost_attempts 100" "htn_task x" "away_months -1" "away_months 121"; do
	run setting $bad
	expect "settings: $bad" 1 '"code":"out_of_range"' '"example":"'
done
run setting away_months ""
expect "settings: taken away" 0 '"away_months":""'

# ---- what a county decides about its figures
plain --lang zh setting
expect "figures: what holds while nothing is set" 0 'file_use_period	到期末的近12个月 (默认)' 'one_per_quarter	次数够就行 (默认)' \
	'recheck_in_14d	只列出, 不扣 (默认)' 'key_groups	全部 (默认)' 'htn_prevalence	-'
for bad in "file_use_period month" "one_per_quarter 2" "recheck_in_14d yes" "key_groups elderly,nobody" "key_groups elderly,,htn"; do
	run setting $bad
	expect "figures: $bad" 1 '"code":"unknown_code"' '"example":"'
done
for bad in 100.1 27.955 -1 x 27. .5 1000; do
	run setting htn_prevalence $bad
	expect "figures: a prevalence of $bad" 1 '"code":"out_of_range"' '"example":"27.9"'
done
for good in 0 27.9 100 100.00; do
	run setting dm_prevalence $good
	expect "figures: a prevalence of $good" 0 "\"dm_prevalence\":\"$good\""
done
run setting adult_population 1000
run setting htn_prevalence 27.9
run report 2026-10
expect "figures: adults by how common it is" 0 '"denominator":279,' '"denominator_source":"estimate"'
run setting htn_task 150
run report 2026-10
expect "figures: the county's task goes before" 0 '"denominator":150,' '!"denominator":279,'
run setting key_groups elderly,dm
plain --lang zh setting key_groups
expect "figures: key groups in words" 0 '65岁及以上老年人, 2型糖尿病患者' '!默认'
run setting key_groups ""
expect "figures: all of them again" 0 '"key_groups":""'

# ---- figures that were handed in are read back, and nothing of today stands beside their number
run report 2026-10 --frozen 1
expect "handed in: none yet" 1 '"code":"not_found"'
run report 2026-10 --freeze
expect "handed in" 0 '"frozen":{"number":1,' '"differs":false' '"copies":[{"number":1,'
hash=$(printf '%s' "$out" | sed 's/.*"copies":\[{"number":1,"hash":"\([0-9a-f]*\)".*/\1/')
plain --lang en report 2026-10
expect "handed in: as it was" 0 "Frozen as no. 1 on " "Nothing has changed since."
before=$(printf '%s' "$out" | grep '^V1 ' | grep -o '[0-9]*$')
plain report 2026-10 --frozen 1 --whole
printf '%s\n' "$out" >"$TMPDIR/whole"
if command -v b2sum >/dev/null; then
	same "handed in: anybody can check the hash" "$(b2sum -l 256 "$TMPDIR/whole" | cut -d' ' -f1)" "$hash"
fi
run list staff --limit 1
doctor=$(take id)
save visit "{'resident':'$who','date':'2026-10-12','doctor':'$doctor','complaint':'咳嗽','diagnosis':[{'icd10':'J06.9'}]}" --confirm date
expect "handed in: a visit is entered late, its code brings the name" 0 '"icd10":"J06.9","text":"急性上呼吸道感染"'
run report 2026-10
expect "handed in: changed since" 0 '"code":"V1"' "\"numerator\":$((before + 1)),\"frozen\":{\"numerator\":$before,\"differs\":true}" '"figures_differ":true'
plain --lang en report 2026-10
expect "handed in: told to people" 0 "Figures have changed since" "V1    frozen $(printf '%13d' "$before")" "as of now $(printf '%10d' $((before + 1)))"
plain --lang en report 2026-10 --frozen 1
same "handed in: the figures of then" "$(printf '%s' "$out" | grep '^V1 ' | head -1 | grep -o '[0-9]*$')" "$before"
run report 2026-10 --freeze
plain --lang en report 2026-10
expect "handed in: again" 0 "Frozen as no. 2 on " "Frozen as no. 1 on " "Nothing has changed since."
for bad in 0 x 1.5; do
	run report 2026-10 --frozen $bad
	expect "handed in: no number $bad" 2 '"code":"usage"'
done
run report 2026-10 --frozen 1 --out "$TMPDIR/x.xlsx"
expect "handed in: the workbook is of today" 2 '"code":"usage"'
run report 2026-10 --whole
expect "handed in: whole what" 2 '"code":"usage"'
run report 2026-10 --frozen 9 --whole
expect "handed in: no such number" 1 '"code":"not_found"'

# ---- a code that is not known brings no name, and one of the county's brings the name above it
save visit "{'resident':'$who','date':'2026-10-13','doctor':'$doctor','complaint':'咳嗽','diagnosis':[{'icd10':'Y99.9'}]}" --confirm date
expect "diagnosis: an unknown code alone" 1 '"code":"required","field":"diagnosis[0].text"'
save visit "{'resident':'$who','date':'2026-10-13','doctor':'$doctor','complaint':'咳嗽','diagnosis':[{'icd10':'J06.9','text':'感冒'}]}" --confirm date
expect "diagnosis: words that were given stay" 0 '"text":"感冒"'

# ---- the sheet of two rosters: what each disease asks for itself
save followup "{'resident':'$who','programme':'htn+dm','date':'2026-11-20','mode':'1','symptoms':['1']}"
expect "combined: whose symptoms" 1 '"code":"unknown_field","field":"symptoms","message":"“symptoms”要按病种分开填: htn_symptoms, dm_symptoms。","example":"htn_symptoms"'
save followup "{'resident':'$who','programme':'htn+dm','date':'2026-11-20','mode':'1','nonsense':['1']}"
expect "combined: what is nowhere" 1 '"field":"nonsense","message":"这张表没有“nonsense”这一项。"'
run fields followup htn+dm
expect "combined: its fields" 0 '"key":"htn_symptoms"' '"key":"dm_symptoms"' '"key":"htn_class"' '"key":"sbp"' '!"key":"symptoms"'
run fields followup gout
expect "fields: no such programme" 1 '"code":"unknown_code"' '"example":"htn, htn+dm"'

done_testing
