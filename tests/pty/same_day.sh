#!/bin/sh
# timeout: 180
# The same day done twice: by keys in a terminal, and by commands with --json.  Both leave the same records.
. tests/pty/lib.sh
need_tmux

by_keys() {
	start "$TMPDIR/keys" || return 1
	typed oyqj && press F7 && shows 随访日期 && typed 111 && press Enter && typed 152/88 && press Enter && typed 150/86 && press Enter
	typed 61.5 && press Enter && typed k && typed 78 && press Enter Enter Enter && typed 11 && press Enter F2
	shows 建议转诊 || return 1
	press F6 && shows 转诊日期 && typed 2 && press F2 && shows '上转 练习县医院' || return 1
	home && typed oyqj && press F8 && shows 就诊日期 && typed 111 && typed t && press Enter && typed 头晕2天 && press Enter Enter
	typed '151/87 78 36.5' && press Enter && press Enter Enter Enter Enter Enter Enter Enter Enter
	typed i10 && press Enter Enter && typed 1 && press Enter && typed 继续原方案 && press Enter F2
	shows '就诊 原发性高血压' || return 1
	home && typed oyqj && press Enter && shows 时间线 && typed s && shows 服务包 && typed 1,2 && press Enter && typed 01 && press F2
	shows 已签约
	stop
}

staff_id() { cunyi --json list staff --where staff_no=001 | id_of; }
organisation_id() { cunyi --json list organisation --where "name=$1" | id_of; }
team_id() { cunyi --json list team --where leader=001 | id_of; }

by_commands() {
	DIR=$TMPDIR/commands
	doctor=$(staff_id)
	save followup "{\"resident\":\"$JU\",\"programme\":\"htn\",\"date\":\"2026-11-22\",\"mode\":\"1\",\"informant\":\"1\",\"symptoms\":[\"1\"],
\"sbp\":152,\"dbp\":88,\"sbp2\":150,\"dbp2\":86,\"weight\":61.5,\"weight_target\":60,\"height\":158,\"hr\":78,\"smoking\":0,
\"smoking_target\":0,\"drinking\":0,\"drinking_target\":0,\"exercise_times\":7,\"exercise_minutes\":30,\"exercise_times_target\":7,
\"exercise_minutes_target\":30,\"salt\":2,\"salt_target\":1,\"mind\":1,\"compliance\":1,\"adherence\":1,\"adr\":1,\"class\":2,
\"doctor\":\"$doctor\",\"drugs\":[{\"name\":\"氨氯地平\",\"strength\":\"5mg\",\"times\":1,\"dose\":\"1片\"}]}" >"$TMPDIR/f.json" || return 1
	save referral "{\"resident\":\"$JU\",\"programme\":\"htn\",\"date\":\"2026-11-22\",\"direction\":\"up\",\"urgency\":\"routine\",\"consent\":2,
\"to_org\":\"练习县医院\",\"to_department\":\"心内科\",\"reason\":[2],\"impression\":\"高血压; 控制不满意\",
\"present_illness\":\"连续两次血压控制不满意; 血压 2026-11-22: 151/87, 2026-08-20: 168/102\",
\"treatment\":\"氨氯地平 5mg 每日1次 每次1片; 服药依从性 规律\",\"from_org\":\"练习卫生院\",\"from_doctor\":\"$doctor\"}" >/dev/null || return 1
	save visit "{\"resident\":\"$JU\",\"date\":\"2026-11-22\",\"first_or_repeat\":1,\"informant\":1,\"place\":1,\"onset_date\":\"2026-11-22\",
\"complaint\":\"头晕2天\",\"sbp\":151,\"dbp\":87,\"pulse\":78,\"temperature\":36.5,
\"diagnosis\":[{\"icd10\":\"I10\",\"text\":\"原发性高血压\",\"certainty\":1}],\"treatment\":\"继续原方案\",\"doctor\":\"$doctor\"}" >/dev/null || return 1
	save contract "{\"resident\":\"$JU\",\"team\":\"$(team_id)\",\"doctor\":\"$doctor\",\"start\":\"2026-11-22\",\"years\":1,\"packages\":[1,2],
\"items\":[{\"item\":1,\"planned\":1},{\"item\":4,\"planned\":1},{\"item\":6,\"planned\":2},{\"item\":2,\"planned\":1},
{\"item\":3,\"planned\":4},{\"item\":5,\"planned\":4},{\"item\":7,\"planned\":4}],\"signed_on\":\"2026-11-22\",\"signed_by\":0,
\"sign_method\":1}" >/dev/null
}

# Ids of the two clinics differ; who they name does not.
plainly() {
	DIR=$1
	values "$2" "$(newest "$2" "$3")" | sed -e "s/$3/JU/g" -e "s/$(staff_id)/DOCTOR/g" \
		-e "s/$(organisation_id 练习县医院)/HOSPITAL/g" -e "s/$(organisation_id 练习卫生院)/CLINIC/g" -e "s/$(team_id)/TEAM/g" |
		grep -vE '^(changed_by|note): ' | sort
}
same() {
	plainly "$TMPDIR/keys" "$1" "$JU_KEYS" >"$TMPDIR/a"
	plainly "$TMPDIR/commands" "$1" "$JU_COMMANDS" >"$TMPDIR/b"
	[ -s "$TMPDIR/a" ] || echo "nothing saved by keys"
	diff "$TMPDIR/a" "$TMPDIR/b"
}

clinic "$TMPDIR/commands" && JU_COMMANDS=$JU
ok "same day: by commands" by_commands
clinic "$TMPDIR/keys" && JU_KEYS=$JU
ok "same day: by keys" by_keys
for kind in followup referral visit contract; do
	ok "same day: the $kind is the same" same $kind
done
done_testing
