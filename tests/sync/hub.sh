#!/bin/sh
# A hub with its certificate and two more computers, over real sockets: joining by code, what goes round, and who is not let in.
. tests/cli/lib.sh
clinic
first=$data second=$TMPDIR/second third=$TMPDIR/third
on() { data=$1; }

# serve LOG OPTION...: starts the hub and waits until it says where
serve() {
	log=$1
	shift
	"$CUNYI" --data "$first" --lang en hub serve --listen 127.0.0.1:0 "$@" >"$log" 2>&1 &
	pid=$!
	url=
	while [ -z "$url" ] && kill -0 $pid 2>/dev/null; do
		url=$(sed -n 's/^listening on //p' "$log")
	done
	origin=${url%/fhir}
}
leave() { kill $pid && wait $pid; }
invite() { "$CUNYI" --data "$first" --json hub invite | sed 's/.*"code":"\([^"]*\)".*/\1/'; }

run hub
expect "no hub yet" 0 '"role":"none"'
run hub invite
expect "who is no hub shows no code: wrong_state" 1 '"code":"wrong_state"' 'cunyi hub serve'
run hub key laboratory
expect "nor does it give a key, which would open nothing: wrong_state" 1 '"code":"wrong_state"' 'cunyi hub serve'
run hub serve --listen 0.0.0.0:0 --plain
expect "plain http beyond this computer: not_allowed" 5 '"code":"not_allowed"'
run hub serve --listen nowhere
expect "no address: invalid_value, with an example" 1 '"code":"invalid_value"' '"field":"listen"' '192.168.1.10:7653' 'nowhere'
run hub serve --listen 127.0.0.1:
expect "a colon and no port: invalid_value" 1 '"code":"invalid_value"'
run hub serve --listen 127.0.0.1:70000
expect "no port: invalid_value" 1 '"code":"invalid_value"' '127.0.0.1:70000'
run hub
expect "who could not listen is no hub" 0 '"role":"none"'
run hub leave
expect "nothing to leave" 0 '"role":"none"'
run hub serve --port 3
expect "an unknown option: usage" 2 ''
serve "$TMPDIR/hub.log"
run hub
expect "the first is the hub" 0 '"role":"hub"'
run hub serve --listen 127.0.0.1:0
expect "it answers once: busy" 3 '"code":"busy"'
out=$(grep Seccomp: "/proc/$(pgrep -P $pid)/status") status=0
same "what falls leaves no memory in a file" "$(sed -n 's/^Max core file size *\([^ ]*\) *\([^ ]*\).*/\1 \2/p' "/proc/$pid/limits")" '0 0'
case $BUILD in
*-asan) result "what answers is filtered # SKIP not with sanitizers" '' ;;
*) expect "what answers is filtered" 0 2 ;;
esac

run hub join "$origin" "$(invite)"
expect "the hub joins nobody, itself least of all: wrong_state" 1 '"code":"wrong_state"' 'cunyi hub leave'
run hub
expect "and is the hub as before" 0 '"role":"hub"'

on "$second"
clinic
run list staff
who=$(take id)
run hub join "$origin" K7PM
expect "join: half a code" 1 '"code":"invalid_value"' '"field":"code"' '"example":"K7PM-4TQ9-XW2A"'
run hub join "$origin" AAAA-BBBB-CCCC
expect "no code was shown: auth" 4 '"code":"auth"' '"field":"code"' 'cunyi hub invite'
code=$(invite)
run hub join 127.0.0.1:1 "$code"
expect "nobody there: network, and a sentence about the hub" 4 '"code":"network"' '连不上主机'
run hub join 'nonsense host' "$code"
expect "no address: a sentence about the hub, with what was typed" 1 '"code":"invalid_value"' '"field":"address"' \
	'nonsense host' '主机' '!县' '"example":"192.168.1.10"'
"$BUILD/tests/sync/test_serve" --serve "$TMPDIR/other" &
other=$!
while [ ! -s "$TMPDIR/other" ] && kill -0 $other; do :; done
run hub join "$(sed 's|\(://[^/]*\).*|\1|' "$TMPDIR/other")" "$code"
expect "another server answers there: a sentence" 4 '"code":"server"' '不是本程序的主机'
kill $other
run hub join 'http://192.168.1.10/' "$code"
expect "plain http to another computer: not_allowed" 5 '"code":"not_allowed"'
run hub join "$origin" "$(echo "$code" | tr 'A-Z-' 'a-z ')"
expect "the code as people type it" 0 '"role":"member"' "\"address\":\"$url\""
on "$third"
clinic
run hub serve --plain --listen "127.0.0.1:${origin##*:}"
expect "somebody else listens there" 1 '"code":"invalid_value"' '已经有别的程序在用'
run hub
expect "and who could not listen is no hub" 0 '"role":"none"'
run hub join "$origin" "$code"
expect "a code serves once: auth" 4 '"code":"auth"'
run sync
expect "neither hub nor county: usage" 2 '"code":"usage"'
run hub join "$origin" "$(invite)"
expect "the third has a code of its own" 0 '"role":"member"'

