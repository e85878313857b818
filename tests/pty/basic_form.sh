#!/bin/sh
# timeout: 180
# The personal basic information form, all four pages filled by keys from a paper, read back by `get` and compared field by
# field; and what the months bring: the list of pairs, a death told late, a newborn in six keys, home for the festival.
. tests/pty/lib.sh
need_tmux

cover() {
	press F4 && shows 个人基本信息表 || return 1
	typed 350299198802030025 && press Enter
	typed 林美玉 && press Enter && typed 阿玉 && press Enter && typed 'LIN MEIYU' && press Enter
	press Enter Enter Enter Enter   # number, type, sex, birth date: the number said them
	typed 林大山 && press Enter && typed 2
	typed 10000000025 && press Enter && typed 1 && typed 1110 && press Enter
	typed 林大海 && press Enter && typed 10000000026 && press Enter
	press Enter && typed 1 && press Enter && typed 88 && press Enter && typed 桥头 && press Enter
	typed 上坂88号 && press Enter && typed 溪头3号 && press Enter
	press Enter && typed CARD-350299-77 && press Enter
	press Enter Enter Enter Enter Enter Enter
	shows '第2/4页'
}
second() {
	typed 上坂小学 && press Enter && typed 1 && typed 22
	typed 1 && typed 2 && typed 7 && typed 2 && typed 4
	typed 38 && press Enter && typed 村里互助会 && press Enter
	typed 25 && press Enter && typed 头孢克洛 && press Enter
	typed 24 && press Enter
	typed 2 && typed 2019-05 && press Enter && press Enter
	typed 6 && typed 2021 && press Enter && typed 甲状腺癌 && press Enter
	press Enter
	typed 2 && typed 2 && typed 1
	typed 甲状腺切除 && press Enter && typed 2021-06 && press Enter && press Enter
	typed 左腕骨折 && press Enter && typed 2010 && press Enter && press Enter
	press Enter
	shows '第3/4页'
}
third() {
	typed 2,7 && press Enter && typed 1 && press Enter && typed 3 && press Enter && typed 12 && press Enter
	typed 哮喘 && press Enter
	typed 2 && typed 地中海贫血 && press Enter
	typed 5 && press Enter
	typed 2 && typed 1 && typed 6 && typed 电磁炉 && press Enter && typed 3 && typed 1
	typed 1 && press Enter
	shows '第4/4页'
}
fourth() {
	typed 1
	typed 2010-05-06 && press Enter && typed 1 && typed '泉州 老档案在那里' && press Enter
	typed 1 && typed 听力好 && press Enter
	typed 03 && typed E12345678 && press Enter && typed 2 && typed 2001 && press Enter && typed 2011 && press Enter
	press F2 && shows 已保存
}
equal_to_the_paper() {
	id=$(newest_of 林美玉)
	got resident "$id" >"$TMPDIR/have"
	while IFS= read -r want; do
		grep -qxF -- "$want" "$TMPDIR/have" || {
			echo "paper: $want"
			echo "stored: $(grep "^${want%%:*}: " "$TMPDIR/have")"
			bad=1
		}
	done <<-'END'
	name: "林美玉"
	nickname: "阿玉"
	name_alias: "LIN MEIYU"
	id_number: "350299198802030025"
	id_type: "01"
	sex: "2"
	birth_date: "1988-02-03"
	kin_name: "林大山"
	kin_relation: "2"
	phone: "10000000025"
	phone_owner: "1"
	phone_verified: "2026-11-10"
	contact_name: "林大海"
	contact_phone: "10000000026"
	group: "1"
	house: "88"
	place_name: "桥头"
	address: "上坂88号"
	registered_address: "溪头3号"
	card_no: "CARD-350299-77"
	filed_on: "2026-11-22"
	filed_by: "林秀英"
	workplace: "上坂小学"
	residence_type: "1"
	ethnicity: "22"
	abo: "1"
	rh: "2"
	education: "7"
	marital: "2"
	occupation: "4"
	payment: ["3","8"]
	payment_other: "村里互助会"
	drug_allergy: ["2","5"]
	drug_allergy_other: "头孢克洛"
	exposure: ["2","4"]
	past_disease: [{"code":"2","diagnosed":"2019-05"},{"code":"6","diagnosed":"2021","text":"甲状腺癌"}]
	has_surgery: "2"
	has_trauma: "2"
	has_transfusion: "1"
	past_surgery: [{"name":"甲状腺切除","date":"2021-06"}]
	past_trauma: [{"name":"左腕骨折","date":"2010"}]
	family_father: ["2","7"]
	family_mother: ["1"]
	family_siblings: ["3"]
	family_children: ["12"]
	family_children_other: "哮喘"
	genetic: "2"
	genetic_text: "地中海贫血"
	disability: ["5"]
	kitchen_exhaust: "2"
	livestock: "1"
	fuel: "6"
	fuel_other: "电磁炉"
	water: "3"
	toilet: "1"
	key_flags: ["1"]
	status: "1"
	moved_in_on: "2010-05-06"
	moved_in_why: "1"
	moved_in_from: "泉州 老档案在那里"
	phone_state: "1"
	note: "听力好"
	identifiers: [{"system":"03","value":"E12345678","use":"2","from":"2001","to":"2011"}]
	END
	[ -z "$bad" ]
}
# Id of the newest resident found by a text.
newest_of() { cunyi --json find "$1" | id_of; }

