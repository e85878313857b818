#!/bin/sh
# timeout: 240
# A county that sends without end fills no disk: what is left of it is for the clinic's own work.  The disk is a small file system of
# its own, made in a name space that asks for no rights.
. tests/cli/lib.sh
if ! unshare --map-root-user --mount sh -c 'mount -t tmpfs -o size=64k none /mnt' 2>/dev/null; then
	echo "1..0 # SKIP no file systems can be made here"
	exit 0
fi
command -v perl >/dev/null || { echo "1..0 # SKIP no perl here"; exit 0; }

# Takes what it gets, and has one new page of long names after another.
perl -MIO::Socket::INET -e '
	my $l = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 5) or die;
	my $base = "http://127.0.0.1:" . $l->sockport;
	open my $f, ">", $ARGV[0] or die; print $f "$base\n"; close $f;
	my $long = "\xe7\x8e\x8b" x 1300;
	sub page {
		my $p = shift;
		my @e = map { sprintf "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p%d-%d\",\"meta\":{\"versionId\":\"1\"," .
			"\"lastUpdated\":\"2026-01-%02dT%02d:%02d:%02d.%03dZ\"},\"name\":[{\"text\":\"%s\"}],\"gender\":\"male\",\"birthDate\":\"1950-01-01\"}}", $p, $_,
			1 + $p / 86400, $p / 3600 % 24, $p / 60 % 60, $p % 60, $_, $long } 0 .. 399;
		"\"link\":[{\"relation\":\"next\",\"url\":\"$base/Patient?p=" . ($p + 1) . "\"}],\"entry\":[" . join(",", @e) . "]";
	}
	while (my $c = $l->accept) {
		$c->autoflush(1);
		while (my $line = <$c>) {
			my ($method, $path) = split / /, $line;
			my ($n, $body) = (0, "");
			while (my $h = <$c>) { $n = $1 if $h =~ /^Content-Length: (\d+)/i; last if $h eq "\r\n"; }
			read $c, $body, $n if $n;
			my $say = $path eq "/metadata" ? "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\"}" :
				"{\"resourceType\":\"Bundle\",\"type\":\"searchset\"" . ($path !~ m{^/Patient\?} ? "" : "," . page($path =~ /\?p=(\d+)/ ? $1 : 0)) . "}";
			# All that an empty clinic has to say is its own name.
			$say = "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":" .
				"[{\"response\":{\"status\":\"201\",\"etag\":\"W/\\\"1\\\"\"}}]}" if $method eq "POST";
			print $c "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nContent-Length: " . length($say) . "\r\n\r\n$say";
		}
	}
' "$TMPDIR/base" &
county=$!
until [ -s "$TMPDIR/base" ]; do kill -0 $county || break; done
base=$(cat "$TMPDIR/base")

disk=$TMPDIR/disk
mkdir "$disk"
cat >"$TMPDIR/inside" <<END
mount -t tmpfs -o size=96m none $disk || exit 9
"$CUNYI" --data "$disk/data" init --org 350299101001 --name Clinic --region 350299101 >/dev/null
"$CUNYI" --data "$disk/data" --lang en --json sync --county $base >$TMPDIR/out1 2>$TMPDIR/err1
echo \$? >$TMPDIR/status1
df -k --output=avail $disk | tail -n 1 | tr -d ' ' >$TMPDIR/left
"$CUNYI" --data "$disk/data" user add 林秀英 --no 001 --role 1 >/dev/null
echo '{"name":"王小明","sex":"1","birth_date":"1950-01-02"}' |
	"$CUNYI" --data "$disk/data" --json save resident - >$TMPDIR/out2 2>$TMPDIR/err2
echo \$? >$TMPDIR/status2
"$CUNYI" --data "$disk/data" --json check >$TMPDIR/out3 2>$TMPDIR/err3
echo \$? >$TMPDIR/status3
END
unshare --map-root-user --mount sh "$TMPDIR/inside"
kill $county
show() { out=$(cat "$TMPDIR/out$1") status=$(cat "$TMPDIR/status$1") err=$(cat "$TMPDIR/err$1"); }

show 1
expect "it ends: disk_full, in words" 1 '"code":"disk_full"' 'The disk is nearly full'
same "something came" "$([ "$(take pulled)" -gt 400 ] && echo yes)" yes
same "room is left" "$([ "$(cat "$TMPDIR/left")" -gt 40000 ] && echo yes)" yes
show 2
expect "a resident is saved" 0 '"name":"王小明"'
show 3
expect "the database is sound" 0
done_testing
