#!/bin/sh
# timeout: 180
# The county's list of devices: made and signed at the county, carried by every stick, believed by whoever knows the county's
# key; a device that is struck off gets nothing and is heard no more; what is changed on the way is no list.
. tests/cli/lib.sh
usb=$TMPDIR/usb
mkdir "$usb"
code() { "$CUNYI" --data "$1" stick card 2>/dev/null | sed -n 's/^device: //p'; }
on() { data=$1; }
county=$TMPDIR/county a=$TMPDIR/a b=$TMPDIR/b
for dir in "$county" "$a" "$b"; do
	on "$dir"
	clinic
	"$CUNYI" --data "$dir" stick card "$TMPDIR" >/dev/null 2>&1
done
card() { echo "$TMPDIR/cunyi-$(code "$1").card"; }

on "$a"
run stick devices
expect "no list yet" 0 '"serial":0' '"devices":[]'
run stick devices enter "$(card "$b")"
expect "not the county's computer: not_allowed, with an example" 5 '"code":"not_allowed"' 'stick devices new'
run stick devices take "$(card "$b")"
expect "a list without a signature: not_found" 1 '"code":"not_found"'
on "$county"
run stick devices new 某县卫生健康局
expect "the county begins a list" 0 '"serial":1' '某县卫生健康局'
key=$(take key)
run stick devices new again
expect "only once: duplicate" 1 '"code":"duplicate"'
run stick devices enter "$(card "$a")"
run stick devices enter "$(card "$b")"
expect "two cards are entered" 0 '"serial":3' "\"device\":\"$(code "$a")\"" "\"device\":\"$(code "$b")\""
one_value "one JSON value"
run stick devices enter "$TMPDIR/nothing"
expect "no such card: not_found" 1 '"code":"not_found"'
run stick devices revoke nobody
expect "nobody of that name: not_found" 1 '"code":"not_found"'
run stick devices revoke "$(code "$county")"
expect "this computer itself: not_allowed, and said why" 5 '"code":"not_allowed"' "$(code "$county")"
run stick devices
expect "nothing was changed" 0 '"serial":3' '!"revoked":"2'
list=$county/stick/devices.list
if command -v minisign >/dev/null 2>&1; then
	wrong=$(minisign -V -q -P "$key" -m "$list" 2>&1) && wrong=
	result "Debian's minisign proves the list" "$wrong"
else
	n=$((n + 1)); echo "ok $n - Debian's minisign proves the list # SKIP no minisign"
fi
cp "$list" "$TMPDIR/list3"; cp "$list.minisig" "$TMPDIR/list3.minisig"

on "$a"
run stick devices take "$list"
expect "the county's key is not known: not_allowed, with an example" 5 '"code":"not_allowed"' 'devices trust'
run stick devices trust RWQnonsense
expect "no key: format" 1 '"code":"format"'
run stick devices trust "$key"
expect "the county's key is entered" 0 "\"key\":\"$key\"" '"serial":0'
run stick devices take "$list"
expect "and its list believed" 0 '"serial":3'
run stick devices trust "$("$CUNYI" --data "$b" stick card 2>/dev/null | sed -n 's/^minisign: //p')"
expect "another county's key: inconsistent" 1 '"code":"inconsistent"'
run stick devices revoke "$(code "$a")"
expect "the list is made elsewhere, whoever is named: not_allowed" 5 '"example":"cunyi stick devices new NAME"'
run stick peer add "$(code "$b")"
expect "a device of the list without its card" 0 "\"device\":\"$(code "$b")\""
run stick peer add nobody
expect "neither card nor device: not_found" 1 '"code":"not_found"'
"$CUNYI" --data "$TMPDIR/false" init --org 350299109 --name 假冒 >/dev/null 2>&1
"$CUNYI" --data "$TMPDIR/false" stick card 2>/dev/null | sed "s/^device: .*/device: $(code "$b")/" >"$TMPDIR/false.card"
run stick peer add "$TMPDIR/false.card"
expect "a card with other keys than the list's: inconsistent" 1 '"code":"inconsistent"'

run stick out "$usb"
wrong=
[ -s "$usb/devices.list" ] && [ -s "$usb/devices.list.minisig" ] || wrong="no list on the stick"
result "the list rides on the stick" "$wrong"
on "$b"
"$CUNYI" --data "$b" stick devices trust "$key" >/dev/null 2>&1
"$CUNYI" --data "$b" stick peer add "$(card "$a")" >/dev/null 2>&1
run stick in "$usb"
expect "taken in beside the records" 0 '"fate":"taken"'
run stick devices
expect "it is known there now" 0 '"serial":3'

# b is stolen; the county strikes it off; the list reaches a by a stick.
on "$county"
run stick devices revoke "$(code "$b")"
expect "struck off" 0 '"serial":4' '"revoked":"20'
run stick devices revoke "$(code "$b")"
expect "a second time: wrong_state, with the day" 1 '"code":"wrong_state"' "$(code "$b")" '20'
run stick devices
expect "and no new list" 0 '"serial":4'
rm -rf "$usb"; mkdir "$usb"
cp "$list" "$list.minisig" "$usb"
on "$b"
run stick out "$usb"
expect "b, who has not heard of it, writes for a" 0 '"seq":1'
on "$a"
before=$("$CUNYI" --data "$a" sql --readonly 'SELECT count(*) FROM change' | tail -n 1)
run stick in "$usb"
expect "its files are refused, and why" 5 '"fate":"refused"' '"code":"not_allowed"' '注销'
same "nothing was changed" "$("$CUNYI" --data "$a" sql --readonly 'SELECT count(*) FROM change' | tail -n 1)" "$before"
run stick peer list
expect "it is shown as struck off" 0 '"revoked":"20'
plain --lang zh stick peer list
expect "and to people" 0 '注销'
rm -f "$usb"/*.cbx.age*
run stick out "$usb"
expect "it gets nothing" 0 "!\"to\":\"$(code "$b")\""
run stick out "$usb" --to "$(code "$b")"
expect "asked for by name: not_allowed" 5 '"code":"not_allowed"'
run stick peer add "$(card "$b")"
expect "nor is it made a peer again: not_allowed" 5 '"code":"not_allowed"'

# An older list, a changed one, a stranger's.
run stick devices take "$TMPDIR/list3"
expect "an older list changes nothing" 0 '"serial":4'
sed "s/ 20[0-9-]* / active /" "$list" >"$TMPDIR/changed.list"
cp "$list.minisig" "$TMPDIR/changed.list.minisig"
run stick devices take "$TMPDIR/changed.list"
expect "a changed list: corrupt" 1 '"code":"corrupt"'
cp "$TMPDIR/changed.list" "$usb/devices.list"
run stick out "$usb"
same "and on a stick it is put right" "$(cat "$usb/devices.list")" "$(cat "$list")"
cp "$TMPDIR/changed.list" "$a/stick/devices.list"
mkdir "$TMPDIR/empty"
run stick out "$TMPDIR/empty"
expect "changed in our own folder: nothing goes out" 1 '"code":"corrupt"'
run stick devices take "$list"
expect "until the good one is taken in again" 0 '"serial":4'
run stick devices trust
expect "no key named: usage" 2
run stick devices paint it
expect "no such step: usage" 2
done_testing