on "$second"
save resident "{'name':'王小明','sex':'1','birth_date':'1950-01-02'}"
id=$(take id)
run sync
expect "what is saved goes to the hub" 0 '"waiting":0' "\"server\":\"$url\""
on "$third"
run sync
expect "and comes from there" 0 '"waiting":0'
run get resident "$id"
expect "the third has it" 0 '"name":"王小明"'
out=$("$CUNYI" --data "$third" --lang zh sync) status=$?
expect "what went to the hub is not said to be at the county" 0 '县里还没有回执的' '主机还缺 0 条' '!未到县里'
run sync lacks
expect "why: of what came from there, and of what went there" 0 '别的电脑可能已经传过, 先向县里核对' '已交给院内主机, 还没有回执' '!U盘' '!没有回音'
on "$first"
until run get resident "$id" && [ "$status" = 0 ]; do kill -0 $pid || break; done
expect "the hub itself has it, by its own round" 0 '"name":"王小明"'
run hub list
expect "both stand in the list" 0 '"seen_at":"'

# Nobody is answered without a key, and nothing is answered that is not asked for properly.
ask() { curl -sk -o "$TMPDIR/answer" -w '%{http_code}' "$@"; }
same "metadata without a key: 401" "$(ask "$url/metadata")" 401
same "a wrong key: 401" "$(ask -H 'Authorization: Bearer 00' "$url/Patient")" 401
same "another path: 404" "$(ask "$origin/")" 404
same "GET at the door: 405" "$(ask "$origin/hub/join")" 405
same "nonsense at the door: 400" "$(ask -d 'hello' "$origin/hub/join")" 400
head -c 5000 /dev/zero >"$TMPDIR/much"
same "who has not joined fills no memory: 413" "$(ask --data-binary "@$TMPDIR/much" "$origin/hub/join")" 413
same "nor in pieces: the line ends" "$(ask -H 'Transfer-Encoding: chunked' --data-binary "@$TMPDIR/much" "$origin/hub/join")" 000
same "both lengths: refused" "$(ask -H 'Transfer-Encoding: chunked' -H 'Content-Length: 3' -d abc "$origin/hub/join")" 400
same "a path that climbs, without a key: 401" "$(ask --path-as-is "$origin/fhir/../hub/../../etc/passwd")" 401
same "and one that hides it: 404" "$(ask "$origin/fhir%2f..%2f..%2fetc%2fpasswd")" 404
run hub key ""
expect "a key for nobody" 1 '"code":"required"' '"example":"cunyi hub key laboratory"'
run hub key other
key=$(take key)
same "with a key: 200" "$(ask -H "Authorization: Bearer $key" "$url/Patient/$id")" 200
same "a whole resource" "$(grep -c '"resourceType":"Patient"' "$TMPDIR/answer")" 1
head -c 9000000 /dev/zero >"$TMPDIR/large"
same "too large: 413" "$(ask -H "Authorization: Bearer $key" --data-binary "@$TMPDIR/large" "$url")" 413
gzip -c "$TMPDIR/large" >"$TMPDIR/bomb.gz"
same "too large unpacked: 413" "$(ask -H "Authorization: Bearer $key" -H 'Content-Encoding: gzip' --data-binary "@$TMPDIR/bomb.gz" "$url")" 413
same "broken gzip: 400" "$(ask -H "Authorization: Bearer $key" -H 'Content-Encoding: gzip' -d 'hello' "$url")" 400
run hub shut-out other
expect "shut out" 0 '"shut_out":true'
same "its key opens nothing any more: 401" "$(ask -H "Authorization: Bearer $key" "$url/Patient/$id")" 401
run hub shut-out nobody
expect "an unknown one: not_found" 1 '"code":"not_found"'

# Another hub at the same address has another key: nothing is said to it.
leave
same "the hub ends when it is told to" $? 0
port=${origin##*:}
mkdir "$TMPDIR/keep" && mv "$first"/hub.*.pem "$TMPDIR/keep"
"$CUNYI" --data "$first" --lang en hub serve --listen "127.0.0.1:$port" >"$TMPDIR/hub2.log" 2>&1 &
pid=$!
until grep -q listening "$TMPDIR/hub2.log"; do kill -0 $pid || break; done
on "$second"
run sync
expect "another key at the hub's address: network, nothing said" 4 '"code":"network"'
leave
run sync
expect "the hub is away: network, and the work goes on" 4 '"code":"network"' '资料都保存在本机'
save resident "{'name':'李四','sex':'2','birth_date':'1951-01-02'}" --as "$who"
expect "saving does not need it" 0 '"county":"waiting"'

# The second takes its place, and the third joins it.
run hub serve
expect "there is a hub, though it is away: wrong_state" 1 '"code":"wrong_state"' 'cunyi hub promote'
run hub promote
expect "the second is the hub now" 0 '"role":"hub"'
first=$second
serve "$TMPDIR/hub3.log"
on "$third"
run hub join "$origin" "$(invite)"
expect "the third joins it" 0 '"role":"member"'
found=
tries=0
until [ -n "$found" ] || [ $tries = 50 ]; do
	tries=$((tries + 1))
	kill -0 $pid || break
	run sync
	run find 李四
	found=$(printf '%s' "$out" | grep 李四)
done
expect "and has what was saved meanwhile" 0 '李四'

# To leave is asked about.
run hub leave
expect "leaving says what it means and waits for a word" 1 '"code":"needs_confirmation"' "$url" '"example":"cunyi hub leave --yes"'
run hub state --yes
expect "the word is for leaving alone" 2 '"code":"usage"'
run hub
expect "still a member" 0 '"role":"member"'
run hub leave --yes
expect "gone" 0 '"role":"none"'
on "$second"
run hub leave
expect "the hub itself: it says what the others lose" 1 '"code":"needs_confirmation"' '本机就是主机'
run hub leave --yes
expect "gone, too" 0 '"role":"none"'
timeout 10 tail --pid=$pid -f /dev/null
status=$?
same "what answered the others has ended" "$status" 0
kill $pid 2>/dev/null
wait $pid
done_testing
