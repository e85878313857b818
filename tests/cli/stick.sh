#!/bin/sh
# Two laptops exchange by a folder that stands for a stick: cards, files out and in, what Debian's programs make of them,
# and every refusal with its code.
. tests/cli/lib.sh
clinic
usb=$TMPDIR/usb
mkdir -p "$usb/cards"
first=$data second=$TMPDIR/second
code() { "$CUNYI" --data "$1" stick card 2>/dev/null | sed -n 's/^device: //p'; }
on() { data=$1; }

run list staff
who=$(take id)
save resident "{'name':'王小明','sex':'1','birth_date':'1950-01-02'}"
id=$(take id)
run stick peer list
expect "nobody is known yet" 0 '[]'
run stick out "$usb"
expect "out without a peer: not_found" 1 '"code":"not_found"'
run stick card "$usb/cards"
expect "our card" 0 'cunyi stick card 1' '"mark":"'
mark=$(take mark)
card1=$usb/cards/cunyi-$(code "$first").card
on "$second"
clinic
run stick card "$usb/cards"
card2=$usb/cards/cunyi-$(code "$second").card
run stick peer add "$card1"
expect "his card is taken in" 0 "\"device\":\"$(code "$first")\"" "\"mark\":\"$mark\""
one_value "one JSON value"
run stick peer add "$card2"
expect "our own card: invalid_value" 1 '"code":"invalid_value"'
printf 'hello\n' >"$usb/cards/no.card"
run stick peer add "$usb/cards/no.card"
expect "no card: format, with an example" 1 '"code":"format"' 'cunyi stick card'
sed 's/^age: age1./age: age1b/' "$card1" >"$usb/cards/bad.card"
run stick peer add "$usb/cards/bad.card"
expect "a mistyped key: format" 1 '"code":"format"'
sed 's/^practice: no/practice: yes/' "$card1" >"$usb/cards/practice.card"
run stick peer add "$usb/cards/practice.card"
expect "a practice clinic's card: practice" 1 '"code":"practice"'
on "$first"
mkdir "$TMPDIR/nobody"
run stick peer add "$TMPDIR/nobody"
expect "a folder without cards: not_found" 1 '"code":"not_found"'
mkdir "$TMPDIR/both"
cp "$card1" "$card2" "$TMPDIR/both"
run stick peer add "$TMPDIR/both"
expect "a folder: all cards but our own" 0 "\"device\":\"$(code "$second")\"" "!\"device\":\"$(code "$first")\""
run stick peer add "$card2"
expect "everything here is for the new one" 0 '"waiting":' '!"waiting":0,'

run stick out "$usb"
expect "a file for the other" 0 "\"to\":\"$(code "$second")\"" '"seq":1'
one_value "one JSON value"
file=$usb/$(take file)
[ -s "$file.minisig" ] && wrong= || wrong="no signature"
result "with its signature" "$wrong"
plain --lang zh stick out "$usb"
expect "for people, in Chinese: may be unplugged" 0 '可以拔出U盘'
file=$(ls "$usb"/*.cbx.age | tail -n 1)
half=.$(basename "$file").AbCdEf
echo half >"$usb/$half"
run stick out "$usb"
file=$(ls "$usb"/*.cbx.age | tail -n 1)
[ -e "$usb/$half" ] && wrong="it still lies there" || wrong=
result "half a file of a stick that was pulled out is taken away" "$wrong"
modes=$(stat -c %a "$first"/stick/*.key "$first/stick" | sort -u | tr '\n' ' ')
same "keys are for the owner alone" "$modes" "600 700 "

if command -v age >/dev/null 2>&1; then
	age -d -i "$second/stick/$(code "$second").age.key" "$file" | gunzip >"$TMPDIR/lines"
	out=$(cat "$TMPDIR/lines") status=0 err=
	expect "Debian's age and gunzip open it" 0 '{"cbx":1,' '"tx":{"resourceType":"Bundle","type":"transaction"' '王小明' '{"end":1,"lines":'
	sum=$(sed '$d' "$TMPDIR/lines" | sha256sum | cut -d' ' -f1)
	same "the last line holds the sum of all before" "$(sed -n '$s/.*"sha256":"\([0-9a-f]*\)".*/\1/p' "$TMPDIR/lines")" "$sum"
else
	n=$((n + 1)); echo "ok $n - Debian's age and gunzip open it # SKIP no age"
fi
if command -v minisign >/dev/null 2>&1; then
	wrong=$(minisign -V -q -P "$(sed -n 's/^minisign: //p' "$card1")" -m "$file" 2>&1) && wrong=
	result "Debian's minisign proves it" "$wrong"
else
	n=$((n + 1)); echo "ok $n - Debian's minisign proves it # SKIP no minisign"
fi
wrong=$(ls "$usb" | grep -v '^[A-Za-z0-9.-]*$')
result "names that FAT takes" "$wrong"

on "$second"
run stick show "$file"
expect "show proves and counts, and changes nothing" 0 '"fate":"taken"' '"changed":0'
run get resident "$id"
expect "he is not here yet" 1 '"code":"not_found"'
run stick in "$usb"
expect "taken in" 0 '"fate":"taken"' '"conflicts":0'
run get resident "$id"
expect "he is here" 0 '王小明'
run stick in "$usb"
expect "twice: known" 0 '"fate":"known"' '"changed":0' '!"fate":"taken"'
run stick out "$usb"
run stick in "$usb"
expect "our own file is passed over" 0 '"fate":"ours"'
plain --lang en stick in "$usb"
expect "all of it was there before" 0 'Nothing there is new' '!Taken in'
mkdir "$TMPDIR/own"
cp "$(ls "$usb/$(code "$second")"*.age | head -n 1)"* "$TMPDIR/own"
plain --lang en stick in "$TMPDIR/own"
expect "only our own: the wrong stick" 0 'is it the right stick?'
on "$first"
plain --lang zh stick in "$usb"
expect "the answer confirms" 0 '对方已收到我们的'
plain --lang en stick peer list
expect "nothing waits any more" 0 'to tell it: 0 records'

printf x >>"$file"
on "$second"
run stick in "$file"
expect "a changed file: corrupt, nothing is changed" 1 '"fate":"refused"' '"code":"corrupt"'
plain --lang en stick in "$file"
expect "for people: a sentence" 1 'not taken in, nothing was changed. The signature does not fit'
same "the reason is said once" "$err" ''
for job in in show; do
	plain --lang en stick $job "$file.minisig"
	expect "stick $job of the signature: which file is right" 1 'err:this is the signature' "err:cunyi stick $job $file" '!minisig.minisig'
	plain --lang en stick $job "$card1"
	expect "stick $job of a card: what it is" 1 "err:a computer's card" "err:cunyi stick peer add $card1"
	here=$(cd "$usb/cards" && "$CUNYI" --data "$data" --lang en stick $job "./${card1##*/}" 2>&1)
	case $here in *"a computer's card"*) wrong= ;; *) wrong=$here ;; esac
	result "and by a name that begins with a point" "$wrong"
	plain --lang zh stick $job ""
	expect "stick $job of nothing: usage" 2 'err:cunyi stick'
