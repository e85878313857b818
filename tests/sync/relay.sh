#!/bin/sh
# A township passes on to the county what laptops bring it by stick, also when one of the files is spoiled.
. tests/cli/lib.sh
clinic
usb=$TMPDIR/usb
mkdir "$usb"
town=$data van=$TMPDIR/van
on() { data=$1; }

"$BUILD/tests/sync/test_serve" --serve "$TMPDIR/county" &
server=$!
trap 'kill $server 2>/dev/null' EXIT
while [ ! -s "$TMPDIR/county" ] && kill -0 $server; do :; done

run list staff
who=$(take id)
run stick card "$usb"
on "$van"
clinic
run stick card "$usb"
run stick peer add "$usb" --relay
on "$town"
run stick peer add "$usb"
run county enrol "$(cat "$TMPDIR/county")"
run sync --county "$(cat "$TMPDIR/county")"
expect "the township reaches the county" 0 ''

on "$van"
save resident "{'name':'王小明','sex':'1','birth_date':'1950-01-02'}"
id=$(take id)
run stick out "$usb"
file=$usb/$(take file)
cp "$file" "$usb/pc999999-spoiled-000001.cbx.age"
cp "$file.minisig" "$usb/pc999999-spoiled-000001.cbx.age.minisig"
printf x >>"$usb/pc999999-spoiled-000001.cbx.age"

on "$town"
plain --lang en stick in "$usb" --relay
expect "one is refused, and that is the end's word" 1 'The signature does not fit' 'Taken in: '
expect "the other is passed on" 1 'County: sent' 'for pc' 'may be unplugged' '!sent 0'
same "and stands last, where a screen shows it" "$(printf '%s\n' "$out" | tail -n 1 | grep -c 'The signature does not fit')" 1
same "the reason is said once" "$(printf '%s\n%s\n' "$out" "$err" | grep -c 'The signature does not fit')" 1
run get resident "$id"
expect "the county has it" 0 '"county":"at_county"'
on "$van"
run stick in "$usb"
expect "the van hears so" 0 '"at_county":'
run get resident "$id"
expect "and shows it" 0 '"county":"at_county"'
done_testing
