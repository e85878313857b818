#!/bin/sh
# What is said when something is wrong: once, on the error output, with the whole path and the cause in the user's language;
# of the usage only what concerns what was typed.
. tests/cli/lib.sh
clinic
nowhere=$TMPDIR/no-such-folder/under
english='[A-Za-z][a-z]* [a-z][a-z]* [a-z]'

# once NAME STATUS ARG...: each line stands there once, nothing on the standard output
once() {
	title=$1 want=$2
	shift 2
	plain --lang zh "$@"
	wrong=
	[ "$status" = "$want" ] || wrong="exit status $status, expected $want"
	[ -n "$err" ] || wrong="$wrong; nothing was said"
	both=$(printf '%s\n' "$err" | while IFS= read -r line; do printf '%s\n' "$out" | grep -Fx -e "$line"; done)
	[ -z "$both" ] || wrong="$wrong; on the standard output too: $both"
	same=$(printf '%s\n' "$err" | sed -n 's/^  \[\(.*\)\]$/\1/p' | while IFS= read -r line; do printf '%s\n' "$err" | grep -Fc -e "$line"; done)
	[ "${same:-1}" = 1 ] || wrong="$wrong; the technical line $same times"
	twice=$(printf '%s\n' "$err" | sort | uniq -d)
	[ -z "$twice" ] || wrong="$wrong; twice: $twice"
	result "$title" "$wrong"
}
# path NAME PATH ARG...: the path as it was given and no English but in the technical line
path() {
	title=$1 given=$2
	shift 2
	plain --lang zh "$@"
	wrong=
	case $err in *"$given"*) ;; *) wrong="the path is not said" ;; esac
	case $err in *[!\ -~]*) ;; *) wrong="$wrong; no Chinese" ;; esac
	foreign=$(printf '%s\n' "$err" | grep -v '^  \[' | grep "$english")
	[ -z "$foreign" ] || wrong="$wrong; English: $foreign"
	[ "$status" != 0 ] || wrong="$wrong; exit status 0"
	result "$title" "$wrong"
}

once "sync: nobody there" 4 sync --county http://127.0.0.1:1/fhir
once "sync: an address that is none" 1 sync --county nonsense
once "stick in: no such file" 1 stick in "$nowhere"
once "stick out: no such folder" 1 stick out "$nowhere"
once "stick show: no such file" 1 stick show "$nowhere"
once "stick card: no such folder" 1 stick card "$nowhere"
once "stick peer add: no such card" 1 stick peer add "$nowhere"
once "county set: no such file" 1 county set --token "$nowhere"
run sync
wrong=
[ -z "$err" ] || wrong="on the error output: $err"
result "with --json the error output is silent" "$wrong"
one_value "and one value says it"

path "save: no such file" "$nowhere" save resident "$nowhere"
path "import: no such file" "$nowhere" import residents "$nowhere"
path "export: no such folder" "$TMPDIR/no-such-folder" export residents "$nowhere.csv"
path "report: no such folder" "$TMPDIR/no-such-folder" report 2026-10 --out "$nowhere.xlsx"
path "stick in: no such file" "$nowhere" stick in "$nowhere"
path "stick out: no such folder" "$nowhere" stick out "$nowhere"
path "stick card: no such folder" "$nowhere" stick card "$nowhere"
path "stick peer add: no such card" "$nowhere" stick peer add "$nowhere"
path "county set: no such file" "$nowhere" county set --token "$nowhere"
path "rules test: no such file" "$nowhere" rules test "$nowhere"
mkdir "$TMPDIR/folder" "$TMPDIR/folder.xlsx"
path "report: a folder" "$TMPDIR/folder.xlsx" report 2026-10 --out "$TMPDIR/folder.xlsx"
path "import: a folder" "$TMPDIR/folder" import residents "$TMPDIR/folder"
path "stick in: an empty folder" "$TMPDIR/folder" stick in "$TMPDIR/folder"
path "stick peer add: an empty folder" "$TMPDIR/folder" stick peer add "$TMPDIR/folder"
plain --lang zh stick show "$nowhere"
expect "stick show: it is the file that is missing, not its signature" 1 "err:$nowhere: 找不到" '!minisig'
plain --lang zh stick show "$TMPDIR/folder"
expect "stick show: a folder is said to be one" 1 "err:$TMPDIR/folder" 'err:这是文件夹' 'err:例如' '!minisig'
plain --lang zh conflicts
expect "no disputes: that is said" 0 '没有分歧'
plain --lang en conflicts refused
expect "nothing refused: that is said" 0 'Nothing was refused.'
if [ "$(id -u)" != 0 ]; then
	touch "$TMPDIR/shut" && chmod 0 "$TMPDIR/shut"
	path "import: not readable" "$TMPDIR/shut" import residents "$TMPDIR/shut"
