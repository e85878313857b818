#!/bin/sh
# Every screen has golden pictures in both languages; every statement of db/sql is used and every one that is used exists.
. tests/lint/lib.sh

screen_names() {
	ls screens/*.c >/dev/null 2>&1 || return 0
	awk '/^const struct screen / { inside = 1 } inside && /\.name = "/ { sub(/.*\.name = "/, ""); sub(/".*/, ""); print; inside = 0 }' screens/*.c
}
golden() {
	screen_names | while read -r name; do
		[ -d "tests/golden/$name" ] || { echo "$name: no folder tests/golden/$name"; continue; }
		ls "tests/golden/$name" | grep -q '[._-]zh' || echo "$name: no picture in Chinese"
		ls "tests/golden/$name" | grep -q '[._-]en' || echo "$name: no picture in English"
	done
}

# Whatever else finds room.
way_out() {
	find tests/golden -name '*.txt' | sort | xargs awk '/^---- faces/ && bar !~ /Esc/ { print FILENAME ": the bottom line does not say Esc" } { bar = $0 }'
}

statements() { sed -n 's/^-- :name \([a-z0-9_]*\).*/\1/p' db/sql/*.sql; }
asked_for() { sources | xargs grep -ohE 'stmt_get\([^"]*"[a-z0-9_]+"' | sed 's/.*"\([a-z0-9_]*\)"/\1/' | sort -u; }
unknown() {
	statements >"$TMPDIR/have"
	asked_for | grep -vxFf "$TMPDIR/have" | sed 's/$/: used, but not in db\/sql/'
	:
}
# Names may stand in tables, or be made of a prefix: "put_%s".
unused() {
	sources | xargs grep -ohE '"[a-z0-9_]+(_%s)?"' | tr -d '"' | sort -u >"$TMPDIR/words"
	statements | awk -v words="$TMPDIR/words" '
		BEGIN { while ((getline w < words) > 0) { if (sub(/%s$/, "", w)) prefix[w]; else exact[w] } }
		$1 in exact { next }
		{ for (p in prefix) if (index($1, p) == 1) next; print $1 ": never used" }'
}

check "screens: each has golden pictures in both languages" golden
check "screens: the bottom line of each says how to leave" way_out
check "sql: every statement asked for exists" unknown
check "sql: every statement is asked for" unused
checks_done
