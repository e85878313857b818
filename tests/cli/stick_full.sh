#!/bin/sh
# timeout: 240
# A stick that is full in the middle of writing: the old files stay, nothing half stands there, nothing counts as carried, and
# with room it goes on.  The stick is a small file system of its own, made in a name space that asks for no rights.
. tests/cli/lib.sh
if ! unshare --map-root-user --mount sh -c 'mount -t tmpfs -o size=64k none /mnt' 2>/dev/null; then
	echo "1..0 # SKIP no file systems can be made here"
	exit 0
fi
usb=$TMPDIR/usb
mkdir "$usb"
first=$data second=$TMPDIR/second
code() { "$CUNYI" --data "$1" stick card 2>/dev/null | sed -n 's/^device: //p'; }
"$CUNYI" --data "$first" demo --residents 400 --seed 4 --today 2026-11-22 >/dev/null
"$CUNYI" --data "$second" demo --residents 1 --seed 5 --today 2026-11-22 >/dev/null
for dir in "$first" "$second"; do "$CUNYI" --data "$dir" stick card "$TMPDIR" >/dev/null; done
"$CUNYI" --data "$first" stick peer add "$TMPDIR/cunyi-$(code "$second").card" >/dev/null
"$CUNYI" --data "$second" stick peer add "$TMPDIR/cunyi-$(code "$first").card" >/dev/null
data=$first

# In one name space: an old file, too little room, more room.
cat >"$TMPDIR/inside" <<END
mount -t tmpfs -o size=128k none $usb || exit 9
echo photo >$usb/photo.jpg
"$CUNYI" --data "$first" --lang en --json stick out $usb >$TMPDIR/out1 2>$TMPDIR/err1
echo \$? >$TMPDIR/status1
ls -A $usb | tr '\n' ' ' >$TMPDIR/files1
"$CUNYI" --data "$first" --json stick peer list >$TMPDIR/peers1
mount -o remount,size=16m $usb
"$CUNYI" --data "$first" --lang en --json stick out $usb >$TMPDIR/out2 2>$TMPDIR/err2
echo \$? >$TMPDIR/status2
ls -A $usb | tr '\n' ' ' >$TMPDIR/files2
"$CUNYI" --data "$second" --lang en --json stick in $usb >$TMPDIR/out3 2>$TMPDIR/err3
echo \$? >$TMPDIR/status3
END
unshare --map-root-user --mount sh "$TMPDIR/inside"
show() { out=$(cat "$TMPDIR/out$1") status=$(cat "$TMPDIR/status$1") err=$(cat "$TMPDIR/err$1"); }

show 1
expect "a full stick: disk_full, in words" 1 '"code":"disk_full"' 'the disk is full'
same "what was there stays, nothing half is left" "$(cat "$TMPDIR/files1")" "photo.jpg "
out=$(cat "$TMPDIR/peers1") status=0 err=
expect "nothing counts as carried, everything waits" 0 '"carried":0' '"sent":0' '!"waiting":0,'
show 2
expect "with room: the whole file, number 1" 0 '"seq":1' '"carried":false'
show 3
expect "and the other takes it in" 0 '"fate":"taken"' '"conflicts":0'
done_testing
