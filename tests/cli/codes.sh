#!/bin/sh
# The county's list of codes: taken in, found by a visit, a line that is no code refused with its line and reason.
. tests/cli/lib.sh
clinic
cd "$TMPDIR" || exit 1

cat >codes.csv <<'END'
县卫生健康局 诊断编码表,,
编码,名称,备注
I10.x00x002,高血压病1级(高危),
I10.x00x023,高血压病2级,
K29.500x021,慢性浅表性胃窦炎,
感冒,没有编码,
J06.999999999,太长的编码,
M54.500,,
END
run import codes codes.csv --system 国临 --version 2.0
expect "three are taken, three are not" 0 '"lines":6,"taken":3,"unchanged":0,"rejected":3' '"line":6,"code":"感冒"' '"line":7' '"line":8,"code":"M54.500"'
one_value "one JSON value"
run import codes codes.csv --system 国临 --version 2.0
expect "twice changes nothing" 0 '"taken":0,"unchanged":3,"rejected":3'
iconv -f UTF-8 -t GB18030 codes.csv >gb.csv
run import codes gb.csv --system 国临 --version 3.0
expect "another version, as WPS saves it" 0 '"taken":3,"unchanged":0'
run sql --readonly "SELECT system, version, text, initials FROM code_entry WHERE code = 'I10.x00x023'"
expect "system, version, words and letters" 0 '"system":"国临","version":"3.0","text":"高血压病2级","initials":"gxyb2j"'
plain import codes codes.csv
expect "for people: what was refused, and why" 0 '共6行' 'err:第6行' 'err:I10.x00'
printf 'a,b\n1,2\n' >wrong.csv
run import codes wrong.csv
expect "no headings: format, with an example" 1 '"code":"format"' '编码,名称'
run import codes nothing.csv
expect "no such file: not_found" 1 '"code":"not_found"'
run import codes
expect "no file: usage" 2
save resident "{'name':'张三','sex':'1','birth_date':'1950-01-02'}"
id=$(take id)
save visit "{'resident':'$id','date':'2026-11-22','complaint':'头痛','diagnosis':[{'icd10':'I10.x00x023','text':'高血压病2级'}]}"
expect "a visit takes the long code" 0 '"icd10":"I10.x00x023"'
done_testing
