#!/bin/sh
# A county that says nothing holds its line for hours; whoever comes with a stick does not wait for it.  The exchange lets go, says
# why, and is no failure of the county's.
. tests/cli/lib.sh
clinic
usb=$TMPDIR/usb
mkdir "$usb"
command -v perl >/dev/null || { echo "1..0 # SKIP no perl here"; exit 0; }

# Takes what comes, and never answers.
perl -MIO::Socket::INET -e '
	my $l = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 5) or die;
	open my $f, ">", $ARGV[0] or die; print $f "http://127.0.0.1:" . $l->sockport . "\n"; close $f;
	while (my $c = $l->accept) { push @all, $c; open my $f, ">", $ARGV[1]; close $f; }
' "$TMPDIR/base" "$TMPDIR/called" &
county=$!
until [ -s "$TMPDIR/base" ]; do kill -0 $county || break; done

"$CUNYI" --data "$data" --lang en --json sync --county "$(cat "$TMPDIR/base")" >"$TMPDIR/out1" 2>"$TMPDIR/err1" &
round=$!
until [ -e "$TMPDIR/called" ]; do kill -0 $round 2>/dev/null || break; done
run sync
expect "another exchange waits for its turn" 3 '"code":"busy"'
run stick in "$usb"
expect "a stick does not: it is looked at" 1 '"code":"not_found"' '!"code":"busy"'
wait $round
status=$?
out=$(cat "$TMPDIR/out1" "$TMPDIR/err1")
expect "the exchange says why it ended" 3 'A USB stick goes first'
kill $county
wait $county 2>/dev/null
run sync --when-due
expect "and is not the county's fault: the next one does not wait for a pause to be over" 4 '"code":"network"'
done_testing
