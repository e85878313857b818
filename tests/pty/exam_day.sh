#!/bin/sh
# timeout: 240
# Situation 13 by real keys: an examination day in the ancestral hall from the plan to the results given back.  Numbers, stations, who
# lacks which, who did not come; the laboratory's sheet comes later (by its command, beside the open screen), the abnormal stand
# out, slips are printed; who was given his result leaves the list.
. tests/pty/lib.sh
need_tmux

elders() {
	village=$(save organisation '{"name":"体检村","code":"350299101188","type":"1"}' | id_of)
	for p in '钟素春 2 1950-02-03' '钟木生 1 1948-05-06' '钟火旺 1 1955-01-01'; do
		# shellcheck disable=SC2086 # three words
		set -- $p
		save resident "{\"name\":\"$1\",\"sex\":\"$2\",\"birth_date\":\"$3\",\"village\":\"$village\"}" >"$TMPDIR/$1" || return 1
	done
	SU=$(id_of <"$TMPDIR/钟素春")
}
planned() {
	typed :tijianri && press Enter && shows 还没有体检日 || return 1
	press F4 && shows 参加的村
	typed 体检村祠堂 && press Enter
	press F4 && shows Enter选定 && typed 体检村 && press Enter && shows '1 体检村' && press Enter
	typed 12457 && press Enter && shows 1,2,4,5,7 && press F2 && shows '11-22       体检村祠堂'
}
came() {
	press Enter && shows '有人来就按 F4' || return 1
	press F4 && shows 选哪个人 && typed zsc && shows 钟素春 && press Enter && shows '已做 0 / 1 人'
	press F4 && shows 选哪个人 && typed zms && shows 钟木生 && press Enter && shows '已做 0 / 2 人'
}
stations() {
	typed 1 && press Space && shows '站点: 抽血  已做 1 / 2 人' || return 1
	press Right && press Space && shows '站点: B超  已做 1 / 2 人' || return 1
	press Tab && shows '列出: 差这一站' && shows 钟木生 && hides 钟素春
}
absent() {
	press BTab && press BTab && shows 钟火旺 && press Tab && shows '列出: 全部'
}
laboratory() {
	printf '编号,姓名,HGB(g/L),总胆红素,肌酐\n1,钟素春,108,31.0,62\n2,钟木生,150,12,80\n3,钟火旺,150,12,80\n' >"$TMPDIR/lab.csv"
	cunyi --json import lab "$TMPDIR/lab.csv" --day today >"$TMPDIR/lab.json" || return 1
	grep -q '"taken":2' "$TMPDIR/lab.json" && grep -q '"unmatched":1' "$TMPDIR/lab.json" || { cat "$TMPDIR/lab.json" && return 1; }
	shows '异常2 未反馈'
}
printed() {
	press F9 && shows xlsx && press Enter && shows 已写 || return 1
	[ "$(head -c 2 "$HOME/cunyi-exam-2026-11-22.xlsx")" = PK ]
}
given_back() {
	press Tab && press Tab && press Tab && shows '列出: 未反馈' || return 1
	typed 1 && press Enter && shows 第9/9页 || return 1 # it begins where the result is judged
	typed 2 && typed 血红蛋白偏低 && press Enter && press Enter || return 1
	typed 2 && press Enter && typed 3 && press Enter
	shows 结果反馈 || return 1
	typed 去县医院复查 && press Enter
	typed 1122 && press Enter && typed 1 && typed 1 && press F2 && shows 已保存
}
stored() {
	id=$(newest exam "$SU")
	got exam "$id" >"$TMPDIR/have"
	for want in 'hb: 108' 'tbil: 31.0' 'stations: ["1","2","4"]' 'evaluation: "2"' 'abnormalities: [{"text":"血红蛋白偏低"}]' \
		'guidance: ["2"]' 'result_summary: "去县医院复查"' 'feedback_date: "2026-11-22"' 'feedback_how: "1"' 'feedback_to: "1"'; do
		grep -qxF -- "$want" "$TMPDIR/have" || { echo "not stored: $want" && cat "$TMPDIR/have" && return 1; }
	done
}
others_are_due() {
	cunyi --json worklist --date 2026-12-06 >"$TMPDIR/list" || return 1
	tr '{' '\n' <"$TMPDIR/list" >"$TMPDIR/lines"
	grep -q 钟木生 "$TMPDIR/lines" && grep -q exam_feedback "$TMPDIR/lines" || { echo "not on the list: the one without his result" && return 1; }
	! grep -q 钟素春 "$TMPDIR/lines" || { echo "still on the list: who has her result" && return 1; }
}

# A second sheet, by keys: tried first, what cannot be matched is told, the rest taken in.
sheet_by_keys() {
	printf '编号,姓名,尿素\n1,钟素春,5.1\n9,无此人,4\n' >"$HOME/lab-2.csv"
	typed + && shows lab-2.csv && press Enter && shows '已填入 1' && shows 没有9号 || return 1
	press F2 && shows '导入到 11-22 体检村祠堂?' && typed 1 && shows 还有1行要人工看 && press Escape && press Escape && shows '列出: 未反馈' || return 1
	got exam "$(newest exam "$SU")" >"$TMPDIR/have"
	grep -qx 'urea: 5.10' "$TMPDIR/have" || { cat "$TMPDIR/have" && return 1; }
}

# What stands there otherwise is left, or changed to what the sheet says: that is asked.
differing() { # ANSWER UREA
	rm -f "$HOME"/lab-*.csv
	printf '编号,姓名,尿素\n1,钟素春,6.3\n' >"$HOME/lab-$1.csv"
	typed + && shows "lab-$1.csv" && press Enter && shows '5.1' || return 1
	press F2 && shows '怎样导入到 11-22 体检村祠堂' && typed "$1" && shows 已导入。 && press Escape && press Escape && shows '列出: 未反馈' || return 1
	got exam "$(newest exam "$SU")" >"$TMPDIR/have"
	grep -qx "urea: $2" "$TMPDIR/have" || { cat "$TMPDIR/have" && return 1; }
}
what_stands() { differing 1 5.10; }
the_sheet() { differing 2 6.30; }

clinic "$TMPDIR/clinic" && elders && start "$TMPDIR/clinic"
ok "the day is planned: place, village, stations" planned
ok "who comes gets a number" came
ok "stations are ticked by number; who lacks one is listed" stations
ok "who did not come is listed" absent
ok "the laboratory's sheet is matched by number and name, the abnormal stand out" laboratory
ok "list and slips are printed" printed
ok "the result is judged and given back" given_back
ok "what was keyed and what came from the laboratory is one record" stored
ok "a second sheet is taken in by keys" sheet_by_keys
ok "a value that stands there otherwise is left" what_stands
ok "a value that stands there otherwise is changed when the sheet is said to be right" the_sheet
ok "who was not given his result is a task, who was is none" others_are_due
done_testing
