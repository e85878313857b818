#!/bin/sh
# Import: what Excel, WPS and people do to a list of residents.
. tests/cli/lib.sh
clinic
cd "$TMPDIR" || exit 1

gb() { iconv -f UTF-8 -t GB18030; }

# ---- the five dates, full-width digits, words and digits, quoted line breaks, a title, columns nobody knows

cat >first.csv <<'END'
上坂村居民花名册,,,,,,,,,
序号,* 姓名（必填）,性别,身份证号码,出生年月,村,组,联系电话,备 注,爱好
1,李　明,女,３５０２９９１９５２０３１５００４８,,上坂,1,138-0000 0001,"第一行
第二行, ""引号""",钓鱼
2,王一,1,,1950-01-02,上坂村,2,,,
3,王二,男性,,1950/1/2,上坂村委会,2,,,
4,王三,男,,19500102,350299101101,2,,,
5,王四,男,,1950年1月2日,上坂村民委员会,2,,,
6,王五,1 男,,1950.1.2,溪头村,2,,,
7,王六,男,,1950-01-02 00:00:00,练习镇溪头村,2,,,
8,王七,男,,1950-01,溪头村,2,,,
END
run import residents first.csv --dry-run
expect "a trial stores nothing" 0 '"imported":8' '"villages_made":1' '"villages":["溪头村"]' '"dry_run":true' '"unknown_columns":["爱好"]'
run list resident
expect "nothing is stored" 0 '[]'
run import residents first.csv
expect "the first list" 0 '"lines":8,"imported":8,"updated":0,"unchanged":0,"differing":0,"rejected":0' '"villages_made":1' \
	'"rejects":[]' '"encoding":"UTF-8"'
one_value "the summary is one JSON value"
run find 李明
expect "full-width digits and stretched names are understood" 0 '"name":"李明"' '"id_masked":"350299********0048"' '"birth_date":"1952-03-15"'
id=$(take id)
run get resident "$id"
expect "quoted line breaks stay; sex and birth date from the number" 0 '"sex":"2"' '"note":"第一行\n第二行, \"引号\""' '"phone":"138-00000001"' '"group":"1"'
for who in 王一 王二 王三 王四 王五 王六; do
	run list resident --where name=$who
	expect "$who: born 1950-01-02, a man" 0 '"birth_date":"1950-01-02"' '"sex":"1"'
done
run list resident --where name=王七
expect "a month is kept as a month" 0 '"birth_date":"1950-01"'
run list organisation --where type=1
expect "one village was made, the others are the one that was there" 0 '"name":"溪头村"' '"name":"上坂村"' '!委'
run import residents first.csv
expect "twice changes nothing" 0 '"imported":0,"updated":0,"unchanged":8,"differing":0,"rejected":0' '"villages_made":0'
run get resident "$id"
expect "not even a revision" 0 '"revision":1'

# ---- the same from WPS: GB18030, semicolons, CR LF, English headings in another order, a mark

gb <first.csv >gb.csv
run import residents gb.csv
expect "GB18030" 0 '"unchanged":8' '"encoding":"GB18030"'
printf '\357\273\277village;date of birth;GENDER;name\r\n上坂村;1950/1/2;M;王一\r\n' >bom.csv
run import residents bom.csv
expect "a mark, English headings in any order, semicolons" 0 '"lines":1,"imported":0,"updated":0,"unchanged":1'

# ---- who is who

cat >same.csv <<'END'
姓名,性别,身份证号,出生日期,村,编号,电话,民族
李明明,女,350299195203150048,1952-03-15,上坂村,,,
王一,男,,1950-01-02,上坂村,35029910110100077,,
王一,男,,1950-01-02,溪头村,,,汉
END
run import residents same.csv
expect "the ID number decides; a cell that differs is listed; same name elsewhere is another person" 0 '"imported":1' '"differing":2' \
	"{\"line\":2,\"resident\":\"$id\",\"field\":\"name\",\"stored\":\"李明\",\"given\":\"李明明\"}" '"line":3' '"field":"file_no","stored":"35029910110100002","given":"35029910110100077"'
run get resident "$id"
expect "what differs is left" 0 '"name":"李明"' '"revision":1'
run import residents same.csv --update
expect "--update takes it from the list" 0 '"updated":2,"unchanged":1,"differing":0' '"differs":[]'
run get resident "$id"
expect "changed, and empty cells cleared nothing" 0 '"name":"李明明"' '"revision":2' '"phone":"138-00000001"'
run history resident "$id"
expect "and history says by what" 0 '"revision":2' '"field":"name","from":"李明","to":"李明明","reason":"import"'
printf '姓名,性别,出生日期,村,编号\n王一一,男,1950-01-02,上坂村,35029910110100077\n' >fileno.csv
run import residents fileno.csv
expect "the file number decides when there is no ID number" 0 '"differing":1' '"field":"name","stored":"王一","given":"王一一"'
printf '姓名,性别,身份证号\n李明明,女,350299520315004\n' >old.csv
run import residents old.csv
expect "fifteen digits are the same person" 0 '"unchanged":1'
printf '姓名,性别,出生日期\n王一,男,1950-01-02\n' >novillage.csv
run import residents novillage.csv
expect "two may be meant: said, not guessed" 0 '"rejected":1' '"code":"duplicate"'

cat >namesakes.csv <<'END'
姓名,性别,身份证号,出生日期,村
刘一样,女,350299195203151243,1952-03-15,上坂村
刘一样,女,350299195203151366,1952-03-15,上坂村
END
run import residents namesakes.csv --dry-run
expect "namesakes born on one day in one village are two by their numbers, tried" 0 '"imported":2,"updated":0,"unchanged":0,"differing":0' '"code":"namesake"'
{ cat namesakes.csv && echo '刘一样,女,,1952-03-15,上坂村'; } >three.csv
run import residents three.csv --dry-run
expect "and who has no number may be either, tried" 0 '"imported":2,"updated":0,"unchanged":0,"differing":0,"rejected":1' '"code":"duplicate"'
run import residents namesakes.csv
expect "namesakes born on one day in one village are two by their numbers" 0 '"imported":2,"updated":0,"unchanged":0,"differing":0' '"code":"namesake"'
run import residents namesakes.csv --update
expect "and the list again changes nobody" 0 '"imported":0,"updated":0,"unchanged":2,"differing":0'
printf '姓名,性别,出生日期,村\n刘一样,女,1952-03-15,上坂村\n' >nonumber.csv
run import residents nonumber.csv
expect "without a number either may be meant" 0 '"rejected":1' '"code":"duplicate"'

printf '姓名,性别,证件类型,身份证号,出生日期,村\n欧外宾,男,护照,E12345678,1960-05-06,上坂村\n' >passport.csv
run import residents passport.csv
expect "somebody by his passport" 0 '"imported":1'
printf '姓名,性别,身份证号,村\n欧外宾,男,35029919600506555X,上坂村\n' >card.csv
run import residents card.csv
expect "a card beside a passport is no other person" 0 '"imported":0,"updated":0,"unchanged":0,"differing":1'
printf '姓名,性别,身份证号,村\n宋百整,女,350299195203152000,上坂村\n' >zeros.csv
run import residents zeros.csv
expect "a sound number that ends in three zeros is taken, and told" 0 '"imported":1' '"field":"id_number","code":"rounded"'

# ---- what is wrong

gb >bad.csv <<'END'
姓名,性别,身份证号,出生日期,村,血型
甲,女,350299195203150049,,上坂村,
乙,男,3.50299E+17,,上坂村,
丙,男,350299195203150000,,上坂村,
丁,男,,18993,上坂村,
戊,男,,1952-13-15,上坂村,
,男,,1952-03-15,上坂村,
己,不知,,1952-03-15,上坂村,
庚,男,,2099-01-01,上坂村,
辛,男,350299195203150048x,,上坂村,
壬,男,,1952-03-15,上坂村,A,多一格
癸,男,,1952-03-15,上坂村,A
子,男,350299196001011220,,上坂村,A
END
run import residents bad.csv --rejects rejects.csv
expect "each line is imported or rejected" 0 '"lines":12,"imported":1' '"rejected":11' '"rejects_file":"rejects.csv"' \
	'{"line":2,"field":"id_number","code":"invalid_value"' '{"line":3,"field":"id_number","code":"invalid_value"' '3.50299E+17' \
	'{"line":4,"field":"id_number"' '{"line":5,"field":"birth_date","code":"invalid_value"' '{"line":6,"field":"birth_date"' \
	'{"line":7,"field":"name","code":"required"' '{"line":8,"field":"sex","code":"unknown_code"' \
	'{"line":9,"field":"birth_date","code":"future_date"' '{"line":10,"field":"id_number"' '{"line":11,"field":"","code":"format"'
one_value "a summary with rejects is one JSON value"
out=$(iconv -f GB18030 -t UTF-8 rejects.csv)
status=$?
expect "the rejects: the columns as they came and the reason, in the encoding they came in" 0 '姓名,性别,身份证号,出生日期,村,血型,导入问题' \
	'乙,男,3.50299E+17,,上坂村,,"第 3 行: ' '!癸'
same "the rejects are the user's alone" "-rw-------" "$(ls -l rejects.csv | cut -c1-10)"
run import residents rejects.csv --rejects rejects.csv
expect "the rejects are rejected again, into the same file" 0 '"lines":11,"imported":0' '"rejected":11' '"unknown_columns":[]'
iconv -f GB18030 -t UTF-8 rejects.csv | sed -e 's/350299195203150049/350299195203150021/' -e 's/3.50299E+17/350299196001011239/' | gb >corrected.csv
run import residents corrected.csv --rejects rejects.csv
expect "corrected there, they come in" 0 '"imported":2' '"rejected":9'
printf '姓名,性别,出生日期,村,组,门牌,联系电话\n辰,男,1951-01-01,上坂村,３组,１２,\n辰二,男,1951-01-02,上坂村,3,1,1.38E+10\n' >wide.csv
run import residents wide.csv
expect "a telephone number that Excel spoiled: an example of a telephone number" 0 '"imported":1' '"field":"phone"' \
	'"example":"100' '!from the cards'
run list resident --where name=辰
expect "numbers of groups and houses are written one way, wide digits too" 0 '"group":"3组"' '"house":"12"'
cp bad.csv before.csv
run import residents bad.csv --rejects bad.csv
expect "the rejects do not overwrite the list they come from" 2 '"code":"usage"' '"lines":0'
same "it is as it was" "" "$(cmp bad.csv before.csv 2>&1)"
printf '姓名,性别,身份证号,导入问题\n寅,男,1,x\n"卯,女,2,没有结尾' >torn.csv
cp torn.csv before.csv
run import residents torn.csv --rejects torn.csv
expect "rejects that cannot be read to their end" 1 '"stopped_at":3'
same "do not replace themselves: the rest would be gone" "" "$(cmp torn.csv before.csv 2>&1)"
printf '姓名,性别,身份证号\n丑,女,350299197005050010\n' >ask.csv
run import residents ask.csv
expect "a question rejects the line" 0 '"rejected":1' '"field":"sex","code":"needs_confirmation"'
run import residents ask.csv --yes
expect "--yes answers it" 0 '"imported":1' '"warnings":[{"field":"sex","code":"confirmed"'

# ---- cut off, empty, strange

printf '姓名,性别,出生日期\n寅,男,1950-01-01\n"卯,男,1950-01-01\n辰,女,1950-02-01\n' >cut.csv
run import residents cut.csv
expect "cut off in a quote: what came before is in, the rest is said" 1 '"error":{"code":"format"' '"imported":1' '"stopped_at":3'
one_value "and it is one JSON value"
printf '姓名,性别,出生日期\n巳,男,1950-01-01\n午,男' >cut2.csv
run import residents cut2.csv
expect "cut off in a line" 1 '"code":"format"' '"imported":1' '"rejected":1' '"stopped_at":3'
printf '姓名,性别,出生日期\n未,男,1950-01-01' >nonl.csv
run import residents nonl.csv
expect "a last line without its end is whole" 0 '"imported":1'
printf 'a,b,c\n1,2,3\n' >nohead.csv
run import residents nohead.csv
expect "no headings: format" 1 '"code":"format"' '"example":"姓名'
: >empty.csv
run import residents empty.csv
expect "an empty file: format" 1 '"code":"format"'
run import residents nofile.csv
expect "no such file" 1 '"code":"not_found"'
head -c 3000 /dev/urandom >noise.csv
run import residents noise.csv
expect "noise is no list" 1 '"error":{"code":"'
one_value "noise gives one JSON value"
run import staff first.csv
expect "import of something else: usage" 2 '"code":"usage"'
run import residents first.csv --bogus
expect "unknown option: usage" 2 '"code":"usage"'
run import residents bad.csv --rejects "$TMPDIR/no/such/folder.csv"
expect "rejects cannot be written: said, and what was imported stays" 1 '"code":"not_found"'

# ---- two people import the same list at the same time

home=$data
for try in 1 2 3; do
	data=$TMPDIR/both$try
	clinic
	awk 'BEGIN { print "姓名,性别,出生日期,村"; for (i = 0; i < 900; i++) printf "双%d,男,1950-01-%02d,同%d村\n", i, i % 28 + 1, i % 90 }' >both.csv
	for one in 1 2 3; do
		"$CUNYI" --data "$data" --json import residents both.csv >"$TMPDIR/both.$one" 2>&1 &
	done
	wait
	out=$("$CUNYI" --data "$data" sql --readonly "SELECT (SELECT count(*) FROM resident), (SELECT count(DISTINCT village) FROM resident), (SELECT count(*) FROM record WHERE kind = 5)")
	same "everybody is there once, in villages that are there once ($try)" "900	90	92" "$out"
done
data=$home

# ---- families

cat >family.csv <<'END'
姓名,性别,出生日期,村,组,门牌,户主,与户主关系
林大,男,1950-01-01,上坂村,3,12,林大,户主
林妻,女,1952-01-01,上坂村,3,12,林大,妻子
林子,男,1975-01-01,上坂村,3,12,林大,长子
陈大,男,1960-01-01,上坂村,3,13,陈大,
林大,男,1970-01-01,上坂村,5,40,林大,户主
END
run import residents family.csv
expect "the householder's column makes households" 0 '"imported":5' '"households_made":3'
run list household --where name=林大
expect "two householders of one name live in two houses" 0 '"house":"12"' '"house":"40"' '"head":"'
house=$(take id)
run list resident --where household="$house"
expect "the family is together" 0 '林妻' '林子' '"household_relation":"0"' '"household_relation":"1"' '"household_relation":"2"'
run import residents family.csv
expect "families twice: nothing" 0 '"unchanged":5' '"households_made":0'
run check --full
expect "after all this the database is sound" 0 '"ok":true'
run audit verify
expect "and the history whole" 0 '"ok":true'
# All but the first packages, which every device has by itself.
out=$("$CUNYI" --data "$data" sql --readonly "SELECT count(*) FROM record r WHERE NOT (r.kind = 14 AND r.revision = 1) AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record = r.id)")
same "every record waits for the county" 0 "$out"

# ---- for people

plain --lang zh import residents first.csv
expect "for people, in Chinese" 0 '不认得“爱好”这一列' '共 8 行'
plain --lang en import residents bad.csv
expect "for people, in English: lines, reasons, sum" 0 'line 3' '12 lines: 0 imported' 'err:--rejects FILE'

# ---- the same words line after line: a doctor, codes; in another column they mean something else

run save staff <<'END'
{"name":"郑一","staff_no":"071","role":"1"}
END
doctor=$(take id)
for no in 072 073; do
	run save staff <<END
{"name":"郑双","staff_no":"$no","role":"1"}
END
done
cat >words.csv <<'END'
姓名,性别,出生日期,村,民族,教育程度,药物过敏史,医疗费用支付方式,责任医生
周一,男,1961-01-01,上坂,汉族,1,"青霉素、磺胺",1,郑一
周二,女,1961-01-02,上坂,汉族,1,"青霉素、磺胺","1,3",郑一
周三,男,1961-01-03,上坂,汉族,1,1,"1,3",071
周四,男,1961-01-04,上坂,汉族,1,1,1,郑双
周五,男,1961-01-05,上坂,汉族,1,1,1,郑双
周六,男,1961-01-06,上坂,汉族,没有的,1,1,郑无
周七,男,1961-01-07,上坂,汉族,没有的,1,1,郑无
END
run --as 071 import residents words.csv
expect "nobody and two of one name are refused on every line" 0 '"imported":3' '"rejected":4' '"line":5' '"line":6' '"line":7' '"line":8'
for who in 周一 周二 周三; do
	run list resident --where name=$who
	id=$(take id)
	run get resident "$id"
	expect "$who: the doctor by name or number, the codes of each column" 0 "\"responsible_doctor\":\"$doctor\"" '"education":"1"'
done
run --as 071 import residents words.csv
expect "twice: nothing" 0 '"imported":0' '"unchanged":3' '"rejected":4'

# Other computers and clinics: the county brings a village of that name in another township, and ours once more.
village() {
	run save organisation <<END
{"name":"双溪","type":"1","code":"$1","confirm":["name"]}
END
	take id
}
ours=$(village 350299101177)
village 350299101177 >village.id
village 350299109177 >village.id
cat >same.csv <<'END'
姓名,性别,出生日期,村
钱一,男,1961-02-01,双溪
END
run --as 071 import residents same.csv
expect "no third one is made" 0 '"imported":1' '"villages_made":0'
run list resident --where name=钱一
run get resident "$(take id)"
expect "the one in our township, and of two the first" 0 "\"village\":\"$ours\""
run --as 071 save resident <<END
{"name":"钱二","sex":"1","birth_date":"1961-02-02","village":"双溪"}
END
expect "the same by name when saved" 0 "\"village\":\"$ours\""

village 350299101178 >village.id
sed 's/钱一/钱三/' same.csv >several.csv
run --as 071 import residents several.csv
expect "two of our township: nobody knows which, and none is made" 0 '"imported":0' '"rejected":1' '"villages_made":0' '有几个村叫'
sed 's/双溪/350299101178/' several.csv >coded.csv
run --as 071 import residents coded.csv
expect "by its code" 0 '"imported":1' '"rejected":0'

done_testing