fi
long=$(printf '%0240d' 0 | tr 0 x)
plain --lang zh import residents "/tmp/$long"
expect "of a very long path its end, and the cause all the same" 1 "err:$(printf '%0190d' 0 | tr 0 x): 找不到"
plain --lang zh sql --readonly 'SELECT a FROM nowhere'
expect "SQL: words of the engine in the technical line alone" 1 'err:[no such table: nowhere]' 'err:看不懂'

# ---- the token that is not here is our own matter
run county set --login token
run sync --county http://127.0.0.1:1/fhir
expect "a missing token: not_found, and how to take it in" 1 '"code":"not_found"' 'cunyi county set --token'

# ---- usage
# wrong NAME TEXT... -- ARG...: exit status 2, all TEXTs on the error output; "!TEXT" not
wrong() {
	title=$1
	shift
	wants=
	while [ "$1" != -- ]; do
		wants="$wants$1
"
		shift
	done
	shift
	plain --lang zh "$@"
	bad=
	[ "$status" = 2 ] || bad="exit status $status"
	[ -z "$out" ] || bad="$bad; on the standard output"
	while IFS= read -r want; do
		case $want in
		"") ;;
		!*) case $err in *"${want#!}"*) bad="$bad; said: ${want#!}" ;; esac ;;
		*) case $err in *"$want"*) ;; *) bad="$bad; not said: $want" ;; esac ;;
		esac
	done <<END
$wants
END
	result "$title" "$bad"
}
wrong "a number that is none" '--limit' '"x"' '--limit 1' 'cunyi list KIND' -- list resident --limit x
wrong "a value that is missing" '--limit 后面要写值' 'cunyi list KIND' -- list resident --limit
wrong "an option that is none" '--foo' 'cunyi list KIND' -- list resident --foo=1
wrong "an option of another job" '--plain' 'cunyi hub invite' '!cunyi hub serve' -- hub invite --plain
wrong "an option before the job" '--listen' -- hub --listen 127.0.0.1 serve
wrong "no such job: all of them, a line each" '"foo"' 'cunyi hub invite' 'cunyi hub leave [--yes]' -- hub foo
wrong "too few words: that job's line alone" 'cunyi stick out DIR' '!cunyi stick in' -- stick out
wrong "jobs of two words" 'cunyi stick peer list' '!cunyi stick out' -- stick peer foo
wrong "jobs in brackets" 'cunyi user list' 'cunyi user add NAME --no NUMBER --role CODE' '!]' -- user foo
wrong "an event that is none" '"foo"' 'terminate' -- contract foo x
wrong "a side that is none" '--by' 'resident team' '"nobody"' 'cunyi contract EVENT' -- contract terminate x --by nobody
wrong "years" '--years' '1' '3' '"9"' 'cunyi contract renew' '!cunyi contract list' -- contract renew x --years 9
wrong "a list that is none" '"foo"' 'expired' -- contract list foo
wrong "an age" '--age' '"old"' 'cunyi queue add' -- queue add --name 张三 --age old
wrong "a name that is not there is no resident" '--name 后面要写值' 'cunyi queue add' '!没有这个居民' -- queue add --name
wrong "an option in the place of a visit" '--foo' 'cunyi queue join' '!没有这个居民' -- queue join --foo x
wrong "slips" '"many"' '200' -- queue slips many --out "$TMPDIR/s.xlsx"
wrong "a filter" '"a"' '--where programme=htn' -- list resident --where a
wrong "a dispute" '"x"' 'cunyi conflicts show N' -- conflicts show x
wrong "disputes have no such option" '--foo' 'cunyi conflicts list' '!2147483647' -- conflicts list --foo
wrong "one list of disputes takes no number" 'cunyi conflicts seen' '!2147483647' -- conflicts seen 7 8
wrong "what is refused takes no number" 'cunyi conflicts refused' '!2147483647' -- conflicts refused 7
wrong "a range of numbers" '"x"' '9999' -- device number x
wrong "a draw" '--per-doctor' '"x"' 'cunyi verify draw' -- verify draw --per-doctor x
wrong "what the county lacks" '--limit' '"0"' 'cunyi sync lacks' -- sync lacks --limit 0
run hub foo
expect "programs are told the same" 2 '"code":"usage"' '\"foo\"' 'cunyi hub invite'

run contract check ""
expect "contract check of nothing: what is wanted, with an example" 1 '"code":"required"' 'cunyi contract check QY'
run contract check "  "
expect "nor of blanks" 1 '"code":"required"'
plain --lang zh contract check QY1999-00-000001
expect "an agreement that is not here: nothing follows the words" 1 '没有这份协议'
same "no blank at the end" "$out" "${out%	}"
done_testing
