#!/bin/sh
# A village's list out of Excel, taken in by keys alone: found on the desktop, tried, taken in, corrected, taken in again.
. tests/pty/drive.sh
command -v tmux >/dev/null || { echo "1..0 # SKIP no tmux here"; exit 0; }

cunyi init --org 350299101 --name 上坂村卫生室 --region 350299101 >/dev/null
cunyi user add 林秀英 --no 001 --role 1 >/dev/null
mkdir "$TMUX_DIR/桌面"
LIST=$TMUX_DIR/桌面/名册.csv
iconv -f UTF-8 -t GB18030 >"$LIST" <<'END'
姓名,性别,身份证号码,出生日期,村,组,联系电话,爱好
李明,女,350299195203150048,,上坂村,1,10000000001,钓鱼
王一,男,,1950-01-02,上坂村,2,,
张错,男,350299195203150049,,上坂村,2,,
赵缺,,,,上坂村,2,,
END
number_is() { [ "$(cunyi sql --readonly 'SELECT count(*) FROM resident' | tail -1)" = "$1" ]; }

start
sees "an empty clinic says how a list is taken in" drjm
keys :
typed drjm
sees "it is found by its letters" 导入居民名册
keys Enter
sees "the list on the desktop is offered" 名册.csv
keys Enter
sees "it is tried" '新收 2  没收 2'
sees "a line that cannot be right is named" 末位校验码对不上
sees "a column without a use is named" 爱好
check "nothing is stored yet" number_is 0
keys F2
sees "it asks once" '导入这份名册'
keys 1
sees "it says where the rest is" 没收的几行在
check "the good lines are stored" number_is 2
sed -i -e 's/350299195203150049/350299196005060011/' "$TMUX_DIR/桌面/名册-要改.csv"
keys Escape
sees "the file to correct stands first" '1  名册-要改.csv'
keys Up
keys Enter
sees "one of its lines is right now" '新收 1  没收 1'
keys F2 1
sees "the corrected one is taken in" 已导入
check "and stored" number_is 3
keys Escape Escape
keys F10 1
ended "it ends" 0
finish