# ---- the months ------------------------------------------------------------------------------------------------------------

newborn() {
	home && typed lmy && press Enter && shows 林美玉 || return 1
	count_from_here
	press F4 && shows 出生证明 || return 1
	press 2 && uncounted 1120 && press Enter && uncounted 3250 && press Enter && uncounted T350299001
	press F2 && shows "已保存: 居民 林美玉之女" && at_most 6
}
child_is_hers() {
	got resident "$(newest_of 林美玉之女)" >"$TMPDIR/child"
	grep -qx 'birth_weight: 3250' "$TMPDIR/child" && grep -qx 'guardian_id: "350299198802030025"' "$TMPDIR/child" &&
		grep -qx 'birth_certificate: "T350299001"' "$TMPDIR/child" && ! grep -q '^id_number' "$TMPDIR/child"
}
death() {
	home && typed oyqj && press Enter && shows 欧阳秋菊 || return 1
	press e && shows 个人基本信息表 || return 1
	press PageDown PageDown PageDown && shows 在管状态 || return 1
	press 4 && typed 0801 && press Enter && typed 脑卒中 && press F2
	shows '死后记录 1 条'
}
death_ended_the_roster() {
	got enrolment "$(newest enrolment "$JU")" >"$TMPDIR/roster"
	grep -qx 'status: "ended"' "$TMPDIR/roster" && grep -qx 'ended_on: "2026-08-01"' "$TMPDIR/roster"
}
after_death() {
	home && press Down && typed : && typed 死后 && press Enter && shows 检查时最严重 && shows 欧阳秋菊
}
merged() {
	save resident '{"name":"林美钰","sex":"2","birth_date":"1988-02-03","village":"上坂","phone":"10000000099"}' >/dev/null
	home && press Down && typed : && typed 重复 && press Enter && shows 林美钰 || return 1
	press Enter && shows '1 第一份' || return 1
	press F2 && shows 把两份合成一份 && press 1 && shows 已合成一份 && shows '已合并, Enter 拆开'
}
parted() {
	press Enter && shows 为什么其实是两个人 && typed 同名 && press Enter && shows 又是两份档案
}
festival() {
	save resident '{"name":"张阿土","sex":"1","birth_date":"1968-06-01","village":"上坂","status":"2","away_since":"2026-03-01","away_where":"泉州"}' >/dev/null
	home && press Down && typed : && typed 返乡 && press Enter && shows 张阿土 || return 1
	press y && shows 在家到哪天 && typed 2027-02-20 && press Enter && shows '在家至 2027-02-20'
}
verified() {
	home && press Down && typed : && typed 核实 && press Enter && shows 还没有抽查 || return 1
	press F4 && shows 每位医生抽几个人 && press Enter && shows 签约医生是谁 || return 1
	press 1 && shows 真实率
}

clinic "$TMPDIR/clinic" && start "$TMPDIR/clinic"
ok "basic form: the cover by keys" cover
ok "basic form: the second page" second
ok "basic form: the third page" third
ok "basic form: the fourth page, saved" fourth
ok "basic form: what get prints equals the paper, field by field" equal_to_the_paper
ok "newborn: from the mother's page, six keys beside what is written" newborn
ok "newborn: her file says what the mother's does" child_is_hers
ok "death: told late, the record after it is named" death
ok "death: ended the roster on its day" death_ended_the_roster
ok "death: the record after it is on the list" after_death
ok "two files: compared and merged" merged
ok "two files: parted again" parted
ok "away: at home for the festival" festival
ok "verification: drawn, asked, counted" verified
done_testing