done
rm "$file.minisig"
run stick show "$file"
expect "no signature: not_found" 1 '"code":"not_found"'
run stick in "$TMPDIR/nowhere"
expect "no such file: not_found" 1 '"code":"not_found"'
mkdir "$TMPDIR/empty"
run stick in "$TMPDIR/empty"
expect "an empty folder: not_found" 1 '"code":"not_found"'
run stick out "$card1"
expect "no folder: invalid_value" 1 '"code":"invalid_value"' 'cunyi stick out'
run stick out "$usb" --to nobody
expect "nobody of that name: not_found" 1 '"code":"not_found"'
run stick out
expect "no folder named: usage" 2
run stick
expect "nothing named: usage" 2
rm "$file"
run stick in "$usb" --relay
expect "a relay without a county: usage, and it says so" 2 '"code":"usage"'

# A third one carries what it cannot read.
on "$TMPDIR/third"
clinic
on "$first"
out=$(printf '{"name":"李四","sex":"1","birth_date":"1960-05-06"}' | "$CUNYI" --data "$data" --json --as "$who" save resident - 2>"$TMPDIR/stderr") # his colleagues came, too
id=$(take id)
mkdir "$TMPDIR/usb2" "$TMPDIR/usb3"
run stick out "$TMPDIR/usb2"
on "$TMPDIR/third"
plain --lang en stick show "$TMPDIR/usb2/$(ls "$TMPDIR/usb2" | grep 'age$' | head -n 1)"
expect "to look at it carries nothing, and promises nothing" 0 'alone can open it' '!carried'
run stick in "$TMPDIR/usb2"
expect "sealed for another: carried" 0 '"fate":"carried"'
run stick peer add "$card1" --relay
expect "it passes on to the county" 0 '"relay":true' '"renewed":false'
run stick peer add "$TMPDIR/usb/cards/cunyi-$(code "$first").card"
expect "and does so still when its card is taken in again" 0 '"relay":true'
run stick peer add "$card2"
sed "s/^device: .*/device: $(code "$first")/" "$card2" >"$TMPDIR/borrowed.card"
run stick peer add "$TMPDIR/borrowed.card"
expect "a card with another's keys: duplicate" 1 '"code":"duplicate"' "$(code "$second")"
run stick card "$TMPDIR/usb3"
other=$TMPDIR/fourth
"$CUNYI" --data "$other" init --org 350299102 --name 别处 --region 350299102 >/dev/null
"$CUNYI" --data "$other" stick card "$TMPDIR/usb3" >/dev/null
sed "s/^device: .*/device: $(code "$second")/" "$TMPDIR/usb3/cunyi-$(code "$other").card" >"$TMPDIR/anew.card"
plain --lang en stick peer add "$TMPDIR/anew.card"
expect "other keys than before: that is said, last" 0 'Its keys are others than those known here'
run stick peer add "$TMPDIR/anew.card"
expect "and not again" 0 '"renewed":false' '"relay":false'
run stick peer add "$card2" --relay
expect "programs are told, too" 0 '"renewed":true'
run stick peer add "$TMPDIR/anew.card"
expect "new keys are not trusted to speak for the county by that" 0 '"relay":false'
run stick peer add "$card2"
rm "$TMPDIR/usb3"/*.card
run stick out "$TMPDIR/usb3" --to "$(code "$first")"
expect "and out again" 0 '"carried":true'
on "$second"
run stick in "$TMPDIR/usb3"
expect "taken in from a third hand" 0 '"fate":"taken"'
run get resident "$id"
expect "it arrives" 0 '李四'
done_testing
