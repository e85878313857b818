#!/bin/sh
# A second computer of the clinic with an open screen exchanges with the hub by itself: what is saved there arrives at the hub, and
# what the hub has appears here, without a key.
. tests/pty/drive.sh
hub=$TMUX_DIR/hub
make_clinic() {
	"$CUNYI" --data "$1" init --org 350299101 --name 东村卫生室 --region 350299101 >/dev/null
	"$CUNYI" --data "$1" user add "$2" --no "$3" --role 1 >/dev/null
}
make_clinic "$hub" 李医生 H1
make_clinic "$DATA" 陈医生 D1
"$CUNYI" --data "$hub" --lang en hub serve --listen 127.0.0.1:0 >"$TMUX_DIR/hub.log" 2>&1 &
pid=$!
trap 'kill $pid 2>/dev/null; tm kill-server 2>/dev/null; rm -rf "$TMUX_DIR"' EXIT
until grep -q listening "$TMUX_DIR/hub.log"; do kill -0 $pid || break; done
url=$(sed -n 's/^listening on //p' "$TMUX_DIR/hub.log")
code=$("$CUNYI" --data "$hub" --json hub invite | sed 's/.*"code":"\([^"]*\)".*/\1/')
cunyi hub join "${url%/fhir}" "$code" >/dev/null
register() {
	printf '{"name":"%s","sex":"2","birth_date":"1950-01-02","confirm":["name","birth_date"]}' "$2" |
		"$CUNYI" --data "$1" --as "$3" --json save resident - >/dev/null
}
# The name of a resident in a clinic, looked for again and again for ten seconds.
arrives() {
	until=$(($(date +%s) + 10))
	while [ "$(date +%s)" -lt $until ]; do
		"$CUNYI" --data "$1" --json find "$2" | grep -q "$2" && return 0
	done
	return 1
}

register "$hub" 王秀英 H1
START_ARGS="--lang zh --as D1" start
sees "the screen is there" '陈医生'
check "what the hub has comes by itself" arrives "$DATA" 王秀英
register "$DATA" 林小妹 D1
check "what is saved here goes there by itself" arrives "$hub" 林小妹
keys F3
typed '王秀英'
sees "it is found on this screen" '1950'
kill $pid
register "$DATA" 赵大明 D1
keys Escape
sees "the hub is away and nobody is bothered" '陈医生'
finish
